#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "extract/event.h"
#include "sample.h"

void suite_reconcile(void);

#define GIVE(event, ...)                                             \
    claims_give(&(event), (const struct event_claim[]){__VA_ARGS__}, \
                sizeof((const struct event_claim[]){__VA_ARGS__}) / sizeof(struct event_claim))

static int compare_digests(const void *x, const void *y)
{
    return memcmp(x, y, sizeof(struct digest));
}

/* All contents of a run, sorted: equal runs give equal bytes whatever the order. */
static struct digest contents_of(const struct sample *sample)
{
    struct digest *all = calloc(sample->n + 1, sizeof *all);
    CU_ASSERT_FATAL(all != NULL);
    for (size_t i = 0; i < sample->n; i++)
        all[i] = sample->incidents[i].content;
    qsort(all, sample->n, sizeof *all, compare_digests);
    struct digest result = digest_bytes(all, sample->n * sizeof *all);
    free(all);
    return result;
}

static void shuffle(uint64_t *seed, struct event_row *events, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = random_below(seed, (uint32_t)i);
        struct event_row kept = events[i - 1];
        events[i - 1] = events[j];
        events[j] = kept;
    }
}

/* Figures keep low <= best <= high, events stand in exactly one incident, digests do not depend on
 * order. */
static void check_shape(const struct sample *sample, const struct event_row *events, size_t n)
{
    size_t members = 0;
    bool *seen = calloc(n, sizeof *seen), fine = seen != NULL;
    for (size_t i = 0; fine && i < sample->n; i++) {
        const struct incident *incident = &sample->incidents[i];
        for (size_t j = 0; j < incident->n_events; j++, members++) {
            fine = fine && !seen[incident->events[j]];
            seen[incident->events[j]] = true;
            fine = fine && (j == 0 || events[incident->events[j - 1]].event_id <
                                          events[incident->events[j]].event_id);
        }
        for (size_t j = 0; j < incident->n_figures; j++) {
            const struct figure *f = &incident->figures[j];
            bool open = f->best == COUNT_OPEN;
            fine = fine && (open || f->low == COUNT_OPEN || f->low <= f->best);
            fine = fine && (open || f->high == COUNT_OPEN || f->high >= f->best);
            fine = fine && f->rule.len > 0 && f->n_claim_ids > 0;
        }
    }
    CU_ASSERT(fine);
    CU_ASSERT(members == n);
    free(seen);
}

static void order_does_not_matter(void)
{
    struct arena arena;
    arena_init(&arena, (size_t)1 << 30);
    for (uint64_t seed = 1; seed <= 4; seed++) {
        uint64_t random = seed;
        size_t n = 400;
        /* The fewer days, the denser: strikes of one town fall on neighbouring days. */
        struct event_row *events = stream_of(&arena, seed, n, seed % 2 ? 4 : 90);
        struct sample sample;
        sample_run(&sample, events, n, NULL, 0);
        check_shape(&sample, events, n);
        CU_ASSERT(sample.n > 20 && sample.n < n * 3 / 4);
        struct digest first = contents_of(&sample);
        sample_end(&sample);
        for (int round = 0; round < 50; round++) {
            shuffle(&random, events, n);
            sample_run(&sample, events, n, NULL, 0);
            struct digest again = contents_of(&sample);
            CU_ASSERT_FATAL(memcmp(&first, &again, sizeof first) == 0);
            sample_end(&sample);
        }
    }
    arena_free(&arena);
}

/* The facts of the strike on Ternopil of 19 November 2025, as reports gave them one after the
 * other. */
