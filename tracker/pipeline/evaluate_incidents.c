#include "pipeline/evaluate_incidents.h"

#include <stdlib.h>

#include "base/map.h"
#include "reconcile/reconcile.h"

#define MILLION 1000000

const struct slice incident_measure_names[INCIDENT_MEASURES] = {
    [INCIDENT_KILLED] = {"killed", 6}, [INCIDENT_WOUNDED] = {"wounded", 7}};

/* A labelled report: which strike it was labelled with, which it came to. Strikes of labels and
 * found incidents are numbered from 0 in order of first reports. */
struct scored {
    const struct told_report *report;
    const struct label *label;
    uint32_t labelled, found;
};

struct evaluating {
    struct arena *arena;
    const struct weights *weights;
    const struct labels *labels;
    struct told_report *reports;
    size_t n_reports;
    struct event_row *events; /* of all reports, by country */
    size_t n_events;
    struct incident **incidents; /* incidents[i] holds events[i] */
    struct scored *scored;
    size_t n_scored;
    uint32_t n_labelled, n_found;
    const struct incident **found; /* by number; NULL for a report without an event */
    struct incident_evaluation *out;
};

/* ---- reconciling ---- */

static int compare_countries(const void *x, const void *y)
{
    const struct event_row *a = x, *b = y;
    int order = slice_compare(a->country, b->country);
    return order ? order : (a->event_id > b->event_id) - (a->event_id < b->event_id);
}

static int compare_editions(const void *x, const void *y)
{
    const struct told_report *a = *(const struct told_report *const *)x,
                             *b = *(const struct told_report *const *)y;
    if (a->row.report_id != b->row.report_id)
        return a->row.report_id < b->row.report_id ? -1 : 1;
    if (a->row.published != b->row.published)
        return a->row.published < b->row.published ? -1 : 1;
    return a->line - b->line;
}

/* The events of each report's newest edition. */
static int events_gather_all(struct evaluating *e, struct error *err)
{
    const struct told_report **sorted =
        ARENA_ARRAY(e->arena, const struct told_report *, e->n_reports);
    size_t most = 0;
    for (size_t i = 0; i < e->n_reports; i++)
        most += e->reports[i].row.n_events;
    e->events = ARENA_ARRAY(e->arena, struct event_row, most);
    e->incidents = ARENA_ARRAY(e->arena, struct incident *, most);
    if (!sorted || !e->events || !e->incidents)
        return arena_full(e->arena, err);
    for (size_t i = 0; i < e->n_reports; i++)
        sorted[i] = &e->reports[i];
    if (e->n_reports)
        qsort(sorted, e->n_reports, sizeof *sorted, compare_editions);
    for (size_t i = 0; i < e->n_reports; i++) {
        bool newest =
            i + 1 == e->n_reports || sorted[i]->row.report_id != sorted[i + 1]->row.report_id;
        for (size_t k = 0; newest && k < sorted[i]->row.n_events; k++)
            e->events[e->n_events++] = sorted[i]->row.events[k].row;
    }
    if (e->n_events)
        qsort(e->events, e->n_events, sizeof *e->events, compare_countries);
    return 0;
}

static int countries_reconcile(struct evaluating *e, struct error *err)
{
    for (size_t start = 0, end; start < e->n_events; start = end) {
        struct incident *incidents;
        size_t n;
        for (end = start + 1;
             end < e->n_events && slice_equal(e->events[end].country, e->events[start].country);)
            end++;
        if (reconcile(e->arena, e->weights, e->events + start, end - start, NULL, 0, &incidents, &n,
                      err))
            return -1;
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < incidents[i].n_events; k++)
                e->incidents[start + incidents[i].events[k]] = &incidents[i];
    }
    return 0;
}

/* ---- numbering ---- */

/* An event a report is about, by report. */
struct first_event {
    int64_t report_id;
    size_t index;
};

static int compare_first(const void *x, const void *y)
{
    const struct first_event *a = x, *b = y;
    return (a->report_id > b->report_id) - (a->report_id < b->report_id);
}

static size_t first_event_of(const struct first_event *first, size_t n, int64_t report_id)
{
    const struct first_event key = {.report_id = report_id};
    const struct first_event *found = n ? bsearch(&key, first, n, sizeof key, compare_first) : NULL;
    return found ? found->index : SIZE_MAX;
}

static struct first_event *first_events(struct evaluating *e, size_t *n)
{
    struct first_event *first = ARENA_ARRAY(e->arena, struct first_event, e->n_events);
    *n = 0;
    for (size_t i = 0; first && i < e->n_events; i++)
        if (e->events[i].rank == 1)
            first[(*n)++] = (struct first_event){e->events[i].report_id, i};
    if (first && *n)
        qsort(first, *n, sizeof *first, compare_first);
    return first;
}

