#include "store/copy_row.h"

#include <stdio.h>

#include "text/utf8.h"

void copy_row_start(struct copy_row *row, struct buffer *out)
{
    *row = (struct copy_row){out, false};
}

static void next_value(struct copy_row *row)
{
    if (row->comma)
        buffer_add_char(row->out, '\t');
    row->comma = true;
}

void copy_null(struct copy_row *row)
{
    next_value(row);
    buffer_add(row->out, "\\N", 2);
}

void copy_int(struct copy_row *row, int64_t value)
{
    next_value(row);
    buffer_add_int(row->out, value);
}

void copy_int_or_null(struct copy_row *row, int64_t value, int64_t none)
{
    if (value == none)
        copy_null(row);
    else
        copy_int(row, value);
}

void copy_bool(struct copy_row *row, bool value)
{
    next_value(row);
    buffer_add_char(row->out, value ? 't' : 'f');
}

/* The letter after the backslash for a byte that COPY would take for its own, or 0. */
static char escape_of(unsigned char c)
{
    switch (c) {
    case '\\': return '\\';
    case '\t': return 't';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\v': return 'v';
    default: return 0;
    }
}

/* Bytes from `s` on that may be copied as they are: valid UTF-8 without escapes and NUL. */
static size_t plain_prefix(struct slice s)
{
    size_t at = 0;
    while (at < s.len) {
        unsigned char c = (unsigned char)s.ptr[at];
        if (c >= 0x80) {
            uint32_t code;
            size_t taken = utf8_decode(s.ptr + at, s.len - at, &code);
            /* A real U+FFFD is three bytes: writing it anew changes nothing. */
            if (code == 0xFFFD)
                return at;
            at += taken;
        } else if (c == '\0' || c == '\\' || (c < ' ' && escape_of(c))) {
            return at;
        } else {
            at++;
        }
    }
    return at;
}

static void add_escaped(struct buffer *out, struct slice s)
{
    while (s.len) {
        size_t plain = plain_prefix(s);
        buffer_add(out, s.ptr, plain);
        s = slice_sub(s, plain, s.len - plain);
        if (!s.len)
            return;
        char escape = escape_of((unsigned char)s.ptr[0]);
        uint32_t code;
        size_t taken = 1;
        if (escape) {
            buffer_add_char(out, '\\');
            buffer_add_char(out, escape);
        } else {
            if (s.ptr[0] != '\0')
                taken = utf8_decode(s.ptr, s.len, &code);
            buffer_add_text(out, "\xEF\xBF\xBD");
        }
        s = slice_sub(s, taken, s.len - taken);
    }
}

void copy_slice(struct copy_row *row, struct slice value)
{
    next_value(row);
    add_escaped(row->out, value);
}

void copy_slice_or_null(struct copy_row *row, struct slice value)
{
    if (!value.len)
        copy_null(row);
    else
        copy_slice(row, value);
}

void copy_text(struct copy_row *row, const char *value)
{
    next_value(row);
    buffer_add_text(row->out, value);
}

void copy_digest(struct copy_row *row, const struct digest *digest)
{
    char hex[2 * DIGEST_SIZE + 1];
    digest_hex(digest, hex);
    next_value(row);
    buffer_add(row->out, "\\\\x", 3); /* \x, its backslash escaped for COPY */
    buffer_add(row->out, hex, 2 * DIGEST_SIZE);
}

static void add_padded(struct buffer *out, int value, int width)
{
    char digits[8];
    for (int i = width - 1; i >= 0; i--) {
        digits[i] = (char)('0' + value % 10);
        value /= 10;
    }
    buffer_add(out, digits, (size_t)width);
}

/* "2025-11-19"; false, and nothing written, outside what both sides can write. */
static bool add_day(struct copy_row *row, day_number day)
{
    int year = 0, month = 0, month_day = 0;
    if (day != DAY_NONE)
        day_to_civil(day, &year, &month, &month_day);
    if (day == DAY_NONE || year < 1 || year > 9999) {
        copy_null(row);
        return false;
    }
    next_value(row);
    add_padded(row->out, year, 4);
    buffer_add_char(row->out, '-');
    add_padded(row->out, month, 2);
    buffer_add_char(row->out, '-');
    add_padded(row->out, month_day, 2);
    return true;
}

void copy_day(struct copy_row *row, day_number day)
{
    (void)add_day(row, day);
}

void copy_instant(struct copy_row *row, instant at)
{
    instant day = at / 86400 - (at % 86400 < 0);
    int seconds = (int)(at - day * 86400);
    /* Far outside any calendar: no need to be exact about it. */
    bool known = at != INSTANT_NONE && day > -1000000 && day < 10000000;
    if (!add_day(row, known ? (day_number)day : DAY_NONE))
        return;
    buffer_add_char(row->out, ' ');
    add_padded(row->out, seconds / 3600, 2);
    buffer_add_char(row->out, ':');
    add_padded(row->out, seconds / 60 % 60, 2);
    buffer_add_char(row->out, ':');
    add_padded(row->out, seconds % 60, 2);
    buffer_add(row->out, "+00", 3);
}

/* An item of an array literal inside a COPY field: quoted for the array, then escaped for COPY, so
 * that a quote becomes
 * \\" and a backslash \\\\. */
static void add_item(struct buffer *out, struct slice s)
{
    buffer_add_char(out, '"');
    while (s.len) {
        size_t plain = 0;
        while (plain < s.len && s.ptr[plain] != '"' && s.ptr[plain] != '\\')
            plain++;
        add_escaped(out, (struct slice){s.ptr, plain});
        if (plain < s.len)
            buffer_add_text(out, s.ptr[plain] == '"' ? "\\\\\"" : "\\\\\\\\");
        size_t taken = plain < s.len ? plain + 1 : plain;
        s = slice_sub(s, taken, s.len - taken);
    }
    buffer_add_char(out, '"');
}

void copy_slices(struct copy_row *row, const struct slice *items, size_t n)
{
    next_value(row);
    buffer_add_char(row->out, '{');
    for (size_t i = 0; i < n; i++) {
        if (i)
            buffer_add_char(row->out, ',');
        add_item(row->out, items[i]);
    }
    buffer_add_char(row->out, '}');
}

void copy_array_start(struct copy_row *row)
{
    next_value(row);
    buffer_add_char(row->out, '{');
}

void copy_array_int(struct copy_row *row, size_t index, int64_t value)
{
    if (index)
        buffer_add_char(row->out, ',');
    buffer_add_int(row->out, value);
}

void copy_array_end(struct copy_row *row)
{
    buffer_add_char(row->out, '}');
}

void copy_end(struct copy_row *row)
{
    buffer_add_char(row->out, '\n');
    row->comma = false;
}
