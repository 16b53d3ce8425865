#include "read/page_body.h"
#include "read/page_hints.h"

/* A cell with more text than this is no figure, and stands by itself. */
#define CELL_MAX 120

/* A block with as much text outside links as this is prose, whatever its links. */
#define PROSE_MIN 200

struct writer {
    const struct page_layout *layout;
    struct buffer *out;
    struct buffer line; /* the paragraph so far; white space is squeezed, '\n' stands for <br> */
    uint32_t row;       /* the row of figures that is being written, 0 for none */
};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Without white space and no-break spaces at either end. */
static struct slice trim_line(struct slice s)
{
    static const struct slice nbsp = {"\xC2\xA0", 2};
    for (;;) {
        struct slice before = s;
        s = slice_trim(s);
        if (slice_starts(s, nbsp))
            s = slice_sub(s, 2, s.len - 2);
        if (s.len >= 2 && memcmp(s.ptr + s.len - 2, nbsp.ptr, 2) == 0)
            s.len -= 2;
        if (s.len == before.len)
            return s;
    }
}

/* Appends the paragraph without space at either end of its lines. */
static void flush(struct writer *writer)
{
    struct buffer *out = writer->out;
    struct slice rest = buffer_slice(&writer->line);
    size_t start = out->len;
    while ((rest = trim_line(rest)).len) {
        const char *feed = memchr(rest.ptr, '\n', rest.len);
        struct slice line = {rest.ptr, feed ? (size_t)(feed - rest.ptr) : rest.len};
        buffer_add_slice(out, trim_line(line));
        buffer_add_char(out, '\n');
        rest = slice_sub(rest, line.len, rest.len - line.len);
        size_t feeds = 0;
        while (rest.len && is_space(rest.ptr[0])) {
            feeds += rest.ptr[0] == '\n';
            rest = slice_sub(rest, 1, rest.len - 1);
        }
        if (feeds > 1) /* <br><br> ends a paragraph */
            buffer_add_char(out, '\n');
    }
    if (out->len > start)
        buffer_add_char(out, '\n');
    buffer_clear(&writer->line);
}

/* Appends text, runs of white space as one space; in <pre> line feeds stay. */
static void put_text(struct writer *writer, struct slice raw, bool keep_lines)
{
    struct buffer *line = &writer->line;
    size_t to = line->len;
    html_decode(line, raw);
    if (line->failed)
        return;
    for (size_t i = to; i < line->len; i++) {
        char c = line->ptr[i];
        if (!is_space(c))
            line->ptr[to++] = c;
        else if (keep_lines && c == '\n')
            line->ptr[to++] = '\n';
        else if (to && !is_space(line->ptr[to - 1]))
            line->ptr[to++] = ' ';
    }
    line->len = to;
}

/* Blocks that are links to other stories ("Read also: ...") rather than text. */
static bool is_link_block(const struct page_part *block)
{
    return block->own_links * 2 >= block->own && block->own_links > 0 &&
           block->own - block->own_links < PROSE_MIN;
}

/* A row whose cells hold figures rather than parts of the page's layout. */
static bool is_row_of_figures(const struct writer *writer, uint32_t row)
{
    const struct html_tree *tree = writer->layout->tree;
    for (uint32_t i = row + 1; i < tree->nodes[row].end; i++) {
        uint8_t tag = tree->nodes[i].tag;
        bool cell = tag == HTML_TD || tag == HTML_TH;
        if (cell ? writer->layout->parts[i].own > CELL_MAX
                 : html_tag_is(tag, TAG_BLOCK) && tag != HTML_P)
            return false;
    }
    return true;
}

static void begin_block(struct writer *writer, uint32_t i)
{
    uint8_t tag = writer->layout->tree->nodes[i].tag;
    bool in_row = writer->row && page_inside(writer->layout, i, writer->row);
    if (tag == HTML_TR && !in_row && is_row_of_figures(writer, i)) {
        flush(writer);
        writer->row = i;
    } else if (!in_row) {
        flush(writer);
        writer->row = 0;
    } else if ((tag == HTML_TD || tag == HTML_TH) && slice_trim(buffer_slice(&writer->line)).len) {
        buffer_add_text(&writer->line, " | ");
    }
}

/* The time of a post of a live page, on a line before it. */
static void put_time(struct writer *writer, uint32_t i)
{
    const struct html_tree *tree = writer->layout->tree;
    flush(writer);
    html_text_line(tree, i, &writer->line);
    if (slice_trim(buffer_slice(&writer->line)).len == 0)
        html_decode(&writer->line, html_attribute(tree, i, ATTRIBUTE_DATETIME));
    flush(writer);
}

/* The times of a post whose byline is dropped. */
static void put_times_below(struct writer *writer, uint32_t i)
{
    const struct html_tree *tree = writer->layout->tree;
    for (uint32_t k = i; k < tree->nodes[i].end; k++) {
        if (tree->nodes[k].tag == HTML_TIME)
            put_time(writer, k);
    }
}

/* A <time> of a byline: it is all its block has, or nearly. */
static bool is_byline_time(const struct page_layout *layout, uint32_t i)
{
    const struct page_part *block = &layout->parts[layout->parts[i].block];
    return block->own < layout->parts[i].chars + 40;
}

static void put_region(struct writer *writer, uint32_t region)
{
    const struct page_layout *layout = writer->layout;
    const struct html_tree *tree = layout->tree;
    uint32_t last_block = 0;
    for (uint32_t i = region; i < tree->nodes[region].end;) {
        const struct html_node *node = &tree->nodes[i];
        const struct page_part *part = &layout->parts[i];
        bool time = node->tag == HTML_TIME, caption = (part->hints & HINT_CAPTION) != 0;
        if (part->dropped || (i && i == layout->headline) ||
            (time && (layout->live || is_byline_time(layout, i)))) {
            if (layout->live && (time || caption))
                put_times_below(writer, i);
            i = node->end;
            continue;
        }
        /* Text behind an inner block is a paragraph of its own. */
        if (part->block == i)
            begin_block(writer, i);
        else if (part->block != last_block && !writer->row)
            flush(writer);
        last_block = part->block;
        if (node->tag == HTML_BR)
            buffer_add_char(&writer->line, writer->row ? ' ' : '\n');
        else if (node->tag == HTML_TEXT && !is_link_block(&layout->parts[part->block]))
            put_text(writer, node->text, tree->nodes[part->block].tag == HTML_PRE);
        i++;
    }
    flush(writer);
    writer->row = 0;
}

void page_regions_write(const struct page_layout *layout, const struct page_regions *regions,
                        struct buffer *out)
{
    struct writer writer = {.layout = layout, .out = out};
    buffer_init(&writer.line, out->cap);
    for (size_t i = 0; i < regions->n; i++)
        put_region(&writer, regions->nodes[i]);
    out->failed |= writer.line.failed;
    buffer_free(&writer.line);
}
