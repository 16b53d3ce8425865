#include <stdlib.h>

#include "rules/matcher_seal.h"

int classes_begin(struct sealer *s, struct error *err)
{
    for (; s->matcher->n_classes < FIELD_CLASSES; s->matcher->n_classes++) {
        if (arena_grow(&s->scratch, &s->classes, &s->classes_capacity, s->matcher->n_classes,
                       sizeof *s->classes, err))
            return -1;
        s->classes[s->matcher->n_classes] = (struct class_words){NULL, 0};
    }
    return 0;
}

/* What a class is known by: a letter, and the numbers that make it. */
static struct slice key_of(struct sealer *s, char letter, const void *numbers, size_t size)
{
    char *key = arena_alloc(&s->scratch, size + 1);
    if (!key)
        return SLICE_NONE;
    key[0] = letter;
    if (size)
        memcpy(key + 1, numbers, size);
    return (struct slice){key, size + 1};
}

static int class_add(struct sealer *s, struct slice key, struct class_words words, uint16_t *class,
                     struct error *err)
{
    uint32_t new = s->matcher->n_classes;
    if (new == UINT16_MAX)
        return error_set(err, ERROR_LIMIT, "more than %d different words in patterns", UINT16_MAX);
    if (arena_grow(&s->scratch, &s->classes, &s->classes_capacity, new, sizeof *s->classes, err) ||
        map_put(&s->class_by_key, key, new, err))
        return -1;
    s->classes[s->matcher->n_classes++] = words;
    *class = (uint16_t) new;
    return 0;
}

static bool class_known(const struct sealer *s, struct slice key, uint16_t *class)
{
    uint32_t known = map_get(&s->class_by_key, key);
    *class = (uint16_t)known;
    return known != MAP_ABSENT;
}

int class_of_list(struct sealer *s, uint32_t list, uint16_t *class, struct error *err)
{
    const struct phrase_trie *trie = s->matcher->symbols->lists[list].trie;
    struct slice key = key_of(s, 'f', &list, sizeof list);
    if (!key.ptr)
        return arena_full(&s->scratch, err);
    if (class_known(s, key, class))
        return 0;
    uint32_t n = trie ? trie->nodes[0].n_edges : 0;
    uint32_t *words = ARENA_ARRAY(&s->scratch, uint32_t, n);
    if (!words)
        return arena_full(&s->scratch, err);
    for (uint32_t i = 0; i < n; i++)
        words[i] = trie->edges[trie->nodes[0].edges + i].word;
    return class_add(s, key, (struct class_words){words, n}, class, err);
}

int class_of_op(struct sealer *s, const struct program *program, const struct pattern_op *op,
                uint16_t *class, struct error *err)
{
    if (op->kind == OP_LIST)
        return class_of_list(s, op->arg, class, err);
    if (op->kind == OP_FIELD) {
        const struct pattern_slot *slot = &program->pattern->slots[op->slot];
        bool people = slot->kind == SLOT_FIELD && slot->type == VALUE_COUNT &&
                      s->matcher->symbols->schema->fields[slot->field].people;
        people = people || slot->takes >= SLOT_TAKES_ALL;
        *class =
            (uint16_t)(people ? FIELD_COUNT_PEOPLE + (uint32_t)slot->takes : (uint32_t)slot->type);
        return 0;
    }
    struct slice key = key_of(s, 'w', op->words, op->n_words * sizeof *op->words);
    if (!key.ptr)
        return arena_full(&s->scratch, err);
    return class_known(s, key, class)
               ? 0
               : class_add(s, key, (struct class_words){op->words, op->n_words}, class, err);
}

int class_of_words(struct sealer *s, const struct word_list *list, uint16_t *class,
                   struct error *err)
{
    uint32_t *words = ARENA_ARRAY(&s->scratch, uint32_t, list->n_phrases);
    struct slice key = key_of(s, 'o', &list, sizeof list);
    uint32_t n = 0;
    if (!words || !key.ptr)
        return arena_full(&s->scratch, err);
    for (size_t i = 0; i < list->n_phrases; i++) {
        if (list->phrases[i].n_words == 1)
            words[n++] = list->phrases[i].words[0];
    }
    return class_add(s, key, (struct class_words){words, n}, class, err);
}

/* ---- choices ------------------------------------------------------------------------------- */

void choice_begin(struct sealer *s)
{
    s->gathering.n = 0;
    s->gathering.fields = 0;
}

int choice_add(struct sealer *s, uint16_t class, struct error *err)
{
    struct gathering *g = &s->gathering;
    if (class < FIELD_CLASSES) {
        g->fields |= 1u << class;
        return 0;
    }
    if (arena_grow(&s->scratch, &g->classes, &g->capacity, g->n, sizeof *g->classes, err))
        return -1;
    g->classes[g->n++] = class;
    return 0;
}

