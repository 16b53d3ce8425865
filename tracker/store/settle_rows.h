#ifndef TRACKER_STORE_SETTLE_ROWS_H
#define TRACKER_STORE_SETTLE_ROWS_H

#include "store/copy_in.h"

/* Where a claim stands, to be found by its id. */
struct claim_place {
    int64_t claim_id;
    const struct event_row *event;
    const struct event_claim *claim;
};

/* An incident that is written. */
struct changed_incident {
    const struct incident *incident;
    int64_t old_region_id; /* where its row stood; the same unless it moved */
    struct digest content; /* of everything that is stored of it but the links */
    int32_t *links;        /* of its members */
};

/* What one settling writes. */
struct settle_plan {
    const struct settle_cell *cell;
    struct changed_incident *changed;
    size_t n_changed;
    struct claim_place *places; /* sorted by claim_id */
    size_t n_places;
};

/* Makes the staging tables of settling, once a session. */
int settle_staging(struct store *store, struct error *err) WARN_UNUSED;

/* Each sends its rows to staging in one COPY. */
int settle_stage_incidents(struct store *store, const struct settle_plan *plan,
                           struct error *err) WARN_UNUSED;
/* The changed incidents, and the stored ones that are no more. */
int settle_stage_affected(struct store *store, const struct settle_plan *plan,
                          struct error *err) WARN_UNUSED;
int settle_stage_members(struct store *store, const struct settle_plan *plan,
                         struct error *err) WARN_UNUSED;
int settle_stage_figures(struct store *store, const struct settle_plan *plan,
                         struct error *err) WARN_UNUSED;
int settle_stage_figure_claims(struct store *store, const struct settle_plan *plan,
                               struct error *err) WARN_UNUSED;
/* The timelines of the changed incidents. */
int settle_stage_steps(struct store *store, const struct settle_plan *plan,
                       struct error *err) WARN_UNUSED;
/* What became of the cell's decisions. */
int settle_stage_judgements(struct store *store, const struct settle_cell *cell,
                            struct error *err) WARN_UNUSED;

/* Loads events with their claims; in settle_load.c. params: regions, country, NULL or the last
 * second they may have been said in, NULL or their ids. */
int settle_load_events(struct store *store, const char *const *params, struct settle_cell *cell,
                       struct error *err) WARN_UNUSED;
/* Loads former memberships; the first two params of settle_load_events. */
int settle_load_former(struct store *store, const char *const *params, struct settle_cell *cell,
                       struct error *err) WARN_UNUSED;
/* Loads the decisions that stand in a cell, as entries; in settle_load.c. Their texts live until
 * the next load or store_settle_abandon. */
int settle_load_decisions(struct store *store, const char *cell_id, struct settle_cell *cell,
                          struct error *err) WARN_UNUSED;

#endif
