/* What was fired, who was hurt where, what changed: the middle sections of a situation report. */
#include "report/sitrep_make.h"

#include <stdlib.h>

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

static struct cell figure_value(struct maker *maker, const struct situation_figure *figure)
{
    return figure ? cell_range(maker, figure->low, figure->best, figure->high)
                  : (struct cell){.kind = CELL_NONE};
}

static struct cell place_value(struct maker *maker, const struct situation_incident *incident)
{
    return cell_link(place_text(maker, incident), incident_link(maker, incident->id));
}

/* ---- attacks by wave ---- */

static const struct column wave_columns[] = {
    {"date", "Date", false},
    {"place", "Against", false},
    {"class", "Class", false},
    {"launched", "Launched", true},
    {"intercepted", "Intercepted", true},
    {"lost", "Lost", true},
    {"unaccounted", "Unaccounted", true},
    {"sites", "Sites", true},
    {"said_by", "Said by", false},
};

static size_t sites_below(const struct situation *s, const struct situation_incident *wave)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_incidents; i++)
        n += s->incidents[i].parent_id.len && slice_equal(s->incidents[i].parent_id, wave->id);
    return n;
}

/* Launched less intercepted and lost, where both ends are exact: never a hit count. */
static struct cell unaccounted(struct maker *maker, const struct situation_figure *launched,
                               const struct situation_figure *intercepted,
                               const struct situation_figure *lost)
{
    if (!launched || launched->best == COUNT_OPEN || !intercepted ||
        intercepted->best == COUNT_OPEN)
        return (struct cell){.kind = CELL_NONE};
    int64_t left = launched->best - intercepted->best;
    if (lost && lost->best != COUNT_OPEN)
        left -= lost->best;
    return left < 0 ? cell_text(SLICE_LITERAL("more than launched")) : cell_number(maker, left);
}

static void wave_row(struct maker *maker, const struct situation *s, struct table *table,
                     const struct situation_incident *incident, const char *class)
{
    const struct situation_figure *launched = figure_of(s, incident, class, NULL),
                                  *intercepted = figure_of(s, incident, class, "intercepted"),
                                  *lost = figure_of(s, incident, class, "lost");
    const struct situation_figure *told = launched ? launched : intercepted;
    if (!told || !told->in_totals)
        return;
    struct cell *row = row_add(maker, table);
    row[0] = cell_day(maker, incident->day);
    row[1] = place_value(maker, incident);
    row[2] = cell_text(slice_of(class));
    row[3] = figure_value(maker, launched);
    row[4] = figure_value(maker, intercepted);
    row[5] = figure_value(maker, lost);
    row[6] = unaccounted(maker, launched, intercepted, lost);
    if (slice_is(incident->scope, "country"))
        row[7] = cell_number(maker, (int64_t)sites_below(s, incident));
    row[8] = cell_text(told->who);
}

void section_waves(struct maker *maker, const struct sitrep_input *input)
{
    const struct situation *s = input->situation;
    section_add(maker, "waves", "Attacks by wave");
    struct table *table = table_add(maker, COLUMNS(wave_columns), 2 * s->n_incidents,
                                    "No report of these days counts drones or missiles.");
    for (size_t i = 0; i < s->n_incidents; i++) {
        if (!in_period(input, &s->incidents[i]))
            continue;
        wave_row(maker, s, table, &s->incidents[i], "drones");
        wave_row(maker, s, table, &s->incidents[i], "missiles");
    }
}

/* ---- casualties by region ---- */

static const struct column region_columns[] = {
    {"region", "Region", false}, {"country", "Country", false}, {"incidents", "Incidents", true},
    {"killed", "Killed", true},  {"wounded", "Wounded", true},  {"missing", "Missing", true},
};

struct region_row {
    struct slice region, country;
    size_t incidents;
    struct toll killed, wounded, missing;
};

static int compare_regions(const void *x, const void *y)
{
    const struct region_row *a = x, *b = y;
    if (a->killed.best != b->killed.best)
        return a->killed.best > b->killed.best ? -1 : 1;
    int c = slice_compare(a->country, b->country);
    return c ? c : slice_compare(a->region, b->region);
}

