#include "extract/counts.h"

#include "extract/longest.h"

/* Which ends of a count <number> gives, by qualifier (architecture.md, Output). */
enum { TAKES_LOW = 1, TAKES_BEST = 2, TAKES_HIGH = 4 };
static const unsigned char TAKES[QUALIFIERS] = {
    [QUALIFIER_EXACT] = TAKES_LOW | TAKES_BEST | TAKES_HIGH,
    [QUALIFIER_AT_LEAST] = TAKES_LOW | TAKES_BEST,
    [QUALIFIER_MORE_THAN] = TAKES_LOW | TAKES_BEST,
    [QUALIFIER_AT_MOST] = TAKES_HIGH,
    [QUALIFIER_ABOUT] = TAKES_BEST,
    [QUALIFIER_RANGE] = TAKES_LOW | TAKES_BEST | TAKES_HIGH,
};

/* A sum is as sure as its least sure part: higher is vaguer. */
static const unsigned char VAGUENESS[QUALIFIERS] = {
    [QUALIFIER_NONE] = 0,     [QUALIFIER_EXACT] = 1,     [QUALIFIER_RANGE] = 2,
    [QUALIFIER_AT_LEAST] = 3, [QUALIFIER_MORE_THAN] = 4, [QUALIFIER_AT_MOST] = 5,
    [QUALIFIER_ABOUT] = 6,    [QUALIFIER_VAGUE] = 7,
};

/* The numbers a count phrase captured; COUNT_OPEN for those it did not. */
struct captured {
    int64_t number;
    int64_t low;
    int64_t high;
    bool is_void; /* one of them is never a count */
};

/* ---- arithmetic
 * ---------------------------------------------------------------------------------- */

bool count_equal(const struct count *a, const struct count *b)
{
    return a->low == b->low && a->best == b->best && a->high == b->high &&
           a->qualifier == b->qualifier;
}

static int64_t end_add(int64_t a, int64_t b)
{
    int64_t sum;
    if (a == COUNT_OPEN || b == COUNT_OPEN || __builtin_add_overflow(a, b, &sum))
        return COUNT_OPEN;
    return sum;
}

struct count count_add(const struct count *a, const struct count *b)
{
    return (struct count){
        .low = end_add(a->low, b->low),
        .best = end_add(a->best, b->best),
        .high = end_add(a->high, b->high),
        .qualifier =
            VAGUENESS[a->qualifier] >= VAGUENESS[b->qualifier] ? a->qualifier : b->qualifier,
    };
}

struct count count_beside(const struct count *a, const struct count *b)
{
    const struct count *known = b->best == COUNT_OPEN ? a : b, *vague = known == a ? b : a;
    if (known->best == COUNT_OPEN || vague->qualifier != QUALIFIER_VAGUE)
        return count_add(a, b);
    return (struct count){known->best, known->best, COUNT_OPEN, QUALIFIER_AT_LEAST};
}

int64_t count_value_of(const struct count *count)
{
    if (count->best != COUNT_OPEN)
        return count->best;
    return count->low != COUNT_OPEN ? count->low : count->high;
}

static struct count count_exact(int64_t number)
{
    return (struct count){number, number, number, number ? QUALIFIER_EXACT : QUALIFIER_NONE};
}

/* ---- numbers
 * ------------------------------------------------------------------------------------- */

static bool is_hyphen(const struct document *doc, size_t i)
{
    return doc->tokens[i].kind == TOKEN_PUNCT && doc->tokens[i].len == 1 &&
           doc->text.ptr[doc->tokens[i].start] == '-';
}

/* Token i stands right behind the one before it, without white space. */
static bool is_glued(const struct document *doc, size_t i)
{
    return !(doc->tokens[i].flags & (TOKEN_SPACE | TOKEN_LINE | TOKEN_PARAGRAPH));
}

static bool is_clock_sign(const struct document *doc, size_t i)
{
    const struct token *token = &doc->tokens[i];
    char c = doc->text.ptr[token->start];
    return token->kind == TOKEN_PUNCT && token->len == 1 && (c == ':' || c == '/');
}

/* A number grown into a word or sign is part of a name, an age, an ordinal, a clock time or a
 * date, in any language: "Su-34", "7-year-old", "14th", "10:30", "9/11". */
static bool number_is_grown_in(const struct document *doc, const struct sentence *sentence,
                               size_t first, size_t n)
{
    size_t begin = sentence->first, end = begin + sentence->count, next = first + n;
    if (first >= begin + 2 && is_glued(doc, first) && is_glued(doc, first - 1)) {
        if (is_hyphen(doc, first - 1) && doc->tokens[first - 2].kind == TOKEN_WORD)
            return true;
        if (is_clock_sign(doc, first - 1) && doc->tokens[first - 2].kind == TOKEN_NUMBER)
            return true;
    }
    if (next < end && is_glued(doc, next)) {
        if (doc->tokens[next].kind == TOKEN_WORD && doc->tokens[next - 1].kind == TOKEN_NUMBER)
            return true;
        if (next + 1 < end && is_glued(doc, next + 1)) {
            if (is_hyphen(doc, next) && doc->tokens[next + 1].kind == TOKEN_WORD)
                return true;
            if (is_clock_sign(doc, next) && doc->tokens[next + 1].kind == TOKEN_NUMBER)
                return true;
        }
    }
    return false;
}

