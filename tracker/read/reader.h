#ifndef TRACKER_READ_READER_H
#define TRACKER_READ_READER_H

#include "read/report.h"

struct fetcher;

/* Turns paths and addresses of the web into reports, one at a time. The format of a file is
 * recognised by its content: `{` JSON (lines, a feed or an export), `<` HTML or a feed, else a list
 * of links or text. */
struct reader;

struct reader_options {
    struct stamp published;  /* fills gaps, never overrides; STAMP_NONE when not given */
    struct slice outlet;     /* the same; the bytes outlive the reader */
    struct fetcher *fetcher; /* reads addresses, outlives the reader; NULL: they are rejected */
    size_t max_report;       /* most bytes of one report; 0 for the default of 16 MiB */
};

/* Starts reading `paths` (files, directories: recursive, sorted by bytes, hidden files skipped,
 * symbolic link loops, devices and FIFOs skipped with a warning, but a FIFO given by name is read;
 * "-": standard input; what begins with http:// or https:// is read live, see web.h). Opens nothing
 * yet. The paths outlive the reader. */
int reader_open(struct reader **out, const char *const *paths, size_t n_paths,
                const struct reader_options *options, struct error *err) WARN_UNUSED;

/* The next report into *report, its memory in `arena` (which the caller resets between reports) or
 * in the reader: its slices hold until the next reader_next or the arena's reset, whichever is
 * first; `path` as long as the reader. Returns 1 for a report (maybe a rejected one: unreadable
 * file, broken JSON line, empty, binary, too large), 0 at the end, -1 when no further reading is
 * possible (ERROR_LIMIT: memory; ERROR_INTERRUPTED: a signal without SA_RESTART came while waiting
 * for standard input, calling again goes on). A missing path is a rejected report, and so is an
 * address that is not to be had. The first call lists all directories. */
int reader_next(struct reader *reader, struct arena *arena, struct report *report,
                struct error *err) WARN_UNUSED;

/* Bytes of all files, for progress; known from the first reader_next on (standard input and FIFOs
 * count 0). The input_bytes of the reports add up to it, but for blank ends of files. */
size_t reader_total_bytes(const struct reader *reader);

void reader_free(struct reader *reader);

#endif
