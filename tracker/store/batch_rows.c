#include "store/batch_rows.h"

#include "base/map.h"
#include "extract/event.h"
#include "store/copy_table.h"
#include "store/duplicates.h"

/* Distinct sources and regions of one batch: far fewer than this many bytes. */
#define DISTINCT_CAP ((size_t)256 << 20)

/* Parts of the rows. */
enum { REPORT, ENTRY, PLAN, EVENT_LIST };
enum { CLAIM = 2 };
enum { EVENT, STORED, EVENT_CLAIM = 1 };

/* A report's events, for its row. */
struct event_list {
    int64_t *regions, *ids;
    size_t n;
};

static const struct copy_column REPORT_COLUMNS[] = {
    COLUMN("report_id", REPORT, struct report_row, report_id),
    COLUMN("identity", REPORT, struct report_row, identity),
    COLUMN("edition", REPORT, struct report_row, edition),
    COLUMN("reading_id", ENTRY, struct batch_entry, reading_id),
    COLUMN("ruleset_id", PLAN, struct batch_plan, ruleset_id),
    COLUMN("ref", REPORT, struct report_row, ref),
    COLUMN_AS(COPY_TEXT_OR_NULL, "url", REPORT, struct report_row, url),
    COLUMN_AS(COPY_TEXT_OR_NULL, "title", REPORT, struct report_row, title),
    COLUMN("text", REPORT, struct report_row, text),
    COLUMN_AS(COPY_TEXT_OR_NULL, "outlet", REPORT, struct report_row, outlet),
    COLUMN_AS(COPY_TEXT_OR_NULL, "lang", REPORT, struct report_row, lang),
    COLUMN_AS(COPY_TEXT_OR_NULL, "path", REPORT, struct report_row, path),
    COLUMN_AS(COPY_INSTANT, "published_at", REPORT, struct report_row, published),
    COLUMN("published_has_time", REPORT, struct report_row, published_has_time),
    COLUMN("withdrawn", REPORT, struct report_row, withdrawn),
    COLUMN_LIST("event_regions", EVENT_LIST, struct event_list, regions, n),
    COLUMN_LIST("event_ids", EVENT_LIST, struct event_list, ids, n),
    COLUMN_AS(COPY_INSTANT, "seen_at", ENTRY, struct batch_entry, seen_at),
};
static const struct copy_table REPORTS =
    COPY_TABLE("tracker.report", "storing reports", REPORT_COLUMNS);

static int send_report(struct copy_in *copy, const struct batch_plan *plan,
                       const struct batch_entry *entry, struct error *err)
{
    arena_reset(plan->scratch);
    struct event_list list = {.regions = ARENA_ARRAY(plan->scratch, int64_t, entry->n_events),
                              .ids = ARENA_ARRAY(plan->scratch, int64_t, entry->n_events),
                              .n = entry->n_events};
    if (!list.regions || !list.ids)
        return arena_full(plan->scratch, err);
    for (size_t k = 0; k < list.n; k++) {
        list.regions[k] = entry->report->events[k].row.region_id;
        list.ids[k] = entry->report->events[k].row.event_id;
    }
    const void *const parts[] = {entry->report, entry, plan, &list};
    return copy_table_row(copy, &REPORTS, parts, err);
}

