#include "extract/claim.h"

#include <stdlib.h>

#include "extract/background.h"
#include "extract/counts.h"
#include "extract/doubts.h"
#include "extract/places.h"
#include "extract/sources.h"

const char *const claim_role_names[CLAIM_ROLES] = {"figure", "part", "restated", "enemy",
                                                   "elsewhere"};

/* The list being built, with room to grow. */
struct claim_builder {
    struct report_values *values;
    struct claims *claims;
    size_t capacity;
    size_t ties_capacity;
    uint32_t n_matches;
    size_t end; /* behind the last sentence with a match */
};

static int claim_add(struct claim_builder *b, const struct claim *claim, struct error *err)
{
    if (arena_grow(b->values->arena, &b->claims->items, &b->capacity, b->claims->n,
                   sizeof *b->claims->items, err))
        return -1;
    b->claims->items[b->claims->n++] = *claim;
    return 0;
}

/* Policy 1: what a doubt over the words, or the rule itself, makes of a claim before events are
 * known. */
static enum claim_role role_of(const struct rule *rule, enum doubt_kind doubt)
{
    static const bool elsewhere[DOUBT_KINDS] = {
        [DOUBT_DENIED] = true,     [DOUBT_HYPOTHETICAL] = true, [DOUBT_FUTURE] = true,
        [DOUBT_HISTORICAL] = true, [DOUBT_CUMULATIVE] = true,
    };
    if (elsewhere[doubt] || rule->cumulative)
        return CLAIM_ELSEWHERE;
    if (rule->former)
        return CLAIM_RESTATED;
    return rule->subset ? CLAIM_PART : CLAIM_FIGURE;
}

/* The places and times a match names itself. */
static void match_context(const struct match *match, const struct match_input *input,
                          struct claim *claim)
{
    claim->place = claim->time = UINT32_MAX;
    for (size_t i = 0; i < match->n_captures; i++) {
        const struct pattern_slot *slot = &match->pattern->slots[match->captures[i].slot];
        if (slot->kind != SLOT_FIELD)
            continue;
        uint32_t index = input->values[match->captures[i].value].index;
        if (slot->type == VALUE_PLACE && claim->place == UINT32_MAX)
            claim->place = index;
        else if (slot->type == VALUE_TIME && claim->time == UINT32_MAX)
            claim->time = index;
    }
}

static void claim_say(struct claim *claim, const struct report_values *values,
                      const struct match *match, const struct match_input *input)
{
    claim->claimant = source_of(values, claim->sentence, claim->token);
    for (size_t i = 0; i < match->n_captures; i++) {
        const struct pattern_slot *slot = &match->pattern->slots[match->captures[i].slot];
        if (slot->kind == SLOT_FIELD && slot->type == VALUE_SOURCE)
            claim->claimant = &values->sources[input->values[match->captures[i].value].index];
    }
    const struct doubt_span *doubt = doubt_over(values, claim->sentence, claim->token);
    claim->doubt = doubt ? doubt->kind : DOUBT_NONE;
    claim->role = role_of(claim->rule, claim->doubt);
}

/* The claim of this match that counts the same already: a field that stands twice in a pattern adds
 * up. */
static struct claim *claim_of_match(struct claim_builder *b, const struct claim *like)
{
    for (size_t i = b->claims->n; i-- > 0 && b->claims->items[i].match == like->match;)
        if (b->claims->items[i].field == like->field && b->claims->items[i].part == like->part)
            return &b->claims->items[i];
    return NULL;
}

/* "the boy", "his brother", "Kovalenko": one whom the reader knows already. */
static bool is_known(const struct report_values *values, const struct count_value *value)
{
    const struct word_list *words = values_list(values, "known");
    uint32_t phrase;
    return value->named || (words && values->doc->tokens[value->first].word != WORD_UNKNOWN &&
                            word_list_match(words, values->doc, value->first,
                                            value->first + value->n_tokens, &phrase));
}

#define REFERENT_SENTENCES 3
#define SUMMARY_TOKENS 4 /* of "Three fatalities." */

static bool same_people(const struct count_value *a, const struct count_value *b)
{
    return !a->n_shares || !a->shares[0].part.len || !b->n_shares || !b->shares[0].part.len ||
           slice_equal(a->shares[0].part, b->shares[0].part);
}

