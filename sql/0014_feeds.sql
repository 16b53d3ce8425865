-- What `tracker watch` knows of its feeds, the pages they link to, and itself.

CREATE TABLE tracker.feed (
    url            text PRIMARY KEY,
    etag           text,
    last_modified  text,
    last_polled_at timestamptz,
    last_new_at    timestamptz,
    next_at        timestamptz NOT NULL,
    usual_gap      bigint,
    failures       integer NOT NULL,
    last_error     text
);
COMMENT ON TABLE tracker.feed IS 'The feeds that were polled. Advances when what they said is stored.';
COMMENT ON COLUMN tracker.feed.url IS 'Its address, canonical.';
COMMENT ON COLUMN tracker.feed.etag IS
    'Of its last answer, for a conditional request. NULL: it gave none, or not all of it could be read.';
COMMENT ON COLUMN tracker.feed.last_modified IS 'The same. NULL: likewise.';
COMMENT ON COLUMN tracker.feed.last_polled_at IS
    'When it last answered as a feed. NULL: it never did.';
COMMENT ON COLUMN tracker.feed.last_new_at IS
    'When it last had something new. NULL: it never had.';
COMMENT ON COLUMN tracker.feed.next_at IS 'When it is to be asked again.';
COMMENT ON COLUMN tracker.feed.usual_gap IS
    'Time from one new thing to the next, newer ones counting more. Unit: seconds. NULL: not known yet.';
COMMENT ON COLUMN tracker.feed.failures IS 'Polls that failed since the last that did not.';
COMMENT ON COLUMN tracker.feed.last_error IS 'Why the last poll failed. NULL: it did not.';

CREATE TABLE tracker.feed_page (
    url           text PRIMARY KEY,
    feed_url      text NOT NULL,
    first_seen_at timestamptz NOT NULL,
    fetched_at    timestamptz,
    next_at       timestamptz,
    etag          text,
    last_modified text,
    failures      integer NOT NULL,
    last_error    text
);
COMMENT ON TABLE tracker.feed_page IS
    'The pages that feeds link to: the queue of what is to be fetched, and fetched again.';
COMMENT ON COLUMN tracker.feed_page.url IS 'Its address as the feed gave it, canonical.';
COMMENT ON COLUMN tracker.feed_page.feed_url IS 'The first feed that linked to it.';
COMMENT ON COLUMN tracker.feed_page.first_seen_at IS 'When that was.';
COMMENT ON COLUMN tracker.feed_page.fetched_at IS 'When it last answered. NULL: it has not yet.';
COMMENT ON COLUMN tracker.feed_page.next_at IS
    'When it is to be fetched (again). NULL: never again.';
COMMENT ON COLUMN tracker.feed_page.etag IS 'Of its last answer. NULL: it gave none.';
COMMENT ON COLUMN tracker.feed_page.last_modified IS 'The same. NULL: it gave none.';
COMMENT ON COLUMN tracker.feed_page.failures IS 'Tries that failed since the last that did not.';
COMMENT ON COLUMN tracker.feed_page.last_error IS 'Why the last one failed. NULL: it did not.';
CREATE INDEX feed_page_due ON tracker.feed_page (feed_url, next_at);

CREATE TABLE tracker.watch_state (
    name            text PRIMARY KEY,
    started_at      timestamptz NOT NULL,
    heartbeat_at    timestamptz NOT NULL,
    reported_day    date,
    polls           bigint NOT NULL,
    poll_failures   bigint NOT NULL,
    not_modified    bigint NOT NULL,
    pages           bigint NOT NULL,
    reports         bigint NOT NULL,
    rejected        bigint NOT NULL,
    rows_changed    bigint NOT NULL,
    reloads         bigint NOT NULL,
    reload_failures bigint NOT NULL,
    database_losses bigint NOT NULL
);
COMMENT ON TABLE tracker.watch_state IS 'How the running watch fares: one row.';
COMMENT ON COLUMN tracker.watch_state.name IS 'Always watch.';
COMMENT ON COLUMN tracker.watch_state.started_at IS 'When the program started.';
COMMENT ON COLUMN tracker.watch_state.heartbeat_at IS 'When it last went through its feeds.';
COMMENT ON COLUMN tracker.watch_state.reported_day IS
    'Newest day whose situation report was written. NULL: none was.';
COMMENT ON COLUMN tracker.watch_state.polls IS 'Feeds asked since the start.';
COMMENT ON COLUMN tracker.watch_state.poll_failures IS 'Of these, without an answer of use.';
COMMENT ON COLUMN tracker.watch_state.not_modified IS 'Of these, answered with nothing new (304).';
COMMENT ON COLUMN tracker.watch_state.pages IS 'Pages asked for since the start.';
COMMENT ON COLUMN tracker.watch_state.reports IS 'Reports read since the start, also known ones.';
COMMENT ON COLUMN tracker.watch_state.rejected IS 'Reports that could not be read.';
COMMENT ON COLUMN tracker.watch_state.rows_changed IS 'Rows of base tables changed by them.';
COMMENT ON COLUMN tracker.watch_state.reloads IS 'Times that rules and settings were read anew.';
COMMENT ON COLUMN tracker.watch_state.reload_failures IS 'Times that the old ones were kept.';
COMMENT ON COLUMN tracker.watch_state.database_losses IS 'Times that the database went away.';

GRANT SELECT, INSERT, UPDATE, DELETE ON tracker.feed, tracker.feed_page, tracker.watch_state
    TO tracker_writer;
