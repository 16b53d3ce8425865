/* A situation report as one HTML file: no script, nothing from elsewhere. */
#include "report/blocks.h"
#include "report/html_style.h"
#include "report/svg.h"

/* Up to this many incidents of the annex stand open. */
#define OPEN_INCIDENTS 25

static void cell_write(struct buffer *out, const struct cell *cell)
{
    bool linked = cell->link.len && cell->text.len;
    if (linked) {
        buffer_add_text(out, "<a href=\"");
        html_escape(out, cell->link);
        buffer_add_text(out, cell->link.ptr[0] == '#' ? "\">" : "\" rel=\"noreferrer\">");
    }
    html_escape(out, cell->text);
    if (linked)
        buffer_add_text(out, "</a>");
}

static const char *class_of(const struct column *column)
{
    static const char *const dates[] = {"date", "recorded", "published", "last"};
    if (column->number)
        return " class=\"number\"";
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (strcmp(column->key, dates[i]) == 0)
            return " class=\"date\"";
    return strcmp(column->key, "sentence") == 0 ? " class=\"sentence\"" : "";
}

static void rows_write(struct buffer *out, const struct table *table)
{
    for (size_t r = 0; r < table->n_rows; r++) {
        buffer_add_text(out, "<tr>");
        for (size_t c = 0; c < table->n_columns; c++) {
            buffer_format(out, "<td%s>", class_of(&table->columns[c]));
            cell_write(out, &table->cells[r * table->n_columns + c]);
            buffer_add_text(out, "</td>");
        }
        buffer_add_text(out, "</tr>\n");
    }
}

static void table_html(struct buffer *out, const struct table *table, struct slice label)
{
    if (!table->n_rows) {
        buffer_format(out, "<p class=\"note\">%s</p>\n", table->empty);
        return;
    }
    if (table->fold)
        buffer_format(out, "<details><summary>%zu rows</summary>\n", table->n_rows);
    buffer_add_text(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    html_escape(out, label);
    buffer_add_text(out, "\"><table><thead><tr>");
    for (size_t c = 0; c < table->n_columns; c++)
        buffer_format(out, "<th scope=\"col\"%s>%s</th>", class_of(&table->columns[c]),
                      table->columns[c].title);
    buffer_add_text(out, "</tr></thead>\n<tbody>\n");
    rows_write(out, table);
    buffer_add_text(out, "</tbody></table></div>\n");
    if (table->fold)
        buffer_add_text(out, "</details>\n");
}

static void chart_html(struct buffer *out, const struct chart *chart,
                       const struct outlines *outlines)
{
    bool map = chart->kind == CHART_MAP;
    buffer_format(out, "<figure%s><figcaption>", map ? " class=\"wide\"" : "");
    html_escape(out, chart->title);
    buffer_add_text(out, "</figcaption>\n");
    switch (chart->kind) {
    case CHART_MAP:
        svg_map(out, chart, outlines);
        buffer_add_text(out, "<small>Area of a mark by the number killed. Outlines: Natural Earth "
                             "(public domain); they take no side in any dispute. Places: GeoNames "
                             "(CC BY 4.0).</small>\n");
        break;
    case CHART_TOLL: svg_toll(out, chart); break;
    case CHART_CASUALTIES:
    case CHART_MUNITIONS: svg_days(out, chart); break;
    }
    buffer_add_text(out, "</figure>\n");
}

static void incident_html(struct buffer *out, const struct incident_entry *incident, bool open)
{
    buffer_format(out, "<details class=\"incident\"%s><summary><h3>", open ? " open" : "");
    html_escape(out, incident->heading);
    /* The anchor stands within, so that a link to it opens the fold. */
    buffer_format(out, "</h3></summary>\n<div id=\"%.*s\">\n<p class=\"note\">",
                  SLICE_ARG(incident->anchor));
    html_escape(out, incident->note);
    buffer_add_text(out, "</p>\n");
    table_html(out, &incident->figures, incident->heading);
    buffer_add_text(out, "</div></details>\n");
}

static void list_html(struct buffer *out, const struct block *block, const char *class)
{
    buffer_format(out, "<ul class=\"%s\">\n", class);
    for (size_t i = 0; i < block->n_items; i++) {
        buffer_add_text(out, "<li>");
        cell_write(out, &block->items[i]);
        buffer_add_text(out, "</li>\n");
    }
    buffer_add_text(out, "</ul>\n");
}

static void block_html(struct buffer *out, const struct section *section, const struct block *block,
                       const struct outlines *outlines)
{
    switch (block->kind) {
    case BLOCK_TEXT:
        buffer_add_text(out, "<p>");
        cell_write(out, &block->text);
        buffer_add_text(out, "</p>\n");
        break;
    case BLOCK_LIST: list_html(out, block, section->key); break;
    case BLOCK_TABLE: table_html(out, &block->table, slice_of(section->title)); break;
    case BLOCK_CHART: chart_html(out, &block->chart, outlines); break;
    case BLOCK_INCIDENT:
        incident_html(out, &block->incident, section->n_blocks <= OPEN_INCIDENTS);
        break;
    }
}

/* Charts that follow each other share a grid; a map stands alone. */
static bool in_grid(const struct section *section, size_t i)
{
    return i < section->n_blocks && section->blocks[i].kind == BLOCK_CHART &&
           section->blocks[i].chart.kind != CHART_MAP;
}

static void section_html(struct buffer *out, const struct section *section,
                         const struct outlines *outlines)
{
    buffer_format(out, "<section id=\"%s\" aria-labelledby=\"%s-title\">\n", section->key,
                  section->key);
    buffer_format(out, "<h2 id=\"%s-title\">%s</h2>\n", section->key, section->title);
    for (size_t i = 0; i < section->n_blocks; i++) {
        if (in_grid(section, i) && (i == 0 || !in_grid(section, i - 1)))
            buffer_add_text(out, "<div class=\"charts\">\n");
        block_html(out, section, &section->blocks[i], outlines);
        if (in_grid(section, i) && !in_grid(section, i + 1))
            buffer_add_text(out, "</div>\n");
    }
    buffer_add_text(out, "</section>\n");
}

static void head_html(struct buffer *out, const struct sitrep *report)
{
    buffer_add_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, "
                         "initial-scale=1\">\n"
                         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                         "'none'; style-src 'unsafe-inline'\">\n<title>");
    html_escape(out, report->title);
    buffer_format(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", html_style);
    buffer_add_text(out, "<a class=\"skip\" href=\"#highlights\">Skip to the highlights</a>\n"
                         "<header>\n<h1>");
    html_escape(out, report->title);
    buffer_add_text(out, "</h1>\n<p class=\"sub\">");
    html_escape(out, report->subtitle);
    buffer_add_text(out, "</p>\n</header>\n<nav aria-label=\"Sections\"><ul>\n");
    for (size_t i = 0; i < report->n_sections; i++)
        buffer_format(out, "<li><a href=\"#%s\">%s</a></li>\n", report->sections[i].key,
                      report->sections[i].title);
    buffer_add_text(out, "</ul></nav>\n<main>\n");
}

void sitrep_html(struct buffer *out, const struct sitrep *report, const struct outlines *outlines)
{
    head_html(out, report);
    for (size_t i = 0; i < report->n_sections; i++)
        section_html(out, &report->sections[i], outlines);
    buffer_format(out, "</main>\n<footer>tracker %.*s, rule set %.*s, as known at ",
                  SLICE_ARG(report->version), SLICE_ARG(report->ruleset));
    html_escape(out, report->as_of);
    buffer_add_text(out, "</footer>\n</body>\n</html>\n");
}
