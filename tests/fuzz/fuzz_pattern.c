/* Compiles its input as a pattern and runs it on two fixed sentences, as a rule and as an unless
 * phrase. Whatever comes must be refused with a finding or give matches inside the sentence. */
#include <stdint.h>
#include <stdlib.h>

#include "rules/matcher_code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char TEXT[] =
    "Overnight strikes left at least 19 people killed and 66 wounded in the city of Odesa. "
    "a a a a a a a a a killed killed a b 5 killed 6 a killed Odesa a-b 's dead 7 a a";

static struct schema_field FIELDS[] = {
    {.name = {"killed", 6}, .type = VALUE_COUNT, .people = true},
    {.name = {"wounded", 7}, .type = VALUE_COUNT},
    {.name = {"place", 5}, .type = VALUE_PLACE},
};

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void make_list(struct arena *arena, struct symbols *symbols, const char *const *phrases)
{
    struct error err;
    for (; *phrases; phrases++)
        check(word_list_add(arena, symbols, &symbols->lists[0], slice_of(*phrases), 0, &err) == 0);
    check(word_list_seal(arena, &symbols->lists[0], &err) == 0);
    check(map_put(&symbols->lists_by_name, symbols->lists[0].name, 0, &err) == 0);
    symbols->n_lists = 1;
}

static size_t make_values(const struct document *doc, struct value *values)
{
    size_t n = 0;
    for (size_t i = 0; i < doc->n_tokens; i++) {
        bool number = doc->tokens[i].kind == TOKEN_NUMBER;
        bool name = (doc->tokens[i].flags & TOKEN_CAPITAL) != 0;
        struct value value = {.first = (uint32_t)i, .count = 2};
        if (!number && !name)
            continue;
        value.type = number ? VALUE_COUNT : VALUE_PLACE;
        value.flags = number ? VALUE_PEOPLE : 0;
        values[n++] = value;
        value.count = 1;
        value.flags = 0;
        values[n++] = value;
    }
    return n;
}

static void check_matches(const struct match_input *input, const struct match *matches, size_t n)
{
    uint32_t end = input->sentence->first + input->sentence->count;
    for (size_t i = 0; i < n; i++) {
        const struct match *m = &matches[i];
        check(m->count > 0 && m->first >= input->sentence->first && m->first + m->count <= end);
        check(m->count >= m->pattern->min_tokens && m->count <= m->pattern->max_tokens);
        for (size_t k = 0; k < m->n_captures; k++) {
            const struct capture *c = &m->captures[k];
            check(c->count > 0 && c->extent >= c->count && c->slot < m->pattern->n_slots);
            check(c->first >= m->first && c->first + c->extent <= m->first + m->count);
        }
    }
}

static void run(struct arena *arena, const struct symbols *symbols, const struct pattern *pattern,
                const struct pattern *unless)
{
    struct matcher *matcher;
    struct document doc;
    struct error err;
    struct value values[100];
    check(matcher_new(&matcher, symbols, &err) == 0);
    check(matcher_add(matcher, 0, 0, pattern, unless, unless != NULL, unless, unless != NULL,
                      &err) == 0);
    check(matcher_seal(matcher, true, &err) == 0);
    check(document_make(arena, symbols->vocabulary, SLICE_LITERAL(TEXT), 0, &doc, &err) == 0);
    size_t n_values = make_values(&doc, values);
    for (size_t i = 0; i < doc.n_sentences; i++) {
        struct match_input input = {&doc, &doc.sentences[i], values, n_values, NULL};
        struct match *matches;
        struct match_tie *ties;
        struct match_trace *traces;
        size_t n, n_ties, n_traces;
        uint64_t work = 0;
        check(matcher_find_counting(matcher, arena, &input, &matches, &n, &work, &err) == 0);
        check(work < UINT64_C(40) * 700 * 100); /* index words x ops x tokens */
        check_matches(&input, matches, n);
        check(matcher_trace(matcher, arena, &input, &traces, &n_traces, &err) == 0);
        check(n_traces >= n);
        check(matches_choose(arena, matches, &n, NULL, NULL, &ties, &n_ties, &err) == 0);
        check(n_ties == 0);
    }
    matcher_free(matcher);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const PHRASES[] = {"dead", "killed", "killed a", "city of", NULL};
    struct arena arena;
    struct error err;
    struct schema schema = {FIELDS, sizeof FIELDS / sizeof *FIELDS};
    struct word_list lists[1] = {{.name = {"dead", 4}}};
    struct symbols symbols = {.schema = &schema, .lists = lists};
    struct diagnostics findings;
    struct pattern pattern, killed;
    struct pattern_text source = {{(const char *)data, size}, {"fuzz.yml", 1, 1, 0}};
    struct pattern_text fixed = {SLICE_LITERAL("killed"), {"fuzz.yml", 1, 1, 0}};
    arena_init(&arena, (size_t)256 << 20);
    diagnostics_init(&findings, &arena);
    check(vocabulary_new(&symbols.vocabulary, &err) == 0);
    make_list(&arena, &symbols, PHRASES);
    int result = pattern_compile(&arena, &symbols, &source, size % 2, &findings, &pattern);
    check((result == 0) == (findings.n_errors == 0));
    check(pattern_compile(&arena, &symbols, &fixed, false, &findings, &killed) == 0);
    if (result == 0) {
        run(&arena, &symbols, &pattern, NULL);
        run(&arena, &symbols, &killed, &pattern);
    }
    map_free(&symbols.lists_by_name);
    vocabulary_free(symbols.vocabulary);
    arena_free(&arena);
    return 0;
}
