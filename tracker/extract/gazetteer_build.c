#include "extract/gazetteer_build.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "extract/gazetteer_draft.h"
#include "extract/place_file.h"
#include "text/utf8.h"

/* Ids and populations beyond this are nonsense. */
#define ID_LIMIT (INT64_C(1) << 52)
#define OURS ((uint32_t)NAME_OURS << DRAFT_NAME_SHIFT)

/* Files are read kind by kind in this order: a division needs its country, a place its divisions.
 */
enum file_kind {
    FILE_NOT_PLACES,
    FILE_COUNTRIES,
    FILE_REGIONS,
    FILE_ADMIN1,
    FILE_ADMIN2,
    FILE_AREAS,
    FILE_DUMP,
    FILE_KINDS
};

struct input {
    enum file_kind kind;
    char *path;
};

struct inputs {
    struct input *items;
    size_t n;
    size_t size;
};

/* ---- rows ---- */

static int add_names(struct gazetteer_draft *d, struct slice list, char separator, uint32_t place,
                     uint32_t flags, struct error *err)
{
    struct slice name;
    while (place_piece(&list, separator, &name))
        if (draft_add_name(d, name, place, flags, err))
            return -1;
    return 0;
}

static bool good_country(struct slice s)
{
    return s.len == 2 && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z' && s.ptr[1] >= 'A' && s.ptr[1] <= 'Z';
}

/* A new country or division with its code and canonical name; its parents follow from the code. */
static int add_division(struct gazetteer_draft *d, struct slice code, struct slice name, int64_t id,
                        uint32_t flags, uint32_t *index, struct error *err)
{
    if (draft_place(d, id, index, err) || draft_set_code(d, code, *index, err) ||
        draft_string(d, name, &d->places[*index].name, err) ||
        draft_add_name(d, name, *index, CANDIDATE_MAIN | flags, err))
        return -1;
    struct gazetteer_place *p = &d->places[*index];
    memcpy(p->country_code, code.ptr, 2);
    p->country = draft_code(d, slice_sub(code, 0, 2));
    const char *dot = code.len > 3 ? memchr(code.ptr + 3, '.', code.len - 3) : NULL;
    if (code.len == 2) {
        p->kind = GAZETTEER_COUNTRY;
    } else if (!dot) {
        p->kind = GAZETTEER_REGION;
        p->region = *index;
    } else {
        p->kind = GAZETTEER_DISTRICT;
        p->region = draft_code(d, slice_sub(code, 0, (size_t)(dot - code.ptr)));
        p->district = *index;
    }
    return 0;
}

static int read_country(struct gazetteer_draft *d, const struct place_row *row, struct error *err)
{
    struct slice code = place_row_column(row, 0), name = place_row_column(row, 1);
    uint32_t place;
    if (!good_country(code) || name.len == 0)
        return place_row_error(row, err, "expected a country code of two letters, then a name");
    if (draft_code(d, code) != PLACE_NONE)
        return place_row_error(row, err, "this country stands here twice");
    if (add_division(d, code, name, 0, OURS, &place, err) ||
        add_names(d, place_row_column(row, 2), '|', place, OURS, err) ||
        add_names(d, place_row_column(row, 3), '|', place, OURS | CANDIDATE_DEMONYM, err) ||
        add_names(d, place_row_column(row, 4), '|', place, OURS, err))
        return -1;
    return 0;
}

/* "UA.22", or with `parts` 3 "UA.22.6102": the country is known, no part is empty. */
static bool good_division(const struct gazetteer_draft *d, struct slice code, size_t parts)
{
    if (code.len < 4 || code.ptr[2] != '.' || draft_code(d, slice_sub(code, 0, 2)) == PLACE_NONE)
        return false;
    size_t n = 0;
    struct slice piece;
    while (place_piece(&code, '.', &piece))
        n++;
    return n == parts;
}

