-- Who says what of an incident: the latest word of each claimant on each number.
CREATE OR REPLACE VIEW strikes.claims_by_source AS
SELECT DISTINCT ON (n.incident_id, k.field, coalesce(k.part, ''), coalesce(k.claimant, e.outlet, ''))
       n.incident_id,
       k.field,
       k.part,
       coalesce(k.claimant, e.outlet) AS claimant,
       k.claimant_kind,
       k.claimant_party,
       k.claimant_rank,
       k.low,
       k.best,
       k.high,
       k.qualifier,
       k.running_total,
       k.claim_id,
       e.outlet,
       e.said_at,
       r.ref AS report_ref,
       r.url,
       c.sentence
FROM tracker.incident_event n
JOIN tracker.incident i ON i.region_id = n.region_id AND i.incident_id = n.incident_id
JOIN tracker.event e ON e.region_id = n.event_region_id AND e.event_id = n.event_id
JOIN tracker.event_claim k ON k.region_id = e.region_id AND k.event_id = e.event_id
JOIN tracker.report r ON r.report_id = e.report_id
LEFT JOIN tracker.claim c ON c.report_id = r.report_id AND c.reading_id = r.reading_id
    AND c.claim_id = k.claim_id
WHERE i.retired_at IS NULL
ORDER BY n.incident_id, k.field, coalesce(k.part, ''), coalesce(k.claimant, e.outlet, ''),
    e.said_at DESC NULLS LAST, k.best DESC NULLS LAST, k.claim_id;

COMMENT ON VIEW strikes.claims_by_source IS
    'The latest word of each claimant on each number of an incident. Never sum these: strikes.figures has the number to use.';
COMMENT ON COLUMN strikes.claims_by_source.incident_id IS 'The incident.';
COMMENT ON COLUMN strikes.claims_by_source.field IS 'What is counted: killed, wounded, drones, ...';
COMMENT ON COLUMN strikes.claims_by_source.part IS 'Which of them: civilian, child, ... NULL: all.';
COMMENT ON COLUMN strikes.claims_by_source.claimant IS
    'Who says so; the outlet where nobody else does. NULL: neither is known.';
COMMENT ON COLUMN strikes.claims_by_source.claimant_kind IS
    'Kind of claimant: police, rescue, ... NULL: unknown.';
COMMENT ON COLUMN strikes.claims_by_source.claimant_party IS
    'Whose side it is on. NULL: nobody''s.';
COMMENT ON COLUMN strikes.claims_by_source.claimant_rank IS 'Values: 1 on the scene to 9 unknown.';
COMMENT ON COLUMN strikes.claims_by_source.low IS
    'Least number it allows. Unit: people, or pieces of munition. NULL: open.';
COMMENT ON COLUMN strikes.claims_by_source.best IS
    'The number it gives. Unit: people, or pieces of munition. NULL: it gives bounds only.';
COMMENT ON COLUMN strikes.claims_by_source.high IS
    'Greatest number it allows. Unit: people, or pieces of munition. NULL: open.';
COMMENT ON COLUMN strikes.claims_by_source.qualifier IS
    'Values: exact, at_least, more_than, at_most, about, range, vague, none.';
COMMENT ON COLUMN strikes.claims_by_source.running_total IS 'True: said as a total so far.';
COMMENT ON COLUMN strikes.claims_by_source.claim_id IS 'The claim, see strikes.claims.';
COMMENT ON COLUMN strikes.claims_by_source.outlet IS 'Who printed it. NULL: unknown.';
COMMENT ON COLUMN strikes.claims_by_source.said_at IS
    'Publication time of the report. NULL: unknown.';
COMMENT ON COLUMN strikes.claims_by_source.report_ref IS
    'The input''s id of the report, else its URL, else its path.';
COMMENT ON COLUMN strikes.claims_by_source.url IS 'Canonical URL of the report. NULL: none.';
COMMENT ON COLUMN strikes.claims_by_source.sentence IS
    'The sentence it stands in. NULL: the number was worked out from several.';
GRANT SELECT ON strikes.claims_by_source TO tracker_writer, tracker_analyst, tracker_reader;
