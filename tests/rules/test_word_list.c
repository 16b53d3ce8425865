#include <CUnit/CUnit.h>
#include <stdio.h>

#include "small_rules.h"

void suite_word_list(void);

/* The list of a case is written with commas between phrases; what stands at the first word is given
 * as "index/tokens", or "-". */
static const struct {
    const char *phrases[6];
    const char *text;
    const char *found;
} CASES[] = {
    {{"people", "person"}, "people were", "0/1"},
    {{"people", "person"}, "Person", "1/1"},
    {{"people", "person"}, "peoples", "-"},
    {{"rescue", "rescue workers", "rescue workers of"}, "rescue workers said", "1/2"},
    {{"rescue", "rescue workers of the city"}, "rescue workers of Odesa", "0/1"},
    {{"rescue workers of the city"}, "rescue workers of", "-"},
    {{"U.S.", "us"}, "U.S. troops", "0/1"},
    {{"air-launched"}, "air-launched missiles", "0/3"},
    {{"air-launched"}, "air launched missiles", "-"},
    {{"air\u2013launched"}, "air-launched missiles", "0/3"},
    {{"'s people"}, "'s people", "-"}, /* alone it is an apostrophe and an s */
    {{"Kh-101"}, "KH-101 missiles", "0/3"},
    {{"strike~"}, "striking", "0/1"},
    {{"air strike~", "air"}, "air strikes", "0/2"},
    {{"leave~ dead"}, "left dead", "0/2"},
    {{"50 %"}, "50% of", "0/2"},
    {{"what\\?"}, "what? No", "0/2"},
    {{"дрони"}, "Дрони летіли", "0/1"},
    {{"dead", "dead"}, "dead", "0/1"}, /* the first of two equal ones */
};

static void test_table(void)
{
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct small_rules rules;
        struct word_list list = {0};
        struct error err;
        char found[32] = "-";
        uint32_t phrase = 0;
        small_rules_init(&rules);
        for (size_t k = 0; CASES[i].phrases[k]; k++)
            CU_ASSERT_EQUAL_FATAL(word_list_add(&rules.arena, &rules.symbols, &list,
                                                slice_of(CASES[i].phrases[k]), (int64_t)k, &err),
                                  0);
        CU_ASSERT_EQUAL_FATAL(word_list_seal(&rules.arena, &list, &err), 0);
        struct match_input input = small_rules_sentence(&rules, CASES[i].text);
        size_t n = word_list_match(&list, input.doc, 0, input.doc->n_tokens, &phrase);
        if (n)
            snprintf(found, sizeof found, "%d/%zu", (int)list.phrases[phrase].value, n);
        CU_ASSERT_STRING_EQUAL(found, CASES[i].found);
        small_rules_free(&rules);
    }
}

static void test_apostrophe(void)
{
    struct small_rules rules;
    struct word_list list = {0};
    struct error err;
    uint32_t phrase;
    small_rules_init(&rules);
    CU_ASSERT_EQUAL_FATAL(
        word_list_add(&rules.arena, &rules.symbols, &list, SLICE_LITERAL("'s air force"), 0, &err),
        0);
    CU_ASSERT_EQUAL_FATAL(word_list_seal(&rules.arena, &list, &err), 0);
    struct match_input input = small_rules_sentence(&rules, "Ukraine\u2019s air force said");
    CU_ASSERT_EQUAL(word_list_match(&list, input.doc, 1, input.doc->n_tokens, &phrase), 3);
    CU_ASSERT_EQUAL(word_list_match(&list, input.doc, 1, 3, &phrase), 0); /* ends too early */
    small_rules_free(&rules);
}

static void test_forms_multiply(void)
{
    struct small_rules rules;
    struct word_list list = {0};
    struct error err;
    small_rules_init(&rules);
    CU_ASSERT_EQUAL(
        word_list_add(&rules.arena, &rules.symbols, &list, SLICE_LITERAL("be~ kill~"), 5, &err), 0);
    CU_ASSERT_EQUAL(list.n_phrases, 5 * 4);
    for (size_t i = 0; i < list.n_phrases; i++) {
        CU_ASSERT_EQUAL(list.phrases[i].value, 5);
        CU_ASSERT_EQUAL(list.phrases[i].n_words, 2);
        CU_ASSERT(slice_is(list.phrases[i].written, "be~ kill~"));
    }
    small_rules_free(&rules);
}

static void test_faults(void)
{
    static const char *const FAULTS[][2] = {
        {"", "an empty phrase"},
        {"  ", "an empty phrase"},
        {",~", "`~` stands without a word"},
        {"~", "`~` stands without a word"},
        {"people?", "`?` is a sign of patterns: a list holds plain phrases, write both"},
        {"a b c d e f g h i j k l m n o p q", "a phrase may have at most 16 words"},
        {"kill~ kill~ kill~ kill~ kill~ kill~ kill~",
         "\"kill~ kill~ kill~ kill~ kill~ kill~ kill~\""
         " has more than 4096 forms"},
    };
    for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS; i++) {
        struct small_rules rules;
        struct word_list list = {0};
        struct error err = {0};
        small_rules_init(&rules);
        CU_ASSERT_EQUAL(
            word_list_add(&rules.arena, &rules.symbols, &list, slice_of(FAULTS[i][0]), 0, &err),
            -1);
        CU_ASSERT_STRING_EQUAL(err.text, FAULTS[i][1]);
        small_rules_free(&rules);
    }
}

/* Many phrases, against a plain search. */
static void test_large(void)
{
    struct small_rules rules;
    struct word_list list = {0};
    struct error err;
    small_rules_init(&rules);
    uint32_t seed = 1;
    for (int i = 0; i < 3000; i++) {
        char text[64];
        int at = 0;
        for (uint32_t n = 1 + i % 3; n > 0; n--) {
            seed = seed * 1103515245u + 12345u;
            at +=
                snprintf(text + at, sizeof text - (size_t)at, "w%c ", 'a' + (int)(seed >> 16) % 26);
        }
        CU_ASSERT_EQUAL_FATAL(
            word_list_add(&rules.arena, &rules.symbols, &list, slice_of(text), i, &err), 0);
    }
    CU_ASSERT_EQUAL_FATAL(word_list_seal(&rules.arena, &list, &err), 0);
    struct match_input input =
        small_rules_sentence(&rules, "wa wb wc we wz wq wx other wa wa wa wm wn wo wp ww wi");
    for (size_t i = 0; i < input.doc->n_tokens; i++) {
        size_t longest = 0;
        uint32_t phrase = 0;
        for (size_t k = 0; k < list.n_phrases; k++) {
            const struct phrase *p = &list.phrases[k];
            size_t n = 0;
            while (n < p->n_words && i + n < input.doc->n_tokens &&
                   input.doc->tokens[i + n].word == p->words[n])
                n++;
            if (n == p->n_words && n > longest) {
                longest = n;
                phrase = (uint32_t)k;
            }
        }
        uint32_t found = 0;
        CU_ASSERT_EQUAL(word_list_match(&list, input.doc, i, input.doc->n_tokens, &found), longest);
        CU_ASSERT_EQUAL(found, phrase);
    }
    small_rules_free(&rules);
}

void suite_word_list(void)
{
    CU_pSuite suite = CU_add_suite("word_list", NULL, NULL);
    CU_add_test(suite, "phrases at a word", test_table);
    CU_add_test(suite, "an apostrophe cut off its word", test_apostrophe);
    CU_add_test(suite, "forms in a phrase multiply", test_forms_multiply);
    CU_add_test(suite, "faults", test_faults);
    CU_add_test(suite, "three thousand phrases against a plain search", test_large);
}
