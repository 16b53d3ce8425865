#include "read/date.h"

#include <stdio.h>

/* The zones that RFC 822 names, in hours east of UTC. */
static const struct zone_name {
    const char *name;
    int hours;
} zone_names[] = {
    {"GMT", 0},  {"UT", 0},   {"UTC", 0},  {"Z", 0},    {"EST", -5}, {"EDT", -4},
    {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7},
    {"CET", 1},  {"CEST", 2}, {"EET", 2},  {"EEST", 3}, {"MSK", 3},  {"BST", 1},
};

static const char month_names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

struct scanner {
    const char *at, *end;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_spaces(struct scanner *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == ','))
        s->at++;
}

/* A number of `min` to `max` digits. */
static bool take_number(struct scanner *s, int min, int max, int *out)
{
    int n = 0, value = 0;
    for (; n < max && s->at < s->end && is_digit(*s->at); n++)
        value = value * 10 + (*s->at++ - '0');
    *out = value;
    return n >= min;
}

static bool take_char(struct scanner *s, char c)
{
    if (s->at == s->end || *s->at != c)
        return false;
    s->at++;
    return true;
}

static struct slice take_letters(struct scanner *s)
{
    const char *start = s->at;
    while (s->at < s->end && (*s->at | 0x20) >= 'a' && (*s->at | 0x20) <= 'z')
        s->at++;
    return (struct slice){start, (size_t)(s->at - start)};
}

/* 1 to 12 by the first three letters, or 0. */
static int month_of(struct slice name)
{
    for (int m = 0; name.len >= 3 && m < 12; m++) {
        int same = 0;
        while (same < 3 && (name.ptr[same] | 0x20) == month_names[m * 3 + same])
            same++;
        if (same == 3)
            return m + 1;
    }
    return 0;
}

/* "+0200", "+02:00", "+02", "GMT"; nothing is no zone. In `text` as ISO 8601 has it. */
static bool take_zone(struct scanner *s, char text[32])
{
    skip_spaces(s);
    text[0] = 0;
    if (s->at == s->end)
        return true;
    char sign = *s->at;
    int hours = 0, minutes = 0;
    if (sign == '+' || sign == '-') {
        s->at++;
        if (!take_number(s, 2, 2, &hours))
            return false;
        take_char(s, ':');
        if (s->at < s->end && is_digit(*s->at) && !take_number(s, 2, 2, &minutes))
            return false;
    } else {
        struct slice name = take_letters(s);
        size_t i = 0, n = sizeof zone_names / sizeof *zone_names;
        while (i < n && !slice_is(name, zone_names[i].name))
            i++;
        if (i == n)
            return false;
        sign = zone_names[i].hours < 0 ? '-' : '+';
        hours = zone_names[i].hours < 0 ? -zone_names[i].hours : zone_names[i].hours;
    }
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return false;
    snprintf(text, 32, "%c%02d:%02d", sign, hours, minutes);
    return true;
}

/* Makes a stamp of numbers by way of stamp_parse, which knows what a date is. */
static int finish(int year, int month, int day, const int clock[3], const char *zone,
                  struct stamp *out, struct error *err)
{
    char iso[96];
    int n = clock[0] < 0 ? snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day)
                         : snprintf(iso, sizeof iso, "%04d-%02d-%02dT%02d:%02d:%02d%s", year, month,
                                    day, clock[0], clock[1], clock[2], zone);
    return stamp_parse((struct slice){iso, (size_t)n}, out, err);
}

static bool take_clock(struct scanner *s, bool colons, int clock[3])
{
    clock[2] = 0;
    if (!take_number(s, colons ? 1 : 2, 2, &clock[0]) || (colons && !take_char(s, ':')) ||
        !take_number(s, 2, 2, &clock[1]))
        return false;
    bool seconds = colons ? take_char(s, ':') : s->at < s->end && is_digit(*s->at);
    if (seconds && !take_number(s, 2, 2, &clock[2]))
        return false;
    if (clock[2] == 60)
        clock[2] = 59; /* a leap second */
    if (take_char(s, '.') || take_char(s, ',')) {
        while (s->at < s->end && is_digit(*s->at))
            s->at++;
    }
    return true;
}

static int read_iso(struct scanner s, struct stamp *out, struct error *err)
{
    int year, month, day, clock[3] = {-1, 0, 0};
    char zone[32] = "";
    bool good = take_number(&s, 4, 4, &year), dashes = take_char(&s, '-');
    good = good && take_number(&s, dashes ? 1 : 2, 2, &month) && (!dashes || take_char(&s, '-')) &&
           take_number(&s, dashes ? 1 : 2, 2, &day);
    if (good && s.at < s.end) {
        bool marked = take_char(&s, 'T') || take_char(&s, 't') || take_char(&s, ' ');
        good = (marked || !dashes) && take_clock(&s, dashes, clock) && take_zone(&s, zone);
        if (!marked && !zone[0])
            memcpy(zone, "+00:00", 7);
    }
    if (!good || s.at != s.end)
        return error_set(err, ERROR_INPUT, "not a date of ISO 8601");
    return finish(year, month, day, clock, zone, out, err);
}

static int read_rfc(struct scanner s, struct stamp *out, struct error *err)
{
    int year, day, clock[3] = {-1, 0, 0};
    char zone[32] = "";
    take_letters(&s); /* the weekday says nothing new */
    skip_spaces(&s);
    bool good = take_number(&s, 1, 2, &day);
    while (take_char(&s, ' ') || take_char(&s, '-'))
        ;
    int month = month_of(take_letters(&s));
    while (take_char(&s, ' ') || take_char(&s, '-') || take_char(&s, '.'))
        ;
    const char *start = s.at;
    good = good && month && take_number(&s, 2, 4, &year);
    if (good && s.at - start == 2)
        year += year < 70 ? 2000 : 1900;
    skip_spaces(&s);
    if (good && s.at < s.end)
        good = take_clock(&s, true, clock) && take_zone(&s, zone);
    if (!good || (s.at < s.end && *s.at != ' ')) /* a comment may follow: "+0000 (UTC)" */
        return error_set(err, ERROR_INPUT, "not a date of RFC 822");
    return finish(year, month, day, clock, zone, out, err);
}

int date_read(struct slice text, struct stamp *out, struct error *err)
{
    text = slice_trim(text);
    if (stamp_parse(text, out, err) == 0)
        return 0;
    struct scanner s = {text.ptr, text.ptr + text.len};
    if (text.len == 0)
        return error_set(err, ERROR_INPUT, "no date");
    return is_digit(*s.at) && text.len > 3 && is_digit(s.at[3]) ? read_iso(s, out, err)
                                                                : read_rfc(s, out, err);
}
