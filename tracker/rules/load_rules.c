/* format: strike-rules/1: rules that make claims. */
#include "rules/load.h"

static const char *const RULE_KEYS[] = {
    "rule",   "match", "unless before", "unless after", "set", "continues",
    "figure", "scope", "prefer over",   "examples",     NULL};

/* ---- set ---------------------------------------------------------------------------------------
 */

/* "killed" or "killed.child" of the schema. */
static bool find_field(struct loading *load, const struct yaml_node *key, struct rule_set *set)
{
    const struct schema *schema = &load->ruleset->schema;
    const char *dot = memchr(key->text.ptr, '.', key->text.len);
    size_t len = dot ? (size_t)(dot - key->text.ptr) : key->text.len;
    struct slice part = dot ? slice_sub(key->text, len + 1, key->text.len - len - 1) : SLICE_NONE;
    set->field = schema_find(schema, slice_sub(key->text, 0, len));
    set->part = SCHEMA_NONE;
    if (set->field == SCHEMA_NONE) {
        struct slice *names = load_array(load, schema->n_fields, sizeof *names);
        for (size_t i = 0; names && i < schema->n_fields; i++)
            names[i] = schema->fields[i].name;
        load_unknown(load, key, "field", names, names ? schema->n_fields : 0);
        return false;
    }
    const struct schema_field *field = &schema->fields[set->field];
    if (field->type != VALUE_COUNT) {
        load_error(load, key, NULL, "'%.*s' is no count: it cannot be set", SLICE_ARG(key->text));
        return false;
    }
    set->part = dot ? schema_part(schema, set->field, part) : SCHEMA_NONE;
    if (dot && set->part == SCHEMA_NONE) {
        struct yaml_node named = *key;
        named.text = part;
        load_unknown(load, &named, "part", field->parts, field->n_parts);
        return false;
    }
    return true;
}

static bool is_digits(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    }
    return s.len > 0;
}

/* `<field>` or `<field.part>`: the value that the match takes for it. */
static bool set_same(struct loading *load, const struct yaml_node *node, struct rule_set *set)
{
    struct slice text = node->text;
    struct rule_set same;
    if (node->kind != YAML_TEXT || text.len < 3 || text.ptr[0] != '<' ||
        text.ptr[text.len - 1] != '>')
        return false;
    struct yaml_node name = *node;
    name.text = slice_sub(text, 1, text.len - 2);
    if (find_field(load, &name, &same)) {
        set->same = true;
        set->same_field = same.field;
        set->same_part = same.part;
    }
    return true;
}

static void set_value(struct loading *load, const struct yaml_node *node, struct count *out)
{
    int64_t n = 0;
    *out = (struct count){0, 0, 0, QUALIFIER_NONE};
    if (node->kind == YAML_MAP) {
        count_load(load, node, out);
    } else if (node->kind == YAML_TEXT &&
               (slice_is(node->text, "none") || slice_is(node->text, "none reported"))) {
        return;
    } else if (node->kind == YAML_TEXT && is_digits(node->text)) {
        if (load_int(load, node, 0, NUMBER_MAX, &n))
            *out = (struct count){n, n, n, QUALIFIER_EXACT};
    } else {
        load_error(load, node, NULL,
                   "a value to set is a number, 'none reported', {low: 3, high: 9} or <field>");
    }
}

static void load_set(struct loading *load, const struct yaml_node *node, struct rule *rule)
{
    const struct yaml_node *sets = load_map(load, node, "set");
    if (!sets || sets->n > UINT16_MAX)
        return;
    rule->sets = load_array(load, sets->n, sizeof *rule->sets);
    for (size_t i = 0; rule->sets && i < sets->n; i++) {
        struct rule_set *set = &rule->sets[rule->n_sets];
        if (find_field(load, &sets->keys[i], set)) {
            if (!set_same(load, &sets->items[i], set))
                set_value(load, &sets->items[i], &set->value);
            rule->n_sets++;
        }
    }
}

/* ---- checks of a whole rule --------------------------------------------------------------------
 */

static void check_common(struct loading *load, const struct rule_file *file,
                         const struct yaml_node *match, const struct rule *rule)
{
    for (uint16_t i = 0; i < rule->n_alternatives; i++) {
        const struct yaml_node *item = load_item(match, i);
        if (rule->alternatives[i].code && pattern_is_common(&rule->alternatives[i], &file->symbols))
            diagnostics_add(load->findings, SEVERITY_WARNING,
                            yaml_locate(item, 0, (int)item->text.len), "add a rarer word",
                            "the fixed words of this pattern are so common that it is tried "
                            "in nearly every sentence");
    }
}

static void check_claims(struct loading *load, const struct yaml_node *match,
                         const struct rule *rule)
{
    for (uint16_t i = 0; i < rule->n_alternatives; i++) {
        const struct pattern *p = &rule->alternatives[i];
        bool says = !p->code;
        for (uint16_t s = 0; s < p->n_slots; s++)
            says |= p->slots[s].kind == SLOT_FIELD;
        if (!says)
            load_error(load, load_item(match, i), "name a <field>, or give 'set'",
                       "this pattern says nothing");
    }
}

static void check_examples(struct loading *load, const struct yaml_node *node,
                           const struct rule *rule)
{
    bool nothing = false;
    for (uint16_t i = 0; i < rule->n_examples; i++)
        nothing |= rule->examples[i].nothing;
    if (rule->n_examples == 0 && !yaml_get(node, "examples"))
        diagnostics_add(load->findings, SEVERITY_ERROR, rule->where, NULL,
                        "rule '%.*s' has no examples", SLICE_ARG(rule->name));
    else if (!nothing)
        diagnostics_add(load->findings, SEVERITY_WARNING, rule->where,
                        "add a sentence that it must not match",
                        "rule '%.*s' has no example with 'expect: nothing'", SLICE_ARG(rule->name));
}

