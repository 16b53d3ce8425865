#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "cli/cli.h"
#include "cli/eval_incidents.h"
#include "pipeline/evaluate.h"
#include "read/reader.h"
#include "report/table.h"

/* Labels and answers of one file. */
#define FILE_MEMORY ((size_t)2 << 30)
#define MISSES_SHOWN 20

struct eval {
    struct cli *cli;
    const struct reading *reading;
    struct label_keys measures;
    bool json;
    bool misses;      /* --misses was given, */
    size_t measure;   /* for this one (measures.n: the place), */
    size_t most;      /* at most so many a file */
    int64_t rejected; /* reports of all files */
    int64_t n_reports;
    struct evaluation sum;
};

/* One file's worth. */
struct eval_file {
    const char *path; /* NULL: all files together */
    struct arena arena;
    struct labels labels;
    struct answer *answers;
    size_t n_answers;
    size_t capacity;
    struct evaluation found;
};

static int misses_option(struct eval *eval, struct error *err)
{
    const char *given = eval->cli->arguments.value[OPTION_MISSES];
    if (!given)
        return 0;
    const char *colon = strchr(given, ':');
    struct slice name = {given, colon ? (size_t)(colon - given) : strlen(given)};
    char *end = NULL;
    long n = colon ? strtol(colon + 1, &end, 10) : MISSES_SHOWN;
    if (colon && (end == colon + 1 || *end || n < 1 || n > 1000000))
        return error_set(err, ERROR_USAGE, "--misses: expected a number after the colon, got '%s'",
                         given);
    eval->misses = true;
    eval->most = (size_t)n;
    for (eval->measure = 0; eval->measure < eval->measures.n; eval->measure++)
        if (slice_equal(eval->measures.names[eval->measure], name))
            return 0;
    if (slice_is(name, "place"))
        return 0;
    struct slice near = suggest(name, eval->measures.names, eval->measures.n);
    return error_set(err, ERROR_USAGE, "--misses: no field '%.*s'%s%.*s%s", SLICE_ARG(name),
                     near.len ? " (did you mean " : "", SLICE_ARG(near), near.len ? "?)" : "");
}

/* ---- reading -------------------------------------------------------------------------------- */

static int answers_read(struct eval *eval, struct eval_file *file, struct reader *reader,
                        struct error *err)
{
    struct workers *workers;
    struct worked_report *worked;
    int got;
    if (workers_start(eval->cli, eval->reading, reader, &workers, err))
        return -1;
    while ((got = workers_next(workers, &worked, err)) > 0) {
        bool rejected = worked->report.rejected;
        eval->rejected += rejected;
        if (arena_grow(&file->arena, &file->answers, &file->capacity, file->n_answers,
                       sizeof *file->answers, err) ||
            answer_make(&file->arena, &eval->measures, &worked->report,
                        rejected ? NULL : &worked->extraction, eval->misses,
                        &file->answers[file->n_answers++], err)) {
            got = -1;
            break;
        }
    }
    workers_free(workers);
    return got;
}

static int file_read(struct eval *eval, struct eval_file *file, struct error *err)
{
    const struct reader_options options = {.published = STAMP_NONE};
    struct reader *reader;
    if (labels_read(&file->arena, file->path, eval->measures.names, eval->measures.n, &file->labels,
                    err))
        return -1;
    if (file->labels.n == 0)
        return error_set(err, ERROR_INPUT, "%s: no line has labels under \"gold\"", file->path);
    if (file->labels.n_without)
        log_write(LOG_WARN, "%s: %zu lines without \"gold\"", file->path, file->labels.n_without);
    if (reader_open(&reader, &file->path, 1, &options, err))
        return -1;
    int result = answers_read(eval, file, reader, err);
    reader_free(reader);
    if (result == 0)
        result = evaluate(&file->arena, &eval->measures, &file->labels, file->answers,
                          file->n_answers, &file->found, err);
    return result;
}

/* ---- showing -------------------------------------------------------------------------------- */

static void ratio_text(struct buffer *out, const char *name, int64_t part, int64_t whole)
{
    int n = ratio_thousandths(part, whole);
    buffer_format(out, "%s %d.%03d of %lld", name, n / 1000, n % 1000, (long long)whole);
}

static void figures_text(const struct eval *eval, const struct evaluation *found)
{
    struct buffer *out = &eval->cli->out;
    for (size_t i = 0; i < eval->measures.n; i++) {
        const struct tally *t = &found->measures[i];
        if (!t->positive)
            continue;
        buffer_format(out, "%-22.*s ", SLICE_ARG(eval->measures.names[i]));
        ratio_text(out, "exact", t->hit, t->positive);
        if (t->said)
            ratio_text(out, "   precision", t->right, t->said);
        if (t->zero)
            ratio_text(out, "   false", t->alarms, t->zero);
        buffer_add_char(out, '\n');
    }
    if (found->places) {
        buffer_format(out, "%-22s ", "place");
        ratio_text(out, "exact", found->places_hit, found->places);
        buffer_add_char(out, '\n');
    }
}

