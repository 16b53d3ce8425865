#ifndef TRACKER_RECONCILE_ESTIMATE_H
#define TRACKER_RECONCILE_ESTIMATE_H

#include "reconcile/reconcile.h"

/*
 * What the weights should be, going by events: of the pairs that blocking brings together, how
 * often does an observation ("same day") stand between two tellings of one strike, how often
 * between two strikes? The weight is the logarithm of the ratio (I. Fellegi and A. Sunter, "A
 * Theory for Record Linkage", JASA 1969). With labels the two are counted; without, they are found
 * by expectation and maximisation (A. Dempster, N. Laird and D. Rubin, 1977; W. Winkler's use of it
 * for linkage), which starts from the weights as they are. All in integers: equal events give equal
 * estimates. Nothing is changed.
 */
struct estimate {
    const char *term; /* as scores name it */
    int32_t now;      /* milli-bits; of the step of a table that was met */
    int32_t found;    /* the estimate, milli-bits */
    uint64_t in_one;  /* pairs of one strike that have it (with EM: expected ones, rounded), */
    uint64_t in_two;  /* pairs of two strikes */
};
struct estimates {
    struct estimate *items; /* by term, then weight */
    size_t n;
    uint64_t pairs;    /* compared */
    uint64_t one, two; /* of them of one strike, of two */
    int32_t prior;     /* what a pair has to make up to be even: log2 of two to one, milli-bits */
    unsigned rounds;   /* of EM; 0 with labels */
    int64_t moved;     /* the most any estimate moved in the last round, milli-bits */
};

/* Takes the pairs of one country after the other; nothing of the events is kept. All memory from
 * the arena. */
struct estimator;
int estimator_new(struct estimator **out, struct arena *arena, const struct weights *weights,
                  bool labelled, struct error *err) WARN_UNUSED;

/* `labels` runs parallel to `events`: equal numbers are one strike, 0 is unlabelled (no pair). NULL
 * when not labelled. -1 with ERROR_LIMIT. */
int estimator_add(struct estimator *estimator, const struct event_row *events, size_t n_events,
                  const int64_t *labels, struct error *err) WARN_UNUSED;

/* The estimates so far, in the estimator's arena. */
void estimator_finish(struct estimator *estimator, struct estimates *out);

/* 1000 * log2(a / b) for positive a and b, rounded towards zero. */
int32_t log2_ratio(uint64_t a, uint64_t b);

/* The share of `one` in 65536 when it outweighs `two` by that many milli-bits: 1 / (1 + 2^-bits).
 */
uint32_t share_of(int64_t milli_bits);

#endif
