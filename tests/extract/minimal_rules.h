#ifndef TESTS_EXTRACT_MINIMAL_RULES_H
#define TESTS_EXTRACT_MINIMAL_RULES_H

#include "extract/extract.h"

/* The few rules of fixtures/rules_min, without places: what a test says of them stays true when the
 * project's own rules change. The caller frees extractor.ruleset. */
struct extractor minimal_extractor(void);

/* Reads `text` as a report without title and date. In `arena`. */
void minimal_read(const struct extractor *extractor, struct arena *arena, const char *text,
                  struct report *report, struct extraction *out);

#endif
