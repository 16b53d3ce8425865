/*
 * Who says it. Every word that could be a source becomes a candidate (source_spans.h); the
 * attribution patterns of sources.yml pick theirs, and only those, known names and bare roles
 * become mentions. Then each attribution gets the stretch of the sentence it speaks for: "Police
 * said two died and five were hurt."      what follows, to the next attribution "Two died, police
 * said."                        what stands before, back to the attribution before "Two died,
 * police said, and five were hurt."    both, unless another attribution follows
 */
#include "extract/sources.h"

#include "extract/longest.h"
#include "extract/places.h"
#include "extract/source_spans.h"

#define LOOK_BACK 3  /* sentences a "he said" may stand behind the one that names the speaker */
#define DEPTH_MAX 50 /* sentences that are searched each for the sake of the next */
#define UNKNOWN_RANK 9

/* One attribution of a sentence: tokens first .. last, its mentions in values->sources. */
struct attribution {
    uint32_t first, last;
    uint32_t mention, n_mentions;
    enum { SPEAKS_FORTH, SPEAKS_BACK, SPEAKS_BOTH } way;
};

struct hearing {
    struct report_values *values;
    const struct document *doc;
    const struct sentence *sentence;
    size_t index;
    size_t begin, end;
    struct source_spans spans;
    struct attribution *attributions;
    size_t n, capacity;
    struct value_list *list;
};

static bool is_mark(const struct hearing *h, size_t i, const char *marks)
{
    const struct token *token = i < h->end ? &h->doc->tokens[i] : NULL;
    return token && token->kind == TOKEN_PUNCT && token->len == 1 &&
           strchr(marks, h->doc->text.ptr[token->start]) != NULL;
}

/* ---- mentions
 * ------------------------------------------------------------------------------------ */

/* The country a mention of a place points to, by its likeliest meaning; NULL when it is no country
 * or adjective of one. */
static const struct gazetteer_place *country_of(const struct report_values *values,
                                                const struct place_mention *mention, bool *demonym)
{
    unsigned flags;
    if (!values->gazetteer || mention->candidates.n == 0)
        return NULL;
    const struct gazetteer_place *place =
        gazetteer_candidate(values->gazetteer, &mention->candidates, 0, &flags);
    *demonym = flags & CANDIDATE_DEMONYM;
    return place && place->kind == GAZETTEER_COUNTRY ? place : NULL;
}

/* Whose side a source is on by the countries named in it: "Ukrainian officials", "Ukraine's air
 * force"; and a country alone speaks for its government. */
static void mention_place(const struct report_values *values, struct source_mention *mention)
{
    const struct sentence_values *sentence = &values->sentences[mention->sentence];
    for (size_t i = sentence->n_places; i-- > 0;) {
        const struct place_mention *place = &values->places[sentence->first_place + i];
        bool demonym;
        if (place->first < mention->first ||
            place->first + place->n_tokens > mention->first + mention->n_tokens)
            continue;
        const struct gazetteer_place *country = country_of(values, place, &demonym);
        if (!country)
            continue;
        if (!mention->party.len)
            mention->party = (struct slice){country->country_code, 2};
        if (!mention->known && !demonym && place->n_tokens == mention->n_tokens) {
            mention->kind = SLICE_LITERAL("government");
            mention->name = gazetteer_text(values->gazetteer, country->name);
        }
    }
}

static struct source_mention mention_of(const struct hearing *h, const struct source_span *span)
{
    const struct report_values *values = h->values;
    struct slice written = token_span(h->doc, span->first, span->first + span->n_tokens - 1);
    struct source_mention mention = {
        .first = span->first,
        .n_tokens = span->n_tokens,
        .sentence = (uint32_t)h->index,
        .name = written,
        .written = written,
        .rank = UNKNOWN_RANK,
    };
    if (span->kind == SPAN_KNOWN || span->kind == SPAN_ROLE) {
        mention.known = &values->ruleset->sources[span->source];
        mention.name = mention.known->name;
        mention.kind = mention.known->kind;
        mention.party = mention.known->party;
        mention.rank = mention.known->rank;
    }
    if (span->name_tokens)
        mention.name =
            token_span(h->doc, span->name_first, span->name_first + span->name_tokens - 1);
    mention_place(values, &mention);
    return mention;
}

static int mention_add(struct hearing *h, const struct source_mention *mention, struct error *err)
{
    struct report_values *values = h->values;
    if (arena_grow(values->arena, &values->sources, &values->sources_capacity, values->n_sources,
                   sizeof *values->sources, err))
        return -1;
    values->sources[values->n_sources] = *mention;
    struct value value = {.first = mention->first,
                          .count = (uint16_t)mention->n_tokens,
                          .type = VALUE_SOURCE,
                          .index = (uint32_t)values->n_sources++};
    return mention->n_tokens ? value_list_add(values, h->list, value, err) : 0;
}

