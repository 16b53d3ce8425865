#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "rules/matcher_code.h"
#include "small_rules.h"

void suite_matcher(void);

/* One pattern, one sentence, what is captured (see small_rules_captures). */
static const char *const CASES[][3] = {
    /* words, forms, letter case */
    {"killed", "Two were killed.", "-"},
    {"killed", "KILLED in action", "-"},
    {"killed", "Two were wounded.", ""},
    {"kill~", "The blast kills.", "-"},
    {"leave~ dead", "It left dead trees", "-"},
    {"leave~ dead", "It leaved dead trees", ""},
    {"air-launched missiles", "air\u2011launched missiles", "-"},
    {"city 's people", "The city\u2019s people", "-"},
    {"city's people", "The city's people", "-"},
    {"50 %", "about 50% of it", "-"},
    {"what\\? killed", "So what? Killed", ""}, /* a sentence ends between them */
    {"\\$", "costs $5", "-"},
    {"U.S. strike", "A U.S. strike there", "-"},
    /* fields */
    {"<killed> dead", "there 19 dead", "killed=19"},
    {"<killed> dead", "there some dead", ""},
    {"<killed> dead", "there 19 very dead", ""},
    {"<killed> dead", "in 2022 dead", ""}, /* void */
    {"killed in <place>", "killed in Odesa today", "place=Odesa"},
    {"killed in <place>", "killed in Kryvyi Rih today", "place=Kryvyi Rih"},
    {"killed in <place> district", "killed in Kryvyi Rih district", "place=Kryvyi Rih"},
    {"killed in <place> Rih", "killed in Kryvyi Rih district", "place=Kryvyi"}, /* the shorter */
    {"<time> killed", "it yesterday killed", "time=yesterday"},
    {"<place> killed", "it yesterday killed", ""},
    {"<killed> dead", "was 3 soldiers dead", "killed=3 soldiers"},
    {"<drones> dead", "was 3 soldiers dead", ""}, /* no people among drones */
    {"<drones> soldiers dead", "was 3 soldiers dead", "drones=3"},
    {"<killed> soldiers dead", "was 3 soldiers dead", "killed=3"},
    {"<killed.child> dead", "was 3 dead", "killed.child=3"},
    /* lists: longest first, then shorter */
    {"$dead", "all lost their lives there", "$dead=lost their lives"},
    {"$dead their lives", "all lost their lives there", "$dead=lost"},
    {"<killed> $dead", "all 7 lost their lives",
     "killed=7[7 lost their lives], $dead=lost their "
     "lives"},
    {"$strike", "the air strikes", "$strike=air strikes; $strike=strikes"},
    {"in $month-names", "in May 3", "$month-names=May"},
    /* groups */
    {"were (killed | wounded)", "were wounded", "-"},
    {"(were | have been) killed", "have been killed", "-"},
    {"(<killed> dead | dead <killed>)", "so dead 5", "killed=5"},
    {"(<killed> dead | dead <killed>)", "so 5 dead 6", "killed=5"}, /* one an occurrence */
    {"in (the (city | village) of)? <place> killed", "in Odesa killed", "place=Odesa"},
    {"in (the (city | village) of)? <place> killed", "in the village of Odesa killed",
     "place=Odesa"},
    {"in (the (city | village) of)? <place> killed", "in the hamlet of Odesa killed", ""},
    /* optional pieces are greedy and give back */
    {"were? killed", "were killed", "-"},
    {"<killed> $people? were killed", "these 5 people were killed",
     "killed=5[5 people], "
     "$people=people"},
    {"<killed> $people? $people killed", "these 5 people killed",
     "killed=5[5 people], "
     "$people=people"},
    {"<killed>? dead", "these 5 dead", "killed=5"},
    {"<killed>? dead", "these dead", "-"},
    {"air-launched? missiles killed", "air-launched missiles killed", "-"},
    {"air-launched? missiles killed", "missiles killed", "-"},
    {"a? a? a? killed", "a a killed", "-"},
    /* gaps are lazy and bounded */
    {"strike ... killed", "strike killed", "-"},
    {"strike ... killed", "strike b c d e f g killed", "-"},
    {"strike ... killed", "strike b c d e f g h killed", ""},
    {"strike ...8 killed", "strike b c d e f g h i killed", "-"},
    {"strike ...8 killed", "strike b c d e f g h i j killed", ""},
    {"killed ... <place>", "killed near Odesa and Lviv", "place=Odesa"},
    {"killed (... in <place>)?", "killed overnight in Odesa", "place=Odesa"},
    {"killed (... in <place>)?", "killed overnight", "-"},
    /* ... and stop at another count, not at a void one */
    {"<killed> ... dead", "saw 5 drones and 6 dead", "killed=6"},
    {"strike ... killed", "strike with 5 drones killed", ""},
    {"strike ... killed", "strike of 2022 killed", "-"},
    {"<killed> ... <killed.child> dead", "were 5 with 2 dead", "killed=5, killed.child=2"},
    /* never over the end of a sentence */
    {"strike ... killed", "A strike. Two killed.", ""},
    /* extents */
    {"leave~ <killed> $people? $dead and another? <wounded> $people? $hurt",
     "left 19 people killed and 66 wounded",
     "killed=19[19 people killed], $people=people, $dead=killed, wounded=66[66 wounded], "
     "$hurt=wounded"},
    {"<killed> $people? were $dead", "all 19 people were dead",
     "killed=19[19 people], $people=people, $dead=dead"},
    {"<killed> kill~ there", "all 19 killed there", "killed=19[19 killed]"},
    {"<killed> (kill~ | wound~) there", "all 19 killed there", "killed=19[19 killed]"},
    {"<killed> (killed | wounded) there", "all 19 killed there", "killed=19"},
    {"<killed> ... $dead", "all 19 dead", "killed=19[19 dead], $dead=dead"},
    {"<killed> ... $dead", "all 19 are dead", "killed=19, $dead=dead"},
    {"<killed> $people <wounded> $hurt", "all 19 people 4 injured",
     "killed=19[19 people], $people=people, wounded=4[4 injured], $hurt=injured"},
    /* the best start: the longest */
    {"in? <place>? killed", "in Odesa killed", "place=Odesa"},
    {"in? <place>? killed", "Odesa in killed", "-"},
    {"(a b | b)? killed", "a b killed", "-"},
    /* every occurrence of the index word */
    {"<killed> killed", "it 3 killed and 4 killed", "killed=3; killed=4"},
    {"killed ... killed", "killed killed killed", "-; -"},
    {"in ... killed ... <place>", "in killed killed Odesa", "place=Odesa"}, /* equal ones once */
};

