#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_start(struct progress *progress, size_t total_bytes)
{
    *progress = (struct progress){
        .started = now_ms(), .total_bytes = total_bytes, .terminal = isatty(STDERR_FILENO)};
}

void progress_show(struct progress *progress, int64_t reports, size_t bytes)
{
    int64_t now = now_ms();
    if (!progress->terminal || now - progress->shown < 200)
        return;
    progress->shown = now;
    int64_t ms = now - progress->started > 0 ? now - progress->started : 1;
    int64_t tenths = (int64_t)bytes / 1000 * 10 / ms; /* MB/s times ten */
    fprintf(stderr, "\r\033[K%lld reports, %lld/s, %lld.%lld MB/s", (long long)reports,
            (long long)(reports * 1000 / ms), (long long)(tenths / 10), (long long)(tenths % 10));
    if (progress->total_bytes > bytes && bytes)
        fprintf(stderr, ", %lld s left",
                (long long)((int64_t)(progress->total_bytes - bytes) /
                            (int64_t)(bytes / (size_t)ms + 1) / 1000));
    fflush(stderr);
}

void progress_end(struct progress *progress)
{
    if (progress->terminal)
        fputs("\r\033[K", stderr);
}
