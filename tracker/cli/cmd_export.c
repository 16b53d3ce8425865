#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/file_write.h"
#include "report/export.h"
#include "report/period.h"

#define PACKAGE "datapackage"
/* Most bytes of one file. */
#define FILE_MEMORY ((size_t)4 << 30)

static const struct export_format *format_find(const char *name)
{
    for (size_t i = 0; i < n_export_formats; i++)
        if (strcmp(export_formats[i].name, name) == 0)
            return &export_formats[i];
    return NULL;
}

static int package_write(struct cli *cli, const struct situation *situation, const char *as_of,
                         struct error *err)
{
    const char *folder = cli->arguments.value[OPTION_OUTPUT];
    struct buffer text;
    int rc = 0;
    if (mkdir(folder, 0777) && errno != EEXIST)
        return error_set(err, ERROR_IO, "cannot make the folder %s: %s", folder, strerror(errno));
    buffer_init(&text, FILE_MEMORY);
    for (size_t i = 0; rc == 0 && i <= n_export_formats; i++) {
        bool last = i == n_export_formats;
        struct slice path = arena_format(&cli->arena, "%s/%s", folder,
                                         last ? PACKAGE ".json" : export_formats[i].file);
        buffer_clear(&text);
        if (last)
            export_package(&text, as_of, TRACKER_VERSION);
        else
            export_formats[i].write(&text, situation);
        rc =
            path.ptr ? file_write(&cli->arena, path.ptr, &text, err) : arena_full(&cli->arena, err);
    }
    buffer_free(&text);
    return rc;
}

static int export_run(struct cli *cli, struct store *store, const struct export_format *format,
                      struct error *err)
{
    struct situation_query query = {.country = cli->arguments.value[OPTION_COUNTRY],
                                    .region = cli->arguments.value[OPTION_REGION],
                                    .from = DAY_NONE,
                                    .to = DAY_NONE,
                                    .incidents_only = true,
                                    .reports_as_of = INSTANT_NONE};
    struct situation situation;
    struct period period;
    struct slice as_of;
    day_number anchor;
    if (situation_moment(store, &cli->arena, cli->arguments.value[OPTION_AS_OF], &as_of, &anchor,
                         err))
        return -1;
    if (cli->arguments.value[OPTION_PERIOD]) {
        if (period_parse(cli->arguments.value[OPTION_PERIOD], anchor, &period, err))
            return -1;
        query.from = query.since = period.from;
        query.to = period.to;
    }
    query.as_of = as_of.ptr;
    if (situation_load(store, &cli->arena, &query, &situation, err))
        return -1;
    if (!format)
        return package_write(cli, &situation, as_of.ptr, err);
    if (!cli->arguments.value[OPTION_OUTPUT]) {
        format->write(&cli->out, &situation);
        return buffer_check(&cli->out, err);
    }
    struct buffer text;
    buffer_init(&text, FILE_MEMORY);
    format->write(&text, &situation);
    int rc = file_write(&cli->arena, cli->arguments.value[OPTION_OUTPUT], &text, err);
    buffer_free(&text);
    return rc;
}

int cmd_export(struct cli *cli, struct error *err)
{
    const char *name = cli->arguments.value[OPTION_EXPORT_FORMAT];
    const struct export_format *format = format_find(name ? name : "csv");
    bool package = name && strcmp(name, PACKAGE) == 0;
    struct stamp as_of;
    struct store *store;
    if (cli->arguments.n_operands)
        return error_set(err, ERROR_USAGE, "export takes no operands");
    if (!format && !package)
        return error_set(err, ERROR_USAGE, "--format: expected %s, got '%s'",
                         option_table[OPTION_EXPORT_FORMAT].argument, name);
    if (package && !cli->arguments.value[OPTION_OUTPUT])
        return error_set(err, ERROR_USAGE, "--format datapackage writes a folder: name it with -o");
    if (option_date(cli, OPTION_AS_OF, &as_of, err) || database_open(cli, &store, err))
        return -1;
    int rc = export_run(cli, store, format, err);
    store_close(store);
    return rc ? -1 : EXIT_OK;
}
