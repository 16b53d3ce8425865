#include "read/stream.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* Large enough that system calls do not count, small enough to stay in a second level cache. */
#define WINDOW_SIZE ((size_t)1 << 20)

/* "\n\f\r": what must stay in the window of a record that is being dropped, so that an end which
 * straddles two reads is still seen. */
#define END_CONTEXT 3

/* The least room for a conversion: one character. */
#define DECODE_ROOM 64

static void end_decoding(struct stream *stream)
{
    charset_close(&stream->decoder);
    free(stream->raw);
    stream->raw = NULL;
}

void stream_start(struct stream *stream, int fd)
{
    end_decoding(stream);
    *stream = (struct stream){.fd = fd, .buf = stream->buf, .size = stream->size, .line = 1};
}

void stream_free(struct stream *stream)
{
    end_decoding(stream);
    free(stream->buf);
    *stream = (struct stream){.fd = -1};
}

/* Line feeds in some bytes, eight at a time: reading a character a time would be the slowest step
 * of the floor. */
static size_t count_lines(const char *bytes, size_t len)
{
    const uint64_t low7 = UINT64_C(0x7f7f7f7f7f7f7f7f), feeds = UINT64_C(0x0a0a0a0a0a0a0a0a);
    const uint64_t ones = UINT64_C(0x0101010101010101), even = UINT64_C(0x00ff00ff00ff00ff);
    size_t count = 0, i = 0;
    while (len - i >= 8) {
        /* Byte counters hold 255 rounds. */
        size_t rounds = (len - i) / 8 < 255 ? (len - i) / 8 : 255;
        uint64_t sums = 0;
        for (size_t end = i + rounds * 8; i < end; i += 8) {
            uint64_t word;
            memcpy(&word, bytes + i, 8);
            word ^= feeds;
            sums += ~(((word & low7) + low7) | word | low7) >> 7 & ones;
        }
        sums = (sums & even) + (sums >> 8 & even);
        count += (size_t)(sums * UINT64_C(0x0001000100010001) >> 48);
    }
    for (; i < len; i++)
        count += bytes[i] == '\n';
    return count;
}

/* Makes room behind `end`: by moving what is left to the front, else by growing. */
static int make_room(struct stream *stream, struct error *err)
{
    if (stream->start) {
        memmove(stream->buf, stream->buf + stream->start, stream->end - stream->start);
        stream->end -= stream->start;
        stream->scan -= stream->start;
        stream->start = 0;
    }
    if (stream->end + (stream->raw ? DECODE_ROOM : 0) < stream->size)
        return 0;
    size_t size = stream->size ? stream->size * 2 : WINDOW_SIZE;
    char *buf = realloc(stream->buf, size);
    if (!buf)
        return error_set(err, ERROR_LIMIT, "no memory for a window of %zu bytes", size);
    stream->buf = buf;
    stream->size = size;
    return 0;
}

/* Reads once into `to`, of `room` bytes. At the end of the input, or when it cannot be read, sets
 * `eof`. */
static int read_once(struct stream *stream, char *to, size_t room, size_t *got, struct error *err)
{
    ssize_t n = read(stream->fd, to, room);
    *got = 0;
    if (n < 0 && errno == EINTR)
        return error_set(err, ERROR_INTERRUPTED, "interrupted while reading");
    if (n <= 0) {
        stream->error = n < 0 ? errno : 0;
        stream->eof = true;
        return 0;
    }
    *got = (size_t)n;
    return 0;
}

/* Reads more raw bytes when there are none but a cut character. */
static int fill_raw(struct stream *stream, struct error *err)
{
    size_t got;
    memmove(stream->raw, stream->raw + stream->raw_start, stream->raw_end - stream->raw_start);
    stream->raw_end -= stream->raw_start;
    stream->raw_start = 0;
    if (read_once(stream, stream->raw + stream->raw_end, stream->raw_size - stream->raw_end, &got,
                  err))
        return -1;
    stream->raw_end += got;
    return 0;
}

/* Converts what is there of the raw bytes; reads first when that is too little. */
static int fill_decoded(struct stream *stream, struct error *err)
{
    if (stream->raw_end - stream->raw_start < 4 && fill_raw(stream, err))
        return -1;
    bool last = stream->eof; /* the end of the input, not yet of what is converted */
    struct slice in = {stream->raw + stream->raw_start, stream->raw_end - stream->raw_start};
    stream->end += charset_decode(&stream->decoder, &in, last, stream->buf + stream->end,
                                  stream->size - stream->end, &stream->replaced);
    stream->raw_taken += stream->raw_end - stream->raw_start - in.len;
    stream->raw_start = stream->raw_end - in.len;
    stream->eof = last && in.len == 0;
    return 0;
}

/* Puts more bytes behind `end`. */
static int fill(struct stream *stream, struct error *err)
{
    size_t got;
    if (make_room(stream, err))
        return -1;
    if (stream->raw)
        return fill_decoded(stream, err);
    if (read_once(stream, stream->buf + stream->end, stream->size - stream->end, &got, err))
        return -1;
    stream->end += got;
    return 0;
}

