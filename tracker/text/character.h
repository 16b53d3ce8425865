#ifndef TRACKER_TEXT_CHARACTER_H
#define TRACKER_TEXT_CHARACTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a character does in a token; see document.h for the tokens. */
enum character_class {
    CHARACTER_OTHER,      /* a token of its own: punctuation, symbols, emoji */
    CHARACTER_LETTER,     /* Unicode categories L* and Nl */
    CHARACTER_MARK,       /* M*: belongs to the letter before it */
    CHARACTER_DIGIT,      /* a decimal digit whose value character_digit knows */
    CHARACTER_SPACE,      /* Z*, tab, line feed and other separators */
    CHARACTER_APOSTROPHE, /* ' ’ ‘ ʼ ...: inside a word part of it, else a token */
    CHARACTER_IGNORED,    /* Cf, controls: soft hyphen, zero width space; never seen by a rule */
};

enum character_class character_class(uint32_t code);

/* The value 0..9 of a decimal digit (ASCII, Arabic-Indic, Persian, Devanagari, full width), or -1.
 */
int character_digit(uint32_t code);

/* The character as rules see it (the mapping of utf8_fold), or 0 when it is dropped. */
uint32_t character_fold(uint32_t code);

/* Whether a letter is a small one, that is, has a capital other than itself. */
bool character_has_upper(uint32_t code);

/* Writes `code` as UTF-8 (1 to 4 bytes) and returns the number of bytes. */
size_t character_encode(uint32_t code, char out[4]);

/* The columns a terminal gives it: 0 for marks and controls, 2 for wide East Asian characters,
 * else 1. */
size_t character_columns(uint32_t code);

#endif
