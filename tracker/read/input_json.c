#include "read/input_json.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

#include "read/page.h"

struct json_line {
    struct json_tokener *tokener;
    struct json_object *object; /* of the last line */
};

/* What the keys of a line hold. */
struct fields {
    struct slice id, url, title, text, html, published, outlet, lang;
    bool withdrawn;
    bool has_text, has_html;
};

enum field_kind { FIELD_TEXT, FIELD_ID, FIELD_FLAG };

static const struct field {
    const char *key;
    enum field_kind kind;
    size_t offset; /* in struct fields */
} field_table[] = {
    {"id", FIELD_ID, offsetof(struct fields, id)},
    {"url", FIELD_TEXT, offsetof(struct fields, url)},
    {"title", FIELD_TEXT, offsetof(struct fields, title)},
    {"text", FIELD_TEXT, offsetof(struct fields, text)},
    {"html", FIELD_TEXT, offsetof(struct fields, html)},
    {"published", FIELD_TEXT, offsetof(struct fields, published)},
    {"outlet", FIELD_TEXT, offsetof(struct fields, outlet)},
    {"lang", FIELD_TEXT, offsetof(struct fields, lang)},
    {"withdrawn", FIELD_FLAG, offsetof(struct fields, withdrawn)},
};

static const char *const kind_names[] = {[FIELD_TEXT] = "a string",
                                         [FIELD_ID] = "a string or a number of 64 bits",
                                         [FIELD_FLAG] = "true or false"};

struct json_line *json_line_new(void)
{
    struct json_line *reader = calloc(1, sizeof *reader);
    if (!reader || !(reader->tokener = json_tokener_new())) {
        free(reader);
        return NULL;
    }
    /* Strict: no comments, no NaN, no trailing comma, nothing behind the object. */
    json_tokener_set_flags(reader->tokener, JSON_TOKENER_STRICT);
    return reader;
}

void json_line_free(struct json_line *reader)
{
    if (!reader)
        return;
    json_object_put(reader->object);
    json_tokener_free(reader->tokener);
    free(reader);
}

/* The quote that ends the string beginning before `i`, or the line's length. */
static size_t string_end(struct slice line, size_t i)
{
    const char *quote;
    for (; (quote = memchr(line.ptr + i, '"', line.len - i)); i = (size_t)(quote - line.ptr) + 1) {
        const char *p = quote;
        while (p > line.ptr + i && p[-1] == '\\')
            p--;
        if ((quote - p) % 2 == 0)
            return (size_t)(quote - line.ptr);
    }
    return line.len;
}

size_t json_line_values(struct slice line)
{
    size_t n = 1;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (c == '"')
            i = string_end(line, i + 1);
        else
            n += c == '{' || c == '[' || c == ',' || c == ':';
    }
    return n;
}

static void reject_syntax(const struct json_line *reader, struct report *report)
{
    size_t at = json_tokener_get_parse_end(reader->tokener);
    enum json_tokener_error error = json_tokener_get_error(reader->tokener);
    int column = at < INT_MAX ? (int)at + 1 : INT_MAX;
    if (error == json_tokener_continue || error == json_tokener_error_parse_eof)
        report_reject(report, column,
                      "broken JSON: the line ends inside the object"
                      " (each object stands on one line)");
    else
        report_reject(report, column, "broken JSON: %s", json_tokener_error_desc(error));
}

static bool parse(struct json_line *reader, struct slice line, struct report *report)
{
    json_object_put(reader->object);
    reader->object = NULL;
    json_tokener_reset(reader->tokener);
    if (line.len == 0 || line.ptr[0] != '{') {
        report_reject(report, 1, "not a JSON object");
        return false;
    }
    const char *nul = memchr(line.ptr, 0, line.len < INT_MAX ? line.len : INT_MAX);
    if (nul) { /* json-c would take it for the end */
        report_reject(report, (int)(nul - line.ptr) + 1, "broken JSON: a NUL byte");
        return false;
    }
    if (line.len > INT_MAX || json_line_values(line) > JSON_MAX_VALUES) {
        report_reject(report, 0, "more than %d JSON values in one line", JSON_MAX_VALUES);
        return false;
    }
    reader->object = json_tokener_parse_ex(reader->tokener, line.ptr, (int)line.len);
    if (json_object_is_type(reader->object, json_type_object))
        return true;
    reject_syntax(reader, report);
    return false;
}