static void test_table(void)
{
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct small_rules rules;
        small_rules_init(&rules);
        const char *found = small_rules_find(&rules, CASES[i][0], CASES[i][1]);
        if (strcmp(found, CASES[i][2]) != 0)
            printf("    '%s' in '%s': %s\n", CASES[i][0], CASES[i][1], found);
        CU_ASSERT_STRING_EQUAL(found, CASES[i][2]);
        small_rules_free(&rules);
    }
}

/* ---- several rules ------------------------------------------------------------------------- */

static const char *spans(struct small_rules *rules, const struct matcher *matcher, const char *text)
{
    struct match *matches;
    struct error err;
    size_t n;
    struct match_input input = small_rules_sentence(rules, text);
    CU_ASSERT_EQUAL_FATAL(matcher_find(matcher, &rules->arena, &input, &matches, &n, &err), 0);
    return small_rules_spans(rules, &input, matches, n);
}

static void test_several(void)
{
    static const char *const PATTERNS[] = {"<killed> people? $dead", "killed in <place>",
                                           "(strike | people) ... killed",
                                           "<killed> $people? $dead"};
    struct small_rules rules;
    small_rules_init(&rules);
    struct matcher *matcher = small_rules_matcher(&rules, PATTERNS, 4);
    CU_ASSERT_STRING_EQUAL(spans(&rules, matcher, "The strike left 3 people killed in Odesa"),
                           "0: 3 people killed; 3: 3 people killed; 2: people killed; "
                           "1: killed in Odesa");
    CU_ASSERT_STRING_EQUAL(spans(&rules, matcher, "nothing of that sort"), "");
    matcher_free(matcher);
    small_rules_free(&rules);
}

