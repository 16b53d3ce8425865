#ifndef TRACKER_EXTRACT_PLACE_FILE_H
#define TRACKER_EXTRACT_PLACE_FILE_H

#include <stdint.h>

#include "base/error.h"

/* Most columns a row is cut into; a GeoNames dump has 19. Further ones are an error. */
#define PLACE_FILE_COLUMNS 24
/* The longest line taken; the longest of a real dump has some 15 KB. */
#define PLACE_FILE_LINE (1u << 20)

/* Reads a file of tab-separated rows, plain or gzip-compressed (told apart by content). */
struct place_file;

/* One row. The slices point into the file's buffer and die with the next call. */
struct place_row {
    struct slice columns[PLACE_FILE_COLUMNS];
    size_t n;
    const char *file;
    int line;
};

/* Opens `path`; *out is the caller's, closed with place_file_close. -1 with ERROR_IO. */
int place_file_open(struct place_file **out, const char *path, struct error *err) WARN_UNUSED;
void place_file_close(struct place_file *file);

/* The next row that is neither empty nor a comment ("# ..."): 1, or 0 at the end. -1 with
 * ERROR_INPUT and file:line for a line that is too long, has too many columns or holds a NUL byte;
 * ERROR_IO when reading fails or the compressed data is damaged. */
int place_file_next(struct place_file *file, struct place_row *row, struct error *err) WARN_UNUSED;

/* Column `i`, trimmed; empty when the row is shorter. */
struct slice place_row_column(const struct place_row *row, size_t i);

/* Column `i` as an integer between `low` and `high`; an empty column gives `fallback`.
 * -1 with ERROR_INPUT, file:line and the column's number. */
int place_row_int(const struct place_row *row, size_t i, int64_t low, int64_t high,
                  int64_t fallback, int64_t *out, struct error *err) WARN_UNUSED;

/* Column `i` as degrees ("-12.3456") in units of 1e-5 degrees, rounded half away from zero; `limit`
 * is 90 or 180. -1 with ERROR_INPUT, also for an empty column. */
int place_row_degrees(const struct place_row *row, size_t i, int limit, int32_t *out,
                      struct error *err) WARN_UNUSED;

/* ERROR_INPUT at the row's file:line; returns -1. */
int place_row_error(const struct place_row *row, struct error *err, const char *text);

/* Cuts the next piece off *rest at `separator`, trimmed; false when nothing is left. */
bool place_piece(struct slice *rest, char separator, struct slice *piece);

#endif
