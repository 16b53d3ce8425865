/* Cuts text into tokens. Nine tokens of ten are ASCII words with a space behind them, and the speed
 * of the program is the speed of this loop: such a word is measured, folded and looked up eight
 * bytes at a time, in registers. Everything else (other scripts, apostrophes, "U.S.") takes the
 * slower functions below, which decide by character class. Both must agree;
 * tests/text/test_token.c compares them. */
#include "text/token.h"

#include "text/block.h"
#include "text/character.h"
#include "text/utf8.h"
#include "text/word_table.h"

#define TOKEN_LEN_MAX 65528 /* fits uint16_t, a multiple of 8 */
#define DOTTED_MAX 32       /* longest "U.S.S.R." in bytes */

_Static_assert(TOKEN_WORD == 0 && TOKEN_NUMBER == 1 && TOKEN_PUNCT == 2, "made from bits");
_Static_assert(TOKEN_SPACE == 1 && TOKEN_CAPITAL == 0x20 >> 4, "made from bits of the text");
_Static_assert(WORD_TRIGGER << 3 == TOKEN_TRIGGER, "the flag is made of the mark by a shift");

struct scan {
    const char *text;
    size_t len;
    size_t at;     /* first byte not yet cut */
    uint8_t flags; /* of the next token: TOKEN_SPACE, TOKEN_LINE, TOKEN_PARAGRAPH */
    struct token *tokens;
    size_t n;
    size_t capacity;
    const struct vocabulary *vocabulary;
    struct arena *arena;
    struct error *err;
};

static int grow(struct scan *scan)
{
    return arena_grow(scan->arena, &scan->tokens, &scan->capacity, scan->capacity,
                      sizeof *scan->tokens, scan->err);
}

static inline void put(struct token *token, size_t start, size_t len, unsigned kind, unsigned flags,
                       const struct word_slot *slot)
{
    *token = (struct token){
        .start = (uint32_t)start,
        .word = slot->id,
        .len = (uint16_t)len,
        .kind = (uint8_t)kind,
        .flags = (uint8_t)(flags | (slot->marks & WORD_TRIGGER) << 3),
    };
}

static int add(struct scan *scan, enum token_kind kind, size_t len, uint8_t flags,
               const struct word_slot *slot)
{
    if (scan->n == scan->capacity && grow(scan))
        return -1;
    put(&scan->tokens[scan->n++], scan->at, len, kind, flags | scan->flags, slot);
    scan->at += len;
    scan->flags = 0;
    return 0;
}

/* Adds a token whose text has to be folded first. */
static int add_folded(struct scan *scan, enum token_kind kind, size_t len, uint8_t flags)
{
    char bytes[WORD_MAX + 8];
    const struct word_slot none = {0};
    size_t folded = word_fold((struct slice){scan->text + scan->at, len}, bytes);
    return add(scan, kind, len, flags,
               folded ? word_lookup(scan->vocabulary, (struct slice){bytes, folded}) : &none);
}

/* The class of the character at `at`, with its length and code; CHARACTER_SPACE at the end. */
static enum character_class look(const struct scan *scan, size_t at, size_t *len, uint32_t *code)
{
    *len = 0;
    *code = 0;
    if (at >= scan->len)
        return CHARACTER_SPACE;
    *len = utf8_decode(scan->text + at, scan->len - at, code);
    return character_class(*code);
}

static bool is_letter_at(const struct scan *scan, size_t at)
{
    size_t len;
    uint32_t code;
    enum character_class class = look(scan, at, &len, &code);
    return class == CHARACTER_LETTER || class == CHARACTER_MARK;
}

static bool is_apostrophe_at(const struct scan *scan, size_t at, size_t *len)
{
    uint32_t code;
    return look(scan, at, len, &code) == CHARACTER_APOSTROPHE;
}

/* Whether the letters 's and no more stand behind an apostrophe. */
static bool is_final_s(const struct scan *scan, size_t at)
{
    size_t len;
    return at < scan->len && (scan->text[at] | 0x20) == 's' && !is_letter_at(scan, at + 1) &&
           !(is_apostrophe_at(scan, at + 1, &len) && is_letter_at(scan, at + 1 + len));
}

/* The end of single letters joined by full stops ("U.S.", "p.m") that begin at scan->at with a
 * letter of `first` bytes; 0 when there is only one letter. */
