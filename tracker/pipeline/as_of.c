#include "pipeline/as_of.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "extract/event.h"
#include "text/utf8.h"

int recall_country(struct store *store, struct arena *arena, const struct weights *weights,
                   struct slice country, instant until, struct recalled *out, struct error *err)
{
    struct settle_cell *cell = &out->cell;
    struct decision *standing;
    struct id_change *changes;
    size_t n_standing, n_changes;
    if (store_recall_cell(store, country, until, cell, err))
        return -1;
    cell->weights = weights;
    return decisions_judge(arena, cell->decisions, cell->n_decisions, &standing, &n_standing,
                           &cell->refused, &cell->n_refused, err) ||
                   decisions_apply(arena, standing, n_standing, cell->events, &cell->n_events,
                                   err) ||
                   reconcile(arena, cell->weights, cell->events, cell->n_events, standing,
                             n_standing, &out->incidents, &out->n_incidents, err) ||
                   incidents_identify(arena, cell->events, out->incidents, out->n_incidents,
                                      cell->former, cell->n_former, &changes, &n_changes, err)
               ? -1
               : 0;
}

/* ---- as a list ---- */

/* A row with what it is sorted by. */
struct listed {
    struct shown_incident shown;
    day_number day;
    bool wave;
    int64_t incident_id;
};

static struct shown_number number_of(const struct incident *incident, const char *field)
{
    for (size_t i = 0; i < incident->n_figures; i++) {
        const struct figure *f = &incident->figures[i];
        if (slice_is(f->measure.field, field) && !f->measure.part.len)
            return (struct shown_number){f->low, f->best, f->high};
    }
    return (struct shown_number){COUNT_OPEN, COUNT_OPEN, COUNT_OPEN};
}

