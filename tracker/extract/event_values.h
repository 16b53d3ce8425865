#ifndef TRACKER_EXTRACT_EVENT_VALUES_H
#define TRACKER_EXTRACT_EVENT_VALUES_H

#include "extract/event.h"

/* Chooses the numbers of event `index` from the claims that belong to it (claim.event == index),
 * and settles each claim's role (figure, restated, enemy): policy 17 to 26
 * (fixtures/cases/policy.txt). Values in the arena of `values`, sorted by field, then part with the
 * total first. */
int event_values_choose(struct report_values *values, struct claims *claims, uint32_t index,
                        struct event *event, struct error *err) WARN_UNUSED;

#endif
