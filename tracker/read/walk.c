#include "read/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/log.h"
#include "read/url.h"

/* Room for some ten million paths; what bounds directories that link to each other in every way. */
#define WALK_CAP ((size_t)1 << 30)

#define WALK_MAX_DEPTH 200

/* A directory being listed and those above it. */
struct ancestor {
    dev_t device;
    ino_t inode;
    int depth;
    const struct ancestor *above;
};

static int add_entry(struct walk *walk, const struct walk_entry *entry, struct error *err)
{
    if (arena_grow(&walk->arena, (void *)&walk->entries, &walk->capacity, walk->n_entries,
                   sizeof *walk->entries, err))
        return -1;
    walk->entries[walk->n_entries++] = *entry;
    walk->total_bytes += entry->size;
    return 0;
}

static int add(struct walk *walk, const char *path, size_t size, int error, struct error *err)
{
    return add_entry(walk, &(struct walk_entry){.path = path, .size = size, .error = error}, err);
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The paths of a directory's entries, sorted. *error is the errno of a directory that cannot be
 * listed. */
static int list(struct walk *walk, const char *path, const char ***names, size_t *n, int *error,
                struct error *err)
{
    size_t capacity = 0, len = strlen(path);
    const char *slash = len && path[len - 1] == '/' ? "" : "/";
    *names = NULL;
    *n = 0;
    DIR *dir = opendir(path);
    if (!dir) {
        *error = errno;
        return 0;
    }
    int status = 0;
    struct dirent *entry;
    while (errno = 0, !status && (entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        struct slice name = arena_format(&walk->arena, "%s%s%s", path, slash, entry->d_name);
        status = name.ptr ? 0 : arena_full(&walk->arena, err);
        if (!status)
            status = arena_grow(&walk->arena, (void *)names, &capacity, *n, sizeof **names, err);
        if (!status)
            (*names)[(*n)++] = name.ptr;
    }
    *error = status ? 0 : errno;
    closedir(dir);
    if (*n)
        qsort(*names, *n, sizeof **names, compare_paths);
    return status;
}

static int visit(struct walk *walk, const char *path, const struct ancestor *above,
                 struct error *err);

static int visit_directory(struct walk *walk, const char *path, const struct stat *info,
                           const struct ancestor *above, struct error *err)
{
    struct ancestor here = {info->st_dev, info->st_ino, above ? above->depth + 1 : 0, above};
    for (const struct ancestor *a = above; a; a = a->above) {
        if (a->device == here.device && a->inode == here.inode) {
            log_write(LOG_WARN, "%s: skipped: a link back to a directory above it", path);
            return 0;
        }
    }
    if (here.depth > WALK_MAX_DEPTH)
        return add(walk, path, 0, ELOOP, err);
    const char **names;
    size_t n;
    int error;
    if (list(walk, path, &names, &n, &error, err) || (error && add(walk, path, 0, error, err)))
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (visit(walk, names[i], &here, err))
            return -1;
    }
    return 0;
}

static int visit(struct walk *walk, const char *path, const struct ancestor *above,
                 struct error *err)
{
    struct stat info;
    if (stat(path, &info))
        return add(walk, path, 0, errno, err);
    if (S_ISDIR(info.st_mode))
        return visit_directory(walk, path, &info, above, err);
    if (S_ISREG(info.st_mode))
        return add(walk, path, (size_t)info.st_size, 0, err);
    if (S_ISFIFO(info.st_mode) && !above)
        return add(walk, path, 0, 0, err);
    log_write(LOG_WARN, "%s: skipped: not a regular file", path);
    return 0;
}

int walk_paths(struct walk *walk, const char *const *paths, size_t n_paths, struct error *err)
{
    arena_init(&walk->arena, WALK_CAP);
    for (size_t i = 0; i < n_paths; i++) {
        bool standard_input = strcmp(paths[i], "-") == 0;
        if (url_is_address(paths[i])) {
            if (add_entry(walk, &(struct walk_entry){.path = paths[i], .live = true}, err))
                return -1;
            continue;
        }
        if (standard_input ? add(walk, paths[i], 0, 0, err) : visit(walk, paths[i], NULL, err))
            return -1;
    }
    return 0;
}

void walk_free(struct walk *walk)
{
    arena_free(&walk->arena);
    *walk = (struct walk){0};
}
