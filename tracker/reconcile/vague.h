#ifndef TRACKER_RECONCILE_VAGUE_H
#define TRACKER_RECONCILE_VAGUE_H

#include "reconcile/work.h"

/* Joins each vague event to the one cluster of `located` events (waves included) that it fits best,
 * if it fits well and clearly better than the second best, and no member is of its own report or
 * told apart from it. Of several events of one report that choose one cluster the best fitting
 * joins. Clusters do not grow meanwhile, so the order of events does not matter. -1 with
 * ERROR_LIMIT. */
int vague_attach(struct work *work, const uint32_t *located, size_t n_located,
                 const uint32_t *vague, size_t n_vague, struct error *err) WARN_UNUSED;

#endif
