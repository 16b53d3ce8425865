#include "read/json_cut.h"

/* The rest of a string: the bytes taken, with the quote that ends it when it is there. */
static size_t skip_string(struct json_cut *cut, struct slice bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        char c = bytes.ptr[i];
        if (cut->escaped)
            cut->escaped = false;
        else if (c == '\\')
            cut->escaped = true;
        else if (c == '"') {
            cut->in_string = false;
            return i + 1;
        }
    }
    return bytes.len;
}

size_t json_cut_next(struct json_cut *cut, struct slice bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        if (cut->in_string) {
            i += skip_string(cut, slice_sub(bytes, i, bytes.len - i)) - 1;
            continue;
        }
        char c = bytes.ptr[i];
        if (c == '"')
            cut->in_string = true;
        else if (c == '{' || c == '[')
            cut->depth++;
        else if ((c == '}' || c == ']') && cut->depth)
            cut->depth--;
        else
            continue;
        bool opened = c == '[' && cut->depth == 2;
        bool closed = c == '}' && ((cut->in_array && cut->depth == 2) || cut->depth == 0);
        if (cut->depth <= 2 && (opened || c == ']'))
            cut->in_array = opened;
        if (opened || closed)
            return i + 1;
    }
    return 0;
}
