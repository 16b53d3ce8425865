#ifndef TRACKER_EXTRACT_PLACES_FINDER_H
#define TRACKER_EXTRACT_PLACES_FINDER_H

/* Inside the search for place names only: what places.c (the names), places_around.c (the words
 * around them) and places_link.c (which contains which) share. */

#include "extract/place_words.h"
#include "extract/values.h"

/* A name under examination. */
struct finding {
    size_t first;
    size_t name_end; /* token after the bare name */
    size_t end;      /* token after the name with its suffix: "Maywand district" */
    int64_t kind;    /* what a prefix or suffix says it is, 0 nothing */
    bool prefixed;
    bool suffixed;
    bool locative;
    bool near;
    bool around;
    bool of;   /* "the northern part of [the] X" */
    bool weak; /* locative only as the object of a verb, or in a text all in capitals */
    bool home;
    bool unknown;
    struct place_candidates candidates;
};

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

/* A capital letter begins the word at token i. */
static inline bool is_capital_word(const struct finder *f, size_t i)
{
    return i < f->end && f->doc->tokens[i].kind == TOKEN_WORD &&
           f->doc->tokens[i].flags & TOKEN_CAPITAL;
}

/* The first token of the words between a locative word and the name that begins at `i`: "in [the
 * southern city of] X". */
size_t finder_skip_between(const struct finder *f, size_t i);

/* A name this populous is a place even inside a longer name, and no part of another one. */
#define FAMOUS 300000u

/* How well known the likeliest place of a name is: its population, 0 when unknown. */
uint32_t finder_fame(const struct finder *f, const struct place_candidates *c);

/* Whether every candidate has this place_candidate_flag. */
bool finder_all_flagged(const struct finder *f, const struct place_candidates *c, unsigned flag);

/* The name of the gazetteer that begins at token i, as written or in a case of the language. */
size_t finder_match_name(const struct finder *f, size_t i, struct place_candidates *out);

/* Fills in what the words before and after say. */
void finder_look_around(const struct finder *f, struct finding *name);

/* "from Crimea", "from Bryansk, Kursk": where weapons came from. */
bool finder_is_origin(const struct finder *f, const struct finding *name);

/* "Liberation Front", "Main Street": in capitals it is part of a body's or a street's name. */
bool finder_is_body(const struct finder *f, size_t i);

/* Whether a division or country follows after a comma or in brackets: "Gary, Indiana". */
bool finder_container_follows(const struct finder *f, size_t i);

/* "Gary, Ind.": abbreviations are places only after a comma and a place. */
bool finder_follows_place(const struct finder *f, size_t i);

/* Sets `within` of the sentence's mentions, from `first_mention` on: from the back, so that a chain
 * ("Takhta, Sari Pul, Afghanistan") tells what its middle is. */
void places_link(const struct finder *f, size_t first_mention);

#endif
