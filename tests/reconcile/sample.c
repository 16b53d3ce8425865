#include "sample.h"

#include <CUnit/CUnit.h>
#include <stdlib.h>

#include "base/map.h"
#include "extract/event.h"

uint32_t random_below(uint64_t *seed, uint32_t n)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33) % n;
}

instant at(int year, int month, int day, int hour)
{
    return (instant)day_from_civil(year, month, day) * 86400 + hour * 3600;
}

static struct measure measure_of(const char *name)
{
    const char *slash = strchr(name, '/');
    struct slice all = slice_of(name);
    if (!slash)
        return (struct measure){all, SLICE_NONE};
    return (struct measure){{name, (size_t)(slash - name)}, slice_of(slash + 1)};
}

struct event_claim claim_of(const char *measure, int64_t number, uint8_t rank, const char *claimant)
{
    return (struct event_claim){.measure = measure_of(measure),
                                .low = number,
                                .best = number,
                                .high = number,
                                .qualifier = number ? QUALIFIER_EXACT : QUALIFIER_NONE,
                                .rank = rank,
                                .claimant = slice_of(claimant)};
}

struct event_claim claim_at_least(const char *measure, int64_t number, uint8_t rank,
                                  const char *claimant)
{
    struct event_claim claim = claim_of(measure, number, rank, claimant);
    claim.high = COUNT_OPEN;
    claim.qualifier = QUALIFIER_AT_LEAST;
    return claim;
}

static void date_day(struct event_row *event, day_number day)
{
    event->local_date = day;
    event->start = (instant)day * 86400 - 7200;
    event->end = event->start + 86400;
    event->date_precision = WHEN_DAY;
}

void night_of(struct event_row *event, int day)
{
    event->local_date = day_from_civil(2025, 11, day);
    event->start = at(2025, 11, day - 1, 16);
    event->end = at(2025, 11, day, 8);
    event->date_precision = WHEN_NIGHT;
}

void undate(struct event_row *event)
{
    event->local_date = DAY_NONE;
    event->start = event->end = INSTANT_NONE;
    event->date_precision = WHEN_UNKNOWN;
}

static const char *const OUTLETS[] = {"Outlet A", "Outlet B", "Outlet C", "Outlet D", "Outlet E",
                                      "Outlet F", "Outlet G", "Outlet H", "Outlet I", "Outlet J",
                                      "Outlet K", "Outlet L", "Outlet M", "Outlet N", "Outlet O"};
#define N_OUTLETS (sizeof OUTLETS / sizeof *OUTLETS)

struct event_row event_of(int number, int day, int hour)
{
    struct event_row event = {.event_id = number,
                              .report_id = 1000000 + number,
                              .copy_family = 1000000 + number,
                              .rank = 1,
                              .scope = SCOPE_SITE,
                              .said_at = at(2025, 11, day, hour),
                              .outlet = slice_of(OUTLETS[(size_t)number % N_OUTLETS])};
    event.country = SLICE_LITERAL("UA");
    event.zone = SLICE_LITERAL("Europe/Kyiv");
    event.place_name = SLICE_LITERAL("Ternopil");
    place_settlement(&event, "g:691650", "UA.22", 4955, 2559, 225000);
    date_day(&event, day_from_civil(2025, 11, day));
    return event;
}

void place_settlement(struct event_row *event, const char *key, const char *adm1_code, int lat,
                      int lon, int64_t population)
{
    event->place_precision = PRECISION_SETTLEMENT;
    event->place_key = slice_of(key);
    event->adm1 = event->adm1_code = slice_of(adm1_code);
    event->region_id = region_id_of(event->adm1_code);
    event->lat = lat * 1000;
    event->lon = lon * 1000;
    event->population = population;
}

void place_region(struct event_row *event, const char *adm1_code)
{
    place_settlement(event, adm1_code, adm1_code, 0, 0, 0);
    event->place_precision = PRECISION_REGION;
    event->scope = SCOPE_AREA;
}

void place_country(struct event_row *event)
{
    event->place_precision = PRECISION_COUNTRY;
    event->place_key = SLICE_LITERAL("g:690791");
    event->adm1 = event->adm1_code = SLICE_NONE;
    event->lat = event->lon = PLACE_NO_COORDINATE;
    event->region_id = region_id_of(event->country);
}

