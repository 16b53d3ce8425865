#include <stdio.h>

#include "cli/cli.h"
#include "pipeline/decide.h"
#include "pipeline/ingest.h"
#include "report/table.h"

/* ---- the place of a place decision ---- */

static void place_take(struct cli *cli, const struct gazetteer *g, const struct gazetteer_place *p,
                       struct decided_place *out)
{
    static const uint8_t precisions[] = {
        [GAZETTEER_COUNTRY] = PRECISION_COUNTRY,   [GAZETTEER_REGION] = PRECISION_REGION,
        [GAZETTEER_DISTRICT] = PRECISION_DISTRICT, [GAZETTEER_SETTLEMENT] = PRECISION_SETTLEMENT,
        [GAZETTEER_AREA] = PRECISION_DISTRICT,
    };
    const struct gazetteer_place *region = gazetteer_place_at(g, p->region);
    bool located = p->flags & PLACE_LOCATED;
    *out = (struct decided_place){
        .key = arena_format(&cli->arena, "g:%lld", (long long)p->id),
        .name = gazetteer_text(g, p->name),
        .adm1 = gazetteer_region_name(g, p),
        .adm1_code = region ? gazetteer_text(g, region->code) : SLICE_NONE,
        .zone = gazetteer_text(g, p->zone),
        .precision = p->kind <= GAZETTEER_AREA ? precisions[p->kind] : PRECISION_SETTLEMENT,
        .lat = located ? p->lat : PLACE_NO_COORDINATE,
        .lon = located ? p->lon : PLACE_NO_COORDINATE,
    };
}

/* The one place of that name, or key, in a country: a town before the region called after it, a
 * town ten times as large as its namesakes before these.
 * 1 found, 0 none of that name, -1 several. */
static int place_find(struct cli *cli, const struct gazetteer *g, const char *name,
                      struct slice country, struct decided_place *out, struct error *err)
{
    struct place_candidates candidates = {0};
    const struct gazetteer_place *found = NULL;
    size_t n = 0;
    bool town = false;
    long long id = 0;
    if (sscanf(name, "g:%lld", &id) == 1) {
        for (uint32_t i = 0; i < gazetteer_n_places(g) && !found; i++)
            found = gazetteer_place_at(g, i)->id == id ? gazetteer_place_at(g, i) : NULL;
    } else if (gazetteer_find(g, slice_of(name), &candidates)) {
        for (size_t k = 0; k < candidates.n; k++) {
            unsigned flags;
            const struct gazetteer_place *p = gazetteer_candidate(g, &candidates, k, &flags);
            const struct slice code = p ? (struct slice){p->country_code, 2} : SLICE_NONE;
            bool is_town = p && p->kind == GAZETTEER_SETTLEMENT;
            if (!p || flags & CANDIDATE_DEMONYM || !slice_equal(code, country) ||
                (town && !is_town))
                continue;
            if (town && found->population / 10 > p->population)
                continue; /* candidates come the larger first */
            n = is_town && !town ? 1 : n + 1;
            found = n == 1 ? p : found;
            town = is_town;
        }
    }
    if (n > 1)
        return error_set(err, ERROR_USAGE,
                         "%zu places of %.*s are called '%s': give one as g:ID ('tracker places "
                         "find' shows the ids)",
                         n, SLICE_ARG(country), name);
    if (found)
        place_take(cli, g, found, out);
    return found != NULL;
}

/* ---- the verbs ---- */

static int settle(struct cli *cli, struct store *store, struct error *err)
{
    struct change_counts changed = {0};
    struct weights weights;
    if (weights_open(cli, &weights, err) || settle_all(store, &weights, &changed, err))
        return -1;
    buffer_format(&cli->out, "%lld rows changed\n", (long long)change_counts_total(&changed));
    return EXIT_OK;
}

static int decide_run(struct cli *cli, struct store *store, struct decision_request *request,
                      struct error *err)
{
    int64_t id;
    bool is_new;
    struct gazetteer *gazetteer = NULL;
    struct decided_place place;
    int rc = 0;
    if (request->kind == DECISION_PLACE) {
        struct slice country;
        struct error none;
        if (store_operand_country(store, &cli->arena, request->a, &country, err))
            return -1;
        /* Without the index, a name that reports tell of will do. */
        if (gazetteer_open(&gazetteer, cli->settings.values[OPTION_PLACES].value, &none) == 0)
            rc = place_find(cli, gazetteer, request->b, country, &place, err);
        request->place = rc > 0 ? &place : NULL;
    }
    if (rc >= 0)
        rc = decision_make(store, &cli->arena, request, &id, &is_new, err);
    gazetteer_free(gazetteer);
    if (rc < 0)
        return -1;
    buffer_format(&cli->out, "%s %lld: ", is_new ? "decision" : "stood already: decision",
                  (long long)id);
    return settle(cli, store, err);
}

