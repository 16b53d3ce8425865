/* Claims to events, inside one report: policy 8 to 17 (fixtures/cases/policy.txt). */
#include "extract/event.h"

#include <stdlib.h>

#include "extract/background.h"
#include "extract/event_values.h"
#include "extract/places.h"
#include "extract/siting.h"
#include "extract/times.h"

const char *const event_scope_names[EVENT_SCOPES] = {"site", "area", "country"};

#define SAME_MATCH_REACH 8 /* claims looked back over: those of an aside are few */

/* An event being gathered. */
struct gathering {
    struct event event;
    uint32_t place; /* mention that places it, or SETTING_NONE */
    uint32_t time;  /* mentions that date it */
    uint32_t clock;
    uint32_t sentence; /* of its first claim */
    uint32_t story;    /* sentence that opens it as another story, or STORY_MAIN */
    bool titled;       /* the title's numbers or place belong to it */
};

struct gatherer {
    struct report_values *values;
    struct claims *claims;
    struct gathering *items;
    size_t n, capacity;
    uint32_t current; /* the event before this claim; UINT32_MAX at the start */
};

static const struct place *place_of(const struct gatherer *g, uint32_t mention)
{
    return mention == SETTING_NONE ? NULL : &g->values->places[mention].place;
}

static const struct sentence *sentence_at(const struct gatherer *g, size_t i)
{
    return &g->values->doc->sentences[i];
}

static bool is_munition(const struct gatherer *g, const struct claim *claim)
{
    return g->values->ruleset->schema.fields[claim->field].munition;
}

/* Does the sentence say "over the A, B and C regions" of one country? */
static bool names_regions(const struct gatherer *g, size_t sentence)
{
    const struct sentence_values *found = &g->values->sentences[sentence];
    const struct place *first = NULL;
    for (uint32_t i = found->first_place; i < found->first_place + found->n_places; i++) {
        const struct place *place = &g->values->places[i].place;
        if (g->values->places[i].demonym || !place->adm1_code.len ||
            place->precision == PRECISION_COUNTRY)
            continue;
        if (first && slice_equal(first->country, place->country) &&
            !slice_equal(first->adm1_code, place->adm1_code))
            return true;
        if (!first)
            first = place;
    }
    return false;
}

/* Policy 13 and 14: only munitions, and rules that say so, make a wave. */
static bool wants_country(const struct gatherer *g, const struct claim *claim,
                          const struct setting *setting)
{
    if (claim->rule->scope_country)
        return true;
    if (claim->rule->weak)
        return false; /* what hit "the city" */
    const struct place *place = place_of(g, setting->place);
    return is_munition(g, claim) && (!place || place->precision == PRECISION_COUNTRY);
}

/* Policy 13: where munitions went, as far as their own sentence tells. */
static void munition_setting(const struct gatherer *g, const struct claim *claim,
                             struct setting *setting)
{
    if (claim->place != UINT32_MAX || setting->place == SETTING_NONE || claim->rule->weak)
        return;
    const struct place_mention *mention = &g->values->places[setting->place];
    bool country = mention->place.precision == PRECISION_COUNTRY;
    if (country ? !mention->locative : names_regions(g, mention->sentence))
        setting->place = SETTING_NONE;
}

enum { DAY_SECONDS = 86400, EVENING = 17 * 3600 };

/* The day a wave or a claim is counted under, DAY_NONE when unknown. A part of a day before
 * midnight counts under the night it opens. */
static int wave_day(const struct gatherer *g, uint32_t time, uint32_t clock, day_number *day,
                    struct error *err)
{
    struct when when;
    const struct time_mention *mentions[2];
    size_t n = 0;
    *day = DAY_NONE;
    if (time == SETTING_NONE)
        return 0;
    mentions[n++] = &g->values->times[time];
    if (clock != SETTING_NONE)
        mentions[n++] = &g->values->times[clock];
    if (times_resolve(g->values, mentions, n, SLICE_NONE, &when, err))
        return -1;
    bool evening = when.precision == WHEN_MINUTE || when.precision == WHEN_PART;
    if (when.precision != WHEN_UNKNOWN && when.precision != WHEN_MONTH &&
        when.local_date != DAY_NONE)
        *day = when.local_date + (evening && when.start % DAY_SECONDS >= EVENING);
    return 0;
}

/* The last day that the sentence of a time speaks of: "on the night of May 2, from 19:00 on May 1".
 */
static int last_day(const struct gatherer *g, uint32_t time, day_number *day, struct error *err)
{
    *day = DAY_NONE;
    if (time == SETTING_NONE)
        return 0;
    const struct sentence_values *found = &g->values->sentences[g->values->times[time].sentence];
    for (uint32_t i = found->first_time; i < found->first_time + found->n_times; i++) {
        day_number its;
        if (wave_day(g, i, SETTING_NONE, &its, err))
            return -1;
        if (its != DAY_NONE && (*day == DAY_NONE || its > *day))
            *day = its;
    }
    return 0;
}

