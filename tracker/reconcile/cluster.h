#ifndef TRACKER_RECONCILE_CLUSTER_H
#define TRACKER_RECONCILE_CLUSTER_H

#include "reconcile/blocking.h"

/* Clusters the `n` listed events: blocks them, and inside each component of the graph of likely
 * pairs joins, best pair first, the two clusters whose members score highest on average, as long as
 * that reaches the link threshold and no two members are forbidden; ties go to the lower event ids.
 * Sets joined before (decisions, nights of waves) stay whole. A component too large for that is
 * first gathered by place, day and tolls. The result is in work->sets. -1 with ERROR_LIMIT. */
int cluster_events(struct work *work, const uint32_t *events, size_t n,
                   struct error *err) WARN_UNUSED;

#endif
