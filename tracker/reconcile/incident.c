#include "reconcile/incident.h"

const char *const figure_state_names[FIGURE_STATES] = {
    [FIGURE_KNOWN] = "known",
    [FIGURE_ZERO_STATED] = "zero_stated",
    [FIGURE_UNQUANTIFIED] = "unquantified",
};

const char *const grading_names[GRADINGS] = {
    [GRADING_CONFIRMED] = "confirmed",
    [GRADING_FAIR] = "fair",
    [GRADING_WEAK] = "weak",
    [GRADING_CONTESTED] = "contested",
};

int64_t region_id_of(struct slice country_or_adm1_code)
{
    const struct slice parts[] = {SLICE_LITERAL("region"), country_or_adm1_code};
    struct digest digest = digest_of(parts, 2);
    return digest_id(&digest);
}