#define SERIES 12
static size_t ternopil(struct event_row *events, int64_t *killed)
{
    static const struct {
        int day, hour;
        int64_t killed;
        uint8_t rank;
        const char *claimant;
        int64_t stands;
    } steps[SERIES] = {{19, 5, -10, 7, "", 10},
                       {19, 7, 12, 7, "", 12},
                       {19, 10, 16, 1, "National Police", 16},
                       {19, 11, 19, 6, "Reuters", 19},
                       {19, 14, 25, 5, "interior minister", 25},
                       {19, 18, 25, 1, "rescue service", 25},
                       {20, 7, 26, 4, "president", 26},
                       {20, 20, 28, 1, "rescue service", 28},
                       {23, 8, 34, 3, "deputy head of the region", 34},
                       {28, 9, 35, 1, "police", 35},
                       {30, 9, 38, 1, "regional police chief", 38},
                       {30, 12, 38, 6, "Reuters", 38}};
    for (int i = 0; i < SERIES; i++) {
        int64_t n = steps[i].killed;
        struct event_claim claim =
            n < 0 ? claim_at_least("killed", -n, steps[i].rank, steps[i].claimant)
                  : claim_of("killed", n, steps[i].rank, steps[i].claimant);
        events[i] = event_of(i + 1, steps[i].day, steps[i].hour);
        night_of(&events[i], 19);
        GIVE(events[i], claim);
        killed[i] = steps[i].stands;
    }
    /* 8 December; the last but one and the last say no more than the region and the month. */
    for (int i = SERIES - 2; i < SERIES; i++)
        events[i].said_at = at(2025, 12, 8, 9 + i);
    events[SERIES - 2].date_precision = WHEN_MONTH;
    events[SERIES - 2].local_date = DAY_NONE;
    events[SERIES - 2].start = at(2025, 10, 31, 22);
    events[SERIES - 2].end = at(2025, 11, 30, 22);
    place_region(&events[SERIES - 2], "UA.22");
    /* At noon the police and the head of the region spoke in one article. */
    GIVE(events[2], claim_of("killed", 16, 1, "National Police"),
         claim_at_least("killed", 13, 3, "head of the region"),
         claim_of("wounded", 64, 1, "National Police"));
    /* A part of the 25, and an outlet that took it for the total an hour later. */
    GIVE(events[4], claim_of("killed", 25, 5, "interior minister"),
         claim_of("killed/burned", 19, 5, "interior minister"),
         claim_of("missing", 25, 5, "interior minister"));
    return SERIES;
}

static void ternopil_rises(void)
{
    struct event_row events[SERIES + 1];
    int64_t killed[SERIES], before = 0;
    size_t n = ternopil(events, killed);
    for (size_t i = 1; i <= n; i++) {
        struct sample sample;
        sample_run(&sample, events, i, NULL, 0);
        CU_ASSERT_EQUAL(sample.n, 1);
        int64_t now = best_of(incident_with(&sample, events, 1), "killed");
        CU_ASSERT_EQUAL(now, killed[i - 1]);
        CU_ASSERT(now >= before);
        before = now;
        sample_end(&sample);
    }
}

static void part_never_becomes_total(void)
{
    struct event_row events[SERIES + 1];
    int64_t killed[SERIES];
    size_t n = ternopil(events, killed);
    events[n] = event_of(99, 19, 15);
    night_of(&events[n], 19);
    GIVE(events[n], claim_of("killed", 19, 7, ""));
    struct sample sample;
    sample_run(&sample, events, n + 1, NULL, 0);
    const struct incident *incident = incident_with(&sample, events, 99);
    CU_ASSERT_EQUAL(sample.n, 1);
    CU_ASSERT_EQUAL(best_of(incident, "killed"), 38);
    CU_ASSERT_EQUAL(best_of(incident, "killed/burned"), 19);
    CU_ASSERT_EQUAL(incident->grading, GRADING_CONFIRMED);
    sample_end(&sample);
    /* Without what came after the minister's 25, it is a lower account and nothing more. */
    struct event_row two[2] = {events[4], events[n]};
    sample_run(&sample, two, 2, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 1);
    CU_ASSERT_EQUAL(best_of(&sample.incidents[0], "killed"), 25);
    CU_ASSERT_EQUAL(sample_figure(&sample.incidents[0], "killed")->low, 19);
    sample_end(&sample);
}

/* Two cities of one night, told by one report and by two. */
static void two_cities_stay_two(void)
{
    struct event_row events[4] = {event_of(1, 19, 8), event_of(2, 19, 8), event_of(3, 19, 9),
                                  event_of(4, 19, 9)};
    events[1].report_id = events[0].report_id;
    events[1].rank = 2;
    place_settlement(&events[1], "g:706483", "UA.07", 4998, 3623, 1430000);
    place_settlement(&events[3], "g:706483", "UA.07", 4998, 3623, 1430000);
    for (int i = 0; i < 4; i++)
        GIVE(events[i], claim_of("killed", 5, 1, "police"));
    struct sample sample;
    sample_run(&sample, events, 4, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 2);
    CU_ASSERT_PTR_EQUAL(incident_with(&sample, events, 1), incident_with(&sample, events, 3));
    CU_ASSERT_PTR_EQUAL(incident_with(&sample, events, 2), incident_with(&sample, events, 4));
    CU_ASSERT_EQUAL(incident_with(&sample, events, 1)->n_reports, 2);
    sample_end(&sample);
}

