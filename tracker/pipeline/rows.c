#include "pipeline/rows.h"

#include <stdio.h>

#include "extract/event_words.h"
#include "extract/sketch.h"
#include "text/utf8.h"

/* Makes the rows of one report. `failed` is set by the first copy that does not fit. */
struct row_maker {
    struct arena *arena;
    const struct schema *schema;
    const struct report *report;
    const struct extraction *extraction;
    struct report_row *row;
    uint32_t *sketch; /* of the report: its events share it */
    size_t n_sketch;
    bool failed;
};

static struct slice keep(struct row_maker *m, struct slice s)
{
    if (!s.len)
        return SLICE_NONE;
    struct slice copy = arena_copy(m->arena, s);
    m->failed = m->failed || !copy.ptr;
    return copy;
}

static struct slice number_slice(char out[32], int64_t value)
{
    return (struct slice){out, (size_t)snprintf(out, 32, "%lld", (long long)value)};
}

static struct slice digest_slice(const struct digest *digest)
{
    return (struct slice){(const char *)digest->bytes, DIGEST_SIZE};
}

/* An id of something that stands at `start`..`end` of this edition of this report, told apart by
 * names. Without the report's identity a text published under two addresses would give both the
 * same events. */
static int64_t spot_id(const struct row_maker *m, const char *kind, uint32_t start, uint32_t end,
                       struct slice first, struct slice second, struct slice third)
{
    char a[32], b[32];
    const struct slice parts[] = {slice_of(kind),
                                  digest_slice(&m->row->identity),
                                  digest_slice(&m->row->edition),
                                  number_slice(a, start),
                                  number_slice(b, end),
                                  first,
                                  second,
                                  third};
    struct digest digest = digest_of(parts, sizeof parts / sizeof *parts);
    return digest_id(&digest);
}

static struct slice part_name(const struct row_maker *m, uint16_t field, uint16_t part)
{
    return part == SCHEMA_NONE ? SLICE_NONE : m->schema->fields[field].parts[part];
}

static int64_t event_id_of(const struct row_maker *m, uint32_t index)
{
    const struct event *event = &m->extraction->events[index];
    return spot_id(m, "event", event->start, event->end, slice_of(event_scope_names[event->scope]),
                   event->place.written, SLICE_NONE);
}

static int64_t claim_id_of(const struct row_maker *m, const struct claim *claim)
{
    return spot_id(m, "claim", claim->start, claim->end, m->schema->fields[claim->field].name,
                   part_name(m, claim->field, claim->part), claim->rule->name);
}

/* The rank of somebody unnamed: the outlet itself, which data.md puts behind agencies. */
#define OUTLET_RANK 7

static void claim_row_fill(struct row_maker *m, const struct claim *claim, int32_t ordinal,
                           struct claim_row *row)
{
    const struct document *doc = m->extraction->doc;
    const struct sentence *sentence = &doc->sentences[claim->sentence];
    *row = (struct claim_row){
        .claim_id = claim_id_of(m, claim),
        .ordinal = ordinal,
        .field = keep(m, m->schema->fields[claim->field].name),
        .part = keep(m, part_name(m, claim->field, claim->part)),
        .qualifier = slice_of(qualifier_names[claim->count.qualifier]),
        .role = slice_of(claim_role_names[claim->role]),
        .doubt = claim->doubt == DOUBT_NONE ? SLICE_NONE : slice_of(doubt_names[claim->doubt]),
        .low = claim->count.low,
        .best = claim->count.best,
        .high = claim->count.high,
        .span_start = (int32_t)claim->start,
        .span_end = (int32_t)claim->end,
        .sentence_start = (int32_t)sentence->start,
        .sentence_end = (int32_t)sentence->end,
        .text = keep(m, slice_sub(doc->text, claim->start, claim->end - claim->start)),
        .sentence = keep(m, slice_sub(doc->text, sentence->start, sentence->end - sentence->start)),
        .rule = keep(m, claim->rule->name),
        .claimant_rank = OUTLET_RANK,
        .running_total = claim->rule->running_total,
        .event_id = claim->event == UINT32_MAX ? 0 : event_id_of(m, claim->event),
    };
    if (claim->claimant) {
        row->claimant = keep(m, claim->claimant->name);
        row->claimant_kind = keep(m, claim->claimant->kind);
        row->claimant_party = keep(m, claim->claimant->party);
        row->claimant_rank = claim->claimant->rank;
    }
}

