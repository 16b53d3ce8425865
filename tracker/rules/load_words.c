/* format: strike-words/1 and strike-people/1: a language's lists, irregular forms, abbreviations,
 * and its words for people. */
#include "rules/load.h"
#include "text/utf8.h"

static const char *const WORDS_KEYS[] = {"format",
                                         "language",
                                         "lists",
                                         "forms",
                                         "abbreviations",
                                         "pieces",
                                         "weapons",
                                         "name endings",
                                         "at home in",
                                         "romanisation",
                                         "romanisation of first letters",
                                         NULL};

/* ---- forms -------------------------------------------------------------------------------------
 */

static void add_forms(struct loading *load, struct symbols *symbols, size_t *n_forms,
                      const struct yaml_node *base, const struct yaml_node *node)
{
    size_t n = load_items(load, node, "forms");
    struct slice *forms = load_array(load, n + 1, sizeof *forms);
    if (map_get(&symbols->forms_by_base, base->text) != MAP_ABSENT) {
        load_error(load, base, NULL, "the forms of '%.*s' are already given",
                   SLICE_ARG(base->text));
        return;
    }
    for (size_t i = 0; forms && i < n; i++) {
        forms[i] = slice_trim(load_item(node, i)->text);
        if (forms[i].len == 0)
            load_error(load, load_item(node, i), NULL, "an empty form");
    }
    if (!forms || map_put(&symbols->forms_by_base, base->text, (uint32_t)*n_forms, NULL)) {
        load_full(load);
        return;
    }
    symbols->forms[(*n_forms)++] = forms;
}

void load_forms(struct loading *load, struct rule_file *file)
{
    struct symbols *symbols = &file->language->symbols;
    load_keys(load, file->root, "a strike-words file", WORDS_KEYS);
    const struct yaml_node *node = load_map(load, file->root, "forms");
    if (!node)
        return;
    size_t n = symbols->forms_by_base.count;
    struct slice **all = load_array(load, n + node->n, sizeof *all);
    if (!all)
        return;
    if (n)
        memcpy(all, symbols->forms, n * sizeof *all);
    symbols->forms = all;
    for (size_t i = 0; i < node->n && !load->full; i++)
        add_forms(load, symbols, &n, &node->keys[i], &node->items[i]);
}

/* ---- lists and abbreviations -------------------------------------------------------------------
 */

static const struct {
    const char *key;
    enum word_mark mark;
} ABBREVIATIONS[] = {
    {"never end a sentence", WORD_ABBREVIATION},
    {"may end a sentence", WORD_ABBREVIATION_STOP},
};

/* Marks the word as the text floor will see it: "p.m." is one token, "Gen." the token before a full
 * stop. */
static void mark_abbreviation(struct loading *load, struct language *language,
                              const struct yaml_node *node, enum word_mark mark)
{
    struct document doc;
    struct error err;
    uint32_t id = WORD_UNKNOWN;
    struct slice text = slice_trim(node->text);
    if (document_make(load->arena, language->symbols.vocabulary, text, 0, &doc, &err)) {
        load_full(load);
        return;
    }
    bool stop_after = doc.n_tokens == 2 && slice_is(token_text(&doc, 1), ".");
    if (doc.n_tokens == 0 || doc.tokens[0].kind != TOKEN_WORD ||
        (doc.n_tokens > 1 && !stop_after)) {
        load_error(load, node, NULL, "an abbreviation is one word");
        return;
    }
    if (vocabulary_intern(language->symbols.vocabulary, token_text(&doc, 0), &id, &err))
        load_full(load);
    else
        vocabulary_mark(language->symbols.vocabulary, id, mark);
}

static void load_abbreviations(struct loading *load, struct rule_file *file)
{
    const struct yaml_node *node = load_map(load, file->root, "abbreviations");
    static const char *const KEYS[] = {"never end a sentence", "may end a sentence", NULL};
    if (!node || !load_keys(load, node, "abbreviations", KEYS))
        return;
    for (size_t k = 0; k < sizeof ABBREVIATIONS / sizeof *ABBREVIATIONS; k++) {
        const struct yaml_node *words = yaml_get(node, ABBREVIATIONS[k].key);
        size_t n = words ? load_items(load, words, ABBREVIATIONS[k].key) : 0;
        for (size_t i = 0; i < n && !load->full; i++)
            mark_abbreviation(load, file->language, load_item(words, i), ABBREVIATIONS[k].mark);
    }
}

/* ---- weapons -----------------------------------------------------------------------------------
 */

