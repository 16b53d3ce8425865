/*
 * One batch, one transaction:
 *
 *   keys of its reports       COPY into pg_temp.incoming
 *   compared with the store   one SELECT gives each report its verdict
 *   old readings replaced     moved to report_edition, their events taken out
 *   rows of what is new       COPY straight into their tables
 *   sources, regions, refs    COPY into staging, one INSERT ... ON CONFLICT DO NOTHING each
 *   cells of the countries    marked dirty
 *
 * Staging only the keys halves the work of a first load against staging every row, and a report
 * that is stored already costs no more than its key. It is safe because a report's rows are written
 * only by the transaction that wrote its report row: of two processes that bring the same new
 * report, the second gets a unique violation, retries, and then sees it stored.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "store/batch_rows.h"
#include "text/utf8.h"

#define PLAN_CAP ((size_t)1 << 30)

static const char STAGING[] =
    "CREATE TEMP TABLE IF NOT EXISTS incoming (ordinal int, report_id bigint, identity bytea,"
    " edition bytea, reading_id bigint, published_at timestamptz, withdrawn boolean)"
    " ON COMMIT DELETE ROWS;"
    "CREATE TEMP TABLE IF NOT EXISTS incoming_ref (report_id bigint, ref text)"
    " ON COMMIT DELETE ROWS;"
    "CREATE TEMP TABLE IF NOT EXISTS incoming_source (name text, role text, kind text, party text,"
    " rank smallint) ON COMMIT DELETE ROWS;"
    "CREATE TEMP TABLE IF NOT EXISTS incoming_region (region_id bigint, country text,"
    " cell_id bigint) ON COMMIT DELETE ROWS";

/* The order of editions is written twice, here and in time_compare: change both. Where the times
 * say nothing, what arrives later counts, but an edition that was replaced once does not come back:
 * so a changed page counts although it keeps its date, and the same input again changes nothing.
 * LIMIT makes the planner, which knows nothing of the staging table, look each report up by its key
 * and not read all of them for every batch. $1: when the batch was seen. */
static const char COMPARE[] =
    "SELECT i.ordinal,"
    " CASE WHEN r.report_id IS NULL THEN 0"
    " WHEN r.identity <> i.identity THEN 4"
    " WHEN r.reading_id = i.reading_id THEN 1"
    " WHEN r.edition = i.edition THEN 2"
    " WHEN t.new > t.old THEN 2"
    " WHEN t.new = t.old AND NOT EXISTS (SELECT FROM tracker.report_edition e"
    "     WHERE e.report_id = i.report_id AND e.edition = i.edition) THEN 2"
    " ELSE 3 END,"
    " r.report_id IS NOT NULL AND EXISTS (SELECT FROM tracker.report_edition e"
    "     WHERE e.report_id = i.report_id AND e.reading_id = i.reading_id),"
    " extract(epoch FROM CASE WHEN r.edition = i.edition THEN greatest(s.seen_at, r.seen_at)"
    "     ELSE s.seen_at END)::bigint"
    " FROM pg_temp.incoming i CROSS JOIN (SELECT to_timestamp($1::bigint) AS seen_at) s"
    " LEFT JOIN LATERAL (SELECT report_id, identity, reading_id, edition, published_at, withdrawn,"
    "     seen_at FROM tracker.report WHERE report_id = i.report_id LIMIT 1) r ON true"
    " CROSS JOIN LATERAL (SELECT"
    "     CASE WHEN i.withdrawn AND i.published_at IS NULL THEN 'infinity'"
    "         ELSE coalesce(i.published_at, '-infinity') END AS new,"
    "     CASE WHEN r.withdrawn AND r.published_at IS NULL THEN 'infinity'"
    "         ELSE coalesce(r.published_at, '-infinity') END AS old) p"
    " CROSS JOIN LATERAL (SELECT"
    "     ROW(CASE p.new WHEN 'infinity' THEN coalesce(s.seen_at, p.new)"
    "         ELSE greatest(p.new, s.seen_at) END, p.new, i.withdrawn) AS new,"
    "     ROW(CASE p.old WHEN 'infinity' THEN coalesce(r.seen_at, p.old)"
    "         ELSE greatest(p.old, r.seen_at) END, p.old, r.withdrawn) AS old) t";

