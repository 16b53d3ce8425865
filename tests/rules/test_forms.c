#include <CUnit/CUnit.h>

#include "small_rules.h"

void suite_forms(void);

static const char *const CASES[][2] = {
    {"kill", "kill kills killed killing"},
    {"Kill", "kill kills killed killing"},
    {"wound", "wound wounds wounded wounding"},
    {"die", "die dies died dying"},
    {"strike", "strike strikes striked striking"}, /* the table has the rest */
    {"injure", "injure injures injured injuring"},
    {"injury", "injury injuries injuried injurying"},
    {"body", "body bodies bodied bodying"},
    {"destroy", "destroy destroys destroyed destroying"},
    {"launch", "launch launches launched launching"},
    {"crash", "crash crashes crashed crashing"},
    {"hiss", "hiss hisses hissed hissing"},
    {"fix", "fix fixes fixed fixing"},
    {"stab", "stab stabs stabbed stabbing"},
    {"ram", "ram rams rammed ramming"},
    {"quit", "quit quits quitted quitting"},
    {"bomb", "bomb bombs bombed bombing"},
    {"shell", "shell shells shelled shelling"},
    {"down", "down downs downed downing"},
    {"raid", "raid raids raided raiding"},
    {"visit", "visit visits visited visiting"},
    {"play", "play plays played playing"},
    {"free", "free frees freed freeing"},
    {"echo", "echo echos echoes echoed echoing"},
    {"hit", "hit hits hitting"},
    {"leave", "leave leaves left leaving"},
    {"a", "a as aed aing"},
    {"вбити", "вбити вбитиs вбитиed вбитиing"}, /* no English word: its forms belong in the table */
};

static void test_table(void)
{
    struct small_rules rules;
    small_rules_init(&rules);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct slice *forms;
        size_t n;
        struct error err;
        struct buffer text;
        buffer_init(&text, 1000);
        CU_ASSERT_EQUAL_FATAL(
            forms_of(&rules.arena, &rules.symbols, slice_of(CASES[i][0]), &forms, &n, &err), 0);
        for (size_t k = 0; k < n; k++)
            buffer_format(&text, "%s%.*s", k ? " " : "", SLICE_ARG(forms[k]));
        CU_ASSERT_STRING_EQUAL(text.ptr, CASES[i][1]);
        buffer_free(&text);
    }
    small_rules_free(&rules);
}

static void test_full_arena(void)
{
    struct small_rules rules;
    struct arena tiny;
    struct slice *forms;
    size_t n;
    struct error err = {0};
    small_rules_init(&rules);
    arena_init(&tiny, 64);
    CU_ASSERT_EQUAL(forms_of(&tiny, &rules.symbols, SLICE_LITERAL("kill"), &forms, &n, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_LIMIT);
    arena_free(&tiny);
    small_rules_free(&rules);
}

void suite_forms(void)
{
    CU_pSuite suite = CU_add_suite("forms", NULL, NULL);
    CU_add_test(suite, "regular endings and the table", test_table);
    CU_add_test(suite, "a full arena is an error", test_full_arena);
}
