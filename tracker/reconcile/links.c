#include "reconcile/links.h"

#include "extract/event.h"
#include "reconcile/score.h"

/* Of a large incident everybody is compared with the first so many members, by id: enough to find
 * somebody alike, and bounded. */
#define MOST_COMPARED 128

static void compare_members(const struct weights *weights, const struct profile *profiles, size_t i,
                            size_t k, int32_t *links)
{
    struct pair_score score;
    score_profiles(weights, &profiles[i], &profiles[k], &score);
    if (score.total > links[i])
        links[i] = score.total;
    if (score.total > links[k])
        links[k] = score.total;
}

int incident_links(struct arena *arena, struct arena *scratch, const struct weights *weights,
                   const struct event_row *events, const struct incident *incident, int32_t **links,
                   struct error *err)
{
    size_t n = incident->n_events;
    *links = ARENA_ARRAY(arena, int32_t, n);
    if (!*links)
        return arena_full(arena, err);
    for (size_t i = 0; i < n; i++)
        (*links)[i] = LINK_ALONE;
    if (n < 2 || incident->scope == SCOPE_COUNTRY)
        return 0;
    struct profile *profiles = ARENA_ARRAY(scratch, struct profile, n);
    if (!profiles)
        return arena_full(scratch, err);
    for (size_t i = 0; i < n; i++)
        profile_of(&events[incident->events[i]], &profiles[i]);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i && k < MOST_COMPARED; k++)
            compare_members(weights, profiles, i, k, *links);
    for (size_t i = 0; i < n; i++)
        (*links)[i] -= profiles[i].stage == STAGE_VAGUE ? weights->attach : weights->link;
    return 0;
}
