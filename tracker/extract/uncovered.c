#include "extract/uncovered.h"

#include "text/utf8.h"

/* Most tokens between the word and the count: farther off they seldom belong together. */
#define NEAR_TOKENS 8
/* Things shown after the two: what a pattern would go on with ("in <place>"). */
#define AFTER_THINGS 2
#define SHAPE_BYTES 4096

/* What may make a sentence look as if it said something, the surer first. */
static const char *const trigger_lists[] = {"dead", "hurt", "drones", "missiles"};
#define TRIGGER_LISTS (sizeof trigger_lists / sizeof *trigger_lists)
enum trigger_rank { RANK_RULE_WORD = TRIGGER_LISTS, RANK_ATTACK, RANK_NONE };

struct shape_finder {
    struct report_values *values;
    const struct word_list *lists[TRIGGER_LISTS];
    const struct word_list *attacks;
    struct map base_of; /* irregular form -> index of its row of forms */
};

/* The pair that makes the shape. */
struct pair {
    uint32_t trigger; /* tokens */
    uint32_t trigger_end;
    const struct value *count;
    unsigned rank;
    uint32_t distance;
};

static int bases_learn(struct shape_finder *finder, const struct symbols *symbols,
                       struct error *err)
{
    for (size_t i = 0; i < symbols->forms_by_base.count; i++)
        for (size_t k = 0; symbols->forms[i][k].ptr; k++)
            if (map_get(&finder->base_of, symbols->forms[i][k]) == MAP_ABSENT &&
                map_put(&finder->base_of, symbols->forms[i][k], (uint32_t)i, err))
                return -1;
    return 0;
}

/* A word at which a rule is tried and that says something: some rules hang on "as" or "this". */
static bool is_rule_word(const struct shape_finder *finder, uint32_t token)
{
    const struct token *t = &finder->values->doc->tokens[token];
    const struct vocabulary *vocabulary = finder->values->language->symbols.vocabulary;
    return t->flags & TOKEN_TRIGGER && t->kind == TOKEN_WORD && t->len > 2 &&
           !(vocabulary_marks(vocabulary, t->word) & WORD_OPENER);
}

static unsigned rank_at(const struct shape_finder *finder, uint32_t token, uint32_t end,
                        uint32_t *n_tokens)
{
    const struct document *doc = finder->values->doc;
    uint32_t phrase;
    for (unsigned i = 0; i < TRIGGER_LISTS; i++) {
        size_t n =
            finder->lists[i] ? word_list_match(finder->lists[i], doc, token, end, &phrase) : 0;
        if (n) {
            *n_tokens = (uint32_t)n;
            return i;
        }
    }
    size_t n = word_list_match(finder->attacks, doc, token, end, &phrase);
    *n_tokens = n ? (uint32_t)n : 1;
    if (n)
        return RANK_ATTACK;
    return is_rule_word(finder, token) ? RANK_RULE_WORD : RANK_NONE;
}

/* "people" of "three people" starts rules too, and says nothing by itself. */
static bool in_a_count(const struct sentence_values *found, uint32_t token)
{
    for (size_t v = 0; v < found->n_values; v++) {
        const struct value *value = &found->values[v];
        if (value->type == VALUE_COUNT && token >= value->first &&
            token < value->first + value->count)
            return true;
    }
    return false;
}

static uint32_t tokens_between(uint32_t first_a, uint32_t end_a, uint32_t first_b, uint32_t end_b)
{
    if (end_a <= first_b)
        return first_b - end_a;
    return end_b <= first_a ? first_a - end_b : UINT32_MAX; /* one inside the other is no pair */
}

static void pair_try(struct pair *best, const struct pair *pair)
{
    if (pair->distance > NEAR_TOKENS)
        return;
    if (best->rank == RANK_NONE || pair->rank < best->rank ||
        (pair->rank == best->rank && pair->distance < best->distance))
        *best = *pair;
}

static struct pair pair_find(const struct shape_finder *finder, size_t index)
{
    const struct sentence *sentence = &finder->values->doc->sentences[index];
    const struct sentence_values *found = &finder->values->sentences[index];
    struct pair best = {.rank = RANK_NONE};
    uint32_t end = sentence->first + sentence->count;
    for (uint32_t t = sentence->first; t < end;) {
        uint32_t n = 1;
        struct pair pair = {.trigger = t, .rank = rank_at(finder, t, end, &n)};
        pair.trigger_end = t + n;
        if (pair.rank == RANK_RULE_WORD && in_a_count(found, t))
            pair.rank = RANK_NONE;
        for (size_t v = 0; v < found->n_values && pair.rank != RANK_NONE; v++) {
            pair.count = &found->values[v];
            if (pair.count->type != VALUE_COUNT || pair.count->flags & (VALUE_VOID | VALUE_NAME))
                continue;
            pair.distance = tokens_between(t, pair.trigger_end, pair.count->first,
                                           pair.count->first + pair.count->count);
            pair_try(&best, &pair);
        }
        t += n;
    }
    return best;
}

static const char *value_shape(const struct value *value)
{
    static const char *const names[VALUE_TYPES] = {"<number>", "<count>", "<place>", "<time>",
                                                   "<source>"};
    if (value->type != VALUE_COUNT)
        return names[value->type];
    if (value->flags & VALUE_NAME)
        return "<name>";
    if (value->flags & VALUE_ONE)
        return "<person>";
    return value->flags & VALUE_PEOPLE ? "<count:people>" : "<count>";
}

static void thing_add(struct buffer *out, struct slice thing)
{
    if (out->len)
        buffer_add_char(out, ' ');
    buffer_add_slice(out, thing);
}

