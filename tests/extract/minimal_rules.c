#include "minimal_rules.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

struct extractor minimal_extractor(void)
{
    struct arena arena;
    struct diagnostics findings;
    struct error err = {0};
    struct ruleset *ruleset = NULL;
    arena_init(&arena, (size_t)16 << 20);
    diagnostics_init(&findings, &arena);
    if (ruleset_load(&ruleset, "fixtures/rules_min", &findings, &err)) {
        fprintf(stderr, "%s\n", err.text);
        exit(1); /* asked for by suites being set up, where nothing can be asserted */
    }
    arena_free(&arena);
    return (struct extractor){ruleset, NULL};
}

void minimal_read(const struct extractor *extractor, struct arena *arena, const char *text,
                  struct report *report, struct extraction *out)
{
    struct error err = {0};
    *report = (struct report){.path = "test", .id = SLICE_LITERAL("r"), .published = STAMP_NONE};
    CU_ASSERT_EQUAL_FATAL(report_complete(arena, report, SLICE_NONE, slice_of(text), &err), 0);
    CU_ASSERT_EQUAL_FATAL(extract_report(extractor, arena, report, out, &err), 0);
}