/* The number of a name, a new one when it is new. */
static int number_of(struct map *map, struct slice name, uint32_t *n, uint32_t *out,
                     struct error *err)
{
    *out = map_get(map, name);
    if (*out != MAP_ABSENT)
        return 0;
    *out = (*n)++;
    return map_put(map, name, *out, err);
}

static int score_one(struct evaluating *e, struct map maps[2], const struct told_report *report,
                     const struct label *label, const struct first_event *first, size_t n_first,
                     struct error *err)
{
    struct scored *scored = &e->scored[e->n_scored];
    size_t event = first_event_of(first, n_first, report->row.report_id);
    struct incident **incident = event == SIZE_MAX ? NULL : &e->incidents[event];
    *scored = (struct scored){.report = report, .label = label};
    if (number_of(&maps[0], label->incident, &e->n_labelled, &scored->labelled, err))
        return -1;
    if (!incident) {
        scored->found = e->n_found++;
    } else {
        /* The pointer itself is the name; its place in memory decides nothing. */
        struct slice name = {(const char *)incident, sizeof *incident};
        if (number_of(&maps[1], name, &e->n_found, &scored->found, err))
            return -1;
        e->found[scored->found] = *incident;
    }
    e->n_scored++;
    return 0;
}

static int reports_score(struct evaluating *e, struct error *err)
{
    struct map maps[2] = {{0}, {0}};
    size_t n_first = 0;
    const struct first_event *first = first_events(e, &n_first);
    int result = 0;
    e->scored = ARENA_ARRAY(e->arena, struct scored, e->n_reports);
    e->found = ARENA_ARRAY(e->arena, const struct incident *, e->n_reports);
    if (!first || !e->scored || !e->found)
        return arena_full(e->arena, err);
    for (size_t i = 0, k = 0; i < e->n_reports && result == 0; i++) {
        while (k < e->labels->n && e->labels->items[k].line < e->reports[i].line)
            k++;
        if (k < e->labels->n && e->labels->items[k].line == e->reports[i].line &&
            e->labels->items[k].incident.len)
            result = score_one(e, maps, &e->reports[i], &e->labels->items[k], first, n_first, err);
    }
    map_free(&maps[0]);
    map_free(&maps[1]);
    return result;
}

/* ---- counting ---- */

static int64_t pairs_of(int64_t n)
{
    return n * (n - 1) / 2;
}

static int compare_scored(const void *x, const void *y)
{
    const struct scored *a = x, *b = y;
    if (a->labelled != b->labelled)
        return a->labelled < b->labelled ? -1 : 1;
    if (a->found != b->found)
        return a->found < b->found ? -1 : 1;
    return a->report->line - b->report->line;
}

/* Where the stretch of one labelled incident, or of one found within it, ends. */
static size_t stretch(const struct evaluating *e, size_t start, bool found)
{
    size_t end = start + 1;
    while (end < e->n_scored && e->scored[end].labelled == e->scored[start].labelled &&
           (!found || e->scored[end].found == e->scored[start].found))
        end++;
    return end;
}

static int64_t number_of_incident(const struct incident *incident, struct slice field)
{
    for (size_t i = 0; incident && i < incident->n_figures; i++) {
        const struct figure *f = &incident->figures[i];
        if (!slice_equal(f->measure.field, field) || f->measure.part.len)
            continue;
        return f->best != COUNT_OPEN ? f->best : f->low != COUNT_OPEN ? f->low : 0;
    }
    return 0;
}

static void toll_count(struct toll_tally *tally, const struct label_number *want, int64_t got)
{
    if (!want->given)
        return;
    tally->labelled++;
    tally->exact += got >= want->low && got <= want->high;
    tally->gold += want->low;
    tally->matched += got;
}

/* One labelled incident: scored[start .. end). `sizes` of the found ones. */
static void strike_count(struct evaluating *e, size_t start, size_t end, const int64_t *sizes)
{
    struct incident_evaluation *out = e->out;
    int64_t of_label = (int64_t)(end - start), most = 0;
    const struct incident *main = NULL;
    for (size_t at = start, next; at < end; at = next) {
        next = stretch(e, at, true);
        int64_t both = (int64_t)(next - at);
        out->pairs_right += pairs_of(both);
        out->b3_precision += both * both * MILLION / sizes[e->scored[at].found];
        out->b3_recall += both * both * MILLION / of_label;
        if (both > most) {
            most = both;
            main = e->found[e->scored[at].found];
        }
    }
    out->pairs_labelled += pairs_of(of_label);
    for (int m = 0; m < INCIDENT_MEASURES; m++)
        toll_count(&out->tolls[m], &e->scored[start].label->numbers[m],
                   number_of_incident(main, incident_measure_names[m]));
}

