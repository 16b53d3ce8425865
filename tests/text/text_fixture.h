#ifndef TRACKER_TESTS_TEXT_FIXTURE_H
#define TRACKER_TESTS_TEXT_FIXTURE_H

#include <CUnit/CUnit.h>

#include "base/buffer.h"
#include "text/document.h"

/* An arena, a vocabulary and one document at a time, for the suites of text/. */
struct text_fixture {
    struct arena arena;
    struct vocabulary *vocabulary;
    struct document doc;
    struct buffer out;
};

static inline void fixture_open(struct text_fixture *fixture)
{
    *fixture = (struct text_fixture){0};
    arena_init(&fixture->arena, (size_t)64 << 20);
    buffer_init(&fixture->out, (size_t)1 << 20);
    CU_ASSERT_EQUAL_FATAL(vocabulary_new(&fixture->vocabulary, NULL), 0);
}

static inline void fixture_close(struct text_fixture *fixture)
{
    vocabulary_free(fixture->vocabulary);
    buffer_free(&fixture->out);
    arena_free(&fixture->arena);
}

static inline uint32_t fixture_word(struct text_fixture *fixture, const char *word, unsigned marks)
{
    uint32_t id = WORD_UNKNOWN;
    CU_ASSERT_EQUAL_FATAL(vocabulary_intern(fixture->vocabulary, slice_of(word), &id, NULL), 0);
    for (unsigned mark = 1; mark <= marks; mark <<= 1)
        if (marks & mark)
            vocabulary_mark(fixture->vocabulary, id, (enum word_mark)mark);
    return id;
}

static inline void fixture_make(struct text_fixture *fixture, struct slice text, size_t title_len)
{
    struct error err = {0};
    arena_reset(&fixture->arena);
    CU_ASSERT_EQUAL_FATAL(
        document_make(&fixture->arena, fixture->vocabulary, text, title_len, &fixture->doc, &err),
        0);
}

#endif
