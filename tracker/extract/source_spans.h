#ifndef TRACKER_EXTRACT_SOURCE_SPANS_H
#define TRACKER_EXTRACT_SOURCE_SPANS_H

#include "extract/values.h"

/* What a stretch of words in a source's position may be. Larger is surer: of two readings of the
 * same words the surer one stands. */
enum source_span_kind {
    SPAN_NAME,    /* capitalised words: a person, an organisation, a country */
    SPAN_ROLE,    /* a role with what belongs to it: "the governor of X, Oleh Y," */
    SPAN_PRONOUN, /* "he": whoever spoke last */
    SPAN_KNOWN,   /* a name of sources.yml */
};

/* One candidate: its words, and what is known of it. */
struct source_span {
    uint32_t first;
    uint32_t n_tokens;
    enum source_span_kind kind;
    uint32_t source;      /* SPAN_KNOWN and SPAN_ROLE: index in ruleset.sources */
    uint32_t name_first;  /* a person's name inside a role */
    uint32_t name_tokens; /* 0: none */
    bool core;            /* a known name or a bare role: a source wherever it stands */
};

struct source_spans {
    struct source_span *items;
    size_t n, capacity;
};

/* Every candidate of a sentence, at most a few dozen a token whatever the text. */
int source_spans_find(struct report_values *values, size_t sentence, struct source_spans *out,
                      struct error *err) WARN_UNUSED;

/* The surest candidate with exactly these words, NULL when there is none. */
const struct source_span *source_spans_at(const struct source_spans *spans, uint32_t first,
                                          uint32_t n_tokens);

#endif
