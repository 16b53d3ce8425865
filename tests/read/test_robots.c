#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/robots.h"

void suite_robots(void);

#define US "User-agent: news-reader\n"
#define ALL "User-agent: *\n"

static const struct {
    const char *text;
    const char *path;
    bool allow;
} cases[] = {
    {"", "/a", true},
    {ALL "Disallow: /\n", "/a", false},
    {ALL "Disallow:\n", "/a", true},
    {ALL "Disallow: /\n", "/robots.txt", true},
    {ALL "Disallow: /a\n", "/a/b", false},
    {ALL "Disallow: /a\n", "/b", true},
    {ALL "Disallow: /a/\n", "/a", true},
    /* The longest rule decides, of equals Allow. */
    {ALL "Disallow: /a\nAllow: /a/b\n", "/a/b/c", true},
    {ALL "Allow: /a/b\nDisallow: /a\n", "/a/c", false},
    {ALL "Disallow: /a\nAllow: /a\n", "/a", true},
    {ALL "Allow: /\nDisallow: /*.pdf$\n", "/x/y.pdf", false},
    {ALL "Allow: /\nDisallow: /*.pdf$\n", "/x/y.pdf?z", true},
    {ALL "Disallow: /*/print\n", "/news/1/print", false},
    {ALL "Disallow: /*/print\n", "/print", true},
    {ALL "Disallow: *\n", "/a", false},
    {ALL "Disallow: /a*b*c\n", "/axbxbxc", false},
    {ALL "Disallow: /a*b*c$\n", "/abcd", true},
    {ALL "Disallow: /a*b*c$\n", "/abcbc", false},
    {ALL "Disallow: /*?page=\n", "/list?page=2", false},
    /* Own groups, else those for everybody; several of one agent are one. */
    {ALL "Disallow: /\n\n" US "Disallow: /x\n", "/a", true},
    {ALL "Disallow: /\n\n" US "Disallow: /x\n", "/x", false},
    {US "Allow: /a\n\n" ALL "Disallow: /\n", "/b", true},
    {US "Disallow: /a\n\n" ALL "Allow: /\n\n" US "Disallow: /b\n", "/b", false},
    {"User-agent: other\n" US "Disallow: /a\n", "/a", false},
    {US "User-agent: other\nDisallow: /a\n", "/a", false},
    {"User-agent: other\nDisallow: /a\n", "/a", true},
    {"User-agent: NEWS-Reader/2.1\nDisallow: /a\n", "/a", false},
    {"User-agent: news-reader-pro\nDisallow: /a\n", "/a", true},
    {"User-agent: news\nDisallow: /a\n", "/a", true},
    /* The form: comments, blanks, line ends, case, a mark, unknown lines. */
    {"\xEF\xBB\xBF" ALL "Disallow: /a\n", "/a", false},
    {"user-AGENT :*\r\nDISALLOW :  /a  # no\r\n", "/a", false},
    {ALL "# Disallow: /\nSitemap: https://example.org/s.xml\nDisallow: /a", "/a", false},
    {ALL "Sitemap: x\n" US "Disallow: /a\n", "/a", false},
    {"Disallow: /\n", "/a", true}, /* of no group */
    {"<html>Disallow: /</html>", "/a", true},
    {ALL "Crawl-delay: 5\n"
         "User-agent: other\nDisallow: /\n",
     "/a", true},
};

static void table(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool allow = robots_allow(slice_of(cases[i].text), "news-reader", slice_of(cases[i].path));
        if (allow != cases[i].allow)
            printf("    %s and:\n%s\n", cases[i].path, cases[i].text);
        CU_ASSERT(allow == cases[i].allow);
    }
}

static void delay(void)
{
    static const struct {
        const char *text;
        int seconds;
    } delays[] = {{"", 0},
                  {ALL "Crawl-delay: 7\n", 7},
                  {ALL "Crawl-delay: 7.5\n", 7},
                  {ALL "Crawl-delay: soon\n", 0},
                  {ALL "Crawl-delay: 99999999999999999999\n", 60},
                  {ALL "Crawl-delay: 7\n\n" US "Disallow: /a\n", 0},
                  {ALL "Crawl-delay: 7\n\n" US "Crawl-delay: 3\n", 3}};
    for (size_t i = 0; i < sizeof delays / sizeof *delays; i++)
        CU_ASSERT(robots_delay(slice_of(delays[i].text), "news-reader") == delays[i].seconds);
}

/* The worst of patterns against the worst of paths ends at once. */
static void hostile(void)
{
    static char text[1 << 16], path[1 << 14];
    size_t n = strlen(ALL "Disallow: /");
    memcpy(text, ALL "Disallow: /", n);
    for (size_t i = n; i + 3 < sizeof text; i += 2)
        memcpy(text + i, "*a", 2);
    memset(path, 'a', sizeof path);
    path[0] = '/';
    CU_ASSERT(robots_allow((struct slice){text, sizeof text - 1}, "news-reader",
                           (struct slice){path, sizeof path}));
    /* Cut anywhere. */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t len = 0; len <= strlen(cases[i].text); len++) {
            char *copy = malloc(len + 1);
            memcpy(copy, cases[i].text, len);
            (void)robots_allow((struct slice){copy, len}, "news-reader", slice_of("/a"));
            free(copy);
        }
    CU_PASS("no crash");
}

void suite_robots(void)
{
    CU_pSuite suite = CU_add_suite("robots", NULL, NULL);
    CU_add_test(suite, "table", table);
    CU_add_test(suite, "delay", delay);
    CU_add_test(suite, "hostile", hostile);
}