/* How many "the hostages" or "they" are: the last people counted before, in this sentence or the
 * ones before it. Leaves the count open when nobody was. */
static int referent_find(struct claim_builder *b, const struct count_value *who, uint32_t sentence,
                         struct count *out, struct error *err)
{
    struct report_values *values = b->values;
    for (uint32_t back = 0; back <= REFERENT_SENTENCES && back <= sentence; back++) {
        uint32_t index = sentence - back;
        if (sentence_values_find(values, index, err))
            return -1;
        const struct sentence_values *found = &values->sentences[index];
        const struct count_value *last = NULL;
        for (size_t i = 0; i < found->n_values; i++) {
            const struct value *value = &found->values[i];
            if (value->type != VALUE_COUNT || !(value->flags & VALUE_PEOPLE) ||
                value->flags & (VALUE_NAME | VALUE_ONE))
                continue;
            const struct count_value *count = &values->counts[value->index];
            if (count->first < who->first && count->count.best > 1 && same_people(who, count) &&
                (!last || count->first > last->first))
                last = count;
        }
        if (last) {
            *out = last->count;
            return 0;
        }
    }
    return 0;
}

/* One claim a share of a people phrase: "two soldiers and five civilians" says 2 military, 5
 * civilian beside 7. */
static int shares_add(struct claim_builder *b, const struct claim *total,
                      const struct count_value *value, struct error *err)
{
    for (size_t i = 0; i < value->n_shares; i++) {
        uint16_t part =
            schema_part(&b->values->ruleset->schema, total->field, value->shares[i].part);
        if (!value->shares[i].part.len || part == SCHEMA_NONE)
            continue;
        struct claim claim = *total;
        bool open = count_value_of(&value->shares[i].count) == COUNT_OPEN;
        if (open && value->n_shares > 1)
            continue;
        claim.part = part;
        claim.count = open || (value->singular && total->rule->subset) ? total->count
                                                                       : value->shares[i].count;
        if (claim.role == CLAIM_FIGURE)
            claim.role = CLAIM_PART;
        if (claim_add(b, &claim, err))
            return -1;
    }
    return 0;
}

#define WHOLE_SENTENCES 2

/* The claim that a part is of: the people counted last before it in its sentence, else in the
 * sentences before it, if these tell of one fate only. NULL when nobody was counted. */
static const struct claim *whole_of_part(const struct claim_builder *b, const struct claim *part)
{
    const struct claim *last = NULL;
    bool mixed = false;
    for (size_t i = 0; i < b->claims->n; i++) {
        const struct claim *claim = &b->claims->items[i];
        bool whole = claim->part == SCHEMA_NONE && !claim->rule->subset && !claim->rule->former &&
                     claim->token < part->token &&
                     b->values->ruleset->schema.fields[claim->field].people &&
                     !b->values->doc->sentences[claim->sentence].is_title &&
                     part->sentence - claim->sentence <= WHOLE_SENTENCES;
        if (!whole || (last && claim->sentence < last->sentence))
            continue;
        mixed = last && claim->sentence == last->sentence && (mixed || claim->field != last->field);
        last = last && mixed && claim->token < last->token ? last : claim;
    }
    return mixed && last->sentence != part->sentence ? NULL : last;
}

/* Makes a part one of its whole's field; false when there is none such. */
static bool part_move(const struct claim_builder *b, const struct claim *whole, struct claim *part)
{
    const struct schema *schema = &b->values->ruleset->schema;
    if (!whole)
        return false;
    if (part->part != SCHEMA_NONE) {
        part->part =
            schema_part(schema, whole->field, schema->fields[part->field].parts[part->part]);
        if (part->part == SCHEMA_NONE)
            return false;
    }
    part->field = whole->field;
    return true;
}

/* The last token of a claim's text: the value and the words counted, without a conjunction or
 * preposition that the rule went through behind them ("19 people killed" and not "19 people killed
 * and"). */
static uint32_t claim_last(struct report_values *values, const struct capture *capture)
{
    const struct word_list *never_last = values_list(values, "never-last");
    uint32_t last = capture->first + capture->extent - 1,
             least = capture->first + capture->count - 1, phrase;
    while (never_last && last > least &&
           (values->doc->tokens[last].kind == TOKEN_PUNCT ||
            word_list_match(never_last, values->doc, last, last + 1, &phrase)))
        last--;
    return last;
}

