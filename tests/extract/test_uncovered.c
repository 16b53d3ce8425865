#include <CUnit/CUnit.h>
#include <stdio.h>

#include "extract/uncovered.h"
#include "minimal_rules.h"

void suite_uncovered(void);

static struct extractor extractor;
static struct arena arena;

static int start(void)
{
    arena_init(&arena, (size_t)64 << 20);
    extractor = minimal_extractor();
    return 0;
}

static int stop(void)
{
    ruleset_free((struct ruleset *)extractor.ruleset);
    arena_free(&arena);
    return 0;
}

/* The shapes of a text, "; " after each. */
static const char *shapes(const char *text)
{
    static char out[1024];
    struct report report;
    struct extraction extraction;
    struct uncovered *found;
    struct error err = {0};
    size_t n, len = 0;
    arena_reset(&arena);
    minimal_read(&extractor, &arena, text, &report, &extraction);
    CU_ASSERT_EQUAL_FATAL(
        uncovered_find(&extractor, &arena, &report, &extraction, &found, &n, &err), 0);
    out[0] = '\0';
    for (size_t i = 0; i < n; i++)
        len += (size_t)snprintf(out + len, sizeof out - len, "%.*s; ", SLICE_ARG(found[i].shape));
    return out;
}

static void test_shapes(void)
{
    static const struct {
        const char *text, *shapes;
    } cases[] = {
        {"Five people are now dead.", "<count:people> are now dead; "},
        {"The strike left five people badly injured.", "<count:people> badly injured; "},
        {"Injured were five soldiers from Ruritania North, it said.",
         "injured were <count:people> from <name>; "},
        {"Shahed drones, some 20 in number, came.", "drones , some <count> in number; "},
        {"It was the strike that two people saw.", "strike that <count:people> saw; "},
        {"A strike left it broken, five times over.",
         "strike leave it broken , <count> times over; "},
        /* nothing to find */
        {"Five people were killed.", ""},        /* a claim */
        {"Five people went home.", ""},          /* no such word */
        {"The strike went on.", ""},             /* no count */
        {"The injured 7-year-old watched.", ""}, /* an age */
        {"Dead he was, as all of those of us in the room said so then, and two of us slept.",
         ""}, /* too far */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = shapes(cases[i].text);
        if (strcmp(got, cases[i].shapes) != 0)
            fprintf(stderr, "%s\n  expected %s\n       got %s\n", cases[i].text, cases[i].shapes,
                    got);
        CU_ASSERT_STRING_EQUAL(got, cases[i].shapes);
    }
}

void suite_uncovered(void)
{
    CU_pSuite suite = CU_add_suite("uncovered", start, stop);
    CU_add_test(suite, "shapes", test_shapes);
}
