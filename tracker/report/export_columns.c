/* The columns of tabular exports: what strikes.incidents has. */
#include "report/export_columns.h"

#include "report/blocks.h"

bool figure_end(const struct situation *situation, const struct situation_incident *incident,
                const struct export_column *column, int64_t *out)
{
    const struct situation_figure *f = figure_of(situation, incident, column->field, column->part);
    if (!f)
        return false;
    *out = column->end == END_LOW ? f->low : column->end == END_BEST ? f->best : f->high;
    return *out != COUNT_OPEN;
}

static void write_figure(struct buffer *out, const struct situation *situation,
                         const struct situation_incident *incident,
                         const struct export_column *column)
{
    int64_t value;
    if (figure_end(situation, incident, column, &value))
        buffer_add_int(out, value);
}

#define TEXT_COLUMN(member)                                                           \
    static void write_##member(struct buffer *out, const struct situation *situation, \
                               const struct situation_incident *incident,             \
                               const struct export_column *column)                    \
    {                                                                                 \
        (void)situation;                                                              \
        (void)column;                                                                 \
        buffer_add_slice(out, incident->member);                                      \
    }
TEXT_COLUMN(id)
TEXT_COLUMN(parent_id)
TEXT_COLUMN(scope)
TEXT_COLUMN(place)
TEXT_COLUMN(place_precision)
TEXT_COLUMN(adm1)
TEXT_COLUMN(country)
TEXT_COLUMN(date_precision)
TEXT_COLUMN(start_at)
TEXT_COLUMN(end_at)
TEXT_COLUMN(grading)
TEXT_COLUMN(sources)
TEXT_COLUMN(first_reported)
TEXT_COLUMN(last_changed)

static void write_totals(struct buffer *out, const struct situation *situation,
                         const struct situation_incident *incident,
                         const struct export_column *column)
{
    (void)situation;
    (void)column;
    buffer_add_text(out, incident->in_totals ? "true" : "false");
}

void degrees_add(struct buffer *out, int32_t e5)
{
    struct json_writer json;
    json_start(&json, out);
    json_decimal(&json, e5, 5);
}

static void write_lat(struct buffer *out, const struct situation *situation,
                      const struct situation_incident *incident, const struct export_column *column)
{
    (void)situation;
    (void)column;
    if (incident->located)
        degrees_add(out, incident->lat_e5);
}

static void write_lon(struct buffer *out, const struct situation *situation,
                      const struct situation_incident *incident, const struct export_column *column)
{
    (void)situation;
    (void)column;
    if (incident->located)
        degrees_add(out, incident->lon_e5);
}

static void write_day(struct buffer *out, const struct situation *situation,
                      const struct situation_incident *incident, const struct export_column *column)
{
    char text[16];
    (void)situation;
    (void)column;
    if (incident->day == DAY_NONE)
        return;
    day_format(incident->day, text);
    buffer_add_text(out, text);
}

static void write_reports(struct buffer *out, const struct situation *situation,
                          const struct situation_incident *incident,
                          const struct export_column *column)
{
    (void)situation;
    (void)column;
    buffer_add_int(out, incident->n_reports);
}

static void write_independent(struct buffer *out, const struct situation *situation,
                              const struct situation_incident *incident,
                              const struct export_column *column)
{
    (void)situation;
    (void)column;
    buffer_add_int(out, incident->n_independent);
}

#define PLAIN NULL, NULL, END_BEST

