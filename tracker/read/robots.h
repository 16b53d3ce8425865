#ifndef TRACKER_READ_ROBOTS_H
#define TRACKER_READ_ROBOTS_H

#include <stdint.h>

#include "base/slice.h"

/* The Robots Exclusion Protocol (RFC 9309), as much of it as a polite reader needs. */

/* Most bytes of a robots.txt that are heeded (RFC 9309 section 2.5 asks for at least 500 KiB). */
#define ROBOTS_MAX ((size_t)512 << 10)

/* Whether `agent` (a product token, any case) may fetch `path` (from the '/', with the query): the
 * longest matching rule of its own groups, else of those for '*', decides; of equals Allow; without
 * a rule it may. Rules know '*' and a final '$'. */
bool robots_allow(struct slice text, const char *agent, struct slice path);

/* Crawl-delay of the groups that apply, in seconds (not of the standard, but heeded); 0 for none.
 */
int robots_delay(struct slice text, const char *agent);

#endif
