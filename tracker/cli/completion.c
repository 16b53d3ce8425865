#include "cli/completion.h"

#include <string.h>

/* What a shell offers for an argument. */
enum offer { OFFER_NOTHING, OFFER_FILES, OFFER_FOLDERS, OFFER_WORDS };

static enum offer offer_of(const struct option_spec *spec)
{
    if (!spec->argument)
        return OFFER_NOTHING;
    if (strchr(spec->argument, '|'))
        return OFFER_WORDS;
    if (strcmp(spec->argument, "FILE") == 0)
        return OFFER_FILES;
    return strcmp(spec->argument, "DIR") == 0 ? OFFER_FOLDERS : OFFER_NOTHING;
}

/* "a|b" as "a b". */
static void choices_add(struct buffer *out, const char *choices)
{
    for (; *choices; choices++)
        buffer_add_char(out, *choices == '|' ? ' ' : *choices);
}

static void names_add(struct buffer *out, const struct command *command)
{
    for (const enum option_id *id = command->options; *id != OPTIONS; id++)
        buffer_format(out, "%s--%s", id == command->options ? "" : " ", option_table[*id].name);
}

static void verbs_add(struct buffer *out)
{
    for (size_t i = 0; i < n_commands; i++)
        buffer_format(out, "%s%s", i ? " " : "", command_table[i].name);
}

/* The case of an option's argument, by verb and spelling: one word may take other arguments with
 * another verb. */
static void bash_argument(struct buffer *out, const char *verb, const struct option_spec *spec)
{
    if (!spec->argument)
        return;
    buffer_format(out, "    '%s --%s'", verb, spec->name);
    if (spec->letter)
        buffer_format(out, " | '%s -%c'", verb, spec->letter);
    buffer_add_text(out, ") ");
    switch (offer_of(spec)) {
    case OFFER_WORDS:
        buffer_add_text(out, "COMPREPLY=($(compgen -W '");
        choices_add(out, spec->argument);
        buffer_add_text(out, "' -- \"$cur\")); ");
        break;
    case OFFER_FILES:
        buffer_add_text(out, "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\")); ");
        break;
    case OFFER_FOLDERS:
        buffer_add_text(out, "compopt -o filenames; COMPREPLY=($(compgen -d -- \"$cur\")); ");
        break;
    case OFFER_NOTHING: break;
    }
    buffer_add_text(out, "return ;;\n");
}

static void bash_command(struct buffer *out, const struct command *command)
{
    buffer_format(out, "    %s) options='", command->name);
    names_add(out, command);
    buffer_add_text(out, "'; words='");
    if (command->words)
        buffer_add_text(out, command->words);
    else if (strcmp(command->name, "help") == 0)
        verbs_add(out);
    buffer_add_text(out, "' ;;\n");
}

static void bash_write(struct buffer *out)
{
    buffer_add_text(
        out, "# Completion of tracker for bash; made by 'tracker help --completion bash'.\n"
             "_tracker() {\n"
             "    local cur=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]} options= words=\n"
             "    COMPREPLY=()\n"
             "    if [ \"$COMP_CWORD\" = 1 ]; then\n"
             "        COMPREPLY=($(compgen -W '--help --version ");
    verbs_add(out);
    buffer_add_text(out, "' -- \"$cur\"))\n"
                         "        return\n"
                         "    fi\n"
                         "    case \"$verb ${COMP_WORDS[COMP_CWORD - 1]}\" in\n");
    for (size_t i = 0; i < n_commands; i++)
        for (const enum option_id *id = command_table[i].options; *id != OPTIONS; id++)
            bash_argument(out, command_table[i].name, &option_table[*id]);
    buffer_add_text(out, "    esac\n"
                         "    case $verb in\n");
    for (size_t i = 0; i < n_commands; i++)
        bash_command(out, &command_table[i]);
    buffer_add_text(out, "    esac\n"
                         "    case $cur in\n"
                         "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")); return ;;\n"
                         "    esac\n"
                         "    if [ \"$COMP_CWORD\" = 2 ] && [ -n \"$words\" ]; then\n"
                         "        COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
                         "    else\n"
                         "        compopt -o filenames\n"
                         "        COMPREPLY=($(compgen -f -- \"$cur\"))\n"
                         "    fi\n"
                         "}\n"
                         "complete -F _tracker tracker\n");
}

/* Text inside single quotes and one of zsh's [explanations]. */
static void zsh_text(struct buffer *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            buffer_add_text(out, "'\\''");
        else if (strchr("[]:\\", *text))
            buffer_format(out, "\\%c", *text);
        else
            buffer_add_char(out, *text);
    }
}

static void zsh_option(struct buffer *out, const struct option_spec *spec)
{
    buffer_add_text(out, "            ");
    if (spec->letter)
        buffer_format(out, "'(-%c --%s)'{-%c,--%s}'", spec->letter, spec->name, spec->letter,
                      spec->name);
    else
        buffer_format(out, "'--%s", spec->name);
    buffer_add_char(out, '[');
    zsh_text(out, spec->help);
    buffer_add_char(out, ']');
    if (spec->argument) {
        buffer_add_char(out, ':');
        zsh_text(out, spec->argument);
        buffer_add_char(out, ':');
    }
    switch (offer_of(spec)) {
    case OFFER_WORDS:
        buffer_add_char(out, '(');
        choices_add(out, spec->argument);
        buffer_add_char(out, ')');
        break;
    case OFFER_FILES: buffer_add_text(out, "_files"); break;
    case OFFER_FOLDERS: buffer_add_text(out, "_files -/"); break;
    case OFFER_NOTHING: break;
    }
    buffer_add_text(out, "' \\\n");
}

static void zsh_command(struct buffer *out, const struct command *command)
{
    bool help = strcmp(command->name, "help") == 0;
    buffer_format(out, "    %s)\n        _arguments \\\n", command->name);
    for (const enum option_id *id = command->options; *id != OPTIONS; id++)
        zsh_option(out, &option_table[*id]);
    if (command->words || help) {
        buffer_add_text(out, "            '1:word:(");
        if (help)
            verbs_add(out);
        else
            buffer_add_text(out, command->words);
        buffer_add_text(out, ")' \\\n");
    }
    buffer_add_text(out, "            '*:file:_files' ;;\n");
}

static void zsh_write(struct buffer *out)
{
    buffer_add_text(out,
                    "#compdef tracker\n"
                    "# Completion of tracker for zsh; made by 'tracker help --completion zsh'.\n"
                    "local -a verbs\n"
                    "verbs=(\n");
    for (size_t i = 0; i < n_commands; i++) {
        buffer_format(out, "    '%s:", command_table[i].name);
        zsh_text(out, command_table[i].summary);
        buffer_add_text(out, "'\n");
    }
    buffer_add_text(out, ")\n"
                         "if (( CURRENT == 2 )); then\n"
                         "    _describe verb verbs\n"
                         "    return\n"
                         "fi\n"
                         "local verb=$words[2]\n"
                         "shift words\n"
                         "(( CURRENT-- ))\n"
                         "case $verb in\n");
    for (size_t i = 0; i < n_commands; i++)
        zsh_command(out, &command_table[i]);
    buffer_add_text(out, "esac\n");
}

int completion_write(struct buffer *out, const char *shell, struct error *err)
{
    static const struct {
        const char *shell;
        void (*write)(struct buffer *out);
    } shells[] = {{"bash", bash_write}, {"zsh", zsh_write}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shells[i].shell, shell) == 0) {
            shells[i].write(out);
            return 0;
        }
    return error_set(err, ERROR_USAGE, "--completion: expected bash or zsh, got '%s'", shell);
}
