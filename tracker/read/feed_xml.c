#include "read/feed_xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdarg.h>
#include <stdio.h>

#include "read/charset.h"
#include "read/html_tree.h"
#include "read/url.h"
#include "text/utf8.h"

/* Attributes of one tag, and namespaces that are declared at one time. */
#define MAX_ATTRIBUTES 1000
#define MAX_NAMESPACES 200
#define MAX_DEPTH 256

/* ---- what feeds consist of ---------------------------------------------------------------------
 */

enum name_space { NS_NONE, NS_RSS, NS_ATOM, NS_CONTENT, NS_DC, NS_SITEMAP, NS_NEWS, NS_OTHER };

/* Namespaces by their address, and by the prefix that feeds use without declaring it. */
static const struct name_space_name {
    const char *uri, *prefix;
    enum name_space ns;
} name_spaces[] = {
    {"http://purl.org/rss/1.0/", "rss", NS_RSS},
    {"http://my.netscape.com/rdf/simple/0.9/", "rss", NS_RSS},
    {"http://www.w3.org/2005/Atom", "atom", NS_ATOM},
    {"http://purl.org/atom/ns#", "atom", NS_ATOM},
    {"http://purl.org/rss/1.0/modules/content/", "content", NS_CONTENT},
    {"http://purl.org/dc/elements/1.1/", "dc", NS_DC},
    {"http://www.sitemaps.org/schemas/sitemap/0.9", "sitemap", NS_SITEMAP},
    {"http://www.google.com/schemas/sitemap-news/0.9", "news", NS_NEWS},
};

/* Where an element's text goes. */
enum field { F_TITLE, F_URL, F_ID, F_BODY, F_SUMMARY, F_DATE, F_UPDATED, F_OUTLET, F_LANG, F_N };

/* Elements whose text is kept, of an entry and of the feed itself. */
static const struct feed_element {
    const char *name;
    enum name_space ns;
    enum field field;
} feed_elements[] = {
    {"title", NS_NONE, F_TITLE},
    {"link", NS_NONE, F_URL},
    {"guid", NS_NONE, F_ID},
    {"description", NS_NONE, F_SUMMARY},
    {"pubDate", NS_NONE, F_DATE},
    {"source", NS_NONE, F_OUTLET},
    {"language", NS_NONE, F_LANG},
    {"encoded", NS_CONTENT, F_BODY},
    {"date", NS_DC, F_UPDATED},
    {"title", NS_DC, F_TITLE},
    {"publisher", NS_DC, F_OUTLET},
    {"language", NS_DC, F_LANG},
    {"title", NS_ATOM, F_TITLE},
    {"id", NS_ATOM, F_ID},
    {"published", NS_ATOM, F_DATE},
    {"updated", NS_ATOM, F_UPDATED},
    {"issued", NS_ATOM, F_DATE},
    {"modified", NS_ATOM, F_UPDATED},
    {"summary", NS_ATOM, F_SUMMARY},
    {"content", NS_ATOM, F_BODY},
    {"loc", NS_SITEMAP, F_URL},
    {"title", NS_NEWS, F_TITLE},
    {"publication_date", NS_NEWS, F_DATE},
    {"name", NS_NEWS, F_OUTLET},
    {"language", NS_NEWS, F_LANG},
    {"lastmod", NS_SITEMAP, F_UPDATED},
};

static const struct slice roots[] = {{"rss", 3}, {"feed", 4}, {"RDF", 3}, {"urlset", 6}};
static const struct slice entries[] = {{"item", 4}, {"entry", 5}, {"url", 3}};

static bool is_one_of(struct slice name, const struct slice *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (slice_equal(name, names[i]))
            return true;
    }
    return false;
}

/* ---- recognition -------------------------------------------------------------------------------
 */

