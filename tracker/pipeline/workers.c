#include "pipeline/workers.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/thread.h"

/* Most memory one report may take: far above a real one; a hostile one costs an error and not the
 * machine. */
#define REPORT_MEMORY ((size_t)1 << 30)
/* Reports in flight a job: enough that no thread waits for another's long report. */
#define AHEAD_A_JOB 8
/* Text in flight beyond one report: its extraction takes some dozens of times as much memory. */
#define AHEAD_BYTES ((size_t)4 << 20)

struct flight {
    struct worked_report worked;
    bool done;
};

/* `flights` is a ring. Flights are numbered from 0 as they are read:
 * n_given <= n_taken <= n_read <= n_given + n_flights. */
struct workers {
    const struct extractor *extractor;
    struct report_source source;
    const volatile sig_atomic_t *stop;
    struct flight *flights;
    size_t n_flights;
    bool given;            /* the flight n_given is in the caller's hands */
    bool dry;              /* the source gave all it has, failed, or is not to be asked */
    size_t bytes;          /* of text in flight */
    int outcome;           /* 0 or -1: what follows the last flight */
    struct error problem;  /* for -1 */
    pthread_mutex_t mutex; /* for what follows, and for `done` */
    pthread_cond_t work;   /* there is more to take, or `ending` */
    pthread_cond_t result; /* a flight is done */
    size_t n_given, n_taken, n_read;
    bool ending;
    size_t n_threads;
    pthread_t threads[JOBS_MAX];
};

static int reader_source_next(void *from, struct arena *arena, struct report *report,
                              struct error *err)
{
    int got = reader_next(from, arena, report, err);
    if (got > 0)
        report_keep(arena, report);
    return got;
}

struct report_source source_of_reader(struct reader *reader)
{
    return (struct report_source){reader_source_next, reader};
}

static struct flight *flight_at(const struct workers *workers, size_t number)
{
    return &workers->flights[number % workers->n_flights];
}

static void flight_extract(const struct workers *workers, struct worked_report *worked)
{
    struct report *report = &worked->report;
    struct error why = {0};
    worked->extraction = (struct extraction){0};
    if (report->rejected ||
        extract_report(workers->extractor, &worked->arena, report, &worked->extraction, &why) == 0)
        return;
    report->rejected = true;
    error_set(&report->problem, why.code, "%.*s: %s", SLICE_ARG(report->id), why.text);
    worked->extraction = (struct extraction){0};
}

/* Extracts the next flight that nobody has taken; the mutex is held before and after, not while. */
static void take_one(struct workers *workers)
{
    struct flight *flight = flight_at(workers, workers->n_taken++);
    pthread_mutex_unlock(&workers->mutex);
    flight_extract(workers, &flight->worked);
    pthread_mutex_lock(&workers->mutex);
    flight->done = true;
}

static void *worker_run(void *argument)
{
    struct workers *workers = argument;
    pthread_mutex_lock(&workers->mutex);
    while (!workers->ending) {
        if (workers->n_taken == workers->n_read) {
            pthread_cond_wait(&workers->work, &workers->mutex);
            continue;
        }
        take_one(workers);
        pthread_cond_signal(&workers->result);
    }
    pthread_mutex_unlock(&workers->mutex);
    return NULL;
}

int workers_open(struct workers **out, const struct extractor *extractor,
                 struct report_source source, size_t jobs, const volatile sig_atomic_t *stop,
                 struct error *err)
{
    struct workers *workers = *out = calloc(1, sizeof *workers);
    size_t n = jobs > 1 ? jobs * AHEAD_A_JOB : 1;
    if (!workers || !(workers->flights = calloc(n, sizeof *workers->flights))) {
        free(workers);
        *out = NULL;
        return error_set(err, ERROR_LIMIT, "out of memory");
    }
    workers->extractor = extractor;
    workers->source = source;
    workers->stop = stop;
    workers->n_flights = n;
    for (size_t i = 0; i < n; i++)
        arena_init(&workers->flights[i].worked.arena, REPORT_MEMORY);
    pthread_mutex_init(&workers->mutex, NULL);
    pthread_cond_init(&workers->work, NULL);
    pthread_cond_init(&workers->result, NULL);
    while (workers->n_threads + 1 < jobs) {
        if (thread_start(&workers->threads[workers->n_threads], worker_run, workers, err)) {
            workers_free(workers);
            *out = NULL;
            return -1;
        }
        workers->n_threads++;
    }
    return 0;
}

