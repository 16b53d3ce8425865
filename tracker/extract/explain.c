#include "extract/explain.h"

#include "extract/counts.h"
#include "extract/doubts.h"
#include "extract/places.h"
#include "extract/sources.h"

static const char *const value_type_names[VALUE_TYPES] = {"number", "count", "place", "time",
                                                          "source"};

static void bound_write(struct buffer *out, const char *name, int64_t value)
{
    if (value == COUNT_OPEN)
        buffer_format(out, " %s -", name);
    else
        buffer_format(out, " %s %lld", name, (long long)value);
}

static void count_write(struct buffer *out, const struct count *count)
{
    buffer_format(out, "%s", qualifier_names[count->qualifier]);
    bound_write(out, "low", count->low);
    bound_write(out, "best", count->best);
    bound_write(out, "high", count->high);
}

static void tokens_write(struct buffer *out, const struct document *doc,
                         const struct sentence *sentence)
{
    buffer_add_text(out, "  tokens ");
    for (uint32_t t = sentence->first; t < sentence->first + sentence->count; t++)
        buffer_format(out, " %u:%.*s", t - sentence->first, SLICE_ARG(token_text(doc, t)));
    buffer_add_char(out, '\n');
}

static void value_write(struct buffer *out, const struct report_values *values,
                        const struct sentence *sentence, const struct value *value)
{
    buffer_format(
        out, "  %-7s %u..%u '%.*s'", value_type_names[value->type], value->first - sentence->first,
        value->first + value->count - 1 - sentence->first,
        SLICE_ARG(token_span(values->doc, value->first, value->first + value->count - 1)));
    if (value->flags & VALUE_VOID)
        buffer_add_text(out, " (never a count)");
    if (value->type == VALUE_COUNT) {
        buffer_add_char(out, ' ');
        count_write(out, &values->counts[value->index].count);
    }
    if (value->type == VALUE_PLACE) {
        const struct place *place = &values->places[value->index].place;
        buffer_format(out, " -> %.*s %.*s %.*s (%s)", SLICE_ARG(place->name),
                      SLICE_ARG(place->adm1), SLICE_ARG(place->country),
                      place_precision_names[place->precision]);
    }
    if (value->type == VALUE_TIME)
        buffer_format(out, " by %.*s", SLICE_ARG(values->times[value->index].rule->name));
    if (value->type == VALUE_SOURCE)
        buffer_format(out, " -> %.*s, rank %d%s", SLICE_ARG(values->sources[value->index].name),
                      values->sources[value->index].rank,
                      values->sources[value->index].attributed ? ", speaks here" : "");
    buffer_add_char(out, '\n');
}

static void doubts_write(struct buffer *out, const struct report_values *values, size_t index)
{
    for (size_t i = 0; i < values->n_doubts; i++) {
        const struct doubt_span *doubt = &values->doubts[i];
        if (doubt->sentence == index)
            buffer_format(out, "  doubt   %s by '%.*s' over '%.*s'\n", doubt_names[doubt->kind],
                          SLICE_ARG(doubt->rule->name),
                          SLICE_ARG(token_span(values->doc, doubt->first, doubt->last)));
    }
}

static const char *outcome(const struct match_trace *trace, bool won)
{
    if (!trace->matched)
        return "stopped";
    if (trace->voided)
        return "void: an unless phrase stands beside it";
    return won ? "won" : "matched, another rule is better";
}

static bool rule_won(const struct claims *claims, const struct rule *rule, size_t sentence)
{
    for (size_t i = 0; i < claims->n; i++)
        if (claims->items[i].rule == rule && claims->items[i].sentence == sentence)
            return true;
    return false;
}

