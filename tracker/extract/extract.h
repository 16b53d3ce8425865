#ifndef TRACKER_EXTRACT_EXTRACT_H
#define TRACKER_EXTRACT_EXTRACT_H

#include "base/json.h"
#include "extract/event.h"

/* What extraction needs besides the report; read-only, shared by threads. */
struct extractor {
    const struct ruleset *ruleset;
    const struct gazetteer *gazetteer; /* may be NULL */
};

/* The language whose rules read a report: the one it says (`lang`), else the one its letters tell
 * (language_guess.h), else the rule set's first; where the letters leave it open ("Атака на
 * Одесу"), the first whose names are not written in Latin. NULL when there are no rules for it: a
 * text with Russian letters is never read by Ukrainian rules. The one place where this is decided;
 * report->lang stays as the input gave it. */
const struct language *extract_language(const struct ruleset *ruleset, const struct report *report);

/* Text to events: the whole of the extract floor for one report. Results live in `arena`. A report
 * in a language without rules gives no events. -1 only with ERROR_LIMIT. */
int extract_report(const struct extractor *extractor, struct arena *arena,
                   const struct report *report, struct extraction *out,
                   struct error *err) WARN_UNUSED;

/* Warns on the log of claims withheld because two rules tie, with the report's path and line. */
void extraction_warn(const struct report *report, const struct extraction *extraction);

/* Writes the one line of `tracker extract` for a report (architecture.md), with its newline. For a
 * rejected report `extraction` is NULL. */
void extraction_write(struct buffer *out, const struct schema *schema, const struct report *report,
                      const struct extraction *extraction);

#endif
