#include "extract/times.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "sentence_reading.h"

void suite_times(void);

static const char *ZONE = "Europe/Kyiv";

static void say_when(struct reading *r, const struct when *when)
{
    char start[40] = "?", end[40] = "?", day[16] = "?";
    if (when->start != INSTANT_NONE)
        instant_format(when->start, when->offset_start, start);
    if (when->end != INSTANT_NONE)
        instant_format(when->end, when->offset_end, end);
    if (when->local_date != DAY_NONE)
        day_format(when->local_date, day);
    reading_say(r, "%.*s: %s .. %s, %s, %s; ", SLICE_ARG(when->phrase), start, end, day,
                when_precision_names[when->precision]);
}

/* Every time phrase by itself. */
static void say_times(struct reading *r)
{
    for (size_t i = 0; i < r->values.n_times; i++) {
        const struct time_mention *mention = &r->values.times[i];
        struct when when;
        struct error err;
        CU_ASSERT_EQUAL(times_resolve(&r->values, &mention, 1, slice_of(ZONE), &when, &err), 0);
        say_when(r, &when);
    }
}

/* All time phrases as one. */
static void say_together(struct reading *r)
{
    const struct time_mention *mentions[8];
    size_t n = 0;
    struct when when;
    struct error err;
    for (; n < r->values.n_times && n < 8; n++)
        mentions[n] = &r->values.times[n];
    CU_ASSERT_EQUAL(times_resolve(&r->values, mentions, n, slice_of(ZONE), &when, &err), 0);
    say_when(r, &when);
}

/* Published on Wednesday, 19 November 2025. */
static void test_days(void)
{
    READINGS(
        "2025-11-19", say_times,
        {"Overnight, drones came.",
         "Overnight: 2025-11-18T18:00+02:00 .. 2025-11-19T10:00+02:00, 2025-11-19, night; "},
        {"It rained on the night of 18 to 19 November.",
         "on the night of 18 to 19 November: 2025-11-18T18:00+02:00 .. "
         "2025-11-19T10:00+02:00, 2025-11-19, night; "},
        {"It rained on Wednesday.",
         "on Wednesday: 2025-11-19T00:00+02:00 .. 2025-11-20T00:00+02:00, 2025-11-19, day; "},
        {"It rained on Thursday.",
         "on Thursday: 2025-11-13T00:00+02:00 .. 2025-11-14T00:00+02:00, 2025-11-13, day; "},
        {"It rained yesterday.",
         "yesterday: 2025-11-18T00:00+02:00 .. 2025-11-19T00:00+02:00, 2025-11-18, day; "},
        {"Two days ago it rained.",
         "Two days ago: 2025-11-17T00:00+02:00 .. 2025-11-18T00:00+02:00, 2025-11-17, day; "},
        {"On 12 May it rained.",
         "On 12 May: 2025-05-12T00:00+03:00 .. 2025-05-13T00:00+03:00, 2025-05-12, day; "},
        {"On 21 November it rained.",
         "On 21 November: 2025-11-21T00:00+02:00 .. 2025-11-22T00:00+02:00, 2025-11-21, day; "},
        {"On 22 November it rained.",
         "On 22 November: 2024-11-22T00:00+02:00 .. 2024-11-23T00:00+02:00, 2024-11-22, day; "},
        {"On 29 February it rained.",
         "On 29 February: 2024-02-29T00:00+02:00 .. 2024-03-01T00:00+02:00, 2024-02-29, day; "},
        {"On February 30, 2024 it rained.", "On February 30, 2024: ? .. ?, ?, unknown; "},
        {"In March 2022 it rained.",
         "In March 2022: 2022-03-01T00:00+02:00 .. 2022-04-01T00:00+03:00, ?, month; "},
        {"It rained last week.",
         "last week: 2025-11-12T00:00+02:00 .. 2025-11-19T00:00+02:00, ?, range; "});
}

