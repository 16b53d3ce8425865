#ifndef TRACKER_CLI_GENERATION_H
#define TRACKER_CLI_GENERATION_H

#include "cli/cli.h"
#include "read/fetch.h"

/* Settings, rules, places and what follows from them, as `watch` uses them until it is told to read
 * them anew: one generation is replaced by the next as a whole, or stays. */
struct generation {
    struct cli cli; /* the run's, with an arena and settings of its own */
    struct reading reading;
    struct fetcher *fetcher;
    int64_t every, settle_after; /* seconds */
};

/* Reads all anew, by the command line of `cli`. With `examples`, the examples of the rules are run
 * and must hold. What is wrong goes to standard error; -1 then with ERROR_CONFIG, ERROR_RULES or
 * ERROR_LIMIT, *out empty. *out must stay where it is. */
int generation_open(const struct cli *cli, bool examples, struct generation *out,
                    struct error *err) WARN_UNUSED;
void generation_close(struct generation *generation);

#endif
