/*
 * From the words to an interval. A report says when in pieces ("on Wednesday", "at 3 a.m.",
 * "overnight"): one piece gives the day, one the part of the day, and the publication stamp, turned
 * into the place's zone, gives what is left out. A night counts under the day it ends on.
 */
#include "extract/times.h"

#define MINUTES_A_DAY 1440
#define SECONDS_A_DAY 86400
#define NIGHT_FROM (18 * 60)
#define NIGHT_TO (10 * 60)
#define NOON (12 * 60)

/* A date without a year may lie this many days after the publication: zones, and stamps that are a
 * day old. */
#define DAYS_AHEAD 2
/* 29 February comes again within this many years. */
#define YEARS_BACK 8
/* A longer stretch is counted under no day. */
#define DATED_DAYS 3

/* The publication stamp in the place's zone. */
struct reference {
    day_number day;  /* DAY_NONE: unknown */
    int32_t seconds; /* -1: unknown */
};

/* What the mentions say together. */
struct moment {
    day_number first; /* days covered, inclusive; DAY_NONE when none is known */
    day_number last;
    enum when_precision precision; /* of the days: WHEN_DAY, WHEN_RANGE, WHEN_MONTH */
    bool dated;                    /* a mention gave the day */
    bool night;
    int from, to; /* minutes; -1 when not given */
    bool clock;   /* from and to are a clock time */
};

static struct reference reference_of(const struct report_values *values, struct slice zone)
{
    struct stamp stamp = values->report ? values->report->published : STAMP_NONE;
    struct reference reference = {stamp.day, stamp.seconds};
    if (stamp.day == DAY_NONE || stamp.seconds < 0 || stamp.offset == STAMP_NO_OFFSET)
        return reference;
    instant at = stamp_instant(stamp);
    int32_t offset = stamp.offset;
    /* The offset that holds in the zone at that instant: asked twice, as it is asked by local time.
     */
    for (int i = 0; i < 2 && zone.len; i++) {
        instant local = at + offset;
        day_number day =
            (day_number)((local - (((local % SECONDS_A_DAY) + SECONDS_A_DAY) % SECONDS_A_DAY)) /
                         SECONDS_A_DAY);
        offset = zone_offset(zone, day, (int32_t)(local - (instant)day * SECONDS_A_DAY));
    }
    if (!zone.len)
        offset = 0;
    instant local = at + offset;
    instant second = ((local % SECONDS_A_DAY) + SECONDS_A_DAY) % SECONDS_A_DAY;
    return (struct reference){(day_number)((local - second) / SECONDS_A_DAY), (int32_t)second};
}

static bool is_given(const struct time_mention *mention, enum time_number number)
{
    return mention->given & 1u << number;
}

/* ---- days
 * ---------------------------------------------------------------------------------------- */

/* The last such day not after `limit`; `month` 0 for any. */
static day_number day_before(day_number limit, int month, int month_day)
{
    int year, limit_month, limit_day;
    day_to_civil(limit, &year, &limit_month, &limit_day);
    int m = month ? month : limit_month;
    for (int tries = 0; tries < (month ? YEARS_BACK + 1 : 13); tries++) {
        day_number day = day_from_civil(year, m, month_day);
        if (day != DAY_NONE && day <= limit)
            return day;
        if (month || --m == 0) {
            year--;
            m = month ? month : 12;
        }
    }
    return DAY_NONE;
}

static void date_days(const struct time_mention *mention, day_number today, struct moment *out)
{
    bool range = is_given(mention, TIME_NUMBER_DAY_END);
    int day = (int)mention->numbers[range ? TIME_NUMBER_DAY_END : TIME_NUMBER_DAY];
    int month = is_given(mention, TIME_NUMBER_MONTH) ? (int)mention->numbers[TIME_NUMBER_MONTH] : 0;
    if (is_given(mention, TIME_NUMBER_YEAR) && month)
        out->last = day_from_civil((int)mention->numbers[TIME_NUMBER_YEAR], month, day);
    else if (today != DAY_NONE)
        out->last = day_before(today + DAYS_AHEAD, month, day);
    out->first = out->last;
    if (range && out->last != DAY_NONE)
        out->first = day_before(out->last - 1, 0, (int)mention->numbers[TIME_NUMBER_DAY]);
    if (out->first == DAY_NONE)
        out->last = DAY_NONE;
}

static void month_days(const struct time_mention *mention, day_number today, struct moment *out)
{
    int month = (int)mention->numbers[TIME_NUMBER_MONTH];
    if (!is_given(mention, TIME_NUMBER_MONTH))
        return;
    if (is_given(mention, TIME_NUMBER_YEAR))
        out->first = day_from_civil((int)mention->numbers[TIME_NUMBER_YEAR], month, 1);
    else if (today != DAY_NONE)
        out->first = day_before(today, month, 1);
    if (out->first == DAY_NONE)
        return;
    int year, m, day;
    day_to_civil(out->first, &year, &m, &day);
    out->last = m == 12 ? day_from_civil(year + 1, 1, 1) - 1 : day_from_civil(year, m + 1, 1) - 1;
    out->precision = WHEN_MONTH;
}

