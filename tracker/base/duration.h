#ifndef TRACKER_BASE_DURATION_H
#define TRACKER_BASE_DURATION_H

#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"

/* Longest that a duration may be: a year. */
#define DURATION_MAX ((int64_t)366 * 86400)

/* Reads a whole number with its unit: "90 s", "10 min", "1 hour", "2 days" (a blank or none between
 * them; s, sec, second, min, minute, h, hour, d, day, and their plurals). -1 with ERROR_INPUT for
 * anything else, no unit included, and for more than DURATION_MAX. */
int duration_parse(struct slice text, int64_t *seconds, struct error *err) WARN_UNUSED;

#endif
