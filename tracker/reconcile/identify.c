#include <stdio.h>
#include <stdlib.h>

#include "reconcile/reconcile.h"

/* A former incident's part in a present one. */
struct share {
    int64_t old_id;
    uint32_t incident;
    uint32_t events;
};

/* An event of the present, by id. */
struct present {
    int64_t event_id;
    int64_t report_id;
    const struct event_row *row;
    uint32_t incident;
    bool is_new; /* no former member */
};

struct identifying {
    struct arena *arena; /* of the call */
    struct incident *incidents;
    size_t n_incidents;
    struct present *present; /* sorted by event */
    size_t n_present;
    struct share *shares;
    size_t n_shares;
    struct present **new_ones; /* by report, rank, id */
    size_t n_new;
    int64_t *live; /* ids of former incidents that were live, sorted, distinct */
    size_t n_live;
    int64_t *taken; /* of all former incidents, sorted, distinct */
    size_t n_taken;
};

static int compare_present(const void *x, const void *y)
{
    const struct present *a = x, *b = y;
    return (a->event_id > b->event_id) - (a->event_id < b->event_id);
}

static int compare_ids(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* By old id and incident, to be counted. Incidents stand in order of their least event, so an index
 * orders as that does. */
static int compare_shares(const void *x, const void *y)
{
    const struct share *a = x, *b = y;
    if (a->old_id != b->old_id)
        return a->old_id < b->old_id ? -1 : 1;
    return (a->incident > b->incident) - (a->incident < b->incident);
}

/* The biggest first; equal ones by the lower id. */
static int compare_sizes(const void *x, const void *y)
{
    const struct share *a = x, *b = y;
    if (a->events != b->events)
        return a->events > b->events ? -1 : 1;
    return compare_shares(x, y);
}

static int present_list(struct identifying *id, const struct event_row *events, struct error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < id->n_incidents; i++)
        n += id->incidents[i].n_events;
    id->present = ARENA_ARRAY(id->arena, struct present, n);
    if (!id->present)
        return arena_full(id->arena, err);
    for (size_t i = 0; i < id->n_incidents; i++) {
        for (size_t j = 0; j < id->incidents[i].n_events; j++) {
            const struct event_row *row = &events[id->incidents[i].events[j]];
            id->present[id->n_present++] =
                (struct present){row->event_id, row->report_id, row, (uint32_t)i, true};
        }
    }
    qsort(id->present, n, sizeof *id->present, compare_present);
    return 0;
}

static struct present *present_find(const struct identifying *id, int64_t event_id)
{
    const struct present key = {.event_id = event_id};
    return id->n_present && event_id
               ? bsearch(&key, id->present, id->n_present, sizeof key, compare_present)
               : NULL;
}

static int compare_new(const void *x, const void *y)
{
    const struct present *a = *(struct present *const *)x, *b = *(struct present *const *)y;
    if (a->report_id != b->report_id)
        return a->report_id < b->report_id ? -1 : 1;
    if (a->row->rank != b->row->rank)
        return a->row->rank < b->row->rank ? -1 : 1;
    return (a->event_id > b->event_id) - (a->event_id < b->event_id);
}

/* The events that are no former members: they may follow one that is gone. */
static int new_list(struct identifying *id, const struct former_member *former, size_t n_former,
                    struct error *err)
{
    id->new_ones = ARENA_ARRAY(id->arena, struct present *, id->n_present);
    if (!id->new_ones)
        return arena_full(id->arena, err);
    for (size_t i = 0; i < n_former; i++) {
        struct present *found = former[i].retired ? NULL : present_find(id, former[i].event_id);
        if (found)
            found->is_new = false;
    }
    for (size_t i = 0; i < id->n_present; i++)
        if (id->present[i].is_new)
            id->new_ones[id->n_new++] = &id->present[i];
    qsort(id->new_ones, id->n_new, sizeof *id->new_ones, compare_new);
    return 0;
}

/* The new event that follows a gone one of its report: of the incident's place, else of its rank,
 * else the first. */
static const struct present *follower(const struct identifying *id,
                                      const struct former_member *gone)
{
    const struct present *first = NULL, *ranked = NULL;
    size_t low = 0, high = id->n_new;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (id->new_ones[middle]->report_id < gone->report_id)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < id->n_new && id->new_ones[low]->report_id == gone->report_id; low++) {
        const struct present *p = id->new_ones[low];
        if (gone->place_key.len && slice_equal(p->row->place_key, gone->place_key))
            return p;
        first = first ? first : p;
        ranked = !ranked && p->row->rank == gone->rank ? p : ranked;
    }
    return ranked ? ranked : first;
}

