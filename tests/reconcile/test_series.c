#include <CUnit/CUnit.h>
#include <stdio.h>

#include "reconcile/series.h"
#include "sample.h"

void suite_series(void);

/* The killed of a timeline as "16 25 34". */
static void killed_of(const struct event_row *events, const struct incident *incident, char *out,
                      size_t size)
{
    struct arena arena;
    struct toll_step *steps;
    size_t n, used = 0;
    arena_init(&arena, 1 << 20);
    out[0] = '\0';
    CU_ASSERT_FATAL(toll_series(&arena, weights_default(), events, incident, &steps, &n, NULL) ==
                    0);
    for (size_t i = 0; i < n; i++)
        if (slice_is(steps[i].measure.field, "killed"))
            used += (size_t)snprintf(out + used, size - used, "%s%lld", used ? " " : "",
                                     (long long)steps[i].best);
    arena_free(&arena);
}

static void rises_as_reports_do(void)
{
    static const int64_t tolls[] = {16, 16, 12, 25, 34};
    struct event_row events[5];
    struct event_claim claims[5];
    char have[64];
    for (int i = 0; i < 5; i++) {
        events[i] = event_of(i + 1, 19, 8 + 2 * i);
        claims[i] = claim_of("killed", tolls[i], tolls[i] == 12 ? 7 : 1, "police");
        claims_give(&events[i], &claims[i], 1);
    }
    struct sample sample;
    sample_run(&sample, events, 5, NULL, 0);
    CU_ASSERT_EQUAL_FATAL(sample.n, 1);
    killed_of(events, &sample.incidents[0], have, sizeof have);
    /* A lower word opens the range, and is a step of its own. */
    CU_ASSERT_STRING_EQUAL(have, "16 16 25 34");
    sample_end(&sample);
    /* All said at one time: no timeline. */
    sample_run(&sample, events, 1, NULL, 0);
    killed_of(events, &sample.incidents[0], have, sizeof have);
    CU_ASSERT_STRING_EQUAL(have, "");
    sample_end(&sample);
}

void suite_series(void)
{
    CU_pSuite suite = CU_add_suite("series", NULL, NULL);
    CU_add_test(suite, "rises as reports do", rises_as_reports_do);
}
