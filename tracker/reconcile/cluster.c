#include "reconcile/cluster.h"

#include <stdlib.h>

#include "base/map.h"

/* Members of a node that speak for it when two nodes are scored: enough for a mean, and bounded. */
#define MOST_SPEAKERS 16
#define COMPONENT_MEMORY ((size_t)1 << 30)

__extension__ typedef __int128 wide;

/* A cluster being built: events[first .. first + n) of the list. */
struct node {
    uint32_t first, n;
    uint64_t weight; /* events it stands for */
    bool gone;       /* joined to another */
};

/* One component: its nodes in order of their least event, and what every two of them say to each
 * other. */
struct component {
    struct work *work;
    struct arena *arena;
    uint32_t *events;
    struct node *nodes;
    uint32_t n;
    int64_t *sums;   /* n x n: of the scores over all pairs of members */
    bool *forbidden; /* n x n */
    uint32_t *best;  /* each node's best partner, n when it has none */
};

static size_t cell(const struct component *c, uint32_t i, uint32_t j)
{
    return (size_t)i * c->n + j;
}

/* ---- the matrix ---- */

static uint32_t speakers(const struct node *node)
{
    return node->n < MOST_SPEAKERS ? node->n : MOST_SPEAKERS;
}

static void score_nodes(struct component *c, uint32_t i, uint32_t j)
{
    const struct node *a = &c->nodes[i], *b = &c->nodes[j];
    int64_t sum = 0, pairs = (int64_t)speakers(a) * speakers(b);
    bool forbidden = false;
    for (uint32_t x = 0; x < speakers(a) && !forbidden; x++) {
        for (uint32_t y = 0; y < speakers(b) && !forbidden; y++) {
            int32_t score = work_score(c->work, c->events[a->first + x], c->events[b->first + y]);
            forbidden = score == INT32_MIN;
            sum += forbidden ? 0 : score;
        }
    }
    wide all = (wide)sum * (int64_t)a->weight * (int64_t)b->weight / pairs;
    c->sums[cell(c, i, j)] = c->sums[cell(c, j, i)] = (int64_t)all;
    c->forbidden[cell(c, i, j)] = c->forbidden[cell(c, j, i)] = forbidden;
}

/* ---- joining ---- */

/* Whether (i, j) has the higher mean than (k, l); each in order. Equal means: the lower nodes, that
 * is, ids. */
static bool better_pair(const struct component *c, uint32_t i, uint32_t j, uint32_t k, uint32_t l)
{
    uint32_t low_ij = i < j ? i : j, high_ij = i < j ? j : i;
    uint32_t low_kl = k < l ? k : l, high_kl = k < l ? l : k;
    wide ij =
        (wide)c->sums[cell(c, i, j)] * (int64_t)c->nodes[k].weight * (int64_t)c->nodes[l].weight;
    wide kl =
        (wide)c->sums[cell(c, k, l)] * (int64_t)c->nodes[i].weight * (int64_t)c->nodes[j].weight;
    if (ij != kl)
        return ij > kl;
    return low_ij != low_kl ? low_ij < low_kl : high_ij < high_kl;
}

static bool may_join(const struct component *c, uint32_t i, uint32_t j)
{
    wide least =
        (wide)c->work->weights->link * (int64_t)c->nodes[i].weight * (int64_t)c->nodes[j].weight;
    return i != j && !c->nodes[j].gone && !c->forbidden[cell(c, i, j)] &&
           c->sums[cell(c, i, j)] >= least;
}

static void find_best(struct component *c, uint32_t i)
{
    c->best[i] = c->n;
    for (uint32_t j = 0; j < c->n; j++)
        if (may_join(c, i, j) && (c->best[i] == c->n || better_pair(c, i, j, i, c->best[i])))
            c->best[i] = j;
}

/* The node whose best pair is the best of all, or n when no two may join. */
static uint32_t best_of_all(const struct component *c)
{
    uint32_t found = c->n;
    for (uint32_t i = 0; i < c->n; i++)
        if (!c->nodes[i].gone && c->best[i] != c->n &&
            (found == c->n || better_pair(c, i, c->best[i], found, c->best[found])))
            found = i;
    return found;
}

static void join_nodes(struct component *c, uint32_t keep, uint32_t other)
{
    partition_join(&c->work->sets, c->events[c->nodes[keep].first],
                   c->events[c->nodes[other].first]);
    c->nodes[keep].weight += c->nodes[other].weight;
    c->nodes[other].gone = true;
    for (uint32_t j = 0; j < c->n; j++) {
        c->sums[cell(c, keep, j)] = c->sums[cell(c, j, keep)] += c->sums[cell(c, other, j)];
        c->forbidden[cell(c, keep, j)] = c->forbidden[cell(c, j, keep)] |=
            c->forbidden[cell(c, other, j)];
    }
}

static void join_all(struct component *c)
{
    for (uint32_t i = 0; i < c->n; i++)
        find_best(c, i);
    for (uint32_t i; (i = best_of_all(c)) != c->n;) {
        uint32_t keep = i < c->best[i] ? i : c->best[i], other = i < c->best[i] ? c->best[i] : i;
        join_nodes(c, keep, other);
        find_best(c, keep);
        for (uint32_t j = 0; j < c->n; j++) {
            if (c->nodes[j].gone || j == keep)
                continue;
            if (c->best[j] == keep || c->best[j] == other)
                find_best(c, j);
            else if (may_join(c, j, keep) &&
                     (c->best[j] == c->n || better_pair(c, j, keep, j, c->best[j])))
                c->best[j] = keep;
        }
    }
}

