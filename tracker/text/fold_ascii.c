#include "text/fold_ascii.h"

#include <utf8proc.h>

#include "text/utf8.h"

struct ascii_writer {
    struct buffer *out;
    bool begun; /* something was written */
    bool gap;   /* a space is due before the next letter */
};

static void write_character(struct ascii_writer *writer, uint32_t code)
{
    if (code >= 0x80)
        return;
    if (code >= 'A' && code <= 'Z')
        code += 'a' - 'A';
    if ((code < 'a' || code > 'z') && (code < '0' || code > '9')) {
        writer->gap = true;
        return;
    }
    if (writer->gap && writer->begun)
        buffer_add_char(writer->out, ' ');
    writer->gap = false;
    writer->begun = true;
    buffer_add_char(writer->out, (char)code);
}

void fold_ascii(struct buffer *out, struct slice text)
{
    struct ascii_writer writer = {.out = out};
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        at += utf8_decode(text.ptr + at, text.len - at, &code);
        if (code < 0x80) {
            write_character(&writer, code);
            continue;
        }
        utf8proc_int32_t parts[24]; /* no character has more than 18 */
        utf8proc_ssize_t n =
            utf8proc_decompose_char((utf8proc_int32_t)code, parts, sizeof parts / sizeof *parts,
                                    UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, NULL);
        for (utf8proc_ssize_t i = 0; i < n && i < 24; i++)
            write_character(&writer, (uint32_t)parts[i]);
    }
}
