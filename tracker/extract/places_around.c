/* What the words around a name say of it: that something happened there, what kind of place it is,
 * where it lies. */
#include "extract/places_finder.h"

#include "extract/place_cases.h"

/* Whether the short form at token i stands as one: "Ind.", "GA". */
static bool is_short_form(const struct finder *f, size_t i)
{
    return f->doc->tokens[i].flags & TOKEN_UPPER || is_sign(f, i + 1, ".") ||
           memchr(token_text(f->doc, i).ptr, '.', f->doc->tokens[i].len);
}

/* Whether a division or country follows after a comma: "Gary, Indiana"; not a mere list of names.
 * In brackets, or before a division of its own, any place will do: "Kabizo (Rutshuru, Nord-Kivu)".
 */
static bool container_at(const struct finder *f, size_t i, bool deeper)
{
    bool bracket = is_sign(f, i, "(");
    if (!is_sign(f, i, ",") && !bracket)
        return false;
    struct place_candidates c;
    size_t n =
        i + 1 < f->end ? gazetteer_match(f->values->gazetteer, f->doc, i + 1, f->end, &c) : 0;
    bool place = false;
    if (n == 1 && bracket && f->doc->tokens[i + 1].flags & TOKEN_UPPER)
        return false; /* "(NATO)" */
    for (size_t k = 0; n && k < c.n; k++) {
        unsigned flags;
        const struct gazetteer_place *p = gazetteer_candidate(f->values->gazetteer, &c, k, &flags);
        bool short_form = flags & CANDIDATE_ABBREVIATION;
        if (short_form && p && p->kind <= GAZETTEER_REGION && !bracket && n == 1 &&
            is_short_form(f, i + 1))
            return true;
        if (!p || flags & CANDIDATE_DEMONYM || short_form || c.flags & NAME_AMBIGUOUS_WORD)
            continue;
        if (p->kind <= GAZETTEER_DISTRICT)
            return true;
        place = true;
    }
    return place && deeper && (bracket || container_at(f, i + 1 + n, false));
}

bool finder_container_follows(const struct finder *f, size_t i)
{
    return container_at(f, i, true);
}

bool finder_follows_place(const struct finder *f, size_t i)
{
    return f->previous != UINT32_MAX && i == f->previous_end + 1 &&
           (is_sign(f, f->previous_end, ",") || is_sign(f, f->previous_end, "("));
}

bool finder_all_flagged(const struct finder *f, const struct place_candidates *c, unsigned flag)
{
    for (size_t k = 0; k < c->n; k++) {
        unsigned flags = 0;
        if (!gazetteer_candidate(f->values->gazetteer, c, k, &flags) || !(flags & flag))
            return false;
    }
    return c->n > 0;
}

size_t finder_match_name(const struct finder *f, size_t i, struct place_candidates *out)
{
    const struct report_values *v = f->values;
    size_t n = gazetteer_match(v->gazetteer, f->doc, i, f->end, out);
    return n || i >= f->end ? n
                            : place_cases_match(v->language, v->gazetteer, f->doc, i, f->end, out);
}

/* The first token of the words between a locative word and the name: "in [the southern city of] X".
 * Demonyms count among them. */
size_t finder_skip_between(const struct finder *f, size_t i)
{
    for (size_t steps = 0; steps < 8 && i > f->begin; steps++) {
        const struct report_values *v = f->values;
        if (f->previous != UINT32_MAX && i == f->previous_end && v->places[f->previous].demonym)
            i = v->places[f->previous].first;
        else if (words_end(f->words.between, f->doc, f->begin, i, NULL))
            i -= words_end(f->words.between, f->doc, f->begin, i, NULL);
        else
            break;
    }
    return i;
}

/* Whether only "," and "and" stand between the token `end` behind a name and token i. */
static bool only_joins(const struct finder *f, size_t end, size_t i)
{
    if (i <= end || i - end > 3)
        return false;
    uint32_t phrase;
    while (end < i) {
        size_t n = words_match(f->words.join, f->doc, end, i, &phrase);
        if (n == 0)
            return false;
        end += n;
    }
    return true;
}

/* Whether token i goes on with a list that a locative mention began. */
static bool continues_list(const struct finder *f, size_t i)
{
    return f->previous != UINT32_MAX && f->values->places[f->previous].locative &&
           only_joins(f, f->previous_end, i);
}

bool finder_is_origin(const struct finder *f, const struct finding *name)
{
    if (!f->words.from || name->locative)
        return false;
    size_t start = finder_skip_between(f, name->first);
    return words_end(f->words.from, f->doc, f->begin, start, NULL) > 0 ||
           words_end(f->words.from, f->doc, f->begin, name->first, NULL) > 0 ||
           (f->origin_end && only_joins(f, f->origin_end, name->first));
}

/* "in Orlando's Malibu Groves": right behind a place and an 's. */
static bool is_owned(const struct finder *f, size_t i)
{
    return f->previous != UINT32_MAX && f->values->places[f->previous].locative &&
           i == f->previous_end + 1 &&
           (is_sign(f, f->previous_end, "'s") || is_sign(f, f->previous_end, "\u2019s"));
}

