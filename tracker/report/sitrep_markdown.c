/* A situation report as Markdown (CommonMark with tables), fit for a wiki or an issue. */
#include "base/buffer.h"
#include "report/blocks.h"

/* Text of reports may hold what Markdown or HTML would take for markup. */
static void text_write(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\n' || c == '\r' || c == '\t')
            c = ' ';
        if (c == '&')
            buffer_add_text(out, "&amp;");
        else if (c == '<')
            buffer_add_text(out, "&lt;");
        else {
            if (strchr("\\`*_[]>|~#$", c))
                buffer_add_char(out, '\\');
            buffer_add_char(out, c);
        }
    }
}

/* An address between angle brackets holds anything but these and line ends. */
static void link_write(struct buffer *out, struct slice link)
{
    static const char hex[] = "0123456789ABCDEF";
    buffer_add_char(out, '<');
    for (size_t i = 0; i < link.len; i++) {
        unsigned char c = (unsigned char)link.ptr[i];
        if (c <= ' ' || c == '<' || c == '>' || c == '\\' || c == '|' || c == 0x7F)
            buffer_format(out, "%%%c%c", hex[c >> 4], hex[c & 15]);
        else
            buffer_add_char(out, (char)c);
    }
    buffer_add_char(out, '>');
}

static void cell_write(struct buffer *out, const struct cell *cell)
{
    if (!cell->link.len || !cell->text.len) {
        text_write(out, cell->text);
        return;
    }
    buffer_add_char(out, '[');
    text_write(out, cell->text);
    buffer_add_text(out, "](");
    link_write(out, cell->link);
    buffer_add_char(out, ')');
}

static void table_markdown(struct buffer *out, const struct table *table)
{
    if (!table->n_rows) {
        buffer_format(out, "%s\n", table->empty);
        return;
    }
    for (size_t c = 0; c < table->n_columns; c++)
        buffer_format(out, "| %s ", table->columns[c].title);
    buffer_add_text(out, "|\n");
    for (size_t c = 0; c < table->n_columns; c++)
        buffer_add_text(out, table->columns[c].number ? "| ---: " : "| --- ");
    buffer_add_text(out, "|\n");
    for (size_t r = 0; r < table->n_rows; r++) {
        for (size_t c = 0; c < table->n_columns; c++) {
            buffer_add_text(out, "| ");
            cell_write(out, &table->cells[r * table->n_columns + c]);
            buffer_add_char(out, ' ');
        }
        buffer_add_text(out, "|\n");
    }
}

static void number_write(struct buffer *out, int64_t number)
{
    if (number != COUNT_OPEN)
        buffer_add_int(out, number);
}

static void chart_markdown(struct buffer *out, const struct chart *chart)
{
    if (chart->kind == CHART_MAP)
        return;
    buffer_add_text(out, "**");
    text_write(out, chart->title);
    buffer_format(out, "**\n\n| When | %s low | %s | %s high |", chart->first, chart->first,
                  chart->first);
    buffer_format(out, chart->second ? " %s |" : "%s", chart->second ? chart->second : "");
    buffer_add_text(out, "\n| --- | ---: | ---: | ---: |");
    buffer_add_text(out, chart->second ? " ---: |\n" : "\n");
    for (size_t i = 0; i < chart->n_points; i++) {
        const struct point *p = &chart->points[i];
        const int64_t numbers[] = {p->low, p->best, p->high, p->second};
        buffer_add_text(out, "| ");
        text_write(out, p->label);
        for (size_t k = 0; k < (chart->second ? 4 : 3); k++) {
            buffer_add_text(out, " | ");
            number_write(out, numbers[k]);
        }
        buffer_add_text(out, " |\n");
    }
}

static void block_markdown(struct buffer *out, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_TEXT:
        cell_write(out, &block->text);
        buffer_add_char(out, '\n');
        break;
    case BLOCK_LIST:
        for (size_t i = 0; i < block->n_items; i++) {
            buffer_add_text(out, "- ");
            cell_write(out, &block->items[i]);
            buffer_add_char(out, '\n');
        }
        break;
    case BLOCK_TABLE: table_markdown(out, &block->table); break;
    case BLOCK_CHART: chart_markdown(out, &block->chart); break;
    case BLOCK_INCIDENT:
        buffer_format(out, "<a id=\"%.*s\"></a>\n\n### ", SLICE_ARG(block->incident.anchor));
        text_write(out, block->incident.heading);
        buffer_add_text(out, "\n\n");
        text_write(out, block->incident.note);
        buffer_add_text(out, "\n\n");
        table_markdown(out, &block->incident.figures);
        break;
    }
    buffer_add_char(out, '\n');
}

void sitrep_markdown(struct buffer *out, const struct sitrep *report)
{
    buffer_add_text(out, "# ");
    text_write(out, report->title);
    buffer_add_text(out, "\n\n");
    text_write(out, report->subtitle);
    buffer_add_text(out, "\n");
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct section *section = &report->sections[i];
        buffer_format(out, "\n<a id=\"%s\"></a>\n\n## %s\n\n", section->key, section->title);
        for (size_t k = 0; k < section->n_blocks; k++)
            block_markdown(out, &section->blocks[k]);
    }
}
