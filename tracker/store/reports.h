#ifndef TRACKER_STORE_REPORTS_H
#define TRACKER_STORE_REPORTS_H

#include "store/store.h"

/* A live report as it is stored, to be read anew: the edition that counts. */
struct stored_report {
    int64_t report_id;
    struct digest identity; /* what report_id is made of */
    struct digest edition;
    struct slice ref, url, title, text, outlet, lang, path; /* absent where the database has NULL */
    instant published;                                      /* INSTANT_NONE when unknown */
    bool published_has_time;
    bool withdrawn;
};

/* Where a walk through the stored reports stands. */
struct report_walk {
    instant since; /* only those published then or later, or, undated ones, recorded then or later;
                      INSTANT_NONE: all */
    bool begun;
    int64_t after; /* the last report handed out, once begun */
};

/* The next page of at most `most` reports by report_id: a walk meets every report that is there
 * from its beginning to its end once, also when they are written meanwhile. A page ends early when
 * its texts are many. Everything lives in `arena`, which the caller resets between pages. Returns 1
 * with *n > 0, 0 at the end, -1. Retries a lost connection like store_write_batch. */
int store_reports_page(struct store *store, struct arena *arena, struct report_walk *walk, int most,
                       struct stored_report **out, size_t *n, struct error *err) WARN_UNUSED;

#endif
