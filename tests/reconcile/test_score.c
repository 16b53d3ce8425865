#include <CUnit/CUnit.h>

#include "extract/event.h"
#include "reconcile/reconcile.h"
#include "sample.h"

void suite_score(void);

static struct pair_score score_of(const struct event_row *a, const struct event_row *b)
{
    struct pair_score score;
    score_pair(weights_default(), a, b, &score);
    return score;
}

static bool has_term(const struct pair_score *score, const char *name)
{
    for (int i = 0; i < score->n_terms; i++)
        if (slice_is(slice_of(score->terms[i].name), name))
            return true;
    return false;
}

/* The words shown are those the score went by: their bits give its term's weight. */
static bool words_explain(const struct event_row *a, const struct event_row *b,
                          const struct pair_score *score)
{
    const struct weights *w = weights_default();
    struct shared_word words[64];
    size_t n = shared_words(a, b, words, 64);
    int64_t bits = 0;
    for (size_t i = 0; i < n; i++)
        bits += words[i].bits;
    if (slice_equal(a->outlet, b->outlet))
        bits = bits * w->same_outlet_percent / 100;
    for (int t = 0; t < score->n_terms; t++)
        if (slice_is(slice_of(score->terms[t].name), "shared words") ||
            slice_is(slice_of(score->terms[t].name), "other words"))
            return score->terms[t].weight == weight_by_size(w->shared_words, bits);
    return n == 0 || score->n_terms < SCORE_MAX_TERMS;
}

static void symmetric_and_explained(void)
{
    struct arena arena;
    arena_init(&arena, (size_t)1 << 28);
    struct event_row *events = stream_of(&arena, 5, 300, 5);
    bool fine = true;
    for (size_t i = 0; i < 300; i++) {
        for (size_t j = 0; j < i; j++) {
            struct pair_score ab = score_of(&events[i], &events[j]);
            struct pair_score ba = score_of(&events[j], &events[i]);
            int32_t sum = 0;
            fine = fine && ab.total == ba.total && ab.forbidden == ba.forbidden &&
                   ab.n_terms == ba.n_terms;
            for (int t = 0; t < ab.n_terms; t++) {
                sum += ab.terms[t].weight;
                fine = fine && slice_is(slice_of(ab.terms[t].name), ba.terms[t].name);
            }
            fine = fine && sum == ab.total && (ab.n_terms > 0 || ab.total == 0);
            fine = fine && words_explain(&events[i], &events[j], &ab);
        }
    }
    CU_ASSERT(fine);
    arena_free(&arena);
}

static void a_village_says_more_than_a_capital(void)
{
    struct event_row a = event_of(1, 19, 8), b = event_of(2, 19, 9);
    a.population = b.population = 3000;
    int32_t village = score_of(&a, &b).total;
    a.population = b.population = 2900000;
    CU_ASSERT(village > score_of(&a, &b).total + 2000);
}

static void what_forbids(void)
{
    struct event_row a = event_of(1, 19, 8), b = event_of(2, 19, 9), c = event_of(3, 21, 9);
    struct event_row wave = wave_of_night(4, 19, 9);
    struct pair_score score = score_of(&a, &c);
    CU_ASSERT(score.forbidden && has_term(&score, "days apart"));
    score = score_of(&a, &wave);
    CU_ASSERT(score.forbidden && has_term(&score, "a wave is no site"));
    place_settlement(&b, "g:2", "UA.22", 4955, 2600, 1000); /* 29 km east */
    score = score_of(&a, &b);
    CU_ASSERT(score.forbidden && has_term(&score, "far apart"));
    place_settlement(&b, "g:2", "UA.22", 4955, 2575, 1000); /* 11 km */
    score = score_of(&a, &b);
    CU_ASSERT(!score.forbidden && has_term(&score, "near"));
    place_region(&b, "UA.07");
    score = score_of(&a, &b);
    CU_ASSERT(score.forbidden && has_term(&score, "other region"));
    struct event_row own = event_of(5, 19, 8);
    own.report_id = a.report_id;
    CU_ASSERT_FALSE(score_of(&a, &own).forbidden);
    night_of(&own, 20);
    CU_ASSERT(score_of(&a, &own).forbidden);
    b = event_of(6, 19, 9);
    undate(&b);
    b.said_at = at(2025, 11, 16, 9);
    score = score_of(&a, &b);
    CU_ASSERT(score.forbidden && has_term(&score, "told before it happened"));
}

static int32_t with_tolls(int64_t early, int64_t late)
{
    struct event_row a = event_of(1, 19, 8), b = event_of(2, 19, 20);
    struct event_claim x = claim_of("killed", early, 1, "police"),
                       y = claim_of("killed", late, 1, "police");
    claims_give(&a, &x, 1);
    claims_give(&b, &y, 1);
    return score_of(&a, &b).total;
}

static void tolls_rise(void)
{
    CU_ASSERT(with_tolls(25, 25) > with_tolls(25, 26));
    CU_ASSERT(with_tolls(25, 26) > with_tolls(25, 40));
    CU_ASSERT(with_tolls(25, 40) > with_tolls(40, 25));
    CU_ASSERT(with_tolls(40, 25) > with_tolls(40, 5));
    CU_ASSERT(with_tolls(25, 25) > with_tolls(1, 1));
    CU_ASSERT(with_tolls(INT64_MAX, INT64_MAX - 1) > 0); /* and no overflow */
}

static void an_implied_day_is_no_day(void)
{
    struct event_row a = event_of(1, 19, 8), b = event_of(2, 21, 9);
    b.date_implied = true;
    CU_ASSERT_FALSE(score_of(&a, &b).forbidden);
    b.date_implied = false;
    CU_ASSERT(score_of(&a, &b).forbidden);
}

/* One day ends where the next begins: that is no meeting. A night does reach into two days. */
static void days_that_touch(void)
{
    struct event_row a = event_of(1, 19, 8), b = event_of(2, 20, 9);
    struct pair_score score = score_of(&a, &b);
    CU_ASSERT_EQUAL(a.end, b.start);
    CU_ASSERT(has_term(&score, "next day"));
    night_of(&b, 20);
    score = score_of(&a, &b);
    CU_ASSERT(has_term(&score, "nights meet"));
}

void suite_score(void)
{
    CU_pSuite suite = CU_add_suite("score", NULL, NULL);
    CU_add_test(suite, "symmetric, and the terms add up", symmetric_and_explained);
    CU_add_test(suite, "a village says more than a capital", a_village_says_more_than_a_capital);
    CU_add_test(suite, "what no weight outweighs", what_forbids);
    CU_add_test(suite, "days that touch", days_that_touch);
    CU_add_test(suite, "tolls rise with time", tolls_rise);
    CU_add_test(suite, "the day of publication is no date", an_implied_day_is_no_day);
}
