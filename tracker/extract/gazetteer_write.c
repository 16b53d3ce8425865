/* Turns a draft into the index file: derives what the rows leave open (population, centre and zone
 * of divisions), orders the candidates of each name, lays out the hash tables. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "extract/gazetteer_draft.h"

struct layout {
    struct index_header header;
    struct index_slot *slots;
    struct index_first *firsts;
    unsigned char *bloom;
    uint32_t *lists;
};

/* ---- what the rows leave open ---- */

static void add_population(struct gazetteer_draft *d, uint32_t division, uint32_t population)
{
    if (division == PLACE_NONE)
        return;
    uint32_t *sum = &d->places[division].population;
    *sum = population > UINT32_MAX - *sum ? UINT32_MAX : *sum + population;
}

/* Whether settlement a stands for a division rather than b: its capital or seat, else the larger,
 * else the smaller id. */
static bool stands_for(const struct gazetteer_place *a, const struct gazetteer_place *b,
                       uint8_t flag)
{
    bool a_seat = a->flags & flag, b_seat = b->flags & flag;
    if (a_seat != b_seat)
        return a_seat;
    return a->population != b->population ? a->population > b->population : a->id < b->id;
}

static void elect(const struct gazetteer_draft *d, uint32_t *centre, uint32_t division,
                  uint32_t place, uint8_t flag)
{
    if (division != PLACE_NONE &&
        (centre[division] == PLACE_NONE ||
         stands_for(&d->places[place], &d->places[centre[division]], flag)))
        centre[division] = place;
}

static void inherit(struct gazetteer_place *to, const struct gazetteer_place *from)
{
    if (!(to->flags & PLACE_LOCATED) && to->kind != GAZETTEER_AREA && from->flags & PLACE_LOCATED) {
        to->lat = from->lat;
        to->lon = from->lon;
        to->flags |= PLACE_LOCATED;
    }
    if (!to->zone)
        to->zone = from->zone;
}

static int complete_places(struct gazetteer_draft *d, struct error *err)
{
    uint32_t *centre = ARENA_ARRAY(&d->arena, uint32_t, d->n_places);
    if (!centre)
        return arena_full(&d->arena, err);
    for (uint32_t k = 0; k < d->n_places; k++)
        centre[k] = PLACE_NONE;
    for (uint32_t k = 0; k < d->n_places; k++) {
        const struct gazetteer_place *p = &d->places[k];
        if (p->kind != GAZETTEER_SETTLEMENT)
            continue;
        elect(d, centre, p->country, k, PLACE_CAPITAL);
        elect(d, centre, p->region, k, PLACE_CAPITAL | PLACE_SEAT);
        elect(d, centre, p->district, k, PLACE_CAPITAL | PLACE_SEAT);
        if (p->flags & PLACE_PART)
            continue;
        add_population(d, p->country, p->population);
        add_population(d, p->region, p->population);
        add_population(d, p->district, p->population);
    }
    for (uint32_t k = 0; k < d->n_places; k++) {
        struct gazetteer_place *p = &d->places[k];
        if (centre[k] != PLACE_NONE)
            inherit(p, &d->places[centre[k]]);
        uint32_t above[] = {p->district, p->region, p->country};
        for (size_t i = 0; i < 3 && !p->zone; i++)
            if (above[i] != PLACE_NONE && above[i] != k && centre[above[i]] != PLACE_NONE)
                p->zone = d->places[centre[above[i]]].zone;
    }
    return 0;
}

/* ---- names ---- */

#define WEAK (CANDIDATE_DEMONYM | CANDIDATE_ABBREVIATION)

/* By name; then places before demonyms and abbreviations, the more populous first. Uses of one name
 * for one place that are equally strong end up side by side. */
