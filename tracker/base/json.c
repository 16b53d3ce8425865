#include "base/json.h"

void json_start(struct json_writer *json, struct buffer *out)
{
    *json = (struct json_writer){.out = out};
}

static void separate(struct json_writer *json)
{
    if (json->comma)
        buffer_add_char(json->out, ',');
    json->comma = true;
}

void json_open(struct json_writer *json, char bracket)
{
    separate(json);
    buffer_add_char(json->out, bracket);
    json->comma = false;
}

void json_close(struct json_writer *json, char bracket)
{
    buffer_add_char(json->out, bracket);
    json->comma = true;
}

void json_key(struct json_writer *json, const char *key)
{
    size_t len = strlen(key);
    size_t comma = json->comma;
    char *to = buffer_reserve(json->out, comma + len + 3);
    json->comma = false;
    if (!to)
        return;
    if (comma)
        *to++ = ',';
    *to++ = '"';
    memcpy(to, key, len);
    memcpy(to + len, "\":", 2);
    json->out->len += comma + len + 3;
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

/* From one byte that has to be escaped to the next. */
static void add_string(struct buffer *out, struct slice value)
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
    separate(json);
    add_string(json->out, value);
}

void json_text(struct json_writer *json, const char *value)
{
    json_slice(json, slice_of(value));
}

void json_int(struct json_writer *json, int64_t value)
{
    separate(json);
    buffer_add_int(json->out, value);
}

void json_bool(struct json_writer *json, bool value)
{
    separate(json);
    buffer_add_text(json->out, value ? "true" : "false");
}

void json_null(struct json_writer *json)
{
    separate(json);
    buffer_add(json->out, "null", 4);
}

void json_decimal(struct json_writer *json, int64_t scaled, int digits)
{
    char fraction[20];
    size_t len = 0;
    uint64_t rest = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
    /* Written from the last digit to the first; zeros at the end never start the fraction. */
    for (int i = 0; i < digits && i < (int)sizeof fraction; i++, rest /= 10)
        if (len || rest % 10)
            fraction[sizeof fraction - ++len] = (char)('0' + rest % 10);
    separate(json);
    if (scaled < 0)
        buffer_add_char(json->out, '-');
    buffer_format(json->out, "%llu", (unsigned long long)rest);
    if (len) {
        buffer_add_char(json->out, '.');
        buffer_add(json->out, fraction + sizeof fraction - len, len);
    }
}