/* ---- attributions
 * -------------------------------------------------------------------------------- */

/* The sentence's values with every candidate as a source. */
static int candidates_list(struct hearing *h, struct value_list *out, struct error *err)
{
    struct report_values *values = h->values;
    for (size_t i = 0; i < h->list->n; i++)
        if (value_list_add(values, out, h->list->items[i], err))
            return -1;
    for (size_t i = 0; i < h->spans.n; i++) {
        struct value value = {.first = h->spans.items[i].first,
                              .count = (uint16_t)h->spans.items[i].n_tokens,
                              .type = VALUE_SOURCE,
                              .index = (uint32_t)i};
        if (value_list_add(values, out, value, err))
            return -1;
    }
    value_list_sort(out);
    return 0;
}

static int mention_before(struct hearing *h, struct source_mention *out, bool *found,
                          struct error *err);

/* The mention a capture names; a pronoun names whoever spoke before. */
static int capture_mention(struct hearing *h, const struct capture *capture, bool follow,
                           struct source_mention *out, bool *found, struct error *err)
{
    const struct source_span *span = source_spans_at(&h->spans, capture->first, capture->count);
    /* "Two died in Kyiv (Podil)": in brackets only a name that is listed is a voice. */
    *found = span && (span->kind != SPAN_NAME || span->first == h->begin ||
                      !is_mark(h, span->first - 1, "("));
    if (!*found)
        return 0;
    *out = mention_of(h, span);
    if (span->kind != SPAN_PRONOUN)
        return 0;
    *found = false;
    if (follow && mention_before(h, out, found, err))
        return -1;
    out->first = span->first;
    out->n_tokens = span->n_tokens;
    return 0;
}

static int attribution_add(struct hearing *h, const struct match *match, bool follow,
                           struct error *err)
{
    struct attribution made = {.first = match->first,
                               .last = match->first + match->count - 1,
                               .mention = (uint32_t)h->values->n_sources};
    for (size_t i = 0; i < match->n_captures; i++) {
        const struct capture *capture = &match->captures[i];
        const struct pattern_slot *slot = &match->pattern->slots[capture->slot];
        struct source_mention mention;
        bool found;
        if (slot->kind != SLOT_FIELD || slot->type != VALUE_SOURCE)
            continue;
        if (capture_mention(h, capture, follow, &mention, &found, err))
            return -1;
        mention.attributed = true;
        mention.sentence = (uint32_t)h->index;
        if (found && mention_add(h, &mention, err))
            return -1;
    }
    made.n_mentions = (uint32_t)h->values->n_sources - made.mention;
    if (made.n_mentions == 0)
        return 0;
    if (arena_grow(h->values->arena, &h->attributions, &h->capacity, h->n, sizeof *h->attributions,
                   err))
        return -1;
    h->attributions[h->n++] = made;
    return 0;
}

/* The attributions of the sentence; none of them is a mention yet. */
static int attributions_match(struct hearing *h, struct match **matches, size_t *n,
                              struct error *err)
{
    struct report_values *values = h->values;
    const struct matcher *matcher = values->language->matchers[LAYER_SOURCE];
    struct value_list all = {0};
    *n = 0;
    if (!matcher || h->spans.n == 0)
        return 0;
    if (candidates_list(h, &all, err))
        return -1;
    struct match_input input = {h->doc, h->sentence, all.items, all.n, values->scratch};
    return matcher_find(matcher, values->arena, &input, matches, n, err) ||
                   matches_longest(values->arena, values->ruleset, h->sentence, *matches, n, err)
               ? -1
               : 0;
}

static int attributions_add(struct hearing *h, const struct match *matches, size_t n, bool follow,
                            struct error *err)
{
    for (size_t i = 0; i < n; i++)
        if (attribution_add(h, &matches[i], follow, err))
            return -1;
    return 0;
}

/* ---- reach
 * --------------------------------------------------------------------------------------- */

/* A pause stands at token i: a comma, a quotation mark, a dash of any form. */
static bool is_pause(const struct hearing *h, size_t i)
{
    return is_mark(h, i, ",;:\"-") ||
           (i < h->end && h->doc->tokens[i].kind == TOKEN_PUNCT && h->doc->tokens[i].len > 1);
}

static size_t values_between(const struct hearing *h, size_t from, size_t to, enum value_type type)
{
    size_t n = 0;
    for (size_t i = 0; i < h->list->n; i++) {
        const struct value *value = &h->list->items[i];
        n += value->type == type && !(value->flags & (VALUE_VOID | VALUE_NAME)) &&
             value->first >= from && value->first < to;
    }
    return n;
}

