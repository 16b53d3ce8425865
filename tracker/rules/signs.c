#include "rules/matcher_code.h"

static const uint64_t BIT = 1;

/* Gives a class its bit when it has none yet. */
static uint64_t bit_of(uint8_t *bits, uint32_t class, uint32_t *n)
{
    if (bits[class] == 0)
        bits[class] = (uint8_t)(1 + (*n)++ % 64);
    return BIT << (bits[class] - 1);
}

/* Also those of unless phrases. */
static unsigned types_taken(const struct program *program)
{
    unsigned types = 0;
    for (uint32_t i = 0; i < program->n_ops; i++)
        if (program->ops[i].kind == OP_FIELD)
            types |= 1u << (program->ops[i].class < VALUE_TYPES ? program->ops[i].class : VALUE_COUNT);
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

int signs_make(struct matcher *matcher, size_t n_postings, struct error *err)
{
    uint32_t n = 0;
    uint8_t *bits = ARENA_ARRAY(&matcher->arena, uint8_t, matcher->n_classes); /* 1 + bit */
    matcher->sign_of = ARENA_ARRAY(&matcher->arena, uint64_t, matcher->n_words);
    if (!bits || !matcher->sign_of)
        return arena_full(&matcher->arena, err);
    for (size_t i = 0; i < n_postings; i++) {
        struct posting *posting = &matcher->postings[i];
        for (uint32_t k = 0; k < posting->n_needs; k++)
            posting->sign |= bit_of(bits, matcher->needs[posting->needs + k].class, &n);
    }
    for (size_t i = 0; i < matcher->n_alternatives; i++)
        matcher->takes |= types_of(&matcher->alternatives[i]);
    for (uint32_t c = 0; c < FIELD_CLASSES; c++)
        matcher->field_signs[c] = bits[c] ? BIT << (bits[c] - 1) : 0;
    for (uint32_t w = 0; w < matcher->n_words; w++) {
        for (uint32_t i = matcher->classes_of[w]; i < matcher->classes_of[w + 1]; i++) {
            uint8_t bit = bits[matcher->word_classes[i]];
            matcher->sign_of[w] |= bit ? BIT << (bit - 1) : 0;
        }
    }
    return 0;
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

static uint64_t sign_of_classes(const struct matcher *matcher, unsigned classes)
{
    uint64_t sign = 0;
    for (; classes; classes &= classes - 1)
        sign |= matcher->field_signs[__builtin_ctz(classes)];
    return sign;
}

uint64_t sentence_sign(const struct matcher *matcher, const struct match_input *input,
                       unsigned coming)
{
    const struct sentence *sentence = input->sentence;
    const struct token *tokens = input->doc->tokens + sentence->first;
    uint64_t sign = 0;
    unsigned classes = coming;
    for (uint32_t t = 0; t < sentence->count; t++)
        sign |= tokens[t].word < matcher->n_words ? matcher->sign_of[tokens[t].word] : 0;
    for (size_t i = value_from(input, sentence->first);
         i < input->n_values && input->values[i].first < sentence->first + sentence->count; i++)
        classes |= value_classes(&input->values[i]);
    if (coming & 1u << VALUE_COUNT)
        classes |= 1u << FIELD_COUNT_PEOPLE | 1u << FIELD_COUNT_COUNTED | 1u << FIELD_COUNT_NAMED;
    return sign | sign_of_classes(matcher, classes);
}

uint32_t next_promising(const struct matcher *matcher, const struct match_input *input,
                        uint64_t sign, uint32_t token)
{
    const struct token *tokens = input->doc->tokens + input->sentence->first;
    for (; token < input->sentence->count; token++) {
        uint32_t word = tokens[token].word;
        if (!is_index_word(matcher, word))
            continue;
        for (uint32_t p = matcher->postings_of[word]; p < matcher->postings_of[word + 1]; p++)
            if (!(matcher->postings[p].sign & ~sign))
                return token;
    }
    return token;
}

bool matcher_may_match(const struct matcher *matcher, const struct match_input *input,
                       unsigned coming)
{
    uint64_t sign = sentence_sign(matcher, input, coming);
    return next_promising(matcher, input, sign, 0) < input->sentence->count;
}