static struct region_row *region_find(struct region_row *rows, size_t *n,
                                      const struct situation_incident *incident)
{
    for (size_t i = 0; i < *n; i++)
        if (slice_equal(rows[i].region, incident->adm1) &&
            slice_equal(rows[i].country, incident->country))
            return &rows[i];
    rows[*n] = (struct region_row){.region = incident->adm1, .country = incident->country};
    return &rows[(*n)++];
}

static void toll_of(const struct situation *s, const struct situation_incident *incident,
                    const char *field, struct toll *toll)
{
    const struct situation_figure *figure = figure_of(s, incident, field, NULL);
    if (figure && figure->in_totals)
        toll_add(toll, figure);
}

static size_t regions_sum(const struct sitrep_input *input, struct region_row *rows)
{
    const struct situation *s = input->situation;
    size_t n = 0;
    for (size_t i = 0; i < s->n_incidents; i++) {
        const struct situation_incident *incident = &s->incidents[i];
        if (!incident->in_totals || !in_period(input, incident))
            continue;
        struct region_row *row = region_find(rows, &n, incident);
        row->incidents++;
        toll_of(s, incident, "killed", &row->killed);
        toll_of(s, incident, "wounded", &row->wounded);
        toll_of(s, incident, "missing", &row->missing);
    }
    if (n)
        qsort(rows, n, sizeof *rows, compare_regions);
    return n;
}

/* A mark for every located incident of the period that people were hurt in. */
static void map_add(struct maker *maker, const struct sitrep_input *input)
{
    const struct situation *s = input->situation;
    struct point *points = ARENA_ARRAY(maker->arena, struct point, s->n_incidents);
    size_t n = 0;
    maker->failed |= !points;
    for (size_t i = 0; points && i < s->n_incidents; i++) {
        const struct situation_incident *incident = &s->incidents[i];
        const struct situation_figure *killed = figure_of(s, incident, "killed", NULL),
                                      *wounded = figure_of(s, incident, "wounded", NULL);
        if (!incident->located || !in_period(input, incident) ||
            slice_is(incident->scope, "country"))
            continue;
        points[n++] = (struct point){
            .label = place_text(maker, incident),
            .x = incident->lon_e5,
            .y = incident->lat_e5,
            .low = killed ? killed->low : COUNT_OPEN,
            .best = killed ? killed->best : COUNT_OPEN,
            .high = killed ? killed->high : COUNT_OPEN,
            .second = wounded ? wounded->best : COUNT_OPEN,
            .link = incident_link(maker, incident->id),
        };
    }
    if (!n)
        return;
    struct chart *chart = &block_add(maker, BLOCK_CHART)->chart;
    *chart = (struct chart){
        .kind = CHART_MAP,
        .title = SLICE_LITERAL("Where"),
        .alt = maker_format(maker,
                            "Map of %zu incidents whose place is known; the table below has "
                            "their regions",
                            n),
        .first = "killed",
        .second = "wounded",
        .points = points,
        .n_points = n,
    };
}

void section_regions(struct maker *maker, const struct sitrep_input *input)
{
    struct region_row *rows =
        ARENA_ARRAY(maker->arena, struct region_row, input->situation->n_incidents + 1);
    section_add(maker, "regions", "Casualties by region");
    maker->failed |= !rows;
    size_t n = rows ? regions_sum(input, rows) : 0;
    map_add(maker, input);
    struct table *table =
        table_add(maker, COLUMNS(region_columns), n, "No incident of these days is known.");
    for (size_t i = 0; i < n; i++) {
        struct cell *row = row_add(maker, table);
        row[0] = cell_text(rows[i].region.len ? rows[i].region : SLICE_LITERAL("unknown"));
        row[1] = cell_text(rows[i].country);
        row[2] = cell_number(maker, (int64_t)rows[i].incidents);
        row[3] = cell_toll(maker, &rows[i].killed);
        row[4] = cell_toll(maker, &rows[i].wounded);
        row[5] = cell_toll(maker, &rows[i].missing);
    }
}

/* ---- children and other stated parts ---- */

static const struct column part_columns[] = {
    {"part", "Of them", false},
    {"killed", "Killed", true},
    {"wounded", "Wounded", true},
    {"missing", "Missing", true},
};

static bool is_casualty(struct slice field)
{
    return slice_is(field, "killed") || slice_is(field, "wounded") || slice_is(field, "missing");
}

