#include "read/fetch.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "base/map.h"
#include "read/http.h"
#include "read/robots.h"
#include "read/target.h"

#define DEFAULT_BYTES ((size_t)16 << 20)
#define DEFAULT_TIMEOUT_MS 30000
#define DEFAULT_PAUSE_MS 1000
#define DEFAULT_PATIENCE_MS 10000
#define DEFAULT_REDIRECTS 5
/* A robots.txt is asked for anew after this (RFC 9309 section 2.4: a day at most). */
#define ROBOTS_LIFE_MS ((int64_t)24 * 3600 * 1000)
/* Redirects of a robots.txt that are followed (RFC 9309 section 2.3.1.2). */
#define ROBOTS_REDIRECTS 5
/* After a failure a server is left alone so long, twice as long after each further one. */
#define FIRST_BACKOFF_MS 5000
/* More than this is not remembered: of those that need no pause the memory goes. */
#define MOST_SERVERS 4096
#define MOST_ROBOTS ((size_t)64 << 20)

enum robots_state { ROBOTS_UNKNOWN, ROBOTS_TEXT, ROBOTS_FREE, ROBOTS_CLOSED };

/* What is remembered of a server. */
struct server {
    char *origin;       /* "https://example.org:8080" */
    int64_t not_before; /* clock_ms of the next request */
    int64_t pause_ms;
    int failures; /* in a row */
    enum robots_state robots;
    int64_t robots_until;
    char *robots_text;
    size_t robots_len;
};

struct fetcher {
    struct fetch_options options;
    struct http *http;
    struct server *servers;
    size_t n_servers, capacity;
    struct map by_origin;
    size_t robots_bytes; /* of all */
    char *type, *found;  /* of the last answer: media type in lower case, address */
};

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct fetcher *fetcher_new(const struct fetch_options *options, struct error *err)
{
    struct fetcher *fetcher = calloc(1, sizeof *fetcher);
    if (!fetcher) {
        error_set(err, ERROR_LIMIT, "no memory for a fetcher");
        return NULL;
    }
    struct fetch_options *o = &fetcher->options;
    *o = *options;
    o->max_bytes = o->max_bytes ? o->max_bytes : DEFAULT_BYTES;
    o->timeout_ms = o->timeout_ms ? o->timeout_ms : DEFAULT_TIMEOUT_MS;
    o->pause_ms = o->pause_ms < 0 ? 0 : o->pause_ms ? o->pause_ms : DEFAULT_PAUSE_MS;
    o->patience_ms = o->patience_ms ? o->patience_ms : DEFAULT_PATIENCE_MS;
    o->max_redirects = o->max_redirects ? o->max_redirects : DEFAULT_REDIRECTS;
    fetcher->http = http_new(o->max_bytes > ROBOTS_MAX ? o->max_bytes : ROBOTS_MAX, o->timeout_ms,
                             o->stop, err);
    if (fetcher->http)
        return fetcher;
    fetcher_free(fetcher);
    return NULL;
}

static void server_free(struct fetcher *fetcher, struct server *server)
{
    fetcher->robots_bytes -= server->robots_len;
    free(server->origin);
    free(server->robots_text);
}

void fetcher_free(struct fetcher *fetcher)
{
    if (!fetcher)
        return;
    http_free(fetcher->http);
    for (size_t i = 0; i < fetcher->n_servers; i++)
        server_free(fetcher, &fetcher->servers[i]);
    free(fetcher->servers);
    map_free(&fetcher->by_origin);
    free(fetcher->type);
    free(fetcher->found);
    free(fetcher);
}

static bool host_allowed(const struct fetcher *fetcher, const char *host)
{
    size_t len = strlen(host);
    if (len > 2 && host[0] == '[') /* IPv6 stands in brackets */
        host++, len -= 2;
    for (size_t i = 0; i < fetcher->options.n_allowed; i++)
        if (strlen(fetcher->options.allowed_hosts[i]) == len &&
            strncasecmp(fetcher->options.allowed_hosts[i], host, len) == 0)
            return true;
    return false;
}

/* ---- servers ---- */

/* Forgets the servers that may be asked at once and had no trouble; when all are to be left alone,
 * the one whose time comes first. */