/* Policy 13: is the claim about munitions of a day before a wave of this report? */
static int is_background(const struct gatherer *g, const struct setting *setting, bool *background,
                         struct error *err)
{
    day_number mine, its;
    *background = false;
    if (last_day(g, setting->time, &mine, err))
        return -1;
    for (size_t i = 0; i < g->n && mine != DAY_NONE && !*background; i++) {
        const struct gathering *item = &g->items[i];
        if (item->event.scope != SCOPE_COUNTRY)
            continue;
        if (wave_day(g, item->time, item->clock, &its, err))
            return -1;
        *background = its != DAY_NONE && mine < its;
    }
    return 0;
}

static uint32_t gathering_new(struct gatherer *g, const struct claim *claim,
                              const struct setting *setting, enum event_scope scope,
                              struct error *err)
{
    if (arena_grow(g->values->arena, &g->items, &g->capacity, g->n, sizeof *g->items, err))
        return UINT32_MAX;
    struct gathering *item = &g->items[g->n];
    *item = (struct gathering){.place = setting->place,
                               .time = setting->time,
                               .clock = setting->clock,
                               .sentence = claim->sentence,
                               .story = claim->story};
    item->event.scope = scope;
    item->event.start = claim->start;
    item->event.end = claim->end;
    return (uint32_t)g->n++;
}

/* Policy 9, 10 and 12: the event a claim with this setting belongs to, UINT32_MAX when it is a new
 * one. The latest event is asked first. */
static uint32_t gathering_find(const struct gatherer *g, const struct setting *setting,
                               uint32_t story, bool country)
{
    for (size_t k = 0; k < g->n; k++) {
        uint32_t i = (uint32_t)((g->current + g->n - k) % g->n);
        const struct gathering *item = &g->items[i];
        if ((item->event.scope == SCOPE_COUNTRY) != country || item->story != story)
            continue;
        const struct place *mine = place_of(g, setting->place), *its = place_of(g, item->place);
        if (!mine || !its || place_relate(mine, its) != PLACES_APART)
            return i;
    }
    return UINT32_MAX;
}

/* Policy 9: a closer place, or a first time, told later about the same event. */
static void gathering_refine(const struct gatherer *g, struct gathering *item,
                             const struct setting *setting)
{
    const struct place *mine = place_of(g, setting->place), *its = place_of(g, item->place);
    if (mine && (!its || (item->event.scope != SCOPE_COUNTRY &&
                          place_relate(mine, its) == PLACES_FIRST_WITHIN)))
        item->place = setting->place;
    bool dates = setting->time != SETTING_NONE && setting_dates_attack(g->values, setting->time);
    /* A month told later in passing ("in April 2022 a missile had killed eight") is no date of this
     * event. */
    bool passing = setting->time != SETTING_NONE &&
                   g->values->times[setting->time].rule->time.means == TIME_MONTH;
    if (!passing &&
        (item->time == SETTING_NONE || (dates && !setting_dates_attack(g->values, item->time)))) {
        item->time = setting->time;
        item->clock = setting->clock;
    }
}

/* Policy 8 to 14 for one claim. */
static int claim_gather(struct gatherer *g, struct claim *claim, struct error *err)
{
    struct setting setting = setting_of_claim(g->values, claim);
    uint32_t to = UINT32_MAX;
    /* Policy 11. */
    if ((claim->rule->continues || claim->rule->subset || claim->known || claim->sums_up) &&
        g->current != UINT32_MAX) {
        to = claim->sums_up ? 0 : g->current;
    } else {
        bool background = false;
        if (is_munition(g, claim))
            munition_setting(g, claim, &setting);
        if (siting_inherit(g->values, claim->sentence, &setting, err))
            return -1;
        if (is_munition(g, claim))
            munition_setting(g, claim, &setting);
        if (is_munition(g, claim) && is_background(g, &setting, &background, err))
            return -1;
        if (background) {
            claim->role = CLAIM_ELSEWHERE;
            return 0;
        }
        bool country = wants_country(g, claim, &setting);
        const struct place *own = place_of(g, setting.place);
        if (claim->rule->scope_country && own && own->precision != PRECISION_COUNTRY)
            setting.place = SETTING_NONE;
        if (country)
            setting.place = siting_country(g->values, claim, setting.place);
        if (g->n)
            to = gathering_find(g, &setting, claim->story, country);
        if (to == UINT32_MAX)
            to = gathering_new(g, claim, &setting, country ? SCOPE_COUNTRY : SCOPE_SITE, err);
        if (to == UINT32_MAX)
            return -1;
    }
    struct gathering *item = &g->items[to];
    gathering_refine(g, item, &setting);
    if (claim->end > item->event.end)
        item->event.end = claim->end;
    if (claim->start < item->event.start)
        item->event.start = claim->start;
    if (sentence_at(g, claim->sentence)->is_title)
        item->titled = true;
    claim->event = to;
    g->current = to;
    return 0;
}

