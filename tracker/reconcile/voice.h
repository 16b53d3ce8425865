#ifndef TRACKER_RECONCILE_VOICE_H
#define TRACKER_RECONCILE_VOICE_H

#include "reconcile/work.h"

/* A claim as a word in the matter: who said what, and when first. */
struct word {
    const struct event_claim *claim;
    struct slice voice; /* the claimant; else the outlet that printed the text first */
    int64_t family;
    int64_t low, best, high; /* of the claim; COUNT_OPEN when open */
    instant said;    /* when this voice first said this number; INSTANT_NONE counts as earliest */
    uint8_t rank;    /* 1 best .. 9; worst for what is unverified */
    bool exact;      /* a plain number, or an explicit none */
    bool bound;      /* "at least" */
    bool rounded;    /* "about", a range */
    uint32_t pinned; /* 0, or the number of the decision that pins it */
    bool latest;     /* the voice's latest word on the measure */
};

/* All words of an incident's events, grouped by measure, an enemy's last, and in order of time:
 * unknown times first, then the worse rank, the lower number, the claim's id. Copies of one text by
 * one claimant are one word, said when the first copy appeared. */
struct words {
    struct word *items;
    size_t n;
};

/* The words of the listed events. Memory from `arena`. */
int words_of(const struct work *work, struct arena *arena, const uint32_t *events, size_t n,
             struct words *out, struct error *err) WARN_UNUSED;

int measure_compare(const struct measure *a, const struct measure *b);

#endif
