/* What is made of the candidates of a name: the winner, what they share, or a place of its own. */
#include "extract/places_resolver.h"

/* Words that may stand before "near" in "Deh Khudaidad area, near Ghazni". */
#define NEAR_GAP 4

struct place outcome_empty(struct slice written)
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

/* The ref of the code of a place's country. */
static uint32_t country_code(const struct resolver *r, const struct gazetteer_place *p)
{
    const struct gazetteer_place *country = gazetteer_place_at(r->g, p->country);
    return country ? country->code : 0;
}

static uint32_t region_code(const struct resolver *r, const struct gazetteer_place *p)
{
    const struct gazetteer_place *region = gazetteer_place_at(r->g, p->region);
    return region ? region->code : 0;
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
        if (!p || (flags & CANDIDATE_DEMONYM && !m->demonym) ||
            (n && flags & CANDIDATE_ABBREVIATION && !resolver_is_container(r, m)))
            continue; /* "DC" alone is the city */
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
    if (m->within == UINT32_MAX || best->points >= POINTS_INSIDE)
        return NULL;
    const struct place_mention *outer = &r->values->places[m->within];
    const struct place *p = &outer->place;
    /* "the North Zone of Zaria" is no region. */
    if (m->kind >= PLACE_WORD_AREA && p->precision == PRECISION_SETTLEMENT &&
        best->place->kind <= GAZETTEER_DISTRICT)
        return p;
    if (best->place->kind <= GAZETTEER_REGION)
        return NULL;
    if (outer->unknown || p->country.len == 0)
        return NULL;
    /* "the Ma'an area, east of Khan Younis": what it is beside speaks for the country. */
    bool abroad =
        outer->near && !slice_equal(p->country, gazetteer_text(r->g, country_code(r, best->place)));
    if (p->precision != PRECISION_REGION && p->precision != PRECISION_COUNTRY && !abroad)
        return NULL;
    return p;
}

/* What stands right behind a name and is near it: "Deh Khudaidad area, near Ghazni". */
static const struct place *beside_place(const struct resolver *r, const struct place_mention *m)
{
    const struct report_values *v = r->values;
    const struct place_mention *next = m + 1;
    bool beside = next < v->places + v->n_places && next->near && next->sentence == m->sentence &&
                  next->first <= m->first + m->n_tokens + NEAR_GAP;
    return beside && next->place.country.len ? &next->place : NULL;
}

/* "In Tijuana, a man was shot in the Palmeras neighborhood": the town that the sentence named
 * before a part of it, NULL for other names. */
static const struct place *town_before(const struct resolver *r, const struct place_mention *m)
{
    const struct report_values *v = r->values;
    if (m->kind != PLACE_WORD_PART || m->within != UINT32_MAX)
        return NULL;
    for (size_t k = (size_t)(m - v->places); k-- > 0 && v->places[k].sentence == m->sentence;) {
        const struct place_mention *town = &v->places[k];
        if (town->locative && !town->near && town->kind != PLACE_WORD_PART &&
            (town->place.precision == PRECISION_SETTLEMENT ||
             (town->place.precision == PRECISION_DISTRICT && town->kind == PLACE_WORD_NONE) ||
             (town->place.precision == PRECISION_NAMED && town->within != UINT32_MAX)))
            return &town->place;
    }
    return NULL;
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
            (p->precision == PRECISION_NAMED && m->kind >= PLACE_WORD_AREA))
            return p;
        w = v->places[w].within;
    }
    /* A part lies in the town beside it; a village "north of" one is a place of its own. */
    const struct place *beside = m->kind >= PLACE_WORD_AREA ? beside_place(r, m) : NULL;
    return beside && beside->lat != PLACE_NO_COORDINATE && beside->precision <= PRECISION_DISTRICT
               ? beside
               : town_before(r, m);
}

/* A town this populous that gives its region its name is meant where one of its quarters may stand:
 * "Shar Naw, Kabul". */
#define METROPOLIS 1000000u

/* The metropolis by which the place around an unlisted name may be meant, NULL for none. What is a
 * part of a town has a town around it, however small: "the Dabbit neighbourhood of Idlib". */
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
        if (region && p->kind == GAZETTEER_SETTLEMENT &&
            (p->population >= METROPOLIS || m->kind == PLACE_WORD_PART) &&
            region->id == outer->place.geoname_id)
            return p;
    }
    return NULL;
}

