#include <stdint.h>
#include <stdlib.h>

#include "text/document.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct document *doc)
{
    size_t at = 0, next = 0;
    for (size_t i = 0; i < doc->n_tokens; i++) {
        const struct token *token = &doc->tokens[i];
        if (token->start < at || !token->len || token->start + token->len > doc->text.len)
            abort();
        at = token->start + token->len;
    }
    for (size_t i = 0; i < doc->n_sentences; i++) {
        const struct sentence *s = &doc->sentences[i];
        if (s->first != next || !s->count || s->count > SENTENCE_MAX_TOKENS || s->end <= s->start)
            abort();
        next += s->count;
    }
    if (next != doc->n_tokens)
        abort();
}

/* Tokens are in order, inside the text and apart; the sentences cover all of them. The first byte
 * is the length of the title. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct vocabulary *vocabulary = NULL;
    struct document doc;
    struct slice text = SLICE_NONE, raw = {(const char *)data, size};
    size_t replaced = 0;
    uint32_t id = 0;
    arena_init(&arena, (size_t)64 << 20);
    if (vocabulary_new(&vocabulary, NULL) == 0 &&
        vocabulary_intern(vocabulary, SLICE_LITERAL("responsibility"), &id, NULL) == 0 &&
        utf8_clean(&arena, raw, &text, &replaced, NULL) == 0 &&
        document_make(&arena, vocabulary, text, size ? data[0] : 0, &doc, NULL) == 0)
        check(&doc);
    vocabulary_free(vocabulary);
    arena_free(&arena);
    return 0;
}
