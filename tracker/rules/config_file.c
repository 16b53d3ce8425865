#include "rules/config_file.h"

#include <errno.h>
#include <stdio.h>

#include "rules/yaml_tree.h"

/* A settings file is a page; more is a mistake (a data file given as --config). */
#define CONFIG_MAX_BYTES ((size_t)1 << 20)

static int content_read(struct arena *arena, const char *path, struct slice *out, struct error *err)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return error_at(err, ERROR_CONFIG, path, 0, 0, "cannot open: %s", strerror(errno));
    char *bytes = arena_alloc(arena, CONFIG_MAX_BYTES);
    size_t n = bytes ? fread(bytes, 1, CONFIG_MAX_BYTES, file) : 0;
    bool bad = ferror(file) != 0;
    fclose(file);
    if (!bytes)
        return arena_full(arena, err);
    if (bad || n == CONFIG_MAX_BYTES)
        return error_at(err, ERROR_CONFIG, path, 0, 0, "cannot be read, or is no settings file");
    *out = (struct slice){bytes, n};
    return 0;
}

int config_file_read(struct arena *arena, const char *path, struct config_entry **out,
                     size_t *n_out, struct diagnostics *findings, struct error *err)
{
    struct slice content;
    struct yaml_node *root;
    *n_out = 0;
    if (content_read(arena, path, &content, err))
        return -1;
    if (yaml_tree_read(arena, path, content, findings, &root))
        return error_at(err, ERROR_CONFIG, path, 0, 0, "is no valid settings file");
    if (root->kind != YAML_MAP) {
        diagnostics_add(findings, SEVERITY_ERROR, root->where, NULL,
                        "expected lines 'setting: value'");
        return error_at(err, ERROR_CONFIG, path, 0, 0, "is no valid settings file");
    }
    *out = ARENA_ARRAY(arena, struct config_entry, root->n);
    if (!*out)
        return arena_full(arena, err);
    for (size_t i = 0; i < root->n; i++) {
        if (root->items[i].kind != YAML_TEXT) {
            diagnostics_add(findings, SEVERITY_ERROR, root->items[i].where, NULL,
                            "expected one value for '%.*s'", SLICE_ARG(root->keys[i].text));
            continue;
        }
        (*out)[(*n_out)++] = (struct config_entry){
            root->keys[i].text, arena_copy(arena, root->items[i].text), root->keys[i].where};
    }
    return findings->n_errors
               ? error_at(err, ERROR_CONFIG, path, 0, 0, "has settings that cannot be used")
               : 0;
}