struct event_row wave_of_night(int number, int day, int hour)
{
    struct event_row event = event_of(number, day, hour);
    place_country(&event);
    event.scope = SCOPE_COUNTRY;
    night_of(&event, day);
    return event;
}

void claims_give(struct event_row *event, const struct event_claim *claims, size_t n)
{
    static struct event_claim pool[4096];
    static size_t used;
    if (used + n > sizeof pool / sizeof *pool)
        used = 0;
    event->claims = pool + used;
    event->n_claims = n;
    for (size_t i = 0; i < n; i++) {
        pool[used] = claims[i];
        pool[used++].claim_id = event->event_id * 100 + (int64_t)i + 1;
    }
}

void sample_run(struct sample *sample, const struct event_row *events, size_t n,
                const struct decision *decisions, size_t n_decisions)
{
    struct error err = {0};
    arena_init(&sample->arena, (size_t)4 << 30);
    int result =
        reconcile_measured(&sample->arena, weights_default(), events, n, decisions, n_decisions,
                           &sample->incidents, &sample->n, &sample->stats, &err);
    CU_ASSERT_FATAL(result == 0);
}

void sample_end(struct sample *sample)
{
    arena_free(&sample->arena);
}

const struct incident *incident_with(const struct sample *sample, const struct event_row *events,
                                     int number)
{
    for (size_t i = 0; i < sample->n; i++)
        for (size_t j = 0; j < sample->incidents[i].n_events; j++)
            if (events[sample->incidents[i].events[j]].event_id == number)
                return &sample->incidents[i];
    return NULL;
}

const struct figure *sample_figure(const struct incident *incident, const char *measure)
{
    struct measure wanted = measure_of(measure);
    for (size_t i = 0; incident && i < incident->n_figures; i++)
        if (slice_equal(incident->figures[i].measure.field, wanted.field) &&
            slice_equal(incident->figures[i].measure.part, wanted.part))
            return &incident->figures[i];
    return NULL;
}

int64_t best_of(const struct incident *incident, const char *measure)
{
    const struct figure *figure = sample_figure(incident, measure);
    if (!figure)
        return -1;
    return figure->best == COUNT_OPEN ? -2 : figure->best;
}

/* ---- the stream ---- */

#define TOWNS 20 /* a region */
#define REGIONS 27

/* The stream is also made where no suite runs (tests/bench). */
static void must_be(bool good)
{
    if (!good)
        abort();
}

static const char *text(struct arena *arena, const char *format, unsigned a, unsigned b)
{
    struct slice s = arena_format(arena, format, a, b);
    must_be(s.ptr != NULL);
    return s.ptr;
}

/* A strike: where, which day, how many at the end. */
struct strike {
    unsigned region, town;
    int day;
    int64_t killed, wounded;
};

static void retell(struct arena *arena, uint64_t *seed, const struct strike *strike,
                   struct event_row *event)
{
    unsigned step = random_below(seed, 4), kind = random_below(seed, 20);
    day_number day = day_from_civil(2025, 1, 1) + strike->day;
    place_settlement(event, text(arena, "g:%u.%u", strike->region, strike->town),
                     text(arena, "UA.%02u", strike->region, 0), 4500 + (int)strike->region * 30,
                     2300 + (int)strike->town * 60, strike->town ? 5000 : 600000);
    date_day(event, day);
    event->said_at = (instant)day * 86400 + (instant)(step * 20 + 6) * 3600;
    struct event_claim *claims = ARENA_ARRAY(arena, struct event_claim, 2);
    must_be(claims != NULL);
    claims[0] = claim_of("killed", strike->killed * (step + 1) / 4,
                         (uint8_t)(1 + random_below(seed, 7)), "");
    claims[1] = claim_of("wounded", strike->wounded * (step + 1) / 4, 6, "Agency");
    claims[0].claim_id = event->event_id * 100 + 1;
    claims[1].claim_id = event->event_id * 100 + 2;
    event->claims = claims;
    event->n_claims = 2;
    if (kind == 0)
        place_region(event, event->adm1_code.ptr);
    else if (kind == 1)
        undate(event);
    else if (kind == 2)
        event->date_implied = true;
    if (event->date_implied)
        date_day(event, day + (int)step);
}

