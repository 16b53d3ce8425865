#ifndef TRACKER_READ_JSON_CUT_H
#define TRACKER_READ_JSON_CUT_H

#include "base/slice.h"

/*
 * Cuts a large JSON document into pieces that are read one by one, so that its size costs no
 * memory. Such a document (a JSON Feed, an export of Telegram) is an object with a few values of
 * its own and an array of what it is about:
 *
 *     {"title": "...", "items": [   | {"id": 1, ...}   | , {"id": 2, ...}   | ], "language": "uk"}
 *
 * A piece ends behind the '[' of an array in the outermost object, behind the '}' of an object in
 * such an array, and behind the '}' of the outermost object. Zero-initialise at the start.
 */
struct json_cut {
    size_t depth;
    bool in_string, escaped;
    bool in_array; /* in an array of the outermost object */
};

/* Goes on over `bytes`; the bytes up to the end of the piece, 0 when it goes on beyond them. */
size_t json_cut_next(struct json_cut *cut, struct slice bytes);

#endif
