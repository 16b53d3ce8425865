#include "extract/explain_json.h"

#include "extract/places.h"

static void key_slice(struct json_writer *json, const char *key, struct slice value)
{
    json_key(json, key);
    json_slice(json, value);
}

static void key_text(struct json_writer *json, const char *key, const char *value)
{
    json_key(json, key);
    json_text(json, value);
}

static void key_int(struct json_writer *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_int(json, value);
}

static void key_bound(struct json_writer *json, const char *key, int64_t value)
{
    json_key(json, key);
    if (value == COUNT_OPEN)
        json_null(json);
    else
        json_int(json, value);
}

static void count_members(struct json_writer *json, const struct count *count)
{
    key_text(json, "qualifier", qualifier_names[count->qualifier]);
    key_bound(json, "low", count->low);
    key_bound(json, "best", count->best);
    key_bound(json, "high", count->high);
}

static void place_members(struct json_writer *json, const struct place *place)
{
    key_slice(json, "name", place->name);
    key_slice(json, "adm1", place->adm1);
    key_slice(json, "country", place->country);
    key_text(json, "precision", place_precision_names[place->precision]);
}

static void source_members(struct json_writer *json, const struct source_mention *source)
{
    key_slice(json, "name", source->name);
    key_int(json, "rank", source->rank);
    json_key(json, "attributed");
    json_bool(json, source->attributed);
}

/* Tokens count from the sentence's first, as in the human form. */
static void value_write(struct json_writer *json, const struct report_values *values,
                        const struct sentence *sentence, const struct value *value)
{
    static const char *const names[VALUE_TYPES] = {"number", "count", "place", "time", "source"};
    json_open(json, '{');
    key_text(json, "type", names[value->type]);
    key_int(json, "first", value->first - sentence->first);
    key_int(json, "last", value->first + value->count - 1 - sentence->first);
    key_slice(json, "text", token_span(values->doc, value->first, value->first + value->count - 1));
    json_key(json, "never_a_count");
    json_bool(json, value->flags & VALUE_VOID);
    if (value->type == VALUE_NUMBER)
        key_int(json, "number", value->number);
    else if (value->type == VALUE_COUNT)
        count_members(json, &values->counts[value->index].count);
    else if (value->type == VALUE_PLACE)
        place_members(json, &values->places[value->index].place);
    else if (value->type == VALUE_TIME)
        key_slice(json, "rule", values->times[value->index].rule->name);
    else
        source_members(json, &values->sources[value->index]);
    json_close(json, '}');
}

