#include <stdlib.h>

#include "rules/matcher_seal.h"

/* ---- what may stand beside an op ----------------------------------------------------------- */

int gather_first(struct sealer *s, const struct program *program, uint16_t op, struct error *err)
{
    bool *reached = ARENA_ARRAY(&s->scratch, bool, program->n_ops);
    if (!reached)
        return arena_full(&s->scratch, err);
    reached[op] = true;
    /* Ops lead to smaller ones only: one pass downwards meets all that can be reached. */
    for (uint32_t i = op + 1u; i-- > 0;) {
        const struct op *one = &program->ops[i];
        if (!reached[i])
            continue;
        if (one->kind == OP_SPLIT)
            reached[one->next] = reached[one->other] = true;
        else if (one->kind == OP_MATCH || one->kind == OP_GAP)
            s->gathering.fields |= FIELD_ANY;
        else if (choice_add(s, one->class, err))
            return -1;
    }
    return 0;
}

int gather_last(struct sealer *s, const struct program *program, uint16_t op, struct error *err)
{
    bool *leads = ARENA_ARRAY(&s->scratch, bool, program->n_ops); /* to `op`, without a token */
    if (!leads)
        return arena_full(&s->scratch, err);
    leads[op] = true;
    for (uint32_t i = op + 1u; i < program->n_ops; i++) {
        const struct op *one = &program->ops[i];
        if (one->kind == OP_SPLIT)
            leads[i] = leads[one->next] || leads[one->other];
        else if (leads[one->next] && one->kind == OP_GAP)
            s->gathering.fields |= FIELD_ANY;
        else if (leads[one->next] && (one->kind == OP_LIST ? choice_add_ends(s, one->arg, err)
                                                           : choice_add(s, one->class, err)))
            return -1;
    }
    if (leads[program->entry])
        s->gathering.fields |= FIELD_ANY;
    return 0;
}

/* ---- the index word ------------------------------------------------------------------------ */

static bool is_fixed(const struct pattern_node *node)
{
    return node->kind == NODE_WORDS || node->kind == NODE_LIST ||
           (node->kind == NODE_GROUP && node->words);
}

static const struct class_words *node_words(const struct sealer *s, const struct program *program,
                                            const struct pattern_node *node)
{
    return &s->classes[program->ops[node->op].class];
}

/* Counts the pattern once for every word that it could be indexed by. */
static void count_shared(struct sealer *s, const struct program *program,
                         const struct pattern_node *node)
{
    if (node->optional)
        return;
    if (is_fixed(node)) {
        const struct class_words *words = node_words(s, program, node);
        for (uint32_t i = 0; i < words->n; i++)
            s->shared_by[words->words[i]]++;
        return;
    }
    for (const struct pattern_node *c = node->children; c; c = c->next)
        count_shared(s, program, c);
}

static uint32_t commonness(struct sealer *s, uint32_t word)
{
    if (s->commonness[word] == 0)
        s->commonness[word] =
            word_commonness(vocabulary_word(s->matcher->symbols->vocabulary, word));
    return s->commonness[word];
}

static uint64_t word_cost(struct sealer *s, uint32_t word)
{
    return ((uint64_t)commonness(s, word) << 16) + s->shared_by[word];
}

#define NO_CUT UINT64_MAX

/* The price of the cheapest cut through a node, and (when `collect`) the pieces of it in s->cut. */
static uint64_t cut_cost(struct sealer *s, const struct program *program,
                         const struct pattern_node *node)
{
    uint64_t cost = 0;
    if (node->optional || node->kind == NODE_FIELD || node->kind == NODE_GAP)
        return NO_CUT;
    if (is_fixed(node)) {
        const struct class_words *words = node_words(s, program, node);
        for (uint32_t i = 0; i < words->n; i++)
            cost += word_cost(s, words->words[i]);
        return cost;
    }
    if (node->kind == NODE_SEQUENCE)
        cost = NO_CUT;
    for (const struct pattern_node *c = node->children; c; c = c->next) {
        uint64_t own = cut_cost(s, program, c);
        if (node->kind == NODE_SEQUENCE)
            cost = own < cost ? own : cost;
        else if (own == NO_CUT)
            return NO_CUT;
        else
            cost += own;
    }
    return cost;
}

