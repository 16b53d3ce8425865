#ifndef TRACKER_READ_REPORT_H
#define TRACKER_READ_REPORT_H

#include "base/arena.h"
#include "base/calendar.h"
#include "base/digest.h"

/* One text from one outlet. Slices hold until the next reader_next on that reader or the reset of
 * the arena given to it, whichever is first: plain text is handed out where it was read. */
struct report {
    struct slice id; /* the input's id; without one its URL, else its path as given ("path#2" for
                        the second of a file) */
    struct slice given_id; /* the input's id, absent when it had none */
    struct slice url; /* canonical: scheme and host lower case, no fragment, no utm_* and similar
                         parameters */
    struct slice title;
    struct slice text; /* stored text: title, blank line, body; valid UTF-8, normal form C */
    size_t title_len;  /* bytes of the title at the start of `text`, 0 for none */
    struct slice outlet;
    struct slice lang; /* "en", "uk"; absent when unknown */
    struct stamp published;
    bool withdrawn;
    const char *path;     /* file it came from, "-" for standard input */
    int line;             /* its first line there, from 1; 0 when the file as a whole is rejected */
    size_t input_bytes;   /* bytes of input it took, for progress */
    bool rejected;        /* nothing but id, path, line and `problem` is to be used */
    struct error problem; /* why it was rejected */
};

/* The raw parts of a report that need work every source shares: dates, cleaning, joining. */
struct report_parts {
    struct slice title;
    struct slice body;
    struct slice published; /* as date_read takes it */
};

/* What fills the gaps of a report, and never overrides. */
struct report_gaps {
    struct stamp published;
    struct slice outlet;
};

/* The identity of a report: the digest its 63-bit id is made of (digest_id). By canonical URL, else
 * the input's own id, else the text. Two editions of a page share it. */
struct digest report_identity(const struct report *report);

/* The digest of what was said: title, text, publication time, outlet, withdrawn. Two readings of
 * one report with the same edition digest are the same edition. */
struct digest report_edition(const struct report *report);

/* Fills id, url, text and title_len of a report from raw parts as an input gives them (utf8_clean,
 * trimmed, joined); warns on the log about replaced characters, with path and line. On entry
 * given_id, url, outlet and lang are raw too, and `id` is the name it gets when it has neither id
 * nor URL. An empty text is rejected, unless the report is withdrawn and known by an id or URL. A
 * report already rejected only gets its id. The outcome may point into the raw parts. -1 only with
 * ERROR_LIMIT. Used by every input format. */
int report_complete(struct arena *arena, struct report *report, struct slice raw_title,
                    struct slice raw_body, struct error *err) WARN_UNUSED;

/* The part of reading that no source differs in, from raw parts to a report: its date, what `gaps`
 * fill, report_complete. A date that nobody can read is none, with a warning. Whatever fails here
 * costs this report alone: it is rejected. */
void report_finish(struct arena *arena, struct report *report, const struct report_parts *parts,
                   const struct report_gaps *gaps);

/* Copies what may stand in the reader's memory into `arena`, so that the report holds until its
 * reset. Rejects a report that finds no room there. */
void report_keep(struct arena *arena, struct report *report);

/* Marks a report as rejected (ERROR_INPUT, at its path and line); `column` counts bytes from 1, 0
 * when unknown. */
void report_reject(struct report *report, int column, const char *format, ...) PRINTF_LIKE(3, 4);

/* Says on the log that characters of a report were malformed; nothing for none. */
void report_warn_replaced(const struct report *report, size_t replaced);

#endif
