/* What rules of every layer have alike: a name, patterns, unless phrases, examples. */
#include "rules/load.h"

/* ---- patterns ----------------------------------------------------------------------------------
 */

/* pattern_compile counts columns as if the text stood in one line without escapes. */
static void place_findings(struct diagnostics *findings, size_t first, const struct yaml_node *node,
                           struct location base)
{
    for (size_t i = first; i < findings->n_items; i++) {
        struct location *where = &findings->items[i].where;
        if (where->line != base.line || where->column < base.column)
            continue;
        const char *file = where->file;
        *where = yaml_locate(node, (size_t)(where->column - base.column), where->width);
        where->file = file;
    }
}

/* Compiles the texts of a node into an array; the number of them, 0 when there is none. */
static uint16_t load_patterns(struct loading *load, const struct rule_file *file,
                              const struct yaml_node *node, const char *what, bool numbers,
                              struct pattern **patterns, struct slice **written)
{
    size_t n = node ? load_items(load, node, what) : 0;
    if (n > UINT16_MAX) {
        load_error(load, node, NULL, "too many patterns");
        return 0;
    }
    *patterns = load_array(load, n, sizeof **patterns);
    struct slice *texts = load_array(load, n, sizeof *texts);
    for (size_t i = 0; i < n && !load->full; i++) {
        const struct yaml_node *item = load_item(node, i);
        texts[i] = item->text;
        if (slice_trim(item->text).len == 0) {
            load_error(load, item, NULL, "'%s' is empty", what);
            continue;
        }
        struct pattern_text source = {item->text, yaml_locate(item, 0, (int)item->text.len)};
        size_t first = load->findings->n_items, errors = load->findings->n_errors;
        int status = pattern_compile(load->arena, &file->symbols, &source, numbers, load->findings,
                                     &(*patterns)[i]);
        place_findings(load->findings, first, item, source.where);
        if (status && load->findings->n_errors == errors)
            load_full(load);
    }
    if (written)
        *written = texts;
    return (uint16_t)n;
}

/* ---- pieces ------------------------------------------------------------------------------------
 */

static bool name_is_taken(const struct symbols *symbols, struct slice name)
{
    for (size_t i = 0; i < symbols->n_pieces; i++)
        if (slice_equal(symbols->pieces[i].name, name))
            return true;
    return symbols_list(symbols, name) != NULL;
}

static void piece_load(struct loading *load, struct symbols *symbols, const struct yaml_node *key,
                       const struct yaml_node *value)
{
    if (value->kind != YAML_TEXT) {
        load_error(load, value, "put a text with a colon in quotes", "a piece must be a text");
        return;
    }
    if (name_is_taken(symbols, key->text)) {
        load_error(load, key, NULL, "a list or piece '%.*s' is already defined",
                   SLICE_ARG(key->text));
        return;
    }
    struct named_piece piece = {.name = key->text,
                                .text = {value->text, yaml_locate(value, 0, (int)value->text.len)}};
    size_t first = load->findings->n_items;
    piece.faulty = pattern_piece_check(load->arena, symbols, &piece.text, load->findings) != 0;
    place_findings(load->findings, first, value, piece.text.where);
    symbols->pieces[symbols->n_pieces++] = piece;
}

void pieces_load(struct loading *load, struct symbols *symbols, const struct yaml_node *node)
{
    if (!node)
        return;
    struct named_piece *all = load_array(load, symbols->n_pieces + node->n, sizeof *all);
    if (!all)
        return;
    if (symbols->n_pieces)
        memcpy(all, symbols->pieces, symbols->n_pieces * sizeof *all);
    symbols->pieces = all;
    for (size_t i = 0; i < node->n && !load->full; i++)
        piece_load(load, symbols, &node->keys[i], &node->items[i]);
}

/* ---- examples ----------------------------------------------------------------------------------
 */

/* The key an expectation of a layer has; of event rules the schema's fields. */
static const char *const EXPECTED[LAYERS] = {
    [LAYER_NEVER] = "count",   [LAYER_COUNT] = "count", [LAYER_TIME] = "time",
    [LAYER_SOURCE] = "source", [LAYER_DOUBT] = "doubt",
};

