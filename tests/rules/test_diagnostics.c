#include "rules/diagnostics.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void suite_diagnostics(void);

static void test_suggest(void)
{
    static const struct {
        const char *word, *expected;
    } CASES[] = {{"killd", "killed"},
                 {"kliled", "killed"},
                 {"wounded", "wounded"},
                 {"zebra", ""},
                 {"macth", "match"},
                 {"x", ""},
                 {"", ""},
                 {"mathc", "match"},
                 {"killedkilledkilled", ""}};
    struct slice names[] = {SLICE_LITERAL("killed"), SLICE_LITERAL("wounded"), SLICE_NONE,
                            SLICE_LITERAL("match"), SLICE_LITERAL("marsh")};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct slice got = suggest(slice_of(CASES[i].word), names, 5);
        CU_assertImplementation(slice_is(got, CASES[i].expected), __LINE__, CASES[i].word, __FILE__,
                                "", CU_FALSE);
    }
}

static void test_suggest_takes_the_first_of_equals(void)
{
    struct slice names[] = {SLICE_LITERAL("cat"), SLICE_LITERAL("bat")};
    CU_ASSERT(slice_is(suggest(SLICE_LITERAL("rat"), names, 2), "cat"));
}

/* The findings of a list as printed; `name` is a file that holds `content`. */
static void check_printed(struct diagnostics *list, const char *expected)
{
    struct buffer out;
    buffer_init(&out, 1 << 20);
    diagnostics_print(list, &out);
    CU_ASSERT(slice_is(buffer_slice(&out), expected));
    if (!slice_is(buffer_slice(&out), expected))
        printf("--- got\n%.*s--- expected\n%s", (int)out.len, out.ptr ? out.ptr : "", expected);
    buffer_free(&out);
}

static void test_print_without_file(void)
{
    struct arena arena;
    struct diagnostics list;
    arena_init(&arena, 1 << 20);
    diagnostics_init(&list, &arena);
    CU_ASSERT_EQUAL(diagnostics_add(&list, SEVERITY_WARNING, (struct location){"b.yml", 7, 2, 3},
                                    NULL, "second"),
                    -1);
    diagnostics_add(&list, SEVERITY_ERROR, (struct location){"b.yml", 2, 9, 0}, "try %s",
                    "first %d", 1);
    diagnostics_add(&list, SEVERITY_ERROR, (struct location){"a.yml", 0, 0, 0}, NULL, "no file");
    CU_ASSERT_EQUAL(list.n_errors, 2);
    CU_ASSERT_EQUAL(list.n_warnings, 1);
    check_printed(&list, "a.yml: error: no file\n"
                         "b.yml:2:9: error: first 1\n      | try %s\n"
                         "b.yml:7:2: warning: second\n");
    arena_free(&arena);
}

static void test_print_source(void)
{
    static const char CONTENT[] =
        "one\n  match: \xC3\xA9t\xC3\xA9 <killd>\n\ttab\x01\x1b[0m here\n";
    char name[] = "/tmp/test_diagnostics.XXXXXX";
    int fd = mkstemp(name);
    CU_ASSERT_FATAL(fd >= 0);
    CU_ASSERT_EQUAL(write(fd, CONTENT, sizeof CONTENT - 1), (ssize_t)sizeof CONTENT - 1);
    close(fd);
    struct arena arena;
    struct diagnostics list;
    arena_init(&arena, 1 << 20);
    diagnostics_init(&list, &arena);
    diagnostics_add(&list, SEVERITY_ERROR, (struct location){name, 2, 16, 7}, "<killed>?", "wrong");
    diagnostics_add(&list, SEVERITY_NOTE, (struct location){name, 3, 2, 3}, NULL, "odd");
    diagnostics_add(&list, SEVERITY_ERROR, (struct location){name, 3, 900, 3}, NULL, "beyond");
    char expected[1024];
    snprintf(expected, sizeof expected,
             "%s:2:16: error: wrong\n    2 |   match: \xC3\xA9t\xC3\xA9 <killd>\n"
             "      |              ^^^^^^^ <killed>?\n"
             "%s:3:2: note: odd\n    3 | \ttab??[0m here\n      | \t^^^\n"
             "%s:3:900: error: beyond\n",
             name, name, name);
    check_printed(&list, expected);
    unlink(name);
    arena_free(&arena);
}

static void test_full_arena_still_counts(void)
{
    struct arena arena;
    struct diagnostics list;
    arena_init(&arena, 600);
    diagnostics_init(&list, &arena);
    for (int i = 0; i < 100; i++)
        diagnostics_add(&list, SEVERITY_ERROR, (struct location){"f", 1, 1, 1}, "hint", "text");
    CU_ASSERT_EQUAL(list.n_errors, 100);
    CU_ASSERT(list.n_items < 100);
    arena_free(&arena);
}

void suite_diagnostics(void)
{
    CU_pSuite suite = CU_add_suite("diagnostics", NULL, NULL);
    CU_add_test(suite, "suggests the nearest name", test_suggest);
    CU_add_test(suite, "suggests the first of equals", test_suggest_takes_the_first_of_equals);
    CU_add_test(suite, "prints sorted, without a file", test_print_without_file);
    CU_add_test(suite, "prints the source line with a caret", test_print_source);
    CU_add_test(suite, "counts also when memory is out", test_full_arena_still_counts);
}
