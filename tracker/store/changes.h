#ifndef TRACKER_STORE_CHANGES_H
#define TRACKER_STORE_CHANGES_H

#include "store/situation.h"

/* One thing we changed, as strikes.changes_since tells it, with where and when it happened. Texts
 * in the loader's arena, absent where the database has NULL. */
struct change {
    struct slice recorded; /* "2025-11-20T14:03:05.123456Z" */
    struct slice incident_id;
    struct slice kind; /* "incident", "figure", "merged", "split", "day", "place", ... */
    struct slice field, part, old_value, new_value, who, rule, sentence;
    struct slice place, country; /* of the incident at the moment asked */
    day_number day;
};

/* What was changed in the `days` days before `as_of` (as situation_moment gives it), oldest first;
 * at most the newest `limit`. `country` (ISO code, any case) keeps one, NULL all. */
int changes_load(struct store *store, struct arena *arena, const char *as_of, int days, int limit,
                 const char *country, struct change **out, size_t *n,
                 struct error *err) WARN_UNUSED;

#endif
