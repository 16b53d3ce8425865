#ifndef TRACKER_CLI_PUBLISH_H
#define TRACKER_CLI_PUBLISH_H

#include "cli/cli.h"
#include "report/sitrep_make.h"

/* The situation report of a period as known at `as_of` (ISO 8601, NULL: the newest change), in the
 * arena of `cli`; --country, --region and --as-of-reports are heeded. */
struct made_report {
    struct sitrep report;
    struct situation situation;
    struct situation_query query;
    struct period period;
};
int report_make(struct cli *cli, struct store *store, const char *period, const char *as_of,
                struct made_report *out, struct error *err) WARN_UNUSED;

/* The report as a page: with the map's outlines, where the rules have them. */
int report_page(struct cli *cli, struct buffer *out, const struct sitrep *report,
                struct error *err) WARN_UNUSED;

/* Publishes it in a folder (made when missing): FROM..TO.html, .md and .json, then index.html over
 * all reports there and changes.atom. Each file is there whole or as it was. */
int report_publish(struct cli *cli, struct store *store, const char *folder, const char *period,
                   const char *as_of, struct error *err) WARN_UNUSED;

#endif
