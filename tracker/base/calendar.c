#include "base/calendar.h"

#include <stdio.h>

#define DAY_SECONDS 86400
#define YEAR_MIN (-9999)
#define YEAR_MAX 9999
#define DAYS_TO_1970 719468 /* days from 0000-03-01 to 1970-01-01 */
#define ERA_DAYS 146097     /* days of 400 Gregorian years */
#define DAY_LIMIT 4000000   /* beyond any year that is written with four digits */

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
    static const int LENGTHS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return LENGTHS[month - 1] + (month == 2 && is_leap(year));
}

/* Both conversions count years from 1 March, so that the leap day is the last of its year
 * (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
day_number day_from_civil(int year, int month, int day)
{
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 ||
        day > month_length(year, month))
        return DAY_NONE;
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - DAYS_TO_1970;
}

void day_to_civil(day_number day, int *year, int *month, int *month_day)
{
    int64_t shifted = (int64_t)day + DAYS_TO_1970;
    int64_t era = (shifted >= 0 ? shifted : shifted - (ERA_DAYS - 1)) / ERA_DAYS;
    int day_of_era = (int)(shifted - era * ERA_DAYS);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day_of_year + 2) / 153;
    *month_day = day_of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = (int)(year_of_era + era * 400) + (*month <= 2);
}

int day_weekday(day_number day)
{
    /* 1970-01-01 was a Thursday. */
    int64_t r = ((int64_t)day + 3) % 7;
    return (int)(r < 0 ? r + 7 : r) + 1;
}

/* Takes exactly `digits` decimal digits from the front of `text`; false leaves it as it was. */
static bool take_digits(struct slice *text, size_t digits, int *value)
{
    int v = 0;
    if (text->len < digits)
        return false;
    for (size_t i = 0; i < digits; i++) {
        char c = text->ptr[i];
        if (c < '0' || c > '9')
            return false;
        v = v * 10 + (c - '0');
    }
    *text = slice_sub(*text, digits, text->len - digits);
    *value = v;
    return true;
}

static bool take_char(struct slice *text, char c)
{
    if (!text->len || text->ptr[0] != c)
        return false;
    *text = slice_sub(*text, 1, text->len - 1);
    return true;
}

static bool take_date(struct slice *text, day_number *day)
{
    int year = 0, month = 0, month_day = 0;
    if (!take_digits(text, 4, &year) || !take_char(text, '-') || !take_digits(text, 2, &month) ||
        !take_char(text, '-') || !take_digits(text, 2, &month_day))
        return false;
    *day = day_from_civil(year, month, month_day);
    return *day != DAY_NONE;
}

/* hh:mm, perhaps :ss and a fraction, which is dropped. A leap second counts as the one before. */
static bool take_clock(struct slice *text, int32_t *seconds)
{
    int hour = 0, minute = 0, second = 0, ignored = 0;
    if (!take_digits(text, 2, &hour) || !take_char(text, ':') || !take_digits(text, 2, &minute))
        return false;
    if (take_char(text, ':')) {
        if (!take_digits(text, 2, &second))
            return false;
        if (take_char(text, '.') || take_char(text, ',')) {
            if (!take_digits(text, 1, &ignored))
                return false;
            while (take_digits(text, 1, &ignored))
                continue;
        }
    }
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    *seconds = hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
    return true;
}

/* Z, +hh:mm, +hhmm or +hh; nothing leaves STAMP_NO_OFFSET. */
static bool take_offset(struct slice *text, int32_t *offset)
{
    int hours = 0, minutes = 0;
    if (take_char(text, 'Z') || take_char(text, 'z')) {
        *offset = 0;
        return true;
    }
    if (!text->len)
        return true;
    bool west = take_char(text, '-');
    if (!west && !take_char(text, '+'))
        return false;
    if (!take_digits(text, 2, &hours))
        return false;
    if (text->len && (take_char(text, ':'), !take_digits(text, 2, &minutes)))
        return false;
    if (hours > 18 || minutes > 59)
        return false;
    *offset = (hours * 3600 + minutes * 60) * (west ? -1 : 1);
    return true;
}

int stamp_parse(struct slice text, struct stamp *out, struct error *err)
{
    struct stamp stamp = STAMP_NONE;
    struct slice rest = slice_trim(text);
    bool ok = take_date(&rest, &stamp.day);
    if (ok && rest.len)
        ok = (take_char(&rest, 'T') || take_char(&rest, 't') || take_char(&rest, ' ')) &&
             take_clock(&rest, &stamp.seconds) &&
             (take_char(&rest, ' '), take_offset(&rest, &stamp.offset)) && !rest.len;
    if (!ok)
        return error_set(err, ERROR_INPUT,
                         "'%.*s' is not a date such as 2025-11-19 or 2025-11-19T07:30+02:00",
                         text.len < 40 ? (int)text.len : 40, text.len ? text.ptr : "");
    *out = stamp;
    return 0;
}

instant stamp_instant(struct stamp stamp)
{
    if (stamp.day == DAY_NONE)
        return INSTANT_NONE;
    return (instant)stamp.day * DAY_SECONDS + (stamp.seconds < 0 ? 0 : stamp.seconds) -
           (stamp.offset == STAMP_NO_OFFSET ? 0 : stamp.offset);
}

/* Years outside 0..9999 do not occur; they are clamped so that no text ever overflows. */
static void write_day(day_number day, char out[11])
{
    int year = 0, month = 0, month_day = 0;
    day_to_civil(day, &year, &month, &month_day);
    year = year < 0 ? 0 : year > YEAR_MAX ? YEAR_MAX : year;
    const int parts[] = {
        year / 1000, year / 100 % 10, year / 10 % 10, year % 10, -1, month / 10, month % 10,
        -1,          month_day / 10,  month_day % 10};
    for (int i = 0; i < 10; i++)
        out[i] = (char)(parts[i] < 0 ? '-' : '0' + parts[i]);
    out[10] = '\0';
}

void day_format(day_number day, char out[16])
{
    if (day == DAY_NONE)
        out[0] = '\0';
    else
        write_day(day, out);
}

/* Two digits. */
static char *write_pair(char *to, int n)
{
    to[0] = (char)('0' + n / 10 % 10);
    to[1] = (char)('0' + n % 10);
    return to + 2;
}

void instant_format(instant at, int32_t offset, char out[40])
{
    out[0] = '\0';
    if (at > (instant)DAY_LIMIT * DAY_SECONDS || at < -(instant)DAY_LIMIT * DAY_SECONDS)
        return; /* INSTANT_NONE among them */
    int32_t east = offset == STAMP_NO_OFFSET ? 0 : offset;
    instant local = at + east;
    instant day = local / DAY_SECONDS - (local % DAY_SECONDS < 0);
    int seconds = (int)(local - day * DAY_SECONDS);
    int zone = (east < 0 ? -east : east) / 60;
    write_day((day_number)day, out);
    char *to = out + strlen(out);
    *to++ = 'T';
    to = write_pair(to, seconds / 3600);
    *to++ = ':';
    to = write_pair(to, seconds / 60 % 60);
    if (seconds % 60) {
        *to++ = ':';
        to = write_pair(to, seconds % 60);
    }
    *to++ = east < 0 ? '-' : '+';
    to = write_pair(to, zone / 60);
    *to++ = ':';
    *write_pair(to, zone % 60) = '\0';
}
