#ifndef TRACKER_EXTRACT_PLACE_WORDS_H
#define TRACKER_EXTRACT_PLACE_WORDS_H

#include "rules/ruleset.h"

/* A language's words around place names: the place-... lists of its places.yml. A list it lacks is
 * empty. */
struct place_words {
    const struct word_list *in;       /* place-in: "in", "at" */
    const struct word_list *target;   /* place-target: "attacked" */
    const struct word_list *facility; /* place-facility: "airport", "embassy" */
    const struct word_list *near;     /* place-near: "outside", "north of" */
    const struct word_list *between;  /* place-between: may stand between those and the name */
    const struct word_list *from;     /* place-from: what is launched there does not fall there */
    const struct word_list *join;     /* place-join: ",", "and" */
    const struct word_list *prefix; /* place-prefix: "city of"; value is an enum place_word_kind */
    const struct word_list *suffix; /* place-suffix: "district"; the same */
    const struct word_list *people; /* place-people: "police", "resident" */
    const struct word_list *never;  /* place-never: "March" */
    const struct word_list *never_before; /* place-never-before: "Street", "Post" */
    const struct word_list *after;        /* place-after: may follow an unknown name */
    const struct word_list
        *shelled;                   /* place-shelled: verbs whose object is a place, known or not */
    const struct word_list *around; /* place-around: "countryside", among those of place-between */
    const struct word_list
        *home; /* place-home: "police": the town before it is where a report is from */
    const struct word_list *bearer;   /* place-bearer: "family", after a name that people bear */
    const struct word_list *definite; /* place-definite: "the", before such a name */
    const struct word_list *way;      /* place-way: "highway", after the two ends of it */
    const struct word_list *article;  /* place-article: small words that begin a name, "al" */
    const struct word_list *inner;    /* place-inner: small words inside a name */
};

/* The values of place-prefix and place-suffix. */
enum place_word_kind {
    PLACE_WORD_NONE,
    PLACE_WORD_REGION,
    PLACE_WORD_DISTRICT,
    PLACE_WORD_SETTLEMENT,
    PLACE_WORD_AREA,
    PLACE_WORD_PART, /* of a town: "neighbourhood" */
};

void place_words_load(struct place_words *words, const struct language *language);

/* Tokens of the phrase of `list` at token i, 0 for none or an empty list. */
static inline size_t words_match(const struct word_list *list, const struct document *doc, size_t i,
                                 size_t end, uint32_t *phrase)
{
    return list && i < end ? word_list_match(list, doc, i, end, phrase) : 0;
}

/* Tokens of the longest phrase of `list` that ends right before token i and begins at `begin` or
 * later; 0 for none. `phrase` may be NULL. */
size_t words_end(const struct word_list *list, const struct document *doc, size_t begin, size_t i,
                 uint32_t *phrase);

#endif
