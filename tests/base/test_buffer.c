#include "base/buffer.h"

#include <CUnit/CUnit.h>

void suite_buffer(void);

static void test_appends(void)
{
    struct buffer buffer;
    buffer_init(&buffer, 1000);
    buffer_add_text(&buffer, "killed ");
    buffer_add_int(&buffer, 19);
    buffer_add_char(&buffer, ',');
    buffer_format(&buffer, " %s %d", "wounded", 66);
    buffer_add_slice(&buffer, SLICE_NONE);
    CU_ASSERT_STRING_EQUAL(buffer.ptr, "killed 19, wounded 66");
    char *room = buffer_reserve(&buffer, 3);
    CU_ASSERT_PTR_NOT_NULL_FATAL(room);
    memcpy(room, "abc", 3);
    buffer.len += 3;
    CU_ASSERT_TRUE(slice_is(buffer_slice(&buffer), "killed 19, wounded 66abc"));
    CU_ASSERT_EQUAL(buffer_check(&buffer, NULL), 0);
    buffer_free(&buffer);
}

static void test_integers(void)
{
    static const struct {
        int64_t value;
        const char *text;
    } CASES[] = {
        {0, "0"},
        {-1, "-1"},
        {INT64_MAX, "9223372036854775807"},
        {INT64_MIN, "-9223372036854775808"},
    };
    struct buffer buffer;
    buffer_init(&buffer, 100);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        buffer_clear(&buffer);
        buffer_add_int(&buffer, CASES[i].value);
        CU_ASSERT_STRING_EQUAL(buffer.ptr, CASES[i].text);
    }
    buffer_free(&buffer);
}

static void test_cap(void)
{
    struct buffer buffer;
    struct error err = {0};
    buffer_init(&buffer, 10);
    buffer_add_text(&buffer, "0123456789");
    CU_ASSERT_EQUAL(buffer_check(&buffer, &err), 0);
    buffer_add_char(&buffer, 'x');
    buffer_add_text(&buffer, "");
    CU_ASSERT_STRING_EQUAL(buffer.ptr, "0123456789");
    CU_ASSERT_EQUAL(buffer_check(&buffer, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_LIMIT);
    CU_ASSERT_PTR_NULL(buffer_reserve(&buffer, 1));
    buffer_clear(&buffer);
    buffer_format(&buffer, "%011d", 1);
    CU_ASSERT_EQUAL(buffer_check(&buffer, &err), -1);
    buffer_clear(&buffer);
    buffer_add(&buffer, "x", SIZE_MAX);
    CU_ASSERT_EQUAL(buffer_check(&buffer, &err), -1);
    buffer_free(&buffer);
    buffer_add_text(&buffer, "again");
    CU_ASSERT_STRING_EQUAL(buffer.ptr, "again");
    buffer_free(&buffer);
}

static void test_growth(void)
{
    struct buffer buffer;
    buffer_init(&buffer, 1 << 20);
    for (int i = 0; i < 100000; i++)
        buffer_add_char(&buffer, (char)('a' + i % 26));
    CU_ASSERT_EQUAL(buffer.len, 100000);
    for (int i = 0; i < 100000; i++)
        CU_ASSERT_EQUAL_FATAL(buffer.ptr[i], (char)('a' + i % 26));
    buffer_free(&buffer);
}

void suite_buffer(void)
{
    CU_pSuite suite = CU_add_suite("buffer", NULL, NULL);
    CU_add_test(suite, "appends", test_appends);
    CU_add_test(suite, "integers to the last digit", test_integers);
    CU_add_test(suite, "the first append beyond the cap fails, and all after it", test_cap);
    CU_add_test(suite, "content survives growth", test_growth);
}
