#ifndef TRACKER_EXTRACT_EXPLAIN_JSON_H
#define TRACKER_EXTRACT_EXPLAIN_JSON_H

#include "extract/extract.h"

/* What explain_report shows, as members of an open JSON object: "sentences" (tokens, values,
 * doubts, rules tried), "ties" and "reading" (the line of `tracker extract`); without rules for the
 * language only an empty "sentences". -1 only with ERROR_LIMIT. */
int explain_json(const struct extractor *extractor, struct arena *arena,
                 const struct report *report, struct json_writer *json,
                 struct error *err) WARN_UNUSED;

#endif
