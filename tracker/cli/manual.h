#ifndef TRACKER_CLI_MANUAL_H
#define TRACKER_CLI_MANUAL_H

#include "cli/cli.h"

/* The page tracker.1, in the man(7) macros: what the program is, its verbs, settings and exit
 * codes. It bears no date, so that two builds of one source give the same bytes. */
void manual_program(struct buffer *out);

/* The page tracker-VERB.1: what the verb does, its options, the settings among them. */
void manual_command(struct buffer *out, const struct command *command);

#endif
