/*
 * Writing what reconciliation made of a cell: only incidents that changed go to the server, into
 * staging, and one statement a table merges them. Revisions are found before the figures change.
 */
#include <stdlib.h>

#include "reconcile/links.h"
#include "store/settle_rows.h"

/* One step of the merge: a statement and the count its rows go to. */
struct merge_step {
    const char *sql;
    size_t count; /* offset in struct change_counts, or NOT_COUNTED */
    const char *what;
};
#define NOT_COUNTED SIZE_MAX
#define COUNT_OF(member) offsetof(struct change_counts, member)

/* In this order: revisions compare new figures with those still stored; incidents come before their
 * figures and leave after them. */
static const struct merge_step MERGE[] = {
    {"INSERT INTO tracker.region (region_id, country)"
     " SELECT DISTINCT region_id, country FROM pg_temp.new_incident"
     " ORDER BY region_id, country ON CONFLICT DO NOTHING",
     NOT_COUNTED, "storing regions"},
    {"INSERT INTO tracker.incident_revision (region_id, incident_id, field, part, old_low,"
     " old_best, old_high, old_state, old_in_totals, new_low, new_best, new_high, new_state,"
     " new_in_totals, rule, who, claim_id, report_id, recorded_at)"
     " SELECT coalesce(n.region_id, o.region_id), coalesce(n.incident_id, o.incident_id),"
     " coalesce(n.field, o.field), coalesce(n.part, o.part), o.low, o.best, o.high, o.state,"
     " o.in_totals, n.low, n.best, n.high, n.state, n.in_totals, n.rule, n.who, n.chosen_claim,"
     " n.report_id, (SELECT at FROM pg_temp.settle_clock)"
     " FROM pg_temp.new_figure n"
     " FULL JOIN (SELECT a.region_id, f.incident_id, f.field, f.part, f.low, f.best, f.high,"
     "     f.state, f.in_totals, f.rule, f.chosen_claim"
     "     FROM pg_temp.affected a JOIN tracker.figure f"
     "     ON f.region_id = a.old_region_id AND f.incident_id = a.incident_id) o"
     " ON o.region_id = n.region_id AND o.incident_id = n.incident_id AND o.field = n.field"
     "     AND o.part = n.part"
     " WHERE (o.low, o.best, o.high, o.state, o.in_totals, o.rule, o.chosen_claim)"
     "     IS DISTINCT FROM (n.low, n.best, n.high, n.state, n.in_totals, n.rule, n.chosen_claim)",
     COUNT_OF(revisions), "storing revisions"},
    /* What we said so far. */
    {"INSERT INTO tracker.incident_edition (region_id, incident_id, parent_id, start_at, end_at,"
     " first_reported_at, last_changed_at, superseded_at, retired_at, lat_e5, lon_e5, local_date,"
     " n_reports, n_independent, in_totals, scope, country, place_precision, date_precision,"
     " grading, place_key, place_name, adm1, adm1_code, zone, sources)"
     " SELECT i.region_id, i.incident_id, i.parent_id, i.start_at, i.end_at, i.first_reported_at,"
     " i.last_changed_at, clock.at, i.retired_at, i.lat_e5, i.lon_e5, i.local_date, i.n_reports,"
     " i.n_independent, i.in_totals, i.scope, i.country, i.place_precision, i.date_precision,"
     " i.grading, i.place_key, i.place_name, i.adm1, i.adm1_code, i.zone, i.sources"
     " FROM pg_temp.affected a JOIN tracker.incident i"
     "     ON i.region_id IN (a.old_region_id, a.region_id) AND i.incident_id = a.incident_id"
     " LEFT JOIN pg_temp.new_incident n"
     "     ON n.region_id = a.region_id AND n.incident_id = a.incident_id"
     " CROSS JOIN pg_temp.settle_clock clock"
     " WHERE (i.region_id, i.content, i.retired_at)"
     "     IS DISTINCT FROM (n.region_id, n.content, NULL::timestamptz) ON CONFLICT DO NOTHING",
     NOT_COUNTED, "keeping what was said"},
    {"INSERT INTO tracker.incident (region_id, incident_id, parent_id, content, start_at, end_at,"
     " first_reported_at, lat_e5, lon_e5, local_date, n_reports, n_independent, in_totals, scope,"
     " country, place_precision, date_precision, grading, place_key, place_name, adm1, adm1_code,"
     " zone, sources, recorded_at, last_changed_at)"
     " SELECT region_id, incident_id, parent_id, content, start_at, end_at, first_reported_at,"
     " lat_e5, lon_e5, local_date, n_reports, n_independent, in_totals, scope, country,"
     " place_precision, date_precision, grading, place_key, place_name, adm1, adm1_code, zone,"
     " sources, clock.at, clock.at FROM pg_temp.new_incident CROSS JOIN pg_temp.settle_clock clock"
     " ORDER BY region_id, incident_id"
     " ON CONFLICT (region_id, incident_id) DO UPDATE SET parent_id = excluded.parent_id,"
     " content = excluded.content, start_at = excluded.start_at, end_at = excluded.end_at,"
     " first_reported_at = excluded.first_reported_at, lat_e5 = excluded.lat_e5,"
     " lon_e5 = excluded.lon_e5, local_date = excluded.local_date,"
     " n_reports = excluded.n_reports, n_independent = excluded.n_independent,"
     " in_totals = excluded.in_totals, scope = excluded.scope, country = excluded.country,"
     " place_precision = excluded.place_precision, date_precision = excluded.date_precision,"
     " grading = excluded.grading, place_key = excluded.place_key,"
     " place_name = excluded.place_name, adm1 = excluded.adm1, adm1_code = excluded.adm1_code,"
     " zone = excluded.zone, sources = excluded.sources,"
     " last_changed_at = excluded.last_changed_at, retired_at = NULL, former_events = NULL"
     " WHERE incident.content <> excluded.content OR incident.retired_at IS NOT NULL",
     COUNT_OF(incidents), "storing incidents"},
    {"UPDATE tracker.incident i SET retired_at = clock.at, last_changed_at = clock.at,"
     " former_events = ARRAY(SELECT n.event_id FROM tracker.incident_event n"
     "     WHERE n.region_id = i.region_id AND n.incident_id = i.incident_id ORDER BY 1)"
     " FROM pg_temp.affected a, pg_temp.settle_clock clock"
     " WHERE a.retired AND i.region_id = a.region_id AND i.incident_id = a.incident_id",
     COUNT_OF(incidents), "retiring incidents"},
    /* An incident whose best known place changed keeps the day it was first recorded. */
    {"UPDATE tracker.incident i SET recorded_at = o.recorded_at"
     " FROM pg_temp.affected a JOIN tracker.incident o"
     "     ON o.region_id = a.old_region_id AND o.incident_id = a.incident_id"
     " WHERE a.old_region_id <> a.region_id AND i.region_id = a.region_id"
     "     AND i.incident_id = a.incident_id",
     NOT_COUNTED, "moving incidents"},
    {"INSERT INTO tracker.figure (region_id, incident_id, field, part, low, best, high,"
     " chosen_claim, in_totals, state, rule)"
     " SELECT region_id, incident_id, field, part, low, best, high, chosen_claim, in_totals,"
     " state, rule FROM pg_temp.new_figure ORDER BY region_id, incident_id, field, part"
     " ON CONFLICT (region_id, incident_id, field, part) DO UPDATE SET low = excluded.low,"
     " best = excluded.best, high = excluded.high, chosen_claim = excluded.chosen_claim,"
     " in_totals = excluded.in_totals, state = excluded.state, rule = excluded.rule"
     " WHERE (figure.low, figure.best, figure.high, figure.chosen_claim, figure.in_totals,"
     "     figure.state, figure.rule) IS DISTINCT FROM (excluded.low, excluded.best,"
     "     excluded.high, excluded.chosen_claim, excluded.in_totals, excluded.state,"
     "     excluded.rule)",
     COUNT_OF(figures), "storing figures"},
    {"DELETE FROM tracker.figure f USING pg_temp.affected a"
     " WHERE f.region_id = a.old_region_id AND f.incident_id = a.incident_id"
     " AND NOT EXISTS (SELECT FROM pg_temp.new_figure n WHERE n.region_id = f.region_id"
     "     AND n.incident_id = f.incident_id AND n.field = f.field AND n.part = f.part)",
     COUNT_OF(figures), "storing figures"},
    {"INSERT INTO tracker.figure_claim (region_id, incident_id, field, part, claim_id, event_id,"
     " report_id) SELECT region_id, incident_id, field, part, claim_id, event_id, report_id"
     " FROM pg_temp.new_figure_claim ORDER BY region_id, incident_id, field, part, claim_id"
     " ON CONFLICT (region_id, incident_id, field, part, claim_id) DO UPDATE"
     " SET event_id = excluded.event_id, report_id = excluded.report_id"
     " WHERE (figure_claim.event_id, figure_claim.report_id)"
     "     IS DISTINCT FROM (excluded.event_id, excluded.report_id)",
     COUNT_OF(others), "storing figures"},
    {"DELETE FROM tracker.figure_claim f USING pg_temp.affected a"
     " WHERE f.region_id = a.old_region_id AND f.incident_id = a.incident_id"
     " AND NOT EXISTS (SELECT FROM pg_temp.new_figure_claim n WHERE n.region_id = f.region_id"
     "     AND n.incident_id = f.incident_id AND n.field = f.field AND n.part = f.part"
     "     AND n.claim_id = f.claim_id)",
     COUNT_OF(others), "storing figures"},
    {"INSERT INTO tracker.toll_step (region_id, incident_id, field, part, said_at, low, best,"
     " high, claim_id, state, rule) SELECT region_id, incident_id, field, part, said_at, low, best,"
     " high, claim_id, state, rule FROM pg_temp.new_step"
     " ORDER BY region_id, incident_id, field, part, said_at"
     " ON CONFLICT (region_id, incident_id, field, part, said_at) DO UPDATE SET"
     " low = excluded.low, best = excluded.best, high = excluded.high,"
     " claim_id = excluded.claim_id, state = excluded.state, rule = excluded.rule"
     " WHERE (toll_step.low, toll_step.best, toll_step.high, toll_step.claim_id, toll_step.state,"
     "     toll_step.rule) IS DISTINCT FROM (excluded.low, excluded.best, excluded.high,"
     "     excluded.claim_id, excluded.state, excluded.rule)",
     COUNT_OF(others), "storing timelines"},
    {"DELETE FROM tracker.toll_step s USING pg_temp.affected a"
     " WHERE s.region_id = a.old_region_id AND s.incident_id = a.incident_id"
     " AND NOT EXISTS (SELECT FROM pg_temp.new_step n WHERE n.region_id = s.region_id"
     "     AND n.incident_id = s.incident_id AND n.field = s.field AND n.part = s.part"
     "     AND n.said_at = s.said_at)",
     COUNT_OF(others), "storing timelines"},
    {"INSERT INTO tracker.incident_event (region_id, incident_id, event_id, event_region_id,"
     " report_id, rank, link) SELECT region_id, incident_id, event_id, event_region_id, report_id,"
     " rank, link FROM pg_temp.new_member"
     " ORDER BY region_id, incident_id, event_id"
     " ON CONFLICT (region_id, incident_id, event_id) DO UPDATE SET"
     " event_region_id = excluded.event_region_id, report_id = excluded.report_id,"
     " rank = excluded.rank, link = excluded.link"
     " WHERE (incident_event.event_region_id, incident_event.report_id, incident_event.rank,"
     "     incident_event.link) IS DISTINCT FROM (excluded.event_region_id, excluded.report_id,"
     "     excluded.rank, excluded.link)",
     COUNT_OF(others), "storing members"},
    {"DELETE FROM tracker.incident_event e USING pg_temp.affected a"
     " WHERE e.region_id = a.old_region_id AND e.incident_id = a.incident_id"
     " AND NOT EXISTS (SELECT FROM pg_temp.new_member n WHERE n.region_id = e.region_id"
     "     AND n.incident_id = e.incident_id AND n.event_id = e.event_id)",
     COUNT_OF(others), "storing members"},
    {"DELETE FROM tracker.incident i USING pg_temp.affected a"
     " WHERE a.old_region_id <> a.region_id AND i.region_id = a.old_region_id"
     " AND i.incident_id = a.incident_id",
     COUNT_OF(incidents), "moving incidents"},
};

