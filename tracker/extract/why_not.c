#include "extract/why_not.h"

#include <stdio.h>
#include <stdlib.h>

#include "extract/doubts.h"

/* Rules shown for a number: the closest are of use, not all that share a word with the text. */
#define NEAR_RULES 10
#define NEAR_RULES_SAID 3

const char *const near_outcome_names[NEAR_OUTCOMES] = {"won", "beaten", "void", "stopped"};

int wanted_claim_parse(const struct schema *schema, struct slice text, struct wanted_claim *out,
                       struct error *err)
{
    const char *equals = text.len ? memchr(text.ptr, '=', text.len) : NULL;
    struct slice name = {text.ptr, equals ? (size_t)(equals - text.ptr) : 0};
    const char *dot = name.len ? memchr(name.ptr, '.', name.len) : NULL;
    struct slice field = {name.ptr, dot ? (size_t)(dot - name.ptr) : name.len};
    char *end = NULL;
    *out = (struct wanted_claim){schema_find(schema, field), SCHEMA_NONE, 0};
    if (!equals || out->field == SCHEMA_NONE || schema->fields[out->field].type != VALUE_COUNT)
        return error_set(err, ERROR_USAGE, "expected FIELD=NUMBER such as killed=19, got '%.*s'",
                         SLICE_ARG(text));
    if (dot) {
        struct slice part = {dot + 1, name.len - field.len - 1};
        out->part = schema_part(schema, out->field, part);
        if (out->part == SCHEMA_NONE)
            return error_set(err, ERROR_USAGE, "field %.*s has no part '%.*s'", SLICE_ARG(field),
                             SLICE_ARG(part));
    }
    /* The text is a command line's: a NUL ends it. */
    out->number = strtoll(equals + 1, &end, 10);
    if (end == equals + 1 || end != text.ptr + text.len || out->number < 0)
        return error_set(err, ERROR_USAGE, "expected a whole number after '=', got '%.*s'",
                         SLICE_ARG(text));
    return 0;
}

/* What is being put together. */
struct why_search {
    struct report_values *values;
    const struct extraction *extraction;
    const struct wanted_claim *wanted;
    struct why_not *out;
    size_t numbers_capacity;
};

static bool count_has(const struct count *count, int64_t number)
{
    return count->low == number || count->best == number || count->high == number;
}

static bool value_is(const struct report_values *values, const struct value *value, int64_t number)
{
    if (value->type == VALUE_NUMBER)
        return value->number == number;
    return value->type == VALUE_COUNT && count_has(&values->counts[value->index].count, number);
}

/* The entry of `never a count` that takes the number at `token`, NULL when there is none. */
static int never_rule_find(struct why_search *search, uint32_t sentence, uint32_t token,
                           const struct rule **out, struct error *err)
{
    struct report_values *values = search->values;
    const struct match_input input = {.doc = values->doc,
                                      .sentence = &values->doc->sentences[sentence],
                                      .values = values->sentences[sentence].values,
                                      .n_values = values->sentences[sentence].n_values};
    struct match *matches;
    size_t n;
    *out = NULL;
    if (!values->language->matchers[LAYER_NEVER])
        return 0;
    if (matcher_find(values->language->matchers[LAYER_NEVER], values->arena, &input, &matches, &n,
                     err))
        return -1;
    for (size_t i = 0; i < n && !*out; i++)
        for (size_t k = 0; k < matches[i].n_captures; k++) {
            const struct capture *capture = &matches[i].captures[k];
            if (token >= capture->first && token < capture->first + capture->count)
                *out = &values->ruleset->rules[matches[i].rule];
        }
    return 0;
}

static bool rule_gives(const struct rule *rule, uint16_t alternative,
                       const struct wanted_claim *wanted)
{
    const struct pattern *pattern = &rule->alternatives[alternative];
    for (size_t i = 0; i < pattern->n_slots; i++) {
        const struct pattern_slot *slot = &pattern->slots[i];
        if (slot->kind == SLOT_FIELD && slot->type == VALUE_COUNT && slot->field == wanted->field &&
            (wanted->part == SCHEMA_NONE || slot->part == wanted->part))
            return true;
    }
    return false;
}

