#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "read/fetch.h"
#include "scratch.h"
#include "web_servers.h"

void suite_fetch(void);

static struct scratch scratch;
static struct web_servers servers;

static int start(void)
{
    scratch_make(&scratch);
    return web_servers_start(&servers, scratch.folder) ? 0 : 1;
}

static int stop(void)
{
    web_servers_stop(&servers);
    scratch_remove(&scratch);
    return 0;
}

static const char *const loopback[] = {"127.0.0.1"};

static struct fetcher *fetcher_make(const volatile sig_atomic_t *stopped)
{
    const struct fetch_options options = {.allowed_hosts = loopback,
                                          .n_allowed = 1,
                                          .max_bytes = 1 << 20,
                                          .timeout_ms = 1500,
                                          .pause_ms = -1,
                                          .stop = stopped};
    struct error err;
    struct fetcher *fetcher = fetcher_new(&options, &err);
    CU_ASSERT_FATAL(fetcher != NULL);
    return fetcher;
}

static const char *address(int port, const char *path)
{
    static char url[256];
    snprintf(url, sizeof url, "http://127.0.0.1:%d%s", port, path);
    return url;
}

/* What comes of one address, with a fetcher that knows nothing. */
static const struct {
    const int *port;
    const char *path;
    int status;           /* 0: an error */
    enum error_code code; /* of it */
    const char *text;     /* in the body, or in the error's text */
    const char *found;    /* end of the answer's address; NULL: of `path` */
} cases[] = {
    {&servers.open, "/page.html", 200, 0, "hit Sumy on 17 March", NULL},
    {&servers.open, "/page.html#part", 200, 0, "hit Sumy on 17 March", "/page.html"},
    {&servers.open, "/packed", 200, 0, "hit Sumy on 17 March", NULL},
    {&servers.open, "/bomb", 0, ERROR_INPUT, "larger than 1048576 bytes", NULL},
    {&servers.open, "/relative/x", 200, 0, "hit Sumy", "/page.html"},
    {&servers.open, "/moved", 200, 0, "hit Sumy", "/page.html"},
    {&servers.open, "/spaced", 200, 0, "hit Sumy", "/a%20b.html"},
    {&servers.open, "/loop", 0, ERROR_INPUT, "more than 5 redirects", NULL},
    {&servers.open, "/inside", 0, ERROR_INPUT, "not a machine of the public internet", NULL},
    {&servers.open, "/file", 0, ERROR_INPUT, "only http and https are read", NULL},
    {&servers.open, "/forbidden/a.html", 0, ERROR_INPUT, "robots.txt forbids it", NULL},
    {&servers.open, "/picture.png", 0, ERROR_INPUT, "image/png is no text", NULL},
    {&servers.open, "/gone.html", 404, 0, NULL, NULL},
    {&servers.closed, "/page.html", 0, ERROR_INPUT, "robots.txt forbids it", NULL},
    {&servers.bad, "/drip", 0, ERROR_IO, "Timeout", NULL},
    {&servers.bad, "/silent", 0, ERROR_IO, "Timeout", NULL},
    {&servers.bad, "/endless", 0, ERROR_INPUT, "larger than", NULL},
    {&servers.bad, "/cut", 0, ERROR_IO, "partial", NULL},
    {&servers.bad, "/headers_without_end", 0, ERROR_INPUT, "headers of more than", NULL},
    {&servers.bad, "/nothing", 404, 0, NULL, NULL},
};

static bool ends_with(struct slice s, const char *end)
{
    size_t n = strlen(end);
    return s.len >= n && memcmp(s.ptr + s.len - n, end, n) == 0;
}

static bool holds(struct slice s, const char *text)
{
    return s.len && memmem(s.ptr, s.len, text, strlen(text));
}

static bool case_holds(size_t i, struct error *err, struct fetch_answer *answer)
{
    struct fetcher *fetcher = fetcher_make(NULL);
    const struct fetch_request request = {.url = address(*cases[i].port, cases[i].path)};
    int rc = fetcher_get(fetcher, &request, answer, err);
    bool ok;
    if (cases[i].status == 0)
        ok = rc == -1 && err->code == cases[i].code && strstr(err->text, cases[i].text);
    else
        ok = rc == 0 && answer->status == cases[i].status && answer->wait_ms == 0 &&
             (cases[i].text ? holds(answer->body, cases[i].text) : answer->body.len == 0) &&
             ends_with(answer->url, cases[i].found ? cases[i].found : cases[i].path);
    fetcher_free(fetcher);
    return ok;
}