/* The parts that any figure of the period names, children first, then in byte order. */
static size_t parts_list(const struct sitrep_input *input, struct slice *parts)
{
    const struct situation *s = input->situation;
    size_t n = 0;
    for (size_t i = 0; i < s->n_incidents; i++) {
        const struct situation_incident *incident = &s->incidents[i];
        for (size_t k = 0; in_period(input, incident) && k < incident->n_figures; k++) {
            const struct situation_figure *f = &s->figures[incident->first_figure + k];
            size_t at = 0;
            if (!f->part.len || !is_casualty(f->field))
                continue;
            while (at < n && !slice_equal(parts[at], f->part))
                at++;
            if (at == n)
                parts[n++] = f->part;
        }
    }
    return n;
}

static int compare_parts(const void *x, const void *y)
{
    const struct slice *a = x, *b = y;
    bool child_a = slice_is(*a, "child"), child_b = slice_is(*b, "child");
    return child_a != child_b ? (child_a ? -1 : 1) : slice_compare(*a, *b);
}

void section_parts(struct maker *maker, const struct sitrep_input *input)
{
    const struct situation *s = input->situation;
    const struct period *p = input->period;
    struct slice *parts = ARENA_ARRAY(maker->arena, struct slice, s->n_figures + 1);
    section_add(maker, "parts", "Children and other parts that were stated");
    maker->failed |= !parts;
    size_t n = parts ? parts_list(input, parts) : 0;
    if (n)
        qsort(parts, n, sizeof *parts, compare_parts);
    struct table *table =
        table_add(maker, COLUMNS(part_columns), n, "No report of these days states any.");
    for (size_t i = 0; i < n; i++) {
        struct toll killed = toll_between(s, p->from, p->to, "killed", parts[i].ptr),
                    wounded = toll_between(s, p->from, p->to, "wounded", parts[i].ptr),
                    missing = toll_between(s, p->from, p->to, "missing", parts[i].ptr);
        if (!killed.n && !wounded.n && !missing.n)
            continue;
        struct cell *row = row_add(maker, table);
        row[0] = cell_text(parts[i]);
        row[1] = cell_toll(maker, &killed);
        row[2] = cell_toll(maker, &wounded);
        row[3] = cell_toll(maker, &missing);
    }
    if (n)
        text_add(maker, SLICE_LITERAL("Parts are counted where a report states them; they are "
                                      "within the totals above and never added to them."));
}

/* ---- revisions ---- */

static const struct column revision_columns[] = {
    {"recorded", "Changed at (UTC)", false},
    {"place", "Place", false},
    {"date", "Day", false},
    {"field", "Figure", false},
    {"old", "Old", true},
    {"new", "New", true},
    {"who", "Who", false},
    {"why", "Rule", false},
    {"sentence", "Sentence", false},
};

static struct slice measure_text(struct maker *maker, struct slice field, struct slice part)
{
    return part.len ? maker_format(maker, "%.*s, %.*s", SLICE_ARG(field), SLICE_ARG(part)) : field;
}

void section_revisions(struct maker *maker, const struct sitrep_input *input)
{
    const struct situation *s = input->situation;
    section_add(maker, "revisions", "Revisions to earlier days");
    struct table *table = table_add(maker, COLUMNS(revision_columns), s->n_revisions,
                                    "No figure of an earlier day has changed since.");
    table->fold = s->n_revisions > 20;
    for (size_t i = 0; i < s->n_revisions; i++) {
        const struct situation_revision *r = &s->revisions[i];
        struct cell *row = row_add(maker, table);
        row[0] = cell_text(r->recorded);
        row[1] = cell_text(r->place);
        row[2] = cell_day(maker, r->day);
        row[3] = cell_text(measure_text(maker, r->field, r->part));
        row[4] = cell_range(maker, r->old_low, r->old_best, r->old_high);
        row[5] = r->gone ? cell_text(SLICE_LITERAL("withdrawn"))
                         : cell_range(maker, r->new_low, r->new_best, r->new_high);
        row[6] = cell_text(r->who);
        row[7] = cell_text(r->rule);
        row[8] = cell_link(r->sentence, r->url);
    }
}

/* ---- conflicting and single-source claims ---- */

