/* Numbers in digits and in words. All arithmetic is in integers that are checked against
 * NUMBER_MAX; a decimal fraction is kept as a numerator and a power of ten until a multiplier has
 * made it whole ("1.2 million"). */
#include "text/number.h"

#include "text/character.h"
#include "text/utf8.h"

#define SCALE_MAX INT64_C(1000000) /* more decimals than "1.234567 million" are no count */

struct reader {
    const struct document *doc;
    const struct number_words *words;
    size_t at;
    size_t end;
    int64_t total;    /* closed groups: the thousands of "two thousand three hundred" */
    int64_t current;  /* the open group, times `scale` */
    int64_t scale;    /* power of ten the numerator is to be divided by */
    int64_t smallest; /* multiplier of the last closed group; the next must be smaller */
};

static const struct number_word NO_WORD = {NUMBER_NONE, 0};

static const struct number_word *word_at(const struct reader *reader, size_t i)
{
    if (i >= reader->end || reader->doc->tokens[i].kind != TOKEN_WORD)
        return &NO_WORD;
    uint32_t word = reader->doc->tokens[i].word;
    return word != WORD_UNKNOWN && word < reader->words->n ? &reader->words->words[word] : &NO_WORD;
}

/* a * b into *a; false when the result is no number. */
static bool multiply(int64_t *a, int64_t b)
{
    return !__builtin_mul_overflow(*a, b, a) && *a >= 0 && *a <= NUMBER_MAX * SCALE_MAX;
}

/* ---- digits ------------------------------------------------------------------------------------
 */

/* The digits of one number token, cut at its separators. */
struct digits {
    int64_t value;      /* of all digits together */
    size_t groups;      /* 1 + number of separators */
    size_t first_len;   /* digits before the first separator */
    size_t last_len;    /* digits after the last one */
    bool threes;        /* every group but the first has three digits */
    bool mixed;         /* the separators differ */
    uint32_t separator; /* ',' or '.', 0 without */
    uint32_t first_digit;
};

/* False when the value is too large for any number. */
static bool split_digits(struct slice text, struct digits *out)
{
    struct digits d = {.groups = 1, .threes = true};
    size_t in_group = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = 0;
        at += utf8_decode(text.ptr + at, text.len - at, &code);
        int digit = character_digit(code);
        if (digit < 0) {
            uint32_t separator = code == 0x66b ? '.' : code == 0x66c ? ',' : code;
            d.mixed |= d.separator && d.separator != separator;
            d.separator = separator;
            d.threes &= d.groups == 1 || in_group == 3;
            d.first_len = d.groups == 1 ? in_group : d.first_len;
            d.groups++;
            in_group = 0;
            continue;
        }
        if (d.groups == 1 && in_group == 0)
            d.first_digit = (uint32_t)digit;
        d.value = d.value * 10 + digit;
        in_group++;
        if (d.value > NUMBER_MAX * 10)
            return false;
    }
    d.threes &= d.groups == 1 || in_group == 3;
    d.first_len = d.groups == 1 ? in_group : d.first_len;
    d.last_len = in_group;
    *out = d;
    return true;
}

static bool is_grouped(const struct digits *d)
{
    return d->threes && !d->mixed && d->first_len <= 3 && d->first_digit != 0;
}

/* "1,200" and "1.200.000" are grouped, "1.2" and "1.200" have decimals, anything else ("1,20",
 * "12.05.2025") is no number. */
static bool read_plain(struct slice text, int64_t *value, int64_t *scale)
{
    struct digits d;
    if (!split_digits(text, &d))
        return false;
    *value = d.value;
    *scale = 1;
    if (d.groups == 1)
        return true;
    if (d.groups == 2 && d.separator == '.') {
        for (size_t i = 0; i < d.last_len && *scale <= SCALE_MAX; i++)
            *scale *= 10;
        return *scale <= SCALE_MAX;
    }
    return is_grouped(&d);
}

/* Whether token `i` is three plain digits behind one blank: the next group of "1 200". */
static bool is_blank_group(const struct reader *reader, size_t i, int64_t *value)
{
    if (i >= reader->end)
        return false;
    const struct token *token = &reader->doc->tokens[i], *before = token - 1;
    struct digits d;
    if (token->kind != TOKEN_NUMBER || !(token->flags & TOKEN_SPACE) || token->flags & TOKEN_LINE ||
        token->start - (before->start + before->len) > 3 ||
        !split_digits(token_text(reader->doc, i), &d) || d.groups != 1 || d.first_len != 3)
        return false;
    struct slice gap = slice_sub(reader->doc->text, before->start + before->len,
                                 token->start - (before->start + before->len));
    uint32_t code = 0;
    if (utf8_decode(gap.ptr, gap.len, &code) != gap.len)
        return false;
    *value = d.value;
    return true;
}

/* Digits with what groups and decimals follow; false when they are no number. */
static bool read_digits(struct reader *reader)
{
    struct digits d;
    struct slice text = token_text(reader->doc, reader->at);
    if (!read_plain(text, &reader->current, &reader->scale) || !split_digits(text, &d))
        return false;
    reader->at++;
    int64_t group = 0;
    if (d.groups > 1 || d.first_len > 3 || d.first_digit == 0)
        return true;
    while (is_blank_group(reader, reader->at, &group)) {
        if (!multiply(&reader->current, 1000) || (reader->current += group) > NUMBER_MAX)
            return false;
        reader->at++;
    }
    return true;
}

/* ---- words -------------------------------------------------------------------------------------
 */

/* Multiplies the open group by the multiplier at reader->at. -1 when the number grew too large, 0
 * when the word does not belong to the number, 1 when it was taken, 2 when nothing may follow. */
