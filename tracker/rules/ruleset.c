/*
 * Loading a directory of rule files: find them, read them, sort them into languages, then run the
 * loaders in an order in which every name is known before it is used (PHASES).
 */
#include "rules/ruleset.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "rules/load.h"

#define MOST_MEMORY ((size_t)512 << 20)
#define MOST_FILE ((size_t)8 << 20)
#define MOST_DEPTH 8 /* of folders: a link that leads back ends there */
#define MOST_FILES 10000
#define MOST_LANGUAGES 1000

static const char *const FORMATS[FILE_FORMATS + 1] = {
    [FILE_SCHEMA] = "strike-schema",
    [FILE_WORDS] = "strike-words",
    [FILE_PEOPLE] = "strike-people",
    [FILE_COUNTS] = "strike-counts",
    [FILE_TIMES] = "strike-times",
    [FILE_SOURCES] = "strike-sources",
    [FILE_DOUBT] = "strike-doubt",
    [FILE_RULES] = "strike-rules",
    [FILE_FREQUENCIES] = "strike-frequencies",
    [FILE_WEIGHTS] = "strike-reconcile",
};

/* The order of loading inside a language: forms before phrases with ~, lists before patterns, event
 * rules last. */
static const struct {
    enum file_format format;
    void (*load)(struct loading *load, struct rule_file *file);
} PHASES[] = {
    {FILE_WORDS, load_forms},          {FILE_WORDS, load_words},
    {FILE_PEOPLE, load_people},        {FILE_COUNTS, load_numbers},
    {FILE_TIMES, load_time_words},     {FILE_SOURCES, load_sources},
    {FILE_SOURCES, load_source_names}, {FILE_COUNTS, load_counts},
    {FILE_TIMES, load_times},          {FILE_SOURCES, load_attributions},
    {FILE_WORDS, load_word_pieces},    {FILE_DOUBT, load_doubt},
    {FILE_RULES, load_rules},          {FILE_FREQUENCIES, load_frequencies},
};

/* The files of a directory. */
struct listing {
    struct rule_file *files;
    size_t n;
    size_t capacity;
};

static int find_files(struct loading *load, struct listing *list, const char *dir,
                      const char *below, int depth);

/* ---- finding files -----------------------------------------------------------------------------
 */

static void file_error(struct loading *load, const char *path, const char *hint, const char *text)
{
    diagnostics_add(load->findings, SEVERITY_ERROR, (struct location){path, 0, 0, 0}, hint, "%s",
                    text);
}

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n > m && strcmp(name + n - m, end) == 0;
}

static void add_file(struct loading *load, struct listing *list, const char *path,
                     struct slice relative)
{
    if (list->n == MOST_FILES) {
        file_error(load, path, NULL, "too many rule files");
        return;
    }
    if (arena_grow(load->arena, (void *)&list->files, &list->capacity, list->n, sizeof *list->files,
                   NULL)) {
        load_full(load);
        return;
    }
    list->files[list->n++] = (struct rule_file){.path = path, .relative = relative};
}

static void visit(struct loading *load, struct listing *list, const char *dir, const char *below,
                  const char *name, int depth)
{
    struct slice relative = arena_format(load->arena, "%s%s", below, name);
    struct slice path = arena_format(load->arena, "%s/%s", dir, name);
    struct stat status;
    if (!relative.ptr || !path.ptr) {
        load_full(load);
        return;
    }
    if (stat(path.ptr, &status)) {
        file_error(load, path.ptr, NULL, strerror(errno));
    } else if (S_ISDIR(status.st_mode)) {
        struct slice inside = arena_format(load->arena, "%s/", relative.ptr);
        if (strcmp(relative.ptr, "places") == 0)
            return;
        if (!inside.ptr)
            load_full(load);
        else if (find_files(load, list, path.ptr, inside.ptr, depth + 1))
            file_error(load, path.ptr, NULL, strerror(errno));
    } else if (ends_with(name, ".yml")) {
        if (S_ISREG(status.st_mode))
            add_file(load, list, path.ptr, relative);
        else
            file_error(load, path.ptr, NULL, "not a file");
    } else if (ends_with(name, ".yaml")) {
        file_error(load, path.ptr, NULL, "rule files end in .yml: rename it");
    }
}

/* Every *.yml below `dir`; -1 with errno when that cannot be read. */
static int find_files(struct loading *load, struct listing *list, const char *dir,
                      const char *below, int depth)
{
    if (depth > MOST_DEPTH) {
        errno = ELOOP;
        return -1;
    }
    DIR *stream = opendir(dir);
    if (!stream)
        return -1;
    for (struct dirent *entry; !load->full && (entry = readdir(stream)) != NULL;) {
        if (entry->d_name[0] != '.')
            visit(load, list, dir, below, entry->d_name, depth);
    }
    closedir(stream);
    return 0;
}

