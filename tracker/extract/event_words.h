#ifndef TRACKER_EXTRACT_EVENT_WORDS_H
#define TRACKER_EXTRACT_EVENT_WORDS_H

#include "extract/event.h"

/* The rare words by which two reports of one strike know each other: names of victims, streets,
 * buildings, units. A word is kept as one number, 28 bits of its hash above 4 bits of its rarity
 * (rules/frequencies.h): equal words are equal numbers in every report and rule set. */
#define EVENT_WORDS 40 /* most an event keeps */
#define WORD_RARITY_BITS 4

static inline uint32_t word_rarity(uint32_t word)
{
    return word & ((1u << WORD_RARITY_BITS) - 1);
}

/* The hashes (what stands above the rarity) of a name's words, at most `most`; returns how many. */
size_t name_words(struct slice name, uint32_t *hashes, size_t most);

/* The words of event `index`, ascending, each once: the rarest of its sentences, names first. The
 * sentences of an event are those of its claims with what follows in the same paragraph; the first
 * event also has the title and the beginning of the report as far as no other event's claims stand
 * there. Numbers of claims and common words are left out. None in a language whose rule set has no
 * frequencies. *words lives in `arena`. -1 with ERROR_LIMIT. */
int event_words_find(struct arena *arena, const struct extraction *extraction, uint32_t index,
                     uint32_t **words, size_t *n_words, struct error *err) WARN_UNUSED;

#endif
