-- People killed, wounded and missing by place, nobody twice.
CREATE OR REPLACE FUNCTION strikes.casualties_by_place_as_of(t timestamptz)
RETURNS TABLE (
    country text, adm1 text, place text, place_precision text, lat double precision,
    lon double precision, first_date date, last_date date, incidents integer,
    killed_low bigint, killed_best bigint, killed_high bigint, killed_civilian_low bigint,
    killed_civilian_best bigint, killed_civilian_high bigint, wounded_low bigint,
    wounded_best bigint, wounded_high bigint, missing_low bigint, missing_best bigint,
    missing_high bigint, as_of timestamptz)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT nullif(i.country, ''),
       i.adm1,
       i.place_name,
       max(i.place_precision),
       max(i.lat_e5) / 100000::double precision,
       max(i.lon_e5) / 100000::double precision,
       min(i.local_date),
       max(i.local_date),
       count(*)::integer,
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
       max(i.last_changed_at)
FROM tracker.incident_state i
WHERE i.in_totals AND (i.current OR i.superseded_at > t)
  AND i.last_changed_at <= t AND i.retired_at IS NULL
GROUP BY i.country, i.adm1, i.place_name, i.place_key;
END;
COMMENT ON FUNCTION strikes.casualties_by_place_as_of(timestamptz) IS
    'strikes.casualties_by_place as we published it at a time.';
REVOKE ALL ON FUNCTION strikes.casualties_by_place_as_of(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION strikes.casualties_by_place_as_of(timestamptz)
    TO tracker_writer, tracker_analyst, tracker_reader;

CREATE OR REPLACE VIEW strikes.casualties_by_place AS
SELECT * FROM strikes.casualties_by_place_as_of('infinity');

COMMENT ON VIEW strikes.casualties_by_place IS
    'One row a place; only incidents WHERE in_totals.';
COMMENT ON COLUMN strikes.casualties_by_place.country IS 'ISO 3166-1 alpha-2. NULL: unknown.';
COMMENT ON COLUMN strikes.casualties_by_place.adm1 IS 'First-level region. NULL: unknown.';
COMMENT ON COLUMN strikes.casualties_by_place.place IS 'Canonical name. NULL: no place is known.';
COMMENT ON COLUMN strikes.casualties_by_place.place_precision IS
    'Values: point, settlement, named, district, region, country, unknown.';
COMMENT ON COLUMN strikes.casualties_by_place.lat IS
    'Latitude, WGS 84. Unit: degrees. NULL: unknown.';
COMMENT ON COLUMN strikes.casualties_by_place.lon IS
    'Longitude, WGS 84. Unit: degrees. NULL: unknown.';
COMMENT ON COLUMN strikes.casualties_by_place.first_date IS
    'Day of the first incident. NULL: no day is known.';
COMMENT ON COLUMN strikes.casualties_by_place.last_date IS
    'Day of the last one. NULL: no day is known.';
COMMENT ON COLUMN strikes.casualties_by_place.incidents IS 'Incidents counted. Unit: incidents.';
COMMENT ON COLUMN strikes.casualties_by_place.killed_low IS
    'Least number of people killed that the reports allow there. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.casualties_by_place.killed_best IS
    'Number of people killed to use there. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.casualties_by_place.killed_high IS
    'Greatest number of people killed that the reports allow there. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.casualties_by_place.killed_civilian_low IS
    'Least number of civilians killed that the reports allow there. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.casualties_by_place.killed_civilian_best IS
    'Number of civilians killed to use there. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.casualties_by_place.killed_civilian_high IS
    'Greatest number of civilians killed that the reports allow there. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.casualties_by_place.wounded_low IS
    'Least number of people wounded that the reports allow there. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.casualties_by_place.wounded_best IS
    'Number of people wounded to use there. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.casualties_by_place.wounded_high IS
    'Greatest number of people wounded that the reports allow there. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.casualties_by_place.missing_low IS
    'Least number of people missing that the reports allow there. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.casualties_by_place.missing_best IS
    'Number of people missing to use there. Unit: people. NULL: nobody stated one.';
COMMENT ON COLUMN strikes.casualties_by_place.missing_high IS
    'Greatest number of people missing that the reports allow there. Unit: people. NULL: nobody stated one, or open.';
COMMENT ON COLUMN strikes.casualties_by_place.as_of IS 'When any of them last changed.';
GRANT SELECT ON strikes.casualties_by_place TO tracker_writer, tracker_analyst, tracker_reader;
