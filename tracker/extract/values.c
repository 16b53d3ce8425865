#include "extract/values.h"

#include <stdlib.h>

#include "extract/counts.h"
#include "extract/doubts.h"
#include "extract/places.h"
#include "extract/sources.h"
#include "extract/times.h"

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
                                     .gazetteer = gazetteer};
    values->sentences = ARENA_ARRAY(arena, struct sentence_values, doc->n_sentences);
    if (!values->sentences)
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

static int value_compare(const void *a, const void *b)
{
    const struct value *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

void value_list_sort(struct value_list *list)
{
    for (size_t i = 1; i < list->n; i++) {
        if (value_compare(&list->items[i - 1], &list->items[i]) > 0) {
            qsort(list->items, list->n, sizeof *list->items, value_compare);
            return;
        }
    }
}

const struct word_list *language_list(const struct language *language, const char *name)
{
    const struct symbols *symbols = &language->symbols;
    uint32_t index = map_get(&symbols->lists_by_name, slice_of(name));
    return index < symbols->n_lists ? &symbols->lists[index] : NULL;
}

int sentence_values_find(struct report_values *values, size_t index, struct error *err)
{
    struct sentence_values *sentence = &values->sentences[index];
    if (sentence->done)
        return 0;
    sentence->done = true;
    struct value_list list = {0};
    if (counts_find(values, index, &list, err) || people_find(values, index, &list, err))
        return -1;
    sentence->first_time = (uint32_t)values->n_times;
    if (times_find(values, index, &list, err))
        return -1;
    sentence->n_times = (uint32_t)values->n_times - sentence->first_time;
    if (places_find(values, index, &list, err) || sources_find(values, index, &list, err))
        return -1;
    value_list_sort(&list);
    sentence->values = list.items;
    sentence->n_values = list.n;
    return doubts_find(values, index, &list, err);
}
