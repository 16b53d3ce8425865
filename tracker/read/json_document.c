#include "read/json_document.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "read/date.h"
#include "read/url.h"

/* What stands around the entries is short. */
#define MAX_AROUND ((size_t)1 << 20)

enum document_kind { DOCUMENT_NONE, DOCUMENT_FEED, DOCUMENT_TELEGRAM };

struct json_document {
    enum document_kind kind;
    struct json_reader *reader;
    bool in_array;   /* some array of the outermost object is open */
    bool in_entries; /* it is that of the entries */
    struct buffer title, url, lang, id;
};

/* The array that holds the entries. */
static const char *const arrays[] = {NULL, "items", "messages"};

/* ---- what stands around the entries ------------------------------------------------------------
 */

/* Behind the ']' that ends the array a piece begins in; all of it when there is none. */
static struct slice behind_array(struct slice piece)
{
    size_t depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < piece.len; i++) {
        char c = piece.ptr[i];
        if (in_string) {
            i += c == '\\';
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && depth-- == 0) {
            return slice_sub(piece, i + 1, piece.len - i - 1);
        }
    }
    return piece;
}

/* Takes `"name": [` off the end of a piece: the name of the array that begins there, else absent.
 */
static struct slice take_array_name(struct slice *piece)
{
    struct slice rest = *piece;
    if (rest.len == 0 || rest.ptr[rest.len - 1] != '[')
        return SLICE_NONE;
    rest = slice_trim(slice_sub(rest, 0, rest.len - 1));
    if (rest.len && rest.ptr[rest.len - 1] == ':')
        rest = slice_trim(slice_sub(rest, 0, rest.len - 1));
    size_t end = rest.len && rest.ptr[rest.len - 1] == '"' ? rest.len - 1 : 0, start = end;
    while (start && rest.ptr[start - 1] != '"')
        start--;
    if (start == 0)
        return SLICE_NONE;
    *piece = slice_trim(slice_sub(rest, 0, start - 1));
    return slice_sub(rest, start, end - start);
}

/* What stands between arrays, `{"a": 1, "items": [` or `, "b": 2}`, made an object of its own. */
static void as_object(struct slice piece, struct buffer *object, struct slice *array)
{
    piece = slice_trim(piece);
    if (piece.len && (piece.ptr[0] == '{' || piece.ptr[0] == ','))
        piece = slice_trim(slice_sub(piece, 1, piece.len - 1));
    *array = take_array_name(&piece);
    if (!array->ptr && piece.len && piece.ptr[piece.len - 1] == '}')
        piece = slice_trim(slice_sub(piece, 0, piece.len - 1));
    if (piece.len && piece.ptr[piece.len - 1] == ',')
        piece.len--;
    buffer_add_char(object, '{');
    buffer_add_slice(object, piece);
    buffer_add_char(object, '}');
}

/* Which kind of document begins with these values of its own. */
static enum document_kind kind_of(struct json_object *object, struct slice array)
{
    static const struct slice feed = SLICE_LITERAL("https://jsonfeed.org/version/1");
    struct slice type = json_string(json_get(object, "type"));
    if (slice_starts(json_string(json_get(object, "version")), feed))
        return DOCUMENT_FEED;
    if (slice_is(array, "messages") && type.len && json_get(object, "id"))
        return DOCUMENT_TELEGRAM;
    return DOCUMENT_NONE;
}

/* The kind of a document by its beginning, up to its first array. */
static enum document_kind recognise(struct slice head, struct json_reader *reader)
{
    struct json_cut cut = {0};
    struct buffer object;
    struct slice array;
    size_t n = json_cut_next(&cut, head);
    if (n == 0 || head.ptr[0] != '{' || head.ptr[n - 1] != '[')
        return DOCUMENT_NONE;
    buffer_init(&object, MAX_AROUND);
    as_object(slice_sub(head, 0, n), &object, &array);
    enum document_kind kind = kind_of(json_read(reader, buffer_slice(&object), NULL), array);
    buffer_free(&object);
    return kind;
}

