/* Cuts text into tokens. Nine tokens of ten are ASCII words with a space behind them, and the speed
 * of the program is the speed of this loop: such a word is measured, folded and looked up eight bytes
 * at a time, in registers. Everything else (other scripts, apostrophes, "U.S.") takes the slower
 * functions below, which decide by character class. Both must agree; tests/text/test_document.c
 * compares them. */
#include "text/token.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text/character.h"
#include "text/utf8.h"
#include "text/word_table.h"

#define TOKEN_LEN_MAX 65528 /* fits uint16_t, a multiple of 8 */
#define DOTTED_MAX 32       /* longest "U.S.S.R." in bytes */
#define EACH_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

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

enum byte_class { BYTE_PUNCT, BYTE_LETTER, BYTE_DIGIT, BYTE_SPACE, BYTE_LINE, BYTE_WIDE };

#define P BYTE_PUNCT
#define L BYTE_LETTER
#define D BYTE_DIGIT
#define S BYTE_SPACE
#define N BYTE_LINE
#define W BYTE_WIDE
static const uint8_t BYTES[256] = {
    S, S, S, S, S, S, S, S, S, S, N, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
    S, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P,
    P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, P,
    P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, S,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
};
#undef P
#undef L
#undef D
#undef S
#undef N
#undef W

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

/* The end of single letters joined by full stops ("U.S.", "p.m") that begin at scan->at with a letter
 * of `first` bytes; 0 when there is only one letter. */
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
    return add(scan, TOKEN_NUMBER, n, 0, word_find(scan->vocabulary, word_key_of(s, n)));
}

/* Characters that end sentences. */
static bool is_stop(uint32_t code)
{
    static const uint32_t STOPS[] = {'.',   '!',    '?',    0x2026, 0x203c, 0x2047, 0x2048, 0x2049,
                                     0x61f, 0x6d4,  0x964,  0x3002, 0xff01, 0xff0e, 0xff1f};
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
    bool spaced = (scan->flags & TOKEN_SPACE) ||
                  look(scan, scan->at + len, &after, &code) == CHARACTER_SPACE;
    return add(scan, TOKEN_PUNCT, len, 0,
               word_lookup(scan->vocabulary,
                           spaced ? SLICE_LITERAL("\xe2\x80\x94") : SLICE_LITERAL("-")));
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
    case CHARACTER_LETTER:
        return add_any_word(scan);
    case CHARACTER_DIGIT:
        return add_number(scan);
    case CHARACTER_SPACE:
        skip_space(scan, code, len);
        return 0;
    case CHARACTER_APOSTROPHE:
        return add_apostrophe(scan, len);
    case CHARACTER_MARK: /* of no letter: a variant of an emoji and the like */
    case CHARACTER_IGNORED:
        scan->at += len;
        return 0;
    default:
        if (code == 0x2013)
            return add_en_dash(scan, len);
        return add_folded(scan, TOKEN_PUNCT, len, is_stop(code) ? TOKEN_STOP : 0);
    }
}

/* The high bit of every byte of `x` that is an ASCII letter. */
static inline uint64_t letter_bits(uint64_t x)
{
    uint64_t low = (x | EACH_BYTE(0x20)) & EACH_BYTE(0x7f);
    uint64_t from_a = low + EACH_BYTE(0x80 - 'a');
    uint64_t over_z = low + EACH_BYTE(0x80 - 'z' - 1);
    return from_a & ~over_z & ~x & EACH_BYTE(0x80);
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

/* An ASCII word of any length. */
struct ascii_word {
    size_t len;
    struct word_key key;
    bool all_upper;
};

static struct ascii_word measure_word(const char *s, size_t len)
{
    uint64_t chunks[2] = {0, 0};
    struct ascii_word word = {.key = word_key_start(), .all_upper = true};
    size_t n = 8;
    while (n == 8 && word.len < len && word.len < TOKEN_LEN_MAX) {
        uint64_t x = word_chunk(s + word.len, len - word.len);
        n = count_letters(letter_bits(x));
        if (n == 0)
            break;
        uint64_t folded = (x | EACH_BYTE(0x20)) & low_bytes(n);
        if (word.len < 16)
            chunks[word.len / 8] = folded;
        word.all_upper &= !(x & EACH_BYTE(0x20) & low_bytes(n));
        word.key = word_key_add(word.key, folded);
        word.len += n;
    }
    word.all_upper &= word.len > 1;
    word.key = word.len > 16 ? word_key_end(word.key) : (struct word_key){chunks[0], chunks[1]};
    return word;
}

static bool same_ascii_word(const char *s, struct slice folded)
{
    for (size_t i = 0; i < folded.len; i++)
        if ((s[i] | 0x20) != folded.ptr[i])
            return false;
    return true;
}

/* `slot` has the hash of the long word at `s`: the same slot, or if it is of another word of the same
 * hash, the right one. */
static const struct word_slot *check_long(const struct scan *scan, const char *s, size_t len,
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

#define BLOCK 64

/* The classes of 64 bytes, one bit a byte, the first byte lowest. */
struct block {
    uint64_t letters; /* of ASCII */
    uint64_t digits;
    uint64_t blanks; /* the space character alone */
    uint64_t stops;  /* . */
    uint64_t commas; /* , */
    uint64_t ends;   /* . ! ? */
    uint64_t quotes; /* ' */
    uint64_t wide;   /* part of a character beyond ASCII */
    uint64_t other;  /* controls */
};

#ifdef __SSE2__
/* Bytes from `low` on, `count` of them: shifted so that `low` is the smallest signed byte, one comparison
 * tests the range. */
static inline uint64_t range_bits(__m128i x, unsigned char low, int count)
{
    __m128i shifted = _mm_add_epi8(x, _mm_set1_epi8((char)(0x80 - low)));
    __m128i in = _mm_cmplt_epi8(shifted, _mm_set1_epi8((char)(count - 128)));
    return (uint64_t)(uint32_t)_mm_movemask_epi8(in);
}

static inline uint64_t equal_bits(__m128i x, char c)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_set1_epi8(c)));
}

