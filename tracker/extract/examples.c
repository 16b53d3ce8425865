#include "extract/examples.h"

#include <stdarg.h>
#include <stdio.h>

#include "extract/counts.h"

/* Most memory one example may take: an example is a sentence or two. */
#define EXAMPLE_MEMORY ((size_t)16 << 20)

struct example_run {
    const struct extractor *extractor;
    struct diagnostics *findings;
    const struct rule *rule;
    const struct example *example;
    struct report_values *values; /* of the other layers' examples */
    struct extraction extraction;
    size_t n_failures;
    char why[512]; /* the first failure */
};

static void fail(struct example_run *run, const char *format, ...) PRINTF_LIKE(2, 3);
static void fail(struct example_run *run, const char *format, ...)
{
    va_list args;
    if (run->n_failures++)
        return;
    va_start(args, format);
    vsnprintf(run->why, sizeof run->why, format, args);
    va_end(args);
}

static const struct language *language_of(const struct example_run *run)
{
    return &run->extractor->ruleset->languages[run->rule->language];
}

static void count_write(const struct count *count, char out[96])
{
    char ends[3][24];
    const int64_t values[3] = {count->low, count->best, count->high};
    for (int i = 0; i < 3; i++) {
        if (values[i] == COUNT_OPEN)
            snprintf(ends[i], sizeof ends[i], "-");
        else
            snprintf(ends[i], sizeof ends[i], "%lld", (long long)values[i]);
    }
    snprintf(out, 96, "%s (low %s, best %s, high %s)", qualifier_names[count->qualifier], ends[0],
             ends[1], ends[2]);
}

/* The value of "killed" or "drones.intercepted" in the first event that states it. */
static const struct event_value *stated(const struct example_run *run, struct slice key)
{
    const struct schema *schema = &run->extractor->ruleset->schema;
    const char *dot = memchr(key.ptr, '.', key.len);
    struct slice name = dot ? slice_sub(key, 0, (size_t)(dot - key.ptr)) : key;
    uint16_t field = schema_find(schema, name), part = SCHEMA_NONE;
    if (field != SCHEMA_NONE && dot)
        part = schema_part(schema, field, slice_sub(key, name.len + 1, key.len - name.len - 1));
    for (size_t e = 0; e < run->extraction.n_events; e++)
        for (size_t i = 0; i < run->extraction.events[e].n_values; i++) {
            const struct event_value *value = &run->extraction.events[e].values[i];
            if (value->field == field && value->part == part)
                return value;
        }
    return NULL;
}

static void check_count(struct example_run *run, const struct expectation *expect,
                        const struct count *got)
{
    struct count want;
    struct error err;
    char wanted[96], found[96];
    if (count_parse(run->extractor->ruleset, language_of(run), expect->value, &want, &err)) {
        fail(run, "cannot read the expected count '%.*s'", SLICE_ARG(expect->value));
        return;
    }
    count_write(&want, wanted);
    if (!got) {
        fail(run, "expected %.*s: %s, found nothing", SLICE_ARG(expect->key), wanted);
        return;
    }
    count_write(got, found);
    if (!count_equal(&want, got))
        fail(run, "expected %.*s: %s, found %s", SLICE_ARG(expect->key), wanted, found);
}

static void check_place(struct example_run *run, const struct expectation *expect)
{
    if (!run->extractor->gazetteer)
        return; /* places cannot be read without the gazetteer: `rules check` on a bare checkout */
    for (size_t e = 0; e < run->extraction.n_events; e++) {
        const struct place *place = &run->extraction.events[e].place;
        if (slice_equal(place->name, expect->value) || slice_equal(place->written, expect->value))
            return;
    }
    const struct place *first = run->extraction.n_events ? &run->extraction.events[0].place : NULL;
    fail(run, "expected place: %.*s, found %.*s", SLICE_ARG(expect->value),
         SLICE_ARG(first && first->name.len ? first->name : SLICE_LITERAL("none")));
}

static void check_time(struct example_run *run, const struct expectation *expect)
{
    const struct document *doc = run->values->doc;
    for (size_t i = 0; i < run->values->n_times; i++) {
        const struct time_mention *time = &run->values->times[i];
        if (slice_equal(token_span(doc, time->first, time->first + time->n_tokens - 1),
                        expect->value))
            return;
    }
    fail(run, "expected time: %.*s, not found", SLICE_ARG(expect->value));
}

static void check_source(struct example_run *run, const struct expectation *expect)
{
    for (size_t i = 0; i < run->values->n_sources; i++)
        if (run->values->sources[i].attributed &&
            slice_equal(run->values->sources[i].name, expect->value))
            return;
    fail(run, "expected source: %.*s, not found", SLICE_ARG(expect->value));
}

