#include "read/json_value.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

struct json_reader {
    struct json_tokener *tokener;
    struct json_object *value; /* of the last text */
};

struct json_reader *json_reader_new(bool strict)
{
    struct json_reader *reader = calloc(1, sizeof *reader);
    if (!reader || !(reader->tokener = json_tokener_new())) {
        free(reader);
        return NULL;
    }
    if (strict)
        json_tokener_set_flags(reader->tokener, JSON_TOKENER_STRICT);
    return reader;
}

void json_reader_free(struct json_reader *reader)
{
    if (!reader)
        return;
    json_object_put(reader->value);
    json_tokener_free(reader->tokener);
    free(reader);
}

/* The quote that ends the string beginning before `i`, or the text's length. */
static size_t string_end(struct slice text, size_t i)
{
    const char *quote;
    for (; (quote = memchr(text.ptr + i, '"', text.len - i)); i = (size_t)(quote - text.ptr) + 1) {
        const char *p = quote;
        while (p > text.ptr + i && p[-1] == '\\')
            p--;
        if ((quote - p) % 2 == 0)
            return (size_t)(quote - text.ptr);
    }
    return text.len;
}

size_t json_count_values(struct slice text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '"')
            i = string_end(text, i + 1);
        else
            n += c == '{' || c == '[' || c == ',' || c == ':';
    }
    return n;
}

static struct json_object *broken(const struct json_reader *reader, struct error *err)
{
    size_t at = json_tokener_get_parse_end(reader->tokener);
    enum json_tokener_error error = json_tokener_get_error(reader->tokener);
    int column = at < INT_MAX ? (int)at + 1 : INT_MAX;
    bool open = error == json_tokener_continue || error == json_tokener_error_parse_eof;
    error_at(err, ERROR_INPUT, NULL, 0, column, "broken JSON: %s",
             open ? "it ends inside the object" : json_tokener_error_desc(error));
    return NULL;
}

struct json_object *json_read(struct json_reader *reader, struct slice text, struct error *err)
{
    json_object_put(reader->value);
    reader->value = NULL;
    json_tokener_reset(reader->tokener);
    const char *nul = text.len ? memchr(text.ptr, 0, text.len) : NULL;
    if (nul && nul - text.ptr < INT_MAX) { /* json-c would take it for the end */
        error_at(err, ERROR_INPUT, NULL, 0, (int)(nul - text.ptr) + 1, "broken JSON: a NUL byte");
        return NULL;
    }
    if (text.len == 0 || text.len > INT_MAX || json_count_values(text) > JSON_MAX_VALUES) {
        error_set(err, ERROR_INPUT, "more than %d JSON values in one piece", JSON_MAX_VALUES);
        return NULL;
    }
    reader->value = json_tokener_parse_ex(reader->tokener, text.ptr, (int)text.len);
    return reader->value ? reader->value : broken(reader, err);
}

struct json_object *json_get(struct json_object *object, const char *key)
{
    struct json_object *value = NULL;
    if (json_object_is_type(object, json_type_object))
        json_object_object_get_ex(object, key, &value);
    return value;
}

struct slice json_string(struct json_object *value)
{
    if (!json_object_is_type(value, json_type_string))
        return SLICE_NONE;
    return (struct slice){json_object_get_string(value), (size_t)json_object_get_string_len(value)};
}

bool json_name(struct json_object *value, struct slice *out)
{
    bool number = json_object_is_type(value, json_type_int);
    if (number &&
        (json_object_get_int64(value) == INT64_MIN || json_object_get_uint64(value) == UINT64_MAX))
        return false;
    if (number || json_object_is_type(value, json_type_double))
        *out = slice_of(json_object_to_json_string(value));
    else
        *out = json_string(value);
    return number || json_object_is_type(value, json_type_double) ||
           json_object_is_type(value, json_type_string);
}
