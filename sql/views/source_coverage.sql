-- Who reported on which days, and where a source fell silent.
CREATE OR REPLACE VIEW strikes.source_coverage AS
SELECT r.outlet AS source,
       (r.published_at AT TIME ZONE 'UTC')::date AS day,
       count(*)::integer AS reports,
       sum(c.n)::integer AS claims,
       (r.published_at AT TIME ZONE 'UTC')::date
           - lag((r.published_at AT TIME ZONE 'UTC')::date) OVER (
               PARTITION BY r.outlet ORDER BY (r.published_at AT TIME ZONE 'UTC')::date)
           AS gap
FROM tracker.report r
CROSS JOIN LATERAL (
    SELECT count(*) AS n FROM tracker.claim
    WHERE claim.report_id = r.report_id AND claim.reading_id = r.reading_id
) c
WHERE NOT r.withdrawn
GROUP BY r.outlet, (r.published_at AT TIME ZONE 'UTC')::date;

COMMENT ON VIEW strikes.source_coverage IS
    'One row a source and day on which it reported, by publication time.';
COMMENT ON COLUMN strikes.source_coverage.source IS 'Outlet. NULL: reports that name none.';
COMMENT ON COLUMN strikes.source_coverage.day IS
    'Day of publication, UTC. NULL: reports of unknown time.';
COMMENT ON COLUMN strikes.source_coverage.reports IS
    'Reports of that day, newest editions. Unit: reports.';
COMMENT ON COLUMN strikes.source_coverage.claims IS 'Numbers read in them. Unit: claims.';
COMMENT ON COLUMN strikes.source_coverage.gap IS
    'Time since the source''s day before. Unit: days. NULL: its first day.';
GRANT SELECT ON strikes.source_coverage TO tracker_writer, tracker_analyst, tracker_reader;
