#include "fake_libpq.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_CALLS 1000
#define WORDS 40 /* of a call that are kept */

struct pg_conn {
    int session;
    ConnStatusType status;
    PGTransactionStatusType transaction;
    int copying;       /* number of the COPY, 0 for none */
    PGresult *pending; /* for PQgetResult */
};

struct pg_result {
    ExecStatusType status;
    char sqlstate[6];
    char *cells; /* "a|b;c|d" cut into strings */
    int n_rows, n_columns;
    int changed;
};

struct copied {
    char call[WORDS];
    char *bytes;
    size_t len;
};

static struct {
    const struct fake_step *steps;
    size_t n_steps;
    char calls[MAX_CALLS][WORDS];
    int session_of[MAX_CALLS];
    int n_calls;
    int n_sessions;
    struct copied copies[MAX_CALLS];
    int n_copies;
    int open; /* connections and results */
    char text[MAX_CALLS * WORDS];
} fake;

void fake_start(const struct fake_step *steps, size_t n)
{
    for (int i = 0; i < fake.n_copies; i++)
        free(fake.copies[i].bytes);
    memset(&fake, 0, sizeof fake);
    fake.steps = steps;
    fake.n_steps = n;
}

static int begins(const char *call, const char *with)
{
    return strncmp(call, with, strlen(with)) == 0;
}

int fake_count(const char *call)
{
    int n = 0;
    for (int i = 0; i < fake.n_calls; i++)
        n += begins(fake.calls[i], call);
    return n;
}

const char *fake_session(int session)
{
    size_t len = 0;
    fake.text[0] = '\0';
    for (int i = 0; i < fake.n_calls; i++) {
        if (fake.session_of[i] == session)
            len += (size_t)snprintf(fake.text + len, sizeof fake.text - len, "%s\n", fake.calls[i]);
    }
    return fake.text;
}

const char *fake_copied(const char *call, int nth)
{
    for (int i = 0; i < fake.n_copies; i++) {
        if (begins(fake.copies[i].call, call) && --nth == 0)
            return fake.copies[i].bytes ? fake.copies[i].bytes : "";
    }
    return NULL;
}

int fake_leaks(void)
{
    return fake.open;
}

/* Writes a call down and finds what the script has for it. */
static const struct fake_step *note(int session, const char *call)
{
    if (fake.n_calls == MAX_CALLS)
        abort();
    fake.session_of[fake.n_calls] = session;
    snprintf(fake.calls[fake.n_calls++], WORDS, "%s", call);
    for (size_t i = 0; i < fake.n_steps; i++) {
        const struct fake_step *step = &fake.steps[i];
        if (begins(call, step->call) && (step->nth == 0 || fake_count(step->call) == step->nth))
            return step;
    }
    return NULL;
}

static PGresult *result_make(ExecStatusType status)
{
    PGresult *result = calloc(1, sizeof *result);
    if (!result)
        abort();
    result->status = status;
    fake.open++;
    return result;
}

static void fill_rows(PGresult *result, const char *rows)
{
    result->cells = strdup(rows);
    if (!result->cells)
        abort();
    result->n_rows = *rows ? 1 : 0;
    result->n_columns = 1;
    for (char *c = result->cells; *c; c++) {
        result->n_rows += *c == ';';
        result->n_columns += *c == '|' && result->n_rows == 1;
        if (*c == ';' || *c == '|')
            *c = '\0';
    }
}

static void lose(PGconn *connection)
{
    connection->status = CONNECTION_BAD;
    connection->transaction = PQTRANS_UNKNOWN;
    connection->copying = 0;
}

static PGresult *answer(PGconn *connection, const char *sql)
{
    const struct fake_step *step = note(connection->session, sql);
    if (connection->status != CONNECTION_OK)
        return result_make(PGRES_FATAL_ERROR);
    if (step && step->action == FAKE_LOSE) {
        lose(connection);
        return result_make(PGRES_FATAL_ERROR);
    }
    if (step && step->action == FAKE_ERROR) {
        PGresult *result = result_make(PGRES_FATAL_ERROR);
        snprintf(result->sqlstate, sizeof result->sqlstate, "%s", step->value);
        if (connection->transaction == PQTRANS_INTRANS)
            connection->transaction = PQTRANS_INERROR;
        return result;
    }
    if (begins(sql, "COPY")) {
        snprintf(fake.copies[fake.n_copies++].call, WORDS, "%s", sql);
        connection->copying = fake.n_copies;
        return result_make(PGRES_COPY_IN);
    }
    if (begins(sql, "BEGIN"))
        connection->transaction = PQTRANS_INTRANS;
    if (begins(sql, "COMMIT") || begins(sql, "ROLLBACK"))
        connection->transaction = PQTRANS_IDLE;
    PGresult *result = result_make(begins(sql, "SELECT") ? PGRES_TUPLES_OK : PGRES_COMMAND_OK);
    result->changed = !step || *step->value;
    if (step)
        fill_rows(result, step->value);
    return result;
}

