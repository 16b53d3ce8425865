#include "pipeline/again.h"

#include <stdlib.h>

#include "base/log.h"
#include "pipeline/rows.h"

/* As for a report and a batch that come from files. */
#define REPORT_MEMORY ((size_t)1 << 30)
#define BATCH_MEMORY ((size_t)2 << 30)
#define BATCH_REPORTS 2000

#define SECONDS_A_DAY 86400

struct again {
    struct again_options options;
    struct ingest_progress progress;
    struct report_walk walk;
    struct arena page_arena;
    struct arena report_arena;
    struct arena batch_arena;
};

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
    arena_init(&again->report_arena, REPORT_MEMORY);
    arena_init(&again->batch_arena, BATCH_MEMORY);
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

/* One report, from the store back to rows. What cannot be read stays as it was. */
static int report_again(struct again *again, const struct stored_report *stored,
                        struct report_row *row, bool *made, struct error *err)
{
    struct report report;
    struct extraction extraction;
    struct error why = {0};
    arena_reset(&again->report_arena);
    report_restore(stored, &report);
    again->progress.input_bytes += stored->text.len;
    *made = extract_report(again->options.extractor, &again->report_arena, &report, &extraction,
                           &why) == 0;
    if (!*made) {
        again->progress.rejected++;
        log_write(LOG_WARN, "%.*s: %s", SLICE_ARG(stored->ref), why.text);
        return 0;
    }
    return rows_again(&again->batch_arena, &again->options.extractor->ruleset->schema, &report,
                      &stored->identity, &stored->edition, &extraction, row, err);
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
    size_t n;
    int most = options->batch_reports < INT32_MAX ? (int)options->batch_reports : INT32_MAX;
    arena_reset(&again->page_arena);
    arena_reset(&again->batch_arena);
    int got =
        store_reports_page(options->store, &again->page_arena, &again->walk, most, &page, &n, err);
    if (got <= 0)
        return got;
    batch.reports = ARENA_ARRAY(&again->page_arena, struct report_row, n);
    if (!batch.reports)
        return arena_full(&again->page_arena, err);
    for (size_t i = 0; i < n && !stopped(again); i++) {
        bool made;
        if (report_again(again, &page[i], &batch.reports[batch.n_reports], &made, err))
            return -1;
        batch.n_reports += made;
    }
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
    arena_free(&again->page_arena);
    arena_free(&again->report_arena);
    arena_free(&again->batch_arena);
    free(again);
}
