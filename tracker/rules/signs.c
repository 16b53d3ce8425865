#include <stdlib.h>

#include "rules/matcher_code.h"

#define NONE UINT64_MAX
/* The classes that only counts can be of. */
#define ALL_COUNTS (((1u << FIELD_CLASSES) - 1) & ~((1u << VALUE_TYPES) - 1))

/* Classes, one of which a match needs. */
struct class_set {
    uint16_t *classes;
    uint32_t n;
};

struct sign_maker {
    struct matcher *matcher;
    struct arena scratch;
    uint64_t *cost; /* per class: how often its words are met */
    struct map bit_by_set;
    uint32_t n_bits;
    struct class_set *sets; /* by bit, as first seen */
    size_t sets_capacity;
    struct class_set set; /* being collected; room for one class an op */
};

/* The price of the cheapest set of words (or, with `fields`, of values) that every match of the
 * node has one of; NONE when it can do without. Puts it in m->set when `collect`. */
static uint64_t cheapest_set(struct sign_maker *m, const struct program *program,
                             const struct pattern_node *node, bool fields, bool collect)
{
    const struct pattern_node *best = NULL;
    uint64_t cost = 0, least = NONE;
    if (node->optional || node->kind == NODE_GAP)
        return NONE;
    if (node->kind == NODE_FIELD || node->kind == NODE_WORDS || node->kind == NODE_LIST ||
        (node->kind == NODE_GROUP && node->words)) {
        uint16_t class = program->ops[node->op].class;
        if ((node->kind == NODE_FIELD) != fields)
            return NONE;
        if (collect)
            m->set.classes[m->set.n++] = class;
        return m->cost[class];
    }
    for (const struct pattern_node *c = node->children; c; c = c->next) {
        uint64_t own = cheapest_set(m, program, c, fields, collect && node->kind == NODE_GROUP);
        if (node->kind == NODE_GROUP && own == NONE)
            return NONE;
        cost += own;
        if (own < least) {
            least = own;
            best = c;
        }
    }
    if (node->kind == NODE_GROUP)
        return cost;
    return collect && best ? cheapest_set(m, program, best, fields, true) : least;
}

