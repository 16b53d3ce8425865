#ifndef TESTS_EXTRACT_PLACE_INDEX_H
#define TESTS_EXTRACT_PLACE_INDEX_H

#include "extract/gazetteer.h"

/* A small index for tests: some countries, regions, areas and places, written as TSV files into a
 * folder of its own and built by gazetteer_build. */
struct place_index {
    char folder[64];
    char path[96]; /* of the index */
    struct gazetteer *gazetteer;
};

/* Builds and opens it; ends the program when it cannot. */
void place_index_make(struct place_index *index);
void place_index_remove(struct place_index *index);

/* Writes `text` to a file of the folder (NULL removes it). */
void place_index_write(const struct place_index *index, const char *name, const char *text);

/* One row of a GeoNames dump as text, 19 columns; valid until the next call. `adm` is "22" or
 * "22.6104". */
const char *place_index_row(int id, const char *name, const char *others, const char *lat,
                            const char *lon, const char *code, const char *country, const char *adm,
                            int population, const char *zone);

#endif
