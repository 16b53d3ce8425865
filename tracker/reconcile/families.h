#ifndef TRACKER_RECONCILE_FAMILIES_H
#define TRACKER_RECONCILE_FAMILIES_H

#include "reconcile/work.h"

/* families[i]: the copy family of events[i] among the `n` listed (ascending) alone: reports of
 * equal body (event_row.copy_family), and those whose bodies are the same for the most part and
 * which appeared within days of each other, with whatever copies they have. A family is named by
 * the least copy_family in it, so its name does not depend on the order of reports. Memory from
 * `arena`. -1 with ERROR_LIMIT. */
int families_among(const struct work *work, struct arena *arena, const uint32_t *events, size_t n,
                   int64_t *families, struct error *err) WARN_UNUSED;

/* Gives every profile its family among all events. */
int families_find(struct work *work, struct error *err) WARN_UNUSED;

#endif
