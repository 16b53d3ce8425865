#ifndef TRACKER_EXTRACT_STORIES_H
#define TRACKER_EXTRACT_STORIES_H

#include "extract/claim.h"

/* A page of local news tells more than its own story: other incidents of the day, a second agency
 * note under the first, lines that lead to other pages. Tells them apart (policy 7 and 12): sets
 * claim.story, and makes the claims of lines that lead elsewhere CLAIM_ELSEWHERE. */
void stories_mark(const struct report_values *values, struct claims *claims);

#endif
