#include "base/map.h"

#include <stdlib.h>

#define FIRST_SLOTS ((size_t)64)

struct map_slot {
    struct slice key;
    uint64_t hash; /* of key; 0 marks a free slot */
    uint32_t value;
};

uint64_t hash_bytes(const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    uint64_t state = HASH_START;
    for (size_t i = 0; i < len; i++)
        state = hash_add(state, p[i]);
    return hash_end(state);
}

static uint64_t slot_hash(struct slice key)
{
    uint64_t hash = hash_bytes(key.ptr, key.len);
    return hash ? hash : 1;
}

/* The slot that holds `key`, or the free one where it would go. The table is never full. */
static struct map_slot *find_slot(struct map_slot *slots, size_t n, struct slice key, uint64_t hash)
{
    size_t i = (size_t)hash & (n - 1);
    while (slots[i].hash && !(slots[i].hash == hash && slice_equal(slots[i].key, key)))
        i = (i + 1) & (n - 1);
    return &slots[i];
}

uint32_t map_get(const struct map *map, struct slice key)
{
    if (map->count == 0)
        return MAP_ABSENT;
    const struct map_slot *slot = find_slot(map->slots, map->n_slots, key, slot_hash(key));
    return slot->hash ? slot->value : MAP_ABSENT;
}

static int grow(struct map *map, struct error *err)
{
    size_t n = map->n_slots ? map->n_slots * 2 : FIRST_SLOTS;
    struct map_slot *slots = calloc(n, sizeof *slots);
    if (!slots)
        return error_set(err, ERROR_LIMIT, "out of memory for a table of %zu entries", n);
    for (size_t i = 0; i < map->n_slots; i++)
        if (map->slots[i].hash)
            *find_slot(slots, n, map->slots[i].key, map->slots[i].hash) = map->slots[i];
    free(map->slots);
    map->slots = slots;
    map->n_slots = n;
    return 0;
}

int map_put(struct map *map, struct slice key, uint32_t value, struct error *err)
{
    if (map->count + 1 > map->n_slots / 2 && grow(map, err))
        return -1;
    uint64_t hash = slot_hash(key);
    struct map_slot *slot = find_slot(map->slots, map->n_slots, key, hash);
    if (!slot->hash) {
        *slot = (struct map_slot){.key = key, .hash = hash};
        map->count++;
    }
    slot->value = value;
    return 0;
}

void map_free(struct map *map)
{
    free(map->slots);
    *map = (struct map){0};
}
