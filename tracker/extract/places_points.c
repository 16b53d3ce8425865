/* How likely each candidate of a name is. */
#include "extract/places_resolver.h"

enum {
    POINTS_SAID = 1000,        /* is what the text elsewhere says of the name */
    POINTS_KIND = 1500,        /* is what the words beside the name say */
    POINTS_REGION_HERE = 500,  /* its region is named in the sentence */
    POINTS_COUNTRY_HERE = 300, /* its country or a people of it is */
    POINTS_REGION = 150,       /* elsewhere in the report */
    POINTS_COUNTRY_VOTE = 15,  /* a vote of the report's other mentions for its country, */
    POINTS_COUNTRY = 250,      /* at most this */
    POINTS_CONTAINER = 250,    /* what stands after a place and a comma is rather a division */
    POINTS_SETTLEMENT = 60,    /* a bare name is rather a town than what is called after it */
    POINTS_IS_COUNTRY = 300,
    POINTS_LENT = 150, /* taken off a town that only shares its region's name */
    POINTS_MAIN = 30,  /* its own name, not one of its other names */
};

/* Points of a population: 10 for each doubling. */
static int population_points(uint32_t population)
{
    int bits = 0;
    while (population) {
        population >>= 1;
        bits++;
    }
    return bits * 10;
}

static bool lies_in(const struct gazetteer_place *p, uint32_t outer)
{
    return outer != PLACE_NONE &&
           (p->country == outer || p->region == outer || p->district == outer);
}

/* Whether a candidate of `outer` contains `p`. */
static bool inside_any(const struct resolver *r, const struct gazetteer_place *p,
                       const struct place_mention *outer)
{
    for (size_t k = 0; k < outer->candidates.n; k++) {
        unsigned flags;
        const struct gazetteer_place *q = gazetteer_candidate(r->g, &outer->candidates, k, &flags);
        uint32_t index = gazetteer_place_index(r->g, q);
        if (q && q != p && !(flags & CANDIDATE_DEMONYM) && lies_in(p, index))
            return true;
    }
    return false;
}

/* Whether all the chain around a mention agrees with `p`: "Kot, Nangarhar, Afghanistan". */
static bool fits_outer(const struct resolver *r, const struct place_mention *m,
                       const struct gazetteer_place *p)
{
    bool any = false;
    for (uint32_t w = m->within, n = 0; w != UINT32_MAX && n < 4; n++) {
        const struct place_mention *outer = &r->values->places[w];
        bool inside = inside_any(r, p, outer);
        /* A link that the gazetteer knows and that does not hold the place speaks against it: a
         * Berezovka "in the Belgorod region of Russia" is no Berezovka of another region. */
        if (!inside && outer->candidates.n)
            return false;
        any = any || inside;
        w = outer->within;
    }
    return any;
}

static bool is_kind(const struct gazetteer_place *p, uint8_t kind)
{
    static const uint8_t kinds[] = {[PLACE_WORD_REGION] = GAZETTEER_REGION,
                                    [PLACE_WORD_DISTRICT] = GAZETTEER_DISTRICT,
                                    [PLACE_WORD_SETTLEMENT] = GAZETTEER_SETTLEMENT,
                                    [PLACE_WORD_AREA] = GAZETTEER_AREA};
    return kind != PLACE_WORD_NONE && kind < sizeof kinds && p->kind == kinds[kind];
}

#define VILLAGE_MOST 15000u

/* What another mention of the sentence, number `k`, adds for `p`. */
static int neighbour_points(const struct resolver *r, size_t k, const struct gazetteer_place *p)
{
    /* Most share nothing, which is asked first. */
    const bool region = r->shared_region[k] != PLACE_NONE && r->shared_region[k] == p->region;
    const bool country = r->shared_country[k] != PLACE_NONE && r->shared_country[k] == p->country;
    if (!region && !country)
        return 0;
    const struct place_mention *other = &r->values->places[k];
    if (other->unknown || (other->demonym && resolver_names_attacker(r, other)))
        return 0;
    const struct gazetteer_place *first = gazetteer_candidate(r->g, &other->candidates, 0, NULL);
    /* That only a village has the name does not make it that village. */
    int part = first && first->kind == GAZETTEER_SETTLEMENT && first->population < VILLAGE_MOST &&
                       other->within == UINT32_MAX
                   ? 5
                   : 1;
    return (region ? POINTS_REGION_HERE : POINTS_COUNTRY_HERE) / part;
}

