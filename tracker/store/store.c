#include "store/store.h"

#include <stdlib.h>

#include "store/connection.h"

/* libpq takes a piece's length as an int, and a field of a row cannot pass 1 GB anyway. */
#define COPY_CAP (((size_t)1 << 30) - 1)

int store_open(struct store **out, const char *conninfo, struct error *err)
{
    *out = NULL;
    struct store *store = calloc(1, sizeof *store);
    if (!store)
        return error_set(err, ERROR_LIMIT, "out of memory");
    store->first_pause_ms = 100;
    buffer_init(&store->copy, COPY_CAP);
    store->conninfo = strdup(conninfo ? conninfo : "");
    int rc = 0;
    if (!store->conninfo)
        rc = error_set(err, ERROR_LIMIT, "out of memory");
    if (rc == 0)
        rc = connection_open(store, err);
    if (rc < 0) {
        if (err && err->code == ERROR_RETRY)
            err->code = ERROR_NO_DATABASE;
        store_close(store);
        return -1;
    }
    *out = store;
    return 0;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    PQfinish(store->connection);
    buffer_free(&store->copy);
    free(store->conninfo);
    free(store);
}

void store_set_pause(struct store *store, int milliseconds)
{
    store->first_pause_ms = milliseconds;
}

void store_set_quiet(struct store *store, int seconds)
{
    store->quiet = seconds;
}

void store_set_rebuild(struct store *store, bool rebuild)
{
    store->rebuild = rebuild;
}

void change_counts_add(struct change_counts *sum, const struct change_counts *more)
{
    sum->reports += more->reports;
    sum->claims += more->claims;
    sum->events += more->events;
    sum->incidents += more->incidents;
    sum->figures += more->figures;
    sum->revisions += more->revisions;
    sum->others += more->others;
    sum->rejected += more->rejected;
}

int64_t change_counts_total(const struct change_counts *counts)
{
    return counts->reports + counts->claims + counts->events + counts->incidents + counts->figures +
           counts->revisions + counts->others;
}

int store_totals(struct store *store, int64_t *reports, int64_t *incidents, struct error *err)
{
    PGresult *rows;
    if (connection_ensure(store, err) < 0 ||
        statement_query(store,
                        "SELECT (SELECT count(*) FROM tracker.report),"
                        " (SELECT count(*) FROM tracker.incident WHERE retired_at IS NULL)",
                        0, NULL, &rows, NULL, "counting", err) < 0)
        return -1;
    *reports = row_int(rows, 0, 0);
    *incidents = row_int(rows, 0, 1);
    PQclear(rows);
    return 0;
}

static struct slice copy_or_empty(struct arena *arena, const char *text)
{
    return arena_copy(arena, slice_of(text ? text : ""));
}

int store_describe(struct store *store, struct arena *arena, struct store_info *out,
                   struct error *err)
{
    PGconn *connection = store->connection;
    int version = PQlibVersion();
    *out = (struct store_info){
        .server_version = copy_or_empty(arena, PQparameterStatus(connection, "server_version")),
        .libpq_version = arena_format(arena, "%d.%d", version / 10000, version % 10000),
        .host = copy_or_empty(arena, PQhost(connection)),
        .port = copy_or_empty(arena, PQport(connection)),
        .database = copy_or_empty(arena, PQdb(connection)),
        .role = copy_or_empty(arena, PQuser(connection)),
    };
    bool full = !out->server_version.ptr || !out->libpq_version.ptr || !out->host.ptr ||
                !out->port.ptr || !out->database.ptr || !out->role.ptr;
    return full ? arena_full(arena, err) : 0;
}
