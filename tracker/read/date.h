#ifndef TRACKER_READ_DATE_H
#define TRACKER_READ_DATE_H

#include "base/calendar.h"

/* Reads a publication time in any form that pages and feeds write: ISO 8601 as stamp_parse and with
 * an offset of "+0200" or "+02", with a space before it or without separators ("20251119T073000Z",
 * GDELT's "20251119073000", which is in UTC), and RFC 822 / 5322 ("Wed, 19 Nov 2025 07:30:00 GMT",
 * also with the names of American zones). -1 with ERROR_INPUT for anything else. */
int date_read(struct slice text, struct stamp *out, struct error *err) WARN_UNUSED;

#endif