static int read_region(struct gazetteer_draft *d, const struct place_row *row, struct error *err)
{
    struct slice code = place_row_column(row, 0), name = place_row_column(row, 1);
    uint32_t place;
    if (!good_division(d, code, 2) || name.len == 0)
        return place_row_error(row, err,
                               "expected a code such as UA.22 of a known country, "
                               "then a name");
    if (draft_code(d, code) != PLACE_NONE)
        return place_row_error(row, err, "this region stands here twice");
    if (add_division(d, code, name, 0, OURS, &place, err) ||
        add_names(d, place_row_column(row, 2), '|', place, OURS, err) ||
        add_names(d, place_row_column(row, 3), '|', place, OURS | CANDIDATE_DEMONYM, err) ||
        add_names(d, place_row_column(row, 4), '|', place, OURS, err) ||
        add_names(d, place_row_column(row, 5), '|', place, OURS | CANDIDATE_ABBREVIATION, err))
        return -1;
    return 0;
}

/* admin1 and admin2: code, name, other name, id. A division that regions.tsv named keeps that name.
 */
static int read_admin(struct gazetteer_draft *d, const struct place_row *row, size_t parts,
                      struct error *err)
{
    struct slice code = place_row_column(row, 0), name = place_row_column(row, 1);
    int64_t id;
    if (code.len < 4 || code.ptr[2] != '.' || name.len == 0)
        return place_row_error(row, err, "expected a code such as UA.22, then a name");
    if (place_row_int(row, 3, -ID_LIMIT, ID_LIMIT, 0, &id, err))
        return -1;
    if (!good_division(d, code, parts))
        return 0; /* a country or region nobody names: nothing can refer to it */
    uint32_t place = draft_code(d, code);
    if (place == PLACE_NONE) {
        if (add_division(d, code, name, id, 0, &place, err))
            return -1;
    } else if (draft_add_name(d, name, place, 0, err)) {
        return -1;
    }
    d->places[place].id = id;
    return draft_add_name(d, place_row_column(row, 2), place, 0, err);
}

static int read_area(struct gazetteer_draft *d, const struct place_row *row, struct error *err)
{
    struct slice name = place_row_column(row, 0);
    uint32_t place;
    if (name.len == 0)
        return place_row_error(row, err, "expected a name");
    if (draft_place(d, 0, &place, err) || draft_string(d, name, &d->places[place].name, err) ||
        draft_add_name(d, name, place, OURS | CANDIDATE_MAIN, err) ||
        add_names(d, place_row_column(row, 1), '|', place, OURS, err) ||
        add_names(d, place_row_column(row, 2), '|', place, OURS, err))
        return -1;
    struct gazetteer_place *p = &d->places[place];
    p->kind = GAZETTEER_AREA;
    struct slice countries = place_row_column(row, 3), regions = place_row_column(row, 4), piece;
    /* An area over several countries or regions belongs to none of them. */
    if (countries.len == 2) {
        p->country = draft_code(d, countries);
        memcpy(p->country_code, countries.ptr, 2);
    }
    if (regions.len && !memchr(regions.ptr, '|', regions.len))
        p->region = draft_code(d, regions);
    while (place_piece(&countries, '|', &piece))
        if (draft_code(d, piece) == PLACE_NONE)
            return place_row_error(row, err, "unknown country");
    for (regions = place_row_column(row, 4); place_piece(&regions, '|', &piece);)
        if (draft_code(d, piece) == PLACE_NONE)
            return place_row_error(row, err, "unknown region");
    if (slice_is(place_row_column(row, 7), "part"))
        p->flags |= PLACE_PART;
    else if (place_row_column(row, 7).len)
        return place_row_error(row, err, "expected nothing or \"part\"");
    if (place_row_column(row, 5).len == 0 && place_row_column(row, 6).len == 0)
        return 0;
    p->flags |= PLACE_LOCATED;
    if (place_row_degrees(row, 5, 90, &p->lat, err))
        return -1;
    return place_row_degrees(row, 6, 180, &p->lon, err);
}

static int read_not_place(struct gazetteer_draft *d, const struct place_row *row, struct error *err)
{
    buffer_clear(&d->folded);
    utf8_fold_name(&d->folded, place_row_column(row, 0));
    struct slice key = arena_copy(&d->arena, buffer_slice(&d->folded));
    if (!key.ptr)
        return arena_full(&d->arena, err);
    return map_put(&d->ambiguous, key, 1, err);
}

/* ---- a GeoNames dump ---- */

