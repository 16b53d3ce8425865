-- What each report says about each strike, as extracted; rule and claimant are of its first claim.
CREATE OR REPLACE VIEW strikes.events AS
SELECT e.event_id,
       r.ref AS report_ref,
       e.rank,
       e.scope,
       e.place_name AS place,
       e.place_written,
       e.place_precision,
       e.adm1,
       nullif(e.country, '') AS country,
       e.zone,
       e.lat_e5 / 100000::double precision AS lat,
       e.lon_e5 / 100000::double precision AS lon,
       e.local_date,
       e.date_precision,
       e.start_at,
       e.end_at,
       e.when_phrase,
       e.said_at,
       e.sentence,
       e.span_start,
       e.span_end,
       c.rule,
       c.claimant,
       e.outlet,
       r.url,
       e.recorded_at
FROM tracker.event e
JOIN tracker.report r ON r.report_id = e.report_id
LEFT JOIN LATERAL (
    SELECT claim.rule, claim.claimant
    FROM tracker.claim
    WHERE claim.report_id = r.report_id AND claim.reading_id = r.reading_id
      AND claim.event_id = e.event_id
    ORDER BY claim.ordinal
    LIMIT 1
) c ON true;

COMMENT ON VIEW strikes.events IS 'What one report says about one strike, as the rules read it.';
COMMENT ON COLUMN strikes.events.event_id IS 'Id; text in every export.';
COMMENT ON COLUMN strikes.events.report_ref IS
    'The input''s id of the report, else its URL, else its path.';
COMMENT ON COLUMN strikes.events.rank IS 'Order in its report; 1: what the report is about.';
COMMENT ON COLUMN strikes.events.scope IS 'Values: site, area, country.';
COMMENT ON COLUMN strikes.events.place IS
    'Canonical name, or as written when no gazetteer has it. NULL: no place.';
COMMENT ON COLUMN strikes.events.place_written IS 'The place as written. NULL: taken from context.';
COMMENT ON COLUMN strikes.events.place_precision IS
    'Values: point, settlement, named, district, region, country, unknown.';
COMMENT ON COLUMN strikes.events.adm1 IS 'First-level region. NULL: unknown.';
COMMENT ON COLUMN strikes.events.country IS 'ISO 3166-1 alpha-2. NULL: unknown.';
COMMENT ON COLUMN strikes.events.zone IS 'Time zone of the place, tz database name. NULL: unknown.';
COMMENT ON COLUMN strikes.events.lat IS 'Latitude, WGS 84. Unit: degrees. NULL: unknown.';
COMMENT ON COLUMN strikes.events.lon IS 'Longitude, WGS 84. Unit: degrees. NULL: unknown.';
COMMENT ON COLUMN strikes.events.local_date IS
    'Day in the place''s zone it counts under. NULL: unknown.';
COMMENT ON COLUMN strikes.events.date_precision IS
    'Values: minute, part, night, day, range, month, unknown.';
COMMENT ON COLUMN strikes.events.start_at IS 'Earliest it may have happened. NULL: unknown.';
COMMENT ON COLUMN strikes.events.end_at IS 'Latest it may have happened. NULL: unknown.';
COMMENT ON COLUMN strikes.events.when_phrase IS
    'The words that say when. NULL: taken from the publication date.';
COMMENT ON COLUMN strikes.events.said_at IS 'Publication time of the report. NULL: unknown.';
COMMENT ON COLUMN strikes.events.sentence IS 'The sentence that tells of it, as written.';
COMMENT ON COLUMN strikes.events.span_start IS 'First byte in the stored text, UTF-8. Unit: bytes.';
COMMENT ON COLUMN strikes.events.span_end IS 'Byte after its end. Unit: bytes.';
COMMENT ON COLUMN strikes.events.rule IS
    'The rule that found its first claim. NULL: it has no numbers.';
COMMENT ON COLUMN strikes.events.claimant IS
    'Who says its first number. NULL: the outlet itself, or it has no numbers.';
COMMENT ON COLUMN strikes.events.outlet IS 'Who printed it. NULL: unknown.';
COMMENT ON COLUMN strikes.events.url IS 'Canonical URL of the report. NULL: none.';
COMMENT ON COLUMN strikes.events.recorded_at IS 'When it was recorded here.';
GRANT SELECT ON strikes.events TO tracker_writer, tracker_analyst, tracker_reader;
