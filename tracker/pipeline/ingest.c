#include "pipeline/ingest.h"

#include <stdlib.h>

#include "base/log.h"
#include "pipeline/rows.h"

/* One report, one batch: caps that a hostile input meets, far above real ones. */
#define REPORT_MEMORY ((size_t)1 << 30)
#define BATCH_MEMORY ((size_t)2 << 30)
/* A batch ends early when its texts reach this: memory must not grow with the input. */
#define BATCH_BYTES ((size_t)32 << 20)
#define BATCH_REPORTS 2000

struct ingest {
    struct ingest_options options;
    struct ingest_progress progress;
    struct arena report_arena;
    struct arena batch_arena;
    struct report_row *rows;
};

int ingest_open(struct ingest **out, const struct ingest_options *options, struct error *err)
{
    struct ingest *ingest = calloc(1, sizeof *ingest);
    if (!ingest)
        return error_set(err, ERROR_LIMIT, "out of memory");
    ingest->options = *options;
    if (!ingest->options.batch_reports)
        ingest->options.batch_reports = BATCH_REPORTS;
    ingest->rows = calloc(ingest->options.batch_reports, sizeof *ingest->rows);
    if (!ingest->rows) {
        free(ingest);
        return error_set(err, ERROR_LIMIT, "out of memory");
    }
    arena_init(&ingest->report_arena, REPORT_MEMORY);
    arena_init(&ingest->batch_arena, BATCH_MEMORY);
    *out = ingest;
    return 0;
}

static void reject(struct ingest *ingest, const struct error *why)
{
    ingest->progress.rejected++;
    log_error(LOG_WARN, why);
}

/* One report, from bytes to rows: the main path. 2 when *row was filled, 1 when the report was
 * passed over, 0 at the end of the input. */
static int report_process(struct ingest *ingest, struct report_row *row, struct error *err)
{
    struct report report;
    struct extraction extraction;
    arena_reset(&ingest->report_arena);
    int got = reader_next(ingest->options.reader, &ingest->report_arena, &report, err);
    if (got < 0 && err->code == ERROR_INTERRUPTED)
        return 1; /* a signal while waiting for input: the caller asks whether to stop */
    if (got <= 0)
        return got;
    ingest->progress.input_bytes += report.input_bytes;
    const struct error *problem = report.rejected ? &report.problem : NULL;
    if (!problem &&
        extract_report(ingest->options.extractor, &ingest->report_arena, &report, &extraction, err))
        problem = err;
    if (problem) {
        reject(ingest, problem);
        return 1;
    }
    extraction_warn(&report, &extraction);
    const struct schema *schema = &ingest->options.extractor->ruleset->schema;
    return rows_of(&ingest->batch_arena, schema, &report, &extraction, row, err) ? -1 : 2;
}

static bool stopped(const struct ingest *ingest)
{
    return ingest->options.stop && *ingest->options.stop;
}

int ingest_step(struct ingest *ingest, struct error *err)
{
    struct batch batch = {.ruleset = ingest->options.extractor->ruleset->digest,
                          .ruleset_path = ingest->options.ruleset_path,
                          .reports = ingest->rows,
                          .seen_at = ingest->options.seen_at};
    size_t bytes = 0;
    int got = 1;
    arena_reset(&ingest->batch_arena);
    while (got > 0 && !stopped(ingest) && batch.n_reports < ingest->options.batch_reports &&
           bytes < BATCH_BYTES) {
        got = report_process(ingest, &ingest->rows[batch.n_reports], err);
        if (got == 2)
            bytes += ingest->rows[batch.n_reports++].text.len;
    }
    if (got < 0)
        return -1;
    if (batch.n_reports &&
        store_write_batch(ingest->options.store, &batch, &ingest->progress.changed, err))
        return -1;
    ingest->progress.reports += (int64_t)batch.n_reports;
    return got > 0 && !stopped(ingest);
}

const struct ingest_progress *ingest_progress(const struct ingest *ingest)
{
    return &ingest->progress;
}

void ingest_free(struct ingest *ingest)
{
    if (!ingest)
        return;
    arena_free(&ingest->report_arena);
    arena_free(&ingest->batch_arena);
    free(ingest->rows);
    free(ingest);
}
