#include "store/batch_rows.h"

#include "base/map.h"
#include "extract/event.h"
#include "store/duplicates.h"

/* Distinct sources and regions of one batch: far fewer than this many bytes. */
#define DISTINCT_CAP ((size_t)256 << 20)

int batch_copy_reports(struct store *store, const struct batch_plan *plan,
                       struct change_counts *counts, struct error *err)
{
    struct copy_in copy;
    if (copy_in_start(store, &copy,
                      "COPY tracker.report (report_id, identity, edition, reading_id, ruleset_id,"
                      " ref, url, title, text, outlet, lang, path, published_at,"
                      " published_has_time, withdrawn, event_regions, event_ids, seen_at)"
                      " FROM STDIN",
                      "storing reports", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_entries; i++) {
        const struct batch_entry *entry = &plan->entries[i];
        const struct report_row *report = entry->report;
        if (!entry_is_written(entry))
            continue;
        struct copy_row *row = &copy.row;
        copy_int(row, report->report_id);
        copy_digest(row, &report->identity);
        copy_digest(row, &report->edition);
        copy_int(row, entry->reading_id);
        copy_int(row, plan->ruleset_id);
        copy_slice(row, report->ref);
        copy_slice_or_null(row, report->url);
        copy_slice_or_null(row, report->title);
        copy_slice(row, report->text);
        copy_slice_or_null(row, report->outlet);
        copy_slice_or_null(row, report->lang);
        copy_slice_or_null(row, report->path);
        copy_instant(row, report->published);
        copy_bool(row, report->published_has_time);
        copy_bool(row, report->withdrawn);
        copy_array_start(row);
        for (size_t k = 0; k < entry->n_events; k++)
            copy_array_int(row, k, report->events[k].row.region_id);
        copy_array_end(row);
        copy_array_start(row);
        for (size_t k = 0; k < entry->n_events; k++)
            copy_array_int(row, k, report->events[k].row.event_id);
        copy_array_end(row);
        copy_instant(row, entry->seen_at);
        if (copy_in_row(&copy, err) < 0)
            return -1;
    }
    return copy_in_finish(&copy, &counts->reports, err);
}

/* The ids of a report's claims, events, or of an event's claims are keys: rows said twice are
 * written once. The marks live in the scratch arena until the next call. */
static int claims_said_twice(const struct batch_plan *plan, const struct batch_entry *entry,
                             bool **marks, struct error *err)
{
    arena_reset(plan->scratch);
    int64_t *ids = ARENA_ARRAY(plan->scratch, int64_t, entry->n_claims);
    if (!ids)
        return arena_full(plan->scratch, err);
    for (size_t k = 0; k < entry->n_claims; k++)
        ids[k] = entry->report->claims[k].claim_id;
    return duplicates_mark(plan->scratch, ids, entry->n_claims, marks, err);
}

static int events_told_twice(const struct batch_plan *plan, const struct batch_entry *entry,
                             bool **marks, struct error *err)
{
    arena_reset(plan->scratch);
    int64_t *ids = ARENA_ARRAY(plan->scratch, int64_t, entry->n_events);
    if (!ids)
        return arena_full(plan->scratch, err);
    for (size_t k = 0; k < entry->n_events; k++)
        ids[k] = entry->report->events[k].row.event_id;
    return duplicates_mark(plan->scratch, ids, entry->n_events, marks, err);
}

static int event_claims_said_twice(const struct batch_plan *plan, const struct event_row *event,
                                   bool **marks, struct error *err)
{
    int64_t *ids = ARENA_ARRAY(plan->scratch, int64_t, event->n_claims);
    if (!ids)
        return arena_full(plan->scratch, err);
    for (size_t k = 0; k < event->n_claims; k++)
        ids[k] = event->claims[k].claim_id;
    return duplicates_mark(plan->scratch, ids, event->n_claims, marks, err);
}

static void write_claim(struct copy_row *row, const struct batch_entry *entry,
                        const struct claim_row *claim)
{
    copy_int(row, entry->report->report_id);
    copy_int(row, entry->reading_id);
    copy_int(row, claim->claim_id);
    copy_int_or_null(row, claim->event_id, 0);
    copy_int_or_null(row, claim->low, COUNT_OPEN);
    copy_int_or_null(row, claim->best, COUNT_OPEN);
    copy_int_or_null(row, claim->high, COUNT_OPEN);
    copy_int(row, claim->ordinal);
    copy_int(row, claim->span_start);
    copy_int(row, claim->span_end);
    copy_int(row, claim->sentence_start);
    copy_int(row, claim->sentence_end);
    copy_int(row, claim->claimant_rank);
    copy_bool(row, claim->running_total);
    copy_slice(row, claim->field);
    copy_slice_or_null(row, claim->part);
    copy_slice(row, claim->qualifier);
    copy_slice(row, claim->role);
    copy_slice_or_null(row, claim->doubt);
    copy_slice(row, claim->rule);
    copy_slice_or_null(row, claim->claimant);
    copy_slice_or_null(row, claim->claimant_kind);
    copy_slice_or_null(row, claim->claimant_party);
    copy_slice(row, claim->text);
    copy_slice(row, claim->sentence);
}

int batch_copy_claims(struct store *store, const struct batch_plan *plan,
                      struct change_counts *counts, struct error *err)
{
    struct copy_in copy;
    if (copy_in_start(store, &copy,
                      "COPY tracker.claim (report_id, reading_id, claim_id, event_id, low, best,"
                      " high, ordinal, span_start, span_end, sentence_start, sentence_end,"
                      " claimant_rank, running_total, field, part, qualifier, role, doubt, rule,"
                      " claimant, claimant_kind, claimant_party, text, sentence) FROM STDIN",
                      "storing claims", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_entries; i++) {
        const struct batch_entry *entry = &plan->entries[i];
        bool *twice;
        if (!entry_is_written(entry) || entry->read_before)
            continue;
        if (claims_said_twice(plan, entry, &twice, err) < 0)
            return -1;
        for (size_t k = 0; k < entry->n_claims; k++) {
            if (twice && twice[k])
                continue;
            write_claim(&copy.row, entry, &entry->report->claims[k]);
            if (copy_in_row(&copy, err) < 0)
                return -1;
        }
    }
    return copy_in_finish(&copy, &counts->claims, err);
}

/* integer[] is signed: the upper half of the numbers goes in as negative ones. */
static void write_numbers(struct copy_row *row, const uint32_t *numbers, size_t n)
{
    copy_array_start(row);
    for (size_t i = 0; i < n; i++)
        copy_array_int(row, i, (int32_t)numbers[i]);
    copy_array_end(row);
}

static void write_event(struct copy_row *row, const struct stored_event *stored)
{
    const struct event_row *event = &stored->row;
    copy_int(row, event->region_id);
    copy_int(row, event->event_id);
    copy_int(row, event->report_id);
    copy_int(row, event->copy_family);
    copy_instant(row, event->start);
    copy_instant(row, event->end);
    copy_instant(row, event->said_at);
    copy_int(row, event->population);
    copy_int(row, event->rank);
    copy_int_or_null(row, event->lat, PLACE_NO_COORDINATE);
    copy_int_or_null(row, event->lon, PLACE_NO_COORDINATE);
    copy_day(row, event->local_date);
    copy_int(row, stored->zone_offset);
    copy_int(row, stored->span_start);
    copy_int(row, stored->span_end);
    copy_text(row, event_scope_names[event->scope]);
    copy_slice(row, event->country);
    copy_text(row, place_precision_names[event->place_precision]);
    copy_text(row, when_precision_names[event->date_precision]);
    copy_slice(row, event->place_key);
    copy_slice_or_null(row, event->place_name);
    copy_slice_or_null(row, stored->place_written);
    copy_slice_or_null(row, event->adm1);
    copy_slice_or_null(row, event->adm1_code);
    copy_slice_or_null(row, event->zone);
    copy_slice_or_null(row, event->outlet);
    copy_slice_or_null(row, stored->when_phrase);
    copy_slice(row, stored->sentence);
    write_numbers(row, event->words, event->n_words);
    write_numbers(row, event->sketch, event->n_sketch);
    copy_int_or_null(row, event->former_killed, 0);
    copy_int_or_null(row, event->former_wounded, 0);
}

int batch_copy_events(struct store *store, const struct batch_plan *plan,
                      struct change_counts *counts, struct error *err)
{
    struct copy_in copy;
    if (copy_in_start(store, &copy,
                      "COPY tracker.event (region_id, event_id, report_id, copy_family, start_at,"
                      " end_at, said_at, population, rank, lat_e5, lon_e5, local_date,"
                      " zone_offset, span_start, span_end, scope, country, place_precision,"
                      " date_precision, place_key, place_name, place_written, adm1, adm1_code,"
                      " zone, outlet, when_phrase, sentence, words, sketch,"
                      " former_killed, former_wounded) FROM STDIN",
                      "storing events", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_entries; i++) {
        const struct batch_entry *entry = &plan->entries[i];
        bool *twice;
        if (!entry_is_written(entry))
            continue;
        if (events_told_twice(plan, entry, &twice, err) < 0)
            return -1;
        for (size_t k = 0; k < entry->n_events; k++) {
            if (twice && twice[k])
                continue;
            write_event(&copy.row, &entry->report->events[k]);
            if (copy_in_row(&copy, err) < 0)
                return -1;
        }
    }
    return copy_in_finish(&copy, &counts->events, err);
}

static void write_event_claim(struct copy_row *row, const struct event_row *event,
                              const struct event_claim *claim)
{
    copy_int(row, event->region_id);
    copy_int(row, event->event_id);
    copy_int(row, claim->claim_id);
    copy_int_or_null(row, claim->low, COUNT_OPEN);
    copy_int_or_null(row, claim->best, COUNT_OPEN);
    copy_int_or_null(row, claim->high, COUNT_OPEN);
    copy_int(row, claim->rank);
    copy_bool(row, claim->running_total);
    copy_bool(row, claim->enemy);
    copy_bool(row, claim->unverified);
    copy_slice(row, claim->measure.field);
    copy_slice_or_null(row, claim->measure.part);
    copy_text(row, qualifier_names[claim->qualifier]);
    copy_slice_or_null(row, claim->claimant);
    copy_slice_or_null(row, claim->claimant_kind);
    copy_slice_or_null(row, claim->party);
}

static int copy_claims_of(struct copy_in *copy, const struct batch_plan *plan,
                          const struct event_row *event, struct error *err)
{
    bool *twice;
    if (event_claims_said_twice(plan, event, &twice, err) < 0)
        return -1;
    for (size_t c = 0; c < event->n_claims; c++) {
        if (twice && twice[c])
            continue;
        write_event_claim(&copy->row, event, &event->claims[c]);
        if (copy_in_row(copy, err) < 0)
            return -1;
    }
    return 0;
}

static int copy_event_claims_of(struct copy_in *copy, const struct batch_plan *plan,
                                const struct batch_entry *entry, struct error *err)
{
    bool *twice;
    if (events_told_twice(plan, entry, &twice, err) < 0)
        return -1;
    for (size_t k = 0; k < entry->n_events; k++) {
        if (!(twice && twice[k]) &&
            copy_claims_of(copy, plan, &entry->report->events[k].row, err) < 0)
            return -1;
    }
    return 0;
}

int batch_copy_event_claims(struct store *store, const struct batch_plan *plan,
                            struct change_counts *counts, struct error *err)
{
    struct copy_in copy;
    if (copy_in_start(store, &copy,
                      "COPY tracker.event_claim (region_id, event_id, claim_id, low, best, high,"
                      " claimant_rank, running_total, enemy, unverified, field, part, qualifier,"
                      " claimant, claimant_kind, claimant_party) FROM STDIN",
                      "storing claims of events", err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_entries; i++) {
        const struct batch_entry *entry = &plan->entries[i];
        if (entry_is_written(entry) && copy_event_claims_of(&copy, plan, entry, err) < 0)
            return -1;
    }
    return copy_in_finish(&copy, &counts->others, err);
}

/* Rows sent so far, so that each distinct one goes once. The key of a row is its own COPY text. */
struct distinct {
    struct arena arena;
    struct map map;
    struct copy_in copy;
};

/* Sends the row that was written since `start`, or takes it back when it was sent before. */
static int send_distinct(struct distinct *distinct, size_t start, struct error *err)
{
    struct buffer *rows = &distinct->copy.store->copy;
    struct slice row = {rows->ptr + start, rows->len - start};
    if (buffer_check(rows, err) < 0)
        return -1;
    if (map_get(&distinct->map, row) != MAP_ABSENT) {
        rows->len = start;
        distinct->copy.row.comma = false;
        return 0;
    }
    struct slice key = arena_copy(&distinct->arena, row);
    if (!key.ptr)
        return arena_full(&distinct->arena, err);
    if (map_put(&distinct->map, key, 0, err) < 0)
        return -1;
    return copy_in_row(&distinct->copy, err);
}

static int distinct_start(struct distinct *distinct, struct store *store, const char *sql,
                          const char *what, struct error *err)
{
    *distinct = (struct distinct){0};
    arena_init(&distinct->arena, DISTINCT_CAP);
    return copy_in_start(store, &distinct->copy, sql, what, err);
}

static int distinct_finish(struct distinct *distinct, int rc, struct error *err)
{
    if (rc == 0)
        rc = copy_in_finish(&distinct->copy, NULL, err);
    map_free(&distinct->map);
    arena_free(&distinct->arena);
    return rc;
}

static int send_source(struct distinct *distinct, struct slice name, const char *role,
                       struct slice kind, struct slice party, int rank, struct error *err)
{
    if (!name.len)
        return 0;
    size_t start = distinct->copy.store->copy.len;
    struct copy_row *row = &distinct->copy.row;
    copy_slice(row, name);
    copy_text(row, role);
    copy_slice(row, kind);
    copy_slice(row, party);
    copy_int(row, rank);
    return send_distinct(distinct, start, err);
}

static int send_sources_of(struct distinct *distinct, const struct batch_entry *entry,
                           struct error *err)
{
    const struct report_row *report = entry->report;
    if (send_source(distinct, report->outlet, "outlet", SLICE_NONE, SLICE_NONE, 0, err) < 0)
        return -1;
    for (size_t k = 0; k < entry->n_claims; k++) {
        const struct claim_row *claim = &report->claims[k];
        if (send_source(distinct, claim->claimant, "claimant", claim->claimant_kind,
                        claim->claimant_party, claim->claimant_rank, err) < 0)
            return -1;
    }
    return 0;
}

int batch_stage_sources(struct store *store, const struct batch_plan *plan, struct error *err)
{
    struct distinct distinct;
    int rc = distinct_start(
        &distinct, store, "COPY pg_temp.incoming_source (name, role, kind, party, rank) FROM STDIN",
        "storing sources", err);
    for (size_t i = 0; rc == 0 && i < plan->n_entries; i++) {
        if (entry_is_written(&plan->entries[i]))
            rc = send_sources_of(&distinct, &plan->entries[i], err);
    }
    return distinct_finish(&distinct, rc, err);
}

static int send_region(struct distinct *distinct, const struct event_row *event, struct error *err)
{
    size_t start = distinct->copy.store->copy.len;
    struct copy_row *row = &distinct->copy.row;
    copy_int(row, event->region_id);
    copy_slice(row, event->country);
    copy_int(row, region_id_of(event->country));
    return send_distinct(distinct, start, err);
}

int batch_stage_regions(struct store *store, const struct batch_plan *plan, struct error *err)
{
    struct distinct distinct;
    int rc = distinct_start(&distinct, store,
                            "COPY pg_temp.incoming_region (region_id, country, cell_id) FROM STDIN",
                            "storing regions", err);
    for (size_t i = 0; rc == 0 && i < plan->n_entries; i++) {
        const struct batch_entry *entry = &plan->entries[i];
        for (size_t k = 0; rc == 0 && entry_is_written(entry) && k < entry->n_events; k++)
            rc = send_region(&distinct, &entry->report->events[k].row, err);
    }
    return distinct_finish(&distinct, rc, err);
}
