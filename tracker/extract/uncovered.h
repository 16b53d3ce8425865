#ifndef TRACKER_EXTRACT_UNCOVERED_H
#define TRACKER_EXTRACT_UNCOVERED_H

#include "extract/extract.h"

/* Sentences that look as if they said something and gave no claim: for `tracker rules coverage`. */

struct uncovered {
    uint32_t sentence;
    uint32_t trigger; /* token of the word that makes it look so */
    struct slice shape;
};

/* The sentences of a report in which a word of $dead, $hurt, $drones, $missiles or $attacks, or one
 * at which a rule is tried, stands within some words of a count, and no claim was made. The shape
 * is that word, the count, what stands between them and the two things after, with counts, places,
 * times, sources and names replaced by their types and irregular forms by their base:
 * "<count:people> be dead in <place>". Several values overlapping, the longest is taken. Results
 * live in `arena`. -1 only with ERROR_LIMIT. */
int uncovered_find(const struct extractor *extractor, struct arena *arena,
                   const struct report *report, const struct extraction *extraction,
                   struct uncovered **out, size_t *n_out, struct error *err) WARN_UNUSED;

#endif
