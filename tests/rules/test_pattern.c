#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "rules/pattern_code.h"
#include "small_rules.h"

void suite_pattern(void);

/* Columns count from 12, where the pattern begins: "line:column+width text (hint)". */
static const char *const FAULTS[][2] = {
    /* names */
    {"<killd> people were dead", "7:12+7 unknown field <killd> (did you mean <killed>?)"},
    {"were <nonsense>", "7:17+10 unknown field <nonsense>"},
    {"<killed.chld> were dead",
     "7:12+13 unknown part <killed.chld> (did you mean <killed.child>?)"},
    {"<place.x> dead", "7:12+9 unknown part <place.x>"},
    {"<killd.child> dead", "7:12+13 unknown field <killd> (did you mean <killed>?)"},
    {"<killed> $peple dead", "7:21+6 unknown list $peple (did you mean $people?)"},
    {"<killed> $zzzzzz dead", "7:21+7 unknown list $zzzzzz"},
    {"<> dead", "7:12+2 `<>` names no field"},
    {"killed $ in", "7:19+1 `$` needs the name of a list (for the sign itself write \\$)"},
    {"cost $5 in", "7:17+2 `$` needs the name of a list (for the sign itself write \\$)"},
    /* brackets */
    {"<killed were", "7:12+7 `<` is not closed"},
    {"dead <", "7:17+1 `<` is not closed"},
    {"were (killed | dead", "7:17+1 `(` is not closed"},
    {"((killed", "7:13+1 `(` is not closed\n7:12+1 `(` is not closed"},
    {"were () killed", "7:17+2 an empty group"},
    {"were (killed |) dead", "7:25+2 an empty alternative (to make the group optional write `?` "
                             "after its `)`)"},
    {"were (| killed) dead", "7:17+2 an empty alternative (to make the group optional write `?` "
                             "after its `)`)"},
    {"were (a || b)", "7:20+2 an empty alternative (to make the group optional write `?` after its "
                      "`)`)"},
    {"killed) there", "7:18+1 `)` without `(`"},
    {"killed | dead", "7:19+1 `|` outside a group (put alternatives in ( ))"},
    {"killed> dead", "7:18+1 `>` without `<`"},
    /* signs */
    {"? killed", "7:12+1 `?` has no piece before it (write it directly after a word, a $list, a "
                 "<field> or a `)`)"},
    {"killed ?", "7:19+1 `?` has no piece before it (write it directly after a word, a $list, a "
                 "<field> or a `)`)"},
    {"were killed?? there", "7:24+1 `?` has no piece before it (write it directly after a word, a "
                            "$list, a <field> or a `)`)"},
    {"~ killed", "7:12+1 `~` stands without a word"},
    {"killed ,~ there", "7:20+1 `~` stands without a word"},
    {"$dead~ there", "7:17+1 `~` stands without a word"},
    {"kill* people", "7:16+1 unknown sign `*` (a backslash before it makes it a plain sign)"},
    {"[killed]", "7:12+1 unknown sign `[` (a backslash before it makes it a plain sign)\n"
                 "7:19+1 unknown sign `]` (a backslash before it makes it a plain sign)"},
    {"killed \\", "7:19+1 `\\` has no sign after it (for the sign itself write \\\\)"},
    /* gaps */
    {"... killed", "7:12+3 a gap at the beginning of a pattern (no piece must be found before it: "
                   "leave the gap out)"},
    {"were? ...8 killed", "7:18+4 a gap at the beginning of a pattern (no piece must be found "
                          "before it: leave the gap out)"},
    {"killed ...", "7:19+3 a gap at the end of a pattern (no piece must be found after it: leave "
                   "the gap out)"},
    {"killed ... (in ...3)?", "7:27+4 a gap at the end of a pattern (no piece must be found after "
                              "it: leave the gap out)"},
    {"were ... ... killed",
     "7:21+3 two gaps in a row (write one gap with a number, such as ...12)"},
    {"were ... in? ...4 killed",
     "7:25+4 two gaps in a row (write one gap with a number, such as ...12)"},
    {"were (in ...) ... killed",
     "7:26+3 two gaps in a row (write one gap with a number, such as ...12)"},
    {"were ...31 killed", "7:17+5 a gap may have at most 30 words"},
    {"were ...99999999999999 killed", "7:17+17 a gap may have at most 30 words"},
    {"were ...0 killed", "7:17+4 a gap of no words"},
    /* the whole */
    {"", "7:12+0 a pattern that can match nothing"},
    {"killed? $dead?", "7:12+14 a pattern that can match nothing"},
    {"(killed? | dead)", "7:12+16 a pattern that can match nothing"},
    {"<killed> in?", "7:12+12 a pattern with no fixed word (a word, a word~ or a $list must be in "
                     "every way through it)"},
    {"<killed> (dead | <place>)", "7:12+25 a pattern with no fixed word (a word, a word~ or a "
                                  "$list must be in every way through it)"},
    {"a ...30 b ...30 c ...30 d ...30 e ...30 f ...30 g ...30 h",
     "7:12+57 a pattern of up to 218 words; at most 200 are allowed (shorten its gaps)"},
    {"<place> dead and <place> more",
     "7:29+7 field <place> stands twice in one pattern (one match can give a field one value)"},
    {"<place> (dead | and (<killed> | <place>)) were",
     "7:44+7 field <place> stands twice in one pattern (one match can give a field one value)"},
    {"(a <place> | b) <place>",
     "7:28+7 field <place> stands twice in one pattern (one match can give a field one value)"},
    {"rose from <count.low> to", "7:22+11 unknown field <count>"},
    /* several at once */
    {"<killd> $ded ((in", "7:12+7 unknown field <killd> (did you mean <killed>?)\n"
                          "7:20+4 unknown list $ded (did you mean $dead?)\n"
                          "7:26+1 `(` is not closed\n7:25+1 `(` is not closed"},
    {"in\n  the <killd> sea", "8:18+7 unknown field <killd> (did you mean <killed>?)"},
};

