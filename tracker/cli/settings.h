#ifndef TRACKER_CLI_SETTINGS_H
#define TRACKER_CLI_SETTINGS_H

#include "base/arena.h"
#include "cli/options.h"
#include "rules/config_file.h"

/* Where the value of a setting came from: the order in which it is looked for. */
enum setting_origin { ORIGIN_OPTION, ORIGIN_ENVIRONMENT, ORIGIN_FILE, ORIGIN_DEFAULT };
extern const char *const setting_origin_names[];

struct setting_value {
    const char *value; /* NULL: no value at all (database: the PG* variables alone) */
    enum setting_origin origin;
};

/* The settings of a run: option, TRACKER_* variable, config file, default, in this order. */
struct settings {
    struct setting_value values[OPTIONS]; /* filled for options marked `setting` */
    const char *config_file;              /* the file read, NULL when there is none */
    const struct config_feed *feeds;      /* of the file */
    size_t n_feeds;
};

/* Resolves every setting. Texts live in `arena` or argv. The defaults of rules, places and sql are
 * beside the program in its build folder
 * (../rules, places.idx, ../sql), else under the installed data folder. -1 with ERROR_CONFIG
 * (unreadable file, unknown key), the findings printed by the caller from `problems`. */
int settings_load(struct arena *arena, const struct arguments *arguments, struct settings *out,
                  struct buffer *problems, struct error *err) WARN_UNUSED;

/* A duration setting in seconds, `otherwise` when it has no value. ERROR_CONFIG when it is none. */
int settings_seconds(const struct settings *settings, enum option_id id, int64_t otherwise,
                     int64_t *out, struct error *err) WARN_UNUSED;

/* The words of a setting that takes several, by commas or blanks, in `arena`. -1 with ERROR_LIMIT.
 */
int settings_words(struct arena *arena, const struct settings *settings, enum option_id id,
                   const char *const **out, size_t *n, struct error *err) WARN_UNUSED;

#endif
