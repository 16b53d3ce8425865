#ifndef TRACKER_READ_INPUT_JSON_H
#define TRACKER_READ_INPUT_JSON_H

#include "read/input.h"

/* Reads one line of JSON at a time; keeps the tree of the last one alive, for slices point into it.
 */
struct json_line;

/* An object of json-c takes some 800 bytes for the two of "{}", so the values of a line are counted
 * before a tree is made of it. No report needs more than this; its text is one value. */
#define JSON_MAX_VALUES 65536

/* Values in a line, near enough: each but the first follows one of { [ , : outside strings. */
size_t json_line_values(struct slice line);

/* NULL when memory is out. */
struct json_line *json_line_new(void);
void json_line_free(struct json_line *reader);

/* Reads one object with the keys "id", "url", "title", "text", "html", "published", "outlet",
 * "lang", "withdrawn"; others are ignored, null is absent, "id" may be a number. Without a "text"
 * the "html" is read as a page, which then fills what the other keys leave out. What does not fit
 * rejects `report`, whose path and line are set. Slices hold until the next call or the arena's
 * reset. */
void json_line_read(struct json_line *reader, struct arena *arena, struct slice line,
                    struct report *report, struct input_parts *parts);

#endif
