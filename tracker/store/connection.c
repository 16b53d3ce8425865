#include "store/connection.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "base/secret.h"
#include "store/copy_in.h"

#define OLDEST_SERVER 130000

/* The session's known state: nothing of a user's or a server's settings may change a result. */
static const char SESSION[] =
    "SET search_path = ''; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD';"
    " SET IntervalStyle = 'postgres'; SET bytea_output = 'hex'; SET statement_timeout = 0;"
    " SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0;"
    " SET default_transaction_isolation = 'read committed';"
    " SET default_transaction_read_only = off;"
    " SET standard_conforming_strings = on; SET client_min_messages = warning; SET jit = off";

/* Faster than the default, where the server was built with it. */
static const char COMPRESSION[] =
    "SELECT pg_catalog.set_config('default_toast_compression', 'lz4', false)"
    " FROM pg_catalog.pg_settings"
    " WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)";

static void ignore_notice(void *unused, const char *message)
{
    (void)unused;
    (void)message;
}

bool sqlstate_is_transient(const char *sqlstate)
{
    static const char *const transient[] = {
        "40001", /* serialization_failure */
        "40P01", /* deadlock_detected */
        "55P03", /* lock_not_available */
        "57P01", /* admin_shutdown */
        "57P02", /* crash_shutdown */
        "57P03", /* cannot_connect_now */
        "53300", /* too_many_connections */
        "23505", /* unique_violation: another process wrote the same report first */
    };
    if (!sqlstate || strncmp(sqlstate, "08", 2) == 0)
        return true;
    for (size_t i = 0; i < sizeof transient / sizeof *transient; i++) {
        if (strcmp(sqlstate, transient[i]) == 0)
            return true;
    }
    return false;
}

/* libpq's messages end with a line feed, and may have several lines; one line is enough for ours.
 */
static struct slice one_line(const char *message)
{
    struct slice text = slice_trim(slice_of(message));
    const char *end = text.len ? memchr(text.ptr, '\n', text.len) : NULL;
    if (end)
        text.len = (size_t)(end - text.ptr);
    return slice_trim(text);
}

int connection_fail(struct store *store, const PGresult *result, const char *what,
                    struct error *err)
{
    const char *sqlstate = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    const char *hint = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_HINT) : NULL;
    bool alive = connection_is_alive(store);
    if (!primary)
        primary = PQerrorMessage(store->connection);
    struct slice message = one_line(primary);
    /* Without a state the server said nothing: either the line is dead or libpq itself gave up. */
    enum error_code code =
        !alive || (sqlstate && sqlstate_is_transient(sqlstate)) ? ERROR_RETRY : ERROR_DATABASE;
    return error_set(err, code, "%s: %.*s%s%s", what, SLICE_ARG(message), hint ? "; " : "",
                     hint ? hint : "");
}

bool connection_is_alive(const struct store *store)
{
    return store->connection && PQstatus(store->connection) == CONNECTION_OK;
}

static int refuse_connection(struct store *store, enum error_code code, struct error *err)
{
    struct slice message = one_line(PQerrorMessage(store->connection));
    /* libpq quotes what it cannot parse, or takes for a database's name: maybe a part of a
     * password.
     */
    PQconninfoOption *parsed = PQconninfoParse(store->conninfo, NULL);
    if (!parsed && secret_in(slice_of(store->conninfo)))
        message = SLICE_LITERAL("its connection string cannot be read " SECRET_HIDDEN);
    PQconninfoFree(parsed);
    return error_set(
        err, code,
        "cannot connect to the database: %.*s; set PGHOST, PGPORT, PGUSER and PGDATABASE, "
        "or use -d",
        SLICE_ARG(message));
}

int connection_open(struct store *store, struct error *err)
{
    PQfinish(store->connection);
    store->batch_staged = false;
    store->settle_staged = false;
    /* Last wins: the encoding is ours to choose, the rest is the user's. */
    const char *const keywords[] = {"fallback_application_name", "dbname", "client_encoding", NULL};
    const char *const values[] = {"tracker", store->conninfo, "UTF8", NULL};
    store->connection = PQconnectdbParams(keywords, values, 1);
    if (!store->connection)
        return error_set(err, ERROR_LIMIT, "out of memory");
    if (!connection_is_alive(store))
        return refuse_connection(store, ERROR_NO_DATABASE, err);
    PQsetNoticeProcessor(store->connection, ignore_notice, NULL);
    int version = PQserverVersion(store->connection);
    if (version < OLDEST_SERVER)
        return error_set(err, ERROR_NO_DATABASE,
                         "the server is PostgreSQL %d; version 13 or newer is needed",
                         version / 10000);
    if (statement_run(store, SESSION, "preparing the session", err) < 0)
        return -1;
    return statement_query(store, COMPRESSION, 0, NULL, NULL, NULL, "preparing the session", err);
}

