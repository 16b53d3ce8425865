#include "extract/longest.h"

#include <stdlib.h>

/* A match with its rule's name beside it: what the order is made of. */
struct contender {
    struct match match;
    struct slice name;
};

/* Equal ones go by the rule's name, never by the order of files. */
static int by_length(const void *a, const void *b)
{
    const struct contender *x = a, *y = b;
    if (x->match.count != y->match.count)
        return x->match.count > y->match.count ? -1 : 1;
    if (x->match.first != y->match.first)
        return x->match.first < y->match.first ? -1 : 1;
    if (x->match.n_captures != y->match.n_captures)
        return x->match.n_captures > y->match.n_captures ? -1 : 1;
    int c = slice_compare(x->name, y->name);
    return c ? c
             : (x->match.alternative > y->match.alternative) -
                   (x->match.alternative < y->match.alternative);
}

static int by_place(const void *a, const void *b)
{
    const struct match *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* Marks the match's tokens; false when one was taken already. */
static bool tokens_take(unsigned char *taken, size_t first, size_t n)
{
    for (size_t i = first; i < first + n; i++)
        if (taken[i])
            return false;
    memset(taken + first, 1, n);
    return true;
}

int matches_longest(struct arena *arena, const struct ruleset *ruleset,
                    const struct sentence *sentence, struct match *matches, size_t *n,
                    struct error *err)
{
    if (*n < 2)
        return 0;
    struct contender *contenders = ARENA_ARRAY(arena, struct contender, *n);
    unsigned char *taken = arena_calloc(arena, sentence->count, 1);
    if (!contenders || !taken)
        return arena_full(arena, err);
    for (size_t i = 0; i < *n; i++)
        contenders[i] = (struct contender){matches[i], ruleset->rules[matches[i].rule].name};
    qsort(contenders, *n, sizeof *contenders, by_length);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        const struct match *match = &contenders[i].match;
        if (tokens_take(taken, match->first - sentence->first, match->count))
            matches[kept++] = *match;
    }
    *n = kept;
    qsort(matches, kept, sizeof *matches, by_place);
    return 0;
}
