/* A situation report as plain text: aligned tables; sentences as notes below them. */
#include "base/buffer.h"
#include "report/blocks.h"
#include "report/table.h"

/* Columns of a terminal that a table's cell may take; a column of longer texts becomes notes. */
#define WIDEST_CELL 44

static bool is_sentence(const struct column *column)
{
    return strcmp(column->key, "sentence") == 0;
}

static void underlined(struct buffer *out, struct slice text, char line)
{
    buffer_add_slice(out, text);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < text.len; i++)
        if (((unsigned char)text.ptr[i] & 0xC0) != 0x80)
            buffer_add_char(out, line);
    buffer_add_char(out, '\n');
}

/* The sentences of a table's rows, numbered as the rows are. */
static void notes_write(struct buffer *out, const struct table *table, size_t column)
{
    for (size_t r = 0; r < table->n_rows; r++) {
        const struct cell *cell = &table->cells[r * table->n_columns + column];
        if (!cell->text.len)
            continue;
        buffer_format(out, "  [%zu] \"%.*s\"", r + 1, SLICE_ARG(cell->text));
        if (cell->link.len)
            buffer_format(out, " %.*s", SLICE_ARG(cell->link));
        buffer_add_char(out, '\n');
    }
}

static void table_text(struct buffer *out, const struct table *table)
{
    struct table_column columns[MAX_COLUMNS + 1];
    size_t from[MAX_COLUMNS + 1], n = 0, notes = table->n_columns;
    struct arena cells_arena;
    if (!table->n_rows) {
        buffer_format(out, "%s\n", table->empty);
        return;
    }
    for (size_t c = 0; c < table->n_columns; c++)
        if (is_sentence(&table->columns[c]))
            notes = c;
    if (notes < table->n_columns) {
        from[n] = table->n_columns;
        columns[n++] = (struct table_column){"", TABLE_RIGHT, 6};
    }
    for (size_t c = 0; c < table->n_columns && n < MAX_COLUMNS; c++) {
        if (c == notes)
            continue;
        from[n] = c;
        columns[n++] =
            (struct table_column){table->columns[c].title,
                                  table->columns[c].number ? TABLE_RIGHT : TABLE_LEFT, WIDEST_CELL};
    }
    arena_init(&cells_arena, (size_t)1 << 30);
    struct slice *cells = ARENA_ARRAY(&cells_arena, struct slice, table->n_rows * n);
    for (size_t r = 0; cells && r < table->n_rows; r++)
        for (size_t c = 0; c < n; c++)
            cells[r * n + c] = from[c] == table->n_columns
                                   ? arena_format(&cells_arena, "[%zu]", r + 1)
                                   : table->cells[r * table->n_columns + from[c]].text;
    if (cells)
        table_write(out, columns, n, cells, table->n_rows);
    else
        out->failed = true;
    arena_free(&cells_arena);
    if (notes < table->n_columns)
        notes_write(out, table, notes);
}

/* Charts are for the eye; their numbers stand here as a line a point, the map's in the annex. */
static void chart_text(struct buffer *out, const struct chart *chart)
{
    if (chart->kind == CHART_MAP)
        return;
    buffer_format(out, "%.*s\n", SLICE_ARG(chart->title));
    for (size_t i = 0; i < chart->n_points; i++) {
        const struct point *p = &chart->points[i];
        if (p->best == COUNT_OPEN && p->low == COUNT_OPEN && p->second == COUNT_OPEN)
            continue;
        buffer_format(out, "  %.*s ", SLICE_ARG(p->label));
        if (p->best != COUNT_OPEN)
            buffer_format(out, " %lld %s", (long long)p->best, chart->first);
        else if (p->low != COUNT_OPEN)
            buffer_format(out, " %lld+ %s", (long long)p->low, chart->first);
        if (p->second != COUNT_OPEN)
            buffer_format(out, ", %lld %s", (long long)p->second, chart->second);
        buffer_add_char(out, '\n');
    }
}

static void block_text(struct buffer *out, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_TEXT: buffer_format(out, "%.*s\n", SLICE_ARG(block->text.text)); break;
    case BLOCK_LIST:
        for (size_t i = 0; i < block->n_items; i++)
            buffer_format(out, "- %.*s\n", SLICE_ARG(block->items[i].text));
        break;
    case BLOCK_TABLE: table_text(out, &block->table); break;
    case BLOCK_CHART: chart_text(out, &block->chart); break;
    case BLOCK_INCIDENT:
        buffer_format(out, "%.*s\n%.*s\n", SLICE_ARG(block->incident.heading),
                      SLICE_ARG(block->incident.note));
        table_text(out, &block->incident.figures);
        break;
    }
    buffer_add_char(out, '\n');
}

void sitrep_text(struct buffer *out, const struct sitrep *report)
{
    underlined(out, report->title, '=');
    buffer_format(out, "%.*s\n\n", SLICE_ARG(report->subtitle));
    for (size_t i = 0; i < report->n_sections; i++) {
        underlined(out, slice_of(report->sections[i].title), '-');
        buffer_add_char(out, '\n');
        for (size_t k = 0; k < report->sections[i].n_blocks; k++)
            block_text(out, &report->sections[i].blocks[k]);
    }
}
