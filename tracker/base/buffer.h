#ifndef TRACKER_BASE_BUFFER_H
#define TRACKER_BASE_BUFFER_H

#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"

/* Bytes that grow up to a hard cap. Appends never fail one by one: the first that does not fit sets
 * `failed`, later ones do nothing, and buffer_check reports it once. Always NUL-terminated when
 * not empty. */
struct buffer {
    char *ptr;
    size_t len;
    size_t size; /* bytes allocated */
    size_t cap;  /* most bytes it may hold */
    bool failed;
};

/* An empty buffer that will hold at most `cap` bytes. Allocates nothing yet. */
void buffer_init(struct buffer *buffer, size_t cap);

/* Gives the memory back; the buffer is empty and usable again with the same cap. */
void buffer_free(struct buffer *buffer);

/* Empties it, keeps the memory, clears `failed`. */
void buffer_clear(struct buffer *buffer);

void buffer_add(struct buffer *buffer, const char *bytes, size_t len);
void buffer_add_slice(struct buffer *buffer, struct slice s);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_add_int(struct buffer *buffer, int64_t value);
void buffer_format(struct buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);

/* Makes size >= len + more + 1 (the NUL). Sets `failed` and returns false when it cannot. */
bool buffer_grow(struct buffer *buffer, size_t more);

/* Room for `len` more bytes, to be filled by the caller, who then adds to `len`; NULL on failure.
 * The end is terminated where it will be if all are filled. */
static inline char *buffer_reserve(struct buffer *buffer, size_t len)
{
    bool fits = buffer->size > buffer->len && len < buffer->size - buffer->len && !buffer->failed;
    if (!fits && !buffer_grow(buffer, len))
        return NULL;
    buffer->ptr[buffer->len + len] = '\0';
    return buffer->ptr + buffer->len;
}

static inline struct slice buffer_slice(const struct buffer *buffer)
{
    return (struct slice){buffer->ptr, buffer->len};
}

/* 0, or -1 with ERROR_LIMIT when any append since the last clear did not fit. */
int buffer_check(const struct buffer *buffer, struct error *err) WARN_UNUSED;

#endif
