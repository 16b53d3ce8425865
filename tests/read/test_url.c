#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "read/url.h"

void suite_url(void);

static const struct {
    const char *url;
    const char *canonical; /* NULL: as it is */
} cases[] = {
    {"https://example.org/news/1", NULL},
    {"HTTPS://Example.ORG/News/1", "https://example.org/News/1"},
    {"http://example.org:80/a", "http://example.org/a"},
    {"https://example.org:443", "https://example.org/"},
    {"https://example.org:80/a", NULL},
    {"http://example.org:443/a", NULL},
    {"https://example.org:/a", "https://example.org/a"},
    {"https://example.org:8443/a", NULL},
    {"https://example.org", "https://example.org/"},
    {"https://example.org?id=3", "https://example.org/?id=3"},
    {"https://example.org/a#comments", "https://example.org/a"},
    {"https://example.org#top", "https://example.org/"},
    {"https://example.org/a?", "https://example.org/a"},
    {"https://example.org/a?&", "https://example.org/a"},
    {"https://example.org/a?utm_source=x&id=7&UTM_Medium=y", "https://example.org/a?id=7"},
    {"https://example.org/a?id=7&utm_source=x#f", "https://example.org/a?id=7"},
    {"https://example.org/a?fbclid=abc", "https://example.org/a"},
    {"https://example.org/a?b=2&a=1&&c", "https://example.org/a?b=2&a=1&c"},
    {"https://example.org/a?autumn=1&gclid2=3", NULL},
    {"https://example.org/a?gclid", "https://example.org/a"},
    {"https://example.org/a?at_link_id=9&at=4", "https://example.org/a?at=4"},
    {"https://example.org/a?u=http://x.org/?y", NULL},
    {"https://User@Example.org/a", "https://User@example.org/a"},
    {"http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"},
    {"https://приклад.укр/Шлях", NULL},
    {"ftp://Example.org/a#b", NULL},
    {"tag:Example.org,2025:1", NULL},
    {"https://", NULL},
    {"https:///a", NULL},
    {"https://Example.org/a b", NULL},
    {"not a url", NULL},
    {"", NULL},
};

static void canonical_form(void)
{
    struct arena arena;
    arena_init(&arena, 1 << 16);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *expected = cases[i].canonical ? cases[i].canonical : cases[i].url;
        struct slice out, again;
        struct error err;
        CU_ASSERT_FATAL(url_canonical(&arena, slice_of(cases[i].url), &out, &err) == 0);
        if (!slice_is(out, expected))
            printf("    %s: %.*s\n", cases[i].url, SLICE_ARG(out));
        CU_ASSERT(slice_is(out, expected));
        CU_ASSERT_FATAL(url_canonical(&arena, out, &again, &err) == 0);
        CU_ASSERT(slice_equal(again, out));
    }
    arena_free(&arena);
}

/* No part of an address is read past its end: every prefix of one, in memory of just its size. */
static void cut_anywhere(void)
{
    static const char url[] = "HTTPS://u@Example.org:443/a?utm_x=1&b=%20&fbclid#f";
    for (size_t len = 0; len < sizeof url; len++) {
        struct arena arena;
        struct error err;
        arena_init(&arena, 1 << 12);
        char *exact = malloc(len ? len : 1);
        CU_ASSERT_FATAL(exact != NULL);
        memcpy(exact, url, len);
        struct slice out;
        CU_ASSERT(url_canonical(&arena, (struct slice){exact, len}, &out, &err) == 0);
        CU_ASSERT(out.len <= len + 1);
        free(exact);
        arena_free(&arena);
    }
}

static void references(void)
{
    /* The examples of RFC 3986, section 5.4, as far as they are http. */
    static const struct {
        const char *reference, *url;
    } resolved[] = {
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {";x", "http://a/b/c/;x"},
        {".", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"https:g", "https:g"},
        {"mailto:x", "mailto:x"},
        {"", ""},
        {"//g/../h", "http://g/../h"},
    };
    struct arena arena;
    struct error err;
    struct slice out;
    arena_init(&arena, 1 << 16);
    for (size_t i = 0; i < sizeof resolved / sizeof *resolved; i++) {
        CU_ASSERT(url_resolve(&arena, SLICE_LITERAL("http://a/b/c/d;p?q"),
                              slice_of(resolved[i].reference), &out, &err) == 0);
        if (!slice_is(out, resolved[i].url))
            printf("    %s: %.*s\n", resolved[i].reference, SLICE_ARG(out));
        CU_ASSERT(slice_is(out, resolved[i].url));
    }
    CU_ASSERT(url_resolve(&arena, SLICE_LITERAL("https://a"), SLICE_LITERAL("b"), &out, &err) == 0);
    CU_ASSERT(slice_is(out, "https://a/b"));
    CU_ASSERT(url_resolve(&arena, SLICE_NONE, SLICE_LITERAL("b"), &out, &err) == 0);
    CU_ASSERT(slice_is(out, "b"));
    arena_free(&arena);
    CU_ASSERT(slice_is(url_host(SLICE_LITERAL("https://u:p@www.a.example:8/x")), "a.example"));
    CU_ASSERT(url_host(SLICE_LITERAL("file:///etc/passwd")).len == 0);
    CU_ASSERT(url_is_web(SLICE_LITERAL("HTTP://a")) && !url_is_web(SLICE_LITERAL("http:///x")));
    CU_ASSERT(!url_is_web(SLICE_LITERAL("javascript:x")) &&
              !url_is_web(SLICE_LITERAL("http://a b")));
    CU_ASSERT(url_is_front_page(SLICE_LITERAL("http://a/")) &&
              !url_is_front_page(SLICE_LITERAL("http://a/x")));
}

static void full_arena(void)
{
    struct arena arena;
    struct error err = {0};
    struct slice out;
    arena_init(&arena, 4);
    CU_ASSERT(url_canonical(&arena, SLICE_LITERAL("https://example.org/a"), &out, &err) == -1);
    CU_ASSERT(err.code == ERROR_LIMIT);
    arena_free(&arena);
}

void suite_url(void)
{
    CU_pSuite suite = CU_add_suite("url", NULL, NULL);
    CU_add_test(suite, "canonical form", canonical_form);
    CU_add_test(suite, "references", references);
    CU_add_test(suite, "cut anywhere", cut_anywhere);
    CU_add_test(suite, "full arena", full_arena);
}