static int servers_forget(struct fetcher *fetcher, struct error *err)
{
    int64_t now = clock_ms();
    size_t kept = 0, first = 0;
    for (size_t i = 1; i < fetcher->n_servers; i++)
        if (fetcher->servers[i].not_before < fetcher->servers[first].not_before)
            first = i;
    map_free(&fetcher->by_origin);
    fetcher->by_origin = (struct map){0};
    for (size_t i = 0; i < fetcher->n_servers; i++) {
        struct server *server = &fetcher->servers[i];
        if (i == first || (server->not_before <= now && !server->failures))
            server_free(fetcher, server);
        else
            fetcher->servers[kept++] = *server;
    }
    fetcher->n_servers = kept;
    for (size_t i = 0; i < kept; i++)
        if (map_put(&fetcher->by_origin, slice_of(fetcher->servers[i].origin), (uint32_t)i, err))
            return -1;
    return 0;
}

/* What is remembered of a server, holds until the next call. NULL with ERROR_LIMIT. */
static struct server *server_find(struct fetcher *fetcher, const char *origin, struct error *err)
{
    uint32_t at = map_get(&fetcher->by_origin, slice_of(origin));
    if (at != MAP_ABSENT)
        return &fetcher->servers[at];
    if (fetcher->n_servers &&
        (fetcher->n_servers == MOST_SERVERS || fetcher->robots_bytes > MOST_ROBOTS) &&
        servers_forget(fetcher, err))
        return NULL;
    if (fetcher->n_servers == fetcher->capacity) {
        size_t capacity = fetcher->capacity ? fetcher->capacity * 2 : 16;
        struct server *servers = realloc(fetcher->servers, capacity * sizeof *servers);
        if (!servers) {
            error_set(err, ERROR_LIMIT, "no memory for a server's name");
            return NULL;
        }
        fetcher->servers = servers;
        fetcher->capacity = capacity;
    }
    char *name = strdup(origin);
    if (!name || map_put(&fetcher->by_origin, slice_of(name), (uint32_t)fetcher->n_servers, err)) {
        free(name);
        error_set(err, ERROR_LIMIT, "no memory for a server's name");
        return NULL;
    }
    struct server *server = &fetcher->servers[fetcher->n_servers++];
    *server = (struct server){.origin = name, .pause_ms = fetcher->options.pause_ms};
    return server;
}

static void server_failed(struct server *server, int64_t retry_after_ms)
{
    int64_t wait = FIRST_BACKOFF_MS;
    for (int i = 0; i < server->failures && wait < HTTP_MOST_WAIT_MS; i++)
        wait *= 2;
    server->failures++;
    if (retry_after_ms > wait)
        wait = retry_after_ms;
    server->not_before = clock_ms() + (wait < HTTP_MOST_WAIT_MS ? wait : HTTP_MOST_WAIT_MS);
}

static int64_t wait_of(const struct server *server)
{
    int64_t wait = server->not_before - clock_ms();
    return wait > 0 ? wait : 0;
}

/* Sleeps in small pieces, so that a signal ends it. */
static int pause_for(const struct fetcher *fetcher, int64_t ms, struct error *err)
{
    int64_t until = clock_ms() + ms;
    for (int64_t left; (left = until - clock_ms()) > 0;) {
        if (fetcher->options.stop && *fetcher->options.stop)
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
        struct timespec piece = {0, (left < 50 ? left : 50) * 1000000};
        nanosleep(&piece, NULL);
    }
    return 0;
}

/* Waits until the server may be asked; 1 when that takes too long, with the answer's wait_ms. */
static int server_wait(const struct fetcher *fetcher, const struct server *server,
                       struct fetch_answer *answer, struct error *err)
{
    int64_t wait = wait_of(server);
    if (wait > fetcher->options.patience_ms || (wait && server->failures)) {
        answer->wait_ms = wait;
        return 1;
    }
    return pause_for(fetcher, wait, err);
}

/* Whether a status says that the server has trouble, and not that the page has. */
static bool is_trouble(int status)
{
    return status == 429 || status >= 500;
}

