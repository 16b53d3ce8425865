#ifndef TRACKER_REPORT_OUTLINES_H
#define TRACKER_REPORT_OUTLINES_H

#include <stdint.h>

#include "base/arena.h"

/* Coasts, borders and borders of regions to draw below the marks of a map: rules/places/
 * outlines.tsv.gz, made by make-outlines from Natural Earth. */

enum outline_kind { OUTLINE_LAND, OUTLINE_BORDER, OUTLINE_REGION, OUTLINE_KINDS };

/* One ring (land) or line. Unit of the box: 1/100 degree. */
struct outline {
    enum outline_kind kind;
    int32_t west, south, east, north;
    struct slice points; /* "x,y dx,dy dx,dy ..." */
};

struct outlines {
    struct outline *items;
    size_t n;
};

/* Loads the file; texts in `arena`. -1 with ERROR_IO, or ERROR_INPUT with file and line for a row
 * that is no outline. */
int outlines_load(struct arena *arena, const char *path, struct outlines *out,
                  struct error *err) WARN_UNUSED;

/* The next point of an outline, added to *x and *y (0 before the first); false at its end. */
bool outline_step(struct slice *rest, int32_t *x, int32_t *y);

#endif