/* The token behind an attribution and the time that may follow it ("police said on Wednesday"). */
static size_t after_time(const struct hearing *h, size_t i)
{
    for (size_t k = 0; k < h->list->n; k++) {
        const struct value *value = &h->list->items[k];
        if (value->type == VALUE_TIME && value->first >= i && value->first <= i + 1 &&
            value->first < h->end)
            return value->first + value->count;
    }
    return i;
}

/* Words between `from` and `to` that are no time. */
static size_t words_between(const struct hearing *h, size_t from, size_t to)
{
    size_t words = 0;
    for (size_t i = from; i < to; i++)
        words += h->doc->tokens[i].kind != TOKEN_PUNCT;
    for (size_t k = 0; k < h->list->n; k++) {
        const struct value *value = &h->list->items[k];
        if (value->type == VALUE_TIME && value->first >= from && value->first + value->count <= to)
            words -= words < value->count ? words : value->count;
    }
    return words;
}

/* Which way attribution `a` speaks; `from` is where its part of the sentence begins, `to` where the
 * next one stands. */
static int way_of(const struct hearing *h, const struct attribution *a, size_t from, size_t to)
{
    size_t behind = after_time(h, a->last + 1);
    bool comma_before = a->first > from && is_pause(h, a->first - 1);
    size_t before = words_between(h, from, a->first);
    if (before < 2)
        return SPEAKS_FORTH;
    if (comma_before && is_mark(h, behind, ",;"))
        return SPEAKS_BOTH;
    if (is_mark(h, behind, ":"))
        return SPEAKS_FORTH;
    size_t counts_before = values_between(h, from, a->first, VALUE_COUNT);
    size_t counts_behind = values_between(h, a->last + 1, to, VALUE_COUNT);
    if (counts_before && !counts_behind)
        return SPEAKS_BACK;
    if (counts_before && counts_behind && is_mark(h, behind, ",;"))
        return SPEAKS_BOTH;
    return !counts_behind && comma_before ? SPEAKS_BACK : SPEAKS_FORTH;
}

static void reach_set(struct hearing *h, const struct attribution *a, size_t first, size_t last)
{
    for (uint32_t i = 0; i < a->n_mentions; i++) {
        h->values->sources[a->mention + i].reach_first = (uint32_t)first;
        h->values->sources[a->mention + i].reach_last = (uint32_t)last;
    }
}

static void reaches_find(struct hearing *h)
{
    size_t from = h->begin;
    for (size_t i = 0; i < h->n; i++) {
        struct attribution *a = &h->attributions[i];
        size_t to = i + 1 < h->n ? h->attributions[i + 1].first : h->end;
        a->way = way_of(h, a, from, to);
        /* Behind a voice that speaks on, the next part begins where that one does: either may be
         * meant. */
        from = a->way == SPEAKS_FORTH ? from : a->last + 1;
    }
    from = h->begin;
    for (size_t i = 0; i < h->n; i++) {
        struct attribution *a = &h->attributions[i];
        const struct attribution *next = i + 1 < h->n ? a + 1 : NULL;
        size_t last = h->end - 1;
        if (next)
            last = next->way == SPEAKS_FORTH || a->way == SPEAKS_FORTH ? next->first - 1 : a->last;
        if (a->way == SPEAKS_BACK)
            last = a->last;
        reach_set(h, a, a->way == SPEAKS_FORTH ? a->first : from, last);
        from = a->way == SPEAKS_FORTH ? from : a->last + 1;
    }
}

/* ---- who spoke before
 * ---------------------------------------------------------------------------- */

static int hearing_start(struct hearing *h, struct report_values *values, size_t index,
                         struct value_list *list, struct error *err)
{
    const struct sentence *sentence = &values->doc->sentences[index];
    *h = (struct hearing){.values = values,
                          .doc = values->doc,
                          .sentence = sentence,
                          .index = index,
                          .begin = sentence->first,
                          .end = sentence->first + sentence->count,
                          .list = list};
    return source_spans_find(values, index, &h->spans, err);
}

/* The last one who speaks in sentence `index`, looked for without a trace when that sentence was
 * not done. */
static int speaker_in(struct report_values *values, size_t index, struct source_mention *out,
                      bool *found, struct error *err)
{
    const struct sentence_values *sentence = &values->sentences[index];
    size_t first = sentence->first_source, kept = values->n_sources;
    size_t end = first + sentence->n_sources;
    if (!sentence->done) {
        struct value_list list = {0};
        struct hearing h;
        struct match *matches;
        size_t n;
        if (places_find(values, index, NULL, err) || hearing_start(&h, values, index, &list, err) ||
            attributions_match(&h, &matches, &n, err) ||
            attributions_add(&h, matches, n, false, err))
            return -1;
        first = kept;
        end = values->n_sources;
    }
    for (size_t i = end; i-- > first && !*found;) {
        if (values->sources[i].attributed) {
            *out = values->sources[i];
            *found = true;
        }
    }
    values->n_sources = kept;
    return 0;
}

