#ifndef TRACKER_EXTRACT_WHEN_H
#define TRACKER_EXTRACT_WHEN_H

#include "base/calendar.h"

/* How closely a time is known. */
enum when_precision {
    WHEN_MINUTE,
    WHEN_PART, /* morning, evening */
    WHEN_NIGHT,
    WHEN_DAY,
    WHEN_RANGE, /* several days */
    WHEN_MONTH,
    WHEN_UNKNOWN,
    WHEN_PRECISIONS
};
extern const char *const when_precision_names[WHEN_PRECISIONS]; /* "minute", "part", "night", ... */

/* When something happened: an interval, with the local day it is counted under. */
struct when {
    instant start; /* INSTANT_NONE when unknown */
    instant end;
    int32_t offset_start; /* seconds east of UTC in force at start and at end, for printing */
    int32_t offset_end;
    day_number local_date; /* a night counts under the day it ends on; DAY_NONE when unknown */
    enum when_precision precision;
    struct slice phrase; /* as written; absent when it comes from the publication date alone */
};

#endif
