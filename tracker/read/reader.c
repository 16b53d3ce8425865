#include "read/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "read/input.h"
#include "read/walk.h"
#include "read/web.h"

#define DEFAULT_MAX_REPORT ((size_t)16 << 20)

struct reader {
    struct reader_options options;
    const char *const *paths;
    size_t n_paths;
    bool walked; /* `walk` is complete */
    struct walk walk;
    size_t next_file; /* in walk.entries */
    bool open;        /* `input` is a file being read */
    struct input input;
    struct web *web; /* an address being read, NULL for none */
};

int reader_open(struct reader **out, const char *const *paths, size_t n_paths,
                const struct reader_options *options, struct error *err)
{
    struct reader *reader = *out = calloc(1, sizeof *reader);
    if (!reader)
        return error_set(err, ERROR_LIMIT, "no memory for a reader");
    reader->options = *options;
    reader->paths = paths;
    reader->n_paths = n_paths;
    reader->input.stream.fd = -1;
    reader->input.max_report = options->max_report ? options->max_report : DEFAULT_MAX_REPORT;
    return 0;
}

/* A descriptor of the file, or -1. Never waits for a FIFO's writer and never takes a terminal. */
static int open_file(const char *path)
{
    if (strcmp(path, "-") == 0)
        return STDIN_FILENO;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd >= 0 && fcntl(fd, F_SETFL, 0) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Opens the next file. A file that cannot be read makes `report` a rejected one. */
static int open_next(struct reader *reader, struct report *report, struct error *err)
{
    const struct walk_entry *entry = &reader->walk.entries[reader->next_file];
    struct input *input = &reader->input;
    *report =
        (struct report){.path = entry->path, .input_bytes = entry->size, .published = STAMP_NONE};
    reader->input.n_reports = 0;
    if (!reader->open) {
        int fd = entry->error ? -1 : open_file(entry->path);
        if (fd < 0) {
            report_reject(report, 0, "cannot be opened: %s",
                          strerror(entry->error ? entry->error : errno));
            reader->next_file++;
            return 0;
        }
        stream_start(&input->stream, fd);
        input->path = entry->path;
        input->skipped = 0;
        reader->open = true;
    }
    if (input_recognise(input, report, err))
        return -1; /* interrupted: the file stays open and is looked at again */
    reader->next_file++;
    return 0;
}

static void close_file(struct reader *reader)
{
    if (reader->open)
        input_close(&reader->input);
    reader->open = false;
}

/* Opens an address. One that is not to be had makes `report` a rejected one. */
static int open_address(struct reader *reader, struct arena *arena, struct report *report,
                        struct error *err)
{
    const char *url = reader->walk.entries[reader->next_file].path;
    const struct report_gaps gaps = {reader->options.published, reader->options.outlet};
    const struct fetch_request request = {.url = url};
    const struct web_options options = {.gaps = gaps};
    struct error why = {0};
    *report = (struct report){.path = url, .id = slice_of(url), .published = STAMP_NONE};
    int rc = reader->options.fetcher
                 ? web_open(&reader->web, reader->options.fetcher, &request, &options, &why)
                 : error_set(&why, ERROR_INPUT, "addresses of the web are not read here");
    if (rc == 0) {
        const struct web_answer *answer = web_answer(reader->web);
        rc = web_status_check(url, answer->status, answer->wait_ms, &why);
    }
    if (rc && (why.code == ERROR_INTERRUPTED || why.code == ERROR_LIMIT)) {
        *err = why;
        return -1;
    }
    reader->next_file++;
    if (rc) {
        web_close(reader->web);
        reader->web = NULL;
        web_reject(report, &why);
        report_finish(arena, report, &(struct report_parts){0}, &gaps);
    }
    return 0;
}

/* The name of a report that has neither id nor URL. Made only then: formatting costs as much as
 * reading a short one. */
static int stand_in(const struct input *input, struct arena *arena, struct report *report,
                    struct error *err)
{
    report->id = slice_of(report->path);
    if (input->n_reports < 2 || slice_trim(report->given_id).len || slice_trim(report->url).len)
        return 0;
    report->id = arena_format(arena, "%s#%zu", report->path, input->n_reports);
    return report->id.ptr ? 0 : arena_full(arena, err);
}

/* Whatever fails here costs this report alone. */
static void finish(const struct reader *reader, struct arena *arena, struct report *report,
                   const struct report_parts *parts)
{
    const struct report_gaps gaps = {reader->options.published, reader->options.outlet};
    struct error err;
    if (stand_in(&reader->input, arena, report, &err)) {
        report->id = slice_of(report->path); /* needs no memory */
        report_reject(report, 0, "%s", err.text);
    }
    report_finish(arena, report, parts, &gaps);
}

/* The next report of the address being read; 0 at its end. */
static int next_of_web(struct reader *reader, struct arena *arena, struct report *report,
                       struct error *err)
{
    int got = web_next(reader->web, arena, report, err);
    if (got == 0) {
        web_close(reader->web);
        reader->web = NULL;
    }
    return got;
}

int reader_next(struct reader *reader, struct arena *arena, struct report *report,
                struct error *err)
{
    if (!reader->walked) {
        if (walk_paths(&reader->walk, reader->paths, reader->n_paths, err)) {
            walk_free(&reader->walk);
            return -1;
        }
        reader->walked = true;
    }
    for (;;) {
        struct report_parts parts = {0};
        const struct input_format *format = reader->input.format;
        int got = 1;
        if (reader->web) {
            if ((got = next_of_web(reader, arena, report, err)))
                return got;
            continue;
        }
        if (format) {
            *report = (struct report){.published = STAMP_NONE};
            got = format->next(&reader->input, arena, report, &parts, err);
        } else if (reader->next_file == reader->walk.n_entries) {
            return 0;
        } else if (reader->walk.entries[reader->next_file].live) {
            if (open_address(reader, arena, report, err))
                return -1;
            if (report->rejected)
                return 1;
            continue;
        } else if (open_next(reader, report, err)) {
            return -1;
        } else if (!report->rejected) {
            continue;
        }
        if (got < 0)
            return -1;
        if (got == 0 || !format)
            close_file(reader);
        if (got > 0) {
            finish(reader, arena, report, &parts);
            return 1;
        }
    }
}

size_t reader_total_bytes(const struct reader *reader)
{
    return reader->walk.total_bytes;
}

void reader_free(struct reader *reader)
{
    if (!reader)
        return;
    close_file(reader);
    web_close(reader->web);
    stream_free(&reader->input.stream);
    walk_free(&reader->walk);
    free(reader);
}