static int cut_collect(struct sealer *s, const struct program *program,
                       const struct pattern_node *node, struct error *err)
{
    if (is_fixed(node)) {
        if (arena_grow(&s->scratch, &s->cut, &s->cut_capacity, s->n_cut, sizeof *s->cut, err))
            return -1;
        s->cut[s->n_cut++] = node;
        program->ops[node->op].is_index = true;
        return 0;
    }
    uint64_t cheapest = cut_cost(s, program, node);
    for (const struct pattern_node *c = node->children; c; c = c->next) {
        if (node->kind == NODE_SEQUENCE && cut_cost(s, program, c) != cheapest)
            continue;
        if (cut_collect(s, program, c, err))
            return -1;
        if (node->kind == NODE_SEQUENCE)
            break;
    }
    return 0;
}

/* ---- distances and needs ------------------------------------------------------------------- */

/* The index op a posting is made for, and how far the other ops are from it. */
struct place {
    const struct program *program;
    uint16_t index;
    struct distance {
        bool reached;
        uint32_t least;
        uint32_t most;
    } * before;             /* tokens from each op to the index word, on the paths that pass it */
    struct distance *after; /* the other way: from the index word to each op */
    struct posting *posting;
};

static void widen(struct distance *d, uint32_t least, uint32_t most)
{
    if (!d->reached)
        *d = (struct distance){true, least, most};
    d->least = least < d->least ? least : d->least;
    d->most = most > d->most ? most : d->most;
}

static void op_tokens(const struct sealer *s, const struct program *program, uint32_t op,
                      uint32_t *least, uint32_t *most)
{
    pattern_op_tokens(&program->pattern->code->ops[op], s->matcher->symbols, least, most);
}

static int place_measure(struct sealer *s, struct place *place, struct error *err)
{
    const struct program *program = place->program;
    struct distance *before = ARENA_ARRAY(&s->scratch, struct distance, program->n_ops);
    struct distance *after = ARENA_ARRAY(&s->scratch, struct distance, program->n_ops);
    uint32_t least, most;
    if (!before || !after)
        return arena_full(&s->scratch, err);
    before[place->index].reached = after[place->index].reached = true;
    for (uint32_t i = place->index + 1u; i < program->n_ops; i++) {
        const struct op *op = &program->ops[i];
        const struct distance *next = &before[op->next], *other = &before[op->other];
        op_tokens(s, program, i, &least, &most);
        if (next->reached)
            widen(&before[i], next->least + least, next->most + most);
        if (op->kind == OP_SPLIT && other->reached)
            widen(&before[i], other->least, other->most);
    }
    for (uint32_t i = place->index; i > 0; i--) {
        const struct op *op = &program->ops[i];
        if (!after[i].reached)
            continue;
        op_tokens(s, program, i, &least, &most);
        widen(&after[op->next], after[i].least + least, after[i].most + most);
        if (op->kind == OP_SPLIT)
            widen(&after[op->other], after[i].least, after[i].most);
    }
    place->before = before;
    place->after = after;
    return 0;
}

static bool has_op(const struct pattern_node *node, uint16_t op)
{
    if (!node->children || (node->kind == NODE_GROUP && node->words))
        return node->op == op && node->kind != NODE_GAP;
    for (const struct pattern_node *c = node->children; c; c = c->next) {
        if (has_op(c, op))
            return true;
    }
    return false;
}

/* Words are seldom worth looking for when they are met everywhere. */
#define NEED_FIELD_COST 500u

static uint64_t class_cost(struct sealer *s, uint16_t class)
{
    const struct class_words *words = &s->classes[class];
    uint64_t cost = class < FIELD_CLASSES ? NEED_FIELD_COST : 0;
    for (uint32_t i = 0; i < words->n; i++)
        cost += commonness(s, words->words[i]);
    return cost;
}

/* The price of the cheapest pieces of which every match of the node has one; NO_CUT when it can do
 * without. */
static uint64_t need_cost(struct sealer *s, const struct program *program,
                          const struct pattern_node *node)
{
    uint64_t cost = node->kind == NODE_GROUP ? 0 : NO_CUT;
    if (node->optional || node->kind == NODE_GAP)
        return NO_CUT;
    if (is_fixed(node) || node->kind == NODE_FIELD)
        return class_cost(s, program->ops[node->op].class);
    for (const struct pattern_node *c = node->children; c; c = c->next) {
        uint64_t own = need_cost(s, program, c);
        if (node->kind == NODE_SEQUENCE)
            cost = own < cost ? own : cost;
        else if (own == NO_CUT)
            return NO_CUT;
        else
            cost += own;
    }
    return cost;
}

/* Gathers those pieces, and widens `range` (tokens from the index word, which may be negative) to
 * where they can stand. */
