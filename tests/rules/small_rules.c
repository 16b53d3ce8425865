#include "small_rules.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "rules/pattern_code.h"

static struct slice PEOPLE_PARTS[] = {{"civilian", 8}, {"child", 5}};
static struct slice WEAPON_PARTS[] = {{"intercepted", 11}, {"lost", 4}};
static struct schema_field FIELDS[] = {
    {{"killed", 6}, VALUE_COUNT, PEOPLE_PARTS, 2, true, false},
    {{"wounded", 7}, VALUE_COUNT, PEOPLE_PARTS, 2, true, false},
    {{"drones", 6}, VALUE_COUNT, WEAPON_PARTS, 2, false, true},
    {{"place", 5}, VALUE_PLACE, NULL, 0, false, false},
    {{"time", 4}, VALUE_TIME, NULL, 0, false, false},
};

static const char *const LISTS[][12] = {
    {"people", "people", "civilians", "rescue workers", "soldiers", "soldier"},
    {"dead", "killed", "dead", "lost their lives", "lost"},
    {"hurt", "wounded", "injured", "in hospital"},
    {"month-names", "May", "June"},
    {"strike", "strike~", "air strike~", "missile attack"},
};

static const char *const IRREGULAR[][6] = {
    {"leave", "leaves", "left", "leaving"},
    {"be", "is", "was", "were", "been"},
    {"hit", "hits", "hitting"},
};

static void must(int result, const struct error *err)
{
    if (result) {
        fprintf(stderr, "small_rules: %s\n", err->text);
        abort();
    }
}

void small_rules_init(struct small_rules *rules)
{
    struct error err = {0};
    *rules = (struct small_rules){0};
    arena_init(&rules->arena, (size_t)512 << 20);
    rules->schema = (struct schema){FIELDS, sizeof FIELDS / sizeof *FIELDS};
    must(vocabulary_new(&rules->symbols.vocabulary, &err), &err);
    rules->symbols.schema = &rules->schema;
    rules->symbols.forms = rules->form_rows;
    rules->symbols.lists = rules->lists;
    for (uint32_t i = 0; i < sizeof IRREGULAR / sizeof *IRREGULAR; i++) {
        must(map_put(&rules->symbols.forms_by_base, slice_of(IRREGULAR[i][0]), i, &err), &err);
        for (size_t k = 1; IRREGULAR[i][k]; k++)
            rules->forms[i][k - 1] = slice_of(IRREGULAR[i][k]);
        rules->form_rows[i] = rules->forms[i];
    }
    for (uint32_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
        struct word_list *list = &rules->lists[i];
        list->name = slice_of(LISTS[i][0]);
        for (size_t k = 1; LISTS[i][k]; k++)
            must(word_list_add(&rules->arena, &rules->symbols, list, slice_of(LISTS[i][k]),
                               (int64_t)k, &err),
                 &err);
        must(word_list_seal(&rules->arena, list, &err), &err);
        must(map_put(&rules->symbols.lists_by_name, list->name, i, &err), &err);
        rules->symbols.n_lists++;
    }
}

void small_rules_free(struct small_rules *rules)
{
    map_free(&rules->symbols.forms_by_base);
    map_free(&rules->symbols.lists_by_name);
    vocabulary_free(rules->symbols.vocabulary);
    arena_free(&rules->arena);
}

static const char *keep(struct small_rules *rules, struct buffer *text)
{
    const char *copy = arena_copy(&rules->arena, buffer_slice(text)).ptr;
    buffer_free(text);
    return copy ? copy : "";
}

const char *small_rules_compile(struct small_rules *rules, const char *text, bool numbers,
                                struct pattern *out)
{
    struct diagnostics findings;
    struct buffer lines;
    diagnostics_init(&findings, &rules->arena);
    buffer_init(&lines, 1 << 20);
    struct pattern_text source = {slice_of(text), {"test.yml", 7, 12, 0}};
    int result = pattern_compile(&rules->arena, &rules->symbols, &source, numbers, &findings, out);
    CU_ASSERT_EQUAL(result != 0, findings.n_errors != 0);
    for (size_t i = 0; i < findings.n_items; i++) {
        const struct diagnostic *d = &findings.items[i];
        buffer_format(&lines, "%s%d:%d+%d %.*s", i ? "\n" : "", d->where.line, d->where.column,
                      d->where.width, SLICE_ARG(d->text));
        if (d->hint.len)
            buffer_format(&lines, " (%.*s)", SLICE_ARG(d->hint));
    }
    return keep(rules, &lines);
}

const struct pattern *small_rules_pattern(struct small_rules *rules, const char *text)
{
    struct pattern *pattern = ARENA_NEW(&rules->arena, struct pattern);
    const char *findings = small_rules_compile(rules, text, false, pattern);
    if (*findings) {
        fprintf(stderr, "pattern '%s': %s\n", text, findings);
        abort();
    }
    return pattern;
}

struct values {
    struct value *items;
    size_t n;
};

