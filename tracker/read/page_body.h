#ifndef TRACKER_READ_PAGE_BODY_H
#define TRACKER_READ_PAGE_BODY_H

#include "read/page_layout.h"

/*
 * Which parts of a page are the story's text.
 *
 * The search is confined to the smallest <article> or <main> around the headline that has some
 * prose. In it, parts that are named as the text (itemprop=articleBody, class "entry-content") are
 * it; else the part with the greatest sum of block weights, where a block of prose counts for as
 * many characters as it has, those in links count fourfold against it, and every block costs some,
 * so that short lines (menus, bylines) weigh against what holds them. With them comes the lead:
 * prose between headline and text.
 */
struct page_regions {
    uint32_t *nodes; /* in the order of the page, none in another */
    size_t n;
};

/* Memory from `arena`; -1 with ERROR_LIMIT when it is full. A page without prose gives its whole
 * content. */
int page_regions_find(struct arena *arena, const struct page_layout *layout,
                      struct page_regions *out, struct error *err) WARN_UNUSED;

/* Appends the text of the regions: blocks apart by blank lines, <br> as line breaks, the cells of a
 * row of figures apart by " | ", of a live page each post's time on a line of its own. Left out
 * are dropped parts, the headline, and blocks that are mostly links. */
void page_regions_write(const struct page_layout *layout, const struct page_regions *regions,
                        struct buffer *out);

/* The <time datetime> that stands nearest behind the headline, or in the regions; absent when there
 * is none. */
struct slice page_time(const struct page_layout *layout, const struct page_regions *regions);

#endif