static void doubts_write(struct json_writer *json, const struct report_values *values, size_t index)
{
    const struct sentence *sentence = &values->doc->sentences[index];
    json_key(json, "doubts");
    json_open(json, '[');
    for (size_t i = 0; i < values->n_doubts; i++) {
        const struct doubt_span *doubt = &values->doubts[i];
        if (doubt->sentence != index)
            continue;
        json_open(json, '{');
        key_text(json, "kind", doubt_names[doubt->kind]);
        key_slice(json, "rule", doubt->rule->name);
        key_int(json, "first", doubt->first - sentence->first);
        key_int(json, "last", doubt->last - sentence->first);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static const char *outcome_of(const struct match_trace *trace, const struct claims *claims,
                              const struct rule *rule, size_t sentence)
{
    if (!trace->matched)
        return "stopped";
    if (trace->voided)
        return "void";
    for (size_t i = 0; i < claims->n; i++)
        if (claims->items[i].rule == rule && claims->items[i].sentence == sentence)
            return "won";
    return "beaten";
}

static int rules_write(struct json_writer *json, const struct report_values *values,
                       const struct claims *claims, size_t index, struct error *err)
{
    const struct sentence *sentence = &values->doc->sentences[index];
    const struct match_input input = {.doc = values->doc,
                                      .sentence = sentence,
                                      .values = values->sentences[index].values,
                                      .n_values = values->sentences[index].n_values};
    struct match_trace *traces;
    size_t n;
    if (matcher_trace(values->language->matchers[LAYER_EVENT], values->arena, &input, &traces, &n,
                      err))
        return -1;
    json_key(json, "rules");
    json_open(json, '[');
    for (size_t i = 0; i < n; i++) {
        const struct match_trace *trace = &traces[i];
        const struct rule *rule = &values->ruleset->rules[trace->rule];
        json_open(json, '{');
        key_slice(json, "rule", rule->name);
        key_slice(json, "pattern", rule->written[trace->alternative]);
        key_int(json, "at", trace->anchor - sentence->first);
        key_text(json, "outcome", outcome_of(trace, claims, rule, index));
        if (!trace->matched) {
            key_int(json, "stopped_at", trace->furthest - sentence->first);
            key_slice(json, "failed", trace->failed);
        }
        json_close(json, '}');
    }
    json_close(json, ']');
    return 0;
}

static int sentence_write(struct json_writer *json, struct report_values *values,
                          const struct claims *claims, size_t index, struct error *err)
{
    const struct document *doc = values->doc;
    const struct sentence *sentence = &doc->sentences[index];
    json_open(json, '{');
    key_slice(json, "text", slice_sub(doc->text, sentence->start, sentence->end - sentence->start));
    json_key(json, "title");
    json_bool(json, sentence->is_title);
    json_key(json, "tokens");
    json_open(json, '[');
    for (uint32_t t = sentence->first; t < sentence->first + sentence->count; t++)
        json_slice(json, token_text(doc, t));
    json_close(json, ']');
    json_key(json, "values");
    json_open(json, '[');
    for (size_t v = 0; v < values->sentences[index].n_values; v++)
        value_write(json, values, sentence, &values->sentences[index].values[v]);
    json_close(json, ']');
    doubts_write(json, values, index);
    if (rules_write(json, values, claims, index, err))
        return -1;
    json_close(json, '}');
    return 0;
}

static void ties_write(struct json_writer *json, const struct claims *claims)
{
    json_key(json, "ties");
    json_open(json, '[');
    for (size_t i = 0; i < claims->n_ties; i++) {
        json_open(json, '{');
        key_slice(json, "rule_a", claims->ties[i].rule_a->name);
        key_slice(json, "rule_b", claims->ties[i].rule_b->name);
        key_int(json, "sentence", claims->ties[i].sentence + 1);
        json_close(json, '}');
    }
    json_close(json, ']');
}

/* The very line of `tracker extract`, without its newline, as a member. */
static void reading_write(struct json_writer *json, const struct schema *schema,
                          const struct report *report, const struct extraction *extraction)
{
    json_key(json, "reading");
    extraction_write(json->out, schema, report, extraction);
    if (json->out->len && json->out->ptr[json->out->len - 1] == '\n')
        json->out->len--;
    json->comma = true;
}

int explain_json(const struct extractor *extractor, struct arena *arena,
                 const struct report *report, struct json_writer *json, struct error *err)
{
    struct extraction extraction;
    struct report_values values;
    const struct language *language = extract_language(extractor->ruleset, report);
    json_key(json, "sentences");
    json_open(json, '[');
    if (!language) {
        json_close(json, ']');
        return 0;
    }
    if (extract_report(extractor, arena, report, &extraction, err) ||
        report_values_init(&values, arena, report, extraction.doc, extractor->ruleset, language,
                           extractor->gazetteer, err))
        return -1;
    /* All first: what a place name means depends on the others. */
    for (size_t i = 0; i < extraction.doc->n_sentences; i++)
        if (sentence_values_find(&values, i, err))
            return -1;
    if (places_resolve(&values, err))
        return -1;
    for (size_t i = 0; i < extraction.doc->n_sentences; i++)
        if (sentence_write(json, &values, &extraction.claims, i, err))
            return -1;
    json_close(json, ']');
    ties_write(json, &extraction.claims);
    reading_write(json, &extractor->ruleset->schema, report, &extraction);
    return 0;
}