static const char *const GOOD[] = {
    "killed",
    "<killed> ... <killed.child> $dead",
    "(<killed> dead | dead <killed>)",
    "<killed> dead and <killed> more", /* counts of one field add up */
    "rose from <count> to <killed>",
    "killed (... in <place>)?",
    "(in <place> ...)? killed",
    "leave~ <killed> $people? $dead and another? <wounded> $people? $hurt",
    "air-launched? missiles",
    "a\\?b \\( \\| \\< \\$5 \\~ \\*",
    "in $month-names-long",
    "50 % , 's U.S. p.m.",
    "killed \u2026 dead",
    "killed...dead",
    "killed ...? dead",
    "<killed>(people|persons)dead",
    "\nkilled\tin\n",
};

static void test_faults(void)
{
    struct small_rules rules;
    small_rules_init(&rules);
    for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS; i++) {
        struct pattern pattern;
        const char *found = small_rules_compile(&rules, FAULTS[i][0], false, &pattern);
        if (strcmp(found, FAULTS[i][1]) != 0)
            printf("    '%s': %s\n", FAULTS[i][0], found);
        CU_ASSERT_STRING_EQUAL(found, FAULTS[i][1]);
    }
    small_rules_free(&rules);
}

static void test_good(void)
{
    struct small_rules rules;
    small_rules_init(&rules);
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        struct pattern pattern;
        const char *found = small_rules_compile(&rules, GOOD[i], false, &pattern);
        if (*found)
            printf("    '%s': %s\n", GOOD[i], found);
        CU_ASSERT_STRING_EQUAL(found, "");
    }
    small_rules_free(&rules);
}

static void test_bounds(void)
{
    static const struct {
        const char *text;
        unsigned least, most, slots;
    } CASES[] = {
        {"killed", 1, 1, 0},
        {"killed in? (the city of)?", 1, 5, 0},
        {"(a | b c d) e", 2, 4, 0},
        {"a ...8 b", 2, 10, 0},
        {"<killed> dead", 2, PATTERN_FIELD_TOKENS + 1, 1},
        {"$dead", 1, 3, 1},
        {"air-launched?  missile", 1, 4, 0},
        {"($dead | $hurt | and $dead) in", 2, 5, 2},
        {"(<killed> dead | dead <killed>) <place>", 3, 2 * PATTERN_FIELD_TOKENS + 1, 2},
    };
    struct small_rules rules;
    small_rules_init(&rules);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct pattern *p = small_rules_pattern(&rules, CASES[i].text);
        CU_ASSERT_EQUAL(p->min_tokens, CASES[i].least);
        CU_ASSERT_EQUAL(p->max_tokens, CASES[i].most);
        CU_ASSERT_EQUAL(p->n_slots, CASES[i].slots);
    }
    small_rules_free(&rules);
}

/* A group of single words is one op, each word once. */
static void test_group_of_words(void)
{
    struct small_rules rules;
    small_rules_init(&rules);
    const struct pattern *p = small_rules_pattern(&rules, "(killing | dead | kill~)");
    CU_ASSERT_EQUAL_FATAL(p->code->n_ops, 2);
    CU_ASSERT_EQUAL(p->code->ops[1].kind, OP_WORDS);
    CU_ASSERT_EQUAL_FATAL(p->code->ops[1].n_words, 5);
    for (uint32_t i = 1; i < 5; i++)
        CU_ASSERT(p->code->ops[1].words[i - 1] < p->code->ops[1].words[i]);
    small_rules_free(&rules);
}

