/* format: strike-doubt/1: words that say a number is denied, feared, future, old or unverified. */
#include "rules/load.h"

const char *const doubt_names[DOUBT_KINDS] = {
    [DOUBT_NONE] = "none",
    [DOUBT_DENIED] = "denied",
    [DOUBT_HYPOTHETICAL] = "hypothetical",
    [DOUBT_FUTURE] = "future",
    [DOUBT_HISTORICAL] = "historical",
    [DOUBT_CUMULATIVE] = "cumulative",
    [DOUBT_UNVERIFIED] = "unverified",
};

static const char *const REACHES[] = {"before", "after", "both", NULL};

/* `stops: $name` */
static const struct word_list *load_stops(struct loading *load, const struct rule_file *file,
                                          const struct yaml_node *node)
{
    const struct yaml_node *stops = load_text(load, node, "stops");
    if (!stops)
        return NULL;
    bool named = stops->text.len > 1 && stops->text.ptr[0] == '$';
    struct slice name = named ? slice_sub(stops->text, 1, stops->text.len - 1) : SLICE_NONE;
    const struct word_list *list = named ? symbols_list(&file->symbols, name) : NULL;
    if (!named)
        load_error(load, stops, NULL, "'stops' must name a list: $stops");
    else if (!list)
        load_error(load, stops, NULL, "unknown list $%.*s", SLICE_ARG(name));
    return list;
}

static void load_one(struct loading *load, struct rule_file *file, const struct yaml_node *node)
{
    static const char *const KEYS[] = {"doubt",   "match",  "unless before", "unless after", "kind",
                                       "reaches", "within", "stops",         "examples",     NULL};
    const char *kinds[DOUBT_KINDS + 1] = {NULL};
    memcpy(kinds, doubt_names, sizeof doubt_names);
    if (!load_keys(load, node, "a doubt", KEYS))
        return;
    struct rule *rule = rule_load(load, file, LAYER_DOUBT, node, "doubt");
    if (!rule)
        return;
    const struct yaml_node *kind = yaml_get(node, "kind"), *reaches = yaml_get(node, "reaches");
    const struct yaml_node *within = yaml_get(node, "within");
    int64_t words = 0;
    int choice = kind ? load_choice(load, kind, "kind of doubt", kinds) : -1;
    int direction = reaches ? load_choice(load, reaches, "direction", REACHES) : 1;
    if (!kind)
        load_error(load, node, NULL, "'kind' is missing: denied, hypothetical, ...");
    if (within)
        load_int(load, within, 1, SENTENCE_MAX_TOKENS, &words);
    rule->doubt = (struct doubt_meaning){.kind = choice < 0 ? DOUBT_NONE : (enum doubt_kind)choice,
                                         .before = direction == 0 || direction == 2,
                                         .after = direction == 1 || direction == 2,
                                         .reach = (uint16_t)words,
                                         .stops = load_stops(load, file, node)};
}

void load_doubt(struct loading *load, struct rule_file *file)
{
    static const char *const KEYS[] = {"format", "language", "lists", "doubts", NULL};
    load_keys(load, file->root, "a strike-doubt file", KEYS);
    scope_open(load, file);
    const struct yaml_node *doubts = load_list(load, file->root, "doubts");
    for (size_t i = 0; doubts && i < doubts->n && !load->full; i++)
        load_one(load, file, &doubts->items[i]);
}
