/* What a posting asks before its program runs refuses most patterns: nothing that a search without
 * them finds may be lost by it. Random sentences, made of the words of the patterns so that many
 * nearly match. */
#include <CUnit/CUnit.h>
#include <stdio.h>

#include "rules/matcher_code.h"
#include "small_rules.h"

void suite_chance(void);

#define ROUNDS 3000
#define WORDS_MAX 90 /* more than one machine word of tokens, too */

static const char *const PATTERNS[] = {
    "<killed> $people? $dead",
    "killed in <place>",
    "(strike | people) ... killed",
    "(<killed> dead | dead <killed>) near <place>",
    "leave~ <killed> dead and (another <wounded> | the other <wounded>)? $hurt",
    "in? (the (city | village) of)? <place> was? hit",
    "<drones> (drones | missiles) were (shot down | launched) <time>?",
    "(shot | gunned) ... (dead | killed)",
    "$strike ... <place> ... <killed>",
    "<killed named> were (killed | wounded)",
    "<killed all> people killed",
};
#define N_PATTERNS (sizeof PATTERNS / sizeof *PATTERNS)

static const char *const WORDS[] = {
    "killed",  "in",       "Odesa",   "strike", "people",   "dead",     "near",
    "left",    "and",      "another", "the",    "other",    "hurt",     "city",
    "of",      "was",      "hit",     "drones", "missiles", "were",     "shot",
    "down",    "launched", "gunned",  "air",    "strikes",  "Kryvyi",   "Rih",
    "wounded", "5",        "19",      "2022",   "3",        "soldiers", "yesterday",
    "village", "injured",  "lost",    "their",  "lives",    "stranger"};
#define N_WORDS (sizeof WORDS / sizeof *WORDS)

/* xorshift64, so that every run tests the same sentences. */
static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)((*state >> 32) % below);
}

static void make_text(uint64_t *state, char *text, size_t size)
{
    size_t used = (size_t)snprintf(text, size, "so");
    uint32_t n = 3 + draw(state, draw(state, 8) ? 12 : WORDS_MAX);
    for (uint32_t i = 0; i < n; i++)
        used += (size_t)snprintf(text + used, size - used, " %s", WORDS[draw(state, N_WORDS)]);
}

/* A pattern of a few words, fields, options, groups and gaps. */
static void make_pattern(uint64_t *state, char *text, size_t size)
{
    static const char *const PIECES[] = {"<killed>", "<place>", "<time>?", "$people?", "$dead",
                                         "...",      "...3",    "was?",    "$strike"};
    size_t used = (size_t)snprintf(text, size, "%s", WORDS[draw(state, 10)]);
    for (uint32_t n = 1 + draw(state, 4); n > 0; n--) {
        const char *a = WORDS[draw(state, 20)], *b = WORDS[draw(state, 20)];
        const char *piece = PIECES[draw(state, 9)];
        uint32_t kind = draw(state, 4);
        if (kind == 0)
            used += (size_t)snprintf(text + used, size - used, " %s", piece);
        else if (kind == 1)
            used += (size_t)snprintf(text + used, size - used, " %s", a);
        else
            used += (size_t)snprintf(text + used, size - used, " (%s %s | %s)%s", a, b, b,
                                     kind == 2 ? "" : "?");
    }
}

/* Leaves nothing but the programs themselves. */
static void checks_forget(struct matcher *matcher)
{
    const struct choice any = {CLASS_NONE, FIELD_ANY};
    for (uint32_t i = 0; i < matcher->postings_of[matcher->n_words]; i++) {
        struct posting *posting = &matcher->postings[i];
        posting->fields = 0;
        posting->n_needs = 0;
        posting->before = posting->after = any;
    }
}

static size_t find(struct small_rules *rules, const struct matcher *matcher,
                   const struct match_input *input, struct match **out)
{
    struct error err;
    size_t n = 0;
    CU_ASSERT_EQUAL_FATAL(matcher_find(matcher, &rules->arena, input, out, &n, &err), 0);
    return n;
}

static bool equal(const struct match *a, const struct match *b)
{
    if (a->first != b->first || a->count != b->count || a->rule != b->rule ||
        a->n_captures != b->n_captures)
        return false;
    for (size_t i = 0; i < a->n_captures; i++)
        if (memcmp(&a->captures[i], &b->captures[i], sizeof a->captures[i]) != 0)
            return false;
    return true;
}

