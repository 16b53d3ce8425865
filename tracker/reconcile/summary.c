#include "reconcile/summary.h"

#include <stdlib.h>

#include "extract/event.h"

/* A value that events support: how many texts do, and the event that shows it. */
struct support {
    struct slice key; /* a place */
    int64_t number;   /* or a day, or a start */
    int64_t other;    /* an end */
    int64_t family;
    uint32_t event;
};

static int compare_support(const void *x, const void *y)
{
    const struct support *a = x, *b = y;
    int order = slice_compare(a->key, b->key);
    if (!order)
        order = (a->number > b->number) - (a->number < b->number);
    if (!order)
        order = (a->other > b->other) - (a->other < b->other);
    if (!order)
        order = (a->family > b->family) - (a->family < b->family);
    return order ? order : (a->event > b->event) - (a->event < b->event);
}

static bool same_value(const struct support *a, const struct support *b)
{
    return slice_equal(a->key, b->key) && a->number == b->number && a->other == b->other;
}

/* The entry of the value that the most texts support; of equal ones the lowest value. n is not 0.
 */
static const struct support *best_supported(struct support *list, size_t n)
{
    const struct support *best = list;
    size_t best_texts = 0;
    qsort(list, n, sizeof *list, compare_support);
    for (size_t start = 0, end; start < n; start = end) {
        size_t texts = 1;
        for (end = start + 1; end < n && same_value(&list[start], &list[end]); end++)
            texts += list[end].family != list[end - 1].family;
        if (texts > best_texts) {
            best_texts = texts;
            best = &list[start];
        }
    }
    return best;
}

/* ---- place ---- */

static void place_choose(struct work *work, const uint32_t *events, size_t n, struct support *list,
                         struct incident *incident)
{
    uint8_t closest = UINT8_MAX;
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (work_event(work, events[i])->place_precision < closest)
            closest = work_event(work, events[i])->place_precision;
    for (size_t i = 0; i < n; i++) {
        const struct event_row *row = work_event(work, events[i]);
        if (row->place_precision == closest)
            list[m++] =
                (struct support){row->place_key, 0, 0, work->profiles[events[i]].family, events[i]};
    }
    const struct event_row *row = work_event(work, best_supported(list, m)->event);
    incident->place_name = row->place_name;
    incident->place_key = row->place_key;
    incident->country = row->country;
    incident->adm1 = row->adm1;
    incident->adm1_code = row->adm1_code;
    incident->zone = row->zone;
    incident->place_precision = row->place_precision;
    incident->lat = row->lat;
    incident->lon = row->lon;
}

/* An incident is as wide as the narrowest telling; its region is its place's, a wave's the
 * country's. */
static void scope_choose(struct work *work, const uint32_t *events, size_t n,
                         struct incident *incident)
{
    incident->scope = SCOPE_COUNTRY;
    for (size_t i = 0; i < n; i++)
        if (work_event(work, events[i])->scope < incident->scope)
            incident->scope = work_event(work, events[i])->scope;
    bool wide = incident->scope == SCOPE_COUNTRY || !incident->adm1_code.len;
    incident->region_id = region_id_of(wide ? incident->country : incident->adm1_code);
}

/* ---- time ---- */

/* How well each kind of day dates an incident: the smaller the better. */
static const uint8_t DAY_ORDER[] = {
    [DAY_EXACT] = 0, [DAY_SPAN] = 1, [DAY_IMPLIED] = 2, [DAY_MONTH] = 3, [DAY_UNKNOWN] = 4,
};

/* Of the events of the best kind: the day most texts give, then its closest precision, then the
 * interval most texts give. */
static void time_choose(struct work *work, const uint32_t *events, size_t n, struct support *list,
                        struct incident *incident)
{
    uint8_t kind = UINT8_MAX, closest = UINT8_MAX;
    size_t m = 0, k = 0;
    for (size_t i = 0; i < n; i++)
        if (DAY_ORDER[work->profiles[events[i]].day_kind] < kind)
            kind = DAY_ORDER[work->profiles[events[i]].day_kind];
    for (size_t i = 0; i < n; i++) {
        const struct profile *p = &work->profiles[events[i]];
        if (DAY_ORDER[p->day_kind] != kind)
            continue;
        /* Implied days only follow the strike: the first is the closest to it. */
        int64_t family = p->day_kind == DAY_IMPLIED ? 0 : p->family;
        list[m++] = (struct support){SLICE_NONE, p->row->local_date, 0, family, events[i]};
    }
    int64_t day = best_supported(list, m)->number;
    for (size_t i = 0; i < m; i++)
        if (list[i].number == day && work_event(work, list[i].event)->date_precision < closest)
            closest = work_event(work, list[i].event)->date_precision;
    for (size_t i = 0; i < m; i++) {
        const struct event_row *row = work_event(work, list[i].event);
        if (list[i].number == day && row->date_precision == closest)
            list[k++] = (struct support){SLICE_NONE, row->start, row->end,
                                         work->profiles[list[i].event].family, list[i].event};
    }
    const struct event_row *row = work_event(work, best_supported(list, k)->event);
    incident->start = row->start;
    incident->end = row->end;
    incident->local_date = row->local_date;
    incident->date_precision = row->date_precision;
}

/* ---- who ---- */

