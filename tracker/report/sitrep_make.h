#ifndef TRACKER_REPORT_SITREP_MAKE_H
#define TRACKER_REPORT_SITREP_MAKE_H

#include "report/blocks.h"
#include "report/period.h"

/* Everything the sections are made of. */
struct sitrep_input {
    const struct situation *situation;
    const struct situation_query *query;
    const struct period *period;
    const char *version; /* of the program */
};

/* The situation report of the rows; a pure function. Memory in `arena`, texts of the rows are
 * pointed at. -1 with ERROR_LIMIT. */
int sitrep_make(struct arena *arena, const struct sitrep_input *input, struct sitrep *out,
                struct error *err) WARN_UNUSED;

/* Its sections, in order; each adds itself to maker->report. */
void section_highlights(struct maker *maker, const struct sitrep_input *input);
void section_key_figures(struct maker *maker, const struct sitrep_input *input);
void section_waves(struct maker *maker, const struct sitrep_input *input);
void section_regions(struct maker *maker, const struct sitrep_input *input);
void section_parts(struct maker *maker, const struct sitrep_input *input);
void section_revisions(struct maker *maker, const struct sitrep_input *input);
void section_doubts(struct maker *maker, const struct sitrep_input *input);
void section_gaps(struct maker *maker, const struct sitrep_input *input);
void section_sources(struct maker *maker, const struct sitrep_input *input);
void section_method(struct maker *maker, const struct sitrep_input *input);
void section_annex(struct maker *maker, const struct sitrep_input *input);

/* Whether an incident lies in the period; one of no known day does (the loader took care). */
bool in_period(const struct sitrep_input *input, const struct situation_incident *incident);

/* The sum of a figure over a span of days, of what may be summed. Casualties go by their incident's
 * in_totals and their own, munitions by their own. `part` NULL: all. */
struct toll toll_between(const struct situation *situation, day_number from, day_number to,
                         const char *field, const char *part);

#endif