/* Everything of an incident that is stored, ids included: reconciliation's own digest leaves out
 * what it cannot know yet. */
static int content_of(const struct settle_cell *cell, const struct incident *incident,
                      struct buffer *bytes, struct digest *out, struct error *err)
{
    buffer_clear(bytes);
    buffer_add(bytes, (const char *)incident->content.bytes, DIGEST_SIZE);
    buffer_format(bytes, "|%lld|%lld", (long long)incident->parent_id,
                  (long long)incident->region_id);
    for (size_t i = 0; i < incident->n_events; i++)
        buffer_format(bytes, "|%lld", (long long)cell->events[incident->events[i]].event_id);
    for (size_t i = 0; i < incident->n_figures; i++) {
        const struct figure *figure = &incident->figures[i];
        buffer_format(bytes, "/%lld", (long long)figure->chosen_claim);
        for (size_t c = 0; c < figure->n_claim_ids; c++)
            buffer_format(bytes, "|%lld", (long long)figure->claim_ids[c]);
    }
    if (buffer_check(bytes, err) < 0)
        return -1;
    *out = digest_bytes(bytes->ptr, bytes->len);
    return 0;
}

static int stored_compare(const void *key, const void *item)
{
    int64_t a = *(const int64_t *)key, b = ((const struct stored_incident *)item)->incident_id;
    return (a > b) - (a < b);
}

