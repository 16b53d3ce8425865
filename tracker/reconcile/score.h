#ifndef TRACKER_RECONCILE_SCORE_H
#define TRACKER_RECONCILE_SCORE_H

#include "reconcile/profile.h"

/* score_pair on profiles made before: the form that clustering calls. */
void score_profiles(const struct weights *weights, const struct profile *a, const struct profile *b,
                    struct pair_score *out);

/* Whether a later number lies within what a bound or a rounded number means: 476 in "more than
 * 470". For lower bounds any number above agrees only as far as rounding reaches. */
bool number_rounds(const struct weights *weights, int64_t rounded, bool bound, int64_t number);

#endif