static int show_list(struct cli *cli, struct store *store, struct error *err)
{
    static const struct table_column columns[] = {
        {"Decision", TABLE_LEFT, 19}, {"Kind", TABLE_LEFT, 9}, {"A", TABLE_LEFT, 30},
        {"B", TABLE_LEFT, 30},        {"Who", TABLE_LEFT, 16}, {"When", TABLE_LEFT, 20},
        {"Status", TABLE_LEFT, 40},   {"Why", TABLE_LEFT, 60},
    };
    enum { COLUMNS = sizeof columns / sizeof *columns };
    struct shown_decision *rows;
    size_t n;
    if (store_list_decisions(store, &cli->arena, NULL, 0, &rows, &n, err))
        return -1;
    struct slice *cells = ARENA_ARRAY(&cli->arena, struct slice, n * COLUMNS);
    if (!cells)
        return arena_full(&cli->arena, err);
    for (size_t i = 0; i < n; i++) {
        const struct shown_decision *d = &rows[i];
        struct slice status = d->status;
        if (d->refused_path.len)
            status =
                arena_format(&cli->arena, "refused: contradicts %.*s", SLICE_ARG(d->refused_path));
        const struct slice row[COLUMNS] = {d->decision_id, d->kind,        d->a,   d->b,
                                           d->who,         d->recorded_at, status, d->why};
        memcpy(&cells[i * COLUMNS], row, sizeof row);
    }
    if (!cli->arguments.value[OPTION_JSON]) {
        table_write(&cli->out, columns, COLUMNS, cells, n);
        return EXIT_OK;
    }
    static const char *const keys[COLUMNS] = {"decision_id", "kind",        "a",      "b",
                                              "who",         "recorded_at", "status", "why"};
    for (size_t i = 0; i < n; i++) {
        struct json_writer json;
        json_start(&json, &cli->out);
        json_open(&json, '{');
        for (size_t k = 0; k < COLUMNS; k++) {
            json_key(&json, keys[k]);
            json_slice(&json, cells[i * COLUMNS + k]);
        }
        json_close(&json, '}');
        buffer_add_char(&cli->out, '\n');
    }
    return EXIT_OK;
}

/* The operands after the kind, --report REF before them as "report:REF". */
static int operands_of(struct cli *cli, const char **a, const char **b, struct error *err)
{
    const char *list[3] = {NULL, NULL, NULL};
    size_t n = 0;
    const char *report = cli->arguments.value[OPTION_REPORT];
    if (report) {
        list[n++] = arena_format(&cli->arena, "report:%s", report).ptr;
        if (!list[0])
            return arena_full(&cli->arena, err);
    }
    for (size_t i = 1; i < cli->arguments.n_operands; i++) {
        if (n == 2)
            return error_set(err, ERROR_USAGE, "too many operands");
        list[n++] = cli->arguments.operands[i];
    }
    *a = list[0];
    *b = list[1];
    return 0;
}

/* What the command line asks for; `retract` has the kind DECISION_KINDS. */
static int request_of(struct cli *cli, struct decision_request *out, struct error *err)
{
    const char *kind = cli->arguments.n_operands ? cli->arguments.operands[0] : "";
    *out = (struct decision_request){.kind = DECISION_SAME,
                                     .who = cli->arguments.value[OPTION_WHO],
                                     .why = cli->arguments.value[OPTION_WHY]};
    while (out->kind < DECISION_KINDS && strcmp(kind, decision_kind_names[out->kind]) != 0)
        out->kind++;
    if (out->kind == DECISION_KINDS && strcmp(kind, "retract") != 0)
        return error_set(err, ERROR_USAGE,
                         "expected same, different, place, pin, reject, retract or list, got '%s'",
                         kind);
    if (operands_of(cli, &out->a, &out->b, err))
        return -1;
    bool two = out->kind <= DECISION_PLACE;
    if (!out->a || !out->b == two)
        return error_set(err, ERROR_USAGE, "%s takes %s", kind,
                         out->kind == DECISION_PLACE ? "an operand and a place"
                         : two                       ? "two operands"
                                                     : "one operand");
    if (!out->who || !*out->who || !out->why || !*out->why)
        return error_set(err, ERROR_USAGE, "a decision needs --who and --why");
    return 0;
}

int cmd_decide(struct cli *cli, struct error *err)
{
    struct decision_request request;
    struct store *store;
    int code = -1;
    bool list = cli->arguments.n_operands == 1 && !strcmp(cli->arguments.operands[0], "list");
    if ((!list && request_of(cli, &request, err)) || database_open(cli, &store, err))
        return -1;
    if (list)
        code = show_list(cli, store, err);
    else if (request.kind != DECISION_KINDS)
        code = decide_run(cli, store, &request, err);
    else if (store_retract(store, request.a, request.who, request.why, err) == 0)
        code = settle(cli, store, err);
    store_close(store);
    return code;
}
