#include <CUnit/CUnit.h>

#include "pipeline/coverage.h"

void suite_coverage(void);

static void test_counting(void)
{
    struct coverage coverage;
    struct error err = {0};
    struct sentence sentences[] = {{.start = 0, .end = 5}, {.start = 6, .end = 12}};
    const struct document doc = {
        .text = SLICE_LITERAL("First second"), .sentences = sentences, .n_sentences = 2};
    struct report one = {.id = SLICE_LITERAL("one")}, two = {.id = SLICE_LITERAL("two")};
    struct uncovered found[] = {{.sentence = 0, .shape = SLICE_LITERAL("z")},
                                {.sentence = 1, .shape = SLICE_LITERAL("b")},
                                {.sentence = 0, .shape = SLICE_LITERAL("a")}};
    coverage_init(&coverage);
    CU_ASSERT_EQUAL(coverage_add(&coverage, &one, &doc, found, 1, &err), 0);
    CU_ASSERT_EQUAL(coverage_add(&coverage, &two, &doc, found, 3, &err), 0);
    found[0].shape = SLICE_NONE; /* what is kept is a copy */
    coverage_sort(&coverage);
    CU_ASSERT_EQUAL(coverage.n_sentences, 4);
    CU_ASSERT_EQUAL_FATAL(coverage.n_shapes, 3);
    CU_ASSERT(slice_is(coverage.shapes[0].shape, "z"));
    CU_ASSERT_EQUAL(coverage.shapes[0].n, 2);
    CU_ASSERT(slice_is(coverage.shapes[0].report, "one"));
    CU_ASSERT(slice_is(coverage.shapes[0].sentence, "First"));
    CU_ASSERT(slice_is(coverage.shapes[1].shape, "a"));
    CU_ASSERT(slice_is(coverage.shapes[2].sentence, "second"));
    coverage_free(&coverage);
}

void suite_coverage(void)
{
    CU_pSuite suite = CU_add_suite("coverage", NULL, NULL);
    CU_add_test(suite, "counting", test_counting);
}
