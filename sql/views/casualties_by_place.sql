-- People killed, wounded and missing by place, nobody twice.
CREATE OR REPLACE VIEW strikes.casualties_by_place AS
SELECT nullif(i.country, '') AS country,
       i.adm1,
       i.place_name AS place,
       max(i.place_precision) AS place_precision,
       max(i.lat_e5) / 100000::double precision AS lat,
       max(i.lon_e5) / 100000::double precision AS lon,
       min(i.local_date) AS first_date,
       max(i.local_date) AS last_date,
       count(*)::integer AS incidents,
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
WHERE i.retired_at IS NULL AND i.in_totals
GROUP BY i.country, i.adm1, i.place_name, i.place_key;

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
