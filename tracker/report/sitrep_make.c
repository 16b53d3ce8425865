/* The frame of a situation report, its highlights and key figures. */
#include "report/sitrep_make.h"

#include <string.h>

bool in_period(const struct sitrep_input *input, const struct situation_incident *incident)
{
    return incident->day == DAY_NONE ||
           (incident->day >= input->period->from && incident->day <= input->period->to);
}

struct toll toll_between(const struct situation *situation, day_number from, day_number to,
                         const char *field, const char *part)
{
    struct toll toll = {0};
    for (size_t i = 0; i < situation->n_incidents; i++) {
        const struct situation_incident *incident = &situation->incidents[i];
        if (incident->day == DAY_NONE || incident->day < from || incident->day > to)
            continue;
        const struct situation_figure *figure = figure_of(situation, incident, field, part);
        if (figure && figure->in_totals)
            toll_add(&toll, figure);
    }
    return toll;
}

/* ---- highlights ---- */

static size_t count_incidents(const struct sitrep_input *input, day_number from, day_number to)
{
    size_t n = 0;
    for (size_t i = 0; i < input->situation->n_incidents; i++) {
        const struct situation_incident *incident = &input->situation->incidents[i];
        n += incident->in_totals && incident->day != DAY_NONE && incident->day >= from &&
             incident->day <= to;
    }
    return n;
}

static struct slice who_says(struct maker *maker, const struct situation_figure *figure)
{
    return figure && figure->who.len ? maker_format(maker, " (%.*s)", SLICE_ARG(figure->who))
                                     : SLICE_LITERAL("");
}

/* "19 killed", with what was said of the wounded. */
static struct slice toll_words(struct maker *maker, const struct situation *s,
                               const struct situation_incident *incident)
{
    const struct situation_figure *killed = figure_of(s, incident, "killed", NULL),
                                  *wounded = figure_of(s, incident, "wounded", NULL);
    struct cell k = {0}, w = {0};
    if (killed)
        k = cell_range(maker, killed->low, killed->best, killed->high);
    if (wounded)
        w = cell_range(maker, wounded->low, wounded->best, wounded->high);
    return maker_format(maker, "%.*s%s%s%.*s%s%.*s", SLICE_ARG(k.text), k.text.len ? " killed" : "",
                        k.text.len && w.text.len ? ", " : "", SLICE_ARG(w.text),
                        w.text.len ? " wounded" : "",
                        SLICE_ARG(who_says(maker, k.text.len ? killed : wounded)));
}

static const struct situation_incident *incident_by_id(const struct situation *s, struct slice id)
{
    for (size_t i = 0; i < s->n_incidents; i++)
        if (slice_equal(s->incidents[i].id, id))
            return &s->incidents[i];
    return NULL;
}

/* The wave with most launched, drones and missiles together. */
static const struct situation_incident *greatest_wave(const struct sitrep_input *input)
{
    const struct situation *s = input->situation;
    const struct situation_incident *found = NULL;
    int64_t most = 0;
    for (size_t i = 0; i < s->n_incidents; i++) {
        const struct situation_incident *incident = &s->incidents[i];
        const struct situation_figure *drones = figure_of(s, incident, "drones", NULL),
                                      *missiles = figure_of(s, incident, "missiles", NULL);
        int64_t sum = 0;
        if (!slice_is(incident->scope, "country") || !in_period(input, incident))
            continue;
        if (drones && drones->best != COUNT_OPEN)
            sum += drones->best;
        if (missiles && missiles->best != COUNT_OPEN)
            sum += missiles->best;
        if (sum > most) {
            most = sum;
            found = incident;
        }
    }
    return found;
}

/* "470 drones launched, 442 intercepted", empty when none were stated. */
static struct slice munition_words(struct maker *maker, const struct situation *s,
                                   const struct situation_incident *wave, const char *field)
{
    const struct situation_figure *launched = figure_of(s, wave, field, NULL),
                                  *intercepted = figure_of(s, wave, field, "intercepted");
    if (!launched && !intercepted)
        return SLICE_NONE;
    struct cell l = {.text = SLICE_LITERAL("unstated number of")}, i = {0};
    if (launched)
        l = cell_range(maker, launched->low, launched->best, launched->high);
    if (intercepted)
        i = cell_range(maker, intercepted->low, intercepted->best, intercepted->high);
    return maker_format(maker, "%.*s %s launched%s%.*s%s", SLICE_ARG(l.text), field,
                        i.text.len ? ", " : "", SLICE_ARG(i.text),
                        i.text.len ? " intercepted" : "");
}

