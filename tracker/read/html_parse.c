#include <stdlib.h>

#include "read/html_tree.h"

/* An element that is open. */
struct open_element {
    uint32_t node;
    uint8_t tag;
};

struct parser {
    struct arena *arena;
    struct html_tree *tree;
    struct error *err;
    size_t nodes_capacity, attributes_capacity;
    const char *at, *end;
    struct open_element open[HTML_MAX_DEPTH];
    size_t depth;
    uint32_t n_open[HTML_N_TAGS]; /* open elements of a tag: most end tags that match none are told
                                     by this alone */
};

/* In the order of bytes. */
static const struct attribute_name {
    const char *name;
    enum html_attribute_name attribute;
} attribute_names[] = {
    {"aria-hidden", ATTRIBUTE_ARIA_HIDDEN},
    {"charset", ATTRIBUTE_CHARSET},
    {"class", ATTRIBUTE_CLASS},
    {"content", ATTRIBUTE_CONTENT},
    {"data-component", ATTRIBUTE_DATA_COMPONENT},
    {"data-testid", ATTRIBUTE_DATA_COMPONENT},
    {"data-type", ATTRIBUTE_DATA_COMPONENT},
    {"datetime", ATTRIBUTE_DATETIME},
    {"hidden", ATTRIBUTE_HIDDEN},
    {"href", ATTRIBUTE_HREF},
    {"id", ATTRIBUTE_ID},
    {"itemprop", ATTRIBUTE_ITEMPROP},
    {"itemtype", ATTRIBUTE_ITEMTYPE},
    {"lang", ATTRIBUTE_LANG},
    {"name", ATTRIBUTE_NAME},
    {"property", ATTRIBUTE_PROPERTY},
    {"rel", ATTRIBUTE_REL},
    {"role", ATTRIBUTE_ROLE},
    {"style", ATTRIBUTE_STYLE},
    {"type", ATTRIBUTE_TYPE},
    {"xml:lang", ATTRIBUTE_LANG},
};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Whether `a` is `name`, which is in lower case. */
static bool is_like(struct slice a, struct slice name)
{
    if (a.len != name.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.ptr[i]) != lower(name.ptr[i]))
            return false;
    }
    return true;
}

/* ---- the tree ---------------------------------------------------------------------------------
 */

static uint32_t parent_now(const struct parser *parser)
{
    return parser->depth ? parser->open[parser->depth - 1].node : 0;
}

/* Adds a node below the innermost open element. */
static int add_node(struct parser *parser, enum html_tag tag, struct slice text)
{
    struct html_tree *tree = parser->tree;
    if (tree->n_nodes == HTML_MAX_NODES)
        return error_set(parser->err, ERROR_INPUT, "a page of more than %d elements",
                         HTML_MAX_NODES);
    if (arena_grow(parser->arena, &tree->nodes, &parser->nodes_capacity, tree->n_nodes,
                   sizeof *tree->nodes, parser->err))
        return -1;
    uint32_t node = (uint32_t)tree->n_nodes++;
    tree->nodes[node] = (struct html_node){.tag = (uint8_t)tag,
                                           .attributes = (uint32_t)tree->n_attributes,
                                           .parent = parent_now(parser),
                                           .end = node + 1,
                                           .text = text};
    return 0;
}

static void close_to(struct parser *parser, size_t depth)
{
    while (parser->depth > depth) {
        const struct open_element *top = &parser->open[--parser->depth];
        parser->tree->nodes[top->node].end = (uint32_t)parser->tree->n_nodes;
        parser->n_open[top->tag]--;
    }
}

static void push(struct parser *parser, uint8_t tag)
{
    if (parser->depth == HTML_MAX_DEPTH)
        return;
    parser->open[parser->depth++] = (struct open_element){(uint32_t)parser->tree->n_nodes - 1, tag};
    parser->n_open[tag]++;
}

/* Closes the innermost open `tag` and what is open in it, unless a barrier or `stop` stands
 * between. */
static void close_implied(struct parser *parser, uint8_t tag, uint8_t stop)
{
    if (!parser->n_open[tag])
        return;
    for (size_t i = parser->depth; i-- > 0;) {
        uint8_t open = parser->open[i].tag;
        if (open == tag)
            return close_to(parser, i);
        if (open == stop || html_tag_is(open, TAG_BARRIER))
            return;
    }
}

/* Elements whose start tag ends an earlier one of its kind: the one it ends, and what it does not
 * look beyond. */
