#include "rules/matcher_code.h"

/* The engine: backtracking in order of preference over a program without loops, with a memory of
 * failures. Whether an op fits at a token does not depend on how the path came there, so what
 * failed once is not tried again, and the work for all starts around one index word is at most ops
 * x tokens, with each gap counting for its words. */

int run_init(struct run *run, const struct matcher *matcher, struct match_scratch *scratch,
             struct arena *arena, struct error *err)
{
    /* From the farthest start to the end of a match from the nearest one. */
    size_t width = (2 * (size_t)matcher->max_tokens + 1) / 64 + 1;
    *run = (struct run){.matcher = matcher};
    run->failed = scratch_take(scratch, arena, matcher->max_ops * width * sizeof *run->failed);
    run->failed_in = scratch_take(scratch, arena, matcher->max_ops * sizeof *run->failed_in);
    run->steps = scratch_take(scratch, arena, matcher->max_ops * sizeof *run->steps);
    if (!run->failed || !run->failed_in || !run->steps)
        return arena_full(arena, err);
    memset(run->failed_in, 0, matcher->max_ops * sizeof *run->failed_in);
    return 0;
}

void run_prepare(struct run *run, const struct view *view, const struct program *program,
                 uint32_t lowest, uint32_t highest)
{
    uint32_t last = highest + program->pattern->max_tokens;
    if (last > view->count)
        last = view->count;
    run->view = view;
    run->program = program;
    run->base = lowest;
    run->width = (last - lowest) / 64 + 1;
    run->attempt++;
}

static inline bool has_failed(const struct run *run, const struct op *op, uint32_t pc,
                              uint32_t token)
{
    return op->remembers && run->failed_in[pc] == run->attempt &&
           row_has(run->failed + (size_t)pc * run->width, token - run->base);
}

static void keep_failure(struct run *run, uint32_t pc, uint32_t token)
{
    uint32_t bit = token - run->base;
    uint64_t *row = run->failed + (size_t)pc * run->width;
    if (run->failed_in[pc] != run->attempt) {
        memset(row, 0, run->width * sizeof *row);
        run->failed_in[pc] = run->attempt;
    }
    row[bit / 64] |= UINT64_C(1) << (bit % 64);
}

/* Always false, so that a caller can return it. */
static inline bool fail(struct run *run, const struct op *op, uint32_t pc, uint32_t token)
{
    if (op->remembers)
        keep_failure(run, pc, token);
    if (run->tracing && token >= run->furthest) {
        run->furthest = token;
        run->furthest_op = (uint16_t)pc;
    }
    return false;
}

static bool value_fits(const struct value *value, uint16_t class)
{
    if (value->count > PATTERN_FIELD_TOKENS)
        return false;
    if (value->type != VALUE_COUNT)
        return value->type == class;
    /* What each kind of count field leaves out. */
    static const uint8_t refused[FIELD_CLASSES] = {
        [VALUE_COUNT] = VALUE_VOID | VALUE_PEOPLE | VALUE_NAME,
        [FIELD_COUNT_PEOPLE] = VALUE_VOID | VALUE_NAME,
        [FIELD_COUNT_COUNTED] = VALUE_VOID | VALUE_NAME | VALUE_ONE,
        [FIELD_COUNT_NAMED] = VALUE_VOID,
        [FIELD_COUNT_ALL] = VALUE_VOID | VALUE_NAME,
        [FIELD_COUNT_TOTAL] = VALUE_VOID | VALUE_NAME,
    };
    if ((class == FIELD_COUNT_ALL && !(value->flags & VALUE_WHOLE)) ||
        (class == FIELD_COUNT_TOTAL && !(value->flags & VALUE_TOTAL)))
        return false;
    return (class == VALUE_COUNT || class >= FIELD_COUNT_PEOPLE) &&
           !(value->flags & refused[class]);
}

