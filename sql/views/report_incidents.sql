-- From what was put in to what came out: every id ever given has a row.
CREATE OR REPLACE VIEW strikes.report_incidents AS
SELECT f.ref AS report_ref,
       m.incident_id,
       m.rank
FROM tracker.report_ref f
LEFT JOIN (
    SELECT n.report_id, n.incident_id, n.rank
    FROM tracker.incident_event n
    JOIN tracker.incident i ON i.region_id = n.region_id AND i.incident_id = n.incident_id
    WHERE i.retired_at IS NULL
      -- Of several events of a report in one incident, the first.
      AND NOT EXISTS (SELECT FROM tracker.incident_event o
                      WHERE o.region_id = n.region_id AND o.incident_id = n.incident_id
                        AND o.report_id = n.report_id
                        AND (o.rank, o.event_id) < (n.rank, n.event_id))
) m ON m.report_id = f.report_id;

COMMENT ON VIEW strikes.report_incidents IS
    'Which incidents a report tells of: one row a report and incident, newest edition.';
COMMENT ON COLUMN strikes.report_incidents.report_ref IS
    'The input''s id of the report, else its URL, else its path.';
COMMENT ON COLUMN strikes.report_incidents.incident_id IS
    'An incident it tells of. NULL: it tells of none.';
COMMENT ON COLUMN strikes.report_incidents.rank IS
    'Order in the report; 1: what it is about. NULL: it tells of none.';
GRANT SELECT ON strikes.report_incidents TO tracker_writer, tracker_analyst, tracker_reader;
