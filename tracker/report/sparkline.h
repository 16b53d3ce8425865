#ifndef TRACKER_REPORT_SPARKLINE_H
#define TRACKER_REPORT_SPARKLINE_H

#include "base/arena.h"

/* A row of numbers separated by blanks ("12 19 25") as bars from low to high: "▁▄█"; the last
 * SPARKLINE_MOST of them. Absent for fewer than two numbers, and when the arena is full. */
#define SPARKLINE_MOST 12
struct slice sparkline(struct arena *arena, struct slice numbers);

#endif