enum dump_column {
    DUMP_ID,
    DUMP_NAME,
    DUMP_ASCII,
    DUMP_OTHERS,
    DUMP_LAT,
    DUMP_LON,
    DUMP_CLASS,
    DUMP_CODE,
    DUMP_COUNTRY,
    DUMP_CC2,
    DUMP_ADM1,
    DUMP_ADM2,
    DUMP_POPULATION = 14,
    DUMP_ZONE = 17,
    DUMP_COLUMNS = 19
};

/* The features taken from a dump; what is not listed (streams, schools, hotels) is left out. */
static const struct feature {
    const char *code; /* class and code; a class alone stands for the rest of it */
    uint8_t kind;
    uint8_t flags;
} FEATURES[] = {
    {"P.PPLC", GAZETTEER_SETTLEMENT, PLACE_CAPITAL},
    {"P.PPLA", GAZETTEER_SETTLEMENT, PLACE_SEAT},
    {"P.PPLX", GAZETTEER_SETTLEMENT, PLACE_PART},
    {"P", GAZETTEER_SETTLEMENT, 0},
    {"A.ADM1", GAZETTEER_REGION, 0},
    {"A.ADM2", GAZETTEER_DISTRICT, 0},
    {"A.PCLI", GAZETTEER_COUNTRY, 0},
    {"A.ADM3", GAZETTEER_AREA, 0},
    {"A.ADM4", GAZETTEER_AREA, 0},
    {"L.RGN", GAZETTEER_AREA, 0},
    {"L.AREA", GAZETTEER_AREA, 0},
    {"L.LCTY", GAZETTEER_AREA, 0},
    {"L.MILB", GAZETTEER_AREA, 0},
    {"S.AIRP", GAZETTEER_AREA, 0},
    {"S.AIRB", GAZETTEER_AREA, 0},
    {"S.CMPRF", GAZETTEER_AREA, 0},
    {"S.INSM", GAZETTEER_AREA, 0},
};

static const struct feature *find_feature(struct slice class, struct slice code)
{
    for (size_t k = 0; k < sizeof FEATURES / sizeof *FEATURES; k++) {
        const char *f = FEATURES[k].code;
        if (class.len == 1 && class.ptr[0] == f[0] && (!f[1] || slice_is(code, f + 2)))
            return &FEATURES[k];
    }
    return NULL;
}

/* The place of "country.adm1" or "country.adm1.adm2", or PLACE_NONE. */
static uint32_t division_of(const struct gazetteer_draft *d, const struct place_row *row, int parts)
{
    struct slice country = place_row_column(row, DUMP_COUNTRY);
    struct slice adm1 = place_row_column(row, DUMP_ADM1), adm2 = place_row_column(row, DUMP_ADM2);
    char code[128];
    if (country.len != 2 || adm1.len == 0 || adm1.len > 40 || adm2.len > 40 ||
        (parts == 3 && adm2.len == 0))
        return PLACE_NONE;
    int len = parts == 3
                  ? snprintf(code, sizeof code, "%.*s.%.*s.%.*s", SLICE_ARG(country),
                             SLICE_ARG(adm1), SLICE_ARG(adm2))
                  : snprintf(code, sizeof code, "%.*s.%.*s", SLICE_ARG(country), SLICE_ARG(adm1));
    return draft_code(d, (struct slice){code, (size_t)len});
}

/* The record a row is about: a division that a code already names, or a new one; PLACE_NONE to skip
 * it. */
static int dump_record(struct gazetteer_draft *d, const struct place_row *row,
                       const struct feature *feature, int64_t id, uint32_t *index,
                       struct error *err)
{
    *index = PLACE_NONE;
    if (feature->kind == GAZETTEER_COUNTRY)
        *index = draft_code(d, place_row_column(row, DUMP_COUNTRY));
    else if (feature->kind == GAZETTEER_REGION || feature->kind == GAZETTEER_DISTRICT)
        *index = division_of(d, row, feature->kind == GAZETTEER_REGION ? 2 : 3);
    else if (draft_place(d, id, index, err))
        return -1;
    if (*index == PLACE_NONE)
        return 0;
    struct gazetteer_place *p = &d->places[*index];
    p->id = id;
    p->flags |= feature->flags | PLACE_LOCATED;
    if (p->name)
        return 0;
    p->kind = feature->kind;
    struct slice country = place_row_column(row, DUMP_COUNTRY);
    if (country.len == 2)
        memcpy(p->country_code, country.ptr, 2);
    p->country = draft_code(d, country);
    p->region = division_of(d, row, 2);
    p->district = division_of(d, row, 3);
    return draft_string(d, place_row_column(row, DUMP_NAME), &p->name, err);
}

