#include "store/settle_rows.h"

#include "extract/event.h"
#include "reconcile/links.h"
#include "reconcile/series.h"
#include "store/copy_table.h"

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

/* Parts of the rows. */
enum { INCIDENT, CHANGED, CELL };
enum { FIGURE = 1, CHOSEN };
enum { MEMBER = 1, LINK, STEP = 1, PLACE = 2, PLACE_EVENT };

static const struct copy_column INCIDENT_COLUMNS[] = {
    COLUMN("region_id", INCIDENT, struct incident, region_id),
    COLUMN("incident_id", INCIDENT, struct incident, incident_id),
    COLUMN_OR_NULL("parent_id", INCIDENT, struct incident, parent_id, 0),
    COLUMN("content", CHANGED, struct changed_incident, content),
    COLUMN_AS(COPY_INSTANT, "start_at", INCIDENT, struct incident, start),
    COLUMN_AS(COPY_INSTANT, "end_at", INCIDENT, struct incident, end),
    COLUMN_AS(COPY_INSTANT, "first_reported_at", INCIDENT, struct incident, first_reported),
    COLUMN_OR_NULL("lat_e5", INCIDENT, struct incident, lat, PLACE_NO_COORDINATE),
    COLUMN_OR_NULL("lon_e5", INCIDENT, struct incident, lon, PLACE_NO_COORDINATE),
    COLUMN_AS(COPY_DAY, "local_date", INCIDENT, struct incident, local_date),
    COLUMN("n_reports", INCIDENT, struct incident, n_reports),
    COLUMN("n_independent", INCIDENT, struct incident, n_independent),
    COLUMN("in_totals", INCIDENT, struct incident, in_totals),
    COLUMN_NAMED("scope", INCIDENT, struct incident, scope, event_scope_names),
    /* The cell's country, so that the next settling of the cell finds the row. */
    COLUMN("country", CELL, struct settle_cell, country),
    COLUMN_NAMED("place_precision", INCIDENT, struct incident, place_precision,
                 place_precision_names),
    COLUMN_NAMED("date_precision", INCIDENT, struct incident, date_precision, when_precision_names),
    COLUMN_NAMED("grading", INCIDENT, struct incident, grading, grading_names),
    COLUMN("place_key", INCIDENT, struct incident, place_key),
    COLUMN_AS(COPY_TEXT_OR_NULL, "place_name", INCIDENT, struct incident, place_name),
    COLUMN_AS(COPY_TEXT_OR_NULL, "adm1", INCIDENT, struct incident, adm1),
    COLUMN_AS(COPY_TEXT_OR_NULL, "adm1_code", INCIDENT, struct incident, adm1_code),
    COLUMN_AS(COPY_TEXT_OR_NULL, "zone", INCIDENT, struct incident, zone),
    COLUMN_LIST("sources", INCIDENT, struct incident, sources, n_sources),
};
static const struct copy_table INCIDENTS =
    COPY_TABLE("pg_temp.new_incident", "storing incidents", INCIDENT_COLUMNS);

