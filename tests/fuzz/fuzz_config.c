/* Any bytes as a settings file: read, checked, and its findings printed. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "rules/config_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a caller may rely on: texts that end, addresses of the web, pauses that are none or more. */
static void check(const struct config_file *file)
{
    for (size_t i = 0; i < file->n_entries; i++) {
        const struct config_entry *entry = &file->entries[i];
        if (!entry->value.ptr || entry->value.ptr[entry->value.len] != '\0' ||
            entry->where.line < 1)
            abort();
    }
    for (size_t i = 0; i < file->n_feeds; i++) {
        const struct config_feed *feed = &file->feeds[i];
        if (feed->every < 0 || strncmp(feed->url.ptr, "http", 4) != 0 ||
            feed->url.ptr[feed->url.len] != '\0')
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    struct arena arena;
    struct diagnostics findings;
    struct config_file file;
    struct buffer out;
    struct error err = {0};
    int fd = memfd_create("config", MFD_CLOEXEC);
    if (fd < 0 || size > 1 << 16 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    arena_init(&arena, (size_t)64 << 20);
    diagnostics_init(&findings, &arena);
    buffer_init(&out, (size_t)64 << 20);
    if (config_file_read(&arena, path, &file, &findings, &err) == 0) {
        if (findings.n_errors)
            abort();
        check(&file);
    } else if (err.code == ERROR_NONE || !err.text[0]) {
        abort();
    }
    diagnostics_print(&findings, &out);
    buffer_free(&out);
    arena_free(&arena);
    close(fd);
    return 0;
}
