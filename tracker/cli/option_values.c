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
