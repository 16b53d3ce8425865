#include "read/input_json.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

#include "read/page.h"

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

/* Stores a value at its place in `fields`; false when it has the wrong type. */
static bool store(const struct field *field, struct json_object *value, struct fields *fields)
{
    void *to = (char *)fields + field->offset;
    enum json_type type = json_object_get_type(value);
    switch (field->kind) {
    case FIELD_FLAG: *(bool *)to = json_object_get_boolean(value); return type == json_type_boolean;
    case FIELD_ID: return json_name(value, to);
    case FIELD_TEXT: *(struct slice *)to = json_string(value);
    }
    return type == json_type_string;
}

static bool collect(struct json_object *object, struct report *report, struct fields *fields)
{
    for (size_t i = 0; i < sizeof field_table / sizeof *field_table; i++) {
        const struct field *field = &field_table[i];
        struct json_object *value = json_get(object, field->key);
        if (!value)
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
                      struct report_parts *parts)
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

void json_line_read(struct json_reader *reader, struct arena *arena, struct slice line,
                    struct report *report, struct report_parts *parts)
{
    struct fields fields = {0};
    struct error why;
    if (line.len == 0 || line.ptr[0] != '{') {
        report_reject(report, 1, "not a JSON object");
        return;
    }
    struct json_object *object = json_read(reader, line, &why);
    if (!object) {
        report_reject(report, why.column, "%s", why.text);
        return;
    }
    bool good = collect(object, report, &fields);
    report->given_id = fields.id;
    if (!good)
        return;
    report->url = fields.url;
    report->outlet = fields.outlet;
    report->lang = fields.lang;
    report->withdrawn = fields.withdrawn;
    *parts = (struct report_parts){fields.title, fields.text, fields.published};
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
                struct report_parts *parts, struct error *err)
{
    struct slice line;
    if (!input->state && !(input->state = json_reader_new(true)))
        return error_set(err, ERROR_LIMIT, "no memory for a JSON reader");
    int got = input_take(input, STREAM_LINE, report, &line, err);
    if (got > 0 && !report->rejected)
        json_line_read(input->state, arena, slice_trim(line), report, parts);
    return got;
}

static void close_json(struct input *input)
{
    json_reader_free(input->state);
}

const struct input_format input_json = {"JSON lines", false, recognise, next, close_json};
