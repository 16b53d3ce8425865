#ifndef TRACKER_TEXT_LANGUAGE_GUESS_H
#define TRACKER_TEXT_LANGUAGE_GUESS_H

#include "base/slice.h"

/* The language a text is written in, as far as its letters tell, from its first few thousand bytes:
 * "uk" or "ru" for Cyrillic by the letters only one of the two has (Belarusian and Bulgarian, which
 * have letters of both, come out as "ru"), "und" (ISO 639: undetermined) for Cyrillic without
 * such letters; absent when most letters are not Cyrillic, which says nothing about the language.
 */
struct slice language_guess(struct slice text);

#endif
