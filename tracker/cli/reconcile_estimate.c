/* tracker reconcile --estimate [LABELLED]: what the weights should be, and what they are. */
#include <stdlib.h>

#include "base/map.h"
#include "cli/reconcile_estimate.h"
#include "read/labels.h"
#include "read/reader.h"
#include "reconcile/estimate.h"
#include "report/table.h"
#include "store/recall.h"

#define LABELS_MEMORY ((size_t)2 << 30)
#define CELL_MEMORY ((size_t)8 << 30)
#define COLUMNS 6

/* The strike a report was labelled with, as a number. */
struct told_strike {
    int64_t report_id;
    int64_t strike;
};

/* All labels of the operands, sorted by report. */
struct strikes {
    struct arena *arena;
    struct told_strike *items;
    size_t n, capacity;
};

static int compare_strikes(const void *x, const void *y)
{
    const struct told_strike *a = x, *b = y;
    return (a->report_id > b->report_id) - (a->report_id < b->report_id);
}

static int64_t strike_number(struct slice incident)
{
    return (int64_t)(hash_bytes(incident.ptr, incident.len) >> 1) | 1;
}

/* The reports of one file in order of lines, as are its labels. */
static int strikes_read(struct strikes *strikes, struct reader *reader, const struct labels *labels,
                        struct error *err)
{
    struct arena arena;
    struct report report;
    int got;
    size_t k = 0;
    arena_init(&arena, REPORT_MEMORY);
    while (arena_reset(&arena), (got = reader_next(reader, &arena, &report, err)) > 0) {
        while (k < labels->n && labels->items[k].line < report.line)
            k++;
        if (report.rejected || k == labels->n || labels->items[k].line != report.line ||
            !labels->items[k].incident.len)
            continue;
        struct digest identity = report_identity(&report);
        if (arena_grow(strikes->arena, &strikes->items, &strikes->capacity, strikes->n,
                       sizeof *strikes->items, err)) {
            got = -1;
            break;
        }
        strikes->items[strikes->n++] =
            (struct told_strike){digest_id(&identity), strike_number(labels->items[k].incident)};
    }
    arena_free(&arena);
    return got;
}

static int strikes_of_file(struct strikes *strikes, const char *path, struct error *err)
{
    const struct reader_options options = {.published = STAMP_NONE};
    struct labels labels;
    struct reader *reader;
    if (labels_read(strikes->arena, path, NULL, 0, &labels, err) ||
        reader_open(&reader, &path, 1, &options, err))
        return -1;
    int result = strikes_read(strikes, reader, &labels, err);
    reader_free(reader);
    return result;
}

/* The label of each event: only what a report is about was labelled. */
static int64_t *labels_of(struct arena *arena, const struct strikes *strikes,
                          const struct settle_cell *cell)
{
    int64_t *labels = ARENA_ARRAY(arena, int64_t, cell->n_events);
    for (size_t i = 0; labels && strikes->n && i < cell->n_events; i++) {
        const struct told_strike key = {.report_id = cell->events[i].report_id};
        const struct told_strike *found =
            cell->events[i].rank == 1
                ? bsearch(&key, strikes->items, strikes->n, sizeof key, compare_strikes)
                : NULL;
        labels[i] = found ? found->strike : 0;
    }
    return labels;
}

static int country_add(struct estimator *estimator, struct store *store,
                       const struct strikes *strikes, struct slice country, struct error *err)
{
    struct arena arena;
    struct settle_cell cell;
    arena_init(&arena, CELL_MEMORY);
    int result = store_recall_begin(store, &arena, err) ||
                         store_recall_cell(store, country, INSTANT_NONE, &cell, err)
                     ? -1
                     : 0;
    if (result == 0) {
        int64_t *labels = labels_of(&arena, strikes, &cell);
        result = labels ? estimator_add(estimator, cell.events, cell.n_events, labels, err)
                        : arena_full(&arena, err);
    }
    store_recall_end(store);
    arena_free(&arena);
    return result;
}

static int countries_of(struct cli *cli, struct store *store, struct slice **countries, size_t *n,
                        struct error *err)
{
    int result = store_recall_begin(store, &cli->arena, err) ||
                         store_recall_countries(store, &cli->arena, NULL, countries, n, err)
                     ? -1
                     : 0;
    store_recall_end(store);
    return result;
}

/* ---- printing ---- */

static int estimates_print(struct cli *cli, const struct estimates *found, struct error *err)
{
    static const struct table_column columns[COLUMNS] = {
        {"observation", TABLE_LEFT, 40}, {"now", TABLE_RIGHT, 10},
        {"estimate", TABLE_RIGHT, 10},   {"change", TABLE_RIGHT, 10},
        {"one strike", TABLE_RIGHT, 12}, {"two strikes", TABLE_RIGHT, 12},
    };
    struct slice *cells = ARENA_ARRAY(&cli->arena, struct slice, found->n * COLUMNS);
    if (!cells)
        return arena_full(&cli->arena, err);
    for (size_t i = 0; i < found->n; i++) {
        const struct estimate *e = &found->items[i];
        struct slice *row = &cells[i * COLUMNS];
        row[0] = slice_of(e->term);
        row[1] = arena_format(&cli->arena, "%d", e->now);
        row[2] = arena_format(&cli->arena, "%d", e->found);
        row[3] = arena_format(&cli->arena, "%+d", e->found - e->now);
        row[4] = arena_format(&cli->arena, "%llu", (unsigned long long)e->in_one);
        row[5] = arena_format(&cli->arena, "%llu", (unsigned long long)e->in_two);
    }
    table_write(&cli->out, columns, COLUMNS, cells, found->n);
    buffer_format(&cli->out,
                  "\n%llu pairs compared: %llu of one strike, %llu of two; a pair starts %d below "
                  "even\n",
                  (unsigned long long)found->pairs, (unsigned long long)found->one,
                  (unsigned long long)found->two, found->prior);
    if (found->rounds)
        buffer_format(&cli->out, "without labels: %u rounds, last change %lld\n", found->rounds,
                      (long long)found->moved);
    buffer_add_text(&cli->out, "Nothing was changed: weights stand in reconcile.yml of the rules, "
                               "in thousandths of a bit.\n");
    return 0;
}

int reconcile_estimate(struct cli *cli, struct store *store, const struct weights *weights,
                       struct error *err)
{
    struct arena arena;
    struct strikes strikes = {.arena = &arena};
    struct estimator *estimator;
    struct estimates found;
    struct slice *countries;
    size_t n = 0;
    bool labelled = cli->arguments.n_operands > 0;
    arena_init(&arena, LABELS_MEMORY);
    int result = estimator_new(&estimator, &arena, weights, labelled, err);
    for (size_t i = 0; result == 0 && i < cli->arguments.n_operands; i++)
        result = strikes_of_file(&strikes, cli->arguments.operands[i], err);
    if (strikes.n)
        qsort(strikes.items, strikes.n, sizeof *strikes.items, compare_strikes);
    if (result == 0 && labelled && !strikes.n)
        result = error_set(err, ERROR_INPUT, "no report has a \"gold\" with an \"incident_id\"");
    if (result == 0)
        result = countries_of(cli, store, &countries, &n, err);
    for (size_t i = 0; result == 0 && i < n; i++)
        result = country_add(estimator, store, &strikes, countries[i], err);
    if (result == 0) {
        estimator_finish(estimator, &found);
        result = estimates_print(cli, &found, err);
    }
    arena_free(&arena);
    return result;
}
