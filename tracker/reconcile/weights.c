#include "reconcile/weights.h"

/* Estimates by reasoning on how often unrelated strikes of one country agree by chance; to be
 * re-estimated from labelled pairs, so each stands with its reason. A pair of unrelated strikes in
 * a busy country starts some 3.5 bits below even, which is the link threshold. */
static const struct weights DEFAULT = {
    /* A village is struck rarely: two reports of it seldom mean two strikes. A capital is struck
     * and robbed every day. */
    .same_place =
        {{0, 6500}, {2000, 7000}, {20000, 6000}, {100000, 4500}, {1000000, 3000}, {5000000, 2000}},
    .same_unlisted_place =
        5000,              /* a name no gazetteer has is a small place, but may be a common name */
    .same_district = 3000, /* some dozens a region */
    .same_region = 1500,   /* some twenty-five a country, unevenly struck */
    .same_country = 2000,  /* only between waves: one wave a night */
    .near_place = 500,     /* a suburb or the next village is often told as the town */
    .within_region = 1500, /* no more than naming the region twice */
    .within_district = 1500,
    .other_name = -1000, /* two unlisted names may be two spellings of one, but seldom are */
    .near_metres = 15000,
    .district_metres = 60000,
    /* Dates narrow a strike to one of some hundreds of days, but reports come in bursts. */
    .same_day = 2500,
    .same_time = 4000,         /* hours that meet are a twelfth of the day */
    .times_apart = -2500,      /* a second strike of the same day */
    .next_day_overlap = -1000, /* the night between: either day may be meant */
    .next_day = -5000,         /* a strike the next day stays another unless much else agrees */
    .in_range = 1000,
    .in_month = 1000,
    .told_same_day = 2000, /* no date in the text: it appeared on the day of the strike */
    .told_soon = 1500,     /* undated, told within days: the common case of news */
    .told_later = 300,
    .told_late = -2500,
    .date_unknown = -500,
    .apart_seconds = 3 * 3600,
    .soon_days = 3,
    .later_days = 14,
    /* Most strikes kill one or none, so one dead says little and thirty say much. */
    .equal_toll = {{0, 200}, {1, 600}, {2, 1200}, {3, 2000}, {6, 2600}, {12, 4000}},
    .equal_munitions = {{0, 100}, {1, 500}, {3, 1000}, {10, 2000}, {40, 3000}, {150, 4000}},
    .toll_in_bounds = 500,     /* "at least ten" beside fourteen */
    .toll_rises_little = 2500, /* by a tenth: the same count, a few hours on */
    .toll_rises_some = 1500,   /* by a quarter */
    .toll_rises_double = 500,  /* up to twice */
    .toll_falls = -1500,       /* tolls seldom fall */
    .toll_falls_far = -2500,
    .toll_differs = -1000,       /* without times a rise and a fall look alike */
    .munitions_in_bounds = 1500, /* "more than 470" beside 476 */
    .munitions_differ = -500,    /* bulletins differ in what they count */
    .rise_from = 5,
    .same_copy = 6000, /* the same event of the same text */
    .link = 3500,
    .attach = 2500,
    .attach_ahead = 1000, /* twice as likely as the second best: else it is a guess */
    .most_block = 512,
    .block_window = 32,
    .most_nodes = 600,
    /* sources.yml: rescue, police, hospital on the scene; region, mayor, minister; agency 6;
       outlet 7. */
    .agency_rank = 6,
    .scene_rank = 1,
    .outlet_rank = 7,
    .worst_rank = 9,
    .rank_seconds = 6 * 3600,
    .same_seconds = 3600,
    .round_percent = 10,
    .contest_gap = 3,
};

const struct weights *weights_default(void)
{
    return &DEFAULT;
}

int32_t weight_by_size(const struct weight_step steps[WEIGHT_STEPS], int64_t size)
{
    int32_t weight = steps[0].weight;
    for (int i = 1; i < WEIGHT_STEPS && size >= steps[i].from; i++)
        weight = steps[i].weight;
    return weight;
}
