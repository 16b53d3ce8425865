#include <stdio.h>

#include "store/connection.h"

static const char LIST[] =
    "SELECT incident_id, place, adm1, country, local_date, scope, grading,"
    " array_to_string(sources, ', '), parent_id IS NOT NULL, n_reports,"
    " killed_low, killed_best, killed_high, wounded_low, wounded_best, wounded_high,"
    " drones_low, drones_best, drones_high, missiles_low, missiles_best, missiles_high,"
    " (SELECT string_agg(s.best::text, ' ' ORDER BY s.said_at) FROM strikes.toll_series s"
    "  WHERE s.incident_id = i.incident_id AND s.field = 'killed' AND s.part IS NULL)"
    " FROM strikes.incidents i"
    " WHERE ($1::text IS NULL OR country = upper($1))"
    " AND ($2::text IS NULL OR position(lower($2) IN lower(place)) > 0"
    "      OR position(lower($2) IN lower(adm1)) > 0)"
    " AND ($3::date IS NULL OR local_date >= $3::date)"
    " AND ($4::date IS NULL OR local_date <= $4::date)"
    " AND ($5::bigint IS NULL OR coalesce(killed_best, killed_low) >= $5::bigint)"
    " AND ($7::text IS NULL OR grading = 'contested' OR killed_low < killed_high"
    "      OR wounded_low < wounded_high)"
    " ORDER BY local_date DESC NULLS LAST, scope = 'country' DESC, killed_best DESC NULLS LAST,"
    " incident_id LIMIT $6::bigint";

static struct shown_number read_number(const PGresult *rows, int row, int column)
{
    return (struct shown_number){
        .low = row_int_or(rows, row, column, COUNT_OPEN),
        .best = row_int_or(rows, row, column + 1, COUNT_OPEN),
        .high = row_int_or(rows, row, column + 2, COUNT_OPEN),
    };
}

static int read_shown(struct arena *arena, const PGresult *rows, int row,
                      struct shown_incident *out, struct error *err)
{
    static const int columns[] = {0, 1, 2, 3, 4, 5, 6, 7, 22};
    struct slice *const texts[] = {&out->incident_id, &out->place,      &out->adm1,
                                   &out->country,     &out->local_date, &out->scope,
                                   &out->grading,     &out->sources,    &out->series};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) {
        struct slice value = row_slice(rows, row, columns[i]);
        if (!value.ptr)
            continue;
        *texts[i] = arena_copy(arena, value);
        if (!texts[i]->ptr)
            return arena_full(arena, err);
    }
    out->is_child = row_bool(rows, row, 8);
    out->n_reports = row_int(rows, row, 9);
    out->killed = read_number(rows, row, 10);
    out->wounded = read_number(rows, row, 13);
    out->drones = read_number(rows, row, 16);
    out->missiles = read_number(rows, row, 19);
    return 0;
}

int store_list_incidents(struct store *store, struct arena *arena,
                         const struct incident_filter *filter, struct shown_incident **out,
                         size_t *n_out, struct error *err)
{
    char killed[24], limit[16];
    snprintf(killed, sizeof killed, "%lld", (long long)filter->min_killed);
    snprintf(limit, sizeof limit, "%d", filter->limit);
    const char *const params[] = {filter->country,
                                  filter->place,
                                  filter->from,
                                  filter->to,
                                  filter->min_killed > 0 ? killed : NULL,
                                  filter->limit > 0 ? limit : NULL,
                                  filter->conflict ? "yes" : NULL};
    PGresult *rows;
    if (connection_ensure(store, err) < 0 ||
        statement_query(store, LIST, 7, params, &rows, NULL, "listing incidents", err) < 0)
        return -1;
    size_t n = (size_t)PQntuples(rows);
    int rc = 0;
    *n_out = n;
    *out = ARENA_ARRAY(arena, struct shown_incident, n);
    if (!*out)
        rc = arena_full(arena, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = read_shown(arena, rows, (int)i, &(*out)[i], err);
    PQclear(rows);
    return rc;
}
