/* The formats of `tracker export`. */
#include "report/export.h"

#include "report/export_columns.h"

const struct export_format export_formats[] = {
    {"csv", "incidents.csv", "Incidents, as strikes.incidents has them", NULL, export_csv},
    {"figures", "figures.csv",
     "Figures: every field and part of every incident, with who said it and the sentence", NULL,
     export_figures},
    {"hxl", "incidents.hxl.csv", "Incidents with HXL hashtags in the second row", NULL, export_hxl},
    {"acled", "acled.csv", "Incidents under ACLED's column names",
     "Not ACLED data. Events are found by rules in reports and reconciled, not coded by hand. "
     "fatalities is the tracker's best number, attackers included; where nobody stated one it is "
     "empty, and not 0. Actors, interaction and civilian targeting are not known. country is an "
     "ISO "
     "code. Only incidents in totals are here, so that nobody is counted twice.",
     export_acled},
    {"ged", "ged.csv", "Fatal incidents under the column names of UCDP GED",
     "Not UCDP data. No conflict, dyad or side is assigned; deaths_unknown holds everybody who is "
     "not stated to be a civilian, attackers included. low and high are the bounds that the "
     "sources "
     "leave, not a coder's. where_prec 2 is a place that no gazetteer has. country is an ISO code.",
     export_ged},
    {"jsonl", "incidents.jsonl", NULL, NULL, export_jsonl},
    {"geojson", "incidents.geojson", NULL, NULL, export_geojson},
};
const size_t n_export_formats = sizeof export_formats / sizeof *export_formats;

void export_csv(struct buffer *out, const struct situation *situation)
{
    export_table_write(out, &incident_table, situation, false);
}

void export_hxl(struct buffer *out, const struct situation *situation)
{
    export_table_write(out, &incident_table, situation, true);
}

void export_acled(struct buffer *out, const struct situation *situation)
{
    export_table_write(out, &acled_table, situation, false);
}

void export_ged(struct buffer *out, const struct situation *situation)
{
    export_table_write(out, &ged_table, situation, false);
}

/* ---- figures ---- */

static const struct {
    const char *name;
    enum column_type type;
    const char *meaning;
} figure_columns[] = {
    {"incident_id", COLUMN_TEXT, "The incident"},
    {"field", COLUMN_TEXT, "What is counted: killed, wounded, drones, ..."},
    {"part", COLUMN_TEXT, "Which of them, never to be added to the total; empty: all"},
    {"low", COLUMN_INTEGER, "Least number the reports allow; empty: open"},
    {"best", COLUMN_INTEGER, "The number to use, 0 only if stated; empty: no report gives one"},
    {"high", COLUMN_INTEGER, "Greatest number the reports allow; empty: open"},
    {"state", COLUMN_TEXT, "known, zero_stated or unquantified"},
    {"in_totals", COLUMN_BOOLEAN, "true: may be summed over this field and part"},
    {"rule", COLUMN_TEXT, "The policy rule that chose it"},
    {"who", COLUMN_TEXT, "Claimant, else outlet; empty: no single claim gave it"},
    {"outlet", COLUMN_TEXT, "Who printed it; empty: unknown"},
    {"published", COLUMN_DATE, "When; empty: unknown"},
    {"url", COLUMN_TEXT, "Where; empty: unknown"},
    {"sentence", COLUMN_TEXT, "The sentence it stands in; empty: no single claim gave it"},
};
#define FIGURE_COLUMNS (sizeof figure_columns / sizeof *figure_columns)

static void number_cell(struct buffer *out, int64_t number)
{
    if (number != COUNT_OPEN)
        buffer_add_int(out, number);
    buffer_add_char(out, ',');
}

static void text_cell(struct buffer *out, struct slice text, const char *end)
{
    csv_cell(out, text, true);
    buffer_add_text(out, end);
}

static void figure_row(struct buffer *out, const struct situation_incident *incident,
                       const struct situation_figure *f)
{
    text_cell(out, incident->id, ",");
    text_cell(out, f->field, ",");
    text_cell(out, f->part, ",");
    number_cell(out, f->low);
    number_cell(out, f->best);
    number_cell(out, f->high);
    text_cell(out, f->state, ",");
    buffer_add_text(out, f->in_totals ? "true," : "false,");
    text_cell(out, f->rule, ",");
    text_cell(out, f->who, ",");
    text_cell(out, f->outlet, ",");
    text_cell(out, f->published, ",");
    text_cell(out, f->url, ",");
    text_cell(out, f->sentence, "\r\n");
}