static int link_compare(const void *key, const void *item)
{
    int64_t a = *(const int64_t *)key, b = ((const struct stored_link *)item)->event_id;
    return (a > b) - (a < b);
}

/* Whether the links are those stored. They are no part of the content: an event may be judged
 * another way while nothing that is published of its incident changes. */
static bool links_stored(const struct settle_state *settle, const struct settle_cell *cell,
                         const struct incident *incident, const int32_t *links)
{
    for (size_t i = 0; i < incident->n_events; i++) {
        int64_t event_id = cell->events[incident->events[i]].event_id;
        const struct stored_link *stored = settle->n_links
                                               ? bsearch(&event_id, settle->links, settle->n_links,
                                                         sizeof *settle->links, link_compare)
                                               : NULL;
        if (!stored || stored->link != links[i])
            return false;
    }
    return true;
}

static int find_changed(struct store *store, const struct incident *incidents, size_t n_incidents,
                        struct settle_plan *plan, struct error *err)
{
    struct settle_state *settle = &store->settle;
    struct buffer bytes;
    struct arena scratch;
    int rc = 0;
    plan->changed = ARENA_ARRAY(settle->arena, struct changed_incident, n_incidents);
    if (!plan->changed)
        return arena_full(settle->arena, err);
    buffer_init(&bytes, (size_t)1 << 30);
    arena_init(&scratch, (size_t)1 << 30);
    for (size_t i = 0; rc == 0 && i < n_incidents; i++) {
        const struct incident *incident = &incidents[i];
        struct changed_incident *changed = &plan->changed[plan->n_changed];
        arena_reset(&scratch);
        rc = content_of(plan->cell, incident, &bytes, &changed->content, err) ||
                     incident_links(settle->arena, &scratch, plan->cell->weights,
                                    plan->cell->events, incident, &changed->links, err)
                 ? -1
                 : 0;
        struct stored_incident *stored = bsearch(&incident->incident_id, settle->stored,
                                                 settle->n_stored, sizeof *stored, stored_compare);
        if (stored)
            stored->seen = true;
        changed->incident = incident;
        changed->old_region_id = stored ? stored->region_id : incident->region_id;
        bool same = stored && stored->region_id == incident->region_id &&
                    memcmp(stored->content.bytes, changed->content.bytes, DIGEST_SIZE) == 0 &&
                    rc == 0 && links_stored(settle, plan->cell, incident, changed->links);
        plan->n_changed += store->rebuild || !same;
    }
    arena_free(&scratch);
    buffer_free(&bytes);
    return rc;
}

