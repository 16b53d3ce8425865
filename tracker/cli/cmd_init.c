#include "cli/cli.h"

int cmd_init(struct cli *cli, struct error *err)
{
    struct store *store;
    struct migration_status status;
    if (cli->arguments.n_operands)
        return error_set(err, ERROR_USAGE, "init takes no operands");
    if (store_open(&store, cli->settings.values[OPTION_DATABASE].value, err))
        return -1;
    int result = store_migrate(store, cli->settings.values[OPTION_SQL].value, &status, err);
    store_close(store);
    if (result)
        return -1;
    if (status.applied_now)
        buffer_format(&cli->out, "schema version %d: %d migration%s applied\n",
                      status.schema_version, status.applied_now,
                      status.applied_now == 1 ? "" : "s");
    else
        buffer_format(&cli->out, "schema version %d: up to date\n", status.schema_version);
    return EXIT_OK;
}
