#include "pipeline/situation_recall.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "extract/event.h"
#include "pipeline/as_of.h"

#define SCRATCH ((size_t)8 << 30)

struct recalling {
    struct arena *arena; /* of the result; the country's own rows are gone with it */
    const struct situation_query *query;
    struct situation *out;
    size_t incidents_capacity, figures_capacity;
};

/* One country while it is loaded. */
struct country {
    struct recalled recalled;
    struct claim_source *sources; /* by claim id */
    size_t n_sources;
};

static int keep(const struct recalling *r, struct slice text, struct slice *out, struct error *err)
{
    *out = text.len ? arena_copy(r->arena, text) : SLICE_NONE;
    return text.len && !out->ptr ? arena_full(r->arena, err) : 0;
}

static int keep_id(const struct recalling *r, int64_t id, struct slice *out, struct error *err)
{
    *out = id ? arena_format(r->arena, "%lld", (long long)id) : SLICE_NONE;
    return id && !out->ptr ? arena_full(r->arena, err) : 0;
}

static int keep_instant(const struct recalling *r, instant moment, struct slice *out,
                        struct error *err)
{
    char text[40] = "";
    if (moment != INSTANT_NONE)
        instant_format(moment, 0, text);
    return keep(r, slice_of(text), out, err);
}

static int keep_sources(const struct recalling *r, const struct incident *incident,
                        struct slice *out, struct error *err)
{
    struct buffer text;
    buffer_init(&text, (size_t)1 << 20);
    for (size_t i = 0; i < incident->n_sources; i++)
        buffer_format(&text, "%s%.*s", i ? ", " : "", SLICE_ARG(incident->sources[i]));
    int rc = keep(r, buffer_slice(&text), out, err);
    buffer_free(&text);
    return rc;
}

/* ---- a figure and its words ---- */

static int compare_source(const void *key, const void *item)
{
    int64_t a = *(const int64_t *)key, b = ((const struct claim_source *)item)->claim_id;
    return (a > b) - (a < b);
}

static const struct event_claim *claim_find(const struct settle_cell *cell,
                                            const struct incident *incident, int64_t claim_id,
                                            const struct event_row **event)
{
    for (size_t i = 0; claim_id && i < incident->n_events; i++) {
        *event = &cell->events[incident->events[i]];
        for (size_t k = 0; k < (*event)->n_claims; k++)
            if ((*event)->claims[k].claim_id == claim_id)
                return &(*event)->claims[k];
    }
    return NULL;
}

static int words_fill(const struct recalling *r, const struct country *country,
                      const struct incident *incident, const struct figure *figure,
                      struct situation_figure *out, struct error *err)
{
    const struct event_row *event;
    const struct event_claim *claim =
        claim_find(&country->recalled.cell, incident, figure->chosen_claim, &event);
    const struct claim_source *source =
        country->n_sources && figure->chosen_claim
            ? bsearch(&figure->chosen_claim, country->sources, country->n_sources,
                      sizeof *country->sources, compare_source)
            : NULL;
    if (claim && (keep(r, claim->claimant.len ? claim->claimant : event->outlet, &out->who, err) ||
                  keep_instant(r, event->said_at, &out->published, err)))
        return -1;
    if (out->published.len > 10)
        out->published.len = 10; /* the day */
    return source && (keep(r, source->sentence, &out->sentence, err) ||
                      keep(r, source->url, &out->url, err) ||
                      keep(r, source->outlet, &out->outlet, err))
               ? -1
               : 0;
}

static int figure_keep(struct recalling *r, const struct country *country,
                       const struct incident *incident, const struct figure *figure,
                       struct error *err)
{
    struct situation *s = r->out;
    if (arena_grow(r->arena, &s->figures, &r->figures_capacity, s->n_figures, sizeof *s->figures,
                   err))
        return -1;
    struct situation_figure *out = &s->figures[s->n_figures++];
    *out = (struct situation_figure){.low = figure->low,
                                     .best = figure->best,
                                     .high = figure->high,
                                     .state = slice_of(figure_state_names[figure->state]),
                                     .in_totals = figure->in_totals};
    return keep(r, figure->measure.field, &out->field, err) ||
                   keep(r, figure->measure.part, &out->part, err) ||
                   keep(r, figure->rule, &out->rule, err) ||
                   words_fill(r, country, incident, figure, out, err)
               ? -1
               : 0;
}

/* ---- an incident ---- */

static bool in_period(const struct situation_query *query, const struct incident *incident)
{
    day_number day = incident->local_date;
    if (query->from == DAY_NONE)
        return true;
    if (day == DAY_NONE && incident->first_reported == INSTANT_NONE)
        return false;
    if (day == DAY_NONE)
        day = (day_number)(incident->first_reported / 86400);
    return day >= query->since && day <= query->to;
}

static bool in_region(const struct situation_query *query, const struct incident *incident)
{
    return !query->region ||
           (incident->adm1.len == strlen(query->region) &&
            strncasecmp(incident->adm1.ptr, query->region, incident->adm1.len) == 0);
}

