#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "read/web.h"
#include "scratch.h"
#include "web_servers.h"

void suite_web(void);

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

/* One address, opened; its reports one by one. */
struct visit {
    struct fetcher *fetcher;
    struct web *web;
    struct arena arena;
    struct report report;
    struct slice link;
    enum web_outcome outcome;
    char url[128], name[128];
};

static void visit_open(struct visit *visit, int port, const char *path,
                       const struct web_options *options)
{
    static const char *const loopback[] = {"127.0.0.1"};
    const struct fetch_options polite = {
        .allowed_hosts = loopback, .n_allowed = 1, .timeout_ms = 1500, .pause_ms = -1};
    struct error err;
    *visit = (struct visit){.fetcher = fetcher_new(&polite, &err)};
    arena_init(&visit->arena, (size_t)16 << 20);
    snprintf(visit->url, sizeof visit->url, "http://127.0.0.1:%d%s", port, path);
    const struct fetch_request request = {.url = visit->url};
    CU_ASSERT_FATAL(visit->fetcher != NULL);
    CU_ASSERT_FATAL(web_open(&visit->web, visit->fetcher, &request, options, &err) == 0);
}

static int visit_next(struct visit *visit)
{
    struct error err;
    arena_reset(&visit->arena);
    scratch_log_start(&scratch);
    int got = web_next(visit->web, &visit->arena, &visit->report, &err);
    scratch_log_end(&scratch);
    visit->outcome = web_outcome(visit->web, &visit->link);
    return got;
}

static void visit_close(struct visit *visit)
{
    web_close(visit->web);
    fetcher_free(visit->fetcher);
    arena_free(&visit->arena);
}

static bool is_here(const struct visit *visit, struct slice url, const char *path)
{
    char whole[160];
    const char *host_end = strchr(visit->url + 7, '/');
    snprintf(whole, sizeof whole, "%.*s%s", (int)(host_end - visit->url), visit->url, path);
    return slice_is(url, whole);
}

static bool holds(struct slice s, const char *text)
{
    return s.len && memmem(s.ptr, s.len, text, strlen(text));
}

static const struct web_options plain = {.gaps = {.published = STAMP_NONE}};

/* A document that is one report. */
static const struct {
    const char *path;
    const char *url;  /* of the report, as a path here */
    const char *text; /* in it; of a rejected one in the reason */
    bool rejected;
} documents[] = {
    {"/page.html", "/page.html", "hit Sumy on 17 March", false},
    {"/moved", "/page.html", "hit Sumy on 17 March", false},
    {"/own.html", "/news/own", "hit Sumy", false},
    /* Another site's page is not replaced by what this one says of itself. */
    {"/foreign.html", "/foreign.html", "hit Sumy", false},
    {"/cyrillic", "/cyrillic", "Обстріл Херсона", false},
    {"/note.txt", "/note.txt", "killed in Kherson", false},
    {"/bare.html", NULL, "there is no article", true},
    {"/odd.bin", NULL, "neither a page nor a feed", true},
};

static void single(void)
{
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        struct visit visit;
        visit_open(&visit, servers.open, documents[i].path, &plain);
        CU_ASSERT_FATAL(visit_next(&visit) == 1);
        const struct report *report = &visit.report;
        bool ok = report->rejected == documents[i].rejected && visit.outcome == WEB_WHOLE &&
                  visit.link.len == 0 && strcmp(report->path, visit.url) == 0 &&
                  (report->rejected ? strstr(report->problem.text, documents[i].text) != NULL
                                    : holds(report->text, documents[i].text) &&
                                          is_here(&visit, report->url, documents[i].url));
        if (!ok)
            printf("    %s: %.*s %s\n", visit.url, SLICE_ARG(report->url), report->problem.text);
        CU_ASSERT(ok);
        CU_ASSERT(visit_next(&visit) == 0);
        visit_close(&visit);
    }
}

static void no_document(void)
{
    struct visit visit;
    visit_open(&visit, servers.open, "/gone.html", &plain);
    CU_ASSERT(web_answer(visit.web)->status == 404);
    CU_ASSERT(visit_next(&visit) == 0);
    visit_close(&visit);
}