/* The claim before claim i of the same match that found its event; NULL when there is none. Those
 * of an aside ("six people, including four children, were killed and two hurt") stand between them.
 */
static const struct claim *same_match(const struct gatherer *g, size_t i)
{
    const struct claim *claim = &g->claims->items[i];
    for (size_t k = i; k-- > 0 && k + SAME_MATCH_REACH >= i;) {
        const struct claim *before = &g->claims->items[k];
        if (before->match == claim->match && before->event != UINT32_MAX &&
            is_munition(g, before) == is_munition(g, claim))
            return before;
    }
    return NULL;
}

/* Claims of one match stay together: the later ones follow the first. */
static int claims_gather(struct gatherer *g, struct error *err)
{
    /* The body first, so that the title's numbers find the events it tells of. */
    for (int title = 0; title < 2; title++) {
        for (size_t i = 0; i < g->claims->n; i++) {
            struct claim *claim = &g->claims->items[i];
            if (sentence_at(g, claim->sentence)->is_title != (title == 1) ||
                claim->role == CLAIM_ELSEWHERE)
                continue;
            const struct claim *before = same_match(g, i);
            if (before)
                claim->event = before->event;
            else if (claim_gather(g, claim, err))
                return -1;
        }
        if (g->n)
            g->current = 0;
    }
    return 0;
}

/* Policy 16: a report that names an attack and a place but no number. */
static int numberless_event(struct gatherer *g, struct error *err)
{
    size_t i;
    struct setting setting;
    bool found;
    if (siting_lead(g->values, &i, &setting, &found, err))
        return -1;
    if (!found || background_is_accident(g->values))
        return 0;
    const struct sentence *sentence = sentence_at(g, i);
    const struct claim about = {.sentence = (uint32_t)i,
                                .start = sentence->start,
                                .end = sentence->end,
                                .story = STORY_MAIN};
    return gathering_new(g, &about, &setting, SCOPE_SITE, err) == UINT32_MAX ? -1 : 0;
}

static void place_country(const struct gatherer *g, struct event *event)
{
    struct slice country = places_country(g->values);
    if (!country.len)
        return;
    for (size_t i = 0; i < g->values->n_places; i++) {
        const struct place_mention *mention = &g->values->places[i];
        if (mention->place.precision == PRECISION_COUNTRY &&
            slice_equal(mention->place.country, country)) {
            event->place = mention->place;
            return;
        }
    }
    event->place.country = country;
}

/* "30 militants", nobody else: its one share stands right behind it. */
static bool counts_attackers(const struct gatherer *g, size_t i)
{
    const struct claim *claim = &g->claims->items[i], *share = claim + 1;
    const struct schema_field *field = &g->values->ruleset->schema.fields[claim->field];
    bool mixed =
        i + 2 < g->claims->n && share[1].match == claim->match && share[1].start == claim->start;
    return i + 1 < g->claims->n && !mixed && share->match == claim->match &&
           share->start == claim->start && share->part != SCHEMA_NONE &&
           slice_is(field->parts[share->part], "attacker");
}

/* Policy 17. */
static void enemy_mark(const struct gatherer *g, uint32_t index, const struct event *event)
{
    for (size_t i = 0; i < g->claims->n; i++) {
        struct claim *claim = &g->claims->items[i];
        if (claim->event != index || claim->role != CLAIM_FIGURE || !claim->claimant ||
            !g->values->ruleset->schema.fields[claim->field].people)
            continue;
        bool foreign = claim->claimant->party.len && event->place.country.len &&
                       !slice_equal(claim->claimant->party, event->place.country);
        bool army = slice_is(claim->claimant->kind, "military");
        if ((army && (foreign || counts_attackers(g, i))) ||
            slice_is(claim->claimant->kind, "group"))
            claim->role = CLAIM_ENEMY;
    }
}

/* The report's only event is at the first town it names in the wider place. */
static int place_refine(const struct gatherer *g, struct gathering *item, struct error *err)
{
    const struct place *place = place_of(g, item->place);
    bool wide =
        !place || (place->precision >= PRECISION_DISTRICT && place->precision <= PRECISION_COUNTRY);
    if (g->n != 1 || item->event.scope == SCOPE_COUNTRY || !wide)
        return 0;
    return siting_refine(g->values, item->place, &item->place, err);
}

