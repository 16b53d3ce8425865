#include <stddef.h>
#include <stdlib.h>

#include "rules/matcher_code.h"

/* ---- the view ------------------------------------------------------------------------------ */

void *scratch_take(struct match_scratch *scratch, struct arena *arena, size_t size)
{
    const size_t alignment = _Alignof(max_align_t);
    size = (size + alignment - 1) / alignment * alignment;
    if (scratch->size - scratch->used < size) {
        /* What was taken from the old block stays valid: the arena keeps it. */
        size_t larger = 2 * scratch->size + size;
        scratch->bytes = arena_alloc(arena, larger);
        scratch->size = scratch->bytes ? larger : 0;
        scratch->used = 0;
        if (!scratch->bytes)
            return NULL;
    }
    void *result = scratch->bytes + scratch->used;
    scratch->used += size;
    return result;
}

static void add_value(struct view *view, size_t i)
{
    const struct value *value = &view->input->values[i];
    uint32_t token = value->first - view->first;
    if (value->count == 0 || value->count > view->count - token)
        return;
    unsigned classes = value_classes(value);
    if (view->at[token].begin == 0)
        view->at[token].value = (uint32_t)i;
    view->at[token].begin |= (uint16_t)classes;
    view->at[token + value->count].end |= (uint16_t)classes;
    view->present |= classes;
    for (; classes; classes &= classes - 1)
        view->rows[(uint32_t)__builtin_ctz(classes) * view->width + token / 64] |= UINT64_C(1)
                                                                                   << (token % 64);
    if (value->type != VALUE_COUNT || value->flags & (VALUE_VOID | VALUE_NAME))
        return;
    for (uint32_t t = token; t < token + value->count; t++)
        view->counts[t / 64] |= UINT64_C(1) << (t % 64);
}