static int compare_files(const void *a, const void *b)
{
    const struct rule_file *x = a, *y = b;
    return slice_compare(x->relative, y->relative);
}

static bool read_content(struct loading *load, struct rule_file *file)
{
    struct buffer content;
    buffer_init(&content, MOST_FILE);
    FILE *stream = fopen(file->path, "rb");
    if (!stream) {
        file_error(load, file->path, NULL, strerror(errno));
        return false;
    }
    for (;;) {
        char chunk[1 << 14];
        size_t n = fread(chunk, 1, sizeof chunk, stream);
        if (n == 0)
            break;
        buffer_add(&content, chunk, n);
    }
    bool failed = ferror(stream) != 0, large = buffer_check(&content, NULL) != 0;
    fclose(stream);
    if (failed || large)
        file_error(load, file->path, NULL, failed ? "cannot be read" : "too large for a rule file");
    file->content = arena_copy(load->arena, buffer_slice(&content));
    buffer_free(&content);
    if (!file->content.ptr)
        load_full(load);
    return !failed && !large && !load->full;
}

/* ---- format and language -----------------------------------------------------------------------
 */

static void unknown_format(struct loading *load, const struct yaml_node *node)
{
    struct slice names[FILE_FORMATS];
    for (size_t i = 0; i < FILE_FORMATS; i++) {
        names[i] = arena_format(load->arena, "%s/1", FORMATS[i]);
        if (!names[i].ptr)
            load_full(load);
    }
    if (!load->full)
        load_unknown(load, node, "format", names, FILE_FORMATS);
}

static bool read_format(struct loading *load, struct rule_file *file)
{
    const struct yaml_node *node = load_text(load, file->root, "format");
    if (!node) {
        if (!yaml_get(file->root, "format"))
            load_error(load, file->root, "begin with 'format: strike-rules/1'",
                       "the 'format' line is missing");
        return false;
    }
    const char *slash = memchr(node->text.ptr, '/', node->text.len);
    size_t len = slash ? (size_t)(slash - node->text.ptr) : node->text.len;
    for (int i = 0; slash && i < FILE_FORMATS; i++) {
        if (!slice_is(slice_sub(node->text, 0, len), FORMATS[i]))
            continue;
        file->format = (enum file_format)i;
        if (slice_is(slice_sub(node->text, len, node->text.len - len), "/1"))
            return true;
        load_error(load, node, NULL, "this program reads %s/1, not version '%.*s'", FORMATS[i],
                   (int)(node->text.len - len - 1), slash + 1);
        return false;
    }
    unknown_format(load, node);
    return false;
}

/* "en", "uk": ISO 639 codes of two or three letters. */
static bool is_language(struct slice s)
{
    bool good = s.len == 2 || s.len == 3;
    for (size_t i = 0; good && i < s.len; i++)
        good = s.ptr[i] >= 'a' && s.ptr[i] <= 'z';
    return good;
}

static struct language *language_of(struct loading *load, struct slice code)
{
    struct ruleset *ruleset = load->ruleset;
    for (size_t i = 0; i < ruleset->n_languages; i++) {
        if (slice_equal(ruleset->languages[i].code, code))
            return &ruleset->languages[i];
    }
    if (ruleset->n_languages == MOST_LANGUAGES)
        return NULL;
    struct language *language = &ruleset->languages[ruleset->n_languages];
    if (vocabulary_new(&language->symbols.vocabulary, NULL)) {
        load_full(load);
        return NULL;
    }
    ruleset->n_languages++;
    language->code = code;
    language->symbols.schema = &ruleset->schema;
    return language;
}

static bool read_language(struct loading *load, struct rule_file *file)
{
    const struct yaml_node *node = load_text(load, file->root, "language");
    if (file->format == FILE_SCHEMA || file->format == FILE_WEIGHTS)
        return true;
    if (!node) {
        if (!yaml_get(file->root, "language"))
            load_error(load, yaml_get(file->root, "format"), "add 'language: en'",
                       "the 'language' line is missing");
        return false;
    }
    if (!is_language(node->text)) {
        load_error(load, node, NULL, "a language is a code of two or three letters: en, uk");
        return false;
    }
    file->language = language_of(load, node->text);
    return file->language != NULL;
}

