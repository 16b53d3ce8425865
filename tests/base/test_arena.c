#include "base/arena.h"

#include <CUnit/CUnit.h>
#include <stddef.h>

void suite_arena(void);

static void test_alignment_and_reuse(void)
{
    struct arena arena;
    arena_init(&arena, 1 << 20);
    for (size_t size = 0; size < 100; size++) {
        char *p = arena_alloc(&arena, size);
        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        CU_ASSERT_EQUAL((uintptr_t)p % _Alignof(max_align_t), 0);
        memset(p, 0xa5, size);
    }
    arena_reset(&arena);
    CU_ASSERT_EQUAL(arena.used, 0);
    void *first = arena_alloc(&arena, 16);
    arena_reset(&arena);
    CU_ASSERT_PTR_EQUAL(arena_alloc(&arena, 16), first);
    arena_free(&arena);
    CU_ASSERT_PTR_NOT_NULL(arena_alloc(&arena, 16));
    arena_free(&arena);
}

static void test_cap(void)
{
    struct arena arena;
    struct error err = {0};
    arena_init(&arena, 1000);
    CU_ASSERT_PTR_NOT_NULL(arena_alloc(&arena, 900));
    CU_ASSERT_PTR_NULL(arena_alloc(&arena, 200));
    CU_ASSERT_PTR_NOT_NULL(arena_alloc(&arena, 16));
    CU_ASSERT_PTR_NULL(arena_alloc(&arena, SIZE_MAX));
    CU_ASSERT_PTR_NULL(arena_calloc(&arena, SIZE_MAX / 2, 4));
    CU_ASSERT_EQUAL(arena_full(&arena, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_LIMIT);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "1000"));
    arena_reset(&arena);
    CU_ASSERT_PTR_NOT_NULL(arena_alloc(&arena, 900));
    arena_free(&arena);
}

/* Pieces of many sizes do not overlap, also when blocks kept from before a reset are used again. */
static void test_pieces_are_apart(void)
{
    struct arena arena;
    arena_init(&arena, 64 << 20);
    for (int round = 0; round < 3; round++) {
        char *pieces[200];
        for (size_t i = 0; i < 200; i++) {
            pieces[i] = arena_alloc(&arena, i * i * (size_t)(3 - round) + 1);
            CU_ASSERT_PTR_NOT_NULL_FATAL(pieces[i]);
            memset(pieces[i], (int)i, i * i * (size_t)(3 - round) + 1);
        }
        for (size_t i = 0; i < 200; i++) {
            CU_ASSERT_EQUAL((unsigned char)pieces[i][0], i);
            CU_ASSERT_EQUAL((unsigned char)pieces[i][i * i * (size_t)(3 - round)], i);
        }
        arena_reset(&arena);
    }
    arena_free(&arena);
}

/* What stood before the mark stays, whatever blocks came after it; the rest is given again. */
static void test_rewind(void)
{
    struct arena arena;
    arena_init(&arena, 64 << 20);
    for (size_t kept = 0; kept < 2; kept++) {
        char *before = kept ? arena_alloc(&arena, 1000) : NULL;
        if (before)
            memset(before, 'b', 1000);
        struct arena_mark mark = arena_mark(&arena);
        size_t used = arena.used;
        char *first = arena_alloc(&arena, 64);
        for (int round = 0; round < 3; round++) {
            for (size_t i = 0; i < 20; i++) {
                char *piece = arena_alloc(&arena, (size_t)1 << i);
                CU_ASSERT_PTR_NOT_NULL_FATAL(piece);
                memset(piece, 'a', (size_t)1 << i);
            }
            arena_rewind(&arena, mark);
            CU_ASSERT_EQUAL(arena.used, used);
            CU_ASSERT_PTR_EQUAL(arena_alloc(&arena, 64), first);
        }
        for (size_t i = 0; before && i < 1000; i++)
            CU_ASSERT_EQUAL(before[i], 'b');
        arena_rewind(&arena, mark);
    }
    arena_free(&arena);
}

static void test_copy_and_format(void)
{
    struct arena arena;
    arena_init(&arena, 4096);
    struct slice copy = arena_copy(&arena, SLICE_LITERAL("rail yard"));
    CU_ASSERT_TRUE(slice_is(copy, "rail yard"));
    CU_ASSERT_EQUAL(copy.ptr[copy.len], '\0');
    CU_ASSERT_PTR_NOT_NULL(arena_copy(&arena, SLICE_NONE).ptr);
    CU_ASSERT_TRUE(slice_is(arena_format(&arena, "%d of %s", 28, "31"), "28 of 31"));
    CU_ASSERT_PTR_NULL(arena_format(&arena, "%5000d", 1).ptr);
    arena_free(&arena);
}

static void test_grow(void)
{
    struct arena arena;
    struct error err = {0};
    int *list = NULL;
    size_t capacity = 0, n = 0;
    arena_init(&arena, 1 << 20);
    for (; n < 10000; n++) {
        CU_ASSERT_EQUAL_FATAL(arena_grow(&arena, &list, &capacity, n, sizeof *list, &err), 0);
        list[n] = (int)n;
    }
    for (size_t i = 0; i < n; i++)
        CU_ASSERT_EQUAL(list[i], (int)i);
    while (arena_grow(&arena, &list, &capacity, capacity, sizeof *list, &err) == 0)
        continue;
    CU_ASSERT_EQUAL(err.code, ERROR_LIMIT);
    CU_ASSERT_EQUAL(list[9999], 9999);
    arena_free(&arena);
}

void suite_arena(void)
{
    CU_pSuite suite = CU_add_suite("arena", NULL, NULL);
    CU_add_test(suite, "pieces are aligned and given again after a reset",
                test_alignment_and_reuse);
    CU_add_test(suite, "nothing beyond the cap", test_cap);
    CU_add_test(suite, "pieces do not overlap", test_pieces_are_apart);
    CU_add_test(suite, "back to a mark", test_rewind);
    CU_add_test(suite, "copies and formatted text", test_copy_and_format);
    CU_add_test(suite, "a growing array keeps its items", test_grow);
}
