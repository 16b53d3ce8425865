#ifndef TRACKER_READ_FETCH_H
#define TRACKER_READ_FETCH_H

#include <signal.h>
#include <stdint.h>

#include "base/arena.h"

/* Pages and feeds over HTTP, politely: one request at a time; robots.txt heeded (RFC 9309); a pause
 * between two requests to one host, longer when the host asks for it or fails; nothing larger or
 * slower than the limits; http and https alone; no machine that is not on the public internet,
 * unless its host is allowed by name, checked for every address that is connected to and every
 * redirect. Proxies, cookies and credentials in addresses are not used. One thread uses a fetcher
 * at a time. */
struct fetcher;

struct fetch_options {
    const char *const *allowed_hosts; /* names that may be private machines ("intranet.example",
                                         "127.0.0.1"); outlive the fetcher */
    size_t n_allowed;
    size_t max_bytes;                  /* of a body, unpacked; 0: 16 MiB */
    int timeout_ms;                    /* of a request with its redirects' own each; 0: 30 s */
    int pause_ms;                      /* between requests to one host; 0: 1 s; -1: none */
    int patience_ms;                   /* a longer pause is not slept through but handed back as
                                          wait_ms; 0: 10 s */
    int max_redirects;                 /* 0: 5 */
    const volatile sig_atomic_t *stop; /* not 0: end at once with ERROR_INTERRUPTED; may be NULL */
};

/* A page to be asked for, with what its last answer said, for a conditional request. */
struct fetch_request {
    const char *url;
    struct slice etag, last_modified; /* absent: whatever it is */
};

/* Slices hold until the next fetcher_get or fetcher_free. */
struct fetch_answer {
    int status;        /* of HTTP after redirects: 200, 304, 404, ...; 0: not asked, see wait_ms */
    struct slice body; /* unpacked; only with a status of 2xx */
    struct slice type; /* media type, lower case: "text/html" */
    struct slice charset;
    struct slice url; /* where it was found in the end */
    struct slice etag, last_modified;
    int64_t wait_ms; /* the host wants to be left alone so long: ask again then; also of a status
                        that tells of trouble (429, 5xx) */
};

/* NULL with *err when memory is out. */
struct fetcher *fetcher_new(const struct fetch_options *options, struct error *err);
void fetcher_free(struct fetcher *fetcher);

/* Asks for a page. 0 with the answer, whatever its status. Sleeps through a pause
 * between requests; a longer one, and one after a failure, comes back as wait_ms. -1 with
 * ERROR_INPUT when it is not to be had by rule (scheme, private machine, robots.txt, too large, too
 * many redirects, no text), ERROR_IO when the network or the server failed (name, connection, time,
 * cut off), ERROR_INTERRUPTED, ERROR_LIMIT.
 */
int fetcher_get(struct fetcher *fetcher, const struct fetch_request *request,
                struct fetch_answer *answer, struct error *err) WARN_UNUSED;

#endif
