#ifndef TRACKER_RECONCILE_BLOCKING_H
#define TRACKER_RECONCILE_BLOCKING_H

#include "reconcile/work.h"

enum block_kind {
    BLOCK_EQUALS, /* everybody meets everybody */
    BLOCK_WORD,   /* the same, but a word of too many events is passed over */
    BLOCK_FORMER, /* a toll: those whose toll rose from it meet those who had it */
};

/* Blocking: only events that share a key are compared, so that the work grows with the events and
 * not with their square. An entry says that an event stands under a key. */
struct block_entry {
    uint64_t key;
    uint32_t index;
    bool seeks;   /* looks for those that do not seek: a vague event, or a toll that rose */
    uint8_t kind; /* enum block_kind */
};
struct block_set {
    struct block_entry *items;
    size_t n, capacity;
};

/* Adds the keys under which an event meets its equals: same place and day or the next, same tolls
 * in the region within 14 days, a toll and what rose from it, copy family, towns side by side on
 * one day, region and day, waves of a night. */
int block_meet(struct work *work, struct block_set *set, uint32_t index,
               struct error *err) WARN_UNUSED;

/* Adds the keys under which a clustered event may be found by a vague one, or (`seeks`) under which
 * a vague one looks: place or region and fortnight, region and day, tolls in the country, copy
 * family. */
int block_offer(struct work *work, struct block_set *set, uint32_t index,
                struct error *err) WARN_UNUSED;
int block_seek(struct work *work, struct block_set *set, uint32_t index,
               struct error *err) WARN_UNUSED;

/* Sorts by key, then seekers last, then index, and drops what stands there twice. */
void block_sort(struct block_set *set);

/* Where the block that starts at `start` ends. */
size_t block_end(const struct block_set *set, size_t start);

/* Whether two entries of one block are to be compared: of a toll, only what rose from it with what
 * had it. */
static inline bool block_compares(const struct block_entry *a, const struct block_entry *b)
{
    return a->kind != BLOCK_FORMER || a->seeks != b->seeks;
}

/* Joins in `components` every two events of a block that score at least the link threshold. */
void block_connect(struct work *work, const struct block_set *set, struct partition *components);

#endif
