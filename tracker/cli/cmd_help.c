#include "cli/cli.h"
#include "cli/completion.h"
#include "cli/manual.h"

int cmd_help(struct cli *cli, struct error *err)
{
    const struct arguments *given = &cli->arguments;
    const struct command *command = NULL;
    if (given->n_operands > 1)
        return error_set(err, ERROR_USAGE, "help takes one verb");
    if (given->n_operands && !(command = command_find(given->operands[0])))
        return error_set(err, ERROR_USAGE, "unknown verb '%s'", given->operands[0]);
    if (given->value[OPTION_COMPLETION] && (command || given->value[OPTION_MAN]))
        return error_set(err, ERROR_USAGE, "--completion takes no verb and no --man");
    if (given->value[OPTION_COMPLETION])
        return completion_write(&cli->out, given->value[OPTION_COMPLETION], err);
    if (command)
        (given->value[OPTION_MAN] ? manual_command : help_command)(&cli->out, command);
    else
        (given->value[OPTION_MAN] ? manual_program : help_all)(&cli->out);
    return EXIT_OK;
}