static int rules_text(const struct eval *eval, const struct evaluation *found, size_t most,
                      struct error *err)
{
    static const struct table_column columns[] = {{"Rule", TABLE_LEFT, 60},
                                                  {"Gave", TABLE_RIGHT, 8},
                                                  {"Right", TABLE_RIGHT, 8},
                                                  {"Wrong", TABLE_RIGHT, 8}};
    struct arena *arena = &eval->cli->arena;
    size_t n = 0;
    while (n < found->n_rules && n < most && found->rules[n].wrong)
        n++;
    struct slice *cells = ARENA_ARRAY(arena, struct slice, 4 * n);
    if (!cells)
        return arena_full(arena, err);
    for (size_t i = 0; i < n; i++) {
        cells[4 * i] = found->rules[i].rule->name;
        cells[4 * i + 1] = arena_format(arena, "%lld", (long long)found->rules[i].gave);
        cells[4 * i + 2] = arena_format(arena, "%lld", (long long)found->rules[i].right);
        cells[4 * i + 3] = arena_format(arena, "%lld", (long long)found->rules[i].wrong);
    }
    if (n == 0)
        return 0;
    buffer_add_char(&eval->cli->out, '\n');
    table_write(&eval->cli->out, columns, 4, cells, n);
    return 0;
}

static bool miss_shown(const struct eval *eval, const struct miss *miss, size_t *n)
{
    return eval->misses && miss->measure == eval->measure && (*n)++ < eval->most;
}

static void miss_text(const struct eval *eval, const struct miss *miss)
{
    struct buffer *out = &eval->cli->out;
    const struct answer *answer = miss->answer;
    buffer_format(out, "-- %.*s ", SLICE_ARG(answer ? answer->id : SLICE_LITERAL("(not read)")));
    if (miss->measure == eval->measures.n) {
        buffer_format(out, "gold %.*s got", SLICE_ARG(miss->label->place));
        for (size_t i = 0; answer && i < answer->n_places; i++)
            buffer_format(out, " '%.*s'", SLICE_ARG(answer->places[i]));
        if (!answer || !answer->n_places)
            buffer_add_text(out, " nothing");
    } else {
        const struct label_number *want = &miss->label->numbers[miss->measure];
        buffer_format(out, "gold %lld..%lld got ", (long long)want->low, (long long)want->high);
        if (answer && answer->values[miss->measure].rule)
            buffer_format(out, "%lld by %.*s", (long long)answer->values[miss->measure].value,
                          SLICE_ARG(answer->values[miss->measure].rule->name));
        else
            buffer_add_text(out, "nothing");
    }
    buffer_format(out, ": %.*s\n", SLICE_ARG(answer ? answer->opening : SLICE_NONE));
}

static int file_text(const struct eval *eval, const struct eval_file *file, int64_t n_reports,
                     struct error *err)
{
    struct buffer *out = &eval->cli->out;
    int64_t limit;
    size_t shown = 0;
    if (option_number(eval->cli, OPTION_LIMIT, &limit, err))
        return -1;
    buffer_format(out, "%s: %lld reports\n", file->path ? file->path : "all files",
                  (long long)n_reports);
    figures_text(eval, &file->found);
    if (rules_text(eval, &file->found, limit ? (size_t)limit : SIZE_MAX, err))
        return -1;
    for (size_t i = 0; i < file->found.n_misses; i++)
        if (miss_shown(eval, &file->found.misses[i], &shown))
            miss_text(eval, &file->found.misses[i]);
    buffer_add_char(out, '\n');
    return 0;
}

static void json_number(struct json_writer *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_int(json, value);
}

/* {"right": 3, "of": 4, "ratio": 0.75}; null where there is nothing to be right about. */
static void json_ratio(struct json_writer *json, const char *key, int64_t part, int64_t whole)
{
    json_key(json, key);
    if (!whole) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    json_number(json, "n", part);
    json_number(json, "of", whole);
    json_key(json, "ratio");
    json_decimal(json, ratio_thousandths(part, whole), 3);
    json_close(json, '}');
}

static void figures_json(const struct eval *eval, struct json_writer *json,
                         const struct evaluation *found)
{
    char name[160];
    json_key(json, "fields");
    json_open(json, '{');
    for (size_t i = 0; i < eval->measures.n; i++) {
        const struct tally *t = &found->measures[i];
        if (!t->positive && !t->zero)
            continue;
        snprintf(name, sizeof name, "%.*s", SLICE_ARG(eval->measures.names[i]));
        json_key(json, name);
        json_open(json, '{');
        json_ratio(json, "exact", t->hit, t->positive);
        json_ratio(json, "precision", t->right, t->said);
        json_ratio(json, "false", t->alarms, t->zero);
        json_close(json, '}');
    }
    json_close(json, '}');
    json_ratio(json, "place", found->places_hit, found->places);
}