static void word_add(struct buffer *out, const struct shape_finder *finder, uint32_t token)
{
    struct buffer folded;
    buffer_init(&folded, SHAPE_BYTES);
    utf8_fold(&folded, token_text(finder->values->doc, token));
    uint32_t row = map_get(&finder->base_of, buffer_slice(&folded));
    thing_add(out, row == MAP_ABSENT ? buffer_slice(&folded)
                                     : finder->values->language->symbols.forms[row][0]);
    buffer_free(&folded);
}

/* Capitalised words that are no value, not at the sentence's beginning: somebody's or something's
 * name. */
static uint32_t name_tokens(const struct document *doc, const struct sentence *sentence,
                            uint32_t token)
{
    uint32_t end = sentence->first + sentence->count, t = token;
    if (token == sentence->first || sentence->is_title)
        return 0;
    while (t < end && doc->tokens[t].kind == TOKEN_WORD && doc->tokens[t].flags & TOKEN_CAPITAL)
        t++;
    return t - token;
}

/* The value shown at a token: the pair's count, else the longest that hides neither the word nor
 * the count; NULL without. */
static const struct value *value_shown(const struct sentence_values *found, uint32_t token,
                                       const struct pair *pair)
{
    if (token == pair->count->first)
        return pair->count;
    for (size_t v = 0; v < found->n_values; v++) {
        const struct value *value = &found->values[v];
        uint32_t end = token + value->count;
        bool hides = (token < pair->trigger_end && end > pair->trigger) ||
                     (token < pair->count->first && end > pair->count->first);
        if (value->first == token && !hides)
            return value;
    }
    return NULL;
}

/* One thing of the shape: a value, a name or a word. Returns the tokens it takes. */
static uint32_t thing_write(struct buffer *out, const struct shape_finder *finder, size_t index,
                            uint32_t token, const struct pair *pair)
{
    const struct document *doc = finder->values->doc;
    const struct value *value = value_shown(&finder->values->sentences[index], token, pair);
    if (value) {
        thing_add(out, slice_of(value_shape(value)));
        return value->count;
    }
    bool in_trigger = token >= pair->trigger && token < pair->trigger_end;
    uint32_t n = in_trigger ? 0 : name_tokens(doc, &doc->sentences[index], token);
    if (n && token < pair->trigger && token + n > pair->trigger)
        n = pair->trigger - token;
    if (n) {
        thing_add(out, SLICE_LITERAL("<name>"));
        return n;
    }
    word_add(out, finder, token);
    return 1;
}

static int shape_make(const struct shape_finder *finder, size_t index, const struct pair *pair,
                      struct slice *out, struct error *err)
{
    const struct sentence *sentence = &finder->values->doc->sentences[index];
    uint32_t end = sentence->first + sentence->count;
    uint32_t count_end = pair->count->first + pair->count->count;
    uint32_t first = pair->trigger < pair->count->first ? pair->trigger : pair->count->first;
    uint32_t last = pair->trigger_end > count_end ? pair->trigger_end : count_end;
    struct buffer shape;
    buffer_init(&shape, SHAPE_BYTES);
    uint32_t t = first;
    while (t < last)
        t += thing_write(&shape, finder, index, t, pair);
    for (int i = 0;
         i < AFTER_THINGS && t < end && !(finder->values->doc->tokens[t].flags & TOKEN_STOP); i++)
        t += thing_write(&shape, finder, index, t, pair);
    *out = arena_copy(finder->values->arena, buffer_slice(&shape));
    buffer_free(&shape);
    return out->ptr ? 0 : arena_full(finder->values->arena, err);
}

static int finder_init(struct shape_finder *finder, const struct language *language,
                       struct error *err)
{
    *finder = (struct shape_finder){.values = finder->values, .attacks = &language->attacks};
    for (size_t i = 0; i < TRIGGER_LISTS; i++)
        finder->lists[i] = language_list(language, trigger_lists[i]);
    return bases_learn(finder, &language->symbols, err);
}

static int sentences_look(const struct shape_finder *finder, const struct extraction *extraction,
                          const bool *claimed, struct uncovered **out, size_t *n_out,
                          struct error *err)
{
    struct arena *arena = finder->values->arena;
    size_t capacity = 0;
    for (size_t i = 0; i < extraction->doc->n_sentences; i++) {
        if (claimed[i])
            continue;
        if (sentence_values_find(finder->values, i, err))
            return -1;
        struct pair pair = pair_find(finder, i);
        if (pair.rank == RANK_NONE)
            continue;
        if (arena_grow(arena, out, &capacity, *n_out, sizeof **out, err))
            return -1;
        struct uncovered *found = &(*out)[(*n_out)++];
        *found = (struct uncovered){.sentence = (uint32_t)i, .trigger = pair.trigger};
        if (shape_make(finder, i, &pair, &found->shape, err))
            return -1;
    }
    return 0;
}

int uncovered_find(const struct extractor *extractor, struct arena *arena,
                   const struct report *report, const struct extraction *extraction,
                   struct uncovered **out, size_t *n_out, struct error *err)
{
    const struct language *language = extract_language(extractor->ruleset, report);
    struct report_values values;
    *out = NULL;
    *n_out = 0;
    if (!language || !extraction->doc)
        return 0;
    bool *claimed = ARENA_ARRAY(arena, bool, extraction->doc->n_sentences);
    if (!claimed)
        return arena_full(arena, err);
    for (size_t i = 0; i < extraction->claims.n; i++)
        claimed[extraction->claims.items[i].sentence] = true;
    if (report_values_init(&values, arena, report, extraction->doc, extractor->ruleset, language,
                           extractor->gazetteer, err))
        return -1;
    struct shape_finder finder = {.values = &values};
    int result = finder_init(&finder, language, err);
    if (result == 0)
        result = sentences_look(&finder, extraction, claimed, out, n_out, err);
    map_free(&finder.base_of);
    return result;
}