static instant effective_time(const struct report_row *report)
{
    return report->withdrawn && report->published == INSTANT_NONE ? INT64_MAX : report->published;
}

/* Which of two editions counts by its time: > 0 when a does, 0 when the times say nothing. */
static int time_compare(const struct report_row *a, const struct report_row *b)
{
    instant time_a = effective_time(a), time_b = effective_time(b);
    if (time_a != time_b)
        return time_a > time_b ? 1 : -1;
    return a->withdrawn - b->withdrawn;
}

/* A report's editions together, those that may count first, in the order of the input. */
static int entry_compare(const void *left, const void *right)
{
    const struct report_row *a = ((const struct batch_entry *)left)->report;
    const struct report_row *b = ((const struct batch_entry *)right)->report;
    if (a->report_id != b->report_id)
        return a->report_id < b->report_id ? -1 : 1;
    int c = memcmp(a->identity.bytes, b->identity.bytes, DIGEST_SIZE);
    if (c == 0)
        c = -time_compare(a, b);
    return c ? c : (a > b) - (a < b);
}

static bool same_identity(const struct report_row *a, const struct report_row *b)
{
    return memcmp(a->identity.bytes, b->identity.bytes, DIGEST_SIZE) == 0;
}

static void reject(const struct report_row *report, struct change_counts *counts)
{
    log_write(LOG_ERROR, "report '%.*s' is left out: another report has the same 63-bit id (%lld)",
              SLICE_ARG(report->ref), (long long)report->report_id);
    counts->rejected++;
}

static int64_t reading_of(const struct report_row *report, const struct batch *batch)
{
    const struct slice parts[] = {
        {(const char *)report->edition.bytes, DIGEST_SIZE},
        {(const char *)batch->ruleset.bytes, DIGEST_SIZE},
    };
    struct digest digest = digest_of(parts, 2);
    return digest_id(&digest);
}

static bool same_edition(const struct report_row *a, const struct report_row *b)
{
    return memcmp(a->edition.bytes, b->edition.bytes, DIGEST_SIZE) == 0;
}

/* Number `round` (from 0) of the distinct editions that may count in sorted[0 .. n), all of one
 * report; NULL when there are fewer. *more: there is another one. Of equal ones that with the least
 * ref. */
static const struct report_row *edition_of_round(const struct batch_entry *sorted, size_t n,
                                                 size_t round, bool *more)
{
    const struct report_row *found = NULL;
    size_t distinct = 0;
    for (size_t i = 0; i < n && time_compare(sorted[i].report, sorted[0].report) == 0; i++) {
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++)
            seen = same_edition(sorted[k].report, sorted[i].report);
        if (!seen && distinct++ == round)
            found = sorted[i].report;
        else if (found && same_edition(found, sorted[i].report) &&
                 slice_compare(sorted[i].report->ref, found->ref) < 0)
            found = sorted[i].report;
    }
    *more = *more || distinct > round + 1;
    return found;
}

/* One entry a report: sorted, the edition that counts of each. Several whose times say nothing
 * follow each other in rounds, as if they had come in batches of their own; *more: another round
 * is needed. */
static int plan_make(struct arena *arena, const struct batch *batch, size_t round,
                     struct batch_plan *plan, bool *more, struct change_counts *counts,
                     struct error *err)
{
    struct slice path;
    size_t replaced;
    if (utf8_clean(arena, batch->ruleset_path, &path, &replaced, err) < 0)
        return -1;
    *plan = (struct batch_plan){.batch = batch,
                                .ruleset_id = digest_id(&batch->ruleset),
                                .ruleset_path = arena_copy(arena, path).ptr};
    struct batch_entry *sorted = ARENA_ARRAY(arena, struct batch_entry, batch->n_reports);
    plan->entries = ARENA_ARRAY(arena, struct batch_entry, batch->n_reports);
    if (!plan->entries || !plan->ruleset_path || !sorted)
        return arena_full(arena, err);
    for (size_t i = 0; i < batch->n_reports; i++)
        sorted[i].report = &batch->reports[i];
    qsort(sorted, batch->n_reports, sizeof *sorted, entry_compare);
    for (size_t start = 0, end; start < batch->n_reports; start = end) {
        size_t same = start;
        for (end = start; end < batch->n_reports &&
                          sorted[end].report->report_id == sorted[start].report->report_id;
             end++) {
            if (same_identity(sorted[end].report, sorted[start].report))
                same = end + 1;
            else if (round == 0)
                reject(sorted[end].report, counts);
        }
        const struct report_row *report =
            edition_of_round(sorted + start, same - start, round, more);
        if (report)
            plan->entries[plan->n_entries++] = (struct batch_entry){
                .report = report,
                .reading_id = reading_of(report, batch),
                .n_claims = report->withdrawn ? 0 : report->n_claims,
                .n_events = report->withdrawn ? 0 : report->n_events,
            };
    }
    return 0;
}

