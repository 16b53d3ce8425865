#include "text/token.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/utf8.h"
#include "text_fixture.h"

void suite_token(void);

/* Tokens between bars; a blank before a bar is the token's TOKEN_SPACE. */
static void test_cutting(void)
{
    static const struct {
        const char *text;
        const char *tokens;
    } CASES[] = {
        {"Two men died.", "Two|men|died|."},
        {"a 7-year-old", "a|7|-|year|-|old"},
        {"20-25 Kh-101", "20|-|25|Kh|-|101"},
        {"3am 14th $5 24/7", "3|am|14|th|$|5|24|/|7"},
        {"1,200 1.2 1,200,000.5 12.05.2025", "1,200|1.2|1,200,000.5|12.05.2025"},
        {"19, 20. 1,a 5.", "19|,|20|.|1|,|a|5|."},
        {"don't DON’T O'Brien", "don't|DON’T|O'Brien"},
        {"Ukraine's Ukraine’s KYIV'S 1990's", "Ukraine|'s|Ukraine|’s|KYIV|'S|1990|'s"},
        {"the 'army' soldiers' s", "the|'|army|'|soldiers|'|s"},
        {"it's-is a's's", "it|'s|-|is|a's|'s"},
        {"the U.S. and p.m. at 3", "the|U.S.|and|p.m.|at|3"},
        {"U.S U.S.'s U.S.-led J. K. J.K.", "U.S|U.S.|'s|U.S.|-|led|J|.|K|.|J.K."},
        {"A.Bc a.m.b U.S...", "A|.|Bc|a.m.b|U.S.|.|."},
        {"Т.Г. Шевченко", "Т.Г.|Шевченко"},
        {"об'єкт п’ять Тернополі", "об'єкт|п’ять|Тернополі"},
        {"cafés caf\u00e9 e\u0301t\u0301", "cafés|café|e\u0301t\u0301"},
        {"غارة ٢٥ ١٬٢٠٠", "غارة|٢٥|١٬٢٠٠"},
        {"空襲で三人。", "空襲で三人|。"},
        {"sol\u00addier a\u200b b", "sol\u00addier|a|b"},
        {"“Fire” — no… (yes)", "“|Fire|”|—|no|…|(|yes|)"},
        {"💥\ufe0fboom", "💥|boom"},
        {"a_b c@d #e", "a|_|b|c|@|d|#|e"},
        {"  \t\n ", ""},
        {"", ""},
        {"uncharacteristically antidisestablishmentarianism's",
         "uncharacteristically|antidisestablishmentarianism|'s"},
    };
    struct text_fixture fixture;
    fixture_open(&fixture);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture_make(&fixture, slice_of(CASES[i].text), 0);
        buffer_clear(&fixture.out);
        for (size_t t = 0; t < fixture.doc.n_tokens; t++) {
            if (t)
                buffer_add_char(&fixture.out, '|');
            buffer_add_slice(&fixture.out, token_text(&fixture.doc, t));
        }
        if (!slice_is(buffer_slice(&fixture.out), CASES[i].tokens)) {
            printf("    %s: %.*s\n", CASES[i].text, SLICE_ARG(buffer_slice(&fixture.out)));
            CU_FAIL("cut in other tokens");
        }
    }
    fixture_close(&fixture);
}