static void next_day_stays_another(void)
{
    struct event_row events[2] = {event_of(1, 19, 20), event_of(2, 20, 20)};
    GIVE(events[0], claim_of("killed", 2, 1, "police"), claim_of("wounded", 7, 1, "police"));
    GIVE(events[1], claim_of("killed", 1, 1, "police"), claim_of("wounded", 9, 1, "police"));
    struct sample sample;
    sample_run(&sample, events, 2, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 2);
    sample_end(&sample);
    /* The same tolls a day on are the same strike, dated by the day it was told. */
    GIVE(events[0], claim_of("killed", 14, 1, "police"), claim_of("wounded", 37, 1, "police"));
    GIVE(events[1], claim_of("killed", 14, 1, "police"), claim_of("wounded", 37, 1, "police"));
    sample_run(&sample, events, 2, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 1);
    sample_end(&sample);
    /* So are tolls that rose a little. */
    GIVE(events[1], claim_of("killed", 15, 1, "police"), claim_of("wounded", 38, 1, "police"));
    sample_run(&sample, events, 2, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 1);
    CU_ASSERT_EQUAL(sample.incidents[0].local_date, events[0].local_date);
    sample_end(&sample);
}

/* B fits A and C, which are two days apart: it joins one, and never makes them one. */
static void forbidden_pairs_stay_apart(void)
{
    struct event_row events[3] = {event_of(1, 19, 20), event_of(2, 21, 20), event_of(3, 21, 21)};
    events[2].date_implied = true;
    for (int i = 0; i < 3; i++)
        GIVE(events[i], claim_of("killed", 40, 1, "police"), claim_of("wounded", 90, 1, "police"));
    struct sample sample;
    sample_run(&sample, events, 3, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 2);
    CU_ASSERT_PTR_NOT_EQUAL(incident_with(&sample, events, 1), incident_with(&sample, events, 2));
    sample_end(&sample);
}

/* The closest place told, whoever tells it; the day that most texts give. */
static void closest_place_and_commonest_day(void)
{
    struct event_row events[4] = {event_of(1, 20, 8), event_of(2, 19, 9), event_of(3, 20, 9),
                                  event_of(4, 20, 12)};
    for (int i = 0; i < 4; i++)
        GIVE(events[i], claim_of("killed", 40, 1, "police"), claim_of("wounded", 90, 1, "police"));
    place_region(&events[0], "UA.22");
    night_of(&events[3], 20);
    struct sample sample;
    sample_run(&sample, events, 4, NULL, 0);
    CU_ASSERT_EQUAL_FATAL(sample.n, 1);
    CU_ASSERT_EQUAL(sample.incidents[0].place_precision, PRECISION_SETTLEMENT);
    CU_ASSERT_EQUAL(sample.incidents[0].local_date, events[3].local_date);
    CU_ASSERT_EQUAL(sample.incidents[0].date_precision, WHEN_NIGHT);
    CU_ASSERT_EQUAL(sample.incidents[0].first_reported, events[1].said_at);
    CU_ASSERT_EQUAL(sample.incidents[0].n_sources, 5);
    sample_end(&sample);
}

static void copy_changes_no_figure(void)
{
    struct event_row events[3] = {event_of(1, 19, 8), event_of(2, 19, 9), event_of(3, 19, 17)};
    GIVE(events[0], claim_of("killed", 5, 7, ""));
    GIVE(events[1], claim_of("killed", 6, 6, "Reuters"));
    GIVE(events[2], claim_of("killed", 6, 6, "Reuters"));
    events[2].copy_family = events[1].copy_family;
    struct sample with, without;
    sample_run(&without, events, 2, NULL, 0);
    sample_run(&with, events, 3, NULL, 0);
    CU_ASSERT_EQUAL(without.n, 1);
    CU_ASSERT_EQUAL(with.n, 1);
    const struct figure *a = sample_figure(&without.incidents[0], "killed");
    const struct figure *b = sample_figure(&with.incidents[0], "killed");
    CU_ASSERT_EQUAL(with.incidents[0].n_reports, 3);
    CU_ASSERT_EQUAL(with.incidents[0].n_independent, 2);
    CU_ASSERT(a->low == b->low && a->best == b->best && a->high == b->high);
    CU_ASSERT(a->n_claim_ids == b->n_claim_ids && a->chosen_claim == b->chosen_claim);
    sample_end(&with);
    sample_end(&without);
}

