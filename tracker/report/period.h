#ifndef TRACKER_REPORT_PERIOD_H
#define TRACKER_REPORT_PERIOD_H

#include "base/arena.h"
#include "base/calendar.h"

/* The days a report is about, both included, and the first day of the period before, which it is
 * compared with (it ends the day before `from`). */
struct period {
    day_number from, to, before;
};

/* "day": the anchor; "week": the seven days up to it; "month": its calendar month, compared with
 * the one before; "2025-11-17..2025-11-23": these days (at most 3660), compared with as many
 * before. The anchor is a day from situation_moment. ERROR_USAGE for anything else, and for a
 * length when there is no anchor. */
int period_parse(const char *text, day_number anchor, struct period *out,
                 struct error *err) WARN_UNUSED;

/* "19 November 2025", "17 to 23 November 2025", "27 October to 2 November 2025". */
struct slice period_title(struct arena *arena, day_number from, day_number to);

#endif