static int capture_claim(struct claim_builder *b, const struct claim *base,
                         const struct match *match, const struct match_input *input,
                         const struct capture *capture, struct error *err)
{
    const struct pattern_slot *slot = &match->pattern->slots[capture->slot];
    const struct document *doc = input->doc;
    const struct count_value *value = &b->values->counts[input->values[capture->value].index];
    struct claim claim = *base;
    claim.field = slot->field;
    claim.part = slot->part;
    claim.count = value->count;
    const struct sentence *sentence = &doc->sentences[claim.sentence];
    claim.sums_up = !sentence->is_title && sentence->count <= SUMMARY_TOKENS &&
                    capture->first + capture->extent + 1 >= sentence->first + sentence->count;
    claim.told = base->rule->told_before || base->rule->weak || value->pronoun;
    claim.known = base->rule->told_before || value->pronoun ||
                  (value->singular && is_known(b->values, value));
    claim.named = value->named;
    claim.token = capture->first;
    if (base->rule->subset && !base->rule->part_of_last &&
        value->singular) /* "a girl is among the dead" */
        claim.count = (struct count){1, 1, COUNT_OPEN, QUALIFIER_AT_LEAST};
    const struct claim *whole = base->rule->part_of_last ? whole_of_part(b, &claim) : NULL;
    bool elsewhere = whole && whole->role == CLAIM_ELSEWHERE;
    if (base->rule->part_of_last && !part_move(b, whole, &claim))
        return 0;
    claim.start = doc->tokens[capture->first].start;
    const struct token *last = &doc->tokens[claim_last(b->values, capture)];
    claim.end = last->start + last->len;
    claim_say(&claim, b->values, match, input);
    if (elsewhere)
        claim.role = CLAIM_ELSEWHERE;
    bool people = b->values->ruleset->schema.fields[claim.field].people;
    if (claim.part != SCHEMA_NONE && people && claim.role == CLAIM_FIGURE)
        claim.role = CLAIM_PART;
    if (count_value_of(&claim.count) == COUNT_OPEN && !base->rule->subset &&
        referent_find(b, value, claim.sentence, &claim.count, err))
        return -1;
    if (count_value_of(&claim.count) == COUNT_OPEN)
        return 0;
    struct claim *same = claim_of_match(b, &claim);
    if (same) {
        same->count = count_beside(&same->count, &claim.count);
        same->end = claim.end > same->end ? claim.end : same->end;
        claim.token = same->token;
        claim.start = same->start;
    } else if (claim_add(b, &claim, err)) {
        return -1;
    }
    return claim.part == SCHEMA_NONE && people ? shares_add(b, &claim, value, err) : 0;
}

/* What the match took for a field and part, as one claim of it says; NULL when it took nothing. */
static const struct claim *same_claim(const struct claim_builder *b, const struct rule_set *set,
                                      uint32_t match)
{
    for (size_t i = b->claims->n; i-- > 0 && b->claims->items[i].match == match;)
        if (b->claims->items[i].field == set->same_field &&
            b->claims->items[i].part == set->same_part)
            return &b->claims->items[i];
    return NULL;
}

static int set_claims(struct claim_builder *b, const struct claim *base, const struct match *match,
                      const struct match_input *input, struct error *err)
{
    const struct document *doc = input->doc;
    for (size_t i = 0; i < base->rule->n_sets; i++) {
        const struct rule_set *set = &base->rule->sets[i];
        const struct claim *same = set->same ? same_claim(b, set, base->match) : NULL;
        if (set->same && !same)
            continue;
        struct claim claim = *base;
        claim.field = set->field;
        claim.part = set->part;
        claim.count = same ? same->count : set->value;
        claim.told = base->rule->told_before;
        claim.known = claim.told || base->rule->dead_or_wounded; /* "shot himself" */
        claim.token = match->first;
        claim.start = doc->tokens[match->first].start;
        const struct token *last = &doc->tokens[match->first + match->count - 1];
        claim.end = last->start + last->len;
        claim_say(&claim, b->values, match, input);
        if (claim_add(b, &claim, err))
            return -1;
        if (!base->rule->attackers)
            continue;
        claim.part =
            schema_part(&b->values->ruleset->schema, claim.field, SLICE_LITERAL("attacker"));
        claim.role = claim.role == CLAIM_FIGURE ? CLAIM_PART : claim.role;
        if (claim.part != SCHEMA_NONE && claim_add(b, &claim, err))
            return -1;
    }
    return 0;
}