int connection_ensure(struct store *store, struct error *err)
{
    if (connection_is_alive(store))
        return 0;
    if (connection_open(store, err) == 0)
        return 0;
    if (err && err->code == ERROR_NO_DATABASE)
        err->code = ERROR_RETRY;
    return -1;
}

void connection_rollback(struct store *store)
{
    if (!connection_is_alive(store))
        return;
    copy_in_abandon(store);
    if (PQtransactionStatus(store->connection) == PQTRANS_IDLE)
        return;
    PQclear(PQexec(store->connection, "ROLLBACK"));
}

void connection_pause(const struct store *store, int attempt)
{
    int64_t ms = store->first_pause_ms;
    for (int i = 1; i < attempt; i++)
        ms *= 3;
    struct timespec pause = {ms / 1000, ms % 1000 * 1000000};
    /* A signal shortens the pause: who wants to stop need not wait. */
    (void)nanosleep(&pause, NULL);
}

static bool result_is_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

int statement_run(struct store *store, const char *sql, const char *what, struct error *err)
{
    PGresult *result = PQexec(store->connection, sql);
    int rc = result_is_good(result) ? 0 : connection_fail(store, result, what, err);
    PQclear(result);
    return rc;
}

int statement_query(struct store *store, const char *sql, int n_params, const char *const *params,
                    PGresult **rows, int64_t *changed, const char *what, struct error *err)
{
    PGresult *result = PQexecParams(store->connection, sql, n_params, NULL, params, NULL, NULL, 0);
    if (!result_is_good(result)) {
        int rc = connection_fail(store, result, what, err);
        PQclear(result);
        return rc;
    }
    if (changed)
        *changed += strtoll(PQcmdTuples(result), NULL, 10);
    if (rows)
        *rows = result;
    else
        PQclear(result);
    return 0;
}

int staging_make(struct store *store, const char *sql, bool *done, struct error *err)
{
    if (!*done && statement_run(store, sql, "making the staging tables", err) < 0)
        return -1;
    *done = true;
    return 0;
}

bool row_is_null(const PGresult *rows, int row, int column)
{
    return PQgetisnull(rows, row, column) != 0;
}

int64_t row_int(const PGresult *rows, int row, int column)
{
    return strtoll(PQgetvalue(rows, row, column), NULL, 10);
}

int64_t row_int_or(const PGresult *rows, int row, int column, int64_t otherwise)
{
    return row_is_null(rows, row, column) ? otherwise : row_int(rows, row, column);
}

bool row_bool(const PGresult *rows, int row, int column)
{
    return PQgetvalue(rows, row, column)[0] == 't';
}

struct slice row_slice(const PGresult *rows, int row, int column)
{
    if (row_is_null(rows, row, column))
        return SLICE_NONE;
    return (struct slice){PQgetvalue(rows, row, column), (size_t)PQgetlength(rows, row, column)};
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int row_keep(struct arena *arena, const PGresult *rows, int row, int column, struct slice *out,
             struct error *err)
{
    struct slice value = row_slice(rows, row, column);
    *out = value.ptr ? arena_copy(arena, value) : SLICE_NONE;
    return value.ptr && !out->ptr ? arena_full(arena, err) : 0;
}

bool row_digest(const PGresult *rows, int row, int column, struct digest *out)
{
    struct slice text = row_slice(rows, row, column);
    if (text.len != 2 + 2 * DIGEST_SIZE || text.ptr[0] != '\\' || text.ptr[1] != 'x')
        return false;
    for (size_t i = 0; i < DIGEST_SIZE; i++) {
        int high = hex_value(text.ptr[2 + 2 * i]);
        int low = hex_value(text.ptr[3 + 2 * i]);
        if (high < 0 || low < 0)
            return false;
        out->bytes[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}
