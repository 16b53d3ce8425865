#ifndef TRACKER_CLI_EVAL_INCIDENTS_H
#define TRACKER_CLI_EVAL_INCIDENTS_H

#include "cli/cli.h"

/* tracker eval --incidents: reconciles the labelled reports of each operand by itself and scores
 * the incidents. An exit code, or -1. */
int eval_incidents(struct cli *cli, const struct reading *reading, struct error *err) WARN_UNUSED;

#endif
