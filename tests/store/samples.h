#ifndef TRACKER_TESTS_STORE_SAMPLES_H
#define TRACKER_TESTS_STORE_SAMPLES_H

#include "store/store.h"

/* A report with one event of Ternopil and one claim, and everything they need. */
struct sample {
    struct report_row report;
    struct claim_row claim;
    struct stored_event event;
    struct event_claim event_claim;
    char words[256];
};

/* `url` makes the report, `words` its edition, `published` (seconds) its time, `killed` its number.
 */
void sample_make(struct sample *sample, const char *url, const char *words, instant published,
                 int64_t killed);
/* Writes samples as one batch, from files, read by the rule set of that name. */
int samples_write(struct store *store, struct sample *const *samples, size_t n, const char *rules,
                  struct change_counts *counts, struct error *err);
/* The same, fetched at a time (seconds). */
int samples_write_seen(struct store *store, struct sample *const *samples, size_t n,
                       const char *rules, instant seen_at, struct change_counts *counts,
                       struct error *err);

#endif
