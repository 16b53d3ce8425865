#include "reconcile/reconcile.h"

#include "base/log.h"
#include "base/map.h"
#include "extract/event.h"
#include "reconcile/blocking.h"
#include "reconcile/cluster.h"
#include "reconcile/families.h"
#include "reconcile/fuse.h"
#include "reconcile/summary.h"
#include "reconcile/vague.h"
#include "reconcile/waves.h"

#define INCIDENT_MEMORY ((size_t)1 << 30)

/* Events by their part in clustering. An event that a decision joins to a located one is located.
 */
struct stages {
    uint32_t *located; /* waves too */
    size_t n_located;
    uint32_t *vague;
    size_t n_vague;
    uint32_t *seekers; /* one of each set of vague events */
    size_t n_seekers;
};

/* One wave a night: country-scope events of the same country and days are one. */
static int nights_join(struct work *work, struct error *err)
{
    struct block_set set = {0};
    for (uint32_t i = 0; i < work->n; i++) {
        const struct profile *p = &work->profiles[i];
        const uint64_t parts[3] = {p->country, (uint64_t)p->first_day, (uint64_t)p->last_day};
        if (p->stage != STAGE_WAVE)
            continue;
        if (arena_grow(&work->scratch, &set.items, &set.capacity, set.n, sizeof *set.items, err))
            return -1;
        set.items[set.n++] =
            (struct block_entry){hash_bytes(parts, sizeof parts), i, false, BLOCK_EQUALS};
    }
    block_sort(&set);
    for (size_t i = 1; i < set.n; i++)
        if (set.items[i].key == set.items[i - 1].key &&
            work_score(work, set.items[i - 1].index, set.items[i].index) != INT32_MIN)
            partition_join(&work->sets, set.items[i - 1].index, set.items[i].index);
    return 0;
}

/* Marks the sets that have a located event. Valid until sets are joined again. */
static bool *located_sets(struct work *work)
{
    bool *marks = ARENA_ARRAY(&work->scratch, bool, work->n);
    for (uint32_t i = 0; marks && i < work->n; i++)
        if (work->profiles[i].stage != STAGE_VAGUE)
            marks[partition_find(&work->sets, i)] = true;
    return marks;
}

static int stages_split(struct work *work, struct stages *out, struct error *err)
{
    bool *marks = located_sets(work);
    *out = (struct stages){.located = ARENA_ARRAY(&work->scratch, uint32_t, work->n),
                           .vague = ARENA_ARRAY(&work->scratch, uint32_t, work->n),
                           .seekers = ARENA_ARRAY(&work->scratch, uint32_t, work->n)};
    if (!marks || !out->located || !out->vague || !out->seekers)
        return arena_full(&work->scratch, err);
    for (uint32_t i = 0; i < work->n; i++) {
        uint32_t set = partition_find(&work->sets, i);
        if (marks[set])
            out->located[out->n_located++] = i;
        else
            out->vague[out->n_vague++] = i;
        if (!marks[set] && set == i)
            out->seekers[out->n_seekers++] = i;
    }
    return 0;
}

/* The partition: located events and waves first, then the vague ones join those or each other. */
static int partition_events(struct work *work, struct error *err)
{
    struct stages stages;
    if (nights_join(work, err) || stages_split(work, &stages, err) ||
        cluster_events(work, stages.located, stages.n_located, err) ||
        vague_attach(work, stages.located, stages.n_located, stages.seekers, stages.n_seekers,
                     err) ||
        stages_split(work, &stages, err))
        return -1;
    return cluster_events(work, stages.vague, stages.n_vague, err);
}

/* The incidents being made of the partition, with what waves_settle wants of each. */
struct building {
    struct work *work;
    struct arena arena; /* of one incident at a time */
    struct incident *incidents;
    bool *leftover;
    day_number *first_day, *last_day;
    size_t n;
};

/* The days of an incident: those of its event that dates it. */
static void days_of_incident(struct building *b, const uint32_t *events, size_t n)
{
    const struct incident *incident = &b->incidents[b->n];
    b->first_day[b->n] = b->last_day[b->n] = DAY_NONE;
    b->leftover[b->n] = true;
    for (size_t i = 0; i < n; i++) {
        const struct profile *p = &b->work->profiles[events[i]];
        b->leftover[b->n] = b->leftover[b->n] && p->stage == STAGE_VAGUE;
        if (p->row->start == incident->start && p->row->end == incident->end &&
            p->row->local_date == incident->local_date &&
            p->row->date_precision == incident->date_precision) {
            b->first_day[b->n] = p->first_day;
            b->last_day[b->n] = p->last_day;
        }
    }
}

