#include "extract/sketch.h"

#include "base/map.h"
#include "text/utf8.h"

#define SHINGLE 5
#define FEWEST_SHINGLES 40 /* shorter bulletins are alike by nature, night after night */
#define MOST_SHINGLES 5000
#define MOST_WORD 1024 /* bytes of a folded word */

/* The least numbers so far. */
struct least {
    uint32_t items[SKETCH_SIZE];
    size_t n;
};

static void least_add(struct least *least, uint32_t number)
{
    size_t at = least->n;
    if (at == SKETCH_SIZE && number >= least->items[at - 1])
        return;
    while (at > 0 && least->items[at - 1] > number)
        at--;
    if (at > 0 && least->items[at - 1] == number)
        return;
    if (least->n < SKETCH_SIZE)
        least->n++;
    for (size_t i = least->n - 1; i > at; i--)
        least->items[i] = least->items[i - 1];
    least->items[at] = number;
}

/* Adds the shingles of one sentence's words to those before; `last` holds the latest hashes. */
static size_t sentence_add(const struct document *doc, const struct sentence *sentence,
                           struct buffer *folded, uint64_t last[SHINGLE], size_t words,
                           struct least *least)
{
    for (size_t k = 0; k < sentence->count && words < MOST_SHINGLES; k++) {
        size_t token = sentence->first + k;
        if (doc->tokens[token].kind == TOKEN_PUNCT)
            continue;
        buffer_clear(folded);
        utf8_fold(folded, token_text(doc, token));
        for (size_t i = 1; i < SHINGLE; i++)
            last[i - 1] = last[i];
        last[SHINGLE - 1] = hash_bytes(folded->ptr, folded->len);
        if (++words >= SHINGLE)
            least_add(least, (uint32_t)(hash_bytes(last, SHINGLE * sizeof *last) >> 32));
    }
    return words;
}

int sketch_of(struct arena *arena, const struct document *doc, uint32_t **sketch, size_t *n,
              struct error *err)
{
    struct least least = {.n = 0};
    uint64_t last[SHINGLE] = {0};
    struct buffer folded;
    size_t words = 0;
    buffer_init(&folded, MOST_WORD);
    for (size_t i = 0; i < doc->n_sentences; i++)
        if (!doc->sentences[i].is_title)
            words = sentence_add(doc, &doc->sentences[i], &folded, last, words, &least);
    buffer_free(&folded);
    *n = words < FEWEST_SHINGLES ? 0 : least.n;
    *sketch = ARENA_ARRAY(arena, uint32_t, *n);
    if (!*sketch)
        return arena_full(arena, err);
    for (size_t i = 0; i < *n; i++)
        (*sketch)[i] = least.items[i];
    return 0;
}
