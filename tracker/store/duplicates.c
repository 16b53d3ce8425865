#include "store/duplicates.h"

#include <stdlib.h>

struct numbered_id {
    int64_t id;
    size_t index;
};

static int numbered_compare(const void *left, const void *right)
{
    const struct numbered_id *a = left, *b = right;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

int duplicates_mark(struct arena *arena, const int64_t *ids, size_t n, bool **marks,
                    struct error *err)
{
    *marks = NULL;
    if (n < 2)
        return 0;
    struct numbered_id *sorted = ARENA_ARRAY(arena, struct numbered_id, n);
    if (!sorted)
        return arena_full(arena, err);
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct numbered_id){ids[i], i};
    qsort(sorted, n, sizeof *sorted, numbered_compare);
    for (size_t i = 1; i < n; i++) {
        if (sorted[i].id != sorted[i - 1].id)
            continue;
        if (!*marks)
            *marks = ARENA_ARRAY(arena, bool, n);
        if (!*marks)
            return arena_full(arena, err);
        (*marks)[sorted[i].index] = true;
    }
    return 0;
}
