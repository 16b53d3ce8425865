#include "report/sparkline.h"

#define LEVELS 8
/* Each of the eight lower blocks (U+2581 ..) takes three bytes of UTF-8. */
#define BLOCK_BYTES 3

static bool number_next(struct slice *rest, int64_t *out)
{
    *rest = slice_trim(*rest);
    size_t i = 0;
    for (*out = 0; i < rest->len && rest->ptr[i] >= '0' && rest->ptr[i] <= '9'; i++)
        *out = *out > INT64_MAX / 100 ? *out : *out * 10 + (rest->ptr[i] - '0');
    if (!i)
        return false;
    *rest = slice_sub(*rest, i, rest->len - i);
    return true;
}

struct slice sparkline(struct arena *arena, struct slice numbers)
{
    int64_t kept[SPARKLINE_MOST], value, low = INT64_MAX, high = 0;
    size_t total = 0;
    while (number_next(&numbers, &value))
        kept[total++ % SPARKLINE_MOST] = value;
    size_t n = total < SPARKLINE_MOST ? total : SPARKLINE_MOST;
    if (n < 2)
        return SLICE_NONE;
    for (size_t i = 0; i < n; i++) {
        low = kept[i] < low ? kept[i] : low;
        high = kept[i] > high ? kept[i] : high;
    }
    char text[SPARKLINE_MOST * BLOCK_BYTES];
    for (size_t i = 0; i < n; i++) {
        int64_t v = kept[(total - n + i) % SPARKLINE_MOST];
        /* Divided first where the product could overflow. */
        int64_t span = high - low, level = span ? (v - low) / (span / (LEVELS - 1) + 1) : 0;
        if (span && span < INT64_MAX / LEVELS)
            level = (v - low) * (LEVELS - 1) / span;
        text[i * BLOCK_BYTES] = '\xE2';
        text[i * BLOCK_BYTES + 1] = '\x96';
        text[i * BLOCK_BYTES + 2] = (char)(0x81 + level);
    }
    return arena_copy(arena, (struct slice){text, n * BLOCK_BYTES});
}