static void add_value(struct values *values, size_t first, size_t count, unsigned type,
                      unsigned flags)
{
    values->items[values->n++] = (struct value){.first = (uint32_t)first,
                                                .count = (uint16_t)count,
                                                .type = (uint8_t)type,
                                                .flags = (uint8_t)flags};
}

static void token_values(struct values *values, const struct document *doc, size_t i)
{
    struct slice text = token_text(doc, i);
    bool next = i + 1 < doc->n_tokens;
    if (doc->tokens[i].kind == TOKEN_NUMBER) {
        unsigned year =
            text.len == 4 && (text.ptr[0] == '1' || text.ptr[0] == '2') ? VALUE_VOID : 0;
        if (next && slice_is(token_text(doc, i + 1), "soldiers"))
            add_value(values, i, 2, VALUE_COUNT, VALUE_PEOPLE);
        add_value(values, i, 1, VALUE_COUNT, year);
        add_value(values, i, 1, VALUE_NUMBER, year);
    } else if (i > 0 && (doc->tokens[i].flags & TOKEN_CAPITAL)) {
        if (next && (doc->tokens[i + 1].flags & TOKEN_CAPITAL))
            add_value(values, i, 2, VALUE_PLACE, 0);
        add_value(values, i, 1, VALUE_PLACE, 0);
    } else if (slice_is(text, "yesterday")) {
        add_value(values, i, 1, VALUE_TIME, 0);
    }
}

struct match_input small_rules_sentence(struct small_rules *rules, const char *text)
{
    struct error err = {0};
    struct document *doc = ARENA_NEW(&rules->arena, struct document);
    must(document_make(&rules->arena, rules->symbols.vocabulary, slice_of(text), 0, doc, &err),
         &err);
    struct values values = {ARENA_ARRAY(&rules->arena, struct value, 3 * doc->n_tokens + 1), 0};
    for (size_t i = 0; i < doc->n_tokens; i++)
        token_values(&values, doc, i);
    return (struct match_input){doc, doc->sentences, values.items, values.n, NULL};
}

static void write_capture(struct buffer *out, const struct match_input *input,
                          const struct match *match, const struct capture *capture)
{
    const struct pattern_slot *slot = &match->pattern->slots[capture->slot];
    uint32_t last = capture->first + capture->count - 1;
    uint32_t extent = capture->first + capture->extent - 1;
    buffer_format(out, "%s%.*s=%.*s", slot->kind == SLOT_LIST ? "$" : "", SLICE_ARG(slot->name),
                  SLICE_ARG(token_span(input->doc, capture->first, last)));
    if (extent != last)
        buffer_format(out, "[%.*s]", SLICE_ARG(token_span(input->doc, capture->first, extent)));
}

const char *small_rules_captures(struct small_rules *rules, const struct match_input *input,
                                 const struct match *matches, size_t n)
{
    struct buffer out;
    buffer_init(&out, 1 << 20);
    for (size_t i = 0; i < n; i++) {
        buffer_add_text(&out, i ? "; " : "");
        for (size_t k = 0; k < matches[i].n_captures; k++) {
            buffer_add_text(&out, k ? ", " : "");
            write_capture(&out, input, &matches[i], &matches[i].captures[k]);
        }
        if (matches[i].n_captures == 0)
            buffer_add_text(&out, "-");
    }
    return keep(rules, &out);
}

const char *small_rules_spans(struct small_rules *rules, const struct match_input *input,
                              const struct match *matches, size_t n)
{
    struct buffer out;
    buffer_init(&out, 1 << 20);
    for (size_t i = 0; i < n; i++)
        buffer_format(&out, "%s%u: %.*s", i ? "; " : "", matches[i].rule,
                      SLICE_ARG(token_span(input->doc, matches[i].first,
                                           matches[i].first + matches[i].count - 1)));
    return keep(rules, &out);
}

struct matcher *small_rules_matcher(struct small_rules *rules, const char *const *patterns,
                                    size_t n)
{
    struct matcher *matcher = NULL;
    struct error err;
    CU_ASSERT_EQUAL_FATAL(matcher_new(&matcher, &rules->symbols, &err), 0);
    for (size_t i = 0; i < n; i++)
        CU_ASSERT_EQUAL_FATAL(matcher_add(matcher, (uint32_t)i, 0,
                                          small_rules_pattern(rules, patterns[i]), NULL, 0, NULL, 0,
                                          &err),
                              0);
    CU_ASSERT_EQUAL_FATAL(matcher_seal(matcher, true, &err), 0);
    return matcher;
}

const char *small_rules_find(struct small_rules *rules, const char *pattern, const char *text)
{
    struct error err = {0};
    struct matcher *matcher;
    struct match *matches;
    size_t n;
    must(matcher_new(&matcher, &rules->symbols, &err), &err);
    must(matcher_add(matcher, 0, 0, small_rules_pattern(rules, pattern), NULL, 0, NULL, 0, &err),
         &err);
    must(matcher_seal(matcher, true, &err), &err);
    struct match_input input = small_rules_sentence(rules, text);
    must(matcher_find(matcher, &rules->arena, &input, &matches, &n, &err), &err);
    const char *result = small_rules_captures(rules, &input, matches, n);
    matcher_free(matcher);
    return result;
}
