#include "cli/word_names.h"

#include "extract/event_words.h"
#include "text/document.h"
#include "text/vocabulary.h"

/* Where the word of that hash stands in the event's list; n_words when it has none such. */
static size_t word_index(const struct event_row *event, uint32_t hash)
{
    size_t low = 0, high = event->n_words;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (event->words[middle] >> WORD_RARITY_BITS < hash)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < event->n_words && event->words[low] >> WORD_RARITY_BITS == hash;
    return found ? low : event->n_words;
}

int word_names_find(struct arena *arena, const struct event_row *event, struct slice text,
                    struct slice **names, struct error *err)
{
    struct vocabulary *vocabulary;
    struct document doc;
    *names = ARENA_ARRAY(arena, struct slice, event->n_words);
    if (!*names)
        return arena_full(arena, err);
    if (!event->n_words || !text.len)
        return 0;
    if (vocabulary_new(&vocabulary, err))
        return -1;
    int result = document_make(arena, vocabulary, text, 0, &doc, err);
    for (size_t i = 0; result == 0 && i < doc.n_tokens; i++) {
        struct slice word = slice_sub(text, doc.tokens[i].start, doc.tokens[i].len);
        uint32_t hash;
        size_t at = name_words(word, &hash, 1) ? word_index(event, hash) : event->n_words;
        if (at < event->n_words && !(*names)[at].len)
            (*names)[at] = word;
    }
    vocabulary_free(vocabulary);
    return result;
}
