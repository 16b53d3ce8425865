-- Every number as it stands in a report, of the editions that count.
CREATE OR REPLACE VIEW strikes.claims AS
SELECT c.claim_id,
       c.event_id,
       r.ref AS report_ref,
       c.field,
       c.part,
       c.low,
       c.best,
       c.high,
       c.qualifier,
       c.role,
       c.doubt,
       c.running_total,
       c.text,
       c.sentence,
       c.span_start,
       c.span_end,
       c.rule,
       c.claimant,
       c.claimant_kind,
       c.claimant_party,
       r.outlet,
       r.url,
       r.published_at,
       c.recorded_at
FROM tracker.claim c
JOIN tracker.report r ON r.report_id = c.report_id AND r.reading_id = c.reading_id;

COMMENT ON VIEW strikes.claims IS
    'One number, or an explicit "no casualties", in one sentence of a report. Never edited.';
COMMENT ON COLUMN strikes.claims.claim_id IS 'Id; text in every export.';
COMMENT ON COLUMN strikes.claims.event_id IS 'The event it belongs to. NULL: none.';
COMMENT ON COLUMN strikes.claims.report_ref IS
    'The input''s id of the report, else its URL, else its path.';
COMMENT ON COLUMN strikes.claims.field IS 'What is counted: killed, wounded, drones, ...';
COMMENT ON COLUMN strikes.claims.part IS 'Which of them: civilian, child, ... NULL: all.';
COMMENT ON COLUMN strikes.claims.low IS
    'Least number it allows. Unit: people, or pieces of munition. NULL: open.';
COMMENT ON COLUMN strikes.claims.best IS
    'The number it gives. Unit: people, or pieces of munition. NULL: it gives bounds only.';
COMMENT ON COLUMN strikes.claims.high IS
    'Greatest number it allows. Unit: people, or pieces of munition. NULL: open.';
COMMENT ON COLUMN strikes.claims.qualifier IS
    'Values: exact, at_least, more_than, at_most, about, range, vague, none.';
COMMENT ON COLUMN strikes.claims.role IS
    'What it is to its event''s figure. Values: figure, part, restated, enemy, elsewhere.';
COMMENT ON COLUMN strikes.claims.doubt IS
    'Doubt it stands under: denied, hypothetical, future, historical, ... NULL: none.';
COMMENT ON COLUMN strikes.claims.running_total IS 'True: said as a total so far.';
COMMENT ON COLUMN strikes.claims.text IS 'The words counted, as written.';
COMMENT ON COLUMN strikes.claims.sentence IS 'Its sentence, as written.';
COMMENT ON COLUMN strikes.claims.span_start IS 'First byte in the stored text, UTF-8. Unit: bytes.';
COMMENT ON COLUMN strikes.claims.span_end IS 'Byte after its end. Unit: bytes.';
COMMENT ON COLUMN strikes.claims.rule IS 'The rule that found it.';
COMMENT ON COLUMN strikes.claims.claimant IS 'Who says so. NULL: the outlet itself.';
COMMENT ON COLUMN strikes.claims.claimant_kind IS 'Kind of claimant. NULL: unknown.';
COMMENT ON COLUMN strikes.claims.claimant_party IS
    'Whose side the claimant is on. NULL: nobody''s.';
COMMENT ON COLUMN strikes.claims.outlet IS 'Who printed it. NULL: unknown.';
COMMENT ON COLUMN strikes.claims.url IS 'Canonical URL of the report. NULL: none.';
COMMENT ON COLUMN strikes.claims.published_at IS 'Publication time of the report. NULL: unknown.';
COMMENT ON COLUMN strikes.claims.recorded_at IS 'When it was recorded here.';
GRANT SELECT ON strikes.claims TO tracker_writer, tracker_analyst, tracker_reader;