/* Gives an event a body that is nearly the other's. */
static void nearly_copy(struct event_row *first, struct event_row *again)
{
    static uint32_t sketches[2][16];
    for (uint32_t i = 0; i < 16; i++) {
        sketches[0][i] = i * 100 + 1;
        sketches[1][i] = i % 5 == 4 ? i * 100 + 3 : i * 100 + 1;
    }
    first->sketch = sketches[0];
    again->sketch = sketches[1];
    first->n_sketch = again->n_sketch = 16;
}

/* A family is one voice also where its texts differ by some words, each printed by another outlet:
 * it speaks once, and with a new number it corrects itself instead of contradicting itself. */
static void near_copy_changes_no_figure(void)
{
    struct event_row events[3] = {event_of(1, 19, 8), event_of(2, 19, 9), event_of(3, 19, 17)};
    struct sample with, without;
    nearly_copy(&events[1], &events[2]);
    GIVE(events[0], claim_of("killed", 5, 7, ""));
    GIVE(events[1], claim_of("killed", 6, 7, ""));
    GIVE(events[2], claim_of("killed", 6, 7, ""));
    sample_run(&without, events, 2, NULL, 0);
    sample_run(&with, events, 3, NULL, 0);
    CU_ASSERT_EQUAL_FATAL(with.n, 1);
    const struct figure *a = sample_figure(&without.incidents[0], "killed");
    const struct figure *b = sample_figure(&with.incidents[0], "killed");
    CU_ASSERT(a->low == b->low && a->best == b->best && a->high == b->high);
    CU_ASSERT(a->n_claim_ids == b->n_claim_ids && a->chosen_claim == b->chosen_claim);
    sample_end(&with);
    sample_end(&without);
    GIVE(events[1], claim_of("killed", 20, 7, ""));
    GIVE(events[2], claim_of("killed", 30, 7, ""));
    sample_run(&with, events + 1, 2, NULL, 0);
    CU_ASSERT_EQUAL_FATAL(with.n, 1);
    CU_ASSERT_EQUAL(sample_figure(&with.incidents[0], "killed")->best, 30);
    CU_ASSERT_EQUAL(sample_figure(&with.incidents[0], "killed")->low, 30);
    sample_end(&with);
}

static void region_report_joins_its_town(void)
{
    struct event_row events[3] = {event_of(1, 19, 8), event_of(2, 19, 9), event_of(3, 19, 9)};
    GIVE(events[0], claim_of("killed", 5, 1, "police"));
    GIVE(events[1], claim_of("killed", 5, 6, "Reuters"));
    place_region(&events[1], "UA.22");
    struct sample sample;
    sample_run(&sample, events, 2, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 1);
    CU_ASSERT_EQUAL(sample.incidents[0].place_precision, PRECISION_SETTLEMENT);
    CU_ASSERT_EQUAL(sample.incidents[0].scope, SCOPE_SITE);
    sample_end(&sample);
    /* With two towns that fit alike it joins neither and is not summed. */
    place_settlement(&events[2], "g:1", "UA.22", 4980, 2500, 225000);
    GIVE(events[2], claim_of("killed", 5, 1, "police"));
    sample_run(&sample, events, 3, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 3);
    CU_ASSERT_FALSE(incident_with(&sample, events, 2)->in_totals);
    CU_ASSERT_FALSE(sample_figure(incident_with(&sample, events, 2), "killed")->in_totals);
    CU_ASSERT(incident_with(&sample, events, 1)->in_totals);
    sample_end(&sample);
}

