#include <stdlib.h>

#include "rules/matcher_code.h"

#define MATCHER_CAP ((size_t)1 << 30)

int matcher_new(struct matcher **out, const struct symbols *symbols, struct error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return error_set(err, ERROR_LIMIT, "out of memory");
    arena_init(&(*out)->arena, MATCHER_CAP);
    (*out)->symbols = symbols;
    return 0;
}

void matcher_free(struct matcher *matcher)
{
    if (!matcher)
        return;
    arena_free(&matcher->arena);
    free(matcher);
}

static struct program *programs_new(struct arena *arena, const struct pattern *patterns, size_t n)
{
    struct program *programs = ARENA_ARRAY(arena, struct program, n);
    for (size_t i = 0; programs && i < n; i++)
        programs[i].pattern = &patterns[i];
    return programs;
}

int matcher_add(struct matcher *matcher, uint32_t rule, uint16_t alternative,
                const struct pattern *pattern, const struct pattern *unless_before, size_t n_before,
                const struct pattern *unless_after, size_t n_after, struct error *err)
{
    struct arena *arena = &matcher->arena;
    if (arena_grow(arena, &matcher->alternatives, &matcher->capacity, matcher->n_alternatives,
                   sizeof *matcher->alternatives, err))
        return -1;
    struct alternative *a = &matcher->alternatives[matcher->n_alternatives++];
    *a = (struct alternative){.rule = rule,
                              .number = alternative,
                              .program.pattern = pattern,
                              .before = programs_new(arena, unless_before, n_before),
                              .after = programs_new(arena, unless_after, n_after),
                              .n_before = n_before,
                              .n_after = n_after};
    return a->before && a->after ? 0 : arena_full(arena, err);
}

/* ---- sealing: classes ---------------------------------------------------------------------- */

/* Things that only sealing needs; the scratch arena goes when it is done. */
struct sealer {
    struct matcher *matcher;
    struct arena *arena; /* the matcher's */
    struct arena scratch;
    struct map class_by_key;
    struct class_words {
        const uint32_t *words;
        uint32_t n;
    } * classes; /* of fields: no words */
    size_t classes_capacity;
    uint32_t *shared_by;  /* per word: patterns that could be indexed by it */
    uint32_t *commonness; /* per word, 0: not asked yet */
    const struct pattern_node **cut;
    size_t n_cut;
    size_t cut_capacity;
    struct word_posting {
        uint32_t word;
        struct posting posting;
    } * postings;
    size_t n_postings;
    size_t postings_capacity;
    size_t n_needs;
    size_t needs_capacity;
};

/* The words a class can begin with: those of the op, or the first words of a list, each once. */
static int class_words(struct sealer *s, const struct pattern_op *op, struct class_words *out,
                       struct error *err)
{
    if (op->kind != OP_LIST) {
        *out = (struct class_words){op->words, op->n_words};
        return 0;
    }
    const struct phrase_trie *trie = s->matcher->symbols->lists[op->arg].trie;
    uint32_t n = trie ? trie->nodes[0].n_edges : 0;
    uint32_t *words = ARENA_ARRAY(&s->scratch, uint32_t, n);
    if (!words)
        return arena_full(&s->scratch, err);
    for (uint32_t i = 0; i < n; i++)
        words[i] = trie->edges[trie->nodes[0].edges + i].word;
    *out = (struct class_words){words, n};
    return 0;
}

static int class_of(struct sealer *s, const struct program *program, const struct pattern_op *op,
                    uint16_t *class, struct error *err)
{
    if (op->kind == OP_FIELD) {
        const struct pattern_slot *slot = &program->pattern->slots[op->slot];
        bool people = slot->kind == SLOT_FIELD && slot->type == VALUE_COUNT &&
                      s->matcher->symbols->schema->fields[slot->field].people;
        people = people || slot->takes >= SLOT_TAKES_ALL;
        *class =
            (uint16_t)(people ? FIELD_COUNT_PEOPLE + (uint32_t)slot->takes : (uint32_t)slot->type);
        return 0;
    }
    struct slice key =
        op->kind == OP_LIST
            ? arena_format(&s->scratch, "$%u", op->arg)
            : arena_copy(&s->scratch,
                         (struct slice){(const char *)op->words, op->n_words * sizeof *op->words});
    struct class_words words;
    if (!key.ptr)
        return arena_full(&s->scratch, err);
    /* A list's key is told from word ids by its length. */
    if (op->kind == OP_LIST && key.len % sizeof *op->words == 0)
        key = arena_format(&s->scratch, "$0%u", op->arg);
    uint32_t known = map_get(&s->class_by_key, key);
    if (known == MAP_ABSENT) {
        known = s->matcher->n_classes;
        if (known == UINT16_MAX)
            return error_set(err, ERROR_LIMIT, "more than %d different words in patterns",
                             UINT16_MAX);
        if (class_words(s, op, &words, err) ||
            arena_grow(&s->scratch, &s->classes, &s->classes_capacity, known, sizeof *s->classes,
                       err) ||
            map_put(&s->class_by_key, key, known, err))
            return -1;
        s->classes[s->matcher->n_classes++] = words;
    }
    *class = (uint16_t)known;
    return 0;
}

