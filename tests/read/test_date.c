#include <CUnit/CUnit.h>
#include <stdio.h>

#include "read/date.h"

void suite_date(void);

static void test_dates(void)
{
    static const struct {
        const char *text, *iso; /* NULL: no date */
    } cases[] = {
        {"2025-11-19", "2025-11-19"},
        {"2025-11-19T07:30:00.000Z", "2025-11-19T07:30Z"},
        {"2025-11-19T07:30:00+0200", "2025-11-19T07:30+02:00"},
        {"2025-11-19T07:30:00.123-05", "2025-11-19T07:30-05:00"},
        {"2025-11-19 07:30:00 +0200", "2025-11-19T07:30+02:00"},
        {"2025-11-19T07:30", "2025-11-19T07:30"},
        {"20251119T073000Z", "2025-11-19T07:30Z"},
        {"20251119073000", "2025-11-19T07:30Z"},
        {"20251119", "2025-11-19"},
        {"Wed, 19 Nov 2025 07:30:00 +0200", "2025-11-19T07:30+02:00"},
        {"19 Nov 2025 07:30 GMT", "2025-11-19T07:30Z"},
        {"Wed, 19 November 2025 07:30:00 EST", "2025-11-19T07:30-05:00"},
        {"Wed, 19-Nov-25 07:30:00 UTC", "2025-11-19T07:30Z"},
        {" Tue, 3 Jun 2008 11:05:30 +0000 (UTC) ", "2008-06-03T11:05:30Z"},
        {"Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59Z"},
        {"19 Nov 2025", "2025-11-19"},
        {"", NULL},
        {"last week", NULL},
        {"31 Feb 2025 00:00 GMT", NULL},
        {"2025-13-01", NULL},
        {"2025-11-19T25:00Z", NULL},
        {"2025-11-19T07:30 somewhere", NULL},
        {"Wed, 19 Nov 2025 07:30:00 ABC", NULL},
        {"1763530200", NULL},
        {"19", NULL},
        {"Nov 2025", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stamp got = STAMP_NONE, want = STAMP_NONE;
        struct error err;
        int result = date_read(slice_of(cases[i].text), &got, &err);
        if (cases[i].iso)
            CU_ASSERT_FATAL(stamp_parse(slice_of(cases[i].iso), &want, &err) == 0);
        bool good = (result == 0) == (cases[i].iso != NULL) &&
                    (result || (got.day == want.day && got.seconds == want.seconds &&
                                got.offset == want.offset));
        if (!good)
            printf("    %s: %d %d %d\n", cases[i].text, got.day, got.seconds, got.offset);
        CU_ASSERT(good);
    }
}

void suite_date(void)
{
    CU_pSuite suite = CU_add_suite("date", NULL, NULL);
    CU_add_test(suite, "dates", test_dates);
}
