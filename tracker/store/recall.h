#ifndef TRACKER_STORE_RECALL_H
#define TRACKER_STORE_RECALL_H

#include "store/store.h"

/* Reading what is stored without settling it. Between store_recall_begin and store_recall_end all
 * is of one moment, and the texts of loaded cells stay valid; nothing is written. */
int store_recall_begin(struct store *store, struct arena *arena, struct error *err) WARN_UNUSED;
void store_recall_end(struct store *store);

/* The countries with events, by code; `only` (ISO code, any case) keeps one. */
int store_recall_countries(struct store *store, struct arena *arena, const char *only,
                           struct slice **out, size_t *n, struct error *err) WARN_UNUSED;

/* A country's events, those said up to `until` (INSTANT_NONE: all) or at an unknown time, with its
 * decisions and former memberships. Drops the cell loaded before. */
int store_recall_cell(struct store *store, struct slice country, instant until,
                      struct settle_cell *cell, struct error *err) WARN_UNUSED;

/* An incident by its id, an id it had before, or a report that is about it (also "report:REF"). */
struct found_incident {
    int64_t incident_id;
    struct slice country;
    bool moved;   /* the id asked for redirects to it */
    bool retired; /* no report tells of it any more */
};
/* 1 found, 0 nothing has that name, -1. */
int store_recall_find(struct store *store, struct arena *arena, const char *name,
                      struct found_incident *out, struct error *err) WARN_UNUSED;

/* The incident as it is stored: figures with their claims, and its events (cell->events, which
 * incident->events count in). Drops the cell loaded before. */
int store_recall_incident(struct store *store, int64_t incident_id, struct settle_cell *cell,
                          struct incident *incident, struct error *err) WARN_UNUSED;

/* Where a claim stands. Texts in `arena`, absent where NULL. */
struct claim_source {
    int64_t claim_id;
    int64_t report_id;
    struct slice report_ref, url, outlet, rule, text, sentence;
    int64_t span_start, span_end;
};
/* Of all claims of the cell's events, sorted by claim id. */
int store_recall_claims(struct store *store, struct arena *arena, const struct settle_cell *cell,
                        struct claim_source **out, size_t *n, struct error *err) WARN_UNUSED;

/* The reports of events: ref, url and stored text, sorted by report id (claim_id 0). */
int store_recall_reports(struct store *store, struct arena *arena, const struct settle_cell *cell,
                         struct claim_source **out, size_t *n, struct error *err) WARN_UNUSED;

#endif