static size_t dotted_end(const struct scan *scan, size_t first)
{
    size_t at = scan->at + first, letters = 1;
    while (at - scan->at < DOTTED_MAX && at < scan->len && scan->text[at] == '.') {
        size_t len;
        uint32_t code;
        if (look(scan, at + 1, &len, &code) != CHARACTER_LETTER || is_letter_at(scan, at + 1 + len))
            break;
        at += 1 + len;
        letters++;
    }
    if (letters == 1)
        return 0;
    return at < scan->len && scan->text[at] == '.' ? at + 1 : at;
}

/* How the letters of a word are written, for its flags. */
struct letters {
    size_t count;
    size_t upper;
    bool first_small;
};

static void count_letter(struct letters *letters, uint32_t code)
{
    uint32_t folded = character_fold(code);
    if (folded != code)
        letters->upper++;
    /* A small letter has a capital; a letter without case has neither. */
    else if (letters->count == 0)
        letters->first_small = character_has_upper(code);
    letters->count++;
}

static uint8_t letter_flags(const struct letters *letters)
{
    unsigned flags = letters->first_small ? 0 : TOKEN_CAPITAL;
    if (letters->count > 1 && letters->upper == letters->count)
        flags |= TOKEN_UPPER;
    return (uint8_t)flags;
}

/* A word in any script, with apostrophes, marks and ignored characters inside. */
static int add_any_word(struct scan *scan)
{
    struct letters letters = {0};
    size_t at = scan->at, end = at, len = 0;
    uint32_t code = 0;
    while (at - scan->at < TOKEN_LEN_MAX - 8) {
        enum character_class class = look(scan, at, &len, &code);
        if (class == CHARACTER_LETTER) {
            count_letter(&letters, code);
            if (letters.count == 1 && at == scan->at) {
                size_t dotted = dotted_end(scan, len);
                if (dotted)
                    return add_folded(scan, TOKEN_WORD, dotted - scan->at,
                                      (uint8_t)(letter_flags(&letters) |
                                                (letters.upper ? TOKEN_UPPER : 0) |
                                                (scan->text[dotted - 1] == '.' ? TOKEN_STOP : 0)));
            }
        } else if (class == CHARACTER_APOSTROPHE) {
            if (at != end || !is_letter_at(scan, at + len) || is_final_s(scan, at + len))
                break;
        } else if (class != CHARACTER_MARK && class != CHARACTER_IGNORED) {
            break;
        }
        at += len;
        if (class == CHARACTER_LETTER || class == CHARACTER_MARK)
            end = at;
    }
    return add_folded(scan, TOKEN_WORD, end - scan->at, letter_flags(&letters));
}

/* An apostrophe that is not inside a word: a quote, or the 's of "Ukraine's" and "1990's". */
static int add_apostrophe(struct scan *scan, size_t len)
{
    bool glued = scan->n > 0 && !(scan->flags & TOKEN_SPACE);
    if (glued && is_final_s(scan, scan->at + len))
        return add_folded(scan, TOKEN_WORD, len + 1,
                          scan->text[scan->at + len] == 'S' ? TOKEN_CAPITAL : 0);
    return add_folded(scan, TOKEN_PUNCT, len, 0);
}

static bool is_separator(uint32_t code)
{
    return code == '.' || code == ',' || code == 0x66b || code == 0x66c;
}

/* Digits with single separators inside ("1,200", "12.05.2025"), in any of the known digit sets. */
static int add_number(struct scan *scan)
{
    size_t at = scan->at, len = 0, after = 0;
    uint32_t code = 0, next = 0;
    while (at - scan->at < TOKEN_LEN_MAX - 8) {
        enum character_class class = look(scan, at, &len, &code);
        if (class != CHARACTER_DIGIT &&
            !(is_separator(code) && look(scan, at + len, &after, &next) == CHARACTER_DIGIT))
            break;
        at += len;
    }
    return add_folded(scan, TOKEN_NUMBER, at - scan->at, 0);
}

/* The same for ASCII digits, until anything but ASCII turns up. */
static int add_ascii_number(struct scan *scan)
{
    const char *s = scan->text + scan->at;
    size_t left = scan->len - scan->at, n = 1;
    while (n < left && (BYTES[(unsigned char)s[n]] == BYTE_DIGIT ||
                        ((s[n] == '.' || s[n] == ',') && n + 1 < left &&
                         BYTES[(unsigned char)s[n + 1]] == BYTE_DIGIT)))
        n++;
    if ((n < left && BYTES[(unsigned char)s[n]] == BYTE_WIDE) || n > 8 ||
        (n + 1 < left && BYTES[(unsigned char)s[n + 1]] == BYTE_WIDE))
        return add_number(scan);
    return add(scan, TOKEN_NUMBER, n, 0, word_find(scan->vocabulary, word_chunk(s, n), n));
}

