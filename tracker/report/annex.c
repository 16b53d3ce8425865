/* Where it comes from: the sources, the method, and every incident with its sentences. */
#include "report/sitrep_make.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

static const struct column source_columns[] = {
    {"source", "Outlet", false},    {"reports", "Reports", true},
    {"claims", "Claims", true},     {"days", "Days with a report", true},
    {"last", "Last report", false}, {"before", "Reports, period before", true},
    {"gap", "Gap", false},
};

/* An outlet that was heard in the period before and is silent now, or was for more than half. */
static const char *gap_of(const struct situation_source *source, const struct period *period)
{
    if (!source->reports)
        return "silent";
    int64_t length = period->to - period->from + 1;
    return length > 2 && source->last < period->to - length / 2 ? "silent at the end" : NULL;
}

void section_sources(struct maker *maker, const struct sitrep_input *input)
{
    const struct situation *s = input->situation;
    section_add(maker, "sources", "Sources and gaps");
    struct table *table = table_add(maker, COLUMNS(source_columns), s->n_sources,
                                    "No report of these days is stored.");
    table->fold = s->n_sources > 20;
    for (size_t i = 0; i < s->n_sources; i++) {
        const struct situation_source *source = &s->sources[i];
        struct cell *row = row_add(maker, table);
        row[0] = cell_text(source->outlet.len ? source->outlet : SLICE_LITERAL("(not named)"));
        row[1] = cell_number(maker, source->reports);
        row[2] = cell_number(maker, source->claims);
        row[3] = cell_number(maker, source->days);
        row[4] = cell_day(maker, source->last);
        row[5] = cell_number(maker, source->before);
        row[6] = cell_text(slice_of(gap_of(source, input->period)));
    }
}

void section_method(struct maker *maker, const struct sitrep_input *input)
{
    const struct situation *s = input->situation;
    static const char *const caveats[] = {
        "Numbers are what the named sources say. Rules in plain files find them in the text of "
        "reports; every figure names the rule and the sentence it comes from (annex).",
        "19 (16-25) is the best number with the least and the greatest that the sources leave; "
        "19+ is at least 19; 20-60 is a range without a best number. A figure that nobody stated "
        "is left empty: it is not zero.",
        "A toll changes when a later or better-placed source does; the former numbers stay in the "
        "database. A part (children, civilians) is within its total. A wave is counted once, "
        "never again at its sites.",
        "Unaccounted is launched less intercepted and lost; it is not a number of hits.",
        "Days are local to the place; a night counts under its morning. An incident without a "
        "known day is listed under the days its first report came out, and is in no daily sum.",
        "What nobody reported, or only outlets outside the list above, is not here.",
    };
    section_add(maker, "method", "Method and caveats");
    for (size_t i = 0; i < sizeof caveats / sizeof *caveats; i++)
        text_add(maker, slice_of(caveats[i]));
    struct slice digests = SLICE_NONE;
    for (size_t i = 0; i < s->n_rulesets; i++)
        digests = maker_format(maker, "%.*s%s%.*s", SLICE_ARG(digests), i ? ", " : "",
                               SLICE_ARG(s->rulesets[i]));
    maker->report->ruleset = digests;
    text_add(maker, maker_format(maker,
                                 "%lld reports, read by tracker %s with rule set %.*s, as "
                                 "known at %s. The same period and moment give this report "
                                 "again.",
                                 (long long)s->n_reports, input->version,
                                 SLICE_ARG(digests.len ? digests : SLICE_LITERAL("(none)")),
                                 input->query->as_of));
}

/* ---- the incidents ---- */

static const struct column figure_columns[] = {
    {"field", "Figure", false},        {"value", "Number", true},
    {"who", "Who says so", false},     {"outlet", "In", false},
    {"published", "Published", false}, {"rule", "Rule", false},
    {"sentence", "Sentence", false},
};

static void figure_row(struct maker *maker, struct table *table, const struct situation_figure *f)
{
    struct cell *row = row_add(maker, table);
    row[0] = cell_text(
        f->part.len ? maker_format(maker, "%.*s, %.*s", SLICE_ARG(f->field), SLICE_ARG(f->part))
                    : f->field);
    row[1] = cell_range(maker, f->low, f->best, f->high);
    row[2] = cell_text(f->who);
    row[3] = cell_text(f->outlet);
    row[4] = cell_text(f->published);
    row[5] = cell_text(f->rule);
    row[6] = cell_link(f->sentence, f->url);
}

static struct slice incident_note(struct maker *maker, const struct situation_incident *incident)
{
    return maker_format(
        maker, "Incident %.*s; %s; place known to: %.*s; %lld report%s, %lld independent; %.*s.",
        SLICE_ARG(incident->id),
        slice_is(incident->scope, "country") ? "a wave over the country"
        : slice_is(incident->scope, "area")  ? "an area"
        : incident->parent_id.len            ? "a site of a wave"
                                             : "a site",
        SLICE_ARG(incident->place_precision), (long long)incident->n_reports,
        incident->n_reports == 1 ? "" : "s", (long long)incident->n_independent,
        SLICE_ARG(incident->grading));
}

static void incident_add(struct maker *maker, const struct situation *s,
                         const struct situation_incident *incident)
{
    struct incident_entry *entry = &block_add(maker, BLOCK_INCIDENT)->incident;
    entry->anchor = maker_format(maker, "incident-%.*s", SLICE_ARG(incident->id));
    entry->heading =
        maker_format(maker, "%.*s, %.*s", SLICE_ARG(cell_day(maker, incident->day).text),
                     SLICE_ARG(place_text(maker, incident)));
    entry->note = incident_note(maker, incident);
    entry->figures = (struct table){
        .columns = figure_columns,
        .n_columns = sizeof figure_columns / sizeof *figure_columns,
        .cells = ARENA_ARRAY(maker->arena, struct cell,
                             incident->n_figures * sizeof figure_columns / sizeof *figure_columns),
        .empty = "No number was stated."};
    maker->failed |= !entry->figures.cells;
    for (size_t i = 0; i < incident->n_figures; i++)
        figure_row(maker, &entry->figures, &s->figures[incident->first_figure + i]);
}

void section_annex(struct maker *maker, const struct sitrep_input *input)
{
    const struct situation *s = input->situation;
    size_t n = 0;
    section_add(maker, "incidents", "Annex: incidents and their sentences");
    for (size_t i = 0; i < s->n_incidents; i++) {
        if (!in_period(input, &s->incidents[i]))
            continue;
        incident_add(maker, s, &s->incidents[i]);
        n++;
    }
    if (!n)
        text_add(maker, SLICE_LITERAL("No incident of these days is known."));
}
