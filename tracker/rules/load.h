#ifndef TRACKER_RULES_LOAD_H
#define TRACKER_RULES_LOAD_H

/* Inside rules/ only: what the loaders of the file formats share. A loader adds what it finds wrong
 * to `findings` and goes on; only memory ends a load at once (`full`). */

#include "rules/ruleset.h"
#include "rules/yaml_tree.h"

enum file_format {
    FILE_SCHEMA,
    FILE_WORDS,
    FILE_PEOPLE,
    FILE_COUNTS,
    FILE_TIMES,
    FILE_SOURCES,
    FILE_DOUBT,
    FILE_RULES,
    FILE_FREQUENCIES,
    FILE_WEIGHTS,
    FILE_FORMATS
};

/* One file of the directory. */
struct rule_file {
    const char *path;      /* as findings name it */
    struct slice relative; /* below the directory */
    struct slice content;
    const struct yaml_node *root;
    enum file_format format;
    struct language *language; /* NULL for the schema */
    struct symbols symbols;    /* what its patterns may name: scope_open */
};

/* `prefer over:` of a rule, resolved when all rules are known. */
struct preference {
    size_t rule;
    const struct yaml_node *names;
};

/* One load of a directory. */
struct loading {
    struct ruleset *ruleset;
    struct arena *arena; /* the rule set's */
    struct diagnostics *findings;
    size_t errors_before;            /* findings of earlier loads */
    const struct yaml_node *weapons; /* of the schema, or NULL */
    size_t rule_capacity;
    size_t source_capacity;
    struct preference *preferences;
    size_t n_preferences;
    size_t preference_capacity;
    struct map names; /* "layer/language/name" of every rule: its index */
    struct expected {
        struct slice *names; /* NULL until they are asked for */
        size_t n;
    } expected[LAYERS]; /* keys of `expect:` in the examples of a layer */
    bool full;          /* memory is out */
};

/* ---- findings ----------------------------------------------------------------------------------
 */

/* An error about a node; `hint` may be NULL. */
void load_error(struct loading *load, const struct yaml_node *node, const char *hint,
                const char *format, ...) PRINTF_LIKE(4, 5);

/* "unknown <what> '<word>'", with the nearest of `names` as a suggestion. */
void load_unknown(struct loading *load, const struct yaml_node *node, const char *what,
                  const struct slice *names, size_t n);

/* ---- memory ------------------------------------------------------------------------------------
 */

/* `count` zeroed elements, or NULL and `full`. */
void *load_array(struct loading *load, size_t count, size_t size);

/* Notes that memory is out. */
void load_full(struct loading *load);

/* ---- nodes -------------------------------------------------------------------------------------
 */

/* Checks that a node is a mapping that holds only these keys (ends with NULL); `what` names it:
 * "a rule". */
bool load_keys(struct loading *load, const struct yaml_node *node, const char *what,
               const char *const *keys);

/* The value of a key when it is of that kind, else NULL, with an error when it is there at all. */
const struct yaml_node *load_map(struct loading *load, const struct yaml_node *node,
                                 const char *key);
const struct yaml_node *load_list(struct loading *load, const struct yaml_node *node,
                                  const char *key);
const struct yaml_node *load_text(struct loading *load, const struct yaml_node *node,
                                  const char *key);

/* A whole number between the bounds; an error and false otherwise. */
bool load_int(struct loading *load, const struct yaml_node *node, int64_t low, int64_t high,
              int64_t *value);

/* The value of an optional key that says true or false. */
bool load_bool(struct loading *load, const struct yaml_node *node, const char *key);

/* One text of a fixed table (ends with NULL): its index, or -1 and an error "unknown <what>". */
int load_choice(struct loading *load, const struct yaml_node *node, const char *what,
                const char *const *names);

/* The items of a node that may be one text or a list of texts: their number; item i by load_item.
 */
size_t load_items(struct loading *load, const struct yaml_node *node, const char *what);
const struct yaml_node *load_item(const struct yaml_node *node, size_t i);

/* ---- lists of phrases --------------------------------------------------------------------------
 */

/* Adds the phrases of a node (a list of phrases; a mapping phrase: number; one phrase) to `list`;
 * `$name` adds another visible list's. With `fixed`, every phrase gets that value and a mapping is
 * an error. */
void list_fill(struct loading *load, const struct symbols *symbols, struct word_list *list,
               const struct yaml_node *node, const int64_t *fixed);

/* Adds a sealed list to `symbols`; a name that is visible already is an error naming both. */
void symbols_add(struct loading *load, struct symbols *symbols, const struct word_list *list);

/* Adds the phrases of a node to a list of `symbols` that is sealed already, and seals it again. No
 * pattern may know the list yet. */
void symbols_extend(struct loading *load, struct symbols *symbols, struct slice name,
                    const struct yaml_node *node);

/* Every list of a `lists:` node (may be NULL), into `symbols`. */
void symbols_add_lists(struct loading *load, struct symbols *symbols,
                       const struct yaml_node *lists);

/* The list of that name, or NULL. */
const struct word_list *symbols_list(const struct symbols *symbols, struct slice name);

/* Sets file->symbols: everything of its language, and the file's own `lists:`. Its map of names is
 * the caller's to free. Once a file. */
void scope_open(struct loading *load, struct rule_file *file);

/* ---- rules -------------------------------------------------------------------------------------
 */

/* The named pieces of a `pieces:` node (may be NULL), in order, into `symbols`, whose lists are
 * complete: a piece may name those before it. */
void pieces_load(struct loading *load, struct symbols *symbols, const struct yaml_node *node);

/* A new rule of a layer from a mapping: its name under `name_key`, patterns, unless phrases and
 * examples. NULL when there is no use in going on with it. The pointer is valid until the next
 * call. */
struct rule *rule_load(struct loading *load, struct rule_file *file, enum layer layer,
                       const struct yaml_node *node, const char *name_key);

/* Bounds written {low: 3, high: 9, best: 5}: every end given, the others open. */
void count_load(struct loading *load, const struct yaml_node *node, struct count *out);

/* ---- the formats: each loader takes what its phase needs ---------------------------------------
 */

void load_schema(struct loading *load, struct rule_file *file);
void load_weapons(struct loading *load, struct language *language);
void load_forms(struct loading *load, struct rule_file *file);
void load_words(struct loading *load, struct rule_file *file);
void load_people(struct loading *load, struct rule_file *file);
void load_word_pieces(struct loading *load, struct rule_file *file);
void load_numbers(struct loading *load, struct rule_file *file);
void load_time_words(struct loading *load, struct rule_file *file);
void load_sources(struct loading *load, struct rule_file *file);
void load_source_names(struct loading *load, struct rule_file *file);
void load_counts(struct loading *load, struct rule_file *file);
void load_times(struct loading *load, struct rule_file *file);
void load_attributions(struct loading *load, struct rule_file *file);
void load_doubt(struct loading *load, struct rule_file *file);
void load_frequencies(struct loading *load, struct rule_file *file);
void load_weights_file(struct loading *load, const struct rule_file *file);
void load_rules(struct loading *load, struct rule_file *file);

/* After the last rule file: `prefer over`. */
void load_preferences(struct loading *load);

#endif
