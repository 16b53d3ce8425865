#include "text/utf8.h"

#include <utf8proc.h>

#include "text/character.h"

#define BAD_CODE 0xfffdu
#define BOM "\xef\xbb\xbf"
#define EACH_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

/* Unicode 15, table 3-7: how long a sequence is by its first byte, and what its second may be. */
struct lead {
    uint8_t len;
    uint8_t low;
    uint8_t high;
};

static struct lead lead_of(unsigned char c)
{
    if (c >= 0xc2 && c <= 0xdf)
        return (struct lead){2, 0x80, 0xbf};
    if (c >= 0xe0 && c <= 0xef)
        return (struct lead){3, c == 0xe0 ? 0xa0 : 0x80, c == 0xed ? 0x9f : 0xbf};
    if (c >= 0xf0 && c <= 0xf4)
        return (struct lead){4, c == 0xf0 ? 0x90 : 0x80, c == 0xf4 ? 0x8f : 0xbf};
    return (struct lead){0, 0, 0};
}

/* As utf8_decode; *code is UINT32_MAX for a malformed sequence, so that a U+FFFD in the text is
 * told from one. */
static size_t decode(const char *s, size_t len, uint32_t *code)
{
    const unsigned char *p = (const unsigned char *)s;
    if (p[0] < 0x80) {
        *code = p[0];
        return 1;
    }
    struct lead lead = lead_of(p[0]);
    *code = UINT32_MAX;
    if (!lead.len || len < 2 || p[1] < lead.low || p[1] > lead.high)
        return 1;
    uint32_t value = (p[0] & (0x7fu >> lead.len)) << 6 | (p[1] & 0x3fu);
    for (size_t i = 2; i < lead.len; i++) {
        if (i >= len || (p[i] & 0xc0) != 0x80)
            return i;
        value = value << 6 | (p[i] & 0x3fu);
    }
    *code = value;
    return lead.len;
}

size_t utf8_decode(const char *s, size_t len, uint32_t *code)
{
    size_t taken = decode(s, len, code);
    if (*code == UINT32_MAX)
        *code = BAD_CODE;
    return taken;
}

static uint64_t load(const char *s)
{
    uint64_t x;
    memcpy(&x, s, sizeof x);
    return x;
}

size_t utf8_ascii_prefix(const char *s, size_t len)
{
    size_t i = 0;
    while (len - i >= 32) {
        uint64_t all = load(s + i) | load(s + i + 8) | load(s + i + 16) | load(s + i + 24);
        if (all & EACH_BYTE(0x80))
            break;
        i += 32;
    }
    while (i < len && !((unsigned char)s[i] & 0x80))
        i++;
    return i;
}

/* Characters that normal form C never touches, whatever stands around them: starters that neither
 * decompose nor compose with a character before them (NFC_Quick_Check = Yes, ccc = 0). Ranges of
 * the scripts news is written in; everything else takes the long way. tests/text/test_utf8.c holds
 * the table against utf8proc. */
static const struct {
    uint32_t first;
    uint32_t last;
} STABLE[] = {
    {0x80, 0x2ff},    {0x400, 0x482},   {0x48a, 0x52f},   {0x5d0, 0x5ea},   {0x600, 0x60f},
    {0x61b, 0x64a},   {0x660, 0x66f},   {0x671, 0x6d5},   {0x6ee, 0x70d},   {0x388, 0x3ff},
    {0x1e00, 0x1f6f}, {0x2002, 0x2064}, {0x20a0, 0x20bf}, {0x2100, 0x2125}, {0x2190, 0x2328},
    {0x2500, 0x27ff}, {0x3001, 0x3029}, {0x3041, 0x3096}, {0x30a0, 0x30ff}, {0x3400, 0x9fff},
    {0xac00, 0xd7a3}, {0xfe0f, 0xfe0f}, {0xff01, 0xffef}, {0xfffd, 0xfffd}, {0x1f300, 0x1faff},
};

static bool is_stable(uint32_t code)
{
    if (code <= STABLE[0].last)
        return true;
    for (size_t i = 1; i < sizeof STABLE / sizeof *STABLE; i++)
        if (code >= STABLE[i].first && code <= STABLE[i].last)
            return true;
    return false;
}

/* Length of the leading part of `s` that is stored as it is. */
static size_t stable_prefix(const char *s, size_t len)
{
    size_t i = 0;
    while (i < len) {
        if (len - i >= 8) {
            uint64_t x = load(s + i);
            /* No byte below space and none above 0x7f (exact while the latter holds). */
            if (!((x | (x - EACH_BYTE(0x20))) & EACH_BYTE(0x80))) {
                i += 8;
                continue;
            }
        }
        unsigned char c = (unsigned char)s[i];
        if (c < 0x80) {
            if (c < ' ' && c != '\n' && c != '\t')
                return i;
            i++;
            continue;
        }
        uint32_t code = 0;
        size_t taken = decode(s + i, len - i, &code);
        if (code == UINT32_MAX || !is_stable(code))
            return i;
        i += taken;
    }
    return i;
}

/* The longest run of combining marks that is kept: that of the Stream-Safe Text Format (UAX #15).
 * It bounds the work of ordering marks; no language comes near it. */
#define MARKS_MAX 30

struct cleaner {
    struct arena *arena;
    char *out;
    size_t len;
    size_t capacity;
    utf8proc_int32_t *codes; /* one stretch of unstable characters, taken apart */
    size_t n_codes;
    size_t codes_capacity;
    size_t marks; /* in a row at the end of codes */
    size_t replaced;
    struct error *err;
};

