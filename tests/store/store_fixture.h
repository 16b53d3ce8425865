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

/* The first value of a query; "" for NULL, "error: ..." for a failure. Valid until the next call. */
const char *db_text(struct test_db *db, const char *sql);
long long db_int(struct test_db *db, const char *sql);
/* Runs something and says whether it worked. */
bool db_run(struct test_db *db, const char *sql);

/* A report with one event of Ternopil and one claim, and everything they need. */
struct sample {
    struct report_row report;
    struct claim_row claim;
    struct stored_event event;
    struct event_claim event_claim;
    char words[256];
};

/* `url` makes the report, `words` its edition, `published` (seconds) its time, `killed` its number. */
void sample_make(struct sample *sample, const char *url, const char *words, instant published,
                 int64_t killed);
/* Writes samples as one batch, read by the rule set of that name. */
int samples_write(struct store *store, struct sample *const *samples, size_t n, const char *rules,
                  struct change_counts *counts, struct error *err);

#endif
