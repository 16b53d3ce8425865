/* Taking a cell, writing its incidents, and everything that may change between two settlings. */
#include <CUnit/CUnit.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "extract/event.h"
#include "samples.h"
#include "store_fixture.h"

static struct test_db db;
static struct error err;
static struct arena arena;
static struct change_counts counts;

/* One incident made of all events of a cell, as reconciliation might. */
static struct incident incident;
static struct figure figure;
static size_t members[8];
static int64_t claim_ids[8];
static struct slice sources[] = {SLICE_LITERAL("Morning Post"), SLICE_LITERAL("Police \"UA\"")};

static void incident_make(const struct settle_cell *cell, int64_t id, int64_t killed)
{
    char content[64];
    snprintf(content, sizeof content, "%lld killed", (long long)killed);
    figure = (struct figure){
        .measure = {SLICE_LITERAL("killed"), SLICE_NONE},
        .low = killed,
        .best = killed,
        .high = COUNT_OPEN,
        .state = killed ? FIGURE_KNOWN : FIGURE_ZERO_STATED,
        .in_totals = true,
        .rule = SLICE_LITERAL("latest-running-total"),
        .claim_ids = claim_ids,
    };
    incident = (struct incident){
        .incident_id = id,
        .region_id = region_id_of(SLICE_LITERAL("UA.22")),
        .scope = SCOPE_SITE,
        .in_totals = true,
        .place_name = SLICE_LITERAL("Ternopil"),
        .place_key = SLICE_LITERAL("g:691650"),
        .country = SLICE_LITERAL("UA"),
        .adm1 = SLICE_LITERAL("Ternopil"),
        .place_precision = PRECISION_SETTLEMENT,
        .lat = 4955589,
        .lon = 2560556,
        .start = 1763481600,
        .end = INSTANT_NONE,
        .local_date = day_from_civil(2025, 11, 19),
        .date_precision = WHEN_NIGHT,
        .grading = GRADING_FAIR,
        .n_reports = (uint32_t)cell->n_events,
        .n_independent = 1,
        .sources = sources,
        .n_sources = 2,
        .first_reported = INSTANT_NONE,
        .events = members,
        .n_events = cell->n_events,
        .figures = &figure,
        .n_figures = 1,
        .content = digest_bytes(content, strlen(content)),
    };
    for (size_t i = 0; i < cell->n_events; i++) {
        members[i] = i;
        claim_ids[figure.n_claim_ids++] = cell->events[i].claims[0].claim_id;
    }
    figure.chosen_claim = claim_ids[0];
}

static int next(struct settle_cell *cell)
{
    arena_reset(&arena);
    int got = store_settle_next(db.store, &arena, cell, &err);
    cell->weights = weights_default();
    return got;
}

static int64_t finish(const struct settle_cell *cell, size_t n, const struct id_change *changes,
                      size_t n_changes)
{
    counts = (struct change_counts){0};
    int rc = store_settle_finish(db.store, cell, &incident, n, changes, n_changes, &counts, &err);
    if (rc < 0)
        fprintf(stderr, "finish: %s\n", err.text);
    CU_ASSERT_EQUAL(rc, 0);
    return change_counts_total(&counts);
}

static void put(const char *url, const char *words, int64_t killed)
{
    struct sample sample;
    sample_make(&sample, url, words, 1763550000, killed);
    struct sample *const list[] = {&sample};
    struct change_counts unused = {0};
    CU_ASSERT_EQUAL_FATAL(samples_write(db.store, list, 1, "r1", &unused, &err), 0);
}

static void start(void)
{
    CU_ASSERT_FATAL(test_db_open(&db, true));
    store_set_pause(db.store, 1);
    arena_init(&arena, 64 << 20);
}

static void stop(void)
{
    test_db_close(&db);
    arena_free(&arena);
}

