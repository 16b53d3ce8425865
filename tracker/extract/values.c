#include "extract/values.h"

#include <stdlib.h>

#include "extract/counts.h"
#include "extract/doubts.h"
#include "extract/places.h"
#include "extract/sources.h"
#include "extract/times.h"

/* A list that was looked up, by the address of its name. */
#define LISTS_KEPT 64
struct list_memory {
    const char *name;
    const struct word_list *list;
};

const struct word_list *values_list(const struct report_values *values, const char *name)
{
    uint64_t hash =
        (uint64_t)(uintptr_t)name * UINT64_C(0x9e3779b97f4a7c15); /* Fibonacci hashing */
    struct list_memory *kept = &values->lists[hash >> 58];
    if (kept->name != name)
        *kept = (struct list_memory){name, language_list(values->language, name)};
    return kept->list;
}

int report_values_init(struct report_values *values, struct arena *arena,
                       const struct report *report, const struct document *doc,
                       const struct ruleset *ruleset, const struct language *language,
                       const struct gazetteer *gazetteer, struct error *err)
{
    *values = (struct report_values){.arena = arena,
                                     .report = report,
                                     .doc = doc,
                                     .ruleset = ruleset,
                                     .language = language,
                                     .gazetteer = gazetteer,
                                     .home = UINT32_MAX};
    values->sentences = ARENA_ARRAY(arena, struct sentence_values, doc->n_sentences);
    values->scratch = ARENA_NEW(arena, struct match_scratch);
    values->lists = ARENA_ARRAY(arena, struct list_memory, LISTS_KEPT);
    if (!values->sentences || !values->scratch || !values->lists)
        return arena_full(arena, err);
    return 0;
}

int value_list_add(struct report_values *values, struct value_list *list, struct value value,
                   struct error *err)
{
    if (arena_grow(values->arena, (void **)&list->items, &list->capacity, list->n,
                   sizeof *list->items, err))
        return -1;
    list->items[list->n++] = value;
    return 0;
}

/* First token, longest, type: the matcher's order but for the index, in one number. */
static uint64_t value_key(const struct value *value)
{
    return (uint64_t)value->first << 32 | (uint64_t)(uint16_t)~value->count << 8 | value->type;
}

static int value_compare(const void *a, const void *b)
{
    const struct value *x = a, *y = b;
    uint64_t kx = value_key(x), ky = value_key(y);
    if (kx != ky)
        return kx < ky ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Values out of order that are put in one by one. */
#define FEW_VALUES 48

/* Lists are nearly in order: a few values found last stand behind those found before. */
void value_list_sort(struct value_list *list)
{
    struct value *items = list->items;
    size_t moved = 0;
    uint64_t before = list->n ? value_key(&items[0]) : 0;
    for (size_t i = 1; i < list->n; i++) {
        const uint64_t key = value_key(&items[i]);
        bool in_order = before < key || (before == key && items[i - 1].index <= items[i].index);
        before = in_order ? key : before; /* else it is the greater one that stands at i below */
        if (in_order)
            continue;
        if (moved++ == FEW_VALUES) {
            qsort(items, list->n, sizeof *items, value_compare);
            return;
        }
        struct value value = items[i];
        size_t k = i;
        do
            items[k] = items[k - 1];
        while (--k > 0 && value_compare(&items[k - 1], &value) > 0);
        items[k] = value;
    }
}

const struct word_list *language_list(const struct language *language, const char *name)
{
    const struct symbols *symbols = &language->symbols;
    uint32_t index = map_get(&symbols->lists_by_name, slice_of(name));
    return index < symbols->n_lists ? &symbols->lists[index] : NULL;
}

static int counts_reach(struct report_values *values, size_t index, struct value_list *list,
                        struct error *err)
{
    return counts_find(values, index, list, err) || people_find(values, index, list, err) ? -1 : 0;
}

static int times_reach(struct report_values *values, size_t index, struct value_list *list,
                       struct error *err)
{
    struct sentence_values *sentence = &values->sentences[index];
    sentence->first_time = (uint32_t)values->n_times;
    if (times_find(values, index, list, err))
        return -1;
    sentence->n_times = (uint32_t)values->n_times - sentence->first_time;
    return 0;
}

static int all_reach(struct report_values *values, size_t index, struct value_list *list,
                     struct error *err)
{
    if (places_find(values, index, list, err) || sources_find(values, index, list, err))
        return -1;
    value_list_sort(list);
    return doubts_find(values, index, list, err);
}

/* The next stage, on a copy of what the one before it found; each leaves its list in order. */
static int stage_reach(struct report_values *values, size_t index, enum values_stage stage,
                       struct error *err)
{
    static int (*const finders[])(struct report_values *, size_t, struct value_list *,
                                  struct error *) = {
        [VALUES_COUNTS] = counts_reach, [VALUES_TIMES] = times_reach, [VALUES_ALL] = all_reach};
    struct sentence_values *sentence = &values->sentences[index];
    struct value_list list = {0};
    sentence->stage = stage;
    sentence->done = stage == VALUES_ALL;
    if (sentence->n_values) {
        list.capacity = 2 * sentence->n_values;
        list.items = arena_alloc(values->arena, list.capacity * sizeof *list.items);
        if (!list.items)
            return arena_full(values->arena, err);
        list.n = sentence->n_values;
        memcpy(list.items, sentence->values, list.n * sizeof *list.items);
    }
    if (finders[stage](values, index, &list, err))
        return -1;
    sentence->values = list.items;
    sentence->n_values = list.n;
    return 0;
}

int sentence_values_reach(struct report_values *values, size_t index, enum values_stage stage,
                          struct error *err)
{
    for (enum values_stage next = values->sentences[index].stage + 1; next <= stage; next++)
        if (stage_reach(values, index, next, err))
            return -1;
    return 0;
}

int sentence_values_find(struct report_values *values, size_t index, struct error *err)
{
    return sentence_values_reach(values, index, VALUES_ALL, err);
}
