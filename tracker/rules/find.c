#include <stddef.h>
#include <stdlib.h>

#include "rules/matcher_code.h"

/* ---- the view ------------------------------------------------------------------------------ */

struct kept_view {
    const struct matcher *matcher;
    const struct document *doc;
    uint32_t first; /* the sentence */
    uint32_t count;
    uint16_t *row_of;
    uint64_t *rows;
    uint64_t *stops;
    uint64_t *counts;
    uint32_t *value_at;
    uint32_t n_rows;
    size_t used; /* of the scratch, by all this */
};

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

/* The row of a class that occurs. */
static uint64_t *row_make(struct kept_view *kept, uint32_t class, uint32_t width)
{
    if (kept->row_of[class] == 0)
        kept->row_of[class] = (uint16_t)++kept->n_rows;
    return kept->rows + (size_t)kept->row_of[class] * width;
}

/* The most rows that a sentence can need, with the empty one. */
static size_t most_rows(const struct matcher *matcher, const struct view *view)
{
    const struct token *tokens = view->input->doc->tokens + view->first;
    size_t most = FIELD_CLASSES;
    for (uint32_t t = 0; t < view->count; t++) {
        if (tokens[t].word < matcher->n_words)
            most += matcher->classes_of[tokens[t].word + 1] - matcher->classes_of[tokens[t].word];
    }
    return (most < matcher->n_classes ? most : matcher->n_classes) + 1;
}

static int kept_alloc(struct kept_view *kept, const struct matcher *matcher,
                      const struct view *view, struct match_scratch *scratch, struct arena *arena,
                      struct error *err)
{
    size_t row = view->width * sizeof *kept->rows;
    size_t rows = most_rows(matcher, view) * row;
    size_t table = matcher->n_classes * sizeof *kept->row_of;
    scratch->used = 0;
    kept->n_rows = 0;
    kept->row_of = scratch_take(scratch, arena, table);
    kept->rows = scratch_take(scratch, arena, rows);
    kept->stops = scratch_take(scratch, arena, row);
    kept->counts = scratch_take(scratch, arena, row);
    kept->value_at = scratch_take(scratch, arena, (view->count + 1) * sizeof *kept->value_at);
    kept->used = scratch->used;
    if (!kept->row_of || !kept->rows || !kept->stops || !kept->counts || !kept->value_at)
        return arena_full(arena, err);
    memset(kept->row_of, 0, table);
    memset(kept->rows, 0, rows);
    memset(kept->stops, 0, row);
    return 0;
}

/* What the words tell. */
static void add_words(struct kept_view *kept, const struct matcher *matcher,
                      const struct view *view)
{
    const struct token *tokens = view->input->doc->tokens + view->first;
    for (uint32_t t = 0; t < view->count; t++) {
        uint32_t word = tokens[t].word;
        uint64_t bit = UINT64_C(1) << (t % 64);
        if (word >= matcher->n_words)
            continue;
        const uint16_t *class = matcher->word_classes + matcher->classes_of[word];
        const uint16_t *end = matcher->word_classes + matcher->classes_of[word + 1];
        for (; class < end; class ++)
            row_make(kept, *class, view->width)[t / 64] |= bit;
        if (matcher->gap_stops && matcher->gap_stops[word / 64] >> (word % 64) & 1)
            kept->stops[t / 64] |= bit;
    }
}

static void add_value(struct kept_view *kept, const struct view *view, size_t i)
{
    const struct value *value = &view->input->values[i];
    uint32_t token = value->first - view->first;
    if (value->count == 0 || value->count > view->count - token)
        return;
    if (kept->value_at[token] == NO_VALUE)
        kept->value_at[token] = (uint32_t)i;
    for (unsigned classes = value_classes(value); classes; classes &= classes - 1)
        row_make(kept, (uint32_t)__builtin_ctz(classes), view->width)[token / 64] |=
            UINT64_C(1) << (token % 64);
    if (value->type != VALUE_COUNT || value->flags & (VALUE_VOID | VALUE_NAME))
        return;
    for (uint32_t t = token; t < token + value->count; t++)
        kept->counts[t / 64] |= UINT64_C(1) << (t % 64);
}

