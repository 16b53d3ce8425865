/* One number of many words. The words of a measure are gone through in order of time, with the one
 * that stands so far; each next word takes its place or not (word_beats). So the figure is what a
 * careful reader of all reports up to now would hold, and it does not depend on the order in which
 * they arrived:
 *
 * - A higher total stands at once if its claimant is an agency or better, or ranks no lower than
 * the one that stands; within the same hour the rank decides.
 * - A lower total stands only if it is exact and of equal or better rank: within six hours as the
 * better rank, later as a correction, unless it is a total passed before. "Missing" and munitions
 * move both ways: the best rank within six hours, later the later word.
 * - "At least" lifts and never lowers; a number inside a rounded one is agreement, and the exact
 * one stands.
 * - An attacker's numbers, and vague words, stand only where there is nothing else.
 *
 * Low and high come from the latest words of all voices that still contradict the one that stands.
 */
#include "reconcile/fuse.h"

#include <stdlib.h>

#include "extract/event.h"

const struct figure_policy figure_policies[FIGURE_RULES] = {
    [RULE_SINGLE_CLAIM] = {"single-claim", "one voice gives it"},
    [RULE_STANDING] = {"standing-total",
                       "the first word stands: no later one was higher or ranked better"},
    [RULE_HIGHER_TOTAL] = {"latest-running-total",
                           "a later, higher total by an agency or better, or of no lower rank"},
    [RULE_AT_LEAST] = {"at-least-lifts", "a lower bound above the total before it"},
    [RULE_EXACT_INSIDE] = {"exact-inside-rounded",
                           "an exact number that a rounded one agrees with"},
    [RULE_BEST_RANK] = {"best-rank", "numbers of the same hours: the better-ranked claimant's"},
    [RULE_LATER_WORD] = {"later-word", "a number that may fall: the latest word"},
    [RULE_CORRECTION] = {"correction", "a lower, later, exact total of equal or better rank"},
    [RULE_NUMBER_OVER_ZERO] = {"number-over-zero", "a number after none had been reported"},
    [RULE_ZERO_STATED] = {"zero-stated", "it was said that there were none"},
    [RULE_VAGUE_ONLY] = {"vague-only", "only words such as several: a range without a best"},
    [RULE_BOUNDS_ONLY] = {"bounds-only", "only an upper bound: no best"},
    [RULE_ATTACKER_ONLY] = {"attacker-only", "only the attacker gives a number"},
    [RULE_EQUALS_WAVE] = {"equals-wave", "the whole wave's number told of one place; not summed"},
    [RULE_PINNED] = {"pinned", "an analyst decided that this claim gives it"},
};

/* One measure of one incident being decided. */
struct fusing {
    const struct weights *w;
    const struct word *words; /* in order of time */
    size_t n;
    bool moves; /* may fall: missing, munitions */
    const struct word *stands;
    enum figure_rule rule;
};

/* ---- which word stands ---- */

/* Seconds from a to b; an unknown time lies before all others. */
static int64_t seconds_from(instant a, instant b)
{
    int64_t gap = 0;
    bool far = a == INSTANT_NONE || b == INSTANT_NONE || __builtin_sub_overflow(b, a, &gap);
    if (far && a != b)
        return a < b ? INT64_MAX : INT64_MIN;
    return gap;
}

static bool counts_as_agency(const struct weights *w, const struct word *word)
{
    /* An outlet that says a toll has risen has counted, as an agency does. */
    bool own_count = word->claim->running_total && word->rank == w->outlet_rank;
    return word->rank <= w->agency_rank || own_count;
}

static enum figure_rule moves(const struct fusing *f, const struct word *next, int64_t gap)
{
    const struct word *stands = f->stands;
    if (gap <= f->w->rank_seconds)
        return next->rank < stands->rank || (next->rank == stands->rank && gap > 0) ? RULE_BEST_RANK
                                                                                    : FIGURE_RULES;
    return counts_as_agency(f->w, next) || next->rank <= stands->rank ? RULE_LATER_WORD
                                                                      : FIGURE_RULES;
}

