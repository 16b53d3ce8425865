-- How firmly an event hangs in its incident, so that strikes.review_queue can name those that barely
-- do. Filled in as incidents are settled.
ALTER TABLE tracker.incident_event ADD COLUMN link integer;
COMMENT ON COLUMN tracker.incident_event.link IS
    'Its best score with another event of the incident, less what joining takes. Unit: milli-bits. NULL: it has nobody to be joined with, or is of a wave.';
CREATE INDEX incident_event_loose ON tracker.incident_event (incident_id) WHERE link < 1000;
INSERT INTO tracker.cell_mark (region_id, mark)
SELECT region_id, pg_current_xact_id()::text::bigint FROM tracker.cell ON CONFLICT DO NOTHING;
