#ifndef TRACKER_EXTRACT_SKETCH_H
#define TRACKER_EXTRACT_SKETCH_H

#include "base/arena.h"
#include "text/document.h"

/* A text in a few numbers, so that near-duplicates are known without the texts: the least hashes
 * of its shingles (stretches of five words), as in A. Broder, "On the resemblance and containment
 * of documents", 1997. Of two sketches the share of equal numbers among the least of both
 * estimates how much of the texts is the same. */
#define SKETCH_SIZE 16

/* The sketch of the body (all but the title), ascending, each number once; empty for a text too
 * short to tell a copy by. *sketch lives in `arena`. -1 with ERROR_LIMIT. */
int sketch_of(struct arena *arena, const struct document *doc, uint32_t **sketch, size_t *n,
              struct error *err) WARN_UNUSED;

#endif
