#include "reconcile/series.h"

#include <stdlib.h>

#include "reconcile/fuse.h"

#define SERIES_MEMORY ((size_t)1 << 30)
/* More times than these are thinned, the last one kept: a timeline is for people to look at. */
#define MOST_TIMES 400

struct series {
    struct arena *arena;
    const struct incident *incident;
    struct event_row *events; /* the members */
    size_t n;
    instant *times; /* distinct, ascending */
    size_t n_times;
    struct toll_step *steps;
    size_t n_steps, capacity;
};

static int compare_times(const void *x, const void *y)
{
    const instant *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static int times_list(struct series *s, struct arena *scratch, struct error *err)
{
    size_t n = 0;
    s->times = ARENA_ARRAY(scratch, instant, s->n);
    if (!s->times)
        return arena_full(scratch, err);
    for (size_t i = 0; i < s->n; i++)
        if (s->events[i].said_at != INSTANT_NONE && s->events[i].n_claims)
            s->times[n++] = s->events[i].said_at;
    qsort(s->times, n, sizeof *s->times, compare_times);
    for (size_t i = 0; i < n; i++)
        if (!s->n_times || s->times[s->n_times - 1] != s->times[i])
            s->times[s->n_times++] = s->times[i];
    size_t all = s->n_times;
    for (size_t i = 0; all > MOST_TIMES && i < MOST_TIMES; i++)
        s->times[i] = s->times[(i + 1) * all / MOST_TIMES - 1];
    s->n_times = all > MOST_TIMES ? MOST_TIMES : all;
    return 0;
}

/* The step that stands for a measure, or NULL. */
static const struct toll_step *last_step(const struct series *s, const struct measure *measure)
{
    for (size_t i = s->n_steps; i > 0; i--)
        if (measure_compare(&s->steps[i - 1].measure, measure) == 0)
            return &s->steps[i - 1];
    return NULL;
}

static int steps_add(struct series *s, instant said, const struct figure *figures, size_t n,
                     struct error *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct figure *f = &figures[i];
        const struct toll_step *last = last_step(s, &f->measure);
        if (last && last->low == f->low && last->best == f->best && last->high == f->high &&
            last->state == f->state)
            continue;
        if (arena_grow(s->arena, &s->steps, &s->capacity, s->n_steps, sizeof *s->steps, err))
            return -1;
        s->steps[s->n_steps++] = (struct toll_step){f->measure, said,     f->low,  f->best,
                                                    f->high,    f->state, f->rule, f->chosen_claim};
    }
    return 0;
}

/* What the members up to a time say. */
static int step_fuse(struct series *s, struct work *work, struct arena *scratch, instant until,
                     struct error *err)
{
    struct incident part = {0};
    size_t n = 0;
    uint32_t *list = ARENA_ARRAY(scratch, uint32_t, s->n);
    if (!list)
        return arena_full(scratch, err);
    for (uint32_t i = 0; i < work->n; i++)
        if (work_event(work, i)->said_at <= until)
            list[n++] = i;
    part.n_independent = 1;
    if (incident_fuse(work, scratch, list, n, &part, err))
        return -1;
    return steps_add(s, until, part.figures, part.n_figures, err);
}

static int series_run(struct series *s, struct work *work, struct arena *scratch, struct error *err)
{
    for (size_t i = 0; i + 1 < s->n_times; i++)
        if (step_fuse(s, work, scratch, s->times[i], err))
            return -1;
    /* The last word is the incident's own: a wave may have had a say in it. */
    return steps_add(s, s->times[s->n_times - 1], s->incident->figures, s->incident->n_figures,
                     err);
}

int toll_series(struct arena *arena, const struct weights *weights, const struct event_row *events,
                const struct incident *incident, struct toll_step **steps, size_t *n_steps,
                struct error *err)
{
    struct series s = {.arena = arena, .incident = incident, .n = incident->n_events};
    struct arena scratch;
    int result = 0;
    *steps = NULL;
    *n_steps = 0;
    if (incident->n_events < 2 || !incident->n_figures)
        return 0;
    arena_init(&scratch, SERIES_MEMORY);
    s.events = ARENA_ARRAY(&scratch, struct event_row, s.n);
    if (!s.events)
        result = arena_full(&scratch, err);
    for (size_t i = 0; result == 0 && i < s.n; i++)
        s.events[i] = events[incident->events[i]];
    if (result == 0)
        result = times_list(&s, &scratch, err);
    if (result == 0 && s.n_times > 1) {
        struct work work;
        result = work_start(&work, &scratch, weights, s.events, s.n, err);
        if (result == 0)
            result = series_run(&s, &work, &scratch, err);
        work_end(&work);
    }
    arena_free(&scratch);
    *steps = s.steps;
    *n_steps = s.n_steps;
    return result;
}