static const struct implied_end {
    uint8_t starts, ends, stop;
} implied_ends[] = {
    {HTML_A, HTML_A, HTML_TABLE},         {HTML_LI, HTML_LI, HTML_UL},
    {HTML_DT, HTML_DT, HTML_DL},          {HTML_DT, HTML_DD, HTML_DL},
    {HTML_DD, HTML_DD, HTML_DL},          {HTML_DD, HTML_DT, HTML_DL},
    {HTML_OPTION, HTML_OPTION, HTML_DIV}, {HTML_TR, HTML_TD, HTML_TABLE},
    {HTML_TR, HTML_TH, HTML_TABLE},       {HTML_TR, HTML_TR, HTML_TABLE},
    {HTML_TD, HTML_TD, HTML_TABLE},       {HTML_TD, HTML_TH, HTML_TABLE},
    {HTML_TH, HTML_TD, HTML_TABLE},       {HTML_TH, HTML_TH, HTML_TABLE},
    {HTML_TBODY, HTML_TD, HTML_TABLE},    {HTML_TBODY, HTML_TH, HTML_TABLE},
    {HTML_TBODY, HTML_TR, HTML_TABLE},    {HTML_TBODY, HTML_TBODY, HTML_TABLE},
};

/* A heading never holds a heading, and the end tag of any ends the one that is open. */
static void close_heading(struct parser *parser)
{
    for (uint8_t h = HTML_H1; h <= HTML_H6; h++)
        close_implied(parser, h, HTML_DIV);
}

static void close_before(struct parser *parser, uint8_t tag)
{
    if (html_tag_is(tag, TAG_BLOCK))
        close_implied(parser, HTML_P, HTML_P);
    for (size_t i = 0; i < sizeof implied_ends / sizeof *implied_ends; i++) {
        const struct implied_end *rule = &implied_ends[i];
        if (rule->starts == tag)
            close_implied(parser, rule->ends, rule->stop);
    }
    if (html_is_heading(tag))
        close_heading(parser);
}

/* An end tag closes its element. That of an inline element does not reach out of a block (but a
 * link's does: one that stays open makes a link of the whole page), that of a block not out of a
 * table's cell. */
static void end_element(struct parser *parser, uint8_t tag, struct slice name)
{
    if (html_is_heading(tag))
        close_heading(parser);
    if (!parser->n_open[tag])
        return;
    bool far = html_tag_is(tag, TAG_BLOCK) || tag == HTML_A;
    for (size_t i = parser->depth; i-- > 0;) {
        const struct open_element *open = &parser->open[i];
        if (open->tag == tag && is_like(parser->tree->nodes[open->node].text, name))
            return close_to(parser, i);
        bool of_table = tag == HTML_TABLE || tag == HTML_TR || tag == HTML_TBODY;
        if (html_tag_is(open->tag, TAG_BARRIER) && !(of_table && open->tag != HTML_TABLE))
            return;
        if (!far && html_tag_is(open->tag, TAG_BLOCK))
            return;
    }
}

/* ---- the tokens -------------------------------------------------------------------------------
 */

static void skip_past(struct parser *parser, const char *what, size_t len)
{
    const char *found = memmem(parser->at, (size_t)(parser->end - parser->at), what, len);
    parser->at = found ? found + len : parser->end;
}

static void skip_spaces(struct parser *parser)
{
    while (parser->at < parser->end && is_space(*parser->at))
        parser->at++;
}

/* The characters up to the first that ends a name. */
static struct slice take_name(struct parser *parser, bool attribute)
{
    const char *start = parser->at;
    if (attribute && parser->at < parser->end) /* even a stray '=' begins a name */
        parser->at++;
    while (parser->at < parser->end && !is_space(*parser->at) && *parser->at != '>' &&
           *parser->at != '/' && !(attribute && *parser->at == '='))
        parser->at++;
    return (struct slice){start, (size_t)(parser->at - start)};
}

static struct slice take_value(struct parser *parser)
{
    skip_spaces(parser);
    if (parser->at == parser->end)
        return (struct slice){parser->at, 0};
    char quote = *parser->at;
    const char *start = parser->at;
    if (quote == '"' || quote == '\'') {
        start++;
        const char *close = memchr(start, quote, (size_t)(parser->end - start));
        parser->at = close ? close + 1 : parser->end;
        return (struct slice){start, (size_t)((close ? close : parser->end) - start)};
    }
    while (parser->at < parser->end && !is_space(*parser->at) && *parser->at != '>')
        parser->at++;
    return (struct slice){start, (size_t)(parser->at - start)};
}

static int compare_attribute(const void *key, const void *entry)
{
    return strcmp(key, ((const struct attribute_name *)entry)->name);
}

/* The kept attribute of a name, or ATTRIBUTE_N. */
static enum html_attribute_name attribute_find(struct slice name)
{
    char key[16];
    if (name.len < 2 || name.len >= sizeof key)
        return ATTRIBUTE_N;
    for (size_t i = 0; i < name.len; i++)
        key[i] = lower(name.ptr[i]);
    key[name.len] = 0;
    const struct attribute_name *found =
        bsearch(key, attribute_names, sizeof attribute_names / sizeof *attribute_names,
                sizeof *attribute_names, compare_attribute);
    return found ? found->attribute : ATTRIBUTE_N;
}

static int add_attribute(struct parser *parser, enum html_attribute_name name, struct slice value)
{
    struct html_tree *tree = parser->tree;
    if (arena_grow(parser->arena, &tree->attributes, &parser->attributes_capacity,
                   tree->n_attributes, sizeof *tree->attributes, parser->err))
        return -1;
    tree->attributes[tree->n_attributes++] = (struct html_attribute){(uint8_t)name, value};
    tree->nodes[tree->n_nodes - 1].n_attributes++;
    return 0;
}