static bool rule_won(const struct claims *claims, const struct rule *rule, uint32_t sentence)
{
    for (size_t i = 0; i < claims->n; i++)
        if (claims->items[i].rule == rule && claims->items[i].sentence == sentence)
            return true;
    return false;
}

/* The bytes of a pattern's first piece: to its blank, or to the end of its group. */
static size_t first_piece(struct slice pattern)
{
    size_t i = 0;
    for (int depth = 0; i < pattern.len; i++) {
        depth += (pattern.ptr[i] == '(') - (pattern.ptr[i] == ')');
        if (depth == 0 && pattern.ptr[i] == ' ')
            break;
    }
    return i;
}

/* Where the piece that failed stands in the pattern. In the first one nothing fitted, and one that
 * failed for want of a <field> looked for its number elsewhere. A piece that another file names is
 * not written in it: half-way, say. */
static int progress_of(struct slice pattern, struct slice failed)
{
    const char *at =
        pattern.len && failed.len ? memmem(pattern.ptr, pattern.len, failed.ptr, failed.len) : NULL;
    if (failed.ptr >= pattern.ptr && failed.ptr < pattern.ptr + pattern.len)
        at = failed.ptr;
    if (failed.len && failed.ptr[0] == '<')
        return 0;
    if (!at)
        return 50;
    size_t offset = (size_t)(at - pattern.ptr);
    return offset < first_piece(pattern) ? 0 : (int)(offset * 100 / pattern.len);
}

/* How near an attempt that stopped came: it fitted in part, it came past the number. */
static int nearness(const struct near_number *number, const struct near_rule *rule)
{
    return 2 * (rule->progress > 0) + (rule->token > number->first);
}

/* Closest first: a match before an attempt; then by nearness, the farther one, the one with more of
 * its pattern done, the one whose own word stands nearer. */
static int near_compare(const struct near_number *number, const struct near_rule *a,
                        const struct near_rule *b)
{
    bool stopped_a = a->outcome == NEAR_STOPPED, stopped_b = b->outcome == NEAR_STOPPED;
    if (stopped_a != stopped_b)
        return stopped_a ? 1 : -1;
    int near_a = nearness(number, a), near_b = nearness(number, b);
    if (near_a != near_b)
        return near_a > near_b ? -1 : 1;
    if (a->token != b->token)
        return a->token > b->token ? -1 : 1;
    if (a->progress != b->progress)
        return a->progress > b->progress ? -1 : 1;
    uint32_t far_a =
        a->anchor > number->first ? a->anchor - number->first : number->first - a->anchor;
    uint32_t far_b =
        b->anchor > number->first ? b->anchor - number->first : number->first - b->anchor;
    if (far_a != far_b)
        return far_a < far_b ? -1 : 1;
    return (a->rule > b->rule) - (a->rule < b->rule);
}

/* Keeps the NEAR_RULES closest, in order; of one rule only its best alternative. */
static void near_insert(struct near_number *number, const struct near_rule *rule)
{
    size_t at = 0;
    for (size_t i = 0; i < number->n_rules; i++)
        if (number->rules[i].rule == rule->rule) {
            if (near_compare(number, &number->rules[i], rule) <= 0)
                return;
            memmove(&number->rules[i], &number->rules[i + 1],
                    (--number->n_rules - i) * sizeof *number->rules);
        }
    while (at < number->n_rules && near_compare(number, &number->rules[at], rule) <= 0)
        at++;
    if (at == NEAR_RULES)
        return;
    size_t moved = (number->n_rules < NEAR_RULES ? number->n_rules : NEAR_RULES - 1) - at;
    memmove(&number->rules[at + 1], &number->rules[at], moved * sizeof *number->rules);
    number->rules[at] = *rule;
    number->n_rules = at + moved + 1;
}