static int compare_ids(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static uint32_t distinct(int64_t *ids, size_t n)
{
    uint32_t count = 0;
    qsort(ids, n, sizeof *ids, compare_ids);
    for (size_t i = 0; i < n; i++)
        count += i == 0 || ids[i] != ids[i - 1];
    return count;
}

static int compare_slices(const void *x, const void *y)
{
    return slice_compare(*(const struct slice *)x, *(const struct slice *)y);
}

static int sources_list(struct work *work, struct arena *scratch, const uint32_t *events, size_t n,
                        struct incident *incident, struct error *err)
{
    size_t most = n, m = 0;
    for (size_t i = 0; i < n; i++)
        most += work_event(work, events[i])->n_claims;
    struct slice *all = ARENA_ARRAY(scratch, struct slice, most);
    if (!all)
        return arena_full(scratch, err);
    for (size_t i = 0; i < n; i++) {
        const struct event_row *row = work_event(work, events[i]);
        if (row->outlet.len)
            all[m++] = row->outlet;
        for (size_t j = 0; j < row->n_claims; j++)
            if (row->claims[j].claimant.len)
                all[m++] = row->claims[j].claimant;
    }
    qsort(all, m, sizeof *all, compare_slices);
    size_t kept = 0;
    for (size_t i = 0; i < m; i++)
        if (!kept || !slice_equal(all[kept - 1], all[i]))
            all[kept++] = all[i];
    incident->sources = ARENA_ARRAY(work->arena, struct slice, kept);
    if (!incident->sources)
        return arena_full(work->arena, err);
    if (kept)
        memcpy(incident->sources, all, kept * sizeof *all);
    incident->n_sources = kept;
    return 0;
}

static int members_list(struct work *work, struct arena *scratch, const uint32_t *events, size_t n,
                        struct incident *incident, struct error *err)
{
    int64_t *reports = ARENA_ARRAY(scratch, int64_t, n),
            *families = ARENA_ARRAY(scratch, int64_t, n);
    incident->events = ARENA_ARRAY(work->arena, size_t, n);
    if (!reports || !families || !incident->events)
        return arena_full(work->arena, err);
    incident->first_reported = INSTANT_NONE;
    for (size_t i = 0; i < n; i++) {
        const struct event_row *row = work_event(work, events[i]);
        incident->events[i] = work->order[events[i]];
        reports[i] = row->report_id;
        families[i] = work->profiles[events[i]].family;
        if (row->said_at != INSTANT_NONE &&
            (incident->first_reported == INSTANT_NONE || row->said_at < incident->first_reported))
            incident->first_reported = row->said_at;
    }
    incident->n_events = n;
    incident->n_reports = distinct(reports, n);
    incident->n_independent = distinct(families, n);
    return 0;
}

int incident_summarise(struct work *work, struct arena *scratch, const uint32_t *events, size_t n,
                       struct incident *incident, struct error *err)
{
    struct support *list = ARENA_ARRAY(scratch, struct support, n);
    *incident = (struct incident){.parent = -1, .in_totals = true};
    if (!list)
        return arena_full(scratch, err);
    place_choose(work, events, n, list, incident);
    scope_choose(work, events, n, incident);
    time_choose(work, events, n, list, incident);
    if (members_list(work, scratch, events, n, incident, err))
        return -1;
    return sources_list(work, scratch, events, n, incident, err);
}

/* ---- digest ---- */

/* Numbers end with a semicolon and texts carry their length, so no two contents read alike. */
static void put(struct buffer *out, int64_t value)
{
    buffer_add_int(out, value);
    buffer_add_char(out, ';');
}

static void put_text(struct buffer *out, struct slice text)
{
    put(out, (int64_t)text.len);
    buffer_add_slice(out, text);
}

static void put_figure(struct buffer *out, const struct figure *figure)
{
    put_text(out, figure->measure.field);
    put_text(out, figure->measure.part);
    put(out, figure->low);
    put(out, figure->best);
    put(out, figure->high);
    put(out, figure->state);
    put(out, figure->in_totals);
    put_text(out, figure->rule);
    put(out, figure->chosen_claim);
    put(out, (int64_t)figure->n_claim_ids);
    for (size_t i = 0; i < figure->n_claim_ids; i++)
        put(out, figure->claim_ids[i]);
}

int incident_digest(const struct event_row *events, struct incident *incident,
                    struct buffer *buffer, struct error *err)
{
    const struct slice texts[] = {incident->place_name, incident->place_key, incident->country,
                                  incident->adm1,       incident->adm1_code, incident->zone};
    const int64_t numbers[] = {
        incident->region_id,       incident->scope,         incident->in_totals,
        incident->place_precision, incident->lat,           incident->lon,
        incident->start,           incident->end,           incident->local_date,
        incident->date_precision,  incident->grading,       incident->n_reports,
        incident->n_independent,   incident->first_reported};
    buffer_clear(buffer);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_text(buffer, texts[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put(buffer, numbers[i]);
    put(buffer, (int64_t)incident->n_sources);
    for (size_t i = 0; i < incident->n_sources; i++)
        put_text(buffer, incident->sources[i]);
    put(buffer, (int64_t)incident->n_events);
    for (size_t i = 0; i < incident->n_events; i++)
        put(buffer, events[incident->events[i]].event_id);
    put(buffer, (int64_t)incident->n_figures);
    for (size_t i = 0; i < incident->n_figures; i++)
        put_figure(buffer, &incident->figures[i]);
    if (buffer_check(buffer, err))
        return -1;
    incident->content = digest_bytes(buffer->ptr, buffer->len);
    return 0;
}
