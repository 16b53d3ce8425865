#ifndef TRACKER_RECONCILE_WORK_H
#define TRACKER_RECONCILE_WORK_H

#include "reconcile/partition.h"
#include "reconcile/profile.h"
#include "reconcile/score.h"

/* Two events an analyst told apart, as indices into the order; a < b. */
struct told_apart {
    uint32_t a, b;
};

/* What one call of reconcile() shares among its steps. Events are handled by their index in the
 * order by event id, so that the caller's order reaches no result. */
struct work {
    struct arena *arena;  /* of the result */
    struct arena scratch; /* of the call */
    const struct weights *weights;
    const struct event_row *events; /* the caller's */
    size_t n;
    uint32_t *order;          /* order[i]: the caller's index of event i */
    struct profile *profiles; /* profiles[i] of event i */
    struct partition sets;    /* the clusters so far */
    struct told_apart *apart; /* sorted */
    size_t n_apart;
    struct reconcile_stats stats;
};

/* Orders the events, makes their profiles, each a set of its own. -1 with ERROR_LIMIT. */
int work_start(struct work *work, struct arena *arena, const struct weights *weights,
               const struct event_row *events, size_t n, struct error *err) WARN_UNUSED;
void work_end(struct work *work);

static inline const struct event_row *work_event(const struct work *work, uint32_t index)
{
    return work->profiles[index].row;
}

/* The score of two events, decisions included; INT32_MIN when they cannot be one. Counts the pair.
 */
int32_t work_score(struct work *work, uint32_t a, uint32_t b);

/* Takes the analyst's decisions in the order they were made: `same` joins the sets, `different` is
 * kept for work_score. One that contradicts those before it is left out and counted. Decisions on
 * events that are not there wait. */
int work_decide(struct work *work, const struct decision *decisions, size_t n,
                struct error *err) WARN_UNUSED;

#endif
