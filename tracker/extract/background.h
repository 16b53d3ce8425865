#ifndef TRACKER_EXTRACT_BACKGROUND_H
#define TRACKER_EXTRACT_BACKGROUND_H

#include "extract/claim.h"

/* Marks the claims about people that a report tells of other, earlier events (CLAIM_ELSEWHERE),
 * before events are known:
 *   - in a sentence that opens with a word for what was before ("Last week two people died there";
 * phrases.yml `earlier-event`), once the report has told its own;
 *   - dead who turn up late in a report that opens with wounded, unless they were told of before
 * ("he later died") or a running total says so. Titles and the first sentences of local news say
 * whether anybody died;
 *   - people missing in a report that names no attack and nobody dead or hurt;
 *   - the sum of several events (phrases.yml `several-events`);
 *   - all of them in a report of an accident.
 * What other sources say of the same people (phrases.yml `other-version`) becomes CLAIM_RESTATED.
 */
void background_mark(const struct report_values *values, struct claims *claims);

/* Does the report tell of an accident, a disaster or a disease and of no violence (phrases.yml
 * `accidents`, `violent-acts`)? Such a report has no event. */
bool background_is_accident(const struct report_values *values);

#endif
