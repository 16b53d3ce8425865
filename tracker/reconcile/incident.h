#ifndef TRACKER_RECONCILE_INCIDENT_H
#define TRACKER_RECONCILE_INCIDENT_H

#include "base/arena.h"
#include "base/calendar.h"
#include "base/digest.h"

/* The rows that reconciliation reads and writes, as plain values: store/ fills and keeps them,
 * reconcile/ computes on them, and neither knows the other. Texts are slices into the caller's
 * arena. */

/* Scope and precision by number, in the order of extract/event.h, place.h and when.h; reconcile/
 * may include those. */

/* A field or part by name ("killed", "child"); part absent is the total. */
struct measure {
    struct slice field;
    struct slice part;
};

/* A claim as reconciliation needs it: one number with who said it and when. */
struct event_claim {
    int64_t claim_id;
    struct measure measure;
    int64_t low, best, high; /* COUNT_OPEN (INT64_MIN) when open */
    uint8_t qualifier;       /* enum qualifier of rules/ruleset.h */
    uint8_t rank; /* of the claimant's kind: 1 on the scene .. 9 unknown; the outlet itself: 7 */
    bool running_total;
    bool enemy; /* a perpetrator about its enemy's losses */
    bool unverified;
    uint32_t pinned;       /* 0, or the number of the decision that pins it: the latest counts */
    struct slice claimant; /* canonical name; absent: the outlet */
    struct slice claimant_kind;
    struct slice party;
};

/* An event with all that reconciliation needs; no join to the report side on the hot path. */
struct event_row {
    int64_t event_id;
    int64_t report_id;
    int64_t copy_family; /* events of wire copies share it: one voice; the report's own id when it
                            has none */
    int64_t region_id;   /* first-level region or a pseudo-region; see region_id_of */
    int64_t stored_region_id; /* where store/ keeps its row, whatever an analyst decides; 0: not
                                 stored */
    uint16_t rank;            /* in its report, 1 = what the report is about */
    uint8_t scope;            /* enum event_scope */
    struct slice place_name;
    struct slice
        place_key; /* "g:691650" (geonameid) or "n:folded name": equal keys are one place */
    struct slice country, adm1, adm1_code, zone;
    uint8_t place_precision; /* enum place_precision */
    int32_t lat, lon;        /* 1e-5 degrees, PLACE_NO_COORDINATE when unknown */
    int64_t population;
    instant start, end; /* INSTANT_NONE when unknown */
    day_number local_date;
    uint8_t date_precision; /* enum when_precision */
    bool date_implied; /* the text names no time: the day is the publication's (when.phrase absent)
                        */
    instant said_at;   /* publication of the report, INSTANT_NONE when unknown */
    struct slice outlet;
    /* What its toll rose from ("to 31 from 25"), 0 when not told: no figure, but a sign of the
     * strike that had it. */
    int64_t former_killed, former_wounded;
    uint32_t *words; /* rare words of its sentences, ascending (extract/event_words.h) */
    size_t n_words;
    uint32_t *sketch; /* of its report's body, ascending (extract/sketch.h) */
    size_t n_sketch;
    struct event_claim
        *claims; /* those of role figure, part and enemy; sorted by measure, claim_id */
    size_t n_claims;
};

enum figure_state { FIGURE_KNOWN, FIGURE_ZERO_STATED, FIGURE_UNQUANTIFIED, FIGURE_STATES };
extern const char *const figure_state_names[FIGURE_STATES];

/* A reconciled number of an incident. */
struct figure {
    struct measure measure;
    int64_t low, best, high; /* COUNT_OPEN when open */
    enum figure_state state;
    bool in_totals;    /* may be summed over all figures without counting anybody twice */
    struct slice rule; /* the policy rule that chose it: "latest-running-total", ... */
    int64_t
        *claim_ids; /* the claims that made it, ascending; the one that gave best is chosen_claim */
    size_t n_claim_ids;
    int64_t chosen_claim; /* 0 when none alone did */
};

enum grading { GRADING_CONFIRMED, GRADING_FAIR, GRADING_WEAK, GRADING_CONTESTED, GRADINGS };
extern const char *const grading_names[GRADINGS];

/* One strike over all reports. */
struct incident {
    int64_t incident_id; /* set by incidents_identify */
    int64_t parent_id;   /* a wave's id, 0 for none */
    int64_t parent; /* index of the parent in the partition, -1 for none (before ids are known) */
    int64_t region_id;
    uint8_t scope;
    bool in_totals; /* its killed, wounded, missing may be summed */
    struct slice place_name, place_key, country, adm1, adm1_code, zone;
    uint8_t place_precision;
    int32_t lat, lon;
    instant start, end;
    day_number local_date;
    uint8_t date_precision;
    enum grading grading;
    uint32_t n_reports;     /* distinct reports */
    uint32_t n_independent; /* distinct copy families */
    struct slice *sources;  /* claimants and outlets, sorted, distinct */
    size_t n_sources;
    instant first_reported; /* earliest said_at, INSTANT_NONE when none is known */
    size_t *events;         /* indices into the input's events, ascending by event_id */
    size_t n_events;
    struct figure *figures; /* sorted by measure */
    size_t n_figures;
    struct digest
        content; /* of everything above but ids of reports: unchanged content, unchanged rows */
};

/* The pseudo-region of a country for waves and events without a region: hash of "UA"; of a
 * first-level region: hash of its code "UA.22"; of nowhere: hash of "". 63 bits, positive. */
int64_t region_id_of(struct slice country_or_adm1_code);

#endif
