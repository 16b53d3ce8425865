#include "cli/settings.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/duration.h"

const char *const setting_origin_names[] = {"option", "environment", "config file", "default"};

/* Defaults that are found, not fixed: beside the program in a build folder, or installed. */
static const struct {
    enum option_id id;
    const char *beside;    /* relative to the folder of the program */
    const char *installed; /* relative to the data folder */
} found_settings[] = {
    {OPTION_RULES, "../rules", "rules"},
    {OPTION_PLACES, "places.idx", "places.idx"},
    {OPTION_SQL, "../sql", "sql"},
};

static const char *program_folder(struct arena *arena)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    while (n > 0 && path[n - 1] != '/')
        n--;
    if (n <= 0)
        return NULL;
    return arena_copy(arena, (struct slice){path, (size_t)n}).ptr;
}

static const char *default_path(struct arena *arena, const char *beside, const char *installed)
{
    const char *folder = program_folder(arena);
    if (folder) {
        struct slice near = arena_format(arena, "%s%s", folder, beside);
        /* A sanitizer build lives one folder deeper. */
        struct slice nearer = arena_format(arena, "%s../%s", folder, beside);
        if (near.ptr && access(near.ptr, R_OK) == 0)
            return near.ptr;
        if (nearer.ptr && access(nearer.ptr, R_OK) == 0)
            return nearer.ptr;
    }
    return arena_format(arena, "%s/%s", TRACKER_DATADIR, installed).ptr;
}

static const char *from_environment(const char *name)
{
    char variable[64] = "TRACKER_";
    size_t n = strlen(variable);
    for (; *name && n + 1 < sizeof variable; name++)
        variable[n++] = *name == '-' ? '_' : (char)toupper((unsigned char)*name);
    variable[n] = '\0';
    const char *value = getenv(variable);
    return value && *value ? value : NULL;
}

static const char *config_path(struct arena *arena, const struct arguments *arguments)
{
    if (arguments->value[OPTION_CONFIG])
        return arguments->value[OPTION_CONFIG];
    if (getenv("TRACKER_CONFIG"))
        return getenv("TRACKER_CONFIG");
    if (access("tracker.yml", R_OK) == 0)
        return "tracker.yml";
    const char *home = getenv("XDG_CONFIG_HOME");
    struct slice path = home && *home ? arena_format(arena, "%s/tracker/tracker.yml", home)
                                      : arena_format(arena, "%s/.config/tracker/tracker.yml",
                                                     getenv("HOME") ? getenv("HOME") : "");
    if (path.ptr && access(path.ptr, R_OK) == 0)
        return path.ptr;
    return access("/etc/xdg/tracker/tracker.yml", R_OK) == 0 ? "/etc/xdg/tracker/tracker.yml"
                                                             : NULL;
}

/* The setting a key of the file names, or OPTIONS. */
static enum option_id setting_by_name(struct slice name)
{
    for (enum option_id id = 0; id < OPTIONS; id++)
        if (option_table[id].setting && slice_is(name, option_table[id].name))
            return id;
    return OPTIONS;
}

/* Settings whose value is checked when it is read; a list only where it says so. */
static int check_duration(struct slice value, struct error *err)
{
    int64_t seconds;
    return duration_parse(value, &seconds, err);
}

/* The next word of a setting that takes several; false at the end. */
static bool word_next(struct slice *rest, struct slice *word)
{
    while (rest->len && (rest->ptr[0] == ',' || rest->ptr[0] == ' '))
        *rest = slice_sub(*rest, 1, rest->len - 1);
    *word = slice_sub(*rest, 0, 0);
    while (word->len < rest->len && rest->ptr[word->len] != ',' && rest->ptr[word->len] != ' ')
        word->len++;
    *rest = slice_sub(*rest, word->len, rest->len - word->len);
    return word->len > 0;
}

static int check_reports(struct slice value, struct error *err)
{
    struct slice word;
    while (word_next(&value, &word))
        if (!slice_is(word, "day") && !slice_is(word, "week"))
            return error_set(err, ERROR_INPUT, "expected day or week, got '%.*s'", SLICE_ARG(word));
    return 0;
}

static const struct {
    enum option_id id;
    bool list;
    int (*check)(struct slice value, struct error *err);
} checked_settings[] = {
    {OPTION_EVERY, false, check_duration},
    {OPTION_SETTLE_AFTER, false, check_duration},
    {OPTION_REPORTS, true, check_reports},
    {OPTION_ALLOW_HOST, true, NULL},
};
#define CHECKED (sizeof checked_settings / sizeof *checked_settings)

static size_t checked_find(enum option_id id)
{
    size_t i = 0;
    while (i < CHECKED && checked_settings[i].id != id)
        i++;
    return i;
}

