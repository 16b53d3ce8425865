#include <CUnit/CUnit.h>

#include "report/period.h"

void suite_period(void);

static struct period parsed(const char *text, const char *anchor)
{
    struct period period = {0};
    struct stamp stamp = STAMP_NONE;
    struct error err = {0};
    CU_ASSERT_EQUAL_FATAL(anchor ? stamp_parse(slice_of(anchor), &stamp, &err) : 0, 0);
    CU_ASSERT_EQUAL_FATAL(period_parse(text, stamp.day, &period, &err), 0);
    return period;
}

static void expect(struct period period, const char *from, const char *to, const char *before)
{
    char text[16];
    day_format(period.from, text);
    CU_ASSERT_STRING_EQUAL(text, from);
    day_format(period.to, text);
    CU_ASSERT_STRING_EQUAL(text, to);
    day_format(period.before, text);
    CU_ASSERT_STRING_EQUAL(text, before);
}

static void test_lengths(void)
{
    expect(parsed("day", "2025-11-19"), "2025-11-19", "2025-11-19", "2025-11-18");
    expect(parsed("week", "2025-03-02"), "2025-02-24", "2025-03-02", "2025-02-17");
    expect(parsed("month", "2024-02-10"), "2024-02-01", "2024-02-29", "2024-01-01");
    expect(parsed("month", "2025-01-31"), "2025-01-01", "2025-01-31", "2024-12-01");
    expect(parsed("month", "2025-12-01"), "2025-12-01", "2025-12-31", "2025-11-01");
}

static void test_named_days(void)
{
    expect(parsed("2025-11-17..2025-11-23", NULL), "2025-11-17", "2025-11-23", "2025-11-10");
    expect(parsed("2025-11-19..2025-11-19", NULL), "2025-11-19", "2025-11-19", "2025-11-18");
}

static void test_refusals(void)
{
    static const char *const wrong[] = {"",
                                        "fortnight",
                                        "..",
                                        "2025-11-19..",
                                        "2025-11-23..2025-11-17",
                                        "2025-02-30..2025-03-01",
                                        "2025-11-19T10:00..2025-11-20",
                                        "0001-01-01..2025-11-20"};
    struct period period;
    struct error err;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CU_ASSERT_EQUAL(period_parse(wrong[i], 20000, &period, &err), -1);
        CU_ASSERT_EQUAL(err.code, ERROR_USAGE);
    }
    CU_ASSERT_EQUAL(period_parse("week", DAY_NONE, &period, &err), -1);
}

static void test_titles(void)
{
    static const struct {
        const char *from, *to, *title;
    } cases[] = {
        {"2025-11-19", "2025-11-19", "19 November 2025"},
        {"2025-11-17", "2025-11-23", "17 to 23 November 2025"},
        {"2025-10-27", "2025-11-02", "27 October to 2 November 2025"},
        {"2025-12-29", "2026-01-04", "29 December 2025 to 4 January 2026"},
    };
    struct arena arena;
    struct stamp from, to;
    arena_init(&arena, 4096);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CU_ASSERT_EQUAL_FATAL(stamp_parse(slice_of(cases[i].from), &from, NULL), 0);
        CU_ASSERT_EQUAL_FATAL(stamp_parse(slice_of(cases[i].to), &to, NULL), 0);
        CU_ASSERT_STRING_EQUAL(period_title(&arena, from.day, to.day).ptr, cases[i].title);
    }
    arena_free(&arena);
}

void suite_period(void)
{
    CU_pSuite suite = CU_add_suite("period", NULL, NULL);
    CU_add_test(suite, "day, week and month count from the anchor", test_lengths);
    CU_add_test(suite, "named days are compared with as many before", test_named_days);
    CU_add_test(suite, "what is no period is refused", test_refusals);
    CU_add_test(suite, "titles leave out what repeats", test_titles);
}
