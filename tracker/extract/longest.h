#ifndef TRACKER_EXTRACT_LONGEST_H
#define TRACKER_EXTRACT_LONGEST_H

#include "rules/ruleset.h"

/* Keeps the matches of one sentence that win by length, none overlapping another: longest first,
 * then first in the text, then by the rule's name and alternative. Leaves them in order of text,
 * shortened in place. For the layers below the event rules, where the longer phrase simply says
 * more. */
int matches_longest(struct arena *arena, const struct ruleset *ruleset,
                    const struct sentence *sentence, struct match *matches, size_t *n,
                    struct error *err) WARN_UNUSED;

#endif
