#include <stdint.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Cleaned text is valid UTF-8 without NUL, and cleaning it again changes nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct slice once, twice, raw = {(const char *)data, size};
    size_t replaced = 0;
    arena_init(&arena, (size_t)64 << 20);
    if (utf8_clean(&arena, raw, &once, &replaced, NULL) == 0) {
        for (size_t at = 0; at < once.len;) {
            utf8proc_int32_t code = -1;
            utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)once.ptr + at,
                                                  (utf8proc_ssize_t)(once.len - at), &code);
            if (n < 1 || code < 1 || code == '\r')
                abort();
            at += (size_t)n;
        }
        if (utf8_clean(&arena, once, &twice, &replaced, NULL) || replaced ||
            !slice_equal(once, twice))
            abort();
    }
    arena_free(&arena);
    return 0;
}
