#include "store/settle_rows.h"

#include "extract/event.h"
#include "reconcile/links.h"
#include "reconcile/series.h"

static const char STAGING[] =
    "CREATE TEMP TABLE IF NOT EXISTS affected (region_id bigint, incident_id bigint,"
    " old_region_id bigint, retired boolean) ON COMMIT DELETE ROWS;"
    "CREATE TEMP TABLE IF NOT EXISTS new_incident (region_id bigint, incident_id bigint,"
    " parent_id bigint, content bytea, start_at timestamptz, end_at timestamptz,"
    " first_reported_at timestamptz, lat_e5 int, lon_e5 int, local_date date, n_reports int,"
    " n_independent int, in_totals boolean, scope text, country text, place_precision text,"
    " date_precision text, grading text, place_key text, place_name text, adm1 text,"
    " adm1_code text, zone text, sources text[]) ON COMMIT DELETE ROWS;"
    "CREATE TEMP TABLE IF NOT EXISTS new_member (region_id bigint, incident_id bigint,"
    " event_id bigint, event_region_id bigint, report_id bigint, rank int, link int)"
    " ON COMMIT DELETE ROWS;"
    "CREATE TEMP TABLE IF NOT EXISTS new_step (region_id bigint, incident_id bigint, field text,"
    " part text, said_at timestamptz, low bigint, best bigint, high bigint, claim_id bigint,"
    " state text, rule text) ON COMMIT DELETE ROWS;"
    "CREATE TEMP TABLE IF NOT EXISTS new_judgement (decision_id bigint, path text,"
    " orphaned boolean) ON COMMIT DELETE ROWS;"
    "CREATE TEMP TABLE IF NOT EXISTS settle_clock (at timestamptz) ON COMMIT DELETE ROWS;"
    "CREATE TEMP TABLE IF NOT EXISTS new_figure (region_id bigint, incident_id bigint, field text,"
    " part text, low bigint, best bigint, high bigint, in_totals boolean, state text, rule text,"
    " chosen_claim bigint, report_id bigint, who text) ON COMMIT DELETE ROWS;"
    "CREATE TEMP TABLE IF NOT EXISTS new_figure_claim (region_id bigint, incident_id bigint,"
    " field text, part text, claim_id bigint, event_id bigint, report_id bigint)"
    " ON COMMIT DELETE ROWS;"
    "CREATE TEMP TABLE IF NOT EXISTS new_redirect (old_id bigint, new_id bigint, kind text)"
    " ON COMMIT DELETE ROWS";

int settle_staging(struct store *store, struct error *err)
{
    return staging_make(store, STAGING, &store->settle_staged, err);
}

