#include "rules/diagnostics.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/secret.h"
#include "text/utf8.h"

void diagnostics_init(struct diagnostics *list, struct arena *arena)
{
    *list = (struct diagnostics){.arena = arena};
}

int diagnostics_add(struct diagnostics *list, enum severity severity, struct location where,
                    const char *hint, const char *format, ...)
{
    list->n_errors += severity == SEVERITY_ERROR;
    list->n_warnings += severity == SEVERITY_WARNING;
    char text[512];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len < 0 || arena_grow(list->arena, (void *)&list->items, &list->capacity, list->n_items,
                              sizeof *list->items, NULL))
        return -1;
    /* Findings outlive the loader's own names of files. */
    struct slice file = arena_copy(list->arena, slice_of(where.file ? where.file : ""));
    struct slice copy = arena_copy(
        list->arena, secret_in(slice_of(text)) ? SLICE_LITERAL(SECRET_HIDDEN) : slice_of(text));
    struct slice hint_copy = hint ? arena_copy(list->arena, slice_of(hint)) : SLICE_NONE;
    if (!file.ptr || !copy.ptr || (hint && !hint_copy.ptr))
        return -1;
    where.file = file.ptr;
    list->items[list->n_items++] =
        (struct diagnostic){.severity = severity, .where = where, .text = copy, .hint = hint_copy};
    return -1;
}

/* ---- printing ----------------------------------------------------------------------------------
 */

static int compare(const void *a, const void *b)
{
    const struct diagnostic *x = *(const struct diagnostic *const *)a;
    const struct diagnostic *y = *(const struct diagnostic *const *)b;
    int c = strcmp(x->where.file, y->where.file);
    if (c == 0)
        c = (x->where.line > y->where.line) - (x->where.line < y->where.line);
    if (c == 0)
        c = (x->where.column > y->where.column) - (x->where.column < y->where.column);
    return c ? c : slice_compare(x->text, y->text);
}

/* The file whose lines are being quoted; findings come sorted, so each is read once. */
struct quoted_file {
    const char *name;
    struct buffer content;
};

#define MOST_QUOTED ((size_t)8 << 20)

static void read_file(struct quoted_file *file, const char *name)
{
    buffer_clear(&file->content);
    file->name = name;
    FILE *stream = fopen(name, "rb");
    if (!stream)
        return;
    for (;;) {
        char chunk[1 << 14];
        size_t n = fread(chunk, 1, sizeof chunk, stream);
        if (n == 0)
            break;
        buffer_add(&file->content, chunk, n);
    }
    if (buffer_check(&file->content, NULL) || ferror(stream))
        buffer_clear(&file->content);
    fclose(stream);
}

static struct slice source_line(const struct quoted_file *file, int line)
{
    struct slice rest = buffer_slice(&file->content);
    if (slice_starts(rest, SLICE_LITERAL("\xEF\xBB\xBF")))
        rest = slice_sub(rest, 3, rest.len - 3);
    for (int i = 1; rest.len; i++) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
        if (i == line) {
            while (len && rest.ptr[len - 1] == '\r')
                len--;
            return slice_sub(rest, 0, len);
        }
        if (!end)
            break;
        rest = slice_sub(rest, len + 1, rest.len - len - 1);
    }
    return SLICE_NONE;
}

static bool starts_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* Whatever the file holds, the terminal gets text. */
static void add_shown(struct buffer *out, struct slice line)
{
    for (size_t i = 0, step; i < line.len; i += step) {
        uint32_t code = 0;
        step = utf8_decode(line.ptr + i, line.len - i, &code);
        bool control = code < ' ' || (code >= 0x7F && code < 0xA0) || code == 0xFFFD;
        if (control && code != '\t')
            buffer_add_char(out, '?');
        else
            buffer_add(out, line.ptr + i, step);
    }
}

#define MOST_COLUMNS ((size_t)300) /* of a quoted line: longer ones help nobody */

static void print_source(const struct diagnostic *item, const struct quoted_file *file,
                         struct buffer *out)
{
    struct slice line = source_line(file, item->where.line);
    if (secret_in(line))
        line = SLICE_LITERAL(SECRET_HIDDEN);
    size_t start = item->where.column > 0 ? (size_t)item->where.column - 1 : 0;
    if (item->where.line < 1 || start > line.len || start > MOST_COLUMNS || line.len == 0) {
        if (item->hint.len)
            buffer_format(out, "      | %.*s\n", SLICE_ARG(item->hint));
        return;
    }
    size_t shown = line.len;
    if (shown > MOST_COLUMNS) {
        shown = MOST_COLUMNS;
        while (!starts_character(line.ptr[shown]))
            shown--;
    }
    buffer_format(out, "%5d | ", item->where.line);
    add_shown(out, slice_sub(line, 0, shown));
    buffer_format(out, "%s\n      | ", shown < line.len ? "..." : "");
    for (size_t i = 0; i < start; i++) {
        if (starts_character(line.ptr[i]))
            buffer_add_char(out, line.ptr[i] == '\t' ? '\t' : ' ');
    }
    size_t carets = 0;
    for (size_t i = start; i < shown && (int)(i - start) < item->where.width; i++)
        carets += starts_character(line.ptr[i]);
    for (size_t i = 0; i < (carets ? carets : 1); i++)
        buffer_add_char(out, '^');
    if (item->hint.len)
        buffer_format(out, " %.*s", SLICE_ARG(item->hint));
    buffer_add_char(out, '\n');
}

void diagnostics_print(const struct diagnostics *list, struct buffer *out)
{
    static const char *const NAMES[] = {"error", "warning", "note"};
    const struct diagnostic **order =
        ARENA_ARRAY(list->arena, const struct diagnostic *, list->n_items);
    struct quoted_file file = {.name = NULL};
    buffer_init(&file.content, MOST_QUOTED);
    for (size_t i = 0; order && i < list->n_items; i++)
        order[i] = &list->items[i];
    if (order)
        qsort(order, list->n_items, sizeof *order, compare);
    for (size_t i = 0; i < list->n_items; i++) {
        const struct diagnostic *item = order ? order[i] : &list->items[i];
        if (item->where.line > 0)
            buffer_format(out, "%s:%d:%d: ", item->where.file, item->where.line,
                          item->where.column);
        else if (item->where.file[0])
            buffer_format(out, "%s: ", item->where.file);
        buffer_format(out, "%s: %.*s\n", NAMES[item->severity], SLICE_ARG(item->text));
        if (!file.name || strcmp(file.name, item->where.file) != 0)
            read_file(&file, item->where.file);
        print_source(item, &file, out);
    }
    buffer_free(&file.content);
}

/* ---- "did you mean" ----------------------------------------------------------------------------
 */

#define LONGEST_WORD 64

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment distance: insert, delete, replace, swap neighbours. Names are ASCII. */
static size_t distance(struct slice a, struct slice b)
{
    size_t rows[3][LONGEST_WORD + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        above[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            bool same = a.ptr[i - 1] == b.ptr[j - 1];
            row[j] = least(above[j - 1] + !same, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[b.len];
}

struct slice suggest(struct slice word, const struct slice *names, size_t n)
{
    struct slice best = SLICE_NONE;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < n && word.len && word.len <= LONGEST_WORD; i++) {
        if (!names[i].len || names[i].len > LONGEST_WORD)
            continue;
        size_t d = distance(word, names[i]);
        size_t longer = word.len > names[i].len ? word.len : names[i].len;
        if (d < best_distance && d <= (longer < 3 ? 1 : longer / 3)) {
            best_distance = d;
            best = names[i];
        }
    }
    return best;
}