/* Can op `pc` take something at the token at all? Told without trying it. */
static inline bool stands(const struct run *run, const struct op *op, uint32_t pc, uint32_t token)
{
    const struct view *view = run->view;
    if (op->ahead && (token > run->anchor || (!run->tracing && !row_has(run->reach, pc))))
        return false;
    if (op->is_index && (pc != run->index_op || token != run->anchor))
        return false;
    switch (op->kind) {
    case OP_WORDS:
    case OP_LIST: return token < view->count && word_is(run->matcher, view, token, op->class);
    case OP_FIELD: return token < view->count && view->at[token].begin >> op->class & 1;
    default: return true;
    }
}

static bool take_op(struct run *run, const struct op *op, uint32_t pc, uint32_t token);

static inline bool try_op(struct run *run, uint32_t pc, uint32_t token)
{
    const struct op *op = &run->program->ops[pc];
    return stands(run, op, pc, token) ? take_op(run, op, pc, token) : fail(run, op, pc, token);
}

static bool try_after(struct run *run, uint32_t n_steps, uint16_t op, uint32_t token,
                      uint32_t count, uint32_t value)
{
    run->steps[n_steps] = (struct step){op, (uint16_t)count, token, value};
    run->n_steps = n_steps + 1;
    return try_op(run, run->program->ops[op].next, token + count);
}

static bool try_field(struct run *run, uint16_t pc, uint32_t token)
{
    const struct match_input *input = run->view->input;
    uint32_t n_steps = run->n_steps;
    uint16_t class = run->program->ops[pc].class;
    for (size_t i = run->view->at[token].value; i < input->n_values; i++) {
        const struct value *value = &input->values[i];
        if (value->first != run->view->first + token)
            break;
        run->work++;
        if (value_fits(value, class) && token + value->count <= run->view->count &&
            try_after(run, n_steps, pc, token, value->count, (uint32_t)i))
            return true;
    }
    return false;
}

static bool try_list(struct run *run, uint16_t pc, uint32_t token)
{
    struct phrase_hit hits[PHRASE_MAX_WORDS];
    const struct view *view = run->view;
    const struct word_list *list = &run->matcher->symbols->lists[run->program->ops[pc].arg];
    uint32_t n_steps = run->n_steps;
    size_t n =
        word_list_all(list, view->input->doc, view->first + token, view->first + view->count, hits);
    while (n-- > 0) {
        run->work++;
        if (try_after(run, n_steps, pc, token, hits[n].count, hits[n].phrase))
            return true;
    }
    return false;
}

static bool gap_stops(const struct run *run, const struct op *op, uint32_t token)
{
    return token >= run->view->count || row_has(run->view->counts, token) ||
           word_is(run->matcher, run->view, token, run->matcher->gap_stops) ||
           (op->ahead && token >= run->anchor);
}

static bool try_gap(struct run *run, uint16_t pc, uint32_t token)
{
    const struct op *op = &run->program->ops[pc];
    const struct op *next = &run->program->ops[op->next];
    uint32_t n_steps = run->n_steps;
    for (uint32_t n = 0;; n++) {
        run->work++;
        if ((run->tracing || stands(run, next, op->next, token + n)) &&
            !has_failed(run, next, op->next, token + n) &&
            try_after(run, n_steps, pc, token, n, NO_VALUE))
            return true;
        if (n == op->arg || gap_stops(run, op, token + n))
            return false;
    }
}

/* Plain words in a row: a loop in place of a call for each. */
static bool try_words(struct run *run, uint32_t pc, uint32_t token)
{
    const struct op *op = &run->program->ops[pc];
    while (true) {
        run->steps[run->n_steps++] = (struct step){(uint16_t)pc, 1, token++, NO_VALUE};
        pc = op->next;
        op = &run->program->ops[pc];
        if (op->kind != OP_WORDS || op->remembers || run->tracing)
            return try_op(run, pc, token);
        run->work++;
        if (!stands(run, op, pc, token))
            return false;
    }
}

/* The branches of a group follow each other. */
static bool try_split(struct run *run, const struct op *op, uint32_t token)
{
    const struct op *ops = run->program->ops;
    uint32_t n_steps = run->n_steps;
    while (true) {
        run->work++;
        if (try_op(run, op->next, token))
            return true;
        run->n_steps = n_steps;
        const struct op *other = &ops[op->other];
        if (other->kind != OP_SPLIT || other->remembers || run->tracing ||
            !stands(run, other, op->other, token))
            return try_op(run, op->other, token);
        op = other;
    }
}

