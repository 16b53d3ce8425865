#include <CUnit/CUnit.h>

#include "store/copy_row.h"

static struct buffer out;
static struct copy_row row;

static void start(void)
{
    buffer_free(&out);
    buffer_init(&out, 1 << 20);
    copy_row_start(&row, &out);
}

#define EXPECT(expected) CU_ASSERT_STRING_EQUAL(out.ptr, expected)

static void test_values(void)
{
    start();
    copy_int(&row, INT64_MAX);
    copy_int(&row, -5);
    copy_int_or_null(&row, 7, 8);
    copy_int_or_null(&row, 8, 8);
    copy_bool(&row, true);
    copy_bool(&row, false);
    copy_text(&row, "site");
    copy_null(&row);
    copy_end(&row);
    copy_int(&row, 1);
    copy_end(&row);
    EXPECT("9223372036854775807\t-5\t7\t\\N\tt\tf\tsite\t\\N\n1\n");
}

static void test_escapes(void)
{
    start();
    copy_slice(&row, SLICE_LITERAL("a\tb\nc\rd\\e\bf\fg\vh"));
    copy_end(&row);
    EXPECT("a\\tb\\nc\\rd\\\\e\\bf\\fg\\vh\n");
    start();
    copy_slice(&row, SLICE_LITERAL("\\N"));
    copy_slice(&row, SLICE_LITERAL("\\."));
    copy_slice(&row, SLICE_NONE);
    copy_slice_or_null(&row, SLICE_NONE);
    copy_slice_or_null(&row, SLICE_LITERAL(""));
    copy_end(&row);
    EXPECT("\\\\N\t\\\\.\t\t\\N\t\\N\n");
}

static void test_malformed_utf8(void)
{
    start();
    copy_slice(&row, SLICE_LITERAL("\xC5\xBBytomyr \xD0\x96 \xE4\xB8\xAD \xF0\x9F\x98\x80"));
    copy_end(&row);
    EXPECT("\xC5\xBBytomyr \xD0\x96 \xE4\xB8\xAD \xF0\x9F\x98\x80\n");
    start();
    copy_slice(&row, SLICE_LITERAL("a\0b\xFF"
                                   "c\xC3"));
    copy_end(&row);
    EXPECT("a\xEF\xBF\xBD"
           "b\xEF\xBF\xBD"
           "c\xEF\xBF\xBD\n");
    start();
    copy_slice(&row, SLICE_LITERAL("\xEF\xBF\xBD!"));
    copy_end(&row);
    EXPECT("\xEF\xBF\xBD!\n");
}

static void test_times(void)
{
    start();
    copy_instant(&row, 1763539200);
    copy_instant(&row, 0);
    copy_instant(&row, -1);
    copy_instant(&row, INSTANT_NONE);
    copy_instant(&row, INT64_MAX);
    copy_instant(&row, -62135596800 - 1);
    copy_instant(&row, -62135596800);
    copy_end(&row);
    EXPECT("2025-11-19 08:00:00+00\t1970-01-01 00:00:00+00\t1969-12-31 23:59:59+00\t\\N\t\\N\t\\N\t"
           "0001-01-01 00:00:00+00\n");
    start();
    copy_day(&row, day_from_civil(2024, 2, 29));
    copy_day(&row, DAY_NONE);
    copy_day(&row, INT32_MAX);
    copy_end(&row);
    EXPECT("2024-02-29\t\\N\t\\N\n");
}

static void test_arrays(void)
{
    const struct slice items[] = {SLICE_LITERAL("Reuters"), SLICE_LITERAL("a \"b\" \\ c"),
                                  SLICE_LITERAL("x,{y}\n"), SLICE_NONE};
    start();
    copy_slices(&row, items, 4);
    copy_slices(&row, NULL, 0);
    copy_array_start(&row);
    copy_array_int(&row, 0, 1);
    copy_array_int(&row, 1, -2);
    copy_array_end(&row);
    copy_end(&row);
    EXPECT("{\"Reuters\",\"a \\\\\"b\\\\\" \\\\\\\\ c\",\"x,{y}\\n\",\"\"}\t{}\t{1,-2}\n");
}

static void test_digest(void)
{
    struct digest digest = digest_bytes("abc", 3);
    start();
    copy_digest(&row, &digest);
    copy_end(&row);
    EXPECT("\\\\xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
}

static int clean_up(void)
{
    buffer_free(&out);
    return 0;
}

void suite_copy_row(void);
void suite_copy_row(void)
{
    CU_pSuite suite = CU_add_suite("copy_row", NULL, clean_up);
    CU_add_test(suite, "numbers, flags, NULL", test_values);
    CU_add_test(suite, "escapes", test_escapes);
    CU_add_test(suite, "malformed UTF-8", test_malformed_utf8);
    CU_add_test(suite, "times and days", test_times);
    CU_add_test(suite, "arrays", test_arrays);
    CU_add_test(suite, "digests", test_digest);
}
