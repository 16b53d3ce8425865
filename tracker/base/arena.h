#ifndef TRACKER_BASE_ARENA_H
#define TRACKER_BASE_ARENA_H

#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"

/* Memory of one report or one batch: allocated piece by piece, given back all at once.
 * Made by arena_init (a zero-initialised one holds nothing: its cap is 0); blocks grow
 * geometrically and are kept over a reset. */
struct arena {
    struct arena_block *first; /* all blocks, in order of allocation */
    struct arena_block *block; /* the one being filled */
    size_t used;               /* bytes handed out since the last reset */
    size_t cap;                /* most bytes it may hold */
};

/* An empty arena that will hold at most `cap` bytes. Allocates nothing yet. */
void arena_init(struct arena *arena, size_t cap);

/* `size` bytes, aligned for any type, uninitialised; NULL when the cap or the system's memory is
 * reached. Valid until the next reset. A size of 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((malloc));

/* `count` zeroed elements of `size` bytes; NULL also when the product overflows. */
void *arena_calloc(struct arena *arena, size_t count, size_t size);

#define ARENA_NEW(arena, type) ((type *)arena_calloc((arena), 1, sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_calloc((arena), (count), sizeof(type)))

/* A copy of `s` followed by a NUL (not counted in len); ptr is NULL when the arena is full. */
struct slice arena_copy(struct arena *arena, struct slice s);

/* A formatted copy, NUL-terminated; ptr is NULL when the arena is full. */
struct slice arena_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* Room for one more element in a growing array kept in an arena: when *capacity == count, moves
 * the array to a block twice as large. Returns 0, or -1 with ERROR_LIMIT. `items` points to the
 * array pointer. Use: if (arena_grow(a, (void **)&list, &cap, n, sizeof *list, err)) return -1; */
int arena_grow(struct arena *arena, void *items, size_t *capacity, size_t count, size_t size,
               struct error *err) WARN_UNUSED;

/* The uniform "arena is full" failure: sets ERROR_LIMIT and returns -1. */
int arena_full(const struct arena *arena, struct error *err);

/* Where an arena stands: what is handed out after arena_mark is given back by arena_rewind, for
 * another to use. Neither after a reset. */
struct arena_mark {
    struct arena_block *block;
    size_t fill;
    size_t used;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Forgets everything handed out; keeps at most a few megabytes of blocks for reuse. */
void arena_reset(struct arena *arena);

/* Gives all memory back to the system. The arena may be used again. */
void arena_free(struct arena *arena);

#endif
