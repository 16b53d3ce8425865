#ifndef TRACKER_RECONCILE_RECONCILE_H
#define TRACKER_RECONCILE_RECONCILE_H

#include "base/error.h"
#include "reconcile/incident.h"

/* A word of an analyst about events (data.md, Decisions). First cut: same and different by event
 * id; the other kinds join with their command. */
enum decision_kind { DECISION_SAME, DECISION_DIFFERENT };
struct decision {
    int64_t decision_id;
    enum decision_kind kind;
    int64_t event_a;
    int64_t event_b;
};

/* Integer weights (milli-bits, log2) and policy numbers; one table, named, with the reason beside
 * each in weights.c. */
struct weights;
const struct weights *weights_default(void);

/* Why two events are, or are not, one: the terms of a score. */
#define SCORE_MAX_TERMS 16
struct score_term {
    const char *name; /* "same place", "tolls agree", ... */
    int32_t weight;   /* milli-bits */
};
struct pair_score {
    int32_t total; /* the sum of the terms */
    struct score_term terms[SCORE_MAX_TERMS];
    uint8_t n_terms;
    bool forbidden; /* cannot be one, whatever the score (the term says why) */
};

/* Scores two events. Pure; symmetric: score(a, b) == score(b, a). */
void score_pair(const struct weights *weights, const struct event_row *a, const struct event_row *b,
                struct pair_score *out);

/* The partition F(events, decisions, weights): incidents with their members, figures, parents
 * (indices), without ids. The result does not depend on the order of `events`. `events` is one
 * closed neighbourhood: a whole country with its pseudo-region. Memory from `arena`. -1 with
 * ERROR_LIMIT. */
int reconcile(struct arena *arena, const struct weights *weights, const struct event_row *events,
              size_t n_events, const struct decision *decisions, size_t n_decisions,
              struct incident **incidents, size_t *n_incidents, struct error *err) WARN_UNUSED;

/* What a call did, for logs and benches. What was cut short by a cap is counted here and logged. */
struct reconcile_stats {
    size_t pairs;             /* scored */
    size_t capped_blocks;     /* keys with more events than are compared each with each */
    size_t capped_components; /* components too large to be clustered pair by pair */
    size_t largest_component; /* events */
    size_t refused_decisions; /* contradicted by decisions of lower id */
};

/* reconcile() that also says what it did; `stats` may be NULL. */
int reconcile_measured(struct arena *arena, const struct weights *weights,
                       const struct event_row *events, size_t n_events,
                       const struct decision *decisions, size_t n_decisions,
                       struct incident **incidents, size_t *n_incidents,
                       struct reconcile_stats *stats, struct error *err) WARN_UNUSED;

/* A former membership: the event belonged to the incident when the ids were last given. */
struct former_member {
    int64_t event_id;
    int64_t incident_id;
};

/* A change of identity to be remembered. */
struct id_change {
    int64_t old_id;
    int64_t new_id;
    enum { ID_MERGED, ID_SPLIT } kind; /* old redirects to new; new was split off old */
};

/* Gives ids: the biggest shared part of the former members keeps its id (ties: the lowest id), a
 * new incident's id is the hash of its least event id (made unique against `former`; an entry with
 * event_id 0 only reserves its incident_id). Sets incident_id and parent_id, and works the parent's
 * id into `content`: call it once. Pure function of (partition, former). */
int incidents_identify(struct arena *arena, const struct event_row *events,
                       struct incident *incidents, size_t n_incidents,
                       const struct former_member *former, size_t n_former,
                       struct id_change **changes, size_t *n_changes,
                       struct error *err) WARN_UNUSED;

#endif
