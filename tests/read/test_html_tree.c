#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "read/html_tree.h"

void suite_html_tree(void);

static struct arena arena;

static int start(void)
{
    arena_init(&arena, (size_t)512 << 20);
    return 0;
}

static int stop(void)
{
    arena_free(&arena);
    return 0;
}

static void show(const struct html_tree *tree, uint32_t i, struct buffer *out)
{
    const struct html_node *node = &tree->nodes[i];
    if (node->tag == HTML_TEXT) {
        buffer_add_slice(out, node->text);
        return;
    }
    bool raw = html_tag_is(node->tag, TAG_RAW), named = i && !raw;
    if (named)
        buffer_add_slice(out, node->text);
    buffer_add_char(out, raw ? '"' : '(');
    if (raw)
        buffer_add_slice(out, node->text);
    for (uint32_t k = i + 1; k < node->end; k = tree->nodes[k].end)
        show(tree, k, out);
    buffer_add_char(out, raw ? '"' : ')');
}

/* Trees as name(children); text stands as it is, what holds no markup in quotes. */
static void test_trees(void)
{
    static const struct {
        const char *html, *tree;
    } cases[] = {
        {"", "()"},
        {"a < b", "(a < b)"},
        {"<p>one<p>two</p>three", "(p(one)p(two)three)"},
        {"<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "(ul(li(a)li(bul(li(c)))li(d))e)"},
        {"<p>a<b>c<div>d</div>e", "(p(ab(c))div(d)e)"},
        {"<div><b>x</div>y", "(div(b(x))y)"},
        {"<b>x<p>y</b>z</p>", "(b(xp(yz)))"},
        {"<a href=1>x<div>y</a>z", "(a(xdiv(y))z)"},
        {"<a href=1>x<a href=2>y", "(a(x)a(y))"},
        {"<table><tr><td>a<td>b<div>c</table>d", "(table(tr(td(a)td(bdiv(c))))d)"},
        {"<div><table><tr><td>a</div>b</table></div>c", "(div(table(tr(td(ab))))c)"},
        {"<h1>a<h2>b</h2>c", "(h1(a)h2(b)c)"},
        {"<h2>a</h3>b", "(h2(a)b)"},
        {"a<br>b</br>c<br/>d", "(abr()bbr()cbr()d)"},
        {"<x-a>a<x-b>b</x-a>c", "(x-a(ax-b(b))c)"},
        {"<script>if (a<b) '</p>'</script>x", "(\"if (a<b) '</p>'\"x)"},
        {"<SCRIPT>a</Script >x", "(\"a\"x)"},
        {"<style>a", "(\"a\")"},
        {"<title>a<b></title>", "(\"a<b>\")"},
        {"a<!-- <p> -->b<!-->c<!x>d<?php x ?>e</>f", "(abcdef)"},
        {"<![CDATA[<p>x]]>y", "(y)"},
        {"<p title='>'>a", "(p(a))"},
        {"<p a=\"1\"b=2 / c>a", "(p(a))"},
        {"<p", "(p())"},
        {"<p a='", "(p())"},
        {"<", "(<)"},
        {"</p></div></table>x", "(x)"},
        {"<html><head><title>t</title><body><p>x</body></html>y", "(html()head()\"t\"body()p(xy))"},
        {"<div/>x</div>", "(div(x))"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct html_tree tree;
        struct buffer out;
        struct error err;
        buffer_init(&out, 1 << 16);
        CU_ASSERT_FATAL(html_parse(&arena, slice_of(cases[i].html), &tree, &err) == 0);
        show(&tree, 0, &out);
        if (!slice_is(buffer_slice(&out), cases[i].tree))
            printf("    %s: %s\n", cases[i].html, out.ptr);
        CU_ASSERT(slice_is(buffer_slice(&out), cases[i].tree));
        buffer_free(&out);
        arena_reset(&arena);
    }
}

static void test_attributes(void)
{
    struct html_tree tree;
    struct error err;
    struct slice html = SLICE_LITERAL("<P Class = 'a b' ID=c id=d onclick=\"<p class=z>\" hidden "
                                      "content=\"x > &quot;y\" href=/a/b>t");
    CU_ASSERT_FATAL(html_parse(&arena, html, &tree, &err) == 0);
    CU_ASSERT(slice_is(html_attribute(&tree, 1, ATTRIBUTE_CLASS), "a b"));
    CU_ASSERT(slice_is(html_attribute(&tree, 1, ATTRIBUTE_ID), "c"));
    CU_ASSERT(slice_is(html_attribute(&tree, 1, ATTRIBUTE_CONTENT), "x > &quot;y"));
    CU_ASSERT(slice_is(html_attribute(&tree, 1, ATTRIBUTE_HREF), "/a/b"));
    CU_ASSERT(html_attribute(&tree, 1, ATTRIBUTE_HIDDEN).ptr != NULL);
    CU_ASSERT(html_attribute(&tree, 1, ATTRIBUTE_STYLE).ptr == NULL);
    CU_ASSERT(tree.n_nodes == 3 && tree.nodes[1].tag == HTML_P);
}

static void test_entities(void)
{
    static const struct {
        const char *raw, *text;
    } cases[] = {
        {"a &amp; b&lt;c", "a & b<c"},
        {"&#8217;&#x2019;&rsquo;", "’’’"},
        {"&#146;&#0;&#xD800;&#x110000;&#99999999999;",
         "’\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"&nbsp;&nbsp", "\xC2\xA0\xC2\xA0"},
        {"&nosuch; & &; &# &#x; AT&T", "&nosuch; & &; &# &#x; AT&T"},
        {"&#1;&#10;", "  "},
        {"&#128512;", "\xF0\x9F\x98\x80"},
        {"&amp;lt;", "&lt;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out;
        buffer_init(&out, 1 << 16);
        html_decode(&out, slice_of(cases[i].raw));
        if (!slice_is(buffer_slice(&out), cases[i].text))
            printf("    %s: %s\n", cases[i].raw, out.ptr);
        CU_ASSERT(slice_is(buffer_slice(&out), cases[i].text));
        buffer_free(&out);
    }
}

/* Pieces repeated to megabytes: what costs a parser that looks at all before for each, or keeps a
 * level for each, hours or all memory. */
static void test_bombs(void)
{
    static const char *const pieces[] = {"<b>",      "<b></i>", "<div>",           "</p>",
                                         "<p><a>",   "&x;",     "<table><tr><td>", "<!--",
                                         "<script>", "<li>",    "<x>y</x>"};
    size_t size = (size_t)2 << 20;
    char *html = malloc(size);
    CU_ASSERT_FATAL(html != NULL);
    for (size_t i = 0; i <= sizeof pieces / sizeof *pieces; i++) {
        struct html_tree tree;
        struct error err = {0};
        clock_t before = clock();
        size_t n = 0;
        bool attributes = i == sizeof pieces / sizeof *pieces;
        if (attributes)
            n = (size_t)snprintf(html, size, "<p ");
        while (n + 32 < size)
            n += attributes ? (size_t)snprintf(html + n, 32, "a%zx=\"<\" ", n)
                            : (size_t)snprintf(html + n, 32, "%s", pieces[i]);
        int result = html_parse(&arena, (struct slice){html, n}, &tree, &err);
        CU_ASSERT(result == 0 || (err.code == ERROR_INPUT && strstr(err.text, "elements")));
        CU_ASSERT(result || tree.nodes[0].end == tree.n_nodes);
        CU_ASSERT((clock() - before) / CLOCKS_PER_SEC < 10);
        arena_reset(&arena);
    }
    free(html);
}

void suite_html_tree(void)
{
    CU_pSuite suite = CU_add_suite("html_tree", start, stop);
    CU_add_test(suite, "trees", test_trees);
    CU_add_test(suite, "attributes", test_attributes);
    CU_add_test(suite, "entities", test_entities);
    CU_add_test(suite, "bombs", test_bombs);
}
