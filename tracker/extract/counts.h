#ifndef TRACKER_EXTRACT_COUNTS_H
#define TRACKER_EXTRACT_COUNTS_H

#include "extract/values.h"

/* Adds to `list` the numbers (VALUE_NUMBER, with VALUE_VOID where a `never a count` phrase holds)
 * and counts (VALUE_COUNT: bare numbers and phrases with bounds) of a sentence; counts go to
 * values->counts. */
int counts_find(struct report_values *values, size_t sentence, struct value_list *list,
                struct error *err) WARN_UNUSED;

/* Adds person phrases as counts flagged VALUE_PEOPLE: a count with the people it counts ("at least
 * three Afghan police officers"), singular persons ("a woman", "a 7-year-old boy", "Anna Kovalenko,
 * 45"), and sums joined by commas and "and" ("two soldiers and five civilians"). Runs after
 * counts_find on the same list. */
int people_find(struct report_values *values, size_t sentence, struct value_list *list,
                struct error *err) WARN_UNUSED;

/* Appends a count to values->counts and its VALUE_COUNT (with `flags`) to `list`. */
int count_value_add(struct report_values *values, struct value_list *list,
                    const struct count_value *count, enum value_flag flags,
                    struct error *err) WARN_UNUSED;

/* Reads a count the way `expect:` and `set:` write it: "19", "at least three", "20-25", "up to
 * 1,200", "none", "none reported", "several". -1 with ERROR_RULES when it is no count. */
int count_parse(const struct ruleset *ruleset, const struct language *language, struct slice text,
                struct count *out, struct error *err) WARN_UNUSED;

/* Two counts say the same: all bounds and the qualifier. */
bool count_equal(const struct count *a, const struct count *b);

/* The sum of two counts: bounds add, an open end stays open; EXACT + EXACT is EXACT, else the
 * vaguer qualifier. */
struct count count_add(const struct count *a, const struct count *b);

/* The sum of people told side by side: as count_add, but "11 officers and an unknown number of
 * attackers" is at least 11. */
struct count count_beside(const struct count *a, const struct count *b);

/* best, else low, else high; COUNT_OPEN when all are open. */
int64_t count_value_of(const struct count *count);

#endif
