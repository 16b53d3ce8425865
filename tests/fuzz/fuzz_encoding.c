/* Any bytes in any encoding: recognised, and converted the same whole and in two pieces. The first
 * byte picks the label of a header, the second where the pieces are cut. */
#include <stdint.h>
#include <stdlib.h>

#include "read/charset.h"
#include "read/date.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const labels[] = {"",        "utf-8", "windows-1251", "koi8-u", "utf-16le",
                                     "gb18030", "big5",  "shift_jis",    "euc-kr", "iso-8859-5"};

static void decode_in_pieces(struct arena *arena, const char *charset, struct slice bytes,
                             size_t cut, struct slice *out)
{
    struct charset_decoder decoder;
    size_t replaced = 0, size = bytes.len * 3 + 16;
    char *text = arena_alloc(arena, size);
    if (!text || charset_open(&decoder, charset, NULL))
        abort();
    struct slice first = slice_sub(bytes, 0, cut);
    size_t len = charset_decode(&decoder, &first, false, text, size, &replaced);
    size_t done = cut - first.len;
    struct slice rest = slice_sub(bytes, done, bytes.len - done);
    len += charset_decode(&decoder, &rest, true, text + len, size - len, &replaced);
    charset_close(&decoder);
    if (rest.len)
        abort();
    *out = (struct slice){text, len};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct slice whole, pieces, clean;
    struct stamp stamp;
    size_t replaced = 0, damaged = 0;
    if (size < 2)
        return 0;
    struct slice bytes = {(const char *)data + 2, size - 2};
    size_t cut = bytes.len * data[1] / 256;
    arena_init(&arena, (size_t)64 << 20);
    charset_guess(bytes);
    if (date_read(bytes, &stamp, NULL) == 0 && stamp.day == DAY_NONE)
        abort();
    const char *charset =
        charset_detect(bytes, slice_of(labels[data[0] % (sizeof labels / sizeof *labels)]));
    if (charset_decode_all(&arena, bytes, charset, &whole, &replaced, NULL))
        abort();
    /* What iconv gives is UTF-8: nothing is to be replaced but NUL, and long runs of marks. */
    if (charset && utf8_clean(&arena, whole, &clean, &damaged, NULL))
        abort();
    if (charset && damaged && !memchr(whole.ptr, 0, whole.len) && whole.len < 60)
        abort();
    if (charset && whole.len && bytes.len && bytes.ptr[0] != '\xFF' && bytes.ptr[0] != '\xFE' &&
        bytes.ptr[0] != '\xEF') {
        decode_in_pieces(&arena, charset, bytes, cut, &pieces);
        if (!slice_equal(whole, pieces))
            abort();
    }
    arena_free(&arena);
    return 0;
}
