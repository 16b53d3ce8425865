#include <CUnit/CUnit.h>
#include <stdio.h>

#include "pipeline/evaluate.h"

void suite_evaluate(void);

static struct arena arena;
static struct error err;

static int start(void)
{
    arena_init(&arena, (size_t)64 << 20);
    return 0;
}

static int stop(void)
{
    arena_free(&arena);
    return 0;
}

/* Every fraction up to a size, and the halves of larger ones, as printf rounds the double. */
static void test_ratio(void)
{
    char want[16], got[16];
    long long wrong = 0;
    for (int64_t whole = 1; whole <= 2100; whole++)
        for (int64_t part = 0; part <= whole; part += whole < 700 || whole % 16 == 0 ? 1 : 7) {
            int n = ratio_thousandths(part, whole);
            snprintf(want, sizeof want, "%.3f", (double)part / (double)whole);
            snprintf(got, sizeof got, "%d.%03d", n / 1000, n % 1000);
            wrong += strcmp(want, got) != 0;
        }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_EQUAL(ratio_thousandths(1, 16), 62);  /* 0.0625, to even */
    CU_ASSERT_EQUAL(ratio_thousandths(3, 16), 188); /* 0.1875 */
    CU_ASSERT_EQUAL(ratio_thousandths(1, 1), 1000);
}

static void test_places(void)
{
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        {"kherson", "kherson", true},
        {"kherson", "kherson city", true},
        {"kherson", "khersonska", false},
        {"ur", "ur city", false},
        {"ura", "ura city", false},
        {"urum", "city of urum", true},
        {"", "", true},
        {"", "kherson", false},
        {"new town", "old new town hall", true},
        {"new town", "new townhall", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CU_ASSERT_EQUAL(names_one_place(slice_of(cases[i].a), slice_of(cases[i].b)), cases[i].same);
        CU_ASSERT_EQUAL(names_one_place(slice_of(cases[i].b), slice_of(cases[i].a)), cases[i].same);
    }
}

static const struct rule GOOD = {.name = {"good", 4}}, BAD = {.name = {"bad", 3}};
static struct slice NAMES[] = {SLICE_LITERAL("killed")};
static struct label_key ITEMS[] = {{SLICE_LITERAL("killed"), 0, SCHEMA_NONE}};
static const struct label_keys KEYS = {ITEMS, NAMES, 1};

/* One report: what coders wrote and what was read. */
struct sample {
    int64_t low, high;
    bool given;
    int64_t said; /* COUNT_OPEN: nothing */
    const struct rule *rule;
};

static void compare(const struct sample *samples, size_t n, struct evaluation *out)
{
    struct label *items = ARENA_ARRAY(&arena, struct label, n);
    struct answer *answers = ARENA_ARRAY(&arena, struct answer, n);
    struct label_number *numbers = ARENA_ARRAY(&arena, struct label_number, n);
    struct answer_value *values = ARENA_ARRAY(&arena, struct answer_value, n);
    for (size_t i = 0; i < n; i++) {
        numbers[i] = (struct label_number){samples[i].given, samples[i].low > 0, samples[i].low,
                                           samples[i].high};
        values[i] = (struct answer_value){samples[i].said, samples[i].rule};
        items[i] = (struct label){.line = (int)i + 1, .named = true, .numbers = &numbers[i]};
        answers[i] = (struct answer){
            .line = (int)i + 1, .id = arena_format(&arena, "r%zu", i), .values = &values[i]};
    }
    struct labels labels = {items, n, 0};
    CU_ASSERT_EQUAL_FATAL(evaluate(&arena, &KEYS, &labels, answers, n, out, &err), 0);
}

