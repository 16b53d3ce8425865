#ifndef TRACKER_REPORT_BLOCKS_H
#define TRACKER_REPORT_BLOCKS_H

#include "report/sitrep.h"
#include "store/situation.h"

#define MAX_COLUMNS 16

/* Making the parts of a situation report. Nothing here fails by itself: when the arena is full the
 * maker remembers it, hands out empty parts, and maker_check reports it once. */
struct maker {
    struct arena *arena;
    struct sitrep *report;
    bool failed;
    /* Where parts are written for which there was no memory. */
    struct section spare_section;
    struct block spare_block;
    struct cell spare_row[MAX_COLUMNS];
};

/* 0, or -1 with ERROR_LIMIT when the arena was full at any time. */
int maker_check(const struct maker *maker, struct error *err) WARN_UNUSED;

struct slice maker_format(struct maker *maker, const char *format, ...) PRINTF_LIKE(2, 3);

/* A new section at the end of the report. Valid until the next one. */
struct section *section_add(struct maker *maker, const char *key, const char *title);

/* A new block at the end of the last section. Valid until the next one. */
struct block *block_add(struct maker *maker, enum block_kind kind);
void text_add(struct maker *maker, struct slice text);

/* A table block with room for `rows` rows (n_rows counts those begun by row_add). */
struct table *table_add(struct maker *maker, const struct column *columns, size_t n_columns,
                        size_t rows, const char *empty);
/* The cells of a table's next row, n_columns of them, all CELL_NONE. */
struct cell *row_add(struct maker *maker, struct table *table);

struct cell cell_text(struct slice text);
/* A link that is neither within the report nor to a web page ("javascript:") is left out. */
struct cell cell_link(struct slice text, struct slice link);
struct cell cell_number(struct maker *maker, int64_t number);
/* A day, "2025-11-19"; "unknown" for DAY_NONE. */
struct cell cell_day(struct maker *maker, day_number day);
/* A figure as people read it: "19", "19 (16-25)", "19+" (at least), "20-60" (no best), "up to 5".
 */
struct cell cell_range(struct maker *maker, int64_t low, int64_t best, int64_t high);

/* Figures added up. What is open or unstated keeps the sum open. */
struct toll {
    int64_t low, best, high;
    size_t n;       /* figures added */
    size_t n_vague; /* of these without a best number */
    bool high_open;
};
void toll_add(struct toll *toll, const struct situation_figure *figure);
/* CELL_NONE when nothing was added. */
struct cell cell_toll(struct maker *maker, const struct toll *toll);

/* "Ternopil, Ternopil, UA" without repetition; "place unknown". */
struct slice place_text(struct maker *maker, const struct situation_incident *incident);
/* "#incident-123". */
struct slice incident_link(struct maker *maker, struct slice id);

/* The figure of an incident, NULL when nobody stated one. `part` NULL: all. */
const struct situation_figure *figure_of(const struct situation *situation,
                                         const struct situation_incident *incident,
                                         const char *field, const char *part);

#endif
