#include "pipeline/again.h"

#include <stdlib.h>

#include "pipeline/rows.h"
#include "pipeline/workers.h"

/* As for a batch that comes from files. */
#define BATCH_MEMORY ((size_t)2 << 30)
#define BATCH_REPORTS 2000

#define SECONDS_A_DAY 86400

struct again {
    struct again_options options;
    struct ingest_progress progress;
    struct report_walk walk;
    const struct stored_report *page; /* in page_arena */
    size_t n_page;
    size_t n_read; /* of the page's, by `workers` */
    size_t n_done; /* of the page's, or passed over */
    struct workers *workers;
    struct arena page_arena;
    struct arena batch_arena;
};

/* A source of reports (workers.h): the page, which stays until all of it is handed out. */
static int page_next(void *from, struct arena *arena, struct report *report, struct error *err)
{
    struct again *again = from;
    (void)arena;
    (void)err;
    if (again->n_read == again->n_page)
        return 0;
    report_restore(&again->page[again->n_read++], report);
    return 1;
}

int again_open(struct again **out, const struct again_options *options, struct error *err)
{
    struct again *again = *out = calloc(1, sizeof *again);
    if (!again)
        return error_set(err, ERROR_LIMIT, "out of memory");
    again->options = *options;
    again->walk.since = options->since;
    if (!again->options.batch_reports)
        again->options.batch_reports = BATCH_REPORTS;
    arena_init(&again->page_arena, BATCH_MEMORY);
    arena_init(&again->batch_arena, BATCH_MEMORY);
    if (workers_open(&again->workers, options->extractor, (struct report_source){page_next, again},
                     options->jobs ? options->jobs : 1, options->stop, err)) {
        again_free(again);
        *out = NULL;
        return -1;
    }
    return 0;
}

/* The store keeps an instant; the clock it was read on is UTC's, which resolves to the same local
 * day in every zone. */
static struct stamp stamp_restore(instant at, bool has_time)
{
    if (at == INSTANT_NONE)
        return STAMP_NONE;
    instant second = ((at % SECONDS_A_DAY) + SECONDS_A_DAY) % SECONDS_A_DAY;
    struct stamp stamp = {(day_number)((at - second) / SECONDS_A_DAY), (int32_t)second, 0};
    return has_time ? stamp : (struct stamp){stamp.day, -1, STAMP_NO_OFFSET};
}

void report_restore(const struct stored_report *stored, struct report *out)
{
    *out = (struct report){
        .id = stored->ref,
        .url = stored->url,
        .title = stored->title,
        .text = stored->text,
        .title_len = stored->title.len,
        .outlet = stored->outlet,
        .lang = stored->lang,
        .published = stamp_restore(stored->published, stored->published_has_time),
        .withdrawn = stored->withdrawn,
        .path = stored->path.len ? stored->path.ptr : "",
    };
}

/* One report, from the store back to rows: 2 when *row was filled, 1 when it cannot be read and
 * stays as it was, 0 at the end of the page. */
static int report_again(struct again *again, struct report_row *row, struct error *err)
{
    struct worked_report *worked;
    int got = workers_next(again->workers, &worked, err);
    if (got <= 0)
        return got;
    const struct stored_report *stored = &again->page[again->n_done++];
    again->progress.input_bytes += stored->text.len;
    again->progress.rejected += worked->report.rejected;
    if (worked->report.rejected)
        return 1;
    return rows_again(&again->batch_arena, &again->options.extractor->ruleset->schema,
                      &worked->report, &stored->identity, &stored->edition, &worked->extraction,
                      row, err)
               ? -1
               : 2;
}

static bool stopped(const struct again *again)
{
    return again->options.stop && *again->options.stop;
}

int again_step(struct again *again, struct error *err)
{
    const struct again_options *options = &again->options;
    struct batch batch = {.ruleset = options->extractor->ruleset->digest,
                          .ruleset_path = options->ruleset_path};
    struct stored_report *page;
    int most = options->batch_reports < INT32_MAX ? (int)options->batch_reports : INT32_MAX;
    arena_reset(&again->page_arena);
    arena_reset(&again->batch_arena);
    again->n_page = again->n_read = again->n_done = 0;
    int got = store_reports_page(options->store, &again->page_arena, &again->walk, most, &page,
                                 &again->n_page, err);
    if (got <= 0)
        return got;
    again->page = page;
    batch.reports = ARENA_ARRAY(&again->page_arena, struct report_row, again->n_page);
    if (!batch.reports)
        return arena_full(&again->page_arena, err);
    while ((got = report_again(again, &batch.reports[batch.n_reports], err)) > 0)
        batch.n_reports += got == 2;
    if (got < 0)
        return -1;
    if (batch.n_reports && store_write_batch(options->store, &batch, &again->progress.changed, err))
        return -1;
    again->progress.reports += (int64_t)batch.n_reports;
    return !stopped(again);
}

const struct ingest_progress *again_progress(const struct again *again)
{
    return &again->progress;
}

void again_free(struct again *again)
{
    if (!again)
        return;
    workers_free(again->workers); /* before the page it may be reading */
    arena_free(&again->page_arena);
    arena_free(&again->batch_arena);
    free(again);
}