static const struct export_column incident_columns[] = {
    {"incident_id", COLUMN_TEXT, "#event+id",
     "Id, a text: it has more digits than a spreadsheet keeps", write_id, PLAIN},
    {"parent_id", COLUMN_TEXT, "#event+id+parent",
     "The wave it is part of, never to be summed with it; empty: none", write_parent_id, PLAIN},
    {"scope", COLUMN_TEXT, "#event+type", "site, area or country (a wave)", write_scope, PLAIN},
    {"in_totals", COLUMN_BOOLEAN, "#meta+in_totals",
     "true: killed, wounded and missing may be summed over such rows without counting anybody "
     "twice",
     write_totals, PLAIN},
    {"place", COLUMN_TEXT, "#loc+name", "Canonical name, or as written; empty: unknown",
     write_place, PLAIN},
    {"place_precision", COLUMN_TEXT, "#geo+precision",
     "point, settlement, named, district, region, country or unknown", write_place_precision,
     PLAIN},
    {"adm1", COLUMN_TEXT, "#adm1+name", "First-level region; empty: unknown", write_adm1, PLAIN},
    {"country", COLUMN_TEXT, "#country+code+v_iso2", "ISO 3166-1 alpha-2; empty: unknown",
     write_country, PLAIN},
    {"lat", COLUMN_DECIMAL, "#geo+lat", "Latitude, WGS 84, degrees; empty: unknown", write_lat,
     PLAIN},
    {"lon", COLUMN_DECIMAL, "#geo+lon", "Longitude, WGS 84, degrees; empty: unknown", write_lon,
     PLAIN},
    {"local_date", COLUMN_DATE, "#date+occurred",
     "Day in the place's zone; a night counts under its morning; empty: unknown", write_day, PLAIN},
    {"date_precision", COLUMN_TEXT, "#date+precision",
     "minute, part, night, day, range, month or unknown", write_date_precision, PLAIN},
    {"start_at", COLUMN_TIME, "#date+start", "Earliest it may have happened, UTC; empty: unknown",
     write_start_at, PLAIN},
    {"end_at", COLUMN_TIME, "#date+end", "Latest it may have happened, UTC; empty: unknown",
     write_end_at, PLAIN},
    {"killed_low", COLUMN_INTEGER, "#affected+killed+min",
     "Least number of people killed that the reports allow; empty: open or unstated", write_figure,
     "killed", NULL, END_LOW},
    {"killed_best", COLUMN_INTEGER, "#affected+killed",
     "Number of people killed to use, 0 only if stated; empty: unstated", write_figure, "killed",
     NULL, END_BEST},
    {"killed_high", COLUMN_INTEGER, "#affected+killed+max",
     "Greatest number of people killed that the reports allow; empty: open or unstated",
     write_figure, "killed", NULL, END_HIGH},
    {"killed_civilian_low", COLUMN_INTEGER, "#affected+killed+civilian+min",
     "Least number of civilians killed that the reports allow; empty: open or unstated",
     write_figure, "killed", "civilian", END_LOW},
    {"killed_civilian_best", COLUMN_INTEGER, "#affected+killed+civilian",
     "Number of civilians killed to use, 0 only if stated; empty: unstated", write_figure, "killed",
     "civilian", END_BEST},
    {"killed_civilian_high", COLUMN_INTEGER, "#affected+killed+civilian+max",
     "Greatest number of civilians killed that the reports allow; empty: open or unstated",
     write_figure, "killed", "civilian", END_HIGH},
    {"killed_attacker_low", COLUMN_INTEGER, "#affected+killed+attacker+min",
     "Least number of attackers killed that the reports allow; empty: open or unstated",
     write_figure, "killed", "attacker", END_LOW},
    {"killed_attacker_best", COLUMN_INTEGER, "#affected+killed+attacker",
     "Number of attackers killed to use, 0 only if stated; empty: unstated", write_figure, "killed",
     "attacker", END_BEST},
    {"killed_attacker_high", COLUMN_INTEGER, "#affected+killed+attacker+max",
     "Greatest number of attackers killed that the reports allow; empty: open or unstated",
     write_figure, "killed", "attacker", END_HIGH},
    {"wounded_low", COLUMN_INTEGER, "#affected+injured+min",
     "Least number of people wounded that the reports allow; empty: open or unstated", write_figure,
     "wounded", NULL, END_LOW},
    {"wounded_best", COLUMN_INTEGER, "#affected+injured",
     "Number of people wounded to use, 0 only if stated; empty: unstated", write_figure, "wounded",
     NULL, END_BEST},
    {"wounded_high", COLUMN_INTEGER, "#affected+injured+max",
     "Greatest number of people wounded that the reports allow; empty: open or unstated",
     write_figure, "wounded", NULL, END_HIGH},
    {"missing_low", COLUMN_INTEGER, "#affected+missing+min",
     "Least number of people missing that the reports allow; empty: open or unstated", write_figure,
     "missing", NULL, END_LOW},
    {"missing_best", COLUMN_INTEGER, "#affected+missing",
     "Number of people missing to use, 0 only if stated; empty: unstated", write_figure, "missing",
     NULL, END_BEST},
    {"missing_high", COLUMN_INTEGER, "#affected+missing+max",
     "Greatest number of people missing that the reports allow; empty: open or unstated",
     write_figure, "missing", NULL, END_HIGH},
    {"drones_low", COLUMN_INTEGER, "#indicator+drones+launched+min",
     "Least number of drones launched that the reports allow; empty: open or unstated",
     write_figure, "drones", NULL, END_LOW},
    {"drones_best", COLUMN_INTEGER, "#indicator+drones+launched",
     "Number of drones launched to use, 0 only if stated; empty: unstated", write_figure, "drones",
     NULL, END_BEST},
    {"drones_high", COLUMN_INTEGER, "#indicator+drones+launched+max",
     "Greatest number of drones launched that the reports allow; empty: open or unstated",
     write_figure, "drones", NULL, END_HIGH},
    {"drones_intercepted_low", COLUMN_INTEGER, "#indicator+drones+intercepted+min",
     "Least number of drones shot down that the reports allow; empty: open or unstated",
     write_figure, "drones", "intercepted", END_LOW},
    {"drones_intercepted_best", COLUMN_INTEGER, "#indicator+drones+intercepted",
     "Number of drones shot down to use, 0 only if stated; empty: unstated", write_figure, "drones",
     "intercepted", END_BEST},
    {"drones_intercepted_high", COLUMN_INTEGER, "#indicator+drones+intercepted+max",
     "Greatest number of drones shot down that the reports allow; empty: open or unstated",
     write_figure, "drones", "intercepted", END_HIGH},
    {"drones_lost_low", COLUMN_INTEGER, "#indicator+drones+lost+min",
     "Least number of drones lost on the way that the reports allow; empty: open or unstated",
     write_figure, "drones", "lost", END_LOW},
    {"drones_lost_best", COLUMN_INTEGER, "#indicator+drones+lost",
     "Number of drones lost on the way to use, 0 only if stated; empty: unstated", write_figure,
     "drones", "lost", END_BEST},
    {"drones_lost_high", COLUMN_INTEGER, "#indicator+drones+lost+max",
     "Greatest number of drones lost on the way that the reports allow; empty: open or unstated",
     write_figure, "drones", "lost", END_HIGH},
    {"missiles_low", COLUMN_INTEGER, "#indicator+missiles+launched+min",
     "Least number of missiles launched that the reports allow; empty: open or unstated",
     write_figure, "missiles", NULL, END_LOW},
    {"missiles_best", COLUMN_INTEGER, "#indicator+missiles+launched",
     "Number of missiles launched to use, 0 only if stated; empty: unstated", write_figure,
     "missiles", NULL, END_BEST},
    {"missiles_high", COLUMN_INTEGER, "#indicator+missiles+launched+max",
     "Greatest number of missiles launched that the reports allow; empty: open or unstated",
     write_figure, "missiles", NULL, END_HIGH},
    {"missiles_intercepted_low", COLUMN_INTEGER, "#indicator+missiles+intercepted+min",
     "Least number of missiles shot down that the reports allow; empty: open or unstated",
     write_figure, "missiles", "intercepted", END_LOW},
    {"missiles_intercepted_best", COLUMN_INTEGER, "#indicator+missiles+intercepted",
     "Number of missiles shot down to use, 0 only if stated; empty: unstated", write_figure,
     "missiles", "intercepted", END_BEST},
    {"missiles_intercepted_high", COLUMN_INTEGER, "#indicator+missiles+intercepted+max",
     "Greatest number of missiles shot down that the reports allow; empty: open or unstated",
     write_figure, "missiles", "intercepted", END_HIGH},
    {"grading", COLUMN_TEXT, "#meta+grading", "confirmed, fair, weak or contested", write_grading,
     PLAIN},
    {"n_reports", COLUMN_INTEGER, "#meta+reports+num", "Reports that tell of it", write_reports,
     PLAIN},
    {"n_independent", COLUMN_INTEGER, "#meta+voices+num",
     "Voices among them; copies of one text are one voice", write_independent, PLAIN},
    {"sources", COLUMN_TEXT, "#meta+source", "Claimants and outlets, joined by commas",
     write_sources, PLAIN},
    {"first_reported_at", COLUMN_TIME, "#date+reported",
     "Publication of the earliest report, UTC; empty: unknown", write_first_reported, PLAIN},
    {"last_changed_at", COLUMN_TIME, "#date+updated", "When it last changed in the tracker, UTC",
     write_last_changed, PLAIN},
};
const struct export_table incident_table = {
    incident_columns, sizeof incident_columns / sizeof *incident_columns, NULL};