/* One exchange with a server, no redirect followed, and what it says of the server. */
static int exchange(struct fetcher *fetcher, struct server *server, const struct target *target,
                    const struct fetch_request *conditions, size_t max_bytes,
                    struct http_reply *reply, struct error *err)
{
    const struct http_request request = {.url = target->url,
                                         .etag = conditions->etag,
                                         .last_modified = conditions->last_modified,
                                         .max_bytes = max_bytes,
                                         .private_allowed = host_allowed(fetcher, target->host)};
    int rc = http_ask(fetcher->http, &request, reply, err);
    server->not_before = clock_ms() + server->pause_ms;
    if (rc ? err->code == ERROR_IO : is_trouble(reply->status))
        server_failed(server, reply->retry_after_ms);
    else if (rc == 0)
        server->failures = 0;
    return rc;
}

/* ---- robots.txt ---- */

/* The answer to robots.txt after its redirects. A redirect to what is no page of the web is as
 * good as none at all. */
static int robots_get(struct fetcher *fetcher, struct server *server, struct target *robots,
                      struct http_reply *reply, struct error *err)
{
    static const struct fetch_request unconditional = {0};
    for (int hops = 0;; hops++) {
        int rc = exchange(fetcher, server, robots, &unconditional, ROBOTS_MAX, reply, err);
        if (rc)
            return reply->cut ? 0 : rc; /* the beginning counts */
        struct target next;
        if (reply->status < 300 || reply->status >= 400 || !reply->location.len ||
            hops == ROBOTS_REDIRECTS || target_parse(robots->url, reply->location.ptr, &next, NULL))
            return 0;
        target_free(robots);
        *robots = next;
    }
}

static int robots_keep(struct fetcher *fetcher, struct server *server, struct slice text,
                       struct error *err)
{
    char *copy = malloc(text.len + 1);
    if (!copy)
        return error_set(err, ERROR_LIMIT, "no memory for a robots.txt");
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    server->robots_text = copy;
    server->robots_len = text.len;
    fetcher->robots_bytes += text.len;
    int64_t asked = (int64_t)robots_delay(text, HTTP_AGENT) * 1000;
    if (asked > server->pause_ms) {
        server->pause_ms = asked;
        server->not_before = clock_ms() + asked;
    }
    return 0;
}

static int robots_ask(struct fetcher *fetcher, struct server *server, struct error *err)
{
    struct target robots;
    struct http_reply reply;
    if (target_parse(server->origin, "/robots.txt", &robots, err))
        return -1;
    int rc = robots_get(fetcher, server, &robots, &reply, err);
    target_free(&robots);
    if (rc)
        return rc;
    fetcher->robots_bytes -= server->robots_len;
    free(server->robots_text);
    server->robots_text = NULL;
    server->robots_len = 0;
    /* RFC 9309 section 2.3.1: no such file allows all, a server in trouble forbids all. */
    server->robots = is_trouble(reply.status) ? ROBOTS_CLOSED
                     : reply.status == 200    ? ROBOTS_TEXT
                                              : ROBOTS_FREE;
    server->robots_until = clock_ms() + (server->robots == ROBOTS_CLOSED ? 0 : ROBOTS_LIFE_MS);
    return server->robots == ROBOTS_TEXT ? robots_keep(fetcher, server, reply.body, err) : 0;
}

/* 0 when the page may be asked for; 1 when the server is in trouble; -1 with *err. */
static int robots_check(struct fetcher *fetcher, struct server *server, const struct target *target,
                        struct error *err)
{
    if ((server->robots == ROBOTS_UNKNOWN || clock_ms() >= server->robots_until) &&
        robots_ask(fetcher, server, err))
        return -1;
    if (server->robots == ROBOTS_CLOSED)
        return 1;
    if (server->robots == ROBOTS_TEXT &&
        !robots_allow((struct slice){server->robots_text, server->robots_len}, HTTP_AGENT,
                      slice_of(target->path)))
        return error_set(err, ERROR_INPUT, "%s: the site's robots.txt forbids it", target->url);
    return 0;
}

/* ---- a page ---- */

