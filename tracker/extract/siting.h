#ifndef TRACKER_EXTRACT_SITING_H
#define TRACKER_EXTRACT_SITING_H

#include "extract/setting.h"

/* Where an event is when the sentence of its number does not say, or says it loosely. Memory comes
 * from the report's arena; every function that looks at further sentences fails only when that is
 * full. */

/* What a sentence says of place and time, seen from its first token; its values are found on
 * demand. */
int siting_of_sentence(struct report_values *values, size_t sentence, struct setting *out,
                       struct error *err) WARN_UNUSED;

/* Completes the setting of a sentence from the earlier ones of its paragraph, the nearest first. An
 * earlier place also replaces a held one that contains it ("across Kunduz province") or is not said
 * to be where something happened. Sentences of background ("one of four related attacks in ...")
 * lend nothing. */
int siting_inherit(struct report_values *values, size_t sentence, struct setting *setting,
                   struct error *err) WARN_UNUSED;

/* The mention of the country that munitions of a claim flew at: one that is said to be the target
 * ("at Ukraine"), else that of the side that reports it about the other's, else the report's
 * country; never the side that launched. SETTING_NONE when nothing says it. `place` is the mention
 * its sentence gave, or SETTING_NONE. */
uint32_t siting_country(const struct report_values *values, const struct claim *claim,
                        uint32_t place);

/* Whether the sentence tells that this country launched something ("Russia fired four missiles").
 */
bool siting_launcher(const struct report_values *values, size_t sentence, struct slice country);

/* The first town or named place that the report puts something in and that lies in the region or
 * district of mention `place` (any for SETTING_NONE); `place` itself when there is none. */
int siting_refine(struct report_values *values, uint32_t place, uint32_t *out,
                  struct error *err) WARN_UNUSED;

/* A place for what names none: the first of the report that something happened in, else the town
 * the report is from, else the first named; SETTING_NONE when all are countries. */
int siting_fallback(struct report_values *values, uint32_t *place, struct error *err) WARN_UNUSED;

/* The first time by which the report's opening dates an attack ("the toll of Wednesday's strike");
 * SETTING_NONE when there is none. */
int siting_time(struct report_values *values, uint32_t *time, struct error *err) WARN_UNUSED;

/* The sentence of a report without numbers that tells of violence: the first with a place, else the
 * first with a time. False in *found when there is none. */
int siting_lead(struct report_values *values, size_t *sentence, struct setting *setting,
                bool *found, struct error *err) WARN_UNUSED;

#endif
