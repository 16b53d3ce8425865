#ifndef TRACKER_REPORT_FEED_H
#define TRACKER_REPORT_FEED_H

#include "base/buffer.h"
#include "store/changes.h"

/* An Atom feed (RFC 4287) of what changed, newest first, for alerts to hang on: a new incident, a
 * toll first stated, raised, lowered or withdrawn, incidents merged, split, retired. Each entry has
 * a category with that word, a stable id, and the sentence that caused it. `changes` come oldest
 * first (changes_load). A pure function; appends to `out` (buffer_check). */
void feed_atom(struct buffer *out, const struct change *changes, size_t n, const char *as_of);

/* One page of those published, for the index. */
struct published_page {
    struct slice name; /* file name without ".html": "2025-11-17..2025-11-23" */
    day_number from, to;
};

/* The index page: every report there is, newest first, and the feed. `pages` are sorted by it. */
void index_html(struct buffer *out, struct published_page *pages, size_t n, const char *as_of);

#endif