bool json_document_recognise(struct slice head)
{
    if (head.len == 0 || head.ptr[0] != '{')
        return false;
    struct json_reader *reader = json_reader_new(false);
    enum document_kind kind = reader ? recognise(head, reader) : DOCUMENT_NONE;
    json_reader_free(reader);
    return kind != DOCUMENT_NONE;
}

struct json_document *json_document_new(struct slice head)
{
    struct json_document *document = calloc(1, sizeof *document);
    if (document && !(document->reader = json_reader_new(false))) {
        free(document);
        document = NULL;
    }
    if (!document)
        return NULL;
    struct buffer *buffers[] = {&document->title, &document->url, &document->lang, &document->id};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        buffer_init(buffers[i], MAX_AROUND);
    document->kind = recognise(head, document->reader);
    return document;
}

void json_document_free(struct json_document *document)
{
    if (!document)
        return;
    struct buffer *buffers[] = {&document->title, &document->url, &document->lang, &document->id};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        buffer_free(buffers[i]);
    json_reader_free(document->reader);
    free(document);
}

struct slice json_document_title(const struct json_document *document)
{
    return slice_trim(buffer_slice(&document->title));
}

static void take(struct buffer *to, struct json_object *object, const char *key)
{
    struct slice value;
    if (to->len == 0 && json_name(json_get(object, key), &value))
        buffer_add_slice(to, value);
}

static int read_around(struct json_document *document, struct slice piece, struct error *err)
{
    bool telegram = document->kind == DOCUMENT_TELEGRAM;
    struct buffer text;
    struct slice array;
    buffer_init(&text, MAX_AROUND);
    as_object(document->in_array ? behind_array(piece) : piece, &text, &array);
    struct json_object *object =
        text.failed ? NULL : json_read(document->reader, buffer_slice(&text), err);
    if (object) {
        take(&document->title, object, telegram ? "name" : "title");
        take(&document->url, object, "home_page_url");
        take(&document->lang, object, "language");
        take(&document->id, object, "id");
    }
    document->in_array = array.ptr != NULL;
    document->in_entries = array.len && slice_is(array, arrays[document->kind]);
    bool good = object || text.failed;
    buffer_free(&text);
    return good ? 0 : -1;
}

/* ---- entries -----------------------------------------------------------------------------------
 */

static int read_item(const struct json_document *document, struct arena *arena,
                     struct json_object *item, struct entry *out, struct error *err)
{
    struct slice html = json_string(json_get(item, "content_html"));
    struct slice text = json_string(json_get(item, "content_text"));
    struct slice summary = json_string(json_get(item, "summary"));
    struct slice url = json_string(json_get(item, "url"));
    json_name(json_get(item, "id"), &out->id);
    out->title = json_string(json_get(item, "title"));
    out->is_html = html.len != 0;
    out->body = html.len ? html : text.len ? text : summary;
    out->published = json_string(json_get(item, "date_published"));
    if (out->published.len == 0)
        out->published = json_string(json_get(item, "date_modified"));
    out->lang = json_string(json_get(item, "language"));
    if (out->lang.len == 0)
        out->lang = buffer_slice(&document->lang);
    if (url_resolve(arena, buffer_slice(&document->url), url.len ? url : out->id, &out->url, err))
        return -1;
    if (!url_is_web(out->url))
        out->url = SLICE_NONE;
    if (slice_equal(out->url, out->id))
        out->id = SLICE_NONE;
    out->follow = out->url.len && out->body.len < ENTRY_FULL_TEXT;
    return out->url.len || out->body.len || out->title.len;
}

