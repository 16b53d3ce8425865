#include "read/fetch.h"

#include <ctype.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/map.h"
#include "read/address.h"
#include "read/robots.h"

#define DEFAULT_BYTES ((size_t)16 << 20)
#define DEFAULT_TIMEOUT_MS 30000
#define DEFAULT_PAUSE_MS 1000
#define DEFAULT_REDIRECTS 5
/* A robots.txt is asked for anew after this (RFC 9309 section 2.4: a day at most). */
#define ROBOTS_LIFE_MS ((int64_t)24 * 3600 * 1000)
/* After a failure a host is left alone so long, twice as long after each further one. */
#define FIRST_BACKOFF_MS 5000
#define MOST_BACKOFF_MS ((int64_t)3600 * 1000)
/* A pause that is slept through rather than handed back. */
#define SLEPT_MS 10000
#define MOST_HOSTS 10000

enum robots_state { ROBOTS_UNKNOWN, ROBOTS_TEXT, ROBOTS_FREE, ROBOTS_CLOSED };

/* What is remembered of a server: "https://example.org:8080". */
struct host {
    char *origin;
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
    CURL *curl;
    struct host *hosts;
    size_t n_hosts, hosts_capacity;
    struct map by_origin;
    struct buffer body;
    struct buffer headers; /* values of the last answer, NUL-terminated one after the other */
    size_t max_body;       /* of the request under way */
    bool too_large;
    bool refused; /* an address was not public */
    bool allowed; /* the host of the request under way may be private */
    /* Offsets into `headers`; 0 is an empty value. */
    size_t etag, last_modified, type, location, final_url;
    int64_t retry_after_ms; /* -1: not said */
};

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool stopped(const struct fetcher *fetcher)
{
    return fetcher->options.stop && *fetcher->options.stop;
}

/* ---- callbacks of curl ---- */

static size_t on_body(char *bytes, size_t size, size_t n, void *context)
{
    struct fetcher *fetcher = context;
    size_t len = size * n;
    if (len > fetcher->max_body - fetcher->body.len) {
        fetcher->too_large = true;
        return 0;
    }
    buffer_add(&fetcher->body, bytes, len);
    return fetcher->body.failed ? 0 : len;
}

static size_t header_keep(struct fetcher *fetcher, struct slice value)
{
    size_t at = fetcher->headers.len;
    buffer_add_slice(&fetcher->headers, value);
    buffer_add_char(&fetcher->headers, '\0');
    return fetcher->headers.failed ? 0 : at;
}

static void headers_reset(struct fetcher *fetcher)
{
    buffer_clear(&fetcher->headers);
    buffer_add_char(&fetcher->headers, '\0');
    fetcher->etag = fetcher->last_modified = fetcher->type = fetcher->location = 0;
    fetcher->retry_after_ms = -1;
}

/* Seconds, or a date. */
static int64_t retry_after(struct slice value)
{
    char text[64];
    if (!value.len || value.len >= sizeof text)
        return -1;
    memcpy(text, value.ptr, value.len);
    text[value.len] = '\0';
    if (isdigit((unsigned char)text[0])) {
        long seconds = strtol(text, NULL, 10);
        return seconds > MOST_BACKOFF_MS / 1000 ? MOST_BACKOFF_MS : (int64_t)seconds * 1000;
    }
    time_t at = curl_getdate(text, NULL), now = time(NULL);
    return at == -1 || at <= now               ? -1
           : at - now > MOST_BACKOFF_MS / 1000 ? MOST_BACKOFF_MS
                                               : (int64_t)(at - now) * 1000;
}

static size_t on_header(char *bytes, size_t size, size_t n, void *context)
{
    struct fetcher *fetcher = context;
    struct slice line = {bytes, size * n};
    const char *colon = memchr(bytes, ':', line.len);
    if (slice_starts(line, SLICE_LITERAL("HTTP/")))
        headers_reset(fetcher); /* a new answer: after "100 Continue" for one */
    if (!colon)
        return line.len;
    size_t name_len = (size_t)(colon - bytes);
    struct slice value = slice_trim(slice_sub(line, name_len + 1, line.len - name_len - 1));
    const struct {
        const char *name;
        size_t *keep;
    } kept[] = {{"etag", &fetcher->etag},
                {"last-modified", &fetcher->last_modified},
                {"content-type", &fetcher->type},
                {"location", &fetcher->location}};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strlen(kept[i].name) == name_len && strncasecmp(bytes, kept[i].name, name_len) == 0)
            *kept[i].keep = header_keep(fetcher, value);
    if (name_len == 11 && strncasecmp(bytes, "retry-after", 11) == 0)
        fetcher->retry_after_ms = retry_after(value);
    return line.len;
}