/* Each live former incident's parts in present ones, counted. */
static int shares_count(struct identifying *id, const struct former_member *former, size_t n_former,
                        struct error *err)
{
    struct share *shares = ARENA_ARRAY(id->arena, struct share, n_former);
    size_t n = 0;
    if (!shares)
        return arena_full(id->arena, err);
    for (size_t i = 0; i < n_former; i++) {
        if (former[i].retired || !former[i].event_id)
            continue;
        const struct present *found = present_find(id, former[i].event_id);
        if (!found && former[i].report_id)
            found = follower(id, &former[i]);
        if (found)
            shares[n++] = (struct share){former[i].incident_id, found->incident, 1};
    }
    qsort(shares, n, sizeof *shares, compare_shares);
    for (size_t i = 0; i < n; i++) {
        if (id->n_shares && compare_shares(&shares[id->n_shares - 1], &shares[i]) == 0)
            shares[id->n_shares - 1].events++;
        else
            shares[id->n_shares++] = shares[i];
    }
    id->shares = shares;
    return 0;
}

/* Sorted and distinct, in place. */
static size_t distinct_ids(int64_t *ids, size_t n)
{
    size_t kept = 0;
    qsort(ids, n, sizeof *ids, compare_ids);
    for (size_t i = 0; i < n; i++)
        if (!kept || ids[kept - 1] != ids[i])
            ids[kept++] = ids[i];
    return kept;
}

static int taken_list(struct identifying *id, const struct former_member *former, size_t n_former,
                      struct error *err)
{
    id->taken = ARENA_ARRAY(id->arena, int64_t, n_former);
    id->live = ARENA_ARRAY(id->arena, int64_t, n_former);
    if (!id->taken || !id->live)
        return arena_full(id->arena, err);
    for (size_t i = 0; i < n_former; i++) {
        id->taken[id->n_taken++] = former[i].incident_id;
        if (!former[i].retired)
            id->live[id->n_live++] = former[i].incident_id;
    }
    id->n_taken = distinct_ids(id->taken, id->n_taken);
    id->n_live = distinct_ids(id->live, id->n_live);
    return 0;
}

static bool id_among(const int64_t *ids, size_t n, int64_t incident_id)
{
    return n && bsearch(&incident_id, ids, n, sizeof incident_id, compare_ids) != NULL;
}

/* Whether it was a live incident's. */
static bool is_former(const struct identifying *id, int64_t incident_id)
{
    return id_among(id->live, id->n_live, incident_id);
}

/* The hash of an event's id; `attempt` counts up where that was an id before. */
static int64_t new_id(int64_t event_id, int attempt)
{
    char text[64];
    int len = snprintf(text, sizeof text, "%lld %d", (long long)event_id, attempt);
    const struct slice parts[] = {SLICE_LITERAL("incident"), {text, (size_t)len}};
    struct digest digest = digest_of(parts, 2);
    return digest_id(&digest);
}

/* Keeps the id of the biggest shared part, biggest first; each old id and each incident once. The
 * shares then stand by size. */
static int keep_ids(struct identifying *id, struct error *err)
{
    bool *kept = ARENA_ARRAY(id->arena, bool, id->n_taken);
    if (!kept)
        return arena_full(id->arena, err);
    qsort(id->shares, id->n_shares, sizeof *id->shares, compare_sizes);
    for (size_t i = 0; i < id->n_shares; i++) {
        const struct share *share = &id->shares[i];
        const int64_t *place =
            bsearch(&share->old_id, id->taken, id->n_taken, sizeof share->old_id, compare_ids);
        if (id->incidents[share->incident].incident_id || kept[place - id->taken])
            continue;
        id->incidents[share->incident].incident_id = share->old_id;
        kept[place - id->taken] = true;
    }
    return 0;
}

/* Events that come apart again take back the id they had before they were joined. */
static int take_back_ids(struct identifying *id, const struct former_member *former,
                         size_t n_former, struct error *err)
{
    struct share *shares = ARENA_ARRAY(id->arena, struct share, n_former);
    bool *given = ARENA_ARRAY(id->arena, bool, id->n_taken);
    size_t n = 0, kept = 0;
    if (!shares || !given)
        return arena_full(id->arena, err);
    for (size_t i = 0; i < n_former; i++) {
        const struct present *found =
            former[i].retired ? present_find(id, former[i].event_id) : NULL;
        if (found && !id->incidents[found->incident].incident_id)
            shares[n++] = (struct share){former[i].incident_id, found->incident, 1};
    }
    qsort(shares, n, sizeof *shares, compare_shares);
    for (size_t i = 0; i < n; i++) {
        if (kept && compare_shares(&shares[kept - 1], &shares[i]) == 0)
            shares[kept - 1].events++;
        else
            shares[kept++] = shares[i];
    }
    qsort(shares, kept, sizeof *shares, compare_sizes);
    for (size_t i = 0; i < kept; i++) {
        struct incident *incident = &id->incidents[shares[i].incident];
        const int64_t *place =
            bsearch(&shares[i].old_id, id->taken, id->n_taken, sizeof *id->taken, compare_ids);
        if (incident->incident_id || given[place - id->taken] || is_former(id, shares[i].old_id))
            continue;
        incident->incident_id = shares[i].old_id;
        given[place - id->taken] = true;
    }
    return 0;
}