/* Every "field" and "field.part" of the schema, or the layer's own key. */
static const struct expected *expected_names(struct loading *load, enum layer layer)
{
    const struct schema *schema = &load->ruleset->schema;
    struct expected *expected = &load->expected[layer];
    size_t n = 1;
    if (expected->names)
        return expected;
    for (size_t f = 0; f < schema->n_fields; f++)
        n += 1u + schema->fields[f].n_parts;
    struct slice *names = load_array(load, n, sizeof *names);
    expected->names = names;
    if (load->full)
        return expected;
    if (EXPECTED[layer])
        names[expected->n++] = slice_of(EXPECTED[layer]);
    for (size_t f = 0; layer == LAYER_EVENT && f < schema->n_fields; f++) {
        const struct schema_field *field = &schema->fields[f];
        names[expected->n++] = field->name;
        for (size_t p = 0; p < field->n_parts; p++)
            names[expected->n++] = arena_format(load->arena, "%.*s.%.*s", SLICE_ARG(field->name),
                                                SLICE_ARG(field->parts[p]));
    }
    return expected;
}

static void load_expectations(struct loading *load, enum layer layer, const struct yaml_node *node,
                              struct example *example)
{
    const struct expected *expected = expected_names(load, layer);
    if (node->n > UINT16_MAX || load->full)
        return;
    example->expects = load_array(load, node->n, sizeof *example->expects);
    for (size_t i = 0; example->expects && i < node->n; i++) {
        const struct yaml_node *key = &node->keys[i], *value = &node->items[i];
        size_t k = 0;
        while (k < expected->n && !slice_equal(expected->names[k], key->text))
            k++;
        if (k == expected->n)
            load_unknown(load, key, layer == LAYER_EVENT ? "field" : "expectation", expected->names,
                         expected->n);
        else if (value->kind != YAML_TEXT)
            load_error(load, value, NULL, "'%.*s' must be a text", SLICE_ARG(key->text));
        else
            example->expects[example->n_expects++] =
                (struct expectation){key->text, value->text, value->where};
    }
    if (node->n == 0)
        load_error(load, node, "write 'nothing'", "'expect' is empty");
}

static void load_example(struct loading *load, enum layer layer, const struct yaml_node *node,
                         struct example *example)
{
    static const char *const KEYS[] = {"text", "expect", "known problem", NULL};
    if (!load_keys(load, node, "an example", KEYS))
        return;
    const struct yaml_node *text = load_text(load, node, "text");
    const struct yaml_node *expect = yaml_get(node, "expect");
    const struct yaml_node *problem = load_text(load, node, "known problem");
    example->where = node->n ? node->keys[0].where : node->where;
    if (problem)
        example->known_problem = problem->text;
    if (text)
        example->text = text->text;
    else if (!yaml_get(node, "text"))
        load_error(load, node, NULL, "an example needs 'text'");
    if (text && slice_trim(text->text).len == 0)
        load_error(load, text, NULL, "'text' is empty");
    if (!expect)
        load_error(load, node, NULL, "an example needs 'expect'");
    else if (expect->kind == YAML_MAP)
        load_expectations(load, layer, expect, example);
    else if (expect->kind == YAML_TEXT && slice_is(expect->text, "nothing"))
        example->nothing = true;
    else
        load_error(load, expect, NULL, "'expect' must be 'nothing' or {field: words}");
}

static void load_examples(struct loading *load, const struct yaml_node *node, struct rule *rule)
{
    const struct yaml_node *examples = load_list(load, node, "examples");
    if (!examples || examples->n > UINT16_MAX)
        return;
    rule->examples = load_array(load, examples->n, sizeof *rule->examples);
    for (size_t i = 0; rule->examples && i < examples->n; i++) {
        load_example(load, rule->layer, &examples->items[i], &rule->examples[i]);
        rule->n_examples++;
    }
}

/* ---- rules -------------------------------------------------------------------------------------
 */

