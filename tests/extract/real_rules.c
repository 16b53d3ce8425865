#include "real_rules.h"

#include <stdio.h>
#include <stdlib.h>

static struct ruleset *ruleset;
static struct gazetteer *gazetteer;

static void forget(void)
{
    ruleset_free(ruleset);
    gazetteer_free(gazetteer);
}

static void load(void)
{
    struct arena arena;
    struct diagnostics findings;
    struct buffer text;
    struct error err = {0};
    arena_init(&arena, (size_t)64 << 20);
    buffer_init(&text, (size_t)16 << 20);
    diagnostics_init(&findings, &arena);
    if (ruleset_load(&ruleset, "rules", &findings, &err) ||
        gazetteer_open(&gazetteer, "build/places.idx", &err)) {
        diagnostics_print(&findings, &text);
        fprintf(stderr, "%.*s%s\n", (int)text.len, text.ptr ? text.ptr : "", err.text);
        exit(1);
    }
    buffer_free(&text);
    arena_free(&arena);
    atexit(forget);
}

struct extractor real_extractor(void)
{
    if (!ruleset)
        load();
    return (struct extractor){ruleset, gazetteer};
}
