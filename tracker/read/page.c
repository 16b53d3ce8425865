#include "read/page.h"

#include "read/charset.h"
#include "read/page_body.h"
#include "read/page_meta.h"
#include "read/url.h"
#include "text/language_guess.h"
#include "text/utf8.h"

/* The most text of a page; more than any page has. */
#define MAX_TEXT ((size_t)64 << 20)

/* Text of the page's own below which JSON-LD's is taken when it has twice as much. */
#define SHORT_TEXT 400

/* Languages in Cyrillic: a page in one of them has Cyrillic text, and no other has. */
static const char *const cyrillic_languages[] = {"be", "bg", "kk", "ky", "mk",
                                                 "mn", "ru", "sr", "tg", "uk"};

/* A template's language that the text contradicts says nothing. */
static struct slice believable_lang(struct slice lang, struct slice text)
{
    struct slice guess = language_guess(text), primary = {lang.ptr, lang.len < 2 ? 0 : 2};
    bool cyrillic = false;
    for (size_t i = 0; i < sizeof cyrillic_languages / sizeof *cyrillic_languages; i++)
        cyrillic |= slice_is(primary, cyrillic_languages[i]);
    if (text.len && cyrillic != (guess.len != 0))
        return SLICE_NONE;
    bool either = slice_is(primary, "uk") || slice_is(primary, "ru");
    if (either && !slice_is(guess, "und") && !slice_equal(guess, primary))
        return SLICE_NONE;
    return lang;
}

/* The first of some addresses that is http or https once resolved. A canonical address of the
 * front page is a template's mistake. */
static int choose_url(struct arena *arena, const struct page_source *source,
                      const struct page_meta *meta, struct slice *out, struct error *err)
{
    struct slice base = source->url,
                 candidates[] = {meta->canonical, meta->linked.url, meta->og_url, source->url};
    *out = SLICE_NONE;
    if (meta->base.len && url_resolve(arena, base, meta->base, &base, err))
        return -1;
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        struct slice url;
        if (url_resolve(arena, base, candidates[i], &url, err))
            return -1;
        if (!url_is_web(url) || (url_is_front_page(url) && i < 3))
            continue;
        *out = url;
        return 0;
    }
    return 0;
}

/* The headline: what a reader sees, when the head of the page agrees; else what the head says. */
static int choose_title(struct arena *arena, const struct page_layout *layout,
                        const struct page_meta *meta, struct slice outlet, struct slice *out,
                        struct error *err)
{
    struct slice title = meta->linked.headline.len ? meta->linked.headline : meta->title;
    if (title.len == 0)
        title = meta->doc_title;
    *out = page_title_alone(title, outlet);
    if (!layout->headline)
        return 0;
    struct buffer line;
    buffer_init(&line, 1 << 16);
    html_text_line(layout->tree, layout->headline, &line);
    struct slice seen = page_title_alone(buffer_slice(&line), outlet);
    /* An <h1> that holds the site's name or a section's is no headline. */
    bool agrees = out->len == 0 || seen.len * 2 >= out->len ||
                  (seen.len * 4 >= out->len && memmem(out->ptr, out->len, seen.ptr, seen.len));
    int result = 0;
    if (seen.len && agrees) {
        *out = arena_copy(arena, seen);
        result = out->ptr ? 0 : arena_full(arena, err);
    }
    buffer_free(&line);
    return result;
}

static int read_body(struct arena *arena, const struct page_layout *layout,
                     const struct page_meta *meta, struct page *out, struct error *err)
{
    struct page_regions regions;
    struct buffer text;
    if (page_regions_find(arena, layout, &regions, err))
        return -1;
    if (out->published.len == 0)
        out->published = page_time(layout, &regions);
    buffer_init(&text, MAX_TEXT);
    page_regions_write(layout, &regions, &text);
    struct slice body = slice_trim(buffer_slice(&text));
    int result = buffer_check(&text, err);
    if (meta->linked.body.len > body.len * 2 && body.len < SHORT_TEXT) {
        out->body = meta->linked.body;
    } else if (result == 0) {
        out->body = arena_copy(arena, body);
        result = out->body.ptr ? 0 : arena_full(arena, err);
    }
    buffer_free(&text);
    return result;
}

int page_read(struct arena *arena, const struct page_source *source, struct page *out,
              struct error *err)
{
    struct html_tree tree;
    struct page_meta meta;
    struct page_layout layout;
    struct slice text;
    size_t damaged = 0;
    *out = (struct page){0};
    const char *charset = charset_detect(source->bytes, source->charset);
    if (charset_decode_all(arena, source->bytes, charset, &text, &out->replaced, err) ||
        utf8_clean(arena, text, &text, &damaged, err) || html_parse(arena, text, &tree, err) ||
        page_meta_read(arena, &tree, &meta, err) ||
        choose_url(arena, source, &meta, &out->url, err))
        return -1;
    out->replaced += damaged;
    out->outlet = meta.outlet.len ? meta.outlet : meta.linked.publisher;
    struct slice title = meta.linked.headline.len ? meta.linked.headline : meta.title;
    if (page_layout_make(arena, &tree, title.len ? title : meta.doc_title, meta.linked.live,
                         &layout, err) ||
        choose_title(arena, &layout, &meta, out->outlet, &out->title, err))
        return -1;
    out->published = meta.linked.published.len ? meta.linked.published : meta.published;
    out->live = layout.live;
    if (read_body(arena, &layout, &meta, out, err))
        return -1;
    if (out->outlet.len == 0)
        out->outlet = url_host(out->url);
    out->lang = believable_lang(meta.lang.len ? meta.lang : meta.linked.lang, out->body);
    return 0;
}