static int on_progress(void *context, curl_off_t total, curl_off_t now, curl_off_t up_total,
                       curl_off_t up_now)
{
    (void)total, (void)now, (void)up_total, (void)up_now;
    return stopped(context);
}

/* The one place where a connection begins, for a name that resolves to several addresses too. */
static curl_socket_t on_open(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct fetcher *fetcher = context;
    (void)purpose;
    if (!fetcher->allowed && !address_is_public(&address->addr)) {
        fetcher->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- making one ---- */

static bool curl_prepare(struct fetcher *fetcher)
{
    CURL *curl = fetcher->curl;
    return curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEDATA, fetcher) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HEADERDATA, fetcher) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_XFERINFODATA, fetcher) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, on_open) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, fetcher) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_USERAGENT,
                            FETCH_AGENT "/1 (news reader; heeds robots.txt)") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)fetcher->options.timeout_ms) ==
               CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                            (long)(fetcher->options.timeout_ms / 2)) == CURLE_OK;
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
    o->max_redirects = o->max_redirects ? o->max_redirects : DEFAULT_REDIRECTS;
    buffer_init(&fetcher->body, o->max_bytes > ROBOTS_MAX ? o->max_bytes + 1 : ROBOTS_MAX + 1);
    buffer_init(&fetcher->headers, (size_t)256 << 10);
    fetcher->curl = curl_easy_init();
    if (!fetcher->curl || !curl_prepare(fetcher)) {
        fetcher_free(fetcher);
        error_set(err, ERROR_LIMIT, "no memory for a fetcher");
        return NULL;
    }
    return fetcher;
}

void fetcher_free(struct fetcher *fetcher)
{
    if (!fetcher)
        return;
    if (fetcher->curl)
        curl_easy_cleanup(fetcher->curl);
    for (size_t i = 0; i < fetcher->n_hosts; i++) {
        free(fetcher->hosts[i].origin);
        free(fetcher->hosts[i].robots_text);
    }
    free(fetcher->hosts);
    map_free(&fetcher->by_origin);
    buffer_free(&fetcher->body);
    buffer_free(&fetcher->headers);
    free(fetcher);
}

/* ---- addresses ---- */

/* An address cut into what is needed of it. */
struct target {
    char *url; /* without fragment and credentials */
    char *host;
    char *path; /* with the query */
    char *origin;
};

static void target_free(struct target *target)
{
    curl_free(target->url);
    curl_free(target->host);
    free(target->path);
    free(target->origin);
    *target = (struct target){0};
}

static char *joined(const char *a, const char *b, const char *c, const char *d)
{
    size_t size = strlen(a) + strlen(b) + strlen(c) + strlen(d) + 1;
    char *text = malloc(size);
    if (text)
        snprintf(text, size, "%s%s%s%s", a, b, c, d);
    return text;
}