static int build_one(struct building *b, const uint32_t *events, size_t n, struct error *err)
{
    struct incident *incident = &b->incidents[b->n];
    arena_reset(&b->arena);
    if (incident_summarise(b->work, &b->arena, events, n, incident, err) ||
        incident_fuse(b->work, &b->arena, events, n, incident, err))
        return -1;
    days_of_incident(b, events, n);
    b->n++;
    return 0;
}

static int build_all(struct building *b, struct error *err)
{
    struct work *work = b->work;
    const uint32_t *list = partition_list(&work->sets, &work->scratch);
    b->incidents = ARENA_ARRAY(work->arena, struct incident, work->n);
    b->leftover = ARENA_ARRAY(&work->scratch, bool, work->n);
    b->first_day = ARENA_ARRAY(&work->scratch, day_number, work->n);
    b->last_day = ARENA_ARRAY(&work->scratch, day_number, work->n);
    if (!list || !b->incidents || !b->leftover || !b->first_day || !b->last_day)
        return arena_full(&work->scratch, err);
    for (size_t start = 0, end; start < work->n; start = end) {
        uint32_t set = partition_find(&work->sets, list[start]);
        for (end = start + 1; end < work->n && partition_find(&work->sets, list[end]) == set;)
            end++;
        if (build_one(b, list + start, end - start, err))
            return -1;
    }
    return 0;
}

static int digest_all(const struct building *b, struct error *err)
{
    struct buffer buffer;
    int result = 0;
    buffer_init(&buffer, INCIDENT_MEMORY);
    for (size_t i = 0; i < b->n && result == 0; i++)
        result = incident_digest(b->work->events, &b->incidents[i], &buffer, err);
    buffer_free(&buffer);
    return result;
}

static int build(struct building *b, struct error *err)
{
    if (build_all(b, err))
        return -1;
    const struct wave_input input = {b->work->weights, b->incidents, b->n,
                                     b->leftover,      b->first_day, b->last_day};
    return waves_settle(&b->work->scratch, &input, err) || digest_all(b, err) ? -1 : 0;
}

static void say_what_was_cut(const struct reconcile_stats *stats)
{
    if (stats->capped_blocks)
        log_write(LOG_WARN,
                  "reconcile: %zu groups of alike events were too large to compare each with each",
                  stats->capped_blocks);
    if (stats->common_words)
        log_write(LOG_INFO, "reconcile: %zu words stand in too many events to be looked for",
                  stats->common_words);
    if (stats->capped_components)
        log_write(LOG_WARN,
                  "reconcile: %zu chains of alike events (up to %zu) were gathered by place, day "
                  "and tolls",
                  stats->capped_components, stats->largest_component);
    if (stats->refused_decisions)
        log_write(LOG_WARN, "reconcile: %zu decisions contradict others and were left out",
                  stats->refused_decisions);
}

int reconcile_measured(struct arena *arena, const struct weights *weights,
                       const struct event_row *events, size_t n_events,
                       const struct decision *decisions, size_t n_decisions,
                       struct incident **incidents, size_t *n_incidents,
                       struct reconcile_stats *stats, struct error *err)
{
    struct work work;
    struct building building = {.work = &work};
    arena_init(&building.arena, INCIDENT_MEMORY);
    int result = work_start(&work, arena, weights, events, n_events, err) ||
                         families_find(&work, err) ||
                         work_decide(&work, decisions, n_decisions, err) ||
                         partition_events(&work, err) || build(&building, err)
                     ? -1
                     : 0;
    *incidents = building.incidents;
    *n_incidents = building.n;
    if (result == 0)
        say_what_was_cut(&work.stats);
    if (stats)
        *stats = work.stats;
    arena_free(&building.arena);
    work_end(&work);
    return result;
}

int reconcile(struct arena *arena, const struct weights *weights, const struct event_row *events,
              size_t n_events, const struct decision *decisions, size_t n_decisions,
              struct incident **incidents, size_t *n_incidents, struct error *err)
{
    return reconcile_measured(arena, weights, events, n_events, decisions, n_decisions, incidents,
                              n_incidents, NULL, err);
}
