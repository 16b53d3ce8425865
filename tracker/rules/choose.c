#include <stdlib.h>

#include "rules/matcher.h"

/* Greedy, best first. Matches of equal rank are weighed against each other as a group, so that
 * their order decides nothing. What is taken marks its tokens: a later match need not look at
 * earlier ones. */

enum verdict { OPEN, TAKEN, LOST, TIED };

struct candidate {
    const struct match *match;
    uint32_t n_fields;
    bool counts; /* captures a count */
    uint8_t verdict;
};

typedef bool prefers_function(const void *context, uint32_t a, uint32_t b);

struct chooser {
    struct arena *arena;
    struct candidate *candidates;
    size_t n;
    prefers_function *prefers;
    const void *context;
    uint32_t first; /* token of bit 0 */
    bool *span;     /* per token: in the span of a match taken */
    bool *count;    /* per token: in a count of a match taken */
    struct match_tie *ties;
    size_t n_ties;
    size_t capacity;
};

static const struct pattern_slot *slot_of(const struct match *match, const struct capture *capture)
{
    return &match->pattern->slots[capture->slot];
}

static bool is_count(const struct match *match, const struct capture *capture)
{
    const struct pattern_slot *slot = slot_of(match, capture);
    return slot->kind == SLOT_FIELD && slot->type == VALUE_COUNT;
}

static struct candidate candidate_of(const struct match *match)
{
    struct candidate c = {.match = match};
    for (uint32_t i = 0; i < match->n_captures; i++) {
        c.n_fields += slot_of(match, &match->captures[i])->kind != SLOT_LIST;
        c.counts = c.counts || is_count(match, &match->captures[i]);
    }
    return c;
}

/* Best rank first; within a rank by place, so that neighbours are near. */
static int compare_rank(const struct candidate *a, const struct candidate *b)
{
    if (a->match->count != b->match->count)
        return a->match->count > b->match->count ? -1 : 1;
    if (a->n_fields != b->n_fields)
        return a->n_fields > b->n_fields ? -1 : 1;
    return b->counts - a->counts;
}

#define ORDER(x, y) \
    if ((x) != (y)) \
    return (x) < (y) ? -1 : 1

static int compare_place(const struct match *a, const struct match *b)
{
    ORDER(a->first, b->first);
    ORDER(a->count, b->count);
    ORDER(a->rule, b->rule);
    ORDER(a->alternative, b->alternative);
    ORDER(a->n_captures, b->n_captures);
    for (size_t i = 0; i < a->n_captures; i++) {
        ORDER(a->captures[i].slot, b->captures[i].slot);
        ORDER(a->captures[i].first, b->captures[i].first);
        ORDER(a->captures[i].count, b->captures[i].count);
        ORDER(a->captures[i].value, b->captures[i].value);
    }
    return 0;
}

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a;
    const struct candidate *y = b;
    int rank = compare_rank(x, y);
    return rank ? rank : compare_place(x->match, y->match);
}

static int compare_matches(const void *a, const void *b)
{
    return compare_place(a, b);
}

/* ---- pairs of one rank --------------------------------------------------------------------- */

static bool overlap(uint32_t a, uint32_t n_a, uint32_t b, uint32_t n_b)
{
    return a < b + n_b && b < a + n_a;
}

static bool share_count(const struct match *a, const struct match *b)
{
    for (size_t i = 0; i < a->n_captures; i++) {
        for (size_t k = 0; k < b->n_captures; k++) {
            const struct capture *x = &a->captures[i];
            const struct capture *y = &b->captures[k];
            if (is_count(a, x) && is_count(b, y) && overlap(x->first, x->count, y->first, y->count))
                return true;
        }
    }
    return false;
}

/* Of equal rank: both capture a count or neither does. */
static bool compete(const struct candidate *a, const struct candidate *b)
{
    if (a->counts)
        return share_count(a->match, b->match);
    return overlap(a->match->first, a->match->count, b->match->first, b->match->count);
}