int settle_stage_incidents(struct store *store, const struct settle_plan *plan, struct error *err)
{
    struct copy_in copy;
    if (copy_table_start(store, &copy, &INCIDENTS, err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_changed; i++) {
        const void *const parts[] = {plan->changed[i].incident, &plan->changed[i], plan->cell};
        if (copy_table_row(&copy, &INCIDENTS, parts, err) < 0)
            return -1;
    }
    return copy_in_finish(&copy, NULL, err);
}

/* An incident that changed, or is no more. */
struct affected {
    int64_t region_id, incident_id, old_region_id;
    bool retired;
};
static const struct copy_column AFFECTED_COLUMNS[] = {
    COLUMN("region_id", 0, struct affected, region_id),
    COLUMN("incident_id", 0, struct affected, incident_id),
    COLUMN("old_region_id", 0, struct affected, old_region_id),
    COLUMN("retired", 0, struct affected, retired),
};
static const struct copy_table AFFECTED =
    COPY_TABLE("pg_temp.affected", "storing incidents", AFFECTED_COLUMNS);

static int send_affected(struct copy_in *copy, const struct affected *affected, struct error *err)
{
    const void *const parts[] = {affected};
    return copy_table_row(copy, &AFFECTED, parts, err);
}

int settle_stage_affected(struct store *store, const struct settle_plan *plan, struct error *err)
{
    struct copy_in copy;
    if (copy_table_start(store, &copy, &AFFECTED, err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_changed; i++) {
        const struct incident *incident = plan->changed[i].incident;
        const struct affected affected = {incident->region_id, incident->incident_id,
                                          plan->changed[i].old_region_id, false};
        if (send_affected(&copy, &affected, err) < 0)
            return -1;
    }
    for (size_t i = 0; i < store->settle.n_stored; i++) {
        const struct stored_incident *stored = &store->settle.stored[i];
        const struct affected affected = {stored->region_id, stored->incident_id, stored->region_id,
                                          true};
        if (!stored->seen && send_affected(&copy, &affected, err) < 0)
            return -1;
    }
    return copy_in_finish(&copy, NULL, err);
}

static const struct copy_column MEMBER_COLUMNS[] = {
    COLUMN("region_id", INCIDENT, struct incident, region_id),
    COLUMN("incident_id", INCIDENT, struct incident, incident_id),
    COLUMN("event_id", MEMBER, struct event_row, event_id),
    COLUMN("event_region_id", MEMBER, struct event_row, stored_region_id),
    COLUMN("report_id", MEMBER, struct event_row, report_id),
    COLUMN("rank", MEMBER, struct event_row, rank),
    {"link", COPY_INT32, LINK, 0, 0, LINK_ALONE, NULL, true},
};
static const struct copy_table MEMBERS =
    COPY_TABLE("pg_temp.new_member", "storing incidents", MEMBER_COLUMNS);

int settle_stage_members(struct store *store, const struct settle_plan *plan, struct error *err)
{
    struct copy_in copy;
    if (copy_table_start(store, &copy, &MEMBERS, err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_changed; i++) {
        const struct incident *incident = plan->changed[i].incident;
        for (size_t k = 0; k < incident->n_events; k++) {
            const void *const parts[] = {incident, &plan->cell->events[incident->events[k]],
                                         &plan->changed[i].links[k]};
            if (copy_table_row(&copy, &MEMBERS, parts, err) < 0)
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

/* Who said the chosen claim: claimant, else outlet; and where. */
struct chosen {
    int64_t report_id; /* 0: no single claim was chosen */
    struct slice who;
};

static const struct copy_column FIGURE_COLUMNS[] = {
    COLUMN("region_id", INCIDENT, struct incident, region_id),
    COLUMN("incident_id", INCIDENT, struct incident, incident_id),
    COLUMN("field", FIGURE, struct figure, measure.field),
    COLUMN("part", FIGURE, struct figure, measure.part),
    COLUMN_OR_NULL("low", FIGURE, struct figure, low, COUNT_OPEN),
    COLUMN_OR_NULL("best", FIGURE, struct figure, best, COUNT_OPEN),
    COLUMN_OR_NULL("high", FIGURE, struct figure, high, COUNT_OPEN),
    COLUMN("in_totals", FIGURE, struct figure, in_totals),
    COLUMN_NAMED("state", FIGURE, struct figure, state, figure_state_names),
    COLUMN("rule", FIGURE, struct figure, rule),
    COLUMN_OR_NULL("chosen_claim", FIGURE, struct figure, chosen_claim, 0),
    COLUMN_OR_NULL("report_id", CHOSEN, struct chosen, report_id, 0),
    COLUMN_AS(COPY_TEXT_OR_NULL, "who", CHOSEN, struct chosen, who),
};
static const struct copy_table FIGURES =
    COPY_TABLE("pg_temp.new_figure", "storing figures", FIGURE_COLUMNS);

static int send_figure(struct copy_in *copy, const struct settle_plan *plan,
                       const struct incident *incident, const struct figure *figure,
                       struct error *err)
{
    const struct claim_place *place =
        figure->chosen_claim ? find_claim(plan, figure->chosen_claim) : NULL;
    struct chosen chosen = {0};
    if (place) {
        chosen.report_id = place->event->report_id;
        chosen.who = place->claim->claimant.len ? place->claim->claimant : place->event->outlet;
    }
    const void *const parts[] = {incident, figure, &chosen};
    return copy_table_row(copy, &FIGURES, parts, err);
}

int settle_stage_figures(struct store *store, const struct settle_plan *plan, struct error *err)
{
    struct copy_in copy;
    if (copy_table_start(store, &copy, &FIGURES, err) < 0)
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

static const struct copy_column FIGURE_CLAIM_COLUMNS[] = {
    COLUMN("region_id", INCIDENT, struct incident, region_id),
    COLUMN("incident_id", INCIDENT, struct incident, incident_id),
    COLUMN("field", FIGURE, struct figure, measure.field),
    COLUMN("part", FIGURE, struct figure, measure.part),
    COLUMN("claim_id", PLACE, struct claim_place, claim_id),
    COLUMN("event_id", PLACE_EVENT, struct event_row, event_id),
    COLUMN("report_id", PLACE_EVENT, struct event_row, report_id),
};
static const struct copy_table FIGURE_CLAIMS =
    COPY_TABLE("pg_temp.new_figure_claim", "storing figures", FIGURE_CLAIM_COLUMNS);

static int send_figure_claims(struct copy_in *copy, const struct settle_plan *plan,
                              const struct incident *incident, const struct figure *figure,
                              struct error *err)
{
    for (size_t c = 0; c < figure->n_claim_ids; c++) {
        const struct claim_place *place = find_claim(plan, figure->claim_ids[c]);
        /* Ids that are no claims of this cell have nothing to point at. */
        if (!place || (c && figure->claim_ids[c] == figure->claim_ids[c - 1]))
            continue;
        const void *const parts[] = {incident, figure, place, place->event};
        if (copy_table_row(copy, &FIGURE_CLAIMS, parts, err) < 0)
            return -1;
    }
    return 0;
}

int settle_stage_figure_claims(struct store *store, const struct settle_plan *plan,
                               struct error *err)
{
    struct copy_in copy;
    if (copy_table_start(store, &copy, &FIGURE_CLAIMS, err) < 0)
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

static const struct copy_column STEP_COLUMNS[] = {
    COLUMN("region_id", INCIDENT, struct incident, region_id),
    COLUMN("incident_id", INCIDENT, struct incident, incident_id),
    COLUMN("field", STEP, struct toll_step, measure.field),
    COLUMN("part", STEP, struct toll_step, measure.part),
    COLUMN_AS(COPY_INSTANT, "said_at", STEP, struct toll_step, said),
    COLUMN_OR_NULL("low", STEP, struct toll_step, low, COUNT_OPEN),
    COLUMN_OR_NULL("best", STEP, struct toll_step, best, COUNT_OPEN),
    COLUMN_OR_NULL("high", STEP, struct toll_step, high, COUNT_OPEN),
    COLUMN_OR_NULL("claim_id", STEP, struct toll_step, chosen_claim, 0),
    COLUMN_NAMED("state", STEP, struct toll_step, state, figure_state_names),
    COLUMN("rule", STEP, struct toll_step, rule),
};
static const struct copy_table STEPS =
    COPY_TABLE("pg_temp.new_step", "storing timelines", STEP_COLUMNS);

static int send_steps(struct copy_in *copy, const struct incident *incident,
                      const struct toll_step *steps, size_t n, struct error *err)
{
    for (size_t i = 0; i < n; i++) {
        const void *const parts[] = {incident, &steps[i]};
        if (copy_table_row(copy, &STEPS, parts, err) < 0)
            return -1;
    }
    return 0;
}

int settle_stage_steps(struct store *store, const struct settle_plan *plan, struct error *err)
{
    struct copy_in copy;
    if (copy_table_start(store, &copy, &STEPS, err) < 0)
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