/* ---- sealing: programs --------------------------------------------------------------------- */

static int add_firsts(struct sealer *s, struct program *program, struct error *err)
{
    bool *seen = ARENA_ARRAY(&s->scratch, bool, program->n_ops);
    program->firsts = ARENA_ARRAY(s->arena, uint16_t, program->n_ops);
    if (!seen || !program->firsts)
        return arena_full(s->arena, err);
    seen[program->entry] = true;
    /* Ops lead to smaller ones only: one pass downwards meets all that can be reached. */
    for (uint32_t i = program->n_ops; i-- > 0;) {
        const struct op *op = &program->ops[i];
        if (!seen[i])
            continue;
        if (op->kind == OP_SPLIT)
            seen[op->next] = seen[op->other] = true;
        else
            program->firsts[program->n_firsts++] = op->class;
    }
    return 0;
}

static int program_make(struct sealer *s, struct program *program, struct error *err)
{
    const struct pattern_code *code = program->pattern->code;
    struct matcher *matcher = s->matcher;
    program->n_ops = code->n_ops;
    program->entry = code->entry;
    program->ops = ARENA_ARRAY(s->arena, struct op, code->n_ops);
    if (!program->ops)
        return arena_full(s->arena, err);
    for (uint32_t i = 0; i < code->n_ops; i++) {
        const struct pattern_op *from = &code->ops[i];
        struct op *to = &program->ops[i];
        *to = (struct op){.kind = from->kind == OP_WORD ? OP_WORDS : from->kind,
                          .extends = from->extends,
                          .next = from->next,
                          .other = from->other,
                          .slot = from->slot,
                          .arg = from->arg};
        if (from->kind != OP_MATCH && from->kind != OP_SPLIT && from->kind != OP_GAP &&
            class_of(s, program, from, &to->class, err))
            return -1;
    }
    if (matcher->max_ops < code->n_ops)
        matcher->max_ops = code->n_ops;
    if (matcher->max_tokens < program->pattern->max_tokens)
        matcher->max_tokens = program->pattern->max_tokens;
    return add_firsts(s, program, err);
}

static int programs_make(struct sealer *s, struct error *err)
{
    for (size_t i = 0; i < s->matcher->n_alternatives; i++) {
        struct alternative *a = &s->matcher->alternatives[i];
        if (program_make(s, &a->program, err))
            return -1;
        for (size_t k = 0; k < a->n_before; k++) {
            if (program_make(s, &a->before[k], err))
                return -1;
        }
        for (size_t k = 0; k < a->n_after; k++) {
            if (program_make(s, &a->after[k], err))
                return -1;
        }
    }
    return 0;
}

/* ---- sealing: the index word --------------------------------------------------------------- */

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

