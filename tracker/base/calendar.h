#ifndef TRACKER_BASE_CALENDAR_H
#define TRACKER_BASE_CALENDAR_H

#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"

/* A day of the proleptic Gregorian calendar as days since 1970-01-01; DAY_NONE when unknown. */
typedef int32_t day_number;
#define DAY_NONE INT32_MIN

/* An instant as seconds since 1970-01-01T00:00Z; INSTANT_NONE when unknown. */
typedef int64_t instant;
#define INSTANT_NONE INT64_MIN

day_number day_from_civil(int year, int month, int day); /* DAY_NONE if there is no such day */
void day_to_civil(day_number day, int *year, int *month, int *month_day);
int day_weekday(day_number day); /* 1 Monday .. 7 Sunday */

/* When a report was published, as given: a date, or a date with a clock and perhaps a zone. */
struct stamp {
    day_number day;  /* local day as written, DAY_NONE when unknown */
    int32_t seconds; /* since that day's midnight; -1 when only the day is known */
    int32_t offset;  /* seconds east of UTC as written; STAMP_NO_OFFSET when none was */
};
#define STAMP_NO_OFFSET INT32_MIN
#define STAMP_NONE ((struct stamp){DAY_NONE, -1, STAMP_NO_OFFSET})

/* Reads an ISO 8601 / RFC 3339 date or date-time ("2025-11-19", "2025-11-19T07:30+02:00", a space
 * for the T, "Z", seconds with or without fraction). -1 with ERROR_INPUT otherwise. */
int stamp_parse(struct slice text, struct stamp *out, struct error *err) WARN_UNUSED;

/* The instant of a stamp; a missing offset counts as UTC, a missing clock as 00:00. INSTANT_NONE
 * for an unknown day. */
instant stamp_instant(struct stamp stamp);

/* "2025-11-19" (11 bytes with NUL). */
void day_format(day_number day, char out[16]);

/* "2025-11-18T18:00+02:00" for a local time at that offset; seconds appear only when not 0. */
void instant_format(instant at, int32_t offset, char out[40]);

#endif
