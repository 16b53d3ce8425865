#include <CUnit/CUnit.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "read/stream.h"

void suite_stream(void);

static uint32_t random_below(uint64_t *seed, uint32_t n)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33) % n;
}

/* The plainest way to cut: where the record at `from` stops; *next is where the following one
 * begins. */
static size_t cut(struct slice all, size_t from, enum stream_end kind, size_t *next)
{
    for (size_t i = from; i < all.len; i++) {
        if (kind == STREAM_LINE && all.ptr[i] == '\n')
            return *next = i + 1, i;
        if (kind == STREAM_LINE || all.ptr[i] != '\f' || (i > from && all.ptr[i - 1] != '\n'))
            continue;
        size_t end = i + 1;
        end += end < all.len && all.ptr[end] == '\r';
        if (end == all.len || all.ptr[end] == '\n')
            return *next = end + (end < all.len), i;
    }
    return *next = all.len;
}

/* Reads all of `fd` and compares with cutting `all`. */
static bool agrees(int fd, struct slice all, enum stream_end kind, size_t max,
                   struct stream *stream)
{
    struct error err;
    struct record record;
    size_t from = 0, line = 1;
    stream_start(stream, fd);
    while (from < all.len) {
        size_t next, stop = cut(all, from, kind, &next);
        if (stream_next(stream, kind, max, &record, &err) != 1 || record.line != line ||
            record.length != next - from || record.too_long != (stop - from > max) || record.error)
            return false;
        if (!record.too_long && !slice_equal(record.bytes, slice_sub(all, from, stop - from)))
            return false;
        for (; from < next; from++)
            line += all.ptr[from] == '\n';
    }
    return stream_next(stream, kind, max, &record, &err) == 0;
}

static void fill_random(char *bytes, size_t len, uint64_t *seed)
{
    static const char alphabet[] = "\n\n\f\f\rabcdefg";
    uint32_t letters = 5 + random_below(seed, sizeof alphabet - 5);
    for (size_t i = 0; i < len; i++)
        bytes[i] = alphabet[random_below(seed, letters)];
}

/* Ends of records fall between two reads in every way: a message socket gives one message a read.
 */
static void short_reads(void)
{
    struct stream stream = {0};
    uint64_t seed = 1;
    for (int round = 0; round < 4000; round++) {
        char bytes[120];
        size_t len = random_below(&seed, sizeof bytes), max = random_below(&seed, 40);
        fill_random(bytes, len, &seed);
        int fds[2];
        CU_ASSERT_FATAL(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds) == 0);
        for (size_t i = 0, n; i < len; i += n) {
            n = 1 + random_below(&seed, 5);
            n = n < len - i ? n : len - i;
            CU_ASSERT_FATAL(write(fds[1], bytes + i, n) == (ssize_t)n);
        }
        close(fds[1]);
        bool good = agrees(fds[0], (struct slice){bytes, len},
                           round % 2 ? STREAM_LINE : STREAM_FORM_FEED, max, &stream);
        close(fds[0]);
        CU_ASSERT_FATAL(good);
    }
    stream_free(&stream);
}

/* More than the window holds. */
static void large_files(void)
{
    struct stream stream = {0};
    size_t size = (size_t)5 << 19;
    char *bytes = malloc(size);
    CU_ASSERT_FATAL(bytes != NULL);
    uint64_t seed = 7;
    for (int round = 0; round < 6; round++) {
        fill_random(bytes, size, &seed);
        memset(bytes, '\n', 4000); /* more line feeds than a byte counts */
        if (round >= 4)            /* a record of more than a window in the middle */
            memset(bytes + 5000, 'x', (size_t)3 << 19);
        FILE *file = tmpfile();
        CU_ASSERT_FATAL(file && fwrite(bytes, 1, size, file) == size && fflush(file) == 0);
        CU_ASSERT(lseek(fileno(file), 0, SEEK_SET) == 0);
        CU_ASSERT(agrees(fileno(file), (struct slice){bytes, size},
                         round % 2 ? STREAM_LINE : STREAM_FORM_FEED, round == 5 ? 1000 : size,
                         &stream));
        fclose(file);
    }
    free(bytes);
    stream_free(&stream);
}

static void failing_read(void)
{
    struct stream stream = {0};
    struct record record;
    struct error err;
    int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CU_ASSERT_FATAL(fd >= 0);
    stream_start(&stream, fd);
    CU_ASSERT(stream_next(&stream, STREAM_LINE, 100, &record, &err) == 1);
    CU_ASSERT(record.error == EISDIR);
    CU_ASSERT(stream_next(&stream, STREAM_LINE, 100, &record, &err) == 0);
    close(fd);
    stream_free(&stream);
}

