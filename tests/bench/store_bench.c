/*
 * Events a second through the database: the seeded stream of reconcile_bench as reports of one
 * event each, written in batches and settled, into databases of their own.
 *
 *   store_bench [SIZE...]      default: 10000 100000; the server is that of the PG* variables
 *
 * Seconds are wall clock, of both sides. Beside the writing stands COPY of the same claims alone,
 * into a table without keys: what the server must do at least.
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../reconcile/sample.h"
#include "base/log.h"
#include "pipeline/ingest.h"

#define EVENTS_A_DAY 100
#define BATCH 2000
#define MEMORY ((size_t)8 << 30)

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool run_sql(const char *conninfo, const char *sql)
{
    PGconn *connection = PQconnectdb(conninfo);
    PGresult *result = PQexec(connection, sql);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!good)
        fprintf(stderr, "store_bench: %s", PQerrorMessage(connection));
    PQclear(result);
    PQfinish(connection);
    return good;
}

/* The rows of one event's report, as pipeline/rows.c would make them of a short text. */
static void report_of(struct arena *arena, const struct event_row *event, struct report_row *out)
{
    static const char TEXT[] = "A strike on the town in the night killed and wounded people, the "
                               "police said on the day after.";
    struct slice text = slice_of(TEXT);
    struct slice url =
        arena_format(arena, "https://bench.example/%lld", (long long)event->report_id);
    struct digest digest = digest_bytes(url.ptr, url.len);
    struct claim_row *claims = ARENA_ARRAY(arena, struct claim_row, event->n_claims);
    struct stored_event *stored = ARENA_ARRAY(arena, struct stored_event, 1);
    if (!claims || !stored)
        exit(1);
    *stored = (struct stored_event){.row = *event, .sentence = text, .span_end = (int32_t)text.len};
    for (size_t i = 0; i < event->n_claims; i++) {
        const struct event_claim *claim = &event->claims[i];
        claims[i] = (struct claim_row){
            .claim_id = claim->claim_id,
            .ordinal = (int32_t)i,
            .field = claim->measure.field,
            .part = claim->measure.part,
            .qualifier = slice_of(qualifier_names[claim->qualifier]),
            .role = SLICE_LITERAL("figure"),
            .low = claim->low,
            .best = claim->best,
            .high = claim->high,
            .span_end = (int32_t)text.len,
            .sentence_end = (int32_t)text.len,
            .text = text,
            .sentence = text,
            .rule = SLICE_LITERAL("bench"),
            .claimant = claim->claimant,
            .claimant_rank = claim->rank,
            .event_id = event->event_id,
        };
    }
    *out = (struct report_row){
        .report_id = event->report_id,
        .identity = digest,
        .edition = digest,
        .ref = url,
        .url = url,
        .text = text,
        .outlet = event->outlet,
        .lang = SLICE_LITERAL("en"),
        .published = event->said_at,
        .published_has_time = true,
        .claims = claims,
        .n_claims = event->n_claims,
        .events = stored,
        .n_events = 1,
    };
}

static int write_all(struct store *store, const struct event_row *events, size_t n,
                     struct change_counts *counts, struct error *err)
{
    struct arena arena;
    struct report_row *reports = calloc(BATCH, sizeof *reports);
    int rc = reports ? 0 : -1;
    arena_init(&arena, MEMORY);
    for (size_t done = 0; rc == 0 && done < n;) {
        struct batch batch = {.ruleset = digest_bytes("bench", 5),
                              .ruleset_path = SLICE_LITERAL("bench"),
                              .reports = reports};
        arena_reset(&arena);
        for (; batch.n_reports < BATCH && done < n; done++)
            report_of(&arena, &events[done], &reports[batch.n_reports++]);
        rc = store_write_batch(store, &batch, counts, err);
    }
    arena_free(&arena);
    free(reports);
    return rc;
}

