#ifndef TRACKER_READ_HTML_TAGS_H
#define TRACKER_READ_HTML_TAGS_H

#include <stdint.h>

#include "base/slice.h"

/* The elements that reading a page tells apart; every other one is HTML_OTHER. */
enum html_tag {
    HTML_OTHER, /* unknown and custom elements: inline, told apart by name */
    HTML_TEXT,  /* no element: a run of text */
    HTML_A,
    HTML_ARTICLE,
    HTML_ASIDE,
    HTML_BASE,
    HTML_BLOCKQUOTE,
    HTML_BODY,
    HTML_BR,
    HTML_BUTTON,
    HTML_CAPTION,
    HTML_DD,
    HTML_DIV,
    HTML_DL,
    HTML_DT,
    HTML_FIGCAPTION,
    HTML_FIGURE,
    HTML_FOOTER,
    HTML_FORM,
    HTML_H1,
    HTML_H2,
    HTML_H3,
    HTML_H4,
    HTML_H5,
    HTML_H6,
    HTML_HEAD,
    HTML_HEADER,
    HTML_HR,
    HTML_HTML,
    HTML_LI,
    HTML_LINK,
    HTML_MAIN,
    HTML_META,
    HTML_NAV,
    HTML_OPTION,
    HTML_P,
    HTML_PRE,
    HTML_SCRIPT,
    HTML_SECTION,
    HTML_TABLE,
    HTML_TBODY, /* also thead, tfoot */
    HTML_TD,
    HTML_TH,
    HTML_TIME,
    HTML_TITLE,
    HTML_TR,
    HTML_UL,     /* also ol, menu */
    HTML_BLOCK,  /* any other block element */
    HTML_INLINE, /* any other known inline element */
    HTML_VOID,   /* any other element without content */
    HTML_RAW,    /* any other element whose content is no markup */
    HTML_HIDDEN, /* any other element that shows no text of the page */
    HTML_N_TAGS
};

/* What an element is to the parser and to the reader of its text. */
enum html_tag_trait {
    TAG_BLOCK = 1,      /* begins and ends a paragraph; closes an open <p> when it starts */
    TAG_VOID = 2,       /* has no content and no end tag */
    TAG_RAW = 4,        /* its content is text up to its own end tag */
    TAG_ENTITIES = 8,   /* ... in which entities count */
    TAG_SKIP = 16,      /* never part of what a page says */
    TAG_BARRIER = 32,   /* end tags inside do not close what is outside */
    TAG_STRUCTURE = 64, /* html, head, body: a node, but nothing nests in it */
};

/* Traits of each tag, indexed by enum html_tag. */
extern const uint8_t html_tag_traits[HTML_N_TAGS];

static inline bool html_tag_is(uint8_t tag, enum html_tag_trait trait)
{
    return (html_tag_traits[tag] & trait) != 0;
}

static inline bool html_is_heading(uint8_t tag)
{
    return tag >= HTML_H1 && tag <= HTML_H6;
}

/* The element of a name in any letter case. */
enum html_tag html_tag_find(struct slice name);

#endif
