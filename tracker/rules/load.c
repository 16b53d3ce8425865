#include "rules/load.h"

#include <stdarg.h>
#include <stdio.h>

void load_full(struct loading *load)
{
    load->full = true;
}

void *load_array(struct loading *load, size_t count, size_t size)
{
    void *array = arena_calloc(load->arena, count, size);
    if (!array)
        load_full(load);
    return array;
}

/* ---- findings ----------------------------------------------------------------------------------
 */

void load_error(struct loading *load, const struct yaml_node *node, const char *hint,
                const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    diagnostics_add(load->findings, SEVERITY_ERROR, node->where, hint, "%s", text);
}

void load_unknown(struct loading *load, const struct yaml_node *node, const char *what,
                  const struct slice *names, size_t n)
{
    struct slice near = suggest(node->text, names, n);
    char hint[128];
    snprintf(hint, sizeof hint, "did you mean '%.*s'?", SLICE_ARG(near));
    load_error(load, node, near.len ? hint : NULL, "unknown %s '%.*s'", what,
               SLICE_ARG(node->text));
}

/* The same with names as literals; a few are all named. */
static void unknown_literal(struct loading *load, const struct yaml_node *node, const char *what,
                            const char *const *names)
{
    char hint[256] = "one of: ";
    size_t n = 0;
    while (names[n])
        n++;
    struct slice *slices = load_array(load, n, sizeof *slices);
    for (size_t i = 0; slices && i < n; i++) {
        slices[i] = slice_of(names[i]);
        size_t used = strlen(hint);
        snprintf(hint + used, sizeof hint - used, "%s%s", i ? ", " : "", names[i]);
    }
    if (!slices || suggest(node->text, slices, n).len)
        load_unknown(load, node, what, slices, slices ? n : 0);
    else
        load_error(load, node, strlen(hint) + 1 < sizeof hint ? hint : NULL, "unknown %s '%.*s'",
                   what, SLICE_ARG(node->text));
}

/* ---- nodes -------------------------------------------------------------------------------------
 */

static const char *const KINDS[] = {
    [YAML_TEXT] = "a text", [YAML_LIST] = "a list", [YAML_MAP] = "'key: value' lines"};

bool load_keys(struct loading *load, const struct yaml_node *node, const char *what,
               const char *const *keys)
{
    if (node->kind != YAML_MAP) {
        load_error(load, node, NULL, "%s must be %s, not %s", what, KINDS[YAML_MAP],
                   KINDS[node->kind]);
        return false;
    }
    char key_of[64];
    snprintf(key_of, sizeof key_of, "key in %s:", what);
    for (size_t i = 0; i < node->n; i++) {
        size_t k = 0;
        while (keys[k] && !slice_is(node->keys[i].text, keys[k]))
            k++;
        if (!keys[k])
            unknown_literal(load, &node->keys[i], key_of, keys);
    }
    return true;
}

static const struct yaml_node *get_kind(struct loading *load, const struct yaml_node *node,
                                        const char *key, enum yaml_kind kind)
{
    const struct yaml_node *value = yaml_get(node, key);
    if (!value || value->kind == kind)
        return value;
    load_error(load, value, NULL, "'%s' must be %s, not %s", key, KINDS[kind], KINDS[value->kind]);
    return NULL;
}

const struct yaml_node *load_map(struct loading *load, const struct yaml_node *node,
                                 const char *key)
{
    return get_kind(load, node, key, YAML_MAP);
}

const struct yaml_node *load_list(struct loading *load, const struct yaml_node *node,
                                  const char *key)
{
    return get_kind(load, node, key, YAML_LIST);
}

const struct yaml_node *load_text(struct loading *load, const struct yaml_node *node,
                                  const char *key)
{
    return get_kind(load, node, key, YAML_TEXT);
}

bool load_int(struct loading *load, const struct yaml_node *node, int64_t low, int64_t high,
              int64_t *value)
{
    struct slice s = node->kind == YAML_TEXT ? node->text : SLICE_NONE;
    bool negative = s.len && s.ptr[0] == '-';
    int64_t n = 0;
    bool good = s.len > (size_t)negative;
    for (size_t i = negative; good && i < s.len; i++) {
        good = s.ptr[i] >= '0' && s.ptr[i] <= '9' && n <= NUMBER_MAX;
        if (good)
            n = n * 10 + (s.ptr[i] - '0');
    }
    n = negative ? -n : n;
    if (!good || n < low || n > high) {
        load_error(load, node, NULL, "expected a whole number from %lld to %lld", (long long)low,
                   (long long)high);
        return false;
    }
    *value = n;
    return true;
}

int load_choice(struct loading *load, const struct yaml_node *node, const char *what,
                const char *const *names)
{
    if (node->kind != YAML_TEXT) {
        load_error(load, node, NULL, "%s must be a text, not %s", what, KINDS[node->kind]);
        return -1;
    }
    for (int i = 0; names[i]; i++) {
        if (slice_is(node->text, names[i]))
            return i;
    }
    unknown_literal(load, node, what, names);
    return -1;
}

bool load_bool(struct loading *load, const struct yaml_node *node, const char *key)
{
    const struct yaml_node *value = yaml_get(node, key);
    bool is_true = value && value->kind == YAML_TEXT && slice_is(value->text, "true");
    bool is_false = value && value->kind == YAML_TEXT && slice_is(value->text, "false");
    if (value && !is_true && !is_false)
        load_error(load, value, NULL, "'%s' must be true or false", key);
    return is_true;
}

size_t load_items(struct loading *load, const struct yaml_node *node, const char *what)
{
    if (node->kind == YAML_TEXT)
        return 1;
    if (node->kind == YAML_MAP) {
        load_error(load, node, "put a text with a colon in quotes",
                   "'%s' must be a text or a list of texts", what);
        return 0;
    }
    if (node->n == 0)
        load_error(load, node, NULL, "'%s' is empty", what);
    for (size_t i = 0; i < node->n; i++) {
        if (node->items[i].kind != YAML_TEXT) {
            load_error(load, &node->items[i], "put a text with a colon in quotes",
                       "'%s' must be a list of texts", what);
            return 0;
        }
    }
    return node->n;
}

const struct yaml_node *load_item(const struct yaml_node *node, size_t i)
{
    return node->kind == YAML_TEXT ? node : &node->items[i];
}
