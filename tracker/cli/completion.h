#ifndef TRACKER_CLI_COMPLETION_H
#define TRACKER_CLI_COMPLETION_H

#include "cli/cli.h"

/* The script that completes verbs, words, options and their arguments in a shell, "bash" or "zsh".
 * -1 with ERROR_USAGE for another shell. */
int completion_write(struct buffer *out, const char *shell, struct error *err) WARN_UNUSED;

#endif