static void test_later_sentence(void)
{
    static const char *const PATTERNS[] = {"<killed> people? dead"};
    struct small_rules rules;
    small_rules_init(&rules);
    struct matcher *matcher = small_rules_matcher(&rules, PATTERNS, 1);
    struct match_input input =
        small_rules_sentence(&rules, "It was 4. They said 5 people dead. And 6 dead.");
    struct match *matches;
    struct error err;
    size_t n;
    CU_ASSERT_EQUAL_FATAL(input.doc->n_sentences, 3);
    input.sentence = &input.doc->sentences[1];
    CU_ASSERT_EQUAL(matcher_find(matcher, &rules.arena, &input, &matches, &n, &err), 0);
    CU_ASSERT_STRING_EQUAL(small_rules_captures(&rules, &input, matches, n), "killed=5");
    CU_ASSERT_EQUAL(matches[0].count, 3);
    matcher_free(matcher);
    small_rules_free(&rules);
}

static const char *unless(const char *pattern, const char *before, const char *after,
                          const char *text)
{
    static char result[200];
    struct small_rules rules;
    struct matcher *matcher;
    struct error err;
    small_rules_init(&rules);
    const struct pattern *b = before ? small_rules_pattern(&rules, before) : NULL;
    const struct pattern *a = after ? small_rules_pattern(&rules, after) : NULL;
    CU_ASSERT_EQUAL_FATAL(matcher_new(&matcher, &rules.symbols, &err), 0);
    CU_ASSERT_EQUAL_FATAL(matcher_add(matcher, 1, 0, small_rules_pattern(&rules, pattern), b,
                                      b != NULL, a, a != NULL, &err),
                          0);
    CU_ASSERT_EQUAL_FATAL(matcher_seal(matcher, true, &err), 0);
    snprintf(result, sizeof result, "%s", spans(&rules, matcher, text));
    matcher_free(matcher);
    small_rules_free(&rules);
    return result;
}

static void test_unless(void)
{
    CU_ASSERT_STRING_EQUAL(unless("killed", "not", NULL, "were not killed"), "");
    CU_ASSERT_STRING_EQUAL(unless("killed", "not", NULL, "not were killed"), "1: killed");
    CU_ASSERT_STRING_EQUAL(unless("killed", "not", NULL, "killed"), "1: killed");
    CU_ASSERT_STRING_EQUAL(unless("killed", "not been?", NULL, "not were killed"), "1: killed");
    CU_ASSERT_STRING_EQUAL(
        unless("killed", "(could have | not) been?", NULL, "they could have been killed"), "");
    CU_ASSERT_STRING_EQUAL(unless("killed", "not ...3 be", NULL, "not all of them be killed"), "");
    CU_ASSERT_STRING_EQUAL(unless("killed", "not ...3 be", NULL, "not all of us them be killed"),
                           "1: killed");
    CU_ASSERT_STRING_EQUAL(unless("killed", NULL, "time", "killed time"), "");
    CU_ASSERT_STRING_EQUAL(unless("killed", NULL, "time", "killed some time"), "1: killed");
    CU_ASSERT_STRING_EQUAL(unless("killed", NULL, "time", "killed"), "1: killed");
    CU_ASSERT_STRING_EQUAL(unless("killed", NULL, "$people in <place>", "killed people in Odesa"),
                           "");
    CU_ASSERT_STRING_EQUAL(unless("killed", "not", "time", "not killed time"), "");
    CU_ASSERT_STRING_EQUAL(unless("kill~", "not", NULL, "killed not killed"), "1: killed");
}

/* ---- index words --------------------------------------------------------------------------- */

static bool is_trigger(const struct small_rules *rules, const char *word)
{
    uint32_t id = vocabulary_find(rules->symbols.vocabulary, slice_of(word));
    return id != WORD_UNKNOWN && (vocabulary_marks(rules->symbols.vocabulary, id) & WORD_TRIGGER);
}

static void test_index_words(void)
{
    static const char *const PATTERNS[] = {
        "were killed in <place>",      /* killed: were and in are common */
        "the toll rose to <killed>",   /* toll or rose, not the, not to */
        "<wounded> were maimed",       /* maimed */
        "in (hospital | a morgue) by", /* both ways of the group */
        "of? perished?  collapsed",    /* only what is required */
    };
    struct small_rules rules;
    small_rules_init(&rules);
    struct matcher *matcher = small_rules_matcher(&rules, PATTERNS, 5);
    CU_ASSERT(is_trigger(&rules, "killed"));
    CU_ASSERT(is_trigger(&rules, "toll"));
    CU_ASSERT(is_trigger(&rules, "maimed"));
    CU_ASSERT(is_trigger(&rules, "hospital"));
    CU_ASSERT(is_trigger(&rules, "morgue"));
    CU_ASSERT(is_trigger(&rules, "collapsed"));
    CU_ASSERT_FALSE(is_trigger(&rules, "were"));
    CU_ASSERT_FALSE(is_trigger(&rules, "in"));
    CU_ASSERT_FALSE(is_trigger(&rules, "the"));
    CU_ASSERT_FALSE(is_trigger(&rules, "rose"));
    CU_ASSERT_FALSE(is_trigger(&rules, "a"));
    CU_ASSERT_FALSE(is_trigger(&rules, "perished"));
    matcher_free(matcher);
    small_rules_free(&rules);
}

