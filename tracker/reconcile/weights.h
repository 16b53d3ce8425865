#ifndef TRACKER_RECONCILE_WEIGHTS_H
#define TRACKER_RECONCILE_WEIGHTS_H

#include "reconcile/reconcile.h"

/* One line of a table that goes by size: `weight` holds for sizes from `from` up to the next line.
 */
struct weight_step {
    int64_t from;
    int32_t weight;
};
#define WEIGHT_STEPS 6

/* Every number that decides, in one place; the reasons stand in weights.c. Weights are milli-bits:
 * 1000 says that the observation is twice as likely for two tellings of one strike as for two
 * strikes. */
struct weights {
    /* place */
    struct weight_step same_place[WEIGHT_STEPS]; /* by population */
    int32_t same_unlisted_place;
    int32_t same_district;
    int32_t same_region;
    int32_t same_country;
    int32_t near_place;
    int32_t within_region;
    int32_t within_district;
    int32_t other_name;
    int32_t near_metres;     /* settlements farther apart are never one place */
    int32_t district_metres; /* a settlement farther from a district's centre is not in it */
    /* time */
    int32_t same_day;
    int32_t same_time;
    int32_t times_apart;
    int32_t next_day_overlap;
    int32_t next_day;
    int32_t in_range;
    int32_t in_month;
    int32_t told_same_day;
    int32_t told_soon;
    int32_t told_later;
    int32_t told_late;
    int32_t date_unknown;
    int32_t apart_seconds; /* two clock times farther apart are two strikes of one day */
    int32_t soon_days;
    int32_t later_days;
    /* tolls */
    struct weight_step equal_toll[WEIGHT_STEPS]; /* by the number */
    struct weight_step equal_munitions[WEIGHT_STEPS];
    int32_t toll_in_bounds;
    int32_t toll_rises_little;
    int32_t toll_rises_some;
    int32_t toll_rises_double;
    int32_t toll_falls;
    int32_t toll_falls_far;
    int32_t toll_differs;
    int32_t munitions_in_bounds;
    int32_t munitions_differ;
    int64_t rise_from; /* below it a small rise says nothing */
    /* copies */
    int32_t same_copy;
    /* clustering */
    int32_t link;          /* least mean score of two clusters that become one */
    int32_t attach;        /* least score of a vague event with a cluster */
    int32_t attach_ahead;  /* and how far before the second best */
    uint32_t most_block;   /* events of one key that are all compared */
    uint32_t block_window; /* in a larger block: with so many followers */
    uint32_t most_nodes;   /* of a component that is clustered pair by pair */
    /* figures */
    uint8_t agency_rank; /* the worst rank whose higher total sets best at once */
    uint8_t scene_rank;  /* the worst rank of bodies on the scene */
    uint8_t outlet_rank;
    uint8_t worst_rank;
    int32_t rank_seconds;  /* within it the better rank decides on a lower total */
    int32_t same_seconds;  /* within it, on a higher one too */
    int32_t round_percent; /* how far a rounded number reaches */
    int64_t contest_gap;   /* accounts that differ by less are not contested */
};

/* The weight of a table for a size. */
int32_t weight_by_size(const struct weight_step steps[WEIGHT_STEPS], int64_t size);

#endif
