#include "base/error.h"

#include <CUnit/CUnit.h>

void suite_error(void);

static void test_set_and_describe(void)
{
    struct error err;
    char text[600];
    CU_ASSERT_EQUAL(error_set(NULL, ERROR_IO, "dropped"), -1);
    CU_ASSERT_EQUAL(error_at(&err, ERROR_RULES, "a.yml", 14, 12, "unknown field <%s>", "killd"),
                    -1);
    error_describe(&err, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "a.yml:14:12: unknown field <killd>");
    CU_ASSERT_EQUAL(err.code, ERROR_RULES);
    error_at(&err, ERROR_INPUT, "b.txt", 3, 0, "x");
    error_describe(&err, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "b.txt:3: x");
    error_at(&err, ERROR_INPUT, "b.txt", 0, 0, "x");
    error_describe(&err, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "b.txt: x");
    error_set(&err, ERROR_USAGE, "y");
    error_describe(&err, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "y");
    CU_ASSERT_EQUAL(err.line, 0);
}

static void test_wrapping_and_truncation(void)
{
    struct error err;
    char text[8];
    error_set(&err, ERROR_IO, "no such file");
    error_set(&err, ERROR_CONFIG, "settings: %s", err.text);
    CU_ASSERT_STRING_EQUAL(err.text, "settings: no such file");
    error_set(&err, ERROR_IO, "%2000d", 1);
    CU_ASSERT_EQUAL(strlen(err.text), sizeof err.text - 1);
    error_describe(&err, text, sizeof text);
    CU_ASSERT_EQUAL(strlen(text), sizeof text - 1);
}

void suite_error(void)
{
    CU_pSuite suite = CU_add_suite("error", NULL, NULL);
    CU_add_test(suite, "places are written as far as known", test_set_and_describe);
    CU_add_test(suite, "an error wraps itself and is cut to fit", test_wrapping_and_truncation);
}
