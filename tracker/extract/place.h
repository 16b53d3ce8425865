#ifndef TRACKER_EXTRACT_PLACE_H
#define TRACKER_EXTRACT_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* How closely a place is known; the names are architecture.md's. Smaller is closer. */
enum place_precision {
    PRECISION_POINT,
    PRECISION_SETTLEMENT,
    PRECISION_NAMED, /* the text names it, the gazetteer lacks it: no coordinates */
    PRECISION_DISTRICT,
    PRECISION_REGION,
    PRECISION_COUNTRY,
    PRECISION_UNKNOWN,
    PRECISIONS
};
extern const char *const place_precision_names[PRECISIONS];

#define PLACE_NO_COORDINATE INT32_MIN

/* Where something happened. Slices point into the gazetteer or the report's arena. */
struct place {
    struct slice name;      /* canonical name, or the written one for PRECISION_NAMED */
    struct slice written;   /* as the text has it */
    struct slice country;   /* ISO 3166-1 alpha-2, absent when unknown */
    struct slice adm1;      /* name of the first-level region, absent when unknown */
    struct slice adm1_code; /* "UA.22", absent when unknown */
    struct slice zone;      /* tz database name, absent when unknown */
    int64_t geoname_id;     /* 0 when the gazetteer has none */
    int64_t district;       /* id of its second-level division (its own for one), 0 when unknown */
    int32_t lat;            /* 1e-5 degrees; PLACE_NO_COORDINATE when unknown */
    int32_t lon;
    int64_t population; /* 0 when unknown */
    enum place_precision precision;
};

/* Whether a written name is in Latin letters: only there a canonical name differs from other ones.
 */
bool place_name_latin(struct slice name);

/* Whether two places with coordinates lie so close that one may be a quarter of the other (a third
 * of a degree or so). */
bool place_beside(const struct place *a, const struct place *b);

#endif
