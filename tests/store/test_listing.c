#include <CUnit/CUnit.h>

#include "store_fixture.h"

static struct test_db db;
static struct error err;
static struct arena arena;

static const char ROWS[] =
    "INSERT INTO tracker.incident (region_id, incident_id, parent_id, content, local_date,"
    " n_reports, n_independent, in_totals, scope, country, place_precision, date_precision,"
    " grading, place_key, place_name, adm1, sources) VALUES"
    " (1, 1, NULL, '', '2025-11-19', 3, 2, false, 'country', 'UA', 'country', 'night', 'fair',"
    "  '', 'Ukraine', NULL, '{Air Force,Morning Post}'),"
    " (1, 2, 1, '', '2025-11-19', 2, 2, true, 'site', 'UA', 'settlement', 'night', 'fair',"
    "  'a', 'Ternopil', 'Ternopil', '{Police}'),"
    " (1, 3, NULL, '', '2025-12-01', 1, 1, true, 'site', 'PK', 'settlement', 'day', 'weak',"
    "  'b', 'Житомир', NULL, '{}'),"
    " (1, 4, NULL, '', NULL, 1, 1, true, 'site', '', 'unknown', 'unknown', 'weak',"
    "  '', NULL, NULL, '{}');"
    "INSERT INTO tracker.incident (region_id, incident_id, content, n_reports, n_independent,"
    " in_totals, scope, country, place_precision, date_precision, grading, place_key, sources,"
    " retired_at) VALUES (1, 5, '', 1, 1, true, 'site', 'UA', 'unknown', 'unknown', 'weak', '',"
    " '{}', now());"
    "INSERT INTO tracker.figure (region_id, incident_id, field, part, low, best, high, in_totals,"
    " state, rule) VALUES (1, 2, 'killed', '', 19, 19, 20, true, 'known', 'x'),"
    " (1, 2, 'killed', 'child', 3, 3, 3, true, 'known', 'x'),"
    " (1, 1, 'drones', '', 470, 470, NULL, true, 'known', 'x'),"
    " (1, 3, 'killed', '', 2, NULL, NULL, true, 'unquantified', 'x')";

/* The ids listed, one letter each: "21". */
static const char *listed(struct incident_filter filter)
{
    static char ids[16];
    struct shown_incident *shown = NULL;
    size_t n = 0, i = 0;
    CU_ASSERT_EQUAL_FATAL(store_list_incidents(db.store, &arena, &filter, &shown, &n, &err), 0);
    for (; i < n && i < sizeof ids - 1; i++)
        ids[i] = shown[i].incident_id.ptr[0];
    ids[i] = '\0';
    return ids;
}

static void test_filters(void)
{
    CU_ASSERT_FATAL(test_db_open(&db, true));
    arena_init(&arena, 1 << 20);
    CU_ASSERT_FATAL(db_run(&db, ROWS));
    CU_ASSERT_STRING_EQUAL(listed((struct incident_filter){0}), "3124");
    CU_ASSERT_STRING_EQUAL(listed((struct incident_filter){.country = "ua"}), "12");
    CU_ASSERT_STRING_EQUAL(listed((struct incident_filter){.place = "tERN"}), "2");
    CU_ASSERT_STRING_EQUAL(listed((struct incident_filter){.place = "ЖИТО"}), "3");
    CU_ASSERT_STRING_EQUAL(listed((struct incident_filter){.place = "%"}), "");
    CU_ASSERT_STRING_EQUAL(listed((struct incident_filter){.from = "2025-11-20"}), "3");
    CU_ASSERT_STRING_EQUAL(listed((struct incident_filter){.to = "2025-11-19"}), "12");
    CU_ASSERT_STRING_EQUAL(listed((struct incident_filter){.min_killed = 2}), "32");
    CU_ASSERT_STRING_EQUAL(listed((struct incident_filter){.limit = 2}), "31");
    struct shown_incident *shown = NULL;
    size_t n = 0;
    const struct incident_filter filter = {.country = "UA"};
    CU_ASSERT_EQUAL_FATAL(store_list_incidents(db.store, &arena, &filter, &shown, &n, &err), 0);
    CU_ASSERT(slice_is(shown[0].sources, "Air Force, Morning Post"));
    CU_ASSERT_EQUAL(shown[0].adm1.len, 0);
    CU_ASSERT(!shown[0].is_child);
    CU_ASSERT_EQUAL(shown[0].n_reports, 3);
    CU_ASSERT_EQUAL(shown[0].drones.best, 470);
    CU_ASSERT_EQUAL(shown[0].drones.high, COUNT_OPEN);
    CU_ASSERT_EQUAL(shown[0].killed.best, COUNT_OPEN);
    CU_ASSERT(shown[1].is_child);
    CU_ASSERT_EQUAL(shown[1].killed.low, 19);
    CU_ASSERT_EQUAL(shown[1].killed.high, 20);
    CU_ASSERT(slice_is(shown[1].local_date, "2025-11-19"));
    int64_t reports = -1, incidents = -1;
    CU_ASSERT_EQUAL(store_totals(db.store, &reports, &incidents, &err), 0);
    CU_ASSERT_EQUAL(reports, 0);
    CU_ASSERT_EQUAL(incidents, 4);
    struct store_info info;
    CU_ASSERT_EQUAL(store_describe(db.store, &arena, &info, &err), 0);
    CU_ASSERT(slice_is(info.database, db.name));
    const struct incident_filter bad = {.from = "yesterday-ish"};
    CU_ASSERT_EQUAL(store_list_incidents(db.store, &arena, &bad, &shown, &n, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_DATABASE);
    test_db_close(&db);
    arena_free(&arena);
}

void suite_listing(void);
void suite_listing(void)
{
    CU_pSuite suite = CU_add_suite("listing", NULL, NULL);
    CU_add_test(suite, "filters, order and values", test_filters);
}