struct range {
    bool any;
    int32_t from;
    int32_t to;
};
static int need_gather(struct sealer *s, const struct place *place, const struct pattern_node *node,
                       struct range *range, struct error *err)
{
    if (is_fixed(node) || node->kind == NODE_FIELD) {
        const struct distance *before = &place->before[node->op];
        const struct distance *after = &place->after[node->op];
        if (!before->reached && !after->reached)
            return 0; /* in another branch than the index word */
        int32_t from = before->reached ? -(int32_t)before->most : (int32_t)after->least;
        int32_t to = before->reached ? -(int32_t)before->least : (int32_t)after->most;
        range->from = !range->any || from < range->from ? from : range->from;
        range->to = !range->any || to > range->to ? to : range->to;
        range->any = true;
        return choice_add(s, place->program->ops[node->op].class, err);
    }
    uint64_t cheapest = need_cost(s, place->program, node);
    for (const struct pattern_node *c = node->children; c; c = c->next) {
        if (node->kind == NODE_SEQUENCE && need_cost(s, place->program, c) != cheapest)
            continue;
        if (need_gather(s, place, c, range, err))
            return -1;
        if (node->kind == NODE_SEQUENCE)
            break;
    }
    return 0;
}

static int need_add(struct sealer *s, struct place *place, const struct pattern_node *node,
                    struct error *err)
{
    struct matcher *matcher = s->matcher;
    struct range range = {0};
    struct need need;
    choice_begin(s);
    if (need_gather(s, place, node, &range, err) || choice_make(s, &need.what, err))
        return -1;
    if (!range.any)
        return 0;
    need.from = (int16_t)range.from;
    need.to = (int16_t)range.to;
    if (need.what.class == CLASS_NONE && (need.what.fields & (need.what.fields - 1)) == 0)
        place->posting->fields |= need.what.fields;
    if (arena_grow(s->arena, &matcher->needs, &s->needs_capacity, s->n_needs, sizeof need, err))
        return -1;
    matcher->needs[s->n_needs++] = need;
    place->posting->n_needs++;
    return 0;
}

/* What every match that passes the index op has besides, the cheapest to ask for first. */
enum need_kind { NEED_FIELDS, NEED_WORDS, NEED_GROUPS, NEED_KINDS };

static int needs_add(struct sealer *s, struct place *place, const struct pattern_node *node,
                     enum need_kind wanted, struct error *err)
{
    if (node->optional || node->kind == NODE_GAP)
        return 0;
    if (is_fixed(node) || node->kind == NODE_FIELD) {
        enum need_kind kind = node->kind == NODE_FIELD ? NEED_FIELDS : NEED_WORDS;
        return kind != wanted || node->op == place->index ? 0 : need_add(s, place, node, err);
    }
    if (node->kind == NODE_GROUP && !has_op(node, place->index)) {
        return wanted != NEED_GROUPS || need_cost(s, place->program, node) == NO_CUT
                   ? 0
                   : need_add(s, place, node, err);
    }
    for (const struct pattern_node *c = node->children; c; c = c->next) {
        if (node->kind == NODE_GROUP && !has_op(c, place->index))
            continue;
        if (needs_add(s, place, c, wanted, err))
            return -1;
    }
    return 0;
}

/* ---- postings ------------------------------------------------------------------------------ */

/* The ops from which the index op can be reached, as bits. */
static int reach_add(struct sealer *s, const struct place *place, uint32_t *first,
                     struct error *err)
{
    struct matcher *m = s->matcher;
    uint32_t width = place->program->n_ops / 64u + 1;
    *first = (uint32_t)s->n_reach;
    for (uint32_t w = 0; w < width; w++) {
        if (arena_grow(s->arena, &m->reach, &s->reach_capacity, s->n_reach, sizeof *m->reach, err))
            return -1;
        m->reach[s->n_reach++] = 0;
    }
    for (uint32_t i = 0; i < place->program->n_ops; i++) {
        if (place->before[i].reached)
            m->reach[*first + i / 64] |= UINT64_C(1) << (i % 64);
    }
    return 0;
}

/* A posting for each word that the index op may begin with. */
static int words_add(struct sealer *s, const struct place *place, struct error *err)
{
    const struct program *program = place->program;
    const struct op *op = &program->ops[place->index];
    const struct class_words words = s->classes[op->class];
    struct choice follow;
    choice_begin(s);
    if (gather_first(s, program, op->next, err) || choice_make(s, &follow, err))
        return -1;
    for (uint32_t i = 0; i < words.n; i++) {
        struct posting posting = *place->posting;
        bool one_word = true;
        choice_begin(s);
        if (op->kind == OP_LIST && choice_add_seconds(s, op->arg, words.words[i], &one_word, err))
            return -1;
        posting.after = follow;
        if (s->gathering.n > 0) {
            if (one_word && gather_first(s, program, op->next, err))
                return -1;
            if (choice_make(s, &posting.after, err))
                return -1;
        }
        if (arena_grow(&s->scratch, &s->postings, &s->postings_capacity, s->n_postings,
                       sizeof *s->postings, err))
            return -1;
        s->postings[s->n_postings++] = (struct word_posting){words.words[i], posting};
    }
    return 0;
}

