/* format: strike-times/1: parts of the day, and phrases that say when. */
#include "rules/load.h"

const char *const time_names[TIME_MEANINGS] = {
    [TIME_DAY_OFFSET] = "day offset",
    [TIME_WEEKDAY] = "weekday",
    [TIME_DATE] = "date",
    [TIME_AGO] = "ago",
    [TIME_CLOCK] = "clock",
    [TIME_PART] = "part of day",
    [TIME_MONTH] = "month",
};

#define MINUTES_A_DAY 1440

/* "06:00" as minutes; -1 and an error when it is none. */
static int load_clock(struct loading *load, const struct yaml_node *node, const char *key)
{
    const struct yaml_node *value = load_text(load, node, key);
    if (!value)
        return -1;
    struct slice s = value->text;
    bool good = s.len == 5 && s.ptr[2] == ':';
    for (size_t i = 0; good && i < 5; i++)
        good = i == 2 || (s.ptr[i] >= '0' && s.ptr[i] <= '9');
    int minutes = good ? ((s.ptr[0] - '0') * 10 + s.ptr[1] - '0') * 60 + (s.ptr[3] - '0') * 10 +
                             s.ptr[4] - '0'
                       : -1;
    if (good && s.ptr[3] < '6' && minutes <= MINUTES_A_DAY)
        return minutes;
    load_error(load, value, NULL, "expected a clock time from 00:00 to 24:00");
    return -1;
}

static void load_span_of_day(struct loading *load, const struct yaml_node *node, bool *night,
                             int *from, int *to)
{
    *night = load_bool(load, node, "night");
    *from = load_clock(load, node, "from");
    *to = load_clock(load, node, "to");
    if ((*from < 0) != (*to < 0) && !yaml_get(node, *from < 0 ? "from" : "to"))
        load_error(load, node, NULL, "'from' and 'to' go together");
    if (*night && *from >= 0)
        load_error(load, node, NULL, "a night has its own hours: no 'from' and 'to'");
}

/* ---- parts of the day --------------------------------------------------------------------------
 */

static const char *const PART_KEYS[] = {"night", "from", "to", "words", NULL};

static void load_part(struct loading *load, struct rule_file *file, const struct yaml_node *key,
                      const struct yaml_node *node, struct word_list *list)
{
    struct language *language = file->language;
    struct day_part *part = &language->day_parts[language->n_day_parts];
    if (!load_keys(load, node, "a part of the day", PART_KEYS))
        return;
    part->name = key->text;
    load_span_of_day(load, node, &part->night, &part->from, &part->to);
    if (!part->night && part->from < 0)
        load_error(load, key, NULL, "a part of the day needs 'from' and 'to', or 'night: true'");
    int64_t value = (int64_t)language->n_day_parts++;
    const struct yaml_node *words = yaml_get(node, "words");
    list_fill(load, &language->symbols, list, words ? words : key, &value);
}

void load_time_words(struct loading *load, struct rule_file *file)
{
    static const char *const KEYS[] = {"format",       "language", "lists",
                                       "parts of day", "times",    NULL};
    struct language *language = file->language;
    load_keys(load, file->root, "a strike-times file", KEYS);
    symbols_add_lists(load, &language->symbols, load_map(load, file->root, "lists"));
    const struct yaml_node *parts = load_map(load, file->root, "parts of day");
    if (!parts)
        return;
    if (language->n_day_parts) {
        load_error(load, parts, NULL, "the parts of the day are already given in another file");
        return;
    }
    language->day_parts = load_array(load, parts->n, sizeof *language->day_parts);
    struct word_list list = {.name = SLICE_LITERAL("part"), .where = parts->where};
    for (size_t i = 0; i < parts->n && !load->full; i++)
        load_part(load, file, &parts->keys[i], &parts->items[i], &list);
    if (load->full || word_list_seal(load->arena, &list, NULL))
        load_full(load);
    else
        symbols_add(load, &language->symbols, &list);
}

/* ---- times -------------------------------------------------------------------------------------
 */

/* What each meaning finds in its pattern: any one of these. */
static const char *const NEEDED[TIME_MEANINGS][3] = {
    [TIME_WEEKDAY] = {"weekday"},
    [TIME_DATE] = {"day"},
    [TIME_AGO] = {"unit"},
    [TIME_MONTH] = {"month"},
};

static const char *const SLOTS[] = {"day",    "day_end",  "month",      "year",   "hour",
                                    "minute", "hour_end", "minute_end", "number", NULL};

static bool has_slot(const struct pattern *pattern, const char *name)
{
    for (uint16_t i = 0; i < pattern->n_slots; i++) {
        if (slice_is(pattern->slots[i].name, name))
            return true;
    }
    return false;
}

static void check_slots(struct loading *load, const struct yaml_node *item,
                        const struct pattern *pattern, enum time_means means)
{
    for (uint16_t i = 0; i < pattern->n_slots; i++) {
        const struct pattern_slot *slot = &pattern->slots[i];
        size_t k = 0;
        while (slot->kind != SLOT_LIST && SLOTS[k] && !slice_is(slot->name, SLOTS[k]))
            k++;
        if (slot->kind != SLOT_LIST && !SLOTS[k])
            load_error(load, item,
                       "numbers of a time: day, day_end, month, year, hour, minute, "
                       "hour_end, minute_end, number",
                       "unknown field <%.*s>", SLICE_ARG(slot->name));
    }
    if (NEEDED[means][0] && !has_slot(pattern, NEEDED[means][0]))
        load_error(load, item, NULL, "means: %s needs %s%s%s", time_names[means],
                   means == TIME_DATE ? "<" : "$", NEEDED[means][0], means == TIME_DATE ? ">" : "");
}

static void load_time(struct loading *load, struct rule_file *file, const struct yaml_node *node)
{
    static const char *const KEYS[] = {"time",  "match", "unless before", "unless after",
                                       "means", "day",   "span",          "night",
                                       "from",  "to",    "examples",      NULL};
    const char *names[TIME_MEANINGS + 1] = {NULL};
    memcpy(names, time_names, sizeof time_names);
    if (!load_keys(load, node, "a time", KEYS))
        return;
    struct rule *rule = rule_load(load, file, LAYER_TIME, node, "time");
    if (!rule)
        return;
    const struct yaml_node *means = yaml_get(node, "means"), *day = yaml_get(node, "day");
    const struct yaml_node *span = yaml_get(node, "span"), *match = yaml_get(node, "match");
    int choice = means ? load_choice(load, means, "meaning", names) : -1;
    int64_t days = 0, spanned = 1;
    if (!means)
        load_error(load, node, NULL, "'means' is missing: day offset, weekday, date, ...");
    if (day)
        load_int(load, day, -40000, 40000, &days);
    if (span)
        load_int(load, span, 1, 40000, &spanned);
    struct time_meaning *meaning = &rule->time;
    *meaning = (struct time_meaning){.day = (int)days, .span = (int)spanned};
    load_span_of_day(load, node, &meaning->night, &meaning->from, &meaning->to);
    if (choice < 0)
        return;
    meaning->means = (enum time_means)choice;
    for (uint16_t i = 0; i < rule->n_alternatives; i++) {
        if (rule->alternatives[i].code)
            check_slots(load, load_item(match, i), &rule->alternatives[i], meaning->means);
    }
}

void load_times(struct loading *load, struct rule_file *file)
{
    scope_open(load, file);
    const struct yaml_node *times = load_list(load, file->root, "times");
    for (size_t i = 0; times && i < times->n && !load->full; i++)
        load_time(load, file, &times->items[i]);
}