/* Characters that end sentences. */
static bool is_stop(uint32_t code)
{
    static const uint32_t STOPS[] = {'.',   '!',   '?',   0x2026, 0x203c, 0x2047, 0x2048, 0x2049,
                                     0x61f, 0x6d4, 0x964, 0x3002, 0xff01, 0xff0e, 0xff1f};
    for (size_t i = 0; i < sizeof STOPS / sizeof *STOPS; i++)
        if (STOPS[i] == code)
            return true;
    return false;
}

/* A dash with space beside it parts clauses, one without joins words and numbers. */
static int add_en_dash(struct scan *scan, size_t len)
{
    size_t after = 0;
    uint32_t code = 0;
    bool spaced =
        (scan->flags & TOKEN_SPACE) || look(scan, scan->at + len, &after, &code) == CHARACTER_SPACE;
    return add(
        scan, TOKEN_PUNCT, len, 0,
        word_lookup(scan->vocabulary, spaced ? SLICE_LITERAL("\xe2\x80\x94") : SLICE_LITERAL("-")));
}

static void skip_space(struct scan *scan, uint32_t code, size_t len)
{
    unsigned flags = scan->flags | TOKEN_SPACE;
    if (code == '\n' || code == 0x85 || code == 0x2028)
        flags |= scan->flags & TOKEN_LINE ? TOKEN_PARAGRAPH : TOKEN_LINE;
    else if (code == 0x2029)
        flags |= TOKEN_LINE | TOKEN_PARAGRAPH;
    scan->flags = (uint8_t)flags;
    scan->at += len;
}

/* One token, or a piece of space, that begins with any character. */
static int cut_any(struct scan *scan)
{
    size_t len = 0;
    uint32_t code = 0;
    switch (look(scan, scan->at, &len, &code)) {
    case CHARACTER_LETTER: return add_any_word(scan);
    case CHARACTER_DIGIT: return add_number(scan);
    case CHARACTER_SPACE: skip_space(scan, code, len); return 0;
    case CHARACTER_APOSTROPHE: return add_apostrophe(scan, len);
    case CHARACTER_MARK: /* of no letter: a variant of an emoji and the like */
    case CHARACTER_IGNORED: scan->at += len; return 0;
    default:
        if (code == 0x2013)
            return add_en_dash(scan, len);
        return add_folded(scan, TOKEN_PUNCT, len, is_stop(code) ? TOKEN_STOP : 0);
    }
}

static inline uint64_t low_bytes(size_t n)
{
    return n >= 8 ? UINT64_MAX : (UINT64_C(1) << 8 * n) - 1;
}

/* Bytes before the first that is no letter, by letter_bits; 8 when all are. */
static inline size_t count_letters(uint64_t bits)
{
    uint64_t others = ~bits & EACH_BYTE(0x80);
    return others ? (size_t)__builtin_ctzll(others) / 8 : 8;
}

/* An ASCII word of eight letters or more. */
struct long_word {
    size_t len;
    uint64_t key; /* see word_table.h */
    bool all_upper;
};

static struct long_word measure_long(const char *s, size_t len)
{
    uint64_t x = word_chunk(s, len);
    struct long_word word = {
        .len = 8,
        .key = word_key_add(0, x | EACH_BYTE(0x20)),
        .all_upper = !(x & EACH_BYTE(0x20)),
    };
    size_t n = 8;
    while (n == 8 && word.len < len && word.len < TOKEN_LEN_MAX) {
        uint64_t next = word_chunk(s + word.len, len - word.len);
        n = count_letters(letter_bits(next));
        if (n == 0)
            break;
        word.all_upper &= !(next & EACH_BYTE(0x20) & low_bytes(n));
        word.key = word_key_add(word.key, (next | EACH_BYTE(0x20)) & low_bytes(n));
        word.len += n;
    }
    word.key = word.len == 8 ? x | EACH_BYTE(0x20) : word_key_end(word.key);
    return word;
}