static uint64_t word_cost(struct sealer *s, uint32_t word)
{
    if (s->commonness[word] == 0)
        s->commonness[word] =
            word_commonness(vocabulary_word(s->matcher->symbols->vocabulary, word));
    return ((uint64_t)s->commonness[word] << 16) + s->shared_by[word];
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

/* ---- sealing: distances, needs, postings --------------------------------------------------- */

struct distance {
    bool reached;
    uint32_t least;
    uint32_t most;
};

/* Tokens from each op to op `to`, on the paths that pass it. Into s->scratch. */
static struct distance *distances_to(struct sealer *s, const struct program *program, uint16_t to)
{
    struct distance *d = ARENA_ARRAY(&s->scratch, struct distance, program->n_ops);
    if (!d)
        return NULL;
    d[to].reached = true;
    for (uint32_t i = to + 1u; i < program->n_ops; i++) {
        const struct pattern_op *op = &program->pattern->code->ops[i];
        struct distance a = d[op->next];
        uint32_t least, most;
        if (op->kind == OP_SPLIT && d[op->other].reached) {
            struct distance b = d[op->other];
            if (!a.reached)
                a = b;
            a.least = b.least < a.least ? b.least : a.least;
            a.most = b.most > a.most ? b.most : a.most;
        }
        pattern_op_tokens(op, s->matcher->symbols, &least, &most);
        if (a.reached)
            d[i] = (struct distance){true, a.least + least, a.most + most};
    }
    return d;
}

static int add_need(struct sealer *s, const struct program *program, uint16_t op, uint16_t index,
                    const struct distance *to_index, struct posting *posting, struct error *err)
{
    struct matcher *matcher = s->matcher;
    struct need need = {.class = program->ops[op].class};
    if (op == index)
        return 0;
    if (to_index[op].reached) {
        need.from = (int16_t) - (int32_t)to_index[op].most;
        need.to = (int16_t) - (int32_t)to_index[op].least;
    } else {
        const struct distance *to_op = distances_to(s, program, op);
        if (!to_op)
            return arena_full(&s->scratch, err);
        if (!to_op[index].reached)
            return 0;
        need.from = (int16_t)to_op[index].least;
        need.to = (int16_t)to_op[index].most;
    }
    if (arena_grow(s->arena, &matcher->needs, &s->needs_capacity, s->n_needs, sizeof need, err))
        return -1;
    matcher->needs[s->n_needs++] = need;
    posting->n_needs++;
    return 0;
}

/* The pieces that every match has, outside groups. Words are put before fields: they are rarer. */
static int add_needs(struct sealer *s, const struct program *program,
                     const struct pattern_node *node, bool fields, const struct distance *to_index,
                     uint16_t index, struct posting *posting, struct error *err)
{
    if (node->optional || node->kind == NODE_GAP)
        return 0;
    if (is_fixed(node) || node->kind == NODE_FIELD) {
        if ((node->kind == NODE_FIELD) != fields)
            return 0;
        return add_need(s, program, node->op, index, to_index, posting, err);
    }
    if (node->kind == NODE_GROUP)
        return 0;
    for (const struct pattern_node *c = node->children; c; c = c->next) {
        if (add_needs(s, program, c, fields, to_index, index, posting, err))
            return -1;
    }
    return 0;
}

/* What must follow the index word inside its branch: "killed in" is tried only where "in" stands
 * behind "killed". */
static int add_followers(struct sealer *s, const struct program *program, uint16_t index,
                         struct posting *posting, struct error *err)
{
    struct matcher *matcher = s->matcher;
    uint32_t from = 0, to = 0;
    for (uint16_t op = index;;) {
        uint32_t least, most;
        pattern_op_tokens(&program->pattern->code->ops[op], matcher->symbols, &least, &most);
        from += least;
        to += most;
        op = program->ops[op].next;
        uint8_t kind = program->ops[op].kind;
        if (kind != OP_WORDS && kind != OP_LIST && kind != OP_FIELD)
            return 0;
        if (arena_grow(s->arena, &matcher->needs, &s->needs_capacity, s->n_needs,
                       sizeof *matcher->needs, err))
            return -1;
        matcher->needs[s->n_needs++] =
            (struct need){program->ops[op].class, (int16_t)from, (int16_t)to};
        posting->n_needs++;
    }
}

static int add_postings(struct sealer *s, uint32_t alternative, uint16_t index, struct error *err)
{
    const struct program *program = &s->matcher->alternatives[alternative].program;
    const struct distance *d = distances_to(s, program, index);
    struct posting posting = {
        .alternative = alternative, .op = index, .needs = (uint32_t)s->n_needs};
    if (!d)
        return arena_full(&s->scratch, err);
    posting.least = (uint16_t)d[program->entry].least;
    posting.most = (uint16_t)d[program->entry].most;
    const struct pattern_node *root = program->pattern->code->root;
    if (add_followers(s, program, index, &posting, err) ||
        add_needs(s, program, root, false, d, index, &posting, err) ||
        add_needs(s, program, root, true, d, index, &posting, err))
        return -1;
    const struct class_words *words = &s->classes[program->ops[index].class];
    for (uint32_t i = 0; i < words->n; i++) {
        if (arena_grow(&s->scratch, &s->postings, &s->postings_capacity, s->n_postings,
                       sizeof *s->postings, err))
            return -1;
        s->postings[s->n_postings++] = (struct word_posting){words->words[i], posting};
    }
    return 0;
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
        if (add_postings(s, alternative, s->cut[i]->op, err))
            return -1;
    }
    return 0;
}

