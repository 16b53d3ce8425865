#include "reconcile/estimate.h"

#include <stdlib.h>

#include "reconcile/blocking.h"

#define MOST_ROUNDS 50
#define STILL 10         /* milli-bits: estimates that move no more have come to rest */
#define MOST_FOUND 20000 /* milli-bits: beyond, an estimate only says that it never happened */
#define WHOLE 65536u     /* a share is this many parts */

/* A pair that was compared: its observations are terms[first .. first + n). */
struct compared {
    uint32_t first;
    uint8_t n;
    bool one; /* labelled as one strike */
    int32_t score;
    uint32_t share; /* of WHOLE: how far it is one strike */
};

struct estimator {
    struct work work; /* of the country being added */
    struct arena *arena;
    const struct weights *weights;
    bool labelled;
    const int64_t *labels; /* of that country's events */
    struct compared *pairs;
    size_t n_pairs, pairs_capacity;
    uint16_t *terms; /* indices of estimates */
    size_t n_terms, terms_capacity;
    struct estimate *estimates;
    size_t n_estimates, estimates_capacity;
};

/* ---- logarithms ---- */

int32_t log2_ratio(uint64_t a, uint64_t b)
{
    if (a < b)
        return -log2_ratio(b, a);
    int32_t whole = 0;
    while (a / 2 >= b) {
        b *= 2;
        whole++;
    }
    /* 1 <= a / b < 2 as a fraction of 2^30; squaring it gives the bits behind the point. */
    while (a > UINT32_MAX) {
        a /= 2;
        b /= 2;
    }
    uint64_t x = (a << 30) / (b ? b : 1), bits = 0;
    for (int i = 0; i < 16; i++) {
        x = x * x >> 30;
        bits *= 2;
        if (x >= UINT64_C(2) << 30) {
            x /= 2;
            bits++;
        }
    }
    return whole * 1000 + (int32_t)(bits * 1000 >> 16);
}

/* 2^(k / 16) times 65536. */
static const uint32_t ROOTS[17] = {65536,  68438,  71468,  74632,  77936,  81386,
                                   84990,  88752,  92682,  96785,  101070, 105545,
                                   110218, 115098, 120194, 125515, 131072};

uint32_t share_of(int64_t milli_bits)
{
    bool positive = milli_bits >= 0;
    uint64_t bits = (uint64_t)(positive ? milli_bits : -milli_bits);
    if (bits >= 16000)
        return positive ? WHOLE : 0;
    uint64_t sixteenths = bits % 1000 * 16, k = sixteenths / 1000, rest = sixteenths % 1000;
    uint64_t power = (ROOTS[k] * (1000 - rest) + ROOTS[k + 1] * rest) / 1000 << bits / 1000;
    uint32_t smaller = (uint32_t)((uint64_t)WHOLE * WHOLE / (WHOLE + power));
    return positive ? WHOLE - smaller : smaller;
}

/* ---- comparing ---- */

static int estimate_find(struct estimator *e, const struct score_term *term, uint16_t *index,
                         struct error *err)
{
    for (size_t i = 0; i < e->n_estimates; i++) {
        if (e->estimates[i].now == term->weight && strcmp(e->estimates[i].term, term->name) == 0) {
            *index = (uint16_t)i;
            return 0;
        }
    }
    if (e->n_estimates == UINT16_MAX)
        return error_set(err, ERROR_LIMIT, "too many different observations");
    if (arena_grow(e->arena, &e->estimates, &e->estimates_capacity, e->n_estimates,
                   sizeof *e->estimates, err))
        return -1;
    *index = (uint16_t)e->n_estimates;
    e->estimates[e->n_estimates++] =
        (struct estimate){.term = term->name, .now = term->weight, .found = term->weight};
    return 0;
}

static int compare(struct estimator *e, uint32_t a, uint32_t b, struct error *err)
{
    struct pair_score score;
    int64_t x = e->labels ? e->labels[e->work.order[a]] : 1;
    int64_t y = e->labels ? e->labels[e->work.order[b]] : 1;
    const struct profile *p = &e->work.profiles[a], *q = &e->work.profiles[b];
    if (x == 0 || y == 0 || p->row->report_id == q->row->report_id)
        return 0;
    score_profiles(e->work.weights, p, q, &score);
    if (arena_grow(e->arena, &e->pairs, &e->pairs_capacity, e->n_pairs, sizeof *e->pairs, err))
        return -1;
    struct compared *pair = &e->pairs[e->n_pairs];
    *pair = (struct compared){.first = (uint32_t)e->n_terms, .one = x == y, .score = score.total};
    /* What forbids has no weight. */
    if (score.forbidden || e->n_terms + SCORE_MAX_TERMS > UINT32_MAX)
        return 0;
    for (uint8_t i = 0; i < score.n_terms; i++) {
        if (arena_grow(e->arena, &e->terms, &e->terms_capacity, e->n_terms, sizeof *e->terms,
                       err) ||
            estimate_find(e, &score.terms[i], &e->terms[e->n_terms], err))
            return -1;
        e->n_terms++;
        pair->n++;
    }
    e->n_pairs++;
    return 0;
}

