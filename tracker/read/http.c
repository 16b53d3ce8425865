#include "read/http.h"

#include <ctype.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "base/buffer.h"
#include "read/address.h"

/* Header lines of one request, with those of the answers before the last ("100 Continue"). */
#define MOST_HEADERS ((size_t)256 << 10)

struct http {
    CURL *curl;
    int timeout_ms;
    const volatile sig_atomic_t *stop;
    struct buffer body;
    struct buffer headers; /* values of the last answer, NUL-terminated one after the other */
    /* Of the request under way. */
    size_t max_body;
    size_t header_bytes;
    bool too_large; /* the body */
    bool headers_too_large;
    bool refused; /* an address was not public */
    bool private_allowed;
    /* Offsets into `headers`; 0 is an empty value. */
    size_t etag, last_modified, type, location;
    int64_t retry_after_ms;
};

/* ---- callbacks of curl ---- */

static size_t on_body(char *bytes, size_t size, size_t n, void *context)
{
    struct http *http = context;
    size_t len = size * n, room = http->max_body - http->body.len;
    http->too_large = len > room;
    buffer_add(&http->body, bytes, http->too_large ? room : len);
    return http->too_large || http->body.failed ? 0 : len;
}

static size_t header_keep(struct http *http, struct slice value)
{
    size_t at = http->headers.len;
    buffer_add_slice(&http->headers, value);
    buffer_add_char(&http->headers, '\0');
    return http->headers.failed ? 0 : at;
}

static void headers_reset(struct http *http)
{
    buffer_clear(&http->headers);
    buffer_add_char(&http->headers, '\0');
    http->etag = http->last_modified = http->type = http->location = 0;
    http->retry_after_ms = -1;
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
        return seconds > HTTP_MOST_WAIT_MS / 1000 ? HTTP_MOST_WAIT_MS : (int64_t)seconds * 1000;
    }
    time_t at = curl_getdate(text, NULL), now = time(NULL);
    return at == -1 || at <= now                 ? -1
           : at - now > HTTP_MOST_WAIT_MS / 1000 ? HTTP_MOST_WAIT_MS
                                                 : (int64_t)(at - now) * 1000;
}

static size_t on_header(char *bytes, size_t size, size_t n, void *context)
{
    struct http *http = context;
    struct slice line = {bytes, size * n};
    const char *colon = memchr(bytes, ':', line.len);
    http->header_bytes += line.len;
    http->headers_too_large = http->header_bytes > MOST_HEADERS;
    if (http->headers_too_large)
        return 0;
    if (slice_starts(line, SLICE_LITERAL("HTTP/")))
        headers_reset(http); /* a new answer: after "100 Continue" for one */
    if (!colon)
        return line.len;
    size_t name_len = (size_t)(colon - bytes);
    struct slice value = slice_trim(slice_sub(line, name_len + 1, line.len - name_len - 1));
    const struct {
        const char *name;
        size_t *keep;
    } kept[] = {{"etag", &http->etag},
                {"last-modified", &http->last_modified},
                {"content-type", &http->type},
                {"location", &http->location}};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strlen(kept[i].name) == name_len && strncasecmp(bytes, kept[i].name, name_len) == 0)
            *kept[i].keep = header_keep(http, value);
    if (name_len == 11 && strncasecmp(bytes, "retry-after", 11) == 0)
        http->retry_after_ms = retry_after(value);
    return line.len;
}

static int on_progress(void *context, curl_off_t total, curl_off_t now, curl_off_t up_total,
                       curl_off_t up_now)
{
    const struct http *http = context;
    (void)total, (void)now, (void)up_total, (void)up_now;
    return http->stop && *http->stop;
}

