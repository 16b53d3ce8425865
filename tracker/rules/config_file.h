#ifndef TRACKER_RULES_CONFIG_FILE_H
#define TRACKER_RULES_CONFIG_FILE_H

#include <stdint.h>

#include "rules/diagnostics.h"

/* One `key: value` of a settings file, with the places of both. */
struct config_entry {
    struct slice key;
    struct slice value; /* NUL-terminated; of a list the items, by commas */
    struct location where;
    struct location value_where;
    bool is_list;
};

/* One item of `feeds:`. Texts are NUL-terminated, absent when not given. */
struct config_feed {
    struct slice url; /* http or https, in the form of url_canonical */
    struct slice outlet, lang;
    int64_t every; /* seconds between two polls; 0: as the setting `every` says */
    bool follow;   /* pages of items that hold no more than a summary are fetched */
};

struct config_file {
    struct config_entry *entries;
    size_t n_entries;
    struct config_feed *feeds; /* no two with one address */
    size_t n_feeds;
};

/* Reads a settings file (tracker.yml): a YAML mapping of texts, or lists of texts, beside `feeds:`;
 * with the same checks and messages as rule files, and here because this floor alone reads YAML.
 * Which other keys exist, and which of them take a list, is the caller's business. Everything in
 * `arena`. -1 with ERROR_CONFIG, the reasons in `findings`; what could be read is in *out all the
 * same, so that the caller's findings join them. */
int config_file_read(struct arena *arena, const char *path, struct config_file *out,
                     struct diagnostics *findings, struct error *err) WARN_UNUSED;

#endif