static bool may_read(struct workers *workers)
{
    size_t in_flight = workers->n_read - workers->n_given;
    if (workers->stop && *workers->stop)
        workers->dry = true;
    return !workers->dry && in_flight < workers->n_flights &&
           (in_flight == 0 || workers->bytes < AHEAD_BYTES);
}

/* Reads one report into the ring. Only the caller's thread writes n_read, and nobody else looks at
 * a flight before it is counted there. */
static void read_one(struct workers *workers)
{
    struct flight *flight = flight_at(workers, workers->n_read);
    arena_reset(&flight->worked.arena);
    flight->done = false;
    int got = workers->source.next(workers->source.from, &flight->worked.arena,
                                   &flight->worked.report, &workers->problem);
    if (got < 0 && workers->problem.code == ERROR_INTERRUPTED)
        return; /* a signal while waiting for input: may_read asks whether to stop */
    if (got <= 0) {
        workers->dry = true;
        workers->outcome = got;
        return;
    }
    workers->bytes += flight->worked.report.text.len;
    pthread_mutex_lock(&workers->mutex);
    workers->n_read++;
    pthread_cond_signal(&workers->work);
    pthread_mutex_unlock(&workers->mutex);
}

/* Until the oldest flight is done: extracts one itself, else waits for who does. */
static void wait_for_first(struct workers *workers)
{
    pthread_mutex_lock(&workers->mutex);
    struct flight *first = flight_at(workers, workers->n_given);
    if (!first->done && workers->n_taken < workers->n_read)
        take_one(workers);
    else
        while (!first->done)
            pthread_cond_wait(&workers->result, &workers->mutex);
    pthread_mutex_unlock(&workers->mutex);
}

static bool first_is_done(struct workers *workers)
{
    pthread_mutex_lock(&workers->mutex);
    bool done = flight_at(workers, workers->n_given)->done;
    pthread_mutex_unlock(&workers->mutex);
    return done;
}

int workers_next(struct workers *workers, struct worked_report **out, struct error *err)
{
    if (workers->given) {
        workers->bytes -= flight_at(workers, workers->n_given++)->worked.report.text.len;
        workers->given = false;
    }
    for (;;) {
        /* One is read for each that is given, so that the others have work. */
        if (may_read(workers))
            read_one(workers);
        if (workers->n_given == workers->n_read) {
            if (!workers->dry)
                continue;
            int outcome = workers->outcome;
            if (outcome < 0)
                *err = workers->problem;
            workers->dry = false;
            workers->outcome = 0;
            return outcome;
        }
        if (first_is_done(workers))
            break;
        if (!may_read(workers))
            wait_for_first(workers);
    }
    *out = &flight_at(workers, workers->n_given)->worked;
    workers->given = true;
    if ((*out)->report.rejected)
        log_error(LOG_WARN, &(*out)->report.problem);
    return 1;
}

void workers_free(struct workers *workers)
{
    if (!workers)
        return;
    pthread_mutex_lock(&workers->mutex);
    workers->ending = true;
    pthread_cond_broadcast(&workers->work);
    pthread_mutex_unlock(&workers->mutex);
    for (size_t i = 0; i < workers->n_threads; i++)
        pthread_join(workers->threads[i], NULL);
    pthread_cond_destroy(&workers->work);
    pthread_cond_destroy(&workers->result);
    pthread_mutex_destroy(&workers->mutex);
    for (size_t i = 0; i < workers->n_flights; i++)
        arena_free(&workers->flights[i].worked.arena);
    free(workers->flights);
    free(workers);
}
