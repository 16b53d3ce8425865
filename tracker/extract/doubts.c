#include "extract/doubts.h"

/* How grave a kind is: the gravest over a word counts. */
static const unsigned char GRAVITY[DOUBT_KINDS] = {
    [DOUBT_DENIED] = 6,     [DOUBT_HYPOTHETICAL] = 5, [DOUBT_FUTURE] = 4,
    [DOUBT_HISTORICAL] = 3, [DOUBT_CUMULATIVE] = 2,   [DOUBT_UNVERIFIED] = 1,
};

/* A false friend cancels every doubt whose words it meets ("not only" takes "not" away). */
static bool is_cancelled(const struct ruleset *ruleset, const struct match *matches, size_t n,
                         const struct match *match)
{
    for (size_t i = 0; i < n && matches[i].first < match->first + match->count; i++)
        if (ruleset->rules[matches[i].rule].doubt.kind == DOUBT_NONE &&
            match->first < matches[i].first + matches[i].count)
            return true;
    return false;
}

#define LONG_AGO 1950 /* a year before it is past for an undated report too */
#define FIRST_YEAR 1000

/* "the war of <year>": a year, if the pattern names one, must lie before the report's. */
static bool is_past(const struct report_values *values, const struct match_input *input,
                    const struct match *match)
{
    struct stamp published = values->report ? values->report->published : STAMP_NONE;
    int year = LONG_AGO, month, day;
    if (published.day != DAY_NONE)
        day_to_civil(published.day, &year, &month, &day);
    for (size_t i = 0; i < match->n_captures; i++) {
        const struct capture *capture = &match->captures[i];
        const struct pattern_slot *slot = &match->pattern->slots[capture->slot];
        if (slot->kind != SLOT_NUMBER ||
            !(slice_is(slot->name, "year") || slice_is(slot->name, "year2")))
            continue;
        int64_t number = input->values[capture->value].number;
        if (number < FIRST_YEAR || number >= year)
            return false;
    }
    return true;
}

static bool is_stop(const struct doubt_meaning *doubt, const struct document *doc, size_t i,
                    size_t end)
{
    uint32_t phrase;
    return doubt->stops && doubt->stops->n_phrases && doc->tokens[i].word != WORD_UNKNOWN &&
           word_list_match(doubt->stops, doc, i, end, &phrase) > 0;
}

/* The last token a doubt reaches going on from its phrase, the first one going back. */
static uint32_t reach_after(const struct doubt_meaning *doubt, const struct document *doc,
                            uint32_t last, uint32_t end)
{
    unsigned words = 0;
    for (uint32_t i = last + 1; doubt->after && i < end; i++) {
        words += doc->tokens[i].kind != TOKEN_PUNCT;
        if ((doubt->reach && words > doubt->reach) || is_stop(doubt, doc, i, end))
            break;
        last = i;
    }
    return last;
}

static uint32_t reach_before(const struct doubt_meaning *doubt, const struct document *doc,
                             uint32_t first, uint32_t begin, uint32_t end)
{
    unsigned words = 0;
    for (uint32_t i = first; doubt->before && i-- > begin;) {
        words += doc->tokens[i].kind != TOKEN_PUNCT;
        if ((doubt->reach && words > doubt->reach) || is_stop(doubt, doc, i, end))
            break;
        first = i;
    }
    return first;
}

static int doubt_add(struct report_values *values, size_t index, const struct match *match,
                     struct error *err)
{
    const struct sentence *sentence = &values->doc->sentences[index];
    const struct rule *rule = &values->ruleset->rules[match->rule];
    uint32_t begin = sentence->first, end = begin + sentence->count;
    uint32_t last = match->first + match->count - 1;
    struct doubt_span span = {
        .first = reach_before(&rule->doubt, values->doc, match->first, begin, end),
        .last = reach_after(&rule->doubt, values->doc, last, end),
        .phrase_first = match->first,
        .phrase_tokens = match->count,
        .sentence = (uint32_t)index,
        .kind = rule->doubt.kind,
        .rule = rule,
    };
    if (arena_grow(values->arena, &values->doubts, &values->doubts_capacity, values->n_doubts,
                   sizeof *values->doubts, err))
        return -1;
    values->doubts[values->n_doubts++] = span;
    return 0;
}

int doubts_find(struct report_values *values, size_t index, const struct value_list *list,
                struct error *err)
{
    const struct matcher *matcher = values->language->matchers[LAYER_DOUBT];
    struct sentence_values *sentence = &values->sentences[index];
    struct match_input input = {values->doc, &values->doc->sentences[index], list->items, list->n,
                                values->scratch};
    struct match *matches;
    size_t n;
    sentence->first_doubt = (uint32_t)values->n_doubts;
    sentence->n_doubts = 0;
    if (!matcher)
        return 0;
    if (matcher_find(matcher, values->arena, &input, &matches, &n, err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        enum doubt_kind kind = values->ruleset->rules[matches[i].rule].doubt.kind;
        if (kind != DOUBT_NONE && !is_cancelled(values->ruleset, matches, n, &matches[i]) &&
            is_past(values, &input, &matches[i]) && doubt_add(values, index, &matches[i], err))
            return -1;
    }
    sentence->n_doubts = (uint32_t)values->n_doubts - sentence->first_doubt;
    return 0;
}

const struct doubt_span *doubt_over(const struct report_values *values, size_t index,
                                    uint32_t token)
{
    const struct sentence_values *sentence = &values->sentences[index];
    const struct doubt_span *gravest = NULL;
    for (uint32_t i = 0; i < sentence->n_doubts; i++) {
        const struct doubt_span *doubt = &values->doubts[sentence->first_doubt + i];
        if (token >= doubt->first && token <= doubt->last &&
            (!gravest || GRAVITY[doubt->kind] > GRAVITY[gravest->kind]))
            gravest = doubt;
    }
    return gravest;
}