static bool may_begin_number(const struct document *doc, const struct number_words *words, size_t i)
{
    const struct token *token = &doc->tokens[i];
    return token->kind == TOKEN_NUMBER ||
           (token->word < words->n && words->words[token->word].role != NUMBER_NONE);
}

static int numbers_find(struct report_values *values, const struct sentence *sentence,
                        struct value_list *list, struct error *err)
{
    const struct document *doc = values->doc;
    const struct number_words *words = &values->language->numbers;
    size_t end = sentence->first + sentence->count;
    for (size_t i = sentence->first; i < end;) {
        int64_t number;
        size_t n = may_begin_number(doc, words, i) ? number_read(doc, words, i, end, &number) : 0;
        if (n == 0) {
            i++;
            continue;
        }
        struct value value = {
            .first = (uint32_t)i, .count = (uint16_t)n, .type = VALUE_NUMBER, .number = number};
        if (number_is_grown_in(doc, sentence, i, n))
            value.flags = VALUE_VOID;
        if (value_list_add(values, list, value, err))
            return -1;
        i += n;
    }
    return 0;
}

static int numbers_void(struct report_values *values, const struct match_input *input,
                        struct value_list *list, struct error *err)
{
    const struct matcher *matcher = values->language->matchers[LAYER_NEVER];
    struct match *matches;
    size_t n;
    if (!matcher || input->n_values == 0)
        return 0;
    if (matcher_find(matcher, values->arena, input, &matches, &n, err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < matches[i].n_captures; k++) {
            const struct capture *capture = &matches[i].captures[k];
            const struct rule *rule = &values->ruleset->rules[matches[i].rule];
            /* Of a $list the value is a phrase, not a number. */
            if (matches[i].pattern->slots[capture->slot].kind != SLOT_NUMBER)
                continue;
            int64_t number = list->items[capture->value].number;
            if (number >= rule->never_low && number <= rule->never_high)
                list->items[capture->value].flags |= VALUE_VOID;
        }
    }
    return 0;
}

/* ---- counts
 * -------------------------------------------------------------------------------------- */

int count_value_add(struct report_values *values, struct value_list *list,
                    const struct count_value *count, enum value_flag flags, struct error *err)
{
    if (arena_grow(values->arena, &values->counts, &values->counts_capacity, values->n_counts,
                   sizeof *values->counts, err))
        return -1;
    values->counts[values->n_counts] = *count;
    struct value value = {.first = count->first,
                          .count = (uint16_t)count->n_tokens,
                          .type = VALUE_COUNT,
                          .flags = (uint8_t)flags,
                          .index = (uint32_t)values->n_counts++};
    return value_list_add(values, list, value, err);
}

static struct captured captured_of(const struct match *match, const struct match_input *input)
{
    struct captured out = {COUNT_OPEN, COUNT_OPEN, COUNT_OPEN, false};
    for (size_t i = 0; i < match->n_captures; i++) {
        const struct capture *capture = &match->captures[i];
        const struct pattern_slot *slot = &match->pattern->slots[capture->slot];
        if (slot->kind != SLOT_NUMBER)
            continue;
        const struct value *value = &input->values[capture->value];
        out.is_void = out.is_void || value->flags & VALUE_VOID;
        if (slice_is(slot->name, "low"))
            out.low = value->number;
        else if (slice_is(slot->name, "high"))
            out.high = value->number;
        else if (slice_is(slot->name, "number"))
            out.number = value->number;
    }
    return out;
}

/* The count a phrase means; false when its numbers contradict it ("25 to 20"). */
static bool count_fill(const struct rule *rule, const struct captured *captured, struct count *out)
{
    *out = rule->count;
    if (out->qualifier == QUALIFIER_NONE) {
        out->low = out->best = out->high = 0;
        return true;
    }
    unsigned takes = captured->number == COUNT_OPEN ? 0 : TAKES[out->qualifier];
    if (takes & TAKES_LOW && out->low == COUNT_OPEN)
        out->low = captured->number;
    if (takes & TAKES_BEST && out->best == COUNT_OPEN)
        out->best = captured->number;
    if (takes & TAKES_HIGH && out->high == COUNT_OPEN)
        out->high = captured->number;
    if (captured->low != COUNT_OPEN)
        out->low = out->best = captured->low;
    if (captured->high != COUNT_OPEN)
        out->high = captured->high;
    if (out->low != COUNT_OPEN && out->high != COUNT_OPEN && out->low > out->high)
        return false;
    return count_value_of(out) != COUNT_OPEN;
}