int stream_decode(struct stream *stream, const char *charset, struct error *err)
{
    if (!charset)
        return 0;
    char *window = malloc(WINDOW_SIZE);
    if (!window)
        return error_set(err, ERROR_LIMIT, "no memory for a window of %zu bytes", WINDOW_SIZE);
    if (charset_open(&stream->decoder, charset, err)) {
        free(window);
        return -1;
    }
    stream->raw = stream->buf;
    stream->raw_size = stream->size;
    stream->raw_start = stream->start;
    stream->raw_end = stream->end;
    stream->buf = window;
    stream->size = WINDOW_SIZE;
    stream->start = stream->scan = stream->end = 0;
    stream->eof = false; /* read again at the end: what is at hand is still to be converted */
    return 0;
}

int stream_head(struct stream *stream, size_t want, struct slice *head, struct error *err)
{
    for (;;) {
        struct slice all = {stream->buf + stream->start, stream->end - stream->start};
        struct slice rest = slice_trim(all);
        size_t blank = rest.len ? (size_t)(rest.ptr - all.ptr) : all.len;
        bool line = rest.len && memchr(rest.ptr, '\n', all.len - blank);
        if (stream->eof || all.len >= want || line)
            break;
        if (fill(stream, err))
            return -1;
    }
    if (stream->end - stream->start >= 3 && !memcmp(stream->buf + stream->start, "\xEF\xBB\xBF", 3))
        stream->scan = stream->start += 3;
    size_t len = stream->end - stream->start;
    *head = (struct slice){stream->buf + stream->start, len < want ? len : want};
    return 0;
}

/* The end of the current record: [start, *stop) is the record and the next one begins at *next. */
static bool find_line(struct stream *stream, size_t *stop, size_t *next)
{
    const char *feed = memchr(stream->buf + stream->scan, '\n', stream->end - stream->scan);
    if (!feed) {
        stream->scan = stream->end;
        return false;
    }
    *stop = (size_t)(feed - stream->buf);
    *next = *stop + 1;
    return true;
}

static bool find_form_feed(struct stream *stream, size_t *stop, size_t *next)
{
    const char *buf = stream->buf;
    const char *feed;
    while ((feed = memchr(buf + stream->scan, '\f', stream->end - stream->scan))) {
        size_t i = (size_t)(feed - buf), after = i + 1;
        bool line_start = i == stream->start || buf[i - 1] == '\n';
        if (after < stream->end && buf[after] == '\r')
            after++;
        if (line_start && after == stream->end && !stream->eof) {
            stream->scan = i; /* what follows is still to be read */
            return false;
        }
        if (line_start && (after == stream->end || buf[after] == '\n')) {
            *stop = i;
            *next = after + (after < stream->end);
            return true;
        }
        stream->scan = i + 1;
    }
    stream->scan = stream->end;
    return false;
}

static bool find_all(struct stream *stream, size_t *stop, size_t *next)
{
    *stop = *next = stream->scan = stream->end;
    return false;
}

static bool find_json(struct stream *stream, size_t *stop, size_t *next)
{
    struct slice rest = {stream->buf + stream->scan, stream->end - stream->scan};
    size_t n = json_cut_next(&stream->json, rest);
    stream->scan += n ? n : rest.len;
    *stop = *next = stream->scan;
    return n != 0;
}

static bool find_end(struct stream *stream, enum stream_end kind, size_t *stop, size_t *next)
{
    switch (kind) {
    case STREAM_LINE: return find_line(stream, stop, next);
    case STREAM_FORM_FEED: return find_form_feed(stream, stop, next);
    case STREAM_JSON: return find_json(stream, stop, next);
    case STREAM_ALL: break;
    }
    return find_all(stream, stop, next);
}

/* Forgets the bytes of a record that has become too long, all but the last few. */
static void drop(struct stream *stream)
{
    size_t len = stream->end - stream->start;
    if (len <= END_CONTEXT)
        return;
    len -= END_CONTEXT;
    stream->lines_dropped += count_lines(stream->buf + stream->start, len);
    stream->dropped += len;
    stream->start += len;
}

static void deliver(struct stream *stream, enum stream_end kind, size_t stop, size_t next,
                    size_t max, struct record *record)
{
    const char *bytes = stream->buf + stream->start;
    size_t len = stop - stream->start;
    *record = (struct record){
        .bytes = {bytes, len},
        .line = stream->line,
        .length = stream->raw ? stream->raw_taken : stream->dropped + next - stream->start,
        .replaced = stream->replaced,
        .too_long = stream->dropped || len > max,
    };
    stream->line +=
        kind == STREAM_LINE ? 1 : stream->lines_dropped + count_lines(bytes, next - stream->start);
    stream->lines_dropped = stream->dropped = stream->raw_taken = stream->replaced = 0;
    stream->start = stream->scan = next;
}

int stream_next(struct stream *stream, enum stream_end kind, size_t max, struct record *record,
                struct error *err)
{
    size_t stop, next;
    for (;;) {
        bool empty = stream->start == stream->end;
        if (!empty && find_end(stream, kind, &stop, &next)) {
            deliver(stream, kind, stop, next, max, record);
            return 1;
        }
        if (stream->eof)
            break;
        if (stream->dropped || stream->scan - stream->start > max)
            drop(stream);
        if (fill(stream, err))
            return -1;
    }
    if (stream->start == stream->end && !stream->dropped && !stream->error)
        return 0;
    deliver(stream, kind, stream->end, stream->end, max, record);
    record->last = true;
    record->error = stream->error;
    stream->error = 0;
    return 1;
}
