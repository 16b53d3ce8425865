#ifndef TRACKER_REPORT_HTML_STYLE_H
#define TRACKER_REPORT_HTML_STYLE_H

/* The style of every page the tracker writes: light and dark, screen and paper, phone and desk. */
extern const char html_style[];

#endif