/* Drops the matches that make no count, so that a shorter one may stand in their place. */
static void phrases_check(const struct ruleset *ruleset, const struct match_input *input,
                          struct match *matches, size_t *n)
{
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        struct captured captured = captured_of(&matches[i], input);
        struct count count;
        if (!captured.is_void && count_fill(&ruleset->rules[matches[i].rule], &captured, &count))
            matches[kept++] = matches[i];
    }
    *n = kept;
}

static bool begins_with(const struct word_list *words, const struct document *doc,
                        const struct match *match)
{
    uint32_t phrase;
    return words && word_list_match(words, doc, match->first, match->first + match->count, &phrase);
}

static int phrases_add(struct report_values *values, const struct match_input *input,
                       unsigned char *taken, struct value_list *list, struct error *err)
{
    const struct matcher *matcher = values->language->matchers[LAYER_COUNT];
    const struct word_list *all = values_list(values, "all-words");
    const struct word_list *total = values_list(values, "total-words");
    struct match *matches;
    size_t n;
    if (!matcher)
        return 0;
    if (matcher_find(matcher, values->arena, input, &matches, &n, err))
        return -1;
    phrases_check(values->ruleset, input, matches, &n);
    if (matches_longest(values->arena, values->ruleset, input->sentence, matches, &n, err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        struct captured captured = captured_of(&matches[i], input);
        struct count_value count = {.first = matches[i].first,
                                    .n_tokens = matches[i].count,
                                    .number_first = matches[i].first,
                                    .number_tokens = matches[i].count};
        count_fill(&values->ruleset->rules[matches[i].rule], &captured, &count.count);
        unsigned flags = begins_with(all, input->doc, &matches[i]) ? VALUE_WHOLE : 0;
        flags |= begins_with(total, input->doc, &matches[i]) ? VALUE_TOTAL : 0;
        memset(taken + (matches[i].first - input->sentence->first), 1, matches[i].count);
        if (count_value_add(values, list, &count, (enum value_flag)flags, err))
            return -1;
    }
    return 0;
}

/* "no" and "zero" are counts only in a phrase of counts.yml; a written 0 is one by itself. */
static bool is_bare_count(const struct document *doc, const struct value *value)
{
    return value->type == VALUE_NUMBER && !(value->flags & VALUE_VOID) &&
           (value->number > 0 || doc->tokens[value->first].kind == TOKEN_NUMBER);
}

static bool is_taken(const unsigned char *taken, size_t first, size_t n)
{
    return memchr(taken + first, 1, n) != NULL;
}

int counts_find(struct report_values *values, size_t index, struct value_list *list,
                struct error *err)
{
    const struct sentence *sentence = &values->doc->sentences[index];
    if (numbers_find(values, sentence, list, err))
        return -1;
    size_t n_numbers = list->n;
    struct match_input input = {values->doc, sentence, list->items, n_numbers, values->scratch};
    unsigned char *taken = arena_calloc(values->arena, sentence->count, 1);
    if (!taken)
        return arena_full(values->arena, err);
    if (numbers_void(values, &input, list, err) || phrases_add(values, &input, taken, list, err))
        return -1;
    for (size_t i = 0; i < n_numbers; i++) {
        struct value number = list->items[i];
        if (!is_bare_count(values->doc, &number) ||
            is_taken(taken, number.first - sentence->first, number.count))
            continue;
        struct count_value count = {.count = count_exact(number.number),
                                    .first = number.first,
                                    .n_tokens = number.count,
                                    .number_first = number.first,
                                    .number_tokens = number.count};
        if (count_value_add(values, list, &count, 0, err))
            return -1;
    }
    value_list_sort(list);
    return 0;
}

/* ---- counts of rule files
 * ------------------------------------------------------------------------ */

#define COUNT_PARSE_MEMORY ((size_t)1 << 20)

static int count_parse_in(struct arena *arena, const struct ruleset *ruleset,
                          const struct language *language, struct slice text, struct count *out,
                          struct error *err)
{
    struct document doc;
    struct report_values values;
    struct value_list list = {0};
    if (document_make(arena, language->symbols.vocabulary, text, 0, &doc, err) ||
        report_values_init(&values, arena, NULL, &doc, ruleset, language, NULL, err))
        return -1;
    if (doc.n_sentences == 1 && counts_find(&values, 0, &list, err))
        return -1;
    if (values.n_counts != 1 || values.counts[0].n_tokens != doc.n_tokens)
        return error_set(err, ERROR_RULES, "'%.*s' is no count", SLICE_ARG(text));
    *out = values.counts[0].count;
    return 0;
}

int count_parse(const struct ruleset *ruleset, const struct language *language, struct slice text,
                struct count *out, struct error *err)
{
    text = slice_trim(text);
    if (slice_is(text, "none") || slice_is(text, "none reported")) {
        *out = count_exact(0);
        return 0;
    }
    struct arena arena;
    arena_init(&arena, COUNT_PARSE_MEMORY);
    int rc = count_parse_in(&arena, ruleset, language, text, out, err);
    arena_free(&arena);
    return rc;
}