static int emit(struct cleaner *cleaner, const char *bytes, size_t len)
{
    if (cleaner->capacity - cleaner->len < len) {
        size_t capacity = cleaner->capacity + cleaner->capacity / 2 + len;
        char *out = arena_alloc(cleaner->arena, capacity);
        if (!out)
            return arena_full(cleaner->arena, cleaner->err);
        if (cleaner->len)
            memcpy(out, cleaner->out, cleaner->len);
        cleaner->out = out;
        cleaner->capacity = capacity;
    }
    if (len)
        memcpy(cleaner->out + cleaner->len, bytes, len);
    cleaner->len += len;
    return 0;
}

static int emit_code(struct cleaner *cleaner, uint32_t code)
{
    char bytes[4];
    return emit(cleaner, bytes, character_encode(code, bytes));
}

static int combining_class(utf8proc_int32_t code)
{
    return utf8proc_get_property(code)->combining_class;
}

/* Appends the canonical decomposition of one character, marks in canonical order. */
static int take_apart(struct cleaner *cleaner, uint32_t code)
{
    utf8proc_int32_t parts[8];
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, parts, 8,
                                                 UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, NULL);
    size_t marks = cleaner->marks;
    for (utf8proc_ssize_t i = 0; i < n && i < 8; i++)
        marks = combining_class(parts[i]) ? marks + 1 : 0;
    if (n < 1 || n > 8 || marks > MARKS_MAX) {
        parts[0] = BAD_CODE;
        n = 1;
        cleaner->replaced++;
    }
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        if (arena_grow(cleaner->arena, &cleaner->codes, &cleaner->codes_capacity, cleaner->n_codes,
                       sizeof *cleaner->codes, cleaner->err))
            return -1;
        int class = combining_class(parts[i]);
        cleaner->marks = class ? cleaner->marks + 1 : 0;
        size_t to = cleaner->n_codes++;
        for (; class && to > 0 && combining_class(cleaner->codes[to - 1]) > class; to--)
            cleaner->codes[to] = cleaner->codes[to - 1];
        cleaner->codes[to] = parts[i];
    }
    return 0;
}

/* Normalises the stretch of unstable characters at `s`, with the character written last, which a
 * mark may join. Returns the bytes taken, or 0 on failure. */
static size_t normalise(struct cleaner *cleaner, const char *s, size_t len)
{
    size_t at = 0, last = cleaner->len;
    uint32_t code = 0;
    cleaner->n_codes = cleaner->marks = 0;
    if (last) {
        do
            last--;
        while (last && ((unsigned char)cleaner->out[last] & 0xc0) == 0x80);
        decode(cleaner->out + last, cleaner->len - last, &code);
        cleaner->len = last;
        if (take_apart(cleaner, code))
            return 0;
    }
    while (at < len) {
        size_t taken = decode(s + at, len - at, &code);
        if (code < 0x80 || code == UINT32_MAX || is_stable(code))
            break;
        if (take_apart(cleaner, code))
            return 0;
        at += taken;
    }
    utf8proc_ssize_t n = utf8proc_normalize_utf32(
        cleaner->codes, (utf8proc_ssize_t)cleaner->n_codes, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    for (utf8proc_ssize_t i = 0; i < n; i++)
        if (emit_code(cleaner, (uint32_t)cleaner->codes[i]))
            return 0;
    return at;
}

/* Deals with what stands at `s` and is not stored as it is. Bytes taken, 0 on failure. */
static size_t repair(struct cleaner *cleaner, const char *s, size_t len)
{
    uint32_t code = 0;
    size_t taken = decode(s, len, &code);
    if (code == '\r') {
        taken = len > 1 && s[1] == '\n' ? 2 : 1;
        code = '\n';
    } else if (code == UINT32_MAX || code == 0) {
        code = BAD_CODE;
        cleaner->replaced++;
    } else if (code < ' ') {
        code = ' ';
    } else {
        return normalise(cleaner, s, len);
    }
    return emit_code(cleaner, code) ? 0 : taken;
}

int utf8_clean(struct arena *arena, struct slice raw, struct slice *out, size_t *replaced,
               struct error *err)
{
    const struct slice bom = SLICE_LITERAL(BOM);
    while (slice_starts(raw, bom))
        raw = slice_sub(raw, bom.len, raw.len - bom.len);
    struct cleaner cleaner = {.arena = arena, .err = err};
    size_t at = stable_prefix(raw.ptr, raw.len);
    *out = raw;
    *replaced = 0;
    if (at == raw.len)
        return 0;
    cleaner.capacity = raw.len + raw.len / 16 + 16;
    cleaner.out = arena_alloc(arena, cleaner.capacity);
    if (!cleaner.out)
        return arena_full(arena, err);
    if (emit(&cleaner, raw.ptr, at))
        return -1;
    while (at < raw.len) {
        size_t taken = repair(&cleaner, raw.ptr + at, raw.len - at);
        if (!taken)
            return -1;
        at += taken;
        taken = stable_prefix(raw.ptr + at, raw.len - at);
        if (emit(&cleaner, raw.ptr + at, taken))
            return -1;
        at += taken;
    }
    *out = (struct slice){cleaner.out, cleaner.len};
    *replaced = cleaner.replaced;
    return 0;
}
