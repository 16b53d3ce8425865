#ifndef TRACKER_STORE_DUPLICATES_H
#define TRACKER_STORE_DUPLICATES_H

#include "base/arena.h"

/* Ids of one report's rows, which are keys of their table: a second row with the same id would fail
 * the whole batch. Sets *marks to one flag an id, true for every one that stood before in the list,
 * or to NULL when all differ (the usual case). Memory from `arena`; -1 when it is full. */
int duplicates_mark(struct arena *arena, const int64_t *ids, size_t n, bool **marks,
                    struct error *err) WARN_UNUSED;

#endif
