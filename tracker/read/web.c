#include "read/web.h"

#include <limits.h>
#include <stdlib.h>

#include "base/log.h"
#include "read/charset.h"
#include "read/date.h"
#include "read/entry_list.h"
#include "read/feed_xml.h"
#include "read/input.h"
#include "read/url.h"

/* Memory of a document and its entries, which is no larger than fetch.h lets it be. */
#define WEB_MEMORY ((size_t)1 << 30)

struct web {
    struct fetcher *fetcher;
    struct web_options options;
    const char *path; /* as asked for */
    struct arena arena;
    struct web_answer answer;
    struct page_source source; /* the document, absent when there is none */
    struct slice type;
    bool started;
    bool is_list;
    struct entry_list list;
    size_t next;         /* entry */
    struct map followed; /* addresses of this document, so that each is asked for once */
    enum web_outcome last;
    struct slice link;
};

/* ---- the document ---- */

static int keep(struct arena *arena, struct slice from, struct slice *to, struct error *err)
{
    *to = SLICE_NONE;
    if (from.len == 0)
        return 0;
    *to = arena_copy(arena, from);
    return to->ptr ? 0 : arena_full(arena, err);
}

static int keep_answer(struct web *web, const struct fetch_answer *answer, struct error *err)
{
    web->answer.status = answer->status;
    web->answer.wait_ms = answer->wait_ms;
    return keep(&web->arena, answer->url, &web->answer.url, err) ||
                   keep(&web->arena, answer->etag, &web->answer.etag, err) ||
                   keep(&web->arena, answer->last_modified, &web->answer.last_modified, err) ||
                   keep(&web->arena, answer->type, &web->type, err) ||
                   keep(&web->arena, answer->charset, &web->source.charset, err) ||
                   keep(&web->arena, answer->body, &web->source.bytes, err)
               ? -1
               : 0;
}

int web_open(struct web **out, struct fetcher *fetcher, const struct fetch_request *request,
             const struct web_options *options, struct error *err)
{
    struct fetch_answer answer;
    struct web *web = *out = NULL;
    if (fetcher_get(fetcher, request, &answer, err))
        return -1;
    web = calloc(1, sizeof *web);
    if (!web)
        return error_set(err, ERROR_LIMIT, "no memory for a page");
    web->fetcher = fetcher;
    web->options = *options;
    web->path = request->url;
    arena_init(&web->arena, WEB_MEMORY);
    if (keep_answer(web, &answer, err)) {
        web_close(web);
        return -1;
    }
    web->source.url = web->answer.url;
    *out = web;
    return 0;
}

const struct web_answer *web_answer(const struct web *web)
{
    return &web->answer;
}

enum web_outcome web_outcome(const struct web *web, struct slice *link)
{
    *link = web->link;
    return web->last;
}

void web_close(struct web *web)
{
    if (!web)
        return;
    map_free(&web->followed);
    arena_free(&web->arena);
    free(web);
}

/* ---- a page or text as a report ---- */

/* What a report is made of before report_finish. */
struct story {
    struct report *report;
    struct report_parts parts;
    struct report_gaps gaps;
};

static bool ends_with(struct slice s, struct slice end)
{
    return s.len >= end.len && slice_equal(slice_sub(s, s.len - end.len, end.len), end);
}

/* Whether two addresses are of one site: "m.example.org" and "www.example.org". */
static bool same_site(struct slice a, struct slice b)
{
    struct slice x = url_host(a), y = url_host(b);
    if (x.len < y.len) {
        struct slice longer = y;
        y = x;
        x = longer;
    }
    return y.len && ends_with(x, y) && (x.len == y.len || x.ptr[x.len - y.len - 1] == '.');
}

static int page_story(struct arena *arena, const struct page_source *source, struct story *story,
                      struct error *err)
{
    struct page page;
    if (page_read(arena, source, &page, err))
        return -1;
    report_warn_replaced(story->report, page.replaced);
    if (page.body.len == 0)
        return error_set(err, ERROR_INPUT, "there is no article on this page");
    /* A page that names another site's page as the original would replace that site's report. */
    story->report->url = same_site(page.url, source->url) ? page.url : source->url;
    story->report->outlet = page.outlet;
    story->report->lang = page.lang;
    story->parts = (struct report_parts){page.title, page.body, page.published};
    return 0;
}

