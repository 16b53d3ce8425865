#ifndef TRACKER_RECONCILE_PROFILE_H
#define TRACKER_RECONCILE_PROFILE_H

#include "reconcile/incident.h"
#include "reconcile/reconcile.h"

/* The measures that two tellings of one strike share. */
enum toll_kind {
    TOLL_KILLED,
    TOLL_WOUNDED,
    TOLL_DRONES,
    TOLL_MISSILES,
    TOLL_DRONES_INTERCEPTED,
    TOLL_MISSILES_INTERCEPTED,
    TOLLS
};
#define TOLL_FIRST_MUNITION TOLL_DRONES

struct toll {
    int64_t best; /* COUNT_OPEN: the event gives no number */
    bool bound;   /* "at least", "more than": best is a lower bound */
    bool rounded; /* "about" */
};

/* How an event says when it happened. */
enum day_kind {
    DAY_EXACT,   /* one local day (a night: its end) */
    DAY_SPAN,    /* several days */
    DAY_MONTH,   /* a month, or more days than tell a strike */
    DAY_IMPLIED, /* the day of publication, for want of any word of time: that day or some before */
    DAY_UNKNOWN
};

/* Where an event takes part in clustering. */
enum stage {
    STAGE_LOCATED, /* a place below the region and a date */
    STAGE_WAVE,    /* the whole country and a date */
    STAGE_VAGUE    /* anything less */
};

#define PLACE_WORDS 6

/* What comparing needs of an event, worked out once. Texts as hashes (0: absent), confirmed on the
 * row itself where they are equal. */
struct profile {
    const struct event_row *row;
    uint64_t place, adm1, country;
    int64_t family;                 /* of copies: one voice; see families.h */
    day_number first_day, last_day; /* both DAY_NONE for DAY_UNKNOWN */
    day_number said_day;            /* of publication, at the place; DAY_NONE when unknown */
    enum day_kind day_kind;
    enum stage stage;
    bool wave;
    uint32_t place_words[PLACE_WORDS]; /* of its place's and region's names: hashes of words */
    uint8_t n_place_words;
    struct toll tolls[TOLLS];
    int64_t former[TOLL_FIRST_MUNITION]; /* what the toll rose from, 0 when not told */
};

void profile_of(const struct event_row *row, struct profile *out);

/* Whether two rows name one place: equal keys, both present. */
bool profile_same_place(const struct profile *a, const struct profile *b);

/* The local day of an instant at a longitude (1e-5 degrees, PLACE_NO_COORDINATE: Greenwich), by the
 * sun: near enough to tell days apart, not hours. DAY_NONE for INSTANT_NONE. */
day_number local_day_of(instant at, int32_t lon);

/* Whether a field counts weapons (drones, missiles, ...) and not people. By name: reconciliation
 * reads rows that no rule set stands behind. */
bool field_is_munition(struct slice field);

#endif
