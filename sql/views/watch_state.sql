-- How `tracker watch` fares.
CREATE OR REPLACE VIEW strikes.watch_state AS
SELECT started_at, heartbeat_at, reported_day, polls, poll_failures, not_modified, pages, reports,
       rejected, rows_changed, reloads, reload_failures, database_losses
FROM tracker.watch_state;

COMMENT ON VIEW strikes.watch_state IS
    'One row once `tracker watch` has run: whether it is alive, and what it did since it started.';
COMMENT ON COLUMN strikes.watch_state.started_at IS 'When the program started.';
COMMENT ON COLUMN strikes.watch_state.heartbeat_at IS 'When it last went through its feeds.';
COMMENT ON COLUMN strikes.watch_state.reported_day IS
    'Newest day whose situation report was written. NULL: none was.';
COMMENT ON COLUMN strikes.watch_state.polls IS 'Feeds asked since the start. Unit: polls.';
COMMENT ON COLUMN strikes.watch_state.poll_failures IS
    'Of these, without an answer of use. Unit: polls.';
COMMENT ON COLUMN strikes.watch_state.not_modified IS
    'Of these, answered with nothing new (304). Unit: polls.';
COMMENT ON COLUMN strikes.watch_state.pages IS 'Pages asked for since the start. Unit: pages.';
COMMENT ON COLUMN strikes.watch_state.reports IS
    'Reports read since the start, also known ones. Unit: reports.';
COMMENT ON COLUMN strikes.watch_state.rejected IS 'Reports that could not be read. Unit: reports.';
COMMENT ON COLUMN strikes.watch_state.rows_changed IS
    'Rows of base tables changed by them. Unit: rows.';
COMMENT ON COLUMN strikes.watch_state.reloads IS
    'Times that rules and settings were read anew. Unit: times.';
COMMENT ON COLUMN strikes.watch_state.reload_failures IS
    'Times that the old ones were kept, for the new ones were wrong. Unit: times.';
COMMENT ON COLUMN strikes.watch_state.database_losses IS
    'Times that the database went away. Unit: times.';
GRANT SELECT ON strikes.watch_state TO tracker_writer, tracker_analyst, tracker_reader;
