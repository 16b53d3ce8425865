#include "extract/siting.h"

#include "extract/places.h"

static const struct sentence *sentence_at(const struct report_values *values, size_t i)
{
    return &values->doc->sentences[i];
}

static const struct place_mention *mention_at(const struct report_values *values, uint32_t mention)
{
    return mention == SETTING_NONE ? NULL : &values->places[mention];
}

/* The first token from `from` of a sentence at which a phrase of the list stands, UINT32_MAX for
 * none. */
static uint32_t phrase_in(const struct report_values *values, const struct word_list *list,
                          size_t sentence, uint32_t from)
{
    const struct sentence *s = sentence_at(values, sentence);
    uint32_t phrase, end = s->first + s->count;
    if (!list)
        return UINT32_MAX;
    for (uint32_t t = from; t < end; t++)
        if (word_list_match(list, values->doc, t, end, &phrase))
            return t;
    return UINT32_MAX;
}

static bool is_background(const struct report_values *values, size_t sentence)
{
    struct sentence_values *known = &values->sentences[sentence];
    if (!known->background) /* asked for every claim that looks back */
        known->background =
            1 + (phrase_in(values, values_list(values, "place-background"), sentence,
                           sentence_at(values, sentence)->first) != UINT32_MAX);
    return known->background == 2;
}

int siting_of_sentence(struct report_values *values, size_t sentence, struct setting *out,
                       struct error *err)
{
    if (sentence_values_find(values, sentence, err))
        return -1;
    *out = setting_of(values, sentence, sentence_at(values, sentence)->first);
    return 0;
}

/* Sentences of a paragraph that a claim may look back over: one of thousands must not be read for
 * each of its claims. */
#define LOOK_BACK 30

/* Whether an earlier sentence's place tells better where something happened than the one held. */
static bool place_tells_more(const struct place_mention *held, const struct place_mention *earlier)
{
    if (!held || !earlier)
        return earlier != NULL;
    if (place_relate(&earlier->place, &held->place) == PLACES_FIRST_WITHIN)
        return true;
    return earlier->locative && !held->locative;
}

int siting_inherit(struct report_values *values, size_t sentence, struct setting *setting,
                   struct error *err)
{
    uint32_t paragraph = sentence_at(values, sentence)->paragraph;
    size_t end = sentence > LOOK_BACK ? sentence - LOOK_BACK : 0;
    for (size_t i = sentence; i-- > end && sentence_at(values, i)->paragraph == paragraph;) {
        struct setting earlier;
        if (is_background(values, i))
            continue;
        if (siting_of_sentence(values, i, &earlier, err))
            return -1;
        if (place_tells_more(mention_at(values, setting->place), mention_at(values, earlier.place)))
            setting->place = earlier.place;
        if (setting->time == SETTING_NONE) {
            setting->time = earlier.time;
            setting->clock = earlier.clock;
        }
    }
    return 0;
}

/* ---- countries under attack ---- */

/* A mention of the country with this code, the first of the report; demonyms count. */
static uint32_t country_mention(const struct report_values *values, struct slice code)
{
    uint32_t people = SETTING_NONE;
    for (uint32_t i = 0; code.len && i < values->n_places; i++) {
        const struct place_mention *m = &values->places[i];
        if (m->place.precision != PRECISION_COUNTRY || !slice_equal(m->place.country, code))
            continue;
        if (!m->demonym)
            return i;
        if (people == SETTING_NONE)
            people = i;
    }
    return people;
}

/* Whether the country is told to act: "Russia launched", "Russia has fired". */
static bool launches(const struct report_values *values, const struct place_mention *m)
{
    const struct word_list *verbs = values_list(values, "place-launches");
    const struct sentence *s = sentence_at(values, m->sentence);
    uint32_t phrase, end = s->first + s->count, after = m->first + m->n_tokens;
    for (uint32_t t = after; verbs && t < after + 2 && t < end; t++)
        if (word_list_match(verbs, values->doc, t, end, &phrase))
            return true;
    return false;
}

