/* Decides which place each name of a report means.
 *
 * Every candidate of a name gets points: for what words beside the name say it is, for lying in the
 * place that the text names around it ("Kot, Nangarhar"), in the countries and regions of the same
 * sentence and of the report, and for its population. The best one wins when no other place comes
 * near it; of places that contain each other (a town, its district, its region) the kind decides.
 * Otherwise the name stands for what the contenders share. All points are integers. */
#include "extract/places.h"
#include "extract/places_home.h"
#include "extract/places_resolver.h"

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

int votes_weight(const struct vote *votes, size_t n, uint32_t place)
{
    for (size_t k = 0; k < n; k++)
        if (votes[k].place == place)
            return votes[k].weight;
    return 0;
}

bool resolver_names_attacker(const struct resolver *r, const struct place_mention *m)
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

/* A bare name of so many people is taken to be that town. */
#define CERTAIN_LEAST 500000
/* One of fewer that has the name beside its own is taken only where others speak for it. */
#define ALIAS_LEAST 15000

bool resolver_names_building(const struct resolver *r, const struct place_mention *m)
{
    const struct document *doc = r->values->doc;
    const struct sentence *s = &doc->sentences[m->sentence];
    size_t at = m->first + m->n_tokens, end = s->first + s->count;
    uint32_t phrase;
    return !m->home && at < end && doc->tokens[at].flags & TOKEN_CAPITAL &&
           words_match(r->values->place_words->facility, doc, at, end, &phrase) > 0;
}

/* Whether the text says that a name is a place's. */
static bool is_placed(const struct resolver *r, const struct place_mention *m)
{
    return m->locative || m->home || m->within != UINT32_MAX || m->kind != PLACE_WORD_NONE ||
           m->candidates.flags & NAME_OURS || resolver_is_container(r, m);
}

static int vote_of(struct resolver *r, size_t k, struct error *err)
{
    const struct place_mention *m = &r->values->places[k];
    const struct gazetteer_place *first = gazetteer_candidate(r->g, &m->candidates, 0, NULL);
    if (m->unknown || r->shared_country[k] == PLACE_NONE || !first)
        return 0;
    unsigned flags;
    gazetteer_candidate(r->g, &m->candidates, 0, &flags);
    int weight = 3;
    if (m->demonym)
        weight = resolver_names_attacker(r, m) ? 0 : 1;
    else if (first->kind == GAZETTEER_COUNTRY)
        weight = m->locative ? 5 : WEAK_EACH;
    else if (first->kind >= GAZETTEER_DISTRICT && first->population < CERTAIN_LEAST &&
             !is_placed(r, m))
        weight = 1; /* a town, or somebody called so */
    else if (first->kind >= GAZETTEER_DISTRICT && first->population < ALIAS_LEAST &&
             !(flags & CANDIDATE_MAIN) && place_name_latin(token_text(r->values->doc, m->first)))
        return 0;
    else if (weight > 2 && resolver_names_building(r, m))
        weight = 2; /* less than a town's own name */
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
    size_t n = r->n_countries;
    for (size_t k = 0; k < r->values->n_places; k++) {
        const struct place_mention *m = &r->values->places[k];
        const struct place *p = &m->place;
        if (m->demonym || p->country.len == 0)
            continue;
        int weight = p->precision != PRECISION_COUNTRY ? 3 : m->locative ? 5 : WEAK_EACH;
        uint32_t country = gazetteer_find_code(r->g, p->country);
        /* One that its size alone decided says nothing. */
        if (r->country != PLACE_NONE && m->within == UINT32_MAX && !m->home &&
            p->population < CERTAIN_LEAST && !votes_weight(r->countries, n, country))
            continue;
        if (r->shared_country[k] == PLACE_NONE) {
            r->shared_country[k] = country;
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

/* Between the rounds: what names mean that the text itself puts into a place. */
static void collect_said(struct resolver *r)
{
    for (size_t k = 0; k < r->values->n_places && r->n_said < SAID_MOST; k++) {
        const struct place_mention *m = &r->values->places[k];
        if (m->unknown || m->demonym || m->within == UINT32_MAX || !m->place.geoname_id)
            continue;
        for (size_t i = 0; i < m->candidates.n; i++) {
            const struct gazetteer_place *p = gazetteer_candidate(r->g, &m->candidates, i, NULL);
            if (p && p->id == m->place.geoname_id) {
                r->said[r->n_said++] = (struct said){m->candidates.packed, p};
                break;
            }
        }
    }
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
        outcome_resolve(r, &r->values->places[k]);
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
        values->places[k].place = outcome_empty(SLICE_NONE);
    if (collect_votes(&r, err))
        return -1;
    resolve_all(&r);
    collect_said(&r);
    if (collect_more_votes(&r, err))
        return -1;
    resolve_all(&r);
    places_home(values);
    const struct gazetteer_place *country = gazetteer_place_at(r.g, r.country);
    values->country = country ? gazetteer_text(r.g, country->code) : SLICE_NONE;
    return 0;
}