static void highlight_wave(struct maker *maker, const struct sitrep_input *input,
                           struct cell *items, size_t *n)
{
    const struct situation_incident *wave = greatest_wave(input);
    if (!wave)
        return;
    struct slice drones = munition_words(maker, input->situation, wave, "drones"),
                 missiles = munition_words(maker, input->situation, wave, "missiles");
    items[(*n)++] =
        cell_link(maker_format(maker, "Largest wave: %.*s, %.*s: %.*s%s%.*s",
                               SLICE_ARG(place_text(maker, wave)),
                               SLICE_ARG(cell_day(maker, wave->day).text), SLICE_ARG(drones),
                               drones.len && missiles.len ? "; " : "", SLICE_ARG(missiles)),
                  incident_link(maker, wave->id));
}

static struct slice total_words(struct maker *maker, const struct sitrep_input *input)
{
    const struct period *p = input->period;
    struct toll killed = toll_between(input->situation, p->from, p->to, "killed", NULL),
                wounded = toll_between(input->situation, p->from, p->to, "wounded", NULL);
    struct cell k = cell_toll(maker, &killed), w = cell_toll(maker, &wounded);
    size_t n = count_incidents(input, p->from, p->to);
    if (!n)
        return SLICE_LITERAL("No incident of these days is known.");
    return maker_format(maker, "%.*s killed and %.*s wounded in %zu %s",
                        SLICE_ARG(k.text.len ? k.text : SLICE_LITERAL("Nobody is reported")),
                        SLICE_ARG(w.text.len ? w.text : SLICE_LITERAL("nobody")), n,
                        n == 1 ? "incident" : "incidents");
}

void section_highlights(struct maker *maker, const struct sitrep_input *input)
{
    const struct situation *s = input->situation;
    const struct situation_incident *worst = incident_by_id(s, s->steps_incident);
    struct cell *items = ARENA_ARRAY(maker->arena, struct cell, 4);
    size_t n = 0;
    section_add(maker, "highlights", "Highlights");
    maker->failed |= !items;
    if (!items)
        return;
    items[n++] = cell_text(total_words(maker, input));
    if (worst && in_period(input, worst))
        items[n++] = cell_link(maker_format(maker, "Deadliest: %.*s, %.*s: %.*s",
                                            SLICE_ARG(place_text(maker, worst)),
                                            SLICE_ARG(cell_day(maker, worst->day).text),
                                            SLICE_ARG(toll_words(maker, s, worst))),
                               incident_link(maker, worst->id));
    highlight_wave(maker, input, items, &n);
    if (s->n_revisions)
        items[n++] = cell_link(maker_format(maker, "%zu figure%s of earlier days changed",
                                            s->n_revisions, s->n_revisions == 1 ? "" : "s"),
                               SLICE_LITERAL("#revisions"));
    struct block *block = block_add(maker, BLOCK_LIST);
    block->items = items;
    block->n_items = n;
}

/* ---- key figures ---- */

static const struct {
    const char *field, *part, *title;
} key_figures[] = {
    {"killed", NULL, "Killed"},
    {"wounded", NULL, "Wounded"},
    {"missing", NULL, "Missing"},
    {"drones", NULL, "Drones launched"},
    {"drones", "intercepted", "Drones intercepted"},
    {"drones", "lost", "Drones lost on the way"},
    {"missiles", NULL, "Missiles launched"},
    {"missiles", "intercepted", "Missiles intercepted"},
};
#define KEY_FIGURES (sizeof key_figures / sizeof *key_figures)

static const struct column key_columns[] = {
    {"measure", "", false},
    {"period", "This period", true},
    {"before", "Period before", true},
    {"change", "Change", true},
};

static struct cell change_of(struct maker *maker, int64_t now, int64_t before)
{
    struct cell value = cell_number(maker, now - before);
    value.text = maker_format(maker, "%+lld", (long long)(now - before));
    return value;
}