static void answers(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err = {0};
        struct fetch_answer answer;
        bool ok = case_holds(i, &err, &answer);
        if (!ok)
            printf("    %s: %d, %s\n", cases[i].path, answer.status, err.text);
        CU_ASSERT(ok);
    }
}

static void type_and_charset(void)
{
    struct fetcher *fetcher = fetcher_make(NULL);
    struct fetch_request request = {.url = address(servers.open, "/cyrillic")};
    struct fetch_answer answer;
    struct error err;
    CU_ASSERT_FATAL(fetcher_get(fetcher, &request, &answer, &err) == 0);
    CU_ASSERT(slice_is(answer.type, "text/html") && slice_is(answer.charset, "windows-1251"));
    CU_ASSERT(holds(answer.body, "\xD5\xE5\xF0\xF1\xEE\xED")); /* as it came: see web.h */
    fetcher_free(fetcher);
}

static void unchanged(void)
{
    struct fetcher *fetcher = fetcher_make(NULL);
    struct fetch_request request = {.url = address(servers.open, "/page.html")};
    struct fetch_answer answer;
    struct error err;
    char etag[100], modified[100];
    CU_ASSERT_FATAL(fetcher_get(fetcher, &request, &answer, &err) == 0);
    CU_ASSERT_FATAL(answer.etag.len && answer.last_modified.len);
    snprintf(etag, sizeof etag, "%.*s", SLICE_ARG(answer.etag));
    snprintf(modified, sizeof modified, "%.*s", SLICE_ARG(answer.last_modified));
    request.etag = slice_of(etag);
    CU_ASSERT(fetcher_get(fetcher, &request, &answer, &err) == 0 && answer.status == 304);
    CU_ASSERT(answer.body.len == 0);
    request.etag = SLICE_NONE;
    request.last_modified = slice_of(modified);
    CU_ASSERT(fetcher_get(fetcher, &request, &answer, &err) == 0 && answer.status == 304);
    request.last_modified = SLICE_LITERAL("Mon, 01 Jan 2001 00:00:00 GMT");
    CU_ASSERT(fetcher_get(fetcher, &request, &answer, &err) == 0 && answer.status == 200);
    /* A validator that would end the header field is none. */
    request.last_modified = SLICE_NONE;
    request.etag = SLICE_LITERAL("x\r\nHost: elsewhere");
    CU_ASSERT(fetcher_get(fetcher, &request, &answer, &err) == 0 && answer.status == 200);
    fetcher_free(fetcher);
}

/* A server in trouble is left alone, longer from time to time, others are not. */
static void back_off(void)
{
    struct fetcher *fetcher = fetcher_make(NULL);
    struct fetch_request request = {.url = address(servers.bad, "/busy")};
    struct fetch_answer answer;
    struct error err;
    CU_ASSERT_FATAL(fetcher_get(fetcher, &request, &answer, &err) == 0);
    CU_ASSERT(answer.status == 429 && answer.wait_ms > 60000 && answer.wait_ms <= 70000);
    CU_ASSERT_FATAL(fetcher_get(fetcher, &request, &answer, &err) == 0);
    CU_ASSERT(answer.status == 0 && answer.wait_ms > 60000 && answer.wait_ms <= 70000);
    request.url = address(servers.trouble, "/page.html");
    CU_ASSERT_FATAL(fetcher_get(fetcher, &request, &answer, &err) == 0);
    CU_ASSERT(answer.status == 0 && answer.wait_ms > 1000 && answer.wait_ms <= 5000);
    request.url = address(servers.open, "/page.html");
    CU_ASSERT(fetcher_get(fetcher, &request, &answer, &err) == 0 && answer.status == 200);
    fetcher_free(fetcher);
}

