/* The two foldings of utf8.h: for matching words and for looking up names. */
#include <utf8proc.h>

#include "text/character.h"
#include "text/utf8.h"

static void add_code(struct buffer *out, uint32_t code)
{
    char bytes[4];
    buffer_add(out, bytes, character_encode(code, bytes));
}

static void add_lower_ascii(struct buffer *out, const char *s, size_t len)
{
    char *to = buffer_reserve(out, len);
    if (!to)
        return;
    for (size_t i = 0; i < len; i++)
        to[i] = (char)(s[i] >= 'A' && s[i] <= 'Z' ? s[i] + 0x20 : s[i]);
    out->len += len;
}

void utf8_fold(struct buffer *out, struct slice text)
{
    for (size_t at = 0; at < text.len;) {
        size_t ascii = utf8_ascii_prefix(text.ptr + at, text.len - at);
        uint32_t code = 0;
        if (ascii)
            add_lower_ascii(out, text.ptr + at, ascii);
        at += ascii;
        if (at == text.len)
            break;
        at += utf8_decode(text.ptr + at, text.len - at, &code);
        code = character_fold(code);
        if (code)
            add_code(out, code);
    }
}

/* Letters that no decomposition takes apart, spelled as English gazetteers spell them. */
static const struct {
    uint16_t code;
    char latin[3];
} LATIN_LETTERS[] = {
    {0xdf, "ss"}, {0xe6, "ae"}, {0xf0, "d"},  {0xf8, "o"},   {0xfe, "th"}, {0x111, "d"},
    {0x127, "h"}, {0x131, "i"}, {0x142, "l"}, {0x153, "oe"}, {0x167, "t"}, {0x259, "a"},
};

#define LAST_LATIN 0x259

struct name_writer {
    struct buffer *out;
    char bytes[64]; /* on their way to it */
    size_t n;
    bool gap;   /* a space is due before the next letter */
    bool begun; /* something was written */
    bool latin; /* the last letter was Latin: marks after it are dropped */
};

static void name_flush(struct name_writer *name)
{
    buffer_add(name->out, name->bytes, name->n);
    name->n = 0;
}

static inline void name_letter(struct name_writer *name, uint32_t code)
{
    if (name->n > sizeof name->bytes - 8)
        name_flush(name);
    if (name->gap && name->begun)
        name->bytes[name->n++] = ' ';
    name->gap = false;
    name->begun = true;
    if (code < 0x80) {
        name->bytes[name->n++] = (char)code;
        return;
    }
    for (size_t i = 0; code <= LAST_LATIN && i < sizeof LATIN_LETTERS / sizeof *LATIN_LETTERS; i++)
        if (LATIN_LETTERS[i].code == code) {
            size_t len = strlen(LATIN_LETTERS[i].latin);
            memcpy(name->bytes + name->n, LATIN_LETTERS[i].latin, len);
            name->n += len;
            return;
        }
    name->n += character_encode(code, name->bytes + name->n);
}

static bool is_latin(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 0xdf && code <= 0x24f) ||
           (code >= 0x1e00 && code <= 0x1eff);
}

/* Tatweel, and the vowel signs that are written or left out as the writer likes. */
static bool is_arabic_ornament(uint32_t code)
{
    return code == 0x640 || (code >= 0x64b && code <= 0x652) || code == 0x670;
}

/* One character of the name, already folded. */
static void name_character(struct name_writer *name, uint32_t code)
{
    if (is_arabic_ornament(code))
        return;
    switch (character_class(code)) {
    case CHARACTER_LETTER:
    case CHARACTER_DIGIT:
        name->latin = is_latin(code);
        name_letter(name, code);
        break;
    case CHARACTER_MARK:
        /* Outside Latin a mark makes another letter (Devanagari vowels, й written in two). */
        if (!name->latin)
            name_letter(name, code);
        break;
    case CHARACTER_SPACE: name->gap = true; break;
    default:
        if (code == '-' || code == 0x2014 || code == '/' || code == '_')
            name->gap = true;
        break; /* other punctuation and apostrophes leave no trace */
    }
}

void utf8_fold_name(struct buffer *out, struct slice text)
{
    struct name_writer name = {.out = out, .n = 0};
    for (size_t at = 0; at < text.len;) {
        uint32_t code = (unsigned char)text.ptr[at];
        if ((code | 0x20) >= 'a' && (code | 0x20) <= 'z') {
            name.latin = true; /* most letters */
            name_letter(&name, code | 0x20);
            at++;
            continue;
        }
        at += utf8_decode(text.ptr + at, text.len - at, &code);
        code = character_fold(code);
        if (code >= 0x430 && code <= 0x45f) {
            name.latin = false;
            name_letter(&name, code);
            continue;
        }
        if (code < 0x80) {
            if (code)
                name_character(&name, code);
            continue;
        }
        if (!is_latin(code) && !(code >= 0xfb00 && code <= 0xfdff) && code < 0xfe70) {
            name_character(&name, code);
            continue;
        }
        /* Latin letters lose their marks; ligatures and presentation forms become plain letters. */
        utf8proc_int32_t parts[24];
        utf8proc_ssize_t n =
            utf8proc_decompose_char((utf8proc_int32_t)code, parts, sizeof parts / sizeof *parts,
                                    UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, NULL);
        for (utf8proc_ssize_t i = 0; i < n && i < 24; i++)
            name_character(&name, character_fold((uint32_t)parts[i]));
    }
    name_flush(&name);
}
