-- Who reported on which days, and where a source fell silent.
-- The gap looks the day before up for the rows that are shown, so that a month of years is quick.
CREATE OR REPLACE VIEW strikes.source_coverage AS
SELECT d.source,
       d.day,
       d.reports,
       d.claims,
       d.day - (SELECT max((p.published_at AT TIME ZONE 'UTC')::date)
                FROM tracker.report p
                WHERE NOT p.withdrawn AND p.outlet = d.source
                  AND (p.published_at AT TIME ZONE 'UTC')::date < d.day) AS gap
FROM (
    SELECT r.outlet AS source,
           (r.published_at AT TIME ZONE 'UTC')::date AS day,
           count(*)::integer AS reports,
           sum(c.n)::integer AS claims
    FROM tracker.report r
    CROSS JOIN LATERAL (
        SELECT count(*) AS n FROM tracker.claim
        WHERE claim.report_id = r.report_id AND claim.reading_id = r.reading_id
    ) c
    WHERE NOT r.withdrawn
    GROUP BY r.outlet, (r.published_at AT TIME ZONE 'UTC')::date
) d;

COMMENT ON VIEW strikes.source_coverage IS
    'One row a source and day on which it reported, by publication time.';
COMMENT ON COLUMN strikes.source_coverage.source IS 'Outlet. NULL: reports that name none.';
COMMENT ON COLUMN strikes.source_coverage.day IS
    'Day of publication, UTC. NULL: reports of unknown time.';
COMMENT ON COLUMN strikes.source_coverage.reports IS
    'Reports of that day, newest editions. Unit: reports.';
COMMENT ON COLUMN strikes.source_coverage.claims IS 'Numbers read in them. Unit: claims.';
COMMENT ON COLUMN strikes.source_coverage.gap IS
    'Time since the source''s day before. Unit: days. NULL: its first day, or a source without a name.';
GRANT SELECT ON strikes.source_coverage TO tracker_writer, tracker_analyst, tracker_reader;