/* No name, number or notation leads to this machine unless it is allowed as it is written. */
static void private_machines(void)
{
    static const char *const hosts[] = {
        "localhost", "[::1]", "127.1", "0x7f.0.0.1", "0.0.0.0", "[::ffff:127.0.0.1]", "127.0.0.2"};
    struct fetcher *fetcher = fetcher_make(NULL);
    struct fetch_answer answer;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        struct error err = {0};
        char url[128];
        snprintf(url, sizeof url, "http://%s:%d/page.html", hosts[i], servers.open);
        const struct fetch_request request = {.url = url};
        int rc = fetcher_get(fetcher, &request, &answer, &err);
        /* "127.1" is 127.0.0.1 once it is read as a number, and that is allowed. */
        bool same = i == 2 || i == 3;
        if (rc != (same ? 0 : -1) || (rc && !strstr(err.text, "public internet")))
            printf("    %s: %d %s\n", url, rc, err.text);
        CU_ASSERT(rc == (same ? 0 : -1));
        CU_ASSERT(rc == 0 || strstr(err.text, "public internet"));
    }
    fetcher_free(fetcher);
}

static void bad_addresses(void)
{
    static const char *const urls[] = {"file:///etc/hostname", "ftp://example.org/a", "http://",
                                       "gopher://127.0.0.1/",  "page.html",           "",
                                       "http://a b/"};
    struct fetcher *fetcher = fetcher_make(NULL);
    struct fetch_answer answer;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct error err = {0};
        const struct fetch_request request = {.url = urls[i]};
        CU_ASSERT(fetcher_get(fetcher, &request, &answer, &err) == -1);
        CU_ASSERT(err.code == ERROR_INPUT);
    }
    fetcher_free(fetcher);
}

/* What happens to one address must not hurt the next: one fetcher for all. */
static void one_after_another(void)
{
    struct fetcher *fetcher = fetcher_make(NULL);
    struct fetch_answer answer;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err = {0};
        const struct fetch_request request = {.url = address(*cases[i].port, cases[i].path)};
        if (cases[i].port != &servers.open)
            continue;
        int rc = fetcher_get(fetcher, &request, &answer, &err);
        CU_ASSERT(rc == (cases[i].status ? 0 : -1));
        CU_ASSERT(rc || answer.status == cases[i].status);
    }
    fetcher_free(fetcher);
}

static void interrupted(void)
{
    const volatile sig_atomic_t stopped = 1;
    struct fetcher *fetcher = fetcher_make(&stopped);
    const struct fetch_request request = {.url = address(servers.bad, "/silent")};
    struct fetch_answer answer;
    struct error err = {0};
    CU_ASSERT(fetcher_get(fetcher, &request, &answer, &err) == -1);
    CU_ASSERT(err.code == ERROR_INTERRUPTED);
    fetcher_free(fetcher);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* robots.txt, the page, the page: two pauses. */
static void pauses(void)
{
    const struct fetch_options options = {
        .allowed_hosts = loopback, .n_allowed = 1, .pause_ms = 200};
    struct error err;
    struct fetcher *fetcher = fetcher_new(&options, &err);
    const struct fetch_request request = {.url = address(servers.open, "/page.html")};
    struct fetch_answer answer;
    int64_t began = now_ms();
    CU_ASSERT_FATAL(fetcher != NULL);
    for (int i = 0; i < 2; i++)
        CU_ASSERT(fetcher_get(fetcher, &request, &answer, &err) == 0 && answer.status == 200);
    CU_ASSERT(now_ms() - began >= 400);
    fetcher_free(fetcher);
}

void suite_fetch(void)
{
    CU_pSuite suite = CU_add_suite("fetch", start, stop);
    CU_add_test(suite, "answers", answers);
    CU_add_test(suite, "type and charset", type_and_charset);
    CU_add_test(suite, "unchanged", unchanged);
    CU_add_test(suite, "back-off", back_off);
    CU_add_test(suite, "private machines", private_machines);
    CU_add_test(suite, "bad addresses", bad_addresses);
    CU_add_test(suite, "one after another", one_after_another);
    CU_add_test(suite, "interrupted", interrupted);
    CU_add_test(suite, "pauses", pauses);
}
