#include "reconcile/blocking.h"

#include <stdlib.h>

#include "base/map.h"
#include "extract/event_words.h"

#define FORTNIGHT 14
#define MOST_KEY_DAYS 12 /* a span longer than this is DAY_MONTH */
#define MOST_FORTNIGHTS 6
#define KEY_RARITY 7   /* bits: a word of more than one report in 128 is no key */
#define FEW_TOLLS 2    /* tolls below it are no key: everybody shares them */
#define CELL_LAT 15000 /* 0.15 degrees: more than the 15 km of near_metres */
#define CELL_LON 45000 /* the same up to 70 degrees north, where a degree is a third */

enum key_kind {
    KEY_PLACE_DAY,
    KEY_REGION_DAY,
    KEY_REGION_TOLLS,
    KEY_COUNTRY_TOLLS,
    KEY_FAMILY,
    KEY_CELL_DAY,
    KEY_WAVE_DAY,
    KEY_WAVE_MUNITIONS,
    KEY_PLACE_FORTNIGHT,
    KEY_REGION_FORTNIGHT,
    KEY_WORD,
    KEY_FORMER,
    KEY_ROSE,
};

/* Where keys are added: a set, for one event. `failed` is set by the first that does not fit. */
struct keys {
    struct work *work;
    struct block_set *set;
    struct error *err;
    uint32_t index;
    bool seeks;
    bool failed;
};

static void key_put(struct keys *keys, enum block_kind block, enum key_kind kind, uint64_t a,
                    int64_t b, int64_t c, int64_t d)
{
    const uint64_t parts[5] = {kind, a, (uint64_t)b, (uint64_t)c, (uint64_t)d};
    struct block_set *set = keys->set;
    if (keys->failed || arena_grow(&keys->work->scratch, &set->items, &set->capacity, set->n,
                                   sizeof *set->items, keys->err)) {
        keys->failed = true;
        return;
    }
    set->items[set->n++] = (struct block_entry){hash_bytes(parts, sizeof parts), keys->index,
                                                keys->seeks, (uint8_t)block};
}

static void key_add(struct keys *keys, enum key_kind kind, uint64_t a, int64_t b, int64_t c,
                    int64_t d)
{
    key_put(keys, BLOCK_EQUALS, kind, a, b, c, d);
}

/* The day that reckoning goes by when a toll is looked up: of the event, else of its telling. */
static day_number toll_day(const struct profile *p)
{
    return p->last_day != DAY_NONE ? p->last_day : p->said_day;
}

static int64_t fortnight(int64_t day)
{
    return day / FORTNIGHT - (day % FORTNIGHT < 0);
}

static int64_t toll_or_none(const struct profile *p, enum toll_kind kind)
{
    return p->tolls[kind].best == COUNT_OPEN ? -1 : p->tolls[kind].best;
}

/* Whether the event's tolls are telling enough to be a key. */
static bool has_tolls(const struct profile *p)
{
    return toll_or_none(p, TOLL_KILLED) + toll_or_none(p, TOLL_WOUNDED) >= FEW_TOLLS;
}

/* Under a day and the next: events of neighbouring days share one of the two keys. */
static void day_keys(struct keys *keys, enum key_kind kind, uint64_t what, const struct profile *p)
{
    /* An event that names no day may have happened some days before it was told. */
    int64_t back = p->day_kind == DAY_IMPLIED ? keys->work->weights->soon_days : 0;
    int64_t first = p->first_day - back, last = (int64_t)p->last_day + 1;
    for (int64_t day = first; day <= last && day - first < MOST_KEY_DAYS; day++)
        key_add(keys, kind, what, day, 0, 0);
}

static void toll_keys(struct keys *keys, enum key_kind kind, uint64_t where,
                      const struct profile *p, int64_t first, int64_t last)
{
    for (int64_t f = first; f <= last; f++)
        key_add(keys, kind, where, f, toll_or_none(p, TOLL_KILLED), toll_or_none(p, TOLL_WOUNDED));
}

