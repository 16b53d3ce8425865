#include <stdint.h>

#include "read/charset.h"
#include "text/utf8.h"

/* How much of a document is looked at for statistics, and for a declaration. */
#define SAMPLE_SIZE ((size_t)256 << 10)
#define DECLARATION_SIZE 4096

/* Malformed characters of UTF-8 that are taken for damage rather than another encoding. */
#define DAMAGE 3

/* ---- byte order marks and zero bytes -----------------------------------------------------------
 */

/* UTF-16 without a mark: a byte that is zero (Latin) or 4 (Cyrillic) in nearly every unit, and
 * always at the same place in it. */
static const char *wide_guess(struct slice bytes)
{
    size_t n = bytes.len < 4096 ? bytes.len & ~(size_t)1 : 4096, high[2] = {0}, zero[2] = {0};
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];
        zero[i & 1] += c == 0;
        high[i & 1] += c == 0 || c == 4 || c == 0x20;
    }
    for (size_t side = 0; side < 2 && n >= 8; side++) {
        /* Some unit is a space or line feed, so some byte is zero; hardly one at the other place.
         */
        if (zero[side] && high[side] * 10 >= n / 2 * 9 && zero[!side] * 50 <= n)
            return side ? "UTF-16LE" : "UTF-16BE";
    }
    return NULL;
}

/* ---- Cyrillic ----------------------------------------------------------------------------------
 */

/* How often each letter stands among 1000 of Ukrainian and Russian prose, from а to я; rounded from
 * published counts of the two languages' letters. */
static const uint8_t letter_frequency[32] = {
    80, 16, 48, 16, 32, 60, 8, 20, 62, 11, 36, 38, 31, 65, 94, 27,
    48, 47, 55, 30, 3,  10, 6, 14, 7,  4,  1,  14, 18, 3,  8,  20,
};

/* A code page of Cyrillic: where its letters а to я and А to Я stand. `order` gives the letters of
 * 32 bytes where they are not in the alphabet's order. */
static const struct code_page {
    const char *charset;
    uint8_t lower[2]; /* first bytes of two runs of 16 small letters */
    uint8_t upper[2];
    const char *order; /* of KOI8: the letter 0..31 at each byte from lower[0] on */
} code_pages[] = {
    {"CP1251", {0xE0, 0xF0}, {0xC0, 0xD0}, NULL},
    {"KOI8-U",
     {0xC0, 0xD0},
     {0xE0, 0xF0},
     "\x1E\x00\x01\x16\x04\x05\x14\x03\x15\x08\x09\x0A\x0B\x0C\x0D\x0E"
     "\x0F\x1F\x10\x11\x12\x13\x06\x02\x1C\x1B\x07\x18\x1D\x19\x17\x1A"},
    {"ISO-8859-5", {0xD0, 0xE0}, {0xB0, 0xC0}, NULL},
    {"CP866", {0xA0, 0xE0}, {0x80, 0x90}, NULL},
};

/* The letter a byte is, 0 to 31; 32 more for a capital; -1 for none. */
static int letter_of(const struct code_page *page, unsigned char c)
{
    for (int half = 0; half < 2; half++) {
        int small = c - page->lower[half], capital = c - page->upper[half];
        int at = small >= 0 && small < 16 ? small : capital >= 0 && capital < 16 ? capital : -1;
        if (at < 0)
            continue;
        at += 16 * half;
        int letter = page->order ? page->order[at] : at;
        return letter + (small >= 0 && small < 16 ? 0 : 32);
    }
    return -1;
}

/* How like Cyrillic prose some bytes look in a code page: frequent letters count for it; capitals
 * behind small letters, and bytes that are no letters, against it. */
static int64_t code_page_score(const struct code_page *page, const uint32_t counts[256],
                               const uint32_t after_small[256], size_t n_high)
{
    int64_t score = 0;
    for (int c = 0x80; c < 0x100; c++) {
        int letter = letter_of(page, (unsigned char)c);
        if (letter >= 0 && letter < 32)
            score += (int64_t)counts[c] * letter_frequency[letter];
        else if (letter >= 32)
            score += (int64_t)(counts[c] - after_small[c]) * letter_frequency[letter - 32] / 2 -
                     (int64_t)after_small[c] * 40;
        else
            score -= (int64_t)counts[c] * 10;
    }
    return score / (int64_t)(n_high ? n_high : 1);
}

/* Counts bytes beyond ASCII, and those that stand behind another one. */
static size_t count_high(struct slice bytes, uint32_t counts[256], size_t *in_runs)
{
    size_t n = 0;
    bool before = false;
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];
        bool high = c >= 0x80;
        counts[c] += high;
        n += high;
        *in_runs += high && before;
        before = high;
    }
    return n;
}

static void count_after_small(const struct code_page *page, struct slice bytes,
                              uint32_t after_small[256])
{
    bool small = false;
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];
        int letter = c < 0x80 ? -1 : letter_of(page, c);
        after_small[c] += small && letter >= 32;
        small = letter >= 0 && letter < 32;
    }
}

/* Western text has single letters beyond ASCII among others; Cyrillic words are made of them. */
static const char *single_byte_guess(struct slice bytes)
{
    uint32_t counts[256] = {0};
    size_t in_runs = 0, n_high = count_high(bytes, counts, &in_runs);
    if (in_runs * 2 < n_high)
        return "CP1252";
    const char *best = "CP1252";
    int64_t best_score = 20; /* of a mean of some 45 that prose has */
    for (size_t i = 0; i < sizeof code_pages / sizeof *code_pages; i++) {
        uint32_t after_small[256] = {0};
        count_after_small(&code_pages[i], bytes, after_small);
        int64_t score = code_page_score(&code_pages[i], counts, after_small, n_high);
        if (score > best_score) {
            best_score = score;
            best = code_pages[i].charset;
        }
    }
    return best;
}

