#include "read/page_layout.h"

#include "read/page_hints.h"

/* A caption, byline or date is short; more text than this below such a name is something else. */
#define CAPTION_MAX 400

/* The text of a part that may be teasers of other stories and nothing else, and its nodes; and the
 * least of a block that is a teaser's summary. */
#define TEASER_MAX 400
#define TEASER_NODES 2000
#define SUMMARY_MIN 20

static const struct html_node *node_at(const struct page_layout *layout, uint32_t i)
{
    return &layout->tree->nodes[i];
}

static bool is_space(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Characters that are no white space. */
static uint32_t count_chars(struct slice text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        n += !is_space(c) && (c & 0xC0) != 0x80;
    }
    return n;
}

/* ---- the headline ------------------------------------------------------------------------------
 */

/* The bytes with which a heading and the title begin alike, white space and case of ASCII aside;
 * a quarter of its length when it stands further on in the title, maybe as the site's name. */
static size_t agreement(struct slice a, struct slice b)
{
    const char *found = a.len ? memmem(b.ptr, b.len, a.ptr, a.len) : NULL;
    if (found)
        return found == b.ptr ? a.len : a.len / 4;
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.len && is_space((unsigned char)a.ptr[i]))
            i++;
        while (k < b.len && is_space((unsigned char)b.ptr[k]))
            k++;
        if (i == a.len || k == b.len || (a.ptr[i] | 0x20) != (b.ptr[k] | 0x20))
            return i;
        i++, k++;
    }
}

/* Letters of a smaller heading that have to be those of the title for it to be the headline. */
#define SURE_START 20

/* The heading of some level that agrees best with the title in the page's head; without a title,
 * the longest. 0 when none agrees in `least` bytes. */
static uint32_t best_heading(const struct html_tree *tree, enum html_tag tag, struct slice title,
                             size_t least)
{
    struct buffer line;
    uint32_t best = 0, n = 0;
    size_t best_score = least;
    buffer_init(&line, 1 << 16);
    for (uint32_t i = 1; i < tree->n_nodes && n < 64; i++) {
        if (tree->nodes[i].tag != tag)
            continue;
        n++;
        buffer_clear(&line);
        html_text_line(tree, i, &line);
        size_t score = title.len ? agreement(buffer_slice(&line), title) : line.len;
        if (line.len && score + (best == 0) > best_score) {
            best = i;
            best_score = score;
        }
    }
    buffer_free(&line);
    return best;
}

/* The headline: an <h1>, or a smaller heading that is the title beyond doubt. */
static uint32_t find_headline(const struct html_tree *tree, struct slice title)
{
    uint32_t found = best_heading(tree, HTML_H1, title, 0);
    return found || title.len == 0 ? found : best_heading(tree, HTML_H2, title, SURE_START);
}

/* ---- what is dropped ---------------------------------------------------------------------------
 */

static bool holds_text(struct slice style, const char *what)
{
    return style.len && memmem(style.ptr, style.len, what, strlen(what));
}

static bool is_hidden(const struct html_tree *tree, uint32_t i)
{
    struct slice style = html_attribute(tree, i, ATTRIBUTE_STYLE);
    return html_attribute(tree, i, ATTRIBUTE_HIDDEN).ptr ||
           slice_is(html_attribute(tree, i, ATTRIBUTE_ARIA_HIDDEN), "true") ||
           holds_text(style, "display:none") || holds_text(style, "display: none") ||
           holds_text(style, "visibility:hidden") || holds_text(style, "visibility: hidden");
}

static uint32_t hints_of(const struct html_tree *tree, uint32_t i)
{
    static const enum html_attribute_name sources[] = {
        ATTRIBUTE_CLASS, ATTRIBUTE_ID, ATTRIBUTE_DATA_COMPONENT, ATTRIBUTE_ITEMPROP, ATTRIBUTE_ROLE,
    };
    uint32_t hints = 0;
    if (tree->nodes[i].n_attributes == 0)
        return 0;
    for (size_t k = 0; k < sizeof sources / sizeof *sources; k++)
        hints |= page_hints_of(html_attribute(tree, i, sources[k]));
    if (slice_is(html_attribute(tree, i, ATTRIBUTE_ITEMPROP), "liveBlogUpdate"))
        hints |= HINT_POST | HINT_LIVE;
    return hints;
}

/* Elements that are part of the story only when they hold something. */
static bool is_empty_frame(const struct page_layout *layout, uint32_t i)
{
    const struct html_node *node = node_at(layout, i);
    uint32_t parent = node->parent;
    switch (node->tag) {
    case HTML_HEADER: /* of the site; that of a story or a post stands in it */
        while (parent && node_at(layout, parent)->tag != HTML_ARTICLE &&
               node_at(layout, parent)->tag != HTML_MAIN &&
               !(layout->parts[parent].hints & (HINT_POST | HINT_BODY)))
            parent = node_at(layout, parent)->parent;
        return parent == 0;
    case HTML_FIGURE:
        for (uint32_t k = i + 1; k < node->end; k++) {
            if (node_at(layout, k)->tag == HTML_TABLE || node_at(layout, k)->tag == HTML_BLOCKQUOTE)
                return false;
        }
        return true;
    case HTML_FORM: /* some sites put the whole page into one */
        return layout->parts[i].chars * 2 < layout->parts[0].chars;
    default: return false;
    }
}