static int compare_names(const void *left, const void *right, void *context)
{
    const struct gazetteer_draft *d = context;
    const struct draft_name *a = left, *b = right;
    int c = slice_compare(a->key, b->key);
    if (c)
        return c;
    bool a_weak = a->flags & WEAK, b_weak = b->flags & WEAK;
    if (a_weak != b_weak)
        return a_weak - b_weak;
    uint32_t a_size = d->places[a->place].population, b_size = d->places[b->place].population;
    if (a_size != b_size)
        return a_size > b_size ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static struct slice first_word(struct slice key)
{
    const char *space = memchr(key.ptr, ' ', key.len);
    return slice_sub(key, 0, space ? (size_t)(space - key.ptr) : key.len);
}

static uint32_t count_words(struct slice key)
{
    uint32_t n = 1;
    for (size_t k = 0; k < key.len; k++)
        n += key.ptr[k] == ' ';
    return n;
}

/* The smallest power of two that keeps `n` entries below 3/4 of the slots. */
static uint32_t table_size(size_t n)
{
    uint32_t size = 8;
    while (size / 4 * 3 < n && size < (1u << 31))
        size *= 2;
    return size;
}

/* A code (kept beside the names under a \x01) or a loose spelling (\x02) begins no name in a text.
 */
static bool is_code(struct slice key)
{
    return (unsigned char)key.ptr[0] <= 2;
}

static void count_keys(const struct gazetteer_draft *d, size_t *keys, size_t *firsts)
{
    *keys = *firsts = 0;
    for (size_t k = 0; k < d->n_names; k++) {
        struct slice key = d->names[k].key;
        if (k && slice_equal(key, d->names[k - 1].key))
            continue;
        ++*keys;
        /* Sorted, so most names that share a first word are neighbours; counting some twice costs
         * only room. */
        *firsts += !is_code(key) &&
                   (k == 0 || !slice_equal(first_word(key), first_word(d->names[k - 1].key)));
    }
}

static int allocate(struct layout *l, struct gazetteer_draft *d, struct error *err)
{
    size_t keys, firsts;
    count_keys(d, &keys, &firsts);
    l->header.n_names = (uint32_t)keys;
    l->header.n_slots = table_size(keys);
    l->header.n_firsts = table_size(firsts);
    l->header.bloom_bits = 10;
    while (l->header.bloom_bits < 26 && (UINT64_C(1) << l->header.bloom_bits) < 8 * firsts)
        l->header.bloom_bits++;
    l->slots = ARENA_ARRAY(&d->arena, struct index_slot, l->header.n_slots);
    l->firsts = ARENA_ARRAY(&d->arena, struct index_first, l->header.n_firsts);
    l->bloom = ARENA_ARRAY(&d->arena, unsigned char, (1u << l->header.bloom_bits) / 8);
    l->lists = ARENA_ARRAY(&d->arena, uint32_t, d->n_names);
    return l->slots && l->firsts && l->bloom && l->lists ? 0 : arena_full(&d->arena, err);
}

static void add_first(struct layout *l, struct slice key)
{
    struct slice word = first_word(key);
    uint64_t hash = hash_bytes(word.ptr, word.len);
    uint32_t tag = index_tag(hash), words = count_words(key), mask = l->header.n_firsts - 1;
    for (int which = 0; which < 2; which++) {
        uint32_t bit = index_bloom_bit(hash, which, l->header.bloom_bits);
        l->bloom[bit / 8] |= (unsigned char)(1u << bit % 8);
    }
    uint32_t k = (uint32_t)hash & mask;
    while (l->firsts[k].tag && l->firsts[k].tag != tag)
        k = (k + 1) & mask;
    l->firsts[k].tag = tag;
    if (l->firsts[k].words < words)
        l->firsts[k].words = words;
}

/* Adds one use of a name to its slot's list, unless the list has a stronger use for the same place.
 */
static void add_candidate(struct layout *l, struct index_slot *slot, const struct draft_name *name)
{
    uint32_t *list = l->lists + slot->list;
    slot->flags |= (uint16_t)(name->flags >> DRAFT_NAME_SHIFT);
    uint32_t flags = name->flags & (WEAK | CANDIDATE_MAIN);
    size_t from = flags & WEAK || slot->count == 0 ? 0 : slot->count - 1u;
    for (size_t k = from; k < slot->count; k++)
        if ((list[k] & INDEX_PLACE_MASK) == name->place) {
            bool strong = !(list[k] >> INDEX_FLAG_SHIFT & WEAK);
            if (!strong || !(flags & WEAK))
                list[k] |= flags << INDEX_FLAG_SHIFT;
            return;
        }
    if (slot->count == UINT16_MAX)
        return;
    list[slot->count++] = name->place | flags << INDEX_FLAG_SHIFT;
    l->header.n_lists++;
}

static int add_slots(struct layout *l, struct gazetteer_draft *d, struct error *err)
{
    uint32_t mask = l->header.n_slots - 1;
    struct index_slot *slot = NULL;
    for (size_t k = 0; k < d->n_names; k++) {
        const struct draft_name *name = &d->names[k];
        if (k == 0 || !slice_equal(name->key, d->names[k - 1].key)) {
            uint64_t hash = hash_bytes(name->key.ptr, name->key.len);
            uint32_t at = (uint32_t)hash & mask;
            while (l->slots[at].name)
                at = (at + 1) & mask;
            slot = &l->slots[at];
            slot->tag = index_tag(hash);
            slot->list = l->header.n_lists;
            if (draft_string(d, name->key, &slot->name, err))
                return -1;
            if (map_get(&d->ambiguous, name->key) != MAP_ABSENT)
                slot->flags |= NAME_AMBIGUOUS_WORD;
            if (!is_code(name->key))
                add_first(l, name->key);
        }
        add_candidate(l, slot, name);
    }
    return 0;
}

/* ---- the file ---- */

static void place_section(struct index_header *h, uint64_t *offset, uint64_t bytes)
{
    *offset = h->size;
    h->size += (bytes + 7) / 8 * 8;
}

static void place_sections(struct layout *l, const struct gazetteer_draft *d)
{
    struct index_header *h = &l->header;
    memcpy(h->magic, INDEX_MAGIC, sizeof h->magic);
    h->version = INDEX_VERSION;
    h->order = INDEX_ORDER;
    h->n_places = (uint32_t)d->n_places;
    h->strings_len = d->strings.len;
    h->size = (sizeof *h + 7) / 8 * 8;
    place_section(h, &h->places, h->n_places * sizeof(struct gazetteer_place));
    place_section(h, &h->slots, h->n_slots * sizeof(struct index_slot));
    place_section(h, &h->firsts, h->n_firsts * sizeof(struct index_first));
    place_section(h, &h->bloom, (1u << h->bloom_bits) / 8);
    place_section(h, &h->lists, h->n_lists * sizeof(uint32_t));
    place_section(h, &h->strings, h->strings_len);
}

static bool write_section(FILE *file, const void *bytes, size_t len)
{
    static const char zeros[8];
    size_t padding = (8 - len % 8) % 8;
    return (len == 0 || fwrite(bytes, 1, len, file) == len) &&
           (padding == 0 || fwrite(zeros, 1, padding, file) == padding);
}

static bool write_sections(FILE *file, const struct layout *l, const struct gazetteer_draft *d)
{
    const struct index_header *h = &l->header;
    return write_section(file, h, sizeof *h) &&
           write_section(file, d->places, d->n_places * sizeof *d->places) &&
           write_section(file, l->slots, h->n_slots * sizeof *l->slots) &&
           write_section(file, l->firsts, h->n_firsts * sizeof *l->firsts) &&
           write_section(file, l->bloom, (1u << h->bloom_bits) / 8) &&
           write_section(file, l->lists, h->n_lists * sizeof *l->lists) &&
           write_section(file, d->strings.ptr, d->strings.len) && fflush(file) == 0 &&
           fsync(fileno(file)) == 0;
}

static int write_file(const struct layout *l, const struct gazetteer_draft *d, const char *output,
                      struct error *err)
{
    char temporary[4096];
    int len = snprintf(temporary, sizeof temporary, "%s.XXXXXX", output);
    if (len < 0 || (size_t)len >= sizeof temporary)
        return error_set(err, ERROR_IO, "path too long: %s", output);
    int fd = mkstemp(temporary);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
    bool good = file && fchmod(fd, 0644) == 0 && write_sections(file, l, d);
    int code = errno;
    if (file && fclose(file) != 0)
        good = false;
    if (good && rename(temporary, output) == 0)
        return 0;
    code = good ? errno : code;
    if (fd >= 0)
        unlink(temporary);
    return error_at(err, ERROR_IO, output, 0, 0, "cannot write: %s", strerror(code));
}

int draft_write(struct gazetteer_draft *d, const char *output, struct error *err)
{
    struct layout layout = {0};
    if (complete_places(d, err))
        return -1;
    if (d->n_names)
        qsort_r(d->names, d->n_names, sizeof *d->names, compare_names, d);
    if (allocate(&layout, d, err) || add_slots(&layout, d, err))
        return -1;
    place_sections(&layout, d);
    return write_file(&layout, d, output, err);
}
