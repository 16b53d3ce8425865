/* format: strike-sources/1: who says numbers, and how a sentence names them. */
#include "rules/load.h"

#define WORST_RANK 9

static void check_kinds(struct loading *load, const struct yaml_node *kinds)
{
    int64_t rank = 0;
    for (size_t i = 0; kinds && i < kinds->n; i++)
        load_int(load, &kinds->items[i], 1, WORST_RANK, &rank);
}

/* check_kinds has seen that each rank is one digit. */
static uint8_t rank_of(struct loading *load, const struct yaml_node *kinds,
                       const struct yaml_node *kind)
{
    for (size_t i = 0; kinds && i < kinds->n; i++) {
        if (slice_equal(kinds->keys[i].text, kind->text))
            return kinds->items[i].text.len == 1 ? (uint8_t)(kinds->items[i].text.ptr[0] - '0')
                                                 : WORST_RANK;
    }
    struct slice *names = load_array(load, kinds ? kinds->n : 0, sizeof *names);
    for (size_t i = 0; names && kinds && i < kinds->n; i++)
        names[i] = kinds->keys[i].text;
    load_unknown(load, kind, "kind of source", names, names && kinds ? kinds->n : 0);
    return WORST_RANK;
}

static struct known_source *source_new(struct loading *load, const struct yaml_node *name)
{
    struct ruleset *ruleset = load->ruleset;
    for (size_t i = 0; i < ruleset->n_sources; i++) {
        if (slice_equal(ruleset->sources[i].name, name->text)) {
            load_error(load, name, NULL, "source '%.*s' is already defined in %s:%d",
                       SLICE_ARG(name->text), ruleset->sources[i].where.file,
                       ruleset->sources[i].where.line);
            return NULL;
        }
    }
    if (arena_grow(load->arena, (void *)&ruleset->sources, &load->source_capacity,
                   ruleset->n_sources, sizeof *ruleset->sources, NULL)) {
        load_full(load);
        return NULL;
    }
    struct known_source *source = &ruleset->sources[ruleset->n_sources++];
    *source = (struct known_source){.name = name->text, .where = name->where};
    return source;
}

/* What a source says of itself. One that is the `same as` another language's says nothing more. */
static void load_source(struct loading *load, const struct yaml_node *node, const char *name_key,
                        const struct yaml_node *kinds)
{
    const char *keys[] = {name_key, "kind", "party", "depends on", "same as", "also", NULL};
    if (!load_keys(load, node, "a source", keys))
        return;
    const struct yaml_node *name = load_text(load, node, name_key);
    const struct yaml_node *kind = load_text(load, node, "kind");
    const struct yaml_node *party = load_text(load, node, "party");
    bool same = yaml_get(node, "same as") != NULL;
    if (!yaml_get(node, name_key))
        load_error(load, node, NULL, "the name is missing: '%s: ...'", name_key);
    if (!yaml_get(node, "kind") && !same)
        load_error(load, node, NULL, "'kind' is missing");
    if (same && (kind || party || yaml_get(node, "depends on")))
        load_error(load, node, NULL, "'same as' leaves nothing to say but 'also'");
    struct known_source *source = name && !same ? source_new(load, name) : NULL;
    if (!source)
        return;
    source->generic = strcmp(name_key, "role") == 0;
    source->kind = kind ? kind->text : SLICE_NONE;
    source->rank = kind ? rank_of(load, kinds, kind) : WORST_RANK;
    source->party = party ? party->text : SLICE_NONE;
}

/* The source of that name; an error and -1 when there is none. */
static int64_t source_find(struct loading *load, const struct yaml_node *name)
{
    const struct ruleset *ruleset = load->ruleset;
    for (size_t i = 0; i < ruleset->n_sources; i++) {
        if (slice_equal(ruleset->sources[i].name, name->text))
            return (int64_t)i;
    }
    struct slice *names = load_array(load, ruleset->n_sources, sizeof *names);
    for (size_t i = 0; names && i < ruleset->n_sources; i++)
        names[i] = ruleset->sources[i].name;
    load_unknown(load, name, "source", names, names ? ruleset->n_sources : 0);
    return -1;
}

