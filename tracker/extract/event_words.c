#include "extract/event_words.h"

#include <stdlib.h>

#include "base/map.h"
#include "text/utf8.h"

#define FIRST_TOKENS 400 /* of a report, that speak for its first event */
#define MOST_FOUND 2048  /* words that are looked at for one event */
#define SHORTEST_WORD 3  /* letters: "'s" is none of three */
#define LEAST_RARITY 4   /* in one report of sixteen: a commoner word tells nothing */
#define PLAIN_RARITY 6   /* an unlisted word that is no name: often a slip or an odd form */
#define SURE_RARITY \
    9                /* a table that puts unlisted words below it knows too few words: names only */
#define NAME_BONUS 2 /* in choosing: names tell more than odd words of equal rarity */
#define NO_EVENT UINT32_MAX
#define MOST_WORD 1024 /* bytes of a folded word */

/* A word while the words are gathered. */
struct found {
    uint32_t hash; /* the upper 28 bits */
    uint8_t rarity;
    bool listed;
    bool name; /* written with a capital wherever it stands, or a number */
};

struct finding {
    struct arena *arena;
    const struct extraction *extraction;
    uint32_t index;
    uint32_t *owner; /* by sentence: the event whose sentence it is */
    struct buffer folded;
    struct found found[MOST_FOUND];
    size_t n;
};

static uint32_t word_hash(struct slice folded)
{
    return (uint32_t)(hash_bytes(folded.ptr, folded.len) >> 32) & ~((1u << WORD_RARITY_BITS) - 1);
}

size_t name_words(struct slice name, uint32_t *hashes, size_t most)
{
    struct buffer folded;
    size_t n = 0;
    buffer_init(&folded, MOST_WORD);
    for (size_t i = 0; i < name.len && n < most; i++) {
        size_t start = i;
        while (i < name.len && name.ptr[i] != ' ' && name.ptr[i] != '-')
            i++;
        if (i == start)
            continue;
        buffer_clear(&folded);
        utf8_fold(&folded, slice_sub(name, start, i - start));
        hashes[n++] = word_hash(buffer_slice(&folded)) >> WORD_RARITY_BITS;
    }
    buffer_free(&folded);
    return n;
}

/* ---- whose sentence ---- */

/* Sentences of claims belong to the claims' events (to the lower of two), those behind them in the
 * paragraph too, all others to the first event. */
static int owners_find(struct finding *f, struct error *err)
{
    const struct document *doc = f->extraction->doc;
    const struct claims *claims = &f->extraction->claims;
    f->owner = ARENA_ARRAY(f->arena, uint32_t, doc->n_sentences);
    if (!f->owner)
        return arena_full(f->arena, err);
    for (size_t i = 0; i < doc->n_sentences; i++)
        f->owner[i] = NO_EVENT;
    for (size_t i = 0; i < claims->n; i++) {
        uint32_t *owner = &f->owner[claims->items[i].sentence];
        if (claims->items[i].event < *owner)
            *owner = claims->items[i].event;
    }
    for (size_t i = 0; i < doc->n_sentences; i++) {
        const struct sentence *sentence = &doc->sentences[i];
        if (f->owner[i] != NO_EVENT)
            continue;
        bool follows = i > 0 && doc->sentences[i - 1].paragraph == sentence->paragraph;
        f->owner[i] = follows ? f->owner[i - 1] : 0;
    }
    return 0;
}

/* ---- words ---- */

static struct slice fold(struct finding *f, struct slice word)
{
    buffer_clear(&f->folded);
    utf8_fold(&f->folded, word);
    return buffer_slice(&f->folded);
}

/* House numbers, calibres and the like; years, small counts and long figures tell nothing. */
static bool telling_number(struct slice digits)
{
    if (digits.len < 3 || digits.len > 5)
        return false;
    int value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
            return false;
        value = value * 10 + (digits.ptr[i] - '0');
    }
    return value < 1900 || value > 2099;
}

static bool inside_claim(const struct finding *f, const struct token *token)
{
    const struct claims *claims = &f->extraction->claims;
    for (size_t i = 0; i < claims->n; i++)
        if (token->start >= claims->items[i].start && token->start < claims->items[i].end)
            return true;
    return false;
}

/* Letters and digits; of an apostrophe nothing is counted, in whatever script. */
static size_t letters(struct slice text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len;) {
        uint32_t code;
        i += utf8_decode(text.ptr + i, text.len - i, &code);
        n += code != '\'' && code != 0x2019 && code != 0x2bc;
    }
    return n;
}

