#ifndef TRACKER_READ_GDELT_H
#define TRACKER_READ_GDELT_H

#include "read/entry_list.h"

/*
 * GDELT's tab separated lists of articles, of which only the addresses are of use here: mentions
 * 2.0 (16 columns), events 1.0 and 2.0 (58 and 61) and the Global Knowledge Graph 2.1 (27), which
 * alone gives titles. Columns as in its codebooks (http://data.gdeltproject.org/documentation/).
 */

/* Whether the first line is one of such a list. `head` is in UTF-8. */
bool gdelt_recognise(struct slice head);

/* Reads a line; false when it names no page of the web. The time is when GDELT first saw the page,
 * which is soon after it was published. Slices point into the line. */
bool gdelt_line_read(struct slice line, size_t number, struct entry *out);

#endif
