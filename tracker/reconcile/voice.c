#include "reconcile/voice.h"

#include <stdlib.h>

#include "extract/event.h"
#include "reconcile/families.h"

/* The first printing of a text: of a body as it is (`id` its copy_family), or of a family. */
struct printing {
    int64_t id;
    instant said;
    struct slice outlet;
};

int measure_compare(const struct measure *a, const struct measure *b)
{
    int order = slice_compare(a->field, b->field);
    return order ? order : slice_compare(a->part, b->part);
}

/* Known times in order, unknown ones behind. */
static int compare_known_first(instant a, instant b)
{
    if ((a == INSTANT_NONE) != (b == INSTANT_NONE))
        return a == INSTANT_NONE ? 1 : -1;
    return (a > b) - (a < b);
}

static int compare_printings(const void *x, const void *y)
{
    const struct printing *a = x, *b = y;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    int order = compare_known_first(a->said, b->said);
    return order ? order : slice_compare(a->outlet, b->outlet);
}

static int compare_printing_id(const void *x, const void *y)
{
    const struct printing *a = x, *b = y;
    return (a->id > b->id) - (a->id < b->id);
}

/* The first printings of the events' texts, by id; `ids` runs parallel to `events`. */
static struct printing *printings_of(const struct work *work, struct arena *arena,
                                     const uint32_t *events, const int64_t *ids, size_t n,
                                     size_t *n_printings)
{
    struct printing *list = ARENA_ARRAY(arena, struct printing, n);
    if (!list)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const struct event_row *row = work_event(work, events[i]);
        list[i] = (struct printing){ids[i], row->said_at, row->outlet};
    }
    qsort(list, n, sizeof *list, compare_printings);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!kept || list[kept - 1].id != list[i].id)
            list[kept++] = list[i];
    *n_printings = kept;
    return list;
}

static const struct printing *printing_find(const struct printing *list, size_t n, int64_t id)
{
    const struct printing key = {.id = id};
    return bsearch(&key, list, n, sizeof key, compare_printing_id);
}

/* A count is not negative, whatever a row says. */
static int64_t count_or_zero(int64_t number)
{
    return number == COUNT_OPEN || number >= 0 ? number : 0;
}

/* A body speaks when it first appeared, a family with the voice of its first outlet. */
static void word_make(const struct weights *w, const struct event_claim *claim,
                      const struct printing *body, const struct printing *family, struct word *out)
{
    uint8_t q = claim->qualifier;
    *out = (struct word){
        .claim = claim,
        .voice = claim->claimant.len ? claim->claimant : family->outlet,
        .family = family->id,
        .low = count_or_zero(claim->low),
        .best = q == QUALIFIER_VAGUE ? COUNT_OPEN : count_or_zero(claim->best),
        .high = count_or_zero(claim->high),
        .said = body->said,
        .rank = claim->unverified ? w->worst_rank : claim->rank,
        .exact = q == QUALIFIER_EXACT || q == QUALIFIER_NONE,
        .bound = q == QUALIFIER_AT_LEAST || q == QUALIFIER_MORE_THAN,
        .rounded = q == QUALIFIER_ABOUT || q == QUALIFIER_RANGE,
        .pinned = claim->pinned,
    };
}

static int compare_numbers(const struct word *a, const struct word *b)
{
    if (a->best != b->best)
        return a->best < b->best ? -1 : 1;
    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    return (a->high > b->high) - (a->high < b->high);
}

/* A voice without a name is its text. */
static int compare_voices(const struct word *a, const struct word *b)
{
    int order = measure_compare(&a->claim->measure, &b->claim->measure);
    if (!order)
        order = a->claim->enemy - b->claim->enemy;
    if (!order)
        order = slice_compare(a->voice, b->voice);
    if (!order && !a->voice.len && a->family != b->family)
        order = a->family < b->family ? -1 : 1;
    return order;
}