void export_figures(struct buffer *out, const struct situation *situation)
{
    for (size_t c = 0; c < FIGURE_COLUMNS; c++)
        buffer_format(out, "%s%s", c ? "," : "", figure_columns[c].name);
    buffer_add_text(out, "\r\n");
    for (size_t i = 0; i < situation->n_incidents; i++)
        for (size_t k = 0; k < situation->incidents[i].n_figures; k++)
            figure_row(out, &situation->incidents[i],
                       &situation->figures[situation->incidents[i].first_figure + k]);
}

/* ---- JSON ---- */

static void number_json(struct json_writer *json, const char *key, int64_t number)
{
    json_key(json, key);
    if (number == COUNT_OPEN)
        json_null(json);
    else
        json_int(json, number);
}

static void figures_json(struct json_writer *json, const struct situation *s,
                         const struct situation_incident *incident)
{
    json_open(json, '[');
    for (size_t i = 0; i < incident->n_figures; i++) {
        const struct situation_figure *f = &s->figures[incident->first_figure + i];
        const struct {
            const char *key;
            struct slice value;
        } texts[] = {{"state", f->state},      {"rule", f->rule},           {"who", f->who},
                     {"outlet", f->outlet},    {"published", f->published}, {"url", f->url},
                     {"sentence", f->sentence}};
        json_open(json, '{');
        json_key(json, "field");
        json_slice(json, f->field);
        json_key(json, "part");
        json_slice(json, f->part);
        number_json(json, "low", f->low);
        number_json(json, "best", f->best);
        number_json(json, "high", f->high);
        json_key(json, "in_totals");
        json_bool(json, f->in_totals);
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            json_key(json, texts[k].key);
            json_slice(json, texts[k].value);
        }
        json_close(json, '}');
    }
    json_close(json, ']');
}

/* The members of an incident, inside an open object. */
static void incident_json(struct json_writer *json, const struct situation *s,
                          const struct situation_incident *incident)
{
    char day[16] = "";
    if (incident->day != DAY_NONE)
        day_format(incident->day, day);
    const struct {
        const char *key;
        struct slice value;
    } texts[] = {
        {"incident_id", incident->id},
        {"parent_id", incident->parent_id},
        {"scope", incident->scope},
        {"place", incident->place},
        {"place_precision", incident->place_precision},
        {"adm1", incident->adm1},
        {"country", incident->country},
        {"local_date", *day ? slice_of(day) : SLICE_NONE},
        {"date_precision", incident->date_precision},
        {"start_at", incident->start_at},
        {"end_at", incident->end_at},
        {"grading", incident->grading},
        {"sources", incident->sources},
        {"first_reported_at", incident->first_reported},
        {"last_changed_at", incident->last_changed},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_key(json, texts[i].key);
        json_slice(json, texts[i].value);
    }
    json_key(json, "in_totals");
    json_bool(json, incident->in_totals);
    json_key(json, "n_reports");
    json_int(json, incident->n_reports);
    json_key(json, "n_independent");
    json_int(json, incident->n_independent);
    json_key(json, "figures");
    figures_json(json, s, incident);
}

void export_jsonl(struct buffer *out, const struct situation *situation)
{
    for (size_t i = 0; i < situation->n_incidents; i++) {
        const struct situation_incident *incident = &situation->incidents[i];
        struct json_writer json;
        json_start(&json, out);
        json_open(&json, '{');
        json_key(&json, "lat");
        if (incident->located)
            json_decimal(&json, incident->lat_e5, 5);
        else
            json_null(&json);
        json_key(&json, "lon");
        if (incident->located)
            json_decimal(&json, incident->lon_e5, 5);
        else
            json_null(&json);
        incident_json(&json, situation, incident);
        json_close(&json, '}');
        buffer_add_char(out, '\n');
    }
}

