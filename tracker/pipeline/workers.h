#ifndef TRACKER_PIPELINE_WORKERS_H
#define TRACKER_PIPELINE_WORKERS_H

#include <signal.h>

#include "extract/extract.h"
#include "read/reader.h"

/*
 * Reports read one after the other, extracted on several threads, handed out in the order they were
 * read. The caller's thread reads, and extracts when there is nothing to read or to hand out; the
 * others only extract. With one job there is no other thread and no report is read ahead. What is
 * in flight is bounded in number and in bytes, whatever the input's size.
 */
struct workers;

#define JOBS_MAX 64

/* Where reports come from: the next one into `arena`, where it holds until the arena's reset, with
 * the outcomes of reader_next. */
struct report_source {
    int (*next)(void *from, struct arena *arena, struct report *report, struct error *err);
    void *from;
};

/* The reports of a reader. */
struct report_source source_of_reader(struct reader *reader);

/* A report and what was read in it; both live in `arena`, where the caller may put more of its
 * own. */
struct worked_report {
    struct arena arena;
    struct report report;         /* `rejected` also when it was too large to extract */
    struct extraction extraction; /* empty for a rejected one */
};

/* Starts jobs - 1 threads (1 <= jobs <= JOBS_MAX). `stop` (may be NULL) is set by a signal: no more
 * is read, what was read is still handed out. The parts outlive it; freed with workers_free. */
int workers_open(struct workers **out, const struct extractor *extractor,
                 struct report_source source, size_t jobs, const volatile sig_atomic_t *stop,
                 struct error *err) WARN_UNUSED;

/* The next report, valid until the next call: 1. At the end of the source, or when stopped, 0; a
 * source that goes on later (ERROR_INTERRUPTED, a new page) may be asked again. -1 when the source
 * fails, after all that came before. Rejected reports are logged here. */
int workers_next(struct workers *workers, struct worked_report **out,
                 struct error *err) WARN_UNUSED;

/* Ends the threads; what was not handed out is dropped. NULL is fine. */
void workers_free(struct workers *workers);

#endif