static void test_load(void)
{
    struct settle_cell cell;
    struct sample sample;
    start();
    CU_ASSERT_EQUAL(next(&cell), 0);
    put("https://a.example/1", "five dead", 5);
    sample_make(&sample, "https://a.example/1", "five dead", 1763550000, 5);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    CU_ASSERT(slice_is(cell.country, "UA"));
    CU_ASSERT_EQUAL_FATAL(cell.n_events, 1);
    const struct event_row *got = &cell.events[0], *want = &sample.event.row;
    CU_ASSERT_EQUAL(got->event_id, want->event_id);
    CU_ASSERT_EQUAL(got->report_id, want->report_id);
    CU_ASSERT_EQUAL(got->copy_family, want->copy_family);
    CU_ASSERT_EQUAL(got->region_id, want->region_id);
    CU_ASSERT_EQUAL(got->rank, want->rank);
    CU_ASSERT_EQUAL(got->scope, want->scope);
    CU_ASSERT(slice_equal(got->place_name, want->place_name));
    CU_ASSERT(slice_equal(got->place_key, want->place_key));
    CU_ASSERT(slice_equal(got->country, want->country));
    CU_ASSERT(slice_equal(got->adm1, want->adm1));
    CU_ASSERT(slice_equal(got->adm1_code, want->adm1_code));
    CU_ASSERT(slice_equal(got->zone, want->zone));
    CU_ASSERT_EQUAL(got->place_precision, want->place_precision);
    CU_ASSERT_EQUAL(got->lat, want->lat);
    CU_ASSERT_EQUAL(got->lon, want->lon);
    CU_ASSERT_EQUAL(got->population, want->population);
    CU_ASSERT_EQUAL(got->start, want->start);
    CU_ASSERT_EQUAL(got->end, want->end);
    CU_ASSERT_EQUAL(got->local_date, want->local_date);
    CU_ASSERT_EQUAL(got->date_precision, want->date_precision);
    CU_ASSERT_EQUAL(got->said_at, want->said_at);
    CU_ASSERT(slice_equal(got->outlet, want->outlet));
    CU_ASSERT_EQUAL(got->former_killed, 3);
    CU_ASSERT_EQUAL(got->former_wounded, 0);
    CU_ASSERT_EQUAL_FATAL(got->n_claims, 1);
    CU_ASSERT_EQUAL(got->claims[0].claim_id, want->claims[0].claim_id);
    CU_ASSERT(slice_is(got->claims[0].measure.field, "killed"));
    CU_ASSERT_EQUAL(got->claims[0].measure.part.len, 0);
    CU_ASSERT_EQUAL(got->claims[0].low, 5);
    CU_ASSERT_EQUAL(got->claims[0].high, COUNT_OPEN);
    CU_ASSERT_EQUAL(got->claims[0].qualifier, QUALIFIER_AT_LEAST);
    CU_ASSERT_EQUAL(got->claims[0].rank, 2);
    CU_ASSERT(got->claims[0].running_total);
    CU_ASSERT(!got->claims[0].enemy);
    CU_ASSERT(slice_is(got->claims[0].party, "UA"));
    /* Given back, it is still dirty. */
    store_settle_abandon(db.store);
    CU_ASSERT_EQUAL(next(&cell), 1);
    store_settle_abandon(db.store);
    stop();
}

