#include "cli/file_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int write_whole(int fd, const struct buffer *text)
{
    size_t done = 0;
    while (done < text->len) {
        ssize_t n = write(fd, text->ptr + done, text->len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        done += (size_t)n;
    }
    return fsync(fd);
}

int file_write(struct arena *arena, const char *path, const struct buffer *text, struct error *err)
{
    struct slice beside = arena_format(arena, "%s.new", path);
    if (!beside.ptr)
        return arena_full(arena, err);
    if (buffer_check(text, err))
        return -1;
    int fd = open(beside.ptr, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return error_set(err, ERROR_IO, "cannot write %s: %s", beside.ptr, strerror(errno));
    int failed = write_whole(fd, text) ? errno : 0;
    if (close(fd) && !failed)
        failed = errno;
    if (!failed && rename(beside.ptr, path))
        failed = errno;
    if (!failed)
        return 0;
    unlink(beside.ptr);
    return error_set(err, ERROR_IO, "cannot write %s: %s", path, strerror(failed));
}