/* Does the rest of the program from `op` on, which stands at the token, match from there on? Leaves
 * the steps. Recursion is no deeper than the program is long. */
static bool take_op(struct run *run, const struct op *op, uint32_t pc, uint32_t token)
{
    bool fits = false;
    if (has_failed(run, op, pc, token))
        return false;
    run->work++;
    switch (op->kind) {
    case OP_MATCH: run->end = token; return run->wanted_end == NO_VALUE || token == run->wanted_end;
    case OP_WORDS: fits = try_words(run, pc, token); break;
    case OP_LIST: fits = try_list(run, (uint16_t)pc, token); break;
    case OP_FIELD: fits = try_field(run, (uint16_t)pc, token); break;
    case OP_SPLIT: fits = try_split(run, op, token); break;
    case OP_GAP: fits = try_gap(run, (uint16_t)pc, token); break;
    default: break;
    }
    return fits || fail(run, op, pc, token);
}

bool run_at(struct run *run, uint32_t start)
{
    run->n_steps = 0;
    return try_op(run, run->program->entry, start);
}

/* ---- one posting --------------------------------------------------------------------------- */

/* The bits lo .. hi of word `w` of a row. */
static uint64_t range_mask(uint32_t w, uint32_t lo, uint32_t hi)
{
    uint64_t mask = ~UINT64_C(0);
    if (w == lo / 64)
        mask &= ~UINT64_C(0) << (lo % 64);
    if (w == hi / 64)
        mask &= ~UINT64_C(0) >> (63 - hi % 64);
    return mask;
}

static bool row_any(const uint64_t *row, uint32_t lo, uint32_t hi)
{
    for (uint32_t w = lo / 64; w <= hi / 64; w++) {
        if (row[w] & range_mask(w, lo, hi))
            return true;
    }
    return false;
}

/* Most things that are needed stand nowhere in the sentence: all of its words are asked at once,
 * when the first is asked for. */
static void needs_tell(const struct matcher *matcher, const struct view *view)
{
    uint64_t low = 0, high = 0;
    for (uint32_t t = 0; t < view->count; t++) {
        const struct need_signs *signs = &matcher->signs_of[word_kind(matcher, view, t)];
        low |= signs->bits[0];
        high |= signs->bits[1];
    }
    view->needs[0] = low | NEEDS_TOLD;
    view->needs[1] = high;
}

static bool need_met(const struct matcher *matcher, const struct view *view,
                     const struct need *need, uint32_t anchor)
{
    int32_t from = (int32_t)anchor + need->from;
    int32_t to = (int32_t)anchor + need->to;
    int32_t last = (int32_t)view->count - 1;
    if (to < 0 || from > last)
        return false;
    from = from < 0 ? 0 : from;
    to = to > last ? last : to;
    for (unsigned fields = need->what.fields & view->present; fields; fields &= fields - 1) {
        size_t row = (size_t)__builtin_ctz(fields) * view->width;
        if (row_any(view->rows + row, (uint32_t)from, (uint32_t)to))
            return true;
    }
    if (need->what.class == CLASS_NONE)
        return false;
    if (!(view->needs[0] & NEEDS_TOLD))
        needs_tell(matcher, view);
    if (!row_has(view->needs, need->bit))
        return false;
    for (; from <= to; from++) {
        if (word_is(matcher, view, (uint32_t)from, need->what.class))
            return true;
    }
    return false;
}

bool posting_needs_met(const struct matcher *matcher, const struct view *view,
                       const struct posting *posting, uint32_t anchor, unsigned granted)
{
    for (uint32_t i = 0; i < posting->n_needs; i++) {
        const struct need *need = &matcher->needs[posting->needs + i];
        if (!(need->what.fields & granted) && !need_met(matcher, view, need, anchor))
            return false;
    }
    return true;
}

static bool step_is_capture(const struct program *program, const struct step *step)
{
    uint8_t kind = program->ops[step->op].kind;
    return kind == OP_FIELD || kind == OP_LIST;
}

