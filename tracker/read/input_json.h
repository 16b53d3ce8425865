#ifndef TRACKER_READ_INPUT_JSON_H
#define TRACKER_READ_INPUT_JSON_H

#include "read/input.h"
#include "read/json_value.h"

/* Reads one object with the keys "id", "url", "title", "text", "html", "published", "outlet",
 * "lang", "withdrawn"; others are ignored, null is absent, "id" may be a number. Without a "text"
 * the "html" is read as a page, which then fills what the other keys leave out. What does not fit
 * rejects `report`, whose path and line are set. Slices hold until the next call or the arena's
 * reset. */
void json_line_read(struct json_reader *reader, struct arena *arena, struct slice line,
                    struct report *report, struct report_parts *parts);

#endif
