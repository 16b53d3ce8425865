/*
 * Taking a dirty cell. Marks are read before events, so that a batch that commits in between is
 * either seen or keeps its mark: settling twice does no harm, settling too little would.
 */
#include <stdio.h>
#include <stdlib.h>

#include "extract/event.h"
#include "reconcile/links.h"
#include "store/settle_rows.h"

static const char WHAT[] = "loading events";

/* $1: seconds a cell must have been quiet, see store_set_quiet. */
#define DIRTY_CELL                                                                          \
    "SELECT c.region_id, c.country FROM tracker.cell c"                                     \
    " WHERE EXISTS (SELECT FROM tracker.cell_mark m WHERE m.region_id = c.region_id"        \
    "     HAVING count(*) > 0 AND ($1::int = 0"                                             \
    "         OR max(m.marked_at) <= clock_timestamp() - $1::int * interval '1 second'"     \
    "         OR min(m.marked_at) <= clock_timestamp() - $1::int * interval '10 seconds'))" \
    " ORDER BY c.region_id LIMIT 1 FOR UPDATE"
static const char TAKE[] = DIRTY_CELL " SKIP LOCKED";
static const char WAIT[] = DIRTY_CELL;
static const char MARKS[] =
    "SELECT array_agg(m.mark), (SELECT coalesce(array_agg(r.region_id), '{}')"
    "     FROM tracker.region r WHERE r.country = $2)"
    " FROM tracker.cell_mark m WHERE m.region_id = $1::bigint";

/* Instants travel as whole seconds. */
static const char EVENTS[] =
    "SELECT event_id, region_id, report_id, copy_family, rank, scope, place_name, place_key,"
    " country, adm1, adm1_code, zone, place_precision, lat_e5, lon_e5, population,"
    " extract(epoch FROM start_at)::bigint, extract(epoch FROM end_at)::bigint,"
    " local_date - date '1970-01-01', date_precision, extract(epoch FROM said_at)::bigint, outlet,"
    " when_phrase IS NULL AND local_date IS NOT NULL, words, sketch, former_killed,"
    " former_wounded"
    " FROM tracker.event WHERE region_id = ANY ($1::bigint[]) AND country = $2"
    " AND ($3::bigint IS NULL OR said_at IS NULL OR said_at <= to_timestamp($3::bigint))"
    " AND ($4::bigint[] IS NULL OR event_id = ANY ($4::bigint[]))"
    " ORDER BY event_id, region_id";
static const char CLAIMS[] =
    "SELECT event_id, region_id, claim_id, field, part, low, best, high, qualifier, claimant_rank,"
    " running_total, enemy, unverified, claimant, claimant_kind, claimant_party"
    " FROM tracker.event_claim WHERE region_id = ANY ($1::bigint[])"
    " AND ($2::bigint[] IS NULL OR event_id = ANY ($2::bigint[]))"
    " ORDER BY event_id, region_id";
/* Anchors find what they are about by its id, else by what it says: the likest event of the same
 * report, the same number of it. Whole reports are rejected in cell 0, for every country. */
