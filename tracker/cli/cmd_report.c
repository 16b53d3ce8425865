#include <string.h>

#include "cli/cli.h"
#include "cli/file_write.h"
#include "cli/publish.h"

/* The formats of --format. */
static const struct {
    const char *name;
    void (*write)(struct buffer *out, const struct sitrep *report); /* NULL: report_page */
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

static int report_write(struct cli *cli, struct store *store, const char *period, size_t format,
                        struct error *err)
{
    const char *file = cli->arguments.value[OPTION_OUTPUT];
    struct made_report made;
    if (report_make(cli, store, period, cli->arguments.value[OPTION_AS_OF], &made, err))
        return -1;
    if (!formats[format].write) {
        if (report_page(cli, &cli->out, &made.report, err))
            return -1;
    } else {
        formats[format].write(&cli->out, &made.report);
    }
    if (!file)
        return buffer_check(&cli->out, err);
    int rc = file_write(&cli->arena, file, &cli->out, err);
    buffer_clear(&cli->out);
    return rc;
}

int cmd_report(struct cli *cli, struct error *err)
{
    const struct arguments *given = &cli->arguments;
    const char *period = given->value[OPTION_PERIOD] ? given->value[OPTION_PERIOD] : "day";
    struct stamp as_of;
    struct store *store;
    size_t format;
    if (given->n_operands)
        return error_set(err, ERROR_USAGE, "report takes no operands");
    if (given->value[OPTION_AS_OF] && given->value[OPTION_AS_OF_REPORTS])
        return error_set(err, ERROR_USAGE,
                         "--as-of asks what we said, --as-of-reports what the reports say: give "
                         "one");
    if (given->value[OPTION_PUBLISH] &&
        (given->value[OPTION_FORMAT] || given->value[OPTION_OUTPUT]))
        return error_set(err, ERROR_USAGE,
                         "--publish writes every format into its folder: it takes no --format and "
                         "no --output");
    if (format_find(cli, &format, err) || option_date(cli, OPTION_AS_OF, &as_of, err) ||
        database_open(cli, &store, err))
        return -1;
    int rc = given->value[OPTION_PUBLISH] ? report_publish(cli, store, given->value[OPTION_PUBLISH],
                                                           period, given->value[OPTION_AS_OF], err)
                                          : report_write(cli, store, period, format, err);
    store_close(store);
    return rc ? -1 : EXIT_OK;
}
