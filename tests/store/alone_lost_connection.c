/*
 * What the store does when the connection breaks at the worst moment, on a scripted libpq: a
 * program of its own, linked with fake_libpq.c instead of libpq. Prints "ok NAME" or "not ok NAME".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "fake_libpq.h"
#include "samples.h"

static const char NEW[] = "0|0|f|";  /* the comparison's answer: entry 0 is new */
static const char SAME[] = "0|1|f|"; /* entry 0 is stored */

static int failures;
static const char *test_name;

#define CHECK(condition)                                               \
    do {                                                               \
        if (!(condition)) {                                            \
            printf("    %s:%d: %s\n", __FILE__, __LINE__, #condition); \
            failures++;                                                \
        }                                                              \
    } while (0)

/* Writes one report on a fresh store under a script. */
struct outcome {
    int rc;
    struct error err;
    struct change_counts counts;
};

static struct outcome run(const struct fake_step *steps, size_t n, struct sample *sample)
{
    struct outcome outcome = {0};
    struct store *store = NULL;
    struct sample *const list[] = {sample};
    fake_start(steps, n);
    CHECK(store_open(&store, "", &outcome.err) == 0);
    if (!store)
        return outcome;
    store_set_pause(store, 0);
    outcome.rc = samples_write(store, list, 1, "r1", &outcome.counts, &outcome.err);
    store_close(store);
    CHECK(fake_leaks() == 0);
    return outcome;
}
#define RUN(steps, sample) run(steps, sizeof(steps) / sizeof *(steps), sample)

/* A report with two claims, each a piece of the COPY. */
static struct sample sample;
static struct claim_row claims[2];
static char *long_text;
#define LONG ((size_t)3 << 19)

/* The calls of a session between BEGIN and COMMIT, copied. */
static void transaction_of(int session, char *out, size_t size)
{
    const char *calls = fake_session(session);
    const char *begin = strstr(calls, "BEGIN\n"), *end = strstr(calls, "COMMIT\n");
    snprintf(out, size, "%.*s", begin && end ? (int)(end - begin) : 0, begin ? begin : "");
}

static char clean[8192], again[8192]; /* transactions */

static void test_clean(void)
{
    const struct fake_step steps[] = {{"SELECT i.ordinal", 0, FAKE_ROWS, NEW}};
    struct outcome outcome = RUN(steps, &sample);
    CHECK(outcome.rc == 0);
    CHECK(outcome.counts.reports == 1);
    CHECK(fake_count("CONNECT") == 1);
    CHECK(fake_count("COMMIT") == 1);
    CHECK(fake_count("ROLLBACK") == 0);
    transaction_of(1, clean, sizeof clean);
    CHECK(strstr(clean, "COPY tracker.claim (") != NULL);
}

/* The second piece of the claims does not get through. */
static void test_lost_in_copy(void)
{
    const struct fake_step none[] = {{"SELECT i.ordinal", 0, FAKE_ROWS, NEW}};
    RUN(none, &sample);
    char *sent = strdup(fake_copied("COPY tracker.claim (", 1));
    const struct fake_step steps[] = {{"SELECT i.ordinal", 0, FAKE_ROWS, NEW},
                                      /* After the keys, the report, and the first claim. */
                                      {"PUT", 4, FAKE_LOSE, NULL}};
    struct outcome outcome = RUN(steps, &sample);
    CHECK(outcome.rc == 0);
    CHECK(fake_count("CONNECT") == 2);
    CHECK(fake_count("COMMIT") == 1);
    CHECK(outcome.counts.reports == 1);
    /* The first session broke inside the claims, the second sent everything again. */
    CHECK(strstr(fake_session(1), "COPY tracker.claim (") != NULL);
    CHECK(strstr(fake_session(1), "COPY tracker.event (") == NULL);
    transaction_of(2, again, sizeof again);
    CHECK(strcmp(clean, again) == 0);
    CHECK(strlen(fake_copied("COPY tracker.claim (", 1)) > LONG);
    CHECK(sent && strlen(sent) > 2 * LONG);
    CHECK(sent && strcmp(fake_copied("COPY tracker.claim (", 2), sent) == 0);
    free(sent);
}

/* The server breaks off while it answers the end of a COPY. */
static void test_lost_at_end(void)
{
    const struct fake_step steps[] = {{"SELECT i.ordinal", 0, FAKE_ROWS, NEW},
                                      {"END", 3, FAKE_LOSE, NULL}};
    struct outcome outcome = RUN(steps, &sample);
    CHECK(outcome.rc == 0);
    CHECK(fake_count("CONNECT") == 2);
    transaction_of(2, again, sizeof again);
    CHECK(strcmp(clean, again) == 0);
}

/* The commit happened, its answer was lost: the second attempt writes nothing, the counts are
 * right. */
static void test_lost_at_commit(void)
{
    const struct fake_step steps[] = {{"SELECT i.ordinal", 1, FAKE_ROWS, NEW},
                                      {"SELECT i.ordinal", 2, FAKE_ROWS, SAME},
                                      {"INSERT INTO tracker.report_ref", 2, FAKE_ROWS, ""},
                                      {"COMMIT", 1, FAKE_LOSE, NULL}};
    struct outcome outcome = RUN(steps, &sample);
    CHECK(outcome.rc == 0);
    CHECK(fake_count("COPY tracker.claim (") == 1);
    CHECK(fake_count("COMMIT") == 2);
    CHECK(outcome.counts.reports == 1);
    CHECK(outcome.counts.claims == 1);
}

/* The commit did not happen: the second attempt writes it all. */
static void test_commit_undone(void)
{
    const struct fake_step steps[] = {{"SELECT i.ordinal", 0, FAKE_ROWS, NEW},
                                      {"COMMIT", 1, FAKE_LOSE, NULL}};
    struct outcome outcome = RUN(steps, &sample);
    CHECK(outcome.rc == 0);
    CHECK(fake_count("COPY tracker.claim (") == 2);
    CHECK(outcome.counts.claims == 1);
}

static void test_deadlock(void)
{
    const struct fake_step steps[] = {{"SELECT i.ordinal", 0, FAKE_ROWS, NEW},
                                      {"INSERT INTO tracker.source", 1, FAKE_ERROR, "40P01"}};
    struct outcome outcome = RUN(steps, &sample);
    CHECK(outcome.rc == 0);
    CHECK(fake_count("CONNECT") == 1);
    CHECK(fake_count("ROLLBACK") == 1);
    CHECK(fake_count("COMMIT") == 1);
}

static void test_gone_for_good(void)
{
    const struct fake_step steps[] = {{"COPY tracker.claim", 1, FAKE_LOSE, NULL},
                                      {"SELECT i.ordinal", 0, FAKE_ROWS, NEW},
                                      {"CONNECT", 2, FAKE_LOSE, NULL},
                                      {"CONNECT", 3, FAKE_LOSE, NULL},
                                      {"CONNECT", 4, FAKE_LOSE, NULL},
                                      {"CONNECT", 5, FAKE_LOSE, NULL},
                                      {"CONNECT", 6, FAKE_LOSE, NULL}};
    struct outcome outcome = RUN(steps, &sample);
    CHECK(outcome.rc == -1);
    CHECK(outcome.err.code == ERROR_NO_DATABASE);
    CHECK(fake_count("CONNECT") == 6);
    CHECK(change_counts_total(&outcome.counts) == 0);
}

static void test_refused_for_good(void)
{
    const struct fake_step steps[] = {{"SELECT i.ordinal", 0, FAKE_ROWS, NEW},
                                      {"COPY tracker.claim", 0, FAKE_ERROR, "40001"}};
    struct outcome outcome = RUN(steps, &sample);
    CHECK(outcome.rc == -1);
    CHECK(outcome.err.code == ERROR_DATABASE);
    CHECK(fake_count("COPY tracker.claim") == 6);
    const struct fake_step broken[] = {{"SELECT i.ordinal", 0, FAKE_ROWS, NEW},
                                       {"COPY tracker.claim", 0, FAKE_ERROR, "42501"}};
    outcome = RUN(broken, &sample);
    CHECK(outcome.rc == -1);
    CHECK(outcome.err.code == ERROR_DATABASE);
    CHECK(fake_count("COPY tracker.claim") == 1);
}

/* Settling: a loss hands the cell back, the next call connects again. */
static void test_lost_while_settling(void)
{
    const struct fake_step steps[] = {{"SELECT event_id, region_id, claim_id", 1, FAKE_LOSE, NULL},
                                      {"SELECT c.region_id", 0, FAKE_ROWS, "5|UA"},
                                      {"SELECT array_agg(m.mark)", 0, FAKE_ROWS, "{1}|{5}"},
                                      {"COMMIT", 1, FAKE_LOSE, NULL}};
    struct store *store = NULL;
    struct error err = {0};
    struct settle_cell cell;
    struct arena arena;
    struct change_counts counts = {0};
    fake_start(steps, sizeof steps / sizeof *steps);
    arena_init(&arena, 1 << 20);
    CHECK(store_open(&store, "", &err) == 0);
    store_set_pause(store, 0);
    CHECK(store_settle_next(store, &arena, &cell, &err) == 1);
    CHECK(fake_count("CONNECT") == 2);
    CHECK(store_settle_finish(store, &cell, NULL, 0, NULL, 0, &counts, &err) == -1);
    CHECK(err.code == ERROR_RETRY);
    CHECK(store_settle_next(store, &arena, &cell, &err) == 1);
    CHECK(fake_count("CONNECT") == 3);
    CHECK(store_settle_finish(store, &cell, NULL, 0, NULL, 0, &counts, &err) == 0);
    store_close(store);
    arena_free(&arena);
    CHECK(fake_leaks() == 0);
}

static const struct {
    const char *name;
    void (*run)(void);
} TESTS[] = {
    {"a batch without trouble", test_clean},
    {"lost in the middle of a COPY: all is sent again", test_lost_in_copy},
    {"lost at the end of a COPY", test_lost_at_end},
    {"lost at COMMIT, which happened: counted once", test_lost_at_commit},
    {"lost at COMMIT, which did not happen", test_commit_undone},
    {"deadlock: rolled back and sent again", test_deadlock},
    {"gone for good: no database", test_gone_for_good},
    {"refused for good: database error", test_refused_for_good},
    {"lost while settling", test_lost_while_settling},
};

int main(void)
{
    int bad = 0;
    log_set_level(LOG_ERROR);
    long_text = malloc(LONG);
    if (!long_text)
        return EXIT_FAILURE;
    memset(long_text, 'x', LONG);
    sample_make(&sample, "https://a.example/1", "five dead", 100, 5);
    sample.claim.sentence = (struct slice){long_text, LONG};
    claims[0] = claims[1] = sample.claim;
    claims[1].claim_id++;
    sample.report.claims = claims;
    sample.report.n_claims = 2;
    for (size_t i = 0; i < sizeof TESTS / sizeof *TESTS; i++) {
        test_name = TESTS[i].name;
        failures = 0;
        TESTS[i].run();
        printf("%s lost_connection: %s\n", failures ? "not ok" : "ok", test_name);
        bad += failures > 0;
    }
    fake_start(NULL, 0);
    free(long_text);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
