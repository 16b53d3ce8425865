#ifndef TRACKER_EXTRACT_EVENT_VALUES_H
#define TRACKER_EXTRACT_EVENT_VALUES_H

#include "extract/event.h"

/* Chooses the numbers of event `index` from the claims that belong to it (claim.event == index), and settles each claim's
 * role (figure, restated, enemy). The policy, in order, for one field and part:
 *   1. claims elsewhere (denied, hypothetical, historical, totals of the war) never count;
 *   2. a perpetrator about its enemy counts only where nothing else does;
 *   3. the last running total ("the toll rose to 31") replaces everything said before it;
 *   4. else, in the first sentence of the body that counts (the title's only when the body has none): the counts of different people
 *      in that sentence add up ("two soldiers were killed and a civilian was killed"), as do attackers and victims told apart in
 *      different sentences; everything after restates.
 * Values in the arena of `values`, sorted by field, then part with the total first. */
int event_values_choose(struct report_values *values, struct claims *claims, uint32_t index,
                        struct event *event, struct error *err) WARN_UNUSED;

#endif
