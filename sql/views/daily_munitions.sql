-- Drones and missiles a day, none twice: those of waves, and of sites that have no wave.
CREATE OR REPLACE FUNCTION strikes.daily_munitions_as_of(t timestamptz)
RETURNS TABLE (
    country text, local_date date, incidents integer, drones_low bigint, drones_best bigint,
    drones_high bigint, drones_intercepted_low bigint, drones_intercepted_best bigint,
    drones_intercepted_high bigint, drones_lost_low bigint, drones_lost_best bigint,
    drones_lost_high bigint, missiles_low bigint, missiles_best bigint, missiles_high bigint,
    missiles_intercepted_low bigint, missiles_intercepted_best bigint,
    missiles_intercepted_high bigint, as_of timestamptz)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT nullif(s.country, ''),
       s.first_day + n,
       d.incidents,
       d.drones_low, d.drones_best, d.drones_high,
       d.drones_intercepted_low, d.drones_intercepted_best, d.drones_intercepted_high,
       d.drones_lost_low, d.drones_lost_best, d.drones_lost_high,
       d.missiles_low, d.missiles_best, d.missiles_high,
       d.missiles_intercepted_low, d.missiles_intercepted_best, d.missiles_intercepted_high,
       d.as_of
FROM tracker.calendar(t, false) s
-- Bounded twice, so that the planner expects few days, and does not compile the query for many.
JOIN LATERAL generate_series(0, s.last_day - s.first_day) n
    ON n BETWEEN 0 AND s.last_day - s.first_day
CROSS JOIN LATERAL (
    SELECT count(*)::integer AS incidents,
           sum(coalesce(i.drones_low, 0)) FILTER (WHERE i.drones_in_totals
               AND coalesce(i.drones_low, i.drones_best, i.drones_high) IS NOT NULL)::bigint AS drones_low,
           sum(i.drones_best) FILTER (WHERE i.drones_in_totals)::bigint AS drones_best,
           CASE WHEN count(*) FILTER (WHERE i.drones_in_totals AND i.drones_high IS NULL
               AND coalesce(i.drones_low, i.drones_best) IS NOT NULL) = 0
               THEN sum(i.drones_high) FILTER (WHERE i.drones_in_totals)::bigint END AS drones_high,
           sum(coalesce(i.drones_intercepted_low, 0)) FILTER (WHERE i.drones_intercepted_in_totals
               AND coalesce(i.drones_intercepted_low, i.drones_intercepted_best, i.drones_intercepted_high) IS NOT NULL)::bigint AS drones_intercepted_low,
           sum(i.drones_intercepted_best) FILTER (WHERE i.drones_intercepted_in_totals)::bigint AS drones_intercepted_best,
           CASE WHEN count(*) FILTER (WHERE i.drones_intercepted_in_totals AND i.drones_intercepted_high IS NULL
               AND coalesce(i.drones_intercepted_low, i.drones_intercepted_best) IS NOT NULL) = 0
               THEN sum(i.drones_intercepted_high) FILTER (WHERE i.drones_intercepted_in_totals)::bigint END AS drones_intercepted_high,
           sum(coalesce(i.drones_lost_low, 0)) FILTER (WHERE i.drones_lost_in_totals
               AND coalesce(i.drones_lost_low, i.drones_lost_best, i.drones_lost_high) IS NOT NULL)::bigint AS drones_lost_low,
           sum(i.drones_lost_best) FILTER (WHERE i.drones_lost_in_totals)::bigint AS drones_lost_best,
           CASE WHEN count(*) FILTER (WHERE i.drones_lost_in_totals AND i.drones_lost_high IS NULL
               AND coalesce(i.drones_lost_low, i.drones_lost_best) IS NOT NULL) = 0
               THEN sum(i.drones_lost_high) FILTER (WHERE i.drones_lost_in_totals)::bigint END AS drones_lost_high,
           sum(coalesce(i.missiles_low, 0)) FILTER (WHERE i.missiles_in_totals
               AND coalesce(i.missiles_low, i.missiles_best, i.missiles_high) IS NOT NULL)::bigint AS missiles_low,
           sum(i.missiles_best) FILTER (WHERE i.missiles_in_totals)::bigint AS missiles_best,
           CASE WHEN count(*) FILTER (WHERE i.missiles_in_totals AND i.missiles_high IS NULL
               AND coalesce(i.missiles_low, i.missiles_best) IS NOT NULL) = 0
               THEN sum(i.missiles_high) FILTER (WHERE i.missiles_in_totals)::bigint END AS missiles_high,
           sum(coalesce(i.missiles_intercepted_low, 0)) FILTER (WHERE i.missiles_intercepted_in_totals
               AND coalesce(i.missiles_intercepted_low, i.missiles_intercepted_best, i.missiles_intercepted_high) IS NOT NULL)::bigint AS missiles_intercepted_low,
           sum(i.missiles_intercepted_best) FILTER (WHERE i.missiles_intercepted_in_totals)::bigint AS missiles_intercepted_best,
           CASE WHEN count(*) FILTER (WHERE i.missiles_intercepted_in_totals AND i.missiles_intercepted_high IS NULL
               AND coalesce(i.missiles_intercepted_low, i.missiles_intercepted_best) IS NOT NULL) = 0
               THEN sum(i.missiles_intercepted_high) FILTER (WHERE i.missiles_intercepted_in_totals)::bigint END AS missiles_intercepted_high,
           max(i.last_changed_at) AS as_of
    FROM tracker.incident_state i
    WHERE i.country = s.country AND i.local_date = s.first_day + n AND i.munitions_in_totals
      AND (i.current OR i.superseded_at > t)
      AND i.last_changed_at <= t AND i.retired_at IS NULL
) d;
END;
COMMENT ON FUNCTION strikes.daily_munitions_as_of(timestamptz) IS
    'strikes.daily_munitions as we published it at a time. Give country and days in WHERE: they reach the indexes.';
