#ifndef TRACKER_RULES_YAML_TREE_H
#define TRACKER_RULES_YAML_TREE_H

#include "rules/diagnostics.h"

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

/* One piece of a YAML file. */
struct yaml_node {
    enum yaml_kind kind;
    struct location where; /* first byte: of a quoted text the quote */
    /* YAML_TEXT */
    struct slice text;   /* what it says, quotes and folding undone */
    struct slice source; /* the same as it stands in the file, quotes included */
    char quote;          /* 0 for plain text, else ' or " or | or > */
    /* YAML_LIST: its items; YAML_MAP: its values, items[i] belonging to keys[i] */
    struct yaml_node *items;
    struct yaml_node *keys; /* scalars, no two alike */
    size_t n;
};

/* Reads one YAML document, as far as rule files use YAML: no anchors, aliases, tags, doubled keys,
 * second documents. What libyaml would silently drop or split (a ` #` inside a text, a comma inside
 * {killed: 1,200}) is a finding too. `content` is the whole file; nodes and texts live in `arena`,
 * `content` and `file` must outlive them. Returns 0 and the root, or -1 when there was an error
 * (libyaml stops at its first, our own checks go on) or the file is empty. */
int yaml_tree_read(struct arena *arena, const char *file, struct slice content,
                   struct diagnostics *findings, struct yaml_node **root) WARN_UNUSED;

/* The value of a key, or NULL. */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);

/* Where byte `offset` of a scalar's text stands in the file, through quotes and line folds; `width`
 * bytes wide. */
struct location yaml_locate(const struct yaml_node *scalar, size_t offset, int width);

#endif
