/* The line of `tracker extract`: the contract that scripts read (architecture.md,
 * strike-extract/1). */
#include "extract/counts.h"
#include "extract/extract.h"

static void write_bound(struct json_writer *json, const char *key, int64_t value)
{
    json_key(json, key);
    if (value == COUNT_OPEN)
        json_null(json);
    else
        json_int(json, value);
}

static void write_bounds(struct json_writer *json, const struct count *count)
{
    write_bound(json, "low", count->low);
    write_bound(json, "best", count->best);
    write_bound(json, "high", count->high);
    json_key(json, "qualifier");
    json_text(json, qualifier_names[count->qualifier]);
}

static void write_place(struct json_writer *json, const struct place *place)
{
    json_key(json, "place");
    if (place->precision == PRECISION_UNKNOWN && !place->country.len) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    const struct {
        const char *key;
        struct slice value;
    } texts[] = {
        {"name", place->name},
        {"written", place->written},
        {"country", place->country},
        {"adm1", place->adm1},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_key(json, texts[i].key);
        json_slice(json, texts[i].value);
    }
    json_key(json, "lat");
    if (place->lat == PLACE_NO_COORDINATE)
        json_null(json);
    else
        json_decimal(json, place->lat, 5);
    json_key(json, "lon");
    if (place->lon == PLACE_NO_COORDINATE)
        json_null(json);
    else
        json_decimal(json, place->lon, 5);
    json_key(json, "precision");
    json_text(json, place_precision_names[place->precision]);
    json_close(json, '}');
}

static void write_instant(struct json_writer *json, const char *key, instant at, int32_t offset)
{
    char text[40];
    json_key(json, key);
    if (at == INSTANT_NONE) {
        json_null(json);
        return;
    }
    instant_format(at, offset, text);
    json_text(json, text);
}

static void write_when(struct json_writer *json, const struct when *when)
{
    char day[16];
    json_key(json, "when");
    json_open(json, '{');
    write_instant(json, "start", when->start, when->offset_start);
    write_instant(json, "end", when->end, when->offset_end);
    json_key(json, "local_date");
    if (when->local_date == DAY_NONE) {
        json_null(json);
    } else {
        day_format(when->local_date, day);
        json_text(json, day);
    }
    json_key(json, "precision");
    json_text(json, when_precision_names[when->precision]);
    json_key(json, "phrase");
    json_slice(json, when->phrase);
    json_close(json, '}');
}

/* "killed", "drones_intercepted": the name of a measure as a key. */
static void measure_key(struct json_writer *json, const struct schema *schema, uint16_t field,
                        uint16_t part)
{
    const struct schema_field *f = &schema->fields[field];
    json_key_parts(json, f->name, part == SCHEMA_NONE ? SLICE_NONE : f->parts[part]);
}

static void write_claim(struct json_writer *json, const struct schema *schema,
                        const struct extraction *extraction, const struct claim *claim)
{
    const struct sentence *sentence = &extraction->doc->sentences[claim->sentence];
    json_open(json, '{');
    json_key(json, "field");
    json_slice(json, schema->fields[claim->field].name);
    json_key(json, "part");
    json_slice(json, claim->part == SCHEMA_NONE ? SLICE_NONE
                                                : schema->fields[claim->field].parts[claim->part]);
    json_key(json, "rule");
    json_slice(json, claim->rule->name);
    json_key(json, "start");
    json_int(json, claim->start);
    json_key(json, "end");
    json_int(json, claim->end);
    json_key(json, "text");
    json_slice(json, slice_sub(extraction->doc->text, claim->start, claim->end - claim->start));
    json_key(json, "claimant");
    json_slice(json, claim->claimant ? claim->claimant->name : SLICE_NONE);
    write_bounds(json, &claim->count);
    json_key(json, "role");
    json_text(json, claim_role_names[claim->role]);
    json_key(json, "doubt");
    json_text(json, claim->doubt == DOUBT_NONE ? NULL : doubt_names[claim->doubt]);
    json_key(json, "sentence_start");
    json_int(json, sentence->start);
    json_key(json, "sentence_end");
    json_int(json, sentence->end);
    json_close(json, '}');
}

static void write_event(struct json_writer *json, const struct schema *schema,
                        const struct extraction *extraction, uint32_t index)
{
    const struct event *event = &extraction->events[index];
    json_open(json, '{');
    json_key(json, "scope");
    json_text(json, event_scope_names[event->scope]);
    write_place(json, &event->place);
    write_when(json, &event->when);
    for (size_t i = 0; i < event->n_values; i++) {
        measure_key(json, schema, event->values[i].field, event->values[i].part);
        json_open(json, '{');
        write_bounds(json, &event->values[i].count);
        json_close(json, '}');
    }
    json_key(json, "claims");
    json_open(json, '[');
    for (size_t i = 0; i < extraction->claims.n; i++)
        if (extraction->claims.items[i].event == index)
            write_claim(json, schema, extraction, &extraction->claims.items[i]);
    json_close(json, ']');
    json_close(json, '}');
}

/* Claims of no event of this report: hypothetical, denied, historical, totals of the war. Shown,
 * never counted. */
static void write_elsewhere(struct json_writer *json, const struct schema *schema,
                            const struct extraction *extraction)
{
    bool open = false;
    for (size_t i = 0; i < extraction->claims.n; i++) {
        if (extraction->claims.items[i].event != UINT32_MAX)
            continue;
        if (!open) {
            json_key(json, "claims_elsewhere");
            json_open(json, '[');
            open = true;
        }
        write_claim(json, schema, extraction, &extraction->claims.items[i]);
    }
    if (open)
        json_close(json, ']');
}

void extraction_write(struct buffer *out, const struct schema *schema, const struct report *report,
                      const struct extraction *extraction)
{
    struct json_writer json;
    json_start(&json, out);
    json_open(&json, '{');
    json_key(&json, "format");
    json_text(&json, "strike-extract/1");
    json_key(&json, "id");
    json_slice(&json, report->id);
    json_key(&json, "events");
    json_open(&json, '[');
    for (uint32_t i = 0; extraction && i < extraction->n_events; i++)
        write_event(&json, schema, extraction, i);
    json_close(&json, ']');
    if (extraction)
        write_elsewhere(&json, schema, extraction);
    if (report->rejected) {
        char text[1024];
        error_describe(&report->problem, text, sizeof text);
        json_key(&json, "error");
        json_text(&json, text);
    }
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}
