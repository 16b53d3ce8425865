#ifndef TRACKER_STORE_COPY_ROW_H
#define TRACKER_STORE_COPY_ROW_H

#include "base/buffer.h"
#include "base/calendar.h"
#include "base/digest.h"

/* Rows in the text format of COPY (PostgreSQL manual, COPY, "Text Format"), written straight into a
 * buffer: values of a row one after the other, then copy_end. A tab is written before each value
 * but the first. */
struct copy_row {
    struct buffer *out;
    bool comma; /* a value of this row stands before the next one */
};

void copy_row_start(struct copy_row *row, struct buffer *out);
void copy_null(struct copy_row *row);
void copy_int(struct copy_row *row, int64_t value);
/* NULL when value == none. */
void copy_int_or_null(struct copy_row *row, int64_t value, int64_t none);
void copy_bool(struct copy_row *row, bool value);
/* Text with COPY's escapes. Malformed UTF-8 and NUL, which the server would refuse with the whole
 * batch, become U+FFFD. */
void copy_slice(struct copy_row *row, struct slice value);         /* absent is empty text */
void copy_slice_or_null(struct copy_row *row, struct slice value); /* absent or empty is NULL */
void copy_text(struct copy_row *row,
               const char *value); /* plain ASCII of the program's own tables */
void copy_digest(struct copy_row *row, const struct digest *digest); /* bytea */
/* timestamptz in UTC; NULL for INSTANT_NONE and outside the years 1 to 9999. */
void copy_instant(struct copy_row *row, instant at);
/* date; NULL for DAY_NONE and outside the years 1 to 9999. */
void copy_day(struct copy_row *row, day_number day);
/* text[], each item quoted. */
void copy_slices(struct copy_row *row, const struct slice *items, size_t n);
/* bigint[]: pieces between copy_array_start and copy_array_end. */
void copy_array_start(struct copy_row *row);
void copy_array_int(struct copy_row *row, size_t index, int64_t value);
void copy_array_end(struct copy_row *row);
/* Ends the row. */
void copy_end(struct copy_row *row);

#endif