/* ---- UTF-8 -------------------------------------------------------------------------------------
 */

struct utf8_count {
    size_t good, malformed; /* characters beyond ASCII */
};

static struct utf8_count count_utf8(struct slice bytes)
{
    struct utf8_count count = {0};
    for (size_t i = 0; i < bytes.len;) {
        i += utf8_ascii_prefix(bytes.ptr + i, bytes.len - i);
        if (i == bytes.len)
            break;
        uint32_t code;
        size_t n = utf8_decode(bytes.ptr + i, bytes.len - i, &code);
        bool bad = code == 0xFFFD && n < 3;
        bool cut = i + 3 >= bytes.len && bytes.len == SAMPLE_SIZE;
        count.malformed += bad && !cut;
        count.good += !bad;
        i += n;
    }
    return count;
}

static bool is_utf8(struct utf8_count count)
{
    return count.malformed <= DAMAGE || count.malformed * 10 < count.good;
}

/* ---- declarations ------------------------------------------------------------------------------
 */

/* The value behind `key` and an equals sign in `head`, with or without quotes. */
static struct slice value_behind(struct slice head, const char *key)
{
    size_t len = strlen(key);
    for (size_t i = 0; i + len < head.len; i++) {
        size_t k = 0;
        while (k < len && (head.ptr[i + k] | 0x20) == key[k])
            k++;
        if (k < len)
            continue;
        struct slice rest = slice_trim(slice_sub(head, i + len, head.len - i - len));
        if (rest.len == 0 || rest.ptr[0] != '=')
            continue;
        rest = slice_trim(slice_sub(rest, 1, rest.len - 1));
        size_t start = rest.len && (rest.ptr[0] == '"' || rest.ptr[0] == '\''), end = start;
        while (end < rest.len && !strchr(" \t\r\n\"'>;/?", rest.ptr[end]))
            end++;
        return slice_sub(rest, start, end - start);
    }
    return SLICE_NONE;
}

/* The label in an XML declaration or a <meta> of the first bytes. */
static struct slice declaration(struct slice bytes)
{
    struct slice head = {bytes.ptr, bytes.len < DECLARATION_SIZE ? bytes.len : DECLARATION_SIZE};
    if (slice_starts(head, SLICE_LITERAL("<?xml"))) {
        const char *end = memchr(head.ptr, '>', head.len);
        struct slice xml = {head.ptr, end ? (size_t)(end - head.ptr) : 0};
        struct slice label = value_behind(xml, "encoding");
        if (label.len)
            return label;
    }
    for (size_t i = 0; i + 5 < head.len; i++) {
        const char *open = memchr(head.ptr + i, '<', head.len - i);
        if (!open)
            break;
        i = (size_t)(open - head.ptr);
        struct slice tag = slice_sub(head, i, head.len - i);
        if (tag.len < 5 || (tag.ptr[1] | 0x20) != 'm' || (tag.ptr[2] | 0x20) != 'e' ||
            (tag.ptr[3] | 0x20) != 't' || (tag.ptr[4] | 0x20) != 'a')
            continue;
        const char *end = memchr(tag.ptr, '>', tag.len);
        struct slice label = value_behind(
            (struct slice){tag.ptr, end ? (size_t)(end - tag.ptr) : tag.len}, "charset");
        if (label.len)
            return label;
    }
    return SLICE_NONE;
}

/* ---- the decision ------------------------------------------------------------------------------
 */

static struct slice sample_of(struct slice bytes)
{
    return (struct slice){bytes.ptr, bytes.len < SAMPLE_SIZE ? bytes.len : SAMPLE_SIZE};
}

/* By what needs no declaration: true when it is certain. */
static bool certain(struct slice bytes, struct utf8_count *count, const char **charset)
{
    *charset = NULL;
    *count = (struct utf8_count){0};
    if (slice_starts(bytes, SLICE_LITERAL("\xEF\xBB\xBF")))
        return true;
    if (slice_starts(bytes, (struct slice){"\xFF\xFE", 2}))
        return *charset = "UTF-16LE", true;
    if (slice_starts(bytes, (struct slice){"\xFE\xFF", 2}))
        return *charset = "UTF-16BE", true;
    if ((*charset = wide_guess(bytes)))
        return true;
    *count = count_utf8(sample_of(bytes));
    return count->good && !count->malformed;
}

const char *charset_guess(struct slice bytes)
{
    struct utf8_count count;
    const char *charset;
    if (certain(bytes, &count, &charset) || is_utf8(count))
        return charset;
    return single_byte_guess(sample_of(bytes));
}

const char *charset_detect(struct slice bytes, struct slice declared)
{
    struct utf8_count count;
    const char *charset;
    if (certain(bytes, &count, &charset))
        return charset;
    struct slice sources[] = {declared, declaration(bytes)};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        bool known;
        charset = charset_of_label(sources[i], &known);
        /* A document whose own declaration can be read is not in UTF-16, whatever it says. */
        bool wide = charset && strncmp(charset, "UTF-16", 6) == 0;
        if (known && !wide && (charset || is_utf8(count)))
            return charset;
    }
    return is_utf8(count) ? NULL : single_byte_guess(sample_of(bytes));
}
