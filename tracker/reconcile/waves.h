#ifndef TRACKER_RECONCILE_WAVES_H
#define TRACKER_RECONCILE_WAVES_H

#include "reconcile/incident.h"
#include "rules/weights.h"

/* Hangs sites and areas below the wave of their night (incident.parent) and settles what may be
 * summed: a wave's munitions but not again those of its sites; casualties of sites, of a wave or
 * area only where no site below tells any, of a leftover only where it cannot be a retelling.
 * `leftover[i]` says that incident i is made of vague events alone. `first_day`, `last_day`: the
 * days of each, DAY_NONE when unknown. Passing memory in `scratch`. */
struct wave_input {
    const struct weights *weights;
    struct incident *incidents;
    size_t n;
    const bool *leftover;
    const day_number *first_day, *last_day;
};
int waves_settle(struct arena *scratch, const struct wave_input *input,
                 struct error *err) WARN_UNUSED;

#endif
