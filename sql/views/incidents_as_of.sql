-- What we said at a time: strikes.incidents as it was. What the reports up to a time say is another
-- question: tracker incidents --as-of-reports.
CREATE OR REPLACE FUNCTION strikes.incidents_as_of(t timestamptz)
RETURNS SETOF strikes.incidents
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $function$
    SELECT i.incident_id, i.parent_id, i.scope, i.in_totals, i.place_name, i.place_precision,
           i.adm1, nullif(i.country, ''), i.lat_e5 / 100000::double precision,
           i.lon_e5 / 100000::double precision, i.local_date, i.date_precision, i.start_at, i.end_at,
           f.killed_low, f.killed_best, f.killed_high,
           f.killed_civilian_low, f.killed_civilian_best, f.killed_civilian_high,
           f.killed_attacker_low, f.killed_attacker_best, f.killed_attacker_high,
           f.wounded_low, f.wounded_best, f.wounded_high,
           f.missing_low, f.missing_best, f.missing_high,
           f.drones_low, f.drones_best, f.drones_high,
           f.drones_intercepted_low, f.drones_intercepted_best, f.drones_intercepted_high,
           f.drones_lost_low, f.drones_lost_best, f.drones_lost_high,
           f.missiles_low, f.missiles_best, f.missiles_high,
           f.missiles_intercepted_low, f.missiles_intercepted_best, f.missiles_intercepted_high,
           i.grading, i.n_reports, i.n_independent, i.sources, i.first_reported_at,
           i.last_changed_at
    FROM (
        SELECT region_id, incident_id, parent_id, start_at, end_at, first_reported_at, last_changed_at, retired_at,
               lat_e5, lon_e5, local_date, n_reports, n_independent, in_totals, scope, country,
               place_precision, date_precision, grading, place_name, adm1, sources
        FROM tracker.incident WHERE last_changed_at <= t
        UNION ALL
        SELECT region_id, incident_id, parent_id, start_at, end_at, first_reported_at, last_changed_at, retired_at,
               lat_e5, lon_e5, local_date, n_reports, n_independent, in_totals, scope, country,
               place_precision, date_precision, grading, place_name, adm1, sources
        FROM tracker.incident_edition WHERE last_changed_at <= t AND superseded_at > t
    ) i
    CROSS JOIN LATERAL (
        SELECT
            max(low) FILTER (WHERE field = 'killed' AND part = '') AS killed_low,
            max(best) FILTER (WHERE field = 'killed' AND part = '') AS killed_best,
            max(high) FILTER (WHERE field = 'killed' AND part = '') AS killed_high,
            max(low) FILTER (WHERE field = 'killed' AND part = 'civilian') AS killed_civilian_low,
            max(best) FILTER (WHERE field = 'killed' AND part = 'civilian') AS killed_civilian_best,
            max(high) FILTER (WHERE field = 'killed' AND part = 'civilian') AS killed_civilian_high,
            max(low) FILTER (WHERE field = 'killed' AND part = 'attacker') AS killed_attacker_low,
            max(best) FILTER (WHERE field = 'killed' AND part = 'attacker') AS killed_attacker_best,
            max(high) FILTER (WHERE field = 'killed' AND part = 'attacker') AS killed_attacker_high,
            max(low) FILTER (WHERE field = 'wounded' AND part = '') AS wounded_low,
            max(best) FILTER (WHERE field = 'wounded' AND part = '') AS wounded_best,
            max(high) FILTER (WHERE field = 'wounded' AND part = '') AS wounded_high,
            max(low) FILTER (WHERE field = 'missing' AND part = '') AS missing_low,
            max(best) FILTER (WHERE field = 'missing' AND part = '') AS missing_best,
            max(high) FILTER (WHERE field = 'missing' AND part = '') AS missing_high,
            max(low) FILTER (WHERE field = 'drones' AND part = '') AS drones_low,
            max(best) FILTER (WHERE field = 'drones' AND part = '') AS drones_best,
            max(high) FILTER (WHERE field = 'drones' AND part = '') AS drones_high,
            max(low) FILTER (WHERE field = 'drones' AND part = 'intercepted') AS drones_intercepted_low,
            max(best) FILTER (WHERE field = 'drones' AND part = 'intercepted') AS drones_intercepted_best,
            max(high) FILTER (WHERE field = 'drones' AND part = 'intercepted') AS drones_intercepted_high,
            max(low) FILTER (WHERE field = 'drones' AND part = 'lost') AS drones_lost_low,
            max(best) FILTER (WHERE field = 'drones' AND part = 'lost') AS drones_lost_best,
            max(high) FILTER (WHERE field = 'drones' AND part = 'lost') AS drones_lost_high,
            max(low) FILTER (WHERE field = 'missiles' AND part = '') AS missiles_low,
            max(best) FILTER (WHERE field = 'missiles' AND part = '') AS missiles_best,
            max(high) FILTER (WHERE field = 'missiles' AND part = '') AS missiles_high,
            max(low) FILTER (WHERE field = 'missiles' AND part = 'intercepted') AS missiles_intercepted_low,
            max(best) FILTER (WHERE field = 'missiles' AND part = 'intercepted') AS missiles_intercepted_best,
            max(high) FILTER (WHERE field = 'missiles' AND part = 'intercepted') AS missiles_intercepted_high
        FROM (
            SELECT DISTINCT ON (v.field, v.part) v.field, v.part, v.new_low AS low,
                   v.new_best AS best, v.new_high AS high
            FROM tracker.incident_revision v
            WHERE v.incident_id = i.incident_id AND v.recorded_at <= t
            ORDER BY v.field, v.part, v.recorded_at DESC
        ) r
    ) f
    WHERE i.retired_at IS NULL
$function$;
COMMENT ON FUNCTION strikes.incidents_as_of(timestamptz) IS
    'strikes.incidents as we published it at a time. The answer for a time that has passed never changes.';

CREATE OR REPLACE FUNCTION strikes.figures_as_of(t timestamptz)
RETURNS TABLE (incident_id bigint, field text, part text, low bigint, best bigint, high bigint,
    state text, in_totals boolean, rule text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $function$
    SELECT r.incident_id, r.field, nullif(r.part, ''), r.new_low, r.new_best, r.new_high,
           r.new_state, r.new_in_totals, r.rule
    FROM (
        SELECT DISTINCT ON (v.incident_id, v.field, v.part) v.*
        FROM tracker.incident_revision v
        WHERE v.recorded_at <= t
        ORDER BY v.incident_id, v.field, v.part, v.recorded_at DESC
    ) r
    WHERE r.new_state IS NOT NULL
$function$;
COMMENT ON FUNCTION strikes.figures_as_of(timestamptz) IS
    'The numbers of strikes.figures as we published them at a time.';

REVOKE ALL ON FUNCTION strikes.incidents_as_of(timestamptz), strikes.figures_as_of(timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION strikes.incidents_as_of(timestamptz), strikes.figures_as_of(timestamptz)
    TO tracker_writer, tracker_analyst, tracker_reader;
