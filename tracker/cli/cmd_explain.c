/*
 * `tracker explain INCIDENT [FIELD]`: from each figure down to the sentences it comes from, and why
 * the events it is made of are one.
 */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/explanation.h"
#include "pipeline/as_of.h"

/* The incident among those recalled: by its id, else the one with most of the events it has now. */
static const struct incident *recalled_find(const struct recalled *recalled, int64_t incident_id)
{
    for (size_t i = 0; i < recalled->n_incidents; i++)
        if (recalled->incidents[i].incident_id == incident_id)
            return &recalled->incidents[i];
    const struct incident *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < recalled->n_incidents; i++) {
        const struct incident *incident = &recalled->incidents[i];
        size_t shared = 0;
        for (size_t k = 0; k < incident->n_events; k++)
            for (size_t f = 0; f < recalled->cell.n_former; f++)
                shared += recalled->cell.former[f].incident_id == incident_id &&
                          recalled->cell.former[f].event_id ==
                              recalled->cell.events[incident->events[k]].event_id;
        if (shared > most) {
            most = shared;
            best = incident;
        }
    }
    return best;
}

static int compare_events(const void *x, const void *y)
{
    const struct event_row *a = *(const struct event_row *const *)x;
    const struct event_row *b = *(const struct event_row *const *)y;
    if (a->said_at != b->said_at)
        return a->said_at < b->said_at ? -1 : 1;
    return (a->event_id > b->event_id) - (a->event_id < b->event_id);
}

/* Its events in order of what was said when, with where their claims stand. */
static int explanation_fill(struct cli *cli, struct store *store, const struct settle_cell *cell,
                            struct explanation *out, struct error *err)
{
    const struct incident *incident = out->incident;
    struct settle_cell members = {
        .events = ARENA_ARRAY(&cli->arena, struct event_row, incident->n_events),
        .n_events = incident->n_events};
    out->events = ARENA_ARRAY(&cli->arena, const struct event_row *, incident->n_events);
    if (!out->events || !members.events)
        return arena_full(&cli->arena, err);
    for (size_t i = 0; i < incident->n_events; i++) {
        members.events[i] = cell->events[incident->events[i]];
        out->events[i] = &members.events[i];
    }
    out->n_events = incident->n_events;
    if (out->n_events)
        qsort(out->events, out->n_events, sizeof *out->events, compare_events);
    return store_recall_claims(store, &cli->arena, &members, &out->claims, &out->n_claims, err) ||
                   store_recall_reports(store, &cli->arena, &members, &out->reports,
                                        &out->n_reports, err) ||
                   explanation_words(&cli->arena, out, err)
               ? -1
               : 0;
}

static int explain_found(struct cli *cli, struct store *store, const struct found_incident *found,
                         instant until, struct explanation *out, struct error *err)
{
    struct settle_cell *cell = ARENA_ARRAY(&cli->arena, struct settle_cell, 1);
    struct incident *incident = ARENA_ARRAY(&cli->arena, struct incident, 1);
    struct recalled *recalled = ARENA_ARRAY(&cli->arena, struct recalled, 1);
    if (!cell || !incident || !recalled)
        return arena_full(&cli->arena, err);
    if (until == INSTANT_NONE) {
        if (store_recall_incident(store, found->incident_id, cell, incident, err))
            return -1;
        out->incident = incident;
        return explanation_fill(cli, store, cell, out, err);
    }
    if (recall_country(store, &cli->arena, out->weights, found->country, until, recalled, err))
        return -1;
    out->incident = recalled_find(recalled, found->incident_id);
    if (!out->incident)
        return error_set(err, ERROR_INPUT, "no report up to then tells of incident %lld",
                         (long long)found->incident_id);
    return explanation_fill(cli, store, &recalled->cell, out, err);
}

static int explain(struct cli *cli, struct store *store, const struct weights *weights,
                   instant until, struct error *err)
{
    const char *name = cli->arguments.operands[0];
    struct found_incident found;
    struct explanation explanation = {
        .weights = weights,
        .field = cli->arguments.n_operands > 1 ? cli->arguments.operands[1] : NULL};
    int got = store_recall_find(store, &cli->arena, name, &found, err);
    if (got < 0)
        return -1;
    if (got == 0)
        return error_set(err, ERROR_INPUT, "no incident, and no report about one, is known as '%s'",
                         name);
    if (found.retired)
        return error_set(err, ERROR_INPUT, "no report tells of incident %s any more", name);
    explanation.moved_from = found.moved ? name : NULL;
    if (explain_found(cli, store, &found, until, &explanation, err))
        return -1;
    if (cli->arguments.value[OPTION_JSON])
        return explanation_json(&cli->out, &explanation, err) ? -1 : EXIT_OK;
    return explanation_print(&cli->out, &explanation, err) ? -1 : EXIT_OK;
}

int cmd_explain(struct cli *cli, struct error *err)
{
    struct store *store;
    struct weights weights;
    instant until;
    if (cli->arguments.n_operands < 1 || cli->arguments.n_operands > 2)
        return error_set(err, ERROR_USAGE, "explain takes an INCIDENT and perhaps a FIELD");
    if (option_until(cli, &until, err) || weights_open(cli, &weights, err) ||
        database_open(cli, &store, err))
        return -1;
    int code = store_recall_begin(store, &cli->arena, err)
                   ? -1
                   : explain(cli, store, &weights, until, err);
    store_recall_end(store);
    store_close(store);
    return code;
}