static void test_counts(void)
{
    static const struct sample samples[] = {
        {3, 3, true, 3, &GOOD},         /* right */
        {3, 5, true, 5, &GOOD},         /* inside the range */
        {3, 3, true, 4, &BAD},          /* wrong */
        {3, 3, true, COUNT_OPEN, NULL}, /* missed */
        {3, 3, true, 0, &BAD},          /* a stated zero, wrong; nothing above 0 was said */
        {0, 0, true, 2, &BAD},          /* false alarm */
        {0, 2, true, 2, &GOOD},         /* inside a range that begins at 0 */
        {0, 0, true, 0, &GOOD},         /* a stated zero, right */
        {0, 0, true, COUNT_OPEN, NULL}, /* silence, right */
        {0, 0, false, 9, &BAD},         /* no label: not counted */
    };
    struct evaluation found;
    compare(samples, sizeof samples / sizeof *samples, &found);
    const struct tally *t = &found.measures[0];
    CU_ASSERT_EQUAL(t->positive, 5);
    CU_ASSERT_EQUAL(t->hit, 2);
    CU_ASSERT_EQUAL(t->zero, 4);
    CU_ASSERT_EQUAL(t->alarms, 1);
    CU_ASSERT_EQUAL(t->said, 5);
    CU_ASSERT_EQUAL(t->right, 3);
    CU_ASSERT_EQUAL_FATAL(found.n_rules, 2);
    CU_ASSERT(found.rules[0].rule == &BAD);
    CU_ASSERT_EQUAL(found.rules[0].gave, 3);
    CU_ASSERT_EQUAL(found.rules[0].wrong, 3);
    CU_ASSERT_EQUAL(found.rules[1].gave, 4);
    CU_ASSERT_EQUAL(found.rules[1].right, 4);
    CU_ASSERT_EQUAL_FATAL(found.n_misses, 4);
    CU_ASSERT_EQUAL(found.misses[0].label->line, 3);
    CU_ASSERT_EQUAL(found.misses[3].label->line, 6);
    struct evaluation sum = {0};
    CU_ASSERT_EQUAL(evaluation_add(&arena, &KEYS, &sum, &found, &err), 0);
    CU_ASSERT_EQUAL(evaluation_add(&arena, &KEYS, &sum, &found, &err), 0);
    CU_ASSERT_EQUAL(sum.measures[0].hit, 4);
    CU_ASSERT_EQUAL(sum.rules[0].wrong, 6);
    CU_ASSERT_EQUAL(sum.n_rules, 2);
}

/* Answers are known by id: the last of an id counts for all, and a line without one has none. */
static void test_ids(void)
{
    struct label_number one = {true, true, 1, 1};
    struct answer_value first = {1, &GOOD}, second = {2, &BAD};
    struct label items[] = {{1, true, SLICE_LITERAL("Sumy"), &one, SLICE_NONE},
                            {3, true, SLICE_NONE, &one, SLICE_NONE},
                            {4, false, SLICE_LITERAL("Sumy"), &one, SLICE_NONE}};
    const struct answer answers[] = {
        {.line = 1, .id = SLICE_LITERAL("a"), .values = &first},
        {.line = 2, .id = SLICE_LITERAL("b"), .values = &first},
        {.line = 3,
         .id = SLICE_LITERAL("a"),
         .values = &second,
         .places = {SLICE_LITERAL("sumy")},
         .n_places = 1},
        {.line = 4,
         .id = SLICE_LITERAL("x#4"),
         .values = &first,
         .places = {SLICE_LITERAL("sumy")},
         .n_places = 1},
    };
    const struct labels labels = {items, 3, 0};
    struct evaluation found;
    CU_ASSERT_EQUAL_FATAL(evaluate(&arena, &KEYS, &labels, answers, 4, &found, &err), 0);
    CU_ASSERT_EQUAL(found.measures[0].positive, 3);
    CU_ASSERT_EQUAL(found.measures[0].said, 2);
    CU_ASSERT_EQUAL(found.measures[0].hit, 0);
    CU_ASSERT_EQUAL(found.places, 2);
    CU_ASSERT_EQUAL(found.places_hit, 1);
}

void suite_evaluate(void)
{
    CU_pSuite suite = CU_add_suite("evaluate", start, stop);
    CU_add_test(suite, "ratio", test_ratio);
    CU_add_test(suite, "places", test_places);
    CU_add_test(suite, "counts", test_counts);
    CU_add_test(suite, "ids", test_ids);
}
