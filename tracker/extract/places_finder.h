#ifndef TRACKER_EXTRACT_PLACES_FINDER_H
#define TRACKER_EXTRACT_PLACES_FINDER_H

/* Inside the search for place names only: what places.c (the names) and places_link.c (which
 * contains which) share. */

#include "extract/place_words.h"
#include "extract/values.h"

/* One sentence being searched. */
struct finder {
    struct report_values *values;
    const struct document *doc;
    struct place_words words;
    size_t begin;
    size_t end;
    uint32_t sentence;
    bool headline;       /* most words are capitalised: a capital says nothing */
    bool upper;          /* most words are all in capitals */
    size_t previous_end; /* token after the previous mention of the sentence */
    uint32_t previous;   /* that mention, or UINT32_MAX */
    size_t origin_end; /* token after the last name that only says where weapons came from, or 0 */
};

static inline bool is_sign(const struct finder *f, size_t i, const char *sign)
{
    return i < f->end && slice_is(token_text(f->doc, i), sign);
}

/* The first token of the words between a locative word and the name that begins at `i`: "in [the
 * southern city of] X". */
size_t finder_skip_between(const struct finder *f, size_t i);

/* A name this populous is a place even inside a longer name, and no part of another one. */
#define FAMOUS 300000u

/* How well known the likeliest place of a name is: its population, 0 when unknown. */
uint32_t finder_fame(const struct finder *f, const struct place_candidates *c);

/* Sets `within` of the sentence's mentions, from `first_mention` on: from the back, so that a chain
 * ("Takhta, Sari Pul, Afghanistan") tells what its middle is. */
void places_link(const struct finder *f, size_t first_mention);

#endif