static struct slice sources_of(struct arena *arena, const struct incident *incident)
{
    struct buffer text;
    buffer_init(&text, (size_t)1 << 20);
    for (size_t i = 0; i < incident->n_sources; i++)
        buffer_format(&text, "%s%.*s", i ? ", " : "", SLICE_ARG(incident->sources[i]));
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

static bool holds(struct slice text, const char *part)
{
    struct buffer folded, wanted;
    buffer_init(&folded, 4096);
    buffer_init(&wanted, 4096);
    utf8_fold_name(&folded, text);
    utf8_fold_name(&wanted, slice_of(part));
    bool found =
        text.len && wanted.len && memmem(folded.ptr, folded.len, wanted.ptr, wanted.len) != NULL;
    buffer_free(&folded);
    buffer_free(&wanted);
    return found;
}

/* The same question as the database is asked. */
static bool in_conflict(const struct incident *incident)
{
    struct shown_number killed = number_of(incident, "killed"),
                        wounded = number_of(incident, "wounded");
    return incident->grading == GRADING_CONTESTED ||
           (killed.low != COUNT_OPEN && killed.low < killed.high) ||
           (wounded.low != COUNT_OPEN && wounded.low < wounded.high);
}

static bool wanted(const struct incident_filter *filter, const struct incident *incident)
{
    struct stamp from = STAMP_NONE, to = STAMP_NONE;
    struct shown_number killed = number_of(incident, "killed");
    int64_t least = killed.best == COUNT_OPEN ? killed.low : killed.best;
    if (filter->place && !holds(incident->place_name, filter->place) &&
        !holds(incident->adm1, filter->place))
        return false;
    if ((filter->from && stamp_parse(slice_of(filter->from), &from, NULL)) ||
        (filter->to && stamp_parse(slice_of(filter->to), &to, NULL)))
        return false;
    if (filter->conflict && !in_conflict(incident))
        return false;
    bool dated = incident->local_date != DAY_NONE;
    return (!filter->from || (dated && incident->local_date >= from.day)) &&
           (!filter->to || (dated && incident->local_date <= to.day)) &&
           (filter->min_killed <= 0 || (least != COUNT_OPEN && least >= filter->min_killed));
}

static int listed_fill(struct arena *arena, const struct incident *incident, struct listed *out,
                       struct error *err)
{
    char day[16] = "";
    if (incident->local_date != DAY_NONE)
        day_format(incident->local_date, day);
    struct shown_incident *row = &out->shown;
    *out = (struct listed){.day = incident->local_date,
                           .wave = incident->scope == SCOPE_COUNTRY,
                           .incident_id = incident->incident_id};
    *row = (struct shown_incident){
        .incident_id = arena_format(arena, "%lld", (long long)incident->incident_id),
        .place = arena_copy(arena, incident->place_name),
        .adm1 = arena_copy(arena, incident->adm1),
        .country = arena_copy(arena, incident->country),
        .local_date = arena_copy(arena, slice_of(day)),
        .scope = slice_of(event_scope_names[incident->scope]),
        .grading = slice_of(grading_names[incident->grading]),
        .sources = sources_of(arena, incident),
        .killed = number_of(incident, "killed"),
        .wounded = number_of(incident, "wounded"),
        .drones = number_of(incident, "drones"),
        .missiles = number_of(incident, "missiles"),
        .n_reports = incident->n_reports,
        .is_child = incident->parent_id != 0,
    };
    bool full = !row->incident_id.ptr || !row->place.ptr || !row->adm1.ptr || !row->country.ptr ||
                !row->local_date.ptr || !row->sources.ptr;
    return full ? arena_full(arena, err) : 0;
}

/* As the database orders them: the latest day first, waves before their sites, then the deadliest;
 * what is unknown last. */
static int compare_listed(const void *x, const void *y)
{
    const struct listed *a = x, *b = y;
    if (a->day != b->day)
        return a->day > b->day ? -1 : 1;
    if (a->wave != b->wave)
        return a->wave ? -1 : 1;
    if (a->shown.killed.best != b->shown.killed.best)
        return a->shown.killed.best > b->shown.killed.best ? -1 : 1;
    return (a->incident_id > b->incident_id) - (a->incident_id < b->incident_id);
}

struct listing {
    struct listed *items;
    size_t n, capacity;
};

static int list_country(struct store *store, struct arena *arena, struct arena *scratch,
                        const struct weights *weights, struct slice country,
                        const struct incident_filter *filter, instant until, struct listing *out,
                        struct error *err)
{
    struct recalled recalled;
    if (store_recall_begin(store, scratch, err))
        return -1;
    int rc = recall_country(store, scratch, weights, country, until, &recalled, err);
    for (size_t i = 0; rc == 0 && i < recalled.n_incidents; i++) {
        if (!wanted(filter, &recalled.incidents[i]))
            continue;
        rc = arena_grow(arena, &out->items, &out->capacity, out->n, sizeof *out->items, err);
        if (rc == 0)
            rc = listed_fill(arena, &recalled.incidents[i], &out->items[out->n++], err);
    }
    store_recall_end(store);
    return rc;
}

int recall_list(struct store *store, struct arena *arena, const struct weights *weights,
                const struct incident_filter *filter, instant until, struct shown_incident **out,
                size_t *n_out, struct error *err)
{
    struct slice *countries;
    struct listing listing = {0};
    struct arena scratch;
    size_t n;
    int rc = store_recall_begin(store, arena, err) ||
                     store_recall_countries(store, arena, filter->country, &countries, &n, err)
                 ? -1
                 : 0;
    store_recall_end(store);
    arena_init(&scratch, (size_t)8 << 30);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        arena_reset(&scratch);
        rc = list_country(store, arena, &scratch, weights, countries[i], filter, until, &listing,
                          err);
    }
    arena_free(&scratch);
    if (rc)
        return -1;
    if (listing.n)
        qsort(listing.items, listing.n, sizeof *listing.items, compare_listed);
    if (filter->limit > 0 && listing.n > (size_t)filter->limit)
        listing.n = (size_t)filter->limit;
    *n_out = listing.n;
    *out = ARENA_ARRAY(arena, struct shown_incident, listing.n);
    if (!*out)
        return arena_full(arena, err);
    for (size_t i = 0; i < listing.n; i++)
        (*out)[i] = listing.items[i].shown;
    return 0;
}
