#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rules/ruleset.h"

void suite_weights(void);

#define RULES "rules"

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(text, file);
    fclose(file);
}

/* A rule set of a schema and one file of weights. */
static int load_beside_schema(const char *text, struct buffer *findings, struct weights *out)
{
    struct arena arena;
    struct diagnostics list;
    struct ruleset *ruleset = NULL;
    struct error err = {0};
    char folder[] = "/tmp/weights.XXXXXX", schema[64], weights[64];
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
    snprintf(schema, sizeof schema, "%s/schema.yml", folder);
    snprintf(weights, sizeof weights, "%s/reconcile.yml", folder);
    write_file(schema, "format: strike-schema/1\nfields:\n  killed: {people: true}\n");
    write_file(weights, text);
    arena_init(&arena, (size_t)1 << 20);
    diagnostics_init(&list, &arena);
    int status = ruleset_load(&ruleset, folder, &list, &err);
    if (ruleset)
        *out = ruleset->weights;
    diagnostics_print(&list, findings);
    ruleset_free(ruleset);
    arena_free(&arena);
    unlink(schema);
    unlink(weights);
    rmdir(folder);
    return status;
}

static bool finds(const char *body, const char *words)
{
    char text[512];
    struct buffer findings;
    struct weights weights;
    snprintf(text, sizeof text, "format: strike-reconcile/1\n%s", body);
    buffer_init(&findings, (size_t)1 << 20);
    int status = load_beside_schema(text, &findings, &weights);
    bool good = status != 0 && findings.ptr && strstr(findings.ptr, words);
    if (!good)
        printf("--- %s: %s\n", words, findings.ptr ? findings.ptr : "nothing found");
    buffer_free(&findings);
    return good;
}

static void faults_have_messages(void)
{
    CU_ASSERT(finds("plase:\n  link: 1\n", "did you mean 'place'?"));
    CU_ASSERT(finds("place:\n  same distrikt: 1\n", "did you mean 'same district'?"));
    CU_ASSERT(finds("clustering:\n  link: many\n", "expected a whole number from -100000"));
    CU_ASSERT(finds("clustering:\n  most nodes: 0\n", "expected a whole number from 1"));
    CU_ASSERT(finds("figures:\n  agency rank: 10\n", "expected a whole number from 1 to 9"));
    CU_ASSERT(finds("place:\n  same place: 5\n", "expected 1 to 8 pairs"));
    CU_ASSERT(finds("place:\n  same place: {5: 1}\n", "sizes begin at 0 and rise"));
    CU_ASSERT(finds("place:\n  same place: {0: 1, 9: 2, 3: 4}\n", "sizes begin at 0 and rise"));
    CU_ASSERT(finds("place: 7\n", "expected lines 'setting: value'"));
}

static void a_file_changes_what_it_names(void)
{
    struct buffer findings;
    struct weights weights = {0}, expected = *weights_default();
    buffer_init(&findings, (size_t)1 << 20);
    CU_ASSERT_EQUAL(load_beside_schema("format: strike-reconcile/1\n"
                                       "place:\n  same place: {0: 5, 10: 7}\n"
                                       "clustering:\n  link: 4000\n",
                                       &findings, &weights),
                    0);
    memset(expected.same_place, 0, sizeof expected.same_place);
    expected.same_place[0] = (struct weight_step){0, 5};
    expected.same_place[1] = (struct weight_step){10, 7};
    expected.link = 4000;
    CU_ASSERT_EQUAL(memcmp(&weights, &expected, sizeof weights), 0);
    CU_ASSERT_EQUAL(weight_by_size(weights.same_place, 9), 5);
    CU_ASSERT_EQUAL(weight_by_size(weights.same_place, 10), 7);
    CU_ASSERT_EQUAL(weight_by_size(weights.same_place, 1000000), 7);
    buffer_free(&findings);
}

/* The shipped file says what holds without one, and says all of it. */
static void the_shipped_file_is_the_default(void)
{
    struct arena arena;
    struct diagnostics list;
    struct ruleset *ruleset = NULL;
    struct error err = {0};
    arena_init(&arena, (size_t)16 << 20);
    diagnostics_init(&list, &arena);
    CU_ASSERT_EQUAL_FATAL(ruleset_load(&ruleset, RULES, &list, &err), 0);
    CU_ASSERT_EQUAL(memcmp(&ruleset->weights, weights_default(), sizeof ruleset->weights), 0);
    ruleset_free(ruleset);
    arena_free(&arena);
    static char text[1 << 16];
    FILE *file = fopen(RULES "/reconcile.yml", "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    for (size_t i = 0; i < n_weight_settings; i++) {
        char line[80];
        snprintf(line, sizeof line, "\n  %s: ", weight_settings[i].name);
        CU_ASSERT_PTR_NOT_NULL(strstr(text, line));
    }
}

/* Every member stands in the table of settings, so that a file can reach it. */
static void every_weight_has_a_name(void)
{
    size_t covered = 0;
    static const size_t SIZES[] = {[WEIGHT_INT32] = 4,
                                   [WEIGHT_UINT32] = 4,
                                   [WEIGHT_INT64] = 8,
                                   [WEIGHT_UINT8] = 1,
                                   [WEIGHT_TABLE] = sizeof(struct weight_step) * WEIGHT_STEPS};
    for (size_t i = 0; i < n_weight_settings; i++) {
        CU_ASSERT(weight_settings[i].offset >= covered);
        CU_ASSERT(weight_settings[i].offset - covered < 8); /* no more than alignment */
        covered = weight_settings[i].offset + SIZES[weight_settings[i].kind];
    }
    CU_ASSERT(sizeof(struct weights) - covered < 8);
}

void suite_weights(void)
{
    CU_pSuite suite = CU_add_suite("weights", NULL, NULL);
    CU_add_test(suite, "faults have messages", faults_have_messages);
    CU_add_test(suite, "a file changes what it names", a_file_changes_what_it_names);
    CU_add_test(suite, "the shipped file is the default", the_shipped_file_is_the_default);
    CU_add_test(suite, "every weight has a name", every_weight_has_a_name);
}