static int place_compare(const void *left, const void *right)
{
    const struct claim_place *a = left, *b = right;
    if (a->claim_id != b->claim_id)
        return a->claim_id < b->claim_id ? -1 : 1;
    return (a->event->event_id > b->event->event_id) - (a->event->event_id < b->event->event_id);
}

static int index_claims(struct store *store, struct settle_plan *plan, struct error *err)
{
    const struct settle_cell *cell = plan->cell;
    size_t n = 0;
    for (size_t i = 0; i < cell->n_events; i++)
        n += cell->events[i].n_claims;
    plan->places = ARENA_ARRAY(store->settle.arena, struct claim_place, n);
    if (!plan->places)
        return arena_full(store->settle.arena, err);
    for (size_t i = 0; i < cell->n_events; i++) {
        const struct event_row *event = &cell->events[i];
        for (size_t c = 0; c < event->n_claims; c++)
            plan->places[plan->n_places++] =
                (struct claim_place){event->claims[c].claim_id, event, &event->claims[c]};
    }
    qsort(plan->places, plan->n_places, sizeof *plan->places, place_compare);
    return 0;
}

static int write_incidents(struct store *store, struct settle_plan *plan,
                           struct change_counts *counts, struct error *err)
{
    if (index_claims(store, plan, err) < 0 || settle_stage_incidents(store, plan, err) < 0 ||
        settle_stage_affected(store, plan, err) < 0 || settle_stage_members(store, plan, err) < 0 ||
        settle_stage_figures(store, plan, err) < 0 ||
        settle_stage_figure_claims(store, plan, err) < 0 ||
        settle_stage_steps(store, plan, err) < 0 ||
        /* As late as can be: what was asked about a time before stays true. */
        statement_run(store, "INSERT INTO pg_temp.settle_clock SELECT clock_timestamp()",
                      "storing incidents", err) < 0)
        return -1;
    for (size_t i = 0; i < sizeof MERGE / sizeof *MERGE; i++) {
        int64_t rows = 0;
        if (statement_query(store, MERGE[i].sql, 0, NULL, NULL, &rows, MERGE[i].what, err) < 0)
            return -1;
        if (MERGE[i].count != NOT_COUNTED)
            *(int64_t *)((char *)counts + MERGE[i].count) += rows;
    }
    return 0;
}

