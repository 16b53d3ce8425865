#ifndef TRACKER_READ_PAGE_H
#define TRACKER_READ_PAGE_H

#include "base/arena.h"

/* A page (or a piece of one) as it came: a saved file, the answer of a server, the "html" of a JSON
 * line, the full text of a feed's item. */
struct page_source {
    struct slice bytes;
    struct slice charset; /* label of the HTTP header, absent when unknown (see charset_detect) */
    struct slice url;     /* where it was found, for relative links; absent when unknown */
};

/* What a page says of one story. Absent is what it does not say. UTF-8, not yet in normal form. */
struct page {
    struct slice title;     /* the headline, without the site's name */
    struct slice body;      /* the main text: paragraphs, headings, list items, each followed by a
                               blank line; of a live page each post after a line with its time */
    struct slice published; /* as written (see date_read) */
    struct slice outlet;    /* the site's name, else the host of its address */
    struct slice url;       /* canonical when it says so, absolute, http or https */
    struct slice lang;      /* "uk", "en-GB" */
    bool live;              /* a page of posts with times, the newest first */
    size_t replaced;        /* characters of another encoding than the page's */
};

/* Reads a page: from JSON-LD, OpenGraph, <meta>, <time>, <link rel=canonical>, and its text by the
 * density of prose and the names of its parts (see page_body.h). A page without any text is no
 * error. Everything in `arena` or pointing into the source. -1 with ERROR_INPUT when it has too
 * many elements, ERROR_LIMIT when the arena is full, ERROR_IO when the system lacks its encoding.
 */
int page_read(struct arena *arena, const struct page_source *source, struct page *out,
              struct error *err) WARN_UNUSED;

#endif
