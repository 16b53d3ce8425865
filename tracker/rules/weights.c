#include "rules/weights.h"

#include <stddef.h>

/* The reasons stand beside the numbers in rules/reconcile.yml; a test holds the two equal. */
static const struct weights DEFAULT = {
    .same_place =
        {{0, 6000}, {2000, 6500}, {20000, 5500}, {100000, 4000}, {1000000, 3000}, {5000000, 2000}},
    .same_unlisted_place = 3500,
    .same_district = 3000,
    .same_region = 1500,
    .same_country = 2000,
    .near_place = 2500,
    .within_region = 1000,
    .within_district = 500,
    .other_name = 0,
    .other_district = -3000,
    .far_apart = -1500,
    .other_region = -4000,
    .near_metres = 15000,
    .district_metres = 60000,
    .same_day = 2500,
    .same_time = 4000,
    .times_apart = -2500,
    .next_day_overlap = -2000,
    .next_day = -5000,
    .days_apart = -6000,
    .weeks_apart = -5500,
    .long_apart = -5500,
    .told_before = -5500,
    .in_range = 2500,
    .in_month = 1000,
    .told_same_day = 2500,
    .told_soon = 3500,
    .told_later = 300,
    .told_late = -3000,
    .date_unknown = -500,
    .apart_seconds = 3 * 3600,
    .soon_days = 3,
    .later_days = 14,
    .equal_toll = {{0, 200}, {1, 1800}, {2, 1200}, {3, 2000}, {6, 2600}, {12, 4000}},
    .equal_munitions = {{0, 100}, {1, 500}, {3, 1000}, {10, 2000}, {40, 3000}, {150, 4000}},
    .toll_in_bounds = 500,
    .toll_rises_little = 2500,
    .toll_rises_some = 1500,
    .toll_rises_double = 500,
    .toll_falls = -700,
    .toll_falls_far = -1100,
    .toll_differs = -400,
    .toll_differs_far = -3000,
    .munitions_in_bounds = 1500,
    .munitions_differ = -500,
    .rise_from = 5,
    .shared_words =
        {{0, -5000}, {10, -1500}, {20, 1500}, {40, 3500}, {50, 7500}, {65, 9000}, {85, 11500}},
    .same_outlet_percent = 65,
    .few_words = 20,
    .told_apart = -5000,
    .same_copy = 6000,
    .copy_percent = 60,
    .link = 3000,
    .attach = 4500,
    .attach_ahead = 1000,
    .most_block = 512,
    .block_window = 32,
    .word_keys = 15,
    .most_word_block = 64,
    .most_nodes = 600,
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
    for (int i = 1; i < WEIGHT_STEPS && steps[i].from > steps[i - 1].from && size >= steps[i].from;
         i++)
        weight = steps[i].weight;
    return weight;
}

/* ---- settings by name ---- */

#define SETTING(group, name, member, kind)                  \
    {                                                       \
        group, name, offsetof(struct weights, member), kind \
    }
