-- Nationwide attacks: what was launched and shot down, and the sites below them.
CREATE OR REPLACE VIEW strikes.waves AS
SELECT i.incident_id,
       nullif(i.country, '') AS country,
       i.local_date,
       i.start_at,
       i.end_at,
       f.drones_low, f.drones_best, f.drones_high,
       f.drones_intercepted_low, f.drones_intercepted_best, f.drones_intercepted_high,
       f.drones_lost_low, f.drones_lost_best, f.drones_lost_high,
       f.missiles_low, f.missiles_best, f.missiles_high,
       f.missiles_intercepted_low, f.missiles_intercepted_best, f.missiles_intercepted_high,
       f.drones_best - f.drones_intercepted_best - coalesce(f.drones_lost_best, 0)
           AS drones_unaccounted,
       f.missiles_best - f.missiles_intercepted_best AS missiles_unaccounted,
       s.sites,
       s.sites_killed_best,
       s.sites_wounded_best,
       i.n_reports,
       i.last_changed_at
FROM tracker.incident i
CROSS JOIN LATERAL (
    SELECT
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
    FROM tracker.figure
    WHERE figure.region_id = i.region_id AND figure.incident_id = i.incident_id
) f
CROSS JOIN LATERAL (
    SELECT count(DISTINCT c.incident_id)::integer AS sites,
           sum(g.best) FILTER (WHERE g.field = 'killed')::bigint AS sites_killed_best,
           sum(g.best) FILTER (WHERE g.field = 'wounded')::bigint AS sites_wounded_best
    FROM tracker.incident c
    LEFT JOIN tracker.figure g ON g.region_id = c.region_id AND g.incident_id = c.incident_id
        AND g.part = '' AND c.in_totals
    WHERE c.parent_id = i.incident_id AND c.retired_at IS NULL
) s
WHERE i.retired_at IS NULL AND i.scope = 'country';

COMMENT ON VIEW strikes.waves IS
    'One row a nationwide wave. Its munitions count instead of its sites'', its sites'' casualties instead of its own.';
COMMENT ON COLUMN strikes.waves.incident_id IS 'The wave, scope country in strikes.incidents.';
COMMENT ON COLUMN strikes.waves.country IS 'ISO 3166-1 alpha-2. NULL: unknown.';
COMMENT ON COLUMN strikes.waves.local_date IS
    'Day it counts under; a night counts under its morning. NULL: unknown.';
COMMENT ON COLUMN strikes.waves.start_at IS 'Earliest it may have begun. NULL: unknown.';
COMMENT ON COLUMN strikes.waves.end_at IS 'Latest it may have ended. NULL: unknown.';
COMMENT ON COLUMN strikes.waves.drones_low IS
    'Least number of drones launched that the reports allow. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.waves.drones_best IS
    'Number of drones launched to use. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.waves.drones_high IS
    'Greatest number of drones launched that the reports allow. Unit: drones. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.waves.drones_intercepted_low IS
    'Least number of drones shot down that the reports allow. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.waves.drones_intercepted_best IS
    'Number of drones shot down to use. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.waves.drones_intercepted_high IS
    'Greatest number of drones shot down that the reports allow. Unit: drones. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.waves.drones_lost_low IS
    'Least number of drones lost on the way that the reports allow. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.waves.drones_lost_best IS
    'Number of drones lost on the way to use. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.waves.drones_lost_high IS
    'Greatest number of drones lost on the way that the reports allow. Unit: drones. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.waves.missiles_low IS
    'Least number of missiles launched that the reports allow. Unit: missiles. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.waves.missiles_best IS
    'Number of missiles launched to use. Unit: missiles. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.waves.missiles_high IS
    'Greatest number of missiles launched that the reports allow. Unit: missiles. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.waves.missiles_intercepted_low IS
    'Least number of missiles shot down that the reports allow. Unit: missiles. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.waves.missiles_intercepted_best IS
    'Number of missiles shot down to use. Unit: missiles. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.waves.missiles_intercepted_high IS
    'Greatest number of missiles shot down that the reports allow. Unit: missiles. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.waves.drones_unaccounted IS
    'Drones launched, less those shot down and lost; not the same as hits. Unit: drones. NULL: one of the numbers is unknown.';
COMMENT ON COLUMN strikes.waves.missiles_unaccounted IS
    'Missiles launched, less those shot down; not the same as hits. Unit: missiles. NULL: one of the numbers is unknown.';
COMMENT ON COLUMN strikes.waves.sites IS 'Incidents below it. Unit: incidents.';
COMMENT ON COLUMN strikes.waves.sites_killed_best IS
    'People killed at its sites, WHERE in_totals. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.waves.sites_wounded_best IS
    'People wounded at its sites, WHERE in_totals. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.waves.n_reports IS 'Reports that tell of it as a whole. Unit: reports.';
COMMENT ON COLUMN strikes.waves.last_changed_at IS 'When anything of it last changed here.';
GRANT SELECT ON strikes.waves TO tracker_writer, tracker_analyst, tracker_reader;
