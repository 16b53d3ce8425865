#ifndef TRACKER_READ_PAGE_LINKED_H
#define TRACKER_READ_PAGE_LINKED_H

#include "base/arena.h"

/* What the JSON-LD of a page (schema.org's NewsArticle, Article, LiveBlogPosting and their kin)
 * says of its story. Absent is what it does not say. */
struct page_linked {
    struct slice headline, published, publisher, url, lang;
    struct slice body; /* articleBody; of a live page the posts it holds, each with its time */
    bool live;
    bool found; /* some article was there; later blocks do not override it */
};

/* Reads the text of one <script type="application/ld+json"> into `out`, unless it has an article
 * already. Objects, arrays and "@graph" are searched for the first article; what is no JSON, or
 * too large, says nothing. Strings live in `arena`, entities in them replaced. -1 with ERROR_LIMIT
 * when it is full. */
int page_linked_read(struct arena *arena, struct slice text, struct page_linked *out,
                     struct error *err) WARN_UNUSED;

#endif
