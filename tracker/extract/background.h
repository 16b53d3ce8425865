#ifndef TRACKER_EXTRACT_BACKGROUND_H
#define TRACKER_EXTRACT_BACKGROUND_H

#include "extract/claim.h"

/* Marks the claims that a report tells of other events than its own (CLAIM_ELSEWHERE), before
 * events are known: policy 2 to 7 and 12 (fixtures/cases/policy.txt). What other sources say of the
 * same people becomes CLAIM_RESTATED. */
void background_mark(const struct report_values *values, struct claims *claims);

/* Does the report tell of an accident, a disaster or a disease and of no violence (policy 6)? Such
 * a report has no event. */
bool background_is_accident(const struct report_values *values);

/* Does a sentence of the report name a phrase of that list of phrases.yml? */
bool background_names(const struct report_values *values, const char *list);

#endif