static enum figure_rule rises(const struct fusing *f, const struct word *next, int64_t gap)
{
    const struct word *stands = f->stands;
    if (stands->best == 0)
        return RULE_NUMBER_OVER_ZERO;
    if (next->bound && next->rank <= f->w->agency_rank)
        return RULE_AT_LEAST;
    if (f->moves)
        return moves(f, next, gap);
    if (gap < f->w->same_seconds && next->rank > stands->rank)
        return FIGURE_RULES;
    if (next->rank > stands->rank && (!counts_as_agency(f->w, next) || next->rounded))
        return FIGURE_RULES;
    return next->bound ? RULE_AT_LEAST : RULE_HIGHER_TOTAL;
}

/* Whether the number was a total on the way to the one that stands: who says it again repeats old
 * news, or tells of a part of the dead as if it were all. */
static bool was_passed(const struct fusing *f, const struct word *next)
{
    for (const struct word *word = f->words; word < next; word++)
        if (word->best == next->best && word->exact && word->said != INSTANT_NONE &&
            seconds_from(word->said, f->stands->said) > 0)
            return true;
    return false;
}

static enum figure_rule falls(const struct fusing *f, const struct word *next, int64_t gap)
{
    const struct word *stands = f->stands;
    if (next->bound)
        return FIGURE_RULES;
    if (f->moves)
        return moves(f, next, gap);
    if (!next->exact || next->rank > stands->rank)
        return FIGURE_RULES;
    if (gap <= f->w->rank_seconds && next->rank < stands->rank)
        return RULE_BEST_RANK;
    return gap > 0 && !was_passed(f, next) ? RULE_CORRECTION : FIGURE_RULES;
}

/* The rule by which the next word takes the place of the one that stands; FIGURE_RULES: it does
 * not. */
static enum figure_rule word_beats(const struct fusing *f, const struct word *next)
{
    const struct word *stands = f->stands;
    int64_t gap = seconds_from(stands->said, next->said);
    if (next->best == stands->best) {
        if (next->exact && !stands->exact)
            return RULE_EXACT_INSIDE;
        return next->exact >= stands->exact && next->rank < stands->rank ? f->rule : FIGURE_RULES;
    }
    if (!stands->exact && next->exact &&
        number_rounds(f->w, stands->best, stands->bound, next->best))
        return RULE_EXACT_INSIDE;
    if (stands->exact && !next->exact && number_rounds(f->w, next->best, next->bound, stands->best))
        return FIGURE_RULES;
    return next->best > stands->best ? rises(f, next, gap) : falls(f, next, gap);
}

/* The word an analyst pinned, the latest decision of several; NULL when there is none. */
static const struct word *pinned_word(const struct fusing *f)
{
    const struct word *pinned = NULL;
    for (size_t i = 0; i < f->n; i++)
        if (f->words[i].pinned > (pinned ? pinned->pinned : 0) && f->words[i].best != COUNT_OPEN)
            pinned = &f->words[i];
    return pinned;
}

static void choose(struct fusing *f)
{
    f->stands = pinned_word(f);
    size_t numbers = 0;
    if (f->stands) {
        f->rule = RULE_PINNED;
        return;
    }
    for (size_t i = 0; i < f->n; i++) {
        const struct word *next = &f->words[i];
        if (next->best == COUNT_OPEN)
            continue;
        numbers++;
        enum figure_rule rule = f->stands ? word_beats(f, next) : RULE_STANDING;
        if (rule != FIGURE_RULES) {
            f->stands = next;
            f->rule = rule;
        }
    }
    if (f->stands && f->stands->best == 0)
        f->rule = RULE_ZERO_STATED;
    else if (numbers == 1)
        f->rule = RULE_SINGLE_CLAIM;
}

/* ---- low and high ---- */

static int64_t least(int64_t a, int64_t b)
{
    if (a == COUNT_OPEN || b == COUNT_OPEN)
        return a == COUNT_OPEN ? b : a;
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    if (a == COUNT_OPEN || b == COUNT_OPEN)
        return a == COUNT_OPEN ? b : a;
    return a > b ? a : b;
}

/* Whether a word still speaks against the one that stands: a lower one of the same hours or later;
 * a higher one unless the number fell since by a word of its rank or better. */
