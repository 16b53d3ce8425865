-- People killed, wounded and missing a day, nobody twice: a calendar without holes.
CREATE OR REPLACE FUNCTION strikes.daily_casualties_as_of(t timestamptz)
RETURNS TABLE (
    country text, local_date date, incidents integer, killed_low bigint, killed_best bigint,
    killed_high bigint, killed_civilian_low bigint, killed_civilian_best bigint,
    killed_civilian_high bigint, wounded_low bigint, wounded_best bigint, wounded_high bigint,
    missing_low bigint, missing_best bigint, missing_high bigint, as_of timestamptz)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT nullif(s.country, ''),
       s.first_day + n,
       d.incidents,
       d.killed_low, d.killed_best, d.killed_high,
       d.killed_civilian_low, d.killed_civilian_best, d.killed_civilian_high,
       d.wounded_low, d.wounded_best, d.wounded_high,
       d.missing_low, d.missing_best, d.missing_high,
       d.as_of
FROM tracker.calendar(t, true) s
-- Bounded twice, so that the planner expects few days, and does not compile the query for many.
JOIN LATERAL generate_series(0, s.last_day - s.first_day) n
    ON n BETWEEN 0 AND s.last_day - s.first_day
CROSS JOIN LATERAL (
    SELECT count(*)::integer AS incidents,
           sum(coalesce(i.killed_low, 0))
               FILTER (WHERE coalesce(i.killed_low, i.killed_best, i.killed_high) IS NOT NULL)::bigint AS killed_low,
           sum(i.killed_best)::bigint AS killed_best,
           CASE WHEN count(*) FILTER (WHERE i.killed_high IS NULL
               AND coalesce(i.killed_low, i.killed_best) IS NOT NULL) = 0
               THEN sum(i.killed_high)::bigint END AS killed_high,
           sum(coalesce(i.killed_civilian_low, 0))
               FILTER (WHERE coalesce(i.killed_civilian_low, i.killed_civilian_best, i.killed_civilian_high) IS NOT NULL)::bigint AS killed_civilian_low,
           sum(i.killed_civilian_best)::bigint AS killed_civilian_best,
           CASE WHEN count(*) FILTER (WHERE i.killed_civilian_high IS NULL
               AND coalesce(i.killed_civilian_low, i.killed_civilian_best) IS NOT NULL) = 0
               THEN sum(i.killed_civilian_high)::bigint END AS killed_civilian_high,
           sum(coalesce(i.wounded_low, 0))
               FILTER (WHERE coalesce(i.wounded_low, i.wounded_best, i.wounded_high) IS NOT NULL)::bigint AS wounded_low,
           sum(i.wounded_best)::bigint AS wounded_best,
           CASE WHEN count(*) FILTER (WHERE i.wounded_high IS NULL
               AND coalesce(i.wounded_low, i.wounded_best) IS NOT NULL) = 0
               THEN sum(i.wounded_high)::bigint END AS wounded_high,
           sum(coalesce(i.missing_low, 0))
               FILTER (WHERE coalesce(i.missing_low, i.missing_best, i.missing_high) IS NOT NULL)::bigint AS missing_low,
           sum(i.missing_best)::bigint AS missing_best,
           CASE WHEN count(*) FILTER (WHERE i.missing_high IS NULL
               AND coalesce(i.missing_low, i.missing_best) IS NOT NULL) = 0
               THEN sum(i.missing_high)::bigint END AS missing_high,
           max(i.last_changed_at) AS as_of
    FROM tracker.incident_state i
    WHERE i.country = s.country AND i.local_date = s.first_day + n AND i.in_totals
      AND (i.current OR i.superseded_at > t)
      AND i.last_changed_at <= t AND i.retired_at IS NULL
) d;
END;
COMMENT ON FUNCTION strikes.daily_casualties_as_of(timestamptz) IS
    'strikes.daily_casualties as we published it at a time. Give country and days in WHERE: they reach the indexes.';
REVOKE ALL ON FUNCTION strikes.daily_casualties_as_of(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION strikes.daily_casualties_as_of(timestamptz)
    TO tracker_writer, tracker_analyst, tracker_reader;

CREATE OR REPLACE VIEW strikes.daily_casualties AS
SELECT * FROM strikes.daily_casualties_as_of('infinity');

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
