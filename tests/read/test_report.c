#include <CUnit/CUnit.h>

#include "read/report.h"
#include "scratch.h"

void suite_report(void);

static struct arena arena;
static struct scratch scratch;

static int start(void)
{
    arena_init(&arena, 1 << 20);
    scratch_make(&scratch);
    return 0;
}

static int stop(void)
{
    arena_free(&arena);
    scratch_remove(&scratch);
    return 0;
}

static struct report complete(struct report report, const char *title, struct slice body)
{
    struct error err;
    report.path = "in.txt";
    report.line = 7;
    report.id = SLICE_LITERAL("in.txt#2");
    CU_ASSERT_FATAL(report_complete(&arena, &report, slice_of(title), body, &err) == 0);
    return report;
}

static struct report plain(const char *title, const char *body)
{
    return complete((struct report){.published = STAMP_NONE}, title, slice_of(body));
}

static bool same(struct digest a, struct digest b)
{
    return memcmp(a.bytes, b.bytes, DIGEST_SIZE) == 0;
}

static void stored_text(void)
{
    struct report r = plain(" Depot\thit\r\nat dawn ", "\n  Three died.\r\nMore later. \n\n");
    CU_ASSERT(slice_is(r.text, "Depot hit at dawn\n\nThree died.\nMore later."));
    CU_ASSERT(slice_is(r.title, "Depot hit at dawn"));
    CU_ASSERT(r.title_len == r.title.len && r.title.ptr == r.text.ptr);
    CU_ASSERT(slice_is(r.id, "in.txt#2"));

    r = plain(NULL, " Three died. ");
    CU_ASSERT(slice_is(r.text, "Three died."));
    CU_ASSERT(r.title_len == 0 && r.title.len == 0);

    r = plain("Three died", " \n");
    CU_ASSERT(slice_is(r.text, "Three died") && r.title_len == 10 && !r.rejected);
}

static void no_text(void)
{
    struct report r = plain(" ", "\n\t\n");
    CU_ASSERT(r.rejected && r.problem.code == ERROR_INPUT && r.problem.line == 7);
    CU_ASSERT_STRING_EQUAL(r.problem.file, "in.txt");
    CU_ASSERT(slice_is(r.id, "in.txt#2"));
    r = complete((struct report){.withdrawn = true}, NULL, SLICE_NONE);
    CU_ASSERT(r.rejected);
    r = complete((struct report){.withdrawn = true, .given_id = SLICE_LITERAL("a")}, NULL,
                 SLICE_NONE);
    CU_ASSERT(!r.rejected);
}

static void names(void)
{
    struct report r = complete((struct report){.url = SLICE_LITERAL(" HTTP://Example.org#x ")},
                               NULL, SLICE_LITERAL("a"));
    CU_ASSERT(slice_is(r.url, "http://example.org/") && slice_equal(r.id, r.url));
    CU_ASSERT(r.given_id.len == 0);
    r = complete((struct report){.url = SLICE_LITERAL("http://example.org/"),
                                 .given_id = SLICE_LITERAL(" k-9 ")},
                 NULL, SLICE_LITERAL("a"));
    CU_ASSERT(slice_is(r.id, "k-9") && slice_is(r.given_id, "k-9"));
    r = complete(
        (struct report){.lang = SLICE_LITERAL("EN-gb"), .outlet = SLICE_LITERAL(" The\nVoice ")},
        NULL, SLICE_LITERAL("a"));
    CU_ASSERT(slice_is(r.lang, "en") && slice_is(r.outlet, "The Voice"));
}

static void replaced_bytes(void)
{
    scratch_log_start(&scratch);
    struct report r = complete((struct report){.outlet = SLICE_LITERAL("V\xFF")}, "T\xFE",
                               (struct slice){"one\0two\xC3", 8});
    const char *log = scratch_log_end(&scratch);
    CU_ASSERT(slice_is(r.text, "T\xEF\xBF\xBD\n\none\xEF\xBF\xBDtwo\xEF\xBF\xBD"));
    CU_ASSERT(strstr(log, "in.txt:7: 4 malformed") != NULL);
    CU_ASSERT(strchr(log, '\n') == log + strlen(log) - 1); /* once a report */
}

static void identity(void)
{
    struct slice body = SLICE_LITERAL("Three died.");
    struct report text = plain(NULL, "Three died."), other = plain(NULL, "Four died.");
    struct report id = complete((struct report){.given_id = SLICE_LITERAL("x")}, NULL, body);
    struct report id2 = complete((struct report){.given_id = SLICE_LITERAL("x")}, "T", body);
    struct report url = complete(
        (struct report){.url = SLICE_LITERAL("x"), .given_id = SLICE_LITERAL("y")}, NULL, body);
    struct report url2 = complete((struct report){.url = SLICE_LITERAL("x")}, "T", body);
    struct report text_x = plain(NULL, "x");
    CU_ASSERT(!same(report_identity(&text), report_identity(&other)));
    CU_ASSERT(same(report_identity(&id), report_identity(&id2)));
    CU_ASSERT(same(report_identity(&url), report_identity(&url2)));
    CU_ASSERT(!same(report_identity(&id), report_identity(&url)));
    CU_ASSERT(!same(report_identity(&id), report_identity(&text_x)));
}

static void edition(void)
{
    const struct report base = plain("Depot hit", "Three died.");
    struct report r = base;
    CU_ASSERT(same(report_edition(&base), report_edition(&r)));
    r.path = "elsewhere";
    r.given_id = SLICE_LITERAL("z");
    CU_ASSERT(same(report_edition(&base), report_edition(&r)));
    r = base, r.withdrawn = true;
    CU_ASSERT(!same(report_edition(&base), report_edition(&r)));
    r = base, r.outlet = SLICE_LITERAL("V");
    CU_ASSERT(!same(report_edition(&base), report_edition(&r)));
    r = base, r.published = (struct stamp){20411, -1, STAMP_NO_OFFSET};
    struct digest day = report_edition(&r);
    CU_ASSERT(!same(report_edition(&base), day));
    r.published.seconds = 0;
    CU_ASSERT(!same(day, report_edition(&r)));
    struct report untitled = plain(NULL, "Depot hit\n\nThree died.");
    CU_ASSERT(slice_equal(untitled.text, base.text));
    CU_ASSERT(!same(report_edition(&base), report_edition(&untitled)));
}

static void full_arena(void)
{
    struct error err = {0};
    struct report r = {.path = "in.txt", .published = STAMP_NONE};
    struct arena small;
    arena_init(&small, 8);
    CU_ASSERT(report_complete(&small, &r, SLICE_LITERAL("A title"), SLICE_LITERAL("and text"),
                              &err) == -1);
    CU_ASSERT(err.code == ERROR_LIMIT);
    arena_free(&small);
}

void suite_report(void)
{
    CU_pSuite suite = CU_add_suite("report", start, stop);
    CU_add_test(suite, "stored text", stored_text);
    CU_add_test(suite, "no text", no_text);
    CU_add_test(suite, "names", names);
    CU_add_test(suite, "replaced bytes", replaced_bytes);
    CU_add_test(suite, "identity", identity);
    CU_add_test(suite, "edition", edition);
    CU_add_test(suite, "full arena", full_arena);
}
