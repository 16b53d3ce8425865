#ifndef TESTS_EXTRACT_REAL_RULES_H
#define TESTS_EXTRACT_REAL_RULES_H

#include "extract/extract.h"

/* The project's own rules and places, loaded once for all suites and freed at exit. A rule set that
 * does not load ends the test program with its findings: nothing else could be tested. */
struct extractor real_extractor(void);

#endif
