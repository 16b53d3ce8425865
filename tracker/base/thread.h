#ifndef TRACKER_BASE_THREAD_H
#define TRACKER_BASE_THREAD_H

#include <pthread.h>

#include "base/error.h"

/* Starts a thread that no signal interrupts: signals are for the thread that waits for input.
 * The caller joins it. -1 with ERROR_LIMIT when the system has none left. */
int thread_start(pthread_t *out, void *(*run)(void *), void *argument,
                 struct error *err) WARN_UNUSED;

#endif