int choice_add_ends(struct sealer *s, uint32_t list, struct error *err)
{
    const struct word_list *of = &s->matcher->symbols->lists[list];
    struct slice key = key_of(s, 'l', &list, sizeof list);
    uint16_t class;
    if (!key.ptr)
        return arena_full(&s->scratch, err);
    if (!class_known(s, key, &class)) {
        uint32_t *words = ARENA_ARRAY(&s->scratch, uint32_t, of->n_phrases);
        if (!words)
            return arena_full(&s->scratch, err);
        for (size_t i = 0; i < of->n_phrases; i++)
            words[i] = of->phrases[i].words[of->phrases[i].n_words - 1];
        if (class_add(s, key, (struct class_words){words, (uint32_t)of->n_phrases}, &class, err))
            return -1;
    }
    return choice_add(s, class, err);
}

/* The second words of the phrases that begin with `word`. *one_word: the word is a phrase itself.
 */
int choice_add_seconds(struct sealer *s, uint32_t list, uint32_t word, bool *one_word,
                       struct error *err)
{
    const struct phrase_trie *trie = s->matcher->symbols->lists[list].trie;
    const struct trie_node *root = &trie->nodes[0];
    const uint32_t numbers[] = {list, word};
    uint16_t class;
    uint32_t edge = root->edges;
    while (trie->edges[edge].word != word)
        edge++;
    const struct trie_node *node = &trie->nodes[trie->edges[edge].node];
    *one_word = node->phrase != PHRASE_NONE;
    if (!node->n_edges)
        return 0;
    struct slice key = key_of(s, 's', numbers, sizeof numbers);
    if (!key.ptr)
        return arena_full(&s->scratch, err);
    if (!class_known(s, key, &class)) {
        uint32_t *words = ARENA_ARRAY(&s->scratch, uint32_t, node->n_edges);
        if (!words)
            return arena_full(&s->scratch, err);
        for (uint32_t i = 0; i < node->n_edges; i++)
            words[i] = trie->edges[node->edges + i].word;
        if (class_add(s, key, (struct class_words){words, node->n_edges}, &class, err))
            return -1;
    }
    return choice_add(s, class, err);
}