static void decisions_rule(void)
{
    struct event_row events[3] = {event_of(1, 19, 8), event_of(2, 19, 9), event_of(3, 25, 9)};
    for (int i = 0; i < 3; i++)
        GIVE(events[i], claim_of("killed", 5, 1, "police"));
    const struct decision apart[] = {
        {.decision_id = 1, .kind = DECISION_DIFFERENT, .event_a = 1, .event_b = 2}};
    const struct decision same[] = {
        {.decision_id = 1, .kind = DECISION_SAME, .event_a = 1, .event_b = 3}};
    const struct decision both[] = {
        {.decision_id = 1, .kind = DECISION_SAME, .event_a = 1, .event_b = 2},
        {.decision_id = 2, .kind = DECISION_SAME, .event_a = 2, .event_b = 3},
        {.decision_id = 3, .kind = DECISION_DIFFERENT, .event_a = 3, .event_b = 1}};
    struct sample sample;
    sample_run(&sample, events, 3, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 2);
    sample_end(&sample);
    sample_run(&sample, events, 3, apart, 1);
    CU_ASSERT_EQUAL(sample.n, 3);
    sample_end(&sample);
    sample_run(&sample, events, 3, same, 1);
    CU_ASSERT_PTR_EQUAL(incident_with(&sample, events, 1), incident_with(&sample, events, 3));
    sample_end(&sample);
    sample_run(&sample, events, 3, both, 3);
    CU_ASSERT_EQUAL(sample.n, 1);
    CU_ASSERT_EQUAL(sample.stats.refused_decisions, 1);
    sample_end(&sample);
}

static void nothing_gives_nothing(void)
{
    struct sample sample;
    sample_run(&sample, NULL, 0, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 0);
    sample_end(&sample);
}

/* Two thousand tellings of one strike: beyond what is clustered pair by pair, and still one. */
static void huge_incident_stays_one(void)
{
    size_t n = 2000;
    struct event_row *events = calloc(n + 1, sizeof *events);
    static struct event_claim claims[2001][2];
    CU_ASSERT_FATAL(events != NULL);
    for (size_t i = 0; i < n; i++) {
        events[i] = event_of((int)i + 1, 19, (int)(i % 24));
        claims[i][0] = claim_of("killed", 10 + (int64_t)(i % 24), 1, "police");
        claims[i][0].claim_id = (int64_t)i + 1;
        events[i].claims = claims[i];
        events[i].n_claims = 1;
    }
    events[n] = event_of((int)n + 1, 24, 9);
    struct sample sample;
    sample_run(&sample, events, n + 1, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 2);
    CU_ASSERT_EQUAL(incident_with(&sample, events, 1)->n_events, n);
    CU_ASSERT_EQUAL(sample.stats.capped_components, 1);
    CU_ASSERT(sample.stats.capped_blocks > 0);
    sample_end(&sample);
    free(events);
}

/* A number from a small set of the worst and a few that meet. */
static int64_t wild(uint64_t *seed)
{
    static const int64_t numbers[] = {INT64_MIN, INT64_MIN + 1, -1,         0,          1,
                                      19,        20411,         1763510400, 1763596800, INT32_MIN,
                                      INT32_MAX, INT64_MAX - 1, INT64_MAX};
    return numbers[random_below(seed, sizeof numbers / sizeof *numbers)];
}

/* Rows that no extraction makes: nothing overflows (the sanitizers watch) and order still does not
 * matter. */
static void hostile_rows(void)
{
    static const char *const names[] = {"",      "g:1",    "n:a|UA", "UA",
                                        "UA.22", "killed", "drones", "missing"};
    static struct event_claim claims[60][2];
    static struct event_row events[60];
    for (uint64_t seed = 1; seed <= 60; seed++) {
        uint64_t random = seed;
        for (int i = 0; i < 60; i++) {
#define NAME slice_of(names[random_below(&random, sizeof names / sizeof *names)])
            for (int j = 0; j < 2; j++)
                claims[i][j] = (struct event_claim){i * 2 + j + 1,
                                                    {NAME, NAME},
                                                    wild(&random),
                                                    wild(&random),
                                                    wild(&random),
                                                    (uint8_t)random_below(&random, QUALIFIERS + 1),
                                                    (uint8_t)random_below(&random, 11),
                                                    random_below(&random, 2),
                                                    random_below(&random, 2),
                                                    false,
                                                    random_below(&random, 9) == 0,
                                                    NAME,
                                                    NAME,
                                                    NAME};
            events[i] = (struct event_row){
                .event_id = i + 1,
                .report_id = (int64_t)random_below(&random, 40),
                .copy_family = (int64_t)random_below(&random, 40),
                .scope = (uint8_t)random_below(&random, EVENT_SCOPES),
                .place_key = NAME,
                .country = NAME,
                .adm1_code = NAME,
                .place_precision = (uint8_t)random_below(&random, PRECISIONS),
                .lat = (int32_t)wild(&random),
                .lon = (int32_t)wild(&random),
                .population = wild(&random),
                .start = wild(&random),
                .end = wild(&random),
                .local_date = (day_number)wild(&random),
                .date_precision = (uint8_t)random_below(&random, WHEN_PRECISIONS),
                .date_implied = random_below(&random, 2),
                .said_at = wild(&random),
                .outlet = NAME,
                .claims = claims[i],
                .n_claims = 2};
#undef NAME
        }
        struct sample sample;
        sample_run(&sample, events, 60, NULL, 0);
        struct digest first = contents_of(&sample);
        sample_end(&sample);
        shuffle(&random, events, 60);
        sample_run(&sample, events, 60, NULL, 0);
        struct digest again = contents_of(&sample);
        sample_end(&sample);
        CU_ASSERT_FATAL(memcmp(&first, &again, sizeof first) == 0);
    }
}