static int postings_add(struct sealer *s, uint32_t alternative, uint16_t index, struct error *err)
{
    const struct program *program = &s->matcher->alternatives[alternative].program;
    struct posting posting = {
        .alternative = alternative, .op = index, .needs = (uint32_t)s->n_needs};
    struct place place = {.program = program, .index = index, .posting = &posting};
    if (place_measure(s, &place, err))
        return -1;
    posting.least = (uint16_t)place.before[program->entry].least;
    posting.most = (uint16_t)place.before[program->entry].most;
    for (enum need_kind kind = 0; kind < NEED_KINDS; kind++) {
        if (needs_add(s, &place, program->pattern->code->root, kind, err))
            return -1;
    }
    choice_begin(s);
    if (gather_last(s, program, index, err) || choice_make(s, &posting.before, err) ||
        reach_add(s, &place, &posting.reach, err))
        return -1;
    return words_add(s, &place, err);
}

static int index_alternative(struct sealer *s, uint32_t alternative, struct error *err)
{
    const struct program *program = &s->matcher->alternatives[alternative].program;
    const struct pattern_node *root = program->pattern->code->root;
    s->n_cut = 0;
    if (cut_cost(s, program, root) == NO_CUT)
        return error_set(err, ERROR_RULES, "a pattern with no fixed word");
    if (cut_collect(s, program, root, err))
        return -1;
    for (uint32_t i = 1; i < program->n_ops; i++) {
        struct op *op = &program->ops[i];
        op->ahead = op->is_index || program->ops[op->next].ahead ||
                    (op->kind == OP_SPLIT && program->ops[op->other].ahead);
    }
    for (size_t i = 0; i < s->n_cut; i++) {
        if (postings_add(s, alternative, s->cut[i]->op, err))
            return -1;
    }
    return 0;
}

static int compare_postings(const void *a, const void *b)
{
    const struct word_posting *x = a;
    const struct word_posting *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    if (x->posting.alternative != y->posting.alternative)
        return x->posting.alternative < y->posting.alternative ? -1 : 1;
    return (x->posting.op > y->posting.op) - (x->posting.op < y->posting.op);
}

static int lay_out_postings(struct sealer *s, bool trigger, struct error *err)
{
    struct matcher *m = s->matcher;
    m->postings_of = ARENA_ARRAY(s->arena, uint32_t, m->n_words + 1);
    m->postings = ARENA_ARRAY(s->arena, struct posting, s->n_postings);
    m->is_index = ARENA_ARRAY(s->arena, uint64_t, m->n_words / 64 + 1);
    if (!m->postings_of || !m->postings || !m->is_index)
        return arena_full(s->arena, err);
    if (s->n_postings > 1)
        qsort(s->postings, s->n_postings, sizeof *s->postings, compare_postings);
    for (size_t i = 0; i < s->n_postings; i++) {
        uint32_t word = s->postings[i].word;
        m->postings[i] = s->postings[i].posting;
        m->postings_of[word + 1]++;
        m->is_index[word / 64] |= UINT64_C(1) << (word % 64);
        if (trigger)
            vocabulary_mark(m->symbols->vocabulary, word, WORD_TRIGGER);
    }
    for (uint32_t w = 0; w < m->n_words; w++)
        m->postings_of[w + 1] += m->postings_of[w];
    return 0;
}

int postings_make(struct sealer *s, bool trigger, struct error *err)
{
    struct matcher *m = s->matcher;
    s->shared_by = ARENA_ARRAY(&s->scratch, uint32_t, m->n_words);
    s->commonness = ARENA_ARRAY(&s->scratch, uint32_t, m->n_words);
    if (!s->shared_by || !s->commonness)
        return arena_full(&s->scratch, err);
    for (size_t i = 0; i < m->n_alternatives; i++) {
        const struct program *program = &m->alternatives[i].program;
        count_shared(s, program, program->pattern->code->root);
    }
    for (size_t i = 0; i < m->n_alternatives; i++) {
        if (index_alternative(s, (uint32_t)i, err))
            return -1;
    }
    return lay_out_postings(s, trigger, err);
}