static int mention_before(struct hearing *h, struct source_mention *out, bool *found,
                          struct error *err)
{
    /* Earlier in the same sentence: "police said two died and they added that ...". */
    for (size_t i = h->n; i-- > 0 && !*found;) {
        *out = h->values->sources[h->attributions[i].mention];
        *found = true;
    }
    for (size_t back = 1; back <= LOOK_BACK && back <= h->index && !*found; back++)
        if (speaker_in(h->values, h->index - back, out, found, err))
            return -1;
    return 0;
}

static bool opens_quote(const struct hearing *h)
{
    static const char *const OPENERS[] = {"\"", "\u201c", "\u00ab", "\u201e", NULL};
    for (size_t i = 0; OPENERS[i] && h->sentence->count; i++)
        if (slice_is(token_text(h->doc, h->begin), OPENERS[i]))
            return true;
    return false;
}

/* Whether who speaks in an earlier sentence will be asked: "he said". */
static bool asks_back(const struct hearing *h, const struct match *matches, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < matches[i].n_captures; k++) {
            const struct capture *capture = &matches[i].captures[k];
            const struct source_span *span =
                source_spans_at(&h->spans, capture->first, capture->count);
            if (span && span->kind == SPAN_PRONOUN)
                return true;
        }
    }
    return opens_quote(h);
}

/* Searches the sentences before this one that may tell a number, the earliest first, so that they
 * know their own speakers. Each of them may ask further back, up to a depth. */
static int earlier_find(const struct hearing *h, struct error *err)
{
    struct report_values *values = h->values;
    size_t back = LOOK_BACK < h->index ? LOOK_BACK : h->index;
    int result = 0;
    if (values->depth == DEPTH_MAX)
        return 0;
    values->depth++;
    for (; back > 0 && result == 0; back--)
        result = sentence_values_find(values, h->index - back, err);
    values->depth--;
    return result;
}

/* A sentence that opens with a quotation mark and names nobody is spoken by the one before. */
static int quote_continue(struct hearing *h, struct error *err)
{
    struct source_mention mention;
    bool found = false;
    if (h->n || h->index == 0 || !opens_quote(h))
        return 0;
    if (speaker_in(h->values, h->index - 1, &mention, &found, err))
        return -1;
    if (!found)
        return 0;
    mention.sentence = (uint32_t)h->index;
    mention.first = (uint32_t)h->begin;
    mention.n_tokens = 0;
    mention.reach_first = (uint32_t)h->begin;
    mention.reach_last = (uint32_t)(h->end - 1);
    return mention_add(h, &mention, err);
}

/* Known names and roles that no attribution took. */
static int others_add(struct hearing *h, struct error *err)
{
    size_t attributed_end = h->values->n_sources;
    for (size_t i = 0; i < h->spans.n; i++) {
        const struct source_span *span = &h->spans.items[i];
        bool taken = !span->core;
        for (size_t k = h->values->sentences[h->index].first_source; k < attributed_end && !taken;
             k++) {
            const struct source_mention *mention = &h->values->sources[k];
            taken = span->first >= mention->first &&
                    span->first + span->n_tokens <= mention->first + mention->n_tokens;
        }
        if (taken)
            continue;
        struct source_mention mention = mention_of(h, span);
        if (mention_add(h, &mention, err))
            return -1;
    }
    return 0;
}

int sources_find(struct report_values *values, size_t index, struct value_list *list,
                 struct error *err)
{
    struct hearing h;
    struct sentence_values *sentence = &values->sentences[index];
    struct match *matches;
    size_t n;
    sentence->n_sources = 0;
    if (hearing_start(&h, values, index, list, err) || attributions_match(&h, &matches, &n, err) ||
        (asks_back(&h, matches, n) && earlier_find(&h, err)))
        return -1;
    sentence->first_source = (uint32_t)values->n_sources;
    if (attributions_add(&h, matches, n, true, err))
        return -1;
    reaches_find(&h);
    if (quote_continue(&h, err) || others_add(&h, err))
        return -1;
    sentence->n_sources = (uint32_t)values->n_sources - sentence->first_source;
    value_list_sort(list);
    return 0;
}

const struct source_mention *source_of(const struct report_values *values, size_t index,
                                       uint32_t token)
{
    const struct sentence_values *sentence = &values->sentences[index];
    const struct source_mention *best = NULL;
    uint32_t nearest = UINT32_MAX;
    for (uint32_t i = 0; i < sentence->n_sources; i++) {
        const struct source_mention *mention = &values->sources[sentence->first_source + i];
        uint32_t away = token > mention->first ? token - mention->first : mention->first - token;
        if (mention->attributed && token >= mention->reach_first && token <= mention->reach_last &&
            away < nearest) {
            best = mention;
            nearest = away;
        }
    }
    return best;
}
