#ifndef TRACKER_EXTRACT_PLACES_H
#define TRACKER_EXTRACT_PLACES_H

#include "extract/values.h"

/* Finds the place names of a sentence (once) into values->places; when `list` is given also adds
 * them as VALUE_PLACE (demonyms make no value). Called alone (list NULL) for sentences that only
 * give context. */
int places_find(struct report_values *values, size_t sentence, struct value_list *list,
                struct error *err) WARN_UNUSED;

/* Resolves every mention found so far, with the whole report as context (regions and countries
 * named near by, "western Ukrainian city", dateline, population); fills mention->place. Sorts
 * nothing: indices stay valid. May be called again after more mentions were found. Unsure between
 * several: the region or country they share, not a guess; a name the gazetteer lacks keeps its
 * written form, with country and region from context, precision PRECISION_NAMED. */
int places_resolve(struct report_values *values, struct error *err) WARN_UNUSED;

/* The country most mentions point to, absent when none does: the report's country. */
struct slice places_country(const struct report_values *values);

/* Finds the places of the report's first sentences, and of all from there to `sentence`: what names
 * are resolved in. Called for each sentence with a claim, in order, so that the mentions of a
 * report stand in order of text. */
int places_context(struct report_values *values, size_t sentence, struct error *err) WARN_UNUSED;

/* Forgets the places found from sentence `end` on, the report's first sentences excepted: places
 * were looked for there, and no claim was. What a name means must not hang on how many sentences
 * the search for claims could pass over unseen. */
void places_context_end(struct report_values *values, size_t end);

#endif