/* Every way its language has to write it. */
static void load_written(struct loading *load, struct rule_file *file, const struct yaml_node *node,
                         const char *name_key, struct word_list *list)
{
    const struct yaml_node *name = yaml_get(node, name_key), *also = yaml_get(node, "also");
    const struct yaml_node *same = load_text(load, node, "same as");
    if (!name || name->kind != YAML_TEXT || (!same && yaml_get(node, "same as")))
        return;
    int64_t index = source_find(load, same ? same : name);
    if (index < 0)
        return;
    list_fill(load, &file->language->symbols, list, name, &index);
    if (also)
        list_fill(load, &file->language->symbols, list, also, &index);
}

/* `depends on:` may name a source further down. */
static void load_dependence(struct loading *load, const struct yaml_node *node,
                            const char *name_key)
{
    const struct yaml_node *name = load_text(load, node, name_key);
    const struct yaml_node *other = load_text(load, node, "depends on");
    struct ruleset *ruleset = load->ruleset;
    if (!name || !other)
        return;
    struct slice *names = load_array(load, ruleset->n_sources, sizeof *names);
    struct known_source *source = NULL;
    bool known = false;
    for (size_t i = 0; names && i < ruleset->n_sources; i++) {
        names[i] = ruleset->sources[i].name;
        known |= slice_equal(names[i], other->text);
        if (slice_equal(names[i], name->text))
            source = &ruleset->sources[i];
    }
    if (names && !known)
        load_unknown(load, other, "source", names, ruleset->n_sources);
    else if (slice_equal(name->text, other->text))
        load_error(load, other, NULL, "a source cannot depend on itself");
    else if (source)
        source->depends_on = other->text;
}

static void load_group(struct loading *load, struct rule_file *file, const char *key,
                       const char *name_key, struct word_list *list)
{
    const struct yaml_node *group = load_list(load, file->root, key);
    list->name = slice_of(key);
    for (size_t i = 0; group && i < group->n && !load->full; i++) {
        load_written(load, file, &group->items[i], name_key, list);
        load_dependence(load, &group->items[i], name_key);
    }
    if (load->full || word_list_seal(load->arena, list, NULL))
        load_full(load);
}

void load_sources(struct loading *load, struct rule_file *file)
{
    static const char *const KEYS[] = {"format",  "language", "lists",        "kinds",
                                       "sources", "roles",    "attributions", NULL};
    load_keys(load, file->root, "a strike-sources file", KEYS);
    const struct yaml_node *kinds = load_map(load, file->root, "kinds");
    const struct yaml_node *sources = load_list(load, file->root, "sources");
    const struct yaml_node *roles = load_list(load, file->root, "roles");
    check_kinds(load, kinds);
    for (size_t i = 0; sources && i < sources->n && !load->full; i++)
        load_source(load, &sources->items[i], "source", kinds);
    for (size_t i = 0; roles && i < roles->n && !load->full; i++)
        load_source(load, &roles->items[i], "role", kinds);
}

/* When the sources of every language are known: `same as` and `depends on` may name any. */
void load_source_names(struct loading *load, struct rule_file *file)
{
    struct language *language = file->language;
    if (language->source_names.name.len) {
        load_error(load, file->root, NULL, "a second strike-sources file of this language");
        return;
    }
    load_group(load, file, "sources", "source", &language->source_names);
    load_group(load, file, "roles", "role", &language->source_roles);
}

void load_attributions(struct loading *load, struct rule_file *file)
{
    static const char *const KEYS[] = {"attribution",  "match",    "unless before",
                                       "unless after", "examples", NULL};
    scope_open(load, file);
    const struct yaml_node *list = load_list(load, file->root, "attributions");
    for (size_t i = 0; list && i < list->n && !load->full; i++) {
        const struct yaml_node *node = &list->items[i];
        if (!load_keys(load, node, "an attribution", KEYS))
            continue;
        const struct rule *rule = rule_load(load, file, LAYER_SOURCE, node, "attribution");
        for (uint16_t k = 0; rule && k < rule->n_alternatives; k++) {
            const struct pattern *p = &rule->alternatives[k];
            bool found = !p->code;
            for (uint16_t s = 0; s < p->n_slots; s++)
                found |= p->slots[s].kind == SLOT_FIELD && p->slots[s].type == VALUE_SOURCE;
            if (!found)
                load_error(load, load_item(yaml_get(node, "match"), k), NULL,
                           "<source> is missing");
        }
    }
}