static bool still_speaks(const struct fusing *f, const struct word *word)
{
    const struct word *stands = f->stands;
    if (word->best == stands->best || word == stands)
        return true;
    if (f->moves || word->best < stands->best)
        return seconds_from(word->said, stands->said) <= f->w->rank_seconds;
    return seconds_from(word->said, stands->said) <= 0 || word->rank < stands->rank;
}

static void bounds_of(const struct fusing *f, struct figure *figure)
{
    const struct word *stands = f->stands;
    int64_t lift = COUNT_OPEN;
    figure->low = stands->low;
    figure->high = stands->high;
    if (stands->pinned)
        return;
    for (size_t i = 0; i < f->n; i++) {
        const struct word *word = &f->words[i];
        if (!word->latest || word->best == COUNT_OPEN || !still_speaks(f, word))
            continue;
        if (word->bound && word->best <= stands->best)
            lift = most(lift, word->best);
        else if (word->rounded && number_rounds(f->w, word->best, false, stands->best))
            continue;
        else if (word->best < stands->best)
            figure->low = least(figure->low, word->low == COUNT_OPEN ? word->best : word->low);
        else if (word->best > stands->best && figure->high != COUNT_OPEN)
            figure->high = most(figure->high, word->high == COUNT_OPEN ? word->best : word->high);
    }
    if (figure->low != COUNT_OPEN)
        figure->low = most(figure->low, lift);
    if (figure->low != COUNT_OPEN && figure->low > stands->best)
        figure->low = stands->best;
    if (figure->high != COUNT_OPEN && figure->high < stands->best)
        figure->high = stands->best;
}

/* ---- the figure ---- */