static int compare_classes(const void *a, const void *b)
{
    const uint16_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The bit of the set collected, a new one when it was not seen before. */
static int set_bit(struct sign_maker *m, struct sign *sign, struct error *err)
{
    qsort(m->set.classes, m->set.n, sizeof *m->set.classes, compare_classes);
    struct slice key = {(const char *)m->set.classes, m->set.n * sizeof *m->set.classes};
    uint32_t bit = map_get(&m->bit_by_set, key);
    if (bit == MAP_ABSENT) {
        key = arena_copy(&m->scratch, key);
        if (!key.ptr ||
            arena_grow(&m->scratch, &m->sets, &m->sets_capacity, m->n_bits, sizeof *m->sets, err))
            return arena_full(&m->scratch, err);
        bit = m->n_bits++;
        m->sets[bit] = (struct class_set){arena_alloc(&m->scratch, key.len), m->set.n};
        if (!m->sets[bit].classes || map_put(&m->bit_by_set, key, bit, err))
            return arena_full(&m->scratch, err);
        memcpy(m->sets[bit].classes, key.ptr, key.len);
    }
    bit %= 64 * SIGN_WORDS;
    sign->bits[bit / 64] |= UINT64_C(1) << (bit % 64);
    return 0;
}

/* Every set that a match of the sequence needs. */
static int sequence_sign(struct sign_maker *m, const struct program *program,
                         const struct pattern_node *sequence, struct sign *sign, struct error *err)
{
    for (const struct pattern_node *c = sequence->children; c; c = c->next) {
        bool one_way =
            c->kind == NODE_GROUP && !c->words && !c->optional && c->children && !c->children->next;
        if (one_way || (c->kind == NODE_SEQUENCE && !c->optional)) {
            if (sequence_sign(m, program, one_way ? c->children : c, sign, err))
                return -1;
            continue;
        }
        for (int fields = 0; fields < 2; fields++) {
            m->set.n = 0;
            if (cheapest_set(m, program, c, fields, false) == NONE)
                continue;
            cheapest_set(m, program, c, fields, true);
            if (set_bit(m, sign, err))
                return -1;
        }
    }
    return 0;
}

static void sign_add(struct sign *sign, uint32_t bit)
{
    bit %= 64 * SIGN_WORDS;
    sign->bits[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static int class_costs(struct sign_maker *m, struct error *err)
{
    const struct matcher *matcher = m->matcher;
    m->cost = ARENA_ARRAY(&m->scratch, uint64_t, matcher->n_classes);
    m->set.classes = ARENA_ARRAY(&m->scratch, uint16_t, matcher->max_ops);
    if (!m->cost || !m->set.classes)
        return arena_full(&m->scratch, err);
    for (uint32_t w = 1; w < matcher->n_words; w++) {
        uint32_t i = matcher->classes_of[w], end = matcher->classes_of[w + 1];
        uint32_t common =
            i < end ? word_commonness(vocabulary_word(matcher->symbols->vocabulary, w)) : 0;
        for (; i < end; i++)
            m->cost[matcher->word_classes[i]] += common;
    }
    return 0;
}

/* The bits of the sets each class is in, given to its words and values. */
static int bits_spread(struct sign_maker *m, struct error *err)
{
    struct matcher *matcher = m->matcher;
    struct sign *of = ARENA_ARRAY(&m->scratch, struct sign, matcher->n_classes);
    if (!of)
        return arena_full(&m->scratch, err);
    for (uint32_t bit = 0; bit < m->n_bits; bit++)
        for (uint32_t i = 0; i < m->sets[bit].n; i++)
            sign_add(&of[m->sets[bit].classes[i]], bit);
    for (uint32_t c = 0; c < FIELD_CLASSES; c++)
        matcher->field_signs[c] = of[c];
    for (uint32_t w = 0; w < matcher->n_words; w++)
        for (uint32_t i = matcher->classes_of[w]; i < matcher->classes_of[w + 1]; i++)
            for (int k = 0; k < SIGN_WORDS; k++)
                matcher->sign_of[w].bits[k] |= of[matcher->word_classes[i]].bits[k];
    return 0;
}

/* Also those of unless phrases. */
static unsigned types_taken(const struct program *program)
{
    unsigned types = 0;
    for (uint32_t i = 0; i < program->n_ops; i++)
        if (program->ops[i].kind == OP_FIELD)
            types |=
                1u << (program->ops[i].class < VALUE_TYPES ? program->ops[i].class : VALUE_COUNT);
    return types;
}

static unsigned types_of(const struct alternative *a)
{
    unsigned types = types_taken(&a->program);
    for (size_t i = 0; i < a->n_before; i++)
        types |= types_taken(&a->before[i]);
    for (size_t i = 0; i < a->n_after; i++)
        types |= types_taken(&a->after[i]);
    return types;
}

unsigned matcher_takes(const struct matcher *matcher)
{
    return matcher->takes;
}

static int signs_of(struct sign_maker *m, size_t n_postings, struct error *err)
{
    struct matcher *matcher = m->matcher;
    struct sign *signs = ARENA_ARRAY(&m->scratch, struct sign, matcher->n_alternatives);
    if (!signs)
        return arena_full(&m->scratch, err);
    if (class_costs(m, err))
        return -1;
    for (size_t i = 0; i < matcher->n_alternatives; i++) {
        const struct program *program = &matcher->alternatives[i].program;
        matcher->takes |= types_of(&matcher->alternatives[i]);
        if (sequence_sign(m, program, program->pattern->code->root, &signs[i], err))
            return -1;
    }
    for (size_t i = 0; i < n_postings; i++)
        matcher->postings[i].sign = signs[matcher->postings[i].alternative];
    for (int k = 0; k < SIGN_WORDS && matcher->n_alternatives; k++) {
        uint64_t common = ~UINT64_C(0);
        for (size_t i = 0; i < matcher->n_alternatives; i++)
            common &= signs[i].bits[k];
        matcher->common_sign.bits[k] = common;
    }
    return bits_spread(m, err);
}

int signs_make(struct matcher *matcher, size_t n_postings, struct error *err)
{
    struct sign_maker m = {.matcher = matcher};
    matcher->sign_of = ARENA_ARRAY(&matcher->arena, struct sign, matcher->n_words);
    if (!matcher->sign_of)
        return arena_full(&matcher->arena, err);
    arena_init(&m.scratch, matcher->arena.cap);
    int result = signs_of(&m, n_postings, err);
    map_free(&m.bit_by_set);
    arena_free(&m.scratch);
    return result;
}

size_t value_from(const struct match_input *input, uint32_t token)
{
    size_t lo = 0;
    size_t hi = input->n_values;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (input->values[mid].first < token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static void sign_join(struct sign *sign, const struct sign *other)
{
    for (int i = 0; i < SIGN_WORDS; i++)
        sign->bits[i] |= other->bits[i];
}

struct sign sentence_sign(const struct matcher *matcher, const struct match_input *input,
                          unsigned coming)
{
    const struct sentence *sentence = input->sentence;
    const struct token *tokens = input->doc->tokens + sentence->first;
    struct sign sign = {{0}};
    unsigned classes = coming;
    for (uint32_t t = 0; t < sentence->count; t++)
        if (tokens[t].word < matcher->n_words)
            sign_join(&sign, &matcher->sign_of[tokens[t].word]);
    for (size_t i = value_from(input, sentence->first);
         i < input->n_values && input->values[i].first < sentence->first + sentence->count; i++)
        classes |= value_classes(&input->values[i]);
    if (coming & 1u << VALUE_COUNT)
        classes |= ALL_COUNTS;
    for (; classes; classes &= classes - 1)
        sign_join(&sign, &matcher->field_signs[__builtin_ctz(classes)]);
    return sign;
}

uint32_t next_promising(const struct matcher *matcher, const struct match_input *input,
                        const struct sign *sign, uint32_t token)
{
    const struct token *tokens = input->doc->tokens + input->sentence->first;
    for (; token < input->sentence->count; token++) {
        uint32_t word = tokens[token].word;
        if (!is_index_word(matcher, word))
            continue;
        for (uint32_t p = matcher->postings_of[word]; p < matcher->postings_of[word + 1]; p++)
            if (sign_covers(sign, &matcher->postings[p].sign))
                return token;
    }
    return token;
}

uint32_t first_promising(const struct matcher *matcher, const struct match_input *input,
                         unsigned coming, struct sign *sign)
{
    const struct token *tokens = input->doc->tokens + input->sentence->first;
    uint32_t token = 0;
    while (token < input->sentence->count && !is_index_word(matcher, tokens[token].word))
        token++;
    if (token == input->sentence->count)
        return token;
    *sign = sentence_sign(matcher, input, coming);
    if (!sign_covers(sign, &matcher->common_sign))
        return input->sentence->count;
    return next_promising(matcher, input, sign, token);
}

/* Whether some pattern finds all it needs, at the distances it needs it, around some index word. */
static bool needs_met_somewhere(const struct matcher *matcher, const struct view *view,
                                const struct sign *sign, unsigned granted, uint32_t token)
{
    const struct match_input *input = view->input;
    const struct token *tokens = input->doc->tokens + view->first;
    for (; token < view->count; token = next_promising(matcher, input, sign, token + 1)) {
        uint32_t end = matcher->postings_of[tokens[token].word + 1];
        for (uint32_t p = matcher->postings_of[tokens[token].word]; p < end; p++) {
            const struct posting *posting = &matcher->postings[p];
            if (sign_covers(sign, &posting->sign) && token >= posting->least &&
                posting_needs_met(matcher, view, posting, token, granted))
                return true;
        }
    }
    return false;
}

bool matcher_may_match(const struct matcher *matcher, struct arena *arena,
                       const struct match_input *input, unsigned coming)
{
    struct sign sign;
    uint32_t token = first_promising(matcher, input, coming, &sign);
    struct match_scratch own = {0};
    struct match_scratch *scratch = input->scratch ? input->scratch : &own;
    struct view view;
    struct error ignored;
    if (token == input->sentence->count)
        return false;
    if (view_make(matcher, scratch, arena, input, &view, &ignored))
        return true; /* whoever goes on will meet the same */
    unsigned granted = coming & 1u << VALUE_COUNT ? coming | ALL_COUNTS : coming;
    return needs_met_somewhere(matcher, &view, &sign, granted, token);
}
