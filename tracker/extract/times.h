#ifndef TRACKER_EXTRACT_TIMES_H
#define TRACKER_EXTRACT_TIMES_H

#include "extract/values.h"

/* Adds the time phrases of a sentence (VALUE_TIME; mentions go to values->times). */
int times_find(struct report_values *values, size_t sentence, struct value_list *list,
               struct error *err) WARN_UNUSED;

/* Resolves a mention against the report's publication stamp in the place's zone (NULL-safe: an
 * absent zone is UTC). Mentions of one sentence that complete each other ("on Wednesday" + "at 3
 * a.m.") are given together, n >= 1. Unknown publication time: only full dates resolve, everything
 * else gives WHEN_UNKNOWN, never today. */
int times_resolve(const struct report_values *values, const struct time_mention *const *mentions,
                  size_t n, struct slice zone, struct when *out, struct error *err) WARN_UNUSED;

/* The default time of an event when the text gives none: the publication day in the zone, WHEN_DAY
 * with an absent phrase; WHEN_UNKNOWN without a publication date. */
int times_default(const struct report_values *values, struct slice zone, struct when *out,
                  struct error *err) WARN_UNUSED;

/* Offset from UTC in seconds that holds in zone `name` (tz database, by GLib) at the local time
 * `day` + `seconds`; UTC when the zone is unknown. Thread-safe. */
int32_t zone_offset(struct slice name, day_number day, int32_t seconds);

#endif
