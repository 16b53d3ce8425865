#ifndef TRACKER_REPORT_EXPORT_COLUMNS_H
#define TRACKER_REPORT_EXPORT_COLUMNS_H

#include "base/json.h"
#include "store/situation.h"

/* The columns of tabular exports, each with what a data package says of it. */

enum column_type {
    COLUMN_TEXT,
    COLUMN_INTEGER,
    COLUMN_DECIMAL,
    COLUMN_DATE,
    COLUMN_TIME,
    COLUMN_BOOLEAN
};

struct export_column {
    const char *name;
    enum column_type type;
    const char *hashtag; /* HXL; NULL where the table has none */
    const char *meaning;
    /* Appends the value; nothing where there is none. */
    void (*write)(struct buffer *out, const struct situation *situation,
                  const struct situation_incident *incident, const struct export_column *column);
    const char *field, *part; /* of a figure; part NULL: all */
    enum { END_LOW, END_BEST, END_HIGH } end;
};

struct export_table {
    const struct export_column *columns;
    size_t n;
    /* Whether an incident has a row; NULL: every one. */
    bool (*wanted)(const struct situation *situation, const struct situation_incident *incident);
};

extern const struct export_table incident_table, acled_table, ged_table;

/* A row a line: names, hashtags if asked for, then one an incident. */
void export_table_write(struct buffer *out, const struct export_table *table,
                        const struct situation *situation, bool hashtags);

/* The figure's end as a number; false when nobody stated it. */
bool figure_end(const struct situation *situation, const struct situation_incident *incident,
                const struct export_column *column, int64_t *out);

/* Degrees of a coordinate in 1/100000, as a decimal number. */
void degrees_add(struct buffer *out, int32_t e5);

/* One cell of CSV, quoted where RFC 4180 asks for it; `guard` disarms formulas. */
void csv_cell(struct buffer *out, struct slice text, bool guard);

#endif
