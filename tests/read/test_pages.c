#include <CUnit/CUnit.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "read/page.h"
#include "read/page_hints.h"
#include "read/reader.h"

void suite_pages(void);

#define FOLDER "fixtures/pages"

/* The first report of a file. */
struct reading {
    struct reader *reader;
    struct arena arena;
    struct report report;
    char path[300];
};

static void open_file(struct reading *reading, const char *folder, const char *name,
                      const char *ending)
{
    const struct reader_options options = {.published = STAMP_NONE};
    struct error err;
    snprintf(reading->path, sizeof reading->path, "%s/%s%s", folder, name, ending);
    static const char *paths[2];
    paths[0] = reading->path;
    arena_init(&reading->arena, (size_t)64 << 20);
    CU_ASSERT_FATAL(reader_open(&reading->reader, paths, 1, &options, &err) == 0);
    CU_ASSERT_FATAL(reader_next(reading->reader, &reading->arena, &reading->report, &err) == 1);
}

static void close_file(struct reading *reading)
{
    reader_free(reading->reader);
    arena_free(&reading->arena);
}

static bool same(const char *name, const char *what, struct slice got, struct slice want)
{
    if (slice_equal(got, want))
        return true;
    printf("    %s: %s:\n%.*s\n    instead of:\n%.*s\n", name, what, SLICE_ARG(got),
           SLICE_ARG(want));
    return false;
}

/* Every page gives what the text file of its name under expected/ says, in the form of a text
 * report with header lines. */
static void check_page(const char *name)
{
    struct reading got, want;
    open_file(&got, FOLDER, name, ".html");
    open_file(&want, FOLDER "/expected", name, ".txt");
    const struct report *a = &got.report, *b = &want.report;
    CU_ASSERT(!a->rejected && !b->rejected);
    CU_ASSERT(same(name, "title", a->title, b->title));
    CU_ASSERT(same(name, "text", a->text, b->text));
    CU_ASSERT(same(name, "outlet", a->outlet, b->outlet));
    CU_ASSERT(same(name, "url", a->url, b->url));
    CU_ASSERT(same(name, "language", a->lang, b->lang));
    CU_ASSERT(stamp_instant(a->published) == stamp_instant(b->published));
    CU_ASSERT(a->published.offset == b->published.offset);
    close_file(&got);
    close_file(&want);
}

static void test_fixtures(void)
{
    DIR *folder = opendir(FOLDER "/expected");
    int n = 0;
    CU_ASSERT_FATAL(folder != NULL);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        char name[256];
        size_t len = strlen(entry->d_name);
        if (len < 5 || strcmp(entry->d_name + len - 4, ".txt") != 0)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)len - 4, entry->d_name);
        check_page(name);
        n++;
    }
    closedir(folder);
    CU_ASSERT(n >= 12);
}

static void test_front_page(void)
{
    struct reading reading;
    open_file(&reading, FOLDER, "front-page", ".html");
    CU_ASSERT(reading.report.rejected);
    CU_ASSERT(strstr(reading.report.problem.text, "no article") != NULL);
    close_file(&reading);
}

static void test_hints(void)
{
    static const struct {
        const char *names;
        uint32_t hints;
    } cases[] = {
        {"", 0},
        {"related", HINT_DROP},
        {"jp-relatedposts", 0},
        {"story-related__list", HINT_DROP},
        {"relatedStories", HINT_DROP},
        {"layout has-sidebar no-comments", 0},
        {"has sidebar", HINT_DROP},
        {"articleBody", HINT_BODY},
        {"c-article-body", HINT_BODY},
        {"article body", 0}, /* two names */
        {"field--name-body", HINT_BODY},
        {"entry-content share-bar", HINT_BODY | HINT_DROP},
        {"ssrcss-x1-RichTextComponentWrapper", HINT_BODY},
        {"lead-text", HINT_LEAD},
        {"leading", 0},
        {"adserver", 0},
        {"liveblog-post", HINT_LIVE | HINT_POST},
        {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-related", HINT_DROP},
    };
    CU_ASSERT(page_hints_ordered());
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t got = page_hints_of(slice_of(cases[i].names));
        if (got != cases[i].hints)
            printf("    %s: %u\n", cases[i].names, got);
        CU_ASSERT(got == cases[i].hints);
    }
}

