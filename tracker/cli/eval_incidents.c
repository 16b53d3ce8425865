#include "cli/eval_incidents.h"

#include <stdio.h>

#include "base/json.h"
#include "pipeline/evaluate.h"
#include "pipeline/evaluate_incidents.h"
#include "read/reader.h"

#define FILE_MEMORY ((size_t)8 << 30)

/* One file's worth. */
struct told {
    const char *path;
    struct arena arena;
    struct labels labels;
    struct told_report *reports;
    size_t n, capacity;
    struct incident_evaluation found;
};

static int reports_read(const struct cli *cli, struct told *told, const struct reading *reading,
                        struct reader *reader, int64_t *rejected, struct error *err)
{
    struct workers *workers;
    struct worked_report *worked;
    int got;
    if (workers_start(cli, reading, reader, &workers, err))
        return -1;
    while ((got = workers_next(workers, &worked, err)) > 0) {
        *rejected += worked->report.rejected;
        if (worked->report.rejected)
            continue;
        if (arena_grow(&told->arena, &told->reports, &told->capacity, told->n,
                       sizeof *told->reports, err) ||
            rows_of(&told->arena, &reading->ruleset->schema, &worked->report, &worked->extraction,
                    &told->reports[told->n].row, err)) {
            got = -1;
            break;
        }
        told->reports[told->n++].line = worked->report.line;
    }
    workers_free(workers);
    return got;
}

static int told_read(const struct cli *cli, struct told *told, const struct reading *reading,
                     int64_t *rejected, struct error *err)
{
    const struct reader_options options = {.published = STAMP_NONE};
    struct reader *reader;
    if (labels_read(&told->arena, told->path, incident_measure_names, INCIDENT_MEASURES,
                    &told->labels, err) ||
        reader_open(&reader, &told->path, 1, &options, err))
        return -1;
    int result = reports_read(cli, told, reading, reader, rejected, err);
    reader_free(reader);
    if (result == 0)
        result = evaluate_incidents(&told->arena, &reading->ruleset->weights, &told->labels,
                                    told->reports, told->n, &told->found, err);
    if (result == 0 && !told->found.reports)
        result = error_set(err, ERROR_INPUT, "%s: no \"gold\" has an \"incident_id\"", told->path);
    return result;
}

/* ---- showing ---- */

static void ratio_text(struct buffer *out, const char *name, int64_t part, int64_t whole)
{
    int n = whole ? ratio_thousandths(part, whole) : 1000;
    buffer_format(out, "  %s %d.%03d", name, n / 1000, n % 1000);
}

static void linking_text(struct buffer *out, const struct incident_evaluation *found)
{
    int64_t all = found->reports * 1000000;
    int pairs = pair_f1(found), b3 = b3_f1(found);
    buffer_format(out, "pairs     ");
    ratio_text(out, "precision", found->pairs_right, found->pairs_found);
    ratio_text(out, "recall", found->pairs_right, found->pairs_labelled);
    buffer_format(out, "  F1 %d.%03d\nB-cubed   ", pairs / 1000, pairs % 1000);
    ratio_text(out, "precision", found->b3_precision, all);
    ratio_text(out, "recall", found->b3_recall, all);
    buffer_format(out, "  F1 %d.%03d\n", b3 / 1000, b3 % 1000);
}

/* "+12.3%": how far `found` is above `gold`. */
static void bias_text(struct buffer *out, const char *name, int64_t found, int64_t gold)
{
    int64_t tenths = (found - gold) * 1000 / gold, size = tenths < 0 ? -tenths : tenths;
    buffer_format(out, "  %s %lld (%s%lld.%lld%%)", name, (long long)found, tenths < 0 ? "-" : "+",
                  (long long)size / 10, (long long)size % 10);
}

static void tolls_text(struct buffer *out, const struct incident_evaluation *found)
{
    for (int m = 0; m < INCIDENT_MEASURES; m++) {
        const struct toll_tally *t = &found->tolls[m];
        if (!t->gold)
            continue;
        buffer_format(out, "%-10.*s", SLICE_ARG(incident_measure_names[m]));
        ratio_text(out, "exact", t->exact, t->labelled);
        buffer_format(out, " of %lld  labelled %lld", (long long)t->labelled, (long long)t->gold);
        bias_text(out, "matched", t->matched, t->gold);
        bias_text(out, "all", t->found, t->gold);
        buffer_add_char(out, '\n');
    }
}

static void milli_text(struct buffer *out, int32_t milli)
{
    int32_t size = milli < 0 ? -milli : milli;
    buffer_format(out, "%s%d.%03d", milli < 0 ? "-" : "+", size / 1000, size % 1000);
}

