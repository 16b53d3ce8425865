/* format: strike-counts/1: number words, phrases that bound a count, numbers that never count. */
#include "rules/load.h"

const char *const qualifier_names[QUALIFIERS] = {
    [QUALIFIER_EXACT] = "exact",         [QUALIFIER_AT_LEAST] = "at_least",
    [QUALIFIER_MORE_THAN] = "more_than", [QUALIFIER_AT_MOST] = "at_most",
    [QUALIFIER_ABOUT] = "about",         [QUALIFIER_RANGE] = "range",
    [QUALIFIER_VAGUE] = "vague",         [QUALIFIER_NONE] = "none",
};

/* ---- number words ------------------------------------------------------------------------------
 */

static const struct {
    const char *key;
    enum number_role role;
    int64_t least, most; /* of the values; 0, 0: a plain list */
    int64_t value;       /* of a plain list's words */
} ROLES[] = {
    {"units", NUMBER_UNIT, 1, 19, 0},
    {"tens", NUMBER_TENS, 20, 90, 0},
    {"hundreds", NUMBER_HUNDREDS, 100, 900, 0},
    {"multipliers", NUMBER_MULTIPLIER, 2, NUMBER_MAX, 0},
    {"articles", NUMBER_ARTICLE, 0, 0, 1},
    {"and", NUMBER_AND, 0, 0, 0},
    {"half", NUMBER_HALF, 0, 0, 0},
    {"zero", NUMBER_ZERO, 0, 0, 0},
};

static void add_number(struct loading *load, struct language *language,
                       const struct yaml_node *node, enum number_role role, int64_t value)
{
    struct number_words *numbers = &language->numbers;
    uint32_t id = WORD_UNKNOWN;
    struct slice word = slice_trim(node->text);
    if (word.len == 0 || memchr(word.ptr, ' ', word.len) || memchr(word.ptr, '-', word.len)) {
        load_error(load, node, NULL, "a number word is one word");
        return;
    }
    if (vocabulary_intern(language->symbols.vocabulary, word, &id, NULL)) {
        load_full(load);
        return;
    }
    if (id >= numbers->n) {
        size_t n = (size_t)id * 2 + 64;
        struct number_word *words = load_array(load, n, sizeof *words);
        if (!words)
            return;
        if (numbers->n)
            memcpy(words, numbers->words, numbers->n * sizeof *words);
        numbers->words = words;
        numbers->n = n;
    }
    if (numbers->words[id].role != NUMBER_NONE)
        load_error(load, node, NULL, "number word '%.*s' is already given", SLICE_ARG(word));
    numbers->words[id] = (struct number_word){(uint8_t)role, value};
}

static void add_valued(struct loading *load, struct language *language, size_t k,
                       const struct yaml_node *node)
{
    int64_t value = 0;
    if (node->kind != YAML_MAP)
        load_error(load, node, NULL, "'%s' must be a mapping word: number", ROLES[k].key);
    for (size_t i = 0; node->kind == YAML_MAP && i < node->n && !load->full; i++) {
        if (load_int(load, &node->items[i], ROLES[k].least, ROLES[k].most, &value))
            add_number(load, language, &node->keys[i], ROLES[k].role, value);
    }
}

void load_numbers(struct loading *load, struct rule_file *file)
{
    static const char *const KEYS[] = {"format", "language",      "lists", "numbers",
                                       "counts", "never a count", NULL};
    static const char *const NUMBER_KEYS[] = {
        "units", "tens", "hundreds", "multipliers", "articles", "and", "half", "zero", NULL};
    load_keys(load, file->root, "a strike-counts file", KEYS);
    const struct yaml_node *numbers = load_map(load, file->root, "numbers");
    if (!numbers || !load_keys(load, numbers, "numbers", NUMBER_KEYS))
        return;
    for (size_t k = 0; k < sizeof ROLES / sizeof *ROLES; k++) {
        const struct yaml_node *node = yaml_get(numbers, ROLES[k].key);
        if (!node)
            continue;
        if (ROLES[k].most) {
            add_valued(load, file->language, k, node);
            continue;
        }
        size_t n = load_items(load, node, ROLES[k].key);
        for (size_t i = 0; i < n && !load->full; i++)
            add_number(load, file->language, load_item(node, i), ROLES[k].role, ROLES[k].value);
    }
}

/* ---- counts ------------------------------------------------------------------------------------
 */

/* In the order of enum qualifier. */
static const char *const MEANS[] = {"exact", "at least", "more than", "at most", "about",
                                    "range", "vague",    "none",      NULL};

