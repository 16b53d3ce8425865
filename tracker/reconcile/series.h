#ifndef TRACKER_RECONCILE_SERIES_H
#define TRACKER_RECONCILE_SERIES_H

#include "reconcile/reconcile.h"

/* A figure from a time on, as the incident's reports up to then say. */
struct toll_step {
    struct measure measure;
    instant said; /* publication of the report that changed it */
    int64_t low, best, high;
    enum figure_state state;
    struct slice rule;
    int64_t chosen_claim;
};

/* The timeline of an incident's figures, by time, then measure: a step where one changed; the last
 * ones are its figures. Empty when all was said at one time. `events` is what the incident's
 * members count in. Memory from `arena`. -1 with ERROR_LIMIT. */
int toll_series(struct arena *arena, const struct weights *weights, const struct event_row *events,
                const struct incident *incident, struct toll_step **steps, size_t *n_steps,
                struct error *err) WARN_UNUSED;

#endif
