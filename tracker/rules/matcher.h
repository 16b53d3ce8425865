#ifndef TRACKER_RULES_MATCHER_H
#define TRACKER_RULES_MATCHER_H

#include "rules/pattern.h"

/* A typed span of a sentence, found by extract/ before the rules run. Several may begin at one
 * token; the matcher tries them longest first. */
struct value {
    uint32_t first; /* token index in the document */
    uint16_t count; /* tokens */
    uint8_t type;   /* enum value_type */
    uint8_t flags;  /* enum value_flag */
    uint32_t index; /* into the owner's array of that type; for VALUE_NUMBER unused */
    int64_t number; /* VALUE_NUMBER: its value */
};

enum value_flag {
    VALUE_VOID = 1, /* a number that is never a count (an age, a date): gaps may run over it */
    VALUE_PEOPLE =
        2, /* a count whose span includes the people it counts: only for fields that count people */
    VALUE_ONE = 4,    /* one person without a number ("a woman"): not for <field counted> */
    VALUE_NAME = 8,   /* a bare name may stand in it ("Kovalenko and his son"): only for <field
                         named>, and gaps may run over it */
    VALUE_WHOLE = 16, /* a number said to be all there were ("all 14"): also for <field all> */
    VALUE_TOTAL = 32, /* a number said to be a total ("a total of 35"): also for <field total> */
};

struct match_scratch;

/* One sentence as the matcher sees it. `values` is sorted by first token, then longest first. */
struct match_input {
    const struct document *doc;
    const struct sentence *sentence;
    const struct value *values;
    size_t n_values;
    struct match_scratch *scratch; /* NULL: memory of its own, from the arena */
};

/* What matcher_find needs while it runs, kept from one sentence to the next. Begins zeroed; belongs
 * to the arena given to matcher_find, so that it ends with it. */
struct match_scratch {
    char *bytes;
    size_t size;
    size_t used;
};

/* What a slot took. */
struct capture {
    uint16_t slot;   /* index in the pattern's slots */
    uint16_t count;  /* tokens */
    uint32_t first;  /* token */
    uint32_t value;  /* fields: index into match_input.values; lists: index of the phrase */
    uint32_t extent; /* tokens from `first` through the $lists that directly follow ("19 people
                        killed") */
};

/* One place where one alternative of one rule fits. Captures in order of text. */
struct match {
    uint32_t rule; /* index given to matcher_add */
    uint16_t alternative;
    uint16_t n_captures;
    uint32_t first; /* tokens first .. first + count - 1 */
    uint32_t count;
    const struct pattern *pattern;
    struct capture *captures;
};

/* A set of patterns indexed by their rarest required word. One per language and layer (counts,
 * times, sources, doubt, events). Read-only after matcher_seal, so threads may share it. */
struct matcher;

int matcher_new(struct matcher **out, const struct symbols *symbols, struct error *err) WARN_UNUSED;
void matcher_free(struct matcher *matcher);

/* Adds one alternative of rule `rule`; `unless_before` / `unless_after` (may be 0) void a match
 * when one of them ends right before its first token / begins right after its last. The patterns
 * must outlive the matcher. */
int matcher_add(struct matcher *matcher, uint32_t rule, uint16_t alternative,
                const struct pattern *pattern, const struct pattern *unless_before, size_t n_before,
                const struct pattern *unless_after, size_t n_after, struct error *err) WARN_UNUSED;

/* Builds the index: every pattern is indexed by the required piece whose words are met least often
 * in news text, and of equal ones are shared by the fewest patterns (a group counts when each
 * alternative has one). Marks the index words WORD_TRIGGER in the vocabulary when `trigger`. The
 * lists must be sealed. */
int matcher_seal(struct matcher *matcher, bool trigger, struct error *err) WARN_UNUSED;

/* Every best match per (rule alternative, index word occurrence) in the sentence, sorted by first
 * token, count, rule, alternative; equal ones once. Work is bounded by patterns x window, whatever
 * the text. Results live in `arena`. For gaps, `...` never runs over a value of type VALUE_COUNT
 * without VALUE_VOID or VALUE_NAME, nor, in event rules, over a phrase of the language's list
 * `gap-stops` ("were": what follows is said of others). */
int matcher_find(const struct matcher *matcher, struct arena *arena,
                 const struct match_input *input, struct match **out, size_t *n_out,
                 struct error *err) WARN_UNUSED;

/* Whether matcher_find could find anything in the sentence, going by its words, the types of its
 * values and their distances: cheap, and never false where there is a match. `coming`: bit set (1
 * << enum value_type) of types not yet among the values. */
bool matcher_may_match(const struct matcher *matcher, struct arena *arena,
                       const struct match_input *input, unsigned coming);

/* Bit set (1 << enum value_type) of the types that some pattern takes. */
unsigned matcher_takes(const struct matcher *matcher);

/* Chooses among overlapping matches: longest span, then most fields captured, then `prefer over`
 * (asked through `prefers(context, a, b)`: rule a is preferred over rule b). A match loses when it
 * shares a captured count with a better one, or, capturing no count, overlaps one. Undecided ones
 * whose captures differ are a tie: all their matches are dropped and the pair is recorded. Sorts
 * and shortens `matches` in place. */
struct match_tie {
    uint32_t rule_a;
    uint32_t rule_b;
    uint32_t first; /* token where they meet */
};
int matches_choose(struct arena *arena, struct match *matches, size_t *n_matches,
                   bool (*prefers)(const void *context, uint32_t a, uint32_t b),
                   const void *context, struct match_tie **ties, size_t *n_ties,
                   struct error *err) WARN_UNUSED;

/* How far one alternative got at one occurrence of its index word: for `rules explain`. */
struct match_trace {
    uint32_t rule;
    uint16_t alternative;
    uint32_t anchor;     /* token of the index word */
    uint32_t furthest;   /* token where the furthest attempt stopped */
    struct slice failed; /* the piece as written that did not fit there; absent when it matched */
    bool matched;
    bool voided; /* matched, but an unless phrase stood beside it */
};
int matcher_trace(const struct matcher *matcher, struct arena *arena,
                  const struct match_input *input, struct match_trace **out, size_t *n_out,
                  struct error *err) WARN_UNUSED;

#endif