/* ---- CSV ---- */

void csv_cell(struct buffer *out, struct slice text, bool guard)
{
    bool quote = false;
    guard = guard && text.len && strchr("=+-@\t\r", text.ptr[0]);
    for (size_t i = 0; i < text.len; i++)
        quote |= strchr(",\"\r\n", text.ptr[i]) != NULL;
    if (quote)
        buffer_add_char(out, '"');
    if (guard)
        buffer_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            buffer_add_char(out, '"');
        buffer_add_char(out, text.ptr[i]);
    }
    if (quote)
        buffer_add_char(out, '"');
}

static void row_write(struct buffer *out, struct buffer *cell, const struct export_table *table,
                      const struct situation *situation, const struct situation_incident *incident)
{
    for (size_t c = 0; c < table->n; c++) {
        const struct export_column *column = &table->columns[c];
        buffer_clear(cell);
        if (column->write)
            column->write(cell, situation, incident, column);
        out->failed |= cell->failed;
        if (c)
            buffer_add_char(out, ',');
        csv_cell(out, buffer_slice(cell), column->type == COLUMN_TEXT);
    }
    buffer_add_text(out, "\r\n");
}

void export_table_write(struct buffer *out, const struct export_table *table,
                        const struct situation *situation, bool hashtags)
{
    struct buffer cell;
    for (size_t c = 0; c < table->n; c++)
        buffer_format(out, "%s%s", c ? "," : "", table->columns[c].name);
    buffer_add_text(out, "\r\n");
    for (size_t c = 0; hashtags && c < table->n; c++)
        buffer_format(out, "%s%s", c ? "," : "", table->columns[c].hashtag);
    if (hashtags)
        buffer_add_text(out, "\r\n");
    buffer_init(&cell, (size_t)16 << 20);
    for (size_t i = 0; i < situation->n_incidents; i++)
        if (!table->wanted || table->wanted(situation, &situation->incidents[i]))
            row_write(out, &cell, table, situation, &situation->incidents[i]);
    buffer_free(&cell);
}
