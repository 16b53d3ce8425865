#ifndef TRACKER_PIPELINE_EVALUATE_INCIDENTS_H
#define TRACKER_PIPELINE_EVALUATE_INCIDENTS_H

#include "pipeline/rows.h"
#include "read/labels.h"

/* Scores reconciliation against labels, without a database: for `tracker eval --incidents`. The
 * reports of one file are reconciled country by country as settling does it; a report belongs to
 * the incident of its first event. Only reports whose label names an incident are scored. */

/* The numbers of an incident that are scored, by the names labels and fields share. */
enum incident_measure { INCIDENT_KILLED, INCIDENT_WOUNDED, INCIDENT_MEASURES };
extern const struct slice incident_measure_names[INCIDENT_MEASURES];

/* A report as it was read: its rows, and which line of the file it stood in. */
struct told_report {
    int line;
    struct report_row row;
};

/* An incident's number against the label's: that of the found incident which holds most of the
 * labelled one's reports. */
struct toll_tally {
    int64_t labelled; /* incidents whose label gives the number, */
    int64_t exact;    /* where it is that */
    int64_t gold;     /* the sum of the labels, */
    int64_t matched;  /* of the numbers they are held against (none: 0), */
    int64_t found; /* and of all found incidents with a labelled report: also what was split off */
};

/* Two labelled reports that ended together or apart, and should not have; they stand for all of the
 * same two strikes in the same two incidents. */
struct wrong_pair {
    const struct told_report *a, *b;
    const struct event_row *event_a, *event_b; /* their first events, NULL when one has none */
    int64_t pairs;                             /* of reports, that are wrong alike */
    bool together;
};

struct incident_evaluation {
    int64_t reports, labelled_incidents, found_incidents;
    int64_t pairs_right, pairs_found, pairs_labelled;
    /* B-cubed: the sums over reports, in millionths. A. Bagga and B. Baldwin, "Entity-Based
     * Cross-Document Coreferencing", 1998 */
    int64_t b3_precision, b3_recall;
    struct toll_tally tolls[INCIDENT_MEASURES];
    struct wrong_pair *wrong; /* the most pairs first */
    size_t n_wrong;
};

/* `labels` were read with incident_measure_names as keys; `reports` are in order of lines. Of two
 * editions of one report the later published counts. All memory from `arena`. -1 with ERROR_LIMIT.
 */
int evaluate_incidents(struct arena *arena, const struct weights *weights,
                       const struct labels *labels, struct told_report *reports, size_t n_reports,
                       struct incident_evaluation *out, struct error *err) WARN_UNUSED;

/* The harmonic means of precision and recall, in thousandths. */
int pair_f1(const struct incident_evaluation *evaluation);
int b3_f1(const struct incident_evaluation *evaluation);

#endif
