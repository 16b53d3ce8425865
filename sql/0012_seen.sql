-- When a page was seen to say what it says, so that a page that goes back to an older text counts
-- as it stands; and when a country was last touched, so that it can be left until it is quiet.

ALTER TABLE tracker.report ADD COLUMN seen_at timestamptz;
COMMENT ON COLUMN tracker.report.seen_at IS
    'When it was fetched and said so. NULL: it came from a file, which says nothing about now.';
ALTER TABLE tracker.report_edition ADD COLUMN seen_at timestamptz;
COMMENT ON COLUMN tracker.report_edition.seen_at IS 'When it was fetched. NULL: from a file.';

-- An edition may count several times.
ALTER TABLE tracker.report_edition DROP CONSTRAINT report_edition_pkey,
    ADD PRIMARY KEY (report_id, reading_id, recorded_at);

ALTER TABLE tracker.cell_mark
    ADD COLUMN marked_at timestamptz NOT NULL DEFAULT clock_timestamp();
COMMENT ON COLUMN tracker.cell_mark.marked_at IS 'When it did.';