static void test_shared_word_is_avoided(void)
{
    static const char *const PATTERNS[] = {"killed outright", "killed $people", "<killed> killed"};
    struct small_rules rules;
    small_rules_init(&rules);
    struct matcher *matcher = small_rules_matcher(&rules, PATTERNS, 3);
    CU_ASSERT(is_trigger(&rules, "outright"));
    CU_ASSERT_STRING_EQUAL(spans(&rules, matcher, "It 5 killed outright"), "2: 5 killed; 0: killed "
                                                                           "outright");
    matcher_free(matcher);
    small_rules_free(&rules);
}

static void test_not_marked_without_trigger(void)
{
    struct small_rules rules;
    struct matcher *matcher;
    struct error err;
    small_rules_init(&rules);
    CU_ASSERT_EQUAL_FATAL(matcher_new(&matcher, &rules.symbols, &err), 0);
    CU_ASSERT_EQUAL_FATAL(
        matcher_add(matcher, 0, 0, small_rules_pattern(&rules, "killed"), NULL, 0, NULL, 0, &err),
        0);
    CU_ASSERT_EQUAL_FATAL(matcher_seal(matcher, false, &err), 0);
    CU_ASSERT_FALSE(is_trigger(&rules, "killed"));
    CU_ASSERT_STRING_EQUAL(spans(&rules, matcher, "two killed"), "0: killed");
    matcher_free(matcher);
    small_rules_free(&rules);
}

/* ---- bounds -------------------------------------------------------------------------------- */

static uint64_t work_of(struct small_rules *rules, const struct matcher *matcher, const char *text,
                        size_t *n_matches)
{
    struct match *matches;
    struct error err;
    uint64_t work = 0;
    struct match_input input = small_rules_sentence(rules, text);
    CU_ASSERT_EQUAL_FATAL(
        matcher_find_counting(matcher, &rules->arena, &input, &matches, n_matches, &work, &err), 0);
    return work;
}

/* Without a memory of failures this pattern takes over 2^20 steps on this sentence. */
static void test_no_blow_up(void)
{
    static const char *const PATTERNS[] = {
        "killed a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? ...30 a a a a a a b"};
    struct small_rules rules;
    struct buffer text;
    size_t n;
    small_rules_init(&rules);
    buffer_init(&text, 1000);
    struct matcher *matcher = small_rules_matcher(&rules, PATTERNS, 1);
    buffer_add_text(&text, "killed");
    for (int i = 0; i < 50; i++)
        buffer_add_text(&text, " a");
    buffer_add_text(&text, " x b");
    uint64_t work = work_of(&rules, matcher, text.ptr, &n);
    uint64_t ops =
        1 + 2 * 20 + 30 + 7; /* an optional piece is two ops, a gap as many as its words */
    CU_ASSERT_EQUAL(n, 0);
    CU_ASSERT(work > 500);
    CU_ASSERT(work < ops * 60);
    work = work_of(&rules, matcher, "killed a a a a a a a a a b", &n);
    CU_ASSERT_EQUAL(n, 1);
    CU_ASSERT(work < ops * 12);
    matcher_free(matcher);
    buffer_free(&text);
    small_rules_free(&rules);
}

/* The longest sentence there is, all of it index words: work grows with its length, not faster. */
static void test_long_sentence(void)
{
    static const char *const PATTERNS[] = {"killed ...25 (killed killed? ...20)? killed $people",
                                           "(killed | dead)? ...? killed ... killed <place>"};
    struct small_rules rules;
    size_t n;
    uint64_t works[2];
    small_rules_init(&rules);
    struct matcher *matcher = small_rules_matcher(&rules, PATTERNS + 0, 1);
    for (int i = 0; i < 2; i++) {
        struct buffer text;
        buffer_init(&text, 20000);
        for (int k = 0; k < 400 * (i + 1); k++)
            buffer_add_text(&text, "killed ");
        buffer_add_text(&text, "people");
        works[i] = work_of(&rules, matcher, text.ptr, &n);
        CU_ASSERT(n > 0);
        buffer_free(&text);
    }
    CU_ASSERT(works[1] <= 3 * works[0]);
    matcher_free(matcher);
    small_rules_free(&rules);
}