static int text_story(struct arena *arena, const struct page_source *source, struct story *story,
                      struct error *err)
{
    size_t replaced = 0;
    const char *charset = charset_detect(source->bytes, source->charset);
    story->report->url = source->url;
    story->report->outlet = url_host(source->url);
    if (charset_decode_all(arena, source->bytes, charset, &story->parts.body, &replaced, err))
        return -1;
    report_warn_replaced(story->report, replaced);
    return 0;
}

/* What an answer holds, by its type and its first bytes. */
static int read_story(struct arena *arena, const struct page_source *source, struct slice type,
                      struct story *story, struct error *err)
{
    static const char *const pages[] = {"text/html", "application/xhtml+xml", "text/xml",
                                        "application/xml"};
    const char *problem = input_refusal(source->bytes);
    struct slice visible = slice_trim(source->bytes);
    bool is_page = visible.len && visible.ptr[0] == '<';
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        is_page |= slice_is(type, pages[i]);
    if (visible.len == 0)
        problem = "the answer is empty";
    else if (!problem && !is_page && !slice_is(type, "text/plain"))
        problem = "neither a page nor a feed, an export, a list of articles or plain text";
    if (problem)
        return error_set(err, ERROR_INPUT, "%s", problem);
    return (is_page ? page_story : text_story)(arena, source, story, err);
}

/* Starts a report of this document. */
static void begin(const struct web *web, size_t line, struct report *report, struct story *story)
{
    *report = (struct report){.path = web->path,
                              .id = slice_of(web->path),
                              .line = line < INT_MAX ? (int)line : INT_MAX,
                              .published = STAMP_NONE};
    *story = (struct story){.report = report, .gaps = web->options.gaps};
}

/* The reason without the address when that is the report's path, which stands before it anyway. */
static const char *reason(const struct report *report, const struct error *why)
{
    size_t len = strlen(report->path);
    return strncmp(why->text, report->path, len) == 0 && strncmp(why->text + len, ": ", 2) == 0
               ? why->text + len + 2
               : why->text;
}

void web_reject(struct report *report, const struct error *why)
{
    report_reject(report, 0, "%s", reason(report, why));
}

/* ---- an entry ---- */

static void first_of(struct slice *field, struct slice other)
{
    if (slice_trim(*field).len == 0)
        *field = other;
}

static void fill_gaps(const struct entry *entry, struct story *story)
{
    struct report *report = story->report;
    struct stamp published;
    report->given_id = entry->id;
    first_of(&report->url, entry->url);
    first_of(&report->outlet, entry->outlet);
    first_of(&report->lang, entry->lang);
    first_of(&story->parts.title, entry->title);
    if (slice_trim(story->parts.published).len == 0)
        story->parts.published = entry->published;
    else if (date_read(slice_trim(entry->published), &published, NULL) == 0)
        story->gaps.published = published;
}

int web_status_check(const char *url, int status, int64_t wait_ms, struct error *err)
{
    if (status >= 200 && status < 300)
        return 0;
    bool trouble = status == 0 || status == 429 || status >= 500;
    enum error_code code = trouble ? ERROR_IO : ERROR_INPUT;
    if (status == 0)
        return error_set(err, code, "%s: the server is to be left alone for %lld s", url,
                         (long long)(wait_ms + 999) / 1000);
    return error_set(err, code, "%s: the server answers %d", url, status);
}

/* Asks for the page behind an entry. -1 with *err: ERROR_INPUT and ERROR_IO are the page's. */
static int follow(struct web *web, struct arena *arena, const struct entry *entry,
                  struct story *story, struct error *err)
{
    struct slice url = arena_copy(arena, entry->url), type;
    struct fetch_answer answer;
    struct page_source source;
    if (!url.ptr)
        return arena_full(arena, err);
    const struct fetch_request request = {.url = url.ptr};
    if (fetcher_get(web->fetcher, &request, &answer, err) ||
        web_status_check(url.ptr, answer.status, answer.wait_ms, err) ||
        keep(arena, answer.url, &source.url, err) || keep(arena, answer.type, &type, err) ||
        keep(arena, answer.charset, &source.charset, err) ||
        keep(arena, answer.body, &source.bytes, err))
        return -1;
    story->report->input_bytes = source.bytes.len;
    if (feed_recognise(slice_trim(source.bytes)))
        return error_set(err, ERROR_INPUT, "%s: a feed, not a page", url.ptr);
    struct error why;
    if (read_story(arena, &source, type, story, &why))
        return error_set(err, ERROR_INPUT, "%s: %s", url.ptr, why.text); /* costs the page alone */
    fill_gaps(entry, story);
    return 0;
}