/* A sentence lends its nearest mentions only: that bounds the work of one with hundreds of names.
 */
#define NEIGHBOURS 12

int points_of_sentence(const struct resolver *r, const struct place_mention *m,
                       const struct gazetteer_place *p)
{
    const struct report_values *v = r->values;
    size_t at = (size_t)(m - v->places);
    int points = 0;
    for (size_t k = at; k-- > 0 && at - k <= NEIGHBOURS && v->places[k].sentence == m->sentence;) {
        int before = neighbour_points(r, k, p);
        points = before > points ? before : points;
    }
    for (size_t k = at + 1;
         k < v->n_places && k - at <= NEIGHBOURS && v->places[k].sentence == m->sentence; k++) {
        int after = neighbour_points(r, k, p);
        points = after > points ? after : points;
    }
    return points;
}

static int report_points(const struct resolver *r, const struct gazetteer_place *p)
{
    int points = POINTS_COUNTRY_VOTE * votes_weight(r->countries, r->n_countries, p->country);
    if (points > POINTS_COUNTRY)
        points = POINTS_COUNTRY;
    return points + (votes_weight(r->regions, r->n_regions, p->region) ? POINTS_REGION : 0);
}

bool resolver_is_container(const struct resolver *r, const struct place_mention *m)
{
    size_t index = (size_t)(m - r->values->places);
    return index > 0 && r->values->places[index - 1].within == index;
}

/* Whether the mention before says it lies in this one: "Mesick, Michigan" makes Michigan the state.
 */
static bool contains_earlier(const struct resolver *r, const struct place_mention *m,
                             const struct gazetteer_place *p)
{
    if (!resolver_is_container(r, m))
        return false;
    const struct place_mention *inner = m - 1;
    for (size_t k = 0; k < inner->candidates.n; k++) {
        unsigned flags;
        const struct gazetteer_place *q = gazetteer_candidate(r->g, &inner->candidates, k, &flags);
        if (q && q != p && lies_in(q, gazetteer_place_index(r->g, p)))
            return true;
    }
    return inner->unknown && p->kind <= GAZETTEER_REGION && inner->kind != PLACE_WORD_PART;
}

static bool was_said(const struct resolver *r, const struct place_mention *m,
                     const struct gazetteer_place *p)
{
    for (size_t k = 0; k < r->n_said; k++)
        if (r->said[k].name == m->candidates.packed)
            return r->said[k].place == p;
    return false;
}

/* Whether a town is known by its region's name but is no large part of it: "Oklahoma" is not
 * Oklahoma City, while "New York" is New York City. */
static bool lends_name(const struct resolver *r, const struct place_mention *m,
                       const struct gazetteer_place *p, unsigned flags)
{
    if (p->kind != GAZETTEER_SETTLEMENT || flags & CANDIDATE_MAIN || p->region == PLACE_NONE)
        return false;
    for (size_t k = 0; k < m->candidates.n; k++) {
        unsigned own;
        const struct gazetteer_place *q = gazetteer_candidate(r->g, &m->candidates, k, &own);
        if (q && gazetteer_place_index(r->g, q) == p->region && own & CANDIDATE_MAIN)
            return p->population < q->population / 3;
    }
    return false;
}

int points_of(const struct resolver *r, const struct place_mention *m,
              const struct gazetteer_place *p, unsigned flags)
{
    int points = population_points(p->population);
    points += flags & CANDIDATE_MAIN ? POINTS_MAIN : 0;
    points += p->kind == GAZETTEER_SETTLEMENT ? POINTS_SETTLEMENT : 0;
    points += p->kind == GAZETTEER_COUNTRY ? POINTS_IS_COUNTRY : 0;
    points += is_kind(p, m->kind) ? POINTS_KIND : 0;
    points -= m->near && p->kind == GAZETTEER_REGION ? POINTS_LENT : 0; /* "south of Kirkuk" */
    points -= lends_name(r, m, p, flags) ? POINTS_LENT : 0;
    points += m->within == UINT32_MAX && was_said(r, m, p) ? POINTS_SAID : 0;
    points += fits_outer(r, m, p) || contains_earlier(r, m, p) ? POINTS_INSIDE : 0;
    if (resolver_is_container(r, m) && p->kind <= GAZETTEER_REGION && m[-1].kind != PLACE_WORD_PART)
        points += POINTS_CONTAINER;
    return points + points_of_sentence(r, m, p) + report_points(r, p);
}
