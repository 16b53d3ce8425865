#include "text/language_guess.h"

#include "text/character.h"
#include "text/utf8.h"

#define SAMPLE 4000 /* bytes looked at: a handful of paragraphs */

/* Letters that Ukrainian has and Russian has not: і ї є ґ. They are 7 % of a Ukrainian text. */
static bool is_ukrainian_letter(uint32_t code)
{
    return code == 0x456 || code == 0x457 || code == 0x454 || code == 0x491;
}

/* And the other way round: ы э ъ ё, 3 % of a Russian text. */
static bool is_russian_letter(uint32_t code)
{
    return code == 0x44b || code == 0x44d || code == 0x44a || code == 0x451;
}

/* Whether so few bytes lie beyond ASCII that Cyrillic letters cannot be half of all letters: spares
 * an English text the closer look. Eight bytes at a time. */
static bool is_mostly_ascii(struct slice text)
{
    size_t high = 0, i = 0;
    for (; i + 8 <= text.len; i += 8) {
        uint64_t chunk;
        memcpy(&chunk, text.ptr + i, 8);
        /* Each byte 0 or 1, then their sum in the highest byte. */
        chunk = chunk >> 7 & UINT64_C(0x0101010101010101);
        high += (size_t)(chunk * UINT64_C(0x0101010101010101) >> 56);
    }
    for (; i < text.len; i++)
        high += (unsigned char)text.ptr[i] >> 7;
    return high * 5 < text.len;
}

struct slice language_guess(struct slice text)
{
    size_t letters = 0, cyrillic = 0, ukrainian = 0, russian = 0;
    text = slice_sub(text, 0, text.len < SAMPLE ? text.len : SAMPLE);
    if (is_mostly_ascii(text))
        return SLICE_NONE;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = 0;
        at += utf8_decode(text.ptr + at, text.len - at, &code);
        if (character_class(code) != CHARACTER_LETTER)
            continue;
        code = character_fold(code);
        letters++;
        cyrillic += code >= 0x400 && code <= 0x52f;
        ukrainian += is_ukrainian_letter(code);
        russian += is_russian_letter(code);
    }
    if (cyrillic * 2 <= letters)
        return SLICE_NONE;
    /* Twice as many: a Russian text may quote Ukrainian names, and a Ukrainian one Russian words.
     */
    if (ukrainian > 2 * russian)
        return SLICE_LITERAL("uk");
    return russian ? SLICE_LITERAL("ru") : SLICE_LITERAL("und");
}
