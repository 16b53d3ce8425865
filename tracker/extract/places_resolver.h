#ifndef TRACKER_EXTRACT_PLACES_RESOLVER_H
#define TRACKER_EXTRACT_PLACES_RESOLVER_H

/* Inside the resolution of place names only: what places_resolve.c (votes), places_points.c (which
 * candidate is likely) and places_outcome.c (what is made of it) share. */

#include "extract/place_words.h"
#include "extract/values.h"

struct vote {
    uint32_t place; /* index of a country or region */
    int weight;
    int weak; /* the part of it that mere mentions gave */
};

/* A name that the text somewhere puts into a place ("Birmingham, Ala.") means that everywhere. */
struct said {
    const uint32_t *name; /* place_candidates.packed */
    const struct gazetteer_place *place;
};
#define SAID_MOST 32

struct resolver {
    struct report_values *values;
    const struct gazetteer *g;
    const struct word_list *drones;
    const struct word_list *missiles;
    struct vote *countries;
    size_t n_countries, countries_size;
    struct vote *regions;
    size_t n_regions, regions_size;
    uint32_t *
        shared_country; /* of each mention: what all its candidates have in common, or PLACE_NONE */
    uint32_t *shared_region;
    uint32_t country; /* with the most votes, or PLACE_NONE */
    struct said said[SAID_MOST];
    size_t n_said;
};

struct contender {
    const struct gazetteer_place *place;
    unsigned flags;
    int points;
};

/* The points by which a winner leads. */
#define POINTS_MARGIN 35

/* Whether a candidate got POINTS_INSIDE: it lies in what the text puts around it. */
#define POINTS_INSIDE 3000

int votes_weight(const struct vote *votes, size_t n, uint32_t place);

/* "Russian drones", "Israeli airstrikes": says whose weapon it is, not where it fell. */
bool resolver_names_attacker(const struct resolver *r, const struct place_mention *m);

/* The points of candidate `p` of mention `m`; flags are its enum place_candidate_flag. */
int points_of(const struct resolver *r, const struct place_mention *m,
              const struct gazetteer_place *p, unsigned flags);

/* What the other mentions of its sentence add to that; 0 when none speaks for it. */
int points_of_sentence(const struct resolver *r, const struct place_mention *m,
                       const struct gazetteer_place *p);

/* "Safad School", "Jenin Mosque": whether a mention is the name of a building, whose town may be
 * named elsewhere. */
bool resolver_names_building(const struct resolver *r, const struct place_mention *m);

/* Whether the mention before says it lies in this one: "Mesick, Michigan". */
bool resolver_is_container(const struct resolver *r, const struct place_mention *m);

/* Fills m->place from the votes so far. */
void outcome_resolve(const struct resolver *r, struct place_mention *m);

/* A place nothing is known of. */
struct place outcome_empty(struct slice written);

#endif
