#include "cli/cli.h"
#include "extract/explain.h"
#include "extract/explain_json.h"
#include "extract/why_not.h"

#define EXPLAIN_MEMORY ((size_t)256 << 20)

static int explain_text(struct cli *cli, const struct reading *reading, struct arena *arena,
                        const struct report *report, const struct wanted_claim *wanted,
                        struct error *err)
{
    struct why_not why;
    if (explain_report(&reading->extractor, arena, report, &cli->out, err))
        return -1;
    if (!wanted)
        return EXIT_OK;
    if (why_not_find(&reading->extractor, arena, report, wanted, &why, err))
        return -1;
    why_not_write(&cli->out, &reading->ruleset->schema, wanted, &why);
    return EXIT_OK;
}

static int explain_object(struct cli *cli, const struct reading *reading, struct arena *arena,
                          const struct report *report, const struct wanted_claim *wanted,
                          struct error *err)
{
    struct json_writer json;
    struct why_not why;
    json_start(&json, &cli->out);
    json_open(&json, '{');
    if (explain_json(&reading->extractor, arena, report, &json, err))
        return -1;
    if (wanted) {
        if (why_not_find(&reading->extractor, arena, report, wanted, &why, err))
            return -1;
        json_key(&json, "why_not");
        why_not_json(&json, &reading->ruleset->schema, wanted, &why);
    }
    json_close(&json, '}');
    buffer_add_char(&cli->out, '\n');
    return EXIT_OK;
}

static int explain(struct cli *cli, const struct reading *reading, struct arena *arena,
                   struct error *err)
{
    const char *why_not = cli->arguments.value[OPTION_WHY_NOT];
    const char *lang = cli->arguments.value[OPTION_LANG];
    struct report report = {.path = "TEXT", .lang = lang ? slice_of(lang) : SLICE_NONE};
    struct wanted_claim wanted;
    struct error why;
    if (why_not && wanted_claim_parse(&reading->ruleset->schema, slice_of(why_not), &wanted, &why))
        return error_set(err, ERROR_USAGE, "--why-not: %s", why.text);
    if (option_date(cli, OPTION_PUBLISHED, &report.published, err) ||
        report_complete(arena, &report, SLICE_NONE, slice_of(cli->arguments.operands[1]), err))
        return -1;
    if (report.rejected) {
        *err = report.problem;
        return -1;
    }
    return (cli->arguments.value[OPTION_JSON] ? explain_object : explain_text)(
        cli, reading, arena, &report, why_not ? &wanted : NULL, err);
}

int rules_explain(struct cli *cli, struct error *err)
{
    struct reading reading;
    struct arena arena;
    if (cli->arguments.n_operands != 2)
        return error_set(err, ERROR_USAGE, "rules explain takes one TEXT (put it in quotes)");
    if (reading_open(cli, &reading, err))
        return -1;
    arena_init(&arena, EXPLAIN_MEMORY);
    int result = explain(cli, &reading, &arena, err);
    arena_free(&arena);
    reading_close(&reading);
    return result;
}
