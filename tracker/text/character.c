#include "text/character.h"

#include <utf8proc.h>

enum character_class character_class(uint32_t code)
{
    if (character_digit(code) >= 0)
        return CHARACTER_DIGIT;
    if (code < 0x80) {
        uint32_t lower = code | 0x20;
        if (lower >= 'a' && lower <= 'z')
            return CHARACTER_LETTER;
        if (code == '\'')
            return CHARACTER_APOSTROPHE;
        return code <= ' ' ? CHARACTER_SPACE : code == 0x7f ? CHARACTER_IGNORED : CHARACTER_OTHER;
    }
    /* The letters of Cyrillic, without a look at utf8proc's tables. */
    if (code >= 0x400 && code <= 0x481)
        return CHARACTER_LETTER;
    if (code == 0x85)
        return CHARACTER_SPACE;
    if (character_fold(code) == '\'')
        return CHARACTER_APOSTROPHE;
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_ND: return CHARACTER_LETTER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return CHARACTER_MARK;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return CHARACTER_SPACE;
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CC: return CHARACTER_IGNORED;
    default: return CHARACTER_OTHER;
    }
}

int character_digit(uint32_t code)
{
    static const uint32_t ZEROS[] = {'0', 0x660, 0x6f0, 0x966, 0xff10};
    for (size_t i = 0; i < sizeof ZEROS / sizeof *ZEROS; i++)
        if (code - ZEROS[i] <= 9)
            return (int)(code - ZEROS[i]);
    return -1;
}

/* U+2010..U+203F, where typography lives; 0 drops, 1 keeps. */
static const uint8_t PUNCTUATION[0x30] = {
    /* 2010 */ '-',  '-',  '-',  '-',  1,   2,   1,   1,
    /* 2018 */ '\'', '\'', 1,    '\'', '"', '"', '"', '"',
    /* 2020 */ 1,    1,    1,    1,    1,   1,   1,   1,
    /* 2028 */ '\n', '\n', 0,    0,    0,   0,   0,   ' ',
    /* 2030 */ 1,    1,    '\'', '"',  1,   1,   1,   1,
    /* 2038 */ 1,    1,    1,    1,    1,   1,   1,   1,
};

static uint32_t fold_other(uint32_t code)
{
    switch (code) {
    case 0xa0: return ' ';
    case 0xad: return 0;
    case 0xab:
    case 0xbb: return '"';
    case 0xb4:
    case 0x2bc:
    case 0xff07: return '\'';
    case 0x2212: return '-';
    case 0x3000: return ' ';
    default: break;
    }
    if (code >= 0x2000 && code <= 0x200a)
        return ' ';
    utf8proc_int32_t lower = utf8proc_tolower((utf8proc_int32_t)code);
    if (code >= 0x200b && utf8proc_category(lower) == UTF8PROC_CATEGORY_CF)
        return 0;
    return (uint32_t)lower;
}

uint32_t character_fold(uint32_t code)
{
    if (code < 0x80)
        return code >= 'A' && code <= 'Z' ? code + 0x20 : code;
    if (code >= 0x400 && code <= 0x45f) /* Cyrillic: two blocks of capitals, then small letters */
        return code < 0x410 ? code + 0x50 : code < 0x430 ? code + 0x20 : code;
    if (code >= 0x2010 && code <= 0x203f) {
        uint8_t folded = PUNCTUATION[code - 0x2010];
        return folded == 1 ? code : folded == 2 ? 0x2014 : folded;
    }
    return fold_other(code);
}

bool character_has_upper(uint32_t code)
{
    if (code < 0x80)
        return code >= 'a' && code <= 'z';
    /* Georgian has capitals that nobody begins a word with: for us it has no case. */
    return !(code >= 0x10d0 && code <= 0x10ff) &&
           utf8proc_toupper((utf8proc_int32_t)code) != (utf8proc_int32_t)code;
}

size_t character_encode(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

size_t character_columns(uint32_t code)
{
    int width = utf8proc_charwidth((utf8proc_int32_t)code);
    return width > 0 ? (size_t)width : 0;
}
