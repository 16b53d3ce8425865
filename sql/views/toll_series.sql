-- A timeline of every figure by publication time, also for an archive that was loaded at once.
CREATE OR REPLACE VIEW strikes.toll_series AS
SELECT s.said_at,
       s.incident_id,
       s.field,
       nullif(s.part, '') AS part,
       s.low,
       s.best,
       s.high,
       s.state,
       s.rule,
       s.claim_id
FROM tracker.toll_step s
UNION ALL
SELECT i.first_reported_at,
       f.incident_id,
       f.field,
       nullif(f.part, ''),
       f.low,
       f.best,
       f.high,
       f.state,
       f.rule,
       f.chosen_claim
FROM tracker.figure f
JOIN tracker.incident i ON i.region_id = f.region_id AND i.incident_id = f.incident_id
WHERE i.retired_at IS NULL
  AND NOT EXISTS (SELECT FROM tracker.toll_step s
                  WHERE s.region_id = f.region_id AND s.incident_id = f.incident_id);

COMMENT ON VIEW strikes.toll_series IS
    'What an incident''s reports up to a time say: a row where a figure changed. What we said when: toll_history.';
COMMENT ON COLUMN strikes.toll_series.said_at IS
    'Publication time of the report that changed it. NULL: unknown.';
COMMENT ON COLUMN strikes.toll_series.incident_id IS 'The incident.';
COMMENT ON COLUMN strikes.toll_series.field IS 'What is counted: killed, wounded, drones, ...';
COMMENT ON COLUMN strikes.toll_series.part IS 'Which of them. NULL: all.';
COMMENT ON COLUMN strikes.toll_series.low IS
    'Least number from then on. Unit: people, or pieces of munition. NULL: open.';
COMMENT ON COLUMN strikes.toll_series.best IS
    'The number from then on. Unit: people, or pieces of munition. NULL: no report gave one.';
COMMENT ON COLUMN strikes.toll_series.high IS
    'Greatest number from then on. Unit: people, or pieces of munition. NULL: open.';
COMMENT ON COLUMN strikes.toll_series.state IS 'Values: known, zero_stated, unquantified.';
COMMENT ON COLUMN strikes.toll_series.rule IS 'The policy rule that chose it.';
COMMENT ON COLUMN strikes.toll_series.claim_id IS
    'The claim that gave it. NULL: no single one did.';
GRANT SELECT ON strikes.toll_series TO tracker_writer, tracker_analyst, tracker_reader;
