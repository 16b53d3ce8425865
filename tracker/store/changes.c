#include "store/changes.h"

#include <stdio.h>

#include "store/connection.h"

/* $1 moment, $2 days, $3 limit, $4 country. An incident merged or retired since is found by its
 * last state. */
static const char CHANGES[] =
    "SELECT * FROM ("
    " SELECT to_char(c.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS at,"
    "  c.incident_id, c.change, c.field, c.part, c.old_value, c.new_value, c.who, c.rule,"
    "  c.sentence, i.place_name, nullif(i.country, ''), i.local_date - '1970-01-01'::date"
    " FROM strikes.changes_between($1::timestamptz - $2::int * interval '1 day',"
    "  $1::timestamptz) c"
    " LEFT JOIN LATERAL ("
    "  SELECT s.place_name, s.country, s.local_date FROM ("
    "   SELECT place_name, country, local_date, last_changed_at FROM tracker.incident"
    "   WHERE incident_id = c.incident_id"
    "   UNION ALL SELECT place_name, country, local_date, last_changed_at"
    "   FROM tracker.incident_edition WHERE incident_id = c.incident_id) s"
    "  WHERE s.last_changed_at <= $1::timestamptz ORDER BY s.last_changed_at DESC LIMIT 1) i ON "
    "true"
    " WHERE ($4::text IS NULL OR i.country = upper($4))"
    " ORDER BY c.recorded_at DESC, c.incident_id DESC, c.change DESC, c.field DESC, c.part DESC"
    " LIMIT $3::int) newest"
    " ORDER BY 1, 2, 3, 4, 5";

static int read_change(struct arena *arena, const PGresult *rows, int row, struct change *out,
                       struct error *err)
{
    struct slice *const texts[] = {&out->recorded,  &out->incident_id, &out->kind,
                                   &out->field,     &out->part,        &out->old_value,
                                   &out->new_value, &out->who,         &out->rule,
                                   &out->sentence,  &out->place,       &out->country};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
        if (row_keep(arena, rows, row, i, texts[i], err))
            return -1;
    out->day = (day_number)row_int_or(rows, row, 12, DAY_NONE);
    return 0;
}

int changes_load(struct store *store, struct arena *arena, const char *as_of, int days, int limit,
                 const char *country, struct change **out, size_t *n, struct error *err)
{
    char days_text[16], limit_text[16];
    PGresult *rows;
    snprintf(days_text, sizeof days_text, "%d", days);
    snprintf(limit_text, sizeof limit_text, "%d", limit);
    const char *const params[] = {as_of, days_text, limit_text, country};
    if (connection_ensure(store, err) < 0 ||
        statement_query(store, CHANGES, 4, params, &rows, NULL, "reading what changed", err) < 0)
        return -1;
    *n = (size_t)PQntuples(rows);
    *out = ARENA_ARRAY(arena, struct change, *n);
    int rc = *out ? 0 : arena_full(arena, err);
    for (size_t i = 0; rc == 0 && i < *n; i++)
        rc = read_change(arena, rows, (int)i, &(*out)[i], err);
    PQclear(rows);
    return rc;
}
