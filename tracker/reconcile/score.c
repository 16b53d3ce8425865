/* The terms of a pair: where, when, how many, and whether one text copies the other. Every function
 * is symmetric in its two events; where order matters (a toll rises), the publication times give
 * it. What no weight can outweigh forbids. */
#include "reconcile/score.h"

#include "extract/event_words.h"
#include "reconcile/distance.h"

#define FORBIDS 0

static void term(struct pair_score *out, const char *name, int32_t weight)
{
    out->total += weight;
    if (out->n_terms < SCORE_MAX_TERMS)
        out->terms[out->n_terms++] = (struct score_term){name, weight};
}

static void forbid(struct pair_score *out, const char *name)
{
    out->forbidden = true;
    term(out, name, FORBIDS);
}

/* A contradiction of place or time. Reports slip, and rare words in common can outweigh a slip; but
 * where one of the two has no words nothing can. */
static void contradict(struct pair_score *out, const struct profile *a, const struct profile *b,
                       const char *name, int32_t weight)
{
    if (a->row->n_words && b->row->n_words)
        term(out, name, weight);
    else
        forbid(out, name);
}

/* ---- place ---- */

static bool same_text(uint64_t a, uint64_t b, struct slice text_a, struct slice text_b)
{
    return a && a == b && slice_equal(text_a, text_b);
}

static bool has_point(const struct event_row *row)
{
    return row->lat != PLACE_NO_COORDINATE && row->lon != PLACE_NO_COORDINATE;
}

static bool within_metres(const struct event_row *a, const struct event_row *b, int64_t metres)
{
    return distance_squared(a->lat, a->lon, b->lat, b->lon) <= metres * metres;
}

static void same_place(const struct weights *w, const struct profile *a, const struct profile *b,
                       struct pair_score *out)
{
    int64_t people =
        a->row->population > b->row->population ? a->row->population : b->row->population;
    uint8_t rough = a->row->place_precision > b->row->place_precision ? a->row->place_precision
                                                                      : b->row->place_precision;
    switch (rough) {
    case PRECISION_POINT:
    case PRECISION_SETTLEMENT:
        term(out, "same place", weight_by_size(w->same_place, people));
        break;
    case PRECISION_NAMED: term(out, "same place", w->same_unlisted_place); break;
    case PRECISION_DISTRICT: term(out, "same district", w->same_district); break;
    case PRECISION_REGION: term(out, "same region", w->same_region); break;
    default:
        if (a->wave)
            term(out, "same country", w->same_country);
        break;
    }
}

/* Two places with coordinates, neither a region: towns, or a town and a district. */
static void two_points(const struct weights *w, const struct profile *a, const struct profile *b,
                       bool one_region, struct pair_score *out)
{
    bool district = a->row->place_precision == PRECISION_DISTRICT ||
                    b->row->place_precision == PRECISION_DISTRICT;
    if (a->row->place_precision == b->row->place_precision && district)
        contradict(out, a, b, "other district", one_region ? w->other_district : w->other_region);
    else if (district && one_region && within_metres(a->row, b->row, w->district_metres))
        term(out, "within the district", w->within_district);
    else if (!district && within_metres(a->row, b->row, w->near_metres))
        term(out, "near", w->near_place);
    else
        contradict(out, a, b, "far apart", one_region ? w->far_apart : w->other_region);
}

static void place_terms(const struct weights *w, const struct profile *a, const struct profile *b,
                        struct pair_score *out)
{
    uint8_t rough = a->row->place_precision > b->row->place_precision ? a->row->place_precision
                                                                      : b->row->place_precision;
    bool one_region = same_text(a->adm1, b->adm1, a->row->adm1_code, b->row->adm1_code);
    if (a->country && b->country && a->country != b->country) {
        forbid(out, "other country");
    } else if (profile_same_place(a, b)) {
        same_place(w, a, b, out);
    } else if (a->wave || rough >= PRECISION_COUNTRY) {
        if (a->wave && same_text(a->country, b->country, a->row->country, b->row->country))
            term(out, "same country", w->same_country);
    } else if (rough < PRECISION_REGION && has_point(a->row) && has_point(b->row)) {
        two_points(w, a, b, one_region, out);
    } else if (a->adm1 && b->adm1 && !one_region) {
        contradict(out, a, b, "other region", w->other_region);
    } else if (rough == PRECISION_REGION) {
        if (one_region)
            term(out, "within the region", w->within_region);
    } else {
        term(out, "other name", w->other_name);
    }
}

