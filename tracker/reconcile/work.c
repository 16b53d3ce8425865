#include "reconcile/work.h"

#include <stdlib.h>

#define SCRATCH_MEMORY ((size_t)8 << 30) /* a runaway ends with an error, not with the machine */

/* A place in the order by id. */
struct ordered {
    int64_t event_id, report_id;
    uint32_t index;
};

static int compare_ordered(const void *x, const void *y)
{
    const struct ordered *a = x, *b = y;
    if (a->event_id != b->event_id)
        return a->event_id < b->event_id ? -1 : 1;
    return (a->report_id > b->report_id) - (a->report_id < b->report_id);
}

int work_start(struct work *work, struct arena *arena, const struct weights *weights,
               const struct event_row *events, size_t n, struct error *err)
{
    *work = (struct work){.arena = arena, .weights = weights, .events = events, .n = n};
    arena_init(&work->scratch, SCRATCH_MEMORY);
    if (n >= UINT32_MAX)
        return error_set(err, ERROR_LIMIT, "%zu events are more than one call takes", n);
    struct ordered *ordered = ARENA_ARRAY(&work->scratch, struct ordered, n);
    work->order = ARENA_ARRAY(&work->scratch, uint32_t, n);
    work->profiles = ARENA_ARRAY(&work->scratch, struct profile, n);
    if (!ordered || !work->order || !work->profiles)
        return arena_full(&work->scratch, err);
    for (size_t i = 0; i < n; i++)
        ordered[i] = (struct ordered){events[i].event_id, events[i].report_id, (uint32_t)i};
    qsort(ordered, n, sizeof *ordered, compare_ordered);
    for (size_t i = 0; i < n; i++) {
        work->order[i] = ordered[i].index;
        profile_of(&events[ordered[i].index], &work->profiles[i]);
    }
    return partition_init(&work->sets, &work->scratch, n, err);
}

void work_end(struct work *work)
{
    arena_free(&work->scratch);
}

static int compare_apart(const void *x, const void *y)
{
    const struct told_apart *a = x, *b = y;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static bool decided_apart(const struct work *work, uint32_t a, uint32_t b)
{
    struct told_apart key = {a < b ? a : b, a < b ? b : a};
    return work->n_apart &&
           bsearch(&key, work->apart, work->n_apart, sizeof key, compare_apart) != NULL;
}

int32_t work_score(struct work *work, uint32_t a, uint32_t b)
{
    struct pair_score score;
    work->stats.pairs++;
    score_profiles(work->weights, &work->profiles[a], &work->profiles[b], &score);
    return score.forbidden || decided_apart(work, a, b) ? INT32_MIN : score.total;
}

/* ---- decisions ---- */

static int compare_decisions(const void *x, const void *y)
{
    const struct decision *a = x, *b = y;
    if (a->made_at != b->made_at)
        return a->made_at < b->made_at ? -1 : 1;
    return (a->decision_id > b->decision_id) - (a->decision_id < b->decision_id);
}

static uint32_t event_index(const struct work *work, int64_t event_id)
{
    size_t low = 0, high = work->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (work_event(work, (uint32_t)middle)->event_id < event_id)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < work->n && work_event(work, (uint32_t)low)->event_id == event_id;
    return found ? (uint32_t)low : UINT32_MAX;
}

/* Whether joining the sets of a and b would join two events told apart. */
static bool join_contradicts(struct work *work, uint32_t a, uint32_t b)
{
    a = partition_find(&work->sets, a);
    b = partition_find(&work->sets, b);
    for (size_t i = 0; i < work->n_apart; i++) {
        uint32_t x = partition_find(&work->sets, work->apart[i].a);
        uint32_t y = partition_find(&work->sets, work->apart[i].b);
        if ((x == a && y == b) || (x == b && y == a))
            return true;
    }
    return false;
}

static void decide_one(struct work *work, const struct decision *decision)
{
    if (decision->kind != DECISION_SAME && decision->kind != DECISION_DIFFERENT)
        return; /* done to the events before, see decisions_apply */
    uint32_t a = event_index(work, decision->event_a), b = event_index(work, decision->event_b);
    if (a == UINT32_MAX || b == UINT32_MAX || a == b)
        return;
    bool joined = partition_find(&work->sets, a) == partition_find(&work->sets, b);
    if (decision->kind == DECISION_SAME && !joined && join_contradicts(work, a, b)) {
        work->stats.refused_decisions++;
    } else if (decision->kind == DECISION_SAME) {
        partition_join(&work->sets, a, b);
    } else if (joined) {
        work->stats.refused_decisions++;
    } else {
        work->apart[work->n_apart++] = (struct told_apart){a < b ? a : b, a < b ? b : a};
    }
}

int work_decide(struct work *work, const struct decision *decisions, size_t n, struct error *err)
{
    struct decision *sorted = ARENA_ARRAY(&work->scratch, struct decision, n);
    work->apart = ARENA_ARRAY(&work->scratch, struct told_apart, n);
    if (!sorted || !work->apart)
        return arena_full(&work->scratch, err);
    if (n)
        memcpy(sorted, decisions, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare_decisions);
    for (size_t i = 0; i < n; i++)
        decide_one(work, &sorted[i]);
    qsort(work->apart, work->n_apart, sizeof *work->apart, compare_apart);
    return 0;
}
