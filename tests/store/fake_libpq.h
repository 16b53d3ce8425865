#ifndef TRACKER_TESTS_FAKE_LIBPQ_H
#define TRACKER_TESTS_FAKE_LIBPQ_H

#include <stddef.h>

/* A scripted libpq, linked instead of the real one, for what a real server will not do on demand.
 * Every statement succeeds without rows, every COPY takes its data, unless the script says
 * otherwise; all calls are written down. */

enum fake_action {
    FAKE_LOSE,  /* the connection breaks at this call; it answers nothing any more */
    FAKE_ERROR, /* the server refuses with `value` as its SQLSTATE */
    FAKE_ROWS,  /* the statement answers with rows: `value` is "a|b;c|d" */
};

/* What happens at call number `nth` (from 1) that begins with `call`; nth 0: at every one. Calls
 * are "CONNECT", the words of a statement, and of a COPY: its statement, "PUT" for each piece,
 * "END". */
struct fake_step {
    const char *call;
    int nth;
    enum fake_action action;
    const char *value;
};

/* Forgets all, and follows this script from now on. */
void fake_start(const struct fake_step *steps, size_t n);
/* How often a call that begins with `call` was made. */
int fake_count(const char *call);
/* The calls of the session number `session` (from 1), one a line: each one's first words. */
const char *fake_session(int session);
/* The bytes that went into COPY number `nth` (from 1) of a table whose statement begins with
 * `call`. */
const char *fake_copied(const char *call, int nth);
/* Results and connections not given back: must be 0 at the end. */
int fake_leaks(void);

#endif
