#ifndef TRACKER_EXTRACT_GAZETTEER_H
#define TRACKER_EXTRACT_GAZETTEER_H

#include <stdint.h>

#include "text/document.h"

/* Every place the program knows, with all its names: one read-only file made by gazetteer_build,
 * mapped into memory. Any number of threads may use one gazetteer. All slices it gives live as long
 * as it does. */
struct gazetteer;

enum gazetteer_kind {
    GAZETTEER_COUNTRY,
    GAZETTEER_REGION,   /* first-level division: oblast, province, governorate, state */
    GAZETTEER_DISTRICT, /* second-level division */
    GAZETTEER_SETTLEMENT,
    GAZETTEER_AREA, /* a named area that is no division: Donbas, Lake Chad, a camp, an air base */
};

enum place_flag {
    PLACE_LOCATED = 1, /* lat and lon are known */
    PLACE_CAPITAL = 2, /* of its country */
    PLACE_SEAT = 4,    /* of its first-level region */
    PLACE_PART = 8,    /* a section of a settlement */
};

#define PLACE_NONE UINT32_MAX

/* One place, as it stands in the file. Refs are for gazetteer_text, indices for gazetteer_place_at.
 */
struct gazetteer_place {
    int64_t id;       /* geonameid; negative where the sources have none */
    uint32_t name;    /* ref of its canonical name */
    uint32_t code;    /* ref of "UA", "UA.22", "UA.22.6102": countries and divisions only */
    uint32_t country; /* index of its country, region and district (its own for such a place), or */
    uint32_t region;  /* PLACE_NONE */
    uint32_t district;
    int32_t lat; /* 1e-5 degrees */
    int32_t lon;
    uint32_t population; /* 0 unknown; of countries and divisions the sum over their settlements */
    uint32_t zone;       /* ref of the tz database name */
    char country_code[2];
    uint8_t kind;  /* enum gazetteer_kind */
    uint8_t flags; /* enum place_flag */
};

enum place_candidate_flag {
    CANDIDATE_MAIN = 1, /* the name is the place's canonical one */
    CANDIDATE_DEMONYM =
        2, /* an adjective or a people: "Ukrainian" points to UA and is no location */
    CANDIDATE_ABBREVIATION = 4, /* "Ill.", "IL": a place only after a comma and a place */
};

enum place_name_flag {
    NAME_AMBIGUOUS_WORD = 1, /* listed in not-places.txt: a place only where the context says so */
    NAME_OURS = 2,           /* stands in one of our own files (countries, regions, areas) */
};

/* The places one name may mean, the likelier first: places before demonyms, then by population. */
struct place_candidates {
    const uint32_t *packed; /* opaque; read with gazetteer_candidate */
    size_t n;
    unsigned flags; /* enum place_name_flag */
};

/* Maps an index file. *out is the caller's, freed with gazetteer_free. Reads only the header:
 * microseconds. -1 with ERROR_IO (cannot read) or ERROR_CONFIG (not an index, another version or
 * byte order, truncated). */
int gazetteer_open(struct gazetteer **out, const char *path, struct error *err) WARN_UNUSED;
void gazetteer_free(struct gazetteer *gazetteer);

/* The longest name that begins at token i and ends before token `end`. Returns the tokens it takes
 * and its candidates, or 0. A name begins with a capital or a caseless letter, or with a small
 * article before one ("al-Bab"); its inner words may be joined by spaces, hyphens or
 * apostrophes as written; a line break inside is a space, a comma ends it. */
size_t gazetteer_match(const struct gazetteer *gazetteer, const struct document *doc, size_t i,
                       size_t end, struct place_candidates *out);

/* The places called `name` in any letter case and with or without diacritics; false when there is
 * none. */
bool gazetteer_find(const struct gazetteer *gazetteer, struct slice name,
                    struct place_candidates *out);

/* The places whose name is spelled alike in the loose way of loose_name.h; false when there is
 * none. Many have nothing to do with the name: take one only where the context says where it lies.
 */
bool gazetteer_find_loose(const struct gazetteer *gazetteer, struct slice name,
                          struct place_candidates *out);

/* The most words a name has that begins with this word, in any letter case; 0 when none does. */
size_t gazetteer_longest(const struct gazetteer *gazetteer, struct slice word);

/* The index of the country ("UA") or division ("UA.22", "UA.22.6102") with this code, or
 * PLACE_NONE. */
uint32_t gazetteer_find_code(const struct gazetteer *gazetteer, struct slice code);

/* Candidate `k` (k < c->n); *flags gets its enum place_candidate_flag. */
const struct gazetteer_place *gazetteer_candidate(const struct gazetteer *gazetteer,
                                                  const struct place_candidates *c, size_t k,
                                                  unsigned *flags);

/* Place number `index`; NULL for PLACE_NONE or an index out of range. */
const struct gazetteer_place *gazetteer_place_at(const struct gazetteer *gazetteer, uint32_t index);
uint32_t gazetteer_place_index(const struct gazetteer *gazetteer,
                               const struct gazetteer_place *place);
uint32_t gazetteer_n_places(const struct gazetteer *gazetteer);
uint32_t gazetteer_n_names(const struct gazetteer *gazetteer);

/* The string at a ref; empty for an unknown one. Followed by a NUL byte. */
struct slice gazetteer_text(const struct gazetteer *gazetteer, uint32_t ref);

/* The canonical name of a place's country, region or district; empty when it has none. */
struct slice gazetteer_country_name(const struct gazetteer *g, const struct gazetteer_place *p);
struct slice gazetteer_region_name(const struct gazetteer *g, const struct gazetteer_place *p);
struct slice gazetteer_district_name(const struct gazetteer *g, const struct gazetteer_place *p);

#endif
