#ifndef TRACKER_READ_LABELS_H
#define TRACKER_READ_LABELS_H

#include <stdint.h>

#include "base/arena.h"

/* The labels of reports: what coders wrote about each line of a JSON lines file, under the key
 * "gold" (`{"killed", "killed_max", "wounded", ..., "location", "location_town", "incident_id"}`).
 * The reports of the same file are read by a reader; `line` tells which label belongs to which. */

/* A number the coders gave: right is what lies in low .. high. */
struct label_number {
    bool given;
    bool positive; /* more than none */
    int64_t low;
    int64_t high;
};

struct label {
    int line;                     /* of the file, from 1 */
    bool named;                   /* the line has an "id" that is not empty */
    struct slice place;           /* absent when they named none */
    struct label_number *numbers; /* one a key of labels_read */
    struct slice incident;        /* which strike it tells of; absent when they gave none */
};

struct labels {
    struct label *items; /* in order of lines; only those that have a "gold" */
    size_t n;
    size_t n_without; /* lines that are no report with a "gold" */
};

/* Reads all labels of a file. `keys` are the names of numbers ("killed", "drones_intercepted");
 * "killed_max" is the upper end of "killed". A number is not given when it is null, when
 * "gold_in_text" says that the report does not state it, and on a line whose coders divided or made
 * up numbers ("toll_shared", "coder_imputed_fatalities"). The place is "location_town", else
 * "location". All memory from `arena`. -1 with ERROR_IO, ERROR_LIMIT or ERROR_INTERRUPTED. */
int labels_read(struct arena *arena, const char *path, const struct slice *keys, size_t n_keys,
                struct labels *out, struct error *err) WARN_UNUSED;

#endif
