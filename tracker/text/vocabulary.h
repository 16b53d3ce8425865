#ifndef TRACKER_TEXT_VOCABULARY_H
#define TRACKER_TEXT_VOCABULARY_H

#include <stdint.h>

#include "base/arena.h"

/* The words that any rule, list or shared file mentions, each with a small number. Filled while a
 * rule set loads, frozen after; words of a text that are not in it get WORD_UNKNOWN, so matching
 * never compares strings. Keys are folded (utf8_fold). */
struct vocabulary;

#define WORD_UNKNOWN 0u

/* Marks of a word that the text floor itself needs, given while loading. */
enum word_mark {
    WORD_ABBREVIATION = 1, /* "gen", "oblast." ...: a full stop after it does not end a sentence */
    WORD_ABBREVIATION_STOP =
        2, /* "p.m", "U.S": ends one only before a capitalised word that starts sentences */
    WORD_TRIGGER = 4, /* some rule is tried at this word */
    WORD_OPENER =
        8, /* "the", "in", "she": begins sentences and is no name; after "p.m." it opens one */
};

/* Most bytes of a folded word; longer ones in a text are unknown words. */
#define WORD_MAX 255

int vocabulary_new(struct vocabulary **out, struct error *err) WARN_UNUSED;
void vocabulary_free(struct vocabulary *vocabulary);

/* The id of a word (any letter case), added when new: 1, 2, 3 ... in order of first appearance.
 * The word is one token (see document.h); "p.m" and "p.m." are the same. -1 with ERROR_LIMIT when
 * memory is out or the word is longer than WORD_MAX bytes, ERROR_INPUT when it is empty. */
int vocabulary_intern(struct vocabulary *vocabulary, struct slice word, uint32_t *id,
                      struct error *err) WARN_UNUSED;

/* The id of an already folded word, or WORD_UNKNOWN. */
uint32_t vocabulary_find(const struct vocabulary *vocabulary, struct slice folded);

void vocabulary_mark(struct vocabulary *vocabulary, uint32_t id, enum word_mark mark);
uint8_t vocabulary_marks(const struct vocabulary *vocabulary, uint32_t id);
uint32_t vocabulary_size(const struct vocabulary *vocabulary); /* ids are below this */
struct slice vocabulary_word(const struct vocabulary *vocabulary, uint32_t id);

#endif