static void on_signal(int number)
{
    (void)number;
}

static void *interrupt(void *reader)
{
    usleep(50000);
    pthread_kill(*(pthread_t *)reader, SIGUSR1);
    return NULL;
}

/* A signal while waiting for bytes comes back to the caller, and nothing is lost by it. */
static void interrupted(void)
{
    struct stream stream = {0};
    struct record record;
    struct error err = {0};
    struct sigaction action = {.sa_handler = on_signal}, before;
    int fds[2];
    pthread_t self = pthread_self(), thread;
    CU_ASSERT_FATAL(pipe(fds) == 0 && sigaction(SIGUSR1, &action, &before) == 0);
    CU_ASSERT_FATAL(write(fds[1], "one\ntw", 6) == 6);
    stream_start(&stream, fds[0]);
    CU_ASSERT(stream_next(&stream, STREAM_LINE, 100, &record, &err) == 1);
    CU_ASSERT_FATAL(pthread_create(&thread, NULL, interrupt, &self) == 0);
    CU_ASSERT(stream_next(&stream, STREAM_LINE, 100, &record, &err) == -1);
    CU_ASSERT(err.code == ERROR_INTERRUPTED);
    pthread_join(thread, NULL);
    CU_ASSERT_FATAL(write(fds[1], "o\n", 2) == 2);
    CU_ASSERT(stream_next(&stream, STREAM_LINE, 100, &record, &err) == 1);
    CU_ASSERT(slice_is(record.bytes, "two") && record.line == 2);
    close(fds[0]);
    close(fds[1]);
    sigaction(SIGUSR1, &before, NULL);
    stream_free(&stream);
}

/* Another encoding, over many windows: the lines are those of the text, and the bytes read add up.
 */
static void converted(void)
{
    static const char line[] = "\x1F\x04\x3E\x04.\0\n\0"; /* "По." and a line feed in UTF-16LE */
    FILE *file = tmpfile();
    struct stream stream = {0};
    struct record record;
    struct error err;
    size_t lines = 400000, length = 0, n = 0;
    bool good = file != NULL;
    for (size_t i = 0; good && i < lines; i++)
        good = fwrite(line, 8, 1, file) == 1;
    CU_ASSERT_FATAL(good && fputc('x', file) == 'x' && fflush(file) == 0);
    rewind(file);
    struct slice head;
    stream_start(&stream, fileno(file));
    CU_ASSERT_FATAL(stream_head(&stream, 100, &head, &err) == 0);
    CU_ASSERT_FATAL(stream_decode(&stream, "UTF-16LE", &err) == 0);
    while (n < lines && stream_next(&stream, STREAM_LINE, 100, &record, &err) == 1) {
        good = good && slice_is(record.bytes, "По.") && record.line == ++n && !record.replaced;
        length += record.length;
    }
    CU_ASSERT(good && n == lines);
    /* Half a unit at the end. */
    CU_ASSERT(stream_next(&stream, STREAM_LINE, 100, &record, &err) == 1 && record.replaced == 1);
    CU_ASSERT(length + record.length == lines * 8 + 1);
    CU_ASSERT(stream_next(&stream, STREAM_LINE, 100, &record, &err) == 0);
    /* The next file is read as it is. */
    rewind(file);
    stream_start(&stream, fileno(file));
    CU_ASSERT(stream_next(&stream, STREAM_ALL, 1 << 23, &record, &err) == 1);
    CU_ASSERT(record.bytes.len == lines * 8 + 1 && record.last && !record.too_long);
    CU_ASSERT(stream_next(&stream, STREAM_ALL, 1 << 23, &record, &err) == 0);
    rewind(file);
    stream_start(&stream, fileno(file));
    CU_ASSERT(stream_next(&stream, STREAM_ALL, 1000, &record, &err) == 1 && record.too_long);
    stream_free(&stream);
    fclose(file);
}

void suite_stream(void)
{
    CU_pSuite suite = CU_add_suite("stream", NULL, NULL);
    CU_add_test(suite, "short reads", short_reads);
    CU_add_test(suite, "large files", large_files);
    CU_add_test(suite, "failing read", failing_read);
    CU_add_test(suite, "interrupted", interrupted);
    CU_add_test(suite, "another encoding, whole files", converted);
}
