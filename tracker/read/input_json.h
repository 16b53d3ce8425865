#ifndef TRACKER_READ_INPUT_JSON_H
#define TRACKER_READ_INPUT_JSON_H

#include "read/input.h"

/* Reads one line of JSON at a time; keeps the tree of the last one alive, for slices point into it.
 */
struct json_line;

/* NULL when memory is out. */
struct json_line *json_line_new(void);
void json_line_free(struct json_line *reader);

/* Reads one object with the keys "id", "url", "title", "text", "html", "published", "outlet",
 * "lang", "withdrawn"; others are ignored, null is absent, "id" may be a number. What does not fit
 * rejects `report`, whose path and line are set. Slices hold until the next call. */
void json_line_read(struct json_line *reader, struct slice line, struct report *report,
                    struct input_parts *parts);

#endif