static void event_claim_fill(struct row_maker *m, const struct claim *claim,
                             const struct count *count, struct event_claim *out)
{
    *out = (struct event_claim){
        .claim_id = claim_id_of(m, claim),
        .measure = {keep(m, m->schema->fields[claim->field].name),
                    keep(m, part_name(m, claim->field, claim->part))},
        .low = count->low,
        .best = count->best,
        .high = count->high,
        .qualifier = (uint8_t)count->qualifier,
        .rank = claim->claimant ? claim->claimant->rank : OUTLET_RANK,
        .running_total = claim->rule->running_total,
        .enemy = claim->role == CLAIM_ENEMY,
        .unverified = claim->doubt == DOUBT_UNVERIFIED,
    };
    if (claim->claimant) {
        out->claimant = keep(m, claim->claimant->name);
        out->claimant_kind = keep(m, claim->claimant->kind);
        out->party = keep(m, claim->claimant->party);
    }
}

/* The value of an event for a claim's measure, or NULL. */
static const struct event_value *value_for(const struct event *event, const struct claim *claim)
{
    for (size_t i = 0; i < event->n_values; i++)
        if (event->values[i].field == claim->field && event->values[i].part == claim->part)
            return &event->values[i];
    return NULL;
}

/* A claim that restates a number by another voice is that voice's own word; one by the same voice
 * is not. */
static bool another_voice(const struct claim *claim, const struct claim *chosen)
{
    if (claim->role == CLAIM_ELSEWHERE || claim->rule->former || claim == chosen ||
        !claim->claimant)
        return false;
    return !chosen->claimant || !slice_equal(claim->claimant->name, chosen->claimant->name);
}

static int event_claims_fill(struct row_maker *m, uint32_t index, struct event_row *row,
                             struct error *err)
{
    const struct event *event = &m->extraction->events[index];
    const struct claims *claims = &m->extraction->claims;
    size_t most = event->n_values;
    for (size_t i = 0; i < claims->n; i++)
        most += claims->items[i].event == index;
    row->claims = ARENA_ARRAY(m->arena, struct event_claim, most);
    if (!row->claims)
        return arena_full(m->arena, err);
    for (size_t i = 0; i < event->n_values; i++)
        event_claim_fill(m, &claims->items[event->values[i].claim], &event->values[i].count,
                         &row->claims[row->n_claims++]);
    for (size_t i = 0; i < claims->n; i++) {
        const struct claim *claim = &claims->items[i];
        const struct event_value *value = claim->event == index ? value_for(event, claim) : NULL;
        if (value && another_voice(claim, &claims->items[value->claim]))
            event_claim_fill(m, claim, &claim->count, &row->claims[row->n_claims++]);
    }
    return 0;
}

/* The total of a field that the event's toll rose from: the highest told, 0 for none. */
static int64_t former_of(const struct row_maker *m, uint32_t index, const char *field)
{
    int64_t highest = 0;
    for (size_t i = 0; i < m->extraction->claims.n; i++) {
        const struct claim *claim = &m->extraction->claims.items[i];
        if (claim->event == index && claim->rule->former && claim->part == SCHEMA_NONE &&
            claim->role == CLAIM_RESTATED && claim->count.best > highest &&
            slice_is(m->schema->fields[claim->field].name, field))
            highest = claim->count.best;
    }
    return highest;
}

/* "g:691650" for a place of the gazetteer, "n:name|country" for one the text alone names. */
static struct slice place_key_of(struct row_maker *m, const struct place *place)
{
    if (place->precision == PRECISION_UNKNOWN && !place->country.len)
        return SLICE_NONE;
    struct slice key;
    if (place->geoname_id) {
        key = arena_format(m->arena, "g:%lld", (long long)place->geoname_id);
    } else {
        struct buffer folded;
        buffer_init(&folded, 4096);
        utf8_fold_name(&folded, place->name);
        key = arena_format(m->arena, "n:%.*s|%.*s", SLICE_ARG(buffer_slice(&folded)),
                           SLICE_ARG(place->country));
        buffer_free(&folded);
    }
    m->failed = m->failed || !key.ptr;
    return key;
}

/* The scope country lives in the country's pseudo-region, whatever place its sentence named. */
static int64_t event_region(const struct event *event)
{
    bool wide = event->scope == SCOPE_COUNTRY || !event->place.adm1_code.len;
    return region_id_of(wide ? event->place.country : event->place.adm1_code);
}

/* A wire copy printed word for word speaks with one voice: reports of equal body are one family. */
static int64_t family_of(const struct report *report)
{
    struct slice body = slice_trim(
        slice_sub(report->text, report->title_len, report->text.len - report->title_len));
    if (!body.len)
        body = report->text;
    struct digest digest = digest_bytes(body.ptr, body.len);
    return digest_id(&digest);
}