static void give_new_ids(struct identifying *id, const struct event_row *events)
{
    for (size_t i = 0; i < id->n_incidents; i++) {
        struct incident *incident = &id->incidents[i];
        for (int attempt = 0; incident->incident_id == 0; attempt++) {
            int64_t candidate = new_id(events[incident->events[0]].event_id, attempt);
            if (!id_among(id->taken, id->n_taken, candidate))
                incident->incident_id = candidate;
        }
    }
}

static int compare_changes(const void *x, const void *y)
{
    const struct id_change *a = x, *b = y;
    if (a->old_id != b->old_id)
        return a->old_id < b->old_id ? -1 : 1;
    return (a->new_id > b->new_id) - (a->new_id < b->new_id);
}

static int live_ids(const struct identifying *id, int64_t **out, struct error *err)
{
    *out = ARENA_ARRAY(id->arena, int64_t, id->n_incidents);
    if (!*out)
        return arena_full(id->arena, err);
    for (size_t i = 0; i < id->n_incidents; i++)
        (*out)[i] = id->incidents[i].incident_id;
    qsort(*out, id->n_incidents, sizeof **out, compare_ids);
    return 0;
}

/* A former id that nobody kept redirects to where its biggest part went; an incident with a new id
 * was split off the ids its events had. */
static int changes_list(const struct identifying *id, struct arena *arena,
                        struct id_change **changes, size_t *n_changes, struct error *err)
{
    int64_t *live;
    *changes = ARENA_ARRAY(arena, struct id_change, id->n_shares);
    *n_changes = 0;
    if (!*changes)
        return arena_full(arena, err);
    if (live_ids(id, &live, err))
        return -1;
    struct share *shares = id->shares;
    /* Old ids together, each with its biggest part first. */
    qsort(shares, id->n_shares, sizeof *shares, compare_shares);
    for (size_t start = 0, end; start < id->n_shares; start = end) {
        size_t biggest = start;
        for (end = start; end < id->n_shares && shares[end].old_id == shares[start].old_id; end++)
            if (shares[end].events > shares[biggest].events)
                biggest = end;
        bool lives = bsearch(&shares[start].old_id, live, id->n_incidents, sizeof *live,
                             compare_ids) != NULL;
        for (size_t i = start; i < end; i++) {
            int64_t now = id->incidents[shares[i].incident].incident_id;
            bool merged = !lives && i == biggest;
            if (now != shares[i].old_id && (merged || !is_former(id, now)))
                (*changes)[(*n_changes)++] =
                    (struct id_change){shares[i].old_id, now, merged ? ID_MERGED : ID_SPLIT};
        }
    }
    qsort(*changes, *n_changes, sizeof **changes, compare_changes);
    return 0;
}

/* Children point to their parents, and their content says so. */
static void link_parents(struct identifying *id)
{
    for (size_t i = 0; i < id->n_incidents; i++) {
        struct incident *incident = &id->incidents[i];
        incident->parent_id = 0;
        if (incident->parent < 0)
            continue;
        incident->parent_id = id->incidents[incident->parent].incident_id;
        char parent[32];
        int len = snprintf(parent, sizeof parent, "%lld", (long long)incident->parent_id);
        const struct slice parts[] = {{(const char *)incident->content.bytes, DIGEST_SIZE},
                                      {parent, (size_t)len}};
        incident->content = digest_of(parts, 2);
    }
}

int incidents_identify(struct arena *arena, const struct event_row *events,
                       struct incident *incidents, size_t n_incidents,
                       const struct former_member *former, size_t n_former,
                       struct id_change **changes, size_t *n_changes, struct error *err)
{
    struct identifying id = {.arena = arena, .incidents = incidents, .n_incidents = n_incidents};
    *changes = NULL;
    *n_changes = 0;
    for (size_t i = 0; i < n_incidents; i++)
        incidents[i].incident_id = 0;
    if (present_list(&id, events, err) || new_list(&id, former, n_former, err) ||
        shares_count(&id, former, n_former, err) || taken_list(&id, former, n_former, err) ||
        keep_ids(&id, err) || take_back_ids(&id, former, n_former, err))
        return -1;
    give_new_ids(&id, events);
    link_parents(&id);
    return changes_list(&id, arena, changes, n_changes, err);
}
