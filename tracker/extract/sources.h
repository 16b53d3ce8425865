#ifndef TRACKER_EXTRACT_SOURCES_H
#define TRACKER_EXTRACT_SOURCES_H

#include "extract/values.h"

/* Adds the sources named in a sentence (VALUE_SOURCE; mentions go to values->sources): known names,
 * roles, and capitalised names or "a ... official" phrases where an attribution pattern expects a
 * source. Then runs the attribution patterns and marks the mentions they take, with the tokens each
 * speaks for. Takes the sentence's list as found so far (the patterns may use its values). */
int sources_find(struct report_values *values, size_t sentence, struct value_list *list,
                 struct error *err) WARN_UNUSED;

/* Who says the claim standing at token `token` of sentence `sentence`: the attribution that reaches
 * it, the nearest one when several do; else, in a sentence of reported speech that goes on ("He
 * added ..."), the one before; NULL when nobody is named. */
const struct source_mention *source_of(const struct report_values *values, size_t sentence,
                                       uint32_t token);

#endif