static int all_count(struct evaluating *e, struct error *err)
{
    struct incident_evaluation *out = e->out;
    int64_t *sizes = ARENA_ARRAY(e->arena, int64_t, e->n_found);
    if (!sizes)
        return arena_full(e->arena, err);
    for (size_t i = 0; i < e->n_scored; i++)
        sizes[e->scored[i].found]++;
    if (e->n_scored)
        qsort(e->scored, e->n_scored, sizeof *e->scored, compare_scored);
    for (size_t start = 0, end; start < e->n_scored; start = end) {
        end = stretch(e, start, false);
        strike_count(e, start, end, sizes);
    }
    for (uint32_t i = 0; i < e->n_found; i++) {
        out->pairs_found += pairs_of(sizes[i]);
        for (int m = 0; m < INCIDENT_MEASURES; m++)
            out->tolls[m].found += number_of_incident(e->found[i], incident_measure_names[m]);
    }
    out->reports = (int64_t)e->n_scored;
    out->labelled_incidents = e->n_labelled;
    out->found_incidents = e->n_found;
    return 0;
}

static const struct event_row *event_of_report(const struct evaluating *e,
                                               const struct first_event *first, size_t n_first,
                                               const struct told_report *report)
{
    size_t index = first_event_of(first, n_first, report->row.report_id);
    return index == SIZE_MAX ? NULL : &e->events[index];
}

static int compare_wrong(const void *x, const void *y)
{
    const struct wrong_pair *a = x, *b = y;
    if (a->pairs != b->pairs)
        return a->pairs > b->pairs ? -1 : 1;
    return a->a->line != b->a->line ? a->a->line - b->a->line : a->b->line - b->b->line;
}

/* Compares every two stretches of one strike in one incident: one cause, one pair. */
static int wrong_find(struct evaluating *e, struct error *err)
{
    struct incident_evaluation *out = e->out;
    size_t capacity = 0, n_first;
    const struct first_event *first = first_events(e, &n_first);
    if (!first)
        return arena_full(e->arena, err);
    for (size_t i = 0; i < e->n_scored; i = stretch(e, i, true)) {
        for (size_t k = stretch(e, i, true); k < e->n_scored; k = stretch(e, k, true)) {
            const struct scored *a = &e->scored[i], *b = &e->scored[k];
            if ((a->labelled == b->labelled) == (a->found == b->found))
                continue;
            if (arena_grow(e->arena, &out->wrong, &capacity, out->n_wrong, sizeof *out->wrong, err))
                return -1;
            out->wrong[out->n_wrong++] = (struct wrong_pair){
                a->report,
                b->report,
                event_of_report(e, first, n_first, a->report),
                event_of_report(e, first, n_first, b->report),
                (int64_t)((stretch(e, i, true) - i) * (stretch(e, k, true) - k)),
                a->found == b->found};
        }
    }
    if (out->n_wrong)
        qsort(out->wrong, out->n_wrong, sizeof *out->wrong, compare_wrong);
    return 0;
}

int evaluate_incidents(struct arena *arena, const struct weights *weights,
                       const struct labels *labels, struct told_report *reports, size_t n_reports,
                       struct incident_evaluation *out, struct error *err)
{
    struct evaluating e = {.arena = arena,
                           .weights = weights,
                           .labels = labels,
                           .reports = reports,
                           .n_reports = n_reports,
                           .out = out};
    *out = (struct incident_evaluation){0};
    return events_gather_all(&e, err) || countries_reconcile(&e, err) || reports_score(&e, err) ||
                   all_count(&e, err) || wrong_find(&e, err)
               ? -1
               : 0;
}

int pair_f1(const struct incident_evaluation *evaluation)
{
    int64_t both = evaluation->pairs_found + evaluation->pairs_labelled;
    return both ? (int)((2 * evaluation->pairs_right * 1000 + both / 2) / both) : 0;
}

int b3_f1(const struct incident_evaluation *evaluation)
{
    /* Means in millionths, so that the product of two stays far below 2^63. */
    int64_t reports = evaluation->reports ? evaluation->reports : 1;
    int64_t p = evaluation->b3_precision / reports, r = evaluation->b3_recall / reports;
    return p + r ? (int)((2 * p * r / (p + r) + 500) / 1000) : 0;
}
