#include "base/map.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

void suite_map(void);

static void test_put_and_get(void)
{
    struct map map = {0};
    struct error err = {0};
    CU_ASSERT_EQUAL(map_get(&map, SLICE_LITERAL("Kherson")), MAP_ABSENT);
    CU_ASSERT_EQUAL(map_put(&map, SLICE_LITERAL("Kherson"), 7, &err), 0);
    CU_ASSERT_EQUAL(map_put(&map, SLICE_NONE, 0, &err), 0);
    CU_ASSERT_EQUAL(map_get(&map, SLICE_LITERAL("Kherson")), 7);
    CU_ASSERT_EQUAL(map_get(&map, SLICE_LITERAL("")), 0);
    CU_ASSERT_EQUAL(map_get(&map, SLICE_LITERAL("Khersons")), MAP_ABSENT);
    CU_ASSERT_EQUAL(map_put(&map, SLICE_LITERAL("Kherson"), 8, &err), 0);
    CU_ASSERT_EQUAL(map_get(&map, SLICE_LITERAL("Kherson")), 8);
    CU_ASSERT_EQUAL(map.count, 2);
    map_free(&map);
    CU_ASSERT_EQUAL(map_get(&map, SLICE_LITERAL("Kherson")), MAP_ABSENT);
}

static void test_many(void)
{
    struct map map = {0};
    struct arena arena;
    char text[32];
    arena_init(&arena, 8 << 20);
    for (uint32_t i = 0; i < 20000; i++)
        CU_ASSERT_EQUAL_FATAL(map_put(&map, arena_format(&arena, "key %u", i), i, NULL), 0);
    CU_ASSERT_EQUAL(map.count, 20000);
    for (uint32_t i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "key %u", i);
        CU_ASSERT_EQUAL_FATAL(map_get(&map, slice_of(text)), i);
    }
    CU_ASSERT_EQUAL(map_get(&map, SLICE_LITERAL("key 20000")), MAP_ABSENT);
    map_free(&map);
    arena_free(&arena);
}

/* The value may be stored, so it must never change. */
static void test_hash_is_fixed(void)
{
    CU_ASSERT_EQUAL(hash_bytes("", 0), UINT64_C(0xefd01f60ba992926));
    CU_ASSERT_EQUAL(hash_bytes("strike", 6), hash_bytes("strike", 6));
    CU_ASSERT_NOT_EQUAL(hash_bytes("strike", 6), hash_bytes("strikf", 6));
    CU_ASSERT_NOT_EQUAL(hash_bytes("a\0", 2), hash_bytes("a", 1));
}

void suite_map(void)
{
    CU_pSuite suite = CU_add_suite("map", NULL, NULL);
    CU_add_test(suite, "put, get, replace, free", test_put_and_get);
    CU_add_test(suite, "many keys", test_many);
    CU_add_test(suite, "the hash never changes", test_hash_is_fixed);
}
