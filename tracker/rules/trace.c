#include "rules/matcher_code.h"

struct tracer {
    const struct matcher *matcher;
    struct arena *arena;
    struct view view;
    struct run run;
    struct match_trace *traces;
    size_t n_traces;
    size_t capacity;
};

static int add_trace(struct tracer *t, const struct alternative *alternative, uint32_t anchor,
                     const struct best *best, struct error *err)
{
    const struct program *program = &alternative->program;
    if (arena_grow(t->arena, &t->traces, &t->capacity, t->n_traces, sizeof *t->traces, err))
        return -1;
    struct match_trace *trace = &t->traces[t->n_traces++];
    *trace = (struct match_trace){.rule = alternative->rule,
                                  .alternative = alternative->number,
                                  .anchor = t->view.first + anchor,
                                  .matched = best->found};
    if (best->found) {
        trace->furthest = t->view.first + best->end;
        trace->voided = match_is_void(&t->run, &t->view, alternative, best->first, best->end);
    } else {
        trace->furthest = t->view.first + t->run.furthest;
        trace->failed = program->pattern->code->ops[t->run.furthest_op].written;
    }
    return 0;
}

static int trace_at(struct tracer *t, uint32_t token, struct best *best, struct error *err)
{
    const struct matcher *matcher = t->matcher;
    uint32_t word = t->view.input->doc->tokens[t->view.first + token].word;
    uint32_t end = matcher->postings_of[word + 1];
    bool fresh = true;
    for (uint32_t p = matcher->postings_of[word]; p < end; p++) {
        const struct posting *posting = &matcher->postings[p];
        if (fresh) {
            /* Where no start is tried at all, the sentence is too short before the index word. */
            best->found = false;
            t->run.furthest = 0;
            t->run.furthest_op = matcher->alternatives[posting->alternative].program.entry;
        }
        posting_try(&t->run, &t->view, posting, token, best);
        fresh = p + 1 == end || matcher->postings[p + 1].alternative != posting->alternative;
        if (fresh && add_trace(t, &matcher->alternatives[posting->alternative], token, best, err))
            return -1;
    }
    return 0;
}

int matcher_trace(const struct matcher *matcher, struct arena *arena,
                  const struct match_input *input, struct match_trace **out, size_t *n_out,
                  struct error *err)
{
    struct tracer t = {.matcher = matcher, .arena = arena};
    struct best best = {0};
    struct match_scratch scratch = {0};
    if (view_make(matcher, &scratch, arena, input, &t.view, err) ||
        run_init(&t.run, matcher, &scratch, arena, err))
        return -1;
    t.run.tracing = true;
    best.steps = arena_alloc(arena, matcher->max_ops * sizeof *best.steps);
    if (!best.steps)
        return arena_full(arena, err);
    for (uint32_t token = 0; token < t.view.count; token++) {
        if (is_index_word(matcher, input->doc->tokens[t.view.first + token].word) &&
            trace_at(&t, token, &best, err))
            return -1;
    }
    *out = t.traces;
    *n_out = t.n_traces;
    return 0;
}
