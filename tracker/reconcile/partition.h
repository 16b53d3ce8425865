#ifndef TRACKER_RECONCILE_PARTITION_H
#define TRACKER_RECONCILE_PARTITION_H

#include <stdint.h>

#include "base/arena.h"

/* Sets of 0 .. n-1 that only grow together (union-find). A set is named by its least member, so the
 * names do not depend on the order of joins. */
struct partition {
    uint32_t *parent;
    size_t n;
};

/* Every element alone. -1 with ERROR_LIMIT. */
int partition_init(struct partition *sets, struct arena *arena, size_t n,
                   struct error *err) WARN_UNUSED;

/* The least member of the element's set. */
uint32_t partition_find(struct partition *sets, uint32_t element);

/* Makes two sets one; returns its name. */
uint32_t partition_join(struct partition *sets, uint32_t a, uint32_t b);

/* All elements ordered by their set's name, then by themselves: sets stand together. Returns an
 * array of n elements from `arena`, NULL when it is full. */
uint32_t *partition_list(struct partition *sets, struct arena *arena);

#endif
