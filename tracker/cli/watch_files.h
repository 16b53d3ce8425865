#ifndef TRACKER_CLI_WATCH_FILES_H
#define TRACKER_CLI_WATCH_FILES_H

#include "cli/generation.h"
#include "store/feeds.h"

/* What `watch` leaves in files. */

/* Writes the counters, and of each feed its failures and last news, as Prometheus text; nothing
 * without the setting metrics-file. The file is there whole or as it was. */
int metrics_write(struct generation *generation, const struct watch_state *state,
                  const struct feed_state *feeds, size_t n_feeds, struct error *err) WARN_UNUSED;

/* Publishes the situation reports of the days (UTC) that ended since the last one, a week's after
 * its Sunday, as the settings say; at most those of a week. Nothing without report-dir, or until
 * `settle_after` of the new day has passed. Moves state->reported_day. */
int reports_write(struct generation *generation, struct store *store, instant now,
                  struct watch_state *state, struct error *err) WARN_UNUSED;

#endif