int settle_stage_incidents(struct store *store, const struct settle_plan *plan, struct error *err)
{
    struct copy_in copy;
    if (copy_in_start(store, &copy,
                      "COPY pg_temp.new_incident (region_id, incident_id, parent_id, content,"
                      " start_at, end_at, first_reported_at, lat_e5, lon_e5, local_date, n_reports,"
                      " n_independent, in_totals, scope, country, place_precision, date_precision,"
                      " grading, place_key, place_name, adm1, adm1_code, zone, sources) FROM STDIN",
                      "storing incidents", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_changed; i++) {
        const struct incident *incident = plan->changed[i].incident;
        struct copy_row *row = &copy.row;
        copy_int(row, incident->region_id);
        copy_int(row, incident->incident_id);
        copy_int_or_null(row, incident->parent_id, 0);
        copy_digest(row, &plan->changed[i].content);
        copy_instant(row, incident->start);
        copy_instant(row, incident->end);
        copy_instant(row, incident->first_reported);
        copy_int_or_null(row, incident->lat, PLACE_NO_COORDINATE);
        copy_int_or_null(row, incident->lon, PLACE_NO_COORDINATE);
        copy_day(row, incident->local_date);
        copy_int(row, incident->n_reports);
        copy_int(row, incident->n_independent);
        copy_bool(row, incident->in_totals);
        copy_text(row, event_scope_names[incident->scope]);
        /* The cell's country, so that the next settling of the cell finds the row. */
        copy_slice(row, plan->cell->country);
        copy_text(row, place_precision_names[incident->place_precision]);
        copy_text(row, when_precision_names[incident->date_precision]);
        copy_text(row, grading_names[incident->grading]);
        copy_slice(row, incident->place_key);
        copy_slice_or_null(row, incident->place_name);
        copy_slice_or_null(row, incident->adm1);
        copy_slice_or_null(row, incident->adm1_code);
        copy_slice_or_null(row, incident->zone);
        copy_slices(row, incident->sources, incident->n_sources);
        if (copy_in_row(&copy, err) < 0)
            return -1;
    }
    return copy_in_finish(&copy, NULL, err);
}

static int send_affected(struct copy_in *copy, int64_t region_id, int64_t incident_id,
                         int64_t old_region_id, bool retired, struct error *err)
{
    copy_int(&copy->row, region_id);
    copy_int(&copy->row, incident_id);
    copy_int(&copy->row, old_region_id);
    copy_bool(&copy->row, retired);
    return copy_in_row(copy, err);
}

int settle_stage_affected(struct store *store, const struct settle_plan *plan, struct error *err)
{
    struct copy_in copy;
    if (copy_in_start(store, &copy,
                      "COPY pg_temp.affected (region_id, incident_id, old_region_id, retired)"
                      " FROM STDIN",
                      "storing incidents", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_changed; i++) {
        const struct incident *incident = plan->changed[i].incident;
        if (send_affected(&copy, incident->region_id, incident->incident_id,
                          plan->changed[i].old_region_id, false, err) < 0)
            return -1;
    }
    for (size_t i = 0; i < store->settle.n_stored; i++) {
        const struct stored_incident *stored = &store->settle.stored[i];
        if (!stored->seen && send_affected(&copy, stored->region_id, stored->incident_id,
                                           stored->region_id, true, err) < 0)
            return -1;
    }
    return copy_in_finish(&copy, NULL, err);
}

int settle_stage_members(struct store *store, const struct settle_plan *plan, struct error *err)
{
    struct copy_in copy;
    if (copy_in_start(store, &copy,
                      "COPY pg_temp.new_member (region_id, incident_id, event_id, event_region_id,"
                      " report_id, rank, link) FROM STDIN",
                      "storing incidents", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_changed; i++) {
        const struct incident *incident = plan->changed[i].incident;
        for (size_t k = 0; k < incident->n_events; k++) {
            copy_int(&copy.row, incident->region_id);
            copy_int(&copy.row, incident->incident_id);
            const struct event_row *event = &plan->cell->events[incident->events[k]];
            copy_int(&copy.row, event->event_id);
            copy_int(&copy.row, event->stored_region_id);
            copy_int(&copy.row, event->report_id);
            copy_int(&copy.row, event->rank);
            copy_int_or_null(&copy.row, plan->changed[i].links[k], LINK_ALONE);
            if (copy_in_row(&copy, err) < 0)
                return -1;
        }
    }
    return copy_in_finish(&copy, NULL, err);
}

/* The first place of a claim, or NULL. */
static const struct claim_place *find_claim(const struct settle_plan *plan, int64_t claim_id)
{
    size_t low = 0, high = plan->n_places;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (plan->places[middle].claim_id < claim_id)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < plan->n_places && plan->places[low].claim_id == claim_id;
    return found ? &plan->places[low] : NULL;
}

static void write_measure(struct copy_row *row, const struct incident *incident,
                          const struct figure *figure)
{
    copy_int(row, incident->region_id);
    copy_int(row, incident->incident_id);
    copy_slice(row, figure->measure.field);
    copy_slice(row, figure->measure.part);
}

/* The chosen claim with who said it: claimant, else outlet. */
static void write_chosen(struct copy_row *row, const struct settle_plan *plan, int64_t claim_id)
{
    const struct claim_place *place = claim_id ? find_claim(plan, claim_id) : NULL;
    copy_int_or_null(row, claim_id, 0);
    copy_int_or_null(row, place ? place->event->report_id : 0, 0);
    copy_slice_or_null(row, !place                       ? SLICE_NONE
                            : place->claim->claimant.len ? place->claim->claimant
                                                         : place->event->outlet);
}

static int send_figure(struct copy_in *copy, const struct settle_plan *plan,
                       const struct incident *incident, const struct figure *figure,
                       struct error *err)
{
    struct copy_row *row = &copy->row;
    write_measure(row, incident, figure);
    copy_int_or_null(row, figure->low, COUNT_OPEN);
    copy_int_or_null(row, figure->best, COUNT_OPEN);
    copy_int_or_null(row, figure->high, COUNT_OPEN);
    copy_bool(row, figure->in_totals);
    copy_text(row, figure_state_names[figure->state]);
    copy_slice(row, figure->rule);
    write_chosen(row, plan, figure->chosen_claim);
    return copy_in_row(copy, err);
}

int settle_stage_figures(struct store *store, const struct settle_plan *plan, struct error *err)
{
    struct copy_in copy;
    if (copy_in_start(store, &copy,
                      "COPY pg_temp.new_figure (region_id, incident_id, field, part, low, best,"
                      " high, in_totals, state, rule, chosen_claim, report_id, who) FROM STDIN",
                      "storing figures", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_changed; i++) {
        const struct incident *incident = plan->changed[i].incident;
        for (size_t k = 0; k < incident->n_figures; k++) {
            if (send_figure(&copy, plan, incident, &incident->figures[k], err) < 0)
                return -1;
        }
    }
    return copy_in_finish(&copy, NULL, err);
}

static int send_figure_claims(struct copy_in *copy, const struct settle_plan *plan,
                              const struct incident *incident, const struct figure *figure,
                              struct error *err)
{
    for (size_t c = 0; c < figure->n_claim_ids; c++) {
        const struct claim_place *place = find_claim(plan, figure->claim_ids[c]);
        /* Ids that are no claims of this cell have nothing to point at. */
        if (!place || (c && figure->claim_ids[c] == figure->claim_ids[c - 1]))
            continue;
        write_measure(&copy->row, incident, figure);
        copy_int(&copy->row, place->claim_id);
        copy_int(&copy->row, place->event->event_id);
        copy_int(&copy->row, place->event->report_id);
        if (copy_in_row(copy, err) < 0)
            return -1;
    }
    return 0;
}

int settle_stage_figure_claims(struct store *store, const struct settle_plan *plan,
                               struct error *err)
{
    struct copy_in copy;
    if (copy_in_start(store, &copy,
                      "COPY pg_temp.new_figure_claim (region_id, incident_id, field, part,"
                      " claim_id, event_id, report_id) FROM STDIN",
                      "storing figures", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_changed; i++) {
        const struct incident *incident = plan->changed[i].incident;
        for (size_t k = 0; k < incident->n_figures; k++) {
            if (send_figure_claims(&copy, plan, incident, &incident->figures[k], err) < 0)
                return -1;
        }
    }
    return copy_in_finish(&copy, NULL, err);
}

static int send_steps(struct copy_in *copy, const struct incident *incident,
                      const struct toll_step *steps, size_t n, struct error *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct toll_step *step = &steps[i];
        struct copy_row *row = &copy->row;
        copy_int(row, incident->region_id);
        copy_int(row, incident->incident_id);
        copy_slice(row, step->measure.field);
        copy_slice(row, step->measure.part);
        copy_instant(row, step->said);
        copy_int_or_null(row, step->low, COUNT_OPEN);
        copy_int_or_null(row, step->best, COUNT_OPEN);
        copy_int_or_null(row, step->high, COUNT_OPEN);
        copy_int_or_null(row, step->chosen_claim, 0);
        copy_text(row, figure_state_names[step->state]);
        copy_slice(row, step->rule);
        if (copy_in_row(copy, err) < 0)
            return -1;
    }
    return 0;
}

int settle_stage_steps(struct store *store, const struct settle_plan *plan, struct error *err)
{
    struct copy_in copy;
    if (copy_in_start(store, &copy,
                      "COPY pg_temp.new_step (region_id, incident_id, field, part, said_at, low,"
                      " best, high, claim_id, state, rule) FROM STDIN",
                      "storing timelines", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_changed; i++) {
        const struct incident *incident = plan->changed[i].incident;
        struct toll_step *steps;
        size_t n;
        if (toll_series(store->settle.arena, plan->cell->weights, plan->cell->events, incident,
                        &steps, &n, err) ||
            send_steps(&copy, incident, steps, n, err) < 0)
            return -1;
    }
    return copy_in_finish(&copy, NULL, err);
}

/* Whether an entry finds something it is about. */
static bool finds_something(const struct decision *d)
{
    if (d->kind == DECISION_SAME || d->kind == DECISION_DIFFERENT)
        return d->event_a && d->event_b;
    return d->claim_id || d->event_a || d->report_id;
}

static int refused_path(const struct settle_cell *cell, int64_t decision_id, struct buffer *out,
                        struct error *err)
{
    buffer_clear(out);
    for (size_t i = 0; i < cell->n_refused; i++)
        for (size_t k = 0;
             cell->refused[i].decision_id == decision_id && k < cell->refused[i].n_path; k++)
            buffer_format(out, "%s%lld", k ? " > " : "", (long long)cell->refused[i].path[k]);
    return buffer_check(out, err);
}

int settle_stage_judgements(struct store *store, const struct settle_cell *cell, struct error *err)
{
    struct copy_in copy;
    struct buffer path;
    int rc = copy_in_start(store, &copy,
                           "COPY pg_temp.new_judgement (decision_id, path, orphaned) FROM STDIN",
                           "storing decisions", err);
    buffer_init(&path, (size_t)16 << 20);
    for (size_t start = 0, end; rc == 0 && start < cell->n_decisions; start = end) {
        bool found = false;
        for (end = start; end < cell->n_decisions &&
                          cell->decisions[end].decision_id == cell->decisions[start].decision_id;
             end++)
            found = found || finds_something(&cell->decisions[end]);
        rc = refused_path(cell, cell->decisions[start].decision_id, &path, err);
        copy_int(&copy.row, cell->decisions[start].decision_id);
        copy_slice_or_null(&copy.row, buffer_slice(&path));
        copy_bool(&copy.row, !found);
        if (rc == 0)
            rc = copy_in_row(&copy, err);
    }
    buffer_free(&path);
    return rc < 0 ? -1 : copy_in_finish(&copy, NULL, err);
}