/* The page's words, what it lacks from the item. */
static void page_behind_an_item(void)
{
    struct visit visit;
    visit_open(&visit, servers.open, "/undated.xml", &plain);
    CU_ASSERT(web_answer(visit.web)->status == 200 && web_answer(visit.web)->etag.len);
    CU_ASSERT_FATAL(visit_next(&visit) == 1);
    CU_ASSERT(visit.outcome == WEB_PAGE && is_here(&visit, visit.link, "/undated.html"));
    CU_ASSERT(is_here(&visit, visit.report.url, "/undated.html"));
    CU_ASSERT(slice_is(visit.report.given_id, "g-1"));
    CU_ASSERT(slice_is(visit.report.title, "A missile hit Sumy"));
    CU_ASSERT(holds(visit.report.text, "on 17 March") && !holds(visit.report.text, "In short"));
    CU_ASSERT(visit.report.published.day == day_from_civil(2025, 3, 18));
    CU_ASSERT(visit.report.published.seconds == 7 * 3600 + 1800);
    CU_ASSERT(visit_next(&visit) == 0);
    visit_close(&visit);
}

/* The summary where the page is not to be had: for good, or for now. */
static void summaries(void)
{
    static const struct {
        const char *path, *link;
        enum web_outcome outcome;
    } cases[] = {{"/bare.xml", "/bare.html", WEB_SUMMARY}, {"/trouble.xml", NULL, WEB_LATER}};
    for (size_t i = 0; i < 2; i++) {
        struct visit visit;
        visit_open(&visit, servers.open, cases[i].path, &plain);
        CU_ASSERT_FATAL(visit_next(&visit) == 1);
        CU_ASSERT(visit.outcome == cases[i].outcome && !visit.report.rejected);
        CU_ASSERT(holds(visit.report.text, "In short."));
        CU_ASSERT(!cases[i].link || is_here(&visit, visit.link, cases[i].link));
        CU_ASSERT(visit.link.len > 0 && strstr(scratch.log, "only the summary is read"));
        CU_ASSERT(visit_next(&visit) == 0);
        visit_close(&visit);
    }
}

/* A page that is known is not asked for, nor one twice; with `stay` none is. */
static void known_and_stay(void)
{
    struct visit visit;
    struct map known = {0};
    struct web_options options = plain;
    struct error err;
    char url[128];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/page.html", servers.open);
    CU_ASSERT_FATAL(map_put(&known, slice_of(url), 1, &err) == 0);
    options.known = &known;
    visit_open(&visit, servers.open, "/feed.xml", &options);
    CU_ASSERT(visit_next(&visit) == 1 && is_here(&visit, visit.link, "/gone.html"));
    CU_ASSERT(visit.outcome == WEB_SUMMARY);
    CU_ASSERT(visit_next(&visit) == 1 && visit.report.rejected);
    CU_ASSERT(strstr(visit.report.problem.text, "robots.txt forbids it") != NULL);
    CU_ASSERT(is_here(&visit, visit.link, "/forbidden/a.html"));
    CU_ASSERT(visit_next(&visit) == 0);
    visit_close(&visit);
    map_free(&known);

    options = plain;
    options.stay = true;
    visit_open(&visit, servers.open, "/feed.xml", &options);
    for (int i = 0; i < 3; i++) {
        CU_ASSERT(visit_next(&visit) == 1 && visit.outcome == WEB_WHOLE && visit.link.len == 0);
        CU_ASSERT(!visit.report.rejected && !holds(visit.report.text, "17 March"));
    }
    CU_ASSERT(visit_next(&visit) == 0);
    visit_close(&visit);
}

void suite_web(void)
{
    CU_pSuite suite = CU_add_suite("web", start, stop);
    CU_add_test(suite, "single documents", single);
    CU_add_test(suite, "no document", no_document);
    CU_add_test(suite, "page behind an item", page_behind_an_item);
    CU_add_test(suite, "summaries", summaries);
    CU_add_test(suite, "known pages, and none followed", known_and_stay);
}
