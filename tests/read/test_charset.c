#include <CUnit/CUnit.h>
#include <iconv.h>
#include <stdio.h>

#include "read/charset.h"

void suite_charset(void);

static const char UKRAINIAN[] =
    "Уночі росіяни обстріляли Харків. Загинули двоє людей, ще семеро поранені. Рятувальники їх "
    "шукали до ранку, повідомив голова області. Є пошкодження будинків.";
static const char RUSSIAN[] = "Ночью был обстрелян Харьков. Погибли два человека, ещё семь ранены.";
static const char WESTERN[] =
    "Zwei Männer wurden in Köln getötet, fünf verletzt; café, naïve, señor.";

static struct arena arena;

static int start(void)
{
    arena_init(&arena, (size_t)64 << 20);
    return 0;
}

static int stop(void)
{
    arena_free(&arena);
    return 0;
}

/* A text in another encoding, as iconv makes it. */
static struct slice encode(const char *text, const char *charset)
{
    size_t left = strlen(text), room = left * 4 + 16, size = room;
    char *in = (char *)text, *start_of = arena_alloc(&arena, room), *out = start_of;
    iconv_t handle = iconv_open(charset, "UTF-8");
    CU_ASSERT_FATAL(handle != (iconv_t)-1 && start_of != NULL);
    CU_ASSERT_FATAL(iconv(handle, &in, &left, &out, &room) != (size_t)-1);
    iconv_close(handle);
    return (struct slice){start_of, size - room};
}

static const char *name(const char *charset)
{
    return charset ? charset : "UTF-8";
}

static void test_guess(void)
{
    static const char *const cyrillic[] = {"CP1251", "KOI8-U", "CP866", "UTF-16LE", "UTF-16BE"};
    const char *const texts[] = {UKRAINIAN, RUSSIAN};
    for (size_t t = 0; t < 2; t++) {
        for (size_t i = 0; i < sizeof cyrillic / sizeof *cyrillic; i++) {
            bool lacks = t == 0 && strcmp(cyrillic[i], "CP866") == 0; /* has no Ukrainian letters */
            if (lacks)
                continue;
            const char *got = charset_guess(encode(texts[t], cyrillic[i]));
            if (strcmp(name(got), cyrillic[i]) != 0)
                printf("    %s as %s\n", cyrillic[i], name(got));
            CU_ASSERT_STRING_EQUAL(name(got), cyrillic[i]);
        }
        CU_ASSERT(charset_guess(slice_of(texts[t])) == NULL);
    }
    CU_ASSERT_STRING_EQUAL(name(charset_guess(encode(WESTERN, "CP1252"))), "CP1252");
    CU_ASSERT_STRING_EQUAL(name(charset_guess(encode("Two died.\nMore later.\n", "UTF-16LE"))),
                           "UTF-16LE");
    CU_ASSERT(charset_guess(slice_of(WESTERN)) == NULL);
    CU_ASSERT(charset_guess(SLICE_LITERAL("Two died.")) == NULL);
    CU_ASSERT(charset_guess(SLICE_LITERAL("Caf\xE9 hit.")) == NULL); /* damage */
    CU_ASSERT(charset_guess(SLICE_NONE) == NULL);
}

/* What is declared, against what the bytes are. */
static void test_declared(void)
{
    const struct {
        struct slice bytes;
        const char *header, *charset;
    } cases[] = {
        {encode("<meta charset=windows-1251><p>Двоє", "CP1251"), "", "CP1251"},
        {encode("<META http-equiv=Content-Type content='text/html; charset=koi8-u'>їжак", "KOI8-U"),
         "", "KOI8-U"},
        {encode("<?xml version='1.0' encoding='Windows-1251'?><rss>дім", "CP1251"), "", "CP1251"},
        {encode("<p>Двоє", "CP1251"), "windows-1251", "CP1251"},
        /* The header wins over the page; what cannot be wins over neither. */
        {encode("<meta charset=koi8-u><p>Двоє", "CP1251"), "cp1251", "CP1251"},
        {slice_of("<meta charset=windows-1251><p>Двоє"), "", "UTF-8"},
        {slice_of("<p>Двоє"), "iso-8859-1", "UTF-8"},
        {encode(UKRAINIAN, "CP1251"), "utf-8", "CP1251"},
        {encode("<meta charset=utf-8><p>Двоє людей", "UTF-16LE"), "", "UTF-16LE"},
        {SLICE_LITERAL("<meta charset=utf-16><p>Two"), "", "UTF-8"},
        {SLICE_LITERAL("<meta charset=no-such//TRANSLIT><p>Two"), "also none", "UTF-8"},
        {SLICE_LITERAL("\xFE\xFF\0a"), "", "UTF-16BE"},
        {SLICE_LITERAL("\xEF\xBB\xBF<meta charset=koi8-u>"), "", "UTF-8"},
        {SLICE_LITERAL("<p>caf\xE9"), "latin1", "CP1252"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = charset_detect(cases[i].bytes, slice_of(cases[i].header));
        if (strcmp(name(got), cases[i].charset) != 0)
            printf("    case %zu: %s instead of %s\n", i, name(got), cases[i].charset);
        CU_ASSERT_STRING_EQUAL(name(got), cases[i].charset);
    }
}

/* Cut anywhere, the pieces give the whole. */
static void test_pieces(void)
{
    static const char *const charsets[] = {"CP1251", "UTF-16LE", "GB18030"};
    for (size_t c = 0; c < sizeof charsets / sizeof *charsets; c++) {
        struct slice bytes = encode("Ab, дім 中 є.", charsets[c][0] == 'C' ? "UTF-8" : charsets[c]);
        if (charsets[c][0] == 'C')
            bytes = encode("Ab, дім є.", "CP1251");
        for (size_t cut = 0; cut <= bytes.len; cut++) {
            struct charset_decoder decoder;
            struct error err;
            char out[256];
            size_t len, replaced = 0;
            CU_ASSERT_FATAL(charset_open(&decoder, charsets[c], &err) == 0);
            struct slice first = slice_sub(bytes, 0, cut);
            len = charset_decode(&decoder, &first, false, out, sizeof out, &replaced);
            size_t done = cut - first.len;
            struct slice rest = slice_sub(bytes, done, bytes.len - done);
            len += charset_decode(&decoder, &rest, true, out + len, sizeof out - len, &replaced);
            charset_close(&decoder);
            CU_ASSERT(rest.len == 0 && replaced == 0);
            CU_ASSERT(slice_is((struct slice){out, len},
                               charsets[c][0] == 'C' ? "Ab, дім є." : "Ab, дім 中 є."));
        }
    }
}

static void test_malformed(void)
{
    struct slice out;
    struct error err;
    size_t replaced = 0;
    struct slice bytes = {"a\0\x00\xD8z\0y", 7}; /* half a surrogate pair, half a unit */
    CU_ASSERT_FATAL(charset_decode_all(&arena, bytes, "UTF-16LE", &out, &replaced, &err) == 0);
    CU_ASSERT(slice_is(out, "a\xEF\xBF\xBDz\xEF\xBF\xBD") && replaced == 2);
}

void suite_charset(void)
{
    CU_pSuite suite = CU_add_suite("charset", start, stop);
    CU_add_test(suite, "guesses", test_guess);
    CU_add_test(suite, "declarations", test_declared);
    CU_add_test(suite, "pieces", test_pieces);
    CU_add_test(suite, "malformed", test_malformed);
}