/* One hop: pause, robots.txt, the request. 0 done, 1 to be left for later, -1. */
static int hop(struct fetcher *fetcher, const struct target *target,
               const struct fetch_request *conditions, struct http_reply *reply,
               struct fetch_answer *answer, struct error *err)
{
    struct server *server = server_find(fetcher, target->origin, err);
    int rc = server ? server_wait(fetcher, server, answer, err) : -1;
    if (rc)
        return rc;
    rc = robots_check(fetcher, server, target, err);
    if (rc == 1) {
        int64_t wait = wait_of(server);
        answer->wait_ms = wait ? wait : 1;
    }
    if (rc == 0)
        rc = server_wait(fetcher, server, answer, err);
    if (rc == 0)
        rc = exchange(fetcher, server, target, conditions, fetcher->options.max_bytes, reply, err);
    if (rc == 0 && is_trouble(reply->status))
        answer->wait_ms = wait_of(server);
    return rc;
}

/* Media types that hold no report, whatever their bytes. */
static bool is_readable(struct slice type)
{
    static const char *const others[] = {"image/",
                                         "video/",
                                         "audio/",
                                         "font/",
                                         "application/pdf",
                                         "application/zip",
                                         "application/octet-stream"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (slice_starts(type, slice_of(others[i])))
            return false;
    return true;
}

/* The charset among the parameters of a media type, which begin at a semicolon. */
static struct slice charset_of_type(const char *at)
{
    while ((at = strchr(at, ';')) != NULL) {
        struct slice rest = slice_trim(slice_of(++at));
        if (rest.len <= 8 || strncasecmp(rest.ptr, "charset=", 8) != 0)
            continue;
        rest = slice_sub(rest, 8, rest.len - 8);
        size_t n = 0, quote = rest.ptr[0] == '"';
        while (n + quote < rest.len && !strchr("\"; \t", rest.ptr[n + quote]))
            n++;
        return slice_sub(rest, quote, n);
    }
    return SLICE_NONE;
}

/* "Text/HTML; charset=utf-8" in its two parts, the first in lower case. */
static void type_split(char *text, struct slice *type, struct slice *charset)
{
    size_t n = strcspn(text, ";");
    for (size_t i = 0; i < n; i++)
        text[i] = (char)tolower((unsigned char)text[i]);
    *type = slice_trim((struct slice){text, n});
    *charset = charset_of_type(text + n);
}

static int answer_fill(struct fetcher *fetcher, const struct target *target,
                       const struct http_reply *reply, struct fetch_answer *answer,
                       struct error *err)
{
    free(fetcher->found);
    free(fetcher->type);
    fetcher->found = strdup(target->url);
    fetcher->type = strdup(reply->type.ptr);
    if (!fetcher->found || !fetcher->type)
        return error_set(err, ERROR_LIMIT, "no memory for an answer");
    answer->status = reply->status;
    answer->url = slice_of(fetcher->found);
    answer->etag = reply->etag;
    answer->last_modified = reply->last_modified;
    type_split(fetcher->type, &answer->type, &answer->charset);
    if (reply->status < 200 || reply->status >= 300)
        return 0;
    if (!is_readable(answer->type))
        return error_set(err, ERROR_INPUT, "%s: %.*s is no text", target->url,
                         SLICE_ARG(answer->type));
    answer->body = reply->body;
    return 0;
}

static bool is_redirect(const struct http_reply *reply)
{
    return reply->status >= 300 && reply->status < 400 && reply->status != 304 &&
           reply->location.len;
}

static int get(struct fetcher *fetcher, const struct fetch_request *request, struct target *target,
               struct fetch_answer *answer, struct error *err)
{
    struct http_reply reply;
    struct target next;
    for (int hops = 0;; hops++) {
        int rc = hop(fetcher, target, request, &reply, answer, err);
        if (rc)
            return rc < 0 ? -1 : 0;
        if (!is_redirect(&reply))
            return answer_fill(fetcher, target, &reply, answer, err);
        if (hops == fetcher->options.max_redirects)
            return error_set(err, ERROR_INPUT, "%s: more than %d redirects", request->url, hops);
        if (target_parse(target->url, reply.location.ptr, &next, err))
            return -1;
        target_free(target);
        *target = next;
    }
}

int fetcher_get(struct fetcher *fetcher, const struct fetch_request *request,
                struct fetch_answer *answer, struct error *err)
{
    struct target target;
    struct error why = {0};
    *answer = (struct fetch_answer){0};
    int rc = target_parse(NULL, request->url, &target, &why);
    if (rc == 0) {
        rc = get(fetcher, request, &target, answer, &why);
        target_free(&target);
    }
    if (rc && err)
        *err = why;
    return rc;
}
