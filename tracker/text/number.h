#ifndef TRACKER_TEXT_NUMBER_H
#define TRACKER_TEXT_NUMBER_H

#include "text/document.h"

/* How a word takes part in a number; the table is data (numbers: of counts.yml, per language). */
enum number_role {
    NUMBER_NONE,
    NUMBER_UNIT,       /* one .. nineteen: value 1..19; also "a", "an" where a multiplier follows */
    NUMBER_TENS,       /* twenty .. ninety */
    NUMBER_HUNDREDS,   /* 100 .. 900 in one word, in languages that have them */
    NUMBER_MULTIPLIER, /* hundred, thousand, million, dozen, score */
    NUMBER_ARTICLE,    /* a, an: 1, only before a multiplier ("a hundred", "a dozen") */
    NUMBER_AND,        /* and: only inside ("two hundred and five") */
    NUMBER_ZERO,       /* zero, no (as a digit word) */
    NUMBER_HALF,       /* half: "half a dozen", "half a million" */
};

struct number_word {
    uint8_t role;
    int64_t value;
};

/* Words to roles, indexed by vocabulary id; entries beyond `n` are NUMBER_NONE. */
struct number_words {
    struct number_word *words;
    size_t n;
};

/* The largest number that is a number; a longer one is no number at all (never wrapped). */
#define NUMBER_MAX INT64_C(999999999999)

/* Reads the longest number beginning at token `i`, before token `end`: digits with thousands
 * separators ("1,200", "1 200", "1.200" stays 1.2 unless grouped), "1.2 million", words
 * ("twenty-five", "two dozen", "a hundred and five", "three hundred"). Returns the tokens taken, 0
 * when there is no number, or none that is whole and at most NUMBER_MAX. Bare multipliers
 * ("hundred", "dozen") are a number only after another number or article; "dozens" is none. */
size_t number_read(const struct document *doc, const struct number_words *words, size_t i,
                   size_t end, int64_t *value);

#endif
