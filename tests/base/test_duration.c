#include "base/duration.h"

#include <CUnit/CUnit.h>

void suite_duration(void);

static void test_read(void)
{
    static const struct {
        const char *text;
        int64_t seconds; /* -1: refused */
    } CASES[] = {
        {"10 min", 600},     {"10min", 600},    {" 1 hour ", 3600},
        {"2 days", 172800},  {"0 s", 0},        {"90 seconds", 90},
        {"366 d", 31622400}, {"367 d", -1},     {"10", -1},
        {"min", -1},         {"", -1},          {"-1 s", -1},
        {"1.5 h", -1},       {"10 minuts", -1}, {"9999999999999999999999 s", -1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t seconds = -1;
        struct error err;
        int rc = duration_parse(slice_of(CASES[i].text), &seconds, &err);
        CU_ASSERT_EQUAL(rc, CASES[i].seconds < 0 ? -1 : 0);
        CU_ASSERT_EQUAL(seconds, CASES[i].seconds);
    }
}

void suite_duration(void)
{
    CU_pSuite suite = CU_add_suite("duration", NULL, NULL);
    CU_add_test(suite, "read", test_read);
}
