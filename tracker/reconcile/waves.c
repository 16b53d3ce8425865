#include "reconcile/waves.h"

#include <stdlib.h>

#include "base/map.h"
#include "extract/event.h"
#include "reconcile/fuse.h"
#include "reconcile/profile.h"

#define MOST_DAYS 31 /* days of an incident that are looked at: a month */

/* A wave, by its days. */
struct wave {
    uint32_t index;
    day_number first, last;
};

struct waves {
    const struct wave_input *in;
    struct wave *nights; /* of one day, sorted by it */
    size_t n_nights;
    struct wave *ranges; /* of several days, the shorter first */
    size_t n_ranges;
    struct arena *scratch;
};

static struct figure *figure_find(struct incident *incident, const struct measure *measure)
{
    for (size_t i = 0; i < incident->n_figures; i++)
        if (slice_equal(incident->figures[i].measure.field, measure->field) &&
            slice_equal(incident->figures[i].measure.part, measure->part))
            return &incident->figures[i];
    return NULL;
}

/* Whether it tells of dead, wounded or missing people at all; a stated zero tells of none. */
static bool has_casualties(const struct incident *incident)
{
    for (size_t i = 0; i < incident->n_figures; i++)
        if (!field_is_munition(incident->figures[i].measure.field) &&
            incident->figures[i].state != FIGURE_ZERO_STATED)
            return true;
    return false;
}

/* ---- which wave a site belongs to ---- */

