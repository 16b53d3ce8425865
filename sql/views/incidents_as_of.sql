-- What we said at a time: strikes.incidents as it was. What the reports up to a time say is another
-- question: tracker incidents --as-of-reports. Not SECURITY DEFINER, so that a filter on the result
-- reaches the indexes (PostgreSQL takes the function's text for its call).
CREATE OR REPLACE FUNCTION strikes.incidents_as_of(t timestamptz)
RETURNS SETOF strikes.incidents
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT i.incident_id,
       i.parent_id,
       i.scope,
       i.in_totals,
       i.place_name,
       i.place_precision,
       i.adm1,
       nullif(i.country, ''),
       i.lat_e5 / 100000::double precision,
       i.lon_e5 / 100000::double precision,
       i.local_date,
       i.date_precision,
       i.start_at,
       i.end_at,
       i.killed_low, i.killed_best, i.killed_high,
       i.killed_civilian_low, i.killed_civilian_best, i.killed_civilian_high,
       i.killed_attacker_low, i.killed_attacker_best, i.killed_attacker_high,
       i.wounded_low, i.wounded_best, i.wounded_high,
       i.missing_low, i.missing_best, i.missing_high,
       i.drones_low, i.drones_best, i.drones_high,
       i.drones_intercepted_low, i.drones_intercepted_best, i.drones_intercepted_high,
       i.drones_lost_low, i.drones_lost_best, i.drones_lost_high,
       i.missiles_low, i.missiles_best, i.missiles_high,
       i.missiles_intercepted_low, i.missiles_intercepted_best, i.missiles_intercepted_high,
       i.grading,
       i.n_reports,
       i.n_independent,
       i.sources,
       i.first_reported_at,
       i.last_changed_at
FROM tracker.incident_state i
WHERE (i.current OR i.superseded_at > t)
  AND i.last_changed_at <= t AND i.retired_at IS NULL;
END;
COMMENT ON FUNCTION strikes.incidents_as_of(timestamptz) IS
    'strikes.incidents as we published it at a time. The answer for a time that has passed never changes.';

-- The revisions of figures, each with the words that caused it.
CREATE OR REPLACE VIEW tracker.figure_state AS
SELECT v.incident_id, v.field, v.part, v.recorded_at, v.new_low, v.new_best, v.new_high, v.new_state,
       v.new_in_totals, v.rule, v.who, v.claim_id,
       (SELECT c.sentence FROM tracker.claim c
        WHERE c.report_id = v.report_id AND c.claim_id = v.claim_id LIMIT 1) AS sentence
FROM tracker.incident_revision v;
COMMENT ON VIEW tracker.figure_state IS 'What figures became with each revision.';
GRANT SELECT ON tracker.figure_state TO tracker_writer, tracker_analyst, tracker_reader;

DROP FUNCTION IF EXISTS strikes.figures_as_of(timestamptz);
CREATE FUNCTION strikes.figures_as_of(t timestamptz)
RETURNS TABLE (incident_id bigint, field text, part text, low bigint, best bigint, high bigint,
    state text, in_totals boolean, rule text, who text, claim_id bigint, sentence text,
    recorded_at timestamptz)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT v.incident_id, v.field, nullif(v.part, ''), v.new_low, v.new_best, v.new_high, v.new_state,
       v.new_in_totals, v.rule, v.who, v.claim_id, v.sentence, v.recorded_at
FROM tracker.figure_state v
WHERE v.recorded_at <= t AND v.new_state IS NOT NULL
  AND NOT EXISTS (SELECT FROM tracker.figure_state o
                  WHERE o.incident_id = v.incident_id AND o.field = v.field AND o.part = v.part
                    AND o.recorded_at > v.recorded_at AND o.recorded_at <= t);
END;
COMMENT ON FUNCTION strikes.figures_as_of(timestamptz) IS
    'The numbers of strikes.figures as we published them at a time, with the claim that gave each (NULL: no single one did), who said it and its sentence.';

REVOKE ALL ON FUNCTION strikes.incidents_as_of(timestamptz), strikes.figures_as_of(timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION strikes.incidents_as_of(timestamptz), strikes.figures_as_of(timestamptz)
    TO tracker_writer, tracker_analyst, tracker_reader;