static bool has_field(const struct match *match, const struct match *of,
                      const struct capture *wanted)
{
    const struct pattern_slot *w = slot_of(of, wanted);
    for (size_t i = 0; i < match->n_captures; i++) {
        const struct capture *c = &match->captures[i];
        const struct pattern_slot *s = slot_of(match, c);
        if (s->kind == w->kind && s->field == w->field && s->part == w->part &&
            (s->kind == SLOT_FIELD || slice_equal(s->name, w->name)) && c->first == wanted->first &&
            c->count == wanted->count)
            return true;
    }
    return false;
}

/* Do both take the same values for the same fields? The ranks are equal, so one direction is
 * enough. */
static bool same_fields(const struct candidate *a, const struct candidate *b)
{
    for (size_t i = 0; i < a->match->n_captures; i++) {
        const struct capture *c = &a->match->captures[i];
        if (slot_of(a->match, c)->kind != SLOT_LIST && !has_field(b->match, a->match, c))
            return false;
    }
    return true;
}

static int add_tie(struct chooser *c, const struct match *a, const struct match *b,
                   struct error *err)
{
    struct match_tie tie = {a->rule < b->rule ? a->rule : b->rule,
                            a->rule < b->rule ? b->rule : a->rule,
                            a->first > b->first ? a->first : b->first};
    for (size_t i = 0; i < c->n_ties; i++) {
        if (c->ties[i].rule_a == tie.rule_a && c->ties[i].rule_b == tie.rule_b &&
            c->ties[i].first == tie.first)
            return 0;
    }
    if (arena_grow(c->arena, &c->ties, &c->capacity, c->n_ties, sizeof tie, err))
        return -1;
    c->ties[c->n_ties++] = tie;
    return 0;
}

/* `b` comes after `a` by place. */
static int weigh(struct chooser *c, struct candidate *a, struct candidate *b, bool by_preference,
                 struct error *err)
{
    if (!compete(a, b))
        return 0;
    uint32_t rule_a = a->match->rule;
    uint32_t rule_b = b->match->rule;
    if (by_preference) {
        bool prefers_a = rule_a != rule_b && c->prefers && c->prefers(c->context, rule_a, rule_b);
        bool prefers_b = rule_a != rule_b && c->prefers && c->prefers(c->context, rule_b, rule_a);
        if (prefers_a && !prefers_b)
            b->verdict = LOST;
        else if (prefers_b && !prefers_a)
            a->verdict = LOST;
        return 0;
    }
    if (a->verdict == LOST || b->verdict == LOST)
        return 0;
    if (rule_a == rule_b || same_fields(a, b)) {
        /* Of one rule the alternative written first; of equal claims the rule that comes first. */
        bool second =
            rule_a != rule_b ? rule_b < rule_a : b->match->alternative < a->match->alternative;
        if (a->verdict == OPEN && b->verdict == OPEN)
            (second ? a : b)->verdict = LOST;
        return 0;
    }
    a->verdict = b->verdict = TIED;
    return add_tie(c, a->match, b->match, err);
}

/* Candidates lo .. hi - 1 have one rank, and so one length: those that can meet are near each
 * other. */
static int weigh_rank(struct chooser *c, size_t lo, size_t hi, bool by_preference,
                      struct error *err)
{
    for (size_t i = lo; i < hi; i++) {
        struct candidate *a = &c->candidates[i];
        uint32_t end = a->match->first + a->match->count;
        for (size_t k = i + 1; k < hi && c->candidates[k].match->first < end; k++) {
            if (weigh(c, a, &c->candidates[k], by_preference, err))
                return -1;
        }
    }
    return 0;
}

/* ---- ranks --------------------------------------------------------------------------------- */

static bool is_beaten(const struct chooser *c, const struct candidate *candidate)
{
    const struct match *m = candidate->match;
    if (!candidate->counts) {
        for (uint32_t t = 0; t < m->count; t++) {
            if (c->span[m->first - c->first + t])
                return true;
        }
        return false;
    }
    for (size_t i = 0; i < m->n_captures; i++) {
        const struct capture *capture = &m->captures[i];
        for (uint32_t t = 0; is_count(m, capture) && t < capture->count; t++) {
            if (c->count[capture->first - c->first + t])
                return true;
        }
    }
    return false;
}

