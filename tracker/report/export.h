#ifndef TRACKER_REPORT_EXPORT_H
#define TRACKER_REPORT_EXPORT_H

#include "base/buffer.h"
#include "store/situation.h"

/* Incidents for other programs. Each writer is a pure function of the rows; it appends to `out`,
 * whose cap is the only way to fail (buffer_check). CSV follows RFC 4180: comma, CRLF, UTF-8,
 * quotes where needed; a text that a spreadsheet would run as a formula (one that begins with
 * = + - @, a tab or a carriage return) gets an apostrophe before it. */

/* One row an incident, the columns of strikes.incidents. */
void export_csv(struct buffer *out, const struct situation *situation);
/* The same with a second row of HXL hashtags (hxlstandard.org 1.1). */
void export_hxl(struct buffer *out, const struct situation *situation);
/* One row a figure: every field and part, with rule, speaker and sentence. */
void export_figures(struct buffer *out, const struct situation *situation);
/* The column names of ACLED's export, and of UCDP GED 24.1; what differs in meaning is said in
 * export_notes. Both hold fatal or counted events once each: incidents in totals; GED only those
 * with somebody killed. */
void export_acled(struct buffer *out, const struct situation *situation);
void export_ged(struct buffer *out, const struct situation *situation);
/* One JSON object an incident, figures nested. */
void export_jsonl(struct buffer *out, const struct situation *situation);
/* RFC 7946: a FeatureCollection; an incident without coordinates has a null geometry. */
void export_geojson(struct buffer *out, const struct situation *situation);

/* The formats by name, in the order of the help. */
struct export_format {
    const char *name;  /* of --format */
    const char *file;  /* in a data package; NULL: not part of one */
    const char *title; /* of that file */
    const char *notes; /* what differs from the data set whose columns it has; NULL */
    void (*write)(struct buffer *out, const struct situation *situation);
};
extern const struct export_format export_formats[];
extern const size_t n_export_formats;

/* datapackage.json of the files above (Frictionless Data Package 1.0): names, types, units and
 * meaning of every column. `as_of` is the moment of the rows, `version` the program's. */
void export_package(struct buffer *out, const char *as_of, const char *version);

#endif
