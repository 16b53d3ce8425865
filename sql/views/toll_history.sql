-- Every revision of a figure, with the words that caused it.
CREATE OR REPLACE VIEW strikes.toll_history AS
SELECT v.recorded_at,
       v.incident_id,
       v.field,
       nullif(v.part, '') AS part,
       v.old_best,
       v.new_best,
       v.new_best - v.old_best AS delta,
       v.who,
       v.rule,
       (SELECT c.sentence
        FROM tracker.claim c
        WHERE c.report_id = v.report_id AND c.claim_id = v.claim_id
        LIMIT 1) AS sentence
FROM tracker.incident_revision v
WHERE (v.old_low, v.old_best, v.old_high, v.old_state)
    IS DISTINCT FROM (v.new_low, v.new_best, v.new_high, v.new_state);

COMMENT ON VIEW strikes.toll_history IS
    'One row a change we made to a figure, its first statement included. Nothing is overwritten.';
COMMENT ON COLUMN strikes.toll_history.recorded_at IS 'When we changed it.';
COMMENT ON COLUMN strikes.toll_history.incident_id IS
    'The incident; it may have been merged since.';
COMMENT ON COLUMN strikes.toll_history.field IS 'What is counted: killed, wounded, drones, ...';
COMMENT ON COLUMN strikes.toll_history.part IS 'Which of them. NULL: all.';
COMMENT ON COLUMN strikes.toll_history.old_best IS
    'The number before. Unit: people, or pieces of munition. NULL: there was none.';
COMMENT ON COLUMN strikes.toll_history.new_best IS
    'The number after. Unit: people, or pieces of munition. NULL: there is none any more, or only bounds.';
COMMENT ON COLUMN strikes.toll_history.delta IS
    'new_best - old_best. Unit: people, or pieces of munition. NULL: one of them is NULL.';
COMMENT ON COLUMN strikes.toll_history.who IS
    'Who gave the new number: claimant, else outlet. NULL: no single claim did.';
COMMENT ON COLUMN strikes.toll_history.rule IS
    'The policy rule that chose it. NULL: the figure is gone.';
COMMENT ON COLUMN strikes.toll_history.sentence IS
    'The sentence it stands in. NULL: no single claim gave it.';
GRANT SELECT ON strikes.toll_history TO tracker_writer, tracker_analyst, tracker_reader;
