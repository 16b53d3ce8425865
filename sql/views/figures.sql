-- Every reconciled number, also of fields and parts that an analyst added to schema.yml.
CREATE OR REPLACE VIEW strikes.figures AS
SELECT f.incident_id,
       f.field,
       nullif(f.part, '') AS part,
       f.low,
       f.best,
       f.high,
       f.state,
       f.in_totals,
       f.rule,
       ARRAY(SELECT c.claim_id
             FROM tracker.figure_claim c
             WHERE c.region_id = f.region_id AND c.incident_id = f.incident_id
               AND c.field = f.field AND c.part = f.part
             ORDER BY c.claim_id) AS claim_ids
FROM tracker.figure f;

COMMENT ON VIEW strikes.figures IS
    'One row a number of an incident; what nobody stated has no row. Sum only WHERE in_totals.';
COMMENT ON COLUMN strikes.figures.incident_id IS 'The incident.';
COMMENT ON COLUMN strikes.figures.field IS 'What is counted: killed, wounded, drones, ...';
COMMENT ON COLUMN strikes.figures.part IS
    'Which of them: civilian, child, intercepted, ...; never add it to the total. NULL: all.';
COMMENT ON COLUMN strikes.figures.low IS
    'Least number the reports allow. Unit: people, or pieces of munition. NULL: open.';
COMMENT ON COLUMN strikes.figures.best IS
    'The number to use; 0 only if stated. Unit: people, or pieces of munition. NULL: no report gives one.';
COMMENT ON COLUMN strikes.figures.high IS
    'Greatest number the reports allow. Unit: people, or pieces of munition. NULL: open.';
COMMENT ON COLUMN strikes.figures.state IS 'Values: known, zero_stated, unquantified.';
COMMENT ON COLUMN strikes.figures.in_totals IS
    'True: may be summed over this field and part without counting anything twice.';
COMMENT ON COLUMN strikes.figures.rule IS 'The policy rule that chose it.';
COMMENT ON COLUMN strikes.figures.claim_ids IS 'The claims that made it, see strikes.claims.';
GRANT SELECT ON strikes.figures TO tracker_writer, tracker_analyst, tracker_reader;
