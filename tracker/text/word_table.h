#ifndef TRACKER_TEXT_WORD_TABLE_H
#define TRACKER_TEXT_WORD_TABLE_H

#include "text/vocabulary.h"

/* The inside of a vocabulary, for the tokenizer, which looks up every word of every report and must
 * not call a function for it. Everybody else uses vocabulary.h.
 *
 * A folded word of up to 16 bytes is its own key (two little-endian numbers, padded with zeros), so that
 * a match of the key is a match of the word; a longer one has a hash for a key and is compared. */
struct word_key {
    uint64_t first; /* never 0: no word begins with a zero byte */
    uint64_t second;
};

struct word_slot {
    struct word_key key; /* zeros in a free slot */
    uint32_t id;         /* WORD_UNKNOWN in a free slot */
    uint8_t marks;
};

struct word_entry {
    struct slice word; /* folded, in the vocabulary's arena */
    uint8_t marks;
};

struct vocabulary {
    struct word_slot *slots;
    size_t n_slots; /* a power of two, at most half full */
    unsigned shift; /* 64 - log2(n_slots) */
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

/* A word longer than 16 bytes has a hash for a key. No UTF-8 text begins with the byte 0x80, so it is
 * the key of no shorter word. */
static inline struct word_key word_key_start(void)
{
    return (struct word_key){0, 0};
}

static inline struct word_key word_key_add(struct word_key key, uint64_t chunk)
{
    uint64_t mixed = (key.first ^ chunk) * WORD_KEY_FACTOR;
    return (struct word_key){mixed ^ mixed >> 29, key.second + 1};
}

static inline struct word_key word_key_end(struct word_key key)
{
    return (struct word_key){(key.first & ~UINT64_C(0xff)) | 0x80, key.second};
}

static inline struct word_key word_key_of(const char *folded, size_t len)
{
    if (len <= 8)
        return (struct word_key){word_chunk(folded, len), 0};
    if (len <= 16)
        return (struct word_key){word_chunk(folded, 8), word_chunk(folded + 8, len - 8)};
    struct word_key key = word_key_start();
    for (size_t i = 0; i < len; i += 8)
        key = word_key_add(key, word_chunk(folded + i, len - i));
    return word_key_end(key);
}

/* The first slot that has the key, else a free one; with a hash for a key the word is still to be
 * compared. */
static inline const struct word_slot *word_find(const struct vocabulary *vocabulary,
                                                struct word_key key)
{
    uint64_t hash = (key.first ^ (key.second << 7 | key.second >> 57)) * WORD_KEY_FACTOR;
    size_t i = (size_t)(hash >> vocabulary->shift);
    const struct word_slot *slot = &vocabulary->slots[i];
    while (__builtin_expect(((slot->key.first ^ key.first) | (slot->key.second ^ key.second)) != 0 &&
                                slot->key.first != 0,
                            0)) {
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
