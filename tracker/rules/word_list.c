#include <stdlib.h>

#include "rules/pattern_code.h"

#define LIST_FORMS_MAX 4096 /* phrases that one written phrase with `~` may become */

/* ---- words of a literal -------------------------------------------------------------------- */

static bool starts_with_apostrophe(struct slice text)
{
    return slice_starts(text, SLICE_LITERAL("'")) || slice_starts(text, SLICE_LITERAL("\u2019"));
}

/* `'s` is cut off a word, so alone it would not be what it is in a text: a letter is put before it,
 * in `padded`. */
static int cut_literal(struct arena *arena, const struct symbols *symbols, struct slice text,
                       struct slice padded, struct document *doc, size_t *skip, struct error *err)
{
    *skip = 1;
    if (padded.len > 0) {
        if (document_make(arena, symbols->vocabulary, padded, 0, doc, err))
            return -1;
        if (doc->n_tokens > 1 && doc->tokens[0].len == 1)
            return 0;
    }
    *skip = 0;
    return document_make(arena, symbols->vocabulary, text, 0, doc, err);
}

static int intern_words(const struct symbols *symbols, const struct document *doc, size_t skip,
                        struct literal *out, struct error *err)
{
    for (size_t i = skip; i < doc->n_tokens; i++) {
        if (vocabulary_intern(symbols->vocabulary, token_text(doc, i), &out->words[out->n_words++],
                              err))
            return -1;
    }
    if (out->n_words > 0) {
        out->last = token_text(doc, doc->n_tokens - 1);
        out->last_is_word = doc->tokens[doc->n_tokens - 1].kind == TOKEN_WORD;
    }
    return 0;
}

int literal_words(struct arena *arena, const struct symbols *symbols, struct slice text,
                  struct literal *out, struct error *err)
{
    struct document doc;
    struct slice padded = SLICE_NONE;
    size_t skip;
    *out = (struct literal){.words = ARENA_ARRAY(arena, uint32_t, text.len)}; /* a byte a token */
    if (starts_with_apostrophe(text))
        padded = arena_format(arena, "x%.*s", SLICE_ARG(text));
    if (!out->words || (starts_with_apostrophe(text) && !padded.ptr))
        return arena_full(arena, err);
    /* There are tens of thousands of literals, and a document takes room for many tokens. */
    struct arena_mark mark = arena_mark(arena);
    int result = cut_literal(arena, symbols, text, padded, &doc, &skip, err) ||
                         intern_words(symbols, &doc, skip, out, err)
                     ? -1
                     : 0;
    arena_rewind(arena, mark);
    return result;
}

/* ---- phrases ------------------------------------------------------------------------------- */

/* The words that may stand at one place of a phrase: one, or all forms of a word. */
struct place {
    const uint32_t *words;
    uint32_t n;
};

/* `struct word_list` has no capacity: arrays hold 8, 16, 32 ... and grow when exactly full. */
static int phrase_push(struct arena *arena, struct word_list *list, const struct phrase *phrase,
                       struct error *err)
{
    size_t n = list->n_phrases;
    if (n == 0 || (n >= 8 && (n & (n - 1)) == 0)) {
        struct phrase *grown = ARENA_ARRAY(arena, struct phrase, n ? 2 * n : 8);
        if (!grown)
            return arena_full(arena, err);
        if (n)
            memcpy(grown, list->phrases, n * sizeof *grown);
        list->phrases = grown;
    }
    list->phrases[list->n_phrases++] = *phrase;
    if (n == 0 || phrase->n_words < list->least_words)
        list->least_words = phrase->n_words;
    if (phrase->n_words > list->most_words)
        list->most_words = phrase->n_words;
    return 0;
}

/* Every way through the places becomes a phrase; counts up like an odometer. */
static int phrases_add(struct arena *arena, struct word_list *list, const struct place *places,
                       size_t n_places, struct slice written, int64_t value, struct error *err)
{
    uint32_t at[PHRASE_MAX_WORDS] = {0};
    for (size_t made = 0;; made++) {
        struct phrase phrase = {.n_words = (uint16_t)n_places, .value = value, .written = written};
        if (made == LIST_FORMS_MAX)
            return error_set(err, ERROR_RULES, "\"%.*s\" has more than %d forms",
                             SLICE_ARG(written), LIST_FORMS_MAX);
        phrase.words = ARENA_ARRAY(arena, uint32_t, n_places);
        if (!phrase.words)
            return arena_full(arena, err);
        for (size_t i = 0; i < n_places; i++)
            phrase.words[i] = places[i].words[at[i]];
        if (phrase_push(arena, list, &phrase, err))
            return -1;
        size_t i = n_places;
        while (i > 0 && ++at[i - 1] == places[i - 1].n)
            at[--i] = 0;
        if (i == 0)
            return 0;
    }
}