/* The parts of `parsed`; false when it lacks one or memory is out. */
static bool target_fill(CURLU *parsed, struct target *out, bool *web)
{
    char *scheme = NULL, *port = NULL, *path = NULL, *query = NULL;
    bool ok = curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
              curl_url_get(parsed, CURLUPART_HOST, &out->host, 0) == CURLUE_OK &&
              curl_url_get(parsed, CURLUPART_PATH, &path, 0) == CURLUE_OK &&
              curl_url_get(parsed, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK;
    *web = scheme && (strcasecmp(scheme, "http") == 0 || strcasecmp(scheme, "https") == 0);
    if (ok && *web) {
        curl_url_get(parsed, CURLUPART_QUERY, &query, 0);
        out->path = joined(path, query ? "?" : "", query ? query : "", "");
        char *start = joined(scheme, "://", out->host, ":");
        out->origin = start ? joined(start, port, "", "") : NULL;
        free(start);
        ok = out->path && out->origin &&
             curl_url_set(parsed, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK &&
             curl_url_set(parsed, CURLUPART_USER, NULL, 0) == CURLUE_OK &&
             curl_url_set(parsed, CURLUPART_PASSWORD, NULL, 0) == CURLUE_OK &&
             curl_url_get(parsed, CURLUPART_URL, &out->url, 0) == CURLUE_OK;
    }
    curl_free(scheme);
    curl_free(port);
    curl_free(path);
    curl_free(query);
    return ok && *web;
}

/* `url`, seen from `base` where that is not NULL. */
static int target_parse(const char *base, const char *url, struct target *out, struct error *err)
{
    CURLU *parsed = curl_url();
    bool web = true;
    *out = (struct target){0};
    bool ok = parsed && (!base || curl_url_set(parsed, CURLUPART_URL, base, 0) == CURLUE_OK) &&
              curl_url_set(parsed, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
              target_fill(parsed, out, &web);
    curl_url_cleanup(parsed);
    if (ok)
        return 0;
    target_free(out);
    return error_set(err, ERROR_INPUT,
                     web ? "%s: no address of the web" : "%s: only http and https are read", url);
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

/* What is remembered of a target's server. The oldest memories go when there are too many. */
static int host_find(struct fetcher *fetcher, const char *origin, size_t *out, struct error *err)
{
    uint32_t at = map_get(&fetcher->by_origin, slice_of(origin));
    if (at != MAP_ABSENT) {
        *out = at;
        return 0;
    }
    if (fetcher->n_hosts == MOST_HOSTS)
        return error_set(err, ERROR_LIMIT, "more than %d servers in one run", MOST_HOSTS);
    if (fetcher->n_hosts == fetcher->hosts_capacity) {
        size_t capacity = fetcher->hosts_capacity ? fetcher->hosts_capacity * 2 : 16;
        struct host *hosts = realloc(fetcher->hosts, capacity * sizeof *hosts);
        if (!hosts)
            return error_set(err, ERROR_LIMIT, "no memory for a server's name");
        fetcher->hosts = hosts;
        fetcher->hosts_capacity = capacity;
    }
    char *name = strdup(origin);
    if (!name || map_put(&fetcher->by_origin, slice_of(name), (uint32_t)fetcher->n_hosts, err)) {
        free(name);
        return error_set(err, ERROR_LIMIT, "no memory for a server's name");
    }
    *out = fetcher->n_hosts++;
    fetcher->hosts[*out] = (struct host){.origin = name, .pause_ms = fetcher->options.pause_ms};
    return 0;
}

/* ---- one request ---- */

/* Sleeps in small pieces, so that a signal ends it. */
static int pause_for(const struct fetcher *fetcher, int64_t ms, struct error *err)
{
    int64_t until = clock_ms() + ms;
    for (int64_t left; (left = until - clock_ms()) > 0;) {
        if (stopped(fetcher))
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
        struct timespec piece = {0, (left < 50 ? left : 50) * 1000000};
        nanosleep(&piece, NULL);
    }
    return 0;
}

static void host_failed(struct fetcher *fetcher, struct host *host)
{
    int64_t wait = FIRST_BACKOFF_MS;
    for (int i = 0; i < host->failures && wait < MOST_BACKOFF_MS; i++)
        wait *= 2;
    host->failures++;
    if (fetcher->retry_after_ms > wait)
        wait = fetcher->retry_after_ms;
    host->not_before = clock_ms() + (wait < MOST_BACKOFF_MS ? wait : MOST_BACKOFF_MS);
}

/* Whether a status says that the server has trouble, and not that the page has. */
static bool is_trouble(long status)
{
    return status == 429 || status >= 500;
}

static int transfer_error(struct fetcher *fetcher, CURLcode code, const char *url,
                          struct error *err)
{
    if (fetcher->too_large)
        return error_set(err, ERROR_INPUT, "%s: larger than %zu bytes", url, fetcher->max_body);
    if (fetcher->refused)
        return error_set(err, ERROR_INPUT,
                         "%s: not a machine of the public internet; --allow-host names those that "
                         "may be asked all the same",
                         url);
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return error_set(err, ERROR_INTERRUPTED, "interrupted");
    return error_set(err, ERROR_IO, "%s: %s", url, curl_easy_strerror(code));
}

/* One exchange with a server, no redirect followed. */
static int exchange(struct fetcher *fetcher, struct host *host, const struct target *target,
                    struct curl_slist *headers, size_t max_body, long *status, struct error *err)
{
    buffer_clear(&fetcher->body);
    headers_reset(fetcher);
    fetcher->max_body = max_body;
    fetcher->too_large = fetcher->refused = false;
    fetcher->allowed = host_allowed(fetcher, target->host);
    curl_easy_setopt(fetcher->curl, CURLOPT_URL, target->url);
    curl_easy_setopt(fetcher->curl, CURLOPT_HTTPHEADER, headers);
    CURLcode code = curl_easy_perform(fetcher->curl);
    *status = 0;
    curl_easy_getinfo(fetcher->curl, CURLINFO_RESPONSE_CODE, status);
    host->not_before = clock_ms() + host->pause_ms;
    if (code != CURLE_OK) {
        int rc = transfer_error(fetcher, code, target->url, err);
        if (err && err->code == ERROR_IO)
            host_failed(fetcher, host);
        return rc;
    }
    if (is_trouble(*status))
        host_failed(fetcher, host);
    else
        host->failures = 0;
    return 0;
}

/* ---- robots.txt ---- */

static int robots_ask(struct fetcher *fetcher, size_t h, const struct target *target,
                      struct error *err)
{
    struct host *host = &fetcher->hosts[h];
    struct target robots = {0};
    char *url = joined(host->origin, "/robots.txt", "", "");
    long status = 0;
    if (!url)
        return error_set(err, ERROR_LIMIT, "no memory for an address");
    int rc = target_parse(target->url, url, &robots, err);
    free(url);
    for (int hop = 0; rc == 0; hop++) {
        rc = exchange(fetcher, host, &robots, NULL, ROBOTS_MAX, &status, err);
        if (rc || status < 300 || status >= 400 || !fetcher->location || hop == 5)
            break;
        struct target next;
        rc = target_parse(robots.url, fetcher->headers.ptr + fetcher->location, &next, err);
        target_free(&robots);
        robots = next;
    }
    target_free(&robots);
    if (rc && fetcher->too_large)
        rc = 0; /* what came of it counts */
    if (rc)
        return rc;
    host = &fetcher->hosts[h];
    free(host->robots_text);
    host->robots_text = NULL;
    /* RFC 9309 section 2.3.1: no such file allows all, a server in trouble forbids all. */
    host->robots = is_trouble(status) ? ROBOTS_CLOSED : status == 200 ? ROBOTS_TEXT : ROBOTS_FREE;
    host->robots_until = clock_ms() + (is_trouble(status) ? 0 : ROBOTS_LIFE_MS);
    if (host->robots != ROBOTS_TEXT)
        return 0;
    host->robots_text = malloc(fetcher->body.len + 1);
    if (!host->robots_text)
        return error_set(err, ERROR_LIMIT, "no memory for a robots.txt");
    if (fetcher->body.len)
        memcpy(host->robots_text, fetcher->body.ptr, fetcher->body.len);
    host->robots_len = fetcher->body.len;
    int64_t asked =
        (int64_t)robots_delay((struct slice){host->robots_text, host->robots_len}, FETCH_AGENT) *
        1000;
    if (asked > host->pause_ms)
        host->pause_ms = asked;
    return 0;
}

/* 0 when the page may be asked for; 1 when the host is in trouble; -1 with *err. */
static int robots_check(struct fetcher *fetcher, size_t h, const struct target *target,
                        struct error *err)
{
    struct host *host = &fetcher->hosts[h];
    if ((host->robots == ROBOTS_UNKNOWN || clock_ms() >= host->robots_until) &&
        robots_ask(fetcher, h, target, err))
        return -1;
    host = &fetcher->hosts[h];
    if (host->robots == ROBOTS_CLOSED)
        return 1;
    if (host->robots == ROBOTS_TEXT &&
        !robots_allow((struct slice){host->robots_text, host->robots_len}, FETCH_AGENT,
                      slice_of(target->path)))
        return error_set(err, ERROR_INPUT, "%s: the site's robots.txt forbids it", target->url);
    return 0;
}

/* ---- a page ---- */

/* Waits until the host may be asked; 1 when that takes too long, with the answer's wait_ms. */
static int host_wait(const struct fetcher *fetcher, const struct host *host,
                     struct fetch_answer *answer, struct error *err)
{
    int64_t wait = host->not_before - clock_ms();
    if (wait <= 0)
        return 0;
    if (wait > SLEPT_MS || host->failures) {
        answer->wait_ms = wait;
        return 1;
    }
    return pause_for(fetcher, wait, err);
}

/* One hop: pause, robots.txt, the request. 0 done, 1 to be left for later, -1. */
static int hop(struct fetcher *fetcher, const struct target *target, struct curl_slist *headers,
               long *status, struct fetch_answer *answer, struct error *err)
{
    size_t h = 0;
    int rc = host_find(fetcher, target->origin, &h, err);
    if (rc == 0)
        rc = host_wait(fetcher, &fetcher->hosts[h], answer, err);
    if (rc == 0)
        rc = robots_check(fetcher, h, target, err);
    if (rc == 1 && !answer->wait_ms)
        answer->wait_ms = fetcher->hosts[h].not_before - clock_ms();
    if (rc == 0)
        rc = host_wait(fetcher, &fetcher->hosts[h], answer, err);
    if (rc == 0)
        rc = exchange(fetcher, &fetcher->hosts[h], target, headers, fetcher->options.max_bytes,
                      status, err);
    if (rc == 1 && answer->wait_ms <= 0)
        answer->wait_ms = 1;
    return rc;
}

static bool header_add(struct curl_slist **list, const char *name, struct slice value)
{
    char line[2048];
    if (!value.len || value.len > 1500 || memchr(value.ptr, '\n', value.len) ||
        memchr(value.ptr, '\r', value.len))
        return true; /* then without the condition */
    snprintf(line, sizeof line, "%s: %.*s", name, SLICE_ARG(value));
    struct curl_slist *more = curl_slist_append(*list, line);
    if (!more)
        return false;
    *list = more;
    return true;
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

/* "text/html; charset=utf-8" in its two parts, the first in lower case. */
static void type_split(char *text, struct slice *type, struct slice *charset)
{
    struct slice whole = slice_of(text), rest;
    const char *semicolon = strchr(text, ';');
    *charset = SLICE_NONE;
    *type = semicolon ? slice_sub(whole, 0, (size_t)(semicolon - text)) : whole;
    for (size_t i = 0; i < type->len; i++)
        text[i] = (char)tolower((unsigned char)text[i]);
    *type = slice_trim(*type);
    if (!semicolon)
        return;
    for (const char *at = semicolon; (at = strchr(at, ';')) != NULL;) {
        rest = slice_trim(slice_of(++at));
        if (rest.len > 8 && strncasecmp(rest.ptr, "charset=", 8) == 0) {
            rest = slice_sub(rest, 8, rest.len - 8);
            size_t n = 0, quote = rest.len && rest.ptr[0] == '"';
            while (n + quote < rest.len && !strchr("\"; \t", rest.ptr[n + quote]))
                n++;
            *charset = slice_sub(rest, quote, n);
            return;
        }
    }
}

static int answer_fill(struct fetcher *fetcher, const struct target *target, long status,
                       struct fetch_answer *answer, struct error *err)
{
    size_t url = header_keep(fetcher, slice_of(target->url));
    if (fetcher->headers.failed)
        return error_set(err, ERROR_INPUT, "%s: headers of too many bytes", target->url);
    char *kept = fetcher->headers.ptr;
    answer->status = (int)status;
    answer->url = slice_of(kept + url);
    answer->etag = slice_of(kept + fetcher->etag);
    answer->last_modified = slice_of(kept + fetcher->last_modified);
    type_split(kept + fetcher->type, &answer->type, &answer->charset);
    if (status < 200 || status >= 300)
        return 0;
    if (!is_readable(answer->type))
        return error_set(err, ERROR_INPUT, "%s: %.*s is no text", target->url,
                         SLICE_ARG(answer->type));
    answer->body = buffer_slice(&fetcher->body);
    return 0;
}

static int get(struct fetcher *fetcher, const struct fetch_request *request,
               struct curl_slist *headers, struct fetch_answer *answer, struct error *err)
{
    struct target target, next;
    long status = 0;
    int rc = target_parse(NULL, request->url, &target, err);
    for (int hops = 0; rc == 0; hops++) {
        rc = hop(fetcher, &target, headers, &status, answer, err);
        bool redirect =
            rc == 0 && status >= 300 && status < 400 && status != 304 && fetcher->location;
        if (rc || !redirect)
            break;
        if (hops == fetcher->options.max_redirects)
            rc = error_set(err, ERROR_INPUT, "%s: more than %d redirects", request->url, hops);
        if (rc == 0)
            rc = target_parse(target.url, fetcher->headers.ptr + fetcher->location, &next, err);
        if (rc == 0) {
            target_free(&target);
            target = next;
        }
    }
    if (rc == 0)
        rc = answer_fill(fetcher, &target, status, answer, err);
    target_free(&target);
    return rc < 0 ? -1 : 0;
}

int fetcher_get(struct fetcher *fetcher, const struct fetch_request *request,
                struct fetch_answer *answer, struct error *err)
{
    struct curl_slist *headers = NULL;
    struct error why = {0};
    *answer = (struct fetch_answer){0};
    bool made = header_add(&headers, "If-None-Match", request->etag) &&
                header_add(&headers, "If-Modified-Since", request->last_modified);
    int rc = made ? get(fetcher, request, headers, answer, &why)
                  : error_set(&why, ERROR_LIMIT, "no memory for a request");
    curl_easy_setopt(fetcher->curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    if (rc && err)
        *err = why;
    return rc;
}
