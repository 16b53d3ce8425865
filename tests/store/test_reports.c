#include <CUnit/CUnit.h>

#include "samples.h"
#include "store/reports.h"
#include "store_fixture.h"

void suite_reports(void);

#define REPORTS 7

static struct test_db db;
static struct error err;
static struct arena arena;

/* Walks all in pages of `most` and says how many there were; the order is checked on the way. */
static size_t walk_all(instant since, int most, size_t *pages)
{
    struct report_walk walk = {.since = since};
    struct stored_report *page;
    size_t n, all = 0;
    int64_t last = 0;
    int got;
    *pages = 0;
    while ((got = store_reports_page(db.store, &arena, &walk, most, &page, &n, &err)) > 0) {
        CU_ASSERT(n > 0 && n <= (size_t)most);
        for (size_t i = 0; i < n; i++) {
            CU_ASSERT(page[i].report_id > last);
            last = page[i].report_id;
        }
        all += n;
        ++*pages;
    }
    CU_ASSERT_EQUAL(got, 0);
    return all;
}

static void test_pages(void)
{
    struct sample samples[REPORTS];
    struct sample *pointers[REPORTS];
    struct change_counts counts = {0};
    char url[64];
    size_t pages;
    CU_ASSERT_FATAL(test_db_open(&db, true));
    arena_init(&arena, (size_t)16 << 20);
    CU_ASSERT_EQUAL(walk_all(INSTANT_NONE, 3, &pages), 0);
    for (int i = 0; i < REPORTS; i++) {
        snprintf(url, sizeof url, "https://news.example/%d", i);
        sample_make(&samples[i], url, "Words of it.", 1763500000 + 86400 * i, 19);
        pointers[i] = &samples[i];
    }
    CU_ASSERT_EQUAL_FATAL(samples_write(db.store, pointers, REPORTS, "first", &counts, &err), 0);
    CU_ASSERT_EQUAL(walk_all(INSTANT_NONE, 3, &pages), REPORTS);
    CU_ASSERT_EQUAL(pages, 3);
    CU_ASSERT_EQUAL(walk_all(INSTANT_NONE, REPORTS, &pages), REPORTS);
    CU_ASSERT_EQUAL(pages, 1);
    CU_ASSERT_EQUAL(walk_all(1763500000 + 86400 * 5, 100, &pages), 2);
    CU_ASSERT_EQUAL(walk_all(1763500000 + 86400 * 5 + 1, 100, &pages), 1);
    /* An undated one counts by when it was recorded. */
    CU_ASSERT(db_run(&db,
                     "UPDATE tracker.report SET published_at = NULL, recorded_at = '2030-01-01'"
                     " WHERE published_at < '2025-11-19'"));
    CU_ASSERT_EQUAL(walk_all(1763500000 + 86400 * 5 + 1, 100, &pages), 2);
    /* Texts of many megabytes do not come all at once, and each comes. */
    CU_ASSERT(db_run(&db, "UPDATE tracker.report SET text = repeat('x', 20 << 20)"));
    arena_free(&arena);
    arena_init(&arena, (size_t)1 << 30);
    CU_ASSERT_EQUAL(walk_all(INSTANT_NONE, 100, &pages), REPORTS);
    CU_ASSERT_EQUAL(pages, 4);
    arena_free(&arena);
    test_db_close(&db);
}

/* What is written comes back. */
static void test_values(void)
{
    struct sample sample, *pointer = &sample;
    struct change_counts counts = {0};
    struct report_walk walk = {.since = INSTANT_NONE};
    struct stored_report *page;
    size_t n;
    CU_ASSERT_FATAL(test_db_open(&db, true));
    arena_init(&arena, (size_t)16 << 20);
    sample_make(&sample, "https://news.example/one", "Nineteen people died.", 1763500000, 19);
    sample.report.published_has_time = true;
    CU_ASSERT_EQUAL_FATAL(samples_write(db.store, &pointer, 1, "first", &counts, &err), 0);
    CU_ASSERT_EQUAL_FATAL(store_reports_page(db.store, &arena, &walk, 10, &page, &n, &err), 1);
    CU_ASSERT_EQUAL_FATAL(n, 1);
    CU_ASSERT_EQUAL(page->report_id, sample.report.report_id);
    CU_ASSERT_EQUAL(memcmp(page->identity.bytes, sample.report.identity.bytes, DIGEST_SIZE), 0);
    CU_ASSERT_EQUAL(memcmp(page->edition.bytes, sample.report.edition.bytes, DIGEST_SIZE), 0);
    CU_ASSERT(slice_equal(page->text, sample.report.text));
    CU_ASSERT(slice_equal(page->ref, sample.report.ref));
    CU_ASSERT(slice_equal(page->url, sample.report.url));
    CU_ASSERT_EQUAL(page->published, 1763500000);
    CU_ASSERT(page->published_has_time);
    CU_ASSERT(!page->withdrawn);
    /* A lost connection is made again. */
    walk = (struct report_walk){.since = INSTANT_NONE};
    store_set_pause(db.store, 1);
    CU_ASSERT(db_run(&db, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                          " WHERE datname = current_database() AND pid <> pg_backend_pid()"));
    CU_ASSERT_EQUAL(store_reports_page(db.store, &arena, &walk, 10, &page, &n, &err), 1);
    arena_free(&arena);
    test_db_close(&db);
}

void suite_reports(void)
{
    CU_pSuite suite = CU_add_suite("reports", NULL, NULL);
    CU_add_test(suite, "pages", test_pages);
    CU_add_test(suite, "values", test_values);
}
