#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

static _Atomic int current_level = LOG_INFO;

static const char *const LEVEL_NAMES[] = {"error", "warning", "info", "debug"};

void log_set_level(enum log_level level)
{
    atomic_store_explicit(&current_level, (int)level, memory_order_relaxed);
}

enum log_level log_get_level(void)
{
    return (enum log_level)atomic_load_explicit(&current_level, memory_order_relaxed);
}

void log_write(enum log_level level, const char *format, ...)
{
    if (level > log_get_level())
        return;
    char line[2048];
    const size_t room = sizeof line - 1; /* the last byte is kept for the line feed */
    size_t len = (size_t)snprintf(line, room, "tracker: %s: ", LEVEL_NAMES[level]);
    va_list args;
    va_start(args, format);
    int added = vsnprintf(line + len, room - len, format, args);
    va_end(args);
    if (added > 0)
        len = (size_t)added < room - len ? len + (size_t)added : room - 1;
    /* One message is one line, whatever bytes an input smuggled into it. */
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
            line[i] = ' ';
    line[len++] = '\n';
    for (const char *at = line; len;) {
        ssize_t n = write(STDERR_FILENO, at, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return; /* nowhere left to complain */
        at += n;
        len -= (size_t)n;
    }
}

void log_error(enum log_level level, const struct error *err)
{
    char text[sizeof err->text + sizeof err->file + 32];
    error_describe(err, text, sizeof text);
    log_write(level, "%s", text);
}