static void test_slots(void)
{
    struct small_rules rules;
    struct pattern pattern;
    small_rules_init(&rules);
    CU_ASSERT_STRING_EQUAL(
        small_rules_compile(&rules, "at <hour> <killed.child> $people", true, &pattern), "");
    CU_ASSERT_EQUAL_FATAL(pattern.n_slots, 3);
    CU_ASSERT_EQUAL(pattern.slots[0].kind, SLOT_NUMBER);
    CU_ASSERT_EQUAL(pattern.slots[0].type, VALUE_NUMBER);
    CU_ASSERT(slice_is(pattern.slots[0].name, "hour"));
    CU_ASSERT_EQUAL(pattern.slots[1].kind, SLOT_FIELD);
    CU_ASSERT_EQUAL(pattern.slots[1].type, VALUE_COUNT);
    CU_ASSERT_EQUAL(pattern.slots[1].field, 0);
    CU_ASSERT_EQUAL(pattern.slots[1].part, 1);
    CU_ASSERT_EQUAL(pattern.slots[2].kind, SLOT_LIST);
    CU_ASSERT(slice_is(pattern.slots[2].name, "people"));
    CU_ASSERT_PTR_EQUAL(pattern.slots[2].phrases, rules.lists[0].phrases);
    CU_ASSERT_STRING_EQUAL(small_rules_compile(&rules, "at <hour.x>", true, &pattern),
                           "7:15+8 unknown field <hour>");
    small_rules_free(&rules);
}

static void test_limits(void)
{
    struct small_rules rules;
    struct pattern pattern;
    struct buffer text;
    small_rules_init(&rules);
    buffer_init(&text, 1 << 20);
    for (int i = 0; i < 1200; i++)
        buffer_add_text(&text, "a? ");
    CU_ASSERT_STRING_EQUAL(small_rules_compile(&rules, text.ptr, false, &pattern),
                           "7:3012+1 a pattern may have at most 1000 pieces");
    buffer_clear(&text);
    for (int i = 0; i < 100000; i++)
        buffer_add_char(&text, '(');
    CU_ASSERT_STRING_EQUAL(small_rules_compile(&rules, text.ptr, false, &pattern),
                           "7:28+1 groups are nested more than 16 deep");
    buffer_clear(&text);
    buffer_add_text(&text, "((((((((((((((((killed))))))))))))))))");
    CU_ASSERT_STRING_EQUAL(small_rules_compile(&rules, text.ptr, false, &pattern), "");
    buffer_free(&text);
    small_rules_free(&rules);
}

static void test_common(void)
{
    static const struct {
        const char *text;
        bool common;
    } CASES[] = {
        {"of the", true},
        {"killed in", false},
        {"<killed> in", true},
        {"in (the | killed)", true},
        {"in (dead | killed)", false},
        {", <killed>", true},
        {"in killed?", true},
        {"be~ <place>", true},
        {"kill~ <place>", false},
        {"$dead", false},
    };
    struct small_rules rules;
    small_rules_init(&rules);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        CU_ASSERT_EQUAL(
            pattern_is_common(small_rules_pattern(&rules, CASES[i].text), &rules.symbols),
            CASES[i].common);
    small_rules_free(&rules);
}

/* Whatever the arena holds, a pattern is compiled or refused. */
static void test_full_arena(void)
{
    struct small_rules rules;
    small_rules_init(&rules);
    struct pattern_text source = {
        slice_of("(<killed> $dead | kill~ <killd>) ... air-launched? in <place>"),
        {"test.yml", 1, 1, 0}};
    for (size_t cap = 0; cap < 100000; cap += 500) {
        struct arena tiny;
        struct diagnostics findings;
        struct pattern pattern;
        arena_init(&tiny, cap);
        diagnostics_init(&findings, &rules.arena);
        CU_ASSERT_EQUAL(
            pattern_compile(&tiny, &rules.symbols, &source, true, &findings, &pattern) == 0,
            findings.n_errors == 0);
        arena_free(&tiny);
    }
    small_rules_free(&rules);
}

void suite_pattern(void)
{
    CU_pSuite suite = CU_add_suite("pattern", NULL, NULL);
    CU_add_test(suite, "faults with place, width and hint", test_faults);
    CU_add_test(suite, "patterns without a fault", test_good);
    CU_add_test(suite, "lengths", test_bounds);
    CU_add_test(suite, "a group of words is one op", test_group_of_words);
    CU_add_test(suite, "slots", test_slots);
    CU_add_test(suite, "too many pieces, too deep", test_limits);
    CU_add_test(suite, "patterns of common words", test_common);
    CU_add_test(suite, "a full arena", test_full_arena);
}
