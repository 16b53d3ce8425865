#ifndef TRACKER_EXTRACT_SETTING_H
#define TRACKER_EXTRACT_SETTING_H

#include "extract/claim.h"

/* Where and when a stretch of text says things happen: indices into the report's mentions,
 * SETTING_NONE when the sentence says nothing of it. */
#define SETTING_NONE UINT32_MAX
struct setting {
    uint32_t place;
    uint32_t time;
    uint32_t
        clock; /* a second time mention that completes the first ("on Wednesday ... at 3 a.m.") */
};

/* What a sentence itself says about place and time, seen from token `token` of it: of several
 * places the closest kind (a settlement before a region before a country), a locative one before
 * one that is not, the nearest to the token. Names inside an attribution ("Kyiv said") and demonyms
 * are no places; times that tell when somebody spoke ("said on Wednesday") or of plans no times;
 * one that dates an attack comes before the nearest. The values of the sentence must have been
 * found, and places resolved. */
struct setting setting_of(struct report_values *values, size_t sentence, uint32_t token);

/* Whether a time says when an attack was: "Wednesday's missile strike", "the strike on the night of
 * 18 November". */
bool setting_dates_attack(const struct report_values *values, uint32_t time);

/* The setting of a claim: what its match named, else what its sentence says. */
struct setting setting_of_claim(struct report_values *values, const struct claim *claim);

/* How two places stand to each other. */
enum place_relation {
    PLACES_SAME,
    PLACES_FIRST_WITHIN, /* the first lies in the second: a town and its region */
    PLACES_SECOND_WITHIN,
    PLACES_APART,
};
enum place_relation place_relate(const struct place *a, const struct place *b);

#endif
