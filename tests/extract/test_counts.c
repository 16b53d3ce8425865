#include "extract/counts.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "real_rules.h"
#include "sentence_reading.h"

/* The counts without the people counted, in order of text: "three=3/3/3; ". */
void suite_counts(void);

static void say_counts(struct reading *r)
{
    for (size_t s = 0; s < r->doc.n_sentences; s++) {
        const struct sentence_values *sentence = &r->values.sentences[s];
        for (size_t i = 0; i < sentence->n_values; i++) {
            const struct value *value = &sentence->values[i];
            if (value->type != VALUE_COUNT || value->flags & VALUE_PEOPLE)
                continue;
            reading_say_words(r, value->first, value->count);
            reading_say(r, "=");
            reading_say_count(r, &r->values.counts[value->index].count);
            reading_say(r, "; ");
        }
    }
}

/* The numbers that are never counts. */
static void say_void(struct reading *r)
{
    for (size_t s = 0; s < r->doc.n_sentences; s++) {
        const struct sentence_values *sentence = &r->values.sentences[s];
        for (size_t i = 0; i < sentence->n_values; i++)
            if (sentence->values[i].type == VALUE_NUMBER && sentence->values[i].flags & VALUE_VOID)
                reading_say(r, "%lld ", (long long)sentence->values[i].number);
    }
    say_counts(r);
}

static void test_bounds(void)
{
    READINGS(
        "2025-11-19", say_counts, {"Shells killed nineteen villagers.", "nineteen=19/19/19; "},
        {"Shells killed at least three villagers.", "at least three=3/3/- at_least; "},
        {"Shells killed more than 30 villagers.", "more than 30=30/30/- more_than; "},
        {"Shells hurt about 80 villagers.", "about 80=-/80/- about; "},
        {"Shells hurt up to 1,200 villagers.", "up to 1,200=-/-/1200 at_most; "},
        {"Shells hurt 20-25 villagers.", "20-25=20/20/25 range; "},
        {"Shells hurt between six and eight villagers.", "between six and eight=6/6/8 range; "},
        {"Shells hurt 25-20 villagers.", "25=25/25/25; 20=20/20/20; "},
        {"Shells hurt several villagers.", "several=3/-/9 vague; "},
        {"It hurt nobody.", "nobody=0/0/0 none; "},
        {"The tally stood at 0 dead.", "0=0/0/0 none; "},
        {"It rained between 2 and 4 a.m. in town.", ""},
        {"Crews found 12 craters and 7 duds.", "12=12/12/12; 7=7/7/7; "});
}

static void test_never(void)
{
    READINGS("2025-11-19", say_void, {"A 7-year-old rode on Highway 115.", "7 115 "},
             {"A Su-34 dropped a 500-kg bomb at 03:30.", "34 500 3 30 "},
             {"On 12 May 2024 the 14th convoy left.", "12 2024 14 "},
             {"Three days ago five trucks left.", "3 five=5/5/5; "},
             {"Repairs cost $5 and 20% of the 9/11 fund.", "5 20 9 11 "},
             {"It weighs more than 500 kg.", "500 "},
             {"Eight drones crossed at 2 a.m.", "2 Eight=8/8/8; "});
}

/* A number that is no word of a count stays out of gaps' way, but a long run of them stays quick.
 */
static void test_many_numbers(void)
{
    static char text[20000];
    size_t len = 0;
    for (int i = 0; i < 900; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%d ", 7);
    struct reading reading;
    sentence_start(&reading, text, NULL);
    CU_ASSERT_EQUAL(reading.values.n_counts, 900);
    CU_ASSERT(reading.arena.used < (size_t)4 << 20);
    reading_end(&reading);
}

static struct count parsed(const char *text, int expect)
{
    struct extractor x = real_extractor();
    struct count count = {1, 2, 3, QUALIFIER_VAGUE};
    struct error err = {0};
    int rc = count_parse(x.ruleset, ruleset_language(x.ruleset, SLICE_LITERAL("en")),
                         slice_of(text), &count, &err);
    CU_ASSERT_EQUAL(rc, expect);
    if (rc)
        CU_ASSERT_EQUAL(err.code, ERROR_RULES);
    return count;
}

static void test_parse(void)
{
    const int64_t open = COUNT_OPEN;
    struct count none = parsed("none reported", 0), least = parsed("at least three", 0);
    struct count most = parsed(" up to 1,200 ", 0), range = parsed("20-25", 0);
    CU_ASSERT(count_equal(&none, &(struct count){0, 0, 0, QUALIFIER_NONE}));
    CU_ASSERT(count_equal(&least, &(struct count){3, 3, open, QUALIFIER_AT_LEAST}));
    CU_ASSERT(count_equal(&most, &(struct count){open, open, 1200, QUALIFIER_AT_MOST}));
    CU_ASSERT(count_equal(&range, &(struct count){20, 20, 25, QUALIFIER_RANGE}));
    parsed("", -1);
    parsed("three cats", -1);
    parsed("3 4", -1);
    parsed("99999999999999999999", -1);
}

static void test_arithmetic(void)
{
    const struct count exact = {2, 2, 2, QUALIFIER_EXACT};
    const struct count least = {3, 3, COUNT_OPEN, QUALIFIER_AT_LEAST};
    const struct count huge = {INT64_MAX, INT64_MAX, INT64_MAX, QUALIFIER_EXACT};
    struct count sum = count_add(&exact, &least), two = count_add(&exact, &exact);
    CU_ASSERT(count_equal(&sum, &(struct count){5, 5, COUNT_OPEN, QUALIFIER_AT_LEAST}));
    CU_ASSERT(count_equal(&two, &(struct count){4, 4, 4, QUALIFIER_EXACT}));
    sum = count_add(&huge, &exact);
    CU_ASSERT_EQUAL(count_value_of(&sum), COUNT_OPEN);
    CU_ASSERT_EQUAL(count_value_of(&least), 3);
    CU_ASSERT_FALSE(count_equal(&exact, &least));
}

void suite_counts(void)
{
    CU_pSuite suite = CU_add_suite("counts", NULL, NULL);
    CU_add_test(suite, "bounds", test_bounds);
    CU_add_test(suite, "never a count", test_never);
    CU_add_test(suite, "many numbers", test_many_numbers);
    CU_add_test(suite, "counts of rule files", test_parse);
    CU_add_test(suite, "arithmetic", test_arithmetic);
}