/* Event rules are named in claims, so their names are unique over all languages. */
static bool claim_name(struct loading *load, const struct rule_file *file, enum layer layer,
                       const struct yaml_node *name)
{
    struct slice language = layer == LAYER_EVENT ? SLICE_LITERAL("*") : file->language->code;
    struct slice key = arena_format(load->arena, "%d/%.*s/%.*s", (int)layer, SLICE_ARG(language),
                                    SLICE_ARG(name->text));
    if (!key.ptr) {
        load_full(load);
        return false;
    }
    uint32_t other = map_get(&load->names, key);
    if (other != MAP_ABSENT) {
        const struct rule *rule = &load->ruleset->rules[other];
        load_error(load, name, NULL, "'%.*s' is already defined in %s:%d", SLICE_ARG(name->text),
                   rule->where.file, rule->where.line);
        return false;
    }
    if (map_put(&load->names, key, (uint32_t)load->ruleset->n_rules, NULL)) {
        load_full(load);
        return false;
    }
    return true;
}

struct rule *rule_load(struct loading *load, struct rule_file *file, enum layer layer,
                       const struct yaml_node *node, const char *name_key)
{
    const struct yaml_node *name = load_text(load, node, name_key);
    const struct yaml_node *match = yaml_get(node, "match");
    struct ruleset *ruleset = load->ruleset;
    if (!yaml_get(node, name_key))
        load_error(load, node, NULL, "the name is missing: '%s: ...'", name_key);
    if (!match)
        load_error(load, name ? name : node, NULL, "'match' is missing");
    if (!name || !claim_name(load, file, layer, name))
        return NULL;
    if (arena_grow(load->arena, (void *)&ruleset->rules, &load->rule_capacity, ruleset->n_rules,
                   sizeof *ruleset->rules, NULL)) {
        load_full(load);
        return NULL;
    }
    struct rule *rule = &ruleset->rules[ruleset->n_rules++];
    *rule = (struct rule){.name = name->text, .where = name->where, .layer = layer};
    rule->language = (uint16_t)(file->language - ruleset->languages);
    bool numbers =
        layer == LAYER_COUNT || layer == LAYER_NEVER || layer == LAYER_TIME || layer == LAYER_DOUBT;
    rule->n_alternatives =
        load_patterns(load, file, match, "match", numbers, &rule->alternatives, &rule->written);
    rule->n_unless_before = load_patterns(load, file, yaml_get(node, "unless before"),
                                          "unless before", numbers, &rule->unless_before, NULL);
    rule->n_unless_after = load_patterns(load, file, yaml_get(node, "unless after"), "unless after",
                                         numbers, &rule->unless_after, NULL);
    load_examples(load, node, rule);
    return load->full ? NULL : rule;
}

void count_load(struct loading *load, const struct yaml_node *node, struct count *out)
{
    static const char *const KEYS[] = {"low", "best", "high", NULL};
    int64_t *ends[] = {&out->low, &out->best, &out->high};
    *out = (struct count){COUNT_OPEN, COUNT_OPEN, COUNT_OPEN, QUALIFIER_VAGUE};
    if (!load_keys(load, node, "bounds", KEYS))
        return;
    for (size_t i = 0; i < 3; i++) {
        const struct yaml_node *value = yaml_get(node, KEYS[i]);
        if (value)
            load_int(load, value, 0, NUMBER_MAX, ends[i]);
    }
    int64_t low = out->low, best = out->best, high = out->high;
    if (low == COUNT_OPEN && best == COUNT_OPEN && high == COUNT_OPEN)
        load_error(load, node, NULL, "bounds need one of low, best, high");
    if ((high != COUNT_OPEN && (low > high || best > high)) || (best != COUNT_OPEN && low > best))
        load_error(load, node, NULL, "bounds out of order: low, then best, then high");
    if (low != COUNT_OPEN && low == best && best == high)
        out->qualifier = QUALIFIER_EXACT;
    else if (best != COUNT_OPEN)
        out->qualifier = low == COUNT_OPEN && high == COUNT_OPEN ? QUALIFIER_ABOUT
                         : low == best && high == COUNT_OPEN     ? QUALIFIER_AT_LEAST
                                                                 : QUALIFIER_RANGE;
    else if (low == COUNT_OPEN)
        out->qualifier = QUALIFIER_AT_MOST;
}