static void test_write(void)
{
    struct settle_cell cell;
    start();
    put("https://a.example/1", "five dead", 5);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    CU_ASSERT_EQUAL(cell.n_former, 0);
    incident_make(&cell, 77, 5);
    /* incident, figure, revision, figure_claim, incident_event */
    CU_ASSERT_EQUAL(finish(&cell, 1, NULL, 0), 5);
    CU_ASSERT_EQUAL(next(&cell), 0);
    CU_ASSERT_STRING_EQUAL(
        db_text(&db, "SET timezone = 'UTC'; SELECT (incident_id, parent_id, scope, place, country,"
                     " lat, local_date, start_at, end_at, killed_low, killed_best, killed_high,"
                     " wounded_best, grading, n_reports, sources)::text FROM strikes.incidents"),
        "(77,,site,Ternopil,UA,49.55589,2025-11-19,\"2025-11-18 16:00:00+00\",,5,5,,,fair,1,"
        "\"{\"\"Morning Post\"\",\"\"Police \\\\\"\"UA\\\\\"\"\"\"}\")");
    CU_ASSERT_STRING_EQUAL(
        db_text(&db, "SELECT (f.incident_id, f.field, f.part, f.best, f.state, f.in_totals, f.rule,"
                     " f.claim_ids = array_agg(c.claim_id))::text"
                     " FROM strikes.figures f, strikes.claims c GROUP BY f.incident_id, f.field,"
                     " f.part, f.best, f.state, f.in_totals, f.rule, f.claim_ids"),
        "(77,killed,,5,known,t,latest-running-total,t)");
    CU_ASSERT_STRING_EQUAL(
        db_text(&db, "SELECT (incident_id, field, old_best, new_best, delta, who, rule, sentence)"
                     "::text FROM strikes.toll_history"),
        "(77,killed,,5,,Police,latest-running-total,\"five dead\")");
    CU_ASSERT_STRING_EQUAL(
        db_text(&db, "SELECT (report_ref, incident_id, rank)::text FROM strikes.report_incidents"),
        "(https://a.example/1,77,1)");
    /* All again: the same content changes nothing. */
    CU_ASSERT_EQUAL(store_mark_all(db.store, &err), 0);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    CU_ASSERT_EQUAL_FATAL(cell.n_former, 1);
    CU_ASSERT_EQUAL(cell.former[0].incident_id, 77);
    CU_ASSERT_EQUAL(cell.former[0].event_id, cell.events[0].event_id);
    incident_make(&cell, 77, 5);
    CU_ASSERT_EQUAL(finish(&cell, 1, NULL, 0), 0);
    stop();
}

static void test_revision(void)
{
    struct settle_cell cell;
    start();
    put("https://a.example/1", "five dead", 5);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    incident_make(&cell, 77, 5);
    finish(&cell, 1, NULL, 0);
    put("https://a.example/2", "seven dead", 7);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    incident_make(&cell, 77, 7);
    finish(&cell, 1, NULL, 0);
    CU_ASSERT_EQUAL(counts.incidents, 1);
    CU_ASSERT_EQUAL(counts.figures, 1);
    CU_ASSERT_EQUAL(counts.revisions, 1);
    CU_ASSERT_STRING_EQUAL(db_text(&db, "SELECT string_agg((old_best, new_best, delta)::text, ' '"
                                        " ORDER BY recorded_at) FROM strikes.toll_history"),
                           "(,5,) (5,7,2)");
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.figure_claim"), 2);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.incident WHERE last_changed_at"
                                " > recorded_at"),
                    1);
    /* A figure that is gone has a last revision. */
    CU_ASSERT_EQUAL(store_mark_all(db.store, &err), 0);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    incident_make(&cell, 77, 8);
    incident.n_figures = 0;
    finish(&cell, 1, NULL, 0);
    CU_ASSERT_STRING_EQUAL(db_text(&db, "SELECT (old_best, new_best)::text FROM"
                                        " strikes.toll_history ORDER BY recorded_at DESC LIMIT 1"),
                           "(7,)");
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.figure_claim"), 0);
    stop();
}

