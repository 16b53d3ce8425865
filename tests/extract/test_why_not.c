#include <CUnit/CUnit.h>
#include <stdio.h>

#include "extract/why_not.h"
#include "minimal_rules.h"

void suite_why_not(void);

static struct extractor extractor;
static struct arena arena;
static struct buffer said;

static int start(void)
{
    arena_init(&arena, (size_t)64 << 20);
    buffer_init(&said, 1 << 20);
    extractor = minimal_extractor();
    return 0;
}

static int stop(void)
{
    ruleset_free((struct ruleset *)extractor.ruleset);
    buffer_free(&said);
    arena_free(&arena);
    return 0;
}

static void ask(const char *wanted_text, const char *text, struct why_not *why)
{
    struct report report;
    struct extraction extraction;
    struct wanted_claim wanted;
    struct error err = {0};
    arena_reset(&arena);
    buffer_clear(&said);
    CU_ASSERT_EQUAL_FATAL(
        wanted_claim_parse(&extractor.ruleset->schema, slice_of(wanted_text), &wanted, &err), 0);
    minimal_read(&extractor, &arena, text, &report, &extraction);
    CU_ASSERT_EQUAL_FATAL(why_not_find(&extractor, &arena, &report, &wanted, why, &err), 0);
    why_not_write(&said, &extractor.ruleset->schema, &wanted, why);
}

static bool says(const char *words)
{
    bool found = said.ptr && strstr(said.ptr, words);
    if (!found)
        fprintf(stderr, "lacks: %s\n%.*s", words, SLICE_ARG(buffer_slice(&said)));
    return found;
}

static void test_closest(void)
{
    struct why_not why;
    ask("killed=2", "The blast left two people dead on a street. Later it was sunny.", &why);
    CU_ASSERT_EQUAL_FATAL(why.n_numbers, 1);
    CU_ASSERT_EQUAL(why.numbers[0].sentence, 0);
    CU_ASSERT_FATAL(why.numbers[0].n_rules > 0);
    CU_ASSERT(slice_is(why.numbers[0].rules[0].rule->name, "left-killed-and-wounded"));
    CU_ASSERT_EQUAL(why.numbers[0].rules[0].outcome, NEAR_STOPPED);
    CU_ASSERT(slice_is(why.numbers[0].rules[0].failed, "and"));
    CU_ASSERT(slice_is(token_text(why.doc, why.numbers[0].rules[0].token), "on"));
    CU_ASSERT(says("closest: left-killed-and-wounded"));
    CU_ASSERT(says("stopped at 'on', which is no 'and'"));
}

/* An attempt that came farther, but not by the number, is not closer. */
static void test_beside(void)
{
    struct why_not why;
    ask("killed=2", "The blast left two people dead on a street, and later none killed.", &why);
    CU_ASSERT_EQUAL_FATAL(why.n_numbers, 1);
    CU_ASSERT_EQUAL_FATAL(why.numbers[0].n_rules, 2);
    CU_ASSERT(slice_is(why.numbers[0].rules[0].rule->name, "left-killed-and-wounded"));
    CU_ASSERT_EQUAL(why.numbers[0].rules[1].progress, 0);
    ask("killed=2", "Two people said that nobody was killed.", &why);
    CU_ASSERT(says("no rule with <killed> comes to this number"));
}

static void test_number(void)
{
    struct why_not why;
    ask("killed=9", "The blast left two people motionless.", &why);
    CU_ASSERT_EQUAL(why.n_numbers, 0);
    CU_ASSERT(says("no number 9 in the text"));
    ask("killed=7", "A 7-year-old was killed.", &why);
    CU_ASSERT_EQUAL_FATAL(why.n_numbers, 1);
    CU_ASSERT(why.numbers[0].never);
    CU_ASSERT(says("never a count: by age"));
    ask("killed=5", "Five soldiers went home.", &why);
    CU_ASSERT(says("no rule with <killed> has its word in this sentence"));
    ask("wounded=5", "At least five people are here, 5 to be exact.", &why);
    CU_ASSERT_EQUAL(why.n_numbers, 2);
}

static void test_claims(void)
{
    struct why_not why;
    ask("killed=5", "The army denied that five people were killed.", &why);
    CU_ASSERT_EQUAL_FATAL(why.n_claims, 1);
    CU_ASSERT(says("it is claimed: killed by killed, role elsewhere, denied, of no event"));
    CU_ASSERT(says("doubt: denied by denied, over "));
    ask("wounded=5", "Five people were killed.", &why);
    CU_ASSERT(says("claimed otherwise: killed by killed, role figure"));
    ask("killed=5", "He had earlier killed five people.", &why);
    CU_ASSERT_EQUAL(why.n_claims, 0);
    CU_ASSERT(says("an unless phrase stands beside it"));
}

static void test_parse(void)
{
    static const char *const bad[] = {"killed",  "killed=",       "killed=x", "killed=5x",
                                      "place=5", "kiled=5",       "=5",       "killed=-5",
                                      "",        "killed.chld=5", "killed.=5"};
    struct wanted_claim wanted;
    struct error err = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CU_ASSERT_EQUAL(
            wanted_claim_parse(&extractor.ruleset->schema, slice_of(bad[i]), &wanted, &err), -1);
    CU_ASSERT_EQUAL(wanted_claim_parse(&extractor.ruleset->schema,
                                       SLICE_LITERAL("drones.intercepted=28"), &wanted, &err),
                    0);
    CU_ASSERT_EQUAL(wanted.number, 28);
    CU_ASSERT_EQUAL(wanted.part, 0);
}

void suite_why_not(void)
{
    CU_pSuite suite = CU_add_suite("why_not", start, stop);
    CU_add_test(suite, "closest", test_closest);
    CU_add_test(suite, "beside", test_beside);
    CU_add_test(suite, "number", test_number);
    CU_add_test(suite, "claims", test_claims);
    CU_add_test(suite, "parse", test_parse);
}