static int match_claims(struct claim_builder *b, size_t sentence, const struct match *match,
                        const struct match_input *input, struct error *err)
{
    struct claim base = {.sentence = (uint32_t)sentence,
                         .rule = &b->values->ruleset->rules[match->rule],
                         .match = b->n_matches++,
                         .story = STORY_MAIN,
                         .event = UINT32_MAX};
    match_context(match, input, &base);
    for (size_t i = 0; i < match->n_captures; i++) {
        const struct pattern_slot *slot = &match->pattern->slots[match->captures[i].slot];
        if (slot->kind == SLOT_FIELD && slot->type == VALUE_COUNT &&
            capture_claim(b, &base, match, input, &match->captures[i], err))
            return -1;
    }
    return set_claims(b, &base, match, input, err);
}

static bool rule_prefers(const void *context, uint32_t a, uint32_t b)
{
    const struct rule *rule = &((const struct ruleset *)context)->rules[a];
    for (size_t i = 0; i < rule->n_prefer_over; i++)
        if (rule->prefer_over[i] == b)
            return true;
    return false;
}

static int ties_add(struct claim_builder *b, size_t sentence, const struct match_tie *ties,
                    size_t n, struct error *err)
{
    const struct rule *rules = b->values->ruleset->rules;
    for (size_t i = 0; i < n; i++) {
        if (arena_grow(b->values->arena, &b->claims->ties, &b->ties_capacity, b->claims->n_ties,
                       sizeof *b->claims->ties, err))
            return -1;
        b->claims->ties[b->claims->n_ties++] = (struct claim_tie){
            &rules[ties[i].rule_a], &rules[ties[i].rule_b], (uint32_t)sentence, ties[i].first};
    }
    return 0;
}

/* What the event rules are matched against, as far as the sentence has been searched. */
static struct match_input input_of(const struct report_values *values, size_t index)
{
    const struct sentence_values *found = &values->sentences[index];
    return (struct match_input){values->doc, &values->doc->sentences[index], found->values,
                                found->n_values, values->scratch};
}

static int all_find(struct report_values *values, size_t index, struct error *err)
{
    return places_context(values, index, err) || sentence_values_find(values, index, err) ? -1 : 0;
}

/* Searches a sentence step by step as long as its words and values leave the event rules a chance:
 * *chance. */
static int sentence_search(struct report_values *values, size_t index, bool *chance,
                           struct error *err)
{
    static const struct {
        enum values_stage stage;
        unsigned coming; /* what that stage does not tell */
    } STEPS[] = {
        {VALUES_NONE, (1u << VALUE_TYPES) - 1},
        {VALUES_COUNTS, 1u << VALUE_TIME | 1u << VALUE_PLACE | 1u << VALUE_SOURCE},
    };
    const struct matcher *matcher = values->language->matchers[LAYER_EVENT];
    *chance = false;
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        if (sentence_values_reach(values, index, STEPS[i].stage, err))
            return -1;
        struct match_input input = input_of(values, index);
        if (!matcher_may_match(matcher, values->arena, &input, STEPS[i].coming))
            return 0;
    }
    *chance = true;
    bool early = !(matcher_takes(matcher) & (1u << VALUE_PLACE | 1u << VALUE_SOURCE));
    return early ? sentence_values_reach(values, index, VALUES_TIMES, err)
                 : all_find(values, index, err);
}

/* Parts and former totals stand inside the words of a total: they compete among themselves only.
 * Moves them behind the others; returns how many others there are. */
static size_t beside_last(const struct ruleset *ruleset, struct match *matches, size_t n)
{
    size_t totals = 0;
    for (size_t i = 0; i < n; i++) {
        const struct rule *rule = &ruleset->rules[matches[i].rule];
        if (rule->subset || rule->former)
            continue;
        struct match match = matches[i];
        matches[i] = matches[totals];
        matches[totals++] = match;
    }
    return totals;
}

