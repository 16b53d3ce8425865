#include "reconcile/partition.h"

int partition_init(struct partition *sets, struct arena *arena, size_t n, struct error *err)
{
    sets->n = n;
    sets->parent = ARENA_ARRAY(arena, uint32_t, n);
    if (!sets->parent)
        return arena_full(arena, err);
    for (size_t i = 0; i < n; i++)
        sets->parent[i] = (uint32_t)i;
    return 0;
}

uint32_t partition_find(struct partition *sets, uint32_t element)
{
    while (sets->parent[element] != element) {
        sets->parent[element] = sets->parent[sets->parent[element]];
        element = sets->parent[element];
    }
    return element;
}

uint32_t partition_join(struct partition *sets, uint32_t a, uint32_t b)
{
    a = partition_find(sets, a);
    b = partition_find(sets, b);
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    sets->parent[high] = low;
    return low;
}

uint32_t *partition_list(struct partition *sets, struct arena *arena)
{
    uint32_t *list = ARENA_ARRAY(arena, uint32_t, sets->n);
    uint32_t *next = ARENA_ARRAY(arena, uint32_t, sets->n + 1);
    if (!list || !next)
        return NULL;
    for (size_t i = 0; i < sets->n; i++)
        next[partition_find(sets, (uint32_t)i) + 1]++;
    for (size_t i = 1; i <= sets->n; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < sets->n; i++)
        list[next[partition_find(sets, (uint32_t)i)]++] = (uint32_t)i;
    return list;
}
