#include "base/json.h"

void json_start(struct json_writer *json, struct buffer *out)
{
    *json = (struct json_writer){.out = out};
}

/* Room for `len` bytes behind the comma that is due, with json->out->len moved past them; NULL on
 * failure. What follows takes a comma before it, if `comma`. */
static inline char *put(struct json_writer *json, size_t len, bool comma)
{
    const size_t due = json->comma;
    char *to = buffer_reserve(json->out, due + len);
    json->comma = comma;
    if (!to)
        return NULL;
    if (due)
        *to = ',';
    json->out->len += due + len;
    return to + due;
}

static void separate(struct json_writer *json)
{
    put(json, 0, true);
}

void json_open(struct json_writer *json, char bracket)
{
    char *to = put(json, 1, false);
    if (to)
        *to = bracket;
}

void json_close(struct json_writer *json, char bracket)
{
    json->comma = false;
    char *to = put(json, 1, true);
    if (to)
        *to = bracket;
}

void json_key_of(struct json_writer *json, const char *key, size_t len)
{
    char *to = put(json, len + 3, false);
    if (!to)
        return;
    *to = '"';
    memcpy(to + 1, key, len);
    memcpy(to + 1 + len, "\":", 2);
}

void json_key_parts(struct json_writer *json, struct slice name, struct slice part)
{
    size_t len = name.len + (part.len ? 1 + part.len : 0);
    char *to = put(json, len + 3, false);
    if (!to)
        return;
    *to++ = '"';
    memcpy(to, name.ptr, name.len);
    if (part.len) {
        to[name.len] = '_';
        memcpy(to + name.len + 1, part.ptr, part.len);
    }
    memcpy(to + len, "\":", 2);
}

/* The letter after the backslash, 0 for a byte that stands for itself, 'u' for \u00xx. */
static char escape_of(unsigned char c)
{
    switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return c < 0x20 || c == 0x7f ? 'u' : 0;
    }
}

static bool stands_for_itself(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

static void add_escaped(struct buffer *out, unsigned char c)
{
    char escape = escape_of(c);
    if (escape == 'u') {
        const char text[] = {
            '\\', 'u', '0', '0', "0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 15]};
        buffer_add(out, text, sizeof text);
    } else {
        const char text[] = {'\\', escape};
        buffer_add(out, text, sizeof text);
    }
}

/* Whether no byte has to be escaped: eight at a time, by the high bits of sums that carry nothing
 * into the next byte. */
static bool is_plain(struct slice value)
{
#define EACH(b) (UINT64_C(0x0101010101010101) * (b))
    size_t i = 0;
    uint64_t bad = 0, x;
    for (; i + sizeof x <= value.len; i += sizeof x) {
        memcpy(&x, value.ptr + i, sizeof x);
        const uint64_t low = x & EACH(0x7f), quote = low ^ EACH('"'), back = low ^ EACH('\\');
        const uint64_t fine =
            (low + EACH(0x60)) & (quote + EACH(0x7f)) & (back + EACH(0x7f)) & ~(low + EACH(1));
        bad |= ~(fine | x);
    }
    bad &= EACH(0x80);
    for (; i < value.len; i++)
        bad |= !stands_for_itself((unsigned char)value.ptr[i]);
    return !bad;
#undef EACH
}

/* From one byte that has to be escaped to the next. */
static void add_escaped_string(struct buffer *out, struct slice value)
{
    buffer_add_char(out, '"');
    for (size_t from = 0, i = 0; i <= value.len; i++) {
        if (i < value.len && stands_for_itself((unsigned char)value.ptr[i]))
            continue;
        if (i > from)
            buffer_add(out, value.ptr + from, i - from);
        if (i < value.len)
            add_escaped(out, (unsigned char)value.ptr[i]);
        from = i + 1;
    }
    buffer_add_char(out, '"');
}

void json_slice(struct json_writer *json, struct slice value)
{
    if (!value.ptr) {
        json_null(json);
        return;
    }
    if (!is_plain(value)) {
        separate(json);
        add_escaped_string(json->out, value);
        return;
    }
    char *to = put(json, value.len + 2, true);
    if (!to)
        return;
    *to = '"';
    memcpy(to + 1, value.ptr, value.len);
    to[value.len + 1] = '"';
}

void json_text(struct json_writer *json, const char *value)
{
    json_slice(json, slice_of(value));
}

void json_int(struct json_writer *json, int64_t value)
{
    json_decimal(json, value, 0);
}

void json_bool(struct json_writer *json, bool value)
{
    separate(json);
    buffer_add_text(json->out, value ? "true" : "false");
}

void json_null(struct json_writer *json)
{
    char *to = put(json, 4, true);
    if (to)
        memcpy(to, "null", 4);
}

void json_decimal(struct json_writer *json, int64_t scaled, int digits)
{
    char text[48]; /* 20 digits behind the point at most, 20 before it, two signs */
    size_t at = sizeof text;
    uint64_t rest = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
    /* Written from the last digit to the first; zeros at the end never start the fraction. */
    for (int i = 0; i < digits && i < 20; i++, rest /= 10)
        if (at < sizeof text || rest % 10)
            text[--at] = (char)('0' + rest % 10);
    if (at < sizeof text)
        text[--at] = '.';
    do {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (scaled < 0)
        text[--at] = '-';
    char *to = put(json, sizeof text - at, true);
    if (to)
        memcpy(to, text + at, sizeof text - at);
}
