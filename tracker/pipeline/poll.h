#ifndef TRACKER_PIPELINE_POLL_H
#define TRACKER_PIPELINE_POLL_H

#include "pipeline/ingest.h"
#include "read/fetch.h"
#include "rules/config_file.h"
#include "store/feeds.h"

/*
 * Feeds, from the network to rows. What a feed says is stored first, then the links it gave and how
 * far it was read, in one transaction: whatever breaks in between, the same is read again and
 * changes no row. Pages to follow wait in the database; each is fetched when it is due, and again
 * at growing intervals for a week, for articles are edited.
 */

struct poll_options {
    const struct extractor *extractor;
    struct store *store;
    struct fetcher *fetcher;
    struct slice ruleset_path;
    int64_t every; /* seconds between two polls of a feed that says none */
};

/* What polling did, added up. */
struct poll_counts {
    int64_t polls, poll_failures, not_modified, pages, page_failures;
    int64_t reports, rejected;
    struct change_counts changed;
};

/* Asks for a feed and stores what is new; *state, what is known of it, is brought up to date, its
 * texts in `arena`. A feed that does not answer, or not as a feed, is a failure in *state and asked
 * again after a growing pause. `now` is the time by the clock. -1 when the database failed (see
 * store/feeds.h and store_write_batch), ERROR_INTERRUPTED, ERROR_LIMIT: *state is as it was. */
int poll_feed(const struct poll_options *options, const struct config_feed *feed,
              struct feed_state *state, struct arena *arena, instant now,
              struct poll_counts *counts, struct error *err) WARN_UNUSED;

/* Fetches at most `most` pages of a feed that are due, and stores them one by one; *n is how many
 * were due. Brings the feed's *state up to date when one had something new. Fails as poll_feed. */
int poll_pages(const struct poll_options *options, const struct config_feed *feed,
               struct feed_state *state, instant now, int most, size_t *n,
               struct poll_counts *counts, struct error *err) WARN_UNUSED;

#endif
