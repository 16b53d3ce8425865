#include "store/copy_in.h"

#include <stdlib.h>

/* What fits into a socket's buffer: the next piece is made while the server reads this one. */
#define PIECE ((size_t)1 << 16)

int copy_in_start(struct store *store, struct copy_in *copy, const char *sql, const char *what,
                  struct error *err)
{
    *copy = (struct copy_in){.store = store, .what = what};
    buffer_clear(&store->copy);
    copy_row_start(&copy->row, &store->copy);
    PGresult *result = PQexec(store->connection, sql);
    int rc = 0;
    if (PQresultStatus(result) != PGRES_COPY_IN)
        rc = connection_fail(store, result, what, err);
    PQclear(result);
    return rc;
}

/* The server's answer to a COPY. Several results may come; the first error is the cause. */
static int take_answer(struct copy_in *copy, int64_t *changed, struct error *err)
{
    int rc = 0;
    PGresult *result = PQgetResult(copy->store->connection);
    if (!result)
        return connection_fail(copy->store, NULL, copy->what, err);
    while (result) {
        if (PQresultStatus(result) != PGRES_COMMAND_OK) {
            if (rc == 0)
                rc = connection_fail(copy->store, result, copy->what, err);
        } else if (changed) {
            *changed += strtoll(PQcmdTuples(result), NULL, 10);
        }
        PQclear(result);
        result = PQgetResult(copy->store->connection);
    }
    return rc;
}

static int send_piece(struct copy_in *copy, struct error *err)
{
    struct buffer *rows = &copy->store->copy;
    if (buffer_check(rows, err) < 0)
        return -1;
    int sent = rows->len ? PQputCopyData(copy->store->connection, rows->ptr, (int)rows->len) : 1;
    buffer_clear(rows);
    if (sent == 1)
        return 0;
    return connection_fail(copy->store, NULL, copy->what, err);
}

int copy_in_row(struct copy_in *copy, struct error *err)
{
    copy_end(&copy->row);
    return copy->store->copy.len < PIECE ? 0 : send_piece(copy, err);
}

int copy_in_finish(struct copy_in *copy, int64_t *changed, struct error *err)
{
    if (send_piece(copy, err) < 0)
        return -1;
    if (PQputCopyEnd(copy->store->connection, NULL) != 1)
        return connection_fail(copy->store, NULL, copy->what, err);
    return take_answer(copy, changed, err);
}

void copy_in_abandon(struct store *store)
{
    if (PQtransactionStatus(store->connection) != PQTRANS_ACTIVE)
        return;
    (void)PQputCopyEnd(store->connection, "given up");
    PGresult *result;
    while ((result = PQgetResult(store->connection)) != NULL) {
        bool copying = PQresultStatus(result) == PGRES_COPY_IN;
        PQclear(result);
        if (copying && PQputCopyEnd(store->connection, "given up") != 1)
            break;
    }
}
