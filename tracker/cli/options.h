#ifndef TRACKER_CLI_OPTIONS_H
#define TRACKER_CLI_OPTIONS_H

#include "base/buffer.h"

/* Every option of the program, named once: the parser, the help and the settings read this one
 * table. */
enum option_id {
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_CONFIG,
    OPTION_RULES,
    OPTION_PLACES,
    OPTION_SQL,
    OPTION_DATABASE,
    OPTION_PUBLISHED,
    OPTION_OUTLET,
    OPTION_QUIET,
    OPTION_VERBOSE,
    OPTION_JSON,
    OPTION_COUNTRY,
    OPTION_PLACE,
    OPTION_FROM,
    OPTION_TO,
    OPTION_MIN_KILLED,
    OPTION_LIMIT,
    OPTION_OUTPUT,
    OPTION_BATCH,
    OPTION_JOBS,
    OPTION_MISSES,
    OPTION_INCIDENTS,
    OPTION_WHY_NOT,
    OPTION_LANG,
    OPTION_STORED,
    OPTION_AGAIN,
    OPTION_SINCE,
    OPTION_WHO,
    OPTION_WHY,
    OPTION_REPORT,
    OPTION_REBUILD,
    OPTION_ESTIMATE,
    OPTION_AS_OF_REPORTS,
    OPTION_CONFLICT,
    OPTION_COLOR,
    OPTION_PERIOD,
    OPTION_AS_OF,
    OPTION_REGION,
    OPTION_PUBLISH,
    OPTION_FORMAT,
    OPTION_EXPORT_FORMAT, /* the same word, other formats */
    OPTION_EVERY,
    OPTION_SETTLE_AFTER,
    OPTION_REPORT_DIR,
    OPTION_REPORTS,
    OPTION_METRICS_FILE,
    OPTION_ALLOW_HOST,
    OPTION_ONCE,
    OPTION_MAN,
    OPTION_COMPLETION,
    OPTIONS
};

struct option_spec {
    const char *name;     /* long, without dashes; also the key in the config file and, in capitals,
                             TRACKER_NAME */
    char letter;          /* short form, 0 for none */
    const char *argument; /* what the argument is called in the help, "a|b" where it is one of a
                             few, FILE or DIR for a path; NULL for a switch */
    bool setting;         /* may also come from TRACKER_* or the config file */
    const char *help;
};
extern const struct option_spec option_table[OPTIONS];

/* Options as given on one command line, and the operands left. Values point into argv. */
struct arguments {
    const char *value[OPTIONS]; /* NULL when not given; "" for a switch */
    const char *const *operands;
    size_t n_operands;
};

/* Parses what stands after the verb. `allowed` ends with OPTIONS. Operands and options may mix;
 * "--" ends options. -1 with ERROR_USAGE. argv is permuted. */
int arguments_parse(int argc, char **argv, const enum option_id *allowed, struct arguments *out,
                    struct error *err) WARN_UNUSED;

/* The options of one command, one a line, aligned. */
void options_help(struct buffer *out, const enum option_id *allowed);

#endif
