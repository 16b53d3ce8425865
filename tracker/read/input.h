#ifndef TRACKER_READ_INPUT_H
#define TRACKER_READ_INPUT_H

#include "read/report.h"
#include "read/stream.h"

/* One open file and the format it is in. */
struct input {
    const struct input_format *format;
    struct stream stream;
    const char *path;
    size_t max_report; /* bytes */
    size_t n_reports;  /* handed out so far */
    size_t skipped;    /* bytes passed over since the last report, for its input_bytes */
    void *state;       /* the format's own, NULL at the start of a file */
};

/* A format of input. To add one, write such a struct in a file of its own and list it in input.c.
 */
struct input_format {
    const char *name;
    bool markup; /* says itself how it is encoded: gets the file's bytes as they are */
    bool (*recognise)(struct slice head); /* by a file's first bytes, in UTF-8, without a byte
                                             order mark and white space */
    /* The next report of the file: raw given_id, url, outlet, lang and withdrawn in `report`, the
     * rest in `parts`; or a report rejected with report_reject. Slices hold until the next call.
     * Returns 1, 0 at the end of the file, -1 with ERROR_LIMIT or ERROR_INTERRUPTED. */
    int (*next)(struct input *input, struct arena *arena, struct report *report,
                struct report_parts *parts, struct error *err);
    void (*close)(struct input *input); /* frees `state`; NULL when there is nothing to free */
};

extern const struct input_format input_text, input_json, input_html;
extern const struct input_format input_feed, input_json_document, input_gdelt;

/* Looks at the first bytes of a file and picks its encoding and format, or rejects `report` when
 * nobody can read it (compressed, binary, empty) with what to do instead. -1 as stream_head. */
int input_recognise(struct input *input, struct report *report, struct error *err) WARN_UNUSED;

/* Why bytes that begin like this are no text (compressed, an office document, binary), with what to
 * do instead; NULL when they may be. */
const char *input_refusal(struct slice head);

/* For formats that hold many reports: the next record that is not a blank line, nor a blank rest of
 * the file. Sets path, line and input_bytes of `report` and counts it; a record that is too long or
 * unreadable is rejected. Returns as stream_next. */
int input_take(struct input *input, enum stream_end kind, struct report *report,
               struct slice *bytes, struct error *err) WARN_UNUSED;

/* Ends work on a file. Keeps the stream's window for the next one. */
void input_close(struct input *input);

#endif