/* ---- time ---- */

static int32_t told_weight(const struct weights *w, int64_t days)
{
    if (days <= 0)
        return w->told_same_day;
    if (days <= w->soon_days)
        return w->told_soon;
    return days <= w->later_days ? w->told_later : w->told_late;
}

/* One says its day, the other only when it was told. */
static void told_terms(const struct weights *w, const struct profile *dated,
                       const struct profile *other, day_number told, struct pair_score *out)
{
    if (told == DAY_NONE) {
        term(out, "date unknown", w->date_unknown);
    } else if ((int64_t)told < (int64_t)dated->first_day - 1) {
        contradict(out, dated, other, "told before it happened", w->told_before);
    } else {
        int64_t from = dated->day_kind == DAY_MONTH ? dated->first_day : dated->last_day;
        if (told < dated->first_day)
            term(out, "next day", w->next_day);
        else
            term(out, "told after it", told_weight(w, (int64_t)told - from));
    }
}

static bool clocked(const struct event_row *row)
{
    return row->date_precision <= WHEN_PART && row->start != INSTANT_NONE &&
           row->end != INSTANT_NONE;
}

static bool timed(const struct event_row *row)
{
    return row->start != INSTANT_NONE && row->end != INSTANT_NONE;
}

/* Seconds between two intervals; 0 when they meet. Instants of hostile rows saturate. */
static int64_t seconds_between(const struct event_row *a, const struct event_row *b)
{
    int64_t gap = 0;
    instant later = a->start > b->start ? a->start : b->start;
    instant earlier_end = a->start > b->start ? b->end : a->end;
    if (a->start == b->start || later <= earlier_end)
        return 0;
    return __builtin_sub_overflow(later, earlier_end, &gap) ? INT64_MAX : gap;
}

/* Whether two intervals have more than an instant in common: one day ends where the next begins. */
static bool overlap(const struct event_row *a, const struct event_row *b)
{
    return a->start == b->start || (a->start < b->end && b->start < a->end);
}

static void days_apart(const struct weights *w, const struct profile *a, const struct profile *b,
                       int64_t days, struct pair_score *out)
{
    if (days <= w->soon_days)
        contradict(out, a, b, "days apart", w->days_apart);
    else if (days <= w->later_days)
        contradict(out, a, b, "weeks apart", w->weeks_apart);
    else
        contradict(out, a, b, "long apart", w->long_apart);
}

static void exact_days(const struct weights *w, const struct profile *a, const struct profile *b,
                       struct pair_score *out)
{
    int64_t days = (int64_t)a->first_day - b->first_day;
    int64_t gap = timed(a->row) && timed(b->row) ? seconds_between(a->row, b->row) : INT64_MAX;
    bool clocks = clocked(a->row) && clocked(b->row);
    bool meet = timed(a->row) && timed(b->row) && overlap(a->row, b->row);
    if (days < -1 || days > 1)
        days_apart(w, a, b, days < 0 ? -days : days, out);
    else if (clocks && gap <= w->same_seconds)
        term(out, "same time", w->same_time);
    else if (clocks && days == 0 && gap > w->apart_seconds)
        term(out, "times apart", w->times_apart);
    else if (days == 0)
        term(out, "same day", w->same_day);
    else if (meet && (clocked(a->row) || clocked(b->row)))
        term(out, "times meet", w->same_day);
    else if (meet)
        term(out, "nights meet", w->next_day_overlap);
    else
        term(out, "next day", w->next_day);
}

