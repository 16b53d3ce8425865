/* Lists of phrases: `lists:` of any file, and the lists that other sections make. */
#include "rules/load.h"

static bool is_name(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '_' || (c == '-' && i > 0)))
            return false;
    }
    return s.len > 0;
}

const struct word_list *symbols_list(const struct symbols *symbols, struct slice name)
{
    uint32_t i = map_get(&symbols->lists_by_name, name);
    return i == MAP_ABSENT ? NULL : &symbols->lists[i];
}

static void unknown_list(struct loading *load, const struct symbols *symbols,
                         const struct yaml_node *node)
{
    struct yaml_node named = *node;
    named.text = slice_sub(node->text, 1, node->text.len - 1);
    struct slice *names = load_array(load, symbols->n_lists, sizeof *names);
    for (uint32_t i = 0; names && i < symbols->n_lists; i++) {
        struct slice name = symbols->lists[i].name; /* of other files' lists: absent */
        names[i] = map_get(&symbols->lists_by_name, name) == i ? name : SLICE_NONE;
    }
    load_unknown(load, &named, "list", names, names ? symbols->n_lists : 0);
}

static void add_phrase(struct loading *load, const struct symbols *symbols, struct word_list *list,
                       const struct yaml_node *node, int64_t value)
{
    struct error err = {.code = ERROR_NONE};
    if (slice_trim(node->text).len == 0) {
        load_error(load, node, NULL, "an empty phrase");
        return;
    }
    if (word_list_add(load->arena, symbols, list, node->text, value, &err) == 0)
        return;
    if (err.code == ERROR_LIMIT)
        load_full(load);
    else
        load_error(load, node, NULL, "%s", err.text);
}

/* `$name` among the phrases of a list: all of that list. */
static void add_list(struct loading *load, const struct symbols *symbols, struct word_list *list,
                     const struct yaml_node *node, const int64_t *fixed)
{
    const struct word_list *other =
        symbols_list(symbols, slice_sub(node->text, 1, node->text.len - 1));
    if (!other) {
        unknown_list(load, symbols, node);
        return;
    }
    struct error err;
    for (size_t i = 0; i < other->n_phrases && !load->full; i++) {
        const struct phrase *phrase = &other->phrases[i];
        if (word_list_add(load->arena, symbols, list, phrase->written,
                          fixed ? *fixed : phrase->value, &err))
            load_full(load);
    }
}

static void add_item(struct loading *load, const struct symbols *symbols, struct word_list *list,
                     const struct yaml_node *node, const int64_t *fixed)
{
    if (node->kind != YAML_TEXT)
        load_error(load, node, "put a text with a colon in quotes", "a phrase must be a text");
    else if (node->text.len > 1 && node->text.ptr[0] == '$')
        add_list(load, symbols, list, node, fixed);
    else
        add_phrase(load, symbols, list, node, fixed ? *fixed : 0);
}

void list_fill(struct loading *load, const struct symbols *symbols, struct word_list *list,
               const struct yaml_node *node, const int64_t *fixed)
{
    if (node->kind == YAML_TEXT)
        add_item(load, symbols, list, node, fixed);
    else if (node->n == 0)
        load_error(load, node, NULL, "an empty list: nothing can match it");
    else if (node->kind == YAML_MAP && fixed)
        load_error(load, node, NULL, "expected a list of phrases");
    for (size_t i = 0; i < node->n && !load->full; i++) {
        int64_t value = 0;
        if (node->kind == YAML_LIST)
            add_item(load, symbols, list, &node->items[i], fixed);
        else if (!fixed && load_int(load, &node->items[i], -NUMBER_MAX, NUMBER_MAX, &value))
            add_phrase(load, symbols, list, &node->keys[i], value);
    }
}

void symbols_add(struct loading *load, struct symbols *symbols, const struct word_list *list)
{
    const struct word_list *other = symbols_list(symbols, list->name);
    if (other) {
        diagnostics_add(load->findings, SEVERITY_ERROR, list->where, NULL,
                        "list '%.*s' is already defined in %s:%d", SLICE_ARG(list->name),
                        other->where.file, other->where.line);
        return;
    }
    size_t n = symbols->n_lists;
    if ((n & (n - 1)) == 0) { /* full at every power of two */
        struct word_list *larger = load_array(load, n ? 2 * n : 1, sizeof *larger);
        if (!larger)
            return;
        if (n)
            memcpy(larger, symbols->lists, n * sizeof *larger);
        symbols->lists = larger;
    }
    if (map_put(&symbols->lists_by_name, list->name, (uint32_t)n, NULL)) {
        load_full(load);
        return;
    }
    symbols->lists[n] = *list;
    symbols->n_lists = n + 1;
}

void symbols_extend(struct loading *load, struct symbols *symbols, struct slice name,
                    const struct yaml_node *node)
{
    uint32_t i = map_get(&symbols->lists_by_name, name);
    if (i == MAP_ABSENT)
        return;
    list_fill(load, symbols, &symbols->lists[i], node, NULL);
    if (word_list_seal(load->arena, &symbols->lists[i], NULL))
        load_full(load);
}

void symbols_add_lists(struct loading *load, struct symbols *symbols, const struct yaml_node *lists)
{
    for (size_t i = 0; lists && i < lists->n && !load->full; i++) {
        const struct yaml_node *key = &lists->keys[i];
        if (!is_name(key->text)) {
            load_error(load, key, NULL, "a list's name is of letters, digits, _ and -");
            continue;
        }
        struct word_list list = {.name = key->text, .where = key->where};
        list_fill(load, symbols, &list, &lists->items[i], NULL);
        if (word_list_seal(load->arena, &list, NULL))
            load_full(load);
        else
            symbols_add(load, symbols, &list);
    }
}

/* All lists of a language stand in one array, because compiled patterns name them by index; which
 * of them a file sees is its own map of names. */
void scope_open(struct loading *load, struct rule_file *file)
{
    struct symbols *shared = &file->language->symbols;
    map_free(&file->symbols.lists_by_name);
    file->symbols = *shared;
    file->symbols.lists_by_name = (struct map){.slots = NULL};
    for (uint32_t i = 0; i < shared->n_lists; i++) {
        struct slice name = shared->lists[i].name;
        if (map_get(&shared->lists_by_name, name) == i &&
            map_put(&file->symbols.lists_by_name, name, i, NULL))
            load_full(load);
    }
    /* Lists of these two are the whole language's: load_words and load_time_words took them. */
    if (file->format != FILE_WORDS && file->format != FILE_TIMES)
        symbols_add_lists(load, &file->symbols, load_map(load, file->root, "lists"));
    shared->lists = file->symbols.lists;
    shared->n_lists = file->symbols.n_lists;
}