/* A dash between spaces. */
static bool is_open_dash(const struct finder *f, size_t i)
{
    struct slice s = i < f->end ? token_text(f->doc, i) : SLICE_NONE;
    return s.len && f->doc->tokens[i].flags & TOKEN_SPACE &&
           (slice_is(s, "-") || slice_is(s, "--") || slice_is(s, "\u2013") ||
            slice_is(s, "\u2014"));
}

/* The token after a bracket that begins at token i, 0 when it does not end soon. */
static size_t after_bracket(const struct finder *f, size_t i)
{
    for (size_t end = i + 1; end < f->end && end < i + 6; end++)
        if (is_sign(f, end, ")"))
            return end + 1;
    return 0;
}

/* A dateline opens its paragraph: "BEDFORD, N.H. -", "KYIV (Reuters) -", "Cedar Rapids —". */
static bool is_dateline(const struct finder *f, const struct finding *name)
{
    const struct sentence *sentence = &f->doc->sentences[f->sentence];
    unsigned flags = f->doc->tokens[name->first].flags;
    bool begins = name->first == f->begin || flags & (TOKEN_LINE | TOKEN_PARAGRAPH);
    if (!begins || sentence->is_title || f->headline)
        return false;
    if (flags & TOKEN_UPPER && (is_sign(f, name->end, ",") || is_sign(f, name->end, "(")))
        return true;
    for (size_t i = name->end; i < f->end && i < name->end + 8; i++) {
        if (is_open_dash(f, i))
            return true;
        if (is_sign(f, i, "("))
            return after_bracket(f, i) && is_open_dash(f, after_bracket(f, i));
        if (is_sign(f, i, ":") ||
            (f->doc->tokens[i].kind != TOKEN_PUNCT && !(f->doc->tokens[i].flags & TOKEN_CAPITAL)))
            return false;
    }
    return false;
}

/* Whether the verb before token i has a place as its object here. */
static bool is_target(const struct finder *f, const struct finding *name, size_t start)
{
    if (words_end(f->words.shelled, f->doc, f->begin, start, NULL))
        return true;
    return (!name->unknown || name->suffixed || finder_container_follows(f, name->end)) &&
           words_end(f->words.target, f->doc, f->begin, start, NULL) > 0;
}

bool finder_is_body(const struct finder *f, size_t i)
{
    uint32_t phrase;
    return is_capital_word(f, i) && words_match(f->words.never_before, f->doc, i, f->end, &phrase);
}

/* "X police", also behind the comma that ends a container: "Camden, Ark., police". */
static bool is_home(const struct finder *f, const struct finding *name)
{
    uint32_t phrase;
    size_t end = name->end;
    bool container = f->previous != UINT32_MAX && f->previous_end + 1 == name->first &&
                     is_sign(f, f->previous_end, ",");
    if (container && end < f->end && is_sign(f, end, "."))
        end++;
    if (container && end < f->end && is_sign(f, end, ","))
        end++;
    return words_match(f->words.home, f->doc, end, f->end, &phrase) > 0;
}

void finder_look_around(const struct finder *f, struct finding *name)
{
    uint32_t phrase;
    /* "the Sabra neighbourhood of Gaza": the word is the earlier name's. */
    size_t from = f->previous != UINT32_MAX ? f->previous_end : f->begin;
    size_t before = words_end(f->words.prefix, f->doc, from, name->first, &phrase);
    name->prefixed = before > 0;
    name->kind = before ? f->words.prefix->phrases[phrase].value : 0;
    size_t after = words_match(f->words.suffix, f->doc, name->name_end, f->end, &phrase);
    if (after && finder_is_body(f, name->name_end))
        after = 0;
    bool demonym = !name->unknown && finder_all_flagged(f, &name->candidates, CANDIDATE_DEMONYM);
    if (after && !demonym && !(f->doc->tokens[name->name_end].flags & TOKEN_PARAGRAPH)) {
        name->suffixed = true;
        name->kind = f->words.suffix->phrases[phrase].value;
        name->end = name->name_end + after;
    }
    size_t start = finder_skip_between(f, name->first);
    for (size_t i = start; i < name->first; i++)
        name->of = name->of || is_sign(f, i, "of");
    for (size_t i = start; i < name->first && !name->around; i++)
        name->around = words_match(f->words.around, f->doc, i, name->first, &phrase) > 0;
    name->near = words_end(f->words.near, f->doc, f->begin, start, NULL) > 0 ||
                 words_end(f->words.near, f->doc, f->begin, name->first, NULL) > 0;
    bool dateline = is_dateline(f, name);
    name->locative = name->near || name->prefixed || dateline ||
                     words_end(f->words.in, f->doc, f->begin, start, NULL) > 0 ||
                     continues_list(f, name->first) || is_owned(f, name->first);
    bool target = is_target(f, name, start);
    name->weak = f->upper || (target && !name->locative);
    name->locative = name->locative || target;
    name->home = dateline || is_home(f, name);
}
