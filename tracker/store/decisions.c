#include "store/decisions.h"

#include <stdio.h>

#include "extract/place.h"
#include "store/settle_rows.h"

static const char WHAT[] = "deciding";

/* A refusal in the database's words is the user's to read, without ours around it. */
static int refine(struct error *err)
{
    static const char PREFIX[] = "deciding: ";
    if (err && strncmp(err->text, PREFIX, sizeof PREFIX - 1) == 0)
        memmove(err->text, err->text + sizeof PREFIX - 1,
                strlen(err->text + sizeof PREFIX - 1) + 1);
    return -1;
}

static const char *place_text(struct arena *arena, struct slice text)
{
    return text.len ? arena_copy(arena, text).ptr : NULL;
}

static const char *coordinate(struct arena *arena, int32_t value)
{
    return value == PLACE_NO_COORDINATE ? NULL : arena_format(arena, "%d", value).ptr;
}

/* Calls tracker.decide; *id and *region are texts in `arena`. */
static int record(struct store *store, struct arena *arena, const struct decision_request *request,
                  struct slice *id, struct slice *region, bool *is_new, struct error *err)
{
    PGresult *rows;
    const struct decided_place *place = request->place;
    const char *params[13] = {decision_kind_names[request->kind], request->a, request->b,
                              request->who, request->why};
    if (place) {
        params[5] = place_text(arena, place->key);
        params[6] = place_text(arena, place->name);
        params[7] = place_text(arena, place->adm1);
        params[8] = place_text(arena, place->adm1_code);
        params[9] = place_text(arena, place->zone);
        params[10] = place_precision_names[place->precision];
        params[11] = coordinate(arena, place->lat);
        params[12] = coordinate(arena, place->lon);
    }
    if (statement_query(store,
                        "SELECT decision_id, region_id, is_new FROM tracker.decide($1, $2, $3, $4,"
                        " $5, $6, $7, $8, $9, $10, $11, $12::int, $13::int)",
                        13, params, &rows, NULL, WHAT, err) < 0)
        return -1;
    *id = arena_copy(arena, row_slice(rows, 0, 0));
    *region = arena_copy(arena, row_slice(rows, 0, 1));
    *is_new = row_bool(rows, 0, 2);
    PQclear(rows);
    return id->ptr && region->ptr ? 0 : arena_full(arena, err);
}

static int decide(struct store *store, struct arena *arena, const struct decision_request *request,
                  struct settle_cell *cell, int64_t *decision_id, bool *is_new, struct error *err)
{
    struct slice id, region;
    *cell = (struct settle_cell){0};
    store->settle.arena = arena;
    if (connection_ensure(store, err) < 0 || statement_run(store, "BEGIN", WHAT, err) < 0 ||
        record(store, arena, request, &id, &region, is_new, err) < 0)
        return -1;
    /* Of two contradictory decisions at once, the second waits here, and then sees the first. */
    const char *const params[] = {region.ptr};
    if (statement_query(store, "SELECT FROM tracker.cell WHERE region_id = $1::bigint FOR UPDATE",
                        1, params, NULL, NULL, WHAT, err) < 0 ||
        settle_load_decisions(store, region.ptr, cell, err) < 0)
        return -1;
    *decision_id = 0;
    for (size_t i = 0; i < id.len; i++)
        *decision_id = *decision_id * 10 + (id.ptr[i] - '0');
    return 0;
}

int store_decide(struct store *store, struct arena *arena, const struct decision_request *request,
                 struct settle_cell *cell, int64_t *decision_id, bool *is_new, struct error *err)
{
    if (decide(store, arena, request, cell, decision_id, is_new, err) == 0)
        return 0;
    store_settle_abandon(store);
    return refine(err);
}

int store_decide_finish(struct store *store, struct error *err)
{
    int rc = statement_run(store, "COMMIT", WHAT, err);
    store_settle_abandon(store);
    return rc;
}

int store_retract(struct store *store, const char *id, const char *who, const char *why,
                  struct error *err)
{
    const char *const params[] = {id, who, why};
    if (connection_ensure(store, err) < 0 ||
        statement_query(store, "SELECT tracker.retract($1, $2, $3)", 3, params, NULL, NULL, WHAT,
                        err) < 0)
        return refine(err);
    return 0;
}

int store_operand_country(struct store *store, struct arena *arena, const char *operand,
                          struct slice *out, struct error *err)
{
    PGresult *rows;
    const char *const params[] = {operand};
    if (connection_ensure(store, err) < 0 ||
        statement_query(store, "SELECT min(country) FROM tracker.decision_operand($1)", 1, params,
                        &rows, NULL, WHAT, err) < 0)
        return refine(err);
    *out = row_is_null(rows, 0, 0) ? SLICE_NONE : arena_copy(arena, row_slice(rows, 0, 0));
    PQclear(rows);
    return 0;
}

static int read_decisions(struct arena *arena, const PGresult *rows, struct shown_decision *out,
                          struct error *err)
{
    for (int i = 0; i < PQntuples(rows); i++) {
        struct shown_decision *row = &out[i];
        struct slice *const texts[] = {&row->decision_id, &row->kind,   &row->a,
                                       &row->b,           &row->who,    &row->why,
                                       &row->recorded_at, &row->status, &row->refused_path};
        for (int k = 0; k < (int)(sizeof texts / sizeof *texts); k++) {
            struct slice value = row_slice(rows, i, k);
            *texts[k] = value.ptr ? arena_copy(arena, value) : SLICE_NONE;
            if (value.ptr && !texts[k]->ptr)
                return arena_full(arena, err);
        }
    }
    return 0;
}

int store_list_decisions(struct store *store, struct arena *arena, const int64_t *ids, size_t n_ids,
                         struct shown_decision **out, size_t *n_out, struct error *err)
{
    PGresult *rows;
    struct buffer list;
    buffer_init(&list, (size_t)64 << 20);
    buffer_add_char(&list, '{');
    for (size_t i = 0; i < n_ids; i++)
        buffer_format(&list, "%s%lld", i ? "," : "", (long long)ids[i]);
    buffer_add_char(&list, '}');
    buffer_add_char(&list, '\0');
    const char *const params[] = {n_ids ? list.ptr : NULL};
    int rc = buffer_check(&list, err);
    if (rc == 0)
        rc = connection_ensure(store, err);
    if (rc == 0)
        rc = statement_query(store,
                             "SELECT decision_id, kind, a, b, who, why,"
                             " to_char(recorded_at, 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), status,"
                             " refused_path FROM strikes.decisions d"
                             " LEFT JOIN LATERAL (SELECT array_position($1::bigint[],"
                             "     d.decision_id) AS at) p ON true"
                             " WHERE $1::bigint[] IS NULL OR p.at IS NOT NULL"
                             " ORDER BY p.at, d.recorded_at, d.decision_id",
                             1, params, &rows, NULL, "listing decisions", err);
    buffer_free(&list);
    if (rc < 0)
        return -1;
    *n_out = (size_t)PQntuples(rows);
    *out = ARENA_ARRAY(arena, struct shown_decision, *n_out);
    rc = *out ? read_decisions(arena, rows, *out, err) : arena_full(arena, err);
    PQclear(rows);
    return rc;
}