/* Reads the attributes of a tag up to its end; those of a start tag go to the last node. */
static int take_attributes(struct parser *parser, bool keep)
{
    uint32_t seen = 0;
    for (;;) {
        while (parser->at < parser->end && (is_space(*parser->at) || *parser->at == '/'))
            parser->at++;
        if (parser->at == parser->end || *parser->at == '>')
            break;
        struct slice name = take_name(parser, true);
        struct slice value = {name.ptr + name.len, 0};
        skip_spaces(parser);
        if (parser->at < parser->end && *parser->at == '=') {
            parser->at++;
            value = take_value(parser);
        }
        enum html_attribute_name known = keep ? attribute_find(name) : ATTRIBUTE_N;
        if (known == ATTRIBUTE_N || (seen & (1u << known)))
            continue;
        seen |= 1u << known;
        if (add_attribute(parser, known, value))
            return -1;
    }
    parser->at += parser->at < parser->end;
    return 0;
}

/* The content of an element that holds no markup: up to its end tag, or of the page. */
static void take_raw(struct parser *parser, struct html_node *node)
{
    const char *start = parser->at, *p = start;
    size_t name = node->text.len;
    for (; (p = memchr(p, '<', (size_t)(parser->end - p))); p++) {
        size_t left = (size_t)(parser->end - p);
        if (left < name + 3 || p[1] != '/' || !is_like((struct slice){p + 2, name}, node->text))
            continue;
        if (is_space(p[name + 2]) || p[name + 2] == '/' || p[name + 2] == '>')
            break;
    }
    parser->at = p ? p : parser->end;
    node->text = (struct slice){start, (size_t)(parser->at - start)};
}

static int start_tag(struct parser *parser)
{
    struct slice name = take_name(parser, false);
    uint8_t tag = (uint8_t)html_tag_find(name);
    uint8_t traits = html_tag_traits[tag];
    if (traits & TAG_STRUCTURE)
        parser->tree->is_document = true;
    close_before(parser, tag);
    if (add_node(parser, tag, name) || take_attributes(parser, true))
        return -1;
    if (traits & TAG_RAW)
        take_raw(parser, &parser->tree->nodes[parser->tree->n_nodes - 1]);
    else if (!(traits & (TAG_VOID | TAG_STRUCTURE)))
        push(parser, tag);
    return 0;
}

static int end_tag(struct parser *parser)
{
    struct slice name = take_name(parser, false);
    uint8_t tag = (uint8_t)html_tag_find(name);
    if (tag == HTML_BR) { /* as browsers have it */
        if (add_node(parser, HTML_BR, name))
            return -1;
    } else if (!html_tag_is(tag, TAG_STRUCTURE)) {
        end_element(parser, tag, name);
    }
    return take_attributes(parser, false);
}

/* At a '<'. */
static int take_tag(struct parser *parser)
{
    size_t left = (size_t)(parser->end - parser->at);
    char next = left > 1 ? parser->at[1] : 0;
    if (next == '/' && left > 2 && is_letter(parser->at[2])) {
        parser->at += 2;
        return end_tag(parser);
    }
    if (is_letter(next)) {
        parser->at++;
        return start_tag(parser);
    }
    if (left >= 4 && memcmp(parser->at, "<!--", 4) == 0) {
        parser->at += 2; /* "<!-->" is a whole comment */
        skip_past(parser, "-->", 3);
    } else if (left >= 9 && memcmp(parser->at, "<![CDATA[", 9) == 0) {
        skip_past(parser, "]]>", 3);
    } else {
        skip_past(parser, ">", 1);
    }
    return 0;
}

/* A '<' that begins a tag, an end tag, a comment, a declaration or an instruction; else it is text.
 */
static bool begins_markup(const char *p, const char *end)
{
    return end - p > 1 && (is_letter(p[1]) || p[1] == '/' || p[1] == '!' || p[1] == '?');
}

static int parse(struct parser *parser)
{
    if (add_node(parser, HTML_BLOCK, SLICE_NONE))
        return -1;
    while (parser->at < parser->end) {
        const char *start = parser->at, *p = start;
        while ((p = memchr(p, '<', (size_t)(parser->end - p))) && !begins_markup(p, parser->end))
            p++;
        if (!p)
            p = parser->end;
        if (p > start && add_node(parser, HTML_TEXT, (struct slice){start, (size_t)(p - start)}))
            return -1;
        parser->at = p;
        if (p < parser->end && take_tag(parser))
            return -1;
    }
    close_to(parser, 0);
    parser->tree->nodes[0].end = (uint32_t)parser->tree->n_nodes;
    return 0;
}

int html_parse(struct arena *arena, struct slice text, struct html_tree *out, struct error *err)
{
    struct parser parser = {.arena = arena, .tree = out, .err = err};
    *out = (struct html_tree){0};
    parser.at = text.len ? text.ptr : "";
    parser.end = parser.at + text.len;
    return parse(&parser);
}
