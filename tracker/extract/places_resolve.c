/* Decides which place each name of a report means.
 *
 * Every candidate of a name gets points: for what words beside the name say it is, for lying in the
 * place that the text names around it ("Kot, Nangarhar"), in the countries and regions of the same
 * sentence and of the report, and for its population. The best one wins when no other place comes
 * near it; of places that contain each other (a town, its district, its region) the kind decides.
 * Otherwise the name stands for what the contenders share. All points are integers. */
#include "extract/place_words.h"
#include "extract/places.h"
#include "extract/places_home.h"

/* ---- points ---- */

enum {
    POINTS_INSIDE = 3000,      /* lies in the place that the text puts around it */
    POINTS_KIND = 1500,        /* is what the words beside the name say */
    POINTS_REGION_HERE = 500,  /* its region is named in the sentence */
    POINTS_COUNTRY_HERE = 300, /* its country or a people of it is */
    POINTS_REGION = 150,       /* elsewhere in the report */
    POINTS_COUNTRY_VOTE = 15,  /* a vote of the report's other mentions for its country, */
    POINTS_COUNTRY = 250,      /* at most this */
    POINTS_CONTAINER = 250,    /* what stands after a place and a comma is rather a division */
    POINTS_SETTLEMENT = 60,    /* a bare name is rather a town than what is called after it */
    POINTS_IS_COUNTRY = 300,
    POINTS_MAIN = 30,   /* its own name, not one of its other names */
    POINTS_MARGIN = 35, /* a winner leads by so much */
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

struct vote {
    uint32_t place; /* index of a country or region */
    int weight;
    int weak; /* the part of it that mere mentions gave */
};

struct resolver {
    struct report_values *values;
    const struct gazetteer *g;
    const struct word_list *drones;
    const struct word_list *missiles;
    struct vote *countries;
    size_t n_countries, countries_size;
    struct vote *regions;
    size_t n_regions, regions_size;
    uint32_t *
        shared_country; /* of each mention: what all its candidates have in common, or PLACE_NONE */
    uint32_t *shared_region;
    uint32_t country; /* with the most votes, or PLACE_NONE */
};

struct contender {
    const struct gazetteer_place *place;
    unsigned flags;
    int points;
};

/* ---- votes ---- */

/* Mentions that are no place of events (countries that act, peoples) weigh at most this together.
 */
#define WEAK_MOST 6
#define WEAK_EACH 2
#define HOME_WEIGHT 6 /* of the country that a language is at home in */

/* Adds up to what weak votes may weigh. */
static void weigh(struct vote *vote, int weight)
{
    if (weight <= WEAK_EACH) {
        if (vote->weak + weight > WEAK_MOST)
            weight = WEAK_MOST - vote->weak;
        vote->weak += weight;
    }
    vote->weight += weight;
}

static int add_vote(struct resolver *r, bool region, uint32_t place, int weight, struct error *err)
{
    struct vote **votes = region ? &r->regions : &r->countries;
    size_t *n = region ? &r->n_regions : &r->n_countries;
    size_t *size = region ? &r->regions_size : &r->countries_size;
    if (place == PLACE_NONE || weight == 0)
        return 0;
    for (size_t k = 0; k < *n; k++)
        if ((*votes)[k].place == place) {
            weigh(&(*votes)[k], weight);
            return 0;
        }
    if (arena_grow(r->values->arena, (void **)votes, size, *n, sizeof **votes, err))
        return -1;
    (*votes)[*n] = (struct vote){.place = place};
    weigh(&(*votes)[(*n)++], weight);
    return 0;
}

static int weight_of(const struct vote *votes, size_t n, uint32_t place)
{
    for (size_t k = 0; k < n; k++)
        if (votes[k].place == place)
            return votes[k].weight;
    return 0;
}

/* "Russian drones", "Israeli airstrikes": says whose weapon it is, not where it fell. */
static bool names_attacker(const struct resolver *r, const struct place_mention *m)
{
    const struct sentence *s = &r->values->doc->sentences[m->sentence];
    size_t end = s->first + s->count, at = m->first + m->n_tokens;
    const struct word_list *lists[] = {r->drones, r->missiles, &r->values->language->attacks};
    uint32_t phrase;
    for (size_t i = at; i < at + 2 && i < end; i++)
        for (size_t k = 0; k < 3; k++)
            if (lists[k] && lists[k]->trie &&
                words_match(lists[k], r->values->doc, i, end, &phrase))
                return true;
    return false;
}

/* The country or region that all candidates share, or PLACE_NONE. */
static uint32_t shared(const struct resolver *r, const struct place_candidates *c, bool region)
{
    uint32_t common = PLACE_NONE;
    for (size_t k = 0; k < c->n; k++) {
        unsigned flags;
        const struct gazetteer_place *p = gazetteer_candidate(r->g, c, k, &flags);
        uint32_t own = p ? (region ? p->region : p->country) : PLACE_NONE;
        if (own == PLACE_NONE || (common != PLACE_NONE && own != common))
            return PLACE_NONE;
        common = own;
    }
    return common;
}

static int vote_of(struct resolver *r, size_t k, struct error *err)
{
    const struct place_mention *m = &r->values->places[k];
    const struct gazetteer_place *first = gazetteer_candidate(r->g, &m->candidates, 0, NULL);
    if (m->unknown || r->shared_country[k] == PLACE_NONE || !first)
        return 0;
    int weight = 3;
    if (m->demonym)
        weight = names_attacker(r, m) ? 0 : 1;
    else if (first->kind == GAZETTEER_COUNTRY)
        weight = m->locative ? 5 : WEAK_EACH;
    if (add_vote(r, false, r->shared_country[k], weight, err))
        return -1;
    return add_vote(r, true, r->shared_region[k], weight, err);
}

static void elect_country(struct resolver *r)
{
    int most = 0;
    r->country = PLACE_NONE;
    for (size_t k = 0; k < r->n_countries; k++) /* of equal ones the first named */
        if (r->countries[k].weight > most) {
            most = r->countries[k].weight;
            r->country = r->countries[k].place;
        }
}

/* First round: fills what the candidates of each mention share, and the votes of the names that are
 * certain. */
static int collect_votes(struct resolver *r, struct error *err)
{
    struct report_values *v = r->values;
    r->shared_country = ARENA_ARRAY(v->arena, uint32_t, v->n_places);
    r->shared_region = ARENA_ARRAY(v->arena, uint32_t, v->n_places);
    if (!r->shared_country || !r->shared_region)
        return arena_full(v->arena, err);
    if (v->language->country.len &&
        add_vote(r, false, gazetteer_find_code(r->g, v->language->country), HOME_WEIGHT, err))
        return -1;
    for (size_t k = 0; k < v->n_places; k++) {
        r->shared_country[k] = shared(r, &v->places[k].candidates, false);
        r->shared_region[k] = shared(r, &v->places[k].candidates, true);
        if (vote_of(r, k, err))
            return -1;
    }
    elect_country(r);
    return 0;
}

/* Second round: names that the first one resolved vote too. */
static int collect_more_votes(struct resolver *r, struct error *err)
{
    for (size_t k = 0; k < r->values->n_places; k++) {
        const struct place_mention *m = &r->values->places[k];
        const struct place *p = &m->place;
        if (m->demonym || p->country.len == 0)
            continue;
        int weight = p->precision != PRECISION_COUNTRY ? 3 : m->locative ? 5 : WEAK_EACH;
        if (r->shared_country[k] == PLACE_NONE) {
            r->shared_country[k] = gazetteer_find_code(r->g, p->country);
            if (add_vote(r, false, r->shared_country[k], weight, err))
                return -1;
        }
        if (r->shared_region[k] == PLACE_NONE && p->adm1_code.len) {
            r->shared_region[k] = gazetteer_find_code(r->g, p->adm1_code);
            if (add_vote(r, true, r->shared_region[k], weight, err))
                return -1;
        }
    }
    elect_country(r);
    return 0;
}

/* ---- points of a candidate ---- */

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

/* What another mention of the sentence, number `k`, adds for `p`. */
static int neighbour_points(const struct resolver *r, size_t k, const struct gazetteer_place *p)
{
    const struct place_mention *other = &r->values->places[k];
    if (other->unknown || (other->demonym && names_attacker(r, other)))
        return 0;
    if (r->shared_region[k] != PLACE_NONE && r->shared_region[k] == p->region)
        return POINTS_REGION_HERE;
    return r->shared_country[k] != PLACE_NONE && r->shared_country[k] == p->country
               ? POINTS_COUNTRY_HERE
               : 0;
}

/* A sentence lends its nearest mentions only: that bounds the work of one with hundreds of names.
 */
#define NEIGHBOURS 12

static int sentence_points(const struct resolver *r, const struct place_mention *m,
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
    int points = POINTS_COUNTRY_VOTE * weight_of(r->countries, r->n_countries, p->country);
    if (points > POINTS_COUNTRY)
        points = POINTS_COUNTRY;
    return points + (weight_of(r->regions, r->n_regions, p->region) ? POINTS_REGION : 0);
}

static bool is_container(const struct resolver *r, const struct place_mention *m)
{
    size_t index = (size_t)(m - r->values->places);
    return index > 0 && r->values->places[index - 1].within == index;
}

/* Whether the mention before says it lies in this one: "Mesick, Michigan" makes Michigan the state.
 */
static bool contains_earlier(const struct resolver *r, const struct place_mention *m,
                             const struct gazetteer_place *p)
{
    if (!is_container(r, m))
        return false;
    const struct place_mention *inner = m - 1;
    for (size_t k = 0; k < inner->candidates.n; k++) {
        unsigned flags;
        const struct gazetteer_place *q = gazetteer_candidate(r->g, &inner->candidates, k, &flags);
        if (q && q != p && lies_in(q, gazetteer_place_index(r->g, p)))
            return true;
    }
    return inner->unknown && p->kind <= GAZETTEER_REGION;
}

static int points_of(const struct resolver *r, const struct place_mention *m,
                     const struct gazetteer_place *p, unsigned flags)
{
    int points = population_points(p->population);
    points += flags & CANDIDATE_MAIN ? POINTS_MAIN : 0;
    points += p->kind == GAZETTEER_SETTLEMENT ? POINTS_SETTLEMENT : 0;
    points += p->kind == GAZETTEER_COUNTRY ? POINTS_IS_COUNTRY : 0;
    points += is_kind(p, m->kind) ? POINTS_KIND : 0;
    points += fits_outer(r, m, p) || contains_earlier(r, m, p) ? POINTS_INSIDE : 0;
    points += is_container(r, m) && p->kind <= GAZETTEER_REGION ? POINTS_CONTAINER : 0;
    return points + sentence_points(r, m, p) + report_points(r, p);
}

/* ---- the outcome ---- */

/* Words that may stand before "near" in "Deh Khudaidad area, near Ghazni". */
#define NEAR_GAP 4

static struct place empty_place(struct slice written)
{
    return (struct place){.written = written,
                          .lat = PLACE_NO_COORDINATE,
                          .lon = PLACE_NO_COORDINATE,
                          .precision = PRECISION_UNKNOWN};
}

static void set_country(const struct resolver *r, struct place *out, uint32_t country)
{
    const struct gazetteer_place *p = gazetteer_place_at(r->g, country);
    if (!p)
        return;
    out->country = gazetteer_text(r->g, p->code);
    if (!out->zone.len)
        out->zone = gazetteer_text(r->g, p->zone);
}

static void set_region(const struct resolver *r, struct place *out, uint32_t region)
{
    const struct gazetteer_place *p = gazetteer_place_at(r->g, region);
    if (!p)
        return;
    out->adm1 = gazetteer_text(r->g, p->name);
    out->adm1_code = gazetteer_text(r->g, p->code);
    out->zone = gazetteer_text(r->g, p->zone);
}

static enum place_precision precision_of(const struct gazetteer_place *p)
{
    switch (p->kind) {
    case GAZETTEER_COUNTRY: return PRECISION_COUNTRY;
    case GAZETTEER_REGION: return PRECISION_REGION;
    case GAZETTEER_DISTRICT: return PRECISION_DISTRICT;
    case GAZETTEER_SETTLEMENT: return PRECISION_SETTLEMENT;
    default: break;
    }
    /* A camp or an air base is as good as a settlement; Donbas and Darfur are wide; seas and
     * continents say little. */
    if (p->region != PLACE_NONE && p->flags & PLACE_LOCATED)
        return PRECISION_SETTLEMENT;
    return p->country != PLACE_NONE ? PRECISION_REGION : PRECISION_NAMED;
}

static void take(const struct resolver *r, struct place *out, const struct gazetteer_place *p)
{
    out->name = gazetteer_text(r->g, p->name);
    out->geoname_id = p->id;
    out->population = p->population;
    out->precision = precision_of(p);
    const struct gazetteer_place *district = gazetteer_place_at(r->g, p->district);
    out->district = district ? district->id : 0;
    set_region(r, out, p->region);
    if (p->zone)
        out->zone = gazetteer_text(r->g, p->zone);
    set_country(r, out, p->country);
    if (p->flags & PLACE_LOCATED) {
        out->lat = p->lat;
        out->lon = p->lon;
    }
}

/* Two places of one name that lie in each other or in one region differ in kind only. */
static bool same_spot(const struct gazetteer_place *a, const struct gazetteer_place *b)
{
    return a->region != PLACE_NONE && a->region == b->region && a->kind != b->kind;
}

/* No winner: the region, else the country the contenders share; the written name stays the name
 * there. */
static void take_shared(const struct resolver *r, struct place *out, const struct contender *list,
                        size_t n, int best)
{
    uint32_t country = list[0].place->country, region = list[0].place->region;
    for (size_t k = 0; k < n; k++) {
        if (list[k].points <= best - POINTS_MARGIN)
            continue;
        if (list[k].place->country != country)
            country = PLACE_NONE;
        if (list[k].place->region != region)
            region = PLACE_NONE;
    }
    const struct gazetteer_place *p = gazetteer_place_at(r->g, region);
    if (p) {
        take(r, out, p);
        return;
    }
    out->name = out->written;
    out->precision = PRECISION_NAMED;
    set_country(r, out, country);
}

/* The candidate ranks first: more points, then population, then the smaller id. */
static bool ranks_before(const struct contender *a, const struct contender *b)
{
    if (a->points != b->points)
        return a->points > b->points;
    if (a->place->population != b->place->population)
        return a->place->population > b->place->population;
    return a->place->id < b->place->id;
}

/* Names with more candidates than this (San José) are judged by the first ones, the most populous.
 */
#define CONTENDERS 64

static size_t contenders_of(const struct resolver *r, const struct place_mention *m,
                            struct contender *list)
{
    size_t n = 0, best = 0;
    for (size_t k = 0; k < m->candidates.n && n < CONTENDERS; k++) {
        unsigned flags;
        const struct gazetteer_place *p = gazetteer_candidate(r->g, &m->candidates, k, &flags);
        if (!p || (flags & CANDIDATE_DEMONYM && !m->demonym))
            continue;
        list[n] = (struct contender){p, flags, points_of(r, m, p, flags)};
        if (ranks_before(&list[n], &list[best]))
            best = n;
        n++;
    }
    if (n) {
        struct contender first = list[best];
        list[best] = list[0];
        list[0] = first;
    }
    return n;
}

/* Whether the text puts the mention into a place that none of its candidates lies in: then it is a
 * place of that name the gazetteer lacks. Only a container that is certain counts. */
static const struct place *contradicted(const struct resolver *r, const struct place_mention *m,
                                        const struct contender *best)
{
    if (m->within == UINT32_MAX || best->points >= POINTS_INSIDE ||
        best->place->kind <= GAZETTEER_REGION)
        return NULL;
    const struct place_mention *outer = &r->values->places[m->within];
    const struct place *p = &outer->place;
    if (outer->unknown || p->country.len == 0 ||
        (p->precision != PRECISION_REGION && p->precision != PRECISION_COUNTRY))
        return NULL;
    return p;
}

/* The town or district that the text puts around a name: of its chain ("Shar Naw, Kabul,
 * Afghanistan") the first that is one, else what stands right behind and is near ("Deh Khudaidad
 * area, near Ghazni"). */
static const struct place *outer_town(const struct resolver *r, const struct place_mention *m)
{
    const struct report_values *v = r->values;
    for (uint32_t w = m->within, n = 0; w != UINT32_MAX && n < 4; n++) {
        const struct place *p = &v->places[w].place;
        if (v->places[w].around && p->precision <= PRECISION_NAMED) {
            w = v->places[w].within;
            continue;
        }
        if (p->precision == PRECISION_SETTLEMENT || p->precision == PRECISION_DISTRICT ||
            (p->precision == PRECISION_NAMED && m->kind == PLACE_WORD_AREA))
            return p;
        w = v->places[w].within;
    }
    const struct place_mention *next = m + 1;
    bool beside = next < v->places + v->n_places && next->near && next->sentence == m->sentence &&
                  next->first <= m->first + m->n_tokens + NEAR_GAP;
    return beside && next->place.lat != PLACE_NO_COORDINATE ? &next->place : NULL;
}

/* A town this populous that gives its region its name is meant where one of its quarters may stand:
 * "Shar Naw, Kabul". */
#define METROPOLIS 1000000u

/* The metropolis by which the place around an unlisted name may be meant, NULL for none. */
static const struct gazetteer_place *metropolis(const struct resolver *r,
                                                const struct place_mention *m)
{
    if (!m->unknown || m->within == UINT32_MAX || m->kind == PLACE_WORD_DISTRICT ||
        m->kind == PLACE_WORD_SETTLEMENT)
        return NULL;
    const struct place_mention *outer = &r->values->places[m->within];
    if (outer->place.precision != PRECISION_REGION || outer->kind != PLACE_WORD_NONE)
        return NULL;
    for (size_t k = 0; k < outer->candidates.n; k++) {
        const struct gazetteer_place *p = gazetteer_candidate(r->g, &outer->candidates, k, NULL);
        const struct gazetteer_place *region = p ? gazetteer_place_at(r->g, p->region) : NULL;
        if (region && p->kind == GAZETTEER_SETTLEMENT && p->population >= METROPOLIS &&
            region->id == outer->place.geoname_id)
            return p;
    }
    return NULL;
}

/* A part of a town, or a spot in a district: it counts under that, and keeps its own words as
 * written. */
static bool take_outer(const struct resolver *r, const struct place_mention *m, struct place *out)
{
    const struct place *outer = outer_town(r, m);
    if (!outer)
        return false;
    struct slice own = out->written;
    *out = *outer;
    out->written = own;
    return true;
}

/* A name the gazetteer lacks: country and region come from what contains it, else from the sentence
 * and the report. */
static void take_written(const struct resolver *r, const struct place_mention *m, struct place *out)
{
    const struct gazetteer_place *city = metropolis(r, m);
    if (city) {
        take(r, out, city);
        return;
    }
    if (take_outer(r, m, out))
        return;
    out->name = out->written;
    out->precision = PRECISION_NAMED;
    for (uint32_t w = m->within, n = 0; w != UINT32_MAX && n < 4; n++) {
        const struct place *outer = &r->values->places[w].place;
        if (!out->country.len)
            out->country = outer->country;
        if (!out->adm1.len && outer->precision != PRECISION_COUNTRY &&
            slice_equal(out->country, outer->country)) {
            out->adm1 = outer->adm1;
            out->adm1_code = outer->adm1_code;
        }
        if (!out->zone.len && outer->zone.len)
            out->zone = outer->zone;
        w = r->values->places[w].within;
    }
    if (out->country.len)
        return;
    set_country(r, out, r->country);
}

/* The whole span as written, without line breaks being a matter here. */
static struct slice written(const struct resolver *r, const struct place_mention *m)
{
    return token_span(r->values->doc, m->first, m->first + m->n_tokens - 1);
}

/* "Maywand district" where only a town Maywand is known: its coordinates, but no closer than a
 * district. */
static void apply_kind(const struct place_mention *m, struct place *out)
{
    if (m->kind == PLACE_WORD_DISTRICT && out->precision == PRECISION_SETTLEMENT) {
        out->precision = PRECISION_DISTRICT;
        out->geoname_id = 0;
        out->population = 0;
    }
    if (m->near && (out->precision == PRECISION_SETTLEMENT || out->precision == PRECISION_POINT))
        out->precision = PRECISION_NAMED;
}

/* A town this populous is meant even far from where the report plays. */
#define FAMOUS 1000000u

/* A bare name that nothing says to be a place, of a town in another country than the report's: a
 * person's or a firm's. */
static bool out_of_place(const struct resolver *r, const struct place_mention *m,
                         const struct contender *best)
{
    const struct gazetteer_place *p = best->place;
    return !m->locative && m->kind == PLACE_WORD_NONE && m->within == UINT32_MAX &&
           !is_container(r, m) && !(m->candidates.flags & NAME_OURS) &&
           p->kind >= GAZETTEER_DISTRICT && p->population < FAMOUS && r->country != PLACE_NONE &&
           p->country != r->country && sentence_points(r, m, p) == 0;
}

/* "Queens, New York City": a part that the gazetteer knows counts under its town too, and keeps its
 * own coordinates. */
static void part_of_town(const struct resolver *r, struct place_mention *m,
                         const struct gazetteer_place *p)
{
    const struct place *outer = outer_town(r, m);
    if (!outer || m->within == UINT32_MAX || outer->precision != PRECISION_SETTLEMENT ||
        p->kind < GAZETTEER_SETTLEMENT || outer->geoname_id == p->id ||
        (slice_equal(outer->adm1_code, m->place.adm1_code) && !place_beside(&m->place, outer)))
        return;
    bool here = p->flags & PLACE_LOCATED && slice_equal(outer->adm1_code, m->place.adm1_code);
    int32_t lat = m->place.lat, lon = m->place.lon;
    take_outer(r, m, &m->place);
    if (here) {
        m->place.lat = lat;
        m->place.lon = lon;
    }
}

static void resolve(const struct resolver *r, struct place_mention *m)
{
    struct contender list[CONTENDERS];
    m->place = empty_place(written(r, m));
    size_t n = m->unknown ? 0 : contenders_of(r, m, list);
    const struct place *outer = n ? contradicted(r, m, &list[0]) : NULL;
    if (n == 0 || outer) {
        take_written(r, m, &m->place);
        return;
    }
    if (out_of_place(r, m, &list[0]))
        return;
    bool sure = true;
    for (size_t k = 1; k < n; k++)
        if (list[k].points > list[0].points - POINTS_MARGIN &&
            !same_spot(list[k].place, list[0].place))
            sure = false;
    if (sure)
        take(r, &m->place, list[0].place);
    else
        take_shared(r, &m->place, list, n, list[0].points);
    apply_kind(m, &m->place);
    part_of_town(r, m, list[0].place);
}

static void resolver_init(struct resolver *r, struct report_values *values)
{
    *r = (struct resolver){.values = values, .g = values->gazetteer, .country = PLACE_NONE};
    r->drones = language_list(values->language, "drones");
    r->missiles = language_list(values->language, "missiles");
}

/* From the back: what contains a mention stands behind it. */
static void resolve_all(const struct resolver *r)
{
    for (size_t k = r->values->n_places; k-- > 0;)
        resolve(r, &r->values->places[k]);
}

int places_resolve(struct report_values *values, struct error *err)
{
    struct resolver r;
    if (!values->gazetteer)
        return 0;
    values->country = values->language->country;
    if (values->n_places == 0)
        return 0;
    resolver_init(&r, values);
    for (size_t k = 0; k < values->n_places; k++)
        values->places[k].place = empty_place(SLICE_NONE);
    if (collect_votes(&r, err))
        return -1;
    resolve_all(&r);
    if (collect_more_votes(&r, err))
        return -1;
    resolve_all(&r);
    places_home(values);
    const struct gazetteer_place *country = gazetteer_place_at(r.g, r.country);
    values->country = country ? gazetteer_text(r.g, country->code) : SLICE_NONE;
    return 0;
}
