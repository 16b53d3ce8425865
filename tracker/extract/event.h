#ifndef TRACKER_EXTRACT_EVENT_H
#define TRACKER_EXTRACT_EVENT_H

#include "extract/claim.h"

enum event_scope { SCOPE_SITE, SCOPE_AREA, SCOPE_COUNTRY, EVENT_SCOPES };
extern const char *const event_scope_names[EVENT_SCOPES];

/* A number of an event: what its report says about (field, part). */
struct event_value {
    uint16_t field;
    uint16_t part; /* SCHEMA_NONE for the total */
    struct count count;
    uint32_t claim; /* the claim that gives it (the first of those summed) */
};

/* What one report says about one strike. */
struct event {
    enum event_scope scope;
    struct place place; /* precision PRECISION_UNKNOWN when none is known */
    struct when when;
    struct event_value *values; /* sorted by field, then part with the total first */
    size_t n_values;
    uint32_t start; /* bytes: first claim or, without claims, the sentence that tells of it */
    uint32_t end;
};

/* Everything one report says. Events in order of rank: the first is what the report is about. */
struct extraction {
    struct event *events;
    size_t n_events;
    struct claims claims; /* in order of text; claim.event says to which event it belongs */
    const struct document *doc;
    const struct language *language; /* it was read in */
};

/* Gathers out->claims into events by place, time, reference and paragraph (the policy:
 * fixtures/cases/policy.txt), chooses each event's numbers, ranks the events. */
int events_gather(struct report_values *values, struct extraction *out,
                  struct error *err) WARN_UNUSED;

#endif