/* This language's own words for what the schema's `weapons:` name. */
static void load_weapon_words(struct loading *load, struct rule_file *file)
{
    const struct yaml_node *node = load_map(load, file->root, "weapons");
    const struct yaml_node *known = load->weapons;
    size_t n_known = known ? known->n : 0;
    struct slice *names = load_array(load, n_known, sizeof *names);
    for (size_t i = 0; names && i < n_known; i++)
        names[i] = known->keys[i].text;
    for (size_t i = 0; node && i < node->n && !load->full; i++) {
        size_t k = 0;
        while (k < n_known && !slice_equal(names[k], node->keys[i].text))
            k++;
        if (k < n_known)
            symbols_extend(load, &file->language->symbols, names[k], &node->items[i]);
        else
            load_unknown(load, &node->keys[i], "kind of weapon", names, n_known);
    }
}

/* ---- endings of names --------------------------------------------------------------------------
 */

/* `name endings: {ові: ів}`: an ending as written, and what may stand in its place in the
 * dictionary form ("" for nothing). */
/* Keeps the endings in order of length, the longest first; of one length in order of the file. */
static void ending_add(struct language *language, const struct name_ending *ending)
{
    size_t at = language->n_endings++;
    for (; at > 0 && language->endings[at - 1].written.len < ending->written.len; at--)
        language->endings[at] = language->endings[at - 1];
    language->endings[at] = *ending;
}

static void load_endings(struct loading *load, struct rule_file *file)
{
    const struct yaml_node *node = load_map(load, file->root, "name endings");
    struct language *language = file->language;
    if (!node)
        return;
    if (language->n_endings) {
        load_error(load, node, NULL, "the endings of names are already given in another file");
        return;
    }
    language->endings = load_array(load, node->n, sizeof *language->endings);
    for (size_t i = 0; i < node->n && !load->full; i++) {
        struct name_ending ending = {.written = node->keys[i].text};
        size_t n = load_items(load, &node->items[i], "name endings");
        ending.basic = load_array(load, n, sizeof *ending.basic);
        for (size_t k = 0; k < n && !load->full; k++)
            ending.basic[ending.n_basic++] = load_item(&node->items[i], k)->text;
        if (!ending.written.len)
            load_error(load, &node->keys[i], NULL, "an empty ending");
        ending_add(language, &ending);
    }
}

/* `romanisation: {я: ia}` and `romanisation of first letters: {я: ya}`, the latter first. */
static void load_letters(struct loading *load, struct rule_file *file)
{
    static const char *const KEYS[] = {"romanisation of first letters", "romanisation"};
    struct language *language = file->language;
    const struct yaml_node *nodes[] = {load_map(load, file->root, KEYS[0]),
                                       load_map(load, file->root, KEYS[1])};
    size_t n = (nodes[0] ? nodes[0]->n : 0) + (nodes[1] ? nodes[1]->n : 0);
    if (n == 0)
        return;
    if (language->n_letters) {
        load_error(load, nodes[1] ? nodes[1] : nodes[0], NULL,
                   "the romanisation is already given in another file");
        return;
    }
    language->letters = load_array(load, n, sizeof *language->letters);
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; nodes[k] && i < nodes[k]->n && !load->full; i++) {
            struct slice letter = nodes[k]->keys[i].text;
            uint32_t code = 0;
            if (nodes[k]->items[i].kind == YAML_TEXT && letter.len &&
                utf8_decode(letter.ptr, letter.len, &code) == letter.len)
                language->letters[language->n_letters++] =
                    (struct latin_letter){code, nodes[k]->items[i].text, k == 0};
            else
                load_error(load, &nodes[k]->keys[i], NULL, "expected a letter and its Latin text");
        }
    }
}

/* `at home in: UA` */
static void load_country(struct loading *load, struct rule_file *file)
{
    const struct yaml_node *node = load_text(load, file->root, "at home in");
    if (!node)
        return;
    bool code = node->text.len == 2;
    for (size_t i = 0; i < node->text.len; i++)
        code = code && node->text.ptr[i] >= 'A' && node->text.ptr[i] <= 'Z';
    if (code)
        file->language->country = node->text;
    else
        load_error(load, node, NULL, "a country is a code of two capitals: UA");
}

void load_words(struct loading *load, struct rule_file *file)
{
    struct symbols *symbols = &file->language->symbols;
    load_weapon_words(load, file);
    load_endings(load, file);
    load_letters(load, file);
    load_country(load, file);
    symbols_add_lists(load, symbols, load_map(load, file->root, "lists"));
    const struct word_list *attacks = symbols_list(symbols, SLICE_LITERAL("attacks"));
    if (attacks)
        file->language->attacks = *attacks;
    load_abbreviations(load, file);
}