/* The entry's own words, or a rejected report when it has none. */
static void summary(struct arena *arena, const struct entry *entry, const struct error *why,
                    struct story *story)
{
    struct report *report = story->report;
    if (slice_trim(entry->body).len == 0 && slice_trim(entry->title).len == 0) {
        report->given_id = entry->id;
        report->url = entry->url;
        web_reject(report, why);
        return;
    }
    log_write(LOG_WARN, "%s:%d: only the summary is read: %s", report->path, report->line,
              reason(report, why));
    entry_report(arena, entry, report, &story->parts);
}

/* The address to be followed, absent for none. *skip when it was followed before. */
static int link_of(struct web *web, const struct entry *entry, bool *skip, struct error *err)
{
    web->link = SLICE_NONE;
    *skip = false;
    if (web->options.stay || !entry->follow || !url_is_web(entry->url))
        return 0;
    if (url_canonical(&web->arena, entry->url, &web->link, err))
        return -1;
    *skip = map_get(&web->followed, web->link) != MAP_ABSENT ||
            (web->options.known && map_get(web->options.known, web->link) != MAP_ABSENT);
    return 0;
}

/* 1 for a report, 0 for an entry without one, -1. */
static int next_entry(struct web *web, struct arena *arena, const struct entry *entry,
                      struct report *report, struct error *err)
{
    struct story story;
    struct error why;
    bool skip;
    if (link_of(web, entry, &skip, err))
        return -1;
    if (skip || (!web->link.len && !entry->body.len && !entry->title.len))
        return 0;
    begin(web, entry->line, report, &story);
    web->last = web->link.len ? WEB_PAGE : WEB_WHOLE;
    if (!web->link.len) {
        entry_report(arena, entry, report, &story.parts);
    } else if (follow(web, arena, entry, &story, &why)) {
        if (why.code == ERROR_INTERRUPTED || why.code == ERROR_LIMIT) {
            *err = why;
            return -1;
        }
        web->last = why.code == ERROR_IO ? WEB_LATER : WEB_SUMMARY;
        begin(web, entry->line, report, &story);
        summary(arena, entry, &why, &story);
    }
    if (web->link.len && map_put(&web->followed, web->link, 1, err))
        return -1;
    report_finish(arena, report, &story.parts, &story.gaps);
    return 1;
}

/* ---- all of it ---- */

/* What is wrong with the rest of a list becomes its last report. */
static int list_end(struct web *web, struct report *report)
{
    struct story story;
    struct error problem = web->list.problem;
    if (problem.code == ERROR_NONE)
        return 0;
    web->list.problem.code = ERROR_NONE;
    web->last = WEB_WHOLE;
    web->link = SLICE_NONE;
    begin(web, problem.line > 0 ? (size_t)problem.line : 0, report, &story);
    web_reject(report, &problem);
    return 1;
}

/* The document as one report. */
static int next_story(struct web *web, struct arena *arena, const struct error *list_problem,
                      struct report *report)
{
    struct story story;
    struct error why = *list_problem;
    web->last = WEB_WHOLE;
    begin(web, 1, report, &story);
    report->input_bytes = web->source.bytes.len;
    if (feed_recognise(slice_trim(web->source.bytes)) ||
        read_story(arena, &web->source, web->type, &story, &why))
        web_reject(report, &why);
    report_finish(arena, report, &story.parts, &story.gaps);
    return 1;
}

int web_next(struct web *web, struct arena *arena, struct report *report, struct error *err)
{
    struct error why;
    if (!web->started) {
        if (web->answer.status < 200 || web->answer.status >= 300)
            return 0;
        web->started = true;
        if (entry_list_read(&web->arena, &web->source, &web->list, &why) == 0)
            web->is_list = true;
        else
            return next_story(web, arena, &why, report);
    }
    while (web->is_list && web->next < web->list.n) {
        int got = next_entry(web, arena, &web->list.entries[web->next], report, err);
        if (got < 0)
            return -1;
        web->next++;
        if (got)
            return 1;
    }
    return web->is_list ? list_end(web, report) : 0;
}