/* Whether an ASCII word of 9 letters or more is the folded word of the same length. */
static inline bool same_ascii_word(const char *s, struct slice folded)
{
    const size_t end = folded.len - 8;
    uint64_t wrong = (word_chunk(s + end, 8) | EACH_BYTE(0x20)) ^ word_chunk(folded.ptr + end, 8);
    for (size_t i = 0; i < end; i += 8)
        wrong |= (word_chunk(s + i, 8) | EACH_BYTE(0x20)) ^ word_chunk(folded.ptr + i, 8);
    return wrong == 0;
}

/* `slot` has the key of the long word at `s`: the same slot, or if it is of another word of the
 * same key, the right one. */
static inline const struct word_slot *check_long(const struct scan *scan, const char *s, size_t len,
                                                 const struct word_slot *slot)
{
    if (same_ascii_word(s, scan->vocabulary->entries[slot->id].word))
        return slot;
    char bytes[WORD_MAX + 8];
    size_t folded = word_fold((struct slice){s, len}, bytes);
    return word_lookup(scan->vocabulary, (struct slice){bytes, folded});
}

/* Whether an ASCII word may go on, or be more than a word, at the byte behind it. */
static inline bool goes_on(char next, size_t len)
{
    return (next & 0x80) || next == '\'' || (next == '.' && len == 1);
}

/* Cuts a word of more than 16 letters, or one at the end of a block, whose length is not known yet.
 */
static int add_long_word(struct scan *scan)
{
    static const struct word_slot NONE = {0};
    const char *s = scan->text + scan->at;
    size_t left = scan->len - scan->at;
    uint64_t x = word_chunk(s, left);
    size_t n = count_letters(letter_bits(x));
    struct long_word word = {n, (x | EACH_BYTE(0x20)) & low_bytes(n),
                             n > 1 && !(x & EACH_BYTE(0x20) & low_bytes(n))};
    if (n == 8)
        word = measure_long(s, left);
    if (word.len < left && goes_on(s[word.len], word.len))
        return add_any_word(scan);
    const struct word_slot *slot = &NONE;
    if (word.len <= 8)
        slot = word_find(scan->vocabulary, word.key, word.len);
    else if (word.len <= WORD_MAX)
        slot = word_find(scan->vocabulary, word.key, word.len);
    if (word.len > 8 && slot->len)
        slot = check_long(scan, s, word.len, slot);
    unsigned flags = (x & 0x20 ? 0 : TOKEN_CAPITAL) | (word.all_upper ? TOKEN_UPPER : 0);
    return add(scan, TOKEN_WORD, word.len, (uint8_t)flags, slot);
}

/* One token or a piece of space that is no ASCII word, by its first byte. */
static int cut_other(struct scan *scan)
{
    char c = scan->text[scan->at];
    switch (BYTES[(unsigned char)c]) {
    case BYTE_PUNCT:
        if (c == '\'')
            return add_apostrophe(scan, 1);
        return add(scan, TOKEN_PUNCT, 1, c == '.' || c == '!' || c == '?' ? TOKEN_STOP : 0,
                   word_find(scan->vocabulary, (unsigned char)c, 1));
    case BYTE_LINE: skip_space(scan, '\n', 1); return 0;
    case BYTE_DIGIT: return add_ascii_number(scan);
    default: return cut_any(scan);
    }
}

/* Cuts the tokens at `plain`: words, numbers and punctuation of ASCII that end in the block. `text`
 * are the bytes of the block with 8 more behind them. Where a token begins is known from the bits
 * of the block and nothing depends on the token before, so that the processor works on several at a
 * time. There is room for a block of tokens. Stops before a word of more than 16 letters. */