bool feed_recognise(struct slice head)
{
    bool xml = slice_starts(head, SLICE_LITERAL("<?xml"));
    for (;;) {
        head = slice_trim(head);
        if (head.len < 2 || head.ptr[0] != '<')
            return false;
        bool comment = slice_starts(head, SLICE_LITERAL("<!--"));
        if (head.ptr[1] != '?' && head.ptr[1] != '!')
            break;
        const char *bracket = memchr(head.ptr, '[', head.len);
        const char *end = memchr(head.ptr, '>', head.len);
        bool subset = head.ptr[1] == '!' && bracket && end && bracket < end;
        const char *ending = comment ? "-->" : subset ? "]>" : ">";
        end = memmem(head.ptr, head.len, ending, strlen(ending));
        if (!end)
            return false;
        size_t n = (size_t)(end - head.ptr) + strlen(ending);
        head = slice_sub(head, n, head.len - n);
    }
    size_t len = 1;
    while (len < head.len && !strchr(" \t\r\n/>", head.ptr[len]))
        len++;
    struct slice name = slice_sub(head, 1, len - 1);
    const char *colon = name.len ? memchr(name.ptr, ':', name.len) : NULL;
    if (colon)
        name = (struct slice){colon + 1, (size_t)(name.ptr + name.len - colon - 1)};
    if (is_one_of(name, roots, sizeof roots / sizeof *roots))
        return true;
    return xml && html_tag_find(name) != HTML_HTML;
}

/* ---- parsing -----------------------------------------------------------------------------------
 */

/* The text of one field while it is read. */
struct capture {
    int depth; /* of its element, 0 for none */
    enum field field;
    bool markup; /* Atom's xhtml: elements below are part of the text, which is no HTML itself */
    bool plain;  /* Atom's text: no HTML at all */
};

struct feed_parser {
    struct arena *arena;
    struct entry_list *out;
    struct error *err;
    xmlParserCtxtPtr context;
    struct slice base; /* for relative links; without it they are the site's */
    int depth;
    int entry_depth; /* of the entry that is open, 0 for none */
    int feed_depth;  /* of <channel> or <feed> while it is open */
    int n_namespaces;
    uint8_t namespaces_at[MAX_DEPTH + 2]; /* declared by each open element */
    struct buffer text;
    struct capture capture;
    struct slice fields[F_N], feed_fields[F_N];
    bool plain_body, guid_is_no_link;
    size_t entry_line;
    bool complete;      /* the outermost element ended */
    bool failed;        /* `err` is set */
    struct error first; /* what is wrong with the XML */
    xmlEntity entity;   /* the last one of HTML that was asked for */
    xmlChar entity_text[8];
};

static enum name_space find_name_space(const xmlChar *uri, const xmlChar *prefix)
{
    if (!uri && !prefix)
        return NS_NONE;
    for (size_t i = 0; i < sizeof name_spaces / sizeof *name_spaces; i++) {
        const char *name = uri ? name_spaces[i].uri : name_spaces[i].prefix;
        if (strcmp((const char *)(uri ? uri : prefix), name) == 0)
            return name_spaces[i].ns;
    }
    return NS_OTHER;
}

static void stop(struct feed_parser *parser, enum error_code code, const char *text)
{
    if (!parser->failed)
        error_at(&parser->first, code, NULL, xmlSAX2GetLineNumber(parser->context), 0, "%s", text);
    parser->failed = true;
    xmlStopParser(parser->context);
}

static struct slice attribute(const xmlChar **attributes, int n, const char *name)
{
    for (int i = 0; i < n; i++, attributes += 5) {
        if (strcmp((const char *)attributes[0], name) == 0)
            return (struct slice){(const char *)attributes[3],
                                  (size_t)(attributes[4] - attributes[3])};
    }
    return SLICE_NONE;
}

/* A copy, without white space around it. */
static void keep(struct feed_parser *parser, struct slice s, struct slice *to)
{
    s = slice_trim(s);
    if (s.len == 0 || to->len)
        return;
    *to = arena_copy(parser->arena, s);
    if (!to->ptr)
        stop(parser, ERROR_LIMIT, "the feed is too large");
}

/* A line of plain text of what may hold entities and tags, escaped once more than the XML is. */
static void keep_line(struct feed_parser *parser, struct slice s, struct slice *to)
{
    struct html_tree tree;
    struct buffer line;
    if (to->len || (s.len && !memchr(s.ptr, '<', s.len) && !memchr(s.ptr, '&', s.len))) {
        keep(parser, s, to);
        return;
    }
    buffer_init(&line, s.len + 16);
    if (html_parse(parser->arena, s, &tree, parser->err) == 0)
        html_text_line(&tree, 0, &line);
    keep(parser, buffer_slice(&line), to);
    buffer_free(&line);
}

