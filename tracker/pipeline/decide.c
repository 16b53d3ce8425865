#include "pipeline/decide.h"

#include "base/buffer.h"

/* "it contradicts 12 (same 3 4, by anna) > 17 (different 4 5, by ben)". */
static int refuse(struct store *store, struct arena *arena, const struct refused_decision *refused,
                  struct error *err)
{
    struct shown_decision *path;
    struct buffer text;
    size_t n;
    /* The new one goes first, so that what is listed is what stands. */
    store_settle_abandon(store);
    if (store_list_decisions(store, arena, refused->path, refused->n_path, &path, &n, err))
        return -1;
    buffer_init(&text, (size_t)1 << 20);
    for (size_t i = 0; i < n; i++)
        buffer_format(&text, "%s%.*s (%.*s %.*s%s%.*s, by %.*s)", i ? " > " : "",
                      SLICE_ARG(path[i].decision_id), SLICE_ARG(path[i].kind), SLICE_ARG(path[i].a),
                      path[i].b.len ? " " : "", SLICE_ARG(path[i].b), SLICE_ARG(path[i].who));
    error_set(err, ERROR_REFUSED, "refused: it contradicts %.*s", SLICE_ARG(buffer_slice(&text)));
    buffer_free(&text);
    return -1;
}

int decision_make(struct store *store, struct arena *arena, const struct decision_request *request,
                  int64_t *decision_id, bool *is_new, struct error *err)
{
    struct settle_cell cell;
    struct decision *standing;
    size_t n_standing;
    if (store_decide(store, arena, request, &cell, decision_id, is_new, err))
        return -1;
    if (decisions_judge(arena, cell.decisions, cell.n_decisions, &standing, &n_standing,
                        &cell.refused, &cell.n_refused, err)) {
        store_settle_abandon(store);
        return -1;
    }
    for (size_t i = 0; i < cell.n_refused; i++)
        if (cell.refused[i].decision_id == *decision_id)
            return refuse(store, arena, &cell.refused[i], err);
    return store_decide_finish(store, err);
}
