#include "extract/place_file.h"

#include <errno.h>
#include <stdlib.h>
#include <zlib.h>

struct place_file {
    gzFile gz;
    char *path;
    char *line; /* PLACE_FILE_LINE bytes */
    int number;
};

int place_file_open(struct place_file **out, const char *path, struct error *err)
{
    *out = NULL;
    struct place_file *file = calloc(1, sizeof *file);
    if (!file)
        return error_set(err, ERROR_LIMIT, "out of memory");
    file->path = strdup(path);
    file->line = malloc(PLACE_FILE_LINE);
    errno = 0;
    file->gz = file->path && file->line ? gzopen(path, "rb") : NULL;
    if (!file->gz) {
        int code = errno;
        place_file_close(file);
        return error_at(err, ERROR_IO, path, 0, 0, "cannot open: %s",
                        code ? strerror(code) : "out of memory");
    }
    (void)gzbuffer(file->gz, 1u << 17);
    *out = file;
    return 0;
}

void place_file_close(struct place_file *file)
{
    if (!file)
        return;
    if (file->gz)
        (void)gzclose_r(file->gz);
    free(file->path);
    free(file->line);
    free(file);
}

static int read_failure(struct place_file *file, struct error *err)
{
    int code = Z_OK;
    const char *text = gzerror(file->gz, &code);
    if (code == Z_ERRNO)
        text = strerror(errno);
    return error_at(err, ERROR_IO, file->path, file->number, 0, "cannot read: %s", text);
}

/* The next line without its end into *line: 1, 0 at the end, -1. */
static int next_line(struct place_file *file, struct slice *line, struct error *err)
{
    errno = 0;
    if (!gzgets(file->gz, file->line, (int)PLACE_FILE_LINE)) {
        int code = Z_OK;
        (void)gzerror(file->gz, &code);
        return code == Z_OK || code == Z_STREAM_END ? 0 : read_failure(file, err);
    }
    file->number++;
    size_t len = strlen(file->line);
    bool whole = len && file->line[len - 1] == '\n';
    if (!whole && len == PLACE_FILE_LINE - 1)
        return error_at(err, ERROR_INPUT, file->path, file->number, 0, "line of over %u bytes",
                        PLACE_FILE_LINE);
    if (!whole && !gzeof(file->gz))
        return error_at(err, ERROR_INPUT, file->path, file->number, 0, "NUL byte in the line");
    while (len && (file->line[len - 1] == '\n' || file->line[len - 1] == '\r'))
        len--;
    *line = (struct slice){file->line, len};
    if (file->number == 1 && slice_starts(*line, SLICE_LITERAL("\xEF\xBB\xBF")))
        *line = slice_sub(*line, 3, len - 3);
    return 1;
}

int place_file_next(struct place_file *file, struct place_row *row, struct error *err)
{
    struct slice line = SLICE_NONE;
    int got;
    do {
        got = next_line(file, &line, err);
        if (got <= 0)
            return got;
    } while (slice_trim(line).len == 0 || line.ptr[0] == '#');
    row->file = file->path;
    row->line = file->number;
    row->n = 0;
    for (;;) {
        if (row->n == PLACE_FILE_COLUMNS)
            return error_at(err, ERROR_INPUT, row->file, row->line, 0, "more than %d columns",
                            PLACE_FILE_COLUMNS);
        const char *tab = memchr(line.ptr, '\t', line.len);
        size_t len = tab ? (size_t)(tab - line.ptr) : line.len;
        row->columns[row->n++] = slice_sub(line, 0, len);
        if (!tab)
            return 1;
        line = slice_sub(line, len + 1, line.len - len - 1);
    }
}

struct slice place_row_column(const struct place_row *row, size_t i)
{
    return i < row->n ? slice_trim(row->columns[i]) : SLICE_NONE;
}

int place_row_error(const struct place_row *row, struct error *err, const char *text)
{
    return error_at(err, ERROR_INPUT, row->file, row->line, 0, "%s", text);
}

int place_row_int(const struct place_row *row, size_t i, int64_t low, int64_t high,
                  int64_t fallback, int64_t *out, struct error *err)
{
    struct slice s = place_row_column(row, i);
    *out = fallback;
    if (s.len == 0)
        return 0;
    bool minus = s.ptr[0] == '-';
    int64_t value = 0;
    bool good = s.len > (size_t)minus && s.len <= 18;
    for (size_t k = minus; good && k < s.len; k++) {
        good = s.ptr[k] >= '0' && s.ptr[k] <= '9';
        value = value * 10 + (s.ptr[k] - '0');
    }
    value = minus ? -value : value;
    if (!good || value < low || value > high)
        return error_at(err, ERROR_INPUT, row->file, row->line, 0,
                        "column %zu: not a number in range: '%.*s'", i + 1, SLICE_ARG(s));
    *out = value;
    return 0;
}

int place_row_degrees(const struct place_row *row, size_t i, int limit, int32_t *out,
                      struct error *err)
{
    struct slice s = place_row_column(row, i);
    bool minus = s.len && s.ptr[0] == '-';
    int64_t value = 0;
    int decimals = -1; /* -1 before the point */
    bool good = s.len > (size_t)minus && s.len <= 20;
    for (size_t k = minus; good && k < s.len; k++) {
        char c = s.ptr[k];
        if (c == '.' && decimals < 0) {
            decimals = 0;
        } else if (c < '0' || c > '9') {
            good = false;
        } else if (decimals < 5 && value < 100000000) {
            value = value * 10 + (c - '0');
            decimals += decimals >= 0;
        } else if (decimals == 5) {
            value += c >= '5';
            decimals++;
        }
    }
    for (int k = decimals < 0 ? 0 : decimals; good && k < 5; k++)
        value *= 10;
    if (!good || value > (int64_t)limit * 100000)
        return error_at(err, ERROR_INPUT, row->file, row->line, 0,
                        "column %zu: not degrees between -%d and %d: '%.*s'", i + 1, limit, limit,
                        SLICE_ARG(s));
    *out = (int32_t)(minus ? -value : value);
    return 0;
}

bool place_piece(struct slice *rest, char separator, struct slice *piece)
{
    while (rest->len) {
        const char *end = memchr(rest->ptr, separator, rest->len);
        size_t len = end ? (size_t)(end - rest->ptr) : rest->len;
        *piece = slice_trim(slice_sub(*rest, 0, len));
        *rest = end ? slice_sub(*rest, len + 1, rest->len - len - 1) : SLICE_NONE;
        if (piece->len)
            return true;
    }
    return false;
}