/* Atom's <link rel="alternate" href>. */
static void take_atom_link(struct feed_parser *parser, const xmlChar **attributes, int n,
                           struct slice *to)
{
    struct slice rel = attribute(attributes, n, "rel");
    if (rel.len == 0 || slice_is(rel, "alternate"))
        keep(parser, attribute(attributes, n, "href"), to);
}

static void begin_capture(struct feed_parser *parser, const char *name, enum name_space ns,
                          const xmlChar **attributes, int n)
{
    struct slice *fields = parser->entry_depth ? parser->fields : parser->feed_fields;
    enum name_space plain = ns == NS_RSS ? NS_NONE : ns;
    /* Directly in the entry or feed: an <image> and a <source> have titles too. */
    int outer = parser->entry_depth ? parser->entry_depth : parser->feed_depth;
    if (outer == 0 || (parser->depth != outer + 1 && ns != NS_NEWS))
        return;
    if (ns == NS_ATOM && strcmp(name, "link") == 0) {
        take_atom_link(parser, attributes, n, &fields[F_URL]);
        return;
    }
    for (size_t i = 0; i < sizeof feed_elements / sizeof *feed_elements; i++) {
        const struct feed_element *element = &feed_elements[i];
        if (strcmp(element->name, name) != 0 || element->ns != plain)
            continue;
        struct slice type = attribute(attributes, n, "type");
        bool atom = ns == NS_ATOM;
        parser->capture = (struct capture){
            .depth = parser->depth,
            .field = element->field,
            .markup = atom && slice_is(type, "xhtml"),
            .plain = atom && (type.len == 0 || slice_is(type, "text")),
        };
        if (element->field == F_ID && slice_is(attribute(attributes, n, "isPermaLink"), "false"))
            parser->guid_is_no_link = true;
        buffer_clear(&parser->text);
        return;
    }
}

/* Entries stand below the outermost element or below its <channel>. */
static bool begins_entry(const struct feed_parser *parser, const char *name)
{
    return !parser->entry_depth && parser->depth <= 3 && parser->depth > 1 &&
           is_one_of(slice_of(name), entries, sizeof entries / sizeof *entries);
}

static void put_tag(struct buffer *out, const char *open, const char *name)
{
    buffer_add_text(out, open);
    buffer_add_text(out, name);
    buffer_add_char(out, '>');
}

static void on_start(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int n_namespaces, const xmlChar **namespaces, int n_attributes,
                     int n_defaulted, const xmlChar **attributes)
{
    struct feed_parser *parser = data;
    const char *name = (const char *)local;
    (void)namespaces, (void)n_defaulted;
    if (parser->failed || parser->depth == MAX_DEPTH) {
        stop(parser, ERROR_INPUT, "the feed nests too deep");
        return;
    }
    parser->depth++;
    parser->n_namespaces += n_namespaces;
    parser->namespaces_at[parser->depth] = (uint8_t)n_namespaces;
    if (parser->n_namespaces > MAX_NAMESPACES) {
        stop(parser, ERROR_INPUT, "the feed declares too many namespaces");
    } else if (parser->depth == 1 &&
               !is_one_of(slice_of(name), roots, sizeof roots / sizeof *roots)) {
        char text[128];
        snprintf(text, sizeof text, "<%.60s> is neither a page nor a feed", name);
        stop(parser, ERROR_INPUT, text);
    } else if (parser->capture.depth) {
        put_tag(&parser->text, "<", name);
    } else if (begins_entry(parser, name)) {
        memset(parser->fields, 0, sizeof parser->fields);
        parser->plain_body = parser->guid_is_no_link = false;
        parser->entry_depth = parser->depth;
        parser->entry_line = (size_t)xmlSAX2GetLineNumber(parser->context);
        keep(parser, attribute(attributes, n_attributes, "lang"), &parser->fields[F_LANG]);
    } else {
        if (parser->depth <= 2 && (strcmp(name, "channel") == 0 || strcmp(name, "feed") == 0))
            parser->feed_depth = parser->depth;
        if (parser->depth == 1)
            keep(parser, attribute(attributes, n_attributes, "lang"), &parser->feed_fields[F_LANG]);
        begin_capture(parser, name, find_name_space(uri, prefix), attributes, n_attributes);
    }
}