static void ago_days(const struct time_mention *mention, day_number today, struct moment *out)
{
    int64_t unit = mention->numbers[TIME_NUMBER_UNIT];
    int64_t number = is_given(mention, TIME_NUMBER_COUNT) ? mention->numbers[TIME_NUMBER_COUNT] : 1;
    int64_t back = unit * number;
    if (today == DAY_NONE || back > today + 719162) /* before year 1 */
        return;
    day_number middle = today - (day_number)back;
    out->first = middle - (day_number)(unit / 2);
    out->last = middle + (day_number)(unit / 2);
    if (out->last > today)
        out->last = today;
}

static void weekday_days(const struct time_mention *mention, day_number today, struct moment *out)
{
    if (today == DAY_NONE || !is_given(mention, TIME_NUMBER_WEEKDAY))
        return;
    int back = (day_weekday(today) - (int)mention->numbers[TIME_NUMBER_WEEKDAY] + 7) % 7;
    out->first = out->last = today - back;
}

/* The days a mention names; nothing when it names none or they cannot be known. */
static void mention_days(const struct time_mention *mention, day_number today, struct moment *out)
{
    const struct time_meaning *time = &mention->rule->time;
    out->first = out->last = DAY_NONE;
    out->precision = WHEN_DAY;
    switch (time->means) {
    case TIME_DATE: date_days(mention, today, out); break;
    case TIME_MONTH: month_days(mention, today, out); break;
    case TIME_AGO: ago_days(mention, today, out); break;
    case TIME_WEEKDAY: weekday_days(mention, today, out); break;
    default: out->first = out->last = today; break;
    }
    if (out->first == DAY_NONE)
        return;
    out->first += time->day;
    out->last += time->day;
    if (time->span > 1)
        out->last = out->first + time->span - 1;
    if (out->precision == WHEN_DAY && out->last > out->first)
        out->precision = WHEN_RANGE;
}

/* ---- parts of the day
 * ---------------------------------------------------------------------------- */

static int clock_minutes(const struct time_mention *mention, enum time_number hour_at,
                         enum time_number minute_at, enum time_number half_at)
{
    int64_t hour = mention->numbers[hour_at];
    if (is_given(mention, half_at))
        hour = hour % 12 + mention->numbers[half_at];
    return (int)(hour * 60 + (is_given(mention, minute_at) ? mention->numbers[minute_at] : 0));
}

/* What a mention says of the time of day; a clock time says more than a part of the day. */
static void mention_part(const struct report_values *values, const struct time_mention *mention,
                         struct moment *out)
{
    const struct time_meaning *time = &mention->rule->time;
    bool night = time->night;
    int from = time->from, to = time->to;
    if (is_given(mention, TIME_NUMBER_PART) &&
        (size_t)mention->numbers[TIME_NUMBER_PART] < values->language->n_day_parts) {
        const struct day_part *part =
            &values->language->day_parts[mention->numbers[TIME_NUMBER_PART]];
        night = part->night;
        from = part->from;
        to = part->to;
    }
    out->night = out->night || night;
    bool clock = is_given(mention, TIME_NUMBER_HOUR);
    if (clock) {
        from = clock_minutes(mention, TIME_NUMBER_HOUR, TIME_NUMBER_MINUTE, TIME_NUMBER_HALF);
        to = is_given(mention, TIME_NUMBER_HOUR_END)
                 ? clock_minutes(mention, TIME_NUMBER_HOUR_END, TIME_NUMBER_MINUTE_END,
                                 TIME_NUMBER_HALF_END)
                 : from;
    } else if (time->means == TIME_CLOCK && from >= 0) {
        clock = true;
    }
    bool whole_day = from == 0 && to == MINUTES_A_DAY;
    if (from >= 0 && !whole_day && !out->clock && (clock || out->from < 0)) {
        out->from = from;
        out->to = to < 0 ? from : to;
        out->clock = clock;
    }
}

/* ---- together
 * ------------------------------------------------------------------------------------ */

/* Which mention gives the day, the surest first; 0: it gives none. */
static int dating_rank(const struct time_mention *mention)
{
    static const int rank[TIME_MEANINGS] = {
        [TIME_DATE] = 5, [TIME_WEEKDAY] = 4, [TIME_DAY_OFFSET] = 3,
        [TIME_AGO] = 2,  [TIME_MONTH] = 1,
    };
    return rank[mention->rule->time.means];
}

