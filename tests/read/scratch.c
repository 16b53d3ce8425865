#include "scratch.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void must(bool good, const char *what)
{
    if (!good) {
        perror(what);
        exit(2);
    }
}

void scratch_make(struct scratch *scratch)
{
    *scratch = (struct scratch){.folder = "/tmp/tracker-read-XXXXXX"};
    must(mkdtemp(scratch->folder) != NULL, "mkdtemp");
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info, (void)type, (void)where;
    return remove(path);
}

void scratch_remove(struct scratch *scratch)
{
    nftw(scratch->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *scratch_path(struct scratch *scratch, const char *name)
{
    char *path = scratch->paths[scratch->n_paths++ % 16];
    char folder[sizeof scratch->folder];
    memcpy(folder, scratch->folder, sizeof folder);
    snprintf(path, sizeof scratch->paths[0], "%s/%s", folder, name);
    return path;
}

const char *scratch_write(struct scratch *scratch, const char *name, struct slice bytes)
{
    const char *path = scratch_path(scratch, name);
    FILE *file = fopen(path, "wb");
    must(file != NULL, path);
    must(bytes.len == 0 || fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len, path);
    must(fclose(file) == 0, path);
    return path;
}

void scratch_log_start(struct scratch *scratch)
{
    int fd = open(scratch_path(scratch, ".log"), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    must(fd >= 0, "open log");
    fflush(stderr);
    scratch->saved_stderr = dup(STDERR_FILENO);
    must(scratch->saved_stderr >= 0 && dup2(fd, STDERR_FILENO) >= 0, "dup2");
    close(fd);
}

const char *scratch_log_end(struct scratch *scratch)
{
    fflush(stderr);
    must(dup2(scratch->saved_stderr, STDERR_FILENO) >= 0, "dup2");
    close(scratch->saved_stderr);
    FILE *file = fopen(scratch_path(scratch, ".log"), "rb");
    must(file != NULL, "log");
    scratch->log[fread(scratch->log, 1, sizeof scratch->log - 1, file)] = 0;
    fclose(file);
    return scratch->log;
}