static void test_flags(void)
{
    static const struct {
        const char *text;
        size_t token;
        unsigned flags;
    } CASES[] = {
        {"two", 0, TOKEN_SPACE},
        {"a two", 1, TOKEN_SPACE},
        {"(two", 1, 0},
        {"Two", 0, TOKEN_SPACE | TOKEN_CAPITAL},
        {"NATO", 0, TOKEN_SPACE | TOKEN_CAPITAL | TOKEN_UPPER},
        {"A", 0, TOKEN_SPACE | TOKEN_CAPITAL},
        {"NATOs", 0, TOKEN_SPACE | TOKEN_CAPITAL},
        {"iPhone", 0, TOKEN_SPACE},
        {"UNCHARACTERISTIC", 0, TOKEN_SPACE | TOKEN_CAPITAL | TOKEN_UPPER},
        {"UNCHARACTERISTIc", 0, TOKEN_SPACE | TOKEN_CAPITAL},
        {"INTERNATIONALIZATIONS", 0, TOKEN_SPACE | TOKEN_CAPITAL | TOKEN_UPPER},
        {"КИЇВ", 0, TOKEN_SPACE | TOKEN_CAPITAL | TOKEN_UPPER},
        {"Київ", 0, TOKEN_SPACE | TOKEN_CAPITAL},
        {"київ", 0, TOKEN_SPACE},
        {"غارة", 0, TOKEN_SPACE | TOKEN_CAPITAL},
        {"École", 0, TOKEN_SPACE | TOKEN_CAPITAL},
        {"école", 0, TOKEN_SPACE},
        {"a\nb", 1, TOKEN_SPACE | TOKEN_LINE},
        {"a \n\t b", 1, TOKEN_SPACE | TOKEN_LINE},
        {"a\n \n b", 1, TOKEN_SPACE | TOKEN_LINE | TOKEN_PARAGRAPH},
        {"a\u2029b", 1, TOKEN_SPACE | TOKEN_LINE | TOKEN_PARAGRAPH},
        {"a\u00a0b", 1, TOKEN_SPACE},
        {"a.", 1, TOKEN_STOP},
        {"a !", 1, TOKEN_SPACE | TOKEN_STOP},
        {"a…", 1, TOKEN_STOP},
        {"U.S.", 0, TOKEN_SPACE | TOKEN_CAPITAL | TOKEN_UPPER | TOKEN_STOP},
        {"p.m.", 0, TOKEN_SPACE | TOKEN_STOP},
        {"was killed", 1, TOKEN_SPACE | TOKEN_TRIGGER},
        {"(KILLED", 1, TOKEN_CAPITAL | TOKEN_UPPER | TOKEN_TRIGGER},
        {"a;", 1, TOKEN_TRIGGER},
    };
    struct text_fixture fixture;
    fixture_open(&fixture);
    fixture_word(&fixture, "killed", WORD_TRIGGER);
    fixture_word(&fixture, ";", WORD_TRIGGER);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture_make(&fixture, slice_of(CASES[i].text), 0);
        CU_ASSERT_EQUAL(fixture.doc.tokens[CASES[i].token].flags, CASES[i].flags);
        if (fixture.doc.tokens[CASES[i].token].flags != CASES[i].flags)
            printf("    %s: %u\n", CASES[i].text, fixture.doc.tokens[CASES[i].token].flags);
    }
    fixture_close(&fixture);
}

static void test_words(void)
{
    /* The word that the token has to be found as. */
    static const struct {
        const char *text;
        size_t token;
        const char *word;
    } CASES[] = {
        {"KILLED", 0, "killed"},
        {"killed.", 0, "killed"},
        {"Don’t", 0, "don't"},
        {"Kyiv’s", 1, "'s"},
        {"the U.S has", 1, "u.s."},
        {"20–25", 1, "-"},
        {"20‑25", 1, "-"},
        {"20 – 25", 1, "—"},
        {"a— b", 1, "—"},
        {"„x“", 0, "\""},
        {"say \"x\"", 1, "\""},
        {"sol\u00addier", 0, "soldier"},
        {"uncharacteristically", 0, "uncharacteristically"},
        {"Uncharacterist", 0, "uncharacterist"},
        {"responsibility", 0, "responsibility"},
        {"exploded", 0, "exploded"},
        {"24/7", 2, "7"},
        {"УДАР", 0, "удар"},
        {"killers", 0, NULL},
        {"kille", 0, NULL},
        {"responsibilitz", 0, NULL},
    };
    struct text_fixture fixture;
    fixture_open(&fixture);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        if (CASES[i].word)
            fixture_word(&fixture, CASES[i].word, 0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture_make(&fixture, slice_of(CASES[i].text), 0);
        uint32_t expected = CASES[i].word
                                ? vocabulary_find(fixture.vocabulary, slice_of(CASES[i].word))
                                : WORD_UNKNOWN;
        CU_ASSERT_EQUAL(fixture.doc.tokens[CASES[i].token].word, expected);
        if (fixture.doc.tokens[CASES[i].token].word != expected)
            printf("    %s\n", CASES[i].text);
    }
    fixture_close(&fixture);
}