static void test_retire(void)
{
    struct settle_cell cell;
    const struct id_change merged = {77, 88, ID_MERGED};
    start();
    put("https://a.example/1", "five dead", 5);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    incident_make(&cell, 77, 5);
    finish(&cell, 1, NULL, 0);
    CU_ASSERT_EQUAL(store_mark_all(db.store, &err), 0);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    incident_make(&cell, 88, 5);
    finish(&cell, 1, &merged, 1);
    CU_ASSERT_EQUAL(counts.incidents, 2);
    CU_ASSERT_STRING_EQUAL(db_text(&db, "SELECT string_agg(incident_id::text, ' ')"
                                        " FROM strikes.incidents"),
                           "88");
    CU_ASSERT_STRING_EQUAL(db_text(&db, "SELECT (old_id, new_id, kind)::text"
                                        " FROM tracker.incident_redirect"),
                           "(77,88,merged)");
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.incident WHERE retired_at"
                                " IS NOT NULL AND incident_id = 77"),
                    1);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.figure"), 1);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.incident_event"), 1);
    /* It comes back: the same row lives again. */
    CU_ASSERT_EQUAL(store_mark_all(db.store, &err), 0);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    incident_make(&cell, 77, 5);
    finish(&cell, 1, NULL, 0);
    CU_ASSERT_STRING_EQUAL(db_text(&db, "SELECT string_agg(incident_id::text, ' ')"
                                        " FROM strikes.incidents"),
                           "77");
    /* No event left: nothing is left. */
    CU_ASSERT_EQUAL(store_mark_all(db.store, &err), 0);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    finish(&cell, 0, NULL, 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM strikes.incidents"), 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM strikes.figures"), 0);
    stop();
}

static void test_move(void)
{
    struct settle_cell cell;
    start();
    put("https://a.example/1", "five dead", 5);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    incident_make(&cell, 77, 5);
    finish(&cell, 1, NULL, 0);
    CU_ASSERT(db_run(&db, "UPDATE tracker.incident SET recorded_at = '2020-01-01'"));
    for (int turn = 0; turn < 2; turn++) {
        CU_ASSERT_EQUAL(store_mark_all(db.store, &err), 0);
        CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
        incident_make(&cell, 77, 5);
        /* A region that holds no event: the second turn must find the incident there. */
        incident.region_id = region_id_of(SLICE_LITERAL("UA"));
        int64_t changed = finish(&cell, 1, NULL, 0);
        CU_ASSERT(turn ? changed == 0 : changed > 0);
        CU_ASSERT_EQUAL(counts.revisions, 0);
        CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.incident"), 1);
        CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.figure"), 1);
        CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.figure_claim"), 1);
        CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.incident_event"), 1);
        CU_ASSERT_EQUAL(db_int(&db, "SELECT extract(year FROM recorded_at) FROM tracker.incident"),
                        2020);
    }
    stop();
}

/* What is stored while a cell is being settled keeps it dirty. */
static void test_meanwhile(void)
{
    struct settle_cell cell;
    struct store *other = NULL;
    struct sample sample;
    struct change_counts unused = {0};
    start();
    CU_ASSERT_FATAL(store_open(&other, db.conninfo, &err) == 0);
    put("https://a.example/1", "five dead", 5);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    sample_make(&sample, "https://a.example/2", "six dead", 100, 6);
    struct sample *const list[] = {&sample};
    /* Does not wait for the cell. */
    CU_ASSERT_EQUAL(samples_write(other, list, 1, "r1", &unused, &err), 0);
    incident_make(&cell, 77, 5);
    finish(&cell, 1, NULL, 0);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    CU_ASSERT_EQUAL(cell.n_events, 2);
    incident_make(&cell, 77, 6);
    finish(&cell, 1, NULL, 0);
    CU_ASSERT_EQUAL(next(&cell), 0);
    store_close(other);
    stop();
}

static void *wait_for_cell(void *result)
{
    struct settle_cell cell;
    struct arena own;
    struct error why;
    arena_init(&own, 64 << 20);
    *(int *)result = store_settle_next(db.store, &own, &cell, &why);
    CU_ASSERT_EQUAL(cell.n_events, 2);
    arena_free(&own);
    return NULL;
}

