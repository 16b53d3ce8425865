#ifndef TRACKER_BASE_SECRET_H
#define TRACKER_BASE_SECRET_H

#include "base/slice.h"

/* What stands in messages and logs in place of a text that may hold a password. */
#define SECRET_HIDDEN "(not shown: it may hold a password)"

/* Whether a text may hold a password: "password=..." or "password: ..." in any letter case, or an
 * address with "user:password@". Rather once too often. */
bool secret_in(struct slice text);

#endif
