#include "read/gdelt.h"

#include "read/url.h"

#define MAX_COLUMNS 64

/* Where a list has what; -1 where it has it not. */
static const struct layout {
    int columns;
    int url, time, outlet;
    int translation; /* "srclc:ukr;eng:Moses ..." */
    int extras;      /* XML with <PAGE_TITLE> */
} layouts[] = {
    {16, 5, 2, 4, 14, 15},    /* mentions */
    {61, 60, 59, -1, -1, -1}, /* events 2.0 */
    {58, 57, 56, -1, -1, -1}, /* events 1.0 */
    {27, 4, 1, 3, 25, 26},    /* GKG 2.1 */
};

/* Languages of translated pages that have rules or are likely in a war's reports, by their three
 * letters; others are told from the text. */
static const struct language {
    const char *three, *two;
} languages[] = {
    {"ukr", "uk"}, {"rus", "ru"}, {"ara", "ar"}, {"heb", "he"}, {"fra", "fr"},
    {"spa", "es"}, {"deu", "de"}, {"pol", "pl"}, {"tur", "tr"}, {"fas", "fa"},
};

struct columns {
    struct slice items[MAX_COLUMNS];
    int n;
};

static void split(struct slice line, struct columns *out)
{
    if (line.len && line.ptr[line.len - 1] == '\r')
        line.len--;
    for (out->n = 0; out->n < MAX_COLUMNS;) {
        const char *tab = line.len ? memchr(line.ptr, '\t', line.len) : NULL;
        size_t len = tab ? (size_t)(tab - line.ptr) : line.len;
        out->items[out->n++] = slice_sub(line, 0, len);
        if (!tab)
            return;
        line = slice_sub(line, len + 1, line.len - len - 1);
    }
}

static bool is_digits(struct slice s, size_t len)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    }
    return s.len == len;
}

static struct slice column(const struct columns *columns, int i)
{
    return i < 0 || i >= columns->n ? SLICE_NONE : slice_trim(columns->items[i]);
}

/* The layout of a line that has a time where its number of columns says. The last ones may be empty
 * and, at the end of what is looked at, trimmed. */
static const struct layout *layout_of(const struct columns *columns)
{
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        const struct layout *layout = &layouts[i];
        struct slice time;
        if (columns->n > layout->columns || columns->n < layout->columns - 2)
            continue;
        time = column(columns, layout->time);
        if (is_digits(time, 14) || is_digits(time, 8))
            return layout;
    }
    return NULL;
}

/* A line of the Knowledge Graph may be longer than what is looked at: its key begins with its time.
 */
static bool begins_graph(const struct columns *columns)
{
    return columns->n > 5 && is_digits(columns->items[1], 14) &&
           slice_starts(columns->items[0], columns->items[1]) && url_is_web(columns->items[4]);
}

bool gdelt_recognise(struct slice head)
{
    const char *feed = head.len ? memchr(head.ptr, '\n', head.len) : NULL;
    struct columns columns;
    split((struct slice){head.ptr, feed ? (size_t)(feed - head.ptr) : head.len}, &columns);
    return layout_of(&columns) || (!feed && begins_graph(&columns));
}

/* What stands between two marks, absent without both. */
static struct slice between(struct slice s, const char *open, const char *close)
{
    const char *start = s.len ? memmem(s.ptr, s.len, open, strlen(open)) : NULL;
    if (!start)
        return SLICE_NONE;
    start += strlen(open);
    size_t left = (size_t)(s.ptr + s.len - start);
    const char *end = left ? memmem(start, left, close, strlen(close)) : NULL;
    return end ? slice_trim((struct slice){start, (size_t)(end - start)}) : SLICE_NONE;
}

static struct slice language_of(struct slice translation)
{
    struct slice three = between(translation, "srclc:", ";");
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (slice_is(three, languages[i].three))
            return slice_of(languages[i].two);
    }
    return SLICE_NONE;
}

bool gdelt_line_read(struct slice line, size_t number, struct entry *out)
{
    struct columns columns;
    split(line, &columns);
    const struct layout *layout = layout_of(&columns);
    *out = (struct entry){.line = number, .follow = true};
    if (!layout)
        return false;
    out->url = column(&columns, layout->url);
    out->published = column(&columns, layout->time);
    out->outlet = column(&columns, layout->outlet);
    out->lang = language_of(column(&columns, layout->translation));
    out->title = between(column(&columns, layout->extras), "<PAGE_TITLE>", "</PAGE_TITLE>");
    if (out->outlet.len == 0)
        out->outlet = url_host(out->url);
    return url_is_web(out->url);
}
