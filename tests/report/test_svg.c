#include <CUnit/CUnit.h>

#include "report/blocks.h"
#include "report/svg.h"

void suite_svg(void);

static void test_axis(void)
{
    static const struct {
        int64_t most, reach, step;
    } cases[] = {{0, 4, 1},    {1, 4, 1},     {4, 4, 1},       {5, 8, 2},       {19, 20, 5},
                 {21, 40, 10}, {95, 200, 50}, {476, 800, 200}, {800, 800, 200}, {801, 2000, 500}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t step;
        CU_ASSERT_EQUAL(axis_reach(cases[i].most, 4, &step), cases[i].reach);
        CU_ASSERT_EQUAL(step, cases[i].step);
    }
    int64_t step;
    CU_ASSERT(axis_reach(INT64_MAX, 4, &step) > 0);
}

static void expect_map(const struct chart *chart, const struct outlines *outlines, const char *part)
{
    struct buffer out;
    buffer_init(&out, (size_t)16 << 20);
    svg_map(&out, chart, outlines);
    CU_ASSERT_EQUAL(buffer_check(&out, NULL), 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(out.ptr, part));
    if (!strstr(out.ptr, part))
        printf("no '%s' in:\n%s\n", part, out.ptr);
    buffer_free(&out);
}

/* One mark stands in the middle; land around all of it fills the frame and no more. */
static void test_map(void)
{
    struct point point = {.label = SLICE_LITERAL("A & B"),
                          .link = SLICE_LITERAL("#incident-1"),
                          .x = 2500000,
                          .y = 4900000,
                          .low = 19,
                          .best = 19,
                          .high = 19,
                          .second = COUNT_OPEN};
    struct chart chart = {.kind = CHART_MAP,
                          .alt = SLICE_LITERAL("x"),
                          .first = "killed",
                          .points = &point,
                          .n_points = 1};
    struct outline land = {.kind = OUTLINE_LAND,
                           .west = -18000,
                           .south = -9000,
                           .east = 18000,
                           .north = 9000,
                           .points =
                               SLICE_LITERAL("-18000,-9000 36000,0 0,18000 -36000,0 0,-18000")};
    struct outlines outlines = {&land, 1};
    expect_map(&chart, NULL, "cx=\"300\" cy=\"");
    expect_map(&chart, NULL, "<title>A &amp; B: 19 killed</title>");
    expect_map(&chart, &outlines, "<path class=\"land\" d=\"M");
    /* Far away land is not drawn at all. */
    land.west = 10000;
    expect_map(&chart, &outlines, "<path class=\"land\" d=\"\"/>");
}

static void test_steps(void)
{
    struct slice rest = SLICE_LITERAL("10,20 -5,3 x");
    int32_t x = 0, y = 0;
    CU_ASSERT(outline_step(&rest, &x, &y));
    CU_ASSERT(x == 10 && y == 20);
    CU_ASSERT(outline_step(&rest, &x, &y));
    CU_ASSERT(x == 5 && y == 23);
    CU_ASSERT(!outline_step(&rest, &x, &y));
}

static void expect_range(int64_t low, int64_t best, int64_t high, const char *text)
{
    struct arena arena;
    arena_init(&arena, 4096);
    struct maker maker = {.arena = &arena};
    struct cell cell = cell_range(&maker, low, best, high);
    CU_ASSERT(text ? slice_is(cell.text, text) : cell.kind == CELL_NONE);
    arena_free(&arena);
}

static void test_ranges(void)
{
    expect_range(19, 19, 19, "19");
    expect_range(16, 19, 25, "19 (16-25)");
    expect_range(19, 19, COUNT_OPEN, "19+");
    expect_range(16, 19, COUNT_OPEN, "19 (16+)");
    expect_range(20, COUNT_OPEN, 60, "20-60");
    expect_range(COUNT_OPEN, COUNT_OPEN, 5, "up to 5");
    expect_range(COUNT_OPEN, 5, COUNT_OPEN, "about 5");
    expect_range(COUNT_OPEN, COUNT_OPEN, COUNT_OPEN, NULL);
}

static void test_links(void)
{
    CU_ASSERT(slice_is(cell_link(SLICE_LITERAL("t"), SLICE_LITERAL("https://a.example/")).link,
                       "https://a.example/"));
    CU_ASSERT(
        slice_is(cell_link(SLICE_LITERAL("t"), SLICE_LITERAL("#incident-1")).link, "#incident-1"));
    CU_ASSERT(!cell_link(SLICE_LITERAL("t"), SLICE_LITERAL("javascript:alert(1)")).link.len);
    CU_ASSERT(!cell_link(SLICE_LITERAL("t"), SLICE_LITERAL("file:///etc/passwd")).link.len);
}

void suite_svg(void)
{
    CU_pSuite suite = CU_add_suite("svg", NULL, NULL);
    CU_add_test(suite, "an axis has round steps and holds the greatest", test_axis);
    CU_add_test(suite, "a map shows its marks amid what lies around", test_map);
    CU_add_test(suite, "an outline's points are read step by step", test_steps);
    CU_add_test(suite, "a range reads as people write it", test_ranges);
    CU_add_test(suite, "links lead within the report or to web pages", test_links);
}
