#include "cli/settings.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "rules/config_file.h"

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

static int check_keys(const struct config_entry *entries, size_t n, struct diagnostics *findings)
{
    struct slice names[OPTIONS];
    size_t n_names = 0;
    for (enum option_id id = 0; id < OPTIONS; id++)
        if (option_table[id].setting)
            names[n_names++] = slice_of(option_table[id].name);
    for (size_t i = 0; i < n; i++) {
        if (setting_by_name(entries[i].key) != OPTIONS)
            continue;
        char hint[128];
        struct slice near = suggest(entries[i].key, names, n_names);
        snprintf(hint, sizeof hint, "did you mean %.*s?", SLICE_ARG(near));
        diagnostics_add(findings, SEVERITY_ERROR, entries[i].where, near.len ? hint : NULL,
                        "unknown setting '%.*s'", SLICE_ARG(entries[i].key));
    }
    return findings->n_errors ? -1 : 0;
}

static int read_file(struct arena *arena, struct settings *out, struct buffer *problems,
                     struct error *err)
{
    struct config_entry *entries;
    size_t n;
    struct diagnostics findings;
    if (!out->config_file)
        return 0;
    diagnostics_init(&findings, arena);
    if (config_file_read(arena, out->config_file, &entries, &n, &findings, err) ||
        check_keys(entries, n, &findings)) {
        diagnostics_print(&findings, problems);
        return error_set(err, ERROR_CONFIG, "cannot use the settings of %s", out->config_file);
    }
    for (size_t i = 0; i < n; i++)
        out->values[setting_by_name(entries[i].key)] =
            (struct setting_value){entries[i].value.ptr, ORIGIN_FILE};
    return 0;
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
    }
    return 0;
}
