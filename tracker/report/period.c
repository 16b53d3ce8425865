#include "report/period.h"

#include <string.h>

#define MOST_DAYS 3660

static void month_of(day_number anchor, struct period *out)
{
    int year, month, day;
    day_to_civil(anchor, &year, &month, &day);
    out->from = day_from_civil(year, month, 1);
    out->to =
        (month == 12 ? day_from_civil(year + 1, 1, 1) : day_from_civil(year, month + 1, 1)) - 1;
    out->before = month == 1 ? day_from_civil(year - 1, 12, 1) : day_from_civil(year, month - 1, 1);
}

static int day_parse(struct slice text, day_number *out)
{
    struct stamp stamp;
    struct error why;
    if (stamp_parse(text, &stamp, &why) || stamp.seconds >= 0)
        return -1;
    *out = stamp.day;
    return 0;
}

static int range_parse(const char *text, const char *dots, struct period *out, struct error *err)
{
    struct slice from = {text, (size_t)(dots - text)};
    if (day_parse(from, &out->from) || day_parse(slice_of(dots + 2), &out->to))
        return error_set(err, ERROR_USAGE,
                         "--period: expected two days such as 2025-11-17..2025-11-23, got '%s'",
                         text);
    if (out->to < out->from)
        return error_set(err, ERROR_USAGE, "--period: %s ends before it begins", text);
    if (out->to - out->from >= MOST_DAYS)
        return error_set(err, ERROR_USAGE, "--period: at most %d days, %s has more", MOST_DAYS,
                         text);
    out->before = out->from - (out->to - out->from + 1);
    return 0;
}

int period_parse(const char *text, day_number anchor, struct period *out, struct error *err)
{
    const char *dots = strstr(text, "..");
    if (dots)
        return range_parse(text, dots, out, err);
    int length = strcmp(text, "day") == 0 ? 1 : strcmp(text, "week") == 0 ? 7 : 0;
    if (!length && strcmp(text, "month") != 0)
        return error_set(err, ERROR_USAGE,
                         "--period: expected day, week, month or FROM..TO, got '%s'", text);
    if (anchor == DAY_NONE)
        return error_set(err, ERROR_USAGE,
                         "--period %s: no report with a date is stored; name the days, such as "
                         "2025-11-17..2025-11-23",
                         text);
    if (!length) {
        month_of(anchor, out);
        return 0;
    }
    out->to = anchor;
    out->from = anchor - length + 1;
    out->before = out->from - length;
    return 0;
}

struct slice period_title(struct arena *arena, day_number from, day_number to)
{
    static const char *const months[] = {"",        "January",  "February", "March",  "April",
                                         "May",     "June",     "July",     "August", "September",
                                         "October", "November", "December"};
    int y1, m1, d1, y2, m2, d2;
    day_to_civil(from, &y1, &m1, &d1);
    day_to_civil(to, &y2, &m2, &d2);
    if (from == to)
        return arena_format(arena, "%d %s %d", d2, months[m2], y2);
    if (y1 != y2)
        return arena_format(arena, "%d %s %d to %d %s %d", d1, months[m1], y1, d2, months[m2], y2);
    if (m1 != m2)
        return arena_format(arena, "%d %s to %d %s %d", d1, months[m1], d2, months[m2], y2);
    return arena_format(arena, "%d to %d %s %d", d1, d2, months[m2], y2);
}
