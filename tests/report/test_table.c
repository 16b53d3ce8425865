#include <CUnit/CUnit.h>

#include "report/table.h"

void suite_table(void);

static void check(const struct slice *cells, size_t n, const char *expected)
{
    static const struct table_column columns[] = {{"Place", TABLE_LEFT, 8},
                                                  {"Killed", TABLE_RIGHT, 9}};
    struct buffer out;
    buffer_init(&out, 1 << 16);
    table_write(&out, columns, 2, cells, n);
    CU_ASSERT_STRING_EQUAL(out.ptr, expected);
    buffer_free(&out);
}

static void test_widths(void)
{
    const struct slice cells[] = {SLICE_LITERAL("Lviv"), SLICE_LITERAL("19"), SLICE_NONE,
                                  SLICE_LITERAL("100-200+")};
    check(cells, 2,
          "Place    Killed\n"
          "─────  ────────\n"
          "Lviv         19\n"
          "       100-200+\n");
    check(cells, 0,
          "Place  Killed\n"
          "─────  ──────\n");
}

/* Columns are what a terminal shows: Cyrillic letters one, wide ones two, marks none. */
static void test_characters(void)
{
    const struct slice cells[] = {SLICE_LITERAL("Київ"),
                                  SLICE_LITERAL("1"),
                                  SLICE_LITERAL("北京"),
                                  SLICE_LITERAL("2"),
                                  SLICE_LITERAL("Novi\u0301 Sad and more"),
                                  SLICE_LITERAL("3")};
    check(cells, 3,
          "Place     Killed\n"
          "────────  ──────\n"
          "Київ           1\n"
          "北京           2\n"
          "Novi\u0301 Sa…       3\n");
}

void suite_table(void)
{
    CU_pSuite suite = CU_add_suite("table", NULL, NULL);
    CU_add_test(suite, "widths", test_widths);
    CU_add_test(suite, "characters", test_characters);
}
