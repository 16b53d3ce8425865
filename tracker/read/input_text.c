#include "read/input.h"

/* More lines than this before the first blank one are no header. */
#define HEADER_MAX_LINES 20

struct header {
    struct slice title, date, outlet, url, lang;
};

static const struct header_key {
    const char *name; /* in lower case */
    size_t offset;    /* of its slice in struct header */
} header_keys[] = {
    {"title", offsetof(struct header, title)},   {"date", offsetof(struct header, date)},
    {"outlet", offsetof(struct header, outlet)}, {"url", offsetof(struct header, url)},
    {"lang", offsetof(struct header, lang)},
};

static bool same_key(struct slice written, const char *name)
{
    size_t i = 0;
    for (; i < written.len && name[i]; i++) {
        if ((written.ptr[i] | 0x20) != name[i])
            return false;
    }
    return i == written.len && !name[i];
}

/* Takes the line up to the next line feed from the front of `rest`. */
static struct slice take_line(struct slice *rest)
{
    const char *feed = memchr(rest->ptr, '\n', rest->len);
    size_t len = feed ? (size_t)(feed - rest->ptr) : rest->len;
    struct slice line = {rest->ptr, len};
    size_t taken = len + (feed != NULL);
    *rest = slice_sub(*rest, taken, rest->len - taken);
    return line;
}

/* Reads "Key: value" with a known key. */
static bool header_line(struct header *header, struct slice line)
{
    const char *colon = memchr(line.ptr, ':', line.len);
    if (!colon)
        return false;
    size_t len = (size_t)(colon - line.ptr);
    for (size_t i = 0; i < sizeof header_keys / sizeof *header_keys; i++) {
        if (same_key(slice_sub(line, 0, len), header_keys[i].name)) {
            struct slice *value = (struct slice *)((char *)header + header_keys[i].offset);
            *value = slice_trim(slice_sub(line, len + 1, line.len - len - 1));
            return true;
        }
    }
    return false;
}

/* Splits the header off the front of a report. A header is known keys only, up to a blank line or
 * the end of the report; anything else is text, however it begins. */
static bool split_header(struct slice text, struct header *header, struct slice *body)
{
    struct slice rest = text;
    *header = (struct header){0};
    for (int n = 0; n <= HEADER_MAX_LINES; n++) {
        struct slice line = rest.len ? slice_trim(take_line(&rest)) : SLICE_NONE;
        if (line.len == 0) {
            *body = rest;
            return n > 0;
        }
        if (n == HEADER_MAX_LINES || !header_line(header, line))
            break;
    }
    return false;
}

static bool recognise(struct slice head)
{
    (void)head;
    return true;
}

static int next(struct input *input, struct arena *arena, struct report *report,
                struct report_parts *parts, struct error *err)
{
    struct slice text;
    (void)arena; /* everything is a piece of the window */
    int got = input_take(input, STREAM_FORM_FEED, report, &text, err);
    if (got <= 0 || report->rejected)
        return got;
    struct header header;
    parts->body = text = slice_trim(text);
    if (!split_header(text, &header, &parts->body))
        return 1;
    parts->title = header.title;
    parts->published = header.date;
    report->outlet = header.outlet;
    report->url = header.url;
    report->lang = header.lang;
    return 1;
}

const struct input_format input_text = {"text", false, recognise, next, NULL};
