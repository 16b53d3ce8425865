#ifndef TRACKER_RULES_WEIGHTS_H
#define TRACKER_RULES_WEIGHTS_H

#include <stdint.h>

#include "base/digest.h"

/* One line of a table that goes by size: `weight` holds for sizes from `from` up to the next line.
 */
struct weight_step {
    int64_t from;
    int32_t weight;
};
#define WEIGHT_STEPS 8

/* Every number that decides how reports become incidents, in one place; rules/reconcile.yml gives
 * them with their reasons. Weights are milli-bits:
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
    int32_t other_district;
    int32_t far_apart;       /* two settlements, of one region */
    int32_t other_region;    /* or of two */
    int32_t near_metres;     /* settlements farther apart are never one place */
    int32_t district_metres; /* a settlement farther from a district's centre is not in it */
    /* time */
    int32_t same_day;
    int32_t same_time;
    int32_t times_apart;
    int32_t next_day_overlap;
    int32_t next_day;
    int32_t days_apart;  /* up to soon_days */
    int32_t weeks_apart; /* up to later_days */
    int32_t long_apart;
    int32_t told_before; /* told before the day the other names */
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
    int32_t toll_differs_far; /* one is at least three times the other */
    int32_t munitions_in_bounds;
    int32_t munitions_differ;
    int64_t rise_from; /* below it a small rise says nothing */
    /* words */
    struct weight_step shared_words[WEIGHT_STEPS]; /* by the bits of rarity of the shared ones */
    int32_t same_outlet_percent; /* of those bits, when both stand in one outlet */
    int32_t few_words;           /* an event with fewer proves nothing by not sharing them */
    /* copies */
    int32_t same_copy;
    int32_t copy_percent; /* of two texts that is the same in copies */
    int32_t told_apart;   /* two events of one report */
    /* clustering */
    int32_t link;             /* least mean score of two clusters that become one */
    int32_t attach;           /* least score of a vague event with a cluster */
    int32_t attach_ahead;     /* and how far before the second best */
    uint32_t most_block;      /* events of one key that are all compared */
    uint32_t block_window;    /* in a larger block: with so many followers */
    uint32_t word_keys;       /* rarest words under which an event is looked for */
    uint32_t most_word_block; /* a word of more events is no key: it is not rare here */
    uint32_t most_nodes;      /* of a component that is clustered pair by pair */
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

/* What holds where no rule set says otherwise; equal to the shipped rules/reconcile.yml. */
const struct weights *weights_default(void);

/* The settings by the names that reconcile.yml gives them. */
enum weight_kind { WEIGHT_INT32, WEIGHT_UINT32, WEIGHT_INT64, WEIGHT_UINT8, WEIGHT_TABLE };
struct weight_setting {
    const char *group; /* "place" */
    const char *name;  /* "same district" */
    size_t offset;     /* in struct weights */
    enum weight_kind kind;
};
extern const struct weight_setting weight_settings[];
extern const size_t n_weight_settings;

/* A setting that is no table as a number, and the other way round. */
int64_t weight_get(const struct weights *weights, const struct weight_setting *setting);
void weight_set(struct weights *weights, const struct weight_setting *setting, int64_t value);
struct weight_step *weight_table(struct weights *weights, const struct weight_setting *setting);

/* A digest of all settings: equal weights make equal incidents. */
struct digest weights_digest(const struct weights *weights);

/* The weight of a table for a size: of the last line that begins no higher. */
int32_t weight_by_size(const struct weight_step steps[WEIGHT_STEPS], int64_t size);

#endif
