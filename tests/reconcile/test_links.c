#include <CUnit/CUnit.h>

#include "extract/event.h"
#include "reconcile/links.h"
#include "sample.h"

void suite_links(void);

static struct arena arena, scratch;

static void links_of(const struct event_row *events, struct incident *incident, int32_t **links)
{
    CU_ASSERT_EQUAL_FATAL(
        incident_links(&arena, &scratch, weights_default(), events, incident, links, NULL), 0);
}

static void start(void)
{
    arena_init(&arena, 1 << 20);
    arena_init(&scratch, 1 << 20);
}

static void stop(void)
{
    arena_free(&arena);
    arena_free(&scratch);
}

/* The closest other member counts, less the threshold of clustering. */
static void by_the_closest(void)
{
    struct event_row events[3];
    size_t members[] = {0, 1, 2};
    int32_t *links;
    struct pair_score near, far, ends;
    for (int i = 0; i < 3; i++)
        events[i] = event_of(i + 1, 19, 8 + i);
    place_settlement(&events[2], "g:1", "UA.07", 5000, 3600, 100000);
    const struct weights *weights = weights_default();
    score_pair(weights, &events[0], &events[1], &near);
    score_pair(weights, &events[1], &events[2], &far);
    score_pair(weights, &events[0], &events[2], &ends);
    CU_ASSERT(near.total > far.total);
    struct incident incident = {.scope = SCOPE_SITE, .events = members, .n_events = 3};
    links_of(events, &incident, &links);
    CU_ASSERT_EQUAL(links[0], near.total - weights->link);
    CU_ASSERT_EQUAL(links[1], near.total - weights->link);
    CU_ASSERT_EQUAL(links[2], (far.total > ends.total ? far.total : ends.total) - weights->link);
}

/* One without a day is held to what attaching takes. */
static void vague_by_its_own_measure(void)
{
    struct event_row events[2] = {event_of(1, 19, 8), event_of(2, 19, 9)};
    size_t members[] = {0, 1};
    int32_t *links;
    struct pair_score score;
    undate(&events[1]);
    const struct weights *weights = weights_default();
    score_pair(weights, &events[0], &events[1], &score);
    struct incident incident = {.scope = SCOPE_SITE, .events = members, .n_events = 2};
    links_of(events, &incident, &links);
    CU_ASSERT_EQUAL(links[0], score.total - weights->link);
    CU_ASSERT_EQUAL(links[1], score.total - weights->attach);
}

static void alone(void)
{
    struct event_row events[2] = {wave_of_night(1, 19, 8), wave_of_night(2, 19, 9)};
    size_t members[] = {0, 1};
    int32_t *links;
    struct incident one = {.scope = SCOPE_SITE, .events = members, .n_events = 1};
    links_of(events, &one, &links);
    CU_ASSERT_EQUAL(links[0], LINK_ALONE);
    struct incident wave = {.scope = events[0].scope, .events = members, .n_events = 2};
    links_of(events, &wave, &links);
    CU_ASSERT_EQUAL(links[0], LINK_ALONE);
    CU_ASSERT_EQUAL(links[1], LINK_ALONE);
}

void suite_links(void)
{
    CU_pSuite suite = CU_add_suite_with_setup_and_teardown("links", NULL, NULL, start, stop);
    CU_add_test(suite, "by the closest member", by_the_closest);
    CU_add_test(suite, "a vague event by its own measure", vague_by_its_own_measure);
    CU_add_test(suite, "nobody to be joined with", alone);
}
