#ifndef TRACKER_TESTS_STORE_FIXTURE_H
#define TRACKER_TESTS_STORE_FIXTURE_H

#include <libpq-fe.h>

#include "store/store.h"

/* A database of its own on the server of the PG* variables, with the schema, a store, and a plain
 * connection to look at what the store did. */
struct test_db {
    char name[64];
    char conninfo[96];
    PGconn *plain;
    struct store *store;
    char text[4096]; /* the last db_text */
};

/* False when the database cannot be made; the test then fails. `migrated`: with the schema. */
bool test_db_open(struct test_db *db, bool migrated);
void test_db_close(struct test_db *db);

/* The first value of a query; "" for NULL, "error: ..." for a failure. Valid until the next call.
 */
const char *db_text(struct test_db *db, const char *sql);
long long db_int(struct test_db *db, const char *sql);
/* Runs something and says whether it worked. */
bool db_run(struct test_db *db, const char *sql);

#endif