static int write_redirects(struct store *store, const char *region_id,
                           const struct id_change *changes, size_t n_changes,
                           struct change_counts *counts, struct error *err)
{
    struct copy_in copy;
    if (n_changes == 0)
        return 0;
    if (copy_in_start(store, &copy, "COPY pg_temp.new_redirect (old_id, new_id, kind) FROM STDIN",
                      "storing redirects", err) < 0)
        return -1;
    for (size_t i = 0; i < n_changes; i++) {
        copy_int(&copy.row, changes[i].old_id);
        copy_int(&copy.row, changes[i].new_id);
        copy_text(&copy.row, changes[i].kind == ID_MERGED ? "merged" : "split");
        if (copy_in_row(&copy, err) < 0)
            return -1;
    }
    if (copy_in_finish(&copy, NULL, err) < 0)
        return -1;
    const char *const params[] = {region_id};
    return statement_query(store,
                           "INSERT INTO tracker.incident_redirect (region_id, old_id, new_id, kind)"
                           " SELECT $1::bigint, old_id, new_id, min(kind) FROM pg_temp.new_redirect"
                           " GROUP BY old_id, new_id ON CONFLICT DO NOTHING",
                           1, params, NULL, &counts->others, "storing redirects", err);
}

/* Marks the decisions that are refused, or find nothing any more; takes marks back. */
static int write_judgements(struct store *store, const struct settle_cell *cell,
                            const char *region_id, struct change_counts *counts, struct error *err)
{
    const char *const params[] = {region_id};
    if (cell->n_decisions == 0)
        return 0;
    if (settle_stage_judgements(store, cell, err) < 0)
        return -1;
    return statement_query(store,
                           "UPDATE tracker.decision d SET refused_path = n.path,"
                           " orphaned = n.orphaned FROM pg_temp.new_judgement n"
                           " WHERE d.region_id = $1::bigint AND d.decision_id = n.decision_id"
                           " AND (d.refused_path, d.orphaned)"
                           "     IS DISTINCT FROM (n.path, n.orphaned)",
                           1, params, NULL, &counts->others, "storing decisions", err);
}

