#ifndef TESTS_RECONCILE_SAMPLE_H
#define TESTS_RECONCILE_SAMPLE_H

#include "reconcile/reconcile.h"

/* Rows for the reconciliation tests, made short by defaults, and one run of it. Failures are fatal
 * to the test. */

/* Seconds since 1970 of a day and hour, UTC. */
instant at(int year, int month, int day, int hour);

/* A claim: field ("killed", "drones/intercepted"), number, rank of the claimant. Anything else is
 * set afterwards. */
struct event_claim claim_of(const char *measure, int64_t number, uint8_t rank,
                            const char *claimant);
struct event_claim claim_at_least(const char *measure, int64_t number, uint8_t rank,
                                  const char *claimant);

/* An event in Ternopil (UA, population 225,000) on that November day of 2025, told at that hour of
 * it by an outlet of its own. Ids of event, report and family follow from `number`; claims from
 * sample_claims. */
struct event_row event_of(int number, int day, int hour);
/* Somewhere else: a settlement of that key, degrees north and east in hundredths. */
void place_settlement(struct event_row *event, const char *key, const char *adm1_code, int lat,
                      int lon, int64_t population);
void place_region(struct event_row *event, const char *adm1_code);
void place_country(struct event_row *event);
/* A wave of the country, in the night that ends on that November day. */
struct event_row wave_of_night(int number, int day, int hour);
void night_of(struct event_row *event, int day);
void undate(struct event_row *event);
void claims_give(struct event_row *event, const struct event_claim *claims, size_t n);

/* One run over all events, with memory of its own; `free` with sample_end. */
struct sample {
    struct arena arena;
    struct incident *incidents;
    size_t n;
    struct reconcile_stats stats;
};
void sample_run(struct sample *sample, const struct event_row *events, size_t n,
                const struct decision *decisions, size_t n_decisions);
void sample_end(struct sample *sample);

/* The incident that holds the event, by its number; NULL when none does. */
const struct incident *incident_with(const struct sample *sample, const struct event_row *events,
                                     int number);
/* The figure of a measure ("killed", "killed/child"), NULL when there is none. */
const struct figure *sample_figure(const struct incident *incident, const char *measure);
/* Its best, or -1 when it has no figure, -2 when the figure has no best. */
int64_t best_of(const struct incident *incident, const char *measure);

/* A seeded stream of events of a country: regions, towns, strikes, rising tolls, copies, vague
 * retellings, waves. The caller frees with arena. */
struct event_row *stream_of(struct arena *arena, uint64_t seed, size_t n, int days);
uint32_t random_below(uint64_t *seed, uint32_t n);

#endif
