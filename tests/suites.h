/*
 * Every CUnit suite, one line each, in the order of the floors: SUITE(arena) stands for
 * `void suite_arena(void)` in tests/base/test_arena.c, which registers the suite.
 * No include guard: runner.c includes this list twice.
 */
/* clang-format off */

/* base */

/* text */

/* read */
SUITE(url)
SUITE(report)
SUITE(stream)
SUITE(input_json)
SUITE(reader)

/* rules */

/* extract */

/* reconcile */

/* store */

/* pipeline */

/* report */

/* cli */
