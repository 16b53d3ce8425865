#ifndef TRACKER_PIPELINE_INGEST_H
#define TRACKER_PIPELINE_INGEST_H

#include <signal.h>

#include "extract/extract.h"
#include "read/reader.h"
#include "store/store.h"

/* Reads reports, extracts, stores them in batches, settles what became dirty. */
struct ingest;

struct ingest_options {
    const struct extractor *extractor;
    struct store *store;
    struct reader *reader;
    struct slice ruleset_path; /* named in the ruleset table */
    size_t batch_reports;      /* most reports of one transaction; 0 for the default of 2,000 */
    size_t jobs;               /* threads that extract; 0 for one */
    instant seen_at;           /* when the input was fetched, so that what a page says now counts;
                                  0: it is from files (struct batch) */
    const volatile sig_atomic_t
        *stop; /* set by a signal: finish the report, commit, stop; may be NULL */
};

/* What has been done so far. */
struct ingest_progress {
    int64_t reports; /* read and stored (or found stored already) */
    int64_t rejected;
    size_t input_bytes;
    struct change_counts changed;
};

/* Nothing is read yet. *out is freed with ingest_free; the parts of `options` outlive it. */
int ingest_open(struct ingest **out, const struct ingest_options *options,
                struct error *err) WARN_UNUSED;

/* Reads one batch while the one before it is stored, by a thread that has the store for itself
 * until then: returns 1 when there may be more, 0 at the end of the input or after `stop`, -1 on
 * failure. After 0 all that was read is committed, after 1 all but the last batch. */
int ingest_step(struct ingest *ingest, struct error *err) WARN_UNUSED;

/* Where it stands; valid until the next call. */
const struct ingest_progress *ingest_progress(const struct ingest *ingest);

void ingest_free(struct ingest *ingest);

/* Reconciles every dirty country until nothing is dirty, adding to *counts; those settled with
 * other weights are dirty. Also finishes what an earlier, killed run left. */
int settle_all(struct store *store, const struct weights *weights, struct change_counts *counts,
               struct error *err) WARN_UNUSED;

#endif
