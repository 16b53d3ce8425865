#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#define ALIGNMENT _Alignof(max_align_t)
#define FIRST_BLOCK ((size_t)64 << 10)
/* Blocks double up to here; larger requests get their own. */
#define LARGEST_STEP ((size_t)8 << 20)
#define KEPT_ON_RESET ((size_t)4 << 20)

struct arena_block {
    struct arena_block *next;
    size_t size; /* of data */
    size_t fill;
    _Alignas(max_align_t) char data[];
};

void arena_init(struct arena *arena, size_t cap)
{
    *arena = (struct arena){.cap = cap};
}

/* Puts a block of at least `size` bytes behind the current one and makes it the current one. */
static bool add_block(struct arena *arena, size_t size)
{
    size_t step = arena->block ? arena->block->size * 2 : FIRST_BLOCK;
    if (step > LARGEST_STEP)
        step = LARGEST_STEP;
    if (step < size)
        step = size;
    if (step > SIZE_MAX - sizeof(struct arena_block))
        return false;
    struct arena_block *block = malloc(sizeof *block + step);
    if (!block)
        return false;
    block->size = step;
    block->fill = 0;
    struct arena_block **link = arena->block ? &arena->block->next : &arena->first;
    block->next = *link;
    *link = block;
    arena->block = block;
    return true;
}

static bool has_room(const struct arena_block *block, size_t size)
{
    return block && block->size - block->fill >= size;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT)
        return NULL;
    size = size ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
    if (arena->used > arena->cap || size > arena->cap - arena->used)
        return NULL;
    if (!has_room(arena->block, size)) {
        /* After a reset the next block is one kept from before, empty. */
        struct arena_block *kept = arena->block ? arena->block->next : arena->first;
        if (has_room(kept, size))
            arena->block = kept;
        else if (!add_block(arena, size))
            return NULL;
    }
    void *result = arena->block->data + arena->block->fill;
    arena->block->fill += size;
    arena->used += size;
    return result;
}

void *arena_calloc(struct arena *arena, size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    void *result = arena_alloc(arena, bytes);
    return result ? memset(result, 0, bytes) : NULL;
}

struct slice arena_copy(struct arena *arena, struct slice s)
{
    if (s.len == SIZE_MAX)
        return SLICE_NONE;
    char *copy = arena_alloc(arena, s.len + 1);
    if (!copy)
        return SLICE_NONE;
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    return (struct slice){copy, s.len};
}

struct slice arena_format(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
    if (text)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text ? (struct slice){text, (size_t)len} : SLICE_NONE;
}

int arena_grow(struct arena *arena, void *items, size_t *capacity, size_t count, size_t size,
               struct error *err)
{
    if (count < *capacity)
        return 0;
    size_t wanted = *capacity ? *capacity : 8;
    size_t bytes = 0;
    if (*capacity && __builtin_mul_overflow(wanted, (size_t)2, &wanted))
        return arena_full(arena, err);
    if (__builtin_mul_overflow(wanted, size, &bytes))
        return arena_full(arena, err);
    void *moved = arena_alloc(arena, bytes);
    if (!moved)
        return arena_full(arena, err);
    void *old = NULL;
    memcpy(&old, items, sizeof old);
    if (count)
        memcpy(moved, old, count * size);
    memcpy(items, &moved, sizeof moved);
    *capacity = wanted;
    return 0;
}

int arena_full(const struct arena *arena, struct error *err)
{
    return error_set(err, ERROR_LIMIT, "out of memory: more than %zu of at most %zu bytes needed",
                     arena->used, arena->cap);
}

struct arena_mark arena_mark(const struct arena *arena)
{
    const struct arena_block *block = arena->block;
    return (struct arena_mark){arena->block, block ? block->fill : 0, arena->used};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    struct arena_block *later = mark.block ? mark.block->next : arena->first;
    if (mark.block)
        mark.block->fill = mark.fill;
    for (; later; later = later->next)
        later->fill = 0;
    arena->block = mark.block;
    arena->used = mark.used;
}

void arena_reset(struct arena *arena)
{
    size_t kept = 0;
    struct arena_block **link = &arena->first;
    while (*link) {
        struct arena_block *block = *link;
        if (block->size > KEPT_ON_RESET - kept) {
            *link = block->next;
            free(block);
            continue;
        }
        kept += block->size;
        block->fill = 0;
        link = &block->next;
    }
    arena->block = arena->first;
    arena->used = 0;
}

void arena_free(struct arena *arena)
{
    for (struct arena_block *block = arena->first, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    arena_init(arena, arena->cap);
}