static void keep_best(const struct run *run, uint32_t start, struct best *best)
{
    uint32_t n_captures = 0;
    for (uint32_t i = 0; i < run->n_steps; i++)
        n_captures += step_is_capture(run->program, &run->steps[i]);
    if (best->found) {
        uint32_t old_span = best->end - best->first;
        uint32_t span = run->end - start;
        if (span != old_span                 ? span < old_span
            : n_captures != best->n_captures ? n_captures < best->n_captures
                                             : start >= best->first)
            return;
    }
    best->found = true;
    best->first = start;
    best->end = run->end;
    best->n_captures = n_captures;
    best->n_steps = run->n_steps;
    memcpy(best->steps, run->steps, run->n_steps * sizeof *run->steps);
}

/* The tokens from 64 * w on that a match can begin with, those from lo to hi, as bits. */
static uint64_t starts_in(const struct run *run, const struct view *view, struct choice first,
                          uint32_t w, uint32_t lo, uint32_t hi)
{
    uint64_t mask = range_mask(w, lo, hi);
    uint64_t starts = 0;
    if (run->tracing)
        return mask;
    for (unsigned fields = first.fields & view->present; fields; fields &= fields - 1)
        starts |= view->rows[(size_t)__builtin_ctz(fields) * view->width + w];
    starts &= mask;
    if (first.class == CLASS_NONE)
        return starts;
    for (uint64_t open = mask & ~starts; open; open &= open - 1) {
        uint32_t bit = (uint32_t)__builtin_ctzll(open);
        if (word_is(run->matcher, view, 64 * w + bit, first.class))
            starts |= UINT64_C(1) << bit;
    }
    return starts;
}

void posting_try(struct run *run, const struct view *view, const struct posting *posting,
                 uint32_t anchor, struct best *best)
{
    const struct matcher *matcher = run->matcher;
    const struct program *program = &matcher->alternatives[posting->alternative].program;
    if (anchor < posting->least)
        return;
    uint32_t hi = anchor - posting->least;
    uint32_t lo = anchor > posting->most ? anchor - posting->most : 0;
    bool ready = false;
    for (uint32_t w = lo / 64; w <= hi / 64; w++) {
        uint64_t starts = starts_in(run, view, program->first, w, lo, hi);
        for (; starts; starts &= starts - 1) {
            uint32_t start = 64 * w + (uint32_t)__builtin_ctzll(starts);
            if (!ready) {
                run_prepare(run, view, program, start, hi);
                run->index_op = posting->op;
                run->reach = matcher->reach + posting->reach;
                run->anchor = anchor;
                run->wanted_end = NO_VALUE;
                ready = true;
            }
            if (run_at(run, start))
                keep_best(run, start, best);
        }
    }
}

/* ---- unless -------------------------------------------------------------------------------- */

static bool stands_before(struct run *run, const struct view *view, const struct program *program,
                          uint32_t first)
{
    uint32_t least = program->pattern->min_tokens;
    uint32_t most = program->pattern->max_tokens;
    if (least > first)
        return false;
    uint32_t lowest = first > most ? first - most : 0;
    run_prepare(run, view, program, lowest, first - least);
    run->wanted_end = first;
    for (uint32_t start = lowest; start <= first - least; start++) {
        if (run_at(run, start))
            return true;
    }
    return false;
}

bool match_is_void(struct run *run, const struct view *view, const struct alternative *alternative,
                   uint32_t first, uint32_t end)
{
    const struct matcher *matcher = run->matcher;
    bool before = choice_ends(matcher, view, alternative->before_last, first);
    bool after = choice_begins(matcher, view, alternative->after_first, end);
    bool tracing = run->tracing;
    bool is_void = false;
    run->tracing = false;
    run->index_op = NO_OP;
    for (size_t i = 0; before && i < alternative->n_before && !is_void; i++)
        is_void = stands_before(run, view, &alternative->before[i], first);
    for (size_t i = 0; after && i < alternative->n_after && !is_void && end < view->count; i++) {
        run_prepare(run, view, &alternative->after[i], end, end);
        run->wanted_end = NO_VALUE;
        is_void = run_at(run, end);
    }
    run->tracing = tracing;
    return is_void;
}
