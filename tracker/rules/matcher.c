#include <stdlib.h>

#include "rules/matcher_seal.h"

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

/* ---- programs ------------------------------------------------------------------------------ */

/* A failure is worth keeping only where several ways lead to an op with one token: it stands behind
 * several ops, or behind one that may take more or fewer tokens. The others are tried no more often
 * than the op before them. */
static void mark_remembering(const struct sealer *s, struct program *program)
{
    for (uint32_t i = 1; i < program->n_ops; i++) {
        const struct pattern_op *op = &program->pattern->code->ops[i];
        uint32_t least = 0, most = 0;
        if (op->kind != OP_SPLIT)
            pattern_op_tokens(op, s->matcher->symbols, &least, &most);
        struct op *next = &program->ops[op->next];
        next->remembers = next->remembers || next->reached || least != most;
        next->reached = true;
        if (op->kind != OP_SPLIT)
            continue;
        struct op *other = &program->ops[op->other];
        other->remembers = other->remembers || other->reached;
        other->reached = true;
    }
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
            class_of_op(s, program, from, &to->class, err))
            return -1;
    }
    if (matcher->max_ops < code->n_ops)
        matcher->max_ops = code->n_ops;
    if (matcher->max_tokens < program->pattern->max_tokens)
        matcher->max_tokens = program->pattern->max_tokens;
    mark_remembering(s, program);
    return gather_first(s, program, program->entry, err) || choice_make(s, &program->first, err)
               ? -1
               : 0;
}

static unsigned types_taken(const struct program *program)
{
    unsigned types = 0;
    for (uint32_t i = 0; i < program->n_ops; i++) {
        uint16_t class = program->ops[i].class;
        if (program->ops[i].kind == OP_FIELD)
            types |= 1u << (class < VALUE_TYPES ? class : VALUE_COUNT);
    }
    return types;
}

static int unless_make(struct sealer *s, struct alternative *a, struct error *err)
{
    for (size_t k = 0; k < a->n_before + a->n_after; k++) {
        struct program *program = k < a->n_before ? &a->before[k] : &a->after[k - a->n_before];
        if (program_make(s, program, err))
            return -1;
        s->matcher->takes |= types_taken(program);
    }
    choice_begin(s);
    for (size_t k = 0; k < a->n_before; k++) {
        if (gather_last(s, &a->before[k], 0, err))
            return -1;
    }
    if (choice_make(s, &a->before_last, err))
        return -1;
    choice_begin(s);
    for (size_t k = 0; k < a->n_after; k++) {
        if (gather_first(s, &a->after[k], a->after[k].entry, err))
            return -1;
    }
    return choice_make(s, &a->after_first, err);
}

static int programs_make(struct sealer *s, struct error *err)
{
    for (size_t i = 0; i < s->matcher->n_alternatives; i++) {
        struct alternative *a = &s->matcher->alternatives[i];
        if (program_make(s, &a->program, err) || unless_make(s, a, err))
            return -1;
        s->matcher->takes |= types_taken(&a->program);
    }
    return 0;
}

/* ---- matcher_seal -------------------------------------------------------------------------- */

/* The words of the list `gap-stops`, if the language has one. */
static int stops_make(struct sealer *s, struct error *err)
{
    const struct symbols *symbols = s->matcher->symbols;
    uint32_t list = map_get(&symbols->lists_by_name, SLICE_LITERAL("gap-stops"));
    if (list == MAP_ABSENT)
        return 0;
    return class_of_words(s, &symbols->lists[list], &s->matcher->gap_stops, err);
}

static int seal(struct sealer *s, bool trigger, struct error *err)
{
    s->matcher->n_words = vocabulary_size(s->matcher->symbols->vocabulary);
    s->matcher->gap_stops = CLASS_NONE;
    return classes_begin(s, err) || (trigger && stops_make(s, err)) || programs_make(s, err) ||
                   postings_make(s, trigger, err) || kinds_make(s, err)
               ? -1
               : 0;
}

int matcher_seal(struct matcher *matcher, bool trigger, struct error *err)
{
    struct sealer s = {.matcher = matcher, .arena = &matcher->arena};
    arena_init(&s.scratch, MATCHER_CAP);
    int result = seal(&s, trigger, err);
    map_free(&s.class_by_key);
    arena_free(&s.scratch);
    return result;
}

unsigned matcher_takes(const struct matcher *matcher)
{
    return matcher->takes;
}