static void day_spans(const struct weights *w, const struct profile *a, const struct profile *b,
                      struct pair_score *out)
{
    int64_t first = a->first_day > b->first_day ? a->first_day : b->first_day;
    int64_t last = a->last_day < b->last_day ? a->last_day : b->last_day;
    bool month = a->day_kind == DAY_MONTH || b->day_kind == DAY_MONTH;
    bool equal = a->first_day == b->first_day && a->last_day == b->last_day;
    if (equal && !month)
        term(out, "same days", w->same_day);
    else if (first <= last)
        term(out, month ? "in the month" : "in the days", month ? w->in_month : w->in_range);
    else if (first - last <= 1)
        term(out, "next day", w->next_day);
    else
        days_apart(w, a, b, first - last, out);
}

static bool undated(const struct profile *p)
{
    return p->day_kind == DAY_UNKNOWN || p->day_kind == DAY_IMPLIED;
}

/* For an event that names no day: when it was told. */
static day_number told_day(const struct profile *p)
{
    return p->day_kind == DAY_IMPLIED ? p->first_day : p->said_day;
}

static void time_terms(const struct weights *w, const struct profile *a, const struct profile *b,
                       struct pair_score *out)
{
    if (undated(a) && undated(b)) {
        day_number x = told_day(a), y = told_day(b);
        if (x == DAY_NONE || y == DAY_NONE)
            term(out, "date unknown", w->date_unknown);
        else
            term(out, "told together", told_weight(w, x > y ? (int64_t)x - y : (int64_t)y - x));
    } else if (undated(a)) {
        told_terms(w, b, a, told_day(a), out);
    } else if (undated(b)) {
        told_terms(w, a, b, told_day(b), out);
    } else if (a->day_kind == DAY_EXACT && b->day_kind == DAY_EXACT) {
        exact_days(w, a, b, out);
    } else {
        day_spans(w, a, b, out);
    }
}

/* ---- tolls ---- */

bool number_rounds(const struct weights *weights, int64_t rounded, bool bound, int64_t number)
{
    int64_t reach =
        rounded / 100 * weights->round_percent + rounded % 100 * weights->round_percent / 100;
    int64_t gap = number > rounded ? number - rounded : rounded - number;
    return gap <= (reach ? reach : 1) && !(bound && number < rounded);
}

/* Whether one of two numbers is a bound or rounded so that the other lies in it. */
static bool in_bounds(const struct weights *w, const struct toll *a, const struct toll *b)
{
    if ((a->bound && b->best >= a->best && b->best / 2 <= a->best) ||
        (b->bound && a->best >= b->best && a->best / 2 <= b->best))
        return true;
    return (a->rounded && number_rounds(w, a->best, false, b->best)) ||
           (b->rounded && number_rounds(w, b->best, false, a->best));
}

/* `early` was said before `late`. */
static void toll_moves(const struct weights *w, const char *const names[2],
                       const struct toll *early, const struct toll *late, struct pair_score *out)
{
    int64_t low = early->best, high = late->best;
    if (late->best < early->best) {
        if (late->bound)
            return;
        term(out, names[1], late->best < early->best / 2 ? w->toll_falls_far : w->toll_falls);
    } else if (low < w->rise_from) {
        return;
    } else if (high - low <= low / 10) {
        term(out, names[0], w->toll_rises_little);
    } else if (high - low <= low / 4) {
        term(out, names[0], w->toll_rises_some);
    } else if (high - low <= low) {
        term(out, names[0], w->toll_rises_double);
    }
}

static const struct casualty_names {
    const char *equal, *bounds, *differ, *differ_far, *former;
    const char *moves[2]; /* rises, falls */
} CASUALTY_NAMES[TOLL_FIRST_MUNITION] = {
    [TOLL_KILLED] = {"killed agree",
                     "killed in bounds",
                     "killed differ",
                     "killed differ far",
                     "killed rose from it",
                     {"killed rise", "killed fall"}},
    [TOLL_WOUNDED] = {"wounded agree",
                      "wounded in bounds",
                      "wounded differ",
                      "wounded differ far",
                      "wounded rose from it",
                      {"wounded rise", "wounded fall"}},
};

