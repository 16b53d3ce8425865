#ifndef TRACKER_READ_ENTRY_LIST_H
#define TRACKER_READ_ENTRY_LIST_H

#include "read/page.h"
#include "read/report.h"

/*
 * Documents that hold many reports or links to them: feeds (RSS 0.9 to 2.0, RSS 1.0, Atom, JSON
 * Feed, news sitemaps), exports of Telegram channels, GDELT's lists of articles.
 */

/* One report as such a document gives it. Absent is what it does not say. */
struct entry {
    struct slice id;    /* guid, id of a post; absent when it is but the url */
    struct slice url;   /* absolute, of the web */
    struct slice title; /* plain text */
    struct slice body;
    struct slice published; /* as written (see date_read) */
    struct slice outlet;    /* its own source, else the document's title */
    struct slice lang;
    size_t line;  /* of the document, from 1 */
    bool is_html; /* `body` is a piece of a page */
    bool follow;  /* `body` is a summary or absent: the page at `url` has the report */
};

struct entry_list {
    struct slice title; /* of the feed or channel: the outlet */
    struct slice url;   /* of the site, absolute */
    struct slice lang;
    struct entry *entries; /* in the order of the document */
    size_t n, capacity;
    struct error problem; /* why the rest could not be read; ERROR_NONE when all was */
};

/* A body with less text than this is taken for a summary when the entry has an address. */
#define ENTRY_FULL_TEXT 600

/* Reads a document of any of these kinds, recognised by its first bytes, as a server or a file gave
 * it. What is damaged costs the entries behind the damage: they are in `problem`, the ones before
 * in `entries`. Memory from `arena`. -1 with ERROR_INPUT when it is none of these kinds (a page,
 * perhaps), ERROR_LIMIT when the arena is full, ERROR_IO as page_read. */
int entry_list_read(struct arena *arena, const struct page_source *source, struct entry_list *out,
                    struct error *err) WARN_UNUSED;

/* Appends an entry. -1 with ERROR_LIMIT when the arena is full. */
int entry_list_add(struct arena *arena, struct entry_list *list, const struct entry *entry,
                   struct error *err) WARN_UNUSED;

/* Fills the raw parts of a report from an entry, the text of HTML taken as page_read does. What
 * cannot be read rejects the report. Slices point into the entry or live in `arena`. Follow with
 * report_finish. */
void entry_report(struct arena *arena, const struct entry *entry, struct report *report,
                  struct report_parts *parts);

/* A page to be fetched. */
struct link {
    struct slice url; /* canonical (url_canonical), http or https */
    struct slice title;
    struct slice outlet;
    struct slice lang;
    struct stamp published; /* STAMP_NONE when unknown; of GDELT when the page was first seen */
};

struct link_list {
    struct link *items; /* in the order of the document, each address once */
    size_t n;
};

/* The entries that are to be followed. Memory from `arena`, slices point into the entries. -1 with
 * ERROR_LIMIT. */
int entry_list_links(struct arena *arena, const struct entry_list *list, struct link_list *out,
                     struct error *err) WARN_UNUSED;

#endif
