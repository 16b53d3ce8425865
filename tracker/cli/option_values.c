/* Options whose value is more than a text. */
#include <stdlib.h>

#include "cli/cli.h"

int option_number(const struct cli *cli, enum option_id id, int64_t *out, struct error *err)
{
    const char *text = cli->arguments.value[id];
    char *end;
    *out = 0;
    if (!text)
        return 0;
    *out = strtoll(text, &end, 10);
    if (!*text || *end || *out < 0)
        return error_set(err, ERROR_USAGE, "--%s: expected a whole number, got '%s'",
                         option_table[id].name, text);
    return 0;
}

int option_date(const struct cli *cli, enum option_id id, struct stamp *out, struct error *err)
{
    const char *text = cli->arguments.value[id];
    struct error why;
    *out = STAMP_NONE;
    if (text && stamp_parse(slice_of(text), out, &why))
        return error_set(err, ERROR_USAGE, "--%s: %s", option_table[id].name, why.text);
    return 0;
}

int option_until(const struct cli *cli, instant *out, struct error *err)
{
    struct stamp stamp;
    if (option_date(cli, OPTION_AS_OF_REPORTS, &stamp, err))
        return -1;
    *out = stamp_instant(stamp);
    if (*out != INSTANT_NONE && stamp.seconds < 0)
        *out += 24 * 60 * 60 - 1;
    return 0;
}

/* A whole number from 1 to `most` of a setting, `unset` when it has none. */
static int number_setting(const struct cli *cli, enum option_id id, long most, size_t unset,
                          size_t *out, struct error *err)
{
    const char *text = cli->settings.values[id].value;
    char *end;
    *out = unset;
    if (!text)
        return 0;
    long n = strtol(text, &end, 10);
    if (*end || n < 1 || n > most)
        return error_set(err, ERROR_CONFIG, "%s: expected a number from 1 to %ld, got '%s'",
                         option_table[id].name, most, text);
    *out = (size_t)n;
    return 0;
}

int batch_setting(const struct cli *cli, size_t *out, struct error *err)
{
    return number_setting(cli, OPTION_BATCH, 1000000, 0, out, err);
}

int jobs_setting(const struct cli *cli, size_t *out, struct error *err)
{
    return number_setting(cli, OPTION_JOBS, JOBS_MAX, 1, out, err);
}
