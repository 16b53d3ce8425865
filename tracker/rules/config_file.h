#ifndef TRACKER_RULES_CONFIG_FILE_H
#define TRACKER_RULES_CONFIG_FILE_H

#include "rules/diagnostics.h"

/* One `key: value` of a settings file, with the place of its key. */
struct config_entry {
    struct slice key;
    struct slice value; /* NUL-terminated */
    struct location where;
};

/* Reads a flat YAML mapping of scalars (tracker.yml) with the same checks and messages as rule
 * files; here because this floor alone reads YAML. Which keys exist is the caller's business. -1
 * with ERROR_CONFIG, the reasons in `findings`. */
int config_file_read(struct arena *arena, const char *path, struct config_entry **out,
                     size_t *n_out, struct diagnostics *findings, struct error *err) WARN_UNUSED;

#endif