static void check_doubt(struct example_run *run, const struct expectation *expect)
{
    for (size_t i = 0; i < run->values->n_doubts; i++)
        if (slice_is(expect->value, doubt_names[run->values->doubts[i].kind]))
            return;
    fail(run, "expected doubt: %.*s, not found", SLICE_ARG(expect->value));
}

/* The longest count of the text that is a number by itself, not one by the person it names ("a
 * woman"): what an example of counts.yml is about. */
static const struct count_value *longest_count(const struct example_run *run)
{
    const struct count_value *longest = NULL;
    for (size_t i = 0; i < run->values->n_counts; i++)
        if (!run->values->counts[i].singular &&
            (!longest || run->values->counts[i].number_tokens > longest->number_tokens))
            longest = &run->values->counts[i];
    return longest;
}

/* `low: 5`, `high: open`: one bound of the longest count. */
static void check_bound(struct example_run *run, const struct expectation *expect)
{
    const struct count_value *value = longest_count(run);
    char found[32] = "no count";
    if (value) {
        int64_t bound = slice_is(expect->key, "low")    ? value->count.low
                        : slice_is(expect->key, "best") ? value->count.best
                                                        : value->count.high;
        if (bound == COUNT_OPEN)
            snprintf(found, sizeof found, "open");
        else
            snprintf(found, sizeof found, "%lld", (long long)bound);
    }
    if (!slice_is(expect->value, found))
        fail(run, "expected %.*s: %.*s, found %s", SLICE_ARG(expect->key), SLICE_ARG(expect->value),
             found);
}

/* `count: three`: the longest count of the text. */
static void check_bare_count(struct example_run *run, const struct expectation *expect)
{
    const struct count_value *value = longest_count(run);
    check_count(run, expect, value ? &value->count : NULL);
}

/* Keys of `expect:` beside the fields that count. */
static const struct {
    const char *key;
    void (*check)(struct example_run *run, const struct expectation *expect);
} checks[] = {
    {"place", check_place},   {"time", check_time},   {"when", check_time},
    {"source", check_source}, {"doubt", check_doubt}, {"low", check_bound},
    {"best", check_bound},    {"high", check_bound},  {"count", check_bare_count},
};

static void check_expectation(struct example_run *run, const struct expectation *expect)
{
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (slice_is(expect->key, checks[i].key)) {
            checks[i].check(run, expect);
            return;
        }
    const struct event_value *value = stated(run, expect->key);
    check_count(run, expect, value ? &value->count : NULL);
}

static bool is_expected(const struct example *example, struct slice name)
{
    for (size_t i = 0; i < example->n_expects; i++)
        if (slice_equal(example->expects[i].key, name))
            return true;
    return false;
}

/* A total that an event states and the example does not expect is a misread number. */
static void check_surplus(struct example_run *run)
{
    const struct schema *schema = &run->extractor->ruleset->schema;
    for (size_t e = 0; e < run->extraction.n_events; e++)
        for (size_t i = 0; i < run->extraction.events[e].n_values; i++) {
            const struct event_value *value = &run->extraction.events[e].values[i];
            char found[96];
            if (value->part != SCHEMA_NONE ||
                is_expected(run->example, schema->fields[value->field].name))
                continue;
            count_write(&value->count, found);
            fail(run, "found %.*s: %s by rule %.*s, which the example does not expect",
                 SLICE_ARG(schema->fields[value->field].name), found,
                 SLICE_ARG(run->extraction.claims.items[value->claim].rule->name));
        }
}

/* Whether the rule itself fits anywhere in the text, whatever becomes of it. */
static int rule_fits(struct example_run *run, bool *fits, struct error *err)
{
    const struct report_values *values = run->values;
    const struct matcher *matcher = values->language->matchers[run->rule->layer];
    uint32_t index = (uint32_t)(run->rule - run->extractor->ruleset->rules);
    *fits = false;
    for (size_t s = 0; s < values->doc->n_sentences; s++) {
        const struct match_input input = {values->doc, &values->doc->sentences[s],
                                          values->sentences[s].values,
                                          values->sentences[s].n_values, values->scratch};
        struct match *matches;
        size_t n;
        if (matcher_find(matcher, values->arena, &input, &matches, &n, err))
            return -1;
        for (size_t i = 0; i < n; i++)
            *fits = *fits || matches[i].rule == index;
    }
    return 0;
}

/* `expect: nothing`: no number of an event; under `never a count` no count at all; elsewhere that
 * the entry itself does not fit. */