/* The number that the toll of one rose from, where it is the toll of the other; else 0. */
static int64_t former_agrees(const struct profile *a, const struct profile *b, int toll)
{
    if (a->former[toll] > 0 && a->former[toll] == b->tolls[toll].best)
        return a->former[toll];
    return b->former[toll] > 0 && b->former[toll] == a->tolls[toll].best ? b->former[toll] : 0;
}

/* Two tolls of which nobody knows which came first. */
static void toll_differs(const struct weights *w, const struct casualty_names *names, int64_t a,
                         int64_t b, struct pair_score *out)
{
    int64_t low = a < b ? a : b, high = a < b ? b : a;
    bool far = high - low >= w->rise_from && high / 3 >= low;
    term(out, far ? names->differ_far : names->differ, far ? w->toll_differs_far : w->toll_differs);
}

static void casualty_terms(const struct weights *w, const struct profile *a,
                           const struct profile *b, struct pair_score *out)
{
    bool ordered = a->row->said_at != INSTANT_NONE && b->row->said_at != INSTANT_NONE &&
                   a->row->said_at != b->row->said_at;
    bool swap = ordered && a->row->said_at > b->row->said_at;
    for (int i = 0; i < TOLL_FIRST_MUNITION; i++) {
        const struct toll *early = swap ? &b->tolls[i] : &a->tolls[i];
        const struct toll *late = swap ? &a->tolls[i] : &b->tolls[i];
        const struct casualty_names *names = &CASUALTY_NAMES[i];
        int64_t former = former_agrees(a, b, i);
        if (early->best == COUNT_OPEN || late->best == COUNT_OPEN)
            continue;
        if (early->best == late->best)
            term(out, names->equal, weight_by_size(w->equal_toll, early->best));
        else if (former)
            term(out, names->former, weight_by_size(w->equal_toll, former));
        else if (in_bounds(w, early, late))
            term(out, names->bounds, w->toll_in_bounds);
        else if (ordered)
            toll_moves(w, names->moves, early, late, out);
        else
            toll_differs(w, names, early->best, late->best, out);
    }
}

static void munition_terms(const struct weights *w, const struct profile *a,
                           const struct profile *b, struct pair_score *out)
{
    for (int i = TOLL_FIRST_MUNITION; i < TOLLS; i++) {
        const struct toll *x = &a->tolls[i], *y = &b->tolls[i];
        if (x->best == COUNT_OPEN || y->best == COUNT_OPEN)
            continue;
        if (x->best == y->best)
            term(out, "munitions agree", weight_by_size(w->equal_munitions, x->best));
        else if (in_bounds(w, x, y))
            term(out, "munitions in bounds", w->munitions_in_bounds);
        else
            term(out, "munitions differ", w->munitions_differ);
    }
}

/* ---- words ---- */

static bool names_place(const struct profile *p, uint32_t word)
{
    for (uint8_t i = 0; i < p->n_place_words; i++)
        if (p->place_words[i] == word)
            return true;
    return false;
}

/* Whose words are compared next; both lists ascend. */
struct meeting {
    const struct profile *a, *b;
    size_t i, k;
};

/* The bits of the next word that both have, its index in *of_a; 0 at the end. The names of a place
 * that both are at have counted already. */
static uint32_t next_shared(struct meeting *m, size_t *of_a)
{
    const struct event_row *a = m->a->row, *b = m->b->row;
    while (m->i < a->n_words && m->k < b->n_words) {
        uint32_t v = a->words[m->i], w = b->words[m->k];
        uint32_t x = v >> WORD_RARITY_BITS, y = w >> WORD_RARITY_BITS;
        *of_a = m->i;
        m->i += x <= y;
        m->k += y <= x;
        uint32_t bits = word_rarity(v) < word_rarity(w) ? word_rarity(v) : word_rarity(w);
        if (x == y && bits && !(names_place(m->a, x) && names_place(m->b, x)))
            return bits;
    }
    return 0;
}