/* A toll and those that rose from it, in those fortnights. Small ones tell nothing. Among equals
 * what rose looks for what it was; else `had` is the key of the tolls, `rose` of what they rose
 * from. */
static void former_keys(struct keys *keys, enum block_kind block, enum key_kind had,
                        enum key_kind rose, const struct profile *p, int64_t first, int64_t last)
{
    int64_t least = keys->work->weights->rise_from;
    for (int64_t f = first; f <= last; f++) {
        for (int i = 0; i < TOLL_FIRST_MUNITION; i++) {
            if (p->tolls[i].best >= least)
                key_put(keys, block, had, p->country, f, i, p->tolls[i].best);
            bool seeks = keys->seeks;
            keys->seeks = seeks || block == BLOCK_FORMER;
            if (p->former[i] >= least)
                key_put(keys, block, rose, p->country, f, i, p->former[i]);
            keys->seeks = seeks;
        }
    }
}

/* Cells of a grid, four for each town, so that towns in touching cells share one. */
static void cell_keys(struct keys *keys, const struct profile *p)
{
    const struct event_row *row = p->row;
    if (row->place_precision > PRECISION_SETTLEMENT || row->lat == PLACE_NO_COORDINATE ||
        row->lon == PLACE_NO_COORDINATE || p->day_kind > DAY_IMPLIED || p->day_kind == DAY_MONTH)
        return;
    int64_t lat = ((int64_t)row->lat + 9000000) / CELL_LAT,
            lon = ((int64_t)row->lon + 18000000) / CELL_LON;
    for (int64_t i = lat; i <= lat + 1; i++)
        for (int64_t j = lon; j <= lon + 1; j++)
            key_add(keys, KEY_CELL_DAY, (uint64_t)i, j, p->last_day, 0);
}

/* Waves of neighbouring days, and of equal munitions in those fortnights: without a time such a key
 * would bring together ever more waves the longer the war. */
static void wave_keys(struct keys *keys, const struct profile *p, int64_t first, int64_t last)
{
    if (p->last_day != DAY_NONE && p->day_kind != DAY_MONTH)
        day_keys(keys, KEY_WAVE_DAY, p->country, p);
    if (toll_or_none(p, TOLL_DRONES) + toll_or_none(p, TOLL_MISSILES) < FEW_TOLLS)
        return;
    for (int64_t f = first; f <= last; f++)
        key_add(keys, KEY_WAVE_MUNITIONS, p->country, f, toll_or_none(p, TOLL_DRONES),
                toll_or_none(p, TOLL_MISSILES));
}

/* The rarest words; of equally rare ones the lowest numbers, so that two events that share words
 * choose the same. */
static void word_keys(struct keys *keys, const struct profile *p)
{
    const struct event_row *row = p->row;
    uint32_t left = keys->work->weights->word_keys;
    for (uint32_t rarity = RARITY_MOST; left && rarity >= KEY_RARITY; rarity--) {
        for (size_t i = 0; left && i < row->n_words; i++) {
            if (word_rarity(row->words[i]) != rarity)
                continue;
            key_put(keys, BLOCK_WORD, KEY_WORD, row->words[i] >> WORD_RARITY_BITS, 0, 0, 0);
            left--;
        }
    }
}

static int keys_done(const struct keys *keys)
{
    return keys->failed ? -1 : 0;
}

