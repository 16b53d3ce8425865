#ifndef TRACKER_EXTRACT_GAZETTEER_BUILD_H
#define TRACKER_EXTRACT_GAZETTEER_BUILD_H

#include "base/error.h"

/* Builds the gazetteer index from `n` files and folders and puts it at `output` (a temporary file
 * beside it is renamed at the end, so readers see the old index or the new one whole).
 *
 * What a file holds is told by its name, plain or .gz:
 *   countries.tsv  country, name, other names, adjectives and people, local names
 *   regions.tsv    code ("UA.22"), name, other names, adjectives, local names, abbreviations
 *   areas.tsv      name, other names, local names, countries, regions, latitude, longitude (both or
 * none), "part" for a section of a town   admin1*        code, name, name, geonameid: GeoNames'
 * admin1CodesASCII.txt admin2* the same for districts: admin2Codes.txt not-places.txt one name a
 * line: flagged NAME_AMBIGUOUS_WORD others ending in .tsv or .txt: a GeoNames dump of 19 columns
 * (cities1000.txt, UA.txt, allCountries.txt) Lists inside a column are separated by |; lines that
 * begin with # are comments. The name in countries.tsv and regions.tsv is the canonical one and
 * wins over the dump's. A place (geonameid) given twice counts once, the first time. From a folder,
 * files with other endings and hidden files are left out. The result does not depend on the order
 * of `paths` except for that; equal input gives equal bytes.
 *
 * -1 with ERROR_INPUT and file:line for a malformed row, ERROR_IO, or ERROR_LIMIT. */
int gazetteer_build(const char *const *paths, size_t n, const char *output,
                    struct error *err) WARN_UNUSED;

#endif
