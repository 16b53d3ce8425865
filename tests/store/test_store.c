#include <CUnit/CUnit.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "extract/event.h"
#include "samples.h"
#include "store_fixture.h"

static struct test_db db;
static struct error err;

static int write_one(struct sample *sample, const char *rules, struct change_counts *counts)
{
    struct sample *const list[] = {sample};
    return samples_write(db.store, list, 1, rules, counts, &err);
}

static int64_t changes_of(struct sample *sample, const char *rules)
{
    struct change_counts counts = {0};
    CU_ASSERT_EQUAL_FATAL(write_one(sample, rules, &counts), 0);
    return change_counts_total(&counts);
}

/* Every row of the report side and the events, with the transaction that wrote it. */
static const char ROWS[] = "SELECT md5(string_agg(t, '|' ORDER BY t)) FROM ("
                           " SELECT r.xmin || r::text AS t FROM tracker.report r"
                           " UNION ALL SELECT c.xmin || c::text FROM tracker.claim c"
                           " UNION ALL SELECT e.xmin || e::text FROM tracker.event e"
                           " UNION ALL SELECT e.xmin || e::text FROM tracker.event_claim e"
                           " UNION ALL SELECT f.xmin || f::text FROM tracker.report_ref f"
                           " UNION ALL SELECT s.xmin || s::text FROM tracker.source s) x";

static void test_rows(void)
{
    struct sample sample;
    CU_ASSERT_FATAL(test_db_open(&db, true));
    sample_make(&sample, "https://a.example/1", "Nineteen\tdead\n\\N \"Жито\" — 中", 1763550000,
                19);
    struct change_counts counts = {0};
    CU_ASSERT_EQUAL(write_one(&sample, "r1", &counts), 0);
    CU_ASSERT_EQUAL(counts.reports, 1);
    CU_ASSERT_EQUAL(counts.claims, 1);
    CU_ASSERT_EQUAL(counts.events, 1);
    /* event_claim, report_ref, ruleset, outlet, claimant */
    CU_ASSERT_EQUAL(counts.others, 5);
    CU_ASSERT_STRING_EQUAL(db_text(&db, "SELECT text FROM tracker.report"), sample.words);
    CU_ASSERT_STRING_EQUAL(
        db_text(&db, "SELECT (field, part, low, best, high, qualifier, claimant, url, report_ref)"
                     "::text FROM strikes.claims"),
        "(killed,,19,19,,at_least,Police,https://a.example/1,https://a.example/1)");
    CU_ASSERT_STRING_EQUAL(
        db_text(&db, "SET timezone = 'UTC'; SELECT (place, lat, lon, local_date, date_precision,"
                     " start_at, zone, rule, claimant, outlet)::text FROM strikes.events"),
        "(Ternopil,49.55589,-25.60556,2025-11-19,night,\"2025-11-18 16:00:00+00\","
        "Europe/Kyiv,people-killed,Police,\"Morning Post\")");
    CU_ASSERT_STRING_EQUAL(
        db_text(&db, "SELECT (report_ref, incident_id, rank)::text FROM strikes.report_incidents"),
        "(https://a.example/1,,)");
    test_db_close(&db);
}

