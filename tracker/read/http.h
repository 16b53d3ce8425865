#ifndef TRACKER_READ_HTTP_H
#define TRACKER_READ_HTTP_H

#include <signal.h>
#include <stdint.h>

#include "base/error.h"

/* One exchange with a server at a time: limits, compression and the check of the machine that is
 * connected to. What is polite, and redirects, are for fetch.c. */
struct http;

struct http_request {
    const char *url;                  /* http or https */
    struct slice etag, last_modified; /* of the last answer, for a conditional request; absent */
    size_t max_bytes;                 /* of the body, unpacked; as http_new's at most */
    bool private_allowed; /* the machine need not be on the public internet (address.h) */
};

/* Slices hold until the next http_ask; none has a NULL pointer. */
struct http_reply {
    int status;
    struct slice body; /* unpacked */
    bool cut;          /* the body was larger than allowed: its beginning (with -1, ERROR_INPUT) */
    struct slice type, etag, last_modified, location; /* header fields, NUL-terminated */
    int64_t retry_after_ms;                           /* -1: not said; at most HTTP_MOST_WAIT_MS */
};

/* How the tracker names itself to servers and finds itself in robots.txt. */
#define HTTP_AGENT "strike-tracker"

/* Nobody is heeded who asks for a longer pause. */
#define HTTP_MOST_WAIT_MS ((int64_t)3600 * 1000)

/* `stop` (may be NULL) ends a request when it is not 0. NULL with *err when memory is out. */
struct http *http_new(size_t max_bytes, int timeout_ms, const volatile sig_atomic_t *stop,
                      struct error *err);
void http_free(struct http *http);

/* 0 with the reply, whatever its status. -1 with ERROR_INPUT (too large, a private machine, headers
 * without end), ERROR_IO (name, connection, time, cut off), ERROR_INTERRUPTED, ERROR_LIMIT. */
int http_ask(struct http *http, const struct http_request *request, struct http_reply *reply,
             struct error *err) WARN_UNUSED;

#endif
