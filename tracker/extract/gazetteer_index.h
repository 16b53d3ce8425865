#ifndef TRACKER_EXTRACT_GAZETTEER_INDEX_H
#define TRACKER_EXTRACT_GAZETTEER_INDEX_H

#include "extract/gazetteer.h"

/* The index file, shared by gazetteer_build.c, which writes it, and gazetteer.c, which maps it.
 *
 *   header   struct index_header
 *   places   struct gazetteer_place[n_places]
 *   slots    struct index_slot[n_slots]     open addressing by the hash of a folded name
 *   firsts   struct index_first[n_firsts]   open addressing by the hash of a name's first word
 *   bloom    2^bloom_bits bits              two bits a first word: no name begins with it when one
 * is 0 lists    uint32_t[n_lists]              candidates: place index | flags << INDEX_FLAG_SHIFT
 *   strings  bytes                          at each ref: uint16_t length, bytes, NUL; ref 0 is ""
 *
 * Keys are folded names; "\x01UA.22" for codes and "\x02..." for loose spellings (loose_name.h).
 * Numbers are in the byte order of the machine that built it; another order fails the check of
 * `order`. Sections begin at multiples of 8. */
#define INDEX_MAGIC "TRKPLACE"
#define INDEX_VERSION 2u
#define INDEX_ORDER 0x01020304u
#define INDEX_FLAG_SHIFT 28
#define INDEX_PLACE_MASK ((1u << INDEX_FLAG_SHIFT) - 1)
/* A folded name is at most this long and has at most this many words; longer ones are not indexed.
 */
#define INDEX_NAME_BYTES 120
#define INDEX_NAME_WORDS 10

struct index_header {
    char magic[8];
    uint32_t version;
    uint32_t order;
    uint64_t size;
    uint32_t n_places;
    uint32_t n_slots; /* powers of two */
    uint32_t n_firsts;
    uint32_t bloom_bits;
    uint32_t n_lists;
    uint32_t n_names;
    uint64_t places;
    uint64_t slots;
    uint64_t firsts;
    uint64_t bloom;
    uint64_t lists;
    uint64_t strings;
    uint64_t strings_len;
};

struct index_slot {
    uint32_t tag;  /* upper half of the hash */
    uint32_t name; /* string ref of the folded name; 0 marks an empty slot */
    uint32_t list; /* first candidate */
    uint16_t count;
    uint16_t flags; /* enum place_name_flag */
};

struct index_first {
    uint32_t tag; /* upper half of the hash, never 0 in a used slot */
    uint32_t words;
};

static inline uint32_t index_tag(uint64_t hash)
{
    return (uint32_t)(hash >> 32) | 1u;
}

/* The two bits of a first word in the bloom filter. */
static inline uint32_t index_bloom_bit(uint64_t hash, int which, uint32_t bits)
{
    return (uint32_t)(which ? hash >> 37 : hash >> 5) & ((1u << bits) - 1);
}

#endif
