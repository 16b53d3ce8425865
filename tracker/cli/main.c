/* Finds the verb, reads options and settings, runs the command, turns errors into exit codes. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "cli/cli.h"

/* Settings, findings about rules, tables on their way out. */
#define CLI_MEMORY ((size_t)1 << 30)

static int usage_error(const struct command *command, const struct error *err)
{
    char text[1024];
    error_describe(err, text, sizeof text);
    fprintf(stderr, "tracker: %s\nTry 'tracker %s%s--help'\n", text, command ? command->name : "",
            command ? " " : "");
    return EXIT_USAGE;
}

static int finish(const struct command *command, int code, const struct error *err)
{
    if (code >= 0)
        return code;
    if (err->code == ERROR_USAGE)
        return usage_error(command, err);
    log_error(LOG_ERROR, err);
    return exit_code_of(err);
}

/* Anybody on the machine may read the command line of a process: a password given there stays where
 * it was for as long as it takes to come here, and no longer. */
static void password_hide(struct cli *cli)
{
    const char **value = &cli->arguments.value[OPTION_DATABASE];
    if (!*value || !secret_in(slice_of(*value)))
        return;
    struct slice copy = arena_copy(&cli->arena, slice_of(*value));
    if (!copy.ptr)
        return;
    memset((char *)*value, '*', copy.len); /* argv's bytes are the program's to change */
    *value = copy.ptr;
    log_write(LOG_WARN, "-d holds a password, which other users could have seen: use PGPASSFILE or "
                        "~/.pgpass");
}

/* Settings, then the command itself. */
static int command_run(const struct command *command, struct cli *cli)
{
    struct error err = {0};
    struct buffer problems;
    buffer_init(&problems, (size_t)1 << 20);
    int code = settings_load(&cli->arena, &cli->arguments, &cli->settings, &problems, &err);
    if (problems.len)
        fwrite(problems.ptr, 1, problems.len, stderr);
    buffer_free(&problems);
    if (code == 0) {
        code = command->run(cli, &err);
        struct error flush = {0};
        if (cli_flush(cli, &flush) && code >= 0) {
            err = flush;
            code = -1;
        }
    }
    return finish(command, code, &err);
}

static int command_start(const struct command *command, int argc, char **argv)
{
    struct cli cli = {0};
    struct error err = {0};
    arena_init(&cli.arena, CLI_MEMORY);
    buffer_init(&cli.out, CLI_MEMORY);
    int code;
    if (arguments_parse(argc, argv, command->options, &cli.arguments, &err)) {
        code = usage_error(command, &err);
    } else if (cli.arguments.value[OPTION_HELP]) {
        help_command(&cli.out, command);
        code = finish(command, cli_flush(&cli, &err), &err);
    } else {
        if (cli.arguments.value[OPTION_QUIET])
            log_set_level(LOG_ERROR);
        if (cli.arguments.value[OPTION_VERBOSE])
            log_set_level(LOG_DEBUG);
        password_hide(&cli);
        code = command_run(command, &cli);
    }
    buffer_free(&cli.out);
    arena_free(&cli.arena);
    return code;
}

static int print_help(void)
{
    struct cli cli = {0};
    struct error err = {0};
    buffer_init(&cli.out, CLI_MEMORY);
    help_all(&cli.out);
    int code = finish(NULL, cli_flush(&cli, &err), &err);
    buffer_free(&cli.out);
    return code;
}

int main(int argc, char **argv)
{
    struct error err = {0};
    signals_catch();
    if (argc < 2) {
        error_set(&err, ERROR_USAGE, "a verb is missing");
        return usage_error(NULL, &err);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return print_help();
    if (strcmp(argv[1], "--version") == 0) {
        puts("tracker " TRACKER_VERSION);
        return EXIT_OK;
    }
    const struct command *command = command_find(argv[1]);
    if (!command) {
        error_set(&err, ERROR_USAGE, "unknown verb '%s'", argv[1]);
        return usage_error(NULL, &err);
    }
    return command_start(command, argc - 1, argv + 1);
}
