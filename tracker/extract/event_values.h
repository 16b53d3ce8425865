#ifndef TRACKER_EXTRACT_EVENT_VALUES_H
#define TRACKER_EXTRACT_EVENT_VALUES_H

#include "extract/event.h"

/* Chooses the numbers of event `index` from the claims that belong to it (claim.event == index),
 * and settles each claim's role (figure, restated, enemy). The policy, in order, for one field and
 * part:
 *   1. claims elsewhere (denied, hypothetical, historical, totals of the war) never count;
 *   2. a perpetrator about its enemy counts only where nothing else does;
 *   3. what only says again who died ("she died", "her body was found") counts only where nothing
 * else does;
 *   4. the last running total ("the toll rose to 31"), or a sentence that is nothing but a toll
 * ("Three fatalities."), replaces everything said before it, unless a greater number was told
 * before: then it is an earlier state;
 *   5. else the first number of the body counts (the title's only when the body has none). A
 * greater one in the title, or, after a single person, in the next sentences, is the whole of which
 * that was a part;
 *   6. different people add up: attackers and victims told apart; different groups in one sentence;
 * "another man", "two others" within two sentences (the same number of "others" again restates). A
 * gunman's "killed himself" adds to the victims told before or beside it; a number told after it
 * may hold him already. Everything else restates;
 *   7. those who were "shot" or "stabbed" (figure: dead or wounded), and one wounded person whom
 * the reader knows ("the boy"), may be among the dead: the event's dead are taken from them, unless
 * the same sentence tells them apart. Values in the arena of `values`, sorted by field, then part
 * with the total first. */
int event_values_choose(struct report_values *values, struct claims *claims, uint32_t index,
                        struct event *event, struct error *err) WARN_UNUSED;

#endif
