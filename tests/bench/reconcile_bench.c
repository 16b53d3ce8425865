/*
 * How reconciliation grows: a seeded stream of events of one country (27 regions, copies, rising
 * tolls, retellings without a place or a day, waves), each size in a process of its own.
 *
 *   reconcile_bench [SIZE...]      default: 10000 100000 1000000
 *
 * The density is the same at every size, so a longer stream is a longer war; the second table has
 * ten times as many strikes a day. Seconds are processor time of reconcile() and
 * incidents_identify(); memory is what they take on top of the events. The exponent is that of
 * seconds to the line above.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../reconcile/sample.h"
#include "base/log.h"

#define EVENTS_A_DAY 100
#define MEMORY ((size_t)16 << 30)

struct outcome {
    double seconds;
    double pairs; /* an event */
    long megabytes;
    size_t incidents, capped, common;
};

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long peak_megabytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

static int measure(size_t n, int events_a_day, struct outcome *out)
{
    struct arena events_arena, arena;
    struct incident *incidents;
    struct id_change *changes;
    struct reconcile_stats stats;
    struct error err = {0};
    size_t n_changes;
    arena_init(&events_arena, MEMORY);
    arena_init(&arena, MEMORY);
    int days = (int)(n / (size_t)events_a_day) + 1;
    struct event_row *events = stream_of(&events_arena, 7, n, days);
    long before = peak_megabytes();
    double start = seconds_now();
    if (reconcile_measured(&arena, weights_default(), events, n, NULL, 0, &incidents,
                           &out->incidents, &stats, &err) ||
        incidents_identify(&arena, events, incidents, out->incidents, NULL, 0, &changes, &n_changes,
                           &err)) {
        fprintf(stderr, "reconcile_bench: %s\n", err.text);
        return -1;
    }
    out->seconds = seconds_now() - start;
    out->pairs = (double)stats.pairs / (double)n;
    out->megabytes = peak_megabytes() - before;
    out->capped = stats.capped_blocks + stats.capped_components;
    out->common = stats.common_words;
    arena_free(&arena);
    arena_free(&events_arena);
    return 0;
}

/* The same in a child, so that the peak of one size is not that of another. */
static int measure_apart(size_t n, int events_a_day, struct outcome *out)
{
    int ends[2], status;
    if (pipe(ends))
        return -1;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        bool good = measure(n, events_a_day, out) == 0 &&
                    write(ends[1], out, sizeof *out) == (ssize_t)sizeof *out;
        _exit(good ? 0 : 1);
    }
    close(ends[1]);
    bool got = child > 0 && read(ends[0], out, sizeof *out) == (ssize_t)sizeof *out;
    close(ends[0]);
    return child > 0 && waitpid(child, &status, 0) == child && got ? 0 : -1;
}

static int table(int argc, char **argv, int events_a_day)
{
    static const char *const sizes[] = {"10000", "100000", "1000000"};
    size_t n_before = 0;
    double before = 0;
    printf("%-10s %8s %9s %12s %10s %8s %10s %7s %13s\n", "events", "a day", "seconds", "events/s",
           "pairs/ev.", "MB", "incidents", "capped", "exponent");
    for (int i = 0; i < (argc > 1 ? argc - 1 : 3); i++) {
        struct outcome out = {0};
        size_t n = strtoul(argc > 1 ? argv[i + 1] : sizes[i], NULL, 10);
        if (n == 0 || measure_apart(n, events_a_day, &out))
            return -1;
        printf("%-10zu %8d %9.2f %12.0f %10.1f %8ld %10zu %7zu ", n, events_a_day, out.seconds,
               (double)n / out.seconds, out.pairs, out.megabytes, out.incidents, out.capped);
        if (before > 0)
            printf("%13.2f", log(out.seconds / before) / log((double)n / (double)n_before));
        putchar('\n');
        before = out.seconds;
        n_before = n;
    }
    return 0;
}

int main(int argc, char **argv)
{
    log_set_level(LOG_ERROR);
    if (table(argc, argv, EVENTS_A_DAY))
        return 1;
    putchar('\n');
    return table(argc, argv, 10 * EVENTS_A_DAY) ? 1 : 0;
}