int block_meet(struct work *work, struct block_set *set, uint32_t index, struct error *err)
{
    struct keys keys = {work, set, err, index, false, false};
    const struct profile *p = &work->profiles[index];
    bool days = p->last_day != DAY_NONE && p->day_kind != DAY_MONTH;
    key_add(&keys, KEY_FAMILY, (uint64_t)p->row->copy_family, 0, 0, 0);
    day_number day = toll_day(p);
    if (p->wave) {
        if (day != DAY_NONE)
            wave_keys(&keys, p, fortnight(day), fortnight(day) + 1);
        return keys_done(&keys);
    }
    if (p->place && days)
        day_keys(&keys, KEY_PLACE_DAY, p->place, p);
    if (p->row->place_precision == PRECISION_REGION && p->adm1 && days)
        day_keys(&keys, KEY_REGION_DAY, p->adm1, p);
    cell_keys(&keys, p);
    word_keys(&keys, p);
    if (day != DAY_NONE && has_tolls(p))
        toll_keys(&keys, p->adm1 ? KEY_REGION_TOLLS : KEY_COUNTRY_TOLLS,
                  p->adm1 ? p->adm1 : p->country, p, fortnight(day), fortnight(day) + 1);
    if (day != DAY_NONE)
        former_keys(&keys, BLOCK_FORMER, KEY_FORMER, KEY_FORMER, p, fortnight(day),
                    fortnight(day) + 1);
    if (!days && p->place && day != DAY_NONE && p->row->place_precision <= PRECISION_DISTRICT)
        for (int64_t f = fortnight(day); f <= fortnight(day) + 1; f++)
            key_add(&keys, KEY_PLACE_FORTNIGHT, p->place, f, 0, 0);
    return keys_done(&keys);
}

int block_offer(struct work *work, struct block_set *set, uint32_t index, struct error *err)
{
    struct keys keys = {work, set, err, index, false, false};
    const struct profile *p = &work->profiles[index];
    int64_t f = fortnight(p->last_day);
    key_add(&keys, KEY_FAMILY, (uint64_t)p->row->copy_family, 0, 0, 0);
    if (p->wave) {
        wave_keys(&keys, p, f, f);
        return keys_done(&keys);
    }
    word_keys(&keys, p);
    if (p->last_day == DAY_NONE) /* brought here by a decision: nothing to be found by */
        return keys_done(&keys);
    if (p->place)
        key_add(&keys, KEY_PLACE_FORTNIGHT, p->place, f, 0, 0);
    if (p->adm1) {
        key_add(&keys, KEY_REGION_FORTNIGHT, p->adm1, f, 0, 0);
        day_keys(&keys, KEY_REGION_DAY, p->adm1, p);
    }
    former_keys(&keys, BLOCK_EQUALS, KEY_FORMER, KEY_ROSE, p, f, f);
    if (has_tolls(p))
        toll_keys(&keys, KEY_COUNTRY_TOLLS, p->country, p, f, f);
    return keys_done(&keys);
}

/* The fortnights in which a vague event may have happened: those of its days, or before it was
 * told. */
static bool sought_fortnights(const struct profile *p, int64_t *first, int64_t *last)
{
    bool told = p->day_kind == DAY_UNKNOWN || p->day_kind == DAY_IMPLIED;
    day_number day = toll_day(p);
    if (day == DAY_NONE)
        return false;
    *first = fortnight((int64_t)(told ? day : p->first_day) - (told ? FORTNIGHT : 1));
    *last = fortnight((int64_t)day + 1);
    if (*last - *first >= MOST_FORTNIGHTS)
        *first = *last - MOST_FORTNIGHTS + 1;
    return true;
}

int block_seek(struct work *work, struct block_set *set, uint32_t index, struct error *err)
{
    struct keys keys = {work, set, err, index, true, false};
    const struct profile *p = &work->profiles[index];
    const struct event_row *row = p->row;
    int64_t first, last;
    key_add(&keys, KEY_FAMILY, (uint64_t)row->copy_family, 0, 0, 0);
    bool known = sought_fortnights(p, &first, &last);
    if (p->wave) {
        wave_keys(&keys, p, known ? first : 0, known ? last : -1);
        for (int64_t back = 0; p->said_day != DAY_NONE && back <= work->weights->soon_days; back++)
            key_add(&keys, KEY_WAVE_DAY, p->country, p->said_day - back, 0, 0);
        return keys_done(&keys);
    }
    word_keys(&keys, p);
    if (!known)
        return keys_done(&keys);
    if (p->place && row->place_precision <= PRECISION_DISTRICT)
        for (int64_t f = first; f <= last; f++)
            key_add(&keys, KEY_PLACE_FORTNIGHT, p->place, f, 0, 0);
    else if (p->adm1 && (p->day_kind == DAY_EXACT || p->day_kind == DAY_SPAN))
        day_keys(&keys, KEY_REGION_DAY, p->adm1, p);
    else if (p->adm1)
        for (int64_t f = first; f <= last; f++)
            key_add(&keys, KEY_REGION_FORTNIGHT, p->adm1, f, 0, 0);
    /* Crosswise: it had what a cluster's toll rose from, or rose from what one had. */
    former_keys(&keys, BLOCK_EQUALS, KEY_ROSE, KEY_FORMER, p, first, last);
    if (has_tolls(p))
        toll_keys(&keys, KEY_COUNTRY_TOLLS, p->country, p, first, last);
    return keys_done(&keys);
}

