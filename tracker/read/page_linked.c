#include "read/page_linked.h"

#include <json-c/json.h>

#include "read/html_tree.h"
#include "read/json_value.h"

/* How deep an article may lie in arrays and graphs. */
#define MAX_DEPTH 4

static const char *const article_types[] = {
    "NewsArticle",           "Article",         "ReportageNewsArticle", "AnalysisNewsArticle",
    "BackgroundNewsArticle", "LiveBlogPosting", "BlogPosting",          "Report",
    "SocialMediaPosting",
};

/* A string, or that under `key` of an object, or of the first element of an array. */
static struct slice named(struct json_object *value, const char *key)
{
    if (json_object_is_type(value, json_type_array))
        value = json_object_array_get_idx(value, 0);
    return json_object_is_type(value, json_type_object) ? json_string(json_get(value, key))
                                                        : json_string(value);
}

static bool is_type(struct slice type, const char *name)
{
    return slice_is(type, name) ||
           (type.len > strlen(name) && type.ptr[type.len - strlen(name) - 1] == '/' &&
            memcmp(type.ptr + type.len - strlen(name), name, strlen(name)) == 0);
}

static bool has_type(struct json_object *object, const char *name)
{
    struct json_object *type = json_get(object, "@type");
    if (!json_object_is_type(type, json_type_array))
        return is_type(json_string(type), name);
    for (size_t i = 0; i < json_object_array_length(type); i++) {
        if (is_type(json_string(json_object_array_get_idx(type, i)), name))
            return true;
    }
    return false;
}

static bool is_article(struct json_object *object)
{
    for (size_t i = 0; i < sizeof article_types / sizeof *article_types; i++) {
        if (has_type(object, article_types[i]))
            return true;
    }
    return false;
}

static struct json_object *find_article(struct json_object *value, int depth)
{
    if (depth > MAX_DEPTH)
        return NULL;
    if (json_object_is_type(value, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(value); i++) {
            struct json_object *found =
                find_article(json_object_array_get_idx(value, i), depth + 1);
            if (found)
                return found;
        }
        return NULL;
    }
    if (is_article(value))
        return value;
    static const char *const below[] = {"@graph", "mainEntity", "mainEntityOfPage"};
    for (size_t i = 0; i < sizeof below / sizeof *below; i++) {
        struct json_object *found = find_article(json_get(value, below[i]), depth + 1);
        if (found)
            return found;
    }
    return NULL;
}

/* A copy with entities replaced, for many sites escape what stands in JSON as if it were HTML. */
static int keep(struct arena *arena, struct slice s, struct slice *out, struct error *err)
{
    struct buffer text;
    *out = SLICE_NONE;
    s = slice_trim(s);
    if (s.len == 0)
        return 0;
    buffer_init(&text, s.len + 1);
    html_decode(&text, s);
    *out = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return out->ptr ? 0 : arena_full(arena, err);
}

/* The posts of a live page, newest first as they stand. */
static void add_updates(struct json_object *article, struct buffer *out)
{
    struct json_object *updates = json_get(article, "liveBlogUpdate");
    if (!json_object_is_type(updates, json_type_array))
        return;
    for (size_t i = 0; i < json_object_array_length(updates); i++) {
        struct json_object *post = json_object_array_get_idx(updates, i);
        struct slice parts[] = {json_string(json_get(post, "datePublished")),
                                json_string(json_get(post, "headline")),
                                json_string(json_get(post, "articleBody"))};
        for (size_t k = 0; parts[2].len && k < 3; k++) {
            buffer_add_slice(out, parts[k]);
            buffer_add_text(out, parts[k].len ? "\n\n" : "");
        }
    }
}

static int read_article(struct arena *arena, struct json_object *article, struct page_linked *out,
                        struct error *err)
{
    struct slice headline = json_string(json_get(article, "headline"));
    struct slice url = named(json_get(article, "url"), "@id");
    struct slice body = json_string(json_get(article, "articleBody"));
    struct buffer updates;
    buffer_init(&updates, (size_t)16 << 20);
    add_updates(article, &updates);
    if (updates.len && !updates.failed)
        body = buffer_slice(&updates);
    int result = 0;
    const struct field {
        struct slice value, *to;
    } fields[] = {
        {headline.len ? headline : json_string(json_get(article, "name")), &out->headline},
        {json_string(json_get(article, "datePublished")), &out->published},
        {named(json_get(article, "publisher"), "name"), &out->publisher},
        {url.len ? url : named(json_get(article, "mainEntityOfPage"), "@id"), &out->url},
        {named(json_get(article, "inLanguage"), "alternateName"), &out->lang},
        {body, &out->body},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields && result == 0; i++)
        result = keep(arena, fields[i].value, fields[i].to, err);
    buffer_free(&updates);
    out->live = has_type(article, "LiveBlogPosting");
    out->found = true;
    return result;
}

int page_linked_read(struct arena *arena, struct slice text, struct page_linked *out,
                     struct error *err)
{
    struct slice json = slice_trim(text);
    /* Some wrap the script in a comment or a CDATA section. */
    const char *wrap =
        json.len ? memmem(json.ptr, json.len < 40 ? json.len : 40, "CDATA[", 6) : NULL;
    if (wrap)
        json = slice_sub(json, (size_t)(wrap + 6 - json.ptr),
                         (size_t)(json.ptr + json.len - wrap - 6));
    while (json.len && json.ptr[0] != '{' && json.ptr[0] != '[')
        json = slice_sub(json, 1, json.len - 1);
    if (out->found || json.len == 0)
        return 0;
    struct json_reader *reader = json_reader_new(false);
    if (!reader)
        return error_set(err, ERROR_LIMIT, "no memory for a JSON reader");
    struct json_object *article = find_article(json_read(reader, json, NULL), 0);
    int result = article ? read_article(arena, article, out, err) : 0;
    json_reader_free(reader);
    return result;
}