REVOKE ALL ON FUNCTION strikes.daily_munitions_as_of(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION strikes.daily_munitions_as_of(timestamptz)
    TO tracker_writer, tracker_analyst, tracker_reader;

CREATE OR REPLACE VIEW strikes.daily_munitions AS
SELECT * FROM strikes.daily_munitions_as_of('infinity');

COMMENT ON VIEW strikes.daily_munitions IS
    'One row a country and day, from its first incident to its last; only figures WHERE in_totals. Launched less intercepted is not what hit.';
COMMENT ON COLUMN strikes.daily_munitions.country IS 'ISO 3166-1 alpha-2. NULL: unknown.';
COMMENT ON COLUMN strikes.daily_munitions.local_date IS
    'Day in the places'' zone; every day from a country''s first incident to its last.';
COMMENT ON COLUMN strikes.daily_munitions.incidents IS 'Incidents counted. Unit: incidents.';
COMMENT ON COLUMN strikes.daily_munitions.drones_low IS
    'Least number of drones launched that the reports allow on that day. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_munitions.drones_best IS
    'Number of drones launched to use on that day. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_munitions.drones_high IS
    'Greatest number of drones launched that the reports allow on that day. Unit: drones. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.daily_munitions.drones_intercepted_low IS
    'Least number of drones shot down that the reports allow on that day. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_munitions.drones_intercepted_best IS
    'Number of drones shot down to use on that day. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_munitions.drones_intercepted_high IS
    'Greatest number of drones shot down that the reports allow on that day. Unit: drones. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.daily_munitions.drones_lost_low IS
    'Least number of drones lost on the way that the reports allow on that day. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_munitions.drones_lost_best IS
    'Number of drones lost on the way to use on that day. Unit: drones. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_munitions.drones_lost_high IS
    'Greatest number of drones lost on the way that the reports allow on that day. Unit: drones. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.daily_munitions.missiles_low IS
    'Least number of missiles launched that the reports allow on that day. Unit: missiles. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_munitions.missiles_best IS
    'Number of missiles launched to use on that day. Unit: missiles. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_munitions.missiles_high IS
    'Greatest number of missiles launched that the reports allow on that day. Unit: missiles. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.daily_munitions.missiles_intercepted_low IS
    'Least number of missiles shot down that the reports allow on that day. Unit: missiles. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_munitions.missiles_intercepted_best IS
    'Number of missiles shot down to use on that day. Unit: missiles. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_munitions.missiles_intercepted_high IS
    'Greatest number of missiles shot down that the reports allow on that day. Unit: missiles. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.daily_munitions.as_of IS
    'When any of them last changed: a day is revised as reports come. NULL: no incident that day.';
GRANT SELECT ON strikes.daily_munitions TO tracker_writer, tracker_analyst, tracker_reader;