static const struct time_mention *dating_mention(const struct time_mention *const *mentions,
                                                 size_t n)
{
    const struct time_mention *best = mentions[0];
    for (size_t i = 1; i < n; i++)
        if (dating_rank(mentions[i]) > dating_rank(best))
            best = mentions[i];
    return best;
}

/* A part of the day that had not begun when the report appeared was yesterday's. */
static void day_settle(const struct reference *reference, struct moment *moment)
{
    if (moment->dated || moment->night || moment->from < 0 || reference->seconds < 0 ||
        moment->first == DAY_NONE)
        return;
    if (moment->from * 60 > reference->seconds) {
        moment->first--;
        moment->last--;
    }
}

static void when_set(struct when *out, struct slice zone, day_number start_day, int start_minute,
                     day_number end_day, int end_minute)
{
    start_day += start_minute / MINUTES_A_DAY;
    end_day += end_minute / MINUTES_A_DAY;
    int32_t start = start_minute % MINUTES_A_DAY * 60, end = end_minute % MINUTES_A_DAY * 60;
    out->offset_start = zone_offset(zone, start_day, start);
    out->offset_end = zone_offset(zone, end_day, end);
    out->start = (instant)start_day * SECONDS_A_DAY + start - out->offset_start;
    out->end = (instant)end_day * SECONDS_A_DAY + end - out->offset_end;
}

static void when_of_night(const struct moment *m, struct slice zone, struct when *out)
{
    day_number day = m->last;
    out->local_date = day;
    if (m->clock) {
        day_number start = m->from >= NOON ? day - 1 : day, end = m->to >= NOON ? day - 1 : day;
        out->precision = WHEN_MINUTE;
        when_set(out, zone, start, m->from, end < start ? start : end, m->to);
        return;
    }
    out->precision = WHEN_NIGHT;
    when_set(out, zone, day - 1, NIGHT_FROM, day, NIGHT_TO);
}

static void when_of_days(const struct moment *m, struct slice zone, struct when *out)
{
    bool dated = m->precision != WHEN_MONTH && m->last - m->first < DATED_DAYS;
    out->local_date = dated ? m->last : DAY_NONE;
    if (m->from >= 0 && m->first == m->last) {
        out->precision = m->clock && m->to - m->from < 60 ? WHEN_MINUTE : WHEN_PART;
        bool wraps = m->to < m->from || (!m->clock && m->to == m->from);
        when_set(out, zone, m->first, m->from, m->first + wraps, m->to);
        return;
    }
    out->precision = m->precision;
    when_set(out, zone, m->first, 0, m->last + 1, 0);
}

/* The words: the whole stretch when the mentions stand side by side, else the one that gives the
 * day. */
static struct slice phrase_of(const struct report_values *values, const struct time_mention *dating,
                              const struct time_mention *const *mentions, size_t n)
{
    uint32_t first = dating->first, last = dating->first + dating->n_tokens - 1;
    for (size_t i = 0; i < n; i++) {
        const struct time_mention *m = mentions[i];
        uint32_t end = m->first + m->n_tokens - 1;
        if (m->sentence != dating->sentence)
            continue;
        if (end < first && first - end <= 2)
            first = m->first;
        else if (m->first > last && m->first - last <= 2)
            last = end;
    }
    return token_span(values->doc, first, last);
}

static void when_unknown(struct when *out)
{
    *out = (struct when){.start = INSTANT_NONE,
                         .end = INSTANT_NONE,
                         .local_date = DAY_NONE,
                         .precision = WHEN_UNKNOWN};
}

int times_resolve(const struct report_values *values, const struct time_mention *const *mentions,
                  size_t n, struct slice zone, struct when *out, struct error *err)
{
    when_unknown(out);
    if (n == 0)
        return times_default(values, zone, out, err);
    struct reference reference = reference_of(values, zone);
    const struct time_mention *dating = dating_mention(mentions, n);
    struct moment moment = {.from = -1, .to = -1, .dated = dating_rank(dating) > 0};
    out->phrase = phrase_of(values, dating, mentions, n);
    mention_days(dating, reference.day, &moment);
    mention_part(values, dating, &moment);
    for (size_t i = 0; i < n; i++)
        if (mentions[i] != dating)
            mention_part(values, mentions[i], &moment);
    if (moment.first == DAY_NONE)
        return 0;
    day_settle(&reference, &moment);
    if (moment.night && moment.precision != WHEN_MONTH)
        when_of_night(&moment, zone, out);
    else
        when_of_days(&moment, zone, out);
    return 0;
}

int times_default(const struct report_values *values, struct slice zone, struct when *out,
                  struct error *err)
{
    (void)err;
    when_unknown(out);
    struct reference reference = reference_of(values, zone);
    if (reference.day == DAY_NONE)
        return 0;
    out->local_date = reference.day;
    out->precision = WHEN_DAY;
    when_set(out, zone, reference.day, 0, reference.day + 1, 0);
    return 0;
}
