#include "reconcile/families.h"

#include <stdlib.h>

#include "extract/sketch.h"

#define BANDS                                                                                    \
    4                 /* least numbers of a sketch that are looked up: of two texts that are the \
                         same by 60 %, all four are new in one pair of forty */
#define MOST_ALIKE 64 /* texts under one number that are compared each with each */

/* An event under a number: of its sketch, or its copy_family. */
struct mark {
    uint64_t number;
    uint32_t index;
};

static int compare_marks(const void *x, const void *y)
{
    const struct mark *a = x, *b = y;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* How much of two texts is the same, in percent: of the least numbers of both together, those that
 * both have. */
static int64_t resemblance(const struct event_row *a, const struct event_row *b)
{
    int64_t all = 0, both = 0;
    for (size_t i = 0, k = 0; (i < a->n_sketch || k < b->n_sketch) && all < SKETCH_SIZE; all++) {
        bool from_a = k == b->n_sketch || (i < a->n_sketch && a->sketch[i] <= b->sketch[k]);
        bool from_b = i == a->n_sketch || (k < b->n_sketch && b->sketch[k] <= a->sketch[i]);
        both += from_a && from_b;
        i += from_a;
        k += from_b;
    }
    return all ? both * 100 / all : 0;
}

static bool are_copies(const struct work *work, uint32_t x, uint32_t y)
{
    const struct profile *a = &work->profiles[x], *b = &work->profiles[y];
    int64_t days = (int64_t)a->said_day - b->said_day, soon = work->weights->soon_days;
    if (a->said_day != DAY_NONE && b->said_day != DAY_NONE && (days > soon || days < -soon))
        return false;
    return resemblance(a->row, b->row) >= work->weights->copy_percent;
}

/* The events whose families are sought, by their place in the list. */
struct members {
    const struct work *work;
    struct arena *arena;
    const uint32_t *events;
    size_t n;
};

static void join_alike(const struct members *m, struct partition *sets, const struct mark *marks,
                       size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n && k - i <= MOST_ALIKE; k++) {
            if (marks[k].number != marks[i].number)
                break;
            if (partition_find(sets, marks[i].index) != partition_find(sets, marks[k].index) &&
                are_copies(m->work, m->events[marks[i].index], m->events[marks[k].index]))
                partition_join(sets, marks[i].index, marks[k].index);
        }
    }
}

/* One event a body stands for all that share it. */
static size_t bodies_join(const struct members *m, struct partition *sets, struct mark *marks)
{
    size_t kept = 0;
    for (uint32_t i = 0; i < m->n; i++)
        marks[i] = (struct mark){(uint64_t)work_event(m->work, m->events[i])->copy_family, i};
    if (m->n)
        qsort(marks, m->n, sizeof *marks, compare_marks);
    for (size_t i = 0; i < m->n; i++) {
        if (kept && marks[kept - 1].number == marks[i].number)
            partition_join(sets, marks[kept - 1].index, marks[i].index);
        else
            marks[kept++] = marks[i];
    }
    return kept;
}

static int sketches_join(const struct members *m, struct partition *sets, const struct mark *bodies,
                         size_t n_bodies, struct error *err)
{
    struct mark *marks = ARENA_ARRAY(m->arena, struct mark, n_bodies * BANDS);
    size_t n = 0;
    if (!marks)
        return arena_full(m->arena, err);
    for (size_t i = 0; i < n_bodies; i++) {
        const struct event_row *row = work_event(m->work, m->events[bodies[i].index]);
        for (size_t k = 0; k < BANDS && k < row->n_sketch; k++)
            marks[n++] = (struct mark){row->sketch[k], bodies[i].index};
    }
    if (n)
        qsort(marks, n, sizeof *marks, compare_marks);
    join_alike(m, sets, marks, n);
    return 0;
}

int families_among(const struct work *work, struct arena *arena, const uint32_t *events, size_t n,
                   int64_t *families, struct error *err)
{
    const struct members m = {work, arena, events, n};
    struct partition sets;
    struct mark *bodies = ARENA_ARRAY(arena, struct mark, n);
    int64_t *least = ARENA_ARRAY(arena, int64_t, n);
    if (!bodies || !least)
        return arena_full(arena, err);
    if (partition_init(&sets, arena, n, err) ||
        sketches_join(&m, &sets, bodies, bodies_join(&m, &sets, bodies), err))
        return -1;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t set = partition_find(&sets, i);
        int64_t family = work_event(work, events[i])->copy_family;
        if (set == i || family < least[set])
            least[set] = family;
    }
    for (uint32_t i = 0; i < n; i++)
        families[i] = least[partition_find(&sets, i)];
    return 0;
}

int families_find(struct work *work, struct error *err)
{
    uint32_t *all = ARENA_ARRAY(&work->scratch, uint32_t, work->n);
    int64_t *families = ARENA_ARRAY(&work->scratch, int64_t, work->n);
    if (!all || !families)
        return arena_full(&work->scratch, err);
    for (uint32_t i = 0; i < work->n; i++)
        all[i] = i;
    if (families_among(work, &work->scratch, all, work->n, families, err))
        return -1;
    for (uint32_t i = 0; i < work->n; i++)
        work->profiles[i].family = families[i];
    return 0;
}
