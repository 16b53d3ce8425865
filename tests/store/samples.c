#include "samples.h"

#include <stdio.h>
#include <stdlib.h>

#include "extract/event.h"

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
                .former_killed = 3,
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
    return samples_write_seen(store, samples, n, rules, 0, counts, err);
}

int samples_write_seen(struct store *store, struct sample *const *samples, size_t n,
                       const char *rules, instant seen_at, struct change_counts *counts,
                       struct error *err)
{
    struct report_row *reports = calloc(n, sizeof *reports);
    if (!reports)
        return error_set(err, ERROR_LIMIT, "out of memory");
    for (size_t i = 0; i < n; i++)
        reports[i] = samples[i]->report;
    struct batch batch = {.ruleset = digest_bytes(rules, strlen(rules)),
                          .ruleset_path = slice_of(rules),
                          .reports = reports,
                          .seen_at = seen_at,
                          .n_reports = n};
    int rc = store_write_batch(store, &batch, counts, err);
    free(reports);
    return rc;
}
