#include "text/utf8.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "text/character.h"

void suite_utf8(void);

static void test_decode(void)
{
    static const struct {
        const char *bytes;
        size_t len, taken;
        uint32_t code;
    } CASES[] = {
        {"a", 1, 1, 'a'},
        {"\xc3\xa9", 2, 2, 0xe9},
        {"\xe2\x80\x99", 3, 3, 0x2019},
        {"\xf0\x9f\x92\xa5", 4, 4, 0x1f4a5},
        {"\xf4\x8f\xbf\xbf", 4, 4, 0x10ffff},
        {"\xe9t", 2, 1, 0xfffd},    /* Latin-1 */
        {"\x93", 1, 1, 0xfffd},     /* a quote of code page 1252 */
        {"\xe2\x80", 2, 2, 0xfffd}, /* cut short: the part that began well */
        {"\xe2\x80z", 3, 2, 0xfffd},
        {"\xf0\x9f\x92", 3, 3, 0xfffd},
        {"\xc0\xaf", 2, 1, 0xfffd}, /* overlong */
        {"\xe0\x80\xaf", 3, 1, 0xfffd},
        {"\xed\xa0\x80", 3, 1, 0xfffd},     /* a surrogate */
        {"\xf4\x90\x80\x80", 4, 1, 0xfffd}, /* beyond U+10FFFF */
        {"\xff", 1, 1, 0xfffd},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        uint32_t code = 0;
        CU_ASSERT_EQUAL(utf8_decode(CASES[i].bytes, CASES[i].len, &code), CASES[i].taken);
        CU_ASSERT_EQUAL(code, CASES[i].code);
    }
}

static void test_ascii_prefix(void)
{
    char text[100];
    memset(text, 'a', sizeof text);
    CU_ASSERT_EQUAL(utf8_ascii_prefix(text, sizeof text), sizeof text);
    CU_ASSERT_EQUAL(utf8_ascii_prefix(text, 0), 0);
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = '\x80';
        CU_ASSERT_EQUAL(utf8_ascii_prefix(text, sizeof text), i);
        text[i] = 'a';
    }
}

static void test_clean(void)
{
    static const struct {
        struct slice raw;
        const char *clean;
        size_t replaced;
    } CASES[] = {
        {SLICE_LITERAL("a\r\nb\rc\n\td"), "a\nb\nc\n\td", 0},
        {SLICE_LITERAL("\xef\xbb\xbf\xef\xbb\xbfx"), "x", 0},
        {SLICE_LITERAL("bell\x07, page\x0c."), "bell , page .", 0},
        {SLICE_LITERAL("nul\0here"), "nul\xef\xbf\xbdhere", 1},
        {SLICE_LITERAL("caf\xe9 \x93quoted\x94"), "caf\xef\xbf\xbd \xef\xbf\xbdquoted\xef\xbf\xbd",
         3},
        {SLICE_LITERAL("cafe\xcc\x81"), "caf\xc3\xa9", 0},
        {SLICE_LITERAL("\xd0\xb8\xcc\x86"), "\xd0\xb9", 0},              /* й written in two */
        {SLICE_LITERAL("\xe2\x84\xab"), "\xc3\x85", 0},                  /* the angstrom sign */
        {SLICE_LITERAL("a\xcc\x81\xcc\xa3"), "\xe1\xba\xa1\xcc\x81", 0}, /* marks in order */
        {SLICE_LITERAL("e\xcc\x81\r\n\xcc\x81"), "\xc3\xa9\n\xcc\x81", 0},
        {SLICE_LITERAL("\xef\xbf\xbd was there"), "\xef\xbf\xbd was there", 0},
        {SLICE_LITERAL("\xe2\x80"), "\xef\xbf\xbd", 1},
    };
    struct arena arena;
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct slice out;
        size_t replaced = 99;
        CU_ASSERT_EQUAL(utf8_clean(&arena, CASES[i].raw, &out, &replaced, NULL), 0);
        CU_ASSERT_TRUE(slice_is(out, CASES[i].clean));
        CU_ASSERT_EQUAL(replaced, CASES[i].replaced);
    }
    arena_free(&arena);
}

