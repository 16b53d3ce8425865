#ifndef TRACKER_RECONCILE_RECONCILE_H
#define TRACKER_RECONCILE_RECONCILE_H

#include "base/error.h"
#include "reconcile/incident.h"
#include "rules/weights.h"

/* A word of an analyst (data.md, Decisions), each on one pair, event, claim or report: a decision
 * about whole incidents is several of these with one id. Earlier decisions stand against later
 * ones. */
enum decision_kind {
    DECISION_SAME,
    DECISION_DIFFERENT,
    DECISION_PLACE,  /* event_a happened at `place` */
    DECISION_PIN,    /* claim_id gives its figure */
    DECISION_REJECT, /* claim_id, else event_a, else report_id counts no more */
    DECISION_KINDS
};
extern const char *const decision_kind_names[DECISION_KINDS];

struct decided_place {
    struct slice key, name, adm1, adm1_code, zone;
    uint8_t precision; /* enum place_precision */
    int32_t lat, lon;  /* 1e-5 degrees, PLACE_NO_COORDINATE when unknown */
};

struct decision {
    int64_t decision_id;
    enum decision_kind kind;
    int64_t event_a, event_b; /* 0: none, or not there any more */
    int64_t claim_id, report_id;
    int64_t made_at; /* microseconds since 1970; equal ones go by id */
    struct decided_place place;
};

/* A decision that earlier ones contradict, and these, in order from one of its ends to the other.
 */
struct refused_decision {
    int64_t decision_id;
    int64_t *path;
    size_t n_path;
};

/* Tells the decisions that stand from those refused, as a whole each; both in the order they were
 * made. Memory from `arena`; -1 with ERROR_LIMIT. */
int decisions_judge(struct arena *arena, const struct decision *decisions, size_t n,
                    struct decision **standing, size_t *n_standing,
                    struct refused_decision **refused, size_t *n_refused,
                    struct error *err) WARN_UNUSED;

/* Does what place, pin and reject say to the events themselves: those rejected go (the rest keep
 * their order), claims are marked. Same and different are for reconcile(). */
int decisions_apply(struct arena *arena, const struct decision *standing, size_t n,
                    struct event_row *events, size_t *n_events, struct error *err) WARN_UNUSED;

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

/* A rare word that a score finds in both events. */
struct shared_word {
    size_t index;  /* in the first one's words */
    uint32_t bits; /* the lower of its two rarities */
};

/* Those of two events, at most `most`; returns how many. The weight of shared words goes by the sum
 * of all their bits (in one outlet by some percent of it). */
size_t shared_words(const struct event_row *a, const struct event_row *b, struct shared_word *words,
                    size_t most);

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
    size_t common_words;      /* words of too many events to be keys */
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
    int64_t report_id;      /* of the event; 0 when it was not kept */
    uint32_t rank;          /* of the event in its report */
    struct slice place_key; /* of the incident */
    bool retired;           /* the incident is none now; its id may come back with its events */
};

/* A change of identity to be remembered. */
struct id_change {
    int64_t old_id;
    int64_t new_id;
    enum { ID_MERGED, ID_SPLIT } kind; /* old redirects to new; new was split off old */
};

/* Gives ids: the biggest shared part of the former members keeps its id (ties: the lowest id). An
 * event that is gone is followed by a new one of its report: of the incident's place, else of its
 * rank, else the first. What is left takes back the retired id that most of its events had; a
 * new incident's id is the hash of its least event id (made unique against `former`; an entry with
 * event_id 0 only reserves its incident_id). Sets incident_id and parent_id, and works the parent's
 * id into `content`: call it once. Pure function of (partition, former). */
int incidents_identify(struct arena *arena, const struct event_row *events,
                       struct incident *incidents, size_t n_incidents,
                       const struct former_member *former, size_t n_former,
                       struct id_change **changes, size_t *n_changes,
                       struct error *err) WARN_UNUSED;

#endif
