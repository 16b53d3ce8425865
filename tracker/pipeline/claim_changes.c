#include "pipeline/claim_changes.h"

#include <stdlib.h>

#include "extract/counts.h"

const char *const claim_change_names[CLAIM_CHANGE_KINDS] = {"gained", "lost", "altered"};

#define NO_CLAIM SIZE_MAX

static struct slice part_name(const struct schema *schema, const struct claim *claim)
{
    return claim->part == SCHEMA_NONE ? SLICE_NONE
                                      : schema->fields[claim->field].parts[claim->part];
}

/* The two rule sets may number their fields differently. */
static bool same_measure(const struct reading_of_report *old, const struct claim *a,
                         const struct reading_of_report *new, const struct claim *b)
{
    return slice_equal(old->schema->fields[a->field].name, new->schema->fields[b->field].name) &&
           slice_equal(part_name(old->schema, a), part_name(new->schema, b));
}

static struct slice claimant_of(const struct claim *claim)
{
    return claim->claimant ? claim->claimant->name : SLICE_NONE;
}

static bool says_the_same(const struct claim *a, const struct claim *b)
{
    return count_equal(&a->count, &b->count) && a->role == b->role && a->doubt == b->doubt &&
           slice_equal(claimant_of(a), claimant_of(b));
}

/* Gives each old claim the first free new one that stands where it stands (`exact`) or overlaps it.
 */
static void pair_claims(const struct reading_of_report *old, const struct reading_of_report *new,
                        bool exact, size_t *partner_of_old, size_t *partner_of_new)
{
    const struct claims *olds = &old->extraction->claims, *news = &new->extraction->claims;
    for (size_t i = 0; i < olds->n; i++)
        for (size_t k = 0; k < news->n && partner_of_old[i] == NO_CLAIM; k++) {
            const struct claim *a = &olds->items[i], *b = &news->items[k];
            bool meet = exact ? a->start == b->start && a->end == b->end
                              : a->start < b->end && b->start < a->end;
            if (partner_of_new[k] != NO_CLAIM || !meet || !same_measure(old, a, new, b))
                continue;
            partner_of_old[i] = k;
            partner_of_new[k] = i;
        }
}

static uint32_t change_start(const struct claim_change *change)
{
    return change->new ? change->new->start : change->old->start;
}

static int change_compare(const void *left, const void *right)
{
    const struct claim_change *a = left, *b = right;
    if (change_start(a) != change_start(b))
        return change_start(a) < change_start(b) ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    /* Of one kind both point into the same array, which is in order of text. */
    return a->new ? (a->new > b->new) - (a->new < b->new) : (a->old > b->old) - (a->old < b->old);
}

static size_t changes_list(const struct claims *olds, const struct claims *news,
                           const size_t *partner_of_old, const size_t *partner_of_new,
                           struct claim_change *changes)
{
    size_t n = 0;
    for (size_t i = 0; i < olds->n; i++) {
        const struct claim *old = &olds->items[i];
        const struct claim *new =
            partner_of_old[i] == NO_CLAIM ? NULL : &news->items[partner_of_old[i]];
        if (!new)
            changes[n++] = (struct claim_change){CLAIM_LOST, old, NULL};
        else if (!says_the_same(old, new))
            changes[n++] = (struct claim_change){CLAIM_ALTERED, old, new};
    }
    for (size_t k = 0; k < news->n; k++)
        if (partner_of_new[k] == NO_CLAIM)
            changes[n++] = (struct claim_change){CLAIM_GAINED, NULL, &news->items[k]};
    return n;
}

int claims_compare(struct arena *arena, const struct reading_of_report *old,
                   const struct reading_of_report *new, struct claim_change **out, size_t *n_out,
                   struct error *err)
{
    const struct claims *olds = &old->extraction->claims, *news = &new->extraction->claims;
    size_t *partner_of_old = ARENA_ARRAY(arena, size_t, olds->n);
    size_t *partner_of_new = ARENA_ARRAY(arena, size_t, news->n);
    *out = ARENA_ARRAY(arena, struct claim_change, olds->n + news->n);
    *n_out = 0;
    if (!partner_of_old || !partner_of_new || !*out)
        return arena_full(arena, err);
    for (size_t i = 0; i < olds->n; i++)
        partner_of_old[i] = NO_CLAIM;
    for (size_t k = 0; k < news->n; k++)
        partner_of_new[k] = NO_CLAIM;
    pair_claims(old, new, true, partner_of_old, partner_of_new);
    pair_claims(old, new, false, partner_of_old, partner_of_new);
    *n_out = changes_list(olds, news, partner_of_old, partner_of_new, *out);
    if (*n_out)
        qsort(*out, *n_out, sizeof **out, change_compare);
    return 0;
}
