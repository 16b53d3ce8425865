#ifndef TRACKER_STORE_COPY_IN_H
#define TRACKER_STORE_COPY_IN_H

#include "store/connection.h"
#include "store/copy_row.h"

/* One COPY ... FROM STDIN: start, rows with copy_row.h, copy_in_row after each (it sends a piece
 * when enough has gathered), finish. Only one at a time on a store. */
struct copy_in {
    struct store *store;
    struct copy_row row;
    const char *what; /* for messages */
};

int copy_in_start(struct store *store, struct copy_in *copy, const char *sql, const char *what,
                  struct error *err) WARN_UNUSED;
/* Ends the row written so far and sends what has gathered, if it is much. */
int copy_in_row(struct copy_in *copy, struct error *err) WARN_UNUSED;
/* Sends the rest and waits for the server's word; *changed, where not NULL, grows by the rows
 * taken. */
int copy_in_finish(struct copy_in *copy, int64_t *changed, struct error *err) WARN_UNUSED;
/* Leaves a COPY that failed half-way, so that the connection can be used again. */
void copy_in_abandon(struct store *store);

#endif
