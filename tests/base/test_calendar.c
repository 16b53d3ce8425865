#include "base/calendar.h"

#include <CUnit/CUnit.h>

void suite_calendar(void);

static void test_days(void)
{
    static const struct {
        int year, month, day;
        day_number number;
        int weekday;
    } CASES[] = {
        {1970, 1, 1, 0, 4},      {1969, 12, 31, -1, 3},      {2000, 2, 29, 11016, 2},
        {2024, 2, 29, 19782, 4}, {2025, 11, 19, 20411, 3},   {1900, 3, 1, -25508, 4},
        {1, 1, 1, -719162, 1},   {9999, 12, 31, 2932896, 5},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int year, month, day;
        CU_ASSERT_EQUAL(day_from_civil(CASES[i].year, CASES[i].month, CASES[i].day),
                        CASES[i].number);
        CU_ASSERT_EQUAL(day_weekday(CASES[i].number), CASES[i].weekday);
        day_to_civil(CASES[i].number, &year, &month, &day);
        CU_ASSERT_TRUE(year == CASES[i].year && month == CASES[i].month && day == CASES[i].day);
    }
}

static void test_no_such_day(void)
{
    static const int CASES[][3] = {{2023, 2, 29}, {1900, 2, 29}, {2025, 4, 31}, {2025, 13, 1},
                                   {2025, 0, 1},  {2025, 1, 0},  {2025, 1, 32}, {10000, 1, 1}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        CU_ASSERT_EQUAL(day_from_civil(CASES[i][0], CASES[i][1], CASES[i][2]), DAY_NONE);
}

static void test_every_day_round_trips(void)
{
    int weekday = day_weekday(-800000);
    for (day_number d = -800000; d < 800000; d++, weekday = weekday % 7 + 1) {
        int year, month, day;
        day_to_civil(d, &year, &month, &day);
        if (day_from_civil(year, month, day) != d || day_weekday(d) != weekday)
            CU_FAIL_FATAL("a day did not come back");
    }
}

static void test_stamps(void)
{
    static const struct {
        const char *text;
        int32_t seconds;
        int32_t offset;
        instant at;
    } CASES[] = {
        {"2025-11-19", -1, STAMP_NO_OFFSET, 1763510400},
        {" 2025-11-19 ", -1, STAMP_NO_OFFSET, 1763510400},
        {"2025-11-19T07:30", 27000, STAMP_NO_OFFSET, 1763537400},
        {"2025-11-19T07:30Z", 27000, 0, 1763537400},
        {"2025-11-19 07:30:15+02:00", 27015, 7200, 1763530215},
        {"2025-11-19T07:30:15.123456-0530", 27015, -19800, 1763557215},
        {"2025-11-19T07:30+02", 27000, 7200, 1763530200},
        {"2016-12-31T23:59:60Z", 86399, 0, 1483228799},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct stamp stamp = STAMP_NONE;
        CU_ASSERT_EQUAL(stamp_parse(slice_of(CASES[i].text), &stamp, NULL), 0);
        CU_ASSERT_EQUAL(stamp.seconds, CASES[i].seconds);
        CU_ASSERT_EQUAL(stamp.offset, CASES[i].offset);
        CU_ASSERT_EQUAL(stamp_instant(stamp), CASES[i].at);
    }
    CU_ASSERT_EQUAL(stamp_instant(STAMP_NONE), INSTANT_NONE);
}

static void test_bad_stamps(void)
{
    static const char *const CASES[] = {
        "",
        "yesterday",
        "2025-11",
        "2025-11-19T",
        "2025-11-19T7:30",
        "2025-11-19T24:00",
        "2025-11-19T07:60",
        "2025-11-19T07:30:61",
        "2025-11-19T07:30+",
        "2025-11-19T07:30+19:00",
        "2025-11-19T07:30Zx",
        "2025-02-30",
        "19.11.2025",
        "2025-11-19T07:30:15.",
        "2025/11/19",
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct stamp stamp;
        struct error err = {0};
        CU_ASSERT_EQUAL(stamp_parse(slice_of(CASES[i]), &stamp, &err), -1);
        CU_ASSERT_EQUAL(err.code, ERROR_INPUT);
    }
}

static void test_formats(void)
{
    char out[40];
    day_format(20411, out);
    CU_ASSERT_STRING_EQUAL(out, "2025-11-19");
    day_format(DAY_NONE, out);
    CU_ASSERT_STRING_EQUAL(out, "");
    instant_format(1763481600, 7200, out);
    CU_ASSERT_STRING_EQUAL(out, "2025-11-18T18:00+02:00");
    instant_format(1763481605, -12600, out);
    CU_ASSERT_STRING_EQUAL(out, "2025-11-18T12:30:05-03:30");
    instant_format(-1, 0, out);
    CU_ASSERT_STRING_EQUAL(out, "1969-12-31T23:59:59+00:00");
    instant_format(INSTANT_NONE, 0, out);
    CU_ASSERT_STRING_EQUAL(out, "");
    instant_format(INT64_MAX, INT32_MAX, out);
    CU_ASSERT_STRING_EQUAL(out, "");
}

void suite_calendar(void)
{
    CU_pSuite suite = CU_add_suite("calendar", NULL, NULL);
    CU_add_test(suite, "days and weekdays", test_days);
    CU_add_test(suite, "days that do not exist", test_no_such_day);
    CU_add_test(suite, "every day of 4000 years comes back", test_every_day_round_trips);
    CU_add_test(suite, "dates, clocks and offsets are read", test_stamps);
    CU_add_test(suite, "anything else is refused", test_bad_stamps);
    CU_add_test(suite, "dates and instants are written", test_formats);
}