static int rules_write(struct buffer *out, struct report_values *values,
                       const struct claims *claims, size_t index, struct error *err)
{
    const struct sentence *sentence = &values->doc->sentences[index];
    const struct match_input input = {values->doc, sentence, values->sentences[index].values,
                                      values->sentences[index].n_values, values->scratch};
    struct match_trace *traces;
    size_t n;
    if (matcher_trace(values->language->matchers[LAYER_EVENT], values->arena, &input, &traces, &n,
                      err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        const struct match_trace *trace = &traces[i];
        const struct rule *rule = &values->ruleset->rules[trace->rule];
        buffer_format(out, "  rule    %.*s (%.*s) at '%.*s': %s", SLICE_ARG(rule->name),
                      SLICE_ARG(rule->written[trace->alternative]),
                      SLICE_ARG(token_text(values->doc, trace->anchor)),
                      outcome(trace, rule_won(claims, rule, index)));
        if (!trace->matched)
            buffer_format(out, " at token %u, which is no '%.*s'",
                          trace->furthest - sentence->first, SLICE_ARG(trace->failed));
        buffer_add_char(out, '\n');
    }
    return 0;
}

static void ties_write(struct buffer *out, const struct claims *claims)
{
    for (size_t i = 0; i < claims->n_ties; i++)
        buffer_format(out, "tie of %.*s and %.*s: withheld; add `prefer over:` to one\n",
                      SLICE_ARG(claims->ties[i].rule_a->name),
                      SLICE_ARG(claims->ties[i].rule_b->name));
}

static void claim_write(struct buffer *out, const struct schema *schema, const struct document *doc,
                        const struct claim *claim)
{
    const struct schema_field *field = &schema->fields[claim->field];
    struct slice part = claim->part == SCHEMA_NONE ? SLICE_NONE : field->parts[claim->part];
    buffer_format(out, "  claim   %.*s%s%.*s ", SLICE_ARG(field->name), part.len ? "." : "",
                  SLICE_ARG(part));
    count_write(out, &claim->count);
    buffer_format(out, " '%.*s' by %.*s, role %s",
                  SLICE_ARG(slice_sub(doc->text, claim->start, claim->end - claim->start)),
                  SLICE_ARG(claim->rule->name), claim_role_names[claim->role]);
    if (claim->claimant)
        buffer_format(out, ", said by %.*s", SLICE_ARG(claim->claimant->name));
    if (claim->doubt != DOUBT_NONE)
        buffer_format(out, ", %s", doubt_names[claim->doubt]);
    buffer_add_char(out, '\n');
}

static void events_write(struct buffer *out, const struct extractor *extractor,
                         const struct extraction *extraction)
{
    for (uint32_t e = 0; e < extraction->n_events; e++) {
        const struct event *event = &extraction->events[e];
        char day[16] = "unknown";
        if (event->when.local_date != DAY_NONE)
            day_format(event->when.local_date, day);
        buffer_format(out, "event %u: %s, %.*s %.*s (%s), %s (%s)\n", e + 1,
                      event_scope_names[event->scope], SLICE_ARG(event->place.name),
                      SLICE_ARG(event->place.country),
                      place_precision_names[event->place.precision], day,
                      when_precision_names[event->when.precision]);
        for (size_t i = 0; i < extraction->claims.n; i++)
            if (extraction->claims.items[i].event == e)
                claim_write(out, &extractor->ruleset->schema, extraction->doc,
                            &extraction->claims.items[i]);
    }
    for (size_t i = 0; i < extraction->claims.n; i++)
        if (extraction->claims.items[i].event == UINT32_MAX)
            claim_write(out, &extractor->ruleset->schema, extraction->doc,
                        &extraction->claims.items[i]);
    if (!extraction->n_events && !extraction->claims.n)
        buffer_add_text(out, "no event\n");
}

int explain_report(const struct extractor *extractor, struct arena *arena,
                   const struct report *report, struct buffer *out, struct error *err)
{
    struct extraction extraction;
    struct report_values values;
    const struct language *language = extract_language(extractor->ruleset, report);
    if (!language) {
        buffer_add_text(out, "the rule set has no rules for this language\n");
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
    for (size_t i = 0; i < extraction.doc->n_sentences; i++) {
        const struct sentence *sentence = &extraction.doc->sentences[i];
        buffer_format(out, "sentence %zu%s: %.*s\n", i + 1, sentence->is_title ? " (title)" : "",
                      SLICE_ARG(slice_sub(extraction.doc->text, sentence->start,
                                          sentence->end - sentence->start)));
        tokens_write(out, extraction.doc, sentence);
        for (size_t v = 0; v < values.sentences[i].n_values; v++)
            value_write(out, &values, sentence, &values.sentences[i].values[v]);
        doubts_write(out, &values, i);
        if (rules_write(out, &values, &extraction.claims, i, err))
            return -1;
    }
    ties_write(out, &extraction.claims);
    events_write(out, extractor, &extraction);
    return 0;
}
