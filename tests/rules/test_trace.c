#include <CUnit/CUnit.h>
#include <stdio.h>

#include "small_rules.h"

void suite_trace(void);

static const char *trace(struct small_rules *rules, const char *pattern, const char *text)
{
    const char *const one[] = {pattern};
    struct match_trace *traces;
    struct error err;
    struct buffer out;
    size_t n;
    struct matcher *matcher = small_rules_matcher(rules, one, 1);
    struct match_input input = small_rules_sentence(rules, text);
    CU_ASSERT_EQUAL_FATAL(matcher_trace(matcher, &rules->arena, &input, &traces, &n, &err), 0);
    buffer_init(&out, 1000);
    for (size_t i = 0; i < n; i++)
        buffer_format(&out, "%s%u %s at %u%s%.*s", i ? "; " : "", traces[i].anchor,
                      traces[i].matched ? "matched" : "failed", traces[i].furthest,
                      traces[i].matched ? "" : " ", SLICE_ARG(traces[i].failed));
    const char *result = arena_copy(&rules->arena, buffer_slice(&out)).ptr;
    buffer_free(&out);
    matcher_free(matcher);
    return result ? result : "";
}

static void test_trace(void)
{
    static const char *const TRACES[][3] = {
        {"<killed> $people? killed in <place>", "the 5 people killed in Odesa", "3 matched at 6"},
        {"<killed> $people? killed in <place>", "the 5 people killed near Odesa",
         "3 failed at 4 in"},
        {"<killed> $people? killed in <place>", "the 5 people killed in winter",
         "3 failed at 5 <place>"},
        {"<killed> $people? killed", "some killed", "1 failed at 0 <killed>"},
        {"killed (in | near) <place>", "killed at Odesa", "0 failed at 1 (in | near)"},
        {"killed", "nothing", ""},
    };
    for (size_t i = 0; i < sizeof TRACES / sizeof *TRACES; i++) {
        struct small_rules rules;
        small_rules_init(&rules);
        const char *found = trace(&rules, TRACES[i][0], TRACES[i][1]);
        if (strcmp(found, TRACES[i][2]) != 0)
            printf("    '%s' in '%s': %s\n", TRACES[i][0], TRACES[i][1], found);
        CU_ASSERT_STRING_EQUAL(found, TRACES[i][2]);
        small_rules_free(&rules);
    }
}

static void test_trace_voided(void)
{
    struct small_rules rules;
    struct matcher *matcher;
    struct match_trace *traces;
    struct error err;
    size_t n;
    small_rules_init(&rules);
    CU_ASSERT_EQUAL_FATAL(matcher_new(&matcher, &rules.symbols, &err), 0);
    CU_ASSERT_EQUAL_FATAL(matcher_add(matcher, 4, 2, small_rules_pattern(&rules, "killed"),
                                      small_rules_pattern(&rules, "not"), 1, NULL, 0, &err),
                          0);
    CU_ASSERT_EQUAL_FATAL(matcher_seal(matcher, true, &err), 0);
    struct match_input input = small_rules_sentence(&rules, "not killed but killed");
    CU_ASSERT_EQUAL_FATAL(matcher_trace(matcher, &rules.arena, &input, &traces, &n, &err), 0);
    CU_ASSERT_EQUAL_FATAL(n, 2);
    CU_ASSERT_EQUAL(traces[0].rule, 4);
    CU_ASSERT_EQUAL(traces[0].alternative, 2);
    CU_ASSERT(traces[0].matched && traces[0].voided);
    CU_ASSERT(traces[1].matched && !traces[1].voided);
    matcher_free(matcher);
    small_rules_free(&rules);
}

void suite_trace(void)
{
    CU_pSuite suite = CU_add_suite("trace", NULL, NULL);
    CU_add_test(suite, "how far a pattern got, and what failed", test_trace);
    CU_add_test(suite, "a voided match", test_trace_voided);
}