static bool is_country(const struct place_mention *m)
{
    return !m->demonym && m->place.precision == PRECISION_COUNTRY;
}

bool siting_launcher(const struct report_values *values, size_t sentence, struct slice country)
{
    const struct sentence_values *found = &values->sentences[sentence];
    for (uint32_t i = found->first_place; i < found->first_place + found->n_places; i++) {
        const struct place_mention *m = &values->places[i];
        if (is_country(m) && slice_equal(m->place.country, country) && launches(values, m))
            return true;
    }
    return false;
}

/* A country the sentence names, but not as the one that launches. */
static uint32_t country_named(const struct report_values *values, size_t sentence)
{
    const struct sentence_values *found = &values->sentences[sentence];
    for (uint32_t i = found->first_place; i < found->first_place + found->n_places; i++)
        if (is_country(&values->places[i]) &&
            !siting_launcher(values, sentence, values->places[i].place.country))
            return i;
    return SETTING_NONE;
}

uint32_t siting_country(const struct report_values *values, const struct claim *claim,
                        uint32_t place)
{
    const struct place_mention *own = mention_at(values, place);
    if (own && !launches(values, own) &&
        (own->locative || own->place.precision != PRECISION_COUNTRY))
        return place;
    struct slice party = claim->claimant ? claim->claimant->party : SLICE_NONE;
    uint32_t teller = siting_launcher(values, claim->sentence, party)
                          ? SETTING_NONE
                          : country_mention(values, party);
    if (teller != SETTING_NONE)
        return teller;
    uint32_t named = country_named(values, claim->sentence);
    if (named != SETTING_NONE)
        return named;
    struct slice country = places_country(values);
    return siting_launcher(values, claim->sentence, country) ? SETTING_NONE
                                                             : country_mention(values, country);
}

/* ---- closer places ---- */

/* A report tells where in its first sentences. */
#define SITING_SENTENCES 24

static bool is_town(const struct place_mention *m)
{
    return m->place.precision <= PRECISION_NAMED;
}

/* A town on the edge of a district may be counted to its neighbour: this far from the district's
 * point it is still meant, in 1e-5 degrees. */
#define DISTRICT_REACH 35000

static bool is_close(const struct place *town, const struct place *outer)
{
    if (outer->precision != PRECISION_DISTRICT || !slice_equal(town->adm1_code, outer->adm1_code) ||
        town->lat == PLACE_NO_COORDINATE || outer->lat == PLACE_NO_COORDINATE)
        return false;
    int64_t lat = (int64_t)town->lat - outer->lat, lon = (int64_t)town->lon - outer->lon;
    return lat * lat + lon * lon < (int64_t)DISTRICT_REACH * DISTRICT_REACH;
}

/* So far only the sentences up to the last number were searched. */
static int opening_places(struct report_values *values, size_t n, struct error *err)
{
    for (size_t i = 0; i < n; i++)
        if (places_find(values, i, NULL, err))
            return -1;
    return places_resolve(values, err);
}

int siting_refine(struct report_values *values, uint32_t place, uint32_t *out, struct error *err)
{
    size_t n =
        values->doc->n_sentences < SITING_SENTENCES ? values->doc->n_sentences : SITING_SENTENCES;
    uint32_t close = SETTING_NONE;
    *out = place;
    if (opening_places(values, n, err))
        return -1;
    const struct place_mention *wide = mention_at(values, place);
    const struct place outer = wide ? wide->place : (struct place){.precision = PRECISION_UNKNOWN};
    for (size_t i = 0; i < n; i++) {
        struct setting setting;
        if (!values->sentences[i].n_places || is_background(values, i))
            continue;
        if (siting_of_sentence(values, i, &setting, err))
            return -1;
        const struct place_mention *m = mention_at(values, setting.place);
        if (!m || !is_town(m) || !m->locative)
            continue;
        if (!wide || place_relate(&m->place, &outer) == PLACES_FIRST_WITHIN) {
            *out = setting.place;
            return 0;
        }
        if (close == SETTING_NONE && is_close(&m->place, &outer))
            close = setting.place;
    }
    if (close != SETTING_NONE)
        *out = close;
    return 0;
}

