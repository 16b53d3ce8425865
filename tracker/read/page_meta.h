#ifndef TRACKER_READ_PAGE_META_H
#define TRACKER_READ_PAGE_META_H

#include "read/html_tree.h"
#include "read/page_linked.h"

/* What the head of a page says of its story, the best source of each first. Absent is what it does
 * not say. Entities are replaced. */
struct page_meta {
    struct page_linked linked;
    struct slice title;     /* og:title and its like */
    struct slice doc_title; /* <title>, with the site's name */
    struct slice published;
    struct slice outlet;
    struct slice canonical; /* <link rel=canonical>, maybe relative */
    struct slice og_url;
    struct slice lang;
    struct slice base; /* <base href> */
};

/* Memory from `arena`; -1 with ERROR_LIMIT when it is full. */
int page_meta_read(struct arena *arena, const struct html_tree *tree, struct page_meta *out,
                   struct error *err) WARN_UNUSED;

/* A headline without the name of the site behind it: cut at the last " - ", " | ", " — " and the
 * like when what follows is the outlet or short and without a number. */
struct slice page_title_alone(struct slice title, struct slice outlet);

#endif
