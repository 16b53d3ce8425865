#ifndef TRACKER_PIPELINE_SITUATION_RECALL_H
#define TRACKER_PIPELINE_SITUATION_RECALL_H

#include "store/situation.h"

/* The situation as the reports published up to query->reports_as_of tell it, worked out in memory:
 * what an analyst would have known then with the rules and decisions of today. Incidents and
 * figures are theirs; there are no revisions, for nothing of it was said by us; sources are those
 * stored, up to that day. Memory and failures as situation_load. */
int situation_recall(struct store *store, struct arena *arena, const struct weights *weights,
                     const struct situation_query *query, struct situation *out,
                     struct error *err) WARN_UNUSED;

#endif
