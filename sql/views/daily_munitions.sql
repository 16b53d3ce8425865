-- Drones and missiles a day, none twice: those of waves, and of sites that have no wave.
CREATE OR REPLACE VIEW strikes.daily_munitions AS
WITH days AS (
    SELECT i.country, i.local_date, i.last_changed_at,
           f.*
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
    WHERE i.retired_at IS NULL AND i.local_date IS NOT NULL AND EXISTS (SELECT FROM tracker.figure g
        WHERE g.region_id = i.region_id AND g.incident_id = i.incident_id AND g.in_totals
          AND g.field IN ('drones', 'missiles'))
), span AS (
    SELECT country, min(local_date) AS first_day, max(local_date) AS last_day
    FROM days GROUP BY country
)
SELECT nullif(s.country, '') AS country,
       s.first_day + n AS local_date,
       count(d.country)::integer AS incidents,
       sum(coalesce(d.drones_low, 0)) FILTER (WHERE d.drones_low IS NOT NULL OR d.drones_best IS NOT NULL
           OR d.drones_high IS NOT NULL)::bigint AS drones_low,
       sum(d.drones_best)::bigint AS drones_best,
       CASE WHEN count(*) FILTER (WHERE d.drones_high IS NULL AND (d.drones_low IS NOT NULL OR d.drones_best IS NOT NULL)) = 0
           THEN sum(d.drones_high)::bigint END AS drones_high,
       sum(coalesce(d.drones_intercepted_low, 0)) FILTER (WHERE d.drones_intercepted_low IS NOT NULL OR d.drones_intercepted_best IS NOT NULL
           OR d.drones_intercepted_high IS NOT NULL)::bigint AS drones_intercepted_low,
       sum(d.drones_intercepted_best)::bigint AS drones_intercepted_best,
       CASE WHEN count(*) FILTER (WHERE d.drones_intercepted_high IS NULL AND (d.drones_intercepted_low IS NOT NULL OR d.drones_intercepted_best IS NOT NULL)) = 0
           THEN sum(d.drones_intercepted_high)::bigint END AS drones_intercepted_high,
       sum(coalesce(d.drones_lost_low, 0)) FILTER (WHERE d.drones_lost_low IS NOT NULL OR d.drones_lost_best IS NOT NULL
           OR d.drones_lost_high IS NOT NULL)::bigint AS drones_lost_low,
       sum(d.drones_lost_best)::bigint AS drones_lost_best,
       CASE WHEN count(*) FILTER (WHERE d.drones_lost_high IS NULL AND (d.drones_lost_low IS NOT NULL OR d.drones_lost_best IS NOT NULL)) = 0
           THEN sum(d.drones_lost_high)::bigint END AS drones_lost_high,
       sum(coalesce(d.missiles_low, 0)) FILTER (WHERE d.missiles_low IS NOT NULL OR d.missiles_best IS NOT NULL
           OR d.missiles_high IS NOT NULL)::bigint AS missiles_low,
       sum(d.missiles_best)::bigint AS missiles_best,
       CASE WHEN count(*) FILTER (WHERE d.missiles_high IS NULL AND (d.missiles_low IS NOT NULL OR d.missiles_best IS NOT NULL)) = 0
           THEN sum(d.missiles_high)::bigint END AS missiles_high,
       sum(coalesce(d.missiles_intercepted_low, 0)) FILTER (WHERE d.missiles_intercepted_low IS NOT NULL OR d.missiles_intercepted_best IS NOT NULL
           OR d.missiles_intercepted_high IS NOT NULL)::bigint AS missiles_intercepted_low,
       sum(d.missiles_intercepted_best)::bigint AS missiles_intercepted_best,
       CASE WHEN count(*) FILTER (WHERE d.missiles_intercepted_high IS NULL AND (d.missiles_intercepted_low IS NOT NULL OR d.missiles_intercepted_best IS NOT NULL)) = 0
           THEN sum(d.missiles_intercepted_high)::bigint END AS missiles_intercepted_high,
       max(d.last_changed_at) AS as_of
FROM span s
CROSS JOIN LATERAL generate_series(0, s.last_day - s.first_day) n
LEFT JOIN days d ON d.country = s.country AND d.local_date = s.first_day + n
GROUP BY s.country, s.first_day, n;

COMMENT ON VIEW strikes.daily_munitions IS
    'One row a country and day, from its first attack to its last; only figures WHERE in_totals. Launched less intercepted is not what hit.';
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
