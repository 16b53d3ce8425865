-- The report side: what outlets printed and what the rules read in it. Every key leads with
-- report_id. No foreign keys to report on the way of the bulk load: a check a row costs more than
-- the row, and a report's rows are written in one transaction with it.

CREATE TABLE tracker.report (
    report_id          bigint PRIMARY KEY,
    identity           bytea NOT NULL,
    edition            bytea NOT NULL,
    reading_id         bigint NOT NULL,
    ruleset_id         bigint NOT NULL REFERENCES tracker.ruleset,
    ref                text NOT NULL,
    url                text,
    title              text,
    text               text NOT NULL,
    outlet             text,
    lang               text,
    path               text,
    published_at       timestamptz,
    published_has_time boolean NOT NULL,
    withdrawn          boolean NOT NULL,
    event_regions      bigint[] NOT NULL,
    event_ids          bigint[] NOT NULL,
    recorded_at        timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE tracker.report IS
    'One row a report: the edition that counts, as the last rule set read it.';
COMMENT ON COLUMN tracker.report.report_id IS
    'First 63 bits of identity.';
COMMENT ON COLUMN tracker.report.identity IS
    'SHA-256 of what makes it this report: its canonical URL, else its id, else its text.';
COMMENT ON COLUMN tracker.report.edition IS
    'SHA-256 of what it says: title, text, publication time, outlet, withdrawal.';
COMMENT ON COLUMN tracker.report.reading_id IS
    'Hash of edition and rule set: the claims with this number are the live ones.';
COMMENT ON COLUMN tracker.report.ruleset_id IS 'The rule set that read it.';
COMMENT ON COLUMN tracker.report.ref IS
    'The input''s id of this edition, else its URL, else its path. All of them: report_ref.';
COMMENT ON COLUMN tracker.report.url IS 'Canonical URL. NULL: it came without one.';
COMMENT ON COLUMN tracker.report.title IS 'Title. NULL: it has none.';
COMMENT ON COLUMN tracker.report.text IS
    'Stored text: title, blank line, body. Spans count its bytes in UTF-8.';
COMMENT ON COLUMN tracker.report.outlet IS 'Who printed it. NULL: unknown.';
COMMENT ON COLUMN tracker.report.lang IS 'Language code as given. NULL: not given.';
COMMENT ON COLUMN tracker.report.path IS 'File it was read from. NULL: none.';
COMMENT ON COLUMN tracker.report.published_at IS
    'Publication time; midnight when only the day is known. NULL: unknown.';
COMMENT ON COLUMN tracker.report.published_has_time IS 'False: only the day is known.';
COMMENT ON COLUMN tracker.report.withdrawn IS 'True: its outlet took it back; it has no events.';
COMMENT ON COLUMN tracker.report.event_regions IS 'Regions of its events, in order of rank.';
COMMENT ON COLUMN tracker.report.event_ids IS 'Its events, parallel to event_regions.';
COMMENT ON COLUMN tracker.report.recorded_at IS 'When this reading was recorded.';

CREATE TABLE tracker.report_edition (
    report_id          bigint NOT NULL,
    reading_id         bigint NOT NULL,
    edition            bytea NOT NULL,
    ruleset_id         bigint NOT NULL REFERENCES tracker.ruleset,
    ref                text NOT NULL,
    title              text,
    text               text NOT NULL,
    outlet             text,
    published_at       timestamptz,
    published_has_time boolean NOT NULL,
    withdrawn          boolean NOT NULL,
    recorded_at        timestamptz NOT NULL,
    superseded_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (report_id, reading_id)
);
COMMENT ON TABLE tracker.report_edition IS
    'Readings of a report that a newer edition or rule set has replaced; their claims stay.';
COMMENT ON COLUMN tracker.report_edition.report_id IS 'The report.';
COMMENT ON COLUMN tracker.report_edition.reading_id IS 'Hash of edition and rule set.';
COMMENT ON COLUMN tracker.report_edition.edition IS 'SHA-256 of what it said.';
COMMENT ON COLUMN tracker.report_edition.ruleset_id IS 'The rule set that read it.';
COMMENT ON COLUMN tracker.report_edition.ref IS 'The input''s id of that edition.';
COMMENT ON COLUMN tracker.report_edition.title IS 'Title. NULL: it had none.';
COMMENT ON COLUMN tracker.report_edition.text IS 'Stored text that its claims'' spans count in.';
COMMENT ON COLUMN tracker.report_edition.outlet IS 'Who printed it. NULL: unknown.';
COMMENT ON COLUMN tracker.report_edition.published_at IS 'Publication time. NULL: unknown.';
COMMENT ON COLUMN tracker.report_edition.published_has_time IS 'False: only the day is known.';
COMMENT ON COLUMN tracker.report_edition.withdrawn IS 'True: that edition was a withdrawal.';
COMMENT ON COLUMN tracker.report_edition.recorded_at IS 'When it was recorded.';
COMMENT ON COLUMN tracker.report_edition.superseded_at IS 'When it was replaced.';

CREATE TABLE tracker.report_ref (
    report_id   bigint NOT NULL,
    ref         text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (report_id, ref)
);
COMMENT ON TABLE tracker.report_ref IS 'Every id under which a report was ever given.';
COMMENT ON COLUMN tracker.report_ref.report_id IS 'The report.';
COMMENT ON COLUMN tracker.report_ref.ref IS 'The input''s id, else its URL, else its path.';
COMMENT ON COLUMN tracker.report_ref.recorded_at IS 'When it was first given.';

CREATE TABLE tracker.claim (
    report_id      bigint NOT NULL,
    reading_id     bigint NOT NULL,
    claim_id       bigint NOT NULL,
    event_id       bigint,
    low            bigint,
    best           bigint,
    high           bigint,
    ordinal        integer NOT NULL,
    span_start     integer NOT NULL,
    span_end       integer NOT NULL,
    sentence_start integer NOT NULL,
    sentence_end   integer NOT NULL,
    claimant_rank  smallint NOT NULL,
    running_total  boolean NOT NULL,
    field          text NOT NULL,
    part           text,
    qualifier      text NOT NULL,
    role           text NOT NULL,
    doubt          text,
    rule           text NOT NULL,
    claimant       text,
    claimant_kind  text,
    claimant_party text,
    text           text NOT NULL,
    sentence       text NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (report_id, reading_id, claim_id)
);
COMMENT ON TABLE tracker.claim IS
    'One number, or an explicit "no casualties", in one sentence of a report. Never edited.';
COMMENT ON COLUMN tracker.claim.report_id IS 'The report it stands in.';
COMMENT ON COLUMN tracker.claim.reading_id IS
    'The edition and rule set it was read by; live when it is the report''s.';
COMMENT ON COLUMN tracker.claim.claim_id IS
    'Hash of the report''s edition, the span, field, part and rule.';
COMMENT ON COLUMN tracker.claim.event_id IS 'The event it belongs to. NULL: none.';
COMMENT ON COLUMN tracker.claim.low IS 'Least number it allows. NULL: open.';
COMMENT ON COLUMN tracker.claim.best IS 'The number it gives. NULL: it gives bounds only.';
COMMENT ON COLUMN tracker.claim.high IS 'Greatest number it allows. NULL: open.';
COMMENT ON COLUMN tracker.claim.ordinal IS 'Order in the report, from 0.';
COMMENT ON COLUMN tracker.claim.span_start IS 'First byte of the words counted. Unit: bytes.';
COMMENT ON COLUMN tracker.claim.span_end IS 'Byte after the words counted. Unit: bytes.';
COMMENT ON COLUMN tracker.claim.sentence_start IS 'First byte of its sentence. Unit: bytes.';
COMMENT ON COLUMN tracker.claim.sentence_end IS 'Byte after its sentence. Unit: bytes.';
COMMENT ON COLUMN tracker.claim.claimant_rank IS
    'Rank of the claimant''s kind: 1 on the scene to 9 unknown.';
COMMENT ON COLUMN tracker.claim.running_total IS 'True: said as a total so far ("rose to 31").';
COMMENT ON COLUMN tracker.claim.field IS 'What is counted: killed, wounded, drones, ...';
COMMENT ON COLUMN tracker.claim.part IS 'Which of them: civilian, child, intercepted, ... NULL: all.';
COMMENT ON COLUMN tracker.claim.qualifier IS
    'Values: exact, at_least, more_than, at_most, about, range, vague, none.';
COMMENT ON COLUMN tracker.claim.role IS
    'What it is to its event''s figure. Values: figure, part, restated, enemy, elsewhere.';
COMMENT ON COLUMN tracker.claim.doubt IS
    'Doubt it stands under: denied, hypothetical, future, historical, ... NULL: none.';
COMMENT ON COLUMN tracker.claim.rule IS 'The rule that found it.';
COMMENT ON COLUMN tracker.claim.claimant IS 'Who says so. NULL: the outlet itself.';
COMMENT ON COLUMN tracker.claim.claimant_kind IS 'Kind of claimant. NULL: unknown.';
COMMENT ON COLUMN tracker.claim.claimant_party IS 'Whose side it is on. NULL: nobody''s.';
COMMENT ON COLUMN tracker.claim.text IS 'The words counted, as written.';
COMMENT ON COLUMN tracker.claim.sentence IS 'Its sentence, as written.';
COMMENT ON COLUMN tracker.claim.recorded_at IS 'When it was recorded.';

GRANT SELECT, INSERT, UPDATE, DELETE
    ON tracker.report, tracker.report_edition, tracker.report_ref, tracker.claim TO tracker_writer;
