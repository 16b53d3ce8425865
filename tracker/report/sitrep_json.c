/* A situation report for programs: "format": "strike-report/1", a key a section. Tables are arrays
 * of objects by the keys of their columns; a range is {"low", "best", "high"}, null where open. */
#include "base/json.h"
#include "report/blocks.h"

static void number_json(struct json_writer *json, const char *key, int64_t number)
{
    json_key(json, key);
    if (number == COUNT_OPEN)
        json_null(json);
    else
        json_int(json, number);
}

static void range_json(struct json_writer *json, int64_t low, int64_t best, int64_t high)
{
    json_open(json, '{');
    number_json(json, "low", low);
    number_json(json, "best", best);
    number_json(json, "high", high);
    json_close(json, '}');
}

static void cell_json(struct json_writer *json, const struct cell *cell)
{
    switch (cell->kind) {
    case CELL_NONE: json_null(json); break;
    case CELL_TEXT: json_slice(json, cell->text); break;
    case CELL_NUMBER: json_int(json, cell->best); break;
    case CELL_RANGE: range_json(json, cell->low, cell->best, cell->high); break;
    }
}

/* The link of a cell beside it: to an incident by its id, to a page by its address. */
static void link_json(struct json_writer *json, const struct cell *cell)
{
    static const struct slice incident = {"#incident-", 10};
    if (slice_starts(cell->link, incident)) {
        json_key(json, "incident_id");
        json_slice(json, slice_sub(cell->link, incident.len, cell->link.len - incident.len));
    } else if (cell->link.len && cell->link.ptr[0] != '#') {
        json_key(json, "url");
        json_slice(json, cell->link);
    }
}

static void table_json(struct json_writer *json, const struct table *table)
{
    json_open(json, '[');
    for (size_t r = 0; r < table->n_rows; r++) {
        json_open(json, '{');
        for (size_t c = 0; c < table->n_columns; c++) {
            const struct cell *cell = &table->cells[r * table->n_columns + c];
            json_key(json, table->columns[c].key);
            cell_json(json, cell);
            link_json(json, cell);
        }
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void chart_json(struct json_writer *json, const struct chart *chart)
{
    bool map = chart->kind == CHART_MAP;
    json_open(json, '{');
    json_key(json, "title");
    json_slice(json, chart->title);
    json_key(json, "points");
    json_open(json, '[');
    for (size_t i = 0; i < chart->n_points; i++) {
        const struct point *p = &chart->points[i];
        json_open(json, '{');
        json_key(json, map ? "place" : "at");
        json_slice(json, p->label);
        if (map) {
            json_key(json, "lat");
            json_decimal(json, p->y, 5);
            json_key(json, "lon");
            json_decimal(json, p->x, 5);
        }
        json_key(json, chart->first);
        range_json(json, p->low, p->best, p->high);
        if (chart->second)
            number_json(json, chart->second, p->second);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

static void incident_json(struct json_writer *json, const struct incident_entry *incident)
{
    static const size_t prefix = sizeof "incident-" - 1;
    json_open(json, '{');
    json_key(json, "incident_id");
    json_slice(json, slice_sub(incident->anchor, prefix, incident->anchor.len - prefix));
    json_key(json, "heading");
    json_slice(json, incident->heading);
    json_key(json, "note");
    json_slice(json, incident->note);
    json_key(json, "figures");
    table_json(json, &incident->figures);
    json_close(json, '}');
}

static void block_json(struct json_writer *json, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_TEXT: json_slice(json, block->text.text); break;
    case BLOCK_LIST:
        json_open(json, '[');
        for (size_t i = 0; i < block->n_items; i++)
            json_slice(json, block->items[i].text);
        json_close(json, ']');
        break;
    case BLOCK_TABLE: table_json(json, &block->table); break;
    case BLOCK_CHART: chart_json(json, &block->chart); break;
    case BLOCK_INCIDENT: incident_json(json, &block->incident); break;
    }
}

/* The blocks of one kind under one key, where the section has any. */
static void kind_json(struct json_writer *json, const struct section *section, enum block_kind kind,
                      const char *key)
{
    bool any = false;
    for (size_t i = 0; i < section->n_blocks; i++) {
        if (section->blocks[i].kind != kind)
            continue;
        if (!any) {
            json_key(json, key);
            json_open(json, '[');
        }
        any = true;
        block_json(json, &section->blocks[i]);
    }
    if (any)
        json_close(json, ']');
}

static void section_json(struct json_writer *json, const struct section *section)
{
    static const struct {
        enum block_kind kind;
        const char *key;
    } kinds[] = {
        {BLOCK_TEXT, "text"},    {BLOCK_LIST, "lists"},         {BLOCK_TABLE, "tables"},
        {BLOCK_CHART, "charts"}, {BLOCK_INCIDENT, "incidents"},
    };
    json_key(json, section->key);
    json_open(json, '{');
    json_key(json, "title");
    json_text(json, section->title);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        kind_json(json, section, kinds[i].kind, kinds[i].key);
    json_close(json, '}');
}

void sitrep_json(struct buffer *out, const struct sitrep *report)
{
    const struct {
        const char *key;
        struct slice value;
    } head[] = {
        {"title", report->title},
        {"from", report->from},
        {"to", report->to},
        {"as_of", report->as_of},
        {"reports_as_of", report->reports_as_of},
        {"country", report->country},
        {"region", report->region},
        {"ruleset", report->ruleset},
        {"version", report->version},
    };
    struct json_writer json;
    json_start(&json, out);
    json_open(&json, '{');
    json_key(&json, "format");
    json_text(&json, "strike-report/1");
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) {
        json_key(&json, head[i].key);
        json_slice(&json, head[i].value);
    }
    json_key(&json, "sections");
    json_open(&json, '{');
    for (size_t i = 0; i < report->n_sections; i++)
        section_json(&json, &report->sections[i]);
    json_close(&json, '}');
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}