static void token_add(struct finding *f, const struct token *token)
{
    struct slice text = slice_sub(f->extraction->doc->text, token->start, token->len);
    bool number = token->kind == TOKEN_NUMBER;
    if (token->kind == TOKEN_PUNCT || letters(text) < SHORTEST_WORD ||
        (number && (!telling_number(text) || inside_claim(f, token))))
        return;
    struct slice folded = fold(f, text);
    bool listed = false;
    uint8_t rarity = frequencies_rarity(&f->extraction->language->frequencies, folded, &listed);
    uint32_t hash = word_hash(folded);
    if (rarity < LEAST_RARITY || f->n == MOST_FOUND)
        return;
    bool name = number || ((token->flags & TOKEN_CAPITAL) && !(token->flags & TOKEN_UPPER));
    f->found[f->n++] = (struct found){hash, rarity, listed, name};
}

static void words_gather(struct finding *f)
{
    const struct document *doc = f->extraction->doc;
    for (size_t i = 0; i < doc->n_sentences && f->n < MOST_FOUND; i++) {
        const struct sentence *sentence = &doc->sentences[i];
        if (f->owner[i] != f->index)
            continue;
        /* Far down only the sentences with claims still speak of the event. */
        if (f->index == 0 && sentence->first >= FIRST_TOKENS && !sentence->has_trigger)
            continue;
        for (size_t k = 0; k < sentence->count; k++)
            token_add(f, &doc->tokens[sentence->first + k]);
    }
}

/* ---- the choice ---- */

static int compare_hashes(const void *x, const void *y)
{
    const struct found *a = x, *b = y;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static int worth(const struct found *word)
{
    return word->rarity + (word->name ? NAME_BONUS : 0);
}

/* The rarest first; equal ones by hash, so that two reports drop the same words. */
static int compare_worth(const void *x, const void *y)
{
    const struct found *a = x, *b = y;
    int order = worth(b) - worth(a);
    return order ? order : compare_hashes(x, y);
}

static int compare_numbers(const void *x, const void *y)
{
    const uint32_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* Each word once; a word that is also written small is no name. What is neither listed nor a name
 * is kept only where the table can tell that it is no common word. */
static void words_settle(struct finding *f)
{
    size_t kept = 0;
    if (f->n)
        qsort(f->found, f->n, sizeof *f->found, compare_hashes);
    for (size_t i = 0; i < f->n; i++) {
        if (kept && f->found[kept - 1].hash == f->found[i].hash)
            f->found[kept - 1].name = f->found[kept - 1].name && f->found[i].name;
        else
            f->found[kept++] = f->found[i];
    }
    bool sure = f->extraction->language->frequencies.unlisted >= SURE_RARITY;
    f->n = 0;
    for (size_t i = 0; i < kept; i++) {
        struct found word = f->found[i];
        bool plain = !word.listed && !word.name;
        word.rarity = plain ? PLAIN_RARITY : word.rarity;
        if (!plain || sure)
            f->found[f->n++] = word;
    }
}

static int words_choose(struct finding *f, uint32_t **words, size_t *n_words, struct error *err)
{
    words_settle(f);
    if (f->n)
        qsort(f->found, f->n, sizeof *f->found, compare_worth);
    *n_words = f->n < EVENT_WORDS ? f->n : EVENT_WORDS;
    *words = ARENA_ARRAY(f->arena, uint32_t, *n_words);
    if (!*words)
        return arena_full(f->arena, err);
    for (size_t i = 0; i < *n_words; i++)
        (*words)[i] = f->found[i].hash | f->found[i].rarity;
    if (*n_words)
        qsort(*words, *n_words, sizeof **words, compare_numbers);
    return 0;
}

int event_words_find(struct arena *arena, const struct extraction *extraction, uint32_t index,
                     uint32_t **words, size_t *n_words, struct error *err)
{
    struct finding f = {.arena = arena, .extraction = extraction, .index = index};
    *words = NULL;
    *n_words = 0;
    if (!extraction->language || !extraction->language->frequencies.bits.count)
        return 0;
    buffer_init(&f.folded, MOST_WORD);
    int result = owners_find(&f, err);
    if (result == 0) {
        words_gather(&f);
        result = words_choose(&f, words, n_words, err);
    }
    buffer_free(&f.folded);
    return result;
}
