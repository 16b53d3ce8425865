#include <string.h>

#include "base/log.h"
#include "cli/cli.h"
#include "report/outlines.h"
#include "report/sitrep_make.h"

/* The formats of --format. */
static const struct {
    const char *name;
    void (*write)(struct buffer *out, const struct sitrep *report); /* NULL: the page, with a map */
} formats[] = {
    {"txt", sitrep_text}, {"md", sitrep_markdown}, {"json", sitrep_json}, {"html", NULL}};
#define FORMATS (sizeof formats / sizeof *formats)

static int format_find(const struct cli *cli, size_t *out, struct error *err)
{
    const char *name = cli->arguments.value[OPTION_FORMAT];
    for (*out = 0; name && *out < FORMATS; (*out)++)
        if (strcmp(formats[*out].name, name) == 0)
            return 0;
    return name ? error_set(err, ERROR_USAGE, "--format: expected %s, got '%s'",
                            option_table[OPTION_FORMAT].argument, name)
                : 0;
}

/* Rules of one's own may come without outlines: then the map has marks alone. */
static int page_write(struct cli *cli, const struct sitrep *report, struct error *err)
{
    struct outlines outlines = {0};
    struct error why = {0};
    struct slice path = arena_format(&cli->arena, "%s/maps/outlines.tsv.gz",
                                     cli->settings.values[OPTION_RULES].value);
    if (!path.ptr)
        return arena_full(&cli->arena, err);
    if (outlines_load(&cli->arena, path.ptr, &outlines, &why))
        log_error(LOG_WARN, &why);
    sitrep_html(&cli->out, report, &outlines);
    return 0;
}

static int report_write(struct cli *cli, struct store *store, size_t format, struct error *err)
{
    const char *asked = cli->arguments.value[OPTION_PERIOD];
    struct situation_query query = {.country = cli->arguments.value[OPTION_COUNTRY],
                                    .region = cli->arguments.value[OPTION_REGION],
                                    .reports_as_of = INSTANT_NONE};
    struct situation situation;
    struct period period;
    struct sitrep report;
    struct slice as_of;
    day_number anchor;
    if (situation_moment(store, &cli->arena, cli->arguments.value[OPTION_AS_OF], &as_of, &anchor,
                         err) ||
        period_parse(asked ? asked : "day", anchor, &period, err))
        return -1;
    query.as_of = as_of.ptr;
    query.from = period.from;
    query.to = period.to;
    query.since = period.before < period.to - 13 ? period.before : period.to - 13;
    const struct sitrep_input input = {&situation, &query, &period, TRACKER_VERSION};
    if (situation_load(store, &cli->arena, &query, &situation, err) ||
        sitrep_make(&cli->arena, &input, &report, err))
        return -1;
    if (formats[format].write)
        formats[format].write(&cli->out, &report);
    else if (page_write(cli, &report, err))
        return -1;
    return buffer_check(&cli->out, err) ? -1 : EXIT_OK;
}

int cmd_report(struct cli *cli, struct error *err)
{
    struct stamp as_of;
    struct store *store;
    size_t format;
    if (cli->arguments.n_operands)
        return error_set(err, ERROR_USAGE, "report takes no operands");
    if (format_find(cli, &format, err) || option_date(cli, OPTION_AS_OF, &as_of, err) ||
        database_open(cli, &store, err))
        return -1;
    int code = report_write(cli, store, format, err);
    store_close(store);
    return code;
}