static int event_fill(struct row_maker *m, uint32_t index, struct stored_event *out,
                      struct error *err)
{
    const struct event *event = &m->extraction->events[index];
    const struct place *place = &event->place;
    const struct document *doc = m->extraction->doc;
    *out = (struct stored_event){
        .row =
            {
                .event_id = event_id_of(m, index),
                .report_id = m->row->report_id,
                .copy_family = family_of(m->report),
                .region_id = event_region(event),
                .rank = (uint16_t)(index < UINT16_MAX ? index + 1 : UINT16_MAX),
                .scope = (uint8_t)event->scope,
                .place_name = keep(m, place->name),
                .place_key = place_key_of(m, place),
                .country = keep(m, place->country),
                .adm1 = keep(m, place->adm1),
                .adm1_code = keep(m, place->adm1_code),
                .zone = keep(m, place->zone),
                .place_precision = (uint8_t)place->precision,
                .lat = place->lat,
                .lon = place->lon,
                .population = place->population,
                .start = event->when.start,
                .end = event->when.end,
                .local_date = event->when.local_date,
                .date_precision = (uint8_t)event->when.precision,
                .date_implied = !event->when.phrase.len && event->when.local_date != DAY_NONE,
                .said_at = m->row->published,
                .outlet = m->row->outlet,
                .former_killed = former_of(m, index, "killed"),
                .former_wounded = former_of(m, index, "wounded"),
            },
        .when_phrase = keep(m, event->when.phrase),
        .place_written = keep(m, place->written),
        .span_start = (int32_t)event->start,
        .span_end = (int32_t)event->end,
        .zone_offset = event->when.offset_start,
    };
    for (size_t i = 0; i < doc->n_sentences; i++) {
        const struct sentence *sentence = &doc->sentences[i];
        if (event->start >= sentence->start && event->start < sentence->end)
            out->sentence =
                keep(m, slice_sub(doc->text, sentence->start, sentence->end - sentence->start));
    }
    out->row.sketch = m->sketch;
    out->row.n_sketch = m->n_sketch;
    if (event_words_find(m->arena, m->extraction, index, &out->row.words, &out->row.n_words, err))
        return -1;
    return event_claims_fill(m, index, &out->row, err);
}

static void report_fill(struct row_maker *m, const struct digest *identity,
                        const struct digest *edition)
{
    const struct report *report = m->report;
    *m->row = (struct report_row){
        .report_id = digest_id(identity),
        .identity = *identity,
        .edition = *edition,
        .ref = keep(m, report->id),
        .url = keep(m, report->url),
        .title = keep(m, report->title),
        .text = keep(m, report->text),
        .outlet = keep(m, report->outlet),
        .lang = keep(m, report->lang),
        .path = keep(m, slice_of(report->path)),
        .published = stamp_instant(report->published),
        .published_has_time = report->published.seconds >= 0,
        .withdrawn = report->withdrawn,
    };
}

int rows_again(struct arena *arena, const struct schema *schema, const struct report *report,
               const struct digest *identity, const struct digest *edition,
               const struct extraction *extraction, struct report_row *out, struct error *err)
{
    struct row_maker maker = {
        .arena = arena, .schema = schema, .report = report, .extraction = extraction, .row = out};
    report_fill(&maker, identity, edition);
    out->claims = ARENA_ARRAY(arena, struct claim_row, extraction->claims.n);
    out->events = ARENA_ARRAY(arena, struct stored_event, extraction->n_events);
    if (!out->claims || !out->events)
        return arena_full(arena, err);
    if (extraction->n_events &&
        sketch_of(arena, extraction->doc, &maker.sketch, &maker.n_sketch, err))
        return -1;
    for (size_t i = 0; i < extraction->claims.n; i++)
        claim_row_fill(&maker, &extraction->claims.items[i], (int32_t)i,
                       &out->claims[out->n_claims++]);
    for (uint32_t i = 0; i < extraction->n_events; i++)
        if (event_fill(&maker, i, &out->events[out->n_events++], err))
            return -1;
    return maker.failed ? arena_full(arena, err) : 0;
}

int rows_of(struct arena *arena, const struct schema *schema, const struct report *report,
            const struct extraction *extraction, struct report_row *out, struct error *err)
{
    struct digest identity = report_identity(report), edition = report_edition(report);
    return rows_again(arena, schema, report, &identity, &edition, extraction, out, err);
}
