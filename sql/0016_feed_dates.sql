-- A page may not say when it was published; the feed that links to it does.

ALTER TABLE tracker.feed_page ADD COLUMN published text;
COMMENT ON COLUMN tracker.feed_page.published IS
    'Publication time of the item that linked to it, ISO 8601; for a page that gives none. NULL: unknown.';
