#ifndef TRACKER_REPORT_SVG_H
#define TRACKER_REPORT_SVG_H

#include "base/buffer.h"
#include "report/outlines.h"
#include "report/sitrep.h"

/* Text for HTML and SVG, also inside quotes: & < > " ' become references, control characters
 * blanks. */
void html_escape(struct buffer *out, struct slice text);

/* A chart as an <svg> element of its own, with title and description for those who hear the page.
 * Sizes are units of a view box that scales; colours come from the classes of the page's style. */
void svg_days(struct buffer *out, const struct chart *chart);
void svg_toll(struct buffer *out, const struct chart *chart);
/* Marks on a map that shows all of them and what lies around; `outlines` may be NULL. */
void svg_map(struct buffer *out, const struct chart *chart, const struct outlines *outlines);

/* Opens the element; every svg_* closes its own. `id` makes the labels unique on the page. */
void svg_open(struct buffer *out, const struct chart *chart, const char *class, int width,
              int height);

/* The greatest value an axis should reach so that its `ticks` steps are round: 1, 2 or 5 times a
 * power of ten each. *step gets the step. */
int64_t axis_reach(int64_t most, int ticks, int64_t *step);

#endif
