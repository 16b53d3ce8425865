#ifndef TRACKER_READ_WEB_H
#define TRACKER_READ_WEB_H

#include "base/map.h"
#include "read/fetch.h"
#include "read/report.h"

/*
 * An address of the web, read live: a page is one report, plain text too; a feed, an export or a
 * list of articles gives one for each entry. An entry that is only a summary or a link is followed:
 * the words of the page behind it replace the summary, the entry fills what the page does not say.
 */
struct web;

struct web_options {
    struct report_gaps gaps; /* the outlet's bytes outlive the web */
    bool stay;               /* no entry is followed: its summary is read */
    const struct map *known; /* addresses (url_canonical) of pages that are not to be followed: no
                                report comes of their entries; may change between two calls of
                                web_next; NULL for none */
};

/* What the server said of the address asked for. Slices hold until web_close. */
struct web_answer {
    int status; /* as of fetch_answer; there are reports only with 2xx */
    struct slice url;
    struct slice etag, last_modified; /* for the next fetch_request */
    int64_t wait_ms;                  /* the host wants to be left alone so long */
};

/* How the last report of web_next came to be. */
enum web_outcome {
    WEB_WHOLE,   /* as the document asked for has it */
    WEB_PAGE,    /* from the page that was followed */
    WEB_SUMMARY, /* the page is not to be had (gone, forbidden, no article): the summary, or a
                    rejected report when the entry has no text; why is on the log */
    WEB_LATER,   /* the same, but the server or network had trouble: another time it may be had */
};

/* Asks for an address. 0 with *out, whatever the status; else NULL in *out and -1 as of
 * fetcher_get. The fetcher outlives the web; it is used for other things only between calls. The
 * request's `url` is not copied: it is the `path` of the reports. */
int web_open(struct web **out, struct fetcher *fetcher, const struct fetch_request *request,
             const struct web_options *options, struct error *err) WARN_UNUSED;

const struct web_answer *web_answer(const struct web *web);

/* The next report, its memory in `arena` or in the web: it holds until the next call or the arena's
 * reset; `path` is the address asked for. 1 for a report (maybe a rejected one), 0 at the end (at
 * once when there was no document), -1 with ERROR_LIMIT or ERROR_INTERRUPTED: the entry under way
 * comes again with the next call. */
int web_next(struct web *web, struct arena *arena, struct report *report,
             struct error *err) WARN_UNUSED;

/* Of the last report. `link` is the address (url_canonical) that was followed, absent for
 * WEB_WHOLE; it holds until web_close. */
enum web_outcome web_outcome(const struct web *web, struct slice *link);

/* NULL is nothing to close. */
void web_close(struct web *web);

/* 0 for a status of 2xx. Else -1 and what is wrong in words: ERROR_IO when another time may do
 * (429, 5xx, 0 with the time to wait), ERROR_INPUT when not. */
int web_status_check(const char *url, int status, int64_t wait_ms, struct error *err) WARN_UNUSED;

/* Rejects a report for what web_open, fetcher_get or web_status_check said of its path. */
void web_reject(struct report *report, const struct error *why);

#endif