static int compare_classes(const void *a, const void *b)
{
    const uint16_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* All words of the classes gathered. */
static int join(struct sealer *s, struct class_words *out, struct error *err)
{
    const struct gathering *g = &s->gathering;
    uint32_t total = 0, n = 0;
    for (size_t i = 0; i < g->n; i++)
        total += s->classes[g->classes[i]].n;
    uint32_t *words = ARENA_ARRAY(&s->scratch, uint32_t, total);
    if (!words)
        return arena_full(&s->scratch, err);
    for (size_t i = 0; i < g->n; i++) {
        const struct class_words *one = &s->classes[g->classes[i]];
        for (uint32_t k = 0; k < one->n; k++)
            words[n++] = one->words[k];
    }
    *out = (struct class_words){words, n};
    return 0;
}

int choice_make(struct sealer *s, struct choice *out, struct error *err)
{
    struct gathering *g = &s->gathering;
    size_t n = 0;
    *out = (struct choice){.class = CLASS_NONE, .fields = (uint16_t)g->fields};
    if (g->fields & FIELD_ANY || g->n == 0)
        return 0;
    if (g->n > 1)
        qsort(g->classes, g->n, sizeof *g->classes, compare_classes);
    for (size_t i = 0; i < g->n; i++) {
        if (n == 0 || g->classes[i] != g->classes[n - 1])
            g->classes[n++] = g->classes[i];
    }
    g->n = n;
    out->class = g->classes[0];
    if (n == 1)
        return 0;
    struct slice key = key_of(s, 'u', g->classes, n * sizeof *g->classes);
    struct class_words words = {0};
    if (!key.ptr)
        return arena_full(&s->scratch, err);
    if (class_known(s, key, &out->class))
        return 0;
    return join(s, &words, err) || class_add(s, key, words, &out->class, err) ? -1 : 0;
}

/* ---- kinds --------------------------------------------------------------------------------- */

/* The classes of each word, ascending: those of word w are from classes_of[w] to classes_of[w + 1].
 */
struct words_classes {
    uint32_t *of;
    uint16_t *classes;
};

static int words_classes_make(struct sealer *s, struct words_classes *out, struct error *err)
{
    const struct matcher *m = s->matcher;
    uint32_t *last = ARENA_ARRAY(&s->scratch, uint32_t, m->n_words + 1);
    uint32_t *fill = ARENA_ARRAY(&s->scratch, uint32_t, m->n_words + 2);
    out->of = fill;
    if (!last || !fill)
        return arena_full(&s->scratch, err);
    /* Counted two places on, so that filling moves each start to where it belongs. A class may hold
     * a word twice. */
    for (uint32_t c = FIELD_CLASSES; c < m->n_classes; c++) {
        for (uint32_t i = 0; i < s->classes[c].n; i++) {
            uint32_t word = s->classes[c].words[i];
            if (last[word] != c)
                fill[word + 2]++;
            last[word] = c;
        }
    }
    for (uint32_t w = 0; w <= m->n_words; w++)
        fill[w + 1] += fill[w];
    out->classes = ARENA_ARRAY(&s->scratch, uint16_t, fill[m->n_words + 1]);
    if (!out->classes)
        return arena_full(&s->scratch, err);
    memset(last, 0, (m->n_words + 1) * sizeof *last);
    for (uint32_t c = FIELD_CLASSES; c < m->n_classes; c++) {
        for (uint32_t i = 0; i < s->classes[c].n; i++) {
            uint32_t word = s->classes[c].words[i];
            if (last[word] != c)
                out->classes[fill[word + 1]++] = (uint16_t)c;
            last[word] = c;
        }
    }
    return 0;
}

/* Gives the classes that some posting needs a bit each. */
static int need_bits(struct sealer *s, uint16_t **bit_of, struct error *err)
{
    uint32_t n = 0;
    *bit_of = ARENA_ARRAY(&s->scratch, uint16_t, s->matcher->n_classes); /* 0: needed nowhere */
    if (!*bit_of)
        return arena_full(&s->scratch, err);
    for (size_t i = 0; i < s->n_needs; i++) {
        struct need *need = &s->matcher->needs[i];
        uint16_t *bit = &(*bit_of)[need->what.class];
        if (need->what.class != CLASS_NONE && *bit == 0)
            *bit = (uint16_t)(1 + n++ % (NEED_BITS - 1));
        need->bit = *bit;
    }
    return 0;
}

/* What is found out about kinds before their rows are made. */
struct kinds {
    struct map by_classes;
    uint32_t *example; /* a word of each */
    size_t n, capacity;
};

/* The kind of the words that are in the classes `key` lists, one of them `word`. */
static int kind_find(struct sealer *s, struct kinds *kinds, struct slice key, uint32_t word,
                     uint16_t *kind, struct error *err)
{
    uint32_t known = map_get(&kinds->by_classes, key);
    if (known == MAP_ABSENT) {
        known = (uint32_t)kinds->n;
        if (known > UINT16_MAX)
            return error_set(err, ERROR_LIMIT, "more than %d kinds of words in patterns",
                             UINT16_MAX);
        if (arena_grow(&s->scratch, &kinds->example, &kinds->capacity, kinds->n,
                       sizeof *kinds->example, err) ||
            map_put(&kinds->by_classes, key, known, err))
            return -1;
        kinds->example[kinds->n++] = word;
    }
    *kind = (uint16_t)known;
    return 0;
}

/* Kind 0 is that of the words in no class. */
static int kinds_find(struct sealer *s, const struct words_classes *words, struct kinds *kinds,
                      uint16_t *kind_of, struct error *err)
{
    for (uint32_t w = 0; w < s->matcher->n_words; w++) {
        const uint16_t *first = words->classes + words->of[w];
        size_t n = w ? words->of[w + 1] - words->of[w] : 0;
        struct slice key = {(const char *)first, n * sizeof *first};
        if (kind_find(s, kinds, key, w, &kind_of[w], err))
            return -1;
    }
    return 0;
}

static int kinds_fill(struct sealer *s, const struct words_classes *words,
                      const struct kinds *kinds, struct error *err)
{
    struct matcher *m = s->matcher;
    uint16_t *bit_of;
    size_t width = m->n_classes / 64 + 1;
    uint64_t *rows = ARENA_ARRAY(s->arena, uint64_t, kinds->n * width);
    struct need_signs *signs = ARENA_ARRAY(s->arena, struct need_signs, kinds->n);
    if (!rows || !signs)
        return arena_full(s->arena, err);
    if (need_bits(s, &bit_of, err))
        return -1;
    for (size_t k = 1; k < kinds->n; k++) {
        uint32_t word = kinds->example[k];
        for (uint32_t i = words->of[word]; i < words->of[word + 1]; i++) {
            uint16_t class = words->classes[i], bit = bit_of[class];
            rows[k * width + class / 64] |= UINT64_C(1) << (class % 64);
            if (bit)
                signs[k].bits[bit / 64] |= UINT64_C(1) << (bit % 64);
        }
    }
    m->kinds = rows;
    m->kind_width = (uint32_t)width;
    m->signs_of = signs;
    return 0;
}

int kinds_make(struct sealer *s, struct error *err)
{
    struct words_classes words;
    struct kinds kinds = {0};
    uint16_t *kind_of = ARENA_ARRAY(s->arena, uint16_t, s->matcher->n_words + 1);
    if (!kind_of)
        return arena_full(s->arena, err);
    int result = words_classes_make(s, &words, err) ||
                         kinds_find(s, &words, &kinds, kind_of, err) ||
                         kinds_fill(s, &words, &kinds, err)
                     ? -1
                     : 0;
    map_free(&kinds.by_classes);
    s->matcher->kind_of = kind_of;
    return result;
}