static void key_row(struct maker *maker, const struct sitrep_input *input, struct table *table,
                    size_t i)
{
    const struct period *p = input->period;
    struct toll now = toll_between(input->situation, p->from, p->to, key_figures[i].field,
                                   key_figures[i].part),
                before = toll_between(input->situation, p->before, p->from - 1,
                                      key_figures[i].field, key_figures[i].part);
    if (!now.n && !before.n)
        return;
    struct cell *row = row_add(maker, table);
    row[0] = cell_text(slice_of(key_figures[i].title));
    row[1] = cell_toll(maker, &now);
    row[2] = cell_toll(maker, &before);
    if (now.n_vague < now.n && before.n_vague < before.n)
        row[3] = change_of(maker, now.best, before.best);
}

/* The days a chart shows: the period, or two weeks up to its end where it is shorter. */
static day_number chart_start(const struct sitrep_input *input)
{
    day_number start = input->period->to - 13;
    return input->period->from < start ? input->period->from : start;
}

static void chart_daily(struct maker *maker, const struct sitrep_input *input, enum chart_kind kind,
                        const char *field, const char *second, const char *second_part)
{
    day_number start = chart_start(input), end = input->period->to;
    struct chart *chart = &block_add(maker, BLOCK_CHART)->chart;
    size_t n = (size_t)(end - start + 1);
    chart->kind = kind;
    chart->points = ARENA_ARRAY(maker->arena, struct point, n);
    maker->failed |= !chart->points;
    for (size_t i = 0; chart->points && i < n; i++) {
        day_number day = start + (day_number)i;
        struct toll toll = toll_between(input->situation, day, day, field, NULL),
                    other = toll_between(input->situation, day, day, second, second_part);
        struct cell value = cell_toll(maker, &toll);
        chart->points[i] = (struct point){
            .label = cell_day(maker, day).text,
            .x = day,
            .low = value.kind ? value.low : COUNT_OPEN,
            .best = value.kind ? value.best : COUNT_OPEN,
            .high = value.kind ? value.high : COUNT_OPEN,
            .second = other.n > other.n_vague ? other.best : COUNT_OPEN,
        };
        chart->n_points++;
    }
}

/* "from 2025-11-06 to 2025-11-19; most on 2025-11-19, 19". */
static struct slice chart_words(struct maker *maker, const struct chart *chart)
{
    const struct point *most = NULL;
    for (size_t i = 0; i < chart->n_points; i++)
        if (chart->points[i].best > (most ? most->best : 0))
            most = &chart->points[i];
    if (!chart->n_points)
        return SLICE_NONE;
    return maker_format(maker, "from %.*s to %.*s; %s%.*s%s%.*s", SLICE_ARG(chart->points[0].label),
                        SLICE_ARG(chart->points[chart->n_points - 1].label),
                        most ? "most on " : "none is known",
                        SLICE_ARG(most ? most->label : SLICE_NONE), most ? ": " : "",
                        SLICE_ARG(most ? cell_number(maker, most->best).text : SLICE_NONE));
}

/* The chart that was added last. */
static struct chart *last_chart(struct maker *maker)
{
    struct sitrep *report = maker->report;
    struct section *section = report->n_sections ? &report->sections[report->n_sections - 1] : NULL;
    return section && section->n_blocks ? &section->blocks[section->n_blocks - 1].chart
                                        : &maker->spare_block.chart;
}

static void charts_add(struct maker *maker, const struct sitrep_input *input)
{
    static const struct {
        enum chart_kind kind;
        const char *field, *second, *second_part, *title, *first_name, *second_name;
    } daily[] = {
        {CHART_CASUALTIES, "killed", "wounded", NULL, "Killed and wounded a day", "killed",
         "wounded"},
        {CHART_MUNITIONS, "drones", "drones", "intercepted", "Drones a day", "launched",
         "intercepted"},
        {CHART_MUNITIONS, "missiles", "missiles", "intercepted", "Missiles a day", "launched",
         "intercepted"},
    };
    for (size_t i = 0; i < sizeof daily / sizeof *daily; i++) {
        struct toll any = toll_between(input->situation, chart_start(input), input->period->to,
                                       daily[i].field, NULL);
        if (!any.n)
            continue;
        chart_daily(maker, input, daily[i].kind, daily[i].field, daily[i].second,
                    daily[i].second_part);
        struct chart *chart = last_chart(maker);
        chart->title = slice_of(daily[i].title);
        chart->first = daily[i].first_name;
        chart->second = daily[i].second_name;
        chart->alt =
            maker_format(maker, "%s, %.*s", daily[i].title, SLICE_ARG(chart_words(maker, chart)));
    }
}

