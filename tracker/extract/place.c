#include "extract/place.h"

const char *const place_precision_names[PRECISIONS] = {
    [PRECISION_POINT] = "point",     [PRECISION_SETTLEMENT] = "settlement",
    [PRECISION_NAMED] = "named",     [PRECISION_DISTRICT] = "district",
    [PRECISION_REGION] = "region",   [PRECISION_COUNTRY] = "country",
    [PRECISION_UNKNOWN] = "unknown",
};
