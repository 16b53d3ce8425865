#ifndef TRACKER_RULES_MATCHER_SEAL_H
#define TRACKER_RULES_MATCHER_SEAL_H

#include "rules/matcher_code.h"

/* The sealing of a matcher, in three files: matcher.c makes the programs, classes.c the classes of
 * their pieces, postings.c the index. */

struct class_words {
    const uint32_t *words;
    uint32_t n;
};

/* Things that only sealing needs; the scratch arena goes when it is done. */
struct sealer {
    struct matcher *matcher;
    struct arena *arena; /* the matcher's */
    struct arena scratch;
    struct map class_by_key;
    struct class_words *classes; /* of fields: no words */
    size_t classes_capacity;
    struct gathering {
        uint16_t *classes; /* of words */
        size_t n, capacity;
        unsigned fields; /* bit set, as in struct choice */
    } gathering;
    uint32_t *shared_by;  /* per word: patterns that could be indexed by it */
    uint32_t *commonness; /* per word, 0: not asked yet */
    const struct pattern_node **cut;
    size_t n_cut, cut_capacity;
    struct word_posting {
        uint32_t word;
        struct posting posting;
    } * postings;
    size_t n_postings, postings_capacity;
    size_t n_needs, needs_capacity;
    size_t n_reach, reach_capacity;
};

/* ---- classes.c ----------------------------------------------------------------------------- */

/* The classes of values, which come first. */
int classes_begin(struct sealer *s, struct error *err) WARN_UNUSED;

/* The class of what an op of a program takes. */
int class_of_op(struct sealer *s, const struct program *program, const struct pattern_op *op,
                uint16_t *class, struct error *err) WARN_UNUSED;

/* The class of the first words of a list. */
int class_of_list(struct sealer *s, uint32_t list, uint16_t *class, struct error *err) WARN_UNUSED;

/* The class of the phrases of a list that are one word. */
int class_of_words(struct sealer *s, const struct word_list *list, uint16_t *class,
                   struct error *err) WARN_UNUSED;

/* A choice of several classes is gathered, then made. */
void choice_begin(struct sealer *s);
int choice_add(struct sealer *s, uint16_t class, struct error *err) WARN_UNUSED;
int choice_add_ends(struct sealer *s, uint32_t list, struct error *err) WARN_UNUSED;
int choice_add_seconds(struct sealer *s, uint32_t list, uint32_t word, bool *one_word,
                       struct error *err) WARN_UNUSED;
int choice_make(struct sealer *s, struct choice *out, struct error *err) WARN_UNUSED;

/* Gives every word its kind. */
int kinds_make(struct sealer *s, struct error *err) WARN_UNUSED;

/* ---- postings.c ---------------------------------------------------------------------------- */

/* Gathers what may stand where op `op` begins, and what may end there. */
int gather_first(struct sealer *s, const struct program *program, uint16_t op,
                 struct error *err) WARN_UNUSED;
int gather_last(struct sealer *s, const struct program *program, uint16_t op,
                struct error *err) WARN_UNUSED;

/* Indexes every alternative; `trigger`: marks the index words. */
int postings_make(struct sealer *s, bool trigger, struct error *err) WARN_UNUSED;

#endif
