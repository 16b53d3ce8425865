#include "pipeline/ingest.h"

#include <stdlib.h>

#include "base/thread.h"
#include "pipeline/rows.h"
#include "pipeline/workers.h"

/* A cap that a hostile input meets, far above real ones. */
#define BATCH_MEMORY ((size_t)2 << 30)
/* A batch ends early when its texts reach this: memory must not grow with the input. */
#define BATCH_BYTES ((size_t)32 << 20)
#define BATCH_REPORTS 2000

/* One batch on its way. */
struct slot {
    struct arena arena;
    struct report_row *rows;
    size_t n;
};

struct ingest {
    struct ingest_options options;
    struct ingest_progress progress;
    struct workers *workers;
    struct slot slots[2]; /* one is read and extracted while the other is stored */
    size_t filling;       /* which */
    pthread_t writer;     /* stores the other one */
    bool writing;
    struct batch batch; /* the writer's, with what came of it */
    int written;
    struct change_counts changed;
    struct error problem;
};

int ingest_open(struct ingest **out, const struct ingest_options *options, struct error *err)
{
    struct ingest *ingest = calloc(1, sizeof *ingest);
    if (!ingest)
        return error_set(err, ERROR_LIMIT, "out of memory");
    ingest->options = *options;
    if (!ingest->options.batch_reports)
        ingest->options.batch_reports = BATCH_REPORTS;
    for (size_t i = 0; i < 2; i++) {
        arena_init(&ingest->slots[i].arena, BATCH_MEMORY);
        ingest->slots[i].rows =
            calloc(ingest->options.batch_reports, sizeof *ingest->slots[i].rows);
        if (!ingest->slots[i].rows) {
            ingest_free(ingest);
            return error_set(err, ERROR_LIMIT, "out of memory");
        }
    }
    if (workers_open(&ingest->workers, options->extractor, source_of_reader(options->reader),
                     options->jobs ? options->jobs : 1, options->stop, err)) {
        ingest_free(ingest);
        return -1;
    }
    *out = ingest;
    return 0;
}

/* One report, from bytes to rows: the main path. 2 when *row was filled, 1 when the report was
 * passed over, 0 at the end of the input. */
static int report_process(struct ingest *ingest, struct report_row *row, struct error *err)
{
    const struct schema *schema = &ingest->options.extractor->ruleset->schema;
    struct worked_report *worked;
    int got = workers_next(ingest->workers, &worked, err);
    if (got <= 0)
        return got;
    ingest->progress.input_bytes += worked->report.input_bytes;
    if (worked->report.rejected) {
        ingest->progress.rejected++;
        return 1;
    }
    extraction_warn(&worked->report, &worked->extraction);
    return rows_of(&ingest->slots[ingest->filling].arena, schema, &worked->report,
                   &worked->extraction, row, err)
               ? -1
               : 2;
}

static void *write_slot(void *argument)
{
    struct ingest *ingest = argument;
    ingest->changed = (struct change_counts){0};
    ingest->written = store_write_batch(ingest->options.store, &ingest->batch, &ingest->changed,
                                        &ingest->problem);
    return NULL;
}

/* Waits for the batch that is being stored. */
static int writer_wait(struct ingest *ingest, struct error *err)
{
    if (!ingest->writing)
        return 0;
    pthread_join(ingest->writer, NULL);
    ingest->writing = false;
    change_counts_add(&ingest->progress.changed, &ingest->changed);
    if (ingest->written == 0)
        ingest->progress.reports += (int64_t)ingest->batch.n_reports;
    else if (err)
        *err = ingest->problem;
    return ingest->written;
}

/* Hands the full slot to the writer, and turns to the other one. */
static int writer_start(struct ingest *ingest, struct error *err)
{
    const struct slot *slot = &ingest->slots[ingest->filling];
    ingest->batch = (struct batch){.ruleset = ingest->options.extractor->ruleset->digest,
                                   .ruleset_path = ingest->options.ruleset_path,
                                   .reports = slot->rows,
                                   .n_reports = slot->n,
                                   .seen_at = ingest->options.seen_at};
    if (thread_start(&ingest->writer, write_slot, ingest, err))
        return -1;
    ingest->writing = true;
    ingest->filling = 1 - ingest->filling;
    return 0;
}

int ingest_step(struct ingest *ingest, struct error *err)
{
    struct slot *slot = &ingest->slots[ingest->filling];
    size_t bytes = 0;
    int got = 1;
    slot->n = 0;
    arena_reset(&slot->arena);
    while (got > 0 && slot->n < ingest->options.batch_reports && bytes < BATCH_BYTES) {
        got = report_process(ingest, &slot->rows[slot->n], err);
        if (got == 2)
            bytes += slot->rows[slot->n++].text.len;
    }
    struct error unused;
    if (writer_wait(ingest, got < 0 ? &unused : err) || got < 0)
        return -1;
    if (slot->n && writer_start(ingest, err))
        return -1;
    if (got == 0 && writer_wait(ingest, err))
        return -1;
    return got > 0;
}

const struct ingest_progress *ingest_progress(const struct ingest *ingest)
{
    return &ingest->progress;
}

void ingest_free(struct ingest *ingest)
{
    if (!ingest)
        return;
    struct error unused;
    (void)writer_wait(ingest, &unused);
    workers_free(ingest->workers);
    for (size_t i = 0; i < 2; i++) {
        arena_free(&ingest->slots[i].arena);
        free(ingest->slots[i].rows);
    }
    free(ingest);
}
