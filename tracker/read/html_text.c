#include <libxml/HTMLparser.h>

#include "read/html_tree.h"

/* The longest name of an entity in HTML 4 is "thetasym". */
#define ENTITY_NAME_MAX 10

struct slice html_attribute(const struct html_tree *tree, uint32_t node,
                            enum html_attribute_name name)
{
    const struct html_node *n = &tree->nodes[node];
    for (uint32_t i = 0; i < n->n_attributes; i++) {
        if (tree->attributes[n->attributes + i].name == name)
            return tree->attributes[n->attributes + i].value;
    }
    return SLICE_NONE;
}

static void put_code(struct buffer *out, uint32_t c)
{
    if (c < 0x80) {
        buffer_add_char(out, (char)c);
        return;
    }
    char bytes[4];
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; c >>= 6)
        bytes[i] = (char)(0x80 | (c & 0x3F));
    bytes[0] = (char)((n == 2 ? 0xC0 : n == 3 ? 0xE0 : 0xF0) | c);
    buffer_add(out, bytes, n);
}

/* What the numbers 128 to 159 mean, which authors took from windows-1252 (WHATWG 13.2.5.80). */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

/* Reads "#8217;" or "#x2019;"; the bytes taken, 0 when it is none. */
static size_t number_entity(struct slice rest, uint32_t *code)
{
    bool hex = rest.len > 1 && (rest.ptr[1] | 0x20) == 'x';
    size_t i = hex ? 2 : 1, digits = i;
    uint32_t value = 0;
    for (; i < rest.len; i++) {
        char c = rest.ptr[i], low = (char)(c | 0x20);
        uint32_t digit = c >= '0' && c <= '9'              ? (uint32_t)(c - '0')
                         : hex && low >= 'a' && low <= 'f' ? (uint32_t)(low - 'a' + 10)
                                                           : 16;
        if (digit == 16)
            break;
        value = value > 0x10FFFF ? value : value * (hex ? 16 : 10) + digit;
    }
    if (i == digits)
        return 0;
    if (value >= 0x80 && value < 0xA0)
        value = windows_1252[value - 0x80];
    bool bad = value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000);
    *code = bad ? 0xFFFD : value < 0x20 ? ' ' : value;
    return i + (i < rest.len && rest.ptr[i] == ';');
}

/* Reads "amp;" or "nbsp"; the bytes taken, 0 when nobody knows it. */
static size_t named_entity(struct slice rest, uint32_t *code)
{
    char name[ENTITY_NAME_MAX + 1];
    size_t n = 0;
    while (n < rest.len && n < ENTITY_NAME_MAX &&
           (((rest.ptr[n] | 0x20) >= 'a' && (rest.ptr[n] | 0x20) <= 'z') ||
            (rest.ptr[n] >= '0' && rest.ptr[n] <= '9'))) {
        name[n] = rest.ptr[n];
        n++;
    }
    if (n < 2)
        return 0;
    name[n] = 0;
    const htmlEntityDesc *found = htmlEntityLookup((const xmlChar *)name);
    if (!found)
        return 0;
    *code = found->value;
    return n + (n < rest.len && rest.ptr[n] == ';');
}

void html_decode(struct buffer *out, struct slice raw)
{
    while (raw.len) {
        const char *mark = memchr(raw.ptr, '&', raw.len);
        size_t plain = mark ? (size_t)(mark - raw.ptr) : raw.len;
        buffer_add(out, raw.ptr, plain);
        raw = slice_sub(raw, plain, raw.len - plain);
        if (!mark)
            return;
        uint32_t code = '&';
        struct slice rest = slice_sub(raw, 1, raw.len - 1);
        size_t taken = rest.len == 0        ? 0
                       : rest.ptr[0] == '#' ? number_entity(rest, &code)
                                            : named_entity(rest, &code);
        put_code(out, taken ? code : '&');
        raw = slice_sub(rest, taken, rest.len - taken);
    }
}

/* Writes runs of white space in out[from..] as one space each, none at the start. */
static void squeeze(struct buffer *out, size_t from)
{
    size_t to = from;
    bool space = from == 0 || out->ptr[from - 1] == ' ';
    for (size_t i = from; i < out->len; i++) {
        bool blank = out->ptr[i] == ' ' || (out->ptr[i] >= '\t' && out->ptr[i] <= '\r');
        if (!blank)
            out->ptr[to++] = out->ptr[i];
        else if (!space)
            out->ptr[to++] = ' ';
        space = blank;
    }
    out->len = to;
    if (out->ptr)
        out->ptr[to] = 0;
}

void html_text_line(const struct html_tree *tree, uint32_t node, struct buffer *out)
{
    size_t start = out->len;
    uint32_t end = tree->nodes[node].end;
    for (uint32_t i = node; i < end;) {
        const struct html_node *n = &tree->nodes[i];
        if (i != node && html_tag_is(n->tag, TAG_SKIP)) {
            i = n->end;
            continue;
        }
        bool raw = html_tag_is(n->tag, TAG_RAW);
        if (raw && !html_tag_is(n->tag, TAG_ENTITIES))
            buffer_add_slice(out, n->text);
        else if (raw || n->tag == HTML_TEXT)
            html_decode(out, n->text);
        else if (html_tag_is(n->tag, TAG_BLOCK) || n->tag == HTML_BR)
            buffer_add_char(out, ' ');
        i++;
    }
    if (buffer_check(out, NULL) || out->len == start)
        return;
    squeeze(out, start);
    while (out->len > start && out->ptr[out->len - 1] == ' ')
        out->ptr[--out->len] = 0;
}
