#include "text/document.h"

#include <CUnit/CUnit.h>
#include <stdlib.h>

#include "text_fixture.h"

void suite_document(void);

static void test_slices(void)
{
    struct text_fixture fixture;
    fixture_open(&fixture);
    fixture_make(&fixture, SLICE_LITERAL("Title\n\nAt least 19 people died."), 5);
    CU_ASSERT_EQUAL_FATAL(fixture.doc.n_tokens, 7);
    CU_ASSERT_TRUE(slice_is(token_text(&fixture.doc, 3), "19"));
    CU_ASSERT_TRUE(slice_is(token_span(&fixture.doc, 1, 4), "At least 19 people"));
    CU_ASSERT_EQUAL(fixture.doc.tokens[3].kind, TOKEN_NUMBER);
    CU_ASSERT_EQUAL(fixture.doc.sentences[1].end, fixture.doc.text.len);
    fixture_close(&fixture);
}

static void test_empty(void)
{
    struct text_fixture fixture;
    fixture_open(&fixture);
    fixture_make(&fixture, SLICE_NONE, 0);
    CU_ASSERT_EQUAL(fixture.doc.n_tokens, 0);
    CU_ASSERT_EQUAL(fixture.doc.n_sentences, 0);
    fixture_close(&fixture);
}

/* 200 MB without a blank, and as much punctuation as a report may have: an error, no more. */
static void test_hostile_size(void)
{
    const size_t len = (size_t)200 << 20;
    struct text_fixture fixture;
    struct document doc;
    struct error err = {0};
    char *text = malloc(len);
    fixture_open(&fixture);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    memset(text, 'a', len);
    CU_ASSERT_EQUAL(
        document_make(&fixture.arena, fixture.vocabulary, (struct slice){text, len}, 0, &doc, &err),
        -1);
    CU_ASSERT_EQUAL(err.code, ERROR_LIMIT);
    memset(text, '-', 20 << 20);
    err.code = ERROR_NONE;
    arena_reset(&fixture.arena);
    CU_ASSERT_EQUAL(document_make(&fixture.arena, fixture.vocabulary,
                                  (struct slice){text, 20 << 20}, 0, &doc, &err),
                    -1);
    CU_ASSERT_EQUAL(err.code, ERROR_LIMIT);
    free(text);
    fixture_close(&fixture);
}

void suite_document(void)
{
    CU_pSuite suite = CU_add_suite("document", NULL, NULL);
    CU_add_test(suite, "texts of tokens and spans", test_slices);
    CU_add_test(suite, "no text", test_empty);
    CU_add_test(suite, "texts beyond the arena", test_hostile_size);
}