static int check_nothing(struct example_run *run, struct error *err)
{
    bool fits;
    if (run->rule->layer == LAYER_EVENT) {
        check_surplus(run);
        return 0;
    }
    if (run->rule->layer == LAYER_NEVER) {
        const struct count_value *value = longest_count(run);
        if (value)
            fail(run, "expected nothing, found the count '%.*s'",
                 SLICE_ARG(token_span(run->values->doc, value->first,
                                      value->first + value->n_tokens - 1)));
        return 0;
    }
    if (rule_fits(run, &fits, err))
        return -1;
    if (fits)
        fail(run, "expected nothing, but it fits");
    return 0;
}

static void check_ties(struct example_run *run)
{
    for (size_t i = 0; i < run->extraction.claims.n_ties; i++)
        fail(run,
             "rules %.*s and %.*s read it differently and neither is preferred; add `prefer over:` "
             "to one",
             SLICE_ARG(run->extraction.claims.ties[i].rule_a->name),
             SLICE_ARG(run->extraction.claims.ties[i].rule_b->name));
}

/* Reads the example's text as a report without title, date or outlet. */
static int example_extract(struct example_run *run, struct arena *arena, struct error *err)
{
    struct report *report = ARENA_NEW(arena, struct report);
    if (!report)
        return arena_full(arena, err);
    *report = (struct report){.id = SLICE_LITERAL("example"),
                              .text = run->example->text,
                              .published = STAMP_NONE,
                              .path = "example",
                              .lang = language_of(run)->code};
    if (extract_report(run->extractor, arena, report, &run->extraction, err))
        return -1;
    run->values = ARENA_NEW(arena, struct report_values);
    if (!run->values)
        return arena_full(arena, err);
    if (report_values_init(run->values, arena, report, run->extraction.doc, run->extractor->ruleset,
                           language_of(run), run->extractor->gazetteer, err))
        return -1;
    for (size_t i = 0; i < run->extraction.doc->n_sentences; i++)
        if (sentence_values_find(run->values, i, err))
            return -1;
    return 0;
}

static bool wins(const struct example_run *run)
{
    for (size_t i = 0; i < run->extraction.claims.n; i++)
        if (run->extraction.claims.items[i].rule == run->rule)
            return true;
    return false;
}

static void example_report(struct example_run *run)
{
    bool known = run->example->known_problem.len != 0;
    if (run->n_failures)
        diagnostics_add(run->findings, known ? SEVERITY_NOTE : SEVERITY_ERROR, run->example->where,
                        NULL, "%sexample of %.*s: %s", known ? "known problem: " : "",
                        SLICE_ARG(run->rule->name), run->why);
    else if (known)
        diagnostics_add(run->findings, SEVERITY_WARNING, run->example->where,
                        "remove its `known problem:`", "example of %.*s: passes now",
                        SLICE_ARG(run->rule->name));
}

static int example_run(struct example_run *run, struct arena *arena, struct error *err)
{
    run->n_failures = 0;
    if (example_extract(run, arena, err))
        return -1;
    check_ties(run);
    if (run->example->nothing && check_nothing(run, err))
        return -1;
    for (size_t i = 0; i < run->example->n_expects; i++)
        check_expectation(run, &run->example->expects[i]);
    if (!run->example->nothing && run->rule->layer == LAYER_EVENT)
        check_surplus(run);
    example_report(run);
    return 0;
}

static int rule_run(struct example_run *run, struct arena *arena, size_t *n_run, struct error *err)
{
    bool won = false, tried = false;
    for (size_t i = 0; i < run->rule->n_examples; i++) {
        arena_reset(arena);
        run->example = &run->rule->examples[i];
        if (example_run(run, arena, err))
            return -1;
        tried = tried || !run->example->nothing;
        won = won || wins(run);
        ++*n_run;
    }
    if (run->rule->layer == LAYER_EVENT && tried && !won)
        diagnostics_add(
            run->findings, SEVERITY_ERROR, run->rule->where,
            "another rule reads them better; drop the rule or give an example that needs it",
            "rule %.*s wins none of its own examples", SLICE_ARG(run->rule->name));
    return 0;
}

int examples_run(const struct extractor *extractor, struct diagnostics *findings, size_t *n_run,
                 struct error *err)
{
    struct arena arena;
    int result = 0;
    arena_init(&arena, EXAMPLE_MEMORY);
    *n_run = 0;
    for (size_t i = 0; i < extractor->ruleset->n_rules && !result; i++) {
        struct example_run run = {
            .extractor = extractor, .findings = findings, .rule = &extractor->ruleset->rules[i]};
        result = rule_run(&run, &arena, n_run, err);
    }
    arena_free(&arena);
    return result;
}