/* Whether a node is no part of the story by itself. What holds the headline always is one. */
static bool drops(const struct page_layout *layout, uint32_t i)
{
    const struct html_node *node = node_at(layout, i);
    const struct page_part *part = &layout->parts[i];
    if (node->tag == HTML_TEXT)
        return false;
    if (html_tag_is(node->tag, TAG_RAW))
        return true;
    if (layout->headline && page_inside(layout, layout->headline, i))
        return false;
    if (html_tag_is(node->tag, TAG_SKIP) || is_hidden(layout->tree, i) || is_empty_frame(layout, i))
        return true;
    bool caption = (part->hints & HINT_CAPTION) && part->chars < CAPTION_MAX;
    return caption || ((part->hints & HINT_DROP) && !(part->hints & HINT_BODY));
}

static void mark_dropped(struct page_layout *layout)
{
    for (uint32_t i = 1; i < layout->tree->n_nodes; i++) {
        struct page_part *part = &layout->parts[i];
        part->dropped =
            part->dropped || layout->parts[node_at(layout, i)->parent].dropped || drops(layout, i);
    }
}

/* Whether all prose of `parent` tells other stories: that in `top`, a teaser, and a block of prose
 * behind each further heading that is a link. */
static bool holds_teasers_only(const struct page_layout *layout, uint32_t parent, uint32_t top)
{
    const struct html_tree *tree = layout->tree;
    uint32_t end = tree->nodes[parent].end;
    bool expected = false; /* the next block of prose is a teaser's */
    if (page_prose(layout, parent) >= TEASER_MAX || end - parent > TEASER_NODES)
        return false;
    for (uint32_t i = parent + 1; i < end; i++) {
        const struct page_part *part = &layout->parts[i];
        if (i == top) {
            expected = page_prose(layout, top) < SUMMARY_MIN;
            i = tree->nodes[top].end - 1;
        } else if (html_is_heading(tree->nodes[i].tag)) {
            expected = part->links > 0;
        } else if (part->block == i && !part->dropped &&
                   part->own - part->own_links >= SUMMARY_MIN) {
            if (!expected)
                return false;
            expected = false;
        }
    }
    return true;
}

/* A heading that is a link to another page, and the little text beside it, tell another story. */
static void mark_teasers(struct page_layout *layout)
{
    const struct html_tree *tree = layout->tree;
    for (uint32_t i = 1; i < tree->n_nodes; i++) {
        const struct page_part *part = &layout->parts[i];
        uint32_t top = i, parent;
        if (!html_is_heading(tree->nodes[i].tag) || i == layout->headline || part->dropped ||
            part->chars == 0 || part->links * 5 < part->chars * 4)
            continue;
        while ((parent = tree->nodes[top].parent) &&
               !(layout->headline && page_inside(layout, layout->headline, parent)) &&
               holds_teasers_only(layout, parent, top))
            top = parent;
        uint32_t end = tree->nodes[top].end;
        for (uint32_t k = top; k < end; k++)
            layout->parts[k].dropped = true;
        i = end - 1;
    }
}

/* ---- sums --------------------------------------------------------------------------------------
 */

static bool is_link(const struct html_tree *tree, uint32_t i)
{
    struct slice href = html_attribute(tree, i, ATTRIBUTE_HREF);
    return tree->nodes[i].tag == HTML_A && href.len && href.ptr[0] != '#';
}

/* Counts the text that is shown, upwards; everything counted before is forgotten. */
static void count_text(struct page_layout *layout, const uint8_t *in_link)
{
    const struct html_tree *tree = layout->tree;
    for (uint32_t i = 0; i < tree->n_nodes; i++) {
        struct page_part *part = &layout->parts[i];
        part->chars = part->links = part->own = part->own_links = 0;
    }
    for (uint32_t i = (uint32_t)tree->n_nodes; i-- > 1;) {
        struct page_part *part = &layout->parts[i], *above = &layout->parts[tree->nodes[i].parent];
        if (tree->nodes[i].tag == HTML_TEXT && !part->dropped) {
            struct page_part *block = &layout->parts[part->block];
            part->chars = count_chars(tree->nodes[i].text);
            part->links = in_link[i] ? part->chars : 0;
            block->own += part->chars;
            block->own_links += part->links;
        }
        above->chars += part->chars;
        above->links += part->links;
    }
}

int page_layout_make(struct arena *arena, const struct html_tree *tree, struct slice title,
                     bool live, struct page_layout *out, struct error *err)
{
    *out = (struct page_layout){.tree = tree, .live = live};
    out->parts = ARENA_ARRAY(arena, struct page_part, tree->n_nodes);
    uint8_t *in_link = ARENA_ARRAY(arena, uint8_t, tree->n_nodes);
    if (!out->parts || !in_link)
        return arena_full(arena, err);
    out->headline = find_headline(tree, title);
    for (uint32_t i = 1; i < tree->n_nodes; i++) {
        uint32_t parent = tree->nodes[i].parent;
        struct page_part *part = &out->parts[i];
        in_link[i] = in_link[parent] || is_link(tree, i);
        part->block = html_tag_is(tree->nodes[i].tag, TAG_BLOCK) ? i : out->parts[parent].block;
        part->hints = (uint8_t)hints_of(tree, i);
        part->dropped = html_tag_is(tree->nodes[i].tag, TAG_RAW) || out->parts[parent].dropped;
        out->live |= (part->hints & HINT_LIVE) != 0;
    }
    count_text(out, in_link);
    mark_dropped(out);
    count_text(out, in_link);
    mark_teasers(out);
    count_text(out, in_link);
    return 0;
}