/* The next run of characters without white space, backslashes taken away, `~` at its end noted. */
static int next_run(struct arena *arena, struct slice *rest, struct slice *run, bool *forms,
                    struct error *err)
{
    size_t n = 0;
    size_t len = 0;
    *forms = false;
    *rest = slice_trim(*rest);
    char *copy = arena_alloc(arena, rest->len + 1);
    if (!copy)
        return arena_full(arena, err);
    while (n < rest->len && rest->ptr[n] != ' ' &&
           !(rest->ptr[n] >= '\t' && rest->ptr[n] <= '\r')) {
        char c = rest->ptr[n++];
        if (c == '\\' && n < rest->len) {
            c = rest->ptr[n++];
        } else if (c == '~') {
            *forms = true;
            break;
        } else if (c == '?' && len > 0) {
            return error_set(err, ERROR_RULES,
                             "`?` is a sign of patterns: a list holds plain phrases, write both");
        }
        copy[len++] = c;
    }
    *run = (struct slice){copy, len};
    *rest = slice_sub(*rest, n, rest->len - n);
    return 0;
}

/* Adds the places of one run: its words, the last one with all its forms for `word~`. */
static int run_places(struct arena *arena, const struct symbols *symbols, struct slice run,
                      bool forms, struct place *places, size_t *n_places, struct error *err)
{
    struct literal literal;
    if (literal_words(arena, symbols, run, &literal, err))
        return -1;
    if (forms && !literal.last_is_word)
        return error_set(err, ERROR_RULES, "`~` stands without a word");
    if (*n_places + literal.n_words > PHRASE_MAX_WORDS)
        return error_set(err, ERROR_RULES, "a phrase may have at most %d words", PHRASE_MAX_WORDS);
    for (size_t i = 0; i < literal.n_words; i++)
        places[(*n_places)++] = (struct place){&literal.words[i], 1};
    if (forms) {
        uint32_t *words;
        uint32_t n;
        if (forms_words(arena, symbols, literal.last, &words, &n, err))
            return -1;
        places[*n_places - 1] = (struct place){words, n};
    }
    return 0;
}

int word_list_add(struct arena *arena, const struct symbols *symbols, struct word_list *list,
                  struct slice written, int64_t value, struct error *err)
{
    struct place places[PHRASE_MAX_WORDS];
    size_t n_places = 0;
    struct slice copy = arena_copy(arena, written);
    if (!copy.ptr)
        return arena_full(arena, err);
    for (struct slice rest = slice_trim(copy); rest.len > 0; rest = slice_trim(rest)) {
        struct slice run;
        bool forms;
        if (next_run(arena, &rest, &run, &forms, err))
            return -1;
        if (run_places(arena, symbols, run, forms, places, &n_places, err))
            return -1;
    }
    if (n_places == 0)
        return error_set(err, ERROR_RULES, "an empty phrase");
    return phrases_add(arena, list, places, n_places, copy, value, err);
}

void word_list_bounds(const struct word_list *list, uint32_t *least, uint32_t *most)
{
    *least = list->n_phrases ? list->least_words : 1;
    *most = list->n_phrases ? list->most_words : 1;
}

/* ---- trie ---------------------------------------------------------------------------------- */

struct sorted_phrase {
    const struct phrase *phrase;
    uint32_t index;
};

