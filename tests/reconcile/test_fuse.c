#include "reconcile/fuse.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "extract/event.h"
#include "sample.h"

void suite_fuse(void);

/* A word: minutes after midnight of 19 November (-1: untold), qualifier, number, rank, claimant. */
struct said {
    int minute;
    enum qualifier qualifier;
    int64_t number;
    uint8_t rank;
    const char *claimant;
    bool enemy;
};

/* A measure, what was said of it, and the figure expected. */
struct fuse_case {
    const char *name;
    const char *measure;
    struct said said[4];
    int64_t low, best, high;
    const char *rule;
};

#define E QUALIFIER_EXACT
#define L QUALIFIER_AT_LEAST
#define A QUALIFIER_ABOUT
#define V QUALIFIER_VAGUE
#define N QUALIFIER_NONE
#define OPEN COUNT_OPEN

static const struct fuse_case CASES[] = {
    {"one", "killed", {{540, E, 5, 7, "", 0}}, 5, 5, 5, "single-claim"},
    {"agency lifts",
     "killed",
     {{540, E, 16, 1, "police", 0}, {780, E, 19, 6, "Reuters", 0}},
     16,
     19,
     19,
     "latest-running-total"},
    {"an unknown voice does not",
     "killed",
     {{540, E, 16, 1, "police", 0}, {780, E, 19, 9, "a blog", 0}},
     16,
     16,
     19,
     "standing-total"},
    {"same hour: rank",
     "killed",
     {{540, E, 16, 1, "police", 0}, {540, E, 19, 6, "Reuters", 0}},
     16,
     16,
     19,
     "best-rank"},
    {"within the hour: rank",
     "killed",
     {{540, E, 16, 1, "police", 0}, {570, E, 19, 6, "Reuters", 0}},
     16,
     16,
     19,
     "standing-total"},
    {"about lowers nothing",
     "killed",
     {{540, E, 100, 5, "minister", 0}, {1740, A, 80, 5, "minister", 0}},
     80,
     100,
     100,
     "standing-total"},
    {"a correction",
     "killed",
     {{540, E, 16, 1, "police", 0}, {1740, E, 15, 1, "rescue", 0}},
     15,
     15,
     15,
     "correction"},
    {"a lower word of lower rank",
     "killed",
     {{540, E, 25, 5, "minister", 0}, {600, E, 19, 7, "", 0}},
     19,
     25,
     25,
     "standing-total"},
    {"a stale repetition",
     "killed",
     {{540, E, 16, 1, "police", 0}, {780, E, 25, 5, "minister", 0}, {1200, E, 16, 1, "police", 0}},
     16,
     25,
     25,
     "latest-running-total"},
    {"long superseded",
     "killed",
     {{540, E, 12, 7, "", 0}, {1740, E, 25, 5, "minister", 0}},
     25,
     25,
     25,
     "latest-running-total"},
    {"at least lifts",
     "killed",
     {{540, E, 12, 3, "mayor", 0}, {720, L, 20, 3, "head", 0}},
     20,
     20,
     OPEN,
     "at-least-lifts"},
    {"at least agrees",
     "killed",
     {{540, L, 13, 3, "head", 0}, {540, E, 16, 1, "police", 0}},
     16,
     16,
     16,
     "latest-running-total"},
    {"exact inside rounded",
     "drones",
     {{540, L, 470, 6, "Reuters", 0}, {600, E, 476, 7, "", 0}},
     476,
     476,
     476,
     "exact-inside-rounded"},
    {"rounded after exact",
     "drones",
     {{540, E, 476, 4, "air force", 0}, {720, L, 470, 6, "Reuters", 0}},
     476,
     476,
     476,
     "standing-total"},
    {"about gives way",
     "wounded",
     {{960, A, 80, 5, "minister", 0}, {1200, E, 90, 1, "rescue", 0}},
     80,
     90,
     90,
     "latest-running-total"},
    {"about lowered by rank",
     "wounded",
     {{960, A, 100, 5, "minister", 0}, {1200, E, 90, 1, "rescue", 0}},
     90,
     90,
     90,
     "exact-inside-rounded"},
    {"missing falls",
     "missing",
     {{540, E, 25, 5, "minister", 0}, {1200, E, 6, 1, "rescue", 0}},
     6,
     6,
     6,
     "later-word"},
    {"missing rises",
     "missing",
     {{540, E, 6, 1, "rescue", 0}, {1200, E, 22, 1, "rescue", 0}},
     22,
     22,
     22,
     "later-word"},
    {"vague alone", "killed", {{540, V, 0, 7, "", 0}}, 2, OPEN, 9, "vague-only"},
    {"vague never beats",
     "killed",
     {{540, E, 4, 7, "", 0}, {720, V, 0, 1, "police", 0}},
     4,
     4,
     4,
     "single-claim"},
    {"zero stated", "killed", {{540, N, 0, 3, "mayor", 0}}, 0, 0, 0, "zero-stated"},
    {"number over zero",
     "killed",
     {{540, N, 0, 1, "police", 0}, {720, E, 3, 7, "", 0}},
     0,
     3,
     3,
     "number-over-zero"},
    {"attacker alone", "killed", {{540, E, 300, 4, "RU army", 1}}, 300, 300, 300, "attacker-only"},
    {"attacker never beats",
     "killed",
     {{540, E, 3, 7, "", 0}, {720, E, 300, 1, "RU army", 1}},
     3,
     3,
     3,
     "single-claim"},
    {"untold time is earliest",
     "killed",
     {{-1, E, 30, 7, "", 0}, {540, E, 31, 7, "", 0}},
     31,
     31,
     31,
     "latest-running-total"},
};

