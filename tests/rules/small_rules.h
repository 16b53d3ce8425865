#ifndef TESTS_RULES_SMALL_RULES_H
#define TESTS_RULES_SMALL_RULES_H

#include "rules/matcher.h"

/* A small language for tests of patterns: a schema, some lists and irregular forms, without files.
 */
struct small_rules {
    struct arena arena;
    struct schema schema;
    struct symbols symbols;
    struct slice forms[4][6];
    struct slice *form_rows[4];
    struct word_list lists[8];
};

void small_rules_init(struct small_rules *rules);
void small_rules_free(struct small_rules *rules);

/* Compiles a pattern at test.yml:7:12. Returns the findings as lines "7:14+5 text (hint)", "" for
 * none. */
const char *small_rules_compile(struct small_rules *rules, const char *text, bool numbers,
                                struct pattern *out);

/* The same, or the test fails. In the arena of the rules. */
const struct pattern *small_rules_pattern(struct small_rules *rules, const char *text);

/* The first sentence of a text, with values found the simple way: digits are counts and bare
 * numbers (void from 1900 to 2099), digits and "soldiers" are also a count of people, capitalised
 * words after the first are places, one or two at a time, "yesterday" a time. */
struct match_input small_rules_sentence(struct small_rules *rules, const char *text);

/* "killed=19[19 people killed], $people=people; ..." : captures with their extents where these are
 * longer, "-" for a match without any, matches apart by "; ". */
const char *small_rules_captures(struct small_rules *rules, const struct match_input *input,
                                 const struct match *matches, size_t n);

/* "7: 19 people killed; ...": rule and span of each match. */
const char *small_rules_spans(struct small_rules *rules, const struct match_input *input,
                              const struct match *matches, size_t n);

/* A sealed matcher of patterns; their rules are 0, 1, 2 ... The caller frees it. */
struct matcher *small_rules_matcher(struct small_rules *rules, const char *const *patterns,
                                    size_t n);

/* What one pattern alone finds in a text. */
const char *small_rules_find(struct small_rules *rules, const char *pattern, const char *text);

#endif