/* With which weights the cell was settled: written only when they are others than before. */
static int note_weights(struct store *store, const char *cell_id, const struct weights *weights,
                        struct error *err)
{
    char digest[2 + 2 * DIGEST_SIZE + 1] = "\\x";
    struct digest of = weights_digest(weights);
    digest_hex(&of, digest + 2);
    const char *const params[] = {cell_id, digest};
    return statement_query(store,
                           "UPDATE tracker.cell SET weights = $2::bytea"
                           " WHERE region_id = $1::bigint AND weights IS DISTINCT FROM $2::bytea",
                           2, params, NULL, NULL, "finishing a cell", err);
}

static int finish(struct store *store, struct settle_plan *plan, const struct incident *incidents,
                  size_t n_incidents, const struct id_change *changes, size_t n_changes,
                  struct change_counts *counts, struct error *err)
{
    struct slice id = arena_format(store->settle.arena, "%lld", (long long)store->settle.region_id);
    if (!id.ptr)
        return arena_full(store->settle.arena, err);
    if (find_changed(store, incidents, n_incidents, plan, err) < 0)
        return -1;
    bool retires = false;
    for (size_t i = 0; i < store->settle.n_stored; i++)
        retires = retires || !store->settle.stored[i].seen;
    if ((plan->n_changed || retires) && write_incidents(store, plan, counts, err) < 0)
        return -1;
    if (write_redirects(store, id.ptr, changes, n_changes, counts, err) < 0 ||
        write_judgements(store, plan->cell, id.ptr, counts, err) < 0)
        return -1;
    if (plan->cell->weights && note_weights(store, id.ptr, plan->cell->weights, err) < 0)
        return -1;
    const char *const params[] = {id.ptr, store->settle.marks};
    if (statement_query(store,
                        "DELETE FROM tracker.cell_mark"
                        " WHERE region_id = $1::bigint AND mark = ANY ($2::bigint[])",
                        2, params, NULL, NULL, "finishing a cell", err) < 0)
        return -1;
    return statement_run(store, "COMMIT", "finishing a cell", err);
}

int store_settle_finish(struct store *store, const struct settle_cell *cell,
                        const struct incident *incidents, size_t n_incidents,
                        const struct id_change *changes, size_t n_changes,
                        struct change_counts *counts, struct error *err)
{
    struct settle_plan plan = {.cell = cell};
    struct change_counts changed = {0};
    int rc = finish(store, &plan, incidents, n_incidents, changes, n_changes, &changed, err);
    if (rc == 0)
        change_counts_add(counts, &changed);
    store_settle_abandon(store); /* after a commit there is nothing to roll back */
    return rc;
}
