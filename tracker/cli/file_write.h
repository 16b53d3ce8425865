#ifndef TRACKER_CLI_FILE_WRITE_H
#define TRACKER_CLI_FILE_WRITE_H

#include "base/arena.h"
#include "base/buffer.h"

/* Writes a file that is there whole or not at all: beside its place ("PATH.new"), synced, then
 * moved into it. `arena` for the name. -1 with ERROR_IO, or ERROR_LIMIT when `text` did not fit its
 * cap. */
int file_write(struct arena *arena, const char *path, const struct buffer *text,
               struct error *err) WARN_UNUSED;

#endif
