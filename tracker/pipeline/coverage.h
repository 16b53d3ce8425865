#ifndef TRACKER_PIPELINE_COVERAGE_H
#define TRACKER_PIPELINE_COVERAGE_H

#include "extract/uncovered.h"

/* Shapes of sentences without a claim, counted over many reports. */
struct coverage_shape {
    struct slice shape;
    int64_t n;
    struct slice report;   /* id of the first report with it, */
    struct slice sentence; /* and the sentence */
};

struct coverage {
    struct arena arena; /* owns the shapes */
    struct map by_shape;
    struct coverage_shape *shapes;
    size_t n_shapes;
    size_t capacity;
    int64_t n_sentences;
};

void coverage_init(struct coverage *coverage);
void coverage_free(struct coverage *coverage);

/* Counts what one report gave; copies what it keeps. -1 only with ERROR_LIMIT. */
int coverage_add(struct coverage *coverage, const struct report *report, const struct document *doc,
                 const struct uncovered *found, size_t n, struct error *err) WARN_UNUSED;

/* Most frequent first, equal ones by their bytes. No coverage_add after it. */
void coverage_sort(struct coverage *coverage);

#endif
