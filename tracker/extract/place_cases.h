#ifndef TRACKER_EXTRACT_PLACE_CASES_H
#define TRACKER_EXTRACT_PLACE_CASES_H

#include "extract/gazetteer.h"
#include "rules/ruleset.h"

/* Place names in languages with cases. A text says "у Харкові" where the gazetteer has "Харків".
 * The language's `name endings` (a words file) say which endings may stand for which; every word of
 * the name is turned back so, and the first name the gazetteer knows is taken. What is found in no
 * case is tried once more in Latin letters (`romanisation`), as the gazetteer spells most villages;
 * then it must be a place of the language's own country. All this only where the written form is no
 * name itself. */

/* The longest name that begins at token i and ends before token `end`, each of its words as written
 * or with another ending: the tokens it takes and its candidates, or 0. Longer names win, then the
 * word that changed by the longer ending, then the order of the file. 0 at once for a language
 * without endings. */
size_t place_cases_match(const struct language *language, const struct gazetteer *gazetteer,
                         const struct document *doc, size_t i, size_t end,
                         struct place_candidates *out);

#endif