/* The one place where a connection begins, for a name that resolves to several addresses too. */
static curl_socket_t on_open(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct http *http = context;
    (void)purpose;
    if (!http->private_allowed && !address_is_public(&address->addr)) {
        http->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- making one ---- */

static bool curl_prepare(struct http *http)
{
    CURL *curl = http->curl;
    return curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEDATA, http) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HEADERDATA, http) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_XFERINFODATA, http) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, on_open) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, http) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_USERAGENT,
                            HTTP_AGENT "/1 (news reader; heeds robots.txt)") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)http->timeout_ms) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)(http->timeout_ms / 2)) ==
               CURLE_OK;
}

struct http *http_new(size_t max_bytes, int timeout_ms, const volatile sig_atomic_t *stop,
                      struct error *err)
{
    struct http *http = calloc(1, sizeof *http);
    if (http) {
        http->stop = stop;
        http->timeout_ms = timeout_ms;
        buffer_init(&http->body, max_bytes + 1);
        buffer_init(&http->headers, 2 * MOST_HEADERS);
        http->curl = curl_easy_init();
    }
    if (http && http->curl && curl_prepare(http))
        return http;
    http_free(http);
    error_set(err, ERROR_LIMIT, "no memory for requests to servers");
    return NULL;
}

void http_free(struct http *http)
{
    if (!http)
        return;
    if (http->curl)
        curl_easy_cleanup(http->curl);
    buffer_free(&http->body);
    buffer_free(&http->headers);
    free(http);
}

/* ---- a request ---- */

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

static int failure(const struct http *http, CURLcode code, const char *url, struct error *err)
{
    if (http->too_large)
        return error_set(err, ERROR_INPUT, "%s: larger than %zu bytes", url, http->max_body);
    if (http->headers_too_large || http->headers.failed)
        return error_set(err, ERROR_INPUT, "%s: headers of more than %zu bytes", url, MOST_HEADERS);
    if (http->refused)
        return error_set(err, ERROR_INPUT,
                         "%s: not a machine of the public internet; --allow-host names those that "
                         "may be asked all the same",
                         url);
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return error_set(err, ERROR_INTERRUPTED, "interrupted");
    if (code == CURLE_OUT_OF_MEMORY || http->body.failed)
        return error_set(err, ERROR_LIMIT, "no memory for %s", url);
    return error_set(err, ERROR_IO, "%s: %s", url, curl_easy_strerror(code));
}

static void reply_fill(const struct http *http, struct http_reply *reply)
{
    const char *kept = http->headers.ptr ? http->headers.ptr : "";
    long status = 0;
    curl_easy_getinfo(http->curl, CURLINFO_RESPONSE_CODE, &status);
    *reply = (struct http_reply){.status = (int)status,
                                 .body = {http->body.len ? http->body.ptr : "", http->body.len},
                                 .cut = http->too_large,
                                 .type = slice_of(kept + http->type),
                                 .etag = slice_of(kept + http->etag),
                                 .last_modified = slice_of(kept + http->last_modified),
                                 .location = slice_of(kept + http->location),
                                 .retry_after_ms = http->retry_after_ms};
}

int http_ask(struct http *http, const struct http_request *request, struct http_reply *reply,
             struct error *err)
{
    struct curl_slist *headers = NULL;
    buffer_clear(&http->body);
    headers_reset(http);
    http->max_body = request->max_bytes;
    http->header_bytes = 0;
    http->too_large = http->headers_too_large = http->refused = false;
    http->private_allowed = request->private_allowed;
    CURLcode code = CURLE_OUT_OF_MEMORY;
    if (header_add(&headers, "If-None-Match", request->etag) &&
        header_add(&headers, "If-Modified-Since", request->last_modified) &&
        curl_easy_setopt(http->curl, CURLOPT_URL, request->url) == CURLE_OK &&
        curl_easy_setopt(http->curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK)
        code = curl_easy_perform(http->curl);
    curl_easy_setopt(http->curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    reply_fill(http, reply);
    return code == CURLE_OK && !http->headers.failed ? 0 : failure(http, code, request->url, err);
}
