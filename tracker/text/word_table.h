#ifndef TRACKER_TEXT_WORD_TABLE_H
#define TRACKER_TEXT_WORD_TABLE_H

#include "text/vocabulary.h"

/* The inside of a vocabulary, for the tokenizer, which looks up every word of every report and must
 * not call a function for it. Everybody else uses vocabulary.h.
 *
 * A folded word of up to 8 bytes is its own key (little-endian, padded with zeros), so that a match
 * of key and length is a match of the word; a longer one has a hash for a key and is compared. */
struct word_slot {
    uint64_t key; /* 0 in a free slot */
    uint32_t id;  /* WORD_UNKNOWN in a free slot */
    uint16_t len; /* of the folded word; 0 in a free slot */
    uint8_t marks;
};

struct word_entry {
    struct slice word; /* folded, in the vocabulary's arena */
    uint8_t marks;
};

struct vocabulary {
    struct word_slot *slots;
    size_t n_slots;             /* a power of two, at most half full */
    unsigned shift;             /* 64 - log2(n_slots) */
    struct word_entry *entries; /* by id; entry 0 stands for unknown words */
    size_t entries_capacity;
    uint32_t n_entries;
    struct arena arena;
};

#define WORD_KEY_FACTOR UINT64_C(0x9e3779b97f4a7c15) /* 2^64 / golden ratio (Fibonacci hashing) */

/* Up to 8 bytes as a number whose low byte is the first, on any machine. */
static inline uint64_t word_chunk(const char *bytes, size_t len)
{
    uint64_t x = 0;
    if (len >= 8)
        memcpy(&x, bytes, 8);
    else
        memcpy(&x, bytes, len);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    x = __builtin_bswap64(x);
#endif
    return x;
}

/* The key of a long word: chunk by chunk, from 0. */
static inline uint64_t word_key_add(uint64_t key, uint64_t chunk)
{
    key = (key ^ chunk) * WORD_KEY_FACTOR;
    return key ^ key >> 29;
}

/* Ends the key of a long word: no UTF-8 text begins with the byte 0x80, so it is no short word's.
 */
static inline uint64_t word_key_end(uint64_t key)
{
    return (key & ~UINT64_C(0xff)) | 0x80;
}

/* The key of a word of 9 to 16 bytes. */
static inline uint64_t word_key_16(uint64_t first, uint64_t second)
{
    return word_key_end(word_key_add(word_key_add(0, first), second));
}

static inline uint64_t word_key(const char *folded, size_t len)
{
    if (len <= 8)
        return word_chunk(folded, len);
    uint64_t key = 0;
    for (size_t i = 0; i < len; i += 8)
        key = word_key_add(key, word_chunk(folded + i, len - i));
    return word_key_end(key);
}

static inline size_t word_home(const struct vocabulary *vocabulary, uint64_t key)
{
    return (size_t)((key * WORD_KEY_FACTOR) >> vocabulary->shift);
}

/* The slot of a word of at most 8 bytes, or a free slot: there the key says all. */
static inline const struct word_slot *word_find_short(const struct vocabulary *vocabulary,
                                                      uint64_t key)
{
    size_t i = word_home(vocabulary, key);
    const struct word_slot *slot = &vocabulary->slots[i];
    while (__builtin_expect((slot->key != key) & (slot->key != 0), 0)) {
        i = (i + 1) & (vocabulary->n_slots - 1);
        slot = &vocabulary->slots[i];
    }
    return slot;
}

/* The first slot that has key and length, else a free one; a long word is still to be compared. */
static inline const struct word_slot *word_find(const struct vocabulary *vocabulary, uint64_t key,
                                                size_t len)
{
    size_t i = word_home(vocabulary, key);
    const struct word_slot *slot = &vocabulary->slots[i];
    while (slot->len && (slot->key != key || slot->len != len)) {
        i = (i + 1) & (vocabulary->n_slots - 1);
        slot = &vocabulary->slots[i];
    }
    return slot;
}

/* The slot of an already folded word; a free one, with id WORD_UNKNOWN, when it is not there. */
const struct word_slot *word_lookup(const struct vocabulary *vocabulary, struct slice folded);

/* Folds one token as utf8_fold does, and adds the final stop that "U.S" lacks. Returns the length,
 * 0 when there is nothing left or more than WORD_MAX bytes. */
size_t word_fold(struct slice word, char out[WORD_MAX + 8]);

#endif
