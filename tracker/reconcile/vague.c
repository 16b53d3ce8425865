#include "reconcile/vague.h"

#include <stdlib.h>

#include "reconcile/blocking.h"

#define NO_CLUSTER UINT32_MAX

/* The two best fitting clusters of a vague event. */
struct fit {
    uint32_t event;
    uint32_t cluster, second;
    int32_t score, second_score;
};

/* That a report speaks in a cluster. */
struct speaks {
    int64_t report_id;
    uint32_t cluster;
};

struct attaching {
    struct work *work;
    struct speaks *speaks; /* sorted */
    size_t n_speaks;
    uint32_t *fit_of; /* by event: index in fits */
    struct fit *fits;
};

static int compare_speaks(const void *x, const void *y)
{
    const struct speaks *a = x, *b = y;
    if (a->report_id != b->report_id)
        return a->report_id < b->report_id ? -1 : 1;
    return (a->cluster > b->cluster) - (a->cluster < b->cluster);
}

static bool speaks_there(const struct attaching *at, int64_t report_id, uint32_t cluster)
{
    struct speaks key = {report_id, cluster};
    return at->n_speaks && bsearch(&key, at->speaks, at->n_speaks, sizeof key, compare_speaks);
}

/* Whether an analyst told the event apart from a member of the cluster. */
static bool decided_out(const struct attaching *at, uint32_t event, uint32_t cluster)
{
    struct work *work = at->work;
    for (size_t i = 0; i < work->n_apart; i++) {
        uint32_t a = work->apart[i].a, b = work->apart[i].b;
        if ((a == event && partition_find(&work->sets, b) == cluster) ||
            (b == event && partition_find(&work->sets, a) == cluster))
            return true;
    }
    return false;
}

/* Notes that a cluster scores so; keeps the two best. Clusters of equal score: the lower ids first.
 */
static void fit_note(struct fit *fit, uint32_t cluster, int32_t score)
{
    if (cluster == fit->cluster) {
        fit->score = score > fit->score ? score : fit->score;
        return;
    }
    bool first = fit->cluster == NO_CLUSTER || score > fit->score ||
                 (score == fit->score && cluster < fit->cluster);
    if (first) {
        fit->second = fit->cluster;
        fit->second_score = fit->score;
        fit->cluster = cluster;
        fit->score = score;
    } else if (fit->second == NO_CLUSTER || score > fit->second_score ||
               (score == fit->second_score && cluster < fit->second)) {
        fit->second = cluster;
        fit->second_score = score;
    }
}

static void block_fit(struct attaching *at, const struct block_entry *found, size_t n,
                      const struct block_entry *seeker)
{
    struct work *work = at->work;
    struct fit *fit = &at->fits[at->fit_of[seeker->index]];
    for (size_t i = 0; i < n; i++) {
        uint32_t cluster = partition_find(&work->sets, found[i].index);
        int32_t score = work_score(work, seeker->index, found[i].index);
        if (score == INT32_MIN || (fit->second != NO_CLUSTER && score < fit->second_score))
            continue;
        if (!speaks_there(at, work_event(work, seeker->index)->report_id, cluster) &&
            !decided_out(at, seeker->index, cluster))
            fit_note(fit, cluster, score);
    }
}

static void blocks_fit(struct attaching *at, const struct block_set *set)
{
    size_t most = at->work->weights->most_block;
    for (size_t start = 0, end; start < set->n; start = end) {
        size_t seekers;
        end = block_end(set, start);
        for (seekers = start; seekers < end && !set->items[seekers].seeks;)
            seekers++;
        if (set->items[start].kind == BLOCK_WORD &&
            end - start > at->work->weights->most_word_block) {
            at->work->stats.common_words++;
            continue;
        }
        size_t found = seekers - start < most ? seekers - start : most;
        at->work->stats.capped_blocks += seekers < end && found < seekers - start;
        for (size_t i = seekers; i < end; i++)
            block_fit(at, set->items + start, found, &set->items[i]);
    }
}

static bool clear_best(const struct weights *w, const struct fit *fit)
{
    return fit->cluster != NO_CLUSTER && fit->score >= w->attach &&
           (fit->second == NO_CLUSTER || fit->score - fit->second_score >= w->attach_ahead);
}

/* A choice to be carried out, in an order in which the best of a report comes first. */
struct choice {
    uint32_t cluster;
    int64_t report_id;
    int32_t score;
    uint32_t event;
};

static int compare_choices(const void *x, const void *y)
{
    const struct choice *a = x, *b = y;
    if (a->cluster != b->cluster)
        return a->cluster < b->cluster ? -1 : 1;
    if (a->report_id != b->report_id)
        return a->report_id < b->report_id ? -1 : 1;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return (a->event > b->event) - (a->event < b->event);
}

static int choices_join(struct attaching *at, size_t n_fits, struct error *err)
{
    struct work *work = at->work;
    struct choice *choices = ARENA_ARRAY(&work->scratch, struct choice, n_fits);
    size_t n = 0;
    if (!choices)
        return arena_full(&work->scratch, err);
    for (size_t i = 0; i < n_fits; i++) {
        const struct fit *fit = &at->fits[i];
        if (clear_best(work->weights, fit))
            choices[n++] = (struct choice){fit->cluster, work_event(work, fit->event)->report_id,
                                           fit->score, fit->event};
    }
    qsort(choices, n, sizeof *choices, compare_choices);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || choices[i].cluster != choices[i - 1].cluster ||
            choices[i].report_id != choices[i - 1].report_id)
            partition_join(&work->sets, choices[i].cluster, choices[i].event);
    return 0;
}

static int attaching_start(struct attaching *at, const uint32_t *located, size_t n_located,
                           const uint32_t *vague, size_t n_vague, struct error *err)
{
    struct work *work = at->work;
    at->speaks = ARENA_ARRAY(&work->scratch, struct speaks, n_located);
    at->fit_of = ARENA_ARRAY(&work->scratch, uint32_t, work->n);
    at->fits = ARENA_ARRAY(&work->scratch, struct fit, n_vague);
    if (!at->speaks || !at->fit_of || !at->fits)
        return arena_full(&work->scratch, err);
    for (size_t i = 0; i < n_located; i++)
        at->speaks[at->n_speaks++] = (struct speaks){work_event(work, located[i])->report_id,
                                                     partition_find(&work->sets, located[i])};
    qsort(at->speaks, at->n_speaks, sizeof *at->speaks, compare_speaks);
    for (size_t i = 0; i < n_vague; i++) {
        at->fit_of[vague[i]] = (uint32_t)i;
        at->fits[i] = (struct fit){vague[i], NO_CLUSTER, NO_CLUSTER, INT32_MIN, INT32_MIN};
    }
    return 0;
}

int vague_attach(struct work *work, const uint32_t *located, size_t n_located,
                 const uint32_t *vague, size_t n_vague, struct error *err)
{
    struct attaching at = {.work = work};
    struct block_set set = {0};
    if (n_vague == 0)
        return 0;
    if (attaching_start(&at, located, n_located, vague, n_vague, err))
        return -1;
    for (size_t i = 0; i < n_located; i++)
        if (block_offer(work, &set, located[i], err))
            return -1;
    for (size_t i = 0; i < n_vague; i++)
        if (block_seek(work, &set, vague[i], err))
            return -1;
    block_sort(&set);
    blocks_fit(&at, &set);
    return choices_join(&at, n_vague, err);
}