static int event_settle(struct gatherer *g, struct gathering *item, bool main, struct error *err)
{
    struct event *event = &item->event;
    event->place = (struct place){
        .lat = PLACE_NO_COORDINATE, .lon = PLACE_NO_COORDINATE, .precision = PRECISION_UNKNOWN};
    if (item->place == SETTING_NONE && event->scope != SCOPE_COUNTRY &&
        siting_fallback(g->values, &item->place, err))
        return -1;
    if (place_refine(g, item, err))
        return -1;
    if (item->place != SETTING_NONE)
        event->place = g->values->places[item->place].place;
    else if (event->scope != SCOPE_COUNTRY ||
             !siting_launcher(g->values, item->sentence, places_country(g->values)))
        place_country(g, event);
    if (event->scope != SCOPE_COUNTRY && event->place.precision == PRECISION_REGION)
        event->scope = SCOPE_AREA;
    /* The opening dates what the report is about, and the wave that it was part of. */
    bool opening = g->n == 1 || main || event->scope == SCOPE_COUNTRY;
    if (item->time == SETTING_NONE && opening && siting_time(g->values, &item->time, err))
        return -1;
    if (item->time == SETTING_NONE)
        return times_default(g->values, event->place.zone, &event->when, err);
    const struct time_mention *mentions[2] = {&g->values->times[item->time]};
    size_t n = 1;
    if (item->clock != SETTING_NONE)
        mentions[n++] = &g->values->times[item->clock];
    return times_resolve(g->values, mentions, n, event->place.zone, &event->when, err);
}

/* Policy 15: the place the title names belongs to the event there. */
static int mark_titled(struct gatherer *g, struct error *err)
{
    if (!g->values->doc->n_sentences || !sentence_at(g, 0)->is_title)
        return 0;
    for (size_t i = 0; i < g->n; i++)
        if (g->items[i].titled)
            return 0;
    struct setting setting;
    if (siting_of_sentence(g->values, 0, &setting, err))
        return -1;
    const struct place *title = place_of(g, setting.place);
    for (size_t i = 0; title && i < g->n; i++) {
        const struct place *its = place_of(g, g->items[i].place);
        if (its && place_relate(title, its) == PLACES_SAME) {
            g->items[i].titled = true;
            return 0;
        }
    }
    return 0;
}

static int gathering_compare(const void *a, const void *b)
{
    const struct gathering *x = a, *y = b;
    if (x->titled != y->titled)
        return x->titled ? -1 : 1;
    if (x->sentence != y->sentence)
        return x->sentence < y->sentence ? -1 : 1;
    return (x->event.start > y->event.start) - (x->event.start < y->event.start);
}

static int events_finish(struct gatherer *g, struct extraction *out, struct error *err)
{
    /* Sorting moves events: their claims follow by the old index kept in `current`'s place. */
    uint32_t *moved = ARENA_ARRAY(g->values->arena, uint32_t, g->n);
    struct gathering *sorted = ARENA_ARRAY(g->values->arena, struct gathering, g->n);
    out->events = ARENA_ARRAY(g->values->arena, struct event, g->n);
    if (!moved || !sorted || !out->events)
        return arena_full(g->values->arena, err);
    for (size_t i = 0; i < g->n; i++) {
        sorted[i] = g->items[i];
        sorted[i].event.n_values = i; /* the old index, until the values are chosen */
    }
    if (g->n)
        qsort(sorted, g->n, sizeof *sorted, gathering_compare);
    for (uint32_t i = 0; i < g->n; i++) {
        moved[sorted[i].event.n_values] = i;
        sorted[i].event.n_values = 0;
    }
    for (size_t i = 0; i < g->claims->n; i++)
        if (g->claims->items[i].event != UINT32_MAX)
            g->claims->items[i].event = moved[g->claims->items[i].event];
    for (uint32_t i = 0; i < g->n; i++) {
        if (event_settle(g, &sorted[i], i == 0, err))
            return -1;
        enemy_mark(g, i, &sorted[i].event);
        if (event_values_choose(g->values, g->claims, i, &sorted[i].event, err))
            return -1;
        out->events[i] = sorted[i].event;
    }
    out->n_events = g->n;
    return 0;
}

int events_gather(struct report_values *values, struct extraction *out, struct error *err)
{
    struct gatherer g = {.values = values, .claims = &out->claims, .current = UINT32_MAX};
    if (places_context(values, 0, err) || places_resolve(values, err) || claims_gather(&g, err))
        return -1;
    if (!g.n && numberless_event(&g, err))
        return -1;
    if (mark_titled(&g, err))
        return -1;
    return events_finish(&g, out, err);
}