static void test_again(void)
{
    struct sample a, b;
    char before[64];
    CU_ASSERT_FATAL(test_db_open(&db, true));
    sample_make(&a, "https://a.example/1", "one", 100, 1);
    sample_make(&b, "https://a.example/2", "two", INSTANT_NONE, 2);
    struct sample *const both[] = {&a, &b, &a}, *const turned[] = {&b, &a};
    struct change_counts counts = {0};
    CU_ASSERT_EQUAL(samples_write(db.store, both, 3, "r1", &counts, &err), 0);
    CU_ASSERT_EQUAL(counts.reports, 2);
    snprintf(before, sizeof before, "%s", db_text(&db, ROWS));
    counts = (struct change_counts){0};
    CU_ASSERT_EQUAL(samples_write(db.store, turned, 2, "r1", &counts, &err), 0);
    CU_ASSERT_EQUAL(change_counts_total(&counts), 0);
    CU_ASSERT_STRING_EQUAL(db_text(&db, ROWS), before);
    /* The same report under another id: one row more. */
    a.report.ref = SLICE_LITERAL("other-id");
    CU_ASSERT_EQUAL(changes_of(&a, "r1"), 1);
    CU_ASSERT_EQUAL(changes_of(&a, "r1"), 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM strikes.report_incidents"), 3);
    test_db_close(&db);
}

static const char LIVE[] = "SELECT string_agg(best || ' ' || sentence, ', ') FROM strikes.claims";

static void test_editions(void)
{
    struct sample old, new, tie_a, tie_b;
    sample_make(&old, "https://a.example/1", "five dead", 100, 5);
    sample_make(&new, "https://a.example/1", "seven dead", 200, 7);
    sample_make(&tie_a, "https://a.example/2", "alpha", 100, 1);
    sample_make(&tie_b, "https://a.example/2", "beta", 100, 2);
    for (int turn = 0; turn < 3; turn++) {
        struct sample *const orders[3][4] = {{&old, &new, &tie_a, &tie_b},
                                             {&tie_b, &new, &tie_a, &old},
                                             {&new, &tie_b, &old, &tie_a}};
        CU_ASSERT_FATAL(test_db_open(&db, true));
        struct change_counts counts = {0};
        /* One by one, and in the last turn all in one batch. */
        for (int i = 0; i < 4 && turn < 2; i++)
            CU_ASSERT_EQUAL(write_one(orders[turn][i], "r1", &counts), 0);
        if (turn == 2)
            CU_ASSERT_EQUAL(samples_write(db.store, orders[2], 4, "r1", &counts, &err), 0);
        /* Of equal time: what came later, also when the other comes once more. */
        bool beta = turn == 0;
        CU_ASSERT_EQUAL(changes_of(beta ? &tie_a : &tie_b, "r1"), 0);
        CU_ASSERT_EQUAL(changes_of(beta ? &tie_b : &tie_a, "r1"), 0);
        CU_ASSERT_STRING_EQUAL(
            db_text(&db, "SELECT string_agg(best || ' ' || sentence, ', ' ORDER BY best DESC)"
                         " FROM strikes.claims"),
            beta ? "7 seven dead, 2 beta" : "7 seven dead, 1 alpha");
        CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.event"), 2);
        CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.event_claim"), 2);
        CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.report"), 2);
        test_db_close(&db);
    }
}

/* Whatever was seen last counts, also an older text; files say nothing about now. */
static void test_reverts(void)
{
    struct sample first, second, gone;
    sample_make(&first, "https://a.example/1", "five dead", 100, 5);
    sample_make(&second, "https://a.example/1", "seven dead", 200, 7);
    sample_make(&gone, "https://a.example/1", "withdrawn", INSTANT_NONE, 0);
    gone.report.withdrawn = true;
    static const char HISTORY[] = "SELECT count(*) FROM tracker.report_edition";
    struct sample *const a[] = {&first}, *const b[] = {&second}, *const w[] = {&gone};
    struct sample *const all[] = {&second, &gone, &first};
    struct change_counts counts = {0};
    CU_ASSERT_FATAL(test_db_open(&db, true));
    changes_of(&first, "r1");
    changes_of(&second, "r1");
    CU_ASSERT_EQUAL(changes_of(&first, "r1"), 0);
    CU_ASSERT_EQUAL_FATAL(samples_write_seen(db.store, a, 1, "r1", 1000, &counts, &err), 0);
    CU_ASSERT_STRING_EQUAL(db_text(&db, LIVE), "5 five dead");
    CU_ASSERT_EQUAL(db_int(&db, HISTORY), 2);
    /* The files once more change nothing, also when other rules read them. */
    CU_ASSERT_EQUAL(changes_of(&second, "r1"), 0);
    CU_ASSERT_EQUAL(changes_of(&first, "r1"), 0);
    CU_ASSERT(changes_of(&first, "r2") > 0);
    CU_ASSERT_EQUAL(changes_of(&second, "r2"), 0);
    CU_ASSERT_STRING_EQUAL(db_text(&db, LIVE), "5 five dead");
    /* Seen anew, and an older sighting that comes late. */
    CU_ASSERT_EQUAL_FATAL(samples_write_seen(db.store, b, 1, "r2", 3000, &counts, &err), 0);
    CU_ASSERT_EQUAL_FATAL(samples_write_seen(db.store, a, 1, "r2", 2000, &counts, &err), 0);
    CU_ASSERT_STRING_EQUAL(db_text(&db, LIVE), "7 seven dead");
    /* Withdrawn, and back. */
    CU_ASSERT_EQUAL_FATAL(samples_write_seen(db.store, w, 1, "r2", 4000, &counts, &err), 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM strikes.claims"), 0);
    CU_ASSERT_EQUAL_FATAL(samples_write_seen(db.store, a, 1, "r2", 5000, &counts, &err), 0);
    CU_ASSERT_STRING_EQUAL(db_text(&db, LIVE), "5 five dead");
    /* A withdrawal beside the text comes last of all. */
    CU_ASSERT_EQUAL_FATAL(samples_write_seen(db.store, all, 3, "r2", 6000, &counts, &err), 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM strikes.claims"), 0);
    test_db_close(&db);
}

static void test_history(void)
{
    struct sample old, new;
    CU_ASSERT_FATAL(test_db_open(&db, true));
    sample_make(&old, "https://a.example/1", "five dead", 100, 5);
    sample_make(&new, "https://a.example/1", "seven dead", 200, 7);
    changes_of(&old, "r1");
    CU_ASSERT(db_run(&db, "DELETE FROM tracker.cell_mark"));
    changes_of(&new, "r1");
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.claim"), 2);
    CU_ASSERT_STRING_EQUAL(db_text(&db, "SELECT text FROM tracker.report_edition"), "five dead");
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.cell_mark"), 1);
    test_db_close(&db);
}

static void test_rules_change(void)
{
    struct sample sample;
    CU_ASSERT_FATAL(test_db_open(&db, true));
    sample_make(&sample, "https://a.example/1", "five dead", 100, 5);
    changes_of(&sample, "r1");
    CU_ASSERT(changes_of(&sample, "r2") > 0);
    CU_ASSERT_EQUAL(changes_of(&sample, "r2"), 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.claim"), 2);
    CU_ASSERT_STRING_EQUAL(db_text(&db, LIVE), "5 five dead");
    /* Back to the first rules: their claims are still there. */
    CU_ASSERT(changes_of(&sample, "r1") > 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.claim"), 2);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.report_edition"), 2);
    CU_ASSERT_STRING_EQUAL(db_text(&db, LIVE), "5 five dead");
    CU_ASSERT_EQUAL(changes_of(&sample, "r1"), 0);
    test_db_close(&db);
}

static void test_withdrawn(void)
{
    struct sample sample, gone;
    for (int turn = 0; turn < 2; turn++) {
        CU_ASSERT_FATAL(test_db_open(&db, true));
        sample_make(&sample, "https://a.example/1", "five dead", 100, 5);
        /* No time: a withdrawal comes last. */
        sample_make(&gone, "https://a.example/1", "(withdrawn)", INSTANT_NONE, 5);
        gone.report.withdrawn = true;
        changes_of(turn ? &gone : &sample, "r1");
        changes_of(turn ? &sample : &gone, "r1");
        CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.event"), 0);
        CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.event_claim"), 0);
        CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM strikes.claims"), 0);
        CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.report WHERE withdrawn"), 1);
        CU_ASSERT_EQUAL(changes_of(&gone, "r1"), 0);
        test_db_close(&db);
    }
}

static void test_collision(void)
{
    struct sample sample, other, third;
    CU_ASSERT_FATAL(test_db_open(&db, true));
    sample_make(&sample, "https://a.example/1", "five dead", 100, 5);
    sample_make(&other, "https://a.example/2", "six dead", 200, 6);
    sample_make(&third, "https://a.example/3", "seven dead", 200, 7);
    other.report.report_id = sample.report.report_id;
    changes_of(&sample, "r1");
    struct sample *const both[] = {&other, &third};
    struct change_counts counts = {0};
    CU_ASSERT_EQUAL(samples_write(db.store, both, 2, "r1", &counts, &err), 0);
    CU_ASSERT_EQUAL(counts.rejected, 1);
    CU_ASSERT_EQUAL(counts.reports, 1);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.report WHERE text LIKE 'six%'"), 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.report_ref"), 2);
    /* Both in one batch, in a fresh database: one of them, always the same. */
    CU_ASSERT(db_run(&db, "TRUNCATE tracker.report, tracker.claim, tracker.event,"
                          " tracker.event_claim, tracker.report_ref"));
    struct sample *const fresh[] = {&other, &sample};
    counts = (struct change_counts){0};
    CU_ASSERT_EQUAL(samples_write(db.store, fresh, 2, "r1", &counts, &err), 0);
    CU_ASSERT_EQUAL(counts.rejected, 1);
    CU_ASSERT_EQUAL(counts.reports, 1);
    test_db_close(&db);
}

static void test_said_twice(void)
{
    struct sample sample;
    CU_ASSERT_FATAL(test_db_open(&db, true));
    sample_make(&sample, "https://a.example/1", "five dead", 100, 5);
    struct claim_row claims[] = {sample.claim, sample.claim};
    struct stored_event events[] = {sample.event, sample.event};
    struct event_claim event_claims[] = {sample.event_claim, sample.event_claim};
    sample.report.claims = claims;
    sample.report.n_claims = 2;
    sample.report.events = events;
    sample.report.n_events = 2;
    events[0].row.claims = event_claims;
    events[0].row.n_claims = 2;
    struct change_counts counts = {0};
    CU_ASSERT_EQUAL(write_one(&sample, "r1", &counts), 0);
    CU_ASSERT_EQUAL(counts.claims, 1);
    CU_ASSERT_EQUAL(counts.events, 1);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.event_claim"), 1);
    test_db_close(&db);
}

static void test_server_ends_session(void)
{
    struct sample a, b;
    CU_ASSERT_FATAL(test_db_open(&db, true));
    store_set_pause(db.store, 1);
    sample_make(&a, "https://a.example/1", "one", 100, 1);
    sample_make(&b, "https://a.example/2", "two", 100, 2);
    changes_of(&a, "r1");
    CU_ASSERT(db_run(&db, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                          " WHERE application_name = 'tracker' AND datname = current_database()"));
    CU_ASSERT(changes_of(&b, "r1") > 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.report"), 2);
    test_db_close(&db);
}

/* Two processes bring the same reports, in opposite order. */
#define RACERS 40
struct racer {
    struct store *store;
    struct sample *samples;
    int step;
    int rc;
};

static void *race(void *argument)
{
    struct racer *racer = argument;
    struct error why;
    for (int i = 0; i < RACERS && racer->rc == 0; i++) {
        struct sample *one[] = {&racer->samples[racer->step > 0 ? i : RACERS - 1 - i]};
        struct change_counts counts = {0};
        racer->rc = samples_write(racer->store, one, 1, "r1", &counts, &why);
    }
    struct sample *all[RACERS];
    for (int i = 0; i < RACERS; i++)
        all[i] = &racer->samples[i];
    struct change_counts counts = {0};
    if (racer->rc == 0)
        racer->rc = samples_write(racer->store, all, RACERS, "r2", &counts, &why);
    if (racer->rc < 0)
        fprintf(stderr, "race: %s\n", why.text);
    return NULL;
}

static void test_race(void)
{
    static struct sample samples[RACERS];
    struct store *second = NULL;
    pthread_t threads[2];
    CU_ASSERT_FATAL(test_db_open(&db, true));
    CU_ASSERT_FATAL(store_open(&second, db.conninfo, &err) == 0);
    store_set_pause(db.store, 1);
    store_set_pause(second, 1);
    for (int i = 0; i < RACERS; i++) {
        char url[64];
        snprintf(url, sizeof url, "https://a.example/%d", i);
        sample_make(&samples[i], url, url, 100, i);
        samples[i].report.ref = samples[i].report.url = samples[i].report.text;
    }
    struct racer racers[2] = {{db.store, samples, 1, 0}, {second, samples, -1, 0}};
    for (int i = 0; i < 2; i++)
        CU_ASSERT_EQUAL_FATAL(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    CU_ASSERT_EQUAL(racers[0].rc, 0);
    CU_ASSERT_EQUAL(racers[1].rc, 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.report"), RACERS);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM strikes.claims"), RACERS);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.event"), RACERS);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(DISTINCT report_id) FROM tracker.report_edition"),
                    RACERS);
    store_close(second);
    test_db_close(&db);
}

void suite_store(void);
void suite_store(void)
{
    CU_pSuite suite = CU_add_suite("store", NULL, NULL);
    CU_add_test(suite, "rows of a report", test_rows);
    CU_add_test(suite, "the same again changes no row", test_again);
    CU_add_test(suite, "the newest edition counts, in any order", test_editions);
    CU_add_test(suite, "a page goes back to what it said", test_reverts);
    CU_add_test(suite, "old editions stay in history", test_history);
    CU_add_test(suite, "other rules replace the reading", test_rules_change);
    CU_add_test(suite, "a withdrawn report has no events", test_withdrawn);
    CU_add_test(suite, "an id that belongs to another report", test_collision);
    CU_add_test(suite, "claims and events said twice", test_said_twice);
    CU_add_test(suite, "the server ends the session", test_server_ends_session);
    CU_add_test(suite, "two processes, the same reports", test_race);
}
