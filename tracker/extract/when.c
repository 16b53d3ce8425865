#include "extract/when.h"

const char *const when_precision_names[WHEN_PRECISIONS] = {
    [WHEN_MINUTE] = "minute",   [WHEN_PART] = "part",   [WHEN_NIGHT] = "night",
    [WHEN_DAY] = "day",         [WHEN_RANGE] = "range", [WHEN_MONTH] = "month",
    [WHEN_UNKNOWN] = "unknown",
};