static void side_text(struct buffer *out, const struct told_report *report,
                      const struct event_row *event)
{
    char day[16] = "no day";
    buffer_format(out, "   %.*s  ", SLICE_ARG(report->row.ref));
    if (event && event->local_date != DAY_NONE)
        day_format(event->local_date, day);
    if (event)
        buffer_format(out, "%.*s, %.*s, %.*s, %s%s", SLICE_ARG(event->place_name),
                      SLICE_ARG(event->adm1), SLICE_ARG(event->country), day,
                      event->date_implied ? " (implied)" : "");
    else
        buffer_add_text(out, "no event");
    buffer_format(out, "  %.*s\n", SLICE_ARG(report->row.title));
}

static void wrong_text(struct buffer *out, const struct weights *weights,
                       const struct wrong_pair *pair)
{
    struct pair_score score = {0};
    if (pair->event_a && pair->event_b)
        score_pair(weights, pair->event_a, pair->event_b, &score);
    buffer_format(out, "-- %lld %s: ", (long long)pair->pairs,
                  pair->together ? "together" : "apart");
    milli_text(out, score.total);
    buffer_add_text(out, score.forbidden ? " forbidden =" : " =");
    for (uint8_t t = 0; t < score.n_terms; t++) {
        buffer_format(out, "%s %s ", t ? "," : "", score.terms[t].name);
        milli_text(out, score.terms[t].weight);
    }
    buffer_add_char(out, '\n');
    side_text(out, pair->a, pair->event_a);
    side_text(out, pair->b, pair->event_b);
}

static void json_number(struct json_writer *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_int(json, value);
}

static void json_f1(struct json_writer *json, const char *key, int thousandths)
{
    json_key(json, key);
    json_decimal(json, thousandths, 3);
}

static void told_json(struct buffer *out, const struct told *told)
{
    const struct incident_evaluation *found = &told->found;
    struct json_writer json;
    char name[32];
    json_start(&json, out);
    json_open(&json, '{');
    json_key(&json, "file");
    json_text(&json, told->path);
    json_number(&json, "reports", found->reports);
    json_number(&json, "incidents_labelled", found->labelled_incidents);
    json_number(&json, "incidents_found", found->found_incidents);
    json_number(&json, "pairs_right", found->pairs_right);
    json_number(&json, "pairs_found", found->pairs_found);
    json_number(&json, "pairs_labelled", found->pairs_labelled);
    json_f1(&json, "pair_f1", pair_f1(found));
    json_f1(&json, "b3_f1", b3_f1(found));
    for (int m = 0; m < INCIDENT_MEASURES; m++) {
        const struct toll_tally *t = &found->tolls[m];
        snprintf(name, sizeof name, "%.*s", SLICE_ARG(incident_measure_names[m]));
        json_key(&json, name);
        json_open(&json, '{');
        json_number(&json, "exact", t->exact);
        json_number(&json, "of", t->labelled);
        json_number(&json, "labelled", t->gold);
        json_number(&json, "matched", t->matched);
        json_number(&json, "all", t->found);
        json_close(&json, '}');
    }
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}

static int told_show(struct cli *cli, const struct reading *reading, const struct told *told,
                     struct error *err)
{
    const struct incident_evaluation *found = &told->found;
    struct buffer *out = &cli->out;
    int64_t limit;
    if (option_number(cli, OPTION_LIMIT, &limit, err))
        return -1;
    if (cli->arguments.value[OPTION_JSON]) {
        told_json(out, told);
        return cli_flush(cli, err);
    }
    buffer_format(out, "%s: %lld reports, incidents labelled %lld, found %lld\n", told->path,
                  (long long)found->reports, (long long)found->labelled_incidents,
                  (long long)found->found_incidents);
    linking_text(out, found);
    tolls_text(out, found);
    bool asked = cli->arguments.value[OPTION_MISSES] != NULL;
    for (size_t i = 0; asked && i < found->n_wrong && (!limit || i < (size_t)limit); i++)
        wrong_text(out, &reading->ruleset->weights, &found->wrong[i]);
    buffer_add_char(out, '\n');
    return cli_flush(cli, err);
}

int eval_incidents(struct cli *cli, const struct reading *reading, struct error *err)
{
    int64_t rejected = 0;
    for (size_t i = 0; i < cli->arguments.n_operands && !stop_signal; i++) {
        struct told told = {.path = cli->arguments.operands[i]};
        arena_init(&told.arena, FILE_MEMORY);
        int result = told_read(cli, &told, reading, &rejected, err);
        if (result == 0 && !stop_signal)
            result = told_show(cli, reading, &told, err);
        arena_free(&told.arena);
        if (result)
            return -1;
    }
    if (stop_signal == SIGINT)
        return EXIT_SIGINT;
    return rejected ? EXIT_REJECTED : EXIT_OK;
}
