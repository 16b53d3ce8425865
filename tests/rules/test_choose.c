#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "small_rules.h"

void suite_choose(void);

/* Patterns of rules 0, 1, 2 ...; "a>b" says rule a is preferred over rule b. */
static const struct {
    const char *patterns[5];
    const char *prefer;
    const char *text;
    const char *chosen; /* as small_rules_spans */
    const char *ties;   /* "0-1@3" */
} CASES[] = {
    /* the longest span */
    {{"<killed> dead", "<killed> dead in <place>"},
     "",
     "so 5 dead in Odesa",
     "1: 5 dead in Odesa",
     ""},
    /* both stay when they share no count */
    {{"<killed> dead", "dead and <wounded> hurt"},
     "",
     "so 5 dead and 6 hurt",
     "0: 5 dead; 1: dead and 6 hurt",
     ""},
    {{"<killed> dead", "<wounded> hurt"}, "", "so 5 dead, 6 hurt", "0: 5 dead; 1: 6 hurt", ""},
    /* the most fields */
    {{"<killed> dead in Odesa", "<killed> dead in <place>"},
     "",
     "so 5 dead in Odesa",
     "1: 5 dead in Odesa",
     ""},
    /* a list is no field */
    {{"<killed> dead in <place>", "<killed> $dead in <place>"},
     "",
     "so 5 dead in Odesa",
     "0: 5 dead in Odesa",
     ""},
    /* prefer over */
    {{"<killed> dead", "<wounded> dead"}, "1>0", "so 5 dead", "1: 5 dead", ""},
    {{"<killed> dead", "<wounded> dead"}, "0>1", "so 5 dead", "0: 5 dead", ""},
    /* ... does not come before the length */
    {{"<killed> dead", "<wounded> dead now"}, "0>1", "so 5 dead now", "1: 5 dead now", ""},
    /* a tie withholds both */
    {{"<killed> dead", "<wounded> dead"}, "", "so 5 dead", "", "0-1@1"},
    {{"<killed> dead", "<wounded> dead"}, "0>1 1>0", "so 5 dead", "", "0-1@1"},
    {{"<killed> dead", "<killed.child> dead"}, "", "so 5 dead", "", "0-1@1"},
    {{"<killed> dead", "<wounded> dead", "<drones> dead"},
     "",
     "so 5 dead",
     "",
     "0-1@1 0-2@1 1-2@1"},
    {{"<killed> dead", "<wounded> dead", "<drones> dead"}, "2>0 2>1", "so 5 dead", "2: 5 dead", ""},
    {{"<killed> dead", "<wounded> dead", "<drones> dead"}, "2>0", "so 5 dead", "", "1-2@1"},
    /* ... and what is worse than a tie does not come in its place */
    {{"<killed> dead now", "<wounded> dead now", "<drones> dead"},
     "",
     "so 5 dead now",
     "",
     "0-1@1"},
    /* ... and leaves others alone */
    {{"<killed> dead", "<wounded> dead", "<drones> shot"},
     "",
     "so 5 dead and 6 shot",
     "2: 6 shot",
     "0-1@1"},
    /* equal claims are no tie */
    {{"<killed> dead", "<killed> $dead"}, "", "so 5 dead", "0: 5 dead", ""},
    {{"<killed> $dead", "<killed> (dead | killed)"}, "", "so 5 dead", "0: 5 dead", ""},
    /* counts that overlap are one count */
    {{"<killed> dead", "<wounded> soldiers dead now"},
     "",
     "so 5 soldiers dead now",
     "1: 5 soldiers dead now",
     ""},
    /* without a count, overlapping is enough */
    {{"dead in <place>", "in <place>"}, "", "dead in Odesa", "0: dead in Odesa", ""},
    {{"in <place>", "<killed> dead in"}, "", "so 5 dead in Odesa", "1: 5 dead in", ""},
    {{"in <place>", "<killed> dead"}, "", "so 5 dead in Odesa", "1: 5 dead; 0: in Odesa", ""},
    /* ... but one without a count never takes a count away */
    {{"in <place> were <time>", "<killed> dead in"},
     "",
     "so 5 dead in Odesa were yesterday",
     "1: 5 dead in; 0: in Odesa were yesterday",
     ""},
    /* of equal length and fields a count goes first */
    {{"dead in <place>", "<killed> dead in"}, "", "so 5 dead in Odesa", "1: 5 dead in", ""},
    {{"<place> in", "in <time>"}, "", "so Odesa in yesterday", "", "0-1@2"},
    {{"<place> in", "in <place>"}, "", "so Odesa in Lviv", "", "0-1@2"},
    {{"near <place>", "<place> near"}, "", "so near Odesa near", "0: near Odesa", ""},
    /* nothing */
    {{"<killed> dead"}, "", "so it is", "", ""},
};