/* Seconds of COPY of all claims into a bare table; it comes from the server, and goes back. */
static double copy_claims(const char *conninfo)
{
    PGconn *from = PQconnectdb(conninfo), *to = PQconnectdb(conninfo);
    PQclear(PQexec(to, "CREATE TABLE bare (LIKE tracker.claim)"));
    PGresult *out = PQexec(from, "COPY tracker.claim TO STDOUT"), *in = NULL;
    size_t used = 0, capacity = (size_t)1 << 30;
    char *rows = malloc(capacity), *row;
    int got;
    while (rows && (got = PQgetCopyData(from, &row, 0)) > 0) {
        if (used + (size_t)got < capacity) {
            memcpy(rows + used, row, (size_t)got);
            used += (size_t)got;
        }
        PQfreemem(row);
    }
    double start = seconds_now();
    in = PQexec(to, "COPY bare FROM STDIN");
    for (size_t at = 0; at < used; at += 65536)
        if (PQputCopyData(to, rows + at, (int)(used - at < 65536 ? used - at : 65536)) != 1)
            exit(1);
    PQputCopyEnd(to, NULL);
    for (PGresult *result; (result = PQgetResult(to)) != NULL;)
        PQclear(result);
    double seconds = seconds_now() - start;
    PQclear(in);
    PQclear(out);
    PQfinish(from);
    PQfinish(to);
    free(rows);
    return seconds;
}

static int measure(const char *conninfo, size_t n, struct error *err)
{
    struct store *store;
    struct arena arena;
    struct migration_status status;
    struct change_counts written = {0}, settled = {0};
    if (store_open(&store, conninfo, err))
        return -1;
    arena_init(&arena, MEMORY);
    struct event_row *events = stream_of(&arena, 7, n, (int)(n / EVENTS_A_DAY) + 1);
    int rc = store_migrate(store, "sql", &status, err);
    double start = seconds_now(), middle = start, end = start;
    if (rc == 0)
        rc = write_all(store, events, n, &written, err);
    middle = seconds_now();
    if (rc == 0)
        rc = settle_all(store, weights_default(), &settled, err);
    end = seconds_now();
    store_close(store);
    arena_free(&arena);
    if (rc)
        return -1;
    double rows = (double)change_counts_total(&written);
    double claims = (double)written.claims, copied = copy_claims(conninfo);
    printf("%-10zu %9.2f %11.0f %11.0f %11.0f %7.2f %9.2f %11.0f %11.0f\n", n, middle - start,
           (double)n / (middle - start), rows / (middle - start), claims / copied,
           rows / (middle - start) / (claims / copied), end - middle, (double)n / (end - middle),
           (double)n / (end - start));
    return 0;
}

int main(int argc, char **argv)
{
    static const char *const sizes[] = {"10000", "100000"};
    log_set_level(LOG_ERROR);
    printf("%-10s %9s %11s %11s %11s %7s %9s %11s %11s\n", "events", "writing", "events/s",
           "rows/s", "COPY rows/s", "ratio", "settling", "events/s", "both, ev/s");
    for (int i = 0; i < (argc > 1 ? argc - 1 : 2); i++) {
        char sql[96], conninfo[64];
        struct error err = {0};
        size_t n = strtoul(argc > 1 ? argv[i + 1] : sizes[i], NULL, 10);
        snprintf(conninfo, sizeof conninfo, "dbname=bench_store_%ld", (long)getpid());
        snprintf(sql, sizeof sql, "CREATE DATABASE bench_store_%ld", (long)getpid());
        if (n == 0 || !run_sql("dbname=postgres", sql))
            return 1;
        int rc = measure(conninfo, n, &err);
        if (rc)
            fprintf(stderr, "store_bench: %s\n", err.text);
        snprintf(sql, sizeof sql, "DROP DATABASE bench_store_%ld WITH (FORCE)", (long)getpid());
        if (!run_sql("dbname=postgres", sql) || rc)
            return 1;
    }
    return 0;
}
