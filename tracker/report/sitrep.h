#ifndef TRACKER_REPORT_SITREP_H
#define TRACKER_REPORT_SITREP_H

#include "base/arena.h"
#include "base/calendar.h"

/* A situation report as a document: sections of blocks, which every format writes in its own way.
 * Made once from the rows (sitrep_make), so that no number is computed twice; the writers only lay
 * out. All memory in one arena. */

enum cell_kind { CELL_NONE, CELL_TEXT, CELL_NUMBER, CELL_RANGE };

/* One value: as people read it, and as programs do. */
struct cell {
    enum cell_kind kind;
    struct slice text; /* as read: "19 (16-25)" */
    struct slice link; /* "#incident-123" within the report, or an http(s) address; or absent */
    int64_t low, best, high; /* of a number (best) or a range; COUNT_OPEN where open */
};

struct column {
    const char *key;   /* in JSON: "killed" */
    const char *title; /* over the column */
    bool number;       /* aligned to the right */
};

struct table {
    const struct column *columns;
    size_t n_columns;
    struct cell *cells; /* row by row */
    size_t n_rows;
    const char *empty; /* what to say instead of a table without rows */
    bool fold;         /* long: folded where a format can fold */
};

enum chart_kind { CHART_CASUALTIES, CHART_MUNITIONS, CHART_TOLL, CHART_MAP };

/* One bar, point or mark. */
struct point {
    struct slice label;      /* "2025-11-19", "Ternopil" */
    int64_t x;               /* day number, or instant; of a map: longitude, 1e-5 degrees */
    int64_t y;               /* of a map: latitude, 1e-5 degrees */
    int64_t low, best, high; /* of the first series; COUNT_OPEN where open or unstated */
    int64_t second;          /* of the second series (wounded, intercepted); COUNT_OPEN: none */
    struct slice link;       /* where a mark leads; or absent */
};

struct chart {
    enum chart_kind kind;
    struct slice title;
    struct slice alt;           /* what it shows, in a sentence, for those who can't see it */
    const char *first, *second; /* names of the series; NULL without a second one */
    struct point *points;
    size_t n_points;
};

enum block_kind { BLOCK_TEXT, BLOCK_LIST, BLOCK_TABLE, BLOCK_CHART, BLOCK_INCIDENT };

/* An incident of the annex: a heading that links lead to, its table of figures with sentences. */
struct incident_entry {
    struct slice anchor; /* "incident-123" */
    struct slice heading;
    struct slice note;
    struct table figures;
};

struct block {
    enum block_kind kind;
    struct cell text;   /* BLOCK_TEXT */
    struct cell *items; /* BLOCK_LIST */
    size_t n_items;
    struct table table;
    struct chart chart;
    struct incident_entry incident;
};

struct section {
    const char *key; /* "highlights": the anchor, and the key in JSON */
    const char *title;
    struct block *blocks;
    size_t n_blocks, capacity;
};

struct sitrep {
    struct slice title;    /* "Situation report, 17 to 23 November 2025" */
    struct slice subtitle; /* country, region, as of */
    struct slice from, to, as_of, reports_as_of, country, region; /* as in the query; or absent */
    struct slice ruleset, version;
    struct section *sections;
    size_t n_sections, capacity;
};

/* Writers: the same bytes for the same sitrep. They append to `out`, whose cap is the only way to
 * fail (buffer_check). */
struct buffer;
void sitrep_text(struct buffer *out, const struct sitrep *report);
void sitrep_markdown(struct buffer *out, const struct sitrep *report);
void sitrep_json(struct buffer *out, const struct sitrep *report);
/* One file: style within, no script, nothing from elsewhere; `outlines` draws land and regions
 * below the marks of a map (report/outlines.h; NULL: marks alone). */
struct outlines;
void sitrep_html(struct buffer *out, const struct sitrep *report, const struct outlines *outlines);

#endif
