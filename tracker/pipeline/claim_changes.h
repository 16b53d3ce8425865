#ifndef TRACKER_PIPELINE_CLAIM_CHANGES_H
#define TRACKER_PIPELINE_CLAIM_CHANGES_H

#include "extract/extract.h"

/* What another rule set reads differently in a report: for `tracker rules diff`. */

enum claim_change_kind { CLAIM_GAINED, CLAIM_LOST, CLAIM_ALTERED, CLAIM_CHANGE_KINDS };
extern const char *const claim_change_names[CLAIM_CHANGE_KINDS];

struct claim_change {
    enum claim_change_kind kind;
    const struct claim *old; /* NULL when gained */
    const struct claim *new; /* NULL when lost */
};

/* One report as one rule set reads it. */
struct reading_of_report {
    const struct schema *schema;
    const struct extraction *extraction;
};

/* Pairs the claims of two readings by field, part (their names) and bytes: first the equal
 * stretches, then those that overlap. Altered is a pair that differs in bounds, qualifier, role,
 * doubt or claimant; another rule alone, or another stretch of the same words, is no change. In
 * order of text, into `arena`. -1 only with ERROR_LIMIT. */
int claims_compare(struct arena *arena, const struct reading_of_report *old,
                   const struct reading_of_report *new, struct claim_change **out, size_t *n_out,
                   struct error *err) WARN_UNUSED;

#endif
