#include "report/table.h"

#include "text/character.h"
#include "text/utf8.h"

/* Columns a table may have; tables of the program are fixed, so this is no limit anybody meets. */
#define MOST_COLUMNS 16

/* Columns a terminal gives a text, at most `most`. The bytes that fit into `most` are put in *fits.
 */
static size_t cell_width(struct slice cell, size_t most, size_t *fits)
{
    size_t width = 0;
    *fits = cell.len;
    for (size_t i = 0; i < cell.len;) {
        uint32_t code;
        size_t n = utf8_decode(cell.ptr + i, cell.len - i, &code);
        size_t w = character_columns(code);
        if (width + w > most) {
            *fits = i;
            return width;
        }
        width += w;
        i += n;
    }
    return width;
}

/* On and off again. */
static const char *const style_codes[CELL_STYLES] = {NULL, "\x1b[1m", "\x1b[2m", "\x1b[33m"};

static void cell_write(struct buffer *out, struct slice cell, const struct table_column *column,
                       size_t width, bool last, const char *style)
{
    size_t fits, shown = cell_width(cell, width, &fits);
    bool cut = fits < cell.len;
    if (cut)
        shown = cell_width(cell, width - 1, &fits) + 1;
    size_t pad = width > shown ? width - shown : 0;
    for (size_t i = 0; column->side == TABLE_RIGHT && i < pad; i++)
        buffer_add_char(out, ' ');
    if (style && fits)
        buffer_add_text(out, style);
    buffer_add(out, cell.ptr, fits);
    if (cut)
        buffer_add_text(out, "…");
    if (style && fits)
        buffer_add_text(out, "\x1b[0m");
    for (size_t i = 0; column->side == TABLE_LEFT && !last && i < pad; i++)
        buffer_add_char(out, ' ');
    buffer_add_text(out, last ? "\n" : "  ");
}

static void row_write(struct buffer *out, const struct table_column *columns, size_t n_columns,
                      const struct slice *cells, const unsigned char *styles, const size_t *widths)
{
    for (size_t c = 0; c < n_columns; c++)
        cell_write(out, cells[c], &columns[c], widths[c], c + 1 == n_columns,
                   styles ? style_codes[styles[c]] : NULL);
}

void table_write(struct buffer *out, const struct table_column *columns, size_t n_columns,
                 const struct slice *cells, size_t n)
{
    table_write_styled(out, columns, n_columns, cells, NULL, n);
}

void table_write_styled(struct buffer *out, const struct table_column *columns, size_t n_columns,
                        const struct slice *cells, const unsigned char *styles, size_t n)
{
    unsigned char strong[MOST_COLUMNS];
    memset(strong, STYLE_STRONG, sizeof strong);
    size_t widths[MOST_COLUMNS] = {0}, fits;
    struct slice headings[MOST_COLUMNS] = {0};
    n_columns = n_columns < MOST_COLUMNS ? n_columns : MOST_COLUMNS;
    for (size_t c = 0; c < n_columns; c++) {
        headings[c] = slice_of(columns[c].heading);
        widths[c] = cell_width(headings[c], SIZE_MAX, &fits);
        for (size_t i = 0; i < n; i++) {
            size_t width = cell_width(cells[i * n_columns + c], SIZE_MAX, &fits);
            width = width > columns[c].most ? columns[c].most : width;
            widths[c] = width > widths[c] ? width : widths[c];
        }
    }
    row_write(out, columns, n_columns, headings, styles ? strong : NULL, widths);
    for (size_t c = 0; c < n_columns; c++) {
        for (size_t i = 0; i < widths[c]; i++)
            buffer_add_text(out, "─");
        buffer_add_text(out, c + 1 == n_columns ? "\n" : "  ");
    }
    for (size_t i = 0; i < n; i++)
        row_write(out, columns, n_columns, &cells[i * n_columns],
                  styles ? &styles[i * n_columns] : NULL, widths);
}