size_t value_from(const struct match_input *input, uint32_t token)
{
    size_t lo = 0;
    size_t hi = input->n_values;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (input->values[mid].first < token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

int view_make(const struct matcher *matcher, struct match_scratch *scratch, struct arena *arena,
              const struct match_input *input, struct view *view, struct error *err)
{
    uint32_t count = input->sentence->count;
    uint32_t width = count / 64 + 1;
    size_t rows = (FIELD_CLASSES + 1) * width * sizeof *view->rows;
    size_t at = (count + 1) * sizeof *view->at;
    size_t needs = sizeof(struct need_signs);
    scratch->used = 0;
    *view = (struct view){
        .input = input,
        .tokens = input->doc->tokens + input->sentence->first,
        .first = input->sentence->first,
        .count = count,
        .width = width,
        .rows = scratch_take(scratch, arena, rows + needs + at),
    };
    if (!view->rows)
        return arena_full(arena, err);
    memset(view->rows, 0, rows + needs + at);
    view->counts = view->rows + (size_t)FIELD_CLASSES * width;
    view->needs = view->counts + width;
    view->at = (struct token_values *)(view->needs + NEED_BITS / 64);
    /* Counts matter to gaps, whoever takes them. */
    const unsigned types = matcher->takes | 1u << VALUE_COUNT;
    for (size_t i = value_from(input, view->first);
         i < input->n_values && input->values[i].first < view->first + count; i++) {
        if (input->values[i].type < VALUE_TYPES && types >> input->values[i].type & 1)
            add_value(view, i);
    }
    return 0;
}

/* ---- matches ------------------------------------------------------------------------------- */

struct finder {
    const struct matcher *matcher;
    struct arena *arena;
    struct match_scratch *scratch;
    struct view view;
    struct run run;
    struct match *matches;
    size_t n_matches;
    size_t capacity;
};

/* The captures on the best path. A value's extent grows while $list and word~ pieces follow it
 * directly. */
static void fill_captures(struct match *match, const struct program *program,
                          const struct view *view, const struct best *best)
{
    struct capture *open = NULL;
    for (uint32_t i = 0; i < best->n_steps; i++) {
        const struct step *step = &best->steps[i];
        const struct op *op = &program->ops[step->op];
        if (op->kind == OP_GAP && step->count == 0)
            continue;
        if (open && op->extends)
            open->extent += step->count;
        else
            open = NULL;
        if (op->kind != OP_FIELD && op->kind != OP_LIST)
            continue;
        struct capture *capture = &match->captures[match->n_captures++];
        *capture = (struct capture){.slot = op->slot,
                                    .count = step->count,
                                    .first = view->first + step->first,
                                    .value = step->value,
                                    .extent = step->count};
        if (op->kind == OP_FIELD)
            open = capture;
    }
}

static int emit_match(struct finder *f, const struct alternative *alternative,
                      const struct best *best, struct error *err)
{
    if (match_is_void(&f->run, &f->view, alternative, best->first, best->end))
        return 0;
    if (arena_grow(f->arena, &f->matches, &f->capacity, f->n_matches, sizeof *f->matches, err))
        return -1;
    struct match *match = &f->matches[f->n_matches++];
    *match = (struct match){.rule = alternative->rule,
                            .alternative = alternative->number,
                            .first = f->view.first + best->first,
                            .count = best->end - best->first,
                            .pattern = alternative->program.pattern};
    match->captures = ARENA_ARRAY(f->arena, struct capture, best->n_captures);
    if (!match->captures)
        return arena_full(f->arena, err);
    fill_captures(match, &alternative->program, &f->view, best);
    return 0;
}

/* The end of the postings of one alternative, of which only the best match counts. */
static int best_settle(struct finder *f, uint32_t alternative, struct best *best, struct error *err)
{
    if (!best->found)
        return 0;
    best->found = false;
    return emit_match(f, &f->matcher->alternatives[alternative], best, err);
}

/* In most sentences no program runs at all. */
static int run_begin(struct finder *f, struct best *best, struct error *err)
{
    if (run_init(&f->run, f->matcher, f->scratch, f->arena, err))
        return -1;
    best->steps = scratch_take(f->scratch, f->arena, f->matcher->max_ops * sizeof *best->steps);
    return best->steps ? 0 : arena_full(f->arena, err);
}

/* Postings of one word are sorted by alternative: one with the word in several branches has
 * several. */
static int find_at(struct finder *f, uint32_t token, struct best *best, struct error *err)
{
    const struct matcher *matcher = f->matcher;
    uint32_t word = f->view.tokens[token].word;
    const struct posting *posting = matcher->postings + matcher->postings_of[word];
    const struct posting *end = matcher->postings + matcher->postings_of[word + 1];
    const struct beside beside = beside_of(matcher, &f->view, token, 0);
    uint32_t alternative = 0;
    for (; posting < end; posting++) {
        if (!goes_beside(&beside, posting) ||
            !posting_needs_met(matcher, &f->view, posting, token, 0))
            continue;
        if (posting->alternative != alternative && best_settle(f, alternative, best, err))
            return -1;
        alternative = posting->alternative;
        if (!best->steps && run_begin(f, best, err))
            return -1;
        posting_try(&f->run, &f->view, posting, token, best);
    }
    return best_settle(f, alternative, best, err);
}

#define ORDER(x, y) \
    if ((x) != (y)) \
    return (x) < (y) ? -1 : 1

static int compare_captures(const struct match *a, const struct match *b)
{
    ORDER(a->n_captures, b->n_captures);
    for (size_t i = 0; i < a->n_captures; i++) {
        const struct capture *x = &a->captures[i];
        const struct capture *y = &b->captures[i];
        ORDER(x->slot, y->slot);
        ORDER(x->first, y->first);
        ORDER(x->count, y->count);
        ORDER(x->value, y->value);
        ORDER(x->extent, y->extent);
    }
    return 0;
}

static int compare_matches(const void *a, const void *b)
{
    const struct match *x = a;
    const struct match *y = b;
    ORDER(x->first, y->first);
    ORDER(x->count, y->count);
    ORDER(x->rule, y->rule);
    ORDER(x->alternative, y->alternative);
    return compare_captures(x, y);
}

static void sort_and_dedupe(struct match *matches, size_t *n_matches)
{
    size_t n = 0;
    if (*n_matches > 1)
        qsort(matches, *n_matches, sizeof *matches, compare_matches);
    for (size_t i = 0; i < *n_matches; i++) {
        if (n == 0 || compare_matches(&matches[n - 1], &matches[i]) != 0)
            matches[n++] = matches[i];
    }
    *n_matches = n;
}

int matcher_find_counting(const struct matcher *matcher, struct arena *arena,
                          const struct match_input *input, struct match **out, size_t *n_out,
                          uint64_t *work, struct error *err)
{
    struct match_scratch own = {0};
    struct finder f = {
        .matcher = matcher, .arena = arena, .scratch = input->scratch ? input->scratch : &own};
    struct best best = {0};
    *out = NULL;
    *n_out = 0;
    const struct token *tokens = input->doc->tokens + input->sentence->first;
    uint32_t token = 0;
    while (token < input->sentence->count && !is_index_word(matcher, tokens[token].word))
        token++;
    if (token == input->sentence->count)
        return 0;
    if (view_make(matcher, f.scratch, arena, input, &f.view, err))
        return -1;
    for (; token < input->sentence->count; token++) {
        if (is_index_word(matcher, tokens[token].word) && find_at(&f, token, &best, err))
            return -1;
    }
    sort_and_dedupe(f.matches, &f.n_matches);
    *out = f.matches;
    *n_out = f.n_matches;
    *work += f.run.work;
    return 0;
}

int matcher_find(const struct matcher *matcher, struct arena *arena,
                 const struct match_input *input, struct match **out, size_t *n_out,
                 struct error *err)
{
    uint64_t work = 0;
    return matcher_find_counting(matcher, arena, input, out, n_out, &work, err);
}