static void end_capture(struct feed_parser *parser)
{
    struct slice *fields = parser->entry_depth ? parser->fields : parser->feed_fields;
    struct capture capture = parser->capture;
    struct slice text = slice_trim(buffer_slice(&parser->text));
    parser->capture.depth = 0;
    if (buffer_check(&parser->text, NULL)) {
        stop(parser, ERROR_LIMIT, "the feed is too large");
    } else if (capture.field == F_TITLE || capture.field == F_OUTLET) {
        keep_line(parser, text, &fields[capture.field]);
    } else {
        if (capture.field == F_BODY && !fields[F_BODY].len)
            parser->plain_body = capture.plain;
        keep(parser, text, &fields[capture.field]);
    }
}

static void end_entry(struct feed_parser *parser)
{
    struct slice *f = parser->fields;
    struct entry entry = {.id = f[F_ID], .url = f[F_URL], .title = f[F_TITLE]};
    parser->entry_depth = 0;
    bool id_is_url = url_is_web(entry.id) && !parser->guid_is_no_link;
    if (entry.url.len == 0 && id_is_url)
        entry.url = entry.id;
    struct slice base = parser->base.len ? parser->base : parser->feed_fields[F_URL];
    if (url_resolve(parser->arena, base, entry.url, &entry.url, parser->err)) {
        stop(parser, ERROR_LIMIT, "the feed is too large");
        return;
    }
    if (!url_is_web(entry.url))
        entry.url = SLICE_NONE;
    if (slice_equal(entry.id, f[F_URL]) || (id_is_url && entry.url.len))
        entry.id = SLICE_NONE;
    bool summary = f[F_SUMMARY].len > f[F_BODY].len;
    entry.body = summary ? f[F_SUMMARY] : f[F_BODY];
    entry.is_html = summary || !parser->plain_body;
    entry.published = f[F_DATE].len ? f[F_DATE] : f[F_UPDATED];
    entry.outlet = f[F_OUTLET];
    entry.lang = f[F_LANG];
    entry.line = parser->entry_line;
    entry.follow = entry.url.len && entry.body.len < ENTRY_FULL_TEXT;
    if (entry_list_add(parser->arena, parser->out, &entry, parser->err))
        stop(parser, ERROR_LIMIT, "the feed is too large");
}

static void on_end(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct feed_parser *parser = data;
    (void)prefix, (void)uri;
    if (parser->failed)
        return;
    if (parser->capture.depth == parser->depth)
        end_capture(parser);
    else if (parser->capture.depth)
        put_tag(&parser->text, "</", (const char *)local);
    else if (parser->entry_depth == parser->depth)
        end_entry(parser);
    else if (parser->feed_depth == parser->depth)
        parser->feed_depth = 0;
    parser->n_namespaces -= parser->namespaces_at[parser->depth];
    parser->depth--;
    parser->complete = parser->depth == 0;
}

static void on_text(void *data, const xmlChar *text, int len)
{
    struct feed_parser *parser = data;
    struct slice s = {(const char *)text, (size_t)len};
    if (!parser->capture.depth)
        return;
    if (!parser->capture.markup) {
        buffer_add_slice(&parser->text, s);
        return;
    }
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '<' || s.ptr[i] == '&')
            buffer_add_text(&parser->text, s.ptr[i] == '<' ? "&lt;" : "&amp;");
        else
            buffer_add_char(&parser->text, s.ptr[i]);
    }
}

/* Feeds use the names of HTML without declaring them. */
static xmlEntityPtr on_entity(void *data, const xmlChar *name)
{
    struct feed_parser *parser = data;
    struct buffer text;
    const htmlEntityDesc *known = htmlEntityLookup(name);
    if (!known)
        return NULL;
    char raw[24];
    int n = snprintf(raw, sizeof raw, "&#%u;", known->value);
    buffer_init(&text, sizeof parser->entity_text);
    html_decode(&text, (struct slice){raw, (size_t)n});
    memcpy(parser->entity_text, text.len ? text.ptr : "", text.len);
    parser->entity_text[text.len] = 0;
    parser->entity = (xmlEntity){.type = XML_ENTITY_DECL,
                                 .name = name,
                                 .content = parser->entity_text,
                                 .length = (int)text.len,
                                 .etype = XML_INTERNAL_PREDEFINED_ENTITY};
    buffer_free(&text);
    return &parser->entity;
}