/* Which numbers the patterns have to hold for each meaning. */
static bool has_slot(const struct pattern *pattern, const char *name)
{
    for (uint16_t i = 0; i < pattern->n_slots; i++) {
        if (pattern->slots[i].kind == SLOT_NUMBER && slice_is(pattern->slots[i].name, name))
            return true;
    }
    return false;
}

static void check_slots(struct loading *load, const struct yaml_node *match,
                        const struct rule *rule, bool fixed)
{
    for (uint16_t i = 0; i < rule->n_alternatives; i++) {
        const struct pattern *p = &rule->alternatives[i];
        bool range = has_slot(p, "low") && has_slot(p, "high"), one = has_slot(p, "number");
        const struct yaml_node *item = load_item(match, i);
        if (!p->code)
            continue; /* it has its error already */
        if (fixed && p->n_slots && (one || range))
            load_error(load, item, NULL, "the bounds are fixed: no <number> can stand here");
        else if (!fixed && rule->count.qualifier == QUALIFIER_RANGE && !range)
            load_error(load, item, NULL, "a range needs <low> and <high>");
        else if (!fixed && rule->count.qualifier != QUALIFIER_RANGE && !one)
            load_error(load, item, NULL, "<number> is missing");
    }
}

static void load_count(struct loading *load, struct rule_file *file, const struct yaml_node *node)
{
    static const char *const KEYS[] = {
        "count", "match", "unless before", "unless after", "means", "examples", NULL};
    if (!load_keys(load, node, "a count", KEYS))
        return;
    const struct yaml_node *means = yaml_get(node, "means"), *match = yaml_get(node, "match");
    struct rule *rule = rule_load(load, file, LAYER_COUNT, node, "count");
    if (!rule)
        return;
    rule->count = (struct count){COUNT_OPEN, COUNT_OPEN, COUNT_OPEN, QUALIFIER_EXACT};
    if (!means) {
        load_error(load, node, NULL, "'means' is missing: at least, ... or {low: 3, high: 9}");
        return;
    }
    if (means->kind == YAML_MAP) {
        count_load(load, means, &rule->count);
        check_slots(load, match, rule, true);
        return;
    }
    int choice = load_choice(load, means, "meaning", MEANS);
    if (choice < 0)
        return;
    rule->count.qualifier = (enum qualifier)choice;
    if (choice == QUALIFIER_NONE)
        rule->count.low = rule->count.best = rule->count.high = 0;
    if (choice == QUALIFIER_VAGUE)
        load_error(load, means, "write {low: 3, high: 9}", "a vague word needs bounds");
    check_slots(load, match, rule, choice == QUALIFIER_NONE || choice == QUALIFIER_VAGUE);
}

/* `between: {low: 1900, high: 2100}` */
static void load_between(struct loading *load, const struct yaml_node *node, struct rule *rule)
{
    const struct yaml_node *between = yaml_get(node, "between");
    rule->never_low = 0;
    rule->never_high = NUMBER_MAX;
    if (!between)
        return;
    struct count bounds;
    count_load(load, between, &bounds);
    if (bounds.low != COUNT_OPEN)
        rule->never_low = bounds.low;
    if (bounds.high != COUNT_OPEN)
        rule->never_high = bounds.high;
}

static void load_never(struct loading *load, struct rule_file *file, const struct yaml_node *node)
{
    static const char *const KEYS[] = {
        "never", "match", "unless before", "unless after", "between", "examples", NULL};
    if (!load_keys(load, node, "a number that never counts", KEYS))
        return;
    struct rule *rule = rule_load(load, file, LAYER_NEVER, node, "never");
    if (!rule)
        return;
    load_between(load, node, rule);
    for (uint16_t i = 0; i < rule->n_alternatives; i++) {
        bool found = !rule->alternatives[i].code;
        for (uint16_t s = 0; s < rule->alternatives[i].n_slots; s++)
            found |= rule->alternatives[i].slots[s].kind == SLOT_NUMBER;
        if (!found)
            load_error(load, load_item(yaml_get(node, "match"), i), NULL, "<number> is missing");
    }
}

void load_counts(struct loading *load, struct rule_file *file)
{
    scope_open(load, file);
    const struct yaml_node *counts = load_list(load, file->root, "counts");
    const struct yaml_node *never = load_list(load, file->root, "never a count");
    for (size_t i = 0; counts && i < counts->n && !load->full; i++)
        load_count(load, file, &counts->items[i]);
    for (size_t i = 0; never && i < never->n && !load->full; i++)
        load_never(load, file, &never->items[i]);
}
