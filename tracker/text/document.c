#include "text/document.h"

#include "text/sentence.h"
#include "text/token.h"

int document_make(struct arena *arena, const struct vocabulary *vocabulary, struct slice text,
                  size_t title_len, struct document *out, struct error *err)
{
    *out = (struct document){.text = text};
    if (text.len >= UINT32_MAX)
        return error_set(err, ERROR_LIMIT, "text of %zu bytes is longer than 4 GiB", text.len);
    if (tokens_make(arena, vocabulary, out, err))
        return -1;
    return sentences_make(arena, vocabulary, title_len, out, err);
}
