#ifndef TRACKER_READ_HTML_TREE_H
#define TRACKER_READ_HTML_TREE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "read/html_tags.h"

/*
 * A page as a tree in one array: nodes stand in the order of the page, and those below node i are
 * i + 1 .. end - 1. So a sum over any part of a page is a difference of two running sums, and a
 * part is left out by going on at its end.
 *
 * The parser is our own and follows the HTML standard's tokenizer (WHATWG, section 13.2.5) and the
 * part of its tree building that decides where text belongs. libxml2's HTML parser (2.9.14) is not
 * used: it compares every attribute of a tag with every other and has no limit, so that one
 * megabyte of attributes takes it half a minute. This one's work is linear in the page.
 */

/* The attributes that are kept, each at most once an element. */
enum html_attribute_name {
    ATTRIBUTE_ARIA_HIDDEN,
    ATTRIBUTE_CHARSET,
    ATTRIBUTE_CLASS,
    ATTRIBUTE_CONTENT,
    ATTRIBUTE_DATA_COMPONENT, /* also data-testid, data-type: names of a page's building blocks */
    ATTRIBUTE_DATETIME,
    ATTRIBUTE_HIDDEN,
    ATTRIBUTE_HREF,
    ATTRIBUTE_ID,
    ATTRIBUTE_ITEMPROP,
    ATTRIBUTE_ITEMTYPE,
    ATTRIBUTE_LANG, /* also xml:lang */
    ATTRIBUTE_NAME,
    ATTRIBUTE_PROPERTY,
    ATTRIBUTE_REL,
    ATTRIBUTE_ROLE,
    ATTRIBUTE_STYLE,
    ATTRIBUTE_TYPE,
    ATTRIBUTE_N
};

struct html_attribute {
    uint8_t name;       /* enum html_attribute_name */
    struct slice value; /* as written: entities are not yet replaced */
};

struct html_node {
    uint8_t tag; /* enum html_tag */
    uint8_t n_attributes;
    uint32_t attributes; /* the first one in the tree's array */
    uint32_t parent;     /* of the root its own index, 0 */
    uint32_t end;        /* one past the last node below */
    struct slice text;   /* HTML_TEXT: as written; raw elements: their content; else the tag name */
};

struct html_tree {
    struct html_node *nodes; /* node 0 is the root, an HTML_BLOCK without a name */
    size_t n_nodes;
    struct html_attribute *attributes;
    size_t n_attributes;
    bool is_document; /* has <html>, <head> or <body>, else a piece of a page */
};

/* Elements deeper than this are read as if they stood at this depth (a browser does the same at
 * 512); a page with more nodes is refused. */
#define HTML_MAX_DEPTH 256
#define HTML_MAX_NODES 400000

/* Parses valid UTF-8 (utf8_clean). No page is malformed; whatever it holds gives some tree. Slices
 * point into `text`, arrays live in `arena`. -1 with ERROR_INPUT for more than HTML_MAX_NODES
 * nodes, ERROR_LIMIT when the arena is full. */
int html_parse(struct arena *arena, struct slice text, struct html_tree *out,
               struct error *err) WARN_UNUSED;

/* The value of an attribute as written, absent when there is none; "" has a ptr. */
struct slice html_attribute(const struct html_tree *tree, uint32_t node,
                            enum html_attribute_name name);

/* Appends text with its entities replaced ("&amp;", "&#8217;", "&nbsp"); one that nobody knows
 * stays as written. */
void html_decode(struct buffer *out, struct slice raw);

/* The text below a node (itself when it is one), entities replaced, white space as in one line,
 * without the parts nobody sees (scripts, styles). Appends to `out`. */
void html_text_line(const struct html_tree *tree, uint32_t node, struct buffer *out);

#endif