static int compare_by_number(const void *x, const void *y)
{
    const struct word *a = x, *b = y;
    int order = compare_voices(a, b);
    if (!order)
        order = compare_numbers(a, b);
    if (!order)
        order = a->claim->qualifier - b->claim->qualifier;
    if (!order)
        order = compare_known_first(a->said, b->said);
    if (!order && a->family != b->family)
        order = a->family < b->family ? -1 : 1;
    if (!order && a->rank != b->rank)
        order = a->rank - b->rank;
    return order ? order
                 : (a->claim->claim_id > b->claim->claim_id) -
                       (a->claim->claim_id < b->claim->claim_id);
}

static int compare_by_voice_time(const void *x, const void *y)
{
    const struct word *a = x, *b = y;
    int order = compare_voices(a, b);
    if (!order)
        order = (a->said > b->said) - (a->said < b->said);
    if (!order)
        order = compare_numbers(a, b);
    return order ? order
                 : (a->claim->claim_id > b->claim->claim_id) -
                       (a->claim->claim_id < b->claim->claim_id);
}

static int compare_by_time(const void *x, const void *y)
{
    const struct word *a = x, *b = y;
    int order = measure_compare(&a->claim->measure, &b->claim->measure);
    if (!order)
        order = a->claim->enemy - b->claim->enemy;
    if (!order)
        order = (a->said > b->said) - (a->said < b->said);
    if (!order)
        order = b->rank - a->rank;
    if (!order)
        order = compare_numbers(a, b);
    return order ? order
                 : (a->claim->claim_id > b->claim->claim_id) -
                       (a->claim->claim_id < b->claim->claim_id);
}

/* Repeating a number is no new word: each is dated by when its voice said it first. Copies of a
 * text fall together. */
static void words_settle(struct words *words)
{
    struct word *w = words->items;
    if (words->n == 0)
        return;
    qsort(w, words->n, sizeof *w, compare_by_number);
    size_t kept = 1;
    for (size_t i = 1; i < words->n; i++) {
        const struct word *before = &w[kept - 1];
        bool repeated = compare_voices(before, &w[i]) == 0 && compare_numbers(before, &w[i]) == 0 &&
                        before->claim->qualifier == w[i].claim->qualifier;
        if (repeated && before->family == w[i].family) {
            if (w[i].pinned > before->pinned) {
                w[kept - 1].pinned = w[i].pinned;
                w[kept - 1].claim = w[i].claim;
            }
            continue;
        }
        if (repeated)
            w[i].said = before->said;
        w[kept++] = w[i];
    }
    words->n = kept;
    qsort(w, kept, sizeof *w, compare_by_voice_time);
    for (size_t i = 0; i < kept; i++)
        w[i].latest = i + 1 == kept || compare_voices(&w[i], &w[i + 1]) != 0;
    qsort(w, kept, sizeof *w, compare_by_time);
}

int words_of(const struct work *work, struct arena *arena, const uint32_t *events, size_t n,
             struct words *out, struct error *err)
{
    size_t n_bodies = 0, n_families = 0, most = 0;
    int64_t *bodies = ARENA_ARRAY(arena, int64_t, n), *families = ARENA_ARRAY(arena, int64_t, n);
    if (!bodies || !families)
        return arena_full(arena, err);
    if (families_among(work, arena, events, n, families, err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        bodies[i] = work_event(work, events[i])->copy_family;
        most += work_event(work, events[i])->n_claims;
    }
    const struct printing *first = printings_of(work, arena, events, bodies, n, &n_bodies);
    const struct printing *firsts = printings_of(work, arena, events, families, n, &n_families);
    *out = (struct words){ARENA_ARRAY(arena, struct word, most), 0};
    if (!first || !firsts || !out->items)
        return arena_full(arena, err);
    for (size_t i = 0; i < n; i++) {
        const struct event_row *row = work_event(work, events[i]);
        for (size_t j = 0; j < row->n_claims; j++)
            word_make(work->weights, &row->claims[j], printing_find(first, n_bodies, bodies[i]),
                      printing_find(firsts, n_families, families[i]), &out->items[out->n++]);
    }
    words_settle(out);
    return 0;
}
