#ifndef TRACKER_RECONCILE_LINKS_H
#define TRACKER_RECONCILE_LINKS_H

#include "reconcile/reconcile.h"

/* The link of an event that has nobody to be joined with. */
#define LINK_ALONE INT32_MIN

/* How firmly each member hangs in its incident: its best score with another member, less the least
 * at which events like it are joined (weights: link, or attach for one without a place or a day).
 * In milli-bits; below 0 it is there for the company of others, or by an analyst's word. Waves are
 * joined by night alone: LINK_ALONE. *links is parallel to incident->events, `events` what these
 * count in. *links in `arena`, the work in `scratch`. -1 with ERROR_LIMIT. */
int incident_links(struct arena *arena, struct arena *scratch, const struct weights *weights,
                   const struct event_row *events, const struct incident *incident, int32_t **links,
                   struct error *err) WARN_UNUSED;

#endif
