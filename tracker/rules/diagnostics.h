#ifndef TRACKER_RULES_DIAGNOSTICS_H
#define TRACKER_RULES_DIAGNOSTICS_H

#include "base/arena.h"
#include "base/buffer.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

/* Where a piece of a rule file stands: file as given, line and column from 1 (bytes), width in
 * bytes. */
struct location {
    const char *file;
    int line;
    int column;
    int width; /* 0 or 1: a single caret */
};

/* One finding about a rule file. Texts live in the arena of the list. */
struct diagnostic {
    enum severity severity;
    struct location where;
    struct slice text; /* "unknown field <killd>" */
    struct slice hint; /* "did you mean <killed>?", absent when there is none */
};

/* All findings of a run, so that an analyst mends them at once. */
struct diagnostics {
    struct arena *arena;
    struct diagnostic *items;
    size_t n_items;
    size_t capacity;
    size_t n_errors;
    size_t n_warnings;
};

void diagnostics_init(struct diagnostics *list, struct arena *arena);

/* Adds one finding; `hint` may be NULL. Never fails: when the arena is full it only counts. Always
 * returns -1, so that a check can `return diagnostics_add(...)`. */
int diagnostics_add(struct diagnostics *list, enum severity severity, struct location where,
                    const char *hint, const char *format, ...) PRINTF_LIKE(5, 6);

/* Prints every finding in gcc's form, sorted by file, line, column, text: the message, the source
 * line with its number, a caret with the hint. Reads the source lines from the files again (skipped
 * when unreadable). */
void diagnostics_print(const struct diagnostics *list, struct buffer *out);

/* The nearest of `names` to `word` by edit distance (optimal string alignment, at most a third of
 * its length, ties by order), or SLICE_NONE: "did you mean ...?". */
struct slice suggest(struct slice word, const struct slice *names, size_t n);

#endif
