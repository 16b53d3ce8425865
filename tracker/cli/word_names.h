#ifndef TRACKER_CLI_WORD_NAMES_H
#define TRACKER_CLI_WORD_NAMES_H

#include "reconcile/incident.h"

/* The words behind the numbers of an event, as its report's text writes them first: names[i] of
 * event->words[i], absent where the text has none such. Slices into `text`; the array and all else
 * from `arena`. -1 with ERROR_LIMIT. */
int word_names_find(struct arena *arena, const struct event_row *event, struct slice text,
                    struct slice **names, struct error *err) WARN_UNUSED;

#endif
