#include "base/duration.h"

static const struct {
    const char *name;
    int64_t seconds;
} units[] = {
    {"s", 1},       {"sec", 1},      {"second", 1},   {"seconds", 1}, {"min", 60},
    {"minute", 60}, {"minutes", 60}, {"h", 3600},     {"hour", 3600}, {"hours", 3600},
    {"d", 86400},   {"day", 86400},  {"days", 86400},
};

int duration_parse(struct slice text, int64_t *seconds, struct error *err)
{
    struct slice rest = slice_trim(text);
    int64_t number = 0;
    size_t digits = 0;
    while (digits < rest.len && rest.ptr[digits] >= '0' && rest.ptr[digits] <= '9' &&
           number <= DURATION_MAX)
        number = number * 10 + (rest.ptr[digits++] - '0');
    rest = slice_trim(slice_sub(rest, digits, rest.len - digits));
    for (size_t i = 0; digits && i < sizeof units / sizeof *units; i++) {
        if (!slice_is(rest, units[i].name))
            continue;
        if (number > DURATION_MAX / units[i].seconds)
            return error_set(err, ERROR_INPUT, "'%.*s' is longer than a year", SLICE_ARG(text));
        *seconds = number * units[i].seconds;
        return 0;
    }
    return error_set(err, ERROR_INPUT, "expected a time such as '10 min', got '%.*s'",
                     SLICE_ARG(text));
}
