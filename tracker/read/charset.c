#include "read/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#define REPLACEMENT "\xEF\xBF\xBD"

/* Labels in lower case and in the order of bytes, and what iconv calls the encoding. */
static const struct label {
    const char *label;
    const char *charset; /* NULL is UTF-8 */
} labels[] = {
    {"ascii", "CP1252"},
    {"big5", "BIG5-HKSCS"},
    {"cp1250", "CP1250"},
    {"cp1251", "CP1251"},
    {"cp1252", "CP1252"},
    {"cp1253", "CP1253"},
    {"cp1254", "CP1254"},
    {"cp1255", "CP1255"},
    {"cp1256", "CP1256"},
    {"cp1257", "CP1257"},
    {"cp866", "CP866"},
    {"euc-jp", "EUC-JP"},
    {"euc-kr", "CP949"},
    {"gb18030", "GB18030"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"ibm866", "CP866"},
    {"iso-8859-1", "CP1252"},
    {"iso-8859-15", "ISO-8859-15"},
    {"iso-8859-2", "ISO-8859-2"},
    {"iso-8859-5", "ISO-8859-5"},
    {"iso-8859-6", "ISO-8859-6"},
    {"iso-8859-7", "ISO-8859-7"},
    {"iso-8859-8", "ISO-8859-8"},
    {"iso-8859-9", "CP1254"},
    {"koi8-r", "KOI8-U"},
    {"koi8-u", "KOI8-U"},
    {"koi8r", "KOI8-U"},
    {"koi8u", "KOI8-U"},
    {"latin1", "CP1252"},
    {"shift_jis", "CP932"},
    {"sjis", "CP932"},
    {"tis-620", "TIS-620"},
    {"unicode", "UTF-16LE"},
    {"us-ascii", "CP1252"},
    {"utf-16", "UTF-16LE"},
    {"utf-16be", "UTF-16BE"},
    {"utf-16le", "UTF-16LE"},
    {"utf-8", NULL},
    {"utf16", "UTF-16LE"},
    {"utf8", NULL},
    {"win-1251", "CP1251"},
    {"windows-1250", "CP1250"},
    {"windows-1251", "CP1251"},
    {"windows-1252", "CP1252"},
    {"windows-1253", "CP1253"},
    {"windows-1254", "CP1254"},
    {"windows-1255", "CP1255"},
    {"windows-1256", "CP1256"},
    {"windows-1257", "CP1257"},
    {"windows1251", "CP1251"},
    {"x-cp1251", "CP1251"},
};

static int compare(const void *key, const void *entry)
{
    return strcmp(key, ((const struct label *)entry)->label);
}

const char *charset_of_label(struct slice label, bool *known)
{
    char key[24];
    label = slice_trim(label);
    *known = false;
    if (label.len == 0 || label.len >= sizeof key)
        return NULL;
    for (size_t i = 0; i < label.len; i++) {
        char c = label.ptr[i];
        key[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    key[label.len] = 0;
    const struct label *found =
        bsearch(key, labels, sizeof labels / sizeof *labels, sizeof *labels, compare);
    *known = found != NULL;
    return found ? found->charset : NULL;
}

int charset_open(struct charset_decoder *decoder, const char *charset, struct error *err)
{
    iconv_t handle = iconv_open("UTF-8", charset);
    *decoder = (struct charset_decoder){0};
    if (handle == (iconv_t)-1)
        return error_set(err, ERROR_IO, "this system cannot convert from %s", charset);
    decoder->handle = handle;
    decoder->wide = strncmp(charset, "UTF-16", 6) == 0 || strncmp(charset, "UTF-32", 6) == 0;
    return 0;
}

size_t charset_decode(struct charset_decoder *decoder, struct slice *in, bool last, char *out,
                      size_t size, size_t *replaced)
{
    char *to = out;
    size_t room = size;
    while (in->len) {
        char *from = (char *)in->ptr; /* iconv's signature; it only reads */
        size_t result = iconv(decoder->handle, &from, &in->len, &to, &room);
        in->ptr = from;
        if (result != (size_t)-1)
            break;
        bool cut = errno == EINVAL;
        if (errno == E2BIG || (cut && !last) || room < sizeof REPLACEMENT - 1)
            break;
        memcpy(to, REPLACEMENT, sizeof REPLACEMENT - 1);
        to += sizeof REPLACEMENT - 1;
        room -= sizeof REPLACEMENT - 1;
        (*replaced)++;
        size_t unit = cut ? in->len : decoder->wide && in->len > 1 ? 2 : 1;
        in->ptr += unit;
        in->len -= unit;
    }
    return size - room;
}

void charset_close(struct charset_decoder *decoder)
{
    if (decoder->handle)
        iconv_close(decoder->handle);
    decoder->handle = NULL;
}

static struct slice without_mark(struct slice bytes)
{
    static const struct slice marks[] = {{"\xEF\xBB\xBF", 3}, {"\xFF\xFE", 2}, {"\xFE\xFF", 2}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (slice_starts(bytes, marks[i]))
            return slice_sub(bytes, marks[i].len, bytes.len - marks[i].len);
    }
    return bytes;
}

int charset_decode_all(struct arena *arena, struct slice bytes, const char *charset,
                       struct slice *out, size_t *replaced, struct error *err)
{
    struct charset_decoder decoder;
    *out = bytes.len >= 3 || charset ? without_mark(bytes) : bytes;
    if (!charset)
        return 0;
    if (charset_open(&decoder, charset, err))
        return -1;
    /* No encoding of the table takes more than three bytes of UTF-8 for one of its own. */
    struct slice in = *out;
    size_t size = in.len * 3 + 16, len = 0;
    char *text = arena_alloc(arena, size);
    if (text)
        len = charset_decode(&decoder, &in, true, text, size, replaced);
    charset_close(&decoder);
    *out = (struct slice){text, len};
    return text ? 0 : arena_full(arena, err);
}