/* ---- sealing: tables per word -------------------------------------------------------------- */

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

static int lay_out_classes(struct sealer *s, struct error *err)
{
    struct matcher *m = s->matcher;
    size_t total = 0;
    m->classes_of = ARENA_ARRAY(s->arena, uint32_t, m->n_words + 1);
    uint32_t *fill = ARENA_ARRAY(&s->scratch, uint32_t, m->n_words + 1);
    if (!m->classes_of || !fill)
        return arena_full(s->arena, err);
    for (uint32_t c = 0; c < m->n_classes; c++) {
        for (uint32_t i = 0; i < s->classes[c].n; i++, total++)
            m->classes_of[s->classes[c].words[i] + 1]++;
    }
    for (uint32_t w = 0; w < m->n_words; w++)
        m->classes_of[w + 1] += m->classes_of[w];
    m->word_classes = ARENA_ARRAY(s->arena, uint16_t, total);
    if (!m->word_classes)
        return arena_full(s->arena, err);
    for (uint32_t c = 0; c < m->n_classes; c++) {
        for (uint32_t i = 0; i < s->classes[c].n; i++) {
            uint32_t w = s->classes[c].words[i];
            m->word_classes[m->classes_of[w] + fill[w]++] = (uint16_t)c;
        }
    }
    return 0;
}

static int seal(struct sealer *s, bool trigger, struct error *err)
{
    struct matcher *m = s->matcher;
    m->n_words = vocabulary_size(m->symbols->vocabulary);
    s->shared_by = ARENA_ARRAY(&s->scratch, uint32_t, m->n_words);
    s->commonness = ARENA_ARRAY(&s->scratch, uint32_t, m->n_words);
    if (!s->shared_by || !s->commonness)
        return arena_full(&s->scratch, err);
    for (; m->n_classes < FIELD_CLASSES; m->n_classes++) {
        if (arena_grow(&s->scratch, &s->classes, &s->classes_capacity, m->n_classes,
                       sizeof *s->classes, err))
            return -1;
        s->classes[m->n_classes] = (struct class_words){NULL, 0};
    }
    if (programs_make(s, err))
        return -1;
    for (size_t i = 0; i < m->n_alternatives; i++)
        count_shared(s, &m->alternatives[i].program,
                     m->alternatives[i].program.pattern->code->root);
    for (size_t i = 0; i < m->n_alternatives; i++) {
        if (index_alternative(s, (uint32_t)i, err))
            return -1;
    }
    return lay_out_postings(s, trigger, err) || lay_out_classes(s, err) ||
                   signs_make(m, s->n_postings, err)
               ? -1
               : 0;
}

/* The words of the list `gap-stops`, if the language has one. */
static int stops_make(struct matcher *matcher, struct error *err)
{
    uint32_t index = map_get(&matcher->symbols->lists_by_name, SLICE_LITERAL("gap-stops"));
    if (index == MAP_ABSENT)
        return 0;
    const struct word_list *list = &matcher->symbols->lists[index];
    matcher->gap_stops = ARENA_ARRAY(&matcher->arena, uint64_t, matcher->n_words / 64 + 1);
    if (!matcher->gap_stops)
        return arena_full(&matcher->arena, err);
    for (size_t i = 0; i < list->n_phrases; i++) {
        uint32_t word = list->phrases[i].words[0];
        if (list->phrases[i].n_words == 1 && word < matcher->n_words)
            matcher->gap_stops[word / 64] |= UINT64_C(1) << (word % 64);
    }
    return 0;
}

int matcher_seal(struct matcher *matcher, bool trigger, struct error *err)
{
    struct sealer s = {.matcher = matcher, .arena = &matcher->arena};
    arena_init(&s.scratch, MATCHER_CAP);
    int result = seal(&s, trigger, err) || (trigger && stops_make(matcher, err)) ? -1 : 0;
    map_free(&s.class_by_key);
    arena_free(&s.scratch);
    return result;
}
