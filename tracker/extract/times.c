#include "extract/times.h"

#include "extract/longest.h"

/* The name each number of a time phrase has in a pattern, and what it may be. A $half_day becomes
 * the end's when it stands behind the end's hour. */
static const struct {
    const char *name;
    bool list;
    int64_t low, high;
} SLOTS[TIME_NUMBERS] = {
    [TIME_NUMBER_DAY] = {"day", false, 1, 31},
    [TIME_NUMBER_DAY_END] = {"day_end", false, 1, 31},
    [TIME_NUMBER_MONTH] = {"month", true, 1, 12},
    [TIME_NUMBER_YEAR] = {"year", false, 1900, 2200},
    [TIME_NUMBER_HOUR] = {"hour", false, 0, 24},
    [TIME_NUMBER_MINUTE] = {"minute", false, 0, 59},
    [TIME_NUMBER_HOUR_END] = {"hour_end", false, 0, 24},
    [TIME_NUMBER_MINUTE_END] = {"minute_end", false, 0, 59},
    [TIME_NUMBER_COUNT] = {"number", false, 0, 100000},
    [TIME_NUMBER_UNIT] = {"unit", true, 0, 36525},
    [TIME_NUMBER_WEEKDAY] = {"weekday", true, 1, 7},
    [TIME_NUMBER_HALF] = {"half_day", true, 0, 12},
    [TIME_NUMBER_HALF_END] = {NULL, true, 0, 12},
    [TIME_NUMBER_PART] = {"part", true, 0, 1000},
};

static enum time_number slot_number(const struct pattern_slot *slot)
{
    bool list = slot->kind == SLOT_LIST;
    for (int i = 0; i < TIME_NUMBERS; i++)
        if (SLOTS[i].name && (SLOTS[i].list == list || i == TIME_NUMBER_MONTH) &&
            slice_is(slot->name, SLOTS[i].name))
            return (enum time_number)i;
    return TIME_NUMBERS;
}

static bool is_given(const struct time_mention *mention, enum time_number number)
{
    return mention->given & 1u << number;
}

/* Takes one capture; false when its number cannot be what the pattern says ("the 45th of May"). */
static bool capture_take(struct time_mention *mention, const struct match *match,
                         const struct capture *capture, const struct match_input *input)
{
    const struct pattern_slot *slot = &match->pattern->slots[capture->slot];
    enum time_number number = slot_number(slot);
    if (number == TIME_NUMBERS || slot->kind == SLOT_FIELD)
        return true;
    int64_t value = slot->kind == SLOT_LIST ? slot->phrases[capture->value].value
                                            : input->values[capture->value].number;
    if (number == TIME_NUMBER_HALF && is_given(mention, TIME_NUMBER_HOUR_END))
        number = TIME_NUMBER_HALF_END;
    if (value < SLOTS[number].low || value > SLOTS[number].high)
        return false;
    mention->numbers[number] = value;
    mention->given |= (uint16_t)(1u << number);
    return true;
}

/* "15 p.m." is no clock time. */
static bool halves_fit(const struct time_mention *mention)
{
    static const enum time_number HALF_OF[][2] = {{TIME_NUMBER_HALF, TIME_NUMBER_HOUR},
                                                  {TIME_NUMBER_HALF_END, TIME_NUMBER_HOUR_END}};
    for (size_t i = 0; i < 2; i++)
        if (is_given(mention, HALF_OF[i][0]) && is_given(mention, HALF_OF[i][1]) &&
            (mention->numbers[HALF_OF[i][1]] < 1 || mention->numbers[HALF_OF[i][1]] > 12))
            return false;
    return true;
}

/* One $half_day serves both ends. */
static void half_share(struct time_mention *mention, enum time_number from, enum time_number to,
                       enum time_number hour)
{
    if (is_given(mention, from) && !is_given(mention, to) && is_given(mention, hour) &&
        mention->numbers[hour] >= 1 && mention->numbers[hour] <= 12) {
        mention->numbers[to] = mention->numbers[from];
        mention->given |= (uint16_t)(1u << to);
    }
}

static bool mention_make(const struct report_values *values, const struct match *match,
                         const struct match_input *input, struct time_mention *mention)
{
    *mention =
        (struct time_mention){.first = match->first,
                              .n_tokens = match->count,
                              .sentence = (uint32_t)(input->sentence - values->doc->sentences),
                              .rule = &values->ruleset->rules[match->rule]};
    for (size_t i = 0; i < match->n_captures; i++)
        if (!capture_take(mention, match, &match->captures[i], input))
            return false;
    if (!halves_fit(mention))
        return false;
    half_share(mention, TIME_NUMBER_HALF, TIME_NUMBER_HALF_END, TIME_NUMBER_HOUR_END);
    half_share(mention, TIME_NUMBER_HALF_END, TIME_NUMBER_HALF, TIME_NUMBER_HOUR);
    return true;
}

static void matches_check(const struct report_values *values, const struct match_input *input,
                          struct match *matches, size_t *n)
{
    size_t kept = 0;
    struct time_mention mention;
    for (size_t i = 0; i < *n; i++)
        if (mention_make(values, &matches[i], input, &mention))
            matches[kept++] = matches[i];
    *n = kept;
}

/* The numbers of a time phrase count nothing: "three days ago", "12 May". */
static void counts_drop(struct value_list *list, const struct time_mention *mention)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        const struct value *value = &list->items[i];
        bool meets = value->first < mention->first + mention->n_tokens &&
                     mention->first < value->first + value->count;
        if (value->type != VALUE_COUNT || !meets)
            list->items[kept++] = *value;
    }
    list->n = kept;
}

static int mention_add(struct report_values *values, const struct time_mention *mention,
                       struct value_list *list, struct error *err)
{
    if (arena_grow(values->arena, &values->times, &values->times_capacity, values->n_times,
                   sizeof *values->times, err))
        return -1;
    values->times[values->n_times] = *mention;
    struct value value = {.first = mention->first,
                          .count = (uint16_t)mention->n_tokens,
                          .type = VALUE_TIME,
                          .index = (uint32_t)values->n_times++};
    return value_list_add(values, list, value, err);
}

int times_find(struct report_values *values, size_t index, struct value_list *list,
               struct error *err)
{
    const struct matcher *matcher = values->language->matchers[LAYER_TIME];
    const struct sentence *sentence = &values->doc->sentences[index];
    struct match *matches;
    size_t n;
    if (!matcher)
        return 0;
    /* The list shrinks and grows below: the captures refer to it as it is now. */
    struct value *before = ARENA_ARRAY(values->arena, struct value, list->n);
    if (!before)
        return arena_full(values->arena, err);
    if (list->n)
        memcpy(before, list->items, list->n * sizeof *before);
    struct match_input input = {values->doc, sentence, before, list->n, values->scratch};
    if (matcher_find(matcher, values->arena, &input, &matches, &n, err))
        return -1;
    matches_check(values, &input, matches, &n);
    if (matches_longest(values->arena, values->ruleset, sentence, matches, &n, err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        struct time_mention mention;
        mention_make(values, &matches[i], &input, &mention);
        counts_drop(list, &mention);
        if (mention_add(values, &mention, list, err))
            return -1;
    }
    value_list_sort(list);
    return 0;
}
