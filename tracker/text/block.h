#ifndef TRACKER_TEXT_BLOCK_H
#define TRACKER_TEXT_BLOCK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Classes of bytes, one by one and 64 at a time, for the tokenizer. */

#define EACH_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

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

/* The high bit of every byte of `x` that is an ASCII letter. */
static inline uint64_t letter_bits(uint64_t x)
{
    uint64_t low = (x | EACH_BYTE(0x20)) & EACH_BYTE(0x7f);
    uint64_t from_a = low + EACH_BYTE(0x80 - 'a');
    uint64_t over_z = low + EACH_BYTE(0x80 - 'z' - 1);
    return from_a & ~over_z & ~x & EACH_BYTE(0x80);
}

#define BLOCK 64

/* The classes of 64 bytes, one bit a byte, the first byte lowest. */
struct block {
    uint64_t letters; /* of ASCII */
    uint64_t digits;
    uint64_t blanks; /* the space character alone */
    uint64_t points; /* . and , */
    uint64_t hard;   /* apostrophes, controls and what is part of a character beyond ASCII */
};

#ifdef __SSE2__
/* Bytes from `low` on, `count` of them: shifted so that `low` is the smallest signed byte, one
 * comparison tests the range. */
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
        /* '.' and ',' differ in one bit. */
        block.points |= equal_bits(_mm_or_si128(x, _mm_set1_epi8(2)), '.') << i;
        /* As signed bytes those beyond ASCII are smallest: they and the controls are below space.
         */
        __m128i hard = _mm_or_si128(_mm_cmplt_epi8(x, _mm_set1_epi8(' ')),
                                    _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('\'')),
                                                 _mm_cmpeq_epi8(x, _mm_set1_epi8(0x7f))));
        block.hard |= (uint64_t)(uint32_t)_mm_movemask_epi8(hard) << i;
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
        block.blanks |= s[i] == ' ' ? bit : 0;
        block.points |= s[i] == '.' || s[i] == ',' ? bit : 0;
        block.hard |= class == BYTE_WIDE || class == BYTE_LINE || s[i] == '\'' ||
                              (class == BYTE_SPACE && s[i] != ' ')
                          ? bit
                          : 0;
    }
    return block;
}
#endif

/* Where tokens begin in the rest of a block, from the byte `from` on, whatever it is in the middle
 * of. */
static inline uint64_t starts_from(const struct block *block, size_t from)
{
    uint64_t inside = (block->letters & block->letters << 1) | (block->digits & block->digits << 1);
    uint64_t starts = ~block->blanks & ~inside;
    return (starts & UINT64_MAX << from) | (~block->blanks & UINT64_C(1) << from);
}

/* The start of the word or number that the block ends in the middle of, perhaps; 0 without one. */
static inline uint64_t last_run(const struct block *block)
{
    const uint64_t last = UINT64_C(1) << (BLOCK - 1);
    const uint64_t run = block->letters & last ? block->letters : block->digits;
    const uint64_t before = ~run;
    return !(run & last) ? 0 : !before ? 1 : UINT64_C(2) << (63 - __builtin_clzll(before));
}

/* The first byte of a block, from `rest` on, that is not cut by cut_plain; BLOCK when there is
 * none. */
static inline unsigned first_hard(const struct block *block, uint64_t rest)
{
    const uint64_t last = UINT64_C(1) << (BLOCK - 1);
    const uint64_t behind = block->letters << 1 & ~block->letters;
    const uint64_t initials = block->letters & ~(block->letters << 1);
    /* "U.S." and "1,200"; besides, whether a word ends in the block is not known when its last byte
     * is a letter or a digit. */
    uint64_t hard = block->hard | (block->points & behind & initials << 1) |
                    (block->points & (block->digits >> 1 | last) & block->digits << 1) |
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

#endif