static void geometry_json(struct json_writer *json, const struct situation_incident *incident)
{
    json_key(json, "geometry");
    if (!incident->located) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    json_key(json, "type");
    json_text(json, "Point");
    json_key(json, "coordinates");
    json_open(json, '[');
    json_decimal(json, incident->lon_e5, 5);
    json_decimal(json, incident->lat_e5, 5);
    json_close(json, ']');
    json_close(json, '}');
}

void export_geojson(struct buffer *out, const struct situation *situation)
{
    struct json_writer json;
    json_start(&json, out);
    json_open(&json, '{');
    json_key(&json, "type");
    json_text(&json, "FeatureCollection");
    json_key(&json, "features");
    json_open(&json, '[');
    for (size_t i = 0; i < situation->n_incidents; i++) {
        const struct situation_incident *incident = &situation->incidents[i];
        json_open(&json, '{');
        json_key(&json, "type");
        json_text(&json, "Feature");
        json_key(&json, "id");
        json_slice(&json, incident->id);
        geometry_json(&json, incident);
        json_key(&json, "properties");
        json_open(&json, '{');
        incident_json(&json, situation, incident);
        json_close(&json, '}');
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}

/* ---- the data package ---- */

static const char *const type_names[] = {"string", "integer",  "number",
                                         "date",   "datetime", "boolean"};

static void field_json(struct json_writer *json, const char *name, enum column_type type,
                       const char *meaning)
{
    json_open(json, '{');
    json_key(json, "name");
    json_text(json, name);
    json_key(json, "type");
    json_text(json, type_names[type]);
    json_key(json, "description");
    json_text(json, meaning);
    json_close(json, '}');
}

static void schema_json(struct json_writer *json, const struct export_table *table)
{
    json_key(json, "schema");
    json_open(json, '{');
    json_key(json, "fields");
    json_open(json, '[');
    for (size_t i = 0; table && i < table->n; i++)
        field_json(json, table->columns[i].name, table->columns[i].type, table->columns[i].meaning);
    for (size_t i = 0; !table && i < FIGURE_COLUMNS; i++)
        field_json(json, figure_columns[i].name, figure_columns[i].type, figure_columns[i].meaning);
    json_close(json, ']');
    json_key(json, "missingValues");
    json_open(json, '[');
    json_text(json, "");
    json_close(json, ']');
    json_close(json, '}');
}

/* The table behind a file; NULL for the figures. */
static const struct export_table *table_of(const struct export_format *format)
{
    return format->write == export_csv     ? &incident_table
           : format->write == export_acled ? &acled_table
           : format->write == export_ged   ? &ged_table
                                           : NULL;
}

static void resource_json(struct json_writer *json, const struct export_format *format)
{
    json_open(json, '{');
    json_key(json, "name");
    json_text(json, format->name[0] == 'c' ? "incidents" : format->name);
    json_key(json, "path");
    json_text(json, format->file);
    json_key(json, "title");
    json_text(json, format->title);
    if (format->notes) {
        json_key(json, "description");
        json_text(json, format->notes);
    }
    json_key(json, "profile");
    json_text(json, "tabular-data-resource");
    json_key(json, "format");
    json_text(json, "csv");
    json_key(json, "mediatype");
    json_text(json, "text/csv");
    json_key(json, "encoding");
    json_text(json, "utf-8");
    schema_json(json, table_of(format));
    json_close(json, '}');
}

void export_package(struct buffer *out, const char *as_of, const char *version)
{
    struct json_writer json;
    json_start(&json, out);
    json_open(&json, '{');
    json_key(&json, "profile");
    json_text(&json, "tabular-data-package");
    json_key(&json, "name");
    json_text(&json, "strike-incidents");
    json_key(&json, "title");
    json_text(&json, "Strikes and their casualties, reconciled from reports");
    json_key(&json, "version");
    json_text(&json, version);
    json_key(&json, "created");
    json_text(&json, as_of);
    json_key(&json, "description");
    json_text(&json, "Sum killed, wounded and missing only over incidents whose in_totals is true, "
                     "and figures whose in_totals is true. An empty number is not 0: nobody stated "
                     "one. A text that a spreadsheet would run as a formula begins with an "
                     "apostrophe.");
    json_key(&json, "resources");
    json_open(&json, '[');
    for (size_t i = 0; i < n_export_formats; i++)
        if (export_formats[i].title && export_formats[i].write != export_hxl)
            resource_json(&json, &export_formats[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}
