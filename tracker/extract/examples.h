#ifndef TRACKER_EXTRACT_EXAMPLES_H
#define TRACKER_EXTRACT_EXAMPLES_H

#include "extract/extract.h"

/* Runs the examples of every rule (all layers) as reports of one sentence and adds an error for
 * each that fails, for a rule that wins none of its own, and for ties of different claims; a `known
 * problem` that still fails is a note, one that passes a warning. Returns the number of examples
 * run in *n_run. -1 only with ERROR_LIMIT. */
int examples_run(const struct extractor *extractor, struct diagnostics *findings, size_t *n_run,
                 struct error *err) WARN_UNUSED;

#endif