/* What the values tell, in place of what other values told before. */
static void add_values(struct kept_view *kept, const struct view *view)
{
    const struct match_input *input = view->input;
    size_t row = view->width * sizeof *kept->rows;
    for (uint32_t class = 0; class < FIELD_CLASSES; class ++) {
        if (kept->row_of[class])
            memset(row_make(kept, class, view->width), 0, row);
    }
    memcpy(kept->counts, kept->stops, row);
    memset(kept->value_at, 0xff, (view->count + 1) * sizeof *kept->value_at);
    for (size_t i = value_from(input, view->first);
         i < input->n_values && input->values[i].first < view->first + view->count; i++)
        add_value(kept, view, i);
}

static bool is_kept(const struct kept_view *kept, const struct matcher *matcher,
                    const struct view *view)
{
    return kept->matcher == matcher && kept->doc == view->input->doc &&
           kept->first == view->first && kept->count == view->count;
}

int view_make(const struct matcher *matcher, struct match_scratch *scratch, struct arena *arena,
              const struct match_input *input, struct view *view, struct error *err)
{
    *view = (struct view){
        .input = input,
        .first = input->sentence->first,
        .count = input->sentence->count,
        .width = input->sentence->count / 64 + 1,
    };
    if (!scratch->kept)
        scratch->kept = ARENA_NEW(arena, struct kept_view);
    struct kept_view *kept = scratch->kept;
    if (!kept)
        return arena_full(arena, err);
    if (!is_kept(kept, matcher, view)) {
        kept->matcher = NULL;
        if (kept_alloc(kept, matcher, view, scratch, arena, err))
            return -1;
        add_words(kept, matcher, view);
        kept->matcher = matcher;
        kept->doc = input->doc;
        kept->first = view->first;
        kept->count = view->count;
    }
    scratch->used = kept->used;
    add_values(kept, view);
    view->row_of = kept->row_of;
    view->rows = kept->rows;
    view->counts = kept->counts;
    view->value_at = kept->value_at;
    return 0;
}

/* ---- matches ------------------------------------------------------------------------------- */

struct finder {
    const struct matcher *matcher;
    struct arena *arena;
    struct view view;
    struct run run;
    struct sign sign; /* of the sentence */
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

/* Postings of one word are sorted by alternative: one with the word in several branches has
 * several, and only the best of all of them counts. */
static int find_at(struct finder *f, uint32_t token, struct best *best, struct error *err)
{
    const struct matcher *matcher = f->matcher;
    uint32_t word = f->view.input->doc->tokens[f->view.first + token].word;
    uint32_t end = matcher->postings_of[word + 1];
    for (uint32_t p = matcher->postings_of[word]; p < end; p++) {
        const struct posting *posting = &matcher->postings[p];
        if (sign_covers(&f->sign, &posting->sign))
            posting_try(&f->run, &f->view, posting, token, best);
        if (p + 1 < end && matcher->postings[p + 1].alternative == posting->alternative)
            continue;
        if (best->found && emit_match(f, &matcher->alternatives[posting->alternative], best, err))
            return -1;
        best->found = false;
    }
    return 0;
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
    struct finder f = {.matcher = matcher, .arena = arena};
    struct best best = {0};
    struct match_scratch own = {0};
    struct match_scratch *scratch = input->scratch ? input->scratch : &own;
    *out = NULL;
    *n_out = 0;
    uint32_t token = first_promising(matcher, input, 0, &f.sign);
    if (token == input->sentence->count)
        return 0;
    if (view_make(matcher, scratch, arena, input, &f.view, err) ||
        run_init(&f.run, matcher, scratch, arena, err))
        return -1;
    best.steps = scratch_take(scratch, arena, matcher->max_ops * sizeof *best.steps);
    if (!best.steps)
        return arena_full(arena, err);
    const struct token *tokens = input->doc->tokens + input->sentence->first;
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
