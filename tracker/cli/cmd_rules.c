#include <stdio.h>

#include "cli/cli.h"
#include "extract/examples.h"
#include "extract/explain.h"

#define EXPLAIN_MEMORY ((size_t)256 << 20)

/* Prints findings to standard error and counts to standard output. */
static int findings_report(struct cli *cli, const struct diagnostics *findings, struct error *err)
{
    struct buffer text;
    buffer_init(&text, (size_t)16 << 20);
    diagnostics_print(findings, &text);
    if (text.len)
        fwrite(text.ptr, 1, text.len, stderr);
    buffer_free(&text);
    buffer_format(&cli->out, "%zu errors, %zu warnings\n", findings->n_errors,
                  findings->n_warnings);
    (void)err;
    return findings->n_errors ? EXIT_RULES : EXIT_OK;
}

/* `check` and `test` differ in what they tell: both read the files and run the examples. */
static int rules_check(struct cli *cli, bool test, struct error *err)
{
    struct diagnostics findings;
    struct ruleset *ruleset;
    struct gazetteer *gazetteer = NULL;
    struct error why;
    size_t n_run = 0;
    const char *dir = cli->arguments.n_operands > 1 ? cli->arguments.operands[1]
                                                    : cli->settings.values[OPTION_RULES].value;
    diagnostics_init(&findings, &cli->arena);
    if (ruleset_load(&ruleset, dir, &findings, err))
        return findings.n_errors ? findings_report(cli, &findings, err) : -1;
    if (gazetteer_open(&gazetteer, cli->settings.values[OPTION_PLACES].value, &why))
        fprintf(stderr, "tracker: warning: %s; places of examples are not checked\n", why.text);
    struct extractor extractor = {ruleset, gazetteer};
    int result = examples_run(&extractor, &findings, &n_run, err);
    if (result == 0) {
        if (test)
            buffer_format(&cli->out, "%zu rules, %zu examples\n", ruleset->n_rules, n_run);
        result = findings_report(cli, &findings, err);
    }
    gazetteer_free(gazetteer);
    ruleset_free(ruleset);
    return result;
}

static int rules_explain(struct cli *cli, struct error *err)
{
    struct reading reading;
    struct arena arena;
    if (cli->arguments.n_operands != 2)
        return error_set(err, ERROR_USAGE, "rules explain takes one TEXT (put it in quotes)");
    if (reading_open(cli, &reading, err))
        return -1;
    arena_init(&arena, EXPLAIN_MEMORY);
    struct report report = {.path = "TEXT", .published = STAMP_NONE};
    const char *published = cli->arguments.value[OPTION_PUBLISHED];
    int result = 0;
    if (published && stamp_parse(slice_of(published), &report.published, err))
        result =
            error_set(err, ERROR_USAGE, "--published %s: expected an ISO 8601 date", published);
    if (result == 0)
        result =
            report_complete(&arena, &report, SLICE_NONE, slice_of(cli->arguments.operands[1]), err);
    if (result == 0 && report.rejected) {
        *err = report.problem;
        result = -1;
    }
    if (result == 0)
        result = explain_report(&reading.extractor, &arena, &report, &cli->out, err);
    arena_free(&arena);
    reading_close(&reading);
    return result;
}

int cmd_rules(struct cli *cli, struct error *err)
{
    const char *what = cli->arguments.n_operands ? cli->arguments.operands[0] : "";
    if (strcmp(what, "explain") == 0)
        return rules_explain(cli, err);
    bool test = strcmp(what, "test") == 0;
    if (!test && strcmp(what, "check") != 0)
        return error_set(err, ERROR_USAGE, "rules: expected check, test or explain, got '%s'",
                         what);
    if (cli->arguments.n_operands > 2)
        return error_set(err, ERROR_USAGE, "rules %s takes at most one folder", what);
    return rules_check(cli, test, err);
}
