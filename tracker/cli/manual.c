#include "cli/manual.h"

#include <ctype.h>
#include <string.h>

/* Text as troff prints it: a hyphen that can be copied, no control line by accident. */
static void text_add(struct buffer *out, const char *text, size_t len)
{
    bool line_start = out->len == 0 || out->ptr[out->len - 1] == '\n';
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (line_start && (c == '.' || c == '\''))
            buffer_add_text(out, "\\&");
        if (c == '-')
            buffer_add_text(out, "\\-");
        else if (c == '\\')
            buffer_add_text(out, "\\e");
        else if (!(c == ' ' && line_start)) /* a leading blank would break the line */
            buffer_add_char(out, c);
        line_start = c == '\n';
    }
}

static void words_add(struct buffer *out, const char *text)
{
    text_add(out, text, strlen(text));
}

static void heading(struct buffer *out, const char *name)
{
    buffer_format(out, ".SH %s\n", name);
}

static void title(struct buffer *out, const char *verb, const char *summary)
{
    buffer_add_text(out, ".TH TRACKER");
    if (verb)
        buffer_add_char(out, '-');
    for (const char *c = verb ? verb : ""; *c; c++)
        buffer_add_char(out, (char)toupper((unsigned char)*c));
    buffer_format(out, " 1 \"\" \"tracker %s\" \"tracker\"\n", TRACKER_VERSION);
    heading(out, "NAME");
    buffer_format(out, "tracker%s%s \\- ", verb ? "\\-" : "", verb ? verb : "");
    words_add(out, summary);
    buffer_add_char(out, '\n');
}

static void option_add(struct buffer *out, const struct option_spec *spec)
{
    buffer_add_text(out, ".TP\n");
    if (spec->letter)
        buffer_format(out, "\\fB\\-%c\\fR, ", spec->letter);
    buffer_add_text(out, "\\fB\\-\\-");
    words_add(out, spec->name);
    buffer_add_text(out, "\\fR");
    if (spec->argument) {
        buffer_add_text(out, " \\fI");
        words_add(out, spec->argument);
        buffer_add_text(out, "\\fR");
    }
    buffer_add_char(out, '\n');
    words_add(out, spec->help);
    buffer_add_text(out, ".\n");
    if (!spec->setting)
        return;
    buffer_add_text(out, "A setting: also ");
    buffer_add_text(out, "\\fBTRACKER_");
    for (const char *c = spec->name; *c; c++)
        buffer_add_char(out, *c == '-' ? '_' : (char)toupper((unsigned char)*c));
    buffer_add_text(out, "\\fR, or \\fB");
    words_add(out, spec->name);
    buffer_add_text(out, "\\fR in the settings file.\n");
}

static void exit_codes(struct buffer *out)
{
    static const struct {
        enum exit_code code;
        const char *meaning;
    } codes[] = {
        {EXIT_OK, "done"},
        {EXIT_FATAL, "failed; also a refused decision, a rebuild that differed, a fault that "
                     "doctor found"},
        {EXIT_NO_DATABASE, "no database"},
        {EXIT_REJECTED, "done, but some reports were rejected"},
        {EXIT_RULES, "rules or settings invalid"},
        {EXIT_USAGE, "the command line is wrong"},
        {EXIT_SIGINT, "interrupted; what was reported as stored is stored"},
    };
    heading(out, "EXIT STATUS");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        buffer_format(out, ".TP\n\\fB%d\\fR\n%s\n", codes[i].code, codes[i].meaning);
}

static void settings_section(struct buffer *out)
{
    heading(out, "SETTINGS");
    buffer_add_text(out,
                    "A setting is taken from the option, else from the environment variable, else "
                    "from the settings file, else its default. The file is the one named by "
                    "\\fB\\-\\-config\\fR or \\fBTRACKER_CONFIG\\fR, else \\fItracker.yml\\fR in "
                    "the working folder, else \\fItracker/tracker.yml\\fR in the XDG folders. The "
                    "database is reached by \\fB\\-\\-database\\fR and libpq's \\fBPG*\\fR "
                    "variables.\n");
}

void manual_program(struct buffer *out)
{
    title(out, NULL, "casualty and strike-event tracker");
    heading(out, "SYNOPSIS");
    buffer_add_text(out, "\\fBtracker\\fR \\fIVERB\\fR [\\fIOPTIONS\\fR] [\\fIOPERANDS\\fR]\n");
    heading(out, "DESCRIPTION");
    buffer_add_text(out, "Reads news reports, finds casualty and munition claims by rules, and "
                         "reconciles them into incidents in PostgreSQL, keeping every claim, every "
                         "revision and the reason for every figure.\n");
    heading(out, "VERBS");
    for (size_t i = 0; i < n_commands; i++) {
        buffer_format(out, ".TP\n\\fBtracker\\-%s\\fR(1)\n", command_table[i].name);
        words_add(out, command_table[i].summary);
        buffer_add_char(out, '\n');
    }
    settings_section(out);
    exit_codes(out);
}

void manual_command(struct buffer *out, const struct command *command)
{
    title(out, command->name, command->summary);
    heading(out, "SYNOPSIS");
    buffer_format(out, "\\fBtracker %s\\fR ", command->name);
    words_add(out, command->usage);
    buffer_add_char(out, '\n');
    heading(out, "DESCRIPTION");
    words_add(out, command->details);
    buffer_add_char(out, '\n');
    heading(out, "OPTIONS");
    for (const enum option_id *id = command->options; *id != OPTIONS; id++)
        option_add(out, &option_table[*id]);
    settings_section(out);
    exit_codes(out);
    heading(out, "SEE ALSO");
    buffer_add_text(out, "\\fBtracker\\fR(1)");
    for (size_t i = 0; i < n_commands; i++)
        if (&command_table[i] != command)
            buffer_format(out, ",\n\\fBtracker\\-%s\\fR(1)", command_table[i].name);
    buffer_add_char(out, '\n');
}
