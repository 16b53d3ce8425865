#include <stdio.h>

#include "cli/cli.h"

static const struct {
    const char *group;
    const char *heading;
} headings[] = {
    {"start", "start a tracker"},
    {"read", "read reports"},
    {"look", "look at what is known"},
    {"judge", "judge what is known"},
    {"rules", "write rules and name places"},
};

void help_all(struct buffer *out)
{
    buffer_add_text(
        out,
        "usage: tracker VERB [OPTIONS] [OPERANDS]\n\n"
        "Reads news reports, finds casualty and munition claims by rules, and reconciles them\n"
        "into incidents in PostgreSQL.\n");
    for (size_t h = 0; h < sizeof headings / sizeof *headings; h++) {
        buffer_format(out, "\n%s\n", headings[h].heading);
        for (size_t i = 0; i < n_commands; i++)
            if (strcmp(command_table[i].group, headings[h].group) == 0)
                buffer_format(out, "    %-11s %s\n", command_table[i].name,
                              command_table[i].summary);
    }
    buffer_add_text(
        out,
        "\n'tracker VERB --help' tells more of one. Settings come from options, TRACKER_* "
        "variables, a\n"
        "config file and defaults, in this order; the database from -d or libpq's PG* variables.\n"
        "Exit: 0 done, 1 failed, 2 no database, 3 done but reports were rejected, 4 rules or\n"
        "config invalid, 129 usage.\n");
}

void help_command(struct buffer *out, const struct command *command)
{
    buffer_format(out, "usage: tracker %s %s\n\n%s\n\n", command->name, command->usage,
                  command->details);
    options_help(out, command->options);
}

enum exit_code exit_code_of(const struct error *err)
{
    switch (err->code) {
    case ERROR_USAGE: return EXIT_USAGE;
    case ERROR_NO_DATABASE:
    case ERROR_RETRY: return EXIT_NO_DATABASE;
    case ERROR_RULES:
    case ERROR_CONFIG: return EXIT_RULES;
    default: return EXIT_FATAL;
    }
}