static int compare_numbers(const void *x, const void *y)
{
    const uint64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* Every pair that blocking brings together, once. */
static int compare_all(struct estimator *e, struct error *err)
{
    struct block_set set = {0};
    uint64_t *found = NULL;
    size_t n = 0, capacity = 0;
    const struct weights *w = e->work.weights;
    for (uint32_t i = 0; i < e->work.n; i++)
        if (!e->work.profiles[i].wave && block_meet(&e->work, &set, i, err))
            return -1;
    block_sort(&set);
    for (size_t start = 0, end; start < set.n; start = end) {
        end = block_end(&set, start);
        if (end - start >
            (set.items[start].kind == BLOCK_WORD ? w->most_word_block : w->most_block))
            continue;
        for (size_t i = start; i < end; i++) {
            for (size_t k = i + 1; k < end; k++) {
                if (!block_compares(&set.items[i], &set.items[k]))
                    continue;
                if (arena_grow(&e->work.scratch, &found, &capacity, n, sizeof *found, err))
                    return -1;
                found[n++] = (uint64_t)set.items[i].index << 32 | set.items[k].index;
            }
        }
    }
    if (n)
        qsort(found, n, sizeof *found, compare_numbers);
    for (size_t i = 0; i < n; i++)
        if ((i == 0 || found[i] != found[i - 1]) &&
            compare(e, (uint32_t)(found[i] >> 32), (uint32_t)found[i], err))
            return -1;
    return 0;
}

/* ---- estimating ---- */

static int32_t bounded(int32_t bits)
{
    if (bits > MOST_FOUND)
        return MOST_FOUND;
    return bits < -MOST_FOUND ? -MOST_FOUND : bits;
}

/* Counts each observation on both sides, by the pairs' shares, and takes the ratio; half a pair is
 * added to each side, so that what never happened is not impossible. Returns how far the farthest
 * estimate moved. */
static int64_t maximise(struct estimator *e, struct estimates *out)
{
    uint64_t one = 0, moved = 0, all = (uint64_t)e->n_pairs * WHOLE;
    for (size_t i = 0; i < e->n_estimates; i++)
        e->estimates[i].in_one = e->estimates[i].in_two = 0;
    for (size_t i = 0; i < e->n_pairs; i++) {
        const struct compared *pair = &e->pairs[i];
        one += pair->share;
        for (uint8_t k = 0; k < pair->n; k++) {
            struct estimate *estimate = &e->estimates[e->terms[pair->first + k]];
            estimate->in_one += pair->share;
            estimate->in_two += WHOLE - pair->share;
        }
    }
    out->prior = log2_ratio(all - one + WHOLE, one + WHOLE);
    for (size_t i = 0; i < e->n_estimates; i++) {
        struct estimate *estimate = &e->estimates[i];
        int32_t found = bounded(log2_ratio(estimate->in_one + WHOLE / 2, one + WHOLE) -
                                log2_ratio(estimate->in_two + WHOLE / 2, all - one + WHOLE));
        uint64_t step = (uint64_t)llabs((int64_t)found - estimate->found);
        moved = step > moved ? step : moved;
        estimate->found = found;
    }
    out->one = (one + WHOLE / 2) / WHOLE;
    out->two = e->n_pairs - out->one;
    return (int64_t)moved;
}

static void expect(struct estimator *e, int32_t prior)
{
    for (size_t i = 0; i < e->n_pairs; i++) {
        struct compared *pair = &e->pairs[i];
        int64_t bits = -(int64_t)prior;
        for (uint8_t k = 0; k < pair->n; k++)
            bits += e->estimates[e->terms[pair->first + k]].found;
        pair->share = share_of(bits);
    }
}

static void estimate_all(struct estimator *e, struct estimates *out)
{
    for (size_t i = 0; i < e->n_pairs; i++) {
        struct compared *pair = &e->pairs[i];
        pair->share = e->labelled ? (pair->one ? WHOLE : 0)
                                  : share_of((int64_t)pair->score - e->weights->link);
    }
    out->moved = maximise(e, out);
    while (!e->labelled && out->rounds < MOST_ROUNDS && (out->rounds == 0 || out->moved > STILL)) {
        expect(e, out->prior);
        out->moved = maximise(e, out);
        out->rounds++;
    }
}

static int compare_estimates(const void *x, const void *y)
{
    const struct estimate *a = x, *b = y;
    int order = strcmp(a->term, b->term);
    return order ? order : (a->now > b->now) - (a->now < b->now);
}

int estimator_new(struct estimator **out, struct arena *arena, const struct weights *weights,
                  bool labelled, struct error *err)
{
    *out = ARENA_NEW(arena, struct estimator);
    if (!*out)
        return arena_full(arena, err);
    **out = (struct estimator){.arena = arena, .weights = weights, .labelled = labelled};
    return 0;
}

int estimator_add(struct estimator *estimator, const struct event_row *events, size_t n_events,
                  const int64_t *labels, struct error *err)
{
    estimator->labels = estimator->labelled ? labels : NULL;
    int result =
        work_start(&estimator->work, estimator->arena, estimator->weights, events, n_events, err) ||
                compare_all(estimator, err)
            ? -1
            : 0;
    work_end(&estimator->work);
    return result;
}

void estimator_finish(struct estimator *estimator, struct estimates *out)
{
    *out = (struct estimates){.pairs = estimator->n_pairs};
    estimate_all(estimator, out);
    for (size_t i = 0; i < estimator->n_estimates; i++) {
        struct estimate *estimate = &estimator->estimates[i];
        estimate->in_one = (estimate->in_one + WHOLE / 2) / WHOLE;
        estimate->in_two = (estimate->in_two + WHOLE / 2) / WHOLE;
    }
    if (estimator->n_estimates)
        qsort(estimator->estimates, estimator->n_estimates, sizeof *estimator->estimates,
              compare_estimates);
    out->items = estimator->estimates;
    out->n = estimator->n_estimates;
}