static void test_full_arena(void)
{
    static const char *const PATTERNS[] = {"<killed> $people? $dead"};
    struct small_rules rules;
    small_rules_init(&rules);
    struct matcher *matcher = small_rules_matcher(&rules, PATTERNS, 1);
    struct match_input input = small_rules_sentence(&rules, "so 5 people dead and 6 dead");
    bool done = false;
    for (size_t cap = 0; !done; cap += 16) {
        struct arena tiny;
        struct match *matches;
        struct error err = {0};
        size_t n;
        arena_init(&tiny, cap);
        if (matcher_find(matcher, &tiny, &input, &matches, &n, &err) == 0) {
            CU_ASSERT_EQUAL(n, 2);
            done = true;
        } else {
            CU_ASSERT_EQUAL(err.code, ERROR_LIMIT);
        }
        arena_free(&tiny);
        CU_ASSERT_FATAL(cap < 1000000);
    }
    matcher_free(matcher);
    small_rules_free(&rules);
}

/* Values that no extractor should give: outside the sentence, empty, longer than any field. */
static void test_odd_values(void)
{
    static const char *const PATTERNS[] = {"<killed> dead", "dead <killed>"};
    struct small_rules rules;
    struct match *matches;
    struct error err;
    size_t n;
    small_rules_init(&rules);
    struct matcher *matcher = small_rules_matcher(&rules, PATTERNS, 2);
    struct match_input input = small_rules_sentence(&rules, "Some dead there");
    struct value values[] = {
        {.first = 0, .count = 0, .type = VALUE_COUNT},
        {.first = 0, .count = 1, .type = 200},
        {.first = 2, .count = 60000, .type = VALUE_COUNT},
        {.first = 2, .count = 1, .type = VALUE_COUNT},
        {.first = 3, .count = 1, .type = VALUE_COUNT},
        {.first = UINT32_MAX, .count = 9, .type = VALUE_COUNT},
    };
    input.values = values;
    input.n_values = sizeof values / sizeof *values;
    CU_ASSERT_EQUAL(matcher_find(matcher, &rules.arena, &input, &matches, &n, &err), 0);
    CU_ASSERT_STRING_EQUAL(small_rules_spans(&rules, &input, matches, n), "1: dead there");
    struct value two[] = {
        {.first = 2, .count = 2, .type = VALUE_COUNT, .flags = VALUE_VOID},
        {.first = 2, .count = 1, .type = VALUE_COUNT},
    };
    input = small_rules_sentence(&rules, "Some dead there now");
    input.values = two;
    input.n_values = 2;
    CU_ASSERT_EQUAL(matcher_find(matcher, &rules.arena, &input, &matches, &n, &err), 0);
    CU_ASSERT_STRING_EQUAL(small_rules_spans(&rules, &input, matches, n), "1: dead there");
    matcher_free(matcher);
    small_rules_free(&rules);
}

/* ---- against a plain matcher --------------------------------------------------------------- */

/* All ends that a pattern can reach from a token, by trying everything: the oracle. Fields are left
 * out. */
