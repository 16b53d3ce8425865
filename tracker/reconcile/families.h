#ifndef TRACKER_RECONCILE_FAMILIES_H
#define TRACKER_RECONCILE_FAMILIES_H

#include "reconcile/work.h"

/* Gives every profile its copy family: reports of equal body (event_row.copy_family), and those
 * whose bodies are the same for the most part and which appeared within days of each other, with
 * whatever copies they have. A family is named by the least copy_family in it, so its name does not
 * depend on the order of reports. -1 with ERROR_LIMIT. */
int families_find(struct work *work, struct error *err) WARN_UNUSED;

#endif