static int64_t shared_bits(const struct profile *a, const struct profile *b)
{
    struct meeting meeting = {a, b, 0, 0};
    int64_t sum = 0;
    size_t index;
    for (uint32_t bits; (bits = next_shared(&meeting, &index)) > 0;)
        sum += bits;
    return sum;
}

static void word_terms(const struct weights *w, const struct profile *a, const struct profile *b,
                       struct pair_score *out)
{
    if (!a->row->n_words || !b->row->n_words || a->wave)
        return;
    int64_t bits = shared_bits(a, b);
    /* An outlet's reporters, its own name and what stands on every page of it. */
    if (a->row->outlet.len && slice_equal(a->row->outlet, b->row->outlet))
        bits = bits * w->same_outlet_percent / 100;
    int32_t weight = weight_by_size(w->shared_words, bits);
    bool few = (int64_t)a->row->n_words < w->few_words || (int64_t)b->row->n_words < w->few_words;
    if (weight > 0)
        term(out, "shared words", weight);
    else if (weight < 0 && !few)
        term(out, "other words", weight);
}

/* ---- the pair ---- */

/* A report tells its strikes apart; only what it says of one place on one day may be one. */
static bool told_apart(const struct profile *a, const struct profile *b)
{
    if (a->row->report_id != b->row->report_id)
        return false;
    bool one_place =
        a->wave ? slice_equal(a->row->country, b->row->country) : profile_same_place(a, b);
    return !one_place || a->first_day != b->first_day || a->last_day != b->last_day;
}

/* A copy appears within days; a text that comes again later is a form, or a page that failed. */
static bool said_together(const struct weights *w, const struct profile *a, const struct profile *b)
{
    if (a->said_day == DAY_NONE || b->said_day == DAY_NONE)
        return true;
    int64_t days = (int64_t)a->said_day - b->said_day;
    return days <= w->soon_days && days >= -w->soon_days;
}

void score_profiles(const struct weights *weights, const struct profile *a, const struct profile *b,
                    struct pair_score *out)
{
    out->total = 0;
    out->n_terms = 0;
    out->forbidden = false;
    if (a->wave != b->wave)
        forbid(out, "a wave is no site");
    if (a->wave && b->wave && (a->day_kind == DAY_SPAN) != (b->day_kind == DAY_SPAN))
        forbid(out, "a bulletin of several days");
    if (out->forbidden)
        return;
    if (told_apart(a, b))
        contradict(out, a, b, "told apart by one report", weights->told_apart);
    place_terms(weights, a, b, out);
    time_terms(weights, a, b, out);
    casualty_terms(weights, a, b, out);
    munition_terms(weights, a, b, out);
    word_terms(weights, a, b, out);
    if (a->row->copy_family == b->row->copy_family && a->row->report_id != b->row->report_id &&
        a->row->rank == b->row->rank && said_together(weights, a, b))
        term(out, "copies of one text", weights->same_copy);
}

void score_pair(const struct weights *weights, const struct event_row *a, const struct event_row *b,
                struct pair_score *out)
{
    struct profile pa, pb;
    profile_of(a, &pa);
    profile_of(b, &pb);
    score_profiles(weights, &pa, &pb, out);
}

size_t shared_words(const struct event_row *a, const struct event_row *b, struct shared_word *words,
                    size_t most)
{
    struct profile pa, pb;
    size_t n = 0, index;
    profile_of(a, &pa);
    profile_of(b, &pb);
    struct meeting meeting = {&pa, &pb, 0, 0};
    for (uint32_t bits; n < most && (bits = next_shared(&meeting, &index)) > 0;)
        words[n++] = (struct shared_word){index, bits};
    return n;
}