/* Pieces of a page, as feeds and JSON lines hold them. */
static void test_pieces(void)
{
    static const struct {
        const char *html, *body;
    } cases[] = {
        {"Two people were killed.", "Two people were killed."},
        {"<p>Two died.</p><p>Three hurt.</p>", "Two died.\n\nThree hurt."},
        {"Two died.<br><br/>Three hurt.<br>More", "Two died.\n\nThree hurt.\nMore"},
        {"<div>a<p>b</p>c</div>", "a\n\nb\n\nc"},
        {"<p>a <b>b</b><i>c</i>\n d", "a bc d"},
        {"<p>x<ul><li>a<li>b</ul>", "x\n\na\n\nb"},
        {"<h2>a</h2>b", "a\n\nb"},
        {"<pre><b>a\n  b</b></pre>", "a\nb"},
        {"<table><tr><td>a<td>b<tr><td>c<td><p>d</table>", "a | b\n\nc | d"},
        {"<p><a href=x>Read also: nine killed</a></p><p>Two died.", "Two died."},
        {"<p>The mayor <a href=x>said</a> two died.", "The mayor said two died."},
        {"<p>&nbsp;</p><p>a&nbsp;b</p>", "a\xC2\xA0"
                                         "b"},
        {"<script>a</script><style>b</style><!-- c -->", ""},
        {"", ""},
    };
    struct arena arena;
    struct error err;
    arena_init(&arena, 1 << 24);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct page_source source = {slice_of(cases[i].html), SLICE_NONE, SLICE_NONE};
        struct page page;
        CU_ASSERT_FATAL(page_read(&arena, &source, &page, &err) == 0);
        CU_ASSERT(same(cases[i].html, "text", page.body, slice_of(cases[i].body)));
        arena_reset(&arena);
    }
    arena_free(&arena);
}

/* Which of several headings is the headline. */
static void test_headlines(void)
{
    static const struct {
        const char *html, *title;
    } cases[] = {
        {"<title>Two die - The Long Site Name</title><h1>The Long Site Name</h1><h1>Two "
         "die</h1><p>x",
         "Two die"},
        {"<title>The Long Site :: Two die</title><h1>Two die</h1><p>x", "Two die"},
        {"<title>Two die in Sumy | Site</title><h1>Site</h1><p>x", "Two die in Sumy"},
        {"<title>Two die in Sumy after a strike - Site</title><h2><a href=/1>Two die in Sumy after "
         "a "
         "strike</a></h2><p>x",
         "Two die in Sumy after a strike"},
        {"<title>Toll rises to 12 - 20 missing</title><p>x", "Toll rises to 12 - 20 missing"},
        {"<h1>A</h1><h1>Two die in Sumy</h1><p>x", "Two die in Sumy"},
        {"<title>t</title><meta property=og:title content='Two &quot;die&quot;'><p>x",
         "Two \"die\""},
    };
    struct arena arena;
    struct error err;
    arena_init(&arena, 1 << 24);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct page_source source = {slice_of(cases[i].html), SLICE_NONE, SLICE_NONE};
        struct page page;
        CU_ASSERT_FATAL(page_read(&arena, &source, &page, &err) == 0);
        CU_ASSERT(same(cases[i].html, "title", page.title, slice_of(cases[i].title)));
        CU_ASSERT(same(cases[i].html, "text", slice_sub(page.body, page.body.len - 1, 1),
                       SLICE_LITERAL("x")));
        arena_reset(&arena);
    }
    arena_free(&arena);
}

/* A page may not cost more than its arena, wherever that ends. */
static void test_small_arena(void)
{
    struct page_source source = {SLICE_LITERAL("<h1>Two died</h1><p>In Sumy.<p>Today."), SLICE_NONE,
                                 SLICE_NONE};
    int failed = 0;
    for (size_t cap = 0; cap < 60000; cap += 100) {
        struct arena arena;
        struct page page;
        struct error err;
        arena_init(&arena, cap);
        int result = page_read(&arena, &source, &page, &err);
        CU_ASSERT(result == 0 ? page.body.len > 0 : err.code == ERROR_LIMIT);
        failed += result != 0;
        arena_free(&arena);
    }
    CU_ASSERT(failed > 0 && failed < 600);
}

void suite_pages(void)
{
    CU_pSuite suite = CU_add_suite("pages", NULL, NULL);
    CU_add_test(suite, "fixtures", test_fixtures);
    CU_add_test(suite, "a front page", test_front_page);
    CU_add_test(suite, "names of parts", test_hints);
    CU_add_test(suite, "pieces", test_pieces);
    CU_add_test(suite, "headlines", test_headlines);
    CU_add_test(suite, "small arena", test_small_arena);
}