/* Reads one file as far as its format; false when nothing of it can be loaded. */
static bool read_one(struct loading *load, struct rule_file *file)
{
    struct yaml_node *root = NULL;
    if (!read_content(load, file))
        return false;
    int status = yaml_tree_read(load->arena, file->path, file->content, load->findings, &root);
    file->root = root;
    if (!root)
        return false;
    if (root->kind != YAML_MAP) {
        load_error(load, root, "begin with 'format: strike-rules/1'",
                   "a rule file is made of 'key: value' lines");
        return false;
    }
    return read_format(load, file) && read_language(load, file) && status == 0;
}

/* ---- loading -----------------------------------------------------------------------------------
 */

static struct digest digest_files(struct loading *load, const struct listing *list)
{
    struct slice *parts = load_array(load, 2 * list->n, sizeof *parts);
    for (size_t i = 0; parts && i < list->n; i++) {
        parts[2 * i] = list->files[i].relative;
        parts[2 * i + 1] = list->files[i].content;
    }
    return digest_of(parts, parts ? 2 * list->n : 0);
}

static void find_schema(struct loading *load, struct listing *list, const char *dir)
{
    struct rule_file *schema = NULL;
    for (size_t i = 0; i < list->n; i++) {
        struct rule_file *file = &list->files[i];
        if (!file->root || file->format != FILE_SCHEMA)
            continue;
        if (schema)
            load_error(load, file->root, NULL, "a second schema (the first: %s)", schema->path);
        else
            schema = file;
    }
    if (schema)
        load_schema(load, schema);
    else
        file_error(load, dir, NULL, "no file has 'format: strike-schema/1'");
}

/* The weights of reconciliation: one file at most. */
static void find_weights(struct loading *load, struct listing *list)
{
    const struct rule_file *found = NULL;
    load->ruleset->weights = *weights_default();
    for (size_t i = 0; i < list->n; i++) {
        const struct rule_file *file = &list->files[i];
        if (!file->root || file->format != FILE_WEIGHTS)
            continue;
        if (found)
            load_error(load, file->root, NULL, "a second file of weights (the first: %s)",
                       found->path);
        else
            load_weights_file(load, file);
        found = file;
    }
}

static void add_to_matcher(struct loading *load, uint32_t index)
{
    const struct rule *rule = &load->ruleset->rules[index];
    struct matcher *matcher = load->ruleset->languages[rule->language].matchers[rule->layer];
    struct error err;
    for (uint16_t i = 0; i < rule->n_alternatives && !load->full; i++) {
        if (matcher_add(matcher, index, i, &rule->alternatives[i], rule->unless_before,
                        rule->n_unless_before, rule->unless_after, rule->n_unless_after, &err) == 0)
            continue;
        if (err.code == ERROR_LIMIT)
            load_full(load);
        else
            diagnostics_add(load->findings, SEVERITY_ERROR, rule->where, NULL, "%s", err.text);
    }
}

static void mark_lists(struct loading *load)
{
    for (size_t i = 0; i < load->ruleset->n_languages && !load->full; i++)
        if (marked_lists_make(load->arena, &load->ruleset->languages[i], NULL))
            load_full(load);
}

/* One matcher a layer; only words of event rules make a sentence worth looking at. */
static void make_matchers(struct loading *load)
{
    struct ruleset *ruleset = load->ruleset;
    struct error err;
    for (size_t i = 0; i < ruleset->n_languages; i++) {
        for (size_t k = 0; k < LAYERS; k++) {
            if (matcher_new(&ruleset->languages[i].matchers[k], &ruleset->languages[i].symbols,
                            &err)) {
                load_full(load);
                return;
            }
        }
    }
    for (size_t i = 0; i < ruleset->n_rules && !load->full; i++)
        add_to_matcher(load, (uint32_t)i);
    for (size_t i = 0; i < ruleset->n_languages * LAYERS && !load->full; i++) {
        struct language *language = &ruleset->languages[i / LAYERS];
        if (matcher_seal(language->matchers[i % LAYERS], i % LAYERS == LAYER_EVENT, &err))
            load_full(load);
    }
}

/* Phase by phase over all languages, so that any of them may repeat a source another one defines.
 */
static void load_languages(struct loading *load, struct listing *list)
{
    struct ruleset *ruleset = load->ruleset;
    for (size_t i = 0; i < ruleset->n_languages && !load->full; i++)
        load_weapons(load, &ruleset->languages[i]);
    for (size_t p = 0; p < sizeof PHASES / sizeof *PHASES; p++) {
        for (size_t i = 0; i < list->n && !load->full; i++) {
            if (list->files[i].root && list->files[i].language &&
                list->files[i].format == PHASES[p].format)
                PHASES[p].load(load, &list->files[i]);
        }
    }
}

