#ifndef TRACKER_EXTRACT_EXPLAIN_H
#define TRACKER_EXTRACT_EXPLAIN_H

#include "extract/extract.h"

/* Shows how a text is read, for `tracker rules explain`: sentence by sentence the tokens, the
 * values found, the doubts with their reach, every rule whose index word occurs, how far it got and
 * the piece that failed, which one won; then the events. Appends plain text to `out`. -1 only with
 * ERROR_LIMIT. */
int explain_report(const struct extractor *extractor, struct arena *arena,
                   const struct report *report, struct buffer *out, struct error *err) WARN_UNUSED;

#endif