static int compare_ids(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* The claims behind it: the one that stands, and every voice's latest word that still counts. */
static int claims_keep(const struct fusing *f, struct arena *arena, struct figure *figure,
                       struct error *err)
{
    figure->claim_ids = ARENA_ARRAY(arena, int64_t, f->n);
    if (!figure->claim_ids)
        return arena_full(arena, err);
    for (size_t i = 0; i < f->n; i++) {
        const struct word *word = &f->words[i];
        bool counts = f->stands ? word->best != COUNT_OPEN && still_speaks(f, word) : true;
        if (word == f->stands || (word->latest && counts))
            figure->claim_ids[figure->n_claim_ids++] = word->claim->claim_id;
    }
    qsort(figure->claim_ids, figure->n_claim_ids, sizeof *figure->claim_ids, compare_ids);
    size_t kept = 0;
    for (size_t i = 0; i < figure->n_claim_ids; i++)
        if (!kept || figure->claim_ids[kept - 1] != figure->claim_ids[i])
            figure->claim_ids[kept++] = figure->claim_ids[i];
    figure->n_claim_ids = kept;
    return 0;
}

/* No number: the range of the latest words. */
static void without_number(const struct fusing *f, struct figure *figure)
{
    bool vague = false;
    figure->low = figure->best = figure->high = COUNT_OPEN;
    for (size_t i = 0; i < f->n; i++) {
        if (!f->words[i].latest)
            continue;
        figure->low = least(figure->low, f->words[i].low);
        figure->high = most(figure->high, f->words[i].high);
        vague = vague || f->words[i].claim->qualifier == QUALIFIER_VAGUE;
    }
    if (figure->low != COUNT_OPEN && figure->high != COUNT_OPEN && figure->low > figure->high)
        figure->low = figure->high;
    figure->state = FIGURE_UNQUANTIFIED;
    figure->rule = slice_of(figure_policies[vague ? RULE_VAGUE_ONLY : RULE_BOUNDS_ONLY].name);
}

static int figure_make(struct fusing *f, struct arena *arena, struct figure *figure,
                       struct error *err)
{
    *figure = (struct figure){.measure = f->words[0].claim->measure, .in_totals = true};
    f->moves =
        slice_is(figure->measure.field, "missing") || field_is_munition(figure->measure.field);
    choose(f);
    if (f->stands) {
        bounds_of(f, figure);
        figure->best = f->stands->best;
        figure->state = figure->best == 0 ? FIGURE_ZERO_STATED : FIGURE_KNOWN;
        figure->chosen_claim = f->stands->claim->claim_id;
        figure->rule = slice_of(figure_policies[f->rule].name);
    } else {
        without_number(f, figure);
    }
    if (f->words[0].claim->enemy && f->rule != RULE_PINNED)
        figure->rule = slice_of(figure_policies[RULE_ATTACKER_ONLY].name);
    return claims_keep(f, arena, figure, err);
}

/* ---- how well it is attested ---- */

static const char *const SCENE_KINDS[] = {"rescue", "police", "hospital"};

static bool on_the_scene(const struct weights *w, const struct word *word)
{
    if (word->claim->unverified || word->claim->enemy)
        return false;
    for (size_t i = 0; i < sizeof SCENE_KINDS / sizeof *SCENE_KINDS; i++)
        if (slice_is(word->claim->claimant_kind, SCENE_KINDS[i]))
            return true;
    return word->rank <= w->scene_rank;
}

/* Whether a word, no older than the one that stands, tells another story: denies it, or differs by
 * more than half. */
static bool contests(const struct fusing *f, const struct word *word)
{
    int64_t a = f->stands->best, b = word->best, low = a < b ? a : b, high = a < b ? b : a;
    if (!word->latest || !word->exact || b == COUNT_OPEN || word->family == f->stands->family ||
        seconds_from(f->stands->said, word->said) < -f->w->same_seconds)
        return false;
    if (low == 0 && high > 0)
        return true;
    return low < high / 2 && high - low >= f->w->contest_gap;
}

static void attest(struct work *work, const struct fusing *f, const struct words *all,
                   struct incident *incident)
{
    bool toll = !f->words[0].claim->measure.part.len &&
                (slice_is(f->words[0].claim->measure.field, "killed") ||
                 slice_is(f->words[0].claim->measure.field, "wounded"));
    for (size_t i = 0; i < f->n; i++) {
        if (toll && f->stands && contests(f, &f->words[i]))
            incident->grading = GRADING_CONTESTED;
        else if (incident->grading != GRADING_CONTESTED &&
                 on_the_scene(work->weights, &f->words[i]))
            incident->grading = GRADING_CONFIRMED;
    }
    /* The attacker's own number equals the others': conceded. */
    for (size_t i = 0; toll && f->stands && i < all->n && incident->grading != GRADING_CONTESTED;
         i++)
        if (all->items[i].claim->enemy && !f->stands->claim->enemy &&
            all->items[i].best == f->stands->best &&
            measure_compare(&all->items[i].claim->measure, &f->words[0].claim->measure) == 0)
            incident->grading = GRADING_CONFIRMED;
}

/* ---- all figures ---- */

/* How many words of a measure may set the figure: the attacker's, which stand last, only where
 * alone. */
static size_t words_that_count(const struct word *words, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (words[i].pinned)
            return n;
    while (kept < n && !words[kept].claim->enemy)
        kept++;
    return kept ? kept : n;
}

int incident_fuse(struct work *work, struct arena *scratch, const uint32_t *events, size_t n,
                  struct incident *incident, struct error *err)
{
    struct words all;
    if (words_of(work, scratch, events, n, &all, err))
        return -1;
    size_t measures = 0;
    for (size_t i = 0; i < all.n; i++)
        measures += i == 0 ||
                    measure_compare(&all.items[i - 1].claim->measure, &all.items[i].claim->measure);
    incident->figures = ARENA_ARRAY(work->arena, struct figure, measures);
    if (!incident->figures)
        return arena_full(work->arena, err);
    incident->grading = incident->n_independent > 1 ? GRADING_FAIR : GRADING_WEAK;
    for (size_t start = 0, end; start < all.n; start = end) {
        const struct measure *measure = &all.items[start].claim->measure;
        for (end = start + 1;
             end < all.n && !measure_compare(measure, &all.items[end].claim->measure);)
            end++;
        struct fusing fusing = {.w = work->weights,
                                .words = all.items + start,
                                .n = words_that_count(all.items + start, end - start)};
        if (figure_make(&fusing, work->arena, &incident->figures[incident->n_figures++], err))
            return -1;
        attest(work, &fusing, &all, incident);
    }
    return 0;
}
