#include "extract/extract.h"

#include <CUnit/CUnit.h>

#include "extract/claim.h"
#include "real_rules.h"

void suite_extract(void);

#define UKRAINIAN "Унаслідок удару по Харкову загинули двоє людей."
#define RUSSIAN "При ударе по Харькову погибли два человека, ещё трое были ранены."
#define ENGLISH "A strike on Kharkiv killed two people."

/* The code of the language a report is read in, "" when there are no rules for it. */
static struct slice language_of(const char *lang, const char *text)
{
    struct report report = {.lang = slice_of(lang), .text = slice_of(text)};
    const struct language *language = extract_language(real_extractor().ruleset, &report);
    return language ? language->code : SLICE_LITERAL("");
}

static void test_language(void)
{
    CU_ASSERT(slice_is(language_of(NULL, UKRAINIAN), "uk"));
    CU_ASSERT(slice_is(language_of(NULL, ENGLISH), "en"));
    CU_ASSERT(slice_is(language_of(NULL, RUSSIAN), ""));
    CU_ASSERT(slice_is(language_of(NULL, ""), "en"));
    /* What the report says counts more than its letters. */
    CU_ASSERT(slice_is(language_of("uk", ENGLISH), "uk"));
    CU_ASSERT(slice_is(language_of("en", UKRAINIAN), "en"));
    CU_ASSERT(slice_is(language_of("de", ENGLISH), ""));
}

/* The events of a text without a language key, and those killed in the first. */
static size_t events_of(const char *text, int64_t *killed)
{
    struct extractor x = real_extractor();
    struct arena arena;
    struct extraction extraction;
    struct error err = {0};
    struct report report = {.text = slice_of(text), .published = STAMP_NONE, .path = "test"};
    arena_init(&arena, (size_t)64 << 20);
    CU_ASSERT_EQUAL_FATAL(extract_report(&x, &arena, &report, &extraction, &err), 0);
    *killed = -1;
    uint16_t field = schema_find(&x.ruleset->schema, SLICE_LITERAL("killed"));
    for (size_t i = 0; extraction.n_events && i < extraction.events[0].n_values; i++) {
        const struct event_value *value = &extraction.events[0].values[i];
        if (value->field == field && value->part == SCHEMA_NONE)
            *killed = value->count.best;
    }
    size_t n = extraction.n_events;
    arena_free(&arena);
    return n;
}

static void test_events(void)
{
    int64_t killed;
    CU_ASSERT_EQUAL(events_of(UKRAINIAN, &killed), 1);
    CU_ASSERT_EQUAL(killed, 2);
    CU_ASSERT_EQUAL(events_of(ENGLISH, &killed), 1);
    CU_ASSERT_EQUAL(killed, 2);
    CU_ASSERT_EQUAL(events_of(RUSSIAN, &killed), 0);
}

#define CONTEXT 20 /* sentences: see places_context */

/* A sentence far behind the claim that every check of the engine lets pass, and no rule matches:
 * the places named in it tell nothing, as in one that was never looked at. */
static void test_context(void)
{
    struct extractor x = real_extractor();
    struct arena arena;
    struct buffer text;
    struct report report = {.published = STAMP_NONE, .path = "test"};
    struct document doc;
    struct report_values values;
    struct claims claims;
    struct error err = {0};
    const struct language *language = ruleset_language(x.ruleset, SLICE_LITERAL("en"));
    arena_init(&arena, (size_t)64 << 20);
    buffer_init(&text, 10000);
    buffer_add_text(&text, "A strike on Kharkiv killed two people.");
    for (int i = 0; i < CONTEXT; i++)
        buffer_add_text(&text, " The market opened.");
    buffer_add_text(&text, " In Odesa it nearly killed five farmers.");
    report.text = buffer_slice(&text);
    CU_ASSERT_EQUAL_FATAL(
        document_make(&arena, language->symbols.vocabulary, report.text, 0, &doc, &err), 0);
    CU_ASSERT_EQUAL_FATAL(
        report_values_init(&values, &arena, &report, &doc, x.ruleset, language, x.gazetteer, &err),
        0);
    CU_ASSERT_EQUAL_FATAL(claims_find(&values, &claims, &err), 0);
    CU_ASSERT_EQUAL(claims.n, 1);
    CU_ASSERT_EQUAL(values.n_places, 1);
    buffer_free(&text);
    arena_free(&arena);
}

void suite_extract(void)
{
    CU_pSuite suite = CU_add_suite("extract", NULL, NULL);
    CU_add_test(suite, "the language of a report", test_language);
    CU_add_test(suite, "events in the language detected", test_events);
    CU_add_test(suite, "places count up to the last claim", test_context);
}
