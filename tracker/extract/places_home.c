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
        if (!m->home || m->place.precision != PRECISION_SETTLEMENT || !m->place.geoname_id)
            continue;
        int weight = home_weight(v, &m->place);
        if (weight > most) {
            most = weight;
            home = m;
        }
    }
    return home;
}

/* A town this populous is itself, wherever the report is from. */
#define QUARTER_MOST 200000

static bool is_container(const struct report_values *values, const struct place_mention *m)
{
    size_t index = (size_t)(m - values->places);
    return index > 0 && values->places[index - 1].within == index;
}

/* Whether a mention that nothing else places is a quarter of the home town: the gazetteer says it
 * is part of a town, or the text that it is an area; or all that bear the name lie in other
 * regions. */
static bool is_quarter(const struct report_values *values, const struct place_mention *m,
                       const struct place *home)
{
    const struct place *p = &m->place;
    if (m->home || m->near || m->within != UINT32_MAX || m->demonym || is_container(values, m) ||
        p->geoname_id == home->geoname_id || m->candidates.flags & NAME_OURS)
        return false;
    if (m->unknown && !p->geoname_id)
        return m->kind >= PLACE_WORD_AREA || (m->locative && m->kind == PLACE_WORD_NONE);
    if (p->precision != PRECISION_SETTLEMENT && p->precision != PRECISION_NAMED)
        return false;
    bool here = slice_equal(p->adm1_code, home->adm1_code);
    if (here && m->kind >= PLACE_WORD_AREA && place_beside(p, home))
        return true;
    for (size_t k = 0; k < m->candidates.n; k++) {
        const struct gazetteer_place *q =
            gazetteer_candidate(values->gazetteer, &m->candidates, k, NULL);
        if (q && q->id == p->geoname_id && q->flags & PLACE_PART && here && place_beside(p, home))
            return true;
    }
    return !here && (p->population < QUARTER_MOST || m->kind >= PLACE_WORD_AREA);
}

void places_home(struct report_values *values)
{
    const struct place_mention *home = home_town(values);
    values->home = UINT32_MAX;
    if (!home)
        return;
    values->home = (uint32_t)(home - values->places);
    struct place town = home->place;
    for (size_t k = 0; k < values->n_places; k++) {
        struct place_mention *m = &values->places[k];
        if (m->place.precision == PRECISION_UNKNOWN || !is_quarter(values, m, &town))
            continue;
        struct slice own = m->place.written;
        m->place = town;
        m->place.written = own;
    }
}

struct slice places_country(const struct report_values *values)
{
    return values->country;
}
