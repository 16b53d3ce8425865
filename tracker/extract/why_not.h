#ifndef TRACKER_EXTRACT_WHY_NOT_H
#define TRACKER_EXTRACT_WHY_NOT_H

#include "extract/extract.h"

/* Why a text gives no claim of a number to a field: for `tracker rules explain --why-not
 * killed=19`. */

/* The claim that was looked for. */
struct wanted_claim {
    uint16_t field;
    uint16_t part; /* SCHEMA_NONE: the total, or any part */
    int64_t number;
};
/* Reads "killed=19", "drones.intercepted=28", followed by a NUL. -1 with ERROR_USAGE. */
int wanted_claim_parse(const struct schema *schema, struct slice text, struct wanted_claim *out,
                       struct error *err) WARN_UNUSED;

/* How one rule with the field fared near the number. */
struct near_rule {
    const struct rule *rule;
    uint16_t alternative;
    enum near_outcome {
        NEAR_WON,    /* it matched and made claims, of other numbers or fields */
        NEAR_BEATEN, /* it matched over the number; another rule was better, or a tie withheld it */
        NEAR_VOIDED, /* it matched, but an unless phrase stood beside it */
        NEAR_STOPPED, /* it got as far as `token`, which is not `failed` */
        NEAR_OUTCOMES
    } outcome;
    uint32_t anchor; /* tokens */
    uint32_t token;
    struct slice failed;
    int progress; /* how much of the pattern fitted before that piece, in percent of its length; 0
                     when it did not come to the number */
};
extern const char *const near_outcome_names[NEAR_OUTCOMES];

/* One place where the number stands in the text. */
struct near_number {
    uint32_t sentence;
    uint32_t first; /* tokens */
    uint32_t n_tokens;
    bool never;                    /* it is never a count, */
    const struct rule *never_rule; /* by this entry; NULL when only its form says so */
    const struct doubt_span *doubt;
    struct near_rule *rules; /* those with the field and a word here: the closest first */
    size_t n_rules;
};

struct why_not {
    struct near_number *numbers; /* none: the number does not stand in the text */
    size_t n_numbers;
    const struct claim **claims; /* claims of this very number, to whatever field */
    size_t n_claims;
    const struct document *doc; /* NULL: no rules for the language */
};

/* Reads `report` and finds out. Results live in `arena`. -1 only with ERROR_LIMIT. */
int why_not_find(const struct extractor *extractor, struct arena *arena,
                 const struct report *report, const struct wanted_claim *wanted,
                 struct why_not *out, struct error *err) WARN_UNUSED;

/* Says it in words, or as one JSON value (after the key). */
void why_not_write(struct buffer *out, const struct schema *schema,
                   const struct wanted_claim *wanted, const struct why_not *why);
void why_not_json(struct json_writer *json, const struct schema *schema,
                  const struct wanted_claim *wanted, const struct why_not *why);

#endif