/* ---- blocks ---- */

static int compare_entries(const void *x, const void *y)
{
    const struct block_entry *a = x, *b = y;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->seeks != b->seeks)
        return a->seeks ? 1 : -1;
    return (a->index > b->index) - (a->index < b->index);
}

#define FEW_ENTRIES 4096 /* below it a plain sort is as fast */

/* Spreads the entries over buckets by the upper bits of their keys, which are hashes and so fall
 * evenly, and sorts each bucket: the work grows with the entries alone. Without memory for it, and
 * for few, a plain sort does the same. */
static void entries_sort(struct block_entry *items, size_t n)
{
    unsigned bits = 1;
    while (bits < 30 && (size_t)8 << bits < n)
        bits++;
    size_t buckets = (size_t)1 << bits;
    struct block_entry *sorted = n < FEW_ENTRIES ? NULL : malloc(n * sizeof *sorted);
    size_t *ends = sorted ? calloc(buckets + 1, sizeof *ends) : NULL;
    if (ends) {
        for (size_t i = 0; i < n; i++)
            ends[(items[i].key >> (64 - bits)) + 1]++;
        for (size_t b = 0; b < buckets; b++)
            ends[b + 1] += ends[b];
        for (size_t i = 0; i < n; i++)
            sorted[ends[items[i].key >> (64 - bits)]++] = items[i];
        for (size_t b = 0, start = 0; b < buckets; start = ends[b++])
            if (ends[b] - start > 1)
                qsort(sorted + start, ends[b] - start, sizeof *sorted, compare_entries);
        memcpy(items, sorted, n * sizeof *items);
    } else if (n) {
        qsort(items, n, sizeof *items, compare_entries);
    }
    free(ends);
    free(sorted);
}

void block_sort(struct block_set *set)
{
    entries_sort(set->items, set->n);
    size_t kept = 0;
    for (size_t i = 0; i < set->n; i++)
        if (!kept || compare_entries(&set->items[kept - 1], &set->items[i]) != 0)
            set->items[kept++] = set->items[i];
    set->n = kept;
}

size_t block_end(const struct block_set *set, size_t start)
{
    size_t end = start;
    while (end < set->n && set->items[end].key == set->items[start].key)
        end++;
    return end;
}

void block_connect(struct work *work, const struct block_set *set, struct partition *components)
{
    const struct weights *weights = work->weights;
    for (size_t start = 0, end; start < set->n; start = end) {
        end = block_end(set, start);
        /* In order of event ids, which are hashes, each with some followers: a random graph,
         * connected wherever many are one strike. */
        bool capped = end - start > weights->most_block;
        if (set->items[start].kind == BLOCK_FORMER && !set->items[end - 1].seeks)
            continue;
        if (set->items[start].kind == BLOCK_WORD && end - start > weights->most_word_block) {
            work->stats.common_words++;
            continue;
        }
        work->stats.capped_blocks += capped;
        for (size_t i = start; i < end; i++) {
            size_t last =
                capped && i + weights->block_window < end ? i + weights->block_window : end - 1;
            for (size_t j = i + 1; j <= last; j++) {
                uint32_t a = set->items[i].index, b = set->items[j].index;
                if (!block_compares(&set->items[i], &set->items[j]))
                    continue;
                if (partition_find(components, a) != partition_find(components, b) &&
                    work_score(work, a, b) >= weights->link)
                    partition_join(components, a, b);
            }
        }
    }
}