static const char DECISIONS[] =
    "SELECT d.decision_id, d.kind, (extract(epoch FROM d.recorded_at) * 1000000)::bigint, a.side,"
    " a.report_id, coalesce(e.event_id, 0), coalesce(c.claim_id, 0), a.claim_id <> 0,"
    " a.event_id = 0, d.place_key, d.place_name, d.adm1, d.adm1_code, d.zone, d.place_precision,"
    " d.lat_e5, d.lon_e5"
    " FROM tracker.decision d"
    " JOIN tracker.decision_anchor a"
    "     ON a.region_id = d.region_id AND a.decision_id = d.decision_id"
    " LEFT JOIN LATERAL (SELECT v.event_id FROM tracker.report r"
    "     CROSS JOIN LATERAL unnest(r.event_regions, r.event_ids) u (region_id, event_id)"
    "     JOIN tracker.event v ON v.region_id = u.region_id AND v.event_id = u.event_id"
    "     CROSS JOIN LATERAL (SELECT CASE WHEN v.event_id = a.event_id THEN 1000 ELSE 0 END"
    "         + CASE WHEN v.sentence = a.sentence THEN 4 ELSE 0 END"
    "         + CASE WHEN v.place_key = a.place_key AND v.place_key <> '' THEN 2 ELSE 0 END"
    "         + CASE WHEN v.local_date = a.local_date THEN 1 ELSE 0 END"
    "         + 2 * (SELECT count(*) FROM tracker.event_claim k"
    "             WHERE k.region_id = v.region_id AND k.event_id = v.event_id"
    "             AND concat(k.field, '/', k.part, '=', k.best) = ANY (a.tolls)) AS likeness) l"
    "     WHERE r.report_id = a.report_id AND a.event_id <> 0 AND a.claim_id = 0"
    "         AND l.likeness > 1"
    "     ORDER BY l.likeness DESC, v.rank, v.event_id LIMIT 1) e ON true"
    " LEFT JOIN LATERAL (SELECT k.claim_id FROM tracker.report r"
    "     CROSS JOIN LATERAL unnest(r.event_regions, r.event_ids) u (region_id, event_id)"
    "     JOIN tracker.event_claim k ON k.region_id = u.region_id AND k.event_id = u.event_id"
    "     LEFT JOIN tracker.claim t ON t.report_id = r.report_id AND t.reading_id = r.reading_id"
    "         AND t.claim_id = k.claim_id"
    "     WHERE r.report_id = a.report_id AND a.claim_id <> 0 AND (k.claim_id = a.claim_id"
    "         OR (k.field, k.part, k.low, k.best, k.high)"
    "             IS NOT DISTINCT FROM (a.field, a.part, a.low, a.best, a.high))"
    "     ORDER BY k.claim_id = a.claim_id DESC, coalesce(t.sentence = a.sentence, false) DESC,"
    "         k.claim_id LIMIT 1) c ON true"
    " WHERE d.region_id IN ($1::bigint, 0) AND d.retracted_at IS NULL"
    " AND (d.region_id = $1::bigint OR a.event_id = 0)"
    " ORDER BY d.recorded_at, d.decision_id, a.side, a.rank, a.event_id, a.claim_id";
static const char STORED[] =
    "SELECT region_id, incident_id, content FROM tracker.incident"
    " WHERE region_id = ANY ($1::bigint[]) AND country = $2 AND retired_at IS NULL"
    " ORDER BY incident_id, region_id";
static const char FORMER[] =
    "SELECT n.event_id, n.incident_id, coalesce(n.report_id, 0), coalesce(n.rank, 0), i.place_key,"
    " false, n.link FROM tracker.incident_event n"
    " JOIN tracker.incident i ON i.region_id = n.region_id AND i.incident_id = n.incident_id"
    " WHERE n.region_id = ANY ($1::bigint[]) AND i.region_id = ANY ($1::bigint[])"
    " AND i.country = $2 AND i.retired_at IS NULL"
    " UNION ALL SELECT f.event_id, i.incident_id, 0, 0, '', true, NULL"
    " FROM tracker.incident i CROSS JOIN LATERAL unnest(i.former_events || 0::bigint) f (event_id)"
    " WHERE i.region_id = ANY ($1::bigint[]) AND i.country = $2 AND i.retired_at IS NOT NULL"
    " ORDER BY 1, 2";

/* The index of a name in one of the program's tables; `otherwise` for one of a newer program. */
static uint8_t index_of(struct slice name, const char *const *names, int n, int otherwise)
{
    for (int i = 0; i < n; i++) {
        if (slice_is(name, names[i]))
            return (uint8_t)i;
    }
    return (uint8_t)otherwise;
}