static void ends_of(const struct small_rules *rules, const struct pattern_code *code, uint32_t pc,
                    const struct document *doc, uint32_t token, bool *ends)
{
    const struct pattern_op *op = &code->ops[pc];
    struct phrase_hit hits[PHRASE_MAX_WORDS];
    switch (op->kind) {
    case OP_MATCH: ends[token] = true; return;
    case OP_SPLIT:
        ends_of(rules, code, op->next, doc, token, ends);
        ends_of(rules, code, op->other, doc, token, ends);
        return;
    case OP_GAP:
        for (uint32_t n = 0; n <= op->arg && token + n <= doc->n_tokens; n++)
            ends_of(rules, code, op->next, doc, token + n, ends);
        return;
    case OP_LIST:
        for (size_t n = word_list_all(&rules->lists[op->arg], doc, token, doc->n_tokens, hits);
             n > 0; n--)
            ends_of(rules, code, op->next, doc, token + hits[n - 1].count, ends);
        return;
    default:
        for (uint32_t i = 0; i < op->n_words && token < doc->n_tokens; i++) {
            if (doc->tokens[token].word == op->words[i])
                ends_of(rules, code, op->next, doc, token + 1, ends);
        }
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void random_pattern(struct buffer *out, uint32_t *seed, int depth)
{
    static const char *const PIECES[] = {"a", "b", "c", "a~", "$dead", "$strike", "killed"};
    for (uint32_t n = 1 + next_random(seed) % 3; n > 0; n--) {
        if (depth < 2 && next_random(seed) % 4 == 0) {
            buffer_add_text(out, "(");
            random_pattern(out, seed, depth + 1);
            buffer_add_text(out, "|");
            random_pattern(out, seed, depth + 1);
            buffer_add_text(out, ")");
        } else {
            buffer_add_text(out, PIECES[next_random(seed) % 7]);
        }
        buffer_add_text(out, next_random(seed) % 4 == 0 ? "? " : " ");
        if (n > 1 && next_random(seed) % 4 == 0)
            buffer_add_text(out, "...3 ");
    }
}

/* Random patterns on random sentences. Every match reported is one the oracle has; wherever the
 * oracle has one at all, one is reported that begins and ends around it; and the longest is never
 * missed. */
static void test_oracle(void)
{
    static const char *const WORDS[] = {"a",     "b",     "c",   "killed",  "lost",
                                        "their", "lives", "air", "strikes", "x"};
    uint32_t seed = 20251119;
    size_t compiled = 0;
    size_t matched = 0;
    for (int round = 0; round < 1500; round++) {
        struct small_rules rules;
        struct buffer text;
        struct pattern pattern;
        small_rules_init(&rules);
        buffer_init(&text, 10000);
        random_pattern(&text, &seed, 0);
        if (*small_rules_compile(&rules, text.ptr, false, &pattern) == '\0') {
            const char *const one[] = {arena_copy(&rules.arena, buffer_slice(&text)).ptr};
            struct matcher *matcher = small_rules_matcher(&rules, one, 1);
            buffer_clear(&text);
            for (int i = 0; i < 20; i++)
                buffer_format(&text, "%s ", WORDS[next_random(&seed) % 10]);
            struct match_input input = small_rules_sentence(&rules, text.ptr);
            input.n_values = 0;
            struct match *matches;
            struct error err;
            size_t n;
            CU_ASSERT_EQUAL_FATAL(matcher_find(matcher, &rules.arena, &input, &matches, &n, &err),
                                  0);
            bool wanted = false;
            for (uint32_t t = 0; t < input.sentence->count; t++) {
                bool ends[64] = {false};
                ends_of(&rules, pattern.code, pattern.code->entry, input.doc, t, ends);
                for (uint32_t e = 0; e < 64; e++)
                    wanted = wanted || ends[e];
                for (size_t i = 0; i < n; i++)
                    CU_ASSERT(matches[i].first != t || ends[t + matches[i].count]);
            }
            CU_ASSERT_EQUAL(n > 0, wanted);
            compiled++;
            matched += n > 0;
            matcher_free(matcher);
        }
        buffer_free(&text);
        small_rules_free(&rules);
    }
    CU_ASSERT(compiled > 300);
    CU_ASSERT(matched > 100);
}

void suite_matcher(void)
{
    CU_pSuite suite = CU_add_suite("matcher", NULL, NULL);
    CU_add_test(suite, "pattern, sentence, captures", test_table);
    CU_add_test(suite, "several rules at once, sorted", test_several);
    CU_add_test(suite, "a sentence in the middle", test_later_sentence);
    CU_add_test(suite, "unless before and after", test_unless);
    CU_add_test(suite, "index words are required and rare", test_index_words);
    CU_add_test(suite, "a word that many patterns share is no index", test_shared_word_is_avoided);
    CU_add_test(suite, "marks only when asked", test_not_marked_without_trigger);
    CU_add_test(suite, "no blow-up on optional pieces and gaps", test_no_blow_up);
    CU_add_test(suite, "a long sentence of index words", test_long_sentence);
    CU_add_test(suite, "a full arena is an error", test_full_arena);
    CU_add_test(suite, "odd values", test_odd_values);
    CU_add_test(suite, "random patterns against a plain matcher", test_oracle);
}
