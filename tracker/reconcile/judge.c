/*
 * What an analyst's decisions come to. They are taken in the order they were made; one that
 * contradicts those before it is refused with the decisions that make it a contradiction: for
 * "same" a chain of sames from one event to one told apart from an event chained to the other; for
 * "different" a chain of sames between the two.
 */
#include <stdlib.h>

#include "extract/event.h"
#include "reconcile/partition.h"
#include "reconcile/reconcile.h"

const char *const decision_kind_names[DECISION_KINDS] = {"same", "different", "place", "pin",
                                                         "reject"};

/* A word that stands, between two events by their number. */
struct tie {
    uint32_t a, b;
    int64_t decision_id;
};

struct judging {
    struct arena *arena;
    const struct decision *list; /* in order */
    size_t n;
    int64_t *events; /* all named, sorted, distinct */
    size_t n_events;
    struct partition sets;
    struct tie *same, *apart;
    size_t n_same, n_apart;
    struct decision *standing;
    size_t n_standing;
    struct refused_decision *refused;
    size_t n_refused;
    int64_t *path; /* of the decision at hand */
    size_t n_path;
};

static int compare_decisions(const void *x, const void *y)
{
    const struct decision *a = x, *b = y;
    if (a->made_at != b->made_at)
        return a->made_at < b->made_at ? -1 : 1;
    if (a->decision_id != b->decision_id)
        return a->decision_id < b->decision_id ? -1 : 1;
    if (a->event_a != b->event_a)
        return a->event_a < b->event_a ? -1 : 1;
    if (a->event_b != b->event_b)
        return a->event_b < b->event_b ? -1 : 1;
    return (a->claim_id > b->claim_id) - (a->claim_id < b->claim_id);
}

