#ifndef TRACKER_RULES_FREQUENCIES_H
#define TRACKER_RULES_FREQUENCIES_H

#include "base/map.h"

/* How common words are in reports of one language (format strike-frequencies/1). Read-only after
 * loading. */
struct frequencies {
    struct map bits;  /* folded word: its rarity */
    uint8_t unlisted; /* that of a word which is not there: what so many reports can tell */
};

/* The rarity of a word in bits: it stands in about one report of 2^bits. Words that stand in fewer
 * than one of 2^RARITY_MOST have RARITY_MOST. */
#define RARITY_MOST 11

/* The rarity of a folded word; *listed says whether the table has it. */
uint8_t frequencies_rarity(const struct frequencies *frequencies, struct slice folded,
                           bool *listed);

#endif
