#include "reconcile/profile.h"

#include "base/map.h"
#include "extract/event_words.h"

#define SECONDS_A_DAY 86400
#define MOST_TOLL                                                                   \
    INT64_C(1000000000000) /* so that arithmetic on hostile numbers cannot overflow \
                            */
#define LONGEST_SPAN 10    /* days; a longer stretch tells no single strike */
/* How far the sun is off the clock at most (zones, summer time): an end of a day lies within. */
#define CLOCK_SLACK (3 * 3600)

static const struct toll_source {
    const char *field;
    const char *part; /* NULL: the total */
} TOLL_SOURCES[TOLLS] = {
    [TOLL_KILLED] = {"killed", NULL},
    [TOLL_WOUNDED] = {"wounded", NULL},
    [TOLL_DRONES] = {"drones", NULL},
    [TOLL_MISSILES] = {"missiles", NULL},
    [TOLL_DRONES_INTERCEPTED] = {"drones", "intercepted"},
    [TOLL_MISSILES_INTERCEPTED] = {"missiles", "intercepted"},
};

static const char *const MUNITIONS[] = {"drones", "missiles", "rockets",  "bombs",
                                        "shells", "mortars",  "munitions"};

bool field_is_munition(struct slice field)
{
    for (size_t i = 0; i < sizeof MUNITIONS / sizeof *MUNITIONS; i++)
        if (slice_starts(field, slice_of(MUNITIONS[i])))
            return true;
    return false;
}

static uint64_t text_hash(struct slice text)
{
    uint64_t hash = text.len ? hash_bytes(text.ptr, text.len) : 0;
    return text.len && !hash ? 1 : hash;
}

/* Floor division: days before 1970 count downwards. */
static int64_t floor_day(int64_t seconds)
{
    return seconds / SECONDS_A_DAY - (seconds % SECONDS_A_DAY < 0);
}

/* The day as a day_number; absurd instants end at the limits. */
static day_number day_of_seconds(int64_t seconds)
{
    int64_t day = floor_day(seconds);
    if (day > INT32_MAX / 2)
        return INT32_MAX / 2;
    return day < -(INT32_MAX / 2) ? -(INT32_MAX / 2) : (day_number)day;
}

static int64_t sun_offset(int32_t lon)
{
    return lon == PLACE_NO_COORDINATE ? 0 : (int64_t)lon * 240 / 100000;
}

/* An instant moved by some hours; the far ends stay where they are. */
static instant shifted(instant at, int64_t by)
{
    const int64_t far = INT64_MAX / 2;
    return at > far || at < -far ? at / 2 : at + by;
}

day_number local_day_of(instant at, int32_t lon)
{
    return at == INSTANT_NONE ? DAY_NONE : day_of_seconds(shifted(at, sun_offset(lon)));
}

/* The days from start to end; the end of a stretch is the midnight after its last day. */
static void span_of(const struct event_row *row, struct profile *out)
{
    out->first_day = local_day_of(shifted(row->start, CLOCK_SLACK), row->lon);
    out->last_day = local_day_of(shifted(row->end, -CLOCK_SLACK), row->lon);
    if (out->last_day < out->first_day)
        out->last_day = out->first_day;
    bool short_one =
        row->date_precision != WHEN_MONTH && out->last_day - out->first_day < LONGEST_SPAN;
    out->day_kind = short_one ? DAY_SPAN : DAY_MONTH;
}

static void days_of(const struct event_row *row, struct profile *out)
{
    out->first_day = out->last_day = row->local_date;
    out->day_kind = DAY_EXACT;
    if (row->date_implied && row->local_date != DAY_NONE)
        out->day_kind = DAY_IMPLIED;
    else if (row->date_precision <= WHEN_DAY && row->local_date != DAY_NONE)
        out->day_kind = DAY_EXACT;
    else if (row->date_precision < WHEN_UNKNOWN && row->start != INSTANT_NONE &&
             row->end != INSTANT_NONE)
        span_of(row, out);
    else if (row->local_date == DAY_NONE)
        out->day_kind = DAY_UNKNOWN;
}

static enum stage stage_of(const struct profile *profile)
{
    bool dated = profile->day_kind != DAY_MONTH && profile->day_kind != DAY_UNKNOWN;
    if (!dated)
        return STAGE_VAGUE;
    if (profile->wave)
        return STAGE_WAVE;
    return profile->row->place_precision <= PRECISION_DISTRICT && profile->place ? STAGE_LOCATED
                                                                                 : STAGE_VAGUE;
}

/* Whether claim `a` speaks for its event rather than `b`: not the enemy's, the better rank, the
 * higher number. */
static bool speaks_before(const struct event_claim *a, const struct event_claim *b)
{
    if (a->enemy != b->enemy)
        return b->enemy;
    if (a->rank != b->rank)
        return a->rank < b->rank;
    return a->best != b->best ? a->best > b->best : a->claim_id < b->claim_id;
}

static void toll_of(const struct event_row *row, const struct toll_source *source, struct toll *out)
{
    const struct event_claim *best = NULL;
    for (size_t i = 0; i < row->n_claims; i++) {
        const struct event_claim *claim = &row->claims[i];
        if (claim->best == COUNT_OPEN || claim->qualifier == QUALIFIER_VAGUE ||
            !slice_is(claim->measure.field, source->field) ||
            !slice_equal(claim->measure.part, slice_of(source->part)))
            continue;
        if (!best || speaks_before(claim, best))
            best = claim;
    }
    *out = (struct toll){.best = COUNT_OPEN};
    if (!best)
        return;
    out->best = best->best < 0 ? 0 : best->best < MOST_TOLL ? best->best : MOST_TOLL;
    out->bound = best->qualifier == QUALIFIER_AT_LEAST || best->qualifier == QUALIFIER_MORE_THAN;
    out->rounded = best->qualifier == QUALIFIER_ABOUT || best->qualifier == QUALIFIER_RANGE;
}

static void place_words_of(const struct event_row *row, struct profile *out)
{
    if (!row->n_words)
        return;
    size_t n = name_words(row->place_name, out->place_words, PLACE_WORDS);
    n += name_words(row->adm1, out->place_words + n, PLACE_WORDS - n);
    out->n_place_words = (uint8_t)n;
}

void profile_of(const struct event_row *row, struct profile *out)
{
    *out = (struct profile){
        .row = row,
        .family = row->copy_family,
        .place = text_hash(row->place_key),
        .adm1 = text_hash(row->adm1_code),
        .country = text_hash(row->country),
        .said_day = local_day_of(row->said_at, row->lon),
        .wave = row->scope == SCOPE_COUNTRY,
    };
    place_words_of(row, out);
    days_of(row, out);
    out->stage = stage_of(out);
    for (int i = 0; i < TOLLS; i++)
        toll_of(row, &TOLL_SOURCES[i], &out->tolls[i]);
    out->former[TOLL_KILLED] = row->former_killed;
    out->former[TOLL_WOUNDED] = row->former_wounded;
}

bool profile_same_place(const struct profile *a, const struct profile *b)
{
    return a->place && a->place == b->place && slice_equal(a->row->place_key, b->row->place_key);
}
