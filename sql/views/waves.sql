-- Nationwide attacks: what was launched and shot down, and the sites below them.
CREATE OR REPLACE FUNCTION strikes.waves_as_of(t timestamptz)
RETURNS TABLE (
    incident_id bigint, country text, local_date date, start_at timestamptz,
    end_at timestamptz, drones_low bigint, drones_best bigint, drones_high bigint,
    drones_intercepted_low bigint, drones_intercepted_best bigint,
    drones_intercepted_high bigint, drones_lost_low bigint, drones_lost_best bigint,
    drones_lost_high bigint, missiles_low bigint, missiles_best bigint, missiles_high bigint,
    missiles_intercepted_low bigint, missiles_intercepted_best bigint,
    missiles_intercepted_high bigint, drones_unaccounted bigint, missiles_unaccounted bigint,
    sites integer, sites_killed_best bigint, sites_wounded_best bigint, n_reports integer,
    last_changed_at timestamptz)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT i.incident_id,
       nullif(i.country, ''),
       i.local_date,
       i.start_at,
       i.end_at,
       i.drones_low, i.drones_best, i.drones_high,
       i.drones_intercepted_low, i.drones_intercepted_best, i.drones_intercepted_high,
       i.drones_lost_low, i.drones_lost_best, i.drones_lost_high,
       i.missiles_low, i.missiles_best, i.missiles_high,
       i.missiles_intercepted_low, i.missiles_intercepted_best, i.missiles_intercepted_high,
       i.drones_best - i.drones_intercepted_best - coalesce(i.drones_lost_best, 0),
       i.missiles_best - i.missiles_intercepted_best,
       s.sites,
       s.killed,
       s.wounded,
       i.n_reports,
       i.last_changed_at
FROM tracker.incident_state i
CROSS JOIN LATERAL (
    SELECT count(*)::integer AS sites,
           sum(c.killed_best) FILTER (WHERE c.in_totals)::bigint AS killed,
           sum(c.wounded_best) FILTER (WHERE c.in_totals)::bigint AS wounded
    FROM tracker.incident_state c
    WHERE c.parent_id = i.incident_id
      AND (c.current OR c.superseded_at > t)
      AND c.last_changed_at <= t AND c.retired_at IS NULL
) s
WHERE i.scope = 'country' AND (i.current OR i.superseded_at > t)
  AND i.last_changed_at <= t AND i.retired_at IS NULL;
END;
COMMENT ON FUNCTION strikes.waves_as_of(timestamptz) IS
    'strikes.waves as we published it at a time.';
REVOKE ALL ON FUNCTION strikes.waves_as_of(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION strikes.waves_as_of(timestamptz)
    TO tracker_writer, tracker_analyst, tracker_reader;

CREATE OR REPLACE VIEW strikes.waves AS
SELECT * FROM strikes.waves_as_of('infinity');

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
