#include "store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "extract/event.h"

static PGconn *connect_to(const char *conninfo)
{
    PGconn *connection = PQconnectdb(conninfo);
    if (PQstatus(connection) != CONNECTION_OK)
        fprintf(stderr, "test: %s", PQerrorMessage(connection));
    return connection;
}

static bool run_with_name(const char *format, const char *name)
{
    char sql[160];
    PGconn *server = connect_to("");
    snprintf(sql, sizeof sql, format, name);
    PGresult *result = PQexec(server, sql);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!good)
        fprintf(stderr, "test: %s", PQerrorMessage(server));
    PQclear(result);
    PQfinish(server);
    return good;
}

bool test_db_open(struct test_db *db, bool migrated)
{
    static int counter;
    struct error err = {0};
    struct migration_status status;
    *db = (struct test_db){0};
    snprintf(db->name, sizeof db->name, "store_%ld_%d", (long)getpid(), ++counter);
    snprintf(db->conninfo, sizeof db->conninfo, "dbname=%s", db->name);
    if (!run_with_name("CREATE DATABASE %s", db->name))
        return false;
    db->plain = connect_to(db->conninfo);
    bool good = store_open(&db->store, db->conninfo, &err) == 0 &&
                (!migrated || store_migrate(db->store, "sql", &status, &err) == 0);
    if (!good)
        fprintf(stderr, "test: %s\n", err.text);
    return good;
}

void test_db_close(struct test_db *db)
{
    PQfinish(db->plain);
    store_close(db->store);
    run_with_name("DROP DATABASE %s WITH (FORCE)", db->name);
}

const char *db_text(struct test_db *db, const char *sql)
{
    PGresult *result = PQexec(db->plain, sql);
    bool row = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0;
    snprintf(db->text, sizeof db->text, "%s%s",
             PQresultStatus(result) == PGRES_FATAL_ERROR ? "error: " : "",
             row ? PQgetvalue(result, 0, 0) : PQresultErrorMessage(result));
    PQclear(result);
    return db->text;
}

long long db_int(struct test_db *db, const char *sql)
{
    return strtoll(db_text(db, sql), NULL, 10);
}

bool db_run(struct test_db *db, const char *sql)
{
    PGresult *result = PQexec(db->plain, sql);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK ||
                PQresultStatus(result) == PGRES_TUPLES_OK;
    PQclear(result);
    return good;
}

static int64_t id_of(const char *kind, const char *url, const char *words)
{
    const struct slice parts[] = {slice_of(kind), slice_of(url), slice_of(words)};
    struct digest digest = digest_of(parts, 3);
    return digest_id(&digest);
}

static void fill_event(struct sample *sample, const char *url, const char *words, int64_t killed)
{
    sample->event_claim = (struct event_claim){
        .claim_id = id_of("claim", url, words),
        .measure = {SLICE_LITERAL("killed"), SLICE_NONE},
        .low = killed,
        .best = killed,
        .high = COUNT_OPEN,
        .qualifier = QUALIFIER_AT_LEAST,
        .rank = 2,
        .running_total = true,
        .claimant = SLICE_LITERAL("Police"),
        .claimant_kind = SLICE_LITERAL("police"),
        .party = SLICE_LITERAL("UA"),
    };
    sample->event = (struct stored_event){
        .row = {.event_id = id_of("event", url, words),
                .report_id = sample->report.report_id,
                .copy_family = sample->report.report_id,
                .region_id = region_id_of(SLICE_LITERAL("UA.22")),
                .rank = 1,
                .scope = SCOPE_SITE,
                .place_name = SLICE_LITERAL("Ternopil"),
                .place_key = SLICE_LITERAL("g:691650"),
                .country = SLICE_LITERAL("UA"),
                .adm1 = SLICE_LITERAL("Ternopil"),
                .adm1_code = SLICE_LITERAL("UA.22"),
                .zone = SLICE_LITERAL("Europe/Kyiv"),
                .place_precision = PRECISION_SETTLEMENT,
                .lat = 4955589,
                .lon = -2560556,
                .population = 225004,
                .start = 1763481600,
                .end = 1763539200,
                .local_date = day_from_civil(2025, 11, 19),
                .date_precision = WHEN_NIGHT,
                .said_at = sample->report.published,
                .outlet = sample->report.outlet,
                .claims = &sample->event_claim,
                .n_claims = 1},
        .when_phrase = SLICE_LITERAL("overnight"),
        .place_written = SLICE_LITERAL("Ternopil"),
        .sentence = sample->report.text,
        .span_end = (int32_t)sample->report.text.len,
        .zone_offset = 7200,
    };
}

void sample_make(struct sample *sample, const char *url, const char *words, instant published,
                 int64_t killed)
{
    *sample = (struct sample){0};
    snprintf(sample->words, sizeof sample->words, "%s", words);
    struct slice text = slice_of(sample->words);
    struct digest identity = digest_bytes(url, strlen(url));
    sample->report = (struct report_row){
        .report_id = digest_id(&identity),
        .identity = identity,
        .edition = digest_bytes(words, strlen(words)),
        .ref = slice_of(url),
        .url = slice_of(url),
        .text = text,
        .outlet = SLICE_LITERAL("Morning Post"),
        .lang = SLICE_LITERAL("en"),
        .path = SLICE_LITERAL("reports.jsonl"),
        .published = published,
        .published_has_time = true,
        .claims = &sample->claim,
        .n_claims = 1,
        .events = &sample->event,
        .n_events = 1,
    };
    fill_event(sample, url, words, killed);
    sample->claim = (struct claim_row){
        .claim_id = sample->event_claim.claim_id,
        .field = SLICE_LITERAL("killed"),
        .qualifier = SLICE_LITERAL("at_least"),
        .role = SLICE_LITERAL("figure"),
        .low = killed,
        .best = killed,
        .high = COUNT_OPEN,
        .span_end = (int32_t)text.len,
        .sentence_end = (int32_t)text.len,
        .text = text,
        .sentence = text,
        .rule = SLICE_LITERAL("people-killed"),
        .claimant = SLICE_LITERAL("Police"),
        .claimant_kind = SLICE_LITERAL("police"),
        .claimant_party = SLICE_LITERAL("UA"),
        .claimant_rank = 2,
        .running_total = true,
        .event_id = sample->event.row.event_id,
    };
}

int samples_write(struct store *store, struct sample *const *samples, size_t n, const char *rules,
                  struct change_counts *counts, struct error *err)
{
    struct report_row *reports = calloc(n, sizeof *reports);
    if (!reports)
        return error_set(err, ERROR_LIMIT, "out of memory");
    for (size_t i = 0; i < n; i++)
        reports[i] = samples[i]->report;
    struct batch batch = {.ruleset = digest_bytes(rules, strlen(rules)),
                          .ruleset_path = slice_of(rules),
                          .reports = reports,
                          .n_reports = n};
    int rc = store_write_batch(store, &batch, counts, err);
    free(reports);
    return rc;
}
