#ifndef TRACKER_STORE_SITUATION_H
#define TRACKER_STORE_SITUATION_H

#include "store/store.h"

/* What a situation report is made of: everything we said, at one moment, of the strikes of a
 * period. A pure function of (query, as_of): later changes, new editions and new rules never alter
 * it. All texts live in the arena given to the loader; a slice is absent where the database has
 * NULL. Ids are texts everywhere, as 63 bits do not survive JavaScript. */

struct situation_query {
    day_number from, to;   /* the period, both included */
    day_number since;      /* incidents are loaded from this day on: the period before, charts */
    const char *as_of;     /* ISO 8601 in UTC, as situation_moment gives it */
    const char *country;   /* ISO code, any case; NULL: all */
    const char *region;    /* name of a first-level region, any case; NULL: all */
    bool incidents_only;   /* leave out revisions, steps and sources */
    instant reports_as_of; /* what the reports published up to then say; INSTANT_NONE: all */
};

/* One figure of an incident, with the words that gave its best number. */
struct situation_figure {
    struct slice field, part; /* part absent: all */
    int64_t low, best, high;  /* COUNT_OPEN where open */
    struct slice state, rule;
    bool in_totals;
    struct slice who;      /* claimant, else outlet; absent: no single claim gave it */
    struct slice sentence; /* absent: no single claim gave it */
    struct slice url, outlet;
    struct slice published; /* day, "2025-11-19"; absent: unknown */
};

struct situation_incident {
    struct slice id, parent_id, scope, place, place_precision, adm1, country, date_precision,
        grading;
    struct slice sources;                                        /* joined by ", " */
    struct slice start_at, end_at, first_reported, last_changed; /* "2025-11-19T07:30:00Z" */
    day_number day;                                              /* DAY_NONE: unknown */
    bool in_totals;
    bool located;
    int32_t lat_e5, lon_e5; /* 1e-5 degrees, when located */
    int64_t n_reports, n_independent;
    size_t first_figure, n_figures; /* into situation.figures, sorted by field and part */
};

/* A change of a figure after its first statement. */
struct situation_revision {
    struct slice incident_id, place, recorded; /* "2025-11-20 14:03" UTC */
    day_number day;                            /* of the incident */
    struct slice field, part, who, rule, sentence, url;
    int64_t old_low, old_best, old_high, new_low, new_best, new_high;
    bool gone; /* the figure has no number any more */
};

/* One step of the toll of the period's deadliest incident. */
struct situation_step {
    struct slice at; /* "2025-11-20 14:03" UTC */
    instant moment;
    int64_t low, best, high;
    struct slice who;
};

/* One outlet in the period. */
struct situation_source {
    struct slice outlet; /* absent: reports that name none */
    int64_t reports, claims;
    int64_t days;    /* of the period with a report */
    day_number last; /* newest day it reported on up to the period's end */
    int64_t before;  /* reports in the period before, as long */
};

struct situation {
    struct situation_incident *incidents; /* by day, then id; no day last */
    size_t n_incidents;
    struct situation_figure *figures;
    size_t n_figures;
    struct situation_revision *revisions; /* recorded since the period began, of earlier days */
    size_t n_revisions;
    struct situation_step *steps; /* by time */
    size_t n_steps;
    struct slice steps_incident;
    struct situation_source *sources; /* most reports first */
    size_t n_sources;
    struct slice *rulesets; /* digests (16 hex digits) of the rule sets that read the reports */
    size_t n_rulesets;
    int64_t n_reports; /* published in the period */
};

/* The moment a report speaks from. `asked` (ISO 8601; a date alone is its end; NULL: the newest
 * change the database holds, never the clock) comes back in *as_of with microseconds, UTC. *anchor
 * is the day the newest report known then was published on (UTC; DAY_NONE without any): the last
 * day of a period that is asked for by its length. ERROR_INPUT when `asked` is no moment. */
int situation_moment(struct store *store, struct arena *arena, const char *asked,
                     struct slice *as_of, day_number *anchor, struct error *err) WARN_UNUSED;

/* The site from that day on with the greatest toll that counts in totals; of equals the first; NULL
 * when nobody was killed. */
const struct situation_incident *situation_deadliest(const struct situation *situation,
                                                     day_number from);

/* Loads all of it in one snapshot. */
int situation_load(struct store *store, struct arena *arena, const struct situation_query *query,
                   struct situation *out, struct error *err) WARN_UNUSED;

#endif
