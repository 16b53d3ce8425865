#ifndef TRACKER_READ_TARGET_H
#define TRACKER_READ_TARGET_H

#include "base/error.h"

/* An address that is asked for, cut into what is needed of it. */
struct target {
    char *url; /* without fragment and credentials; what may not stand in one is encoded */
    char *host;
    char *path;   /* with the query */
    char *origin; /* "https://example.org:443" */
};

/* Takes an address apart, seen from `base` where that is not NULL. -1 with ERROR_INPUT, and nothing
 * to free, when it is none of http or https. */
int target_parse(const char *base, const char *url, struct target *out,
                 struct error *err) WARN_UNUSED;

void target_free(struct target *target);

#endif