/* Whether the id was seen before; remembers it. */
static int seen_before(struct gazetteer_draft *d, int64_t id, bool *seen, struct error *err)
{
    struct slice key = {(const char *)&id, sizeof id};
    *seen = map_get(&d->ids, key) != MAP_ABSENT;
    if (*seen)
        return 0;
    key = arena_copy(&d->arena, key);
    if (!key.ptr)
        return arena_full(&d->arena, err);
    return map_put(&d->ids, key, 1, err);
}

static int read_dump(struct gazetteer_draft *d, const struct place_row *row, struct error *err)
{
    if (row->n != DUMP_COLUMNS)
        return error_at(err, ERROR_INPUT, row->file, row->line, 0,
                        "%zu columns where a GeoNames dump has %d", row->n, DUMP_COLUMNS);
    int64_t id, population;
    int32_t lat, lon;
    bool seen;
    struct slice country = place_row_column(row, DUMP_COUNTRY);
    if (place_row_column(row, DUMP_ID).len == 0 || place_row_column(row, DUMP_NAME).len == 0 ||
        (country.len && !good_country(country)))
        return place_row_error(row, err,
                               "expected an id, a name and a country code of two letters");
    if (place_row_int(row, DUMP_ID, -ID_LIMIT, ID_LIMIT, 0, &id, err) ||
        place_row_int(row, DUMP_POPULATION, 0, ID_LIMIT, 0, &population, err) ||
        place_row_degrees(row, DUMP_LAT, 90, &lat, err) ||
        place_row_degrees(row, DUMP_LON, 180, &lon, err))
        return -1;
    const struct feature *feature =
        find_feature(place_row_column(row, DUMP_CLASS), place_row_column(row, DUMP_CODE));
    uint32_t index;
    if (!feature || seen_before(d, id, &seen, err))
        return feature ? -1 : 0;
    if (seen || dump_record(d, row, feature, id, &index, err))
        return seen ? 0 : -1;
    if (index == PLACE_NONE)
        return 0;
    struct gazetteer_place *p = &d->places[index];
    p->lat = lat;
    p->lon = lon;
    if (p->kind == GAZETTEER_SETTLEMENT || p->kind == GAZETTEER_AREA)
        p->population = population > UINT32_MAX ? UINT32_MAX : (uint32_t)population;
    if (draft_string(d, place_row_column(row, DUMP_ZONE), &p->zone, err) ||
        draft_add_name(d, place_row_column(row, DUMP_NAME), index,
                       p->kind == GAZETTEER_SETTLEMENT || p->kind == GAZETTEER_AREA ? CANDIDATE_MAIN
                                                                                    : 0,
                       err) ||
        draft_add_name(d, place_row_column(row, DUMP_ASCII), index, 0, err))
        return -1;
    return add_names(d, place_row_column(row, DUMP_OTHERS), ',', index, 0, err);
}

/* ---- files ---- */

static int read_row(struct gazetteer_draft *d, enum file_kind kind, const struct place_row *row,
                    struct error *err)
{
    switch (kind) {
    case FILE_NOT_PLACES: return read_not_place(d, row, err);
    case FILE_COUNTRIES: return read_country(d, row, err);
    case FILE_REGIONS: return read_region(d, row, err);
    case FILE_ADMIN1: return read_admin(d, row, 2, err);
    case FILE_ADMIN2: return read_admin(d, row, 3, err);
    case FILE_AREAS: return read_area(d, row, err);
    default: return read_dump(d, row, err);
    }
}

static int read_input(struct gazetteer_draft *d, const struct input *input, struct error *err)
{
    struct place_file *file;
    struct place_row row;
    if (place_file_open(&file, input->path, err))
        return -1;
    int got;
    while ((got = place_file_next(file, &row, err)) == 1)
        if (read_row(d, input->kind, &row, err)) {
            got = -1;
            break;
        }
    place_file_close(file);
    return got;
}