int siting_fallback(struct report_values *values, uint32_t *place, struct error *err)
{
    uint32_t named = SETTING_NONE;
    *place = SETTING_NONE;
    for (size_t i = 0; i < values->doc->n_sentences && *place == SETTING_NONE; i++) {
        struct setting setting;
        if (!values->sentences[i].n_places || (named != SETTING_NONE && i >= SITING_SENTENCES))
            continue;
        if (siting_of_sentence(values, i, &setting, err))
            return -1;
        const struct place_mention *m = mention_at(values, setting.place);
        if (!m || m->place.precision >= PRECISION_COUNTRY)
            continue;
        if (m->locative)
            *place = setting.place;
        else if (named == SETTING_NONE)
            named = setting.place;
    }
    if (*place == SETTING_NONE)
        *place = values->home != UINT32_MAX ? values->home : named;
    /* The town of the paper's name. */
    for (uint32_t i = 0; i < values->n_places && *place == SETTING_NONE; i++) {
        const struct place_mention *m = &values->places[i];
        if (sentence_at(values, m->sentence)->is_title && !m->demonym && !m->unknown &&
            is_town(m) && m->place.geoname_id)
            *place = i;
    }
    return 0;
}

/* Only the opening is about the event alone. */
#define OPENING_SENTENCES 5

int siting_time(struct report_values *values, uint32_t *time, struct error *err)
{
    size_t n =
        values->doc->n_sentences < OPENING_SENTENCES ? values->doc->n_sentences : OPENING_SENTENCES;
    *time = SETTING_NONE;
    for (size_t i = 0; i < n; i++) {
        struct setting setting;
        if (is_background(values, i))
            continue;
        if (siting_of_sentence(values, i, &setting, err))
            return -1;
        if (setting.time != SETTING_NONE && setting_dates_attack(values, setting.time)) {
            *time = setting.time;
            return 0;
        }
    }
    return 0;
}

/* ---- reports without numbers ---- */

static uint32_t violence_in(const struct report_values *values, size_t sentence)
{
    uint32_t first = sentence_at(values, sentence)->first;
    uint32_t attack = phrase_in(values, &values->language->attacks, sentence, first);
    return attack != UINT32_MAX
               ? attack
               : phrase_in(values, values_list(values, "violence"), sentence, first);
}

/* How much a sentence of violence says of where: 3 a place closer than a country, 2 a country, 1
 * only when. */
static int lead_rank(const struct report_values *values, const struct setting *setting)
{
    const struct place_mention *m = mention_at(values, setting->place);
    if (m)
        return m->place.precision < PRECISION_COUNTRY ? 3 : 2;
    return setting->time != SETTING_NONE;
}

int siting_lead(struct report_values *values, size_t *sentence, struct setting *setting,
                bool *found, struct error *err)
{
    size_t n =
        values->doc->n_sentences < SITING_SENTENCES ? values->doc->n_sentences : SITING_SENTENCES;
    int best = 0;
    bool any = false;
    for (size_t i = 0; i < n && !any; i++)
        any = violence_in(values, i) != UINT32_MAX;
    for (size_t i = 0; i < n && any; i++)
        if (places_find(values, i, NULL, err))
            return -1;
    if (any && places_resolve(values, err))
        return -1;
    for (size_t i = 0; i < n && any && best < 3; i++) {
        uint32_t token = violence_in(values, i);
        if (token == UINT32_MAX || is_background(values, i))
            continue;
        if (sentence_values_find(values, i, err))
            return -1;
        struct setting here = setting_of(values, i, token);
        int rank = lead_rank(values, &here);
        if (rank > best) {
            best = rank;
            *sentence = i;
            *setting = here;
        }
    }
    *found = best > 0;
    return 0;
}