static inline struct block classify(const char *s)
{
    struct block block = {0};
    for (int i = 0; i < BLOCK; i += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(s + i));
        block.letters |= range_bits(_mm_or_si128(x, _mm_set1_epi8(0x20)), 'a', 26) << i;
        block.digits |= range_bits(x, '0', 10) << i;
        block.blanks |= equal_bits(x, ' ') << i;
        block.stops |= equal_bits(x, '.') << i;
        block.commas |= equal_bits(x, ',') << i;
        block.ends |= (equal_bits(x, '.') | equal_bits(x, '!') | equal_bits(x, '?')) << i;
        block.quotes |= equal_bits(x, '\'') << i;
        block.other |= (range_bits(x, 0, ' ') | equal_bits(x, 0x7f)) << i;
        block.wide |= (uint64_t)(uint32_t)_mm_movemask_epi8(x) << i;
    }
    return block;
}
#else
static inline struct block classify(const char *s)
{
    struct block block = {0};
    for (int i = 0; i < BLOCK; i++) {
        const uint64_t bit = UINT64_C(1) << i;
        uint8_t class = BYTES[(unsigned char)s[i]];
        block.letters |= class == BYTE_LETTER ? bit : 0;
        block.digits |= class == BYTE_DIGIT ? bit : 0;
        block.wide |= class == BYTE_WIDE ? bit : 0;
        block.blanks |= s[i] == ' ' ? bit : 0;
        block.other |= class == BYTE_LINE || (class == BYTE_SPACE && s[i] != ' ') ? bit : 0;
        block.stops |= s[i] == '.' ? bit : 0;
        block.commas |= s[i] == ',' ? bit : 0;
        block.ends |= s[i] == '.' || s[i] == '!' || s[i] == '?' ? bit : 0;
        block.quotes |= s[i] == '\'' ? bit : 0;
    }
    return block;
}
#endif

/* Cuts a word of more than 16 letters, or one at the end of a block, whose length is not known yet. */
static int add_long_word(struct scan *scan)
{
    static const struct word_slot NONE = {0};
    const char *s = scan->text + scan->at;
    size_t left = scan->len - scan->at;
    struct ascii_word word = measure_word(s, left);
    if (word.len < left && goes_on(s[word.len], word.len))
        return add_any_word(scan);
    const struct word_slot *slot = word.len > WORD_MAX ? &NONE : word_find(scan->vocabulary, word.key);
    if (word.len > 16 && slot->id)
        slot = check_long(scan, s, word.len, slot);
    unsigned flags = (s[0] & 0x20 ? 0 : TOKEN_CAPITAL) | (word.all_upper ? TOKEN_UPPER : 0);
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
                   word_find(scan->vocabulary, word_key_of(&c, 1)));
    case BYTE_LINE:
        skip_space(scan, '\n', 1);
        return 0;
    case BYTE_DIGIT:
        return add_ascii_number(scan);
    default:
        return cut_any(scan);
    }
}

/* Where tokens begin in the rest of a block, from the byte `from` on, whatever it is in the middle of. */
static inline uint64_t starts_from(const struct block *block, size_t from)
{
    uint64_t inside = (block->letters & block->letters << 1) | (block->digits & block->digits << 1);
    uint64_t starts = ~block->blanks & ~inside;
    return (starts & UINT64_MAX << from) | (~block->blanks & UINT64_C(1) << from);
}

