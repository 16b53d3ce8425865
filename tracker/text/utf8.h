#ifndef TRACKER_TEXT_UTF8_H
#define TRACKER_TEXT_UTF8_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"

/* Decodes one character of valid or invalid UTF-8 at `s` (len > 0). Returns the bytes taken (>= 1);
 * *code is U+FFFD for a malformed sequence (its maximal subpart is taken, Unicode 15 ch. 3.9). */
size_t utf8_decode(const char *s, size_t len, uint32_t *code);

/* Length of the leading pure-ASCII part (vector speed; the fast path of everything below). */
size_t utf8_ascii_prefix(const char *s, size_t len);

/* Makes text fit for storage: valid UTF-8 (malformed sequences and NUL become U+FFFD, counted in
 * *replaced), CR LF and CR become LF, other C0 controls except tab and LF become a space, normal
 * form C (utf8proc), leading byte order marks dropped; of more than 30 combining marks in a row the
 * rest become U+FFFD. Text in which nothing has to change (nearly all: any script already in normal
 * form) is returned as is, not copied; otherwise the result lives in `arena`. -1 with ERROR_LIMIT
 * when the arena is full. */
int utf8_clean(struct arena *arena, struct slice raw, struct slice *out, size_t *replaced,
               struct error *err) WARN_UNUSED;

/* Folds for matching words: lower case, typographic apostrophes to ', hyphens and dashes
 * U+2010..2013 and the minus sign to -, U+2015 to the em dash, double quotes and guillemets to ",
 * NBSP and its like to space; soft hyphens, zero width and direction marks are dropped. Appends to
 * `out`. Diacritics stay. */
void utf8_fold(struct buffer *out, struct slice text);

/* Folds for looking up names: as utf8_fold, and diacritics of Latin letters dropped (NFKD without
 * marks), Arabic tatweel and vowel signs dropped, apostrophes dropped, hyphens and runs of white
 * space to one space, other punctuation dropped; Cyrillic letters keep their identity (й, ї are
 * letters). Appends to `out`. */
void utf8_fold_name(struct buffer *out, struct slice text);

#endif
