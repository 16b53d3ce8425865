-- Every state of every incident, the present one and those that newer ones replaced, with its
-- commonest figures side by side: the one place where figures become columns. The published views
-- of incidents, places, days and waves, and what they were at a time, are read from it. It is
-- reached through them only: readers may read it, but have no way into the schema.
CREATE OR REPLACE VIEW tracker.incident_state AS
SELECT i.*,
       f.*
FROM (
    SELECT true AS current, region_id, incident_id, parent_id, start_at, end_at, first_reported_at, last_changed_at,
           NULL::timestamptz AS superseded_at, retired_at, lat_e5, lon_e5, local_date, n_reports, n_independent,
           in_totals, scope, country, place_precision, date_precision, grading, place_key,
           place_name, adm1, sources
    FROM tracker.incident
    UNION ALL
    SELECT false, region_id, incident_id, parent_id, start_at, end_at, first_reported_at, last_changed_at,
           superseded_at, retired_at, lat_e5, lon_e5, local_date, n_reports, n_independent,
           in_totals, scope, country, place_precision, date_precision, grading, place_key,
           place_name, adm1, sources
    FROM tracker.incident_edition
) i
CROSS JOIN LATERAL (
    SELECT
        max(g.low) FILTER (WHERE g.field = 'killed' AND g.part = '')
            AS killed_low,
        max(g.best) FILTER (WHERE g.field = 'killed' AND g.part = '')
            AS killed_best,
        max(g.high) FILTER (WHERE g.field = 'killed' AND g.part = '')
            AS killed_high,
        max(g.low) FILTER (WHERE g.field = 'killed' AND g.part = 'civilian')
            AS killed_civilian_low,
        max(g.best) FILTER (WHERE g.field = 'killed' AND g.part = 'civilian')
            AS killed_civilian_best,
        max(g.high) FILTER (WHERE g.field = 'killed' AND g.part = 'civilian')
            AS killed_civilian_high,
        max(g.low) FILTER (WHERE g.field = 'killed' AND g.part = 'attacker')
            AS killed_attacker_low,
        max(g.best) FILTER (WHERE g.field = 'killed' AND g.part = 'attacker')
            AS killed_attacker_best,
        max(g.high) FILTER (WHERE g.field = 'killed' AND g.part = 'attacker')
            AS killed_attacker_high,
        max(g.low) FILTER (WHERE g.field = 'wounded' AND g.part = '')
            AS wounded_low,
        max(g.best) FILTER (WHERE g.field = 'wounded' AND g.part = '')
            AS wounded_best,
        max(g.high) FILTER (WHERE g.field = 'wounded' AND g.part = '')
            AS wounded_high,
        max(g.low) FILTER (WHERE g.field = 'missing' AND g.part = '')
            AS missing_low,
        max(g.best) FILTER (WHERE g.field = 'missing' AND g.part = '')
            AS missing_best,
        max(g.high) FILTER (WHERE g.field = 'missing' AND g.part = '')
            AS missing_high,
        max(g.low) FILTER (WHERE g.field = 'drones' AND g.part = '')
            AS drones_low,
        max(g.best) FILTER (WHERE g.field = 'drones' AND g.part = '')
            AS drones_best,
        max(g.high) FILTER (WHERE g.field = 'drones' AND g.part = '')
            AS drones_high,
        max(g.low) FILTER (WHERE g.field = 'drones' AND g.part = 'intercepted')
            AS drones_intercepted_low,
        max(g.best) FILTER (WHERE g.field = 'drones' AND g.part = 'intercepted')
            AS drones_intercepted_best,
        max(g.high) FILTER (WHERE g.field = 'drones' AND g.part = 'intercepted')
            AS drones_intercepted_high,
        max(g.low) FILTER (WHERE g.field = 'drones' AND g.part = 'lost')
            AS drones_lost_low,
        max(g.best) FILTER (WHERE g.field = 'drones' AND g.part = 'lost')
            AS drones_lost_best,
        max(g.high) FILTER (WHERE g.field = 'drones' AND g.part = 'lost')
            AS drones_lost_high,
        max(g.low) FILTER (WHERE g.field = 'missiles' AND g.part = '')
            AS missiles_low,
        max(g.best) FILTER (WHERE g.field = 'missiles' AND g.part = '')
            AS missiles_best,
        max(g.high) FILTER (WHERE g.field = 'missiles' AND g.part = '')
            AS missiles_high,
        max(g.low) FILTER (WHERE g.field = 'missiles' AND g.part = 'intercepted')
            AS missiles_intercepted_low,
        max(g.best) FILTER (WHERE g.field = 'missiles' AND g.part = 'intercepted')
            AS missiles_intercepted_best,
        max(g.high) FILTER (WHERE g.field = 'missiles' AND g.part = 'intercepted')
            AS missiles_intercepted_high,
        bool_or(g.in_totals) FILTER (WHERE g.field = 'drones' AND g.part = '')
            AS drones_in_totals,
        bool_or(g.in_totals) FILTER (WHERE g.field = 'drones' AND g.part = 'intercepted')
            AS drones_intercepted_in_totals,
        bool_or(g.in_totals) FILTER (WHERE g.field = 'drones' AND g.part = 'lost')
            AS drones_lost_in_totals,
        bool_or(g.in_totals) FILTER (WHERE g.field = 'missiles' AND g.part = '')
            AS missiles_in_totals,
        bool_or(g.in_totals) FILTER (WHERE g.field = 'missiles' AND g.part = 'intercepted')
            AS missiles_intercepted_in_totals,
        bool_or(g.in_totals) FILTER (WHERE g.field IN ('drones', 'missiles')) AS munitions_in_totals
    FROM (
        SELECT p.field, p.part, p.low, p.best, p.high, p.in_totals
        FROM tracker.figure p
        WHERE i.current AND p.region_id = i.region_id AND p.incident_id = i.incident_id
        UNION ALL
        -- A figure that changes makes a new state of its incident: one as old as the state holds
        -- as long as it does.
        SELECT o.field, o.part, o.new_low, o.new_best, o.new_high, o.new_in_totals
        FROM (
            SELECT DISTINCT ON (v.field, v.part) v.field, v.part, v.new_low, v.new_best,
                v.new_high, v.new_in_totals
            FROM tracker.incident_revision v
            WHERE NOT i.current AND v.incident_id = i.incident_id
              AND v.recorded_at <= i.last_changed_at
            ORDER BY v.field, v.part, v.recorded_at DESC
        ) o
    ) g
) f;

COMMENT ON VIEW tracker.incident_state IS
    'Every state of every incident, present and replaced, with its commonest figures as columns.';
GRANT SELECT ON tracker.incident_state TO tracker_writer, tracker_analyst, tracker_reader;
