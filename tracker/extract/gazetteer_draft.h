#ifndef TRACKER_EXTRACT_GAZETTEER_DRAFT_H
#define TRACKER_EXTRACT_GAZETTEER_DRAFT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/map.h"
#include "extract/gazetteer_index.h"

/* A folded name and one place it may mean. */
struct draft_name {
    struct slice key;
    uint32_t place;
    uint32_t flags; /* enum place_candidate_flag, enum place_name_flag << DRAFT_NAME_SHIFT */
};
#define DRAFT_NAME_SHIFT 8

/* An index in the making, all in memory: filled by gazetteer_build.c, written by gazetteer_write.c.
 */
struct gazetteer_draft {
    struct arena arena;
    struct gazetteer_place *places;
    size_t n_places;
    size_t places_size;
    struct draft_name *names;
    size_t n_names;
    size_t names_size;
    struct buffer strings;  /* the string section */
    struct map string_refs; /* string -> ref */
    struct map codes;       /* "UA.22" -> place */
    struct map ids;         /* the 8 bytes of a geonameid -> place */
    struct map ambiguous;   /* folded names of not-places.txt */
    struct buffer folded;   /* scratch */
};

void draft_init(struct gazetteer_draft *draft);
void draft_free(struct gazetteer_draft *draft);

/* The ref of a string in the string section, stored once. */
int draft_string(struct gazetteer_draft *draft, struct slice s, uint32_t *ref,
                 struct error *err) WARN_UNUSED;

/* Adds a place; *index is its number. country, region, district are PLACE_NONE. */
int draft_place(struct gazetteer_draft *draft, int64_t id, uint32_t *index,
                struct error *err) WARN_UNUSED;

/* The place of a code, or PLACE_NONE; and sets it (which also makes gazetteer_find_code know it).
 */
uint32_t draft_code(const struct gazetteer_draft *draft, struct slice code);
int draft_set_code(struct gazetteer_draft *draft, struct slice code, uint32_t place,
                   struct error *err) WARN_UNUSED;

/* Gives a place one more name. Names that are empty, or too long to be one, are dropped. `flags` as
 * in draft_name. */
int draft_add_name(struct gazetteer_draft *draft, struct slice name, uint32_t place, uint32_t flags,
                   struct error *err) WARN_UNUSED;

/* Sorts the names and writes the index to `output` through a temporary file. */
int draft_write(struct gazetteer_draft *draft, const char *output, struct error *err) WARN_UNUSED;

#endif
