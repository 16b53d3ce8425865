#ifndef TRACKER_PIPELINE_EVALUATE_H
#define TRACKER_PIPELINE_EVALUATE_H

#include "extract/extract.h"
#include "read/labels.h"

/* Scores what the rules read against labels: for `tracker eval`. A report's value of a measure is
 * that of its first event that states it (best, else low, else high); silence is no value. All of
 * it counts; nothing is weighed. */

/* A field or a part of one, by the name it has in labels and in `tracker extract`: "killed",
 * "drones_intercepted". */
struct label_key {
    struct slice name;
    uint16_t field;
    uint16_t part;
};

struct label_keys {
    struct label_key *items; /* in the schema's order, the total of a field before its parts */
    struct slice *names;     /* of the items: the keys of labels_read */
    size_t n;
};
int measures_of(struct arena *arena, const struct schema *schema, struct label_keys *out,
                struct error *err) WARN_UNUSED;

struct answer_value {
    int64_t value;           /* COUNT_OPEN: nothing said */
    const struct rule *rule; /* whose claim gave it; NULL with COUNT_OPEN */
};

/* What the rules read in one report. */
struct answer {
    int line;
    struct slice id;
    struct answer_value *values; /* one a measure */
    struct slice places[2];      /* names of the first placed event, folded (fold_ascii) */
    size_t n_places;
    struct slice opening; /* title and the first words, on one line; absent unless asked for */
};
/* Everything is copied to `arena`. Of a rejected report `extraction` is NULL. */
int answer_make(struct arena *arena, const struct label_keys *measures, const struct report *report,
                const struct extraction *extraction, bool opening, struct answer *out,
                struct error *err) WARN_UNUSED;

/* Shares as right of all: exact is hit of positive, precision right of said, false alarms of zero.
 */
struct tally {
    int64_t positive; /* labels with a number above 0, */
    int64_t hit;      /* where the value is right */
    int64_t zero;     /* labels with 0, */
    int64_t alarms;   /* where a wrong value above 0 was given */
    int64_t said;     /* values above 0 where there is a label, */
    int64_t right;    /* that are right */
};

/* What one rule did to the measures: its values, zero included, where there is a label. */
struct rule_tally {
    const struct rule *rule;
    int64_t gave, right, wrong;
};

/* A report whose value is wrong, missing, or not asked for. */
struct miss {
    size_t measure; /* measures.n: the place */
    const struct label *label;
    const struct answer *answer; /* NULL: the report was not read */
};

struct evaluation {
    struct tally *measures;   /* one a measure */
    int64_t places;           /* labels with a place, */
    int64_t places_hit;       /* that the first placed event names */
    struct rule_tally *rules; /* most often wrong first */
    size_t n_rules;
    struct miss *misses; /* by measure, in order of labels */
    size_t n_misses;
};

/* Compares the labels of one file with the answers to its reports: by line; two reports of one id
 * are both held against the last answer of that id, and a line without id against none: answers are
 * known by id. The outcome points into `labels` and `answers`. */
int evaluate(struct arena *arena, const struct label_keys *measures, const struct labels *labels,
             const struct answer *answers, size_t n_answers, struct evaluation *out,
             struct error *err) WARN_UNUSED;

/* Adds the counts of `more` (no misses) to `sum`, which begins zeroed. */
int evaluation_add(struct arena *arena, const struct label_keys *measures, struct evaluation *sum,
                   const struct evaluation *more, struct error *err) WARN_UNUSED;

/* Equal, or the shorter is a run of whole words of the longer and has more than 3 letters; both
 * folded. */
bool names_one_place(struct slice a, struct slice b);

/* `part` of `whole` in thousandths, 0 <= part <= whole, whole > 0, rounded as C and Python print
 * the double nearest to it with three decimals ("%.3f", to nearest, an exact half to even). */
int ratio_thousandths(int64_t part, int64_t whole);

#endif