const struct weight_setting weight_settings[] = {
    SETTING("place", "same place", same_place, WEIGHT_TABLE),
    SETTING("place", "same unlisted place", same_unlisted_place, WEIGHT_INT32),
    SETTING("place", "same district", same_district, WEIGHT_INT32),
    SETTING("place", "same region", same_region, WEIGHT_INT32),
    SETTING("place", "same country", same_country, WEIGHT_INT32),
    SETTING("place", "near place", near_place, WEIGHT_INT32),
    SETTING("place", "within region", within_region, WEIGHT_INT32),
    SETTING("place", "within district", within_district, WEIGHT_INT32),
    SETTING("place", "other name", other_name, WEIGHT_INT32),
    SETTING("place", "other district", other_district, WEIGHT_INT32),
    SETTING("place", "far apart", far_apart, WEIGHT_INT32),
    SETTING("place", "other region", other_region, WEIGHT_INT32),
    SETTING("place", "near metres", near_metres, WEIGHT_INT32),
    SETTING("place", "district metres", district_metres, WEIGHT_INT32),
    SETTING("time", "same day", same_day, WEIGHT_INT32),
    SETTING("time", "same time", same_time, WEIGHT_INT32),
    SETTING("time", "times apart", times_apart, WEIGHT_INT32),
    SETTING("time", "next day overlap", next_day_overlap, WEIGHT_INT32),
    SETTING("time", "next day", next_day, WEIGHT_INT32),
    SETTING("time", "days apart", days_apart, WEIGHT_INT32),
    SETTING("time", "weeks apart", weeks_apart, WEIGHT_INT32),
    SETTING("time", "long apart", long_apart, WEIGHT_INT32),
    SETTING("time", "told before", told_before, WEIGHT_INT32),
    SETTING("time", "in range", in_range, WEIGHT_INT32),
    SETTING("time", "in month", in_month, WEIGHT_INT32),
    SETTING("time", "told same day", told_same_day, WEIGHT_INT32),
    SETTING("time", "told soon", told_soon, WEIGHT_INT32),
    SETTING("time", "told later", told_later, WEIGHT_INT32),
    SETTING("time", "told late", told_late, WEIGHT_INT32),
    SETTING("time", "date unknown", date_unknown, WEIGHT_INT32),
    SETTING("time", "apart seconds", apart_seconds, WEIGHT_INT32),
    SETTING("time", "soon days", soon_days, WEIGHT_INT32),
    SETTING("time", "later days", later_days, WEIGHT_INT32),
    SETTING("tolls", "equal toll", equal_toll, WEIGHT_TABLE),
    SETTING("tolls", "equal munitions", equal_munitions, WEIGHT_TABLE),
    SETTING("tolls", "toll in bounds", toll_in_bounds, WEIGHT_INT32),
    SETTING("tolls", "toll rises little", toll_rises_little, WEIGHT_INT32),
    SETTING("tolls", "toll rises some", toll_rises_some, WEIGHT_INT32),
    SETTING("tolls", "toll rises double", toll_rises_double, WEIGHT_INT32),
    SETTING("tolls", "toll falls", toll_falls, WEIGHT_INT32),
    SETTING("tolls", "toll falls far", toll_falls_far, WEIGHT_INT32),
    SETTING("tolls", "toll differs", toll_differs, WEIGHT_INT32),
    SETTING("tolls", "toll differs far", toll_differs_far, WEIGHT_INT32),
    SETTING("tolls", "munitions in bounds", munitions_in_bounds, WEIGHT_INT32),
    SETTING("tolls", "munitions differ", munitions_differ, WEIGHT_INT32),
    SETTING("tolls", "rise from", rise_from, WEIGHT_INT64),
    SETTING("words", "shared words", shared_words, WEIGHT_TABLE),
    SETTING("words", "same outlet percent", same_outlet_percent, WEIGHT_INT32),
    SETTING("words", "few words", few_words, WEIGHT_INT32),
    SETTING("copies", "same copy", same_copy, WEIGHT_INT32),
    SETTING("copies", "copy percent", copy_percent, WEIGHT_INT32),
    SETTING("copies", "told apart", told_apart, WEIGHT_INT32),
    SETTING("clustering", "link", link, WEIGHT_INT32),
    SETTING("clustering", "attach", attach, WEIGHT_INT32),
    SETTING("clustering", "attach ahead", attach_ahead, WEIGHT_INT32),
    SETTING("clustering", "most block", most_block, WEIGHT_UINT32),
    SETTING("clustering", "block window", block_window, WEIGHT_UINT32),
    SETTING("clustering", "word keys", word_keys, WEIGHT_UINT32),
    SETTING("clustering", "most word block", most_word_block, WEIGHT_UINT32),
    SETTING("clustering", "most nodes", most_nodes, WEIGHT_UINT32),
    SETTING("figures", "agency rank", agency_rank, WEIGHT_UINT8),
    SETTING("figures", "scene rank", scene_rank, WEIGHT_UINT8),
    SETTING("figures", "outlet rank", outlet_rank, WEIGHT_UINT8),
    SETTING("figures", "worst rank", worst_rank, WEIGHT_UINT8),
    SETTING("figures", "rank seconds", rank_seconds, WEIGHT_INT32),
    SETTING("figures", "same seconds", same_seconds, WEIGHT_INT32),
    SETTING("figures", "round percent", round_percent, WEIGHT_INT32),
    SETTING("figures", "contest gap", contest_gap, WEIGHT_INT64),
};
const size_t n_weight_settings = sizeof weight_settings / sizeof *weight_settings;

int64_t weight_get(const struct weights *weights, const struct weight_setting *setting)
{
    const void *at = (const char *)weights + setting->offset;
    switch (setting->kind) {
    case WEIGHT_INT32: return *(const int32_t *)at;
    case WEIGHT_UINT32: return *(const uint32_t *)at;
    case WEIGHT_INT64: return *(const int64_t *)at;
    case WEIGHT_UINT8: return *(const uint8_t *)at;
    default: return 0;
    }
}

void weight_set(struct weights *weights, const struct weight_setting *setting, int64_t value)
{
    void *at = (char *)weights + setting->offset;
    switch (setting->kind) {
    case WEIGHT_INT32: *(int32_t *)at = (int32_t)value; break;
    case WEIGHT_UINT32: *(uint32_t *)at = (uint32_t)value; break;
    case WEIGHT_INT64: *(int64_t *)at = value; break;
    case WEIGHT_UINT8: *(uint8_t *)at = (uint8_t)value; break;
    default: break;
    }
}

struct weight_step *weight_table(struct weights *weights, const struct weight_setting *setting)
{
    return (struct weight_step *)(void *)((char *)weights + setting->offset);
}

struct digest weights_digest(const struct weights *weights)
{
    struct weights copy = *weights;
    int64_t numbers[256];
    size_t n = 0;
    for (size_t i = 0; i < n_weight_settings; i++) {
        const struct weight_setting *setting = &weight_settings[i];
        if (setting->kind != WEIGHT_TABLE && n < 256)
            numbers[n++] = weight_get(weights, setting);
        const struct weight_step *table = weight_table(&copy, setting);
        for (int k = 0; setting->kind == WEIGHT_TABLE && k < WEIGHT_STEPS && n + 2 <= 256; k++) {
            numbers[n++] = table[k].from;
            numbers[n++] = table[k].weight;
        }
    }
    return digest_bytes(numbers, n * sizeof *numbers);
}
