#ifndef TRACKER_REPORT_TABLE_H
#define TRACKER_REPORT_TABLE_H

#include "base/buffer.h"

struct table_column {
    const char *heading;
    enum { TABLE_LEFT, TABLE_RIGHT } side;
    size_t most; /* widest it may get, in characters; longer cells end in … */
};

/* How a terminal shows a cell. */
enum cell_style { STYLE_PLAIN, STYLE_STRONG, STYLE_FAINT, STYLE_WARN, CELL_STYLES };

/* Writes headings, a rule and n rows of n_columns cells (row by row), each column as wide as its
 * widest cell. Widths count characters as a terminal shows them (wide East Asian ones as two,
 * combining marks as none). */
void table_write(struct buffer *out, const struct table_column *columns, size_t n_columns,
                 const struct slice *cells, size_t n);

/* The same with a style a cell, as a terminal's escape sequences (ECMA-48 SGR), headings strong;
 * `styles` NULL: table_write. */
void table_write_styled(struct buffer *out, const struct table_column *columns, size_t n_columns,
                        const struct slice *cells, const unsigned char *styles, size_t n);

#endif