int batch_copy_reports(struct store *store, const struct batch_plan *plan,
                       struct change_counts *counts, struct error *err)
{
    struct copy_in copy;
    if (copy_table_start(store, &copy, &REPORTS, err) < 0)
        return -1;
    for (size_t i = 0; i < plan->n_entries; i++)
        if (entry_is_written(&plan->entries[i]) &&
            send_report(&copy, plan, &plan->entries[i], err) < 0)
            return -1;
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

static const struct copy_column CLAIM_COLUMNS[] = {
    COLUMN("report_id", REPORT, struct report_row, report_id),
    COLUMN("reading_id", ENTRY, struct batch_entry, reading_id),
    COLUMN("claim_id", CLAIM, struct claim_row, claim_id),
    COLUMN_OR_NULL("event_id", CLAIM, struct claim_row, event_id, 0),
    COLUMN_OR_NULL("low", CLAIM, struct claim_row, low, COUNT_OPEN),
    COLUMN_OR_NULL("best", CLAIM, struct claim_row, best, COUNT_OPEN),
    COLUMN_OR_NULL("high", CLAIM, struct claim_row, high, COUNT_OPEN),
    COLUMN("ordinal", CLAIM, struct claim_row, ordinal),
    COLUMN("span_start", CLAIM, struct claim_row, span_start),
    COLUMN("span_end", CLAIM, struct claim_row, span_end),
    COLUMN("sentence_start", CLAIM, struct claim_row, sentence_start),
    COLUMN("sentence_end", CLAIM, struct claim_row, sentence_end),
    COLUMN("claimant_rank", CLAIM, struct claim_row, claimant_rank),
    COLUMN("running_total", CLAIM, struct claim_row, running_total),
    COLUMN("field", CLAIM, struct claim_row, field),
    COLUMN_AS(COPY_TEXT_OR_NULL, "part", CLAIM, struct claim_row, part),
    COLUMN("qualifier", CLAIM, struct claim_row, qualifier),
    COLUMN("role", CLAIM, struct claim_row, role),
    COLUMN_AS(COPY_TEXT_OR_NULL, "doubt", CLAIM, struct claim_row, doubt),
    COLUMN("rule", CLAIM, struct claim_row, rule),
    COLUMN_AS(COPY_TEXT_OR_NULL, "claimant", CLAIM, struct claim_row, claimant),
    COLUMN_AS(COPY_TEXT_OR_NULL, "claimant_kind", CLAIM, struct claim_row, claimant_kind),
    COLUMN_AS(COPY_TEXT_OR_NULL, "claimant_party", CLAIM, struct claim_row, claimant_party),
    COLUMN("text", CLAIM, struct claim_row, text),
    COLUMN("sentence", CLAIM, struct claim_row, sentence),
};
static const struct copy_table CLAIMS =
    COPY_TABLE("tracker.claim", "storing claims", CLAIM_COLUMNS);

int batch_copy_claims(struct store *store, const struct batch_plan *plan,
                      struct change_counts *counts, struct error *err)
{
    struct copy_in copy;
    if (copy_table_start(store, &copy, &CLAIMS, err) < 0)
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
            const void *const parts[] = {entry->report, entry, &entry->report->claims[k]};
            if (copy_table_row(&copy, &CLAIMS, parts, err) < 0)
                return -1;
        }
    }
    return copy_in_finish(&copy, &counts->claims, err);
}

static const struct copy_column EVENT_COLUMNS[] = {
    COLUMN("region_id", EVENT, struct event_row, region_id),
    COLUMN("event_id", EVENT, struct event_row, event_id),
    COLUMN("report_id", EVENT, struct event_row, report_id),
    COLUMN("copy_family", EVENT, struct event_row, copy_family),
    COLUMN_AS(COPY_INSTANT, "start_at", EVENT, struct event_row, start),
    COLUMN_AS(COPY_INSTANT, "end_at", EVENT, struct event_row, end),
    COLUMN_AS(COPY_INSTANT, "said_at", EVENT, struct event_row, said_at),
    COLUMN("population", EVENT, struct event_row, population),
    COLUMN("rank", EVENT, struct event_row, rank),
    COLUMN_OR_NULL("lat_e5", EVENT, struct event_row, lat, PLACE_NO_COORDINATE),
    COLUMN_OR_NULL("lon_e5", EVENT, struct event_row, lon, PLACE_NO_COORDINATE),
    COLUMN_AS(COPY_DAY, "local_date", EVENT, struct event_row, local_date),
    COLUMN("zone_offset", STORED, struct stored_event, zone_offset),
    COLUMN("span_start", STORED, struct stored_event, span_start),
    COLUMN("span_end", STORED, struct stored_event, span_end),
    COLUMN_NAMED("scope", EVENT, struct event_row, scope, event_scope_names),
    COLUMN("country", EVENT, struct event_row, country),
    COLUMN_NAMED("place_precision", EVENT, struct event_row, place_precision,
                 place_precision_names),
    COLUMN_NAMED("date_precision", EVENT, struct event_row, date_precision, when_precision_names),
    COLUMN("place_key", EVENT, struct event_row, place_key),
    COLUMN_AS(COPY_TEXT_OR_NULL, "place_name", EVENT, struct event_row, place_name),
    COLUMN_AS(COPY_TEXT_OR_NULL, "place_written", STORED, struct stored_event, place_written),
    COLUMN_AS(COPY_TEXT_OR_NULL, "adm1", EVENT, struct event_row, adm1),
    COLUMN_AS(COPY_TEXT_OR_NULL, "adm1_code", EVENT, struct event_row, adm1_code),
    COLUMN_AS(COPY_TEXT_OR_NULL, "zone", EVENT, struct event_row, zone),
    COLUMN_AS(COPY_TEXT_OR_NULL, "outlet", EVENT, struct event_row, outlet),
    COLUMN_AS(COPY_TEXT_OR_NULL, "when_phrase", STORED, struct stored_event, when_phrase),
    COLUMN("sentence", STORED, struct stored_event, sentence),
    COLUMN_LIST("words", EVENT, struct event_row, words, n_words),
    COLUMN_LIST("sketch", EVENT, struct event_row, sketch, n_sketch),
    COLUMN_OR_NULL("former_killed", EVENT, struct event_row, former_killed, 0),
    COLUMN_OR_NULL("former_wounded", EVENT, struct event_row, former_wounded, 0),
};
static const struct copy_table EVENTS =
    COPY_TABLE("tracker.event", "storing events", EVENT_COLUMNS);