static void test_parts_of_day(void)
{
    READINGS(
        "2025-11-19", say_times,
        {"At 3 a.m. it rained.",
         "At 3 a.m.: 2025-11-19T03:00+02:00 .. 2025-11-19T03:00+02:00, 2025-11-19, minute; "},
        {"It rained at 12:05 p.m. in town.",
         "at 12:05 p.m.: 2025-11-19T12:05+02:00 .. 2025-11-19T12:05+02:00, 2025-11-19, minute; "},
        {"It rained between 2 and 4 a.m. in town.",
         "between 2 and 4 a.m.: 2025-11-19T02:00+02:00 .. 2025-11-19T04:00+02:00, 2025-11-19, "
         "part; "},
        {"It rained on Tuesday morning.",
         "on Tuesday morning: 2025-11-18T06:00+02:00 .. 2025-11-18T12:00+02:00, 2025-11-18, "
         "part; "});
    /* At 07:30 the evening had not come yet. */
    READINGS(
        "2025-11-19T07:30+02:00", say_times,
        {"It rained in the evening.",
         "in the evening: 2025-11-18T18:00+02:00 .. 2025-11-18T23:59+02:00, 2025-11-18, part; "});
}

static void test_together(void)
{
    READINGS("2025-11-19", say_together,
             {"At 3 a.m. the rain came, on Monday.",
              "on Monday: 2025-11-17T03:00+02:00 .. 2025-11-17T03:00+02:00, 2025-11-17, minute; "},
             {"Overnight, at 11:30 p.m., the rain came.",
              "Overnight, at 11:30 p.m.: 2025-11-18T23:30+02:00 .. 2025-11-18T23:30+02:00, "
              "2025-11-19, minute; "});
}

/* The stamp's clock and zone decide which day it was in the place. */
static void test_publication(void)
{
    READINGS("2025-11-18T23:30Z", say_times,
             {"Overnight, drones came.",
              "Overnight: 2025-11-18T18:00+02:00 .. 2025-11-19T10:00+02:00, 2025-11-19, night; "});
    READINGS("2025-11-19T01:00+09:00", say_times,
             {"It rained yesterday.",
              "yesterday: 2025-11-17T00:00+02:00 .. 2025-11-18T00:00+02:00, 2025-11-17, day; "});
    READINGS(
        NULL, say_times, {"It rained on Wednesday.", "on Wednesday: ? .. ?, ?, unknown; "},
        {"It rained on 12 May.", "on 12 May: ? .. ?, ?, unknown; "},
        {"It rained overnight.", "overnight: ? .. ?, ?, unknown; "},
        {"It rained on 12 May 2024.",
         "on 12 May 2024: 2024-05-12T00:00+03:00 .. 2024-05-13T00:00+03:00, 2024-05-12, day; "});
}

static void test_default(void)
{
    READINGS(
        "2025-11-18T23:30Z", say_together,
        {"It rained.", ": 2025-11-19T00:00+02:00 .. 2025-11-20T00:00+02:00, 2025-11-19, day; "});
    READINGS(NULL, say_together, {"It rained.", ": ? .. ?, ?, unknown; "});
}

static int32_t offset(const char *zone, int month)
{
    return zone_offset(slice_of(zone), day_from_civil(2025, month, 15), 12 * 3600);
}

static void test_zones(void)
{
    CU_ASSERT_EQUAL(offset("Europe/Kyiv", 1), 7200);
    CU_ASSERT_EQUAL(offset("Europe/Kyiv", 7), 10800);
    CU_ASSERT_EQUAL(offset("Europe/Kiev", 7), 10800);
    CU_ASSERT_EQUAL(offset("Asia/Kabul", 1), 16200);
    CU_ASSERT_EQUAL(offset("America/Chicago", 1), -21600);
    CU_ASSERT_EQUAL(offset("No/Such", 1), 0);
    CU_ASSERT_EQUAL(offset("../../etc/passwd", 1), 0);
    CU_ASSERT_EQUAL(offset("/usr/share/zoneinfo/Europe/Kyiv", 1), 0);
    CU_ASSERT_EQUAL(zone_offset(SLICE_NONE, 0, 0), 0);
    /* 26 October 2025: at 04:00 summer time ends in Kyiv. */
    CU_ASSERT_EQUAL(zone_offset(slice_of("Europe/Kyiv"), day_from_civil(2025, 10, 26), 3600),
                    10800);
    CU_ASSERT_EQUAL(zone_offset(slice_of("Europe/Kyiv"), day_from_civil(2025, 10, 26), 5 * 3600),
                    7200);
}

void suite_times(void)
{
    CU_pSuite suite = CU_add_suite("times", NULL, NULL);
    CU_add_test(suite, "days", test_days);
    CU_add_test(suite, "parts of the day", test_parts_of_day);
    CU_add_test(suite, "phrases together", test_together);
    CU_add_test(suite, "publication", test_publication);
    CU_add_test(suite, "default", test_default);
    CU_add_test(suite, "zones", test_zones);
}