/* ---- nodes ---- */

/* A set of events that is whole before clustering begins, or was gathered. */
struct member {
    uint32_t group; /* index of its least event */
    uint32_t event;
};

static int compare_members(const void *x, const void *y)
{
    const struct member *a = x, *b = y;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return (a->event > b->event) - (a->event < b->event);
}

/* Fills events and nodes from the sets as they are. The members of a set that are not listed (it
 * reached beyond the component) speak for nothing. */
static int nodes_make(struct component *c, const uint32_t *events, size_t n, struct error *err)
{
    struct member *members = ARENA_ARRAY(c->arena, struct member, n);
    c->events = ARENA_ARRAY(c->arena, uint32_t, n);
    c->nodes = ARENA_ARRAY(c->arena, struct node, n);
    if (!members || !c->events || !c->nodes)
        return arena_full(c->arena, err);
    for (size_t i = 0; i < n; i++)
        members[i] = (struct member){partition_find(&c->work->sets, events[i]), events[i]};
    qsort(members, n, sizeof *members, compare_members);
    c->n = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || members[i].group != members[i - 1].group)
            c->nodes[c->n++] = (struct node){.first = (uint32_t)i};
        c->events[i] = members[i].event;
        c->nodes[c->n - 1].n++;
        c->nodes[c->n - 1].weight++;
    }
    return 0;
}

/* What events must share to be gathered unseen in a component too large for pairs. */
static uint64_t gather_key(const struct profile *p, bool tolls)
{
    uint64_t parts[4 + TOLLS] = {p->place, (uint64_t)p->first_day, (uint64_t)p->last_day,
                                 p->day_kind};
    for (int i = 0; i < TOLLS; i++)
        parts[4 + i] = tolls ? (uint64_t)p->tolls[i].best : 0;
    return hash_bytes(parts, sizeof parts);
}

/* Joins events of equal keys. Two events that a report or an analyst tells apart differ in place or
 * day, or were decided on: those stay out of gathering. */
static int gather(struct component *c, const uint32_t *events, size_t n, bool tolls,
                  struct error *err)
{
    struct block_set set = {ARENA_ARRAY(c->arena, struct block_entry, n), 0, n};
    if (!set.items)
        return arena_full(c->arena, err);
    for (size_t i = 0; i < n; i++)
        set.items[set.n++] = (struct block_entry){gather_key(&c->work->profiles[events[i]], tolls),
                                                  events[i], false, BLOCK_EQUALS};
    block_sort(&set);
    for (size_t i = 1; i < set.n; i++)
        if (set.items[i].key == set.items[i - 1].key &&
            work_score(c->work, set.items[i - 1].index, set.items[i].index) != INT32_MIN)
            partition_join(&c->work->sets, set.items[i - 1].index, set.items[i].index);
    return nodes_make(c, events, n, err);
}

static int component_run(struct component *c, const uint32_t *events, size_t n, struct error *err)
{
    struct reconcile_stats *stats = &c->work->stats;
    uint32_t most = c->work->weights->most_nodes;
    if (n > stats->largest_component)
        stats->largest_component = n;
    if (nodes_make(c, events, n, err))
        return -1;
    stats->capped_components += c->n > most;
    if (c->n > most && gather(c, events, n, true, err))
        return -1;
    if (c->n > most && gather(c, events, n, false, err))
        return -1;
    if (c->n > most)
        return 0; /* hundreds of places and days in one chain: each stays what it is */
    c->sums = ARENA_ARRAY(c->arena, int64_t, (size_t)c->n * c->n);
    c->forbidden = ARENA_ARRAY(c->arena, bool, (size_t)c->n * c->n);
    c->best = ARENA_ARRAY(c->arena, uint32_t, c->n);
    if (!c->sums || !c->forbidden || !c->best)
        return arena_full(c->arena, err);
    for (uint32_t i = 0; i < c->n; i++)
        for (uint32_t j = i + 1; j < c->n; j++)
            score_nodes(c, i, j);
    join_all(c);
    return 0;
}

/* ---- components ---- */

static int components_find(struct work *work, const uint32_t *events, size_t n,
                           struct partition *components, struct error *err)
{
    struct block_set set = {0};
    if (partition_init(components, &work->scratch, work->n, err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        partition_join(components, events[i], partition_find(&work->sets, events[i]));
        if (block_meet(work, &set, events[i], err))
            return -1;
    }
    block_sort(&set);
    block_connect(work, &set, components);
    return 0;
}

int cluster_events(struct work *work, const uint32_t *events, size_t n, struct error *err)
{
    struct partition components;
    if (components_find(work, events, n, &components, err))
        return -1;
    struct member *members = ARENA_ARRAY(&work->scratch, struct member, n);
    uint32_t *list = ARENA_ARRAY(&work->scratch, uint32_t, n);
    if (!members || !list)
        return arena_full(&work->scratch, err);
    for (size_t i = 0; i < n; i++)
        members[i] = (struct member){partition_find(&components, events[i]), events[i]};
    qsort(members, n, sizeof *members, compare_members);
    for (size_t i = 0; i < n; i++)
        list[i] = members[i].event;
    struct arena arena;
    arena_init(&arena, COMPONENT_MEMORY);
    int result = 0;
    for (size_t start = 0, end; start < n && result == 0; start = end) {
        for (end = start + 1; end < n && members[end].group == members[start].group;)
            end++;
        struct component component = {.work = work, .arena = &arena};
        arena_reset(&arena);
        if (end - start > 1)
            result = component_run(&component, list + start, end - start, err);
    }
    arena_free(&arena);
    return result;
}
