/*
 * Any bytes as a rule file: read as a tree, and loaded beside a schema and a list of words. The
 * first byte says which format line to put before them, so that every loader is reached.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rules/ruleset.h"
#include "rules/yaml_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const FORMATS[] = {
    "",
    "format: strike-rules/1\nlanguage: en\n",
    "format: strike-words/1\nlanguage: en\n",
    "format: strike-people/1\nlanguage: en\n",
    "format: strike-counts/1\nlanguage: en\n",
    "format: strike-times/1\nlanguage: en\n",
    "format: strike-sources/1\nlanguage: en\n",
    "format: strike-doubt/1\nlanguage: en\n",
};
#define N_FORMATS (sizeof FORMATS / sizeof *FORMATS)

static void write_file(const char *folder, const char *name, const char *head, struct slice text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fputs(head, file) < 0 || fwrite(text.ptr, 1, text.len, file) != text.len ||
        fclose(file))
        abort();
}

static void remove_folder(const char *folder)
{
    char path[128];
    snprintf(path, sizeof path, "%s/schema.yml", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/input.yml", folder);
    unlink(path);
    rmdir(folder);
}

static void check_tree(const struct yaml_node *node)
{
    for (size_t i = 0; i < node->n; i++) {
        if (node->kind == YAML_MAP && node->keys[i].kind != YAML_TEXT)
            abort();
        check_tree(&node->items[i]);
    }
    for (size_t i = 0; node->kind == YAML_TEXT && i <= node->text.len; i++) {
        struct location where = yaml_locate(node, i, 1);
        if (where.line < 1 || where.column < 1)
            abort();
    }
}

static void read_tree(struct slice text)
{
    struct arena arena;
    struct diagnostics findings;
    struct yaml_node *root = NULL;
    arena_init(&arena, 64 << 20);
    diagnostics_init(&findings, &arena);
    if (yaml_tree_read(&arena, "input", text, &findings, &root) == 0)
        check_tree(root);
    else if (findings.n_errors == 0)
        abort();
    arena_free(&arena);
}

static void load(const char *head, struct slice text)
{
    char folder[] = "/tmp/fuzz_rules_yaml.XXXXXX";
    struct arena arena;
    struct diagnostics findings;
    struct ruleset *ruleset = NULL;
    struct buffer out;
    struct error err;
    if (!mkdtemp(folder))
        abort();
    write_file(folder, "schema.yml",
               "format: strike-schema/1\nfields:\n  killed: {people: true, parts: [child]}\n"
               "  drones: {munition: true}\n  place: {type: place}\n  source: {type: source}\n",
               SLICE_LITERAL("weapons:\n  drones: [drone~]\n"));
    write_file(folder, "input.yml", head, text);
    arena_init(&arena, 64 << 20);
    diagnostics_init(&findings, &arena);
    buffer_init(&out, 64 << 20);
    int status = ruleset_load(&ruleset, folder, &findings, &err);
    if (status == 0 && findings.n_errors)
        abort();
    diagnostics_print(&findings, &out);
    ruleset_free(ruleset);
    buffer_free(&out);
    arena_free(&arena);
    remove_folder(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || size > 1 << 16)
        return 0;
    struct slice text = {(const char *)data + 1, size - 1};
    read_tree(text);
    load(FORMATS[data[0] % N_FORMATS], text);
    return 0;
}
