/* Which of the names that follow each other contains which: "Mesick, Michigan", "Kyiv (Ukraine)",
 * "Maywand district in Kandahar". */
#include "extract/places_finder.h"

/* How the second of two mentions may contain the first. */
enum containment { CONTAINS_NOT, CONTAINS_MAYBE, CONTAINS };

/* CONTAINS when a place of the first name lies in one of the second name; MAYBE when the first is
 * unknown, or known only elsewhere, and the second may be a division. */
static enum containment containment(const struct finder *f, const struct place_mention *a,
                                    const struct place_mention *b)
{
    const struct gazetteer *g = f->values->gazetteer;
    bool division = false;
    for (size_t k = 0; k < b->candidates.n; k++) {
        const struct gazetteer_place *q = gazetteer_candidate(g, &b->candidates, k, NULL);
        uint32_t outer = gazetteer_place_index(g, q);
        if (!q)
            continue;
        division = division || q->kind <= GAZETTEER_DISTRICT;
        for (size_t i = 0; i < a->candidates.n && q->kind <= GAZETTEER_DISTRICT; i++) {
            const struct gazetteer_place *p = gazetteer_candidate(g, &a->candidates, i, NULL);
            if (p && p != q && (p->country == outer || p->region == outer || p->district == outer))
                return CONTAINS;
        }
    }
    if (a->unknown)
        return division || b->unknown ? CONTAINS : CONTAINS_MAYBE;
    return division ? CONTAINS_MAYBE : CONTAINS_NOT;
}

/* "Kharkiv, Odesa and Sumy" is a list: nothing contains anything. */
static bool list_goes_on(const struct finder *f, const struct place_mention *b)
{
    size_t after = b->first + b->n_tokens;
    return is_sign(f, after, "and") || (is_sign(f, after, ",") && is_sign(f, after + 1, "and"));
}

/* Words between a name and what contains it: "in the northern countryside of". */
#define LINK_GAP 8

/* Whether a name may be a country's or a region's. */
static bool division_of(const struct finder *f, const struct place_mention *m)
{
    for (size_t k = 0; k < m->candidates.n; k++) {
        const struct gazetteer_place *p =
            gazetteer_candidate(f->values->gazetteer, &m->candidates, k, NULL);
        if (p && p->kind <= GAZETTEER_REGION)
            return true;
    }
    return false;
}

/* The token after a name told again in another script: "Yarova (Ярова) in the ...". */
static size_t after_gloss(const struct finder *f, size_t i)
{
    if (!is_sign(f, i, "(") || i + 1 >= f->end || !(token_text(f->doc, i + 1).ptr[0] & 0x80))
        return i;
    for (size_t end = i + 2; end < f->end && end < i + 2 + LINK_GAP; end++)
        if (is_sign(f, end, ")"))
            return end + 1;
    return i;
}

/* Whether mention k is a country whose region comes next: "Nigeria's Benue State". */
static bool owns_region(const struct finder *f, size_t k)
{
    const struct report_values *v = f->values;
    if (k + 1 >= v->n_places || v->places[k + 1].sentence != f->sentence)
        return false;
    size_t end = v->places[k].first + v->places[k].n_tokens;
    return (is_sign(f, end, "'s") || is_sign(f, end, "’s")) && v->places[k + 1].first == end + 1 &&
           division_of(f, &v->places[k]) && division_of(f, &v->places[k + 1]);
}

/* The token after "a town", "the capital" ... that begins at token i. */
static size_t skip_forward(const struct finder *f, size_t i)
{
    uint32_t phrase;
    for (size_t n = 1, end = i + LINK_GAP / 2; n && i < end; i += n)
        n = is_sign(f, i, "of") ? 0 : words_match(f->words.between, f->doc, i, f->end, &phrase);
    return i;
}

void places_link(const struct finder *f, size_t first_mention)
{
    struct report_values *v = f->values;
    for (size_t k = v->n_places; k-- > first_mention + 1;) {
        struct place_mention *a = &v->places[k - 1];
        const struct place_mention *b = &v->places[k];
        size_t gap = after_gloss(f, a->first + a->n_tokens);
        bool genitive = b->first == gap && v->language->n_endings;
        bool owned = b->first == gap + 1 && (is_sign(f, gap, "'s") || is_sign(f, gap, "\u2019s"));
        if (owned && !a->demonym && !b->demonym && b->within == UINT32_MAX && !division_of(f, a))
            v->places[k].within = (uint32_t)(k - 1); /* "Orlando's Malibu Groves" */
        if (a->demonym || b->demonym || (b->first <= gap && !genitive) || b->first > gap + LINK_GAP)
            continue;
        bool comma = (is_sign(f, gap, ",") || is_sign(f, gap, "(")) &&
                     finder_skip_between(f, b->first) <= gap + 1;
        /* "Zzyz, in the Lubero territory of ...", "Zzyz, a town in ...": said of it in passing. */
        if (is_sign(f, gap, ",") && !comma)
            gap = skip_forward(f, gap + 1);
        uint32_t phrase;
        size_t in = words_match(f->words.in, f->doc, gap, f->end, &phrase);
        size_t of = is_sign(f, gap, "of") ? 1 : 0;
        bool spelled = (in || of) && finder_skip_between(f, b->first) <= gap + (in ? in : of);
        if (!comma && !spelled && !genitive)
            continue;
        enum containment c = containment(f, a, b);
        /* "Hajin in the countryside of Raqqa", "Afrin in Idlib": the first is where it happened. */
        if (c == CONTAINS_NOT && spelled && (!division_of(f, a) || a->kind >= PLACE_WORD_AREA))
            c = CONTAINS;
        /* "Berezovka in the Belgorod region": named as a division, it says where, however well
         * known another Berezovka is. */
        bool division = spelled && b->kind != PLACE_WORD_NONE;
        if (c == CONTAINS_MAYBE && !division &&
            (list_goes_on(f, b) || finder_fame(f, &a->candidates) >= FAMOUS))
            c = CONTAINS_NOT;
        bool famous = !comma && finder_fame(f, &a->candidates) >= FAMOUS;
        if (c == CONTAINS_NOT && b->within != UINT32_MAX && !list_goes_on(f, b) && !famous)
            c = CONTAINS_MAYBE;
        /* "the West Zone of Lagos": whatever else is called West. */
        if (of && spelled && a->kind >= PLACE_WORD_AREA)
            c = CONTAINS;
        if (c != CONTAINS_NOT)
            a->within = (uint32_t)(owns_region(f, k) ? k + 1 : k);
    }
}
