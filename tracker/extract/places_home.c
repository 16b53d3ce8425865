#include "extract/places_home.h"

#include "extract/place_words.h"
#include "extract/places.h"

enum {
    HOME_SAID = 3, /* "X police", a dateline */
    HOME_IN = 1,   /* something happened in it */
};

/* Mentions looked at for the home town: a report says early where it is from. */
#define HOME_MENTIONS 40

static int home_weight(const struct report_values *v, const struct place *town)
{
    int weight = 0;
    for (size_t k = 0; k < v->n_places && k < HOME_MENTIONS; k++) {
        const struct place_mention *m = &v->places[k];
        if (m->place.precision == PRECISION_SETTLEMENT && m->place.geoname_id == town->geoname_id)
            weight += m->home ? HOME_SAID : m->locative ? HOME_IN : 0;
    }
    return weight;
}

/* The town the report is from, NULL when nothing says it. */
static const struct place_mention *home_town(const struct report_values *v)
{
    const struct place_mention *home = NULL;
    int most = 0;
    for (size_t k = 0; k < v->n_places && k < HOME_MENTIONS; k++) {
        const struct place_mention *m = &v->places[k];
        /* "Thames Valley police" are no town's. */
        if (!m->home || m->kind >= PLACE_WORD_AREA || m->place.precision != PRECISION_SETTLEMENT ||
            !m->place.geoname_id)
            continue;
        int weight = home_weight(v, &m->place);
        if (weight > most) {
            most = weight;
            home = m;
        }
    }
    return home;
}

/* "Camden, Ark., police": it is the town's police, not the state's. */
static void own_container(struct report_values *v)
{
    for (size_t k = 0; k + 1 < v->n_places && k < HOME_MENTIONS; k++)
        if (v->places[k].within == k + 1 && v->places[k + 1].home)
            v->places[k].home = true;
}

/* A town this populous is itself, wherever the report is from. */
#define QUARTER_MOST 200000

static bool is_container(const struct report_values *values, const struct place_mention *m)
{
    size_t index = (size_t)(m - values->places);
    return index > 0 && values->places[index - 1].within == index;
}

/* Whether the gazetteer says that a mention is a section of a town. */
static bool is_part(const struct report_values *values, const struct place_mention *m)
{
    for (size_t k = 0; k < m->candidates.n; k++) {
        const struct gazetteer_place *p =
            gazetteer_candidate(values->gazetteer, &m->candidates, k, NULL);
        if (p && p->id == m->place.geoname_id && p->lat == m->place.lat)
            return p->flags & PLACE_PART;
    }
    return false;
}

/* Whether a mention's place is one of its own name, not the town it is a part of. */
static bool is_named_so(const struct report_values *values, const struct place_mention *m)
{
    for (size_t k = 0; k < m->candidates.n; k++) {
        const struct gazetteer_place *p =
            gazetteer_candidate(values->gazetteer, &m->candidates, k, NULL);
        if (p && p->id == m->place.geoname_id)
            return true;
    }
    return false;
}

/* A section of one less populous is not told apart from it. */
#define TOWN_LEAST 100000
/* The closest that two points count, in 1e-5 degrees: of big towns only the centre is known. */
#define CENTRE_REACH 3000

/* How much a town draws its surroundings: people by distance squared. */
static int64_t pull(const struct place *town, const struct place *part)
{
    int64_t lat = ((int64_t)town->lat - part->lat) / CENTRE_REACH;
    int64_t lon = ((int64_t)town->lon - part->lon) / CENTRE_REACH;
    return town->population / (lat * lat + lon * lon + 1);
}

static bool may_hold(const struct report_values *values, const struct place_mention *m,
                     const struct place *part)
{
    const struct place *p = &m->place;
    return !m->unknown && p->geoname_id && p->precision <= PRECISION_NAMED &&
           p->population >= TOWN_LEAST && p->population > part->population &&
           slice_equal(p->adm1_code, part->adm1_code) && place_beside(p, part) &&
           !is_part(values, m);
}

/* Gives the sections that the gazetteer knows ("Rogers Park") to the town that the report names
 * around them ("Chicago police"): they keep their own words and point. */
static void join_parts(struct report_values *values)
{
    for (size_t k = 0; k < values->n_places; k++) {
        struct place_mention *m = &values->places[k];
        const struct place *town = NULL;
        if (m->unknown || m->demonym || m->place.precision != PRECISION_SETTLEMENT ||
            !is_part(values, m))
            continue;
        for (size_t i = 0; i < values->n_places && i < HOME_MENTIONS; i++) {
            const struct place *p = &values->places[i].place;
            if (may_hold(values, &values->places[i], &m->place) &&
                (!town || pull(p, &m->place) > pull(town, &m->place)))
                town = p;
        }
        if (!town)
            continue;
        struct place own = m->place;
        m->place = *town;
        m->place.precision = PRECISION_SETTLEMENT;
        m->place.written = own.written;
        m->place.lat = own.lat;
        m->place.lon = own.lon;
    }
}

/* A town of more people that alone bears its name in its country is itself too: a report from
 * Beirut tells of Tyre. */
#define NAMESAKE_MOST 15000

/* The wires' datelines are towns of so many people, and stand above reports from all the country.
 */
