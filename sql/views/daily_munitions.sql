-- Drones and missiles a day, none twice: those of waves, and of sites that have no wave.
CREATE OR REPLACE VIEW strikes.daily_munitions AS
SELECT nullif(s.country, '') AS country,
       s.first_day + n AS local_date,
       d.incidents,
       d.drones_low, d.drones_best, d.drones_high,
       d.drones_intercepted_low, d.drones_intercepted_best, d.drones_intercepted_high,
       d.drones_lost_low, d.drones_lost_best, d.drones_lost_high,
       d.missiles_low, d.missiles_best, d.missiles_high,
       d.missiles_intercepted_low, d.missiles_intercepted_best, d.missiles_intercepted_high,
       d.as_of
FROM (
    SELECT c.country,
           (SELECT min(i.local_date) FROM tracker.incident i
            WHERE i.country = c.country AND i.retired_at IS NULL) AS first_day,
           (SELECT max(i.local_date) FROM tracker.incident i
            WHERE i.country = c.country AND i.retired_at IS NULL) AS last_day
    FROM tracker.cell c
) s
CROSS JOIN LATERAL generate_series(0, s.last_day - s.first_day) n
CROSS JOIN LATERAL (
    SELECT count(*)::integer AS incidents,
           sum(coalesce(f.drones_low, 0)) FILTER (WHERE f.drones_low IS NOT NULL OR f.drones_best IS NOT NULL
               OR f.drones_high IS NOT NULL)::bigint AS drones_low,
           sum(f.drones_best)::bigint AS drones_best,
           CASE WHEN count(*) FILTER (WHERE f.drones_high IS NULL AND (f.drones_low IS NOT NULL OR f.drones_best IS NOT NULL)) = 0
               THEN sum(f.drones_high)::bigint END AS drones_high,
           sum(coalesce(f.drones_intercepted_low, 0)) FILTER (WHERE f.drones_intercepted_low IS NOT NULL OR f.drones_intercepted_best IS NOT NULL
               OR f.drones_intercepted_high IS NOT NULL)::bigint AS drones_intercepted_low,
           sum(f.drones_intercepted_best)::bigint AS drones_intercepted_best,
           CASE WHEN count(*) FILTER (WHERE f.drones_intercepted_high IS NULL AND (f.drones_intercepted_low IS NOT NULL OR f.drones_intercepted_best IS NOT NULL)) = 0
               THEN sum(f.drones_intercepted_high)::bigint END AS drones_intercepted_high,
           sum(coalesce(f.drones_lost_low, 0)) FILTER (WHERE f.drones_lost_low IS NOT NULL OR f.drones_lost_best IS NOT NULL
               OR f.drones_lost_high IS NOT NULL)::bigint AS drones_lost_low,
           sum(f.drones_lost_best)::bigint AS drones_lost_best,
           CASE WHEN count(*) FILTER (WHERE f.drones_lost_high IS NULL AND (f.drones_lost_low IS NOT NULL OR f.drones_lost_best IS NOT NULL)) = 0
               THEN sum(f.drones_lost_high)::bigint END AS drones_lost_high,
           sum(coalesce(f.missiles_low, 0)) FILTER (WHERE f.missiles_low IS NOT NULL OR f.missiles_best IS NOT NULL
               OR f.missiles_high IS NOT NULL)::bigint AS missiles_low,
           sum(f.missiles_best)::bigint AS missiles_best,
           CASE WHEN count(*) FILTER (WHERE f.missiles_high IS NULL AND (f.missiles_low IS NOT NULL OR f.missiles_best IS NOT NULL)) = 0
               THEN sum(f.missiles_high)::bigint END AS missiles_high,
           sum(coalesce(f.missiles_intercepted_low, 0)) FILTER (WHERE f.missiles_intercepted_low IS NOT NULL OR f.missiles_intercepted_best IS NOT NULL
               OR f.missiles_intercepted_high IS NOT NULL)::bigint AS missiles_intercepted_low,
           sum(f.missiles_intercepted_best)::bigint AS missiles_intercepted_best,
           CASE WHEN count(*) FILTER (WHERE f.missiles_intercepted_high IS NULL AND (f.missiles_intercepted_low IS NOT NULL OR f.missiles_intercepted_best IS NOT NULL)) = 0
               THEN sum(f.missiles_intercepted_high)::bigint END AS missiles_intercepted_high,
           max(i.last_changed_at) AS as_of
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
        WHERE figure.region_id = i.region_id AND figure.incident_id = i.incident_id AND figure.in_totals
    ) f
    WHERE i.retired_at IS NULL AND i.country = s.country AND i.local_date = s.first_day + n AND EXISTS (SELECT FROM tracker.figure g
        WHERE g.region_id = i.region_id AND g.incident_id = i.incident_id AND g.in_totals
          AND g.field IN ('drones', 'missiles'))
) d;

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