int batch_copy_events(struct store *store, const struct batch_plan *plan,
                      struct change_counts *counts, struct error *err)
{
    struct copy_in copy;
    if (copy_table_start(store, &copy, &EVENTS, err) < 0)
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
            const struct stored_event *stored = &entry->report->events[k];
            const void *const parts[] = {&stored->row, stored};
            if (copy_table_row(&copy, &EVENTS, parts, err) < 0)
                return -1;
        }
    }
    return copy_in_finish(&copy, &counts->events, err);
}

static const struct copy_column EVENT_CLAIM_COLUMNS[] = {
    COLUMN("region_id", EVENT, struct event_row, region_id),
    COLUMN("event_id", EVENT, struct event_row, event_id),
    COLUMN("claim_id", EVENT_CLAIM, struct event_claim, claim_id),
    COLUMN_OR_NULL("low", EVENT_CLAIM, struct event_claim, low, COUNT_OPEN),
    COLUMN_OR_NULL("best", EVENT_CLAIM, struct event_claim, best, COUNT_OPEN),
    COLUMN_OR_NULL("high", EVENT_CLAIM, struct event_claim, high, COUNT_OPEN),
    COLUMN("claimant_rank", EVENT_CLAIM, struct event_claim, rank),
    COLUMN("running_total", EVENT_CLAIM, struct event_claim, running_total),
    COLUMN("enemy", EVENT_CLAIM, struct event_claim, enemy),
    COLUMN("unverified", EVENT_CLAIM, struct event_claim, unverified),
    COLUMN("field", EVENT_CLAIM, struct event_claim, measure.field),
    COLUMN_AS(COPY_TEXT_OR_NULL, "part", EVENT_CLAIM, struct event_claim, measure.part),
    COLUMN_NAMED("qualifier", EVENT_CLAIM, struct event_claim, qualifier, qualifier_names),
    COLUMN_AS(COPY_TEXT_OR_NULL, "claimant", EVENT_CLAIM, struct event_claim, claimant),
    COLUMN_AS(COPY_TEXT_OR_NULL, "claimant_kind", EVENT_CLAIM, struct event_claim, claimant_kind),
    COLUMN_AS(COPY_TEXT_OR_NULL, "claimant_party", EVENT_CLAIM, struct event_claim, party),
};
static const struct copy_table EVENT_CLAIMS =
    COPY_TABLE("tracker.event_claim", "storing claims of events", EVENT_CLAIM_COLUMNS);

static int copy_claims_of(struct copy_in *copy, const struct batch_plan *plan,
                          const struct event_row *event, struct error *err)
{
    bool *twice;
    if (event_claims_said_twice(plan, event, &twice, err) < 0)
        return -1;
    for (size_t c = 0; c < event->n_claims; c++) {
        if (twice && twice[c])
            continue;
        const void *const parts[] = {event, &event->claims[c]};
        if (copy_table_row(copy, &EVENT_CLAIMS, parts, err) < 0)
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
    if (copy_table_start(store, &copy, &EVENT_CLAIMS, err) < 0)
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
