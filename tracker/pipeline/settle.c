#include "base/log.h"
#include "pipeline/ingest.h"

/* All events of one country; far above a real one, so that a runaway is an error and not a dead
 * machine. */
#define SETTLE_MEMORY ((size_t)8 << 30)
/* A cell that keeps meeting conflicts or lost connections is given up after this many tries in a
 * row. */
#define SETTLE_TRIES 8

static int settle_one(struct store *store, struct arena *arena, const struct weights *weights,
                      struct change_counts *counts, struct error *err)
{
    struct settle_cell cell;
    struct incident *incidents;
    struct id_change *changes;
    struct decision *standing;
    size_t n_incidents, n_changes, n_standing;
    int got = store_settle_next(store, arena, &cell, err);
    if (got <= 0)
        return got;
    cell.weights = weights;
    if (decisions_judge(arena, cell.decisions, cell.n_decisions, &standing, &n_standing,
                        &cell.refused, &cell.n_refused, err) ||
        decisions_apply(arena, standing, n_standing, cell.events, &cell.n_events, err) ||
        reconcile(arena, cell.weights, cell.events, cell.n_events, standing, n_standing, &incidents,
                  &n_incidents, err) ||
        incidents_identify(arena, cell.events, incidents, n_incidents, cell.former, cell.n_former,
                           &changes, &n_changes, err)) {
        store_settle_abandon(store);
        return -1;
    }
    if (store_settle_finish(store, &cell, incidents, n_incidents, changes, n_changes, counts, err))
        return -1;
    return 1;
}

int settle_all(struct store *store, const struct weights *weights, struct change_counts *counts,
               struct error *err)
{
    struct arena arena;
    int got = 1, tries = 0;
    if (store_mark_reweighted(store, weights, err))
        return -1;
    arena_init(&arena, SETTLE_MEMORY);
    while (got > 0) {
        arena_reset(&arena);
        struct error why = {0};
        got = settle_one(store, &arena, weights, counts, &why);
        if (got >= 0) {
            tries = 0;
        } else if (why.code == ERROR_RETRY && ++tries < SETTLE_TRIES) {
            log_error(LOG_DEBUG, &why);
            got = 1;
        } else if (err) {
            *err = why;
        }
    }
    arena_free(&arena);
    return got;
}