/* Text as Telegram exports it: a string, or an array of strings and of objects with a "text". */
static void put_text(struct json_object *text, struct buffer *out)
{
    buffer_add_slice(out, json_string(text));
    size_t n = json_object_is_type(text, json_type_array) ? json_object_array_length(text) : 0;
    for (size_t i = 0; i < n; i++) {
        struct json_object *part = json_object_array_get_idx(text, i);
        buffer_add_slice(out, json_string(part));
        buffer_add_slice(out, json_string(json_get(part, "text")));
    }
}

/* A message's "date" is in the zone of who exported it, "date_unixtime" in none: the difference is
 * the zone's. */
static struct slice message_time(struct arena *arena, struct json_object *message)
{
    struct slice date = json_string(json_get(message, "date"));
    struct slice seconds = json_string(json_get(message, "date_unixtime"));
    struct stamp local;
    char *end, digits[24];
    if (date.len == 0 || seconds.len == 0 || seconds.len >= sizeof digits ||
        date_read(date, &local, NULL) || local.seconds < 0 || local.offset != STAMP_NO_OFFSET)
        return date;
    memcpy(digits, seconds.ptr, seconds.len);
    digits[seconds.len] = 0;
    long long at = strtoll(digits, &end, 10);
    if (*end || at < 0 || at > (1LL << 40))
        return date;
    long long offset = (stamp_instant(local) - at) / 60;
    if (offset < -14 * 60 || offset > 14 * 60)
        return date;
    long long size = offset < 0 ? -offset : offset;
    struct slice full = arena_format(arena, "%.*s%c%02d:%02d", SLICE_ARG(date),
                                     offset < 0 ? '-' : '+', (int)(size / 60), (int)(size % 60));
    return full.ptr ? full : date;
}

static int read_message(const struct json_document *document, struct arena *arena,
                        struct json_object *message, struct entry *out, struct error *err)
{
    struct slice id = SLICE_NONE;
    struct buffer text;
    if (!slice_is(json_string(json_get(message, "type")), "message"))
        return 0; /* "joined", "pinned a message" */
    buffer_init(&text, (size_t)16 << 20);
    put_text(json_get(message, "text"), &text);
    struct slice body = slice_trim(buffer_slice(&text));
    bool some = body.len != 0;
    out->body = some ? arena_copy(arena, body) : SLICE_NONE;
    buffer_free(&text);
    json_name(json_get(message, "id"), &id);
    out->id = arena_format(arena, "telegram/%.*s/%.*s", SLICE_ARG(buffer_slice(&document->id)),
                           SLICE_ARG(id));
    if ((some && !out->body.ptr) || !out->id.ptr)
        return arena_full(arena, err);
    out->published = message_time(arena, message);
    return some && id.len;
}

int json_document_piece(struct json_document *document, struct arena *arena, struct slice piece,
                        size_t line, struct entry *out, struct error *err)
{
    struct slice rest = slice_trim(piece);
    *out = (struct entry){0};
    bool element = document->in_array && rest.len && (rest.ptr[0] == ',' || rest.ptr[0] == '{') &&
                   rest.ptr[rest.len - 1] == '}';
    if (element && !document->in_entries)
        return 0;
    while (element && rest.len && rest.ptr[0] != '{')
        rest = slice_sub(rest, 1, rest.len - 1);
    for (const char *p = piece.ptr; p < rest.ptr; p++)
        line += *p == '\n';
    struct error why = {0};
    int result = 0;
    if (!element) {
        result = rest.len ? read_around(document, rest, &why) : 0;
    } else {
        struct json_object *object = json_read(document->reader, rest, &why);
        out->outlet = json_document_title(document);
        out->line = line;
        result = !object ? -1
                 : document->kind == DOCUMENT_FEED
                     ? read_item(document, arena, object, out, &why)
                     : read_message(document, arena, object, out, &why);
    }
    if (result >= 0)
        return result;
    if (why.code == ERROR_LIMIT)
        return error_set(err, ERROR_LIMIT, "%s", why.text);
    return error_at(err, ERROR_INPUT, NULL, line < INT_MAX ? (int)line : INT_MAX, 0, "%s",
                    why.text);
}
