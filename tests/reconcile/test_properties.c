/* What must hold of any strikes, on seeded ones: tests of single cases stand in test_reconcile.c.
 */
#include <CUnit/CUnit.h>
#include <stdlib.h>

#include "extract/event.h"
#include "sample.h"

void suite_properties(void);

#define SEEDS 200
#define WORDS 24

/* A town of that number: its region, its size. */
static void put_in_town(struct event_row *event, unsigned town, int64_t population)
{
    static const char *const keys[] = {"g:1", "g:2", "g:3", "g:4", "g:5", "g:6"};
    static const char *const regions[] = {"UA.01", "UA.02", "UA.03", "UA.04", "UA.05", "UA.06"};
    place_settlement(event, keys[town % 6], regions[town % 6], 4600 + (int)(town % 6) * 80, 3000,
                     population);
}

/* `n` words of a set that reports of one object share, the others its own. */
static void give_words(uint32_t pool[WORDS], struct event_row *event, uint32_t object, uint32_t n)
{
    for (uint32_t i = 0; i < WORDS; i++)
        pool[i] = ((i + 1) << 26) | ((i < n ? object : (uint32_t)event->event_id + 1000) << 4) | 10;
    event->words = pool;
    event->n_words = WORDS;
}

static struct event_claim some_claim(uint64_t *seed, const char *measure, uint32_t from,
                                     uint32_t below)
{
    return claim_of(measure, from + random_below(seed, below - from),
                    (uint8_t)(1 + random_below(seed, 7)), "");
}

static size_t incidents_of(const struct event_row *events, size_t n)
{
    struct sample sample;
    sample_run(&sample, events, n, NULL, 0);
    size_t found = sample.n;
    sample_end(&sample);
    return found;
}

/* Towns of all sizes, reports with words and without, the second toll lower: a toll that rises a
 * little overnight is the same. */
