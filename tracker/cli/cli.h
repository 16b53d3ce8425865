#ifndef TRACKER_CLI_CLI_H
#define TRACKER_CLI_CLI_H

#include <signal.h>

#include "cli/settings.h"
#include "extract/extract.h"
#include "pipeline/workers.h"
#include "store/store.h"

#define TRACKER_VERSION "0.1.0"

/* Exit codes (architecture.md). */
enum exit_code {
    EXIT_OK = 0,
    EXIT_FATAL = 1,
    EXIT_NO_DATABASE = 2,
    EXIT_REJECTED = 3, /* done, but some reports were rejected */
    EXIT_RULES = 4,    /* rules or config invalid; a failing `rules test` */
    EXIT_USAGE = 129,
    EXIT_SIGINT = 130,
};

/* What a command is given. `arena` lasts for the whole run. */
struct cli {
    struct arena arena;
    struct arguments arguments;
    struct settings settings;
    struct buffer out; /* standard output; cli_flush writes it */
};

/* One verb. */
struct command {
    const char *name;
    const char *group;   /* heading in the help: "start", "read", "look", "judge", "rules" */
    const char *summary; /* one line of the grouped help */
    const char *usage;   /* what follows the verb: "[OPTIONS] [PATH...]" */
    const char *words;   /* what its first operand may be, by blanks; NULL: a path, or none */
    const char *details; /* paragraphs of its own help */
    const enum option_id *options;                  /* ends with OPTIONS */
    int (*run)(struct cli *cli, struct error *err); /* an exit code, or -1 with *err */
};
extern const struct command command_table[];
extern const size_t n_commands;

int cmd_help(struct cli *cli, struct error *err);
int cmd_init(struct cli *cli, struct error *err);
int cmd_doctor(struct cli *cli, struct error *err);
int cmd_extract(struct cli *cli, struct error *err);
int cmd_ingest(struct cli *cli, struct error *err);
int cmd_incidents(struct cli *cli, struct error *err);
int cmd_rules(struct cli *cli, struct error *err);
int cmd_eval(struct cli *cli, struct error *err);
int cmd_decide(struct cli *cli, struct error *err);
int cmd_reconcile(struct cli *cli, struct error *err);
int cmd_explain(struct cli *cli, struct error *err);
int cmd_export(struct cli *cli, struct error *err);
int cmd_report(struct cli *cli, struct error *err);
int cmd_watch(struct cli *cli, struct error *err);
int cmd_places(struct cli *cli, struct error *err);

/* `rules explain`, `rules coverage` and `rules diff`; operands[0] is the word itself. */
int rules_explain(struct cli *cli, struct error *err);
int rules_coverage(struct cli *cli, struct error *err);
int rules_diff(struct cli *cli, struct error *err);

/* A whole number of an option, 0 when not given. ERROR_USAGE when it is none. */
int option_number(const struct cli *cli, enum option_id id, int64_t *out,
                  struct error *err) WARN_UNUSED;
/* A date of an option, STAMP_NONE when not given. ERROR_USAGE when it is none. */
int option_date(const struct cli *cli, enum option_id id, struct stamp *out,
                struct error *err) WARN_UNUSED;

/* The moment of --as-of-reports: the end of the day where it is a date alone; INSTANT_NONE when not
 * given. ERROR_USAGE when it is none. */
int option_until(const struct cli *cli, instant *out, struct error *err) WARN_UNUSED;

/* The command of that name, NULL when there is none. */
const struct command *command_find(const char *name);

/* The help of the whole program, and of one command. */
void help_all(struct buffer *out);
void help_command(struct buffer *out, const struct command *command);

/* The exit code an error kind stands for. */
enum exit_code exit_code_of(const struct error *err);

/* Writes what `out` holds to standard output and empties it; -1 with ERROR_IO (a closed pipe, a
 * full disk). */
int cli_flush(struct cli *cli, struct error *err) WARN_UNUSED;

/* Set to the signal's number by SIGINT and SIGTERM: finish the report, commit, stop. */
extern volatile sig_atomic_t stop_signal;
void signals_catch(void);

/* Set by SIGHUP, once signals_catch_reload was called: read rules and settings anew. */
extern volatile sig_atomic_t reload_signal;
void signals_catch_reload(void);

/* Most memory one report may take: far above a real one; a hostile one costs an error and not the
 * machine. */
#define REPORT_MEMORY ((size_t)1 << 30)
/* Output is written in pieces of about this size. */
#define OUTPUT_PIECE ((size_t)256 << 10)

/* What reading commands need: rule set, gazetteer, and a reader over the operands. */
struct reading {
    struct ruleset *ruleset;
    struct gazetteer *gazetteer;
    struct extractor extractor;
    struct fetcher *fetcher; /* for operands that are addresses of the web; NULL without */
    struct reader *reader;
};

/* Loads the rule set (its findings go to standard error) and opens the gazetteer. reading_close
 * frees what was opened. */
int reading_open(struct cli *cli, struct reading *out, struct error *err) WARN_UNUSED;
/* Opens the reader over the operands with --published and --outlet; no operand is standard input.
 */
int reading_start(struct cli *cli, struct reading *reading, struct error *err) WARN_UNUSED;
/* The same over some of them, in the place of a reader that is open. */
int reading_over(struct cli *cli, struct reading *reading, const char *const *operands, size_t n,
                 struct error *err) WARN_UNUSED;
void reading_close(struct reading *reading);

/* The --batch of the run, 0 when not set. */
int batch_setting(const struct cli *cli, size_t *out, struct error *err) WARN_UNUSED;
/* The --jobs of the run, 1 when not set. */
int jobs_setting(const struct cli *cli, size_t *out, struct error *err) WARN_UNUSED;

/* Workers over the reports of `reader`, stopped by a signal. `reader` and `reading` outlive them.
 */
int workers_start(const struct cli *cli, const struct reading *reading, struct reader *reader,
                  struct workers **out, struct error *err) WARN_UNUSED;

/* Loads a rule set; its errors go to standard error. The caller frees. */
int ruleset_open(struct cli *cli, const char *dir, struct ruleset **out,
                 struct error *err) WARN_UNUSED;

/* The weights of reconciliation, as the rule set gives them. */
int weights_open(struct cli *cli, struct weights *out, struct error *err) WARN_UNUSED;

/* Connects and checks the schema. */
int database_open(struct cli *cli, struct store **out, struct error *err) WARN_UNUSED;

#endif
