#ifndef TRACKER_EXTRACT_CLAIM_H
#define TRACKER_EXTRACT_CLAIM_H

#include "extract/values.h"

/* What a claim is to its event's figure. */
enum claim_role {
    CLAIM_FIGURE,   /* it gives the event's number (or one of the parts that were summed into it) */
    CLAIM_PART,     /* a subset: stands in a part's figure, never added to the total */
    CLAIM_RESTATED, /* says the same again, or was replaced by a later running total in the same
                       report */
    CLAIM_ENEMY,    /* a perpetrator about its enemy's losses: gives a figure only where there is no
                       other */
    CLAIM_ELSEWHERE, /* another or no real event: hypothetical, historical, cumulative, future,
                        denied */
    CLAIM_ROLES
};
extern const char *const claim_role_names[CLAIM_ROLES];

#define STORY_MAIN UINT32_MAX /* what the report is about */

/* One number (or an explicit "no casualties") in one sentence. Never edited after extraction. */
struct claim {
    uint16_t field; /* index in the schema */
    uint16_t part;  /* or SCHEMA_NONE */
    struct count count;
    uint32_t
        start; /* bytes in the stored text: the value and the words counted ("19 people killed") */
    uint32_t end;
    uint32_t sentence; /* index */
    uint32_t token;    /* first token of the value */
    const struct rule *rule;
    const struct source_mention *claimant; /* NULL: the outlet itself */
    enum doubt_kind doubt;                 /* DOUBT_NONE when there is none */
    enum claim_role role;
    uint32_t place; /* mention the match itself named, or UINT32_MAX */
    uint32_t time;
    uint32_t match; /* claims of one match share it */
    bool told;      /* only says again what became of somebody told of before: "she died" */
    bool sums_up;   /* its sentence says nothing else: "Three fatalities." */
    bool known;     /* one person the report has told of before: "the boy", "she", a name */
    bool named;     /* a name stands in it: it may say who those told before were */
    uint32_t story; /* sentence that opens the other story it stands in, or STORY_MAIN: stories.h */
    uint32_t event; /* index in the report's events, UINT32_MAX when it belongs to none */
};

/* Two rules that read one stretch differently and neither of which is preferred: their claims are
 * withheld. */
struct claim_tie {
    const struct rule *rule_a;
    const struct rule *rule_b;
    uint32_t sentence;
    uint32_t token;
};

/* The claims of one report in order of text, and the ties that were withheld. */
struct claims {
    struct claim *items;
    size_t n;
    struct claim_tie *ties;
    size_t n_ties;
};

/* Runs the event rules over every sentence with a trigger word and makes the claims. */
int claims_find(struct report_values *values, struct claims *out, struct error *err) WARN_UNUSED;

#endif