static void check_key(const struct config_entry *entry, struct diagnostics *findings)
{
    struct slice names[OPTIONS + 1];
    size_t n = 0;
    char hint[128];
    names[n++] = SLICE_LITERAL("feeds");
    for (enum option_id id = 0; id < OPTIONS; id++)
        if (option_table[id].setting)
            names[n++] = slice_of(option_table[id].name);
    struct slice near = suggest(entry->key, names, n);
    snprintf(hint, sizeof hint, "did you mean %.*s?", SLICE_ARG(near));
    diagnostics_add(findings, SEVERITY_ERROR, entry->where, near.len ? hint : NULL,
                    "unknown setting '%.*s'", SLICE_ARG(entry->key));
}

static int check_entries(const struct config_file *file, struct diagnostics *findings)
{
    for (size_t i = 0; i < file->n_entries; i++) {
        const struct config_entry *entry = &file->entries[i];
        enum option_id id = setting_by_name(entry->key);
        size_t k = checked_find(id);
        struct error why;
        if (id == OPTIONS)
            check_key(entry, findings);
        else if (entry->is_list && (k == CHECKED || !checked_settings[k].list))
            diagnostics_add(findings, SEVERITY_ERROR, entry->value_where, NULL,
                            "expected one value for '%.*s'", SLICE_ARG(entry->key));
        else if (k < CHECKED && entry->value.len && checked_settings[k].check &&
                 checked_settings[k].check(entry->value, &why))
            diagnostics_add(findings, SEVERITY_ERROR, entry->value_where, NULL, "%s", why.text);
    }
    return findings->n_errors ? -1 : 0;
}

static int read_file(struct arena *arena, struct settings *out, struct buffer *problems,
                     struct error *err)
{
    struct config_file file;
    struct diagnostics findings;
    if (!out->config_file)
        return 0;
    diagnostics_init(&findings, arena);
    int unread = config_file_read(arena, out->config_file, &file, &findings, err);
    if (check_entries(&file, &findings) || unread) {
        diagnostics_print(&findings, problems);
        return error_set(err, ERROR_CONFIG, "cannot use the settings of %s", out->config_file);
    }
    for (size_t i = 0; i < file.n_entries; i++)
        out->values[setting_by_name(file.entries[i].key)] =
            (struct setting_value){file.entries[i].value.ptr, ORIGIN_FILE};
    out->feeds = file.feeds;
    out->n_feeds = file.n_feeds;
    return 0;
}

/* What came from the command line or a variable is checked as the file is. */
static int check_value(enum option_id id, const struct setting_value *setting, struct error *err)
{
    size_t k = checked_find(id);
    struct error why;
    if (setting->origin == ORIGIN_FILE || !setting->value || k == CHECKED ||
        !checked_settings[k].check ||
        checked_settings[k].check(slice_of(setting->value), &why) == 0)
        return 0;
    return error_set(err, setting->origin == ORIGIN_OPTION ? ERROR_USAGE : ERROR_CONFIG,
                     "%s (%s): %s", option_table[id].name, setting_origin_names[setting->origin],
                     why.text);
}

int settings_load(struct arena *arena, const struct arguments *arguments, struct settings *out,
                  struct buffer *problems, struct error *err)
{
    *out = (struct settings){0};
    for (size_t i = 0; i < sizeof found_settings / sizeof *found_settings; i++)
        out->values[found_settings[i].id].value =
            default_path(arena, found_settings[i].beside, found_settings[i].installed);
    for (enum option_id id = 0; id < OPTIONS; id++)
        out->values[id].origin = ORIGIN_DEFAULT;
    out->config_file = config_path(arena, arguments);
    if (read_file(arena, out, problems, err))
        return -1;
    for (enum option_id id = 0; id < OPTIONS; id++) {
        if (!option_table[id].setting)
            continue;
        const char *variable = from_environment(option_table[id].name);
        if (variable)
            out->values[id] = (struct setting_value){variable, ORIGIN_ENVIRONMENT};
        if (arguments->value[id])
            out->values[id] = (struct setting_value){arguments->value[id], ORIGIN_OPTION};
        if (check_value(id, &out->values[id], err))
            return -1;
    }
    return 0;
}

int settings_seconds(const struct settings *settings, enum option_id id, int64_t otherwise,
                     int64_t *out, struct error *err)
{
    const char *value = settings->values[id].value;
    *out = otherwise;
    if (value && duration_parse(slice_of(value), out, err)) {
        err->code = ERROR_CONFIG;
        return -1;
    }
    return 0;
}

int settings_words(struct arena *arena, const struct settings *settings, enum option_id id,
                   const char *const **out, size_t *n, struct error *err)
{
    struct slice rest = slice_of(settings->values[id].value), word;
    const char **words = ARENA_ARRAY(arena, const char *, rest.len / 2 + 1);
    *out = words;
    *n = 0;
    if (!words)
        return arena_full(arena, err);
    while (word_next(&rest, &word)) {
        words[*n] = arena_copy(arena, word).ptr;
        if (!words[(*n)++])
            return arena_full(arena, err);
    }
    return 0;
}
