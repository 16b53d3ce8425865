#include "store/recall.h"

#include <stdio.h>
#include <stdlib.h>

#include "extract/event.h"
#include "store/settle_rows.h"

static const char WHAT[] = "looking up";
#define LIST_CAP ((size_t)256 << 20)

int store_recall_begin(struct store *store, struct arena *arena, struct error *err)
{
    store->settle.arena = arena;
    if (connection_ensure(store, err) < 0)
        return -1;
    return statement_run(store, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", WHAT, err);
}

void store_recall_end(struct store *store)
{
    store_settle_abandon(store);
}

int store_recall_countries(struct store *store, struct arena *arena, const char *only,
                           struct slice **out, size_t *n, struct error *err)
{
    PGresult *rows;
    const char *const params[] = {only};
    if (statement_query(store,
                        "SELECT country FROM tracker.cell"
                        " WHERE $1::text IS NULL OR country = upper($1) ORDER BY country",
                        1, params, &rows, NULL, WHAT, err) < 0)
        return -1;
    *n = (size_t)PQntuples(rows);
    *out = ARENA_ARRAY(arena, struct slice, *n);
    int rc = *out ? 0 : arena_full(arena, err);
    for (size_t i = 0; rc == 0 && i < *n; i++)
        rc = row_keep(arena, rows, (int)i, 0, &(*out)[i], err);
    PQclear(rows);
    return rc;
}

int store_recall_cell(struct store *store, struct slice country, instant until,
                      struct settle_cell *cell, struct error *err)
{
    PGresult *rows;
    char moment[24];
    snprintf(moment, sizeof moment, "%lld", (long long)until);
    const char *const key[] = {country.ptr};
    *cell = (struct settle_cell){.country = country};
    if (statement_query(store,
                        "SELECT c.region_id, coalesce(array_agg(r.region_id)"
                        "     FILTER (WHERE r.region_id IS NOT NULL), '{}')"
                        " FROM tracker.cell c LEFT JOIN tracker.region r ON r.country = c.country"
                        " WHERE c.country = $1 GROUP BY c.region_id",
                        1, key, &rows, NULL, WHAT, err) < 0)
        return -1;
    if (PQntuples(rows) == 0) {
        PQclear(rows);
        return 0;
    }
    const char *const params[] = {PQgetvalue(rows, 0, 1), country.ptr,
                                  until == INSTANT_NONE ? NULL : moment, NULL};
    int rc = settle_load_events(store, params, cell, err);
    if (rc == 0)
        rc = settle_load_decisions(store, PQgetvalue(rows, 0, 0), cell, err);
    if (rc == 0)
        rc = settle_load_former(store, params, cell, err);
    PQclear(rows);
    return rc;
}

int store_recall_find(struct store *store, struct arena *arena, const char *name,
                      struct found_incident *out, struct error *err)
{
    PGresult *rows;
    const char *const params[] = {name};
    if (statement_query(
            store,
            "SELECT i.incident_id, i.country, f.moved, i.retired_at IS NOT NULL FROM ("
            " SELECT strikes.resolve_incident(g.id) AS id, 1 AS way,"
            "     strikes.resolve_incident(g.id) <> g.id AS moved"
            " FROM (SELECT CASE WHEN $1::text ~ '^[0-9]{1,18}$' OR ($1::text ~ '^[0-9]{19}$'"
            "     AND $1::text COLLATE \"C\" <= '9223372036854775807') THEN $1::text::bigint END"
            "     AS id) g WHERE g.id IS NOT NULL"
            " UNION ALL SELECT * FROM (SELECT n.incident_id, 2, false"
            "     FROM tracker.report_ref f JOIN tracker.report r ON r.report_id = f.report_id"
            "     CROSS JOIN LATERAL unnest(r.event_ids) WITH ORDINALITY u (event_id, rank)"
            "     JOIN tracker.incident_event n ON n.event_id = u.event_id"
            "     JOIN tracker.incident i ON i.region_id = n.region_id"
            "         AND i.incident_id = n.incident_id AND i.retired_at IS NULL"
            "     WHERE f.ref IN ($1, CASE WHEN $1 LIKE 'report:%' THEN substr($1, 8) END)"
            "     ORDER BY u.rank, f.report_id LIMIT 1) r) f"
            " JOIN tracker.incident i ON i.incident_id = f.id"
            " ORDER BY f.way, i.retired_at IS NOT NULL, i.last_changed_at DESC LIMIT 1",
            1, params, &rows, NULL, WHAT, err) < 0)
        return -1;
    int found = PQntuples(rows);
    *out = (struct found_incident){0};
    int rc = 0;
    if (found) {
        out->incident_id = row_int(rows, 0, 0);
        out->moved = row_bool(rows, 0, 2);
        out->retired = row_bool(rows, 0, 3);
        rc = row_keep(arena, rows, 0, 1, &out->country, err);
    }
    PQclear(rows);
    return rc < 0 ? -1 : found;
}

/* ---- one incident as it is stored ---- */

static uint8_t name_index(struct slice name, const char *const *names, int n)
{
    int i = 0;
    while (i + 1 < n && !slice_is(name, names[i]))
        i++;
    return (uint8_t)i;
}

static int read_incident(struct arena *arena, const PGresult *rows, struct incident *out,
                         struct error *err)
{
    struct slice *const texts[] = {&out->place_name, &out->place_key, &out->country,
                                   &out->adm1,       &out->adm1_code, &out->zone};
    *out = (struct incident){
        .incident_id = row_int(rows, 0, 0),
        .parent_id = row_int_or(rows, 0, 1, 0),
        .region_id = row_int(rows, 0, 2),
        .scope = name_index(row_slice(rows, 0, 3), event_scope_names, EVENT_SCOPES),
        .in_totals = row_bool(rows, 0, 4),
        .place_precision = name_index(row_slice(rows, 0, 5), place_precision_names, PRECISIONS),
        .local_date = (day_number)row_int_or(rows, 0, 6, DAY_NONE),
        .date_precision = name_index(row_slice(rows, 0, 7), when_precision_names, WHEN_PRECISIONS),
        .grading = (enum grading)name_index(row_slice(rows, 0, 8), grading_names, GRADINGS),
        .n_reports = (uint32_t)row_int(rows, 0, 9),
        .n_independent = (uint32_t)row_int(rows, 0, 10),
    };
    for (int i = 0; i < 6; i++)
        if (row_keep(arena, rows, 0, 11 + i, texts[i], err))
            return -1;
    return 0;
}

static int read_claim_ids(struct arena *arena, struct slice list, struct figure *out,
                          struct error *err)
{
    const char *at = list.ptr;
    out->claim_ids = ARENA_ARRAY(arena, int64_t, list.len);
    if (!out->claim_ids)
        return arena_full(arena, err);
    while (at && *at) {
        char *end;
        long long id = strtoll(at, &end, 10);
        if (end != at)
            out->claim_ids[out->n_claim_ids++] = id;
        at = end == at ? at + 1 : end;
    }
    return 0;
}

static int read_figures(struct arena *arena, const PGresult *rows, struct incident *out,
                        struct error *err)
{
    out->n_figures = (size_t)PQntuples(rows);
    out->figures = ARENA_ARRAY(arena, struct figure, out->n_figures);
    if (!out->figures)
        return arena_full(arena, err);
    for (int i = 0; i < PQntuples(rows); i++) {
        struct figure *figure = &out->figures[i];
        *figure = (struct figure){
            .low = row_int_or(rows, i, 3, COUNT_OPEN),
            .best = row_int_or(rows, i, 4, COUNT_OPEN),
            .high = row_int_or(rows, i, 5, COUNT_OPEN),
            .state = (enum figure_state)name_index(row_slice(rows, i, 6), figure_state_names,
                                                   FIGURE_STATES),
            .in_totals = row_bool(rows, i, 7),
            .chosen_claim = row_int_or(rows, i, 8, 0),
        };
        if (row_keep(arena, rows, i, 0, &figure->measure.field, err) ||
            row_keep(arena, rows, i, 1, &figure->measure.part, err) ||
            row_keep(arena, rows, i, 2, &figure->rule, err) ||
            read_claim_ids(arena, row_slice(rows, i, 9), figure, err))
            return -1;
    }
    return 0;
}

static int load_members(struct store *store, const char *id, struct settle_cell *cell,
                        struct incident *incident, struct error *err)
{
    PGresult *rows;
    const char *const key[] = {id};
    if (statement_query(store,
                        "SELECT coalesce(array_agg(DISTINCT n.event_region_id), '{}'),"
                        " coalesce(array_agg(n.event_id), '{}'), min(i.country)"
                        " FROM tracker.incident i JOIN tracker.incident_event n"
                        "     ON n.region_id = i.region_id AND n.incident_id = i.incident_id"
                        " WHERE i.incident_id = $1::bigint AND i.retired_at IS NULL",
                        1, key, &rows, NULL, WHAT, err) < 0)
        return -1;
    const char *const params[] = {PQgetvalue(rows, 0, 0), PQgetvalue(rows, 0, 2), NULL,
                                  PQgetvalue(rows, 0, 1)};
    int rc = settle_load_events(store, params, cell, err);
    PQclear(rows);
    if (rc < 0)
        return -1;
    incident->n_events = cell->n_events;
    incident->events = ARENA_ARRAY(store->settle.arena, size_t, cell->n_events);
    if (!incident->events)
        return arena_full(store->settle.arena, err);
    for (size_t i = 0; i < cell->n_events; i++)
        incident->events[i] = i;
    return 0;
}

int store_recall_incident(struct store *store, int64_t incident_id, struct settle_cell *cell,
                          struct incident *incident, struct error *err)
{
    PGresult *rows;
    char id[24];
    struct arena *arena = store->settle.arena;
    snprintf(id, sizeof id, "%lld", (long long)incident_id);
    const char *const params[] = {id};
    *cell = (struct settle_cell){0};
    if (statement_query(store,
                        "SELECT incident_id, parent_id, region_id, scope, in_totals,"
                        " place_precision, local_date - date '1970-01-01', date_precision, grading,"
                        " n_reports, n_independent, place_name, place_key, country, adm1,"
                        " adm1_code, zone FROM tracker.incident WHERE incident_id = $1::bigint"
                        " AND retired_at IS NULL",
                        1, params, &rows, NULL, WHAT, err) < 0)
        return -1;
    int rc = PQntuples(rows) ? read_incident(arena, rows, incident, err)
                             : error_set(err, ERROR_DATABASE, "incident %s is gone", id);
    PQclear(rows);
    if (rc < 0 ||
        statement_query(store,
                        "SELECT field, part, rule, low, best, high, state, in_totals, chosen_claim,"
                        " (SELECT coalesce(array_agg(c.claim_id), '{}') FROM tracker.figure_claim c"
                        "     WHERE c.region_id = f.region_id AND c.incident_id = f.incident_id"
                        "     AND c.field = f.field AND c.part = f.part)"
                        " FROM tracker.figure f WHERE incident_id = $1::bigint"
                        " ORDER BY field, part",
                        1, params, &rows, NULL, WHAT, err) < 0)
        return -1;
    rc = read_figures(arena, rows, incident, err);
    PQclear(rows);
    return rc < 0 ? -1 : load_members(store, id, cell, incident, err);
}

/* ---- where claims stand ---- */

static int report_list(const struct settle_cell *cell, struct buffer *out, struct error *err)
{
    buffer_init(out, LIST_CAP);
    for (size_t i = 0; i < cell->n_events; i++)
        buffer_format(out, "%c%lld", i ? ',' : '{', (long long)cell->events[i].report_id);
    buffer_add_text(out, cell->n_events ? "}" : "{}");
    buffer_add_char(out, '\0');
    return buffer_check(out, err);
}

static int sources_query(struct store *store, struct arena *arena, const struct settle_cell *cell,
                         const char *sql, struct claim_source **out, size_t *n, struct error *err)
{
    PGresult *rows;
    struct buffer reports;
    if (report_list(cell, &reports, err)) {
        buffer_free(&reports);
        return -1;
    }
    const char *const params[] = {reports.ptr};
    int rc = statement_query(store, sql, 1, params, &rows, NULL, WHAT, err);
    buffer_free(&reports);
    if (rc < 0)
        return -1;
    *n = (size_t)PQntuples(rows);
    *out = ARENA_ARRAY(arena, struct claim_source, *n);
    if (!*out)
        rc = arena_full(arena, err);
    for (int i = 0; rc == 0 && i < (int)*n; i++) {
        struct claim_source *source = &(*out)[i];
        struct slice *const texts[] = {&source->report_ref, &source->url,  &source->outlet,
                                       &source->rule,       &source->text, &source->sentence};
        source->claim_id = row_int(rows, i, 0);
        source->report_id = row_int(rows, i, 1);
        source->span_start = row_int_or(rows, i, 8, 0);
        source->span_end = row_int_or(rows, i, 9, 0);
        for (int k = 0; rc == 0 && k < 6; k++)
            rc = row_keep(arena, rows, i, 2 + k, texts[k], err);
    }
    PQclear(rows);
    return rc;
}

int store_recall_claims(struct store *store, struct arena *arena, const struct settle_cell *cell,
                        struct claim_source **out, size_t *n, struct error *err)
{
    return sources_query(store, arena, cell,
                         "SELECT c.claim_id, r.report_id, r.ref, r.url, r.outlet, c.rule, c.text,"
                         " c.sentence, c.span_start, c.span_end"
                         " FROM tracker.report r JOIN tracker.claim c"
                         "     ON c.report_id = r.report_id AND c.reading_id = r.reading_id"
                         " WHERE r.report_id = ANY ($1::bigint[]) ORDER BY c.claim_id",
                         out, n, err);
}

int store_recall_reports(struct store *store, struct arena *arena, const struct settle_cell *cell,
                         struct claim_source **out, size_t *n, struct error *err)
{
    return sources_query(store, arena, cell,
                         "SELECT 0, report_id, ref, url, outlet, NULL, text, NULL, NULL, NULL"
                         " FROM tracker.report WHERE report_id = ANY ($1::bigint[])"
                         " ORDER BY report_id",
                         out, n, err);
}