static int compare_nights(const void *x, const void *y)
{
    const struct wave *a = x, *b = y;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static int compare_ranges(const void *x, const void *y)
{
    const struct wave *a = x, *b = y;
    int64_t days_a = (int64_t)a->last - a->first, days_b = (int64_t)b->last - b->first;
    if (days_a != days_b)
        return days_a < days_b ? -1 : 1;
    return compare_nights(x, y);
}

static bool timed(const struct incident *incident)
{
    return incident->start != INSTANT_NONE && incident->end != INSTANT_NONE;
}

/* How well a site lies in a wave: 0 not at all, then overlapping, of its day, inside it by the
 * clock. */
static int lies_in(const struct waves *waves, size_t site, const struct wave *wave)
{
    const struct incident *s = &waves->in->incidents[site], *w = &waves->in->incidents[wave->index];
    bool same_day = waves->in->last_day[site] == wave->last;
    if (!slice_equal(s->country, w->country))
        return 0;
    if (!timed(s) || !timed(w))
        return same_day ? 2 : 0;
    if (s->end <= w->start || w->end <= s->start)
        return s->start == w->start ? 2 : 0;
    if (s->date_precision <= WHEN_PART && s->start >= w->start && s->end <= w->end)
        return 3;
    return same_day ? 2 : 1;
}

static size_t nights_from(const struct waves *waves, int64_t day)
{
    size_t low = 0, high = waves->n_nights;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (waves->nights[middle].first < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int64_t wave_of(const struct waves *waves, size_t site)
{
    int64_t first = waves->in->first_day[site], last = waves->in->last_day[site];
    int64_t found = -1;
    int best = 0;
    if (first == DAY_NONE || last - first >= MOST_DAYS - 1)
        return -1;
    for (size_t i = nights_from(waves, first - 1); i < waves->n_nights; i++) {
        if (waves->nights[i].first > last + 1)
            break;
        int fit = lies_in(waves, site, &waves->nights[i]);
        if (fit > best) {
            best = fit;
            found = waves->nights[i].index;
        }
    }
    for (size_t i = 0; i < waves->n_ranges && found < 0; i++)
        if (waves->ranges[i].first <= first && last <= waves->ranges[i].last &&
            lies_in(waves, site, &waves->ranges[i]))
            found = waves->ranges[i].index;
    return found;
}

static int waves_find(struct waves *waves, struct error *err)
{
    const struct wave_input *in = waves->in;
    waves->nights = ARENA_ARRAY(waves->scratch, struct wave, in->n);
    waves->ranges = ARENA_ARRAY(waves->scratch, struct wave, in->n);
    if (!waves->nights || !waves->ranges)
        return arena_full(waves->scratch, err);
    for (size_t i = 0; i < in->n; i++) {
        struct wave wave = {(uint32_t)i, in->first_day[i], in->last_day[i]};
        if (in->incidents[i].scope != SCOPE_COUNTRY || wave.first == DAY_NONE)
            continue;
        if (wave.first == wave.last)
            waves->nights[waves->n_nights++] = wave;
        else
            waves->ranges[waves->n_ranges++] = wave;
    }
    qsort(waves->nights, waves->n_nights, sizeof *waves->nights, compare_nights);
    qsort(waves->ranges, waves->n_ranges, sizeof *waves->ranges, compare_ranges);
    return 0;
}

/* ---- munitions ---- */

/* Numbers that are told of one place and are the whole wave's; "more than 470" is 476. */
static bool equals_wave(const struct weights *w, const struct figure *site,
                        const struct figure *wave)
{
    if (site->best == COUNT_OPEN || wave->best == COUNT_OPEN)
        return false;
    return number_rounds(w, site->best, false, wave->best) && wave->best >= 3;
}

static void site_munitions(const struct weights *w, struct incident *site, struct incident *wave)
{
    for (size_t i = 0; i < site->n_figures; i++) {
        struct figure *figure = &site->figures[i];
        const struct figure *above = figure_find(wave, &figure->measure);
        if (!above || !field_is_munition(figure->measure.field))
            continue;
        figure->in_totals = false;
        if (equals_wave(w, figure, above))
            figure->rule = slice_of(figure_policies[RULE_EQUALS_WAVE].name);
    }
}

/* A bulletin of several days repeats those of its nights. */
static void range_munitions(const struct waves *waves, size_t range, const struct wave *inner)
{
    struct incident *wide = &waves->in->incidents[waves->ranges[range].index];
    struct incident *narrow = &waves->in->incidents[inner->index];
    for (size_t i = 0; i < wide->n_figures; i++)
        if (field_is_munition(wide->figures[i].measure.field) &&
            figure_find(narrow, &wide->figures[i].measure))
            wide->figures[i].in_totals = false;
}

static void ranges_settle(const struct waves *waves)
{
    for (size_t i = 0; i < waves->n_ranges; i++) {
        const struct wave *range = &waves->ranges[i];
        for (size_t j = nights_from(waves, range->first);
             j < waves->n_nights && waves->nights[j].first <= range->last; j++)
            range_munitions(waves, i, &waves->nights[j]);
        for (size_t j = 0; j < i; j++)
            if (waves->ranges[j].first <= range->last && range->first <= waves->ranges[j].last)
                range_munitions(waves, i, &waves->ranges[j]);
    }
}

/* A wave without a day, told within days of one that has a day, may be that one: it is not summed.
 */
static void undated_settle(const struct waves *waves)
{
    const struct wave_input *in = waves->in;
    for (size_t i = 0; i < in->n; i++) {
        struct incident *wave = &in->incidents[i];
        if (wave->scope != SCOPE_COUNTRY || in->first_day[i] != DAY_NONE)
            continue;
        int64_t told = local_day_of(wave->first_reported, wave->lon);
        size_t near = nights_from(waves, told - in->weights->soon_days);
        bool known = told != DAY_NONE;
        wave->in_totals = known ? near == waves->n_nights || waves->nights[near].first > told
                                : waves->n_nights == 0;
        for (size_t j = 0; j < wave->n_figures; j++)
            wave->figures[j].in_totals = wave->in_totals;
    }
}

/* ---- casualties ---- */

/* Where and when casualties are told already; keys are (kind, place, day). */
struct told {
    struct map map;
    struct arena *arena;
    struct error *err;
    bool failed;
};
enum told_kind { TOLD_PLACE, TOLD_REGION, TOLD_COUNTRY, TOLD_KINDS };

static struct slice told_key(struct told *told, enum told_kind kind, struct slice what, int64_t day)
{
    struct slice key =
        arena_format(told->arena, "%d %lld %.*s", (int)kind, (long long)day, SLICE_ARG(what));
    if (!key.ptr && !told->failed)
        told->failed = arena_full(told->arena, told->err) != 0;
    return key;
}

static struct slice told_text(const struct incident *incident, enum told_kind kind)
{
    const struct slice texts[TOLD_KINDS] = {incident->place_key, incident->adm1_code,
                                            incident->country};
    return texts[kind];
}

/* The days an incident may have been on: its own, or for want of any those before it was told. */
static void told_days(const struct wave_input *in, size_t i, int64_t *first, int64_t *last)
{
    *first = in->first_day[i];
    *last = in->last_day[i];
    if (*first == DAY_NONE) {
        *last = local_day_of(in->incidents[i].first_reported, in->incidents[i].lon);
        *first = *last - in->weights->later_days;
    }
    if (*last - *first >= MOST_DAYS)
        *first = *last - MOST_DAYS + 1;
}

static void told_add(struct told *told, const struct wave_input *in, size_t i)
{
    int64_t first, last;
    told_days(in, i, &first, &last);
    for (int64_t day = first; day <= last; day++) {
        for (int kind = 0; kind < TOLD_KINDS; kind++) {
            struct slice text = told_text(&in->incidents[i], kind);
            struct slice key = told_key(told, kind, text, day);
            if (told->failed ||
                ((text.len || kind == TOLD_COUNTRY) && map_put(&told->map, key, 1, told->err))) {
                told->failed = true;
                return;
            }
        }
    }
}

/* Whether the incident may retell casualties told already: at its place, in its region or country,
 * on one of its days. */
static bool told_already(struct told *told, const struct wave_input *in, size_t i)
{
    const struct incident *incident = &in->incidents[i];
    enum told_kind kind = TOLD_COUNTRY;
    if (incident->place_precision <= PRECISION_DISTRICT && incident->place_key.len)
        kind = TOLD_PLACE;
    else if (incident->adm1_code.len)
        kind = TOLD_REGION;
    int64_t first, last;
    told_days(in, i, &first, &last);
    for (int64_t day = first; day <= last; day++) {
        struct slice key = told_key(told, kind, told_text(incident, kind), day);
        if (!told->failed && map_get(&told->map, key) != MAP_ABSENT)
            return true;
    }
    return false;
}

/* A leftover in the order in which leftovers may claim to be told for the first time. */
struct rest {
    uint32_t index;
    uint8_t precision;
    uint32_t texts;
};

static int compare_rests(const void *x, const void *y)
{
    const struct rest *a = x, *b = y;
    if (a->precision != b->precision)
        return a->precision - b->precision;
    if (a->texts != b->texts)
        return a->texts > b->texts ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static int leftovers_settle(struct arena *scratch, const struct wave_input *in, struct error *err)
{
    struct told told = {.arena = scratch, .err = err};
    struct rest *rests = ARENA_ARRAY(scratch, struct rest, in->n);
    size_t n = 0;
    if (!rests)
        return arena_full(scratch, err);
    for (size_t i = 0; i < in->n && !told.failed; i++) {
        struct incident *incident = &in->incidents[i];
        if (incident->scope == SCOPE_COUNTRY || !has_casualties(incident))
            continue;
        if (in->leftover[i])
            rests[n++] =
                (struct rest){(uint32_t)i, incident->place_precision, incident->n_independent};
        else
            told_add(&told, in, i);
    }
    qsort(rests, n, sizeof *rests, compare_rests);
    for (size_t i = 0; i < n && !told.failed; i++) {
        in->incidents[rests[i].index].in_totals = !told_already(&told, in, rests[i].index);
        if (in->incidents[rests[i].index].in_totals)
            told_add(&told, in, rests[i].index);
    }
    map_free(&told.map);
    return told.failed ? -1 : 0;
}

/* Figures of people follow their incident. */
static void figures_follow(struct incident *incident)
{
    for (size_t i = 0; i < incident->n_figures; i++)
        if (!field_is_munition(incident->figures[i].measure.field))
            incident->figures[i].in_totals = incident->in_totals;
}

int waves_settle(struct arena *scratch, const struct wave_input *input, struct error *err)
{
    struct waves waves = {.in = input, .scratch = scratch};
    if (waves_find(&waves, err))
        return -1;
    for (size_t i = 0; i < input->n; i++) {
        struct incident *site = &input->incidents[i];
        if (site->scope == SCOPE_COUNTRY)
            continue;
        site->parent = wave_of(&waves, i);
        if (site->parent < 0)
            continue;
        struct incident *wave = &input->incidents[site->parent];
        site_munitions(input->weights, site, wave);
        if (has_casualties(site))
            wave->in_totals = false;
    }
    ranges_settle(&waves);
    undated_settle(&waves);
    if (leftovers_settle(scratch, input, err))
        return -1;
    for (size_t i = 0; i < input->n; i++)
        figures_follow(&input->incidents[i]);
    return 0;
}
