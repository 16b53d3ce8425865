#ifndef TESTS_READ_SCRATCH_H
#define TESTS_READ_SCRATCH_H

#include "base/slice.h"

/* A folder of files that a test writes and removes, and what goes to stderr meanwhile. */
struct scratch {
    char folder[64];
    char paths[16][160]; /* results of scratch_path, by turns */
    int n_paths;
    char log[65536]; /* filled by scratch_log_end */
    int saved_stderr;
};

/* Makes the folder; ends the program when it cannot. */
void scratch_make(struct scratch *scratch);
void scratch_remove(struct scratch *scratch);

/* The path of a name in the folder; holds for the next fifteen calls. */
const char *scratch_path(struct scratch *scratch, const char *name);

/* Writes a file and returns its path. */
const char *scratch_write(struct scratch *scratch, const char *name, struct slice bytes);

/* From here to scratch_log_end stderr goes to a file, then into `log`. */
void scratch_log_start(struct scratch *scratch);
const char *scratch_log_end(struct scratch *scratch);

#endif
