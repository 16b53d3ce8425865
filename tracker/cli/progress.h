#ifndef TRACKER_CLI_PROGRESS_H
#define TRACKER_CLI_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

/* A line on standard error that is rewritten as work goes on; nothing at all when that is no
 * terminal. */
struct progress {
    int64_t started;    /* monotonic milliseconds */
    int64_t shown;      /* when the line was last drawn */
    size_t total_bytes; /* 0 when unknown */
    int terminal;
};

void progress_start(struct progress *progress, size_t total_bytes);
/* Redraws the line, at most five times a second: reports, reports/s, MB/s, time left. */
void progress_show(struct progress *progress, int64_t reports, size_t bytes);
/* Clears the line. */
void progress_end(struct progress *progress);

#endif
