#ifndef TRACKER_STORE_CONNECTION_H
#define TRACKER_STORE_CONNECTION_H

#include <libpq-fe.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "store/store.h"

/* The one object that owns the connection, seen by the files of store/ only, and the few helpers
 * all of them use. Every SQL text is a constant; values travel as parameters or as COPY rows. */

/* An incident as the database has it, to know which ones changed. */
struct stored_incident {
    int64_t region_id;
    int64_t incident_id;
    struct digest content;
    bool seen; /* still an incident after this settling */
};

/* How firmly an event hangs in its incident, as the database has it (reconcile/links.h). */
struct stored_link {
    int64_t event_id;
    int32_t link; /* LINK_ALONE where it is NULL */
};

/* What store_settle_next learned and store_settle_finish needs; in the caller's arena but for the
 * results. */
struct settle_state {
    int64_t region_id;              /* of the cell */
    const char *marks;              /* '{1,2}': the marks seen before reading */
    struct stored_incident *stored; /* by incident_id */
    size_t n_stored;
    struct stored_link *links; /* by event_id: those of live incidents */
    size_t n_links;
    struct arena *arena;
    PGresult *event_rows; /* the cell's texts point into these */
    PGresult *claim_rows;
    PGresult *decision_rows;
    PGresult *former_rows;
};

struct store {
    PGconn *connection;
    char *conninfo;
    bool batch_staged;  /* the staging tables of batches stand in this session */
    bool settle_staged; /* those of settling */
    bool rebuild;       /* every incident is compared row by row, whatever its digest says */
    int quiet;          /* seconds a country must have been left alone before it is settled */
    int first_pause_ms; /* before the first retry; each further one waits three times as long */
    struct buffer copy; /* rows on their way to the server, see copy_in.h */
    struct settle_state settle;
};

/* Attempts at one piece of work before giving up: with pauses of 0.1 s and three times as long each
 * time, about 12 s. */
#define STORE_MAX_ATTEMPTS 6

/* Connects, or connects again after a loss; brings the session into its known state. */
int connection_open(struct store *store, struct error *err) WARN_UNUSED;

/* False when the server went away; the next connection_ensure connects again. */
bool connection_is_alive(const struct store *store);

/* Connects again if the server went away; ERROR_RETRY when it cannot for now. */
int connection_ensure(struct store *store, struct error *err) WARN_UNUSED;

/* Ends an open transaction without its work, whatever state it is in; never fails (a lost
 * connection has no transaction). */
void connection_rollback(struct store *store);

/* Waits before attempt number `attempt` + 1 (from 1). */
void connection_pause(const struct store *store, int attempt);

/* Whether an SQLSTATE says that the same work may succeed when sent again: serialisation (40001),
 * deadlock (40P01), lock not available (55P03), connection lost or server going down (08xxx,
 * 57P01..03), too many connections (53300), or a key that another process has just written (23505:
 * found on the next look). NULL: the connection broke. */
bool sqlstate_is_transient(const char *sqlstate);

/* Fills `err` from a failed result (NULL: from the connection): ERROR_RETRY or ERROR_DATABASE, with
 * the server's words and hint. Returns -1. `what` says what was being done. */
int connection_fail(struct store *store, const PGresult *result, const char *what,
                    struct error *err) WARN_UNUSED;

/* A statement without parameters and result (BEGIN, COMMIT, ...); `sql` may hold several. */
int statement_run(struct store *store, const char *sql, const char *what,
                  struct error *err) WARN_UNUSED;

/* One statement with text parameters (NULL is NULL). *rows gets the result, to be cleared by the
 * caller; with `rows` NULL it is dropped. *changed, where not NULL, grows by the number of rows it
 * wrote. */
int statement_query(struct store *store, const char *sql, int n_params, const char *const *params,
                    PGresult **rows, int64_t *changed, const char *what,
                    struct error *err) WARN_UNUSED;

/* Creates staging tables once a session; *done is the session's flag. */
int staging_make(struct store *store, const char *sql, bool *done, struct error *err) WARN_UNUSED;

/* Values of a result. Columns are known to hold the type; an impossible value reads as 0. */
bool row_is_null(const PGresult *rows, int row, int column);
int64_t row_int(const PGresult *rows, int row, int column);
int64_t row_int_or(const PGresult *rows, int row, int column, int64_t otherwise);
bool row_bool(const PGresult *rows, int row, int column);
/* Points into the result; absent for NULL. */
struct slice row_slice(const PGresult *rows, int row, int column);
/* A copy of it in `arena`. -1 with ERROR_LIMIT when the arena is full. */
int row_keep(struct arena *arena, const PGresult *rows, int row, int column, struct slice *out,
             struct error *err) WARN_UNUSED;
/* From bytea in hex format; false when it is no SHA-256. */
bool row_digest(const PGresult *rows, int row, int column, struct digest *out);

#endif
