#ifndef TRACKER_PIPELINE_DECIDE_H
#define TRACKER_PIPELINE_DECIDE_H

#include "store/decisions.h"

/* Records an analyst's decision, unless earlier ones contradict it: then -1 with ERROR_REFUSED and
 * the decisions that make it a contradiction. Not settled yet. *is_new is false when the same word
 * stood already. */
int decision_make(struct store *store, struct arena *arena, const struct decision_request *request,
                  int64_t *decision_id, bool *is_new, struct error *err) WARN_UNUSED;

#endif