/* ---- people ------------------------------------------------------------------------------------
 */

static bool is_part(const struct schema *schema, struct slice part)
{
    for (uint16_t f = 0; f < schema->n_fields; f++) {
        if (schema->fields[f].people && schema_part(schema, f, part) != SCHEMA_NONE)
            return true;
    }
    return false;
}

static void unknown_part(struct loading *load, const struct yaml_node *key)
{
    const struct schema *schema = &load->ruleset->schema;
    for (uint16_t f = 0; f < schema->n_fields; f++) {
        if (schema->fields[f].people && schema->fields[f].n_parts) {
            load_unknown(load, key, "part", schema->fields[f].parts, schema->fields[f].n_parts);
            return;
        }
    }
    load_unknown(load, key, "part", NULL, 0);
}

/* One list of nouns: also added to $people (many) or $person (one). */
static void add_nouns(struct loading *load, struct language *language, struct slice part,
                      const struct yaml_node *node, bool singular, struct word_list *all)
{
    struct people_words *people = &language->people;
    struct word_list list = {.name = all->name, .where = node->where};
    list_fill(load, &language->symbols, &list, node, NULL);
    list_fill(load, &language->symbols, all, node, NULL);
    if (word_list_seal(load->arena, &list, NULL)) {
        load_full(load);
        return;
    }
    people->nouns[people->n] = list;
    people->parts[people->n] = part;
    people->singular_lists[people->n++] = singular;
}

static void load_nouns(struct loading *load, struct rule_file *file, const struct yaml_node *nouns)
{
    static const char *const KEYS[] = {"one", "many", NULL};
    struct language *language = file->language;
    struct people_words *people = &language->people;
    struct word_list many = {.name = SLICE_LITERAL("people"), .where = nouns->where};
    struct word_list one = {.name = SLICE_LITERAL("person"), .where = nouns->where};
    people->nouns = load_array(load, 2 * nouns->n, sizeof *people->nouns);
    people->parts = load_array(load, 2 * nouns->n, sizeof *people->parts);
    people->singular_lists = load_array(load, 2 * nouns->n, sizeof *people->singular_lists);
    for (size_t i = 0; i < nouns->n && !load->full; i++) {
        const struct yaml_node *key = &nouns->keys[i], *entry = &nouns->items[i];
        bool general = slice_is(key->text, "any");
        if (!general && !is_part(&load->ruleset->schema, key->text))
            unknown_part(load, key);
        if (!load_keys(load, entry, "nouns of a part", KEYS))
            continue;
        struct slice part = general ? (struct slice){"", 0} : key->text;
        if (yaml_get(entry, "one"))
            add_nouns(load, language, part, yaml_get(entry, "one"), true, &one);
        if (yaml_get(entry, "many"))
            add_nouns(load, language, part, yaml_get(entry, "many"), false, &many);
    }
    if (load->full || word_list_seal(load->arena, &one, NULL) ||
        word_list_seal(load->arena, &many, NULL)) {
        load_full(load);
        return;
    }
    symbols_add(load, &language->symbols, &one);
    symbols_add(load, &language->symbols, &many);
}

/* A list of its own, under no name that patterns see. */
static void load_plain(struct loading *load, struct rule_file *file, const char *key,
                       struct word_list *list)
{
    const struct yaml_node *node = load_list(load, file->root, key);
    if (!node)
        return;
    list->name = slice_of(key);
    list->where = node->where;
    list_fill(load, &file->symbols, list, node, NULL);
    if (word_list_seal(load->arena, list, NULL))
        load_full(load);
}

void load_people(struct loading *load, struct rule_file *file)
{
    static const char *const KEYS[] = {"format",    "language", "lists", "nouns",
                                       "modifiers", "stops",    NULL};
    struct people_words *people = &file->language->people;
    load_keys(load, file->root, "a strike-people file", KEYS);
    if (people->n) {
        load_error(load, file->root, NULL, "a second strike-people file of this language");
        return;
    }
    scope_open(load, file);
    const struct yaml_node *nouns = load_map(load, file->root, "nouns");
    if (nouns)
        load_nouns(load, file, nouns);
    else
        load_error(load, file->root, NULL, "'nouns' is missing");
    load_plain(load, file, "modifiers", &people->modifiers);
    load_plain(load, file, "stops", &people->stops);
}

/* Pieces of words files are the whole language's; they come when its lists are complete. */
void load_word_pieces(struct loading *load, struct rule_file *file)
{
    pieces_load(load, &file->language->symbols, load_map(load, file->root, "pieces"));
}
