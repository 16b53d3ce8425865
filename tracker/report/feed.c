#include "report/feed.h"

#include <stdlib.h>

#include "report/html_style.h"
#include "report/period.h"
#include "report/svg.h"

/* XML 1.0 forbids most control characters even as references; html_escape makes blanks of them. */
static void text_add(struct buffer *out, struct slice text)
{
    html_escape(out, text);
}

static bool is_toll(const struct change *c)
{
    return slice_is(c->kind, "figure") && !c->part.len &&
           (slice_is(c->field, "killed") || slice_is(c->field, "wounded") ||
            slice_is(c->field, "missing"));
}

static bool number_of(struct slice text, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || *out > INT64_MAX / 20)
            return false;
        *out = *out * 10 + (text.ptr[i] - '0');
    }
    return text.len > 0;
}

/* The word of a change, NULL for one that is no news (a grading, a coordinate). */
static const char *word_of(const struct change *c)
{
    int64_t old, new;
    if (slice_is(c->kind, "incident"))
        return slice_is(c->new_value, "new")       ? "new"
               : slice_is(c->new_value, "retired") ? "withdrawn"
                                                   : "back";
    if (slice_is(c->kind, "merged") || slice_is(c->kind, "split"))
        return slice_is(c->kind, "merged") ? "merged" : "split";
    if (!is_toll(c))
        return NULL;
    if (!c->new_value.len)
        return "withdrawn";
    if (!c->old_value.len)
        return "stated";
    if (!number_of(c->old_value, &old) || !number_of(c->new_value, &new))
        return "changed";
    return new > old ? "raised" : new < old ? "lowered" : "changed";
}

static void where_add(struct buffer *out, const struct change *c)
{
    char day[16] = "day unknown";
    if (c->day != DAY_NONE)
        day_format(c->day, day);
    text_add(out, c->place.len ? c->place : SLICE_LITERAL("place unknown"));
    if (c->country.len && !slice_equal(c->country, c->place)) {
        buffer_add_text(out, ", ");
        text_add(out, c->country);
    }
    buffer_format(out, ", %s", day);
}

static void title_add(struct buffer *out, const struct change *c, const char *word)
{
    where_add(out, c);
    buffer_add_text(out, ": ");
    if (slice_is(c->kind, "incident")) {
        buffer_add_text(out, strcmp(word, "new") == 0         ? "new incident"
                             : strcmp(word, "withdrawn") == 0 ? "no report tells of it any more"
                                                              : "reported again");
        return;
    }
    if (!is_toll(c)) {
        buffer_format(out, "%s incident %.*s",
                      strcmp(word, "merged") == 0 ? "merged into" : "split off",
                      SLICE_ARG(c->new_value));
        return;
    }
    buffer_format(out, "%.*s %s", SLICE_ARG(c->field), word);
    if (c->old_value.len)
        buffer_format(out, " from %.*s", SLICE_ARG(c->old_value));
    if (c->new_value.len)
        buffer_format(out, "%s %.*s", c->old_value.len ? " to" : ":", SLICE_ARG(c->new_value));
    if (c->who.len) {
        buffer_add_text(out, " (");
        text_add(out, c->who);
        buffer_add_char(out, ')');
    }
}

/* A tag URI (RFC 4151); the moment is part of it, for a toll may be raised twice to one number. */
static void id_add(struct buffer *out, const struct change *c)
{
    buffer_format(out, "<id>tag:tracker.invalid,2025:%.*s/%.*s/%.*s/%.*s/%.*s</id>\n",
                  SLICE_ARG(c->incident_id), SLICE_ARG(c->kind), SLICE_ARG(c->field),
                  SLICE_ARG(c->new_value), SLICE_ARG(c->recorded));
}

static void entry_add(struct buffer *out, const struct change *c, const char *word)
{
    buffer_add_text(out, "<entry>\n");
    id_add(out, c);
    buffer_add_text(out, "<title>");
    title_add(out, c, word);
    buffer_format(out, "</title>\n<updated>%.*s</updated>\n<category term=\"%s\"/>\n",
                  SLICE_ARG(c->recorded), word);
    buffer_add_text(out, "<content type=\"text\">");
    title_add(out, c, word);
    buffer_add_char(out, '.');
    if (c->sentence.len) {
        buffer_add_text(out, " &quot;");
        text_add(out, c->sentence);
        buffer_add_text(out, "&quot;");
    }
    buffer_format(out, " Incident %.*s", SLICE_ARG(c->incident_id));
    if (c->rule.len) {
        buffer_add_text(out, "; rule ");
        text_add(out, c->rule);
    }
    buffer_add_text(out, ".</content>\n</entry>\n");
}

void feed_atom(struct buffer *out, const struct change *changes, size_t n, const char *as_of)
{
    buffer_format(out,
                  "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                  "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
                  "<id>tag:tracker.invalid,2025:changes</id>\n"
                  "<title>What changed in the strike tracker</title>\n"
                  "<updated>%s</updated>\n"
                  "<author><name>tracker</name></author>\n"
                  "<link rel=\"alternate\" href=\"index.html\"/>\n",
                  as_of);
    for (size_t i = n; i-- > 0;) {
        const char *word = word_of(&changes[i]);
        if (word)
            entry_add(out, &changes[i], word);
    }
    buffer_add_text(out, "</feed>\n");
}

/* The latest end first; of one end the longer period first. */
static int compare_pages(const void *x, const void *y)
{
    const struct published_page *a = x, *b = y;
    if (a->to != b->to)
        return a->to > b->to ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return slice_compare(a->name, b->name);
}

void index_html(struct buffer *out, struct published_page *pages, size_t n, const char *as_of)
{
    struct arena arena;
    arena_init(&arena, (size_t)64 << 20);
    if (n)
        qsort(pages, n, sizeof *pages, compare_pages);
    buffer_format(out,
                  "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<title>Situation reports</title>\n"
                  "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"changes.atom\" "
                  "title=\"What changed\">\n<style>\n%s</style>\n</head>\n<body>\n"
                  "<header><h1>Situation reports</h1>\n"
                  "<p class=\"sub\">Newest change known: %s. "
                  "<a href=\"changes.atom\">Feed of what changed</a></p></header>\n<main>\n<ul>\n",
                  html_style, as_of);
    for (size_t i = 0; i < n; i++) {
        struct slice days = period_title(&arena, pages[i].from, pages[i].to);
        buffer_add_text(out, "<li><a href=\"");
        html_escape(out, pages[i].name);
        buffer_format(out, ".html\">%.*s</a>", SLICE_ARG(days));
        for (size_t f = 0; f < 2; f++) {
            const char *const also = f ? "json" : "md";
            buffer_add_text(out, f ? ", <a href=\"" : " <span class=\"note\">also <a href=\"");
            html_escape(out, pages[i].name);
            buffer_format(out, ".%s\">%s</a>", also, also);
        }
        buffer_add_text(out, "</span></li>\n");
    }
    buffer_add_text(out, "</ul>\n</main>\n</body>\n</html>\n");
    arena_free(&arena);
}
