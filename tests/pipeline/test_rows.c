#include <CUnit/CUnit.h>

#include "../extract/real_rules.h"
#include "pipeline/rows.h"

void suite_rows(void);

static struct arena batch;
static struct arena reading;

static int start(void)
{
    arena_init(&batch, (size_t)64 << 20);
    arena_init(&reading, (size_t)64 << 20);
    return 0;
}

static int stop(void)
{
    arena_free(&batch);
    arena_free(&reading);
    return 0;
}

/* The rows of a text, its own memory overwritten afterwards: rows must not point into it. */
static struct report_row rows_for(const char *url, const char *text, const char *published)
{
    struct extractor extractor = real_extractor();
    struct report report = {.path = "test", .published = STAMP_NONE, .url = slice_of(url)};
    struct extraction extraction;
    struct report_row row;
    struct error err = {0};
    if (published)
        CU_ASSERT_EQUAL_FATAL(stamp_parse(slice_of(published), &report.published, &err), 0);
    CU_ASSERT_EQUAL_FATAL(report_complete(&reading, &report, SLICE_NONE, slice_of(text), &err), 0);
    CU_ASSERT_EQUAL_FATAL(extract_report(&extractor, &reading, &report, &extraction, &err), 0);
    CU_ASSERT_EQUAL_FATAL(
        rows_of(&batch, &extractor.ruleset->schema, &report, &extraction, &row, &err), 0);
    arena_reset(&reading);
    memset(arena_alloc(&reading, 1 << 16), 'x', 1 << 16);
    return row;
}

static const char KHERSON[] = "Two people were killed in Kherson on Tuesday, police said. "
                              "The shelling wounded five.";

static void test_what_a_row_holds(void)
{
    struct report_row row = rows_for("https://a.example/1", KHERSON, "2025-11-19");
    CU_ASSERT_EQUAL_FATAL(row.n_events, 1);
    CU_ASSERT_EQUAL_FATAL(row.n_claims, 2);
    const struct event_row *event = &row.events[0].row;
    CU_ASSERT(slice_is(event->place_name, "Kherson"));
    CU_ASSERT(slice_is(event->country, "UA"));
    CU_ASSERT_EQUAL(event->region_id, region_id_of(event->adm1_code));
    CU_ASSERT_EQUAL(event->local_date, day_from_civil(2025, 11, 18));
    CU_ASSERT_FALSE(event->date_implied);
    CU_ASSERT_EQUAL(event->said_at,
                    stamp_instant((struct stamp){day_from_civil(2025, 11, 19), -1, 0}));
    CU_ASSERT_EQUAL_FATAL(event->n_claims, 2);
    CU_ASSERT_EQUAL(event->claims[0].claim_id, row.claims[0].claim_id);
    CU_ASSERT(slice_is(row.claims[0].text, "Two people were killed") ||
              slice_is(row.claims[0].text, "Two people"));
    CU_ASSERT(slice_is(row.claims[0].sentence,
                       "Two people were killed in Kherson on Tuesday, police said."));
    CU_ASSERT_EQUAL(row.claims[1].event_id, event->event_id);
    CU_ASSERT(slice_starts(row.text, SLICE_LITERAL("Two people")));
}

static void test_ids_are_hashes_of_content(void)
{
    struct report_row one = rows_for("https://a.example/1", KHERSON, "2025-11-19");
    struct report_row again = rows_for("https://a.example/1", KHERSON, "2025-11-19");
    CU_ASSERT_EQUAL(one.report_id, again.report_id);
    CU_ASSERT_EQUAL(one.events[0].row.event_id, again.events[0].row.event_id);
    CU_ASSERT_EQUAL(one.claims[0].claim_id, again.claims[0].claim_id);
    CU_ASSERT_NOT_EQUAL(one.claims[0].claim_id, one.claims[1].claim_id);
    CU_ASSERT(one.report_id > 0 && one.claims[0].claim_id > 0);
}

/* The same text under two addresses is two reports with events of their own, and one voice. */
static void test_two_printings(void)
{
    struct report_row one = rows_for("https://a.example/1", KHERSON, "2025-11-19");
    struct report_row two = rows_for("https://b.example/1", KHERSON, "2025-11-19");
    CU_ASSERT_NOT_EQUAL(one.report_id, two.report_id);
    CU_ASSERT_NOT_EQUAL(one.events[0].row.event_id, two.events[0].row.event_id);
    CU_ASSERT_NOT_EQUAL(one.claims[0].claim_id, two.claims[0].claim_id);
}

/* An edited page is the same report with another edition, and its claims are other claims. */
static void test_editions(void)
{
    struct report_row one = rows_for("https://a.example/1", KHERSON, "2025-11-19");
    struct report_row two = rows_for(
        "https://a.example/1", "Three people were killed in Kherson on Tuesday.", "2025-11-19");
    CU_ASSERT_EQUAL(one.report_id, two.report_id);
    CU_ASSERT(memcmp(one.edition.bytes, two.edition.bytes, DIGEST_SIZE) != 0);
    CU_ASSERT_NOT_EQUAL(one.claims[0].claim_id, two.claims[0].claim_id);
}

static void test_undated(void)
{
    struct report_row row =
        rows_for("https://a.example/2", "Two people were killed in Kherson.", NULL);
    CU_ASSERT_EQUAL_FATAL(row.n_events, 1);
    CU_ASSERT_EQUAL(row.events[0].row.local_date, DAY_NONE);
    CU_ASSERT_EQUAL(row.events[0].row.said_at, INSTANT_NONE);
    CU_ASSERT_FALSE(row.events[0].row.date_implied);
    row = rows_for("https://a.example/2", "Two people were killed in Kherson.", "2025-11-19");
    CU_ASSERT_TRUE(row.events[0].row.date_implied);
}

/* What a toll rose from is kept beside the event and is no figure, whoever says it. */
static void test_former_tolls(void)
{
    struct report_row row = rows_for(
        "https://a.example/3",
        "The death toll in Kherson rose to 31 from 25, the rescue service said on Tuesday.",
        "2025-11-19");
    CU_ASSERT_EQUAL_FATAL(row.n_events, 1);
    const struct event_row *event = &row.events[0].row;
    CU_ASSERT_EQUAL(event->former_killed, 25);
    CU_ASSERT_EQUAL(event->former_wounded, 0);
    CU_ASSERT_EQUAL_FATAL(event->n_claims, 1);
    CU_ASSERT_EQUAL(event->claims[0].best, 31);
    CU_ASSERT_EQUAL(rows_for("https://a.example/1", KHERSON, NULL).events[0].row.former_killed, 0);
    row = rows_for("https://a.example/4",
                   "The death toll in Kherson rose to 31, up from 25, police said on Tuesday.",
                   "2025-11-19");
    CU_ASSERT_EQUAL_FATAL(row.n_events, 1);
    CU_ASSERT_EQUAL(row.events[0].row.former_killed, 25);
}

void suite_rows(void)
{
    CU_pSuite suite = CU_add_suite("rows", start, stop);
    CU_add_test(suite, "what a row holds", test_what_a_row_holds);
    CU_add_test(suite, "ids are hashes of content", test_ids_are_hashes_of_content);
    CU_add_test(suite, "two printings of one text", test_two_printings);
    CU_add_test(suite, "editions", test_editions);
    CU_add_test(suite, "undated", test_undated);
    CU_add_test(suite, "former tolls", test_former_tolls);
}