/* The words of a report: `n` of a set that reports of one object share, and others of its own. */
static void tell_words(struct event_row *event, uint32_t object, size_t n)
{
    static uint32_t pool[64][24];
    static size_t used;
    uint32_t *words = pool[used++ % 64];
    for (size_t i = 0; i < 24; i++)
        words[i] = ((uint32_t)(i + 1) << 26) |
                   ((i < n ? object : (uint32_t)event->event_id + 1000) << 4) | 8;
    event->words = words;
    event->n_words = 24;
}

static void two_objects_of_one_night_stay_two(void)
{
    struct event_row events[4] = {event_of(1, 19, 8), event_of(2, 19, 9), event_of(3, 19, 10),
                                  event_of(4, 19, 11)};
    for (int i = 0; i < 4; i++) {
        GIVE(events[i], claim_of("killed", i % 2 ? 2 : 5, 1, "police"));
        night_of(&events[i], 19);
        tell_words(&events[i], i % 2 ? 7 : 5, 8);
    }
    struct sample sample;
    sample_run(&sample, events, 4, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 2);
    CU_ASSERT_PTR_EQUAL(incident_with(&sample, events, 1), incident_with(&sample, events, 3));
    CU_ASSERT_PTR_EQUAL(incident_with(&sample, events, 2), incident_with(&sample, events, 4));
    sample_end(&sample);
}

/* "The strike on the dormitory", three weeks on: no day, no toll but the words; two strikes on the
 * town to choose from. */
static void a_follow_up_joins_its_own(void)
{
    struct event_row events[3] = {event_of(1, 2, 8), event_of(2, 5, 9), event_of(3, 25, 10)};
    tell_words(&events[0], 5, 8);
    tell_words(&events[1], 7, 8);
    tell_words(&events[2], 5, 8);
    undate(&events[2]);
    struct sample sample;
    sample_run(&sample, events, 3, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 2);
    CU_ASSERT_PTR_EQUAL(incident_with(&sample, events, 1), incident_with(&sample, events, 3));
    sample_end(&sample);
    /* Without words it is anybody's guess, and stays apart. */
    events[2].n_words = 0;
    sample_run(&sample, events, 3, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 3);
    sample_end(&sample);
}

/* A slip in reading the day is outweighed by a text that agrees in much; three words are not much,
 * and a strike two days later stays another. */
static void words_outweigh_a_slip(void)
{
    struct event_row events[2] = {event_of(1, 19, 20), event_of(2, 22, 20)};
    struct sample sample;
    tell_words(&events[0], 5, 10);
    tell_words(&events[1], 5, 10);
    sample_run(&sample, events, 2, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 1);
    sample_end(&sample);
    tell_words(&events[0], 5, 3);
    tell_words(&events[1], 5, 3);
    sample_run(&sample, events, 2, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 2);
    sample_end(&sample);
}