static int take_multiplier(struct reader *reader)
{
    int64_t factor = word_at(reader, reader->at)->value;
    if (reader->current <= 0 || factor <= 0)
        return 0;
    if (factor >= 1000 && factor >= reader->smallest)
        return 0;
    if (factor == 100 && reader->current >= 100 * reader->scale)
        return 0;
    if (!multiply(&reader->current, factor))
        return -1;
    while (reader->scale > 1 && reader->current % 10 == 0) {
        reader->current /= 10;
        reader->scale /= 10;
    }
    reader->at++;
    if (reader->scale > 1 || (factor < 1000 && factor != 100)) /* 2.5 hundred; dozen, score */
        return 2;
    if (factor == 100)
        return 1;
    reader->total += reader->current;
    reader->current = 0;
    reader->smallest = factor;
    return reader->total > NUMBER_MAX ? -1 : 1;
}

/* Whether token `i` joins its neighbours: a hyphen of any kind without space. */
static bool is_joint(const struct reader *reader, size_t i)
{
    uint32_t code = 0;
    if (i + 1 >= reader->end || reader->doc->tokens[i].kind != TOKEN_PUNCT ||
        (reader->doc->tokens[i].flags | reader->doc->tokens[i + 1].flags) & TOKEN_SPACE)
        return false;
    struct slice text = token_text(reader->doc, i);
    utf8_decode(text.ptr, text.len, &code);
    return character_fold(code) == '-';
}

/* A unit or tens word where the open group has room for it; twenty-five, twenty five. */
static bool take_small(struct reader *reader)
{
    const struct number_word *word = word_at(reader, reader->at);
    if (reader->scale > 1 || reader->current % 100 != 0)
        return false;
    if (word->role != NUMBER_UNIT && word->role != NUMBER_TENS)
        return false;
    if (word->value <= 0 || word->value >= 100)
        return false;
    reader->current += word->value;
    reader->at++;
    if (word->role != NUMBER_TENS)
        return true;
    size_t next = reader->at;
    if (is_joint(reader, next))
        next++;
    const struct number_word *unit = word_at(reader, next);
    if (unit->role == NUMBER_UNIT && unit->value > 0 && unit->value < 10) {
        reader->current += unit->value;
        reader->at = next + 1;
    }
    return true;
}

/* A word for hundreds at the start of a group: in languages that have such words. */
static bool take_hundreds(struct reader *reader)
{
    const struct number_word *word = word_at(reader, reader->at);
    if (word->role != NUMBER_HUNDREDS || reader->scale > 1 || reader->current != 0 ||
        word->value % 100 != 0)
        return false;
    reader->current = word->value;
    reader->at++;
    return true;
}

/* The token after `i` when that has the role, perhaps behind a hyphen ("half-a-dozen"); else `i`.
 */
static size_t after_role(const struct reader *reader, size_t i, enum number_role role)
{
    if (word_at(reader, i)->role != role)
        return i;
    i++;
    return is_joint(reader, i) ? i + 1 : i;
}

/* "a" before "hundred"; "half", "half a", "a half" before "dozen". */
static bool take_start(struct reader *reader)
{
    size_t start = after_role(reader, reader->at, NUMBER_ARTICLE);
    bool article = start > reader->at;
    size_t i = after_role(reader, start, NUMBER_HALF);
    bool half = i > start;
    if (half && !article)
        i = after_role(reader, i, NUMBER_ARTICLE);
    if ((!article && !half) || word_at(reader, i)->role != NUMBER_MULTIPLIER)
        return false;
    reader->at = i;
    reader->current = half ? 5 : 1;
    reader->scale = half ? 10 : 1;
    return true;
}

/* The words behind what has been read so far, as many as belong to it. False: no number at all. */
static bool read_words(struct reader *reader, bool digits)
{
    bool small_allowed = !digits;
    for (;;) {
        size_t before = reader->at;
        switch (word_at(reader, reader->at)->role) {
        case NUMBER_MULTIPLIER: {
            int taken = take_multiplier(reader);
            if (taken < 0)
                return false;
            if (taken == 2)
                return true;
            small_allowed = taken == 1;
            break;
        }
        case NUMBER_AND:
            /* Only between a multiplier and what it is added to: two hundred and five. */
            if (!small_allowed || before == 0 ||
                word_at(reader, before - 1)->role != NUMBER_MULTIPLIER)
                return true;
            reader->at++;
            if (!take_small(reader))
                reader->at = before;
            break;
        case NUMBER_HUNDREDS:
            if (!small_allowed || !take_hundreds(reader))
                return true;
            break;
        case NUMBER_UNIT:
        case NUMBER_TENS:
            if (!small_allowed || !take_small(reader))
                return true;
            break;
        default: return true;
        }
        if (reader->at == before)
            return true;
    }
}

size_t number_read(const struct document *doc, const struct number_words *words, size_t i,
                   size_t end, int64_t *value)
{
    struct reader reader = {
        .doc = doc, .words = words, .at = i, .end = end, .scale = 1, .smallest = INT64_MAX};
    if (end > doc->n_tokens)
        reader.end = doc->n_tokens;
    if (i >= reader.end)
        return 0;
    bool digits = doc->tokens[i].kind == TOKEN_NUMBER;
    if (digits) {
        if (!read_digits(&reader))
            return 0;
    } else if (word_at(&reader, i)->role == NUMBER_ZERO) {
        *value = 0;
        return 1;
    } else if (!take_start(&reader) && !take_hundreds(&reader) && !take_small(&reader)) {
        return 0;
    }
    if (!read_words(&reader, digits) || reader.current % reader.scale != 0)
        return 0;
    int64_t result = reader.total + reader.current / reader.scale;
    if (result > NUMBER_MAX)
        return 0;
    *value = result;
    return reader.at - i;
}
