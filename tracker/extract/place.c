#include "extract/place.h"

const char *const place_precision_names[PRECISIONS] = {
    [PRECISION_POINT] = "point",     [PRECISION_SETTLEMENT] = "settlement",
    [PRECISION_NAMED] = "named",     [PRECISION_DISTRICT] = "district",
    [PRECISION_REGION] = "region",   [PRECISION_COUNTRY] = "country",
    [PRECISION_UNKNOWN] = "unknown",
};

/* No quarter lies farther than this from its town's centre, in 1e-5 degrees. */
#define QUARTER_REACH 40000

bool place_beside(const struct place *a, const struct place *b)
{
    int64_t lat = (int64_t)a->lat - b->lat, lon = (int64_t)a->lon - b->lon;
    return lat * lat + lon * lon < (int64_t)QUARTER_REACH * QUARTER_REACH;
}

bool place_name_latin(struct slice name)
{
    /* Latin letters end at U+024F, whose first byte is C9. */
    return name.len == 0 || (unsigned char)name.ptr[0] <= 0xC9;
}