/* Most tokens of a name with what contains it. */
#define WRITTEN_MOST 16

/* Whether a bracket opens between two tokens. */
static bool bracketed(const struct document *doc, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (slice_is(token_text(doc, i), "("))
            return true;
    return false;
}

/* The words that place a part: "Saleem Khil area of Azra district", up to the container `outer`
 * when it stands behind the name ("Orlando's Malibu Groves" is the name alone), else the name. */
static struct slice written_with(const struct resolver *r, const struct place_mention *m,
                                 const struct place *outer)
{
    const struct report_values *v = r->values;
    size_t end = m->first + m->n_tokens, last = end - 1;
    for (uint32_t w = m->within, n = 0; w != UINT32_MAX && n < 4; n++) {
        const struct place_mention *container = &v->places[w];
        if (&container->place == outer && container->sentence == m->sentence &&
            container->first >= end &&
            container->first + container->n_tokens <= m->first + WRITTEN_MOST &&
            !bracketed(v->doc, end, container->first))
            last = container->first + container->n_tokens - 1;
        w = container->within;
    }
    return token_span(v->doc, m->first, last);
}

/* A part of a town, or a spot in a district: it counts under that, and keeps its own words as
 * written, with those that place it. */
static bool take_outer(const struct resolver *r, const struct place_mention *m, struct place *out)
{
    const struct place *outer = outer_town(r, m);
    if (!outer)
        return false;
    struct slice own = written_with(r, m, outer);
    *out = *outer;
    out->written = own;
    return true;
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

/* Whether a place whose name is spelled alike lies where the text puts the mention. */
static bool fits_loosely(const struct resolver *r, const struct place_mention *m,
                         const struct gazetteer_place *p)
{
    static const unsigned char kinds[] = {
        [PLACE_WORD_NONE] =
            1u << GAZETTEER_SETTLEMENT | 1u << GAZETTEER_DISTRICT | 1u << GAZETTEER_AREA,
        [PLACE_WORD_REGION] = 1u << GAZETTEER_REGION,
        [PLACE_WORD_DISTRICT] = 1u << GAZETTEER_DISTRICT | 1u << GAZETTEER_SETTLEMENT,
        [PLACE_WORD_SETTLEMENT] = 1u << GAZETTEER_SETTLEMENT,
        [PLACE_WORD_AREA] = 1u << GAZETTEER_SETTLEMENT | 1u << GAZETTEER_AREA,
        [PLACE_WORD_PART] = 0 /* no village */};
    if (m->kind >= sizeof kinds || !(kinds[m->kind] & 1u << p->kind) || !(p->flags & PLACE_LOCATED))
        return false;
    if (m->within == UINT32_MAX)
        return p->country == r->country;
    const struct place *beside = beside_place(r, m);
    bool any = beside && slice_equal(beside->adm1_code, gazetteer_text(r->g, region_code(r, p)));
    for (uint32_t w = m->within, n = 0; w != UINT32_MAX && n < 4; n++) {
        const struct place *outer = &r->values->places[w].place;
        if (outer->precision == PRECISION_COUNTRY || outer->precision == PRECISION_REGION) {
            uint32_t code = gazetteer_find_code(
                r->g, outer->precision == PRECISION_REGION ? outer->adm1_code : outer->country);
            if (p->country != code && p->region != code)
                return false;
            any = true;
        } else if (outer->precision == PRECISION_DISTRICT && outer->district &&
                   p->kind >= GAZETTEER_SETTLEMENT) {
            const struct gazetteer_place *district = gazetteer_place_at(r->g, p->district);
            if (!district || district->id != outer->district)
                return false;
            any = true;
        }
        w = r->values->places[w].within;
    }
    return any;
}

/* Without anything around it a short name is like too many others. */
#define LOOSE_BARE_LEAST 6

static size_t letters_of(struct slice name)
{
    size_t n = 0;
    for (size_t k = 0; k < name.len; k++)
        n += ((unsigned char)name.ptr[k] | 0x20) >= 'a' &&
             ((unsigned char)name.ptr[k] | 0x20) <= 'z';
    return n;
}

/* A name that the gazetteer spells otherwise: the one place that lies where the text says. */
static bool take_loose(const struct resolver *r, const struct place_mention *m, struct place *out)
{
    const struct place *beside = beside_place(r, m);
    struct place_candidates c;
    struct slice name = token_span(r->values->doc, m->first, m->first + m->name_tokens - 1);
    bool bare = m->within == UINT32_MAX;
    if (r->country == PLACE_NONE || (bare && letters_of(name) < LOOSE_BARE_LEAST) ||
        !gazetteer_find_loose(r->g, name, &c))
        return false;
    const struct gazetteer_place *found = NULL;
    for (size_t k = 0; k < c.n; k++) {
        const struct gazetteer_place *p = gazetteer_candidate(r->g, &c, k, NULL);
        if (!p || !fits_loosely(r, m, p) ||
            (beside && !slice_equal(beside->country, gazetteer_text(r->g, country_code(r, p)))))
            continue;
        if (found && !same_spot(found, p))
            return false;
        if (!found || (p->kind == GAZETTEER_SETTLEMENT) == (m->kind != PLACE_WORD_DISTRICT))
            found = p;
    }
    if (!found)
        return false;
    take(r, out, found);
    apply_kind(m, out);
    return true;
}

/* "French forces" alone do not say in which country a place lies. */
#define COUNTRY_LEAST 2

/* A name the gazetteer lacks: country and region come from what contains it, else from the sentence
 * and the report. */
static void take_written(const struct resolver *r, const struct place_mention *m, struct place *out)
{
    if (take_loose(r, m, out))
        return;
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
    const struct place *beside = beside_place(r, m);
    if (beside && (!out->country.len || slice_equal(out->country, beside->country))) {
        /* "Tora, north of El Fasher": all that places it belongs to its words. */
        size_t last = m[1].first + m[1].n_tokens - 1;
        if (last < m->first + WRITTEN_MOST)
            out->written = token_span(r->values->doc, m->first, last);
        out->country = beside->country;
        if (!out->adm1.len) {
            out->adm1 = beside->adm1;
            out->adm1_code = beside->adm1_code;
        }
        out->zone = beside->zone;
    }
    if (!out->country.len &&
        votes_weight(r->countries, r->n_countries, r->country) >= COUNTRY_LEAST)
        set_country(r, out, r->country);
}

/* The whole span as written, without line breaks being a matter here. */
static struct slice written(const struct resolver *r, const struct place_mention *m)
{
    return token_span(r->values->doc, m->first, m->first + m->n_tokens - 1);
}

/* A town this populous is meant even far from where the report plays. */
#define FAMOUS 1000000u

/* Mentions asked about one: a report says early where it plays. */
#define WITNESSES 60
/* So far apart, in 1e-5 degrees of latitude and of longitude, that one report tells of both only
 * when it says so. */
#define FAR 300000

/* What the other names of the report say about a place being meant. */
struct witness {
    bool country; /* one lies in its country */
    bool close;   /* one is not far from it */
    bool any;     /* one has coordinates closer than a country's */
};

static struct witness ask(const struct resolver *r, const struct place_mention *m,
                          const struct gazetteer_place *p)
{
    struct witness w = {false, false, false};
    for (size_t k = 0; k < r->values->n_places && k < WITNESSES; k++) {
        const struct place_mention *other = &r->values->places[k];
        if (other == m || other->unknown || other->candidates.packed == m->candidates.packed)
            continue;
        if (r->shared_country[k] == p->country && p->country != PLACE_NONE)
            w.country = true;
        if (other->demonym || other->place.lat == PLACE_NO_COORDINATE ||
            other->place.precision >= PRECISION_COUNTRY)
            continue;
        w.any = true;
        if (!(p->flags & PLACE_LOCATED))
            continue;
        int64_t lat = (int64_t)other->place.lat - p->lat, lon = (int64_t)other->place.lon - p->lon;
        w.close = w.close || (lat < FAR && lat > -FAR && lon < FAR && lon > -FAR);
    }
    return w;
}

/* A town less populous than this is not meant by one of its other names, */
#define ALIAS_LEAST 15000u
/* nor far from the report's country by its own, unless the report names that country. */
#define FOREIGN_LEAST 200000u
/* Votes of the report's country that say so without any other located name. */
#define FOREIGN_VOTES 4

/* A village that has the name too, or had it, on another continent than all that the report names:
 * then the name is that of a place the gazetteer lacks. */
static bool out_of_reach(const struct resolver *r, const struct place_mention *m,
                         const struct contender *best)
{
    const struct gazetteer_place *p = best->place;
    bool own = best->flags & CANDIDATE_MAIN || !place_name_latin(m->place.written);
    bool ours = m->candidates.flags & NAME_OURS && p->kind == GAZETTEER_AREA;
    if (p->kind == GAZETTEER_COUNTRY || ours || best->points >= POINTS_INSIDE ||
        (own && p->kind >= GAZETTEER_SETTLEMENT && p->population >= FOREIGN_LEAST))
        return false;
    struct witness w = ask(r, m, p);
    if (w.country || w.close)
        return false;
    if (!own && p->population < ALIAS_LEAST)
        return true;
    return p->country != r->country &&
           (w.any || votes_weight(r->countries, r->n_countries, r->country) > FOREIGN_VOTES);
}

/* Candidates struck out before the name is taken to be another place's. */
#define STRUCK_MOST 6

/* Strikes out of the list what is out of reach, and puts the likeliest of the rest first. False
 * when nothing is left. */
static bool within_reach(const struct resolver *r, const struct place_mention *m,
                         struct contender *list, size_t *n)
{
    for (int struck = 0; *n && out_of_reach(r, m, &list[0]); struck++) {
        if (struck == STRUCK_MOST) {
            *n = 0;
            break;
        }
        list[0] = list[--*n];
        for (size_t k = 1; k < *n; k++)
            if (ranks_before(&list[k], &list[0])) {
                struct contender first = list[k];
                list[k] = list[0];
                list[0] = first;
            }
    }
    return *n > 0;
}

/* "the Ma'an area, east of Khan Younis" is no Ma'an of another country. */
static bool lies_elsewhere(const struct resolver *r, const struct place_mention *m,
                           const struct contender *best)
{
    const struct place *beside = beside_place(r, m);
    return beside && best->place->kind >= GAZETTEER_DISTRICT &&
           !slice_equal(beside->country, gazetteer_text(r->g, country_code(r, best->place)));
}

/* Whether a building's name is that of a town in another country than what the sentence places. */
static bool is_namesake(const struct resolver *r, const struct place_mention *m,
                        const struct gazetteer_place *p)
{
    if (p->kind < GAZETTEER_DISTRICT || !resolver_names_building(r, m))
        return false;
    struct slice country = gazetteer_text(r->g, country_code(r, p));
    for (size_t k = 0; k < r->values->n_places; k++) {
        const struct place_mention *other = &r->values->places[k];
        if (other->sentence == m->sentence && other != m && !other->demonym &&
            other->place.country.len && other->place.precision < PRECISION_COUNTRY &&
            !slice_equal(other->place.country, country))
            return true;
    }
    return false;
}

/* A bare name that nothing says to be a place, of a town in another country than the report's: a
 * person's or a firm's. */
static bool out_of_place(const struct resolver *r, const struct place_mention *m,
                         const struct contender *best)
{
    const struct gazetteer_place *p = best->place;
    return !m->locative && m->kind == PLACE_WORD_NONE && m->within == UINT32_MAX &&
           !resolver_is_container(r, m) && !(m->candidates.flags & NAME_OURS) &&
           p->kind >= GAZETTEER_DISTRICT && p->population < FAMOUS && r->country != PLACE_NONE &&
           p->country != r->country && points_of_sentence(r, m, p) == 0;
}

/* "Queens, New York City": a part that the gazetteer knows counts under its town too, and keeps its
 * own coordinates. */
static void part_of_town(const struct resolver *r, struct place_mention *m,
                         const struct gazetteer_place *p)
{
    const struct place *outer = outer_town(r, m);
    bool within = m->within != UINT32_MAX || m->kind == PLACE_WORD_PART;
    if (!outer || !within || outer->precision != PRECISION_SETTLEMENT ||
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

void outcome_resolve(const struct resolver *r, struct place_mention *m)
{
    struct contender list[CONTENDERS];
    m->place = outcome_empty(written(r, m));
    size_t n = m->unknown ? 0 : contenders_of(r, m, list);
    bool reached = n == 0 || within_reach(r, m, list, &n);
    if (!reached && (m->weak || !m->locative) && m->within == UINT32_MAX)
        return;
    bool part = n && list[0].points < POINTS_INSIDE && town_before(r, m);
    if (n == 0 || part || contradicted(r, m, &list[0]) || lies_elsewhere(r, m, &list[0])) {
        take_written(r, m, &m->place);
        return;
    }
    if (out_of_place(r, m, &list[0]) || is_namesake(r, m, list[0].place))
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
