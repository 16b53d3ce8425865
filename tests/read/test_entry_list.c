#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buffer.h"
#include "read/feed_xml.h"
#include "read/json_document.h"

void suite_entry_list(void);

static struct arena arena;

static int start(void)
{
    arena_init(&arena, (size_t)1 << 30);
    return 0;
}

static int stop(void)
{
    arena_free(&arena);
    return 0;
}

static struct slice load(const char *path)
{
    size_t size = 1 << 20;
    char *bytes = arena_alloc(&arena, size);
    FILE *file = fopen(path, "rb");
    CU_ASSERT_FATAL(file != NULL && bytes != NULL);
    size_t len = fread(bytes, 1, size, file);
    fclose(file);
    return (struct slice){bytes, len};
}

static struct entry_list read_all(struct slice bytes)
{
    struct entry_list list;
    struct error err = {0};
    struct page_source source = {bytes, SLICE_NONE, SLICE_NONE};
    CU_ASSERT(entry_list_read(&arena, &source, &list, &err) == 0);
    if (err.code)
        printf("    %s\n", err.text);
    return list;
}

/* What each document gives, as "id|url|title|outlet|lang|published|first bytes of the body|follow",
 * an entry a line. */
static void test_documents(void)
{
    static const struct {
        const char *file, *entries;
    } cases[] = {
        {"rss2.xml",
         "https://slobozhan-herald.example/?p=4417|"
         "https://slobozhan-herald.example/2025/03/18/missile-hits-market-kharkiv/?utm_source=rss|"
         "Missile hits market in Kharkiv, six dead|Slobozhan Herald|en-US|"
         "Tue, 18 Mar 2025 15:42:10 +0000|<p>A Russi|0\n"
         "|https://slobozhan-herald.example/2025/03/17/sumy/|"
         "Shelling of Sumy – one wounded & a house burnt|Slobozhan Herald|en-US|"
         "Mon, 17 Mar 2025 09:00:00 EST|Shelling w|1\n"
         "|https://slobozhan-herald.example/2025/03/16/gallery/||Slobozhan Herald|en-US|yesterday|"
         "|1\n"},
        {"rss1.rdf", "|http://visti.example/7|Обстріл Миколаєва: є загиблі|Бузькі вісті|uk|"
                     "2025-02-12T08:15:00+02:00|Уранц|1\n"},
        {"atom.xml", "tag:relief-desk.example,2025:31|"
                     "https://relief-desk.example/report/zaporizhzhia-dormitory|"
                     "Dormitory hit in Zaporizhzhia|Relief Desk|en|2025-06-04T09:15:00+03:00|"
                     "<div><p>Ov|1\n"
                     "tag:relief-desk.example,2025:30|https://relief-desk.example/report/water|"
                     "Water trucks for Nikopol|Relief Desk|en|2025-06-03T12:00:00Z|Two trucks|1\n"},
        {"feed.json",
         "9001|https://dnieper-post.example/war/dnipro-high-rise-20250110|"
         "Dnipro: rocket hits high-rise, 4 dead|Dnieper Post|en|2025-01-10T22:05:00+02:00|"
         "<p>A rocke|1\n"
         "|https://dnieper-post.example/war/2||Dnieper Post|en|2025-01-09|Drones ove|1\n"
         "3|https://dnieper-post.example/war/3||Dnieper Post|en|||1\n"},
        {"telegram.json",
         "telegram/1234567890/5170|||Повітряні Сили ЗС України||2025-08-30T09:05:11+03:00|"
         "У НІЧ |0\n"
         "telegram/1234567890/5171|||Повітряні Сили ЗС України||2025-08-30T10:40:00+03:00|"
         "Унасл|0\n"},
        {"mentions.tsv",
         "|https://harbour.example/ternopil||harbour.example||20251119081500||1\n"
         "|https://harbour.example/ternopil?utm_source=x||harbour.example||20251119081500||1\n"
         "|https://galicia.example/n/19||galicia.example|uk|20251119081500||1\n"},
        {"gkg.tsv", "|https://dnipro.example/toll|Nineteen killed in strike on Ternopil|"
                    "dnipro.example||20251119081500||1\n"
                    "|https://galicia.example/n/20||galicia.example|uk|20251119081500||1\n"},
        {"sitemap.xml", "|https://rightbank.example/n/nikopol|Nikopol: one killed by artillery|"
                        "Right Bank|en|2025-05-20T10:00:00+03:00||1\n"
                        "|https://rightbank.example/about||||||1\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[200];
        struct buffer out;
        buffer_init(&out, 1 << 16);
        snprintf(path, sizeof path, "fixtures/feeds/%s", cases[i].file);
        struct entry_list list = read_all(load(path));
        for (size_t k = 0; k < list.n; k++) {
            const struct entry *e = &list.entries[k];
            struct slice body = {e->body.ptr, e->body.len < 10 ? e->body.len : 10};
            buffer_format(&out, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%d\n", SLICE_ARG(e->id),
                          SLICE_ARG(e->url), SLICE_ARG(e->title), SLICE_ARG(e->outlet),
                          SLICE_ARG(e->lang), SLICE_ARG(e->published), SLICE_ARG(body), e->follow);
            CU_ASSERT(e->line > 0);
        }
        CU_ASSERT(list.problem.code == ERROR_NONE);
        if (!slice_is(buffer_slice(&out), cases[i].entries))
            printf("    %s:\n%s    instead of:\n%s", cases[i].file, out.ptr ? out.ptr : "",
                   cases[i].entries);
        CU_ASSERT(slice_is(buffer_slice(&out), cases[i].entries));
        buffer_free(&out);
    }
    arena_reset(&arena);
}

static void test_links(void)
{
    struct entry_list list = read_all(load("fixtures/feeds/mentions.tsv"));
    struct link_list links;
    CU_ASSERT_FATAL(entry_list_links(&arena, &list, &links, NULL) == 0);
    CU_ASSERT(links.n == 2); /* the same page but for what tracks its readers */
    CU_ASSERT(slice_is(links.items[0].url, "https://harbour.example/ternopil"));
    CU_ASSERT(links.items[1].published.offset == 0 && links.items[1].published.seconds == 29700);
    list = read_all(load("fixtures/feeds/rss2.xml"));
    CU_ASSERT_FATAL(entry_list_links(&arena, &list, &links, NULL) == 0);
    CU_ASSERT(links.n == 2 && slice_is(links.items[0].outlet, "Slobozhan Herald"));
    CU_ASSERT(links.items[1].published.day == DAY_NONE);
    arena_reset(&arena);
}

/* Text of an entry, as a report. */
static void test_entry_report(void)
{
    struct entry_list list = read_all(load("fixtures/feeds/atom.xml"));
    CU_ASSERT_FATAL(list.n == 2);
    struct report report = {.path = "x"};
    struct report_parts parts = {0};
    entry_report(&arena, &list.entries[0], &report, &parts);
    CU_ASSERT(slice_is(parts.body,
                       "Overnight shelling of a student dormitory in Zaporizhzhia killed three "
                       "people and injured 19, according to the State Emergency Service.\n\nCosts "
                       "are < 5 million & rising."));
    entry_report(&arena, &list.entries[1], &report, &parts);
    CU_ASSERT(slice_is(parts.body, "Two trucks came.\n\nShelling killed one person in Nikopol on "
                                   "Tuesday & a <b> is no tag here."));
    arena_reset(&arena);
}

/* Damaged and hostile documents: what is before the damage is kept. */
static void test_damage(void)
{
    static const struct {
        const char *text;
        size_t n;
        const char *problem; /* NULL: none */
    } cases[] = {
        {"<rss><channel><item><title>a&nbsp;b &mdash; c</title></item></channel></rss>", 1, NULL},
        {"<rss><channel><item><title>AT&T & co</title></item></channel></rss>", 1, NULL},
        {"<rss><channel><item><title>a</title></item><item><title>b", 1, "XML"},
        {"<rss><channel><item><title>a</title></item></channel>", 1, "XML"},
        {"<rss><item><title>a</title></item></rss>", 1, NULL},
        {"<rss><channel><item><content:encoded>a</content:encoded></item></channel></rss>", 1,
         NULL},
        {"<!DOCTYPE rss [<!ENTITY a \"b\">]><rss><channel><item><title>&a;</title></item></channel>"
         "</rss>",
         0, "entities of its own"},
        {"<!DOCTYPE rss [<!ENTITY a \"0123456789\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
         "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><rss>&c;</rss>",
         0, "entities of its own"},
        {"<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>&x;"
         "</title></item></channel></rss>",
         0, "entities of its own"},
        {"<!DOCTYPE rss SYSTEM \"file:///etc/passwd\"><rss><channel><item><title>a</title></item>"
         "</channel></rss>",
         1, NULL},
        {"<?xml version=\"1.0\"?><kml><Placemark/></kml>", 0, "<kml> is neither"},
        {"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": 1, "
         "\"content_text\": \"a\"}, {\"id\": 2 \"content_text\": \"b\"}, {\"id\": 3, "
         "\"content_text\": \"c\"}]}",
         2, "broken JSON"},
        {"{\"version\": \"https://jsonfeed.org/version/1\", \"a\": {\"b\": {}}, \"items\": []}", 0,
         NULL},
        {"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": 1, "
         "\"content_text\": \"a\"}], \"x\": {\"y\": {\"z\": 1}}, \"tags\": [\"]\", 1]}",
         1, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct entry_list list = read_all(slice_of(cases[i].text));
        bool good = list.n == cases[i].n && (cases[i].problem != NULL) == (list.problem.code != 0);
        good = good && (!cases[i].problem || strstr(list.problem.text, cases[i].problem));
        if (!good)
            printf("    case %zu: %zu entries, %s\n", i, list.n, list.problem.text);
        CU_ASSERT(good);
    }
    struct entry_list list = read_all(slice_of(cases[0].text));
    CU_ASSERT(list.n == 1 && slice_is(list.entries[0].title, "a\xC2\xA0"
                                                             "b — c"));
    arena_reset(&arena);
}

/* Pieces repeated to megabytes. */
static void test_bombs(void)
{
    static const struct {
        const char *start, *piece, *end;
    } bombs[] = {
        {"<rss><channel>", "<a>", ""},
        {"<rss ", "a%zu=\"\" ", "/>"},
        {"<rss><channel>", "<a xmlns:b%zu=\"c\">", ""},
        {"<rss><channel>", "<item><title>x</title></item>", "</channel></rss>"},
        {"<rss><channel><item><description>", "&lt;b&gt;&amp;",
         "</description></item></channel></rss>"},
        {"<rss><channel><item><description>", "&nosuch;", ""},
        {"<rss><channel>", "<!-- -->", ""},
        {"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [", "{\"id\": {}},", ""},
        {"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [", "{\"a\":", ""},
        {"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [", "[", ""},
        {"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"a\": [", "{},", "]}]}"},
    };
    size_t size = (size_t)2 << 20;
    char *text = malloc(size);
    CU_ASSERT_FATAL(text != NULL);
    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
        size_t n = (size_t)snprintf(text, size, "%s", bombs[i].start);
        for (size_t k = 0; n + 200 < size; k++) {
            const char *number = strstr(bombs[i].piece, "%zu");
            if (number)
                n += (size_t)snprintf(text + n, 100, "%.*s%zu%s", (int)(number - bombs[i].piece),
                                      bombs[i].piece, k, number + 3);
            else
                n += (size_t)snprintf(text + n, 100, "%s", bombs[i].piece);
        }
        n += (size_t)snprintf(text + n, 100, "%s", bombs[i].end);
        struct page_source source = {{text, n}, SLICE_NONE, SLICE_NONE};
        struct entry_list list;
        struct error err = {0};
        clock_t before = clock();
        int result = entry_list_read(&arena, &source, &list, &err);
        CU_ASSERT(result == 0 || err.text[0]);
        CU_ASSERT((clock() - before) / CLOCKS_PER_SEC < 10);
        arena_reset(&arena);
    }
    free(text);
}

/* A document cut anywhere gives the same pieces. */
static void test_cut(void)
{
    static const char *const pieces[] = {
        "{\"a\": {\"b\": {}}, \"c\": \"}]\\\"\", \"items\": [",
        "{\"x\": [{}, []]}",
        ", {\"y\": \"}\"}",
        "], \"d\": [",
        "1], \"e\": 2}",
    };
    struct buffer all;
    buffer_init(&all, 1 << 12);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        buffer_add_text(&all, pieces[i]);
    for (size_t cut = 0; cut <= all.len; cut++) {
        struct json_cut state = {0};
        size_t at = 0, start_of = 0, n = 0, limit = cut;
        while (at < all.len) {
            size_t got = json_cut_next(&state, (struct slice){all.ptr + at, limit - at});
            at += got ? got : limit - at;
            if (got) {
                CU_ASSERT_FATAL(n < 5);
                CU_ASSERT(slice_is((struct slice){all.ptr + start_of, at - start_of}, pieces[n++]));
                start_of = at;
            }
            limit = at == limit ? all.len : limit;
        }
        CU_ASSERT(n == 5);
    }
    buffer_free(&all);
}

void suite_entry_list(void)
{
    CU_pSuite suite = CU_add_suite("entry_list", start, stop);
    CU_add_test(suite, "documents", test_documents);
    CU_add_test(suite, "links", test_links);
    CU_add_test(suite, "reports", test_entry_report);
    CU_add_test(suite, "damage", test_damage);
    CU_add_test(suite, "bombs", test_bombs);
    CU_add_test(suite, "pieces of JSON", test_cut);
}