static inline uint64_t cut_plain(struct scan *scan, const struct block *block, size_t base,
                                 const char *text, uint64_t plain)
{
    static const uint64_t LOW[9] = {
        0,          0xff,         0xffff,         0xffffff,
        0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff,
        UINT64_MAX,
    };
    const struct vocabulary *const vocabulary = scan->vocabulary;
    const uint64_t spaced = block->blanks << 1 | (base > 0 && scan->text[base - 1] == ' ');
    struct token *out = scan->tokens + scan->n;
    unsigned pending = scan->flags;
    size_t end = scan->at;
    for (; plain; plain &= plain - 1) {
        const unsigned bit = (unsigned)__builtin_ctzll(plain);
        const char *const s = text + bit;
        unsigned flags = pending | (unsigned)(spaced >> bit & 1); /* TOKEN_SPACE */
        unsigned n = 1, kind = TOKEN_PUNCT;
        const struct word_slot *slot;
        if (block->letters >> bit & 1) {
            n = (unsigned)__builtin_ctzll(~(block->letters >> bit));
            uint64_t x = word_chunk(s, 8);
            flags |= (~(unsigned)x & 0x20) >> 4; /* TOKEN_CAPITAL */
            kind = TOKEN_WORD;
            if (n <= 8) {
                slot = word_find_short(vocabulary, (x | EACH_BYTE(0x20)) & LOW[n]);
                flags |= (unsigned)((n > 1) & !(x & EACH_BYTE(0x20) & LOW[n])) * TOKEN_UPPER;
            } else {
                if (n > 16)
                    break;
                uint64_t y = word_chunk(s + n - 8, 8);
                flags |= (unsigned)!((x | y) & EACH_BYTE(0x20)) * TOKEN_UPPER;
                y = (word_chunk(s + 8, 8) | EACH_BYTE(0x20)) & LOW[n - 8];
                slot = word_find(vocabulary, word_key_16(x | EACH_BYTE(0x20), y), n);
                if (slot->len)
                    slot = check_long(scan, s, n, slot);
            }
        } else if (block->digits >> bit & 1) {
            n = (unsigned)__builtin_ctzll(~(block->digits >> bit));
            if (n > 8)
                break;
            kind = TOKEN_NUMBER;
            slot = word_find_short(vocabulary, word_chunk(s, 8) & LOW[n]);
        } else {
            const unsigned char c = (unsigned char)*s;
            flags |= (unsigned)((c == '.') | (c == '!') | (c == '?')) * TOKEN_STOP;
            slot = word_find_short(vocabulary, c);
        }
        put(out++, base + bit, n, kind, flags, slot);
        pending = 0;
        end = base + bit + n;
    }
    scan->n = (size_t)(out - scan->tokens);
    scan->at = end;
    scan->flags = (uint8_t)pending;
    return plain;
}

/* Cuts the tokens that begin in the block at `base`. What is to be cut next goes to *next: the byte
 * behind the block, or one before it where a word begins that goes on behind. */
static int cut_block(struct scan *scan, size_t base, size_t *next)
{
    char padded[BLOCK + 16];
    const char *text = scan->text + base;
    if (scan->len - base < sizeof padded) {
        memset(padded, ' ', sizeof padded);
        memcpy(padded, text, scan->len - base);
        text = padded;
    }
    const struct block block = classify(text);
    const uint64_t cut_off = last_run(&block);
    uint64_t rest = starts_from(&block, scan->at > base ? scan->at - base : 0);
    *next = base + BLOCK;
    while (rest) {
        while (scan->capacity - scan->n < BLOCK)
            if (grow(scan))
                return -1;
        uint64_t plain = starts_before(&block, rest, first_hard(&block, rest));
        uint64_t left = cut_plain(scan, &block, base, text, plain);
        rest &= ~(plain & ~left);
        if (!rest)
            break;
        scan->at = base + (unsigned)__builtin_ctzll(rest);
        if (rest == cut_off && scan->at > base) {
            *next = scan->at;
            break;
        }
        if (scan->at > 0 && scan->text[scan->at - 1] == ' ')
            scan->flags |= TOKEN_SPACE;
        bool word = BYTES[(unsigned char)scan->text[scan->at]] == BYTE_LETTER;
        if (word ? add_long_word(scan) : cut_other(scan))
            return -1;
        if (scan->at >= base + BLOCK) {
            *next = scan->at;
            break;
        }
        rest = starts_from(&block, scan->at - base);
    }
    return 0;
}

int tokens_make(struct arena *arena, const struct vocabulary *vocabulary, struct document *doc,
                struct error *err)
{
    struct scan scan = {
        .text = doc->text.ptr,
        .len = doc->text.len,
        .flags = TOKEN_SPACE,
        .capacity = doc->text.len / 5 + 2 * BLOCK, /* English news: 5.2 bytes a token */
        .vocabulary = vocabulary,
        .arena = arena,
        .err = err,
    };
    scan.tokens = arena_alloc(arena, scan.capacity * sizeof *scan.tokens);
    if (!scan.tokens)
        return arena_full(arena, err);
    for (size_t base = 0, next = 0; base < scan.len; base = next)
        if (cut_block(&scan, base, &next))
            return -1;
    doc->tokens = scan.tokens;
    doc->n_tokens = scan.n;
    return 0;
}
