#ifndef TRACKER_CLI_EXPLANATION_H
#define TRACKER_CLI_EXPLANATION_H

#include "base/json.h"
#include "store/recall.h"

/* An incident with all that it comes from. */
struct explanation {
    const struct incident *incident;
    const char *moved_from; /* the id asked for, when it redirects here */
    const char *field;      /* only this one, "killed" or "killed/child"; NULL: all */
    const struct weights *weights;
    const struct event_row **events; /* in order of what was said when */
    size_t n_events;
    struct slice **words;        /* words[i]: the words of events[i], see word_names.h */
    struct claim_source *claims; /* by claim id */
    size_t n_claims;
    struct claim_source *reports; /* by report id */
    size_t n_reports;
};

/* Finds the words of its events in the texts of its reports. */
int explanation_words(struct arena *arena, struct explanation *e, struct error *err) WARN_UNUSED;

/* For people; and as one JSON object. -1 with ERROR_INPUT when it has no such field. */
int explanation_print(struct buffer *out, const struct explanation *e,
                      struct error *err) WARN_UNUSED;
int explanation_json(struct buffer *out, const struct explanation *e,
                     struct error *err) WARN_UNUSED;

#endif