/* The fast and the slow way agree: wherever a text lies relative to the blocks, its tokens are the
 * same, and each has the word that folding and looking up finds. */
static void test_every_offset(void)
{
    static const char *const PIECES[] = {
        "killed",
        "Responsibility",
        "uncharacteristically",
        " ",
        " ",
        ".",
        ",",
        "1,200",
        "7",
        "U.S.",
        "a",
        "'s",
        "’",
        "é",
        "\n",
        "-",
        "–",
        "NATO",
        "p.m",
        "exploded",
        "explosions",
        "it",
        "12.5",
        "'",
        "Київ",
        " ",
        "\"",
        "٣",
    };
    struct text_fixture fixture;
    uint32_t seed = 12345;
    char text[400];
    fixture_open(&fixture);
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++)
        if (PIECES[i][0] != ' ' && PIECES[i][0] != '\n')
            fixture_word(&fixture, PIECES[i], i % 3 ? 0 : WORD_TRIGGER);
    for (int round = 0; round < 200; round++) {
        size_t len = 0;
        while (len < 250) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = PIECES[(seed >> 16) % (sizeof PIECES / sizeof *PIECES)];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        struct token first[400];
        size_t n = 0;
        for (size_t shift = 0; shift < 70; shift++) {
            /* Exactly as long as the text: the sanitizer sees a read beyond it. */
            char *moved = malloc(shift + len);
            CU_ASSERT_PTR_NOT_NULL_FATAL(moved);
            memset(moved, ' ', shift);
            memcpy(moved + shift, text, len);
            fixture_make(&fixture, (struct slice){moved, shift + len}, 0);
            if (shift == 0) {
                n = fixture.doc.n_tokens;
                CU_ASSERT_TRUE_FATAL(n <= 400);
                memcpy(first, fixture.doc.tokens, n * sizeof *first);
            }
            CU_ASSERT_EQUAL_FATAL(fixture.doc.n_tokens, n);
            for (size_t t = 0; t < n; t++) {
                struct token token = fixture.doc.tokens[t];
                token.start -= (uint32_t)shift;
                CU_ASSERT_EQUAL_FATAL(memcmp(&token, &first[t], sizeof token), 0);
            }
            free(moved);
        }
    }
    fixture_close(&fixture);
}

static void test_long_runs(void)
{
    const size_t len = 300001;
    char *text = malloc(len);
    struct text_fixture fixture;
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    fixture_open(&fixture);
    for (const char *c = "a1.'\xc3"; *c; c++) {
        memset(text, *c, len);
        for (size_t i = 1; *c == '\xc3' && i < len; i += 2)
            text[i] = '\xa9';
        fixture_make(&fixture, (struct slice){text, *c == '\xc3' ? len - 1 : len}, 0);
        size_t at = 0;
        for (size_t t = 0; t < fixture.doc.n_tokens; t++) {
            CU_ASSERT_EQUAL_FATAL(fixture.doc.tokens[t].start, at);
            at += fixture.doc.tokens[t].len;
        }
        CU_ASSERT_EQUAL(at, *c == '\xc3' ? len - 1 : len);
    }
    free(text);
    fixture_close(&fixture);
}

void suite_token(void)
{
    CU_pSuite suite = CU_add_suite("token", NULL, NULL);
    CU_add_test(suite, "where tokens begin and end", test_cutting);
    CU_add_test(suite, "flags", test_flags);
    CU_add_test(suite, "words are found as rules write them", test_words);
    CU_add_test(suite, "the same at every offset", test_every_offset);
    CU_add_test(suite, "long runs are cut", test_long_runs);
}