static void rules_json(struct json_writer *json, const struct evaluation *found)
{
    json_key(json, "rules");
    json_open(json, '[');
    for (size_t i = 0; i < found->n_rules; i++) {
        json_open(json, '{');
        json_key(json, "rule");
        json_slice(json, found->rules[i].rule->name);
        json_number(json, "gave", found->rules[i].gave);
        json_number(json, "right", found->rules[i].right);
        json_number(json, "wrong", found->rules[i].wrong);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void miss_json(const struct eval *eval, struct json_writer *json, const struct miss *miss)
{
    const struct answer *answer = miss->answer;
    json_open(json, '{');
    json_key(json, "id");
    json_slice(json, answer ? answer->id : SLICE_NONE);
    json_number(json, "line", miss->label->line);
    if (miss->measure == eval->measures.n) {
        json_key(json, "gold");
        json_slice(json, miss->label->place);
        json_key(json, "got");
        json_slice(json, answer && answer->n_places ? answer->places[0] : SLICE_NONE);
    } else {
        const struct rule *rule = answer ? answer->values[miss->measure].rule : NULL;
        json_number(json, "gold", miss->label->numbers[miss->measure].low);
        json_number(json, "gold_max", miss->label->numbers[miss->measure].high);
        json_key(json, "got");
        if (rule)
            json_int(json, answer->values[miss->measure].value);
        else
            json_null(json);
        json_key(json, "rule");
        json_slice(json, rule ? rule->name : SLICE_NONE);
    }
    json_close(json, '}');
}

static void file_json(const struct eval *eval, const struct eval_file *file, int64_t n_reports)
{
    struct json_writer json;
    size_t shown = 0;
    json_start(&json, &eval->cli->out);
    json_open(&json, '{');
    json_key(&json, "file");
    json_text(&json, file->path);
    json_number(&json, "reports", n_reports);
    figures_json(eval, &json, &file->found);
    rules_json(&json, &file->found);
    if (eval->misses && file->path) {
        json_key(&json, "misses");
        json_open(&json, '[');
        for (size_t i = 0; i < file->found.n_misses; i++)
            if (miss_shown(eval, &file->found.misses[i], &shown))
                miss_json(eval, &json, &file->found.misses[i]);
        json_close(&json, ']');
    }
    json_close(&json, '}');
    buffer_add_char(&eval->cli->out, '\n');
}

static int file_show(const struct eval *eval, const struct eval_file *file, int64_t n_reports,
                     struct error *err)
{
    if (eval->json)
        file_json(eval, file, n_reports);
    else if (file_text(eval, file, n_reports, err))
        return -1;
    return cli_flush(eval->cli, err);
}

/* ---- the command ---------------------------------------------------------------------------- */

static int file_eval(struct eval *eval, const char *path, struct error *err)
{
    struct eval_file file = {.path = path};
    arena_init(&file.arena, FILE_MEMORY);
    int result = file_read(eval, &file, err);
    /* A signal came: figures of half a file would mislead. */
    if (result == 0 && !stop_signal) {
        eval->n_reports += (int64_t)file.n_answers;
        result = file_show(eval, &file, (int64_t)file.n_answers, err);
        if (result == 0)
            result =
                evaluation_add(&eval->cli->arena, &eval->measures, &eval->sum, &file.found, err);
    }
    arena_free(&file.arena);
    return result;
}

static int files_eval(struct eval *eval, struct error *err)
{
    const struct arguments *arguments = &eval->cli->arguments;
    int64_t limit;
    if (option_number(eval->cli, OPTION_LIMIT, &limit, err) ||
        measures_of(&eval->cli->arena, &eval->reading->ruleset->schema, &eval->measures, err) ||
        misses_option(eval, err))
        return -1;
    for (size_t i = 0; i < arguments->n_operands && !stop_signal; i++)
        if (file_eval(eval, arguments->operands[i], err))
            return -1;
    const struct eval_file all = {.found = eval->sum};
    if (arguments->n_operands > 1 && !stop_signal && file_show(eval, &all, eval->n_reports, err))
        return -1;
    if (stop_signal == SIGINT)
        return EXIT_SIGINT;
    return eval->rejected ? EXIT_REJECTED : EXIT_OK;
}

int cmd_eval(struct cli *cli, struct error *err)
{
    struct reading reading;
    if (cli->arguments.n_operands == 0)
        return error_set(err, ERROR_USAGE, "eval needs a file of labelled reports");
    for (size_t i = 0; i < cli->arguments.n_operands; i++)
        if (strcmp(cli->arguments.operands[i], "-") == 0)
            return error_set(err, ERROR_USAGE,
                             "eval reads each file twice: give it a name, not '-'");
    if (reading_open(cli, &reading, err))
        return -1;
    struct eval eval = {
        .cli = cli, .reading = &reading, .json = cli->arguments.value[OPTION_JSON] != NULL};
    int code = cli->arguments.value[OPTION_INCIDENTS] ? eval_incidents(cli, &reading, err)
                                                      : files_eval(&eval, err);
    reading_close(&reading);
    return code;
}