#define CAPITAL_LEAST 1000000
/* So far, in 1e-5 degrees, a town's police or local paper may speak of other towns. */
#define POLICE_RANGE 500000

static bool in_range(const struct place *a, const struct place *b)
{
    int64_t lat = (int64_t)a->lat - b->lat, lon = (int64_t)a->lon - b->lon;
    return lat < POLICE_RANGE && lat > -POLICE_RANGE && lon < POLICE_RANGE && lon > -POLICE_RANGE;
}

/* Whether no other town of its country bears the name of a mention's place. */
static bool is_only(const struct report_values *values, const struct place_mention *m)
{
    const struct gazetteer *g = values->gazetteer;
    uint32_t country = gazetteer_find_code(g, m->place.country);
    size_t towns = 0;
    for (size_t k = 0; k < m->candidates.n; k++) {
        const struct gazetteer_place *p = gazetteer_candidate(g, &m->candidates, k, NULL);
        towns += p && p->country == country && p->kind == GAZETTEER_SETTLEMENT;
    }
    return towns == 1;
}

/* Whether a mention that nothing else places is a quarter of the home town: the gazetteer says it
 * is part of a town, or the text that it is an area; or all that bear the name lie in other
 * regions. */
static bool is_quarter(const struct report_values *values, const struct place_mention *m,
                       const struct place *home, bool dateline)
{
    const struct place *p = &m->place;
    if ((m->home && !m->unknown) || m->near || m->within != UINT32_MAX || m->demonym ||
        is_container(values, m) || p->geoname_id == home->geoname_id ||
        m->candidates.flags & NAME_OURS)
        return false;
    if (m->unknown && !p->geoname_id)
        return m->kind >= PLACE_WORD_AREA ||
               (m->locative && m->kind == PLACE_WORD_NONE && !dateline);
    if (p->precision != PRECISION_SETTLEMENT && p->precision != PRECISION_NAMED)
        return false;
    bool here = slice_equal(p->adm1_code, home->adm1_code);
    if (here && place_beside(p, home) && (m->kind >= PLACE_WORD_AREA || is_part(values, m)))
        return true;
    bool alone = m->kind < PLACE_WORD_AREA && is_only(values, m) &&
                 (dateline || (p->population >= NAMESAKE_MOST && in_range(p, home)));
    return !here && !alone && (p->population < QUARTER_MOST || m->kind >= PLACE_WORD_AREA);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether two mentions have the same bare name, letter case aside: "AUSTIN -", "Austin". */
static bool same_name(const struct report_values *values, const struct place_mention *a,
                      const struct place_mention *b)
{
    struct slice x = token_span(values->doc, a->first, a->first + a->name_tokens - 1);
    struct slice y = token_span(values->doc, b->first, b->first + b->name_tokens - 1);
    if (x.len != y.len)
        return false;
    for (size_t i = 0; i < x.len; i++)
        if (lower(x.ptr[i]) != lower(y.ptr[i]))
            return false;
    return true;
}

/* Whether the text says of a mention that it is a part of the town it has come to count under. */
static bool is_said_part(const struct report_values *values, const struct place_mention *m)
{
    return m->place.geoname_id && m->place.precision == PRECISION_SETTLEMENT && !m->near &&
           (m->unknown || !is_named_so(values, m)) &&
           (m->kind == PLACE_WORD_PART || (m->unknown && m->within != UINT32_MAX));
}

/* What a report calls a part of a town once ("the Austin neighborhood, Chicago police said") it
 * means by the bare name too ("shot in Austin"). */
static void spread_parts(struct report_values *values)
{
    for (size_t k = 0; k < values->n_places && k < HOME_MENTIONS; k++) {
        const struct place_mention *part = &values->places[k];
        if (!is_said_part(values, part))
            continue;
        for (size_t i = 0; i < values->n_places && i < HOME_MENTIONS; i++) {
            struct place_mention *m = &values->places[i];
            if (i == k || m->demonym || m->within != UINT32_MAX ||
                m->place.geoname_id == part->place.geoname_id ||
                m->place.precision == PRECISION_UNKNOWN ||
                (m->kind != PLACE_WORD_NONE && m->kind != PLACE_WORD_PART) ||
                !same_name(values, m, part))
                continue;
            struct slice own = m->place.written;
            m->place = part->place;
            m->place.written = own;
        }
    }
}

static void join_quarters(struct report_values *values, const struct place_mention *home)
{
    struct place town = home->place;
    bool dateline = home->locative && town.population >= CAPITAL_LEAST;
    for (size_t k = 0; k < values->n_places; k++) {
        struct place_mention *m = &values->places[k];
        if (m->place.precision == PRECISION_UNKNOWN || !is_quarter(values, m, &town, dateline))
            continue;
        struct slice own = m->place.written;
        m->place = town;
        m->place.written = own;
    }
}

void places_home(struct report_values *values)
{
    join_parts(values);
    own_container(values);
    const struct place_mention *home = home_town(values);
    values->home = home ? (uint32_t)(home - values->places) : UINT32_MAX;
    if (home)
        join_quarters(values, home);
    spread_parts(values);
}

struct slice places_country(const struct report_values *values)
{
    return values->country;
}