/* How the toll of the deadliest incident grew. */
static void toll_chart(struct maker *maker, const struct sitrep_input *input)
{
    const struct situation *s = input->situation;
    const struct situation_incident *incident = incident_by_id(s, s->steps_incident);
    if (!incident || !in_period(input, incident) || s->n_steps < 2)
        return;
    struct chart *chart = &block_add(maker, BLOCK_CHART)->chart;
    struct slice place = place_text(maker, incident);
    chart->kind = CHART_TOLL;
    chart->first = "killed";
    chart->title = maker_format(maker, "The toll of %.*s as it was told", SLICE_ARG(place));
    chart->points = ARENA_ARRAY(maker->arena, struct point, s->n_steps);
    maker->failed |= !chart->points;
    for (size_t i = 0; chart->points && i < s->n_steps; i++)
        chart->points[chart->n_points++] = (struct point){.label = s->steps[i].at,
                                                          .x = s->steps[i].moment,
                                                          .low = s->steps[i].low,
                                                          .best = s->steps[i].best,
                                                          .high = s->steps[i].high,
                                                          .second = COUNT_OPEN};
    chart->alt = maker_format(maker, "Killed in %.*s: %lld on %.*s, %lld on %.*s", SLICE_ARG(place),
                              (long long)s->steps[0].best, SLICE_ARG(s->steps[0].at),
                              (long long)s->steps[s->n_steps - 1].best,
                              SLICE_ARG(s->steps[s->n_steps - 1].at));
}

void section_key_figures(struct maker *maker, const struct sitrep_input *input)
{
    const struct period *p = input->period;
    section_add(maker, "key-figures", "Key figures");
    struct table *table = table_add(maker, key_columns, sizeof key_columns / sizeof *key_columns,
                                    KEY_FIGURES + 1, "Nothing was counted.");
    size_t now = count_incidents(input, p->from, p->to),
           before = count_incidents(input, p->before, p->from - 1);
    struct cell *row = row_add(maker, table);
    row[0] = cell_text(SLICE_LITERAL("Incidents"));
    row[1] = cell_number(maker, (int64_t)now);
    row[2] = cell_number(maker, (int64_t)before);
    row[3] = change_of(maker, (int64_t)now, (int64_t)before);
    for (size_t i = 0; i < KEY_FIGURES; i++)
        key_row(maker, input, table, i);
    charts_add(maker, input);
    toll_chart(maker, input);
}

/* ---- the frame ---- */

static struct slice day_text(struct maker *maker, day_number day)
{
    return cell_day(maker, day).text;
}

static void frame(struct maker *maker, const struct sitrep_input *input)
{
    const struct situation_query *q = input->query;
    struct sitrep *report = maker->report;
    struct slice days = period_title(maker->arena, input->period->from, input->period->to);
    char until[40] = "";
    report->title = maker_format(maker, "Situation report, %.*s", SLICE_ARG(days));
    report->from = day_text(maker, input->period->from);
    report->to = day_text(maker, input->period->to);
    report->as_of = slice_of(q->as_of);
    report->country = slice_of(q->country);
    report->region = slice_of(q->region);
    report->version = slice_of(input->version);
    if (q->reports_as_of != INSTANT_NONE) {
        instant_format(q->reports_as_of, 0, until);
        report->reports_as_of = maker_format(maker, "%s", until);
    }
    report->subtitle =
        maker_format(maker, "%s%s%s%s%s%s%s%s%s as known at %.*s", q->region ? "Region " : "",
                     q->region ? q->region : "", q->region && q->country ? ", " : "",
                     q->country ? "country " : "", q->country ? q->country : "",
                     q->country || q->region ? ";" : "All countries;",
                     *until ? " from the reports published up to " : "", until, *until ? "," : "",
                     SLICE_ARG(report->as_of));
}

int sitrep_make(struct arena *arena, const struct sitrep_input *input, struct sitrep *out,
                struct error *err)
{
    struct maker maker = {.arena = arena, .report = out};
    *out = (struct sitrep){0};
    frame(&maker, input);
    section_highlights(&maker, input);
    section_key_figures(&maker, input);
    section_waves(&maker, input);
    section_regions(&maker, input);
    section_parts(&maker, input);
    section_revisions(&maker, input);
    section_doubts(&maker, input);
    section_gaps(&maker, input);
    section_sources(&maker, input);
    section_method(&maker, input);
    section_annex(&maker, input);
    return maker_check(&maker, err);
}
