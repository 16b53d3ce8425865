#ifndef TRACKER_READ_PAGE_LAYOUT_H
#define TRACKER_READ_PAGE_LAYOUT_H

#include "read/html_tree.h"

/* What is known of one node of a page. Characters are those of the text below it that is shown,
 * without white space. */
struct page_part {
    bool dropped;   /* it, or what it stands in, is no part of the story */
    uint8_t hints;  /* enum page_hint, of its own names */
    uint32_t block; /* the block its text belongs to: itself, or the innermost around it */
    uint32_t chars;
    uint32_t links; /* those of them in links to other pages */
    uint32_t own;   /* of a block: characters that stand in no inner block */
    uint32_t own_links;
};

struct page_layout {
    const struct html_tree *tree;
    struct page_part *parts; /* one a node */
    uint32_t headline;       /* the <h1> of the story, 0 for none */
    bool live;               /* posts with times */
};

/* Looks at every part of a page: what is hidden, what its names say, how much text and how many
 * links it has; drops menus, comments, teasers of other stories, captions. `title` is the headline
 * as the page's head gives it (maybe with the site's name), to tell the right <h1>; `live` is what
 * the head says. Memory from `arena`. -1 with ERROR_LIMIT when it is full. */
int page_layout_make(struct arena *arena, const struct html_tree *tree, struct slice title,
                     bool live, struct page_layout *out, struct error *err) WARN_UNUSED;

/* Characters outside links below a node. */
static inline uint32_t page_prose(const struct page_layout *layout, uint32_t node)
{
    return layout->parts[node].chars - layout->parts[node].links;
}

/* Whether `node` is `outer` or stands in it. */
static inline bool page_inside(const struct page_layout *layout, uint32_t node, uint32_t outer)
{
    return node >= outer && node < layout->tree->nodes[outer].end;
}

#endif