static void on_entity_declared(void *data, const xmlChar *name, int type, const xmlChar *public_id,
                               const xmlChar *system_id, xmlChar *content)
{
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    stop(data, ERROR_INPUT, "the feed declares entities of its own, which are not read");
}

static void on_error(void *data, xmlErrorPtr error)
{
    struct feed_parser *parser = data;
    if (error->level != XML_ERR_FATAL || parser->first.code || parser->failed)
        return;
    struct slice text = slice_trim(slice_of(error->message));
    error_at(&parser->first, ERROR_INPUT, NULL, error->line, 0, "broken XML: %.*s",
             SLICE_ARG(text));
}

/* libxml2 compares each attribute of a tag with every other. Between two '<' stands at most one tag
 * of well-formed XML. */
static bool has_huge_tag(struct slice text)
{
    size_t n = 0;
    for (size_t i = 1; i < text.len; i++) {
        char c = text.ptr[i], before = text.ptr[i - 1];
        if (c == '<')
            n = 0;
        else if ((c == '"' || c == '\'') && (before == '=' || before == ' ' || before == '\n'))
            n++;
        if (n > MAX_ATTRIBUTES)
            return true;
    }
    return false;
}

static int parse(struct feed_parser *parser, struct slice text)
{
    static const xmlSAXHandler handler = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .cdataBlock = on_text,
        .ignorableWhitespace = on_text,
        .getEntity = on_entity,
        .entityDecl = on_entity_declared,
        .serror = on_error,
    };
    parser->context = xmlCreateMemoryParserCtxt(text.ptr, (int)text.len);
    if (!parser->context)
        return error_set(parser->err, ERROR_LIMIT, "no memory for an XML reader");
    *parser->context->sax = handler;
    parser->context->userData = parser;
    xmlCtxtUseOptions(parser->context, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    xmlParseDocument(parser->context);
    if (parser->context->myDoc)
        xmlFreeDoc(parser->context->myDoc);
    xmlFreeParserCtxt(parser->context);
    return 0;
}

/* What the entries leave out is the feed's. */
static void fill_entries(struct entry_list *out)
{
    for (size_t i = 0; i < out->n; i++) {
        struct entry *entry = &out->entries[i];
        if (entry->outlet.len == 0)
            entry->outlet = out->title;
        if (entry->lang.len == 0)
            entry->lang = out->lang;
    }
}

int feed_read(struct arena *arena, const struct page_source *source, struct entry_list *out,
              struct error *err)
{
    struct slice text;
    size_t replaced = 0;
    const char *charset = charset_detect(source->bytes, source->charset);
    struct feed_parser parser = {.arena = arena, .out = out, .err = err, .base = source->url};
    *out = (struct entry_list){0};
    if (charset_decode_all(arena, source->bytes, charset, &text, &replaced, err) ||
        utf8_clean(arena, text, &text, &replaced, err))
        return -1;
    text = slice_trim(text);
    if (text.len == 0 || text.len > INT32_MAX || has_huge_tag(text))
        return error_set(err, ERROR_INPUT, "the feed has a tag of more than %d attributes",
                         MAX_ATTRIBUTES);
    buffer_init(&parser.text, text.len * 6 + 16);
    int result = parse(&parser, text);
    buffer_free(&parser.text);
    if (result)
        return -1;
    out->title = parser.feed_fields[F_TITLE];
    out->lang = parser.feed_fields[F_LANG];
    if (url_resolve(arena, source->url, parser.feed_fields[F_URL], &out->url, err))
        return -1;
    fill_entries(out);
    if (parser.failed && parser.first.code == ERROR_LIMIT)
        return error_set(err, ERROR_LIMIT, "%s", parser.first.text);
    if (parser.failed || !parser.complete)
        out->problem = parser.first;
    if (out->problem.code == ERROR_NONE && !parser.complete)
        error_set(&out->problem, ERROR_INPUT, "the feed ends too early");
    return 0;
}
