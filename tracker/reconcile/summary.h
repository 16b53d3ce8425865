#ifndef TRACKER_RECONCILE_SUMMARY_H
#define TRACKER_RECONCILE_SUMMARY_H

#include "base/buffer.h"
#include "reconcile/work.h"

/* Fills what an incident says besides its figures: place (the most precise one, told by the most
 * texts), time (the day told by the most texts, at its closest), scope, region, counts of reports
 * and texts, sources, first report. `events` are indices of `work`, ascending. Passing memory in
 * `scratch`, the rest in work->arena. */
int incident_summarise(struct work *work, struct arena *scratch, const uint32_t *events, size_t n,
                       struct incident *incident, struct error *err) WARN_UNUSED;

/* The digest of all that is published of an incident, its events by id. `buffer` is emptied and
 * used. */
int incident_digest(const struct event_row *events, struct incident *incident,
                    struct buffer *buffer, struct error *err) WARN_UNUSED;

#endif