static bool prefers(const void *context, uint32_t a, uint32_t b)
{
    char wanted[16];
    snprintf(wanted, sizeof wanted, "%u>%u", a, b);
    return strstr(context, wanted) != NULL;
}

/* Rules are added from the first or from the last, to show that order decides nothing. */
static void run_case(size_t i, bool backwards)
{
    struct small_rules rules;
    struct matcher *matcher;
    struct match *matches;
    struct match_tie *ties;
    struct error err;
    size_t n, n_ties;
    size_t n_patterns = 0;
    struct buffer text;
    small_rules_init(&rules);
    buffer_init(&text, 1000);
    CU_ASSERT_EQUAL_FATAL(matcher_new(&matcher, &rules.symbols, &err), 0);
    while (n_patterns < 5 && CASES[i].patterns[n_patterns])
        n_patterns++;
    for (size_t k = 0; k < n_patterns; k++) {
        uint32_t rule = (uint32_t)(backwards ? n_patterns - 1 - k : k);
        CU_ASSERT_EQUAL_FATAL(matcher_add(matcher, rule, 0,
                                          small_rules_pattern(&rules, CASES[i].patterns[rule]),
                                          NULL, 0, NULL, 0, &err),
                              0);
    }
    CU_ASSERT_EQUAL_FATAL(matcher_seal(matcher, true, &err), 0);
    struct match_input input = small_rules_sentence(&rules, CASES[i].text);
    CU_ASSERT_EQUAL_FATAL(matcher_find(matcher, &rules.arena, &input, &matches, &n, &err), 0);
    CU_ASSERT_EQUAL_FATAL(
        matches_choose(&rules.arena, matches, &n, prefers, CASES[i].prefer, &ties, &n_ties, &err),
        0);
    const char *chosen = small_rules_spans(&rules, &input, matches, n);
    for (size_t k = 0; k < n_ties; k++)
        buffer_format(&text, "%s%u-%u@%u", k ? " " : "", ties[k].rule_a, ties[k].rule_b,
                      ties[k].first);
    if (strcmp(chosen, CASES[i].chosen) != 0 || strcmp(n_ties ? text.ptr : "", CASES[i].ties) != 0)
        printf("    case %zu, '%s': %s, ties %s\n", i, CASES[i].text, chosen,
               n_ties ? text.ptr : "");
    CU_ASSERT_STRING_EQUAL(chosen, CASES[i].chosen);
    CU_ASSERT_STRING_EQUAL(n_ties ? text.ptr : "", CASES[i].ties);
    buffer_free(&text);
    matcher_free(matcher);
    small_rules_free(&rules);
}

static void test_table(void)
{
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        run_case(i, false);
}

static void test_order_of_rules(void)
{
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        run_case(i, true);
}

/* Alternatives of one rule never tie: the one written first counts. */
static void test_one_rule(void)
{
    struct small_rules rules;
    struct matcher *matcher;
    struct match *matches;
    struct match_tie *ties;
    struct error err;
    size_t n, n_ties;
    small_rules_init(&rules);
    CU_ASSERT_EQUAL_FATAL(matcher_new(&matcher, &rules.symbols, &err), 0);
    CU_ASSERT_EQUAL_FATAL(matcher_add(matcher, 3, 1, small_rules_pattern(&rules, "<killed> dead"),
                                      NULL, 0, NULL, 0, &err),
                          0);
    CU_ASSERT_EQUAL_FATAL(matcher_add(matcher, 3, 0, small_rules_pattern(&rules, "<wounded> dead"),
                                      NULL, 0, NULL, 0, &err),
                          0);
    CU_ASSERT_EQUAL_FATAL(matcher_seal(matcher, true, &err), 0);
    struct match_input input = small_rules_sentence(&rules, "so 5 dead");
    CU_ASSERT_EQUAL_FATAL(matcher_find(matcher, &rules.arena, &input, &matches, &n, &err), 0);
    CU_ASSERT_EQUAL(n, 2);
    CU_ASSERT_EQUAL_FATAL(
        matches_choose(&rules.arena, matches, &n, NULL, NULL, &ties, &n_ties, &err), 0);
    CU_ASSERT_EQUAL_FATAL(n, 1);
    CU_ASSERT_EQUAL(n_ties, 0);
    CU_ASSERT_EQUAL(matches[0].alternative, 0);
    matcher_free(matcher);
    small_rules_free(&rules);
}

void suite_choose(void)
{
    CU_pSuite suite = CU_add_suite("choose", NULL, NULL);
    CU_add_test(suite, "choice among rules", test_table);
    CU_add_test(suite, "the order of rules decides nothing", test_order_of_rules);
    CU_add_test(suite, "alternatives of one rule", test_one_rule);
}