/* ---- what the store calls ------------------------------------------------------------------- */

PGconn *PQconnectdbParams(const char *const *keywords, const char *const *values, int expand)
{
    (void)keywords;
    (void)values;
    (void)expand;
    PGconn *connection = calloc(1, sizeof *connection);
    if (!connection)
        abort();
    fake.open++;
    connection->session = ++fake.n_sessions;
    const struct fake_step *step = note(connection->session, "CONNECT");
    connection->status = step ? CONNECTION_BAD : CONNECTION_OK;
    connection->transaction = PQTRANS_IDLE;
    return connection;
}

void PQfinish(PGconn *connection)
{
    if (!connection)
        return;
    PQclear(connection->pending);
    free(connection);
    fake.open--;
}

PGresult *PQexec(PGconn *connection, const char *sql)
{
    return answer(connection, sql);
}

PGresult *PQexecParams(PGconn *connection, const char *sql, int n, const Oid *types,
                       const char *const *values, const int *lengths, const int *formats,
                       int format)
{
    (void)n;
    (void)types;
    (void)values;
    (void)lengths;
    (void)formats;
    (void)format;
    return answer(connection, sql);
}

int PQputCopyData(PGconn *connection, const char *bytes, int len)
{
    const struct fake_step *step = note(connection->session, "PUT");
    if (step)
        lose(connection);
    if (!connection->copying)
        return -1;
    struct copied *copied = &fake.copies[connection->copying - 1];
    copied->bytes = realloc(copied->bytes, copied->len + (size_t)len + 1);
    if (!copied->bytes)
        abort();
    memcpy(copied->bytes + copied->len, bytes, (size_t)len);
    copied->len += (size_t)len;
    copied->bytes[copied->len] = '\0';
    return 1;
}

int PQputCopyEnd(PGconn *connection, const char *problem)
{
    (void)problem;
    if (!connection->copying)
        return -1;
    connection->copying = 0;
    connection->pending = answer(connection, "END");
    return 1;
}

PGresult *PQgetResult(PGconn *connection)
{
    PGresult *result = connection->pending;
    connection->pending = NULL;
    return result;
}

void PQclear(PGresult *result)
{
    if (!result)
        return;
    free(result->cells);
    free(result);
    fake.open--;
}

char *PQgetvalue(const PGresult *result, int row, int column)
{
    char *cell = result->cells;
    for (int i = row * result->n_columns + column; cell && i > 0; i--)
        cell += strlen(cell) + 1;
    static char empty[1];
    return cell ? cell : empty;
}

int PQgetlength(const PGresult *result, int row, int column)
{
    return (int)strlen(PQgetvalue(result, row, column));
}

int PQgetisnull(const PGresult *result, int row, int column)
{
    return PQgetvalue(result, row, column)[0] == '\0';
}

int PQntuples(const PGresult *result)
{
    return result->n_rows;
}

/* One row a statement that may write, none where the script says "": enough to tell whether it
 * counted. */
char *PQcmdTuples(PGresult *result)
{
    static char none[] = "0", one[] = "1";
    return result->status == PGRES_COMMAND_OK && result->changed ? one : none;
}

ExecStatusType PQresultStatus(const PGresult *result)
{
    return result ? result->status : PGRES_FATAL_ERROR;
}

char *PQresultErrorField(const PGresult *result, int field)
{
    static char message[] = "refused";
    if (!result->sqlstate[0])
        return NULL;
    if (field == PG_DIAG_SQLSTATE)
        return (char *)result->sqlstate;
    return field == PG_DIAG_MESSAGE_PRIMARY ? message : NULL;
}

ConnStatusType PQstatus(const PGconn *connection)
{
    return connection->status;
}

PGTransactionStatusType PQtransactionStatus(const PGconn *connection)
{
    return connection->copying ? PQTRANS_ACTIVE : connection->transaction;
}

char *PQerrorMessage(const PGconn *connection)
{
    static char lost[] = "server closed the connection unexpectedly\n", none[] = "";
    return connection->status == CONNECTION_OK ? none : lost;
}

PQnoticeProcessor PQsetNoticeProcessor(PGconn *connection, PQnoticeProcessor processor,
                                       void *unused)
{
    (void)connection;
    (void)processor;
    (void)unused;
    return NULL;
}

int PQserverVersion(const PGconn *connection)
{
    (void)connection;
    return 150000;
}

int PQlibVersion(void)
{
    return 150000;
}

#define TEXT_OF_CONNECTION(function)         \
    char *function(const PGconn *connection) \
    {                                        \
        (void)connection;                    \
        static char text[] = "fake";         \
        return text;                         \
    }
TEXT_OF_CONNECTION(PQhost)
TEXT_OF_CONNECTION(PQport)
TEXT_OF_CONNECTION(PQdb)
TEXT_OF_CONNECTION(PQuser)

const char *PQparameterStatus(const PGconn *connection, const char *name)
{
    (void)connection;
    (void)name;
    return "15";
}