/* The numbers of an integer[], as batch_rows.c wrote them. */
static int read_numbers(struct arena *arena, struct slice text, uint32_t **numbers, size_t *n,
                        struct error *err)
{
    size_t most = text.len > 2;
    for (size_t i = 0; i < text.len; i++)
        most += text.ptr[i] == ',';
    *n = 0;
    *numbers = ARENA_ARRAY(arena, uint32_t, most);
    if (!*numbers)
        return arena_full(arena, err);
    for (size_t i = 1; i < text.len && *n < most; i++) {
        bool negative = text.ptr[i] == '-';
        uint32_t value = 0;
        for (i += negative; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
            value = value * 10 + (uint32_t)(text.ptr[i] - '0');
        (*numbers)[(*n)++] = negative ? 0 - value : value;
    }
    return 0;
}

static int read_event(struct arena *arena, const PGresult *rows, int i, struct event_row *event,
                      struct error *err)
{
    *event = (struct event_row){
        .event_id = row_int(rows, i, 0),
        .region_id = row_int(rows, i, 1),
        .stored_region_id = row_int(rows, i, 1),
        .report_id = row_int(rows, i, 2),
        .copy_family = row_int(rows, i, 3),
        .rank = (uint16_t)row_int(rows, i, 4),
        .scope = index_of(row_slice(rows, i, 5), event_scope_names, EVENT_SCOPES, SCOPE_SITE),
        .place_name = row_slice(rows, i, 6),
        .place_key = row_slice(rows, i, 7),
        .country = row_slice(rows, i, 8),
        .adm1 = row_slice(rows, i, 9),
        .adm1_code = row_slice(rows, i, 10),
        .zone = row_slice(rows, i, 11),
        .place_precision =
            index_of(row_slice(rows, i, 12), place_precision_names, PRECISIONS, PRECISION_UNKNOWN),
        .lat = (int32_t)row_int_or(rows, i, 13, PLACE_NO_COORDINATE),
        .lon = (int32_t)row_int_or(rows, i, 14, PLACE_NO_COORDINATE),
        .population = row_int(rows, i, 15),
        .start = row_int_or(rows, i, 16, INSTANT_NONE),
        .end = row_int_or(rows, i, 17, INSTANT_NONE),
        .local_date = (day_number)row_int_or(rows, i, 18, DAY_NONE),
        .date_precision =
            index_of(row_slice(rows, i, 19), when_precision_names, WHEN_PRECISIONS, WHEN_UNKNOWN),
        .said_at = row_int_or(rows, i, 20, INSTANT_NONE),
        .outlet = row_slice(rows, i, 21),
        .date_implied = row_bool(rows, i, 22),
        .former_killed = row_int_or(rows, i, 25, 0),
        .former_wounded = row_int_or(rows, i, 26, 0),
    };
    return read_numbers(arena, row_slice(rows, i, 23), &event->words, &event->n_words, err) ||
                   read_numbers(arena, row_slice(rows, i, 24), &event->sketch, &event->n_sketch,
                                err)
               ? -1
               : 0;
}

static void read_claim(const PGresult *rows, int i, struct event_claim *claim)
{
    *claim = (struct event_claim){
        .claim_id = row_int(rows, i, 2),
        .measure = {row_slice(rows, i, 3), row_slice(rows, i, 4)},
        .low = row_int_or(rows, i, 5, COUNT_OPEN),
        .best = row_int_or(rows, i, 6, COUNT_OPEN),
        .high = row_int_or(rows, i, 7, COUNT_OPEN),
        .qualifier = index_of(row_slice(rows, i, 8), qualifier_names, QUALIFIERS, QUALIFIER_EXACT),
        .rank = (uint8_t)row_int(rows, i, 9),
        .running_total = row_bool(rows, i, 10),
        .enemy = row_bool(rows, i, 11),
        .unverified = row_bool(rows, i, 12),
        .claimant = row_slice(rows, i, 13),
        .claimant_kind = row_slice(rows, i, 14),
        .party = row_slice(rows, i, 15),
    };
}

static int claim_compare(const void *left, const void *right)
{
    const struct event_claim *a = left, *b = right;
    int c = slice_compare(a->measure.field, b->measure.field);
    if (c == 0)
        c = slice_compare(a->measure.part, b->measure.part);
    return c ? c : (a->claim_id > b->claim_id) - (a->claim_id < b->claim_id);
}

/* Both results are sorted by event and region. A region may also hold events of another country:
 * their claims are passed over. */
static void join_claims(const PGresult *rows, struct event_claim *claims, struct settle_cell *cell)
{
    int row = 0, n = PQntuples(rows);
    size_t used = 0;
    for (size_t i = 0; i < cell->n_events; i++) {
        struct event_row *event = &cell->events[i];
        event->claims = claims + used;
        for (; row < n; row++) {
            int64_t event_id = row_int(rows, row, 0), region_id = row_int(rows, row, 1);
            if (event_id > event->event_id ||
                (event_id == event->event_id && region_id > event->region_id))
                break;
            if (event_id == event->event_id && region_id == event->region_id)
                read_claim(rows, row, &claims[used++]);
        }
        event->n_claims = (size_t)(claims + used - event->claims);
        if (event->n_claims > 1)
            qsort(event->claims, event->n_claims, sizeof *event->claims, claim_compare);
    }
}

int settle_load_events(struct store *store, const char *const *params, struct settle_cell *cell,
                       struct error *err)
{
    struct settle_state *settle = &store->settle;
    const char *const of_events[] = {params[0], params[3]};
    PQclear(settle->event_rows);
    PQclear(settle->claim_rows);
    settle->event_rows = settle->claim_rows = NULL;
    if (statement_query(store, EVENTS, 4, params, &settle->event_rows, NULL, WHAT, err) < 0 ||
        statement_query(store, CLAIMS, 2, of_events, &settle->claim_rows, NULL, WHAT, err) < 0)
        return -1;
    size_t n_claims = (size_t)PQntuples(settle->claim_rows);
    struct event_claim *claims = ARENA_ARRAY(settle->arena, struct event_claim, n_claims);
    cell->n_events = (size_t)PQntuples(settle->event_rows);
    cell->events = ARENA_ARRAY(settle->arena, struct event_row, cell->n_events);
    if (!claims || !cell->events)
        return arena_full(settle->arena, err);
    for (size_t i = 0; i < cell->n_events; i++)
        if (read_event(settle->arena, settle->event_rows, (int)i, &cell->events[i], err))
            return -1;
    join_claims(settle->claim_rows, claims, cell);
    return 0;
}

static void read_decision(const PGresult *rows, int i, struct decision *decision)
{
    *decision = (struct decision){
        .decision_id = row_int(rows, i, 0),
        .kind = (enum decision_kind)index_of(row_slice(rows, i, 1), decision_kind_names,
                                             DECISION_KINDS, DECISION_SAME),
        .made_at = row_int(rows, i, 2),
        .event_a = row_int(rows, i, 5),
        .claim_id = row_int(rows, i, 6),
        /* An event or claim that is not there must not take its whole report along. */
        .report_id = row_bool(rows, i, 8) ? row_int(rows, i, 4) : 0,
        .place =
            {
                .key = row_slice(rows, i, 9),
                .name = row_slice(rows, i, 10),
                .adm1 = row_slice(rows, i, 11),
                .adm1_code = row_slice(rows, i, 12),
                .zone = row_slice(rows, i, 13),
                .precision = index_of(row_slice(rows, i, 14), place_precision_names, PRECISIONS,
                                      PRECISION_UNKNOWN),
                .lat = (int32_t)row_int_or(rows, i, 15, PLACE_NO_COORDINATE),
                .lon = (int32_t)row_int_or(rows, i, 16, PLACE_NO_COORDINATE),
            },
    };
}

/* The entries of one decision, its anchors in rows [start, end), those of the second side from
 * `second` on. "Same" ties the first event of each side to all of the other, "different" each to
 * each. Returns how many were written to `out`. */
static size_t decision_entries(const PGresult *rows, int start, int second, int end,
                               struct decision *out)
{
    size_t n = 0;
    struct decision first, other;
    read_decision(rows, start, &first);
    if (first.kind != DECISION_SAME && first.kind != DECISION_DIFFERENT) {
        for (int i = start; i < end; i++)
            read_decision(rows, i, &out[n++]);
        return n;
    }
    for (int i = start; i < second; i++) {
        for (int k = second; k < end; k++) {
            if (first.kind == DECISION_SAME && i != start && k != second)
                continue;
            read_decision(rows, i, &out[n]);
            read_decision(rows, k, &other);
            out[n++].event_b = other.event_a;
        }
    }
    return n;
}

/* Where the anchors of the second side begin, and those of the next decision. */
static void decision_ends(const PGresult *rows, int start, int *second, int *end)
{
    int n = PQntuples(rows);
    for (*end = start; *end < n && row_int(rows, *end, 0) == row_int(rows, start, 0);)
        ++*end;
    for (*second = start; *second < *end && row_int(rows, *second, 3) == 1;)
        ++*second;
}

int settle_load_decisions(struct store *store, const char *cell_id, struct settle_cell *cell,
                          struct error *err)
{
    size_t most = 0;
    const char *const params[] = {cell_id};
    PQclear(store->settle.decision_rows);
    store->settle.decision_rows = NULL;
    if (statement_query(store, DECISIONS, 1, params, &store->settle.decision_rows, NULL, WHAT,
                        err) < 0)
        return -1;
    const PGresult *rows = store->settle.decision_rows;
    int n = PQntuples(rows), second, end;
    for (int start = 0; start < n; start = end) {
        decision_ends(rows, start, &second, &end);
        most += (size_t)(second - start + 1) * (size_t)(end - second + 1);
    }
    cell->n_decisions = 0;
    cell->decisions = ARENA_ARRAY(store->settle.arena, struct decision, most);
    if (!cell->decisions)
        return arena_full(store->settle.arena, err);
    for (int start = 0; start < n; start = end) {
        decision_ends(rows, start, &second, &end);
        cell->n_decisions +=
            decision_entries(rows, start, second, end, &cell->decisions[cell->n_decisions]);
    }
    return 0;
}

int settle_load_former(struct store *store, const char *const *params, struct settle_cell *cell,
                       struct error *err)
{
    PGresult *rows;
    PQclear(store->settle.former_rows);
    store->settle.former_rows = NULL;
    if (statement_query(store, FORMER, 2, params, &rows, NULL, WHAT, err) < 0)
        return -1;
    store->settle.former_rows = rows;
    cell->n_former = (size_t)PQntuples(rows);
    cell->former = ARENA_ARRAY(store->settle.arena, struct former_member, cell->n_former);
    store->settle.links = ARENA_ARRAY(store->settle.arena, struct stored_link, cell->n_former);
    store->settle.n_links = 0;
    if (!cell->former || !store->settle.links)
        return arena_full(store->settle.arena, err);
    for (int i = 0; i < (int)cell->n_former; i++) {
        cell->former[i] = (struct former_member){
            .event_id = row_int(rows, i, 0),
            .incident_id = row_int(rows, i, 1),
            .report_id = row_int(rows, i, 2),
            .rank = (uint32_t)row_int(rows, i, 3),
            .place_key = row_slice(rows, i, 4),
            .retired = row_bool(rows, i, 5),
        };
        if (!cell->former[i].retired)
            store->settle.links[store->settle.n_links++] = (struct stored_link){
                cell->former[i].event_id, (int32_t)row_int_or(rows, i, 6, LINK_ALONE)};
    }
    return 0;
}

static int load_stored(struct store *store, const char *const *params, struct error *err)
{
    PGresult *rows;
    struct settle_state *settle = &store->settle;
    if (statement_query(store, STORED, 2, params, &rows, NULL, WHAT, err) < 0)
        return -1;
    settle->n_stored = (size_t)PQntuples(rows);
    settle->stored = ARENA_ARRAY(settle->arena, struct stored_incident, settle->n_stored);
    for (size_t i = 0; settle->stored && i < settle->n_stored; i++) {
        settle->stored[i].region_id = row_int(rows, (int)i, 0);
        settle->stored[i].incident_id = row_int(rows, (int)i, 1);
        /* A content that cannot be read equals no digest: the incident is written again. */
        (void)row_digest(rows, (int)i, 2, &settle->stored[i].content);
    }
    PQclear(rows);
    return settle->stored ? 0 : arena_full(settle->arena, err);
}

/* Everything of the locked cell. Returns 1, 0 when its marks have gone meanwhile, -1 on failure. */
static int load_cell(struct store *store, const char *cell_id, struct settle_cell *cell,
                     struct error *err)
{
    PGresult *rows;
    struct settle_state *settle = &store->settle;
    const char *const key[] = {cell_id, cell->country.ptr};
    if (statement_query(store, MARKS, 2, key, &rows, NULL, WHAT, err) < 0)
        return -1;
    bool dirty = !row_is_null(rows, 0, 0);
    struct slice marks = arena_copy(settle->arena, row_slice(rows, 0, 0));
    struct slice regions = arena_copy(settle->arena, row_slice(rows, 0, 1));
    PQclear(rows);
    if (!dirty)
        return 0;
    if (!marks.ptr || !regions.ptr)
        return arena_full(settle->arena, err);
    settle->marks = marks.ptr;
    const char *const params[] = {regions.ptr, cell->country.ptr, NULL, NULL};
    if (settle_load_events(store, params, cell, err) < 0 ||
        settle_load_decisions(store, cell_id, cell, err) < 0 ||
        settle_load_former(store, params, cell, err) < 0 || load_stored(store, params, err) < 0)
        return -1;
    return 1;
}

static int next_cell(struct store *store, struct settle_cell *cell, struct error *err)
{
    PGresult *rows;
    char quiet[16];
    const char *const params[] = {quiet};
    snprintf(quiet, sizeof quiet, "%d", store->quiet);
    for (;;) {
        if (statement_run(store, "BEGIN", WHAT, err) < 0 ||
            statement_query(store, TAKE, 1, params, &rows, NULL, WHAT, err) < 0)
            return -1;
        if (PQntuples(rows) > 0)
            break;
        /* Nothing is dirty, or others are at it: wait for one of them, then look again in a new
         * transaction, as the clock of this one would be older than what was written meanwhile. */
        PQclear(rows);
        if (statement_query(store, WAIT, 1, params, &rows, NULL, WHAT, err) < 0)
            return -1;
        int waited_for = PQntuples(rows);
        PQclear(rows);
        if (statement_run(store, "ROLLBACK", WHAT, err) < 0)
            return -1;
        if (!waited_for)
            return 0;
    }
    struct settle_state *settle = &store->settle;
    settle->region_id = row_int(rows, 0, 0);
    struct slice id = arena_copy(settle->arena, row_slice(rows, 0, 0));
    cell->country = arena_copy(settle->arena, row_slice(rows, 0, 1));
    PQclear(rows);
    if (!id.ptr || !cell->country.ptr)
        return arena_full(settle->arena, err);
    int loaded = load_cell(store, id.ptr, cell, err);
    if (loaded == 0) {
        store_settle_abandon(store);
        return next_cell(store, cell, err);
    }
    return loaded;
}

void store_settle_abandon(struct store *store)
{
    struct settle_state *settle = &store->settle;
    struct arena *arena = settle->arena;
    PQclear(settle->event_rows);
    PQclear(settle->claim_rows);
    PQclear(settle->decision_rows);
    PQclear(settle->former_rows);
    *settle = (struct settle_state){.arena = arena};
    connection_rollback(store);
}

int store_settle_next(struct store *store, struct arena *arena, struct settle_cell *cell,
                      struct error *err)
{
    struct error local;
    struct error *why = err ? err : &local;
    for (int attempt = 1;; attempt++) {
        *cell = (struct settle_cell){0};
        store->settle.arena = arena;
        int rc = connection_ensure(store, why);
        /* Before the transaction: what a rolled back one made would be gone. */
        if (rc == 0)
            rc = settle_staging(store, why);
        if (rc == 0)
            rc = next_cell(store, cell, why);
        if (rc >= 0)
            return rc;
        bool lost = !connection_is_alive(store);
        enum error_code code = why->code;
        store_settle_abandon(store);
        if (code != ERROR_RETRY)
            return -1;
        if (attempt == STORE_MAX_ATTEMPTS) {
            why->code = lost ? ERROR_NO_DATABASE : ERROR_DATABASE;
            return -1;
        }
        connection_pause(store, attempt);
    }
}

int store_mark_all(struct store *store, struct error *err)
{
    if (connection_ensure(store, err) < 0)
        return -1;
    return statement_query(store,
                           "INSERT INTO tracker.cell_mark (region_id, mark)"
                           " SELECT region_id, pg_current_xact_id()::text::bigint"
                           " FROM tracker.cell ORDER BY region_id ON CONFLICT DO NOTHING",
                           0, NULL, NULL, NULL, "marking cells", err);
}

int store_mark_reweighted(struct store *store, const struct weights *weights, struct error *err)
{
    char digest[2 + 2 * DIGEST_SIZE + 1] = "\\x";
    struct digest of = weights_digest(weights);
    digest_hex(&of, digest + 2);
    const char *const params[] = {digest};
    if (connection_ensure(store, err) < 0)
        return -1;
    return statement_query(store,
                           "INSERT INTO tracker.cell_mark (region_id, mark)"
                           " SELECT region_id, pg_current_xact_id()::text::bigint"
                           " FROM tracker.cell WHERE weights <> $1::bytea"
                           " ORDER BY region_id ON CONFLICT DO NOTHING",
                           1, params, NULL, NULL, "marking cells", err);
}