static const struct column doubt_columns[] = {
    {"date", "Date", false},       {"place", "Place", false},     {"field", "Figure", false},
    {"value", "Number", true},     {"grading", "Grading", false}, {"voices", "Voices", true},
    {"said_by", "Said by", false},
};

/* What is doubtful about a figure: its sources leave a range, or only one voice tells of it. */
static bool is_conflict(const struct situation_incident *incident,
                        const struct situation_figure *figure)
{
    bool range = figure->best != COUNT_OPEN && figure->low != COUNT_OPEN &&
                 figure->high != COUNT_OPEN && figure->low != figure->high;
    return range || slice_is(incident->grading, "contested");
}

static bool is_single(const struct situation_incident *incident,
                      const struct situation_figure *figure)
{
    return incident->n_independent < 2 && figure->best != COUNT_OPEN && figure->best > 0;
}

static void doubt_table(struct maker *maker, const struct sitrep_input *input,
                        bool (*wanted)(const struct situation_incident *,
                                       const struct situation_figure *),
                        const char *empty)
{
    const struct situation *s = input->situation;
    struct table *table = table_add(maker, COLUMNS(doubt_columns), s->n_figures, empty);
    for (size_t i = 0; i < s->n_incidents; i++) {
        const struct situation_incident *incident = &s->incidents[i];
        for (size_t k = 0; in_period(input, incident) && k < incident->n_figures; k++) {
            const struct situation_figure *f = &s->figures[incident->first_figure + k];
            if (f->part.len || !f->in_totals || !wanted(incident, f))
                continue;
            struct cell *row = row_add(maker, table);
            row[0] = cell_day(maker, incident->day);
            row[1] = place_value(maker, incident);
            row[2] = cell_text(f->field);
            row[3] = figure_value(maker, f);
            row[4] = cell_text(incident->grading);
            row[5] = cell_number(maker, incident->n_independent);
            row[6] = cell_text(incident->sources);
        }
    }
    table->fold = table->n_rows > 20;
}

void section_doubts(struct maker *maker, const struct sitrep_input *input)
{
    section_add(maker, "doubts", "Conflicting and single-source claims");
    text_add(maker, SLICE_LITERAL("Figures on which the sources differ, or which a party denies:"));
    doubt_table(maker, input, is_conflict, "None.");
    text_add(maker, SLICE_LITERAL("Figures that rest on one independent voice:"));
    doubt_table(maker, input, is_single, "None.");
}

/* ---- unplaced and unquantified ---- */

static const struct column gap_columns[] = {
    {"date", "Date", false},
    {"place", "Place", false},
    {"lacks", "What is not known", false},
    {"said_by", "Said by", false},
};

/* What an incident lacks, empty when nothing. */
static struct slice lacks(struct maker *maker, const struct situation *s,
                          const struct situation_incident *incident)
{
    bool place = !incident->located && !slice_is(incident->scope, "country"),
         day = incident->day == DAY_NONE, number = false, none = incident->n_figures == 0;
    for (size_t i = 0; i < incident->n_figures; i++)
        number |= slice_is(s->figures[incident->first_figure + i].state, "unquantified");
    return maker_format(maker, "%s%s%s%s%s", place ? "coordinates" : "",
                        place && (day || number || none) ? ", " : "", day ? "day" : "",
                        day && (number || none) ? ", " : "",
                        none     ? "any number"
                        : number ? "an exact number"
                                 : "");
}

void section_gaps(struct maker *maker, const struct sitrep_input *input)
{
    const struct situation *s = input->situation;
    section_add(maker, "gaps", "Unplaced and unquantified");
    struct table *table =
        table_add(maker, COLUMNS(gap_columns), s->n_incidents, "Nothing is missing.");
    for (size_t i = 0; i < s->n_incidents; i++) {
        const struct situation_incident *incident = &s->incidents[i];
        struct slice words = in_period(input, incident) ? lacks(maker, s, incident) : SLICE_NONE;
        if (!words.len)
            continue;
        struct cell *row = row_add(maker, table);
        row[0] = cell_day(maker, incident->day);
        row[1] = place_value(maker, incident);
        row[2] = cell_text(words);
        row[3] = cell_text(incident->sources);
    }
    table->fold = table->n_rows > 20;
}