/* Also of a file that is no YAML. */
static bool is_event_file(const struct rule_file *file)
{
    struct slice head = file->content;
    return head.len && memmem(head.ptr, head.len < 1000 ? head.len : 1000, "strike-rules/", 13);
}

/* Everything from the files to the matchers; findings say what was wrong. */
static void load_files(struct loading *load, struct listing *list, const char *dir)
{
    struct ruleset *ruleset = load->ruleset;
    size_t n = list->n < MOST_LANGUAGES ? list->n : MOST_LANGUAGES;
    ruleset->languages = load_array(load, n, sizeof *ruleset->languages);
    bool readable = true;
    for (size_t i = 0; i < list->n && !load->full; i++) {
        struct rule_file *file = &list->files[i];
        bool good = read_one(load, file);
        if (good)
            continue;
        /* Without a shared file every name in it would be reported as unknown. */
        readable &= is_event_file(file);
        file->root = NULL;
        file->language = NULL;
    }
    if (!readable || load->full)
        return;
    find_schema(load, list, dir);
    find_weights(load, list);
    if (ruleset->schema.n_fields == 0)
        return;
    load_languages(load, list);
    load_preferences(load);
    ruleset->digest = digest_files(load, list);
    if (load->findings->n_errors == load->errors_before && !load->full) {
        make_matchers(load);
        mark_lists(load);
    }
}

static int load_directory(struct loading *load, struct listing *list, const char *dir,
                          struct error *err)
{
    struct slice name = slice_of(dir);
    while (name.len > 1 && name.ptr[name.len - 1] == '/')
        name.len--;
    name = arena_copy(load->arena, name);
    if (!name.ptr)
        return arena_full(load->arena, err);
    if (find_files(load, list, name.ptr, "", 0))
        return error_set(err, ERROR_RULES, "cannot read rules in '%s': %s", dir, strerror(errno));
    if (list->n == 0 && load->findings->n_errors == load->errors_before)
        return error_set(err, ERROR_RULES, "no rule files (*.yml) in '%s'", dir);
    if (list->n)
        qsort(list->files, list->n, sizeof *list->files, compare_files);
    load_files(load, list, name.ptr);
    if (load->full)
        return error_set(err, ERROR_LIMIT, "the rules in '%s' need too much memory", dir);
    size_t errors = load->findings->n_errors - load->errors_before;
    if (errors)
        return error_set(err, ERROR_RULES, "%zu error%s in the rules in '%s'", errors,
                         errors == 1 ? "" : "s", dir);
    return 0;
}

int ruleset_load(struct ruleset **out, const char *dir, struct diagnostics *findings,
                 struct error *err)
{
    *out = NULL;
    struct ruleset *ruleset = calloc(1, sizeof *ruleset);
    if (!ruleset)
        return error_set(err, ERROR_LIMIT, "out of memory");
    arena_init(&ruleset->arena, MOST_MEMORY);
    struct loading load = {.ruleset = ruleset,
                           .arena = &ruleset->arena,
                           .findings = findings,
                           .errors_before = findings->n_errors};
    struct listing list = {.files = NULL};
    int status = load_directory(&load, &list, dir, err);
    for (size_t i = 0; i < list.n; i++)
        map_free(&list.files[i].symbols.lists_by_name);
    map_free(&load.names);
    if (status) {
        ruleset_free(ruleset);
        return -1;
    }
    *out = ruleset;
    return 0;
}

void ruleset_free(struct ruleset *ruleset)
{
    if (!ruleset)
        return;
    for (size_t i = 0; i < ruleset->n_languages; i++) {
        struct language *language = &ruleset->languages[i];
        for (size_t k = 0; k < LAYERS; k++)
            matcher_free(language->matchers[k]);
        map_free(&language->frequencies.bits);
        map_free(&language->symbols.forms_by_base);
        map_free(&language->symbols.lists_by_name);
        vocabulary_free(language->symbols.vocabulary);
    }
    arena_free(&ruleset->arena);
    free(ruleset);
}

const struct language *ruleset_language(const struct ruleset *ruleset, struct slice code)
{
    if (code.len == 0)
        return ruleset->n_languages ? &ruleset->languages[0] : NULL;
    size_t len = 0;
    while (len < code.len && code.ptr[len] != '-' && code.ptr[len] != '_')
        len++;
    for (size_t i = 0; i < ruleset->n_languages; i++) {
        struct slice own = ruleset->languages[i].code;
        if (own.len == len && strncasecmp(own.ptr, code.ptr, len) == 0)
            return &ruleset->languages[i];
    }
    return NULL;
}
