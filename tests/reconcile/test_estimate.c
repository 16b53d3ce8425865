#include <CUnit/CUnit.h>
#include <string.h>

#include "reconcile/estimate.h"
#include "sample.h"

void suite_estimate(void);

static void logarithms(void)
{
    CU_ASSERT_EQUAL(log2_ratio(1, 1), 0);
    CU_ASSERT_EQUAL(log2_ratio(8, 1), 3000);
    CU_ASSERT_EQUAL(log2_ratio(1, 8), -3000);
    CU_ASSERT_EQUAL(log2_ratio(3, 2), 584);
    CU_ASSERT_EQUAL(log2_ratio(10, 3), 1736);
    CU_ASSERT_EQUAL(log2_ratio(UINT64_MAX, 1), 63999);
    CU_ASSERT_EQUAL(log2_ratio(UINT64_MAX, UINT64_MAX - 1), 0);
}

static void shares(void)
{
    CU_ASSERT_EQUAL(share_of(0), 32768);
    CU_ASSERT_EQUAL(share_of(1000), 43691);
    CU_ASSERT_EQUAL(share_of(-1000), 21845);
    CU_ASSERT_EQUAL(share_of(INT64_C(1) << 40), 65536);
    CU_ASSERT_EQUAL(share_of(-(INT64_C(1) << 40)), 0);
    for (int bits = -20000; bits < 20000; bits += 7)
        CU_ASSERT(share_of(bits) <= share_of(bits + 7));
}

static const struct estimate *find(const struct estimates *found, const char *term, int32_t now)
{
    for (size_t i = 0; i < found->n; i++)
        if (strcmp(found->items[i].term, term) == 0 && found->items[i].now == now)
            return &found->items[i];
    return NULL;
}

/* Three reports of one strike with equal tolls, three of another of that day and town with others:
 * six pairs of one strike, nine of two. */
static void labels_are_counted(void)
{
    struct event_row events[6];
    struct event_claim claims[6];
    int64_t labels[6];
    for (int i = 0; i < 6; i++) {
        events[i] = event_of(i + 1, 19, 8);
        claims[i] = claim_of("killed", i < 3 ? 3 : 4, 1, "police");
        claims_give(&events[i], &claims[i], 1);
        labels[i] = i < 3 ? 11 : 22;
    }
    struct arena arena;
    struct estimator *estimator;
    struct estimates found;
    struct error err = {0};
    arena_init(&arena, (size_t)64 << 20);
    CU_ASSERT_EQUAL_FATAL(estimator_new(&estimator, &arena, weights_default(), true, &err), 0);
    CU_ASSERT_EQUAL_FATAL(estimator_add(estimator, events, 6, labels, &err), 0);
    estimator_finish(estimator, &found);
    CU_ASSERT_EQUAL(found.pairs, 15);
    CU_ASSERT_EQUAL(found.one, 6);
    CU_ASSERT_EQUAL(found.two, 9);
    CU_ASSERT_EQUAL(found.rounds, 0);
    int32_t equal = weight_by_size(weights_default()->equal_toll, 3);
    const struct estimate *agree = find(&found, "killed agree", equal);
    CU_ASSERT_PTR_NOT_NULL_FATAL(agree);
    CU_ASSERT_EQUAL(agree->in_one, 6);
    CU_ASSERT_EQUAL(agree->in_two, 0);
    /* (6 + 1/2) of 7 against (0 + 1/2) of 10: 4.2 bits. */
    CU_ASSERT_EQUAL(agree->found, log2_ratio(13, 14) - log2_ratio(1, 20));
    const struct estimate *day = find(&found, "same day", weights_default()->same_day);
    CU_ASSERT_PTR_NOT_NULL_FATAL(day);
    CU_ASSERT(day->found > -200 && day->found < 200); /* all are of that day: it tells nothing */
    arena_free(&arena);
}

/* An unlabelled event makes no pair. */
static void unlabelled_events_are_left_out(void)
{
    struct event_row events[3] = {event_of(1, 19, 8), event_of(2, 19, 9), event_of(3, 19, 10)};
    const int64_t labels[3] = {5, 0, 5};
    struct arena arena;
    struct estimator *estimator;
    struct estimates found;
    struct error err = {0};
    arena_init(&arena, (size_t)64 << 20);
    CU_ASSERT_EQUAL_FATAL(estimator_new(&estimator, &arena, weights_default(), true, &err), 0);
    CU_ASSERT_EQUAL_FATAL(estimator_add(estimator, events, 3, labels, &err), 0);
    estimator_finish(estimator, &found);
    CU_ASSERT_EQUAL(found.pairs, 1);
    CU_ASSERT_EQUAL(found.one, 1);
    arena_free(&arena);
}

/* Without labels a stream's strikes are found again, nearly as with them; twice the same. */
static void found_without_labels(void)
{
    struct arena arena;
    struct error err = {0};
    struct estimates found[2];
    arena_init(&arena, (size_t)1 << 30);
    struct event_row *events = stream_of(&arena, 3, 1500, 60);
    for (int i = 0; i < 2; i++) {
        struct estimator *estimator;
        CU_ASSERT_EQUAL_FATAL(estimator_new(&estimator, &arena, weights_default(), false, &err), 0);
        CU_ASSERT_EQUAL_FATAL(estimator_add(estimator, events, 1500, NULL, &err), 0);
        estimator_finish(estimator, &found[i]);
    }
    CU_ASSERT(found[0].rounds > 0);
    CU_ASSERT(found[0].one > 1000 && found[0].two > 100);
    const struct estimate *many = find(&found[0], "shared words", 11500);
    CU_ASSERT_PTR_NOT_NULL_FATAL(many);
    CU_ASSERT(many->found > 1000);
    CU_ASSERT(many->in_one > 9 * many->in_two);
    CU_ASSERT_EQUAL_FATAL(found[0].n, found[1].n);
    for (size_t i = 0; i < found[0].n; i++)
        CU_ASSERT_EQUAL(found[0].items[i].found, found[1].items[i].found);
    arena_free(&arena);
}

void suite_estimate(void)
{
    CU_pSuite suite = CU_add_suite("estimate", NULL, NULL);
    CU_add_test(suite, "logarithms", logarithms);
    CU_add_test(suite, "shares", shares);
    CU_add_test(suite, "labels are counted", labels_are_counted);
    CU_add_test(suite, "unlabelled events are left out", unlabelled_events_are_left_out);
    CU_add_test(suite, "found without labels", found_without_labels);
}