static struct slice string_of(struct json_object *value)
{
    return (struct slice){json_object_get_string(value), (size_t)json_object_get_string_len(value)};
}

/* A number as it was written: json-c keeps the text of one with a fraction, and cuts an integer to
 * 64 bits without a word. Cut numbers would make different reports one, so those it may have cut
 * are refused. */
static bool number_text(struct json_object *value, struct slice *out)
{
    if (json_object_is_type(value, json_type_int) &&
        (json_object_get_int64(value) == INT64_MIN || json_object_get_uint64(value) == UINT64_MAX))
        return false;
    *out = slice_of(json_object_to_json_string(value));
    return true;
}

/* Stores a value at its place in `fields`; false when it has the wrong type. */
static bool store(const struct field *field, struct json_object *value, struct fields *fields)
{
    void *to = (char *)fields + field->offset;
    enum json_type type = json_object_get_type(value);
    switch (field->kind) {
    case FIELD_FLAG: *(bool *)to = json_object_get_boolean(value); return type == json_type_boolean;
    case FIELD_ID:
        if (type == json_type_int || type == json_type_double)
            return number_text(value, to);
        /* fallthrough */
    case FIELD_TEXT:
        if (type != json_type_string)
            return false;
        *(struct slice *)to = string_of(value);
    }
    return true;
}

static bool collect(const struct json_line *reader, struct report *report, struct fields *fields)
{
    for (size_t i = 0; i < sizeof field_table / sizeof *field_table; i++) {
        const struct field *field = &field_table[i];
        struct json_object *value;
        if (!json_object_object_get_ex(reader->object, field->key, &value) || !value)
            continue;
        if (!store(field, value, fields)) {
            report_reject(report, 0, "\"%s\" is not %s", field->key, kind_names[field->kind]);
            return false;
        }
        fields->has_text |= field->offset == offsetof(struct fields, text);
        fields->has_html |= field->offset == offsetof(struct fields, html);
    }
    return true;
}

static void fill(struct slice *slice, struct slice other)
{
    if (slice_trim(*slice).len == 0)
        *slice = other;
}

/* What the keys of the line leave out is taken from its page. */
static void read_page(struct arena *arena, struct slice html, struct report *report,
                      struct input_parts *parts)
{
    struct page_source source = {html, SLICE_LITERAL("utf-8"), report->url};
    struct page page;
    struct error why;
    if (page_read(arena, &source, &page, &why)) {
        report_reject(report, 0, "\"html\": %s", why.text);
        return;
    }
    fill(&report->url, page.url);
    fill(&report->outlet, page.outlet);
    fill(&report->lang, page.lang);
    fill(&parts->title, page.title);
    fill(&parts->published, page.published);
    parts->body = page.body;
    report_warn_replaced(report, page.replaced);
    if (page.body.len == 0 && !report->withdrawn)
        report_reject(report, 0, "there is no article in \"html\"");
}

void json_line_read(struct json_line *reader, struct arena *arena, struct slice line,
                    struct report *report, struct input_parts *parts)
{
    struct fields fields = {0};
    if (!parse(reader, line, report))
        return;
    bool good = collect(reader, report, &fields);
    report->given_id = fields.id;
    if (!good)
        return;
    report->url = fields.url;
    report->outlet = fields.outlet;
    report->lang = fields.lang;
    report->withdrawn = fields.withdrawn;
    *parts = (struct input_parts){fields.title, fields.text, fields.published};
    if (fields.has_text)
        return;
    if (fields.has_html)
        read_page(arena, fields.html, report, parts);
    else if (!fields.withdrawn)
        report_reject(report, 0, "neither \"text\" nor \"html\"");
}

static bool recognise(struct slice head)
{
    return head.len && head.ptr[0] == '{';
}

static int next(struct input *input, struct arena *arena, struct report *report,
                struct input_parts *parts, struct error *err)
{
    struct slice line;
    if (!input->state && !(input->state = json_line_new()))
        return error_set(err, ERROR_LIMIT, "no memory for a JSON reader");
    int got = input_take(input, STREAM_LINE, report, &line, err);
    if (got > 0 && !report->rejected)
        json_line_read(input->state, arena, slice_trim(line), report, parts);
    return got;
}

static void close_json(struct input *input)
{
    json_line_free(input->state);
}

const struct input_format input_json = {"JSON lines", false, recognise, next, close_json};
