#include <CUnit/CUnit.h>
#include <stdio.h>

#include "sample.h"

void suite_judge(void);

/* Decisions as "12 same 1 2": id, kind, events (or a claim); made in the order of the list. */
static size_t decisions_read(const char *const *lines, struct decision *out)
{
    size_t n = 0;
    for (; lines[n]; n++) {
        char kind[16];
        long long id, a, b = 0;
        CU_ASSERT_FATAL(sscanf(lines[n], "%lld %15s %lld %lld", &id, kind, &a, &b) >= 3);
        out[n] = (struct decision){.decision_id = id, .made_at = (int64_t)n};
        while (strcmp(decision_kind_names[out[n].kind], kind) != 0)
            out[n].kind++;
        bool claim = out[n].kind == DECISION_PIN || (out[n].kind == DECISION_REJECT && b);
        out[n].claim_id = claim ? a : 0;
        out[n].event_a = claim ? 0 : a;
        out[n].event_b = out[n].kind <= DECISION_DIFFERENT ? b : 0;
        if (out[n].kind == DECISION_PLACE)
            out[n].place.key = b == 1 ? SLICE_LITERAL("g:1") : SLICE_LITERAL("g:2");
    }
    return n;
}

/* Refusals with their paths, as "3: 1 2; ". */
static void judged(const struct decision *decisions, size_t n, char *out, size_t size)
{
    struct arena arena;
    struct decision *standing;
    struct refused_decision *refused;
    size_t n_standing, n_refused, used = 0;
    arena_init(&arena, 1 << 20);
    out[0] = '\0';
    CU_ASSERT_FATAL(decisions_judge(&arena, decisions, n, &standing, &n_standing, &refused,
                                    &n_refused, NULL) == 0);
    CU_ASSERT_EQUAL(n_standing + n_refused, n);
    for (size_t i = 0; i < n_refused; i++) {
        used +=
            (size_t)snprintf(out + used, size - used, "%lld:", (long long)refused[i].decision_id);
        for (size_t k = 0; k < refused[i].n_path; k++)
            used +=
                (size_t)snprintf(out + used, size - used, " %lld", (long long)refused[i].path[k]);
        used += (size_t)snprintf(out + used, size - used, "; ");
    }
    arena_free(&arena);
}

static const struct {
    const char *lines[8];
    const char *refused;
} cases[] = {
    {{NULL}, ""},
    {{"9 same 1 2", "8 same 2 3", "7 different 3 4", NULL}, ""},
    {{"9 same 1 2", "8 different 1 2", NULL}, "8: 9; "},
    {{"1 different 1 2", "2 same 1 2", NULL}, "2: 1; "},
    {{"2 different 1 2", "1 same 1 2", NULL}, "1: 2; "},
    {{"5 same 1 2", "4 same 2 3", "3 same 3 4", "2 different 4 1", NULL}, "2: 3 4 5; "},
    {{"5 same 1 2", "4 same 3 4", "3 different 2 3", "2 same 4 1", NULL}, "2: 4 3 5; "},
    /* A refused one says nothing. */
    {{"5 same 1 2", "4 different 1 2", "3 same 2 1", NULL}, "4: 5; "},
    /* The shortest way. */
    {{"5 same 1 2", "4 same 2 3", "3 same 1 3", "2 different 1 3", NULL}, "2: 3; "},
    /* What is not there contradicts nothing. */
    {{"5 same 0 2", "4 different 0 2", "3 same 0 0", NULL}, ""},
    {{"5 place 1 1", "4 place 1 1", "3 place 1 2", "2 place 2 2", NULL}, "3: 5; "},
    {{"5 pin 77", "4 reject 77 1", "3 reject 78 1", "2 pin 78", NULL}, "4: 5; 2: 3; "},
};

static void contradictions_have_paths(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decision decisions[8], backwards[8];
        char have[256];
        size_t n = decisions_read(cases[i].lines, decisions);
        judged(decisions, n, have, sizeof have);
        if (strcmp(have, cases[i].refused) != 0)
            printf("case %zu: expected '%s', got '%s'\n", i, cases[i].refused, have);
        CU_ASSERT_STRING_EQUAL(have, cases[i].refused);
        /* When they were made counts, not where they stand. */
        for (size_t k = 0; k < n; k++)
            backwards[k] = decisions[n - 1 - k];
        judged(backwards, n, have, sizeof have);
        CU_ASSERT_STRING_EQUAL(have, cases[i].refused);
    }
}

