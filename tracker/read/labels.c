#include "read/labels.h"

#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "read/json_value.h"
#include "read/stream.h"

/* A line longer than any report the reader takes holds no label either. */
#define LABEL_LINE ((size_t)16 << 20)
/* Templates and lists of sources make a label deep, not endless. */
#define LABEL_DEPTH 64

struct label_reader {
    struct arena *arena;
    struct json_tokener *tokener;
    const struct slice *keys;
    size_t n_keys;
    struct labels *out;
    size_t capacity;
};

static struct json_object *member(struct json_object *object, const char *key)
{
    struct json_object *value;
    if (!json_object_is_type(object, json_type_object) ||
        !json_object_object_get_ex(object, key, &value))
        return NULL;
    return value;
}

/* What counts as yes: a flag that is set, a number but 0, a text or a container that is not empty.
 */
static bool is_true(struct json_object *value)
{
    switch (json_object_get_type(value)) {
    case json_type_boolean: return json_object_get_boolean(value);
    case json_type_int: return json_object_get_int64(value) != 0;
    case json_type_double:
        return json_object_get_double(value) < 0 || json_object_get_double(value) > 0;
    case json_type_string: return json_object_get_string_len(value) != 0;
    case json_type_array: return json_object_array_length(value) != 0;
    case json_type_object: return json_object_object_length(value) != 0;
    default: return false;
    }
}

static bool is_number(struct json_object *value)
{
    return json_object_is_type(value, json_type_int) ||
           json_object_is_type(value, json_type_double);
}

/* A fraction (a toll divided among attacks) is right for no whole number: its range is empty. */
static int64_t whole(struct json_object *value, bool up)
{
    if (json_object_is_type(value, json_type_int))
        return json_object_get_int64(value);
    double number = json_object_get_double(value);
    number = up ? ceil(number) : floor(number);
    return number > 9e15 ? (int64_t)9e15 : number < -9e15 ? -(int64_t)9e15 : (int64_t)number;
}

static struct label_number number_of(struct json_object *gold, struct slice key)
{
    char name[160], most[168];
    snprintf(name, sizeof name, "%.*s", SLICE_ARG(key));
    snprintf(most, sizeof most, "%s_max", name);
    struct json_object *low = member(gold, name), *high = member(gold, most);
    struct json_object *stated = member(gold, "gold_in_text");
    if (!is_number(low) || (member(stated, name) && !is_true(member(stated, name))))
        return (struct label_number){0};
    if (!is_number(high) || !is_true(high))
        high = low;
    struct label_number number = {true, false, whole(low, true), whole(high, false)};
    number.positive = number.low > 0;
    return number;
}

static int keep_text(struct arena *arena, struct json_object *value, struct slice *out,
                     struct error *err)
{
    if (out->len || !json_object_is_type(value, json_type_string) ||
        !json_object_get_string_len(value))
        return 0;
    *out = arena_copy(arena, (struct slice){json_object_get_string(value),
                                            (size_t)json_object_get_string_len(value)});
    return out->ptr ? 0 : arena_full(arena, err);
}

static int label_add(struct label_reader *reader, struct json_object *gold, int line, bool named,
                     struct error *err)
{
    struct labels *out = reader->out;
    if (arena_grow(reader->arena, &out->items, &reader->capacity, out->n, sizeof *out->items, err))
        return -1;
    struct label *label = &out->items[out->n++];
    *label = (struct label){.line = line, .named = named};
    label->numbers = ARENA_ARRAY(reader->arena, struct label_number, reader->n_keys);
    if (!label->numbers)
        return arena_full(reader->arena, err);
    bool divided =
        is_true(member(gold, "toll_shared")) || is_true(member(gold, "coder_imputed_fatalities"));
    for (size_t i = 0; i < reader->n_keys && !divided; i++)
        label->numbers[i] = number_of(gold, reader->keys[i]);
    return keep_text(reader->arena, member(gold, "incident_id"), &label->incident, err) ||
                   keep_text(reader->arena, member(gold, "location_town"), &label->place, err) ||
                   keep_text(reader->arena, member(gold, "location"), &label->place, err)
               ? -1
               : 0;
}

static int line_read(struct label_reader *reader, const struct record *record, struct error *err)
{
    struct slice line = slice_trim(record->bytes);
    if (line.len == 0 && !record->too_long && !record->error)
        return 0;
    json_tokener_reset(reader->tokener);
    struct json_object *object = NULL;
    if (!record->too_long && !record->error && line.len < INT_MAX && line.ptr[0] == '{' &&
        json_count_values(line) <= JSON_MAX_VALUES)
        object = json_tokener_parse_ex(reader->tokener, line.ptr, (int)line.len);
    struct json_object *gold = member(object, "gold"), *id = member(object, "id");
    int result = 0;
    if (json_object_is_type(gold, json_type_object) && record->line <= INT_MAX)
        result = label_add(reader, gold, (int)record->line, is_number(id) || is_true(id), err);
    else
        reader->out->n_without++;
    json_object_put(object);
    return result;
}

static int lines_read(struct label_reader *reader, int fd, const char *path, struct error *err)
{
    struct stream stream = {0};
    struct record record;
    int got;
    stream_start(&stream, fd);
    while ((got = stream_next(&stream, STREAM_LINE, LABEL_LINE, &record, err)) > 0) {
        if (record.error)
            got = error_set(err, ERROR_IO, "%s: cannot be read: %s", path, strerror(record.error));
        if (got < 0 || line_read(reader, &record, err)) {
            got = -1;
            break;
        }
    }
    stream_free(&stream);
    return got;
}

int labels_read(struct arena *arena, const char *path, const struct slice *keys, size_t n_keys,
                struct labels *out, struct error *err)
{
    *out = (struct labels){0};
    struct label_reader reader = {.arena = arena, .keys = keys, .n_keys = n_keys, .out = out};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return error_set(err, ERROR_IO, "%s: cannot be opened: %s", path, strerror(errno));
    reader.tokener = json_tokener_new_ex(LABEL_DEPTH);
    int result = reader.tokener ? lines_read(&reader, fd, path, err)
                                : error_set(err, ERROR_LIMIT, "no memory for a JSON reader");
    if (reader.tokener)
        json_tokener_free(reader.tokener);
    close(fd);
    return result;
}