static int matches_claims(struct claim_builder *b, size_t index, const struct match_input *input,
                          struct match *matches, size_t n, struct error *err)
{
    struct match_tie *ties;
    size_t n_ties;
    if (matches_choose(b->values->arena, matches, &n, rule_prefers, b->values->ruleset, &ties,
                       &n_ties, err) ||
        ties_add(b, index, ties, n_ties, err))
        return -1;
    if (n && sentence_values_find(b->values, index, err))
        return -1;
    for (size_t i = 0; i < n; i++)
        if (match_claims(b, index, &matches[i], input, err))
            return -1;
    return 0;
}

static int sentence_claims(struct claim_builder *b, size_t index, struct error *err)
{
    struct report_values *values = b->values;
    struct match *matches;
    size_t n;
    bool chance;
    if (sentence_search(values, index, &chance, err))
        return -1;
    if (!chance)
        return 0;
    const struct match_input input = input_of(values, index);
    if (matcher_find(values->language->matchers[LAYER_EVENT], values->arena, &input, &matches, &n,
                     err))
        return -1;
    if (n)
        b->end = index + 1;
    size_t totals = beside_last(values->ruleset, matches, n);
    return matches_claims(b, index, &input, matches, totals, err) ||
                   matches_claims(b, index, &input, matches + totals, n - totals, err)
               ? -1
               : 0;
}

#define SPEAKER_SENTENCES 2

/* The last who speaks in a sentence, NULL when nobody does. */
static const struct source_mention *speaker_of(const struct report_values *values,
                                               uint32_t sentence)
{
    const struct sentence_values *found = &values->sentences[sentence];
    for (uint32_t i = found->n_sources; i-- > 0;)
        if (values->sources[found->first_source + i].attributed)
            return &values->sources[found->first_source + i];
    return NULL;
}

/* The first sentence of the text: its voice is that of the report. */
static bool is_lead(const struct sentence *sentences, uint32_t sentence)
{
    return !sentences[sentence].is_title && (sentence == 0 || sentences[sentence - 1].is_title);
}

/* A sentence that names no voice goes on with that of the sentence before it in its paragraph:
 * "..., the governor said. There were no casualties." An armed group's word ends with its sentence.
 */
static int claim_overhear(const struct claim_builder *b, struct claim *claim, struct error *err)
{
    struct report_values *values = b->values;
    const struct sentence *sentences = values->doc->sentences;
    if (claim->claimant || sentences[claim->sentence].is_title ||
        speaker_of(values, claim->sentence))
        return 0;
    for (uint32_t back = 1;
         back <= SPEAKER_SENTENCES && back <= claim->sentence && !claim->claimant; back++) {
        uint32_t before = claim->sentence - back;
        bool apart = sentences[before].paragraph != sentences[claim->sentence].paragraph;
        if (sentences[before].is_title || (apart && !is_lead(sentences, before)))
            return 0;
        if (sentence_values_find(values, before, err))
            return -1;
        const struct source_mention *speaker = speaker_of(values, before);
        if (speaker && slice_is(speaker->kind, "group"))
            return 0;
        claim->claimant = speaker;
    }
    return 0;
}

static int claim_compare(const void *a, const void *b)
{
    const struct claim *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->field != y->field)
        return x->field < y->field ? -1 : 1;
    int xp = x->part == SCHEMA_NONE ? -1 : x->part, yp = y->part == SCHEMA_NONE ? -1 : y->part;
    return (xp > yp) - (xp < yp);
}

int claims_find(struct report_values *values, struct claims *out, struct error *err)
{
    *out = (struct claims){0};
    struct claim_builder builder = {.values = values, .claims = out};
    for (size_t i = 0; i < values->doc->n_sentences; i++)
        if (values->doc->sentences[i].has_trigger && sentence_claims(&builder, i, err))
            return -1;
    places_context_end(values, builder.end);
    for (size_t i = 0; i < out->n; i++)
        if (claim_overhear(&builder, &out->items[i], err))
            return -1;
    if (out->n)
        qsort(out->items, out->n, sizeof *out->items, claim_compare);
    background_mark(values, out);
    return 0;
}