/* Of a decision in several entries, none stands when one is contradicted. */
static void refused_as_a_whole(void)
{
    const char *const lines[] = {"9 different 1 3", "8 same 1 2", "8 same 1 3", "7 different 1 2",
                                 NULL};
    struct decision decisions[4];
    char have[64];
    size_t n = decisions_read(lines, decisions);
    decisions[2].made_at = decisions[1].made_at;
    struct arena arena;
    struct decision *standing;
    struct refused_decision *refused;
    size_t n_standing, n_refused;
    arena_init(&arena, 1 << 20);
    CU_ASSERT_FATAL(decisions_judge(&arena, decisions, n, &standing, &n_standing, &refused,
                                    &n_refused, NULL) == 0);
    snprintf(have, sizeof have, "%zu %zu", n_standing, n_refused);
    CU_ASSERT_STRING_EQUAL(have, "2 1");
    CU_ASSERT_EQUAL(refused[0].decision_id, 8);
    arena_free(&arena);
}

static void applied_to_events(void)
{
    struct event_row events[4] = {event_of(1, 19, 8), event_of(2, 19, 9), event_of(3, 19, 9),
                                  event_of(4, 19, 10)};
    struct event_claim claims[2] = {claim_of("killed", 5, 1, "police"),
                                    claim_of("wounded", 6, 1, "police")};
    claims_give(&events[0], claims, 2);
    events[0].claims[0].claim_id = 70;
    events[0].claims[1].claim_id = 71;
    struct decision decisions[] = {
        {.decision_id = 1, .kind = DECISION_REJECT, .event_a = events[1].event_id},
        {.decision_id = 2, .kind = DECISION_REJECT, .report_id = events[2].report_id},
        {.decision_id = 3, .kind = DECISION_REJECT, .claim_id = 71},
        {.decision_id = 4, .kind = DECISION_PIN, .claim_id = 70},
        {.decision_id = 5,
         .kind = DECISION_PLACE,
         .event_a = events[3].event_id,
         .place = {.key = SLICE_LITERAL("g:9"),
                   .adm1_code = SLICE_LITERAL("UA.07"),
                   .precision = 1,
                   .lat = 1,
                   .lon = 2}},
        /* Whatever was decided on what is rejected. */
        {.decision_id = 6, .kind = DECISION_PLACE, .event_a = events[1].event_id},
    };
    struct arena arena;
    size_t n = 4;
    arena_init(&arena, 1 << 20);
    CU_ASSERT_EQUAL(decisions_apply(&arena, decisions, 6, events, &n, NULL), 0);
    CU_ASSERT_EQUAL_FATAL(n, 2);
    CU_ASSERT_EQUAL(events[0].n_claims, 1);
    CU_ASSERT_EQUAL(events[0].claims[0].claim_id, 70);
    CU_ASSERT(events[0].claims[0].pinned > 0);
    CU_ASSERT(slice_is(events[1].place_key, "g:9"));
    CU_ASSERT_EQUAL(events[1].region_id, region_id_of(SLICE_LITERAL("UA.07")));
    arena_free(&arena);
}

/* A pinned number stands against later, higher ones of better rank. */
static void pinned_number_stands(void)
{
    struct event_row events[2] = {event_of(1, 19, 8), event_of(2, 19, 12)};
    struct event_claim low = claim_of("killed", 5, 6, "agency"),
                       high = claim_of("killed", 9, 1, "police");
    claims_give(&events[0], &low, 1);
    claims_give(&events[1], &high, 1);
    events[0].claims[0].claim_id = 70;
    struct sample sample;
    sample_run(&sample, events, 2, NULL, 0);
    CU_ASSERT_EQUAL(best_of(incident_with(&sample, events, 1), "killed"), 9);
    sample_end(&sample);
    events[0].claims[0].pinned = 1;
    sample_run(&sample, events, 2, NULL, 0);
    const struct figure *figure = sample_figure(incident_with(&sample, events, 1), "killed");
    CU_ASSERT(figure && figure->best == 5 && figure->low == 5 && figure->high == 5);
    CU_ASSERT(figure && slice_is(figure->rule, "pinned") && figure->chosen_claim == 70);
    sample_end(&sample);
}

void suite_judge(void)
{
    CU_pSuite suite = CU_add_suite("judge", NULL, NULL);
    CU_add_test(suite, "contradictions have paths", contradictions_have_paths);
    CU_add_test(suite, "refused as a whole", refused_as_a_whole);
    CU_add_test(suite, "applied to events", applied_to_events);
    CU_add_test(suite, "a pinned number stands", pinned_number_stands);
}
