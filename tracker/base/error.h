#ifndef TRACKER_BASE_ERROR_H
#define TRACKER_BASE_ERROR_H

#include "base/slice.h"

#define WARN_UNUSED __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/* What went wrong, in kinds a caller may act on; cli/ maps them to exit codes. */
enum error_code {
    ERROR_NONE,
    ERROR_USAGE,       /* the command line: exit 129 */
    ERROR_IO,          /* a file or stream of the system: exit 1 */
    ERROR_INPUT,       /* one report is bad: it is rejected, the run goes on (exit 3) */
    ERROR_LIMIT,       /* a cap was reached (arena, buffer, report size) */
    ERROR_RULES,       /* rule files: exit 4 */
    ERROR_CONFIG,      /* settings: exit 4 */
    ERROR_NO_DATABASE, /* cannot connect, or the server went away for good: exit 2 */
    ERROR_DATABASE,    /* the server refused a statement: exit 1 */
    ERROR_RETRY,       /* serialisation, deadlock, lost connection: the batch may be sent again */
    ERROR_REFUSED,     /* a contradictory decision, a schema newer than the program: exit 1 */
    ERROR_INTERRUPTED, /* SIGINT or SIGTERM */
};

/* One failure. Plain value, owns nothing; texts are truncated to fit, never overflow.
 * `line` and `column` count from 1; 0 means unknown. */
struct error {
    enum error_code code;
    char text[512];
    char file[256];
    int line;
    int column;
};

/* Fills `err` (which may be NULL) and returns -1, so that a function can `return error_set(...)`.
 */
int error_set(struct error *err, enum error_code code, const char *format, ...) PRINTF_LIKE(3, 4);

/* The same with a place: file, line, column (0 when unknown). */
int error_at(struct error *err, enum error_code code, const char *file, int line, int column,
             const char *format, ...) PRINTF_LIKE(6, 7);

/* Writes "file:line:column: text" (the parts that are known) into `out`, always terminated. */
void error_describe(const struct error *err, char *out, size_t size);

#endif
