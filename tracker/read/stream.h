#ifndef TRACKER_READ_STREAM_H
#define TRACKER_READ_STREAM_H

#include "base/error.h"
#include "read/charset.h"
#include "read/json_cut.h"

/* A window over the bytes of a descriptor that cuts them into records without copying them. Plain
 * read(2) in large pieces rather than a map: a file that shrinks under a map kills the process. */
struct stream {
    int fd;    /* not owned */
    char *buf; /* kept when the stream is started on the next file */
    size_t size;
    size_t start;   /* first byte not handed out */
    size_t scan;    /* from start to here no end of a record stands */
    size_t end;     /* bytes filled */
    size_t line;    /* number of the line at the record's first byte, from 1 */
    size_t dropped; /* bytes of the current record thrown away, it being too long */
    size_t lines_dropped;
    int error; /* errno of the read that failed; `eof` is set then */
    bool eof;
    struct json_cut json; /* where in a JSON document it is */
    /* A stream in another encoding than UTF-8: its bytes are read into `raw` and converted. */
    struct charset_decoder decoder;
    char *raw; /* NULL when nothing is converted */
    size_t raw_size, raw_start, raw_end;
    size_t raw_taken; /* bytes converted since the last record */
    size_t replaced;  /* malformed characters of that encoding since the last record */
};

/* What ends a record. */
enum stream_end {
    STREAM_LINE,      /* a line feed */
    STREAM_FORM_FEED, /* a line that holds only a form feed */
    STREAM_ALL,       /* the end of the file */
    STREAM_JSON,      /* the end of a piece of a JSON document (see json_cut.h) */
};

struct record {
    struct slice bytes; /* without its end; valid until the next call on the stream */
    size_t line;        /* its first line, from 1 */
    size_t length;      /* bytes of input it took, with its end */
    size_t replaced;    /* malformed characters of another encoding than UTF-8 in it */
    bool too_long;      /* `bytes` is to be ignored */
    bool last;          /* the input ended rather than the record */
    int error;          /* errno when reading failed inside it, else 0 */
};

/* Starts on another descriptor, from line 1. Zero-initialise before the first time. */
void stream_start(struct stream *stream, int fd);

/* Gives the window back; does not close the descriptor. */
void stream_free(struct stream *stream);

/* Reads until a line that is not blank, or `want` bytes, or the end is in the window, and returns
 * what is there (a byte order mark of UTF-8 is passed over). -1 with ERROR_LIMIT or
 * ERROR_INTERRUPTED. */
int stream_head(struct stream *stream, size_t want, struct slice *head,
                struct error *err) WARN_UNUSED;

/* Converts what is in the window and what comes from `charset` to UTF-8 (NULL: nothing to do).
 * Before the first record only. The `length` of a record is then that of the bytes read since the
 * one before. -1 with ERROR_IO when the system lacks the encoding, ERROR_LIMIT for memory. */
int stream_decode(struct stream *stream, const char *charset, struct error *err) WARN_UNUSED;

/* The next record. A record of more than `max` bytes is read to its end but not kept. Returns 1, 0
 * at the end of the input, -1 with ERROR_LIMIT (no memory) or ERROR_INTERRUPTED (a signal came
 * while waiting for bytes; calling again goes on). A failed read gives one record with `error` set,
 * then the end. */
int stream_next(struct stream *stream, enum stream_end kind, size_t max, struct record *record,
                struct error *err) WARN_UNUSED;

#endif
