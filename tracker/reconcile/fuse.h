#ifndef TRACKER_RECONCILE_FUSE_H
#define TRACKER_RECONCILE_FUSE_H

#include "reconcile/voice.h"

/* The rules by which a figure is chosen; their names stand in struct figure.rule and in the
 * database. */
enum figure_rule {
    RULE_SINGLE_CLAIM,
    RULE_STANDING,
    RULE_HIGHER_TOTAL,
    RULE_AT_LEAST,
    RULE_EXACT_INSIDE,
    RULE_BEST_RANK,
    RULE_LATER_WORD,
    RULE_CORRECTION,
    RULE_NUMBER_OVER_ZERO,
    RULE_ZERO_STATED,
    RULE_VAGUE_ONLY,
    RULE_BOUNDS_ONLY,
    RULE_ATTACKER_ONLY,
    RULE_EQUALS_WAVE,
    RULE_PINNED,
    FIGURE_RULES
};
struct figure_policy {
    const char *name;
    const char *meaning; /* one line for people */
};
extern const struct figure_policy figure_policies[FIGURE_RULES];

/* Makes the figures of an incident from its events (indices of `work`), sorted by measure,
 * in_totals true for all, and says how well it is attested. Figures live in work->arena, passing
 * memory in `scratch`. */
int incident_fuse(struct work *work, struct arena *scratch, const uint32_t *events, size_t n,
                  struct incident *incident, struct error *err) WARN_UNUSED;

#endif
