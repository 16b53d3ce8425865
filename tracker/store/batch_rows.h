#ifndef TRACKER_STORE_BATCH_ROWS_H
#define TRACKER_STORE_BATCH_ROWS_H

#include "store/copy_in.h"

/* What is to be done with a report of a batch. */
enum verdict {
    VERDICT_NEW,       /* not stored yet */
    VERDICT_SAME,      /* this very reading is stored */
    VERDICT_REPLACE,   /* stored as an older edition, or read by other rules */
    VERDICT_OLDER,     /* a newer edition is stored */
    VERDICT_COLLISION, /* its id belongs to another report */
};

/* One report of a batch, the edition that counts. */
struct batch_entry {
    const struct report_row *report;
    int64_t reading_id;
    enum verdict verdict;
    instant seen_at;  /* last known sighting of this edition, INSTANT_NONE for none */
    bool read_before; /* its claims are stored: an earlier edition or rule set comes back */
    size_t n_claims;  /* to be stored: none of a withdrawn report */
    size_t n_events;
};

/* A batch in the order it is written: by report id, one entry each. */
struct batch_plan {
    const struct batch *batch;
    int64_t ruleset_id;
    const char *ruleset_path;
    struct batch_entry *entries;
    size_t n_entries;
    struct arena *scratch; /* for one report at a time */
};

static inline bool entry_is_written(const struct batch_entry *entry)
{
    return entry->verdict == VERDICT_NEW || entry->verdict == VERDICT_REPLACE;
}

/* Each sends its rows of every entry that is written, in one COPY, and adds to *counts. */
int batch_copy_reports(struct store *store, const struct batch_plan *plan,
                       struct change_counts *counts, struct error *err) WARN_UNUSED;
int batch_copy_claims(struct store *store, const struct batch_plan *plan,
                      struct change_counts *counts, struct error *err) WARN_UNUSED;
int batch_copy_events(struct store *store, const struct batch_plan *plan,
                      struct change_counts *counts, struct error *err) WARN_UNUSED;
int batch_copy_event_claims(struct store *store, const struct batch_plan *plan,
                            struct change_counts *counts, struct error *err) WARN_UNUSED;

/* Sends the distinct outlets and claimants to staging. */
int batch_stage_sources(struct store *store, const struct batch_plan *plan,
                        struct error *err) WARN_UNUSED;
/* Sends the distinct regions, with their cells, to staging. */
int batch_stage_regions(struct store *store, const struct batch_plan *plan,
                        struct error *err) WARN_UNUSED;

#endif