/* Tied matches are withheld, yet they keep worse ones from taking their counts. */
static void mark(struct chooser *c, const struct match *m)
{
    memset(c->span + (m->first - c->first), true, m->count);
    for (size_t i = 0; i < m->n_captures; i++) {
        if (is_count(m, &m->captures[i]))
            memset(c->count + (m->captures[i].first - c->first), true, m->captures[i].count);
    }
}

/* Candidates that are beaten go to the end of the group; returns the end of the others. */
static size_t drop_beaten(struct chooser *c, size_t lo, size_t hi)
{
    size_t end = lo;
    for (size_t i = lo; i < hi; i++) {
        if (is_beaten(c, &c->candidates[i])) {
            c->candidates[i].verdict = LOST;
        } else {
            struct candidate kept = c->candidates[i];
            c->candidates[i] = c->candidates[end];
            c->candidates[end++] = kept;
        }
    }
    return end;
}

static int choose_rank(struct chooser *c, size_t lo, size_t hi, struct error *err)
{
    size_t end = drop_beaten(c, lo, hi);
    if (weigh_rank(c, lo, end, true, err) || weigh_rank(c, lo, end, false, err))
        return -1;
    for (size_t i = lo; i < end; i++) {
        struct candidate *a = &c->candidates[i];
        if (a->verdict == LOST)
            continue;
        if (a->verdict == OPEN)
            a->verdict = TAKEN;
        mark(c, a->match);
    }
    return 0;
}

static int chooser_init(struct chooser *c, const struct match *matches, struct error *err)
{
    uint32_t end = 0;
    c->first = matches[0].first;
    for (size_t i = 0; i < c->n; i++) {
        if (matches[i].first < c->first)
            c->first = matches[i].first;
        if (matches[i].first + matches[i].count > end)
            end = matches[i].first + matches[i].count;
    }
    c->candidates = ARENA_ARRAY(c->arena, struct candidate, c->n);
    c->span = ARENA_ARRAY(c->arena, bool, end - c->first);
    c->count = ARENA_ARRAY(c->arena, bool, end - c->first);
    if (!c->candidates || !c->span || !c->count)
        return arena_full(c->arena, err);
    for (size_t i = 0; i < c->n; i++)
        c->candidates[i] = candidate_of(&matches[i]);
    qsort(c->candidates, c->n, sizeof *c->candidates, compare_candidates);
    return 0;
}

/* Copies what was taken before the matches it points to are overwritten. */
static int keep_taken(const struct chooser *c, struct match *matches, size_t *n_matches,
                      struct error *err)
{
    size_t n = 0;
    struct match *taken = ARENA_ARRAY(c->arena, struct match, c->n);
    if (!taken)
        return arena_full(c->arena, err);
    for (size_t i = 0; i < c->n; i++) {
        if (c->candidates[i].verdict == TAKEN)
            taken[n++] = *c->candidates[i].match;
    }
    if (n > 1)
        qsort(taken, n, sizeof *taken, compare_matches);
    if (n)
        memcpy(matches, taken, n * sizeof *taken);
    *n_matches = n;
    return 0;
}

int matches_choose(struct arena *arena, struct match *matches, size_t *n_matches,
                   prefers_function *prefers, const void *context, struct match_tie **ties,
                   size_t *n_ties, struct error *err)
{
    struct chooser c = {.arena = arena, .n = *n_matches, .prefers = prefers, .context = context};
    *ties = NULL;
    *n_ties = 0;
    if (c.n == 0)
        return 0;
    if (chooser_init(&c, matches, err))
        return -1;
    for (size_t lo = 0, hi; lo < c.n; lo = hi) {
        for (hi = lo + 1; hi < c.n && compare_rank(&c.candidates[lo], &c.candidates[hi]) == 0; hi++)
            ;
        if (choose_rank(&c, lo, hi, err))
            return -1;
    }
    *ties = c.ties;
    *n_ties = c.n_ties;
    return keep_taken(&c, matches, n_matches, err);
}