/* A search with the checks finds what one without finds; the quick answer never denies a match,
 * whether all values are known or still to come; and the scratch does not bring values of one
 * question into the next. Returns how many matches there were. */
static size_t check(struct small_rules *rules, const struct matcher *with,
                    const struct matcher *without, const char *text)
{
    struct match_scratch scratch = {0};
    struct match *a, *b, *c;
    struct match_input input = small_rules_sentence(rules, text);
    size_t all = input.n_values, n = find(rules, with, &input, &a);
    bool same = find(rules, without, &input, &b) == n;
    for (size_t i = 0; same && i < n; i++)
        same = equal(&a[i], &b[i]);
    bool told = matcher_may_match(with, &rules->arena, &input, 0);
    input.scratch = &scratch;
    input.n_values = all / 2;
    bool half = matcher_may_match(with, &rules->arena, &input, (1u << VALUE_TYPES) - 1);
    input.n_values = 0;
    bool early = matcher_may_match(with, &rules->arena, &input, (1u << VALUE_TYPES) - 1);
    input.n_values = all;
    bool again = find(rules, with, &input, &c) == n;
    for (size_t i = 0; again && i < n; i++)
        again = equal(&a[i], &c[i]);
    /* Fewer values than before: nothing of the others is left. */
    input.n_values = all / 2;
    bool kept = matcher_may_match(with, &rules->arena, &input, 0);
    size_t fewer = find(rules, with, &input, &c);
    input.scratch = NULL;
    again = again && kept == matcher_may_match(with, &rules->arena, &input, 0) &&
            find(rules, with, &input, &b) == fewer;
    bool right = same && again && (n == 0 || (told && early && half));
    if (!right)
        printf("    '%s': %zu matches, same %d, again %d, told %d, early %d\n", text, n, same,
               again, told, early);
    CU_ASSERT_TRUE(right);
    return n;
}

static void test_fixed_patterns(void)
{
    uint64_t state = UINT64_C(20251119);
    size_t found = 0, empty = 0;
    char text[2048];
    for (int part = 0; part < ROUNDS / 100; part++) {
        struct small_rules rules;
        small_rules_init(&rules);
        struct matcher *with = small_rules_matcher(&rules, PATTERNS, N_PATTERNS);
        struct matcher *without = small_rules_matcher(&rules, PATTERNS, N_PATTERNS);
        checks_forget(without);
        for (int i = 0; i < 100; i++) {
            make_text(&state, text, sizeof text);
            size_t n = check(&rules, with, without, text);
            found += n;
            empty += n == 0;
        }
        matcher_free(with);
        matcher_free(without);
        small_rules_free(&rules);
    }
    CU_ASSERT(found > ROUNDS / 4);
    CU_ASSERT(empty > ROUNDS / 10);
}

static void test_random_patterns(void)
{
    uint64_t state = UINT64_C(42);
    size_t found = 0;
    char text[2048], written[8][256];
    const char *patterns[8];
    for (int part = 0; part < ROUNDS / 20; part++) {
        struct small_rules rules;
        small_rules_init(&rules);
        for (int i = 0; i < 8; i++) {
            struct pattern pattern;
            do /* some are none: two gaps in a row, one field twice */
                make_pattern(&state, written[i], sizeof written[i]);
            while (*small_rules_compile(&rules, written[i], false, &pattern));
            patterns[i] = written[i];
        }
        struct matcher *with = small_rules_matcher(&rules, patterns, 8);
        struct matcher *without = small_rules_matcher(&rules, patterns, 8);
        checks_forget(without);
        for (int i = 0; i < 20; i++) {
            make_text(&state, text, sizeof text);
            found += check(&rules, with, without, text);
        }
        matcher_free(with);
        matcher_free(without);
        small_rules_free(&rules);
    }
    CU_ASSERT(found > ROUNDS / 4);
}

void suite_chance(void)
{
    CU_pSuite suite = CU_add_suite("chance", NULL, NULL);
    CU_add_test(suite, "checks lose no match of fixed patterns", test_fixed_patterns);
    CU_add_test(suite, "checks lose no match of random patterns", test_random_patterns);
}
