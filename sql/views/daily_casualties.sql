-- People killed, wounded and missing a day, nobody twice: a calendar without holes.
CREATE OR REPLACE VIEW strikes.daily_casualties AS
SELECT nullif(s.country, '') AS country,
       s.first_day + n AS local_date,
       d.incidents,
       d.killed_low, d.killed_best, d.killed_high,
       d.killed_civilian_low, d.killed_civilian_best, d.killed_civilian_high,
       d.wounded_low, d.wounded_best, d.wounded_high,
       d.missing_low, d.missing_best, d.missing_high,
       d.as_of
FROM (
    SELECT c.country,
           (SELECT min(i.local_date) FROM tracker.incident i
            WHERE i.country = c.country AND i.retired_at IS NULL AND i.in_totals) AS first_day,
           (SELECT max(i.local_date) FROM tracker.incident i
            WHERE i.country = c.country AND i.retired_at IS NULL AND i.in_totals) AS last_day
    FROM tracker.cell c
) s
CROSS JOIN LATERAL generate_series(0, s.last_day - s.first_day) n
CROSS JOIN LATERAL (
    SELECT count(*)::integer AS incidents,
           sum(coalesce(f.killed_low, 0)) FILTER (WHERE f.killed_low IS NOT NULL OR f.killed_best IS NOT NULL
               OR f.killed_high IS NOT NULL)::bigint AS killed_low,
           sum(f.killed_best)::bigint AS killed_best,
           CASE WHEN count(*) FILTER (WHERE f.killed_high IS NULL AND (f.killed_low IS NOT NULL OR f.killed_best IS NOT NULL)) = 0
               THEN sum(f.killed_high)::bigint END AS killed_high,
           sum(coalesce(f.killed_civilian_low, 0)) FILTER (WHERE f.killed_civilian_low IS NOT NULL OR f.killed_civilian_best IS NOT NULL
               OR f.killed_civilian_high IS NOT NULL)::bigint AS killed_civilian_low,
           sum(f.killed_civilian_best)::bigint AS killed_civilian_best,
           CASE WHEN count(*) FILTER (WHERE f.killed_civilian_high IS NULL AND (f.killed_civilian_low IS NOT NULL OR f.killed_civilian_best IS NOT NULL)) = 0
               THEN sum(f.killed_civilian_high)::bigint END AS killed_civilian_high,
           sum(coalesce(f.wounded_low, 0)) FILTER (WHERE f.wounded_low IS NOT NULL OR f.wounded_best IS NOT NULL
               OR f.wounded_high IS NOT NULL)::bigint AS wounded_low,
           sum(f.wounded_best)::bigint AS wounded_best,
           CASE WHEN count(*) FILTER (WHERE f.wounded_high IS NULL AND (f.wounded_low IS NOT NULL OR f.wounded_best IS NOT NULL)) = 0
               THEN sum(f.wounded_high)::bigint END AS wounded_high,
           sum(coalesce(f.missing_low, 0)) FILTER (WHERE f.missing_low IS NOT NULL OR f.missing_best IS NOT NULL
               OR f.missing_high IS NOT NULL)::bigint AS missing_low,
           sum(f.missing_best)::bigint AS missing_best,
           CASE WHEN count(*) FILTER (WHERE f.missing_high IS NULL AND (f.missing_low IS NOT NULL OR f.missing_best IS NOT NULL)) = 0
               THEN sum(f.missing_high)::bigint END AS missing_high,
           max(i.last_changed_at) AS as_of
    FROM tracker.incident i
    CROSS JOIN LATERAL (
        SELECT
           max(low) FILTER (WHERE field = 'killed' AND part = '') AS killed_low,
           max(best) FILTER (WHERE field = 'killed' AND part = '') AS killed_best,
           max(high) FILTER (WHERE field = 'killed' AND part = '') AS killed_high,
           max(low) FILTER (WHERE field = 'killed' AND part = 'civilian') AS killed_civilian_low,
           max(best) FILTER (WHERE field = 'killed' AND part = 'civilian') AS killed_civilian_best,
           max(high) FILTER (WHERE field = 'killed' AND part = 'civilian') AS killed_civilian_high,
           max(low) FILTER (WHERE field = 'wounded' AND part = '') AS wounded_low,
           max(best) FILTER (WHERE field = 'wounded' AND part = '') AS wounded_best,
           max(high) FILTER (WHERE field = 'wounded' AND part = '') AS wounded_high,
           max(low) FILTER (WHERE field = 'missing' AND part = '') AS missing_low,
           max(best) FILTER (WHERE field = 'missing' AND part = '') AS missing_best,
           max(high) FILTER (WHERE field = 'missing' AND part = '') AS missing_high
        FROM tracker.figure
        WHERE figure.region_id = i.region_id AND figure.incident_id = i.incident_id
    ) f
    WHERE i.retired_at IS NULL AND i.country = s.country AND i.local_date = s.first_day + n AND i.in_totals
) d;

COMMENT ON VIEW strikes.daily_casualties IS
    'One row a country and day, from its first incident to its last; only incidents WHERE in_totals. Incidents of unknown day are left out.';
COMMENT ON COLUMN strikes.daily_casualties.country IS 'ISO 3166-1 alpha-2. NULL: unknown.';
COMMENT ON COLUMN strikes.daily_casualties.local_date IS
    'Day in the places'' zone; every day from a country''s first incident to its last.';
COMMENT ON COLUMN strikes.daily_casualties.incidents IS 'Incidents counted. Unit: incidents.';
COMMENT ON COLUMN strikes.daily_casualties.killed_low IS
    'Least number of people killed that the reports allow on that day. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_casualties.killed_best IS
    'Number of people killed to use on that day. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_casualties.killed_high IS
    'Greatest number of people killed that the reports allow on that day. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.daily_casualties.killed_civilian_low IS
    'Least number of civilians killed that the reports allow on that day. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_casualties.killed_civilian_best IS
    'Number of civilians killed to use on that day. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_casualties.killed_civilian_high IS
    'Greatest number of civilians killed that the reports allow on that day. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.daily_casualties.wounded_low IS
    'Least number of people wounded that the reports allow on that day. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_casualties.wounded_best IS
    'Number of people wounded to use on that day. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_casualties.wounded_high IS
    'Greatest number of people wounded that the reports allow on that day. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.daily_casualties.missing_low IS
    'Least number of people missing that the reports allow on that day. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_casualties.missing_best IS
    'Number of people missing to use on that day. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.daily_casualties.missing_high IS
    'Greatest number of people missing that the reports allow on that day. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.daily_casualties.as_of IS
    'When any of them last changed: a day is revised as reports come. NULL: no incident that day.';
GRANT SELECT ON strikes.daily_casualties TO tracker_writer, tracker_analyst, tracker_reader;
