#ifndef TRACKER_STORE_FEEDS_H
#define TRACKER_STORE_FEEDS_H

#include "store/store.h"

/* What the database knows of a feed (tracker.feed). Texts are absent and instants INSTANT_NONE
 * where it has NULL; columns are explained there. */
struct feed_state {
    struct slice url, etag, last_modified, last_error;
    instant polled_at, new_at, next_at;
    int64_t usual_gap; /* seconds, 0 when not known */
    int64_t failures;
};

/* A page that a feed links to (tracker.feed_page). */
struct feed_page {
    struct slice url, feed_url, etag, last_modified, last_error;
    struct slice published; /* ISO 8601, by the feed */
    instant first_seen_at, fetched_at, next_at;
    int64_t failures;
};

/* What a feed says of a page it links to. */
struct feed_link {
    struct slice url, published; /* as in struct feed_page */
};

/* How watch fares (tracker.watch_state). */
struct watch_state {
    instant started_at, heartbeat_at;
    day_number reported_day; /* DAY_NONE: none yet */
    int64_t polls, poll_failures, not_modified, pages, reports, rejected, rows_changed;
    int64_t reloads, reload_failures, database_losses;
};

/* Every function of this file fails with ERROR_RETRY when the connection is lost or the same call
 * may succeed later, and then has written nothing. */

/* Every feed ever polled, by address; in `arena`. */
int feeds_load(struct store *store, struct arena *arena, struct feed_state **out, size_t *n,
               struct error *err) WARN_UNUSED;

/* Writes what is known of a feed and adds the pages it links to that are not known yet, to be
 * fetched at `polled_at`, in one transaction. *n_new is the number of these. */
int feed_save(struct store *store, const struct feed_state *feed, const struct feed_link *links,
              size_t n_links, int64_t *n_new, struct error *err) WARN_UNUSED;

/* At most `most` pages of a feed that are due at `now`, the longest waiting first; in `arena`. */
int feed_pages_due(struct store *store, struct arena *arena, struct slice feed_url, instant now,
                   int most, struct feed_page **out, size_t *n, struct error *err) WARN_UNUSED;

/* Writes what is known of a page that is there. */
int feed_page_save(struct store *store, const struct feed_page *page,
                   struct error *err) WARN_UNUSED;

/* The last state written; all zero and DAY_NONE when there is none. */
int watch_state_load(struct store *store, struct watch_state *out, struct error *err) WARN_UNUSED;
int watch_state_save(struct store *store, const struct watch_state *state,
                     struct error *err) WARN_UNUSED;

#endif
