#ifndef TRACKER_PIPELINE_AGAIN_H
#define TRACKER_PIPELINE_AGAIN_H

#include <signal.h>

#include "pipeline/ingest.h"
#include "store/reports.h"

/* Reads stored reports anew after a change of rules: for `ingest --again`. Each report keeps its
 * edition; what is new is the rule set that read it, so with the same rules nothing changes. Batch
 * by batch, each committed: a run that is killed is simply run again. */
struct again;

struct again_options {
    const struct extractor *extractor;
    struct store *store;
    struct slice ruleset_path;
    size_t batch_reports; /* most reports of one transaction; 0 for the default of 2,000 */
    size_t jobs;          /* threads that extract; 0 for one */
    instant since;        /* see struct report_walk */
    const volatile sig_atomic_t *stop; /* as in struct ingest_options */
};

/* Reads nothing yet. *out is freed with again_free; the parts of `options` outlive it. */
int again_open(struct again **out, const struct again_options *options,
               struct error *err) WARN_UNUSED;

/* Reads and stores one page of reports: 1 when there may be more, 0 at the end or after `stop`, -1
 * on failure. */
int again_step(struct again *again, struct error *err) WARN_UNUSED;

const struct ingest_progress *again_progress(const struct again *again);

void again_free(struct again *again);

/* The report as a reader would give it. Points into `stored`. */
void report_restore(const struct stored_report *stored, struct report *out);

#endif
