#include "read/page_meta.h"

#include <strings.h>

/* A site's name behind a headline has no more characters than this. */
#define SITE_NAME_MAX 40

/* What a <meta> says, by its property or name; the first of a field that stands here wins. */
static const struct meta_name {
    const char *name;
    size_t offset; /* in struct page_meta */
} meta_names[] = {
    {"og:title", offsetof(struct page_meta, title)},
    {"twitter:title", offsetof(struct page_meta, title)},
    {"parsely-title", offsetof(struct page_meta, title)},
    {"headline", offsetof(struct page_meta, title)},
    {"dcterms.title", offsetof(struct page_meta, title)},
    {"dc.title", offsetof(struct page_meta, title)},
    {"article:published_time", offsetof(struct page_meta, published)},
    {"og:article:published_time", offsetof(struct page_meta, published)},
    {"datepublished", offsetof(struct page_meta, published)},
    {"parsely-pub-date", offsetof(struct page_meta, published)},
    {"sailthru.date", offsetof(struct page_meta, published)},
    {"article.published", offsetof(struct page_meta, published)},
    {"dcterms.created", offsetof(struct page_meta, published)},
    {"dcterms.issued", offsetof(struct page_meta, published)},
    {"dc.date.issued", offsetof(struct page_meta, published)},
    {"dc.date", offsetof(struct page_meta, published)},
    {"dcterms.date", offsetof(struct page_meta, published)},
    {"pubdate", offsetof(struct page_meta, published)},
    {"publishdate", offsetof(struct page_meta, published)},
    {"publish-date", offsetof(struct page_meta, published)},
    {"date", offsetof(struct page_meta, published)},
    {"og:site_name", offsetof(struct page_meta, outlet)},
    {"dcterms.publisher", offsetof(struct page_meta, outlet)},
    {"dc.publisher", offsetof(struct page_meta, outlet)},
    {"application-name", offsetof(struct page_meta, outlet)},
    {"og:url", offsetof(struct page_meta, og_url)},
    {"twitter:url", offsetof(struct page_meta, og_url)},
    {"og:locale", offsetof(struct page_meta, lang)},
    {"dc.language", offsetof(struct page_meta, lang)},
};
#define N_META_NAMES (sizeof meta_names / sizeof *meta_names)

/* The raw values found so far, one an entry of the table. */
struct found {
    struct slice values[N_META_NAMES];
    struct slice doc_title, canonical, base, html_lang;
};

static bool same_name(struct slice a, const char *name)
{
    return a.len == strlen(name) && strncasecmp(a.ptr, name, a.len) == 0;
}

static void take_meta(const struct html_tree *tree, uint32_t i, struct found *found)
{
    static const enum html_attribute_name keys[] = {ATTRIBUTE_PROPERTY, ATTRIBUTE_NAME,
                                                    ATTRIBUTE_ITEMPROP};
    struct slice content = slice_trim(html_attribute(tree, i, ATTRIBUTE_CONTENT));
    for (size_t k = 0; content.len && k < sizeof keys / sizeof *keys; k++) {
        struct slice name = html_attribute(tree, i, keys[k]);
        for (size_t m = 0; name.len && m < N_META_NAMES; m++) {
            if (same_name(name, meta_names[m].name) && found->values[m].len == 0)
                found->values[m] = content;
        }
    }
}

static void take_link(const struct html_tree *tree, uint32_t i, struct found *found)
{
    if (same_name(slice_trim(html_attribute(tree, i, ATTRIBUTE_REL)), "canonical") &&
        found->canonical.len == 0)
        found->canonical = slice_trim(html_attribute(tree, i, ATTRIBUTE_HREF));
}

