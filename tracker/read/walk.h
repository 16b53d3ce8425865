#ifndef TRACKER_READ_WALK_H
#define TRACKER_READ_WALK_H

#include "base/arena.h"

/* One file to be read, or one path that cannot be. */
struct walk_entry {
    const char *path; /* as given, or below a directory as given; "-" is standard input */
    bool live;        /* an address of the web */
    size_t size;      /* bytes when it was looked at, 0 when unknown */
    int error;        /* errno when the path cannot be read, else 0 */
};

struct walk {
    struct arena arena; /* owns the entries and the paths below directories */
    struct walk_entry *entries;
    size_t n_entries;
    size_t capacity;
    size_t total_bytes;
};

/* Lists every file of `paths` in order, directories recursively and sorted by bytes. Hidden entries
 * of a directory are passed over; a link back to a directory above it, and a FIFO, socket or device
 * are passed over with a warning (a FIFO given by name is read: `tracker extract <(command)`).
 * An operand that begins with http:// or https:// is an address and no file.
 * Zero-initialise; the paths outlive the walk. -1 with ERROR_LIMIT when there are too many files;
 * walk_free in either case. */
int walk_paths(struct walk *walk, const char *const *paths, size_t n_paths,
               struct error *err) WARN_UNUSED;

void walk_free(struct walk *walk);

#endif
