#include "read/entry_list.h"

#include "base/map.h"
#include "read/charset.h"
#include "read/date.h"
#include "read/feed_xml.h"
#include "read/gdelt.h"
#include "read/json_document.h"
#include "read/url.h"
#include "text/utf8.h"

int entry_list_add(struct arena *arena, struct entry_list *list, const struct entry *entry,
                   struct error *err)
{
    if (arena_grow(arena, &list->entries, &list->capacity, list->n, sizeof *list->entries, err))
        return -1;
    list->entries[list->n++] = *entry;
    return 0;
}

/* Makes an entry independent of what it was read from. */
static int copy_entry(struct arena *arena, struct entry *entry, struct error *err)
{
    struct slice *slices[] = {&entry->id,        &entry->url,    &entry->title, &entry->body,
                              &entry->published, &entry->outlet, &entry->lang};
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++) {
        if (slices[i]->len && !(*slices[i] = arena_copy(arena, *slices[i])).ptr)
            return arena_full(arena, err);
    }
    return 0;
}

static int read_json(struct arena *arena, struct slice text, struct entry_list *out,
                     struct error *err)
{
    struct json_document *document = json_document_new(text);
    struct json_cut cut = {0};
    if (!document)
        return error_set(err, ERROR_LIMIT, "no memory for a JSON reader");
    int result = 0;
    size_t line = 1;
    while (text.len && result == 0) {
        size_t n = json_cut_next(&cut, text);
        struct slice piece = slice_sub(text, 0, n ? n : text.len);
        struct entry entry;
        struct error why;
        int got = json_document_piece(document, arena, piece, line, &entry, &why);
        if (got < 0 && why.code == ERROR_LIMIT)
            result = error_set(err, ERROR_LIMIT, "%s", why.text);
        else if (got < 0 && out->problem.code == ERROR_NONE)
            out->problem = why;
        else if (got > 0)
            result = copy_entry(arena, &entry, err) ? -1 : entry_list_add(arena, out, &entry, err);
        for (size_t i = 0; i < piece.len; i++)
            line += piece.ptr[i] == '\n';
        text = slice_sub(text, piece.len, text.len - piece.len);
    }
    out->title = json_document_title(document);
    if (out->title.len) {
        out->title = arena_copy(arena, out->title);
        result = out->title.ptr ? result : arena_full(arena, err);
    }
    json_document_free(document);
    return result;
}

static int read_gdelt(struct arena *arena, struct slice text, struct entry_list *out,
                      struct error *err)
{
    for (size_t line = 1; text.len; line++) {
        const char *feed = memchr(text.ptr, '\n', text.len);
        size_t len = feed ? (size_t)(feed - text.ptr) : text.len;
        struct entry entry;
        if (gdelt_line_read(slice_sub(text, 0, len), line, &entry) &&
            entry_list_add(arena, out, &entry, err))
            return -1;
        text = slice_sub(text, len + (feed != NULL), text.len - len - (feed != NULL));
    }
    return 0;
}

int entry_list_read(struct arena *arena, const struct page_source *source, struct entry_list *out,
                    struct error *err)
{
    struct slice text, head;
    size_t replaced = 0;
    const char *charset = charset_detect(source->bytes, source->charset);
    *out = (struct entry_list){0};
    if (charset_decode_all(arena, source->bytes, charset, &text, &replaced, err) ||
        utf8_clean(arena, text, &text, &replaced, err))
        return -1;
    head = slice_trim(text);
    if (head.len && head.ptr[0] == '<' && feed_recognise(head)) {
        struct page_source decoded = {text, SLICE_LITERAL("utf-8"), source->url};
        return feed_read(arena, &decoded, out, err);
    }
    if (json_document_recognise(head))
        return read_json(arena, head, out, err);
    if (gdelt_recognise(head))
        return read_gdelt(arena, head, out, err);
    return error_set(err, ERROR_INPUT, "no feed, export or list of articles");
}

void entry_report(struct arena *arena, const struct entry *entry, struct report *report,
                  struct report_parts *parts)
{
    struct page_source source = {entry->body, SLICE_LITERAL("utf-8"), entry->url};
    struct page page = {.body = entry->body};
    struct error why;
    report->given_id = entry->id;
    report->url = entry->url;
    report->outlet = entry->outlet;
    report->lang = entry->lang;
    if (entry->is_html && page_read(arena, &source, &page, &why)) {
        report_reject(report, 0, "%s", why.text);
        return;
    }
    *parts = (struct report_parts){entry->title, page.body, entry->published};
}

static int add_link(struct arena *arena, const struct entry *entry, struct map *seen,
                    struct link_list *out, struct error *err)
{
    struct link link = {.title = entry->title,
                        .outlet = entry->outlet,
                        .lang = entry->lang,
                        .published = STAMP_NONE};
    if (url_canonical(arena, entry->url, &link.url, err))
        return -1;
    if (map_get(seen, link.url) != MAP_ABSENT)
        return 0;
    if (map_put(seen, link.url, (uint32_t)out->n, err))
        return -1;
    if (entry->published.len && date_read(entry->published, &link.published, NULL))
        link.published = STAMP_NONE;
    out->items[out->n++] = link;
    return 0;
}

int entry_list_links(struct arena *arena, const struct entry_list *list, struct link_list *out,
                     struct error *err)
{
    struct map seen = {0};
    int result = 0;
    *out = (struct link_list){ARENA_ARRAY(arena, struct link, list->n), 0};
    if (!out->items)
        return arena_full(arena, err);
    for (size_t i = 0; i < list->n && result == 0; i++) {
        if (list->entries[i].follow)
            result = add_link(arena, &list->entries[i], &seen, out, err);
    }
    map_free(&seen);
    return result;
}