/* A text printed again with another lead is one voice; a week later it is a form. */
static void near_copies_are_one_voice(void)
{
    struct event_row events[2] = {event_of(1, 19, 8), event_of(2, 19, 12)};
    nearly_copy(&events[0], &events[1]);
    for (int i = 0; i < 2; i++)
        GIVE(events[i], claim_of("killed", 14, 1, "police"));
    struct sample sample;
    sample_run(&sample, events, 2, NULL, 0);
    CU_ASSERT_EQUAL_FATAL(sample.n, 1);
    CU_ASSERT_EQUAL(sample.incidents[0].n_reports, 2);
    CU_ASSERT_EQUAL(sample.incidents[0].n_independent, 1);
    sample_end(&sample);
    events[1].said_at += 7 * 86400;
    sample_run(&sample, events, 2, NULL, 0);
    CU_ASSERT_EQUAL_FATAL(sample.n, 1);
    CU_ASSERT_EQUAL(sample.incidents[0].n_independent, 2);
    sample_end(&sample);
}

/* "Rose to 31 from 25", without a place or a day: it is the strike that had 25, of three that fit
 * alike; and the other way round a late telling of the 25 finds the strike that rose from it. */
static void a_prior_toll_finds_its_strike(void)
{
    struct event_row events[4] = {event_of(1, 10, 8), event_of(2, 11, 8), event_of(3, 12, 8),
                                  event_of(4, 14, 9)};
    struct sample sample;
    for (int i = 0; i < 3; i++) {
        place_settlement(&events[i],
                         i == 0   ? "g:1"
                         : i == 1 ? "g:2"
                                  : "g:3",
                         "UA.22", 4955 + 40 * i, 2559, 225000);
        GIVE(events[i], claim_of("killed", i == 1 ? 25 : 14 + i, 1, "police"));
    }
    undate(&events[3]);
    place_country(&events[3]);
    GIVE(events[3], claim_of("killed", 31, 1, "police"));
    sample_run(&sample, events, 4, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 4);
    sample_end(&sample);
    events[3].former_killed = 25;
    sample_run(&sample, events, 4, NULL, 0);
    CU_ASSERT_EQUAL(sample.n, 3);
    CU_ASSERT_PTR_EQUAL(incident_with(&sample, events, 2), incident_with(&sample, events, 4));
    CU_ASSERT_EQUAL(best_of(incident_with(&sample, events, 4), "killed"), 31);
    sample_end(&sample);
    GIVE(events[3], claim_of("killed", 25, 1, "police"));
    GIVE(events[1], claim_of("killed", 31, 1, "police"));
    events[3].former_killed = 0;
    events[1].former_killed = 25;
    sample_run(&sample, events, 4, NULL, 0);
    CU_ASSERT_PTR_EQUAL(incident_with(&sample, events, 2), incident_with(&sample, events, 4));
    sample_end(&sample);
}

void suite_reconcile(void)
{
    CU_pSuite suite = CU_add_suite("reconcile", NULL, NULL);
    CU_add_test(suite, "order of input does not matter", order_does_not_matter);
    CU_add_test(suite, "the toll of Ternopil rises and never falls", ternopil_rises);
    CU_add_test(suite, "a part never becomes the total", part_never_becomes_total);
    CU_add_test(suite, "two cities of one night stay two", two_cities_stay_two);
    CU_add_test(suite, "a strike the next day stays another", next_day_stays_another);
    CU_add_test(suite, "forbidden pairs stay apart", forbidden_pairs_stay_apart);
    CU_add_test(suite, "closest place and commonest day", closest_place_and_commonest_day);
    CU_add_test(suite, "a wire copy changes no figure", copy_changes_no_figure);
    CU_add_test(suite, "a near copy changes no figure", near_copy_changes_no_figure);
    CU_add_test(suite, "a report of the region joins its town", region_report_joins_its_town);
    CU_add_test(suite, "two objects of one night stay two", two_objects_of_one_night_stay_two);
    CU_add_test(suite, "a follow-up after three weeks joins its own", a_follow_up_joins_its_own);
    CU_add_test(suite, "a prior toll finds its strike", a_prior_toll_finds_its_strike);
    CU_add_test(suite, "words outweigh a slip", words_outweigh_a_slip);
    CU_add_test(suite, "near copies are one voice", near_copies_are_one_voice);
    CU_add_test(suite, "an analyst's decisions rule", decisions_rule);
    CU_add_test(suite, "no events, no incidents", nothing_gives_nothing);
    CU_add_test(suite, "hostile rows", hostile_rows);
    CU_add_test(suite, "a huge incident stays one", huge_incident_stays_one);
}