/* Whoever finds all dirty cells taken waits, and looks again. */
static void test_waits(void)
{
    struct settle_cell cell;
    struct store *other = NULL, *third = NULL;
    struct sample sample;
    struct sample *const list[] = {&sample};
    struct change_counts unused = {0};
    pthread_t thread;
    int result = -1;
    bool waited = false;
    start();
    CU_ASSERT_FATAL(store_open(&other, db.conninfo, &err) == 0);
    put("https://a.example/1", "five dead", 5);
    CU_ASSERT_EQUAL_FATAL(store_settle_next(other, &arena, &cell, &err), 1);
    CU_ASSERT_EQUAL_FATAL(pthread_create(&thread, NULL, wait_for_cell, &result), 0);
    for (int i = 0; i < 500 && !waited; i++) {
        usleep(10000);
        waited = db_int(&db, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                             " AND datname = current_database()") == 1;
    }
    CU_ASSERT(waited);
    /* What comes meanwhile is the waiting one's to settle. */
    CU_ASSERT_FATAL(store_open(&third, db.conninfo, &err) == 0);
    sample_make(&sample, "https://a.example/2", "six dead", 100, 6);
    CU_ASSERT_EQUAL(samples_write(third, list, 1, "r1", &unused, &err), 0);
    incident_make(&cell, 77, 5);
    counts = (struct change_counts){0};
    CU_ASSERT_EQUAL(store_settle_finish(other, &cell, &incident, 1, NULL, 0, &counts, &err), 0);
    pthread_join(thread, NULL);
    CU_ASSERT_EQUAL(result, 1);
    store_settle_abandon(db.store);
    store_close(other);
    store_close(third);
    stop();
}

/* A country that was just touched is left until it is quiet, but not for ever. */
static void test_quiet(void)
{
    struct settle_cell cell;
    start();
    put("https://a.example/1", "five dead", 5);
    store_set_quiet(db.store, 60);
    CU_ASSERT_EQUAL(next(&cell), 0);
    CU_ASSERT(db_run(&db, "UPDATE tracker.cell_mark SET marked_at = clock_timestamp() - interval "
                          "'61 seconds'"));
    CU_ASSERT_EQUAL(next(&cell), 1);
    store_settle_abandon(db.store);
    put("https://a.example/2", "six dead", 6);
    CU_ASSERT_EQUAL(next(&cell), 0);
    CU_ASSERT(db_run(&db, "UPDATE tracker.cell_mark SET marked_at = clock_timestamp() - interval "
                          "'601 seconds' WHERE mark = (SELECT min(mark) FROM tracker.cell_mark)"));
    CU_ASSERT_EQUAL(next(&cell), 1);
    store_settle_abandon(db.store);
    store_set_quiet(db.store, 0);
    CU_ASSERT_EQUAL(next(&cell), 1);
    store_settle_abandon(db.store);
    stop();
}

static void test_lost_while_settling(void)
{
    struct settle_cell cell;
    start();
    put("https://a.example/1", "five dead", 5);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    CU_ASSERT(db_run(&db, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                          " WHERE application_name = 'tracker' AND datname = current_database()"));
    incident_make(&cell, 77, 5);
    counts = (struct change_counts){0};
    CU_ASSERT_EQUAL(store_settle_finish(db.store, &cell, &incident, 1, NULL, 0, &counts, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_RETRY);
    CU_ASSERT_EQUAL(change_counts_total(&counts), 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.incident"), 0);
    CU_ASSERT_EQUAL_FATAL(next(&cell), 1);
    incident_make(&cell, 77, 5);
    CU_ASSERT_EQUAL(finish(&cell, 1, NULL, 0), 5);
    stop();
}

void suite_settle_write(void);
void suite_settle_write(void)
{
    CU_pSuite suite = CU_add_suite("settle_write", NULL, NULL);
    CU_add_test(suite, "a cell holds what was stored", test_load);
    CU_add_test(suite, "rows of an incident", test_write);
    CU_add_test(suite, "revisions of a figure", test_revision);
    CU_add_test(suite, "retired, redirected, back again", test_retire);
    CU_add_test(suite, "an incident moves to another region", test_move);
    CU_add_test(suite, "stored while settling", test_meanwhile);
    CU_add_test(suite, "waits for another process at the cell", test_waits);
    CU_add_test(suite, "left until it is quiet", test_quiet);
    CU_add_test(suite, "the session ends while settling", test_lost_while_settling);
}
