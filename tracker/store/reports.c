#include "store/reports.h"

#include <stdio.h>

#include "base/log.h"
#include "store/connection.h"

/* Text of one page; a page has at least one report, whatever its size. The sum runs over the
 * report_ids before it too, so that the first row always passes. */
static const char PAGE[] =
    "SELECT report_id, identity, edition, ref, url, title, text, outlet, lang, path,"
    " floor(extract(epoch FROM published_at))::bigint, published_has_time, withdrawn"
    " FROM (SELECT p.*, sum(octet_length(text)) OVER (ORDER BY report_id) - octet_length(text) AS "
    "text_before"
    "     FROM (SELECT * FROM tracker.report"
    "         WHERE ($1::bigint IS NULL OR report_id > $1::bigint)"
    "         AND ($2::bigint IS NULL"
    "             OR coalesce(published_at, recorded_at) >= to_timestamp($2::bigint))"
    "         ORDER BY report_id LIMIT $3::bigint) p) q"
    " WHERE text_before < 33554432 ORDER BY report_id";

static int copy_texts(struct arena *arena, const PGresult *rows, int row, struct stored_report *out,
                      struct error *err)
{
    struct slice *const texts[] = {&out->ref,    &out->url,  &out->title, &out->text,
                                   &out->outlet, &out->lang, &out->path};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) {
        struct slice value = row_slice(rows, row, 3 + i);
        if (!value.ptr)
            continue;
        *texts[i] = arena_copy(arena, value);
        if (!texts[i]->ptr)
            return arena_full(arena, err);
    }
    return 0;
}

static int read_report(struct arena *arena, const PGresult *rows, int row,
                       struct stored_report *out, struct error *err)
{
    *out = (struct stored_report){
        .report_id = row_int(rows, row, 0),
        .published = row_int_or(rows, row, 10, INSTANT_NONE),
        .published_has_time = row_bool(rows, row, 11),
        .withdrawn = row_bool(rows, row, 12),
    };
    if (!row_digest(rows, row, 1, &out->identity) || !row_digest(rows, row, 2, &out->edition))
        return error_set(err, ERROR_DATABASE, "report %lld has a damaged digest",
                         (long long)out->report_id);
    return copy_texts(arena, rows, row, out, err);
}

static int page_query(struct store *store, const struct report_walk *walk, int most,
                      PGresult **rows, struct error *err)
{
    char after[24], since[24], limit[16];
    snprintf(after, sizeof after, "%lld", (long long)walk->after);
    snprintf(since, sizeof since, "%lld", (long long)walk->since);
    snprintf(limit, sizeof limit, "%d", most);
    const char *const params[] = {walk->begun ? after : NULL,
                                  walk->since == INSTANT_NONE ? NULL : since, limit};
    for (int attempt = 1;; attempt++) {
        if (connection_ensure(store, err) == 0 &&
            statement_query(store, PAGE, 3, params, rows, NULL, "reading stored reports", err) == 0)
            return 0;
        if (err->code != ERROR_RETRY || attempt == STORE_MAX_ATTEMPTS) {
            if (err->code == ERROR_RETRY)
                err->code = connection_is_alive(store) ? ERROR_DATABASE : ERROR_NO_DATABASE;
            return -1;
        }
        log_write(LOG_WARN, "%s; trying again", err->text);
        connection_pause(store, attempt);
    }
}

int store_reports_page(struct store *store, struct arena *arena, struct report_walk *walk, int most,
                       struct stored_report **out, size_t *n, struct error *err)
{
    struct error local = {0};
    PGresult *rows;
    if (page_query(store, walk, most, &rows, err ? err : &local) < 0)
        return -1;
    int result = 1;
    *n = (size_t)PQntuples(rows);
    *out = ARENA_ARRAY(arena, struct stored_report, *n);
    if (!*out)
        result = arena_full(arena, err);
    for (size_t i = 0; result > 0 && i < *n; i++)
        if (read_report(arena, rows, (int)i, &(*out)[i], err))
            result = -1;
    PQclear(rows);
    if (result < 0 || *n == 0)
        return result < 0 ? -1 : 0;
    walk->begun = true;
    walk->after = (*out)[*n - 1].report_id;
    return 1;
}