static int near_rules_find(struct why_search *search, struct near_number *number, struct error *err)
{
    struct report_values *values = search->values;
    const struct match_input input = {.doc = values->doc,
                                      .sentence = &values->doc->sentences[number->sentence],
                                      .values = values->sentences[number->sentence].values,
                                      .n_values = values->sentences[number->sentence].n_values};
    struct match_trace *traces;
    size_t n;
    number->rules = ARENA_ARRAY(values->arena, struct near_rule, NEAR_RULES);
    if (!number->rules)
        return arena_full(values->arena, err);
    if (matcher_trace(values->language->matchers[LAYER_EVENT], values->arena, &input, &traces, &n,
                      err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        const struct match_trace *trace = &traces[i];
        const struct rule *rule = &values->ruleset->rules[trace->rule];
        if (!rule_gives(rule, trace->alternative, search->wanted))
            continue;
        struct near_rule near = {
            rule, trace->alternative, NEAR_STOPPED, trace->anchor, trace->furthest, trace->failed,
            100};
        if (!trace->matched)
            near.progress = progress_of(rule->written[trace->alternative], trace->failed);
        else
            near.outcome = trace->voided ? NEAR_VOIDED
                           : rule_won(&search->extraction->claims, rule, number->sentence)
                               ? NEAR_WON
                               : NEAR_BEATEN;
        near_insert(number, &near);
    }
    return 0;
}

/* A number may stand in several values: "at least 19 people", "19". They are sorted, so the
 * outermost comes first. */
static int number_add(struct why_search *search, uint32_t sentence, const struct value *value,
                      struct error *err)
{
    struct why_not *out = search->out;
    bool never = value->flags & VALUE_VOID;
    for (size_t i = 0; i < out->n_numbers; i++)
        if (out->numbers[i].sentence == sentence &&
            value->first + value->count <= out->numbers[i].first + out->numbers[i].n_tokens) {
            out->numbers[i].never = out->numbers[i].never || never;
            return 0;
        }
    if (arena_grow(search->values->arena, &out->numbers, &search->numbers_capacity, out->n_numbers,
                   sizeof *out->numbers, err))
        return -1;
    out->numbers[out->n_numbers++] = (struct near_number){
        .sentence = sentence, .first = value->first, .n_tokens = value->count, .never = never};
    return 0;
}

static int numbers_find(struct why_search *search, struct error *err)
{
    struct report_values *values = search->values;
    for (uint32_t s = 0; s < values->doc->n_sentences; s++) {
        if (sentence_values_find(values, s, err))
            return -1;
        for (size_t v = 0; v < values->sentences[s].n_values; v++)
            if (value_is(values, &values->sentences[s].values[v], search->wanted->number) &&
                number_add(search, s, &values->sentences[s].values[v], err))
                return -1;
    }
    for (size_t i = 0; i < search->out->n_numbers; i++) {
        struct near_number *number = &search->out->numbers[i];
        number->doubt = doubt_over(values, number->sentence, number->first);
        if ((number->never &&
             never_rule_find(search, number->sentence, number->first, &number->never_rule, err)) ||
            near_rules_find(search, number, err))
            return -1;
    }
    return 0;
}

static int claims_of_number(struct why_search *search, struct error *err)
{
    const struct claims *claims = &search->extraction->claims;
    struct why_not *out = search->out;
    out->claims = ARENA_ARRAY(search->values->arena, const struct claim *, claims->n);
    if (!out->claims)
        return arena_full(search->values->arena, err);
    for (size_t i = 0; i < claims->n; i++)
        if (count_has(&claims->items[i].count, search->wanted->number))
            out->claims[out->n_claims++] = &claims->items[i];
    return 0;
}

int why_not_find(const struct extractor *extractor, struct arena *arena,
                 const struct report *report, const struct wanted_claim *wanted,
                 struct why_not *out, struct error *err)
{
    struct extraction *extraction = ARENA_NEW(arena, struct extraction);
    struct report_values *values = ARENA_NEW(arena, struct report_values);
    const struct language *language = extract_language(extractor->ruleset, report);
    *out = (struct why_not){0};
    if (!extraction || !values)
        return arena_full(arena, err);
    if (!language)
        return 0;
    if (extract_report(extractor, arena, report, extraction, err) ||
        report_values_init(values, arena, report, extraction->doc, extractor->ruleset, language,
                           extractor->gazetteer, err))
        return -1;
    out->doc = extraction->doc;
    struct why_search search = {values, extraction, wanted, out, 0};
    return numbers_find(&search, err) || claims_of_number(&search, err) ? -1 : 0;
}

/* ---- in words ------------------------------------------------------------------------------- */

static void measure_write(struct buffer *out, const struct schema *schema, uint16_t field,
                          uint16_t part)
{
    buffer_add_slice(out, schema->fields[field].name);
    if (part != SCHEMA_NONE)
        buffer_format(out, ".%.*s", SLICE_ARG(schema->fields[field].parts[part]));
}

static bool claim_is_wanted(const struct claim *claim, const struct wanted_claim *wanted)
{
    return claim->field == wanted->field &&
           (wanted->part == SCHEMA_NONE || claim->part == wanted->part);
}

static void claim_say(struct buffer *out, const struct schema *schema,
                      const struct wanted_claim *wanted, const struct claim *claim)
{
    buffer_format(out,
                  "  %s: ", claim_is_wanted(claim, wanted) ? "it is claimed" : "claimed otherwise");
    measure_write(out, schema, claim->field, claim->part);
    buffer_format(out, " by %.*s, role %s", SLICE_ARG(claim->rule->name),
                  claim_role_names[claim->role]);
    if (claim->doubt != DOUBT_NONE)
        buffer_format(out, ", %s", doubt_names[claim->doubt]);
    buffer_add_text(out, claim->event == UINT32_MAX ? ", of no event\n" : "\n");
}

static void rule_say(struct buffer *out, const struct why_not *why, const struct near_rule *near,
                     bool closest)
{
    static const char *const outcomes[NEAR_OUTCOMES] = {
        "it won, with other words of the sentence",
        "it matched; another rule is better, or a tie withheld it",
        "it matched; an unless phrase stands beside it",
        "stopped at",
    };
    buffer_format(out, "    %s %.*s (%.*s) at '%.*s': %s",
                  closest ? "closest:" : "then:   ", SLICE_ARG(near->rule->name),
                  SLICE_ARG(near->rule->written[near->alternative]),
                  SLICE_ARG(token_text(why->doc, near->anchor)), outcomes[near->outcome]);
    if (near->outcome == NEAR_STOPPED) {
        if (near->token < why->doc->n_tokens)
            buffer_format(out, " '%.*s'", SLICE_ARG(token_text(why->doc, near->token)));
        else
            buffer_add_text(out, " the end");
        buffer_format(out, ", which is no '%.*s'", SLICE_ARG(near->failed));
    }
    buffer_add_char(out, '\n');
}

static void number_say(struct buffer *out, const struct schema *schema,
                       const struct wanted_claim *wanted, const struct why_not *why,
                       const struct near_number *number)
{
    buffer_format(
        out, "  '%.*s' in sentence %u\n",
        SLICE_ARG(token_span(why->doc, number->first, number->first + number->n_tokens - 1)),
        number->sentence + 1);
    if (number->never)
        buffer_format(out, "    never a count%s%.*s\n", number->never_rule ? ": by " : "",
                      SLICE_ARG(number->never_rule ? number->never_rule->name : SLICE_NONE));
    if (number->doubt)
        buffer_format(out, "    doubt: %s by %.*s, over '%.*s'\n", doubt_names[number->doubt->kind],
                      SLICE_ARG(number->doubt->rule->name),
                      SLICE_ARG(token_span(why->doc, number->doubt->first, number->doubt->last)));
    size_t said = 0;
    for (size_t i = 0; i < number->n_rules && said < NEAR_RULES_SAID; i++)
        if (number->rules[i].progress > 0)
            rule_say(out, why, &number->rules[i], said++ == 0);
    if (said == 0) {
        buffer_add_text(out, "    no rule with <");
        measure_write(out, schema, wanted->field, wanted->part);
        buffer_format(out, "> %s\n",
                      number->n_rules ? "comes to this number" : "has its word in this sentence");
    }
}

void why_not_write(struct buffer *out, const struct schema *schema,
                   const struct wanted_claim *wanted, const struct why_not *why)
{
    buffer_add_text(out, "why not ");
    measure_write(out, schema, wanted->field, wanted->part);
    buffer_format(out, "=%lld\n", (long long)wanted->number);
    for (size_t i = 0; i < why->n_claims; i++)
        claim_say(out, schema, wanted, why->claims[i]);
    for (size_t i = 0; i < why->n_numbers; i++)
        number_say(out, schema, wanted, why, &why->numbers[i]);
    if (!why->n_numbers)
        buffer_format(out, "  no number %lld in the text\n", (long long)wanted->number);
}

/* ---- as JSON -------------------------------------------------------------------------------- */

static void measure_json(struct json_writer *json, const struct schema *schema, uint16_t field,
                         uint16_t part)
{
    json_key(json, "field");
    json_slice(json, schema->fields[field].name);
    json_key(json, "part");
    json_slice(json, part == SCHEMA_NONE ? SLICE_NONE : schema->fields[field].parts[part]);
}

static void rule_json(struct json_writer *json, const struct why_not *why,
                      const struct near_rule *near)
{
    bool stopped = near->outcome == NEAR_STOPPED;
    json_open(json, '{');
    json_key(json, "rule");
    json_slice(json, near->rule->name);
    json_key(json, "pattern");
    json_slice(json, near->rule->written[near->alternative]);
    json_key(json, "at");
    json_slice(json, token_text(why->doc, near->anchor));
    json_key(json, "outcome");
    json_text(json, near_outcome_names[near->outcome]);
    json_key(json, "progress");
    json_int(json, near->progress);
    json_key(json, "stopped_at");
    json_slice(json, stopped && near->token < why->doc->n_tokens ? token_text(why->doc, near->token)
                                                                 : SLICE_NONE);
    json_key(json, "failed");
    json_slice(json, stopped ? near->failed : SLICE_NONE);
    json_close(json, '}');
}

static void number_json(struct json_writer *json, const struct why_not *why,
                        const struct near_number *number)
{
    json_open(json, '{');
    json_key(json, "sentence");
    json_int(json, number->sentence + 1);
    json_key(json, "text");
    json_slice(json, token_span(why->doc, number->first, number->first + number->n_tokens - 1));
    json_key(json, "never_a_count");
    json_bool(json, number->never);
    json_key(json, "never_rule");
    json_slice(json, number->never_rule ? number->never_rule->name : SLICE_NONE);
    json_key(json, "doubt");
    json_text(json, number->doubt ? doubt_names[number->doubt->kind] : NULL);
    json_key(json, "doubt_rule");
    json_slice(json, number->doubt ? number->doubt->rule->name : SLICE_NONE);
    json_key(json, "rules");
    json_open(json, '[');
    for (size_t i = 0; i < number->n_rules; i++)
        rule_json(json, why, &number->rules[i]);
    json_close(json, ']');
    json_close(json, '}');
}

static void claim_json(struct json_writer *json, const struct schema *schema,
                       const struct claim *claim)
{
    json_open(json, '{');
    measure_json(json, schema, claim->field, claim->part);
    json_key(json, "rule");
    json_slice(json, claim->rule->name);
    json_key(json, "role");
    json_text(json, claim_role_names[claim->role]);
    json_key(json, "doubt");
    json_text(json, claim->doubt == DOUBT_NONE ? NULL : doubt_names[claim->doubt]);
    json_key(json, "in_event");
    json_bool(json, claim->event != UINT32_MAX);
    json_close(json, '}');
}

void why_not_json(struct json_writer *json, const struct schema *schema,
                  const struct wanted_claim *wanted, const struct why_not *why)
{
    json_open(json, '{');
    measure_json(json, schema, wanted->field, wanted->part);
    json_key(json, "number");
    json_int(json, wanted->number);
    json_key(json, "claims");
    json_open(json, '[');
    for (size_t i = 0; i < why->n_claims; i++)
        claim_json(json, schema, why->claims[i]);
    json_close(json, ']');
    json_key(json, "numbers");
    json_open(json, '[');
    for (size_t i = 0; i < why->n_numbers; i++)
        number_json(json, why, &why->numbers[i]);
    json_close(json, ']');
    json_close(json, '}');
}