static int compare_ids(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static int events_list(struct judging *j, struct error *err)
{
    j->events = ARENA_ARRAY(j->arena, int64_t, 2 * j->n);
    if (!j->events)
        return arena_full(j->arena, err);
    for (size_t i = 0; i < j->n; i++) {
        j->events[j->n_events++] = j->list[i].event_a;
        j->events[j->n_events++] = j->list[i].event_b;
    }
    qsort(j->events, j->n_events, sizeof *j->events, compare_ids);
    size_t kept = 0;
    for (size_t i = 0; i < j->n_events; i++)
        if (!kept || j->events[kept - 1] != j->events[i])
            j->events[kept++] = j->events[i];
    j->n_events = kept;
    return partition_init(&j->sets, j->arena, kept, err);
}

static uint32_t event_number(const struct judging *j, int64_t event_id)
{
    const int64_t *found = bsearch(&event_id, j->events, j->n_events, sizeof event_id, compare_ids);
    return found ? (uint32_t)(found - j->events) : 0;
}

/* ---- paths ---- */

/* Adds to the path the sames that lead from one event to another, by the fewest steps; of equally
 * short ways the one of earlier decisions. */
static int path_add(struct judging *j, uint32_t from, uint32_t to, struct error *err)
{
    size_t *via = ARENA_ARRAY(j->arena, size_t, j->n_events); /* 1 + the tie it was reached by */
    uint32_t *queue = ARENA_ARRAY(j->arena, uint32_t, j->n_events);
    size_t head = 0, tail = 0;
    if (!via || !queue)
        return arena_full(j->arena, err);
    /* From the end to the beginning, so that the steps are read in order. */
    queue[tail++] = to;
    while (head < tail && from != to && !via[from]) {
        uint32_t at = queue[head++];
        for (size_t i = 0; i < j->n_same; i++) {
            const struct tie *tie = &j->same[i];
            uint32_t next = tie->a == at ? tie->b : tie->b == at ? tie->a : at;
            if (next != at && next != to && !via[next]) {
                via[next] = i + 1;
                queue[tail++] = next;
            }
        }
    }
    for (uint32_t at = from; at != to && via[at];) {
        const struct tie *tie = &j->same[via[at] - 1];
        if (!j->n_path || j->path[j->n_path - 1] != tie->decision_id)
            j->path[j->n_path++] = tie->decision_id;
        at = tie->a == at ? tie->b : tie->a;
    }
    return 0;
}

/* ---- contradictions: 1 with the path, 0 when there is none ---- */

static int same_refused(struct judging *j, const struct decision *d, struct error *err)
{
    uint32_t a = event_number(j, d->event_a), b = event_number(j, d->event_b);
    uint32_t set_a = partition_find(&j->sets, a), set_b = partition_find(&j->sets, b);
    for (size_t i = 0; set_a != set_b && i < j->n_apart; i++) {
        uint32_t x = j->apart[i].a, y = j->apart[i].b;
        if (partition_find(&j->sets, x) == set_b && partition_find(&j->sets, y) == set_a) {
            x = j->apart[i].b;
            y = j->apart[i].a;
        }
        if (partition_find(&j->sets, x) != set_a || partition_find(&j->sets, y) != set_b)
            continue;
        if (path_add(j, a, x, err))
            return -1;
        j->path[j->n_path++] = j->apart[i].decision_id;
        return path_add(j, y, b, err) ? -1 : 1;
    }
    return 0;
}

static int different_refused(struct judging *j, const struct decision *d, struct error *err)
{
    uint32_t a = event_number(j, d->event_a), b = event_number(j, d->event_b);
    if (partition_find(&j->sets, a) != partition_find(&j->sets, b))
        return 0;
    return path_add(j, a, b, err) ? -1 : 1;
}

/* Whether an earlier word speaks against this one without any chain. */
static bool speaks_against(const struct decision *earlier, const struct decision *d)
{
    if (d->kind == DECISION_PLACE)
        return earlier->kind == DECISION_PLACE && earlier->event_a == d->event_a &&
               !slice_equal(earlier->place.key, d->place.key);
    bool pin = d->kind == DECISION_PIN && earlier->kind == DECISION_REJECT;
    bool reject = d->kind == DECISION_REJECT && earlier->kind == DECISION_PIN;
    return (pin || reject) && d->claim_id && earlier->claim_id == d->claim_id;
}

static int entry_refused(struct judging *j, const struct decision *d, struct error *err)
{
    j->n_path = 0;
    if ((d->kind == DECISION_SAME || d->kind == DECISION_DIFFERENT) &&
        (!d->event_a || !d->event_b || d->event_a == d->event_b))
        return 0;
    if (d->kind == DECISION_SAME)
        return same_refused(j, d, err);
    if (d->kind == DECISION_DIFFERENT)
        return different_refused(j, d, err);
    if (d->kind == DECISION_PLACE && !d->event_a)
        return 0;
    for (size_t i = 0; i < j->n_standing; i++) {
        if (!speaks_against(&j->standing[i], d))
            continue;
        j->path[j->n_path++] = j->standing[i].decision_id;
        return 1;
    }
    return 0;
}

/* ---- taking them in ---- */

static void entry_take(struct judging *j, const struct decision *d)
{
    j->standing[j->n_standing++] = *d;
    if ((d->kind != DECISION_SAME && d->kind != DECISION_DIFFERENT) || !d->event_a || !d->event_b ||
        d->event_a == d->event_b)
        return;
    struct tie tie = {event_number(j, d->event_a), event_number(j, d->event_b), d->decision_id};
    if (d->kind == DECISION_SAME) {
        j->same[j->n_same++] = tie;
        partition_join(&j->sets, tie.a, tie.b);
    } else {
        j->apart[j->n_apart++] = tie;
    }
}

/* One decision, which may have several entries: all of them stand, or none. */
static int decision_take(struct judging *j, size_t start, size_t end, struct error *err)
{
    int refused = 0;
    for (size_t i = start; i < end && refused == 0; i++)
        refused = entry_refused(j, &j->list[i], err);
    if (refused < 0)
        return -1;
    for (size_t i = start; i < end && !refused; i++)
        entry_take(j, &j->list[i]);
    if (!refused)
        return 0;
    struct refused_decision *out = &j->refused[j->n_refused++];
    *out = (struct refused_decision){j->list[start].decision_id,
                                     ARENA_ARRAY(j->arena, int64_t, j->n_path), j->n_path};
    if (!out->path)
        return arena_full(j->arena, err);
    memcpy(out->path, j->path, j->n_path * sizeof *j->path);
    return 0;
}

int decisions_judge(struct arena *arena, const struct decision *decisions, size_t n,
                    struct decision **standing, size_t *n_standing,
                    struct refused_decision **refused, size_t *n_refused, struct error *err)
{
    struct decision *list = ARENA_ARRAY(arena, struct decision, n);
    struct judging j = {.arena = arena, .list = list, .n = n};
    j.standing = ARENA_ARRAY(arena, struct decision, n);
    j.refused = ARENA_ARRAY(arena, struct refused_decision, n);
    j.same = ARENA_ARRAY(arena, struct tie, n);
    j.apart = ARENA_ARRAY(arena, struct tie, n);
    j.path = ARENA_ARRAY(arena, int64_t, 2 * n + 1);
    if (!list || !j.standing || !j.refused || !j.same || !j.apart || !j.path)
        return arena_full(arena, err);
    if (n) {
        memcpy(list, decisions, n * sizeof *list);
        qsort(list, n, sizeof *list, compare_decisions);
    }
    if (events_list(&j, err))
        return -1;
    for (size_t start = 0, end; start < n; start = end) {
        for (end = start + 1; end < n && list[end].decision_id == list[start].decision_id;)
            end++;
        if (decision_take(&j, start, end, err))
            return -1;
    }
    *standing = j.standing;
    *n_standing = j.n_standing;
    *refused = j.refused;
    *n_refused = j.n_refused;
    return 0;
}

/* ---- doing what they say ---- */

/* Sorted by event, then claim, then report: what concerns an event stands together. */
struct entry {
    int64_t event_id, claim_id, report_id;
    uint32_t order; /* from 1, in which it was made */
    const struct decision *decision;
};

static int compare_entries(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;
    if (a->event_id != b->event_id)
        return a->event_id < b->event_id ? -1 : 1;
    if (a->claim_id != b->claim_id)
        return a->claim_id < b->claim_id ? -1 : 1;
    if (a->report_id != b->report_id)
        return a->report_id < b->report_id ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* The entries about this event, claim and report; the last one made counts. */
static const struct entry *entry_find(const struct entry *entries, size_t n, int64_t event_id,
                                      int64_t claim_id, int64_t report_id)
{
    const struct entry key = {event_id, claim_id, report_id, UINT32_MAX, NULL};
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_entries(&entries[middle], &key) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct entry *last = low ? &entries[low - 1] : NULL;
    bool found = last && last->event_id == event_id && last->claim_id == claim_id &&
                 last->report_id == report_id;
    return found ? last : NULL;
}

static void claims_judge(const struct entry *entries, size_t n, struct event_row *event)
{
    size_t kept = 0;
    for (size_t i = 0; i < event->n_claims; i++) {
        struct event_claim claim = event->claims[i];
        const struct entry *entry = entry_find(entries, n, 0, claim.claim_id, 0);
        if (entry && entry->decision->kind == DECISION_REJECT)
            continue;
        if (entry)
            claim.pinned = entry->order;
        event->claims[kept++] = claim;
    }
    event->n_claims = kept;
}

static void place_set(const struct decided_place *place, struct event_row *event)
{
    event->place_key = place->key;
    event->place_name = place->name;
    event->place_precision = place->precision;
    event->adm1 = place->adm1;
    event->adm1_code = place->adm1_code;
    event->zone = place->zone.len ? place->zone : event->zone;
    event->lat = place->lat;
    event->lon = place->lon;
    event->population = 0;
    if (place->precision <= PRECISION_NAMED)
        event->scope = SCOPE_SITE;
    else if (event->scope == SCOPE_COUNTRY)
        event->scope = SCOPE_AREA;
    if (place->adm1_code.len)
        event->region_id = region_id_of(place->adm1_code);
}

int decisions_apply(struct arena *arena, const struct decision *standing, size_t n,
                    struct event_row *events, size_t *n_events, struct error *err)
{
    size_t n_entries = 0, kept = 0;
    struct entry *entries = ARENA_ARRAY(arena, struct entry, n);
    if (!entries)
        return arena_full(arena, err);
    for (size_t i = 0; i < n; i++) {
        const struct decision *d = &standing[i];
        /* What is rejected is gone, whatever else was said of it. */
        uint32_t order = d->kind == DECISION_REJECT ? UINT32_MAX - 1 : (uint32_t)(i + 1);
        struct entry entry = {0, 0, 0, order, d};
        if (d->kind == DECISION_SAME || d->kind == DECISION_DIFFERENT)
            continue;
        if (d->claim_id)
            entry.claim_id = d->claim_id;
        else if (d->event_a)
            entry.event_id = d->event_a;
        else if (d->kind == DECISION_REJECT && d->report_id)
            entry.report_id = d->report_id;
        else
            continue;
        entries[n_entries++] = entry;
    }
    if (!n_entries)
        return 0;
    qsort(entries, n_entries, sizeof *entries, compare_entries);
    for (size_t i = 0; i < *n_events; i++) {
        struct event_row event = events[i];
        const struct entry *entry = entry_find(entries, n_entries, event.event_id, 0, 0);
        bool gone = (entry && entry->decision->kind == DECISION_REJECT) ||
                    entry_find(entries, n_entries, 0, 0, event.report_id);
        if (gone)
            continue;
        if (entry && entry->decision->kind == DECISION_PLACE)
            place_set(&entry->decision->place, &event);
        claims_judge(entries, n_entries, &event);
        events[kept++] = event;
    }
    *n_events = kept;
    return 0;
}