/* ---- the rule ----------------------------------------------------------------------------------
 */

static bool load_flag(struct loading *load, const struct yaml_node *node, const char *key,
                      const char *const *names, int wanted)
{
    const struct yaml_node *value = yaml_get(node, key);
    char what[64] = "value of ";
    strncat(what, key, sizeof what - strlen(what) - 1);
    return value && load_choice(load, value, what, names) == wanted;
}

static void load_figure(struct loading *load, const struct yaml_node *node, struct rule *rule)
{
    static const char *const FIGURES[] = {"running total",
                                          "war total",
                                          "part",
                                          "attackers",
                                          "dead or wounded",
                                          "somebody told before",
                                          "part of the last total",
                                          "former total",
                                          "if nothing else is told",
                                          "of the wounded",
                                          NULL};
    const struct yaml_node *value = yaml_get(node, "figure");
    int figure = value ? load_choice(load, value, "figure", FIGURES) : -1;
    rule->running_total = figure == 0;
    rule->cumulative = figure == 1;
    rule->part_of_last = figure == 6;
    rule->subset = figure == 2 || rule->part_of_last;
    rule->attackers = figure == 3;
    rule->dead_or_wounded = figure == 4;
    rule->told_before = figure == 5;
    rule->former = figure == 7;
    rule->weak = figure == 8;
    rule->of_wounded = figure == 9;
}

static void load_rule(struct loading *load, struct rule_file *file, const struct yaml_node *node)
{
    static const char *const CONTINUES[] = {"previous event", NULL};
    static const char *const SCOPES[] = {"country", NULL};
    if (!load_keys(load, node, "a rule", RULE_KEYS))
        return;
    struct rule *rule = rule_load(load, file, LAYER_EVENT, node, "rule");
    if (!rule)
        return;
    size_t index = load->ruleset->n_rules - 1;
    load_set(load, node, rule);
    rule->continues = load_flag(load, node, "continues", CONTINUES, 0);
    rule->scope_country = load_flag(load, node, "scope", SCOPES, 0);
    load_figure(load, node, rule);
    if (!yaml_get(node, "set"))
        check_claims(load, yaml_get(node, "match"), rule);
    check_common(load, file, yaml_get(node, "match"), rule);
    check_examples(load, node, rule);
    const struct yaml_node *prefer = yaml_get(node, "prefer over");
    if (!prefer)
        return;
    if (arena_grow(load->arena, (void *)&load->preferences, &load->preference_capacity,
                   load->n_preferences, sizeof *load->preferences, NULL))
        load_full(load);
    else
        load->preferences[load->n_preferences++] = (struct preference){index, prefer};
}

void load_rules(struct loading *load, struct rule_file *file)
{
    static const char *const KEYS[] = {"format", "language", "lists", "pieces", "rules", NULL};
    load_keys(load, file->root, "a strike-rules file", KEYS);
    scope_open(load, file);
    pieces_load(load, &file->symbols, load_map(load, file->root, "pieces"));
    const struct yaml_node *rules = load_list(load, file->root, "rules");
    if (!yaml_get(file->root, "rules"))
        load_error(load, file->root, NULL, "'rules' is missing");
    for (size_t i = 0; rules && i < rules->n && !load->full; i++)
        load_rule(load, file, &rules->items[i]);
}

/* ---- prefer over -------------------------------------------------------------------------------
 */

static uint32_t find_rule(const struct ruleset *ruleset, const struct rule *like, struct slice name)
{
    for (size_t i = 0; i < ruleset->n_rules; i++) {
        const struct rule *rule = &ruleset->rules[i];
        if (rule->layer == LAYER_EVENT && rule->language == like->language &&
            slice_equal(rule->name, name))
            return (uint32_t)i;
    }
    return UINT32_MAX;
}

static void unknown_rule(struct loading *load, const struct yaml_node *node,
                         const struct rule *like)
{
    const struct ruleset *ruleset = load->ruleset;
    struct slice *names = load_array(load, ruleset->n_rules, sizeof *names);
    for (size_t i = 0; names && i < ruleset->n_rules; i++) {
        const struct rule *rule = &ruleset->rules[i];
        if (rule->layer == LAYER_EVENT && rule->language == like->language && rule != like)
            names[i] = rule->name;
    }
    load_unknown(load, node, "rule", names, names ? ruleset->n_rules : 0);
}

void load_preferences(struct loading *load)
{
    struct ruleset *ruleset = load->ruleset;
    for (size_t i = 0; i < load->n_preferences && !load->full; i++) {
        const struct preference *p = &load->preferences[i];
        struct rule *rule = &ruleset->rules[p->rule];
        size_t n = load_items(load, p->names, "prefer over");
        rule->prefer_over = load_array(load, n, sizeof *rule->prefer_over);
        for (size_t k = 0; rule->prefer_over && k < n && k < UINT16_MAX; k++) {
            const struct yaml_node *item = load_item(p->names, k);
            uint32_t other = find_rule(ruleset, rule, item->text);
            if (other == UINT32_MAX)
                unknown_rule(load, item, rule);
            else if (other == p->rule)
                load_error(load, item, NULL, "a rule cannot be preferred over itself");
            else
                rule->prefer_over[rule->n_prefer_over++] = other;
        }
    }
}
