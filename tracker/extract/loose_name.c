#include "extract/loose_name.h"

/* Longest first where one begins another. What is not listed stays as it is. */
static const struct spelling {
    const char *written, *loose;
} SPELLINGS[] = {
    {"tch", "ch"}, {"dzh", "j"}, {"ch", "ch"}, {"sh", "sh"}, {"kh", "k"}, {"gh", "g"}, {"dh", "d"},
    {"th", "t"},   {"ph", "f"},  {"zh", "j"},  {"dj", "j"},  {"ck", "k"}, {"ou", "u"}, {"oo", "u"},
    {"ow", "u"},   {"aw", "u"},  {"au", "u"},  {"ee", "i"},  {"ie", "i"}, {"ei", "i"}, {"ey", "i"},
    {"ai", "i"},   {"ay", "i"},  {"iy", "i"},  {"ae", "i"},  {"q", "k"},  {"c", "k"},  {"x", "ks"},
    {"v", "w"},    {"o", "u"},   {"e", "i"},   {"y", "i"},
};

/* Words that stand before or inside a name and are often left out. */
static const char *const SMALL[] = {"al",  "el",  "ad", "an",  "ar", "as", "ash", "at", "az",
                                    "adh", "ath", "ul", "the", "e",  "i",  "wa",  "de"};

static bool is_small(struct slice word)
{
    for (size_t k = 0; k < sizeof SMALL / sizeof *SMALL; k++)
        if (slice_is(word, SMALL[k]))
            return true;
    return false;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'i' || c == 'u';
}

/* Appends one letter, unless it repeats the one before. */
static void add_letter(struct buffer *out, size_t start, char c)
{
    if (out->len > start && out->ptr[out->len - 1] == c)
        return;
    buffer_add(out, &c, 1);
}

static void add_word(struct buffer *out, size_t start, struct slice word)
{
    for (size_t at = 0; at < word.len;) {
        struct slice rest = slice_sub(word, at, word.len - at);
        const struct spelling *found = NULL;
        for (size_t k = 0; k < sizeof SPELLINGS / sizeof *SPELLINGS && !found; k++) {
            size_t len = strlen(SPELLINGS[k].written);
            if (len <= rest.len && memcmp(SPELLINGS[k].written, rest.ptr, len) == 0)
                found = &SPELLINGS[k];
        }
        for (const char *c = found ? found->loose : NULL; c && *c; c++)
            add_letter(out, start, *c);
        if (!found)
            add_letter(out, start, rest.ptr[0]);
        at += found ? strlen(found->written) : 1;
    }
    /* "Kabira", "Kabirah" */
    if (out->len > start + 1 && out->ptr[out->len - 1] == 'h' && is_vowel(out->ptr[out->len - 2]))
        out->len--;
}

void loose_name(struct buffer *out, struct slice folded)
{
    size_t start = out->len;
    for (size_t k = 0; k < folded.len; k++)
        if (!(folded.ptr[k] == ' ' || (folded.ptr[k] >= 'a' && folded.ptr[k] <= 'z')))
            return;
    for (size_t at = 0, end; at < folded.len; at = end + 1) {
        const char *space = memchr(folded.ptr + at, ' ', folded.len - at);
        end = space ? (size_t)(space - folded.ptr) : folded.len;
        struct slice word = slice_sub(folded, at, end - at);
        if (!is_small(word))
            add_word(out, start, word);
    }
    if (out->len - start < LOOSE_NAME_LEAST)
        out->len = start;
}