/* The first byte of a block, from `rest` on, that is not cut by cut_plain; BLOCK when there is none. */
static inline unsigned first_hard(const struct block *block, uint64_t rest)
{
    const uint64_t behind = block->letters << 1 & ~block->letters;
    const uint64_t initials = block->letters & ~(block->letters << 1);
    const uint64_t last = UINT64_C(1) << (BLOCK - 1);
    const uint64_t grouped =
        (block->stops | block->commas) & (block->digits >> 1 | last) & block->digits << 1;
    /* Anything but ASCII, apostrophes, controls; "U.S."; "1,200". Whether a word ends in the block is
     * not known when its last byte is a letter or a digit. */
    uint64_t hard = block->wide | block->quotes | block->other | grouped |
                    (block->stops & behind & initials << 1) |
                    ((block->letters | block->digits) & last);
    hard &= rest ? UINT64_MAX << __builtin_ctzll(rest) : 0;
    return hard ? (unsigned)__builtin_ctzll(hard) : BLOCK;
}

/* The starts that lie before `hard` and whose tokens end before it too. */
static inline uint64_t starts_before(const struct block *block, uint64_t rest, unsigned hard)
{
    if (hard == BLOCK)
        return rest;
    uint64_t before = rest & ((UINT64_C(1) << hard) - 1);
    /* The word or number that `hard` is part of, or stands right behind. */
    uint64_t runs = block->letters | block->digits;
    if (before && hard > 0 && runs >> (hard - 1) & 1)
        before &= ~(UINT64_C(1) << (63 - __builtin_clzll(before)));
    return before;
}

/* Cuts the tokens at `plain`: words, numbers and punctuation of ASCII that end in the block. `text` are
 * the bytes of the block with 16 more behind them. Where a token begins is known from the bits of the
 * block and nothing depends on the token before, so that the processor works on several at a time;
 * what kind of token comes next is a coin toss that it cannot predict, so that is computed, not
 * branched on. There is room for a block of tokens. Stops before a token of more than 16 bytes and
 * returns the starts not done. */
static inline uint64_t cut_plain(struct scan *scan, const struct block *block, size_t base,
                                 const char *text, uint64_t plain)
{
    static const uint64_t LOW[9] = {
        0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff,
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
        const unsigned letter = (unsigned)(block->letters >> bit & 1);
        const uint64_t runs = letter ? block->letters : block->digits;
        const unsigned run = (unsigned)__builtin_ctzll(~(runs >> bit));
        const unsigned n = run + (run == 0), head = n < 8 ? n : 8;
        if (__builtin_expect(n > 16, 0))
            break;
        const uint64_t x = word_chunk(s, 8) & LOW[head], y = word_chunk(s + 8, 8) & LOW[n - head];
        const uint64_t fold = letter ? EACH_BYTE(0x20) : 0;
        const struct word_slot *slot = word_find(
            vocabulary, (struct word_key){x | (fold & LOW[head]), y | (fold & LOW[n - head])});
        unsigned flags = pending | (unsigned)(spaced >> bit & 1); /* TOKEN_SPACE */
        flags |= (~(unsigned)x & 0x20 & -letter) >> 4;            /* TOKEN_CAPITAL */
        flags |= ((((x | y) & EACH_BYTE(0x20)) == 0) & (n > 1) & letter) * TOKEN_UPPER;
        flags |= (unsigned)(block->ends >> bit & 1) * TOKEN_STOP;
        put(out++, base + bit, n, TOKEN_PUNCT - 2 * letter - (!letter & (run != 0)), flags, slot);
        pending = 0;
        end = base + bit + n;
    }
    scan->n = (size_t)(out - scan->tokens);
    scan->at = end;
    scan->flags = (uint8_t)pending;
    return plain;
}

/* Cuts the tokens that begin in the block at `base`. */
static int cut_block(struct scan *scan, size_t base)
{
    char padded[BLOCK + 16];
    const char *text = scan->text + base;
    if (scan->len - base < sizeof padded) {
        memset(padded, ' ', sizeof padded);
        memcpy(padded, text, scan->len - base);
        text = padded;
    }
    const struct block block = classify(text);
    uint64_t rest = starts_from(&block, scan->at > base ? scan->at - base : 0);
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
        if (scan->at > 0 && scan->text[scan->at - 1] == ' ')
            scan->flags |= TOKEN_SPACE;
        bool word = BYTES[(unsigned char)scan->text[scan->at]] == BYTE_LETTER;
        if (word ? add_long_word(scan) : cut_other(scan))
            return -1;
        if (scan->at >= base + BLOCK)
            break;
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
    for (size_t base = 0; base < scan.len; base += BLOCK) {
        if (scan.at >= base + BLOCK)
            base = scan.at / BLOCK * BLOCK;
        if (base < scan.len && cut_block(&scan, base))
            return -1;
    }
    doc->tokens = scan.tokens;
    doc->n_tokens = scan.n;
    return 0;
}