static void test_clean_text_is_not_copied(void)
{
    static const char *const CASES[] = {
        "plain\n\ttext",
        "“Curly” – and it’s em—dash… é",
        "Удар по Тернополю",
        "الغارة",
        "空襲",
        "",
        "об'єкт п’ять",
        "💥 strike",
    };
    struct arena arena;
    arena_init(&arena, 0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct slice out;
        size_t replaced;
        CU_ASSERT_EQUAL(utf8_clean(&arena, slice_of(CASES[i]), &out, &replaced, NULL), 0);
        CU_ASSERT_PTR_EQUAL(out.ptr, CASES[i]);
    }
    arena_free(&arena);
}

/* Every character behind every kind of neighbour comes out as utf8proc alone would have it. */
static void test_normal_form_of_every_character(void)
{
    static const char *const BEFORE[] = {"", "e", "и", "か", "가", "ᄀ", "ا"};
    struct arena arena;
    size_t wrong = 0;
    arena_init(&arena, 1 << 20);
    for (uint32_t code = 0x80; code <= 0x10ffff; code++) {
        if ((code >= 0xd800 && code <= 0xdfff) || (code >= 0x30000 && code < 0xe0000) ||
            code == 0xfeff)
            continue;
        for (size_t b = 0; b < sizeof BEFORE / sizeof *BEFORE; b++) {
            char text[32];
            int n = snprintf(text, sizeof text, "%s", BEFORE[b]);
            size_t len = (size_t)n + character_encode(code, text + n);
            text[len] = '\0';
            struct slice out;
            size_t replaced;
            if (utf8_clean(&arena, (struct slice){text, len}, &out, &replaced, NULL)) {
                wrong++;
                continue;
            }
            utf8proc_uint8_t *expected = utf8proc_NFC((const utf8proc_uint8_t *)text);
            wrong += replaced || !slice_is(out, (const char *)expected);
            free(expected);
            arena_reset(&arena);
        }
    }
    CU_ASSERT_EQUAL(wrong, 0);
    arena_free(&arena);
}

/* Marks in the worst order, by the megabyte: cut at 30, in linear time. */
static void test_endless_marks(void)
{
    const size_t n = 1000000;
    char *text = malloc(2 * n);
    struct arena arena;
    struct slice once, twice;
    size_t replaced = 0, again = 1;
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    for (size_t i = 0; i < n; i++)
        memcpy(text + 2 * i, i % 2 ? "\xcc\xa3" : "\xcc\x81", 2);
    arena_init(&arena, 64 << 20);
    CU_ASSERT_EQUAL_FATAL(utf8_clean(&arena, (struct slice){text, 2 * n}, &once, &replaced, NULL),
                          0);
    CU_ASSERT_EQUAL(replaced, n / 31);
    CU_ASSERT_EQUAL_FATAL(utf8_clean(&arena, once, &twice, &again, NULL), 0);
    CU_ASSERT_EQUAL(again, 0);
    CU_ASSERT_TRUE(slice_equal(once, twice));
    arena_free(&arena);
    free(text);
}

static void test_full_arena(void)
{
    struct arena arena;
    struct slice out;
    struct error err = {0};
    size_t replaced;
    arena_init(&arena, 64);
    CU_ASSERT_EQUAL(utf8_clean(&arena,
                               SLICE_LITERAL("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
                                             "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
                               &out, &replaced, &err),
                    -1);
    CU_ASSERT_EQUAL(err.code, ERROR_LIMIT);
    arena_free(&arena);
}

void suite_utf8(void)
{
    CU_pSuite suite = CU_add_suite("utf8", NULL, NULL);
    CU_add_test(suite, "decoding, well formed and not", test_decode);
    CU_add_test(suite, "the ASCII prefix ends at any place", test_ascii_prefix);
    CU_add_test(suite, "text is made fit", test_clean);
    CU_add_test(suite, "clean text is not copied", test_clean_text_is_not_copied);
    CU_add_test(suite, "normal form C of every character", test_normal_form_of_every_character);
    CU_add_test(suite, "endless combining marks", test_endless_marks);
    CU_add_test(suite, "a full arena", test_full_arena);
}
