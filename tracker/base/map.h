#ifndef TRACKER_BASE_MAP_H
#define TRACKER_BASE_MAP_H

#include <stdint.h>

#include "base/arena.h"

/* A hash map from byte strings to 32-bit values (usually an index into an array). Keys are kept as
 * slices: the caller's bytes must outlive the map. Iteration is not offered: hash order must never
 * reach a result. Zero-initialise. */
struct map {
    struct map_slot *slots;
    size_t n_slots; /* a power of two, or 0 */
    size_t count;
};

#define MAP_ABSENT UINT32_MAX

/* The value of `key`, or MAP_ABSENT. */
uint32_t map_get(const struct map *map, struct slice key);

/* Sets or replaces; -1 with ERROR_LIMIT when memory is out. `value` is not MAP_ABSENT. */
int map_put(struct map *map, struct slice key, uint32_t value, struct error *err) WARN_UNUSED;

void map_free(struct map *map);

/* FNV-1a folded to 64 bits with a final mix; stable across runs and machines (it may be stored). */
uint64_t hash_bytes(const void *bytes, size_t len);

/* The same in steps, for text whose beginnings are wanted too: from HASH_START each byte is added,
 * and hash_end of what came so far is the hash of the bytes so far. */
#define HASH_START UINT64_C(0xcbf29ce484222325) /* FNV-1a offset basis and prime */
static inline uint64_t hash_add(uint64_t state, unsigned char byte)
{
    return (state ^ byte) * UINT64_C(0x100000001b3);
}

/* The mix of MurmurHash3 (fmix64): FNV alone leaves the low bits of short keys poor. */
static inline uint64_t hash_end(uint64_t state)
{
    state = (state ^ (state >> 33)) * UINT64_C(0xff51afd7ed558ccd);
    state = (state ^ (state >> 33)) * UINT64_C(0xc4ceb9fe1a85ec53);
    return state ^ (state >> 33);
}

#endif
