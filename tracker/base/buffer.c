#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define FIRST_SIZE ((size_t)256)

void buffer_init(struct buffer *buffer, size_t cap)
{
    *buffer = (struct buffer){.cap = cap};
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->ptr);
    buffer_init(buffer, buffer->cap);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->len = 0;
    buffer->failed = false;
    if (buffer->ptr)
        buffer->ptr[0] = '\0';
}

bool buffer_grow(struct buffer *buffer, size_t more)
{
    if (buffer->failed)
        return false;
    if (buffer->len > buffer->cap || more > buffer->cap - buffer->len || buffer->cap == SIZE_MAX) {
        buffer->failed = true;
        return false;
    }
    size_t needed = buffer->len + more + 1;
    if (needed <= buffer->size)
        return true;
    size_t size = buffer->size > SIZE_MAX / 2 ? needed : buffer->size * 2;
    if (size < FIRST_SIZE)
        size = FIRST_SIZE;
    if (size > buffer->cap + 1)
        size = buffer->cap + 1;
    if (size < needed)
        size = needed;
    char *ptr = realloc(buffer->ptr, size);
    if (!ptr) {
        buffer->failed = true;
        return false;
    }
    buffer->ptr = ptr;
    buffer->size = size;
    return true;
}

void buffer_add(struct buffer *buffer, const char *bytes, size_t len)
{
    char *to = buffer_reserve(buffer, len);
    if (!to)
        return;
    if (len)
        memcpy(to, bytes, len);
    buffer->len += len;
}

void buffer_add_slice(struct buffer *buffer, struct slice s)
{
    buffer_add(buffer, s.ptr, s.len);
}

void buffer_add_text(struct buffer *buffer, const char *text)
{
    buffer_add_slice(buffer, slice_of(text));
}

void buffer_add_char(struct buffer *buffer, char c)
{
    char *to = buffer_reserve(buffer, 1);
    if (!to)
        return;
    *to = c;
    buffer->len++;
}

void buffer_add_int(struct buffer *buffer, int64_t value)
{
    char digits[20]; /* "-9223372036854775808" */
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        digits[--at] = '-';
    buffer_add(buffer, digits + at, sizeof digits - at);
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        buffer->failed = true;
    else if (buffer_grow(buffer, (size_t)len)) {
        vsnprintf(buffer->ptr + buffer->len, (size_t)len + 1, format, again);
        buffer->len += (size_t)len;
    }
    va_end(again);
}

int buffer_check(const struct buffer *buffer, struct error *err)
{
    if (!buffer->failed)
        return 0;
    return error_set(err, ERROR_LIMIT, "text too long: more than %zu bytes needed", buffer->cap);
}
