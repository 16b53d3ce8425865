#ifndef TRACKER_STORE_COPY_TABLE_H
#define TRACKER_STORE_COPY_TABLE_H

#include <stddef.h>

#include "store/copy_in.h"

/* What a table gets by COPY, column by column: its name beside where the value stands, so that the
 * two cannot fall out of step. A row is made of up to four structs, its parts. */
enum copy_kind {
    COPY_INT64,
    COPY_INT32,
    COPY_UINT32,
    COPY_UINT16,
    COPY_UINT8,
    COPY_BOOL,
    COPY_TEXT,         /* struct slice */
    COPY_TEXT_OR_NULL, /* absent or empty is NULL */
    COPY_DIGEST,
    COPY_INSTANT,
    COPY_DAY,
    COPY_NAME,    /* a uint8_t that counts in `names` */
    COPY_ENUM,    /* an enum that does */
    COPY_NUMBERS, /* uint32_t *, as integer[]: the upper half goes in as negative ones */
    COPY_IDS,     /* int64_t * */
    COPY_TEXTS,   /* struct slice * */
};
struct copy_column {
    const char *name;
    enum copy_kind kind;
    unsigned part;
    size_t offset;
    size_t count;             /* offset of how many, for the last three kinds */
    int64_t none;             /* of whole numbers: what is NULL, with `nullable` */
    const char *const *names; /* of COPY_NAME and COPY_ENUM */
    bool nullable;
};
struct copy_table {
    const char *into, *what; /* "tracker.claim"; for messages: "storing claims" */
    const struct copy_column *columns;
    size_t n;
};

/* Lines of a table of columns: name, part, struct, member. The kind follows from the member's type
 * but where that says too little: instants and days are whole numbers to C, and a text may be NULL
 * for being empty. */
#define COPY_KIND(type, member)           \
    _Generic(((type *)0)->member, int64_t \
             : COPY_INT64, int32_t        \
             : COPY_INT32, uint32_t       \
             : COPY_UINT32, uint16_t      \
             : COPY_UINT16, uint8_t       \
             : COPY_UINT8, bool           \
             : COPY_BOOL, struct slice    \
             : COPY_TEXT, struct digest   \
             : COPY_DIGEST)
#define COLUMN(name, part, type, member)                                           \
    {                                                                              \
        name, COPY_KIND(type, member), part, offsetof(type, member), 0, 0, NULL, 0 \
    }
#define COLUMN_AS(kind, name, part, type, member)               \
    {                                                           \
        name, kind, part, offsetof(type, member), 0, 0, NULL, 0 \
    }
#define COLUMN_OR_NULL(name, part, type, member, none)                                \
    {                                                                                 \
        name, COPY_KIND(type, member), part, offsetof(type, member), 0, none, NULL, 1 \
    }
#define COLUMN_NAMED(name, part, type, member, names)    \
    {                                                    \
        name,                                            \
            _Generic(((type *)0)->member, uint8_t        \
                     : COPY_NAME, default                \
                     : COPY_ENUM),                       \
            part, offsetof(type, member), 0, 0, names, 0 \
    }
#define COLUMN_LIST(name, part, type, member, count)                        \
    {                                                                       \
        name,                                                               \
            _Generic(((type *)0)->member, uint32_t *                        \
                     : COPY_NUMBERS, int64_t *                              \
                     : COPY_IDS, struct slice *                             \
                     : COPY_TEXTS),                                         \
            part, offsetof(type, member), offsetof(type, count), 0, NULL, 0 \
    }
#define COPY_TABLE(into, what, columns)                          \
    {                                                            \
        into, what, columns, sizeof(columns) / sizeof *(columns) \
    }

/* copy_in_start of a table. */
int copy_table_start(struct store *store, struct copy_in *copy, const struct copy_table *table,
                     struct error *err) WARN_UNUSED;
/* Writes one row without ending it. */
void copy_table_write(struct copy_row *row, const struct copy_table *table,
                      const void *const *parts);
/* Writes one row and ends it. */
int copy_table_row(struct copy_in *copy, const struct copy_table *table, const void *const *parts,
                   struct error *err) WARN_UNUSED;

#endif