static void tell_wave(struct arena *arena, uint64_t *seed, int day_index, struct event_row *event)
{
    day_number day = day_from_civil(2025, 1, 1) + day_index;
    event->scope = SCOPE_COUNTRY;
    place_country(event);
    event->local_date = day;
    event->start = (instant)day * 86400 - 8 * 3600;
    event->end = (instant)day * 86400 + 8 * 3600;
    event->date_precision = WHEN_NIGHT;
    event->said_at = (instant)day * 86400 + (instant)(8 + random_below(seed, 6)) * 3600;
    event->claims = ARENA_ARRAY(arena, struct event_claim, 1);
    must_be(event->claims != NULL);
    event->claims[0] = claim_of("drones", 50 + day_index % 300, 4, "Air Force");
    event->claims[0].claim_id = event->event_id * 100 + 1;
    event->n_claims = 1;
}

#define STRIKE_WORDS 20 /* names and streets of one strike */
#define REGION_WORDS 60 /* officials and institutions that its reports name again and again */

static int compare_words(const void *x, const void *y)
{
    const uint32_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static uint32_t word_of(uint64_t kind, uint64_t owner, uint64_t index, uint32_t rarity)
{
    const uint64_t parts[3] = {kind, owner, index};
    return ((uint32_t)(hash_bytes(parts, sizeof parts) >> 32) & ~15u) | rarity;
}

/* Words of a report: most of the strike's, some of the region's, some that nobody else uses. */
static void give_words(struct arena *arena, uint64_t *seed, uint64_t strike, uint64_t region,
                       struct event_row *event)
{
    event->words = ARENA_ARRAY(arena, uint32_t, 32);
    must_be(event->words != NULL);
    for (uint64_t i = 0; i < STRIKE_WORDS && event->n_words < 14; i++)
        if (random_below(seed, 10) < 7)
            event->words[event->n_words++] = word_of(1, strike, i, 8);
    for (int i = 0; i < 8; i++)
        event->words[event->n_words++] = word_of(2, region, random_below(seed, REGION_WORDS), 6);
    for (int i = 0; i < 8; i++)
        event->words[event->n_words++] = word_of(3, (uint64_t)event->event_id, (uint64_t)i, 8);
    qsort(event->words, event->n_words, sizeof *event->words, compare_words);
    size_t kept = 0;
    for (size_t i = 0; i < event->n_words; i++)
        if (!kept || event->words[kept - 1] != event->words[i])
            event->words[kept++] = event->words[i];
    event->n_words = kept;
}

struct event_row *stream_of(struct arena *arena, uint64_t seed, size_t n, int days)
{
    struct event_row *events = ARENA_ARRAY(arena, struct event_row, n);
    size_t n_strikes = n / 6 + 1;
    struct strike *strikes = ARENA_ARRAY(arena, struct strike, n_strikes);
    must_be(events != NULL && strikes != NULL);
    for (size_t i = 0; i < n_strikes; i++)
        strikes[i] = (struct strike){random_below(&seed, REGIONS), random_below(&seed, TOWNS),
                                     (int)random_below(&seed, (uint32_t)days),
                                     random_below(&seed, 30), random_below(&seed, 90)};
    for (size_t i = 0; i < n; i++) {
        events[i] = event_of((int)i + 1, 1, 6);
        /* Ids as hashes: the order by id says nothing about the order of arrival. */
        uint64_t id = ((uint64_t)i + 1) * UINT64_C(0x9e3779b97f4a7c15);
        events[i].event_id = (int64_t)(id >> 20) + 1;
        events[i].report_id = events[i].event_id + 1;
        events[i].copy_family =
            i && random_below(&seed, 10) == 0 ? events[i - 1].copy_family : events[i].report_id;
        if (random_below(&seed, 20) == 0)
            tell_wave(arena, &seed, (int)random_below(&seed, (uint32_t)days), &events[i]);
        else {
            uint32_t strike = random_below(&seed, (uint32_t)n_strikes);
            retell(arena, &seed, &strikes[strike], &events[i]);
            /* Some reports are too short to have any. */
            if (random_below(&seed, 8))
                give_words(arena, &seed, strike, strikes[strike].region, &events[i]);
        }
    }
    return events;
}
