#ifndef TRACKER_CLI_RECONCILE_ESTIMATE_H
#define TRACKER_CLI_RECONCILE_ESTIMATE_H

#include "cli/cli.h"

/* Estimates the weights from the stored events, with the labels of the operands (JSON lines whose
 * "gold" has an "incident_id") or, without operands, without labels, and prints the estimates
 * beside the weights as they are. Changes nothing. */
int reconcile_estimate(struct cli *cli, struct store *store, const struct weights *weights,
                       struct error *err) WARN_UNUSED;

#endif
