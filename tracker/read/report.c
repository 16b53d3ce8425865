#include "read/report.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/log.h"
#include "read/date.h"
#include "read/url.h"
#include "text/utf8.h"

void report_reject(struct report *report, int column, const char *format, ...)
{
    char text[sizeof report->problem.text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    report->rejected = true;
    error_at(&report->problem, ERROR_INPUT, report->path, report->line, column, "%s", text);
}

void report_warn_replaced(const struct report *report, size_t replaced)
{
    if (replaced)
        log_write(LOG_WARN, "%s:%d: %zu malformed or NUL character%s replaced", report->path,
                  report->line, replaced, replaced == 1 ? "" : "s");
}

struct digest report_identity(const struct report *report)
{
    struct slice parts[2] = {SLICE_LITERAL("text"), report->text};
    if (report->url.len) {
        parts[0] = SLICE_LITERAL("url");
        parts[1] = report->url;
    } else if (report->given_id.len) {
        parts[0] = SLICE_LITERAL("id");
        parts[1] = report->given_id;
    }
    return digest_of(parts, 2);
}

struct digest report_edition(const struct report *report)
{
    char published[64];
    int len = snprintf(published, sizeof published, "%d %d %d", (int)report->published.day,
                       (int)report->published.seconds, (int)report->published.offset);
    struct slice parts[] = {
        SLICE_LITERAL("edition"),
        report->title,
        report->text,
        {published, (size_t)len},
        report->outlet,
        report->withdrawn ? SLICE_LITERAL("withdrawn") : SLICE_NONE,
    };
    return digest_of(parts, sizeof parts / sizeof *parts);
}

static int clean(struct arena *arena, struct slice *s, size_t *replaced, struct error *err)
{
    size_t count = 0;
    struct slice trimmed = slice_trim(*s);
    *s = SLICE_NONE;
    if (trimmed.len == 0)
        return 0;
    if (utf8_clean(arena, trimmed, s, &count, err))
        return -1;
    *replaced += count;
    *s = slice_trim(*s);
    return 0;
}

/* Cleans what has to stand on one line: a blank line ends the title in the stored text. */
static int clean_line(struct arena *arena, struct slice *s, size_t *replaced, struct error *err)
{
    if (clean(arena, s, replaced, err))
        return -1;
    if (s->len == 0 || (!memchr(s->ptr, '\n', s->len) && !memchr(s->ptr, '\t', s->len)))
        return 0;
    char *line = arena_alloc(arena, s->len);
    if (!line)
        return arena_full(arena, err);
    for (size_t i = 0; i < s->len; i++)
        line[i] = s->ptr[i] == '\n' || s->ptr[i] == '\t' ? ' ' : s->ptr[i];
    s->ptr = line;
    return 0;
}

/* The primary part of a language tag in lower case: "en" of "en-GB". */
static int clean_lang(struct arena *arena, struct slice *lang, size_t *replaced, struct error *err)
{
    if (clean_line(arena, lang, replaced, err))
        return -1;
    char *copy = arena_alloc(arena, lang->len);
    if (!copy)
        return arena_full(arena, err);
    size_t len = 0;
    for (; len < lang->len && lang->ptr[len] != '-' && lang->ptr[len] != '_'; len++) {
        char c = lang->ptr[len];
        copy[len] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    *lang = len ? (struct slice){copy, len} : SLICE_NONE;
    return 0;
}

/* The id: as given, else the URL, else the stand-in the input gave. */
static int name_report(struct arena *arena, struct report *report, size_t *replaced,
                       struct error *err)
{
    size_t ignored = 0; /* the stand-in is a file name; nothing of the text was replaced */
    if (clean_line(arena, &report->given_id, replaced, err) ||
        clean_line(arena, &report->url, replaced, err) ||
        clean_line(arena, &report->id, &ignored, err) ||
        (report->url.len && url_canonical(arena, report->url, &report->url, err)))
        return -1;
    if (report->given_id.len)
        report->id = report->given_id;
    else if (report->url.len)
        report->id = report->url;
    return 0;
}

/* title, blank line, body; only the body is not copied when there is no title. */
static int join(struct arena *arena, struct report *report, struct slice title, struct slice body,
                struct error *err)
{
    report->text = title.len ? title : body;
    report->title = title;
    report->title_len = title.len;
    if (title.len == 0 || body.len == 0)
        return 0;
    size_t len = title.len + 2 + body.len;
    char *text = arena_alloc(arena, len);
    if (!text)
        return arena_full(arena, err);
    memcpy(text, title.ptr, title.len);
    memcpy(text + title.len, "\n\n", 2);
    memcpy(text + title.len + 2, body.ptr, body.len);
    report->text = (struct slice){text, len};
    report->title = slice_sub(report->text, 0, title.len);
    return 0;
}

int report_complete(struct arena *arena, struct report *report, struct slice raw_title,
                    struct slice raw_body, struct error *err)
{
    size_t replaced = 0;
    struct slice title = raw_title, body = raw_body;
    if (name_report(arena, report, &replaced, err))
        return -1;
    if (report->rejected)
        return 0;
    if (clean_line(arena, &report->outlet, &replaced, err) ||
        clean_lang(arena, &report->lang, &replaced, err) ||
        clean_line(arena, &title, &replaced, err) || clean(arena, &body, &replaced, err) ||
        join(arena, report, title, body, err))
        return -1;
    report_warn_replaced(report, replaced);
    if (report->text.len == 0 && !(report->withdrawn && (report->url.len || report->given_id.len)))
        report_reject(report, 0, "the report has no text");
    return 0;
}

void report_finish(struct arena *arena, struct report *report, const struct report_parts *parts,
                   const struct report_gaps *gaps)
{
    struct error err = {0};
    struct slice date = slice_trim(parts->published);
    if (date.len && !report->rejected && date_read(date, &report->published, &err)) {
        report->published = STAMP_NONE;
        log_write(LOG_WARN,
                  "%s:%d: the date is not one of ISO 8601 (2025-11-19, 2025-11-19T07:30+02:00)"
                  " or RFC 822 and taken as unknown",
                  report->path, report->line);
    }
    if (report->published.day == DAY_NONE)
        report->published = gaps->published;
    if (slice_trim(report->outlet).len == 0)
        report->outlet = gaps->outlet;
    if (report_complete(arena, report, parts->title, parts->body, &err)) {
        report->id = slice_of(report->path); /* needs no memory */
        report_reject(report, 0, "%s", err.text);
    }
}

void report_keep(struct arena *arena, struct report *report)
{
    struct slice *const parts[] = {&report->id,   &report->given_id, &report->url, &report->title,
                                   &report->text, &report->outlet,   &report->lang};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct slice copy = parts[i]->len ? arena_copy(arena, *parts[i]) : *parts[i];
        if (copy.len && !copy.ptr) {
            report_reject(report, 0, "no memory for a report of %zu bytes", report->text.len);
            *report = (struct report){.id = slice_of(report->path),
                                      .path = report->path,
                                      .line = report->line,
                                      .input_bytes = report->input_bytes,
                                      .rejected = true,
                                      .problem = report->problem,
                                      .published = STAMP_NONE};
            return;
        }
        *parts[i] = copy;
    }
}