static bool ends_with(struct slice s, const char *tail)
{
    struct slice t = slice_of(tail);
    return s.len >= t.len && slice_equal(slice_sub(s, s.len - t.len, t.len), t);
}

/* What a file holds, by its name; FILE_KINDS when it is none of ours. */
static enum file_kind file_kind(const char *path)
{
    static const struct {
        const char *start;
        enum file_kind kind;
    } kinds[] = {{"not-places.", FILE_NOT_PLACES}, {"countries.", FILE_COUNTRIES},
                 {"regions.", FILE_REGIONS},       {"areas.", FILE_AREAS},
                 {"admin1", FILE_ADMIN1},          {"admin2", FILE_ADMIN2}};
    const char *slash = strrchr(path, '/');
    struct slice name = slice_of(slash ? slash + 1 : path);
    if (ends_with(name, ".gz"))
        name.len -= 3;
    if (!ends_with(name, ".tsv") && !ends_with(name, ".txt"))
        return FILE_KINDS;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (slice_starts(name, slice_of(kinds[k].start)))
            return kinds[k].kind;
    return FILE_DUMP;
}

/* Takes over `path` (malloc'ed, may be NULL when memory is out). */
static int add_input(struct inputs *inputs, enum file_kind kind, char *path, struct error *err)
{
    if (path && inputs->n == inputs->size) {
        size_t size = inputs->size ? 2 * inputs->size : 16;
        struct input *items = realloc(inputs->items, size * sizeof *items);
        if (items) {
            inputs->items = items;
            inputs->size = size;
        }
    }
    if (!path || inputs->n == inputs->size) {
        free(path);
        return error_set(err, ERROR_LIMIT, "out of memory");
    }
    inputs->items[inputs->n++] = (struct input){kind, path};
    return 0;
}

static int add_folder(struct inputs *inputs, const char *folder, struct error *err)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, NULL, alphasort);
    if (n < 0)
        return error_at(err, ERROR_IO, folder, 0, 0, "cannot list: %s", strerror(errno));
    int failed = 0;
    for (int k = 0; k < n; k++) {
        const char *name = entries[k]->d_name;
        enum file_kind kind = file_kind(name);
        if (!failed && name[0] != '.' && kind != FILE_KINDS) {
            char *path = NULL;
            if (asprintf(&path, "%s/%s", folder, name) < 0)
                path = NULL;
            failed = add_input(inputs, kind, path, err);
        }
        free(entries[k]);
    }
    free(entries);
    return failed;
}

static int collect(struct inputs *inputs, const char *const *paths, size_t n, struct error *err)
{
    for (size_t k = 0; k < n; k++) {
        struct stat st;
        if (stat(paths[k], &st) != 0)
            return error_at(err, ERROR_IO, paths[k], 0, 0, "cannot open: %s", strerror(errno));
        enum file_kind kind = file_kind(paths[k]);
        int failed = S_ISDIR(st.st_mode) ? add_folder(inputs, paths[k], err)
                                         : add_input(inputs, kind == FILE_KINDS ? FILE_DUMP : kind,
                                                     strdup(paths[k]), err);
        if (failed)
            return -1;
    }
    return inputs->n ? 0 : error_set(err, ERROR_USAGE, "no place files given");
}

int gazetteer_build(const char *const *paths, size_t n, const char *output, struct error *err)
{
    struct inputs inputs = {NULL, 0, 0};
    struct gazetteer_draft draft;
    draft_init(&draft);
    int failed = collect(&inputs, paths, n, err);
    for (int kind = 0; kind < FILE_KINDS && !failed; kind++)
        for (size_t k = 0; k < inputs.n && !failed; k++)
            if (inputs.items[k].kind == (enum file_kind)kind)
                failed = read_input(&draft, &inputs.items[k], err);
    if (!failed)
        failed = draft_write(&draft, output, err);
    draft_free(&draft);
    for (size_t k = 0; k < inputs.n; k++)
        free(inputs.items[k].path);
    free(inputs.items);
    return failed ? -1 : 0;
}
