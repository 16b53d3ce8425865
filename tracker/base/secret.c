#include "base/secret.h"

#include <strings.h>

static bool password_at(struct slice text)
{
    static const struct slice word = SLICE_LITERAL("password");
    if (text.len <= word.len || strncasecmp(text.ptr, word.ptr, word.len) != 0)
        return false;
    size_t i = word.len;
    while (i < text.len &&
           (text.ptr[i] == ' ' || text.ptr[i] == '\t' || text.ptr[i] == '"' || text.ptr[i] == '\''))
        i++;
    return i + 1 < text.len && (text.ptr[i] == '=' || text.ptr[i] == ':');
}

/* From after a "//" on: a colon, and an at sign behind it. */
static bool login_at(struct slice text)
{
    size_t i = 0;
    while (i < text.len && text.ptr[i] != ':' && text.ptr[i] != ' ')
        i++;
    return i < text.len && text.ptr[i] == ':' && memchr(text.ptr + i, '@', text.len - i);
}

bool secret_in(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        struct slice rest = slice_sub(text, i, text.len - i);
        if (password_at(rest))
            return true;
        if (rest.len > 2 && rest.ptr[0] == '/' && rest.ptr[1] == '/' &&
            login_at(slice_sub(rest, 2, rest.len - 2)))
            return true;
    }
    return false;
}