static int take_node(struct arena *arena, const struct html_tree *tree, uint32_t i,
                     struct found *found, struct page_meta *out, struct error *err)
{
    struct slice type;
    switch (tree->nodes[i].tag) {
    case HTML_META: take_meta(tree, i, found); break;
    case HTML_LINK: take_link(tree, i, found); break;
    case HTML_TITLE: /* the first; pictures drawn in the page may have others */
        if (!found->doc_title.len)
            found->doc_title = slice_trim(tree->nodes[i].text);
        break;
    case HTML_BASE:
        if (!found->base.len)
            found->base = slice_trim(html_attribute(tree, i, ATTRIBUTE_HREF));
        break;
    case HTML_HTML: found->html_lang = html_attribute(tree, i, ATTRIBUTE_LANG); break;
    case HTML_SCRIPT:
        type = slice_trim(html_attribute(tree, i, ATTRIBUTE_TYPE));
        if (same_name(type, "application/ld+json"))
            return page_linked_read(arena, tree->nodes[i].text, &out->linked, err);
        break;
    default: break;
    }
    return 0;
}

/* A copy on one line, entities replaced. */
static int keep(struct arena *arena, struct slice raw, struct slice *out, struct error *err)
{
    struct buffer text;
    *out = SLICE_NONE;
    if (raw.len == 0)
        return 0;
    buffer_init(&text, raw.len + 1);
    html_decode(&text, raw);
    size_t to = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool blank = text.ptr[i] == ' ' || (text.ptr[i] >= '\t' && text.ptr[i] <= '\r');
        if (!blank || (to && text.ptr[to - 1] != ' '))
            text.ptr[to++] = blank ? ' ' : text.ptr[i];
    }
    *out = arena_copy(arena, slice_trim((struct slice){text.ptr, to}));
    buffer_free(&text);
    return out->ptr ? 0 : arena_full(arena, err);
}

int page_meta_read(struct arena *arena, const struct html_tree *tree, struct page_meta *out,
                   struct error *err)
{
    struct found found = {0};
    *out = (struct page_meta){0};
    for (uint32_t i = 1; i < tree->n_nodes; i++) {
        if (take_node(arena, tree, i, &found, out, err))
            return -1;
    }
    for (size_t m = 0; m < N_META_NAMES; m++) {
        struct slice *to = (struct slice *)((char *)out + meta_names[m].offset);
        if (to->len == 0 && keep(arena, found.values[m], to, err))
            return -1;
    }
    if (found.html_lang.len && keep(arena, found.html_lang, &out->lang, err))
        return -1;
    if (keep(arena, found.doc_title, &out->doc_title, err) ||
        keep(arena, found.canonical, &out->canonical, err) ||
        keep(arena, found.base, &out->base, err))
        return -1;
    return 0;
}

/* ---- titles ------------------------------------------------------------------------------------
 */

static const struct slice separators[] = {
    {" - ", 3},
    {" | ", 3},
    {" \xE2\x80\x93 ", 5}, /* – */
    {" \xE2\x80\x94 ", 5}, /* — */
    {" \xC2\xBB ", 4},     /* » */
    {" \xC2\xAB ", 4},     /* « */
    {" :: ", 4},
    {" / ", 3},
};

static size_t count_chars(struct slice s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

static bool has_digit(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
            return true;
    }
    return false;
}

/* Where the last separator begins, or the title's length. */
static size_t last_separator(struct slice title, size_t *len)
{
    for (size_t i = title.len; i-- > 1;) {
        struct slice rest = slice_sub(title, i, title.len - i);
        for (size_t k = 0; k < sizeof separators / sizeof *separators; k++) {
            if (slice_starts(rest, separators[k])) {
                *len = separators[k].len;
                return i;
            }
        }
    }
    return title.len;
}

struct slice page_title_alone(struct slice title, struct slice outlet)
{
    for (int pieces = 0; pieces < 3; pieces++) {
        size_t len = 0, at = last_separator(title, &len);
        if (at == title.len)
            break;
        struct slice site = slice_sub(title, at + len, title.len - at - len);
        struct slice head = slice_sub(title, 0, at);
        bool is_outlet = outlet.len && site.len == outlet.len &&
                         strncasecmp(site.ptr, outlet.ptr, site.len) == 0;
        /* Without the outlet's name to compare with: what is shorter than the headline. */
        bool looks_like = count_chars(site) <= SITE_NAME_MAX && !has_digit(site) &&
                          site.len * 2 <= head.len && !outlet.len;
        if (!is_outlet && !looks_like)
            break;
        title = slice_trim(head);
    }
    return title;
}
