#include "text/vocabulary.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "text/word_table.h"

void suite_vocabulary(void);

static uint32_t intern(struct vocabulary *vocabulary, const char *word)
{
    uint32_t id = WORD_UNKNOWN;
    CU_ASSERT_EQUAL_FATAL(vocabulary_intern(vocabulary, slice_of(word), &id, NULL), 0);
    return id;
}

static void test_ids(void)
{
    struct vocabulary *v;
    CU_ASSERT_EQUAL_FATAL(vocabulary_new(&v, NULL), 0);
    CU_ASSERT_EQUAL(vocabulary_size(v), 1);
    CU_ASSERT_EQUAL(intern(v, "Killed"), 1);
    CU_ASSERT_EQUAL(intern(v, "wounded"), 2);
    CU_ASSERT_EQUAL(intern(v, "KILLED"), 1);
    CU_ASSERT_EQUAL(intern(v, "don’t"), 3);
    CU_ASSERT_EQUAL(intern(v, "don't"), 3);
    CU_ASSERT_EQUAL(intern(v, "p.m"), 4);
    CU_ASSERT_EQUAL(intern(v, "P.M."), 4);
    CU_ASSERT_EQUAL(intern(v, "Тернопіль"), 5);
    CU_ASSERT_EQUAL(vocabulary_size(v), 6);
    CU_ASSERT_EQUAL(vocabulary_find(v, SLICE_LITERAL("killed")), 1);
    CU_ASSERT_EQUAL(vocabulary_find(v, SLICE_LITERAL("p.m.")), 4);
    CU_ASSERT_EQUAL(vocabulary_find(v, SLICE_LITERAL("kille")), WORD_UNKNOWN);
    CU_ASSERT_EQUAL(vocabulary_find(v, SLICE_LITERAL("")), WORD_UNKNOWN);
    CU_ASSERT_TRUE(slice_is(vocabulary_word(v, 5), "тернопіль"));
    CU_ASSERT_PTR_NULL(vocabulary_word(v, 6).ptr);
    vocabulary_free(v);
}

static void test_marks(void)
{
    struct vocabulary *v;
    CU_ASSERT_EQUAL_FATAL(vocabulary_new(&v, NULL), 0);
    uint32_t gen = intern(v, "gen");
    vocabulary_mark(v, gen, WORD_ABBREVIATION);
    vocabulary_mark(v, gen, WORD_TRIGGER);
    for (int i = 0; i < 5000; i++) { /* marks survive growth */
        char word[20];
        snprintf(word, sizeof word, "word%d", i);
        intern(v, word);
    }
    CU_ASSERT_EQUAL(vocabulary_marks(v, gen), WORD_ABBREVIATION | WORD_TRIGGER);
    CU_ASSERT_EQUAL(word_lookup(v, SLICE_LITERAL("gen"))->marks, WORD_ABBREVIATION | WORD_TRIGGER);
    vocabulary_mark(v, WORD_UNKNOWN, WORD_TRIGGER);
    CU_ASSERT_EQUAL(vocabulary_marks(v, WORD_UNKNOWN), 0);
    CU_ASSERT_EQUAL(vocabulary_marks(v, 1000000), 0);
    vocabulary_free(v);
}

static void test_many_words(void)
{
    struct vocabulary *v;
    char word[40];
    CU_ASSERT_EQUAL_FATAL(vocabulary_new(&v, NULL), 0);
    for (unsigned i = 0; i < 30000; i++) {
        snprintf(word, sizeof word, "%.*s%u", (int)(i % 20), "abcdefghijklmnopqrst", i);
        CU_ASSERT_EQUAL_FATAL(intern(v, word), i + 1);
    }
    for (unsigned i = 0; i < 30000; i++) {
        snprintf(word, sizeof word, "%.*s%u", (int)(i % 20), "abcdefghijklmnopqrst", i);
        CU_ASSERT_EQUAL_FATAL(vocabulary_find(v, slice_of(word)), i + 1);
    }
    vocabulary_free(v);
}

/* Two long words with the same key, made by running the mixing step backwards. */
static void test_equal_keys(void)
{
    struct vocabulary *v;
    const char *a = "0123456789abcdef", *b = NULL;
    char other[17] = "";
    uint64_t first = word_key_add(0, word_chunk(a, 8)) ^ word_chunk(a + 8, 8);
    CU_ASSERT_EQUAL_FATAL(vocabulary_new(&v, NULL), 0);
    for (unsigned i = 0; i < 1000000 && !b; i++) {
        snprintf(other, sizeof other, "%08u", i);
        uint64_t second = word_key_add(0, word_chunk(other, 8)) ^ first;
        bool ascii = true;
        for (int k = 0; k < 8; k++) {
            other[8 + k] = (char)(second >> 8 * k);
            ascii &= other[8 + k] > '.' && other[8 + k] < 0x7f;
            ascii &= other[8 + k] < 'A' || other[8 + k] > 'Z';
        }
        b = ascii ? other : NULL;
    }
    if (b) {
        CU_ASSERT_EQUAL(word_key(a, 16), word_key(b, 16));
        CU_ASSERT_EQUAL(intern(v, a), 1);
        CU_ASSERT_EQUAL(intern(v, b), 2);
        CU_ASSERT_EQUAL(vocabulary_find(v, slice_of(a)), 1);
        CU_ASSERT_EQUAL(vocabulary_find(v, slice_of(b)), 2);
    }
    CU_ASSERT_PTR_NOT_NULL(b);
    vocabulary_free(v);
}

static void test_refused_words(void)
{
    struct vocabulary *v;
    struct error err = {0};
    char word[WORD_MAX + 2];
    uint32_t id;
    CU_ASSERT_EQUAL_FATAL(vocabulary_new(&v, NULL), 0);
    CU_ASSERT_EQUAL(vocabulary_intern(v, SLICE_NONE, &id, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_INPUT);
    memset(word, 'x', sizeof word);
    CU_ASSERT_EQUAL(vocabulary_intern(v, (struct slice){word, WORD_MAX + 1}, &id, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_LIMIT);
    CU_ASSERT_EQUAL(vocabulary_intern(v, (struct slice){word, WORD_MAX}, &id, &err), 0);
    CU_ASSERT_EQUAL(vocabulary_find(v, (struct slice){word, WORD_MAX}), id);
    CU_ASSERT_EQUAL(vocabulary_find(v, (struct slice){word, WORD_MAX + 1}), WORD_UNKNOWN);
    vocabulary_free(v);
    vocabulary_free(NULL);
}

void suite_vocabulary(void)
{
    CU_pSuite suite = CU_add_suite("vocabulary", NULL, NULL);
    CU_add_test(suite, "ids in order, one for each folded word", test_ids);
    CU_add_test(suite, "marks", test_marks);
    CU_add_test(suite, "many words of every length", test_many_words);
    CU_add_test(suite, "different words with the same key", test_equal_keys);
    CU_add_test(suite, "words that are none", test_refused_words);
}
