#include <stdio.h>

#include "cli/cli.h"
#include "extract/examples.h"

/* Prints findings to standard error and counts to standard output. */
static int findings_report(struct cli *cli, const struct diagnostics *findings)
{
    struct buffer text;
    buffer_init(&text, (size_t)16 << 20);
    diagnostics_print(findings, &text);
    if (text.len)
        fwrite(text.ptr, 1, text.len, stderr);
    buffer_free(&text);
    buffer_format(&cli->out, "%zu errors, %zu warnings\n", findings->n_errors,
                  findings->n_warnings);
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
        return findings.n_errors ? findings_report(cli, &findings) : -1;
    if (gazetteer_open(&gazetteer, cli->settings.values[OPTION_PLACES].value, &why))
        fprintf(stderr, "tracker: warning: %s; places of examples are not checked\n", why.text);
    struct extractor extractor = {ruleset, gazetteer};
    int result = examples_run(&extractor, &findings, &n_run, err);
    if (result == 0) {
        if (test)
            buffer_format(&cli->out, "%zu rules, %zu examples\n", ruleset->n_rules, n_run);
        result = findings_report(cli, &findings);
    }
    gazetteer_free(gazetteer);
    ruleset_free(ruleset);
    return result;
}

static int rules_check_command(struct cli *cli, struct error *err)
{
    if (cli->arguments.n_operands > 2)
        return error_set(err, ERROR_USAGE, "rules %s takes at most one folder",
                         cli->arguments.operands[0]);
    return rules_check(cli, strcmp(cli->arguments.operands[0], "test") == 0, err);
}

/* What stands after `rules`, and the options it takes beside those of all. */
static const struct {
    const char *name;
    int (*run)(struct cli *cli, struct error *err);
    enum option_id options[4]; /* ends with OPTIONS */
} words[] = {
    {"check", rules_check_command, {OPTIONS}},
    {"test", rules_check_command, {OPTIONS}},
    {"explain", rules_explain, {OPTION_JSON, OPTION_WHY_NOT, OPTION_LANG, OPTIONS}},
    {"coverage", rules_coverage, {OPTION_JSON, OPTION_LIMIT, OPTIONS}},
    {"diff", rules_diff, {OPTION_JSON, OPTION_STORED, OPTIONS}},
};

/* An option of another word must not be passed over in silence. */
static int options_check(const struct cli *cli, size_t word, struct error *err)
{
    static const enum option_id particular[] = {OPTION_JSON, OPTION_WHY_NOT, OPTION_LANG,
                                                OPTION_LIMIT, OPTION_STORED};
    for (size_t i = 0; i < sizeof particular / sizeof *particular; i++) {
        size_t k = 0;
        while (words[word].options[k] != OPTIONS && words[word].options[k] != particular[i])
            k++;
        if (cli->arguments.value[particular[i]] && words[word].options[k] == OPTIONS)
            return error_set(err, ERROR_USAGE, "rules %s takes no --%s", words[word].name,
                             option_table[particular[i]].name);
    }
    return 0;
}

int cmd_rules(struct cli *cli, struct error *err)
{
    const char *what = cli->arguments.n_operands ? cli->arguments.operands[0] : "";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(what, words[i].name) == 0)
            return options_check(cli, i, err) ? -1 : words[i].run(cli, err);
    return error_set(err, ERROR_USAGE,
                     "rules: expected check, test, explain, coverage or diff, got '%s'", what);
}