/* By words, then by place in the list, so that of equal phrases the first is found. */
static int compare_phrases(const void *a, const void *b)
{
    const struct sorted_phrase *x = a;
    const struct sorted_phrase *y = b;
    size_t nx = x->phrase->n_words;
    size_t ny = y->phrase->n_words;
    for (size_t i = 0; i < nx && i < ny; i++) {
        uint32_t wx = x->phrase->words[i];
        uint32_t wy = y->phrase->words[i];
        if (wx != wy)
            return wx < wy ? -1 : 1;
    }
    if (nx != ny)
        return nx < ny ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

struct trie_builder {
    struct phrase_trie *trie;
    const struct sorted_phrase *sorted;
    uint32_t n_nodes;
    uint32_t n_edges;
};

/* Fills node `node` from the sorted phrases lo .. hi - 1, which share their first `depth` words. */
static void trie_fill(struct trie_builder *b, uint32_t node, size_t lo, size_t hi, size_t depth)
{
    struct trie_node *here = &b->trie->nodes[node];
    here->phrase = PHRASE_NONE;
    for (; lo < hi && b->sorted[lo].phrase->n_words == depth; lo++) {
        if (here->phrase == PHRASE_NONE)
            here->phrase = b->sorted[lo].index;
    }
    here->edges = b->n_edges;
    for (size_t i = lo; i < hi; i++) {
        uint32_t word = b->sorted[i].phrase->words[depth];
        if (i > lo && b->sorted[i - 1].phrase->words[depth] == word)
            continue;
        b->trie->edges[b->n_edges++] = (struct trie_edge){word, b->n_nodes++};
        here->n_edges++;
    }
    size_t from = lo;
    for (uint32_t e = 0; e < here->n_edges; e++) {
        const struct trie_edge *edge = &b->trie->edges[here->edges + e];
        size_t to = from;
        while (to < hi && b->sorted[to].phrase->words[depth] == edge->word)
            to++;
        trie_fill(b, edge->node, from, to, depth + 1);
        from = to;
    }
}

/* Where the edge of `word` is or would be. The table is at most half full. */
static struct trie_edge *root_edge(const struct phrase_trie *trie, uint32_t word)
{
    uint32_t i = word & trie->roots_mask;
    while (trie->roots[i].node && trie->roots[i].word != word)
        i = (i + 1) & trie->roots_mask;
    return &trie->roots[i];
}

static int roots_hash(struct arena *arena, struct phrase_trie *trie, struct error *err)
{
    const struct trie_node *root = &trie->nodes[0];
    uint32_t size = 2;
    while (size < 2 * root->n_edges)
        size *= 2;
    trie->roots = ARENA_ARRAY(arena, struct trie_edge, size);
    if (!trie->roots)
        return arena_full(arena, err);
    trie->roots_mask = size - 1;
    for (uint32_t i = 0; i < root->n_edges; i++) {
        const struct trie_edge *edge = &trie->edges[root->edges + i];
        *root_edge(trie, edge->word) = *edge;
    }
    return 0;
}

int word_list_seal(struct arena *arena, struct word_list *list, struct error *err)
{
    struct trie_builder b = {.n_nodes = 1};
    size_t words = 0;
    for (size_t i = 0; i < list->n_phrases; i++)
        words += list->phrases[i].n_words;
    struct sorted_phrase *sorted = ARENA_ARRAY(arena, struct sorted_phrase, list->n_phrases);
    b.trie = ARENA_NEW(arena, struct phrase_trie);
    if (!sorted || !b.trie)
        return arena_full(arena, err);
    b.trie->nodes = ARENA_ARRAY(arena, struct trie_node, words + 1);
    b.trie->edges = ARENA_ARRAY(arena, struct trie_edge, words);
    if (!b.trie->nodes || !b.trie->edges)
        return arena_full(arena, err);
    for (size_t i = 0; i < list->n_phrases; i++) {
        uint32_t first = list->phrases[i].words[0];
        sorted[i] = (struct sorted_phrase){&list->phrases[i], (uint32_t)i};
        uint32_t last = list->phrases[i].words[list->phrases[i].n_words - 1];
        b.trie->first[first % WORD_LIST_BITS / 64] |= UINT64_C(1) << (first % 64);
        b.trie->last[last % WORD_LIST_BITS / 64] |= UINT64_C(1) << (last % 64);
    }
    if (list->n_phrases > 1)
        qsort(sorted, list->n_phrases, sizeof *sorted, compare_phrases);
    b.sorted = sorted;
    trie_fill(&b, 0, 0, list->n_phrases, 0);
    if (roots_hash(arena, b.trie, err))
        return -1;
    list->trie = b.trie;
    list->first = b.trie->first;
    list->last = b.trie->last;
    return 0;
}

static const struct trie_node *trie_step(const struct phrase_trie *trie,
                                         const struct trie_node *node, uint32_t word)
{
    uint32_t lo = node->edges;
    uint32_t hi = lo + node->n_edges;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (trie->edges[mid].word < word)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == node->edges + node->n_edges || trie->edges[lo].word != word)
        return NULL;
    return &trie->nodes[trie->edges[lo].node];
}

size_t word_list_all(const struct word_list *list, const struct document *doc, size_t i, size_t end,
                     struct phrase_hit hits[PHRASE_MAX_WORDS])
{
    const struct phrase_trie *trie = list->trie;
    size_t n = 0;
    if (!trie || i >= end)
        return 0;
    uint32_t first = doc->tokens[i].word;
    if (!(trie->first[first % WORD_LIST_BITS / 64] >> (first % 64) & 1))
        return 0;
    uint32_t at = root_edge(trie, first)->node;
    const struct trie_node *node = at ? &trie->nodes[at] : NULL;
    for (uint32_t depth = 1; node; depth++) {
        if (node->phrase != PHRASE_NONE)
            hits[n++] = (struct phrase_hit){node->phrase, depth};
        if (!node->n_edges || i + depth >= end)
            break;
        node = trie_step(trie, node, doc->tokens[i + depth].word);
    }
    return n;
}

size_t word_list_longest(const struct word_list *list, const struct document *doc, size_t i,
                         size_t end, uint32_t *phrase)
{
    const struct phrase_trie *trie = list->trie;
    uint32_t at = root_edge(trie, doc->tokens[i].word)->node;
    size_t longest = 0;
    if (!at)
        return 0;
    const struct trie_node *node = &trie->nodes[at];
    for (uint32_t depth = 1; node; depth++) {
        if (node->phrase != PHRASE_NONE) {
            longest = depth;
            *phrase = node->phrase;
        }
        if (!node->n_edges || i + depth >= end)
            break;
        node = trie_step(trie, node, doc->tokens[i + depth].word);
    }
    return longest;
}
