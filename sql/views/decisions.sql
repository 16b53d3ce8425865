-- What analysts decided, and what became of it.
CREATE OR REPLACE VIEW strikes.decisions AS
SELECT d.decision_id,
       d.kind,
       d.operand_a AS a,
       coalesce(d.operand_b, d.place_name) AS b,
       d.who,
       d.why,
       d.recorded_at,
       CASE WHEN d.retracted_at IS NOT NULL THEN 'retracted'
            WHEN d.refused_path IS NOT NULL THEN 'refused'
            WHEN d.orphaned THEN 'orphaned'
            ELSE 'stands' END AS status,
       d.refused_path,
       d.retracted_at,
       d.retracted_by,
       d.retracted_why
FROM tracker.decision d;

COMMENT ON VIEW strikes.decisions IS 'One row a decision; retracted ones stay.';
COMMENT ON COLUMN strikes.decisions.decision_id IS 'Id; text in every export.';
COMMENT ON COLUMN strikes.decisions.kind IS 'Values: same, different, place, pin, reject.';
COMMENT ON COLUMN strikes.decisions.a IS
    'What it is about, as given: an incident, event or claim, or report:REF. NULL: not kept then.';
COMMENT ON COLUMN strikes.decisions.b IS
    'The other one, or the place. NULL: the kind takes one.';
COMMENT ON COLUMN strikes.decisions.who IS 'Who decided.';
COMMENT ON COLUMN strikes.decisions.why IS 'The reason given. NULL: none.';
COMMENT ON COLUMN strikes.decisions.recorded_at IS 'When it was decided.';
COMMENT ON COLUMN strikes.decisions.status IS 'Values: stands, refused, orphaned, retracted.';
COMMENT ON COLUMN strikes.decisions.refused_path IS
    'Ids of the earlier decisions it contradicts, from one of its ends to the other. NULL: not refused.';
COMMENT ON COLUMN strikes.decisions.retracted_at IS 'When it was taken back. NULL: it was not.';
COMMENT ON COLUMN strikes.decisions.retracted_by IS 'Who took it back. NULL: nobody did.';
COMMENT ON COLUMN strikes.decisions.retracted_why IS 'Why. NULL: nobody did.';
GRANT SELECT ON strikes.decisions TO tracker_writer, tracker_analyst, tracker_reader;
