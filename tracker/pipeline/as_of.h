#ifndef TRACKER_PIPELINE_AS_OF_H
#define TRACKER_PIPELINE_AS_OF_H

#include "store/recall.h"

/* A country's incidents as the reports up to a time tell them, worked out in memory: ids are those
 * the incidents have now, where they can be recognised. */
struct recalled {
    struct settle_cell cell; /* its events are those said up to then, decisions done to them */
    struct incident *incidents;
    size_t n_incidents;
};

/* Between store_recall_begin and _end; in the arena given there. */
int recall_country(struct store *store, struct arena *arena, const struct weights *weights,
                   struct slice country, instant until, struct recalled *out,
                   struct error *err) WARN_UNUSED;

/* What `tracker incidents` shows, as the reports up to a time tell it: the same filters and order
 * as store_list_incidents. */
int recall_list(struct store *store, struct arena *arena, const struct weights *weights,
                const struct incident_filter *filter, instant until, struct shown_incident **out,
                size_t *n_out, struct error *err) WARN_UNUSED;

#endif
