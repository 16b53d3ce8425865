#ifndef TRACKER_READ_PAGE_HINTS_H
#define TRACKER_READ_PAGE_HINTS_H

#include <stdint.h>

#include "base/slice.h"

/* What the names that authors give the parts of a page (class, id, data-component, role, itemprop)
 * say about them. */
enum page_hint {
    HINT_DROP = 1,    /* no part of the story: menu, comments, related stories, advertising */
    HINT_BODY = 2,    /* the text of the story */
    HINT_LEAD = 4,    /* the paragraph between headline and text */
    HINT_CAPTION = 8, /* beside the story: caption, author, date, credit */
    HINT_POST = 16,   /* one post of a live page */
    HINT_LIVE = 32,   /* a live page */
};

/* The hints in a list of names as it stands in a class attribute. Words are told apart by case and
 * punctuation: "articleBody", "article-body" and "article__body" are one name. A name behind "no",
 * "has" or "with" says nothing ("has-sidebar"). */
uint32_t page_hints_of(struct slice names);

/* The table, for its test: false when it is not in order. */
bool page_hints_ordered(void);

#endif