static int incident_keep(struct recalling *r, const struct country *country,
                         const struct incident *incident, struct error *err)
{
    struct situation *s = r->out;
    if (arena_grow(r->arena, &s->incidents, &r->incidents_capacity, s->n_incidents,
                   sizeof *s->incidents, err))
        return -1;
    struct situation_incident *out = &s->incidents[s->n_incidents++];
    *out = (struct situation_incident){
        .scope = slice_of(event_scope_names[incident->scope]),
        .place_precision = slice_of(place_precision_names[incident->place_precision]),
        .date_precision = slice_of(when_precision_names[incident->date_precision]),
        .grading = slice_of(grading_names[incident->grading]),
        .day = incident->local_date,
        .in_totals = incident->in_totals,
        .located = incident->lat != PLACE_NO_COORDINATE,
        .lat_e5 = incident->lat,
        .lon_e5 = incident->lon,
        .n_reports = incident->n_reports,
        .n_independent = incident->n_independent,
        .first_figure = s->n_figures,
        .n_figures = incident->n_figures,
    };
    if (keep_id(r, incident->incident_id, &out->id, err) ||
        keep_id(r, incident->parent_id, &out->parent_id, err) ||
        keep(r, incident->place_name, &out->place, err) ||
        keep(r, incident->adm1, &out->adm1, err) ||
        keep(r, incident->country, &out->country, err) ||
        keep_instant(r, incident->start, &out->start_at, err) ||
        keep_instant(r, incident->end, &out->end_at, err) ||
        keep_instant(r, incident->first_reported, &out->first_reported, err) ||
        keep_sources(r, incident, &out->sources, err))
        return -1;
    for (size_t i = 0; i < incident->n_figures; i++)
        if (figure_keep(r, country, incident, &incident->figures[i], err))
            return -1;
    return 0;
}

/* ---- all countries ---- */

static int country_keep(struct recalling *r, struct store *store, struct arena *scratch,
                        const struct weights *weights, struct slice name, struct error *err)
{
    struct country country = {0};
    if (store_recall_begin(store, scratch, err))
        return -1;
    int rc = recall_country(store, scratch, weights, name, r->query->reports_as_of,
                            &country.recalled, err);
    if (rc == 0)
        rc = store_recall_claims(store, scratch, &country.recalled.cell, &country.sources,
                                 &country.n_sources, err);
    for (size_t i = 0; rc == 0 && i < country.recalled.n_incidents; i++) {
        const struct incident *incident = &country.recalled.incidents[i];
        if (in_period(r->query, incident) && in_region(r->query, incident))
            rc = incident_keep(r, &country, incident, err);
    }
    store_recall_end(store);
    return rc;
}

/* As the database orders them: by day, those without one last, then by id. */
static int compare_incidents(const void *x, const void *y)
{
    const struct situation_incident *a = x, *b = y;
    if (a->day != b->day)
        return a->day == DAY_NONE ? 1 : b->day == DAY_NONE ? -1 : a->day < b->day ? -1 : 1;
    if (a->id.len != b->id.len)
        return a->id.len < b->id.len ? -1 : 1;
    return slice_compare(a->id, b->id);
}

static int countries_keep(struct recalling *r, struct store *store, const struct weights *weights,
                          struct error *err)
{
    struct slice *countries;
    struct arena scratch;
    size_t n;
    int rc = store_recall_begin(store, r->arena, err) ||
                     store_recall_countries(store, r->arena, r->query->country, &countries, &n, err)
                 ? -1
                 : 0;
    store_recall_end(store);
    arena_init(&scratch, SCRATCH);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        arena_reset(&scratch);
        rc = country_keep(r, store, &scratch, weights, countries[i], err);
    }
    arena_free(&scratch);
    if (rc == 0 && r->out->n_incidents)
        qsort(r->out->incidents, r->out->n_incidents, sizeof *r->out->incidents, compare_incidents);
    return rc;
}

int situation_recall(struct store *store, struct arena *arena, const struct weights *weights,
                     const struct situation_query *query, struct situation *out, struct error *err)
{
    struct situation_query stored = *query;
    day_number until = (day_number)(query->reports_as_of / 86400);
    if (stored.to != DAY_NONE && stored.to > until && until >= stored.from)
        stored.to = until;
    if (situation_load(store, arena, &stored, out, err))
        return -1;
    out->incidents = NULL;
    out->figures = NULL;
    out->n_incidents = out->n_figures = out->n_revisions = out->n_steps = 0;
    out->steps_incident = SLICE_NONE;
    struct recalling recalling = {.arena = arena, .query = query, .out = out};
    if (countries_keep(&recalling, store, weights, err))
        return -1;
    const struct situation_incident *deadliest = situation_deadliest(out, query->from);
    if (deadliest)
        out->steps_incident = deadliest->id;
    return 0;
}