static size_t rows_of_case(const struct fuse_case *c, struct event_row *rows,
                           struct event_claim *claims)
{
    size_t n = 0;
    for (; n < 4 && c->said[n].claimant; n++) {
        const struct said *said = &c->said[n];
        rows[n] = event_of((int)n + 1, 19, 0);
        rows[n].said_at = said->minute < 0 ? INSTANT_NONE : at(2025, 11, 19, 0) + said->minute * 60;
        claims[n] = claim_of(c->measure, said->number, said->rank, said->claimant);
        claims[n].qualifier = (uint8_t)said->qualifier;
        claims[n].enemy = said->enemy;
        claims[n].claim_id = (int64_t)n + 1;
        if (said->qualifier == QUALIFIER_AT_LEAST)
            claims[n].high = COUNT_OPEN;
        if (said->qualifier == QUALIFIER_ABOUT)
            claims[n].low = claims[n].high = COUNT_OPEN;
        if (said->qualifier == QUALIFIER_VAGUE)
            claims[n].low = 2, claims[n].best = COUNT_OPEN, claims[n].high = 9;
        rows[n].claims = &claims[n];
        rows[n].n_claims = 1;
    }
    return n;
}

/* The events of one incident, forwards and backwards, without clustering them. */
static void fuse(const struct fuse_case *c, struct arena *arena, struct incident *incident)
{
    static const uint32_t all[4] = {0, 1, 2, 3};
    struct event_row rows[4];
    struct event_claim claims[4];
    struct error err;
    size_t n = rows_of_case(c, rows, claims);
    struct work work;
    CU_ASSERT_FATAL(work_start(&work, arena, weights_default(), rows, n, &err) == 0);
    CU_ASSERT_FATAL(incident_fuse(&work, &work.scratch, all, n, incident, &err) == 0);
    work_end(&work);
}

static void the_policy(void)
{
    struct arena arena;
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct fuse_case *c = &CASES[i];
        struct incident incident = {.n_independent = 2};
        arena_reset(&arena);
        fuse(c, &arena, &incident);
        const struct figure *f = sample_figure(&incident, c->measure);
        CU_ASSERT_FATAL(f != NULL && incident.n_figures == 1);
        bool fine = f->low == c->low && f->best == c->best && f->high == c->high &&
                    slice_is(f->rule, c->rule);
        if (!fine)
            fprintf(stderr, "    %s: %lld %lld %lld %.*s\n", c->name, (long long)f->low,
                    (long long)f->best, (long long)f->high, SLICE_ARG(f->rule));
        CU_ASSERT(fine);
    }
    arena_free(&arena);
}

static enum grading grading_of(struct fuse_case c)
{
    struct arena arena;
    struct incident incident = {.n_independent = c.said[1].claimant ? 2 : 1};
    arena_init(&arena, 1 << 20);
    fuse(&c, &arena, &incident);
    arena_free(&arena);
    return incident.grading;
}

static void the_grading(void)
{
    CU_ASSERT_EQUAL(
        grading_of((struct fuse_case){.measure = "killed", .said = {{540, E, 5, 7, "", 0}}}),
        GRADING_WEAK);
    CU_ASSERT_EQUAL(
        grading_of((struct fuse_case){
            .measure = "killed", .said = {{540, E, 5, 7, "", 0}, {540, E, 5, 6, "Reuters", 0}}}),
        GRADING_FAIR);
    CU_ASSERT_EQUAL(
        grading_of((struct fuse_case){.measure = "killed", .said = {{540, E, 5, 1, "rescue", 0}}}),
        GRADING_CONFIRMED);
    CU_ASSERT_EQUAL(grading_of((struct fuse_case){
                        .measure = "killed",
                        .said = {{540, E, 25, 6, "AFP", 0}, {540, E, 4, 6, "Reuters", 0}}}),
                    GRADING_CONTESTED);
    CU_ASSERT_EQUAL(grading_of((struct fuse_case){
                        .measure = "killed",
                        .said = {{540, E, 5, 6, "AFP", 0}, {720, N, 0, 7, "ministry", 0}}}),
                    GRADING_CONTESTED);
    /* A toll that rose is no contest. */
    CU_ASSERT_EQUAL(grading_of((struct fuse_case){
                        .measure = "killed",
                        .said = {{540, E, 4, 6, "AFP", 0}, {840, E, 25, 6, "Reuters", 0}}}),
                    GRADING_FAIR);
}

static void rules_are_explained(void)
{
    for (int i = 0; i < FIGURE_RULES; i++)
        CU_ASSERT(figure_policies[i].name && figure_policies[i].meaning);
}

void suite_fuse(void)
{
    CU_pSuite suite = CU_add_suite("fuse", NULL, NULL);
    CU_add_test(suite, "the policy, case by case", the_policy);
    CU_add_test(suite, "how well it is attested", the_grading);
    CU_add_test(suite, "every rule is explained", rules_are_explained);
}
