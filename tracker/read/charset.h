#ifndef TRACKER_READ_CHARSET_H
#define TRACKER_READ_CHARSET_H

#include "base/arena.h"

/* Encodings of text. A name of one is what iconv calls it, a constant that is never freed; NULL is
 * UTF-8, which needs no conversion. */

/* The encoding of a label as servers, pages and feeds write it ("cp1251", "Windows-1251", "utf8"),
 * as the WHATWG's Encoding standard maps it: "iso-8859-1" is windows-1252. *known is false for a
 * label nobody knows (such a name never reaches iconv). */
const char *charset_of_label(struct slice label, bool *known);

/* What a document is written in: a byte order mark; else the zero bytes of UTF-16; else UTF-8 when
 * it holds characters beyond ASCII and they are all well-formed; else the `declared` label (of the
 * HTTP header, may be absent), else the one the document declares itself (XML declaration, <meta
 * charset>, <meta http-equiv>), unless it is UTF-8 and the bytes are not; else a guess by the
 * frequency of Cyrillic letters among windows-1251, KOI8-U, ISO 8859-5 and CP866; else
 * windows-1252, or UTF-8 when only a few bytes are malformed. */
const char *charset_detect(struct slice bytes, struct slice declared);

/* The guess alone, for text that declares nothing. */
const char *charset_guess(struct slice bytes);

/* A conversion to UTF-8 that goes on from piece to piece. */
struct charset_decoder {
    void *handle; /* iconv_t */
    bool wide;    /* two or more bytes a unit */
};

/* -1 with ERROR_IO when the system lacks the encoding. charset_close in either case. */
int charset_open(struct charset_decoder *decoder, const char *charset,
                 struct error *err) WARN_UNUSED;

/* Converts what it can of `in` into `out` of `size` bytes (at least 16): advances *in, returns the
 * bytes written. A sequence that is cut at the end is left in *in unless this is the `last` piece;
 * a malformed one becomes U+FFFD and counts in *replaced. */
size_t charset_decode(struct charset_decoder *decoder, struct slice *in, bool last, char *out,
                      size_t size, size_t *replaced);

void charset_close(struct charset_decoder *decoder);

/* A whole document in UTF-8, without its byte order mark: `bytes` themselves when they are in
 * UTF-8, else in `arena`. Malformed sequences of UTF-8 stay (see utf8_clean), others become U+FFFD
 * and are counted. -1 with ERROR_LIMIT when the arena is full, ERROR_IO as charset_open. */
int charset_decode_all(struct arena *arena, struct slice bytes, const char *charset,
                       struct slice *out, size_t *replaced, struct error *err) WARN_UNUSED;

#endif