static int stage_keys(struct store *store, const struct batch_plan *plan, struct error *err)
{
    struct copy_in copy;
    if (copy_in_start(store, &copy,
                      "COPY pg_temp.incoming (ordinal, report_id, identity, edition, reading_id,"
                      " published_at, withdrawn) FROM STDIN",
                      "comparing reports", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_entries; i++) {
        const struct report_row *report = plan->entries[i].report;
        copy_int(&copy.row, (int64_t)i);
        copy_int(&copy.row, report->report_id);
        copy_digest(&copy.row, &report->identity);
        copy_digest(&copy.row, &report->edition);
        copy_int(&copy.row, plan->entries[i].reading_id);
        copy_instant(&copy.row, report->published);
        copy_bool(&copy.row, report->withdrawn);
        if (copy_in_row(&copy, err) < 0)
            return -1;
    }
    return copy_in_finish(&copy, NULL, err);
}

/* Fills the verdicts; returns how many reports are replaced, or -1. */
static int compare(struct store *store, struct batch_plan *plan, struct error *err)
{
    PGresult *rows;
    char seen[24];
    const char *const params[] = {plan->batch->seen_at ? seen : NULL};
    int replaced = 0;
    snprintf(seen, sizeof seen, "%lld", (long long)plan->batch->seen_at);
    if (statement_query(store, COMPARE, 1, params, &rows, NULL, "comparing reports", err) < 0)
        return -1;
    for (int i = 0; i < PQntuples(rows); i++) {
        size_t ordinal = (size_t)row_int(rows, i, 0);
        if (ordinal >= plan->n_entries)
            continue;
        struct batch_entry *entry = &plan->entries[ordinal];
        entry->verdict = (enum verdict)row_int(rows, i, 1);
        entry->read_before = row_bool(rows, i, 2);
        entry->seen_at = row_int_or(rows, i, 3, INSTANT_NONE);
        replaced += entry->verdict == VERDICT_REPLACE;
    }
    PQclear(rows);
    return replaced;
}

/* '{1,2,3}' of the reports that are replaced. */
static int list_replaced(const struct batch_plan *plan, struct buffer *out, struct error *err)
{
    buffer_init(out, PLAN_CAP);
    buffer_add_char(out, '{');
    for (size_t i = 0; i < plan->n_entries; i++) {
        const struct batch_entry *entry = &plan->entries[i];
        if (entry->verdict != VERDICT_REPLACE)
            continue;
        if (out->len > 1)
            buffer_add_char(out, ',');
        buffer_add_int(out, entry->report->report_id);
    }
    buffer_add_char(out, '}');
    return buffer_check(out, err);
}

/* Old readings go to history, their events leave; the countries they leave become dirty. */
static int replace(struct store *store, const char *ids, struct change_counts *counts,
                   struct error *err)
{
    static const char *const WHAT = "replacing reports";
    const char *const params[] = {ids};
    if (statement_query(
            store,
            "INSERT INTO tracker.report_edition (report_id, reading_id, edition, ruleset_id, ref,"
            " title, text, outlet, published_at, published_has_time, withdrawn, seen_at,"
            " recorded_at) SELECT report_id, reading_id, edition, ruleset_id, ref, title, text,"
            " outlet, published_at, published_has_time, withdrawn, seen_at, recorded_at"
            " FROM tracker.report WHERE report_id = ANY ($1::bigint[])",
            1, params, NULL, &counts->others, WHAT, err) < 0 ||
        statement_query(store,
                        "DELETE FROM tracker.event_claim c"
                        " USING tracker.report r, unnest(r.event_regions, r.event_ids)"
                        "     AS u (region_id, event_id)"
                        " WHERE r.report_id = ANY ($1::bigint[])"
                        " AND c.region_id = u.region_id AND c.event_id = u.event_id",
                        1, params, NULL, &counts->others, WHAT, err) < 0 ||
        statement_query(store,
                        "INSERT INTO tracker.cell_mark (region_id, mark)"
                        " SELECT DISTINCT c.region_id, pg_current_xact_id()::text::bigint"
                        " FROM tracker.report r, unnest(r.event_regions, r.event_ids)"
                        "     AS u (region_id, event_id), tracker.event e, tracker.cell c"
                        " WHERE r.report_id = ANY ($1::bigint[]) AND e.region_id = u.region_id"
                        " AND e.event_id = u.event_id AND c.country = e.country"
                        " ORDER BY 1 ON CONFLICT DO NOTHING",
                        1, params, NULL, NULL, WHAT, err) < 0 ||
        statement_query(store,
                        "DELETE FROM tracker.event e"
                        " USING tracker.report r, unnest(r.event_regions, r.event_ids)"
                        "     AS u (region_id, event_id)"
                        " WHERE r.report_id = ANY ($1::bigint[])"
                        " AND e.region_id = u.region_id AND e.event_id = u.event_id",
                        1, params, NULL, &counts->events, WHAT, err) < 0)
        return -1;
    return statement_query(store, "DELETE FROM tracker.report WHERE report_id = ANY ($1::bigint[])",
                           1, params, NULL, NULL, WHAT, err);
}

/* Locks what is to be replaced, in key order, looks again (another process may have been faster),
 * and replaces. */
static int replace_old(struct store *store, struct batch_plan *plan, struct change_counts *counts,
                       struct error *err)
{
    struct buffer ids;
    int rc = list_replaced(plan, &ids, err);
    const char *const locked[] = {ids.ptr};
    if (rc == 0)
        rc = statement_query(store,
                             "SELECT report_id FROM tracker.report"
                             " WHERE report_id = ANY ($1::bigint[])"
                             " ORDER BY report_id FOR UPDATE",
                             1, locked, NULL, NULL, "locking reports", err);
    if (rc == 0 && compare(store, plan, err) < 0)
        rc = -1;
    buffer_free(&ids);
    if (rc == 0)
        rc = list_replaced(plan, &ids, err);
    if (rc == 0)
        rc = replace(store, ids.ptr, counts, err);
    buffer_free(&ids);
    return rc;
}

static int merge_ruleset(struct store *store, const struct batch_plan *plan,
                         struct change_counts *counts, struct error *err)
{
    char id[24], digest[2 + 2 * DIGEST_SIZE + 1] = "\\x";
    snprintf(id, sizeof id, "%lld", (long long)plan->ruleset_id);
    digest_hex(&plan->batch->ruleset, digest + 2);
    const char *const params[] = {id, digest, plan->ruleset_path};
    return statement_query(store,
                           "INSERT INTO tracker.ruleset (ruleset_id, digest, path)"
                           " SELECT $1::bigint, $2::bytea, $3"
                           " WHERE NOT EXISTS (SELECT FROM tracker.ruleset"
                           "     WHERE ruleset_id = $1::bigint) ON CONFLICT DO NOTHING",
                           3, params, NULL, &counts->others, "storing the rule set", err);
}

static int merge_sources(struct store *store, const struct batch_plan *plan,
                         struct change_counts *counts, struct error *err)
{
    if (batch_stage_sources(store, plan, err) < 0)
        return -1;
    return statement_query(store,
                           "INSERT INTO tracker.source (name, role, kind, party, rank)"
                           " SELECT name, role, kind, party, rank FROM pg_temp.incoming_source"
                           " ORDER BY name, role, kind, party, rank ON CONFLICT DO NOTHING",
                           0, NULL, NULL, &counts->others, "storing sources", err);
}

/* The queue: not counted as changes. */
static int mark_cells(struct store *store, const struct batch_plan *plan, struct error *err)
{
    if (batch_stage_regions(store, plan, err) < 0)
        return -1;
    if (statement_query(store,
                        "INSERT INTO tracker.region (region_id, country)"
                        " SELECT region_id, country FROM pg_temp.incoming_region"
                        " ORDER BY region_id, country ON CONFLICT DO NOTHING",
                        0, NULL, NULL, NULL, "storing regions", err) < 0 ||
        statement_query(store,
                        "INSERT INTO tracker.cell (region_id, country)"
                        " SELECT DISTINCT cell_id, country FROM pg_temp.incoming_region"
                        " ORDER BY cell_id, country ON CONFLICT DO NOTHING",
                        0, NULL, NULL, NULL, "storing cells", err) < 0)
        return -1;
    return statement_query(store,
                           "INSERT INTO tracker.cell_mark (region_id, mark)"
                           " SELECT DISTINCT cell_id, pg_current_xact_id()::text::bigint"
                           " FROM pg_temp.incoming_region ORDER BY 1 ON CONFLICT DO NOTHING",
                           0, NULL, NULL, NULL, "marking cells", err);
}

static int write_new(struct store *store, const struct batch_plan *plan,
                     struct change_counts *counts, struct error *err)
{
    if (merge_ruleset(store, plan, counts, err) < 0 ||
        batch_copy_reports(store, plan, counts, err) < 0 ||
        batch_copy_claims(store, plan, counts, err) < 0 ||
        batch_copy_events(store, plan, counts, err) < 0 ||
        batch_copy_event_claims(store, plan, counts, err) < 0 ||
        merge_sources(store, plan, counts, err) < 0)
        return -1;
    return mark_cells(store, plan, err);
}

static int compare_ids(const void *left, const void *right)
{
    const struct report_row *a = ((const struct batch_entry *)left)->report;
    const struct report_row *b = ((const struct batch_entry *)right)->report;
    return (a->report_id > b->report_id) - (a->report_id < b->report_id);
}

/* The ids of the reports that are new: nobody has given them one before. */
static int copy_new_refs(struct store *store, const struct batch_plan *plan,
                         struct change_counts *counts, struct error *err)
{
    struct copy_in copy;
    bool any = false;
    for (size_t i = 0; i < plan->n_entries; i++)
        any = any || plan->entries[i].verdict == VERDICT_NEW;
    if (!any)
        return 0;
    if (copy_in_start(store, &copy, "COPY tracker.report_ref (report_id, ref) FROM STDIN",
                      "storing ids", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_entries; i++) {
        if (plan->entries[i].verdict != VERDICT_NEW)
            continue;
        copy_int(&copy.row, plan->entries[i].report->report_id);
        copy_slice(&copy.row, plan->entries[i].report->ref);
        if (copy_in_row(&copy, err) < 0)
            return -1;
    }
    return copy_in_finish(&copy, &counts->others, err);
}

/* Sends the other ids to staging: of reports that are stored, and of editions that do not count. */
static int stage_refs(struct store *store, const struct batch_plan *plan, int64_t *staged,
                      struct error *err)
{
    struct copy_in copy;
    if (copy_in_start(store, &copy, "COPY pg_temp.incoming_ref (report_id, ref) FROM STDIN",
                      "storing ids", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->batch->n_reports; i++) {
        const struct report_row *report = &plan->batch->reports[i];
        const struct batch_entry key = {.report = report};
        const struct batch_entry *entry =
            bsearch(&key, plan->entries, plan->n_entries, sizeof key, compare_ids);
        if (!entry || entry->verdict == VERDICT_COLLISION ||
            !same_identity(entry->report, report) ||
            (entry->verdict == VERDICT_NEW && slice_equal(entry->report->ref, report->ref)))
            continue;
        copy_int(&copy.row, report->report_id);
        copy_slice(&copy.row, report->ref);
        if (copy_in_row(&copy, err) < 0)
            return -1;
    }
    return copy_in_finish(&copy, staged, err);
}

/* Every id a report was given, also by editions that do not count. */
static int merge_refs(struct store *store, const struct batch_plan *plan,
                      struct change_counts *counts, struct error *err)
{
    int64_t staged = 0;
    if (copy_new_refs(store, plan, counts, err) < 0 || stage_refs(store, plan, &staged, err) < 0)
        return -1;
    if (!staged)
        return 0;
    return statement_query(store,
                           "INSERT INTO tracker.report_ref (report_id, ref)"
                           " SELECT DISTINCT i.report_id, i.ref FROM pg_temp.incoming_ref i"
                           " WHERE NOT EXISTS (SELECT FROM tracker.report_ref r"
                           "     WHERE r.report_id = i.report_id AND r.ref = i.ref)"
                           " ORDER BY 1, 2 ON CONFLICT DO NOTHING",
                           0, NULL, NULL, &counts->others, "storing ids", err);
}

/* Everything but COMMIT. */
static int write_batch(struct store *store, struct batch_plan *plan, struct change_counts *counts,
                       struct error *err)
{
    if (connection_ensure(store, err) < 0 ||
        staging_make(store, STAGING, &store->batch_staged, err) < 0 ||
        statement_run(store, "BEGIN", "storing reports", err) < 0 ||
        stage_keys(store, plan, err) < 0)
        return -1;
    int replaced = compare(store, plan, err);
    if (replaced < 0 || (replaced > 0 && replace_old(store, plan, counts, err) < 0))
        return -1;
    bool anything = false;
    for (size_t i = 0; i < plan->n_entries; i++) {
        anything = anything || entry_is_written(&plan->entries[i]);
        if (plan->entries[i].verdict == VERDICT_COLLISION)
            counts->rejected++;
    }
    if (anything && write_new(store, plan, counts, err) < 0)
        return -1;
    return merge_refs(store, plan, counts, err);
}

static void log_collisions(const struct batch_plan *plan)
{
    struct change_counts unused = {0};
    for (size_t i = 0; i < plan->n_entries; i++) {
        if (plan->entries[i].verdict == VERDICT_COLLISION)
            reject(plan->entries[i].report, &unused);
    }
}

static int write_with_retries(struct store *store, struct batch_plan *plan,
                              struct change_counts *counts, struct error *err)
{
    /* A commit whose answer was lost may have happened: then the next attempt finds nothing to do.
     */
    struct change_counts uncertain = {0};
    for (int attempt = 1;; attempt++) {
        struct change_counts changed = {0};
        int rc = write_batch(store, plan, &changed, err);
        bool written = rc == 0;
        if (written)
            rc = statement_run(store, "COMMIT", "storing reports", err);
        if (rc == 0) {
            uncertain.rejected = changed.rejected;
            change_counts_add(counts, change_counts_total(&changed) ? &changed : &uncertain);
            log_collisions(plan);
            return 0;
        }
        enum error_code code = err->code;
        if (written && change_counts_total(&changed))
            uncertain = changed;
        bool lost = !connection_is_alive(store);
        connection_rollback(store);
        if (code != ERROR_RETRY || attempt == STORE_MAX_ATTEMPTS) {
            if (code == ERROR_RETRY)
                err->code = lost ? ERROR_NO_DATABASE : ERROR_DATABASE;
            return -1;
        }
        /* Another process being faster is everyday; a lost server is not. */
        log_write(lost ? LOG_WARN : LOG_DEBUG, "%s; trying again", err->text);
        connection_pause(store, attempt);
    }
}

int store_write_batch(struct store *store, const struct batch *batch, struct change_counts *counts,
                      struct error *err)
{
    struct error local;
    struct batch_plan plan;
    struct arena arena, scratch;
    int rc = 0;
    bool more = batch->n_reports > 0;
    arena_init(&arena, PLAN_CAP);
    arena_init(&scratch, PLAN_CAP);
    for (size_t round = 0; more && rc == 0; round++) {
        more = false;
        arena_reset(&arena);
        rc = plan_make(&arena, batch, round, &plan, &more, counts, err);
        plan.scratch = &scratch;
        if (rc == 0)
            rc = write_with_retries(store, &plan, counts, err ? err : &local);
    }
    arena_free(&scratch);
    arena_free(&arena);
    return rc;
}
