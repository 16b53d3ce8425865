#include "read/input.h"

#include <limits.h>
#include <unistd.h>

#include "text/utf8.h"

/* How much of a file decides what it is. */
#define HEAD_SIZE 8192

static const struct input_format *const formats[] = {
    &input_json_document, &input_json,  &input_feed,
    &input_html,          &input_gdelt, &input_text, /* takes everything: the last */
};

/* Files nobody here can read, by their first bytes. */
static const struct refusal {
    struct slice magic;
    const char *problem;
} refusals[] = {
    {{"\xFF\xFE\0\0", 4}, "in UTF-32: convert it to UTF-8 (iconv -f UTF-32 -t UTF-8)"},
    {{"\x1F\x8B", 2},
     "compressed with gzip: unpack it first (gunzip, or zcat FILE | tracker ... -)"},
    {{"\x28\xB5\x2F\xFD", 4},
     "compressed with zstd: unpack it first (zstdcat FILE | tracker ... -)"},
    {{"\xFD"
      "7zXZ",
      5},
     "compressed with xz: unpack it first (xzcat FILE | tracker ... -)"},
    {{"BZh9", 4}, "compressed with bzip2: unpack it first (bzcat FILE | tracker ... -)"},
    {{"PK\x03\x04", 4}, "a zip archive or office document: unpack it, or save it as plain text"},
    {{"%PDF-", 5}, "a PDF: save it as plain text first (pdftotext FILE)"},
};

/* The same, after white space. */
static const struct refusal markup[] = {
    {{"[{", 2}, "a JSON array: put one object on each line (jq -c '.[]' FILE)"},
};

static const char *refuse(const struct refusal *table, size_t n, struct slice head)
{
    for (size_t i = 0; i < n; i++) {
        if (slice_starts(head, table[i].magic))
            return table[i].problem;
    }
    return NULL;
}

/* Why bytes are no text, or NULL. A stray NUL or control character is replaced and reported later;
 * beyond one in 100 bytes (of UTF-16: of its characters, once converted) it is something else. */
static const char *refuse_binary(struct slice head)
{
    size_t nuls = 0, controls = 0;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.ptr[i];
        nuls += c == 0;
        controls += c < '\t' || (c > '\r' && c < ' ' && c != 0x1B) || c == 0x7F;
    }
    if (nuls > 1 && nuls * 100 > head.len)
        return "a binary file: it is full of NUL bytes";
    if (controls > 3 && controls * 100 > head.len)
        return "a binary file";
    return NULL;
}

const char *input_refusal(struct slice head)
{
    const char *problem = refuse(refusals, sizeof refusals / sizeof *refusals, head);
    return problem || charset_guess(head)
               ? problem
               : refuse_binary(slice_sub(head, 0, head.len < HEAD_SIZE ? head.len : HEAD_SIZE));
}

/* The first bytes in UTF-8: as they are, or converted into `text` of `size` bytes. */
static int decode_head(struct slice *head, const char *charset, char *text, size_t size,
                       struct error *err)
{
    struct charset_decoder decoder;
    size_t replaced = 0;
    if (!charset)
        return 0;
    if (charset_open(&decoder, charset, err))
        return -1;
    size_t len = charset_decode(&decoder, head, false, text, size, &replaced);
    charset_close(&decoder);
    *head = (struct slice){text, len};
    struct slice mark = SLICE_LITERAL("\xEF\xBB\xBF");
    if (slice_starts(*head, mark))
        *head = slice_sub(*head, mark.len, head->len - mark.len);
    return 0;
}

int input_recognise(struct input *input, struct report *report, struct error *err)
{
    char text[3 * HEAD_SIZE + 16];
    struct slice head;
    if (stream_head(&input->stream, HEAD_SIZE, &head, err))
        return -1;
    if (head.len == 0 && input->stream.error == 0)
        return report_reject(report, 0, "the file is empty"), 0;
    const char *problem = refuse(refusals, sizeof refusals / sizeof *refusals, head);
    const char *charset = charset_guess(head);
    if (!problem && decode_head(&head, charset, text, sizeof text, err))
        return report_reject(report, 0, "%s", err->text), 0;
    struct slice visible = slice_trim(head);
    if (!problem)
        problem = refuse_binary(head);
    if (!problem)
        problem = refuse(markup, sizeof markup / sizeof *markup, visible);
    if (problem)
        return report_reject(report, 0, "%s", problem), 0;
    size_t i = 0;
    while (!formats[i]->recognise(visible))
        i++;
    if (!formats[i]->markup && charset &&
        (stream_decode(&input->stream, charset, err) ||
         stream_head(&input->stream, HEAD_SIZE, &head, err)))
        return -1;
    input->format = formats[i];
    return 0;
}

int input_take(struct input *input, enum stream_end kind, struct report *report,
               struct slice *bytes, struct error *err)
{
    struct record record;
    int got;
    while ((got = stream_next(&input->stream, kind, input->max_report, &record, err)) > 0) {
        bool blank = !record.too_long && !record.error && slice_trim(record.bytes).len == 0;
        if (!blank || (kind == STREAM_FORM_FEED && !(record.last && input->n_reports)))
            break;
        input->skipped += record.length;
    }
    if (got <= 0)
        return got;
    report->path = input->path;
    report->line = record.line < INT_MAX ? (int)record.line : INT_MAX;
    report->input_bytes = record.length + input->skipped;
    report->id = slice_of(input->path);
    report_warn_replaced(report, record.replaced);
    input->skipped = 0;
    input->n_reports++;
    if (record.error)
        report_reject(report, 0, "cannot be read: %s", strerror(record.error));
    else if (record.too_long)
        report_reject(report, 0, "a report of %zu bytes is over the limit of %zu", record.length,
                      input->max_report);
    *bytes = record.bytes;
    return 1;
}

void input_close(struct input *input)
{
    if (input->format && input->format->close)
        input->format->close(input);
    if (input->stream.fd > STDIN_FILENO)
        close(input->stream.fd);
    input->format = NULL;
    input->state = NULL;
    input->stream.fd = -1;
}