static void the_next_day_is_another_strike(void)
{
    size_t wrong = 0;
    for (uint64_t i = 1; i <= SEEDS; i++) {
        uint64_t seed = i;
        uint32_t pools[2][WORDS];
        int day = 2 + (int)random_below(&seed, 20);
        int64_t population = 500 + random_below(&seed, 3000000);
        struct event_row events[2] = {event_of(1, day, 6 + (int)random_below(&seed, 14)),
                                      event_of(2, day + 1, 6 + (int)random_below(&seed, 14))};
        for (int k = 0; k < 2; k++) {
            struct event_claim killed = some_claim(&seed, "killed", k ? 1 : 10, k ? 9 : 60);
            put_in_town(&events[k], (unsigned)i, population);
            claims_give(&events[k], &killed, 1);
            if (i % 2)
                give_words(pools[k], &events[k], 7 + (uint32_t)k, 10);
        }
        wrong += incidents_of(events, 2) != 2;
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

/* A report without any date names a town, of any size, and a toll of three times the other's or
 * more. */
static void an_old_report_hands_its_dead_to_nobody(void)
{
    size_t wrong = 0;
    for (uint64_t i = 1; i <= SEEDS; i++) {
        uint64_t seed = i;
        uint32_t pools[2][WORDS];
        struct event_row events[2] = {event_of(1, 5, 8), event_of(2, 6, 9)};
        int64_t population = 500 + random_below(&seed, 3000000);
        for (int k = 0; k < 2; k++) {
            struct event_claim wounded = some_claim(&seed, "wounded", k ? 2 : 30, k ? 9 : 200);
            put_in_town(&events[k], (unsigned)i, population);
            claims_give(&events[k], &wounded, 1);
            give_words(pools[k], &events[k], 7, 1);
            events[k].n_words = 8; /* too few to prove anything, enough to be compared */
        }
        undate(&events[0]);
        events[0].said_at = INSTANT_NONE;
        wrong += incidents_of(events, 2) != 2;
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

/* Undated, without a toll, told 21 to 24 days on; a newer strike of the town stands nearer. */
static void a_follow_up_joins_its_own(void)
{
    size_t wrong = 0;
    for (uint64_t i = 1; i <= SEEDS; i++) {
        uint64_t seed = i;
        uint32_t pools[3][WORDS];
        int day = 1 + (int)random_below(&seed, 3), later = day + 2 + (int)random_below(&seed, 15);
        struct event_row events[3] = {event_of(1, day, 8), event_of(2, later, 9),
                                      event_of(3, day + 21 + (int)random_below(&seed, 4), 10)};
        int64_t population = 500 + random_below(&seed, 1500000);
        for (int k = 0; k < 3; k++) {
            put_in_town(&events[k], (unsigned)i, population);
            give_words(pools[k], &events[k], k == 1 ? 8 : 7, 8 + random_below(&seed, 8));
        }
        undate(&events[2]);
        struct sample sample;
        sample_run(&sample, events, 3, NULL, 0);
        wrong +=
            sample.n != 2 || incident_with(&sample, events, 1) != incident_with(&sample, events, 3);
        sample_end(&sample);
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

/* One city, one night, two objects: the reports of each are one, and not the other's. */
static void two_objects_of_one_night_are_two(void)
{
    size_t wrong = 0;
    for (uint64_t i = 1; i <= SEEDS; i++) {
        uint64_t seed = i;
        uint32_t pools[6][WORDS];
        struct event_row events[6];
        int64_t population = 100000 + random_below(&seed, 2900000);
        struct event_claim killed[2] = {some_claim(&seed, "killed", 1, 4),
                                        some_claim(&seed, "killed", 4, 9)};
        for (int k = 0; k < 6; k++) {
            events[k] = event_of(k + 1, 19, 8 + k);
            put_in_town(&events[k], (unsigned)i, population);
            night_of(&events[k], 19);
            claims_give(&events[k], &killed[k % 2], 1);
            give_words(pools[k], &events[k], 7 + (uint32_t)k % 2, 8 + random_below(&seed, 8));
        }
        struct sample sample;
        sample_run(&sample, events, 6, NULL, 0);
        wrong += sample.n != 2 || incident_with(&sample, events, 1)->n_events != 3 ||
                 incident_with(&sample, events, 1) != incident_with(&sample, events, 5);
        sample_end(&sample);
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static bool summed(const struct incident *incident, const char *measure)
{
    const struct figure *figure = sample_figure(incident, measure);
    return figure && figure->in_totals;
}

/* A wave and three sites, with munitions and casualties told of any of them: no measure of a wave
 * is summed where one of a site below it is. */
static void a_wave_is_never_in_its_sites_sum(void)
{
    size_t wrong = 0, waves = 0;
    for (uint64_t i = 1; i <= SEEDS; i++) {
        uint64_t seed = i;
        struct event_row events[4];
        for (int k = 0; k < 4; k++) {
            struct event_claim claims[3];
            size_t n = 0;
            events[k] = k ? event_of(k + 1, 19, 8) : wave_of_night(1, 19, 9);
            if (k) {
                put_in_town(&events[k], (unsigned)k, 50000);
                night_of(&events[k], 19);
            }
            if (random_below(&seed, 3))
                claims[n++] = some_claim(&seed, "drones", k ? 1 : 100, k ? 30 : 400);
            if (random_below(&seed, 2))
                claims[n++] = some_claim(&seed, "killed", k ? 1 : 10, k ? 9 : 40);
            if (random_below(&seed, 2))
                claims[n++] = some_claim(&seed, "wounded", k ? 1 : 10, k ? 9 : 40);
            claims_give(&events[k], claims, n);
        }
        struct sample sample;
        sample_run(&sample, events, 4, NULL, 0);
        for (size_t k = 0; k < sample.n; k++) {
            const struct incident *site = &sample.incidents[k];
            const struct incident *wave = site->parent < 0 ? NULL : &sample.incidents[site->parent];
            waves += wave != NULL;
            wrong += wave && summed(wave, "drones") && summed(site, "drones");
            wrong += wave && summed(wave, "killed") && summed(site, "killed");
            wrong += wave && summed(wave, "wounded") && summed(site, "wounded");
            wrong += wave && wave->in_totals && site->in_totals && sample_figure(wave, "killed") &&
                     sample_figure(site, "killed");
        }
        sample_end(&sample);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(waves > SEEDS);
}

static int compare_digests(const void *x, const void *y)
{
    return memcmp(x, y, sizeof(struct digest));
}

/* The contents of all incidents of a region but this one, waves left out, as one digest. */
static struct digest others_of(const struct event_row *events, size_t n, struct slice region)
{
    struct sample sample;
    sample_run(&sample, events, n, NULL, 0);
    struct digest *all = calloc(sample.n + 1, sizeof *all);
    size_t kept = 0;
    CU_ASSERT_FATAL(all != NULL);
    for (size_t i = 0; i < sample.n; i++)
        if (sample.incidents[i].scope != SCOPE_COUNTRY &&
            !slice_equal(sample.incidents[i].adm1_code, region))
            all[kept++] = sample.incidents[i].content;
    CU_ASSERT(kept > 20);
    qsort(all, kept, sizeof *all, compare_digests);
    struct digest result = digest_bytes(all, kept * sizeof *all);
    free(all);
    sample_end(&sample);
    return result;
}

/* Without the reports of one region every other region is as it was. */
static void regions_keep_to_themselves(void)
{
    struct arena arena;
    arena_init(&arena, (size_t)1 << 28);
    for (uint64_t seed = 1; seed <= 12; seed++) {
        size_t n = 500, kept = 0;
        struct event_row *events = stream_of(&arena, seed, n, seed % 2 ? 5 : 60);
        struct event_row *without = ARENA_ARRAY(&arena, struct event_row, n);
        struct slice region = events[0].adm1_code;
        for (size_t i = 0; i < n && !region.len; i++)
            region = events[i].adm1_code;
        CU_ASSERT_FATAL(without != NULL);
        /* Families that reach over the border are the exception. */
        for (size_t i = 0; i < n; i++)
            events[i].copy_family = events[i].report_id;
        for (size_t i = 0; i < n; i++)
            if (!slice_equal(events[i].adm1_code, region))
                without[kept++] = events[i];
        CU_ASSERT(kept < n);
        struct digest with = others_of(events, n, region), out = others_of(without, kept, region);
        CU_ASSERT(memcmp(&with, &out, sizeof with) == 0);
    }
    arena_free(&arena);
}

void suite_properties(void)
{
    CU_pSuite suite = CU_add_suite("properties", NULL, NULL);
    CU_add_test(suite, "the next day is another strike", the_next_day_is_another_strike);
    CU_add_test(suite, "an old report hands its dead to nobody",
                an_old_report_hands_its_dead_to_nobody);
    CU_add_test(suite, "a follow-up joins its own", a_follow_up_joins_its_own);
    CU_add_test(suite, "two objects of one night are two", two_objects_of_one_night_are_two);
    CU_add_test(suite, "a wave is never in its sites' sum", a_wave_is_never_in_its_sites_sum);
    CU_add_test(suite, "regions keep to themselves", regions_keep_to_themselves);
}
