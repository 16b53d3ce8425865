#include <CUnit/CUnit.h>

#include "pipeline/again.h"

void suite_again(void);

/* A stored report is what a reader would give, but that its time is told in UTC. */
static void test_restore(void)
{
    const struct stored_report stored = {
        .ref = SLICE_LITERAL("r1"),
        .url = SLICE_LITERAL("https://news.example/1"),
        .title = SLICE_LITERAL("Two killed"),
        .text = SLICE_LITERAL("Two killed\n\nTwo people were killed."),
        .outlet = SLICE_LITERAL("Post"),
        .lang = SLICE_LITERAL("en"),
        .published = 1763500000, /* 2025-11-18T21:06:40Z */
        .published_has_time = true,
        .withdrawn = true,
    };
    struct report report;
    report_restore(&stored, &report);
    CU_ASSERT(slice_is(report.id, "r1"));
    CU_ASSERT(slice_equal(report.url, stored.url));
    CU_ASSERT(slice_is(slice_sub(report.text, 0, report.title_len), "Two killed"));
    CU_ASSERT(slice_equal(report.outlet, stored.outlet));
    CU_ASSERT(slice_equal(report.lang, stored.lang));
    CU_ASSERT(report.withdrawn);
    CU_ASSERT(!report.rejected);
    CU_ASSERT_STRING_EQUAL(report.path, "");
    CU_ASSERT_EQUAL(report.published.day, day_from_civil(2025, 11, 18));
    CU_ASSERT_EQUAL(report.published.seconds, 21 * 3600 + 6 * 60 + 40);
    CU_ASSERT_EQUAL(stamp_instant(report.published), stored.published);
}

static void test_restore_dates(void)
{
    struct stored_report stored = {.text = SLICE_LITERAL("x"), .path = SLICE_LITERAL("in.txt")};
    struct report report;
    stored.published = INSTANT_NONE;
    report_restore(&stored, &report);
    CU_ASSERT_EQUAL(report.published.day, DAY_NONE);
    CU_ASSERT_EQUAL(report.title_len, 0);
    CU_ASSERT_STRING_EQUAL(report.path, "in.txt");
    stored.published = -86400; /* a day without a clock, before the epoch */
    report_restore(&stored, &report);
    CU_ASSERT_EQUAL(report.published.day, day_from_civil(1969, 12, 31));
    CU_ASSERT_EQUAL(report.published.seconds, -1);
    CU_ASSERT_EQUAL(report.published.offset, STAMP_NO_OFFSET);
    stored.published = -1;
    stored.published_has_time = true;
    report_restore(&stored, &report);
    CU_ASSERT_EQUAL(report.published.day, day_from_civil(1969, 12, 31));
    CU_ASSERT_EQUAL(report.published.seconds, 86399);
}

void suite_again(void)
{
    CU_pSuite suite = CU_add_suite("again", NULL, NULL);
    CU_add_test(suite, "restore", test_restore);
    CU_add_test(suite, "restore dates", test_restore_dates);
}
