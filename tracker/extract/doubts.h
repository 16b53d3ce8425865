#ifndef TRACKER_EXTRACT_DOUBTS_H
#define TRACKER_EXTRACT_DOUBTS_H

#include "extract/values.h"

/* Finds the doubts of a sentence (doubt.yml) with the stretch each reaches; false friends cancel
 * the doubts they overlap. Results go to values->doubts. */
int doubts_find(struct report_values *values, size_t sentence, const struct value_list *list,
                struct error *err) WARN_UNUSED;

/* The gravest doubt over token `token` (order of enum doubt_kind is not gravity: denied,
 * hypothetical, future, historical, cumulative, unverified), or NULL. */
const struct doubt_span *doubt_over(const struct report_values *values, size_t sentence,
                                    uint32_t token);

#endif
