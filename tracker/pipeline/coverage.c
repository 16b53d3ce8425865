#include "pipeline/coverage.h"

#include <stdlib.h>

/* One example of each shape is kept, so this is met by an archive's worth of different sentences
 * only. */
#define COVERAGE_MEMORY ((size_t)4 << 30)

void coverage_init(struct coverage *coverage)
{
    *coverage = (struct coverage){0};
    arena_init(&coverage->arena, COVERAGE_MEMORY);
}

void coverage_free(struct coverage *coverage)
{
    map_free(&coverage->by_shape);
    arena_free(&coverage->arena);
    *coverage = (struct coverage){0};
}

static int shape_new(struct coverage *coverage, const struct report *report, struct slice sentence,
                     struct slice shape, struct error *err)
{
    struct arena *arena = &coverage->arena;
    if (arena_grow(arena, &coverage->shapes, &coverage->capacity, coverage->n_shapes,
                   sizeof *coverage->shapes, err))
        return -1;
    struct coverage_shape *made = &coverage->shapes[coverage->n_shapes];
    *made = (struct coverage_shape){arena_copy(arena, shape), 1, arena_copy(arena, report->id),
                                    arena_copy(arena, sentence)};
    if (!made->shape.ptr || !made->report.ptr || !made->sentence.ptr)
        return arena_full(arena, err);
    return map_put(&coverage->by_shape, made->shape, (uint32_t)coverage->n_shapes++, err);
}

int coverage_add(struct coverage *coverage, const struct report *report, const struct document *doc,
                 const struct uncovered *found, size_t n, struct error *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct sentence *sentence = &doc->sentences[found[i].sentence];
        struct slice words = slice_sub(doc->text, sentence->start, sentence->end - sentence->start);
        uint32_t known = map_get(&coverage->by_shape, found[i].shape);
        coverage->n_sentences++;
        if (known != MAP_ABSENT)
            coverage->shapes[known].n++;
        else if (shape_new(coverage, report, words, found[i].shape, err))
            return -1;
    }
    return 0;
}

static int shape_compare(const void *left, const void *right)
{
    const struct coverage_shape *a = left, *b = right;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    return slice_compare(a->shape, b->shape);
}

void coverage_sort(struct coverage *coverage)
{
    if (coverage->n_shapes)
        qsort(coverage->shapes, coverage->n_shapes, sizeof *coverage->shapes, shape_compare);
}
