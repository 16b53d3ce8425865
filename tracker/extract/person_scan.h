#ifndef TRACKER_EXTRACT_PERSON_SCAN_H
#define TRACKER_EXTRACT_PERSON_SCAN_H

#include "extract/counts.h"

#define GROUP_MAX 14 /* tokens from the number to the noun */

/* One person phrase: its value, and whether it may stand in a sum. */
struct person {
    struct count_value value;
    bool subset; /* never added: "two of them" counts among others, "19 dead" tells what became of
                    them */
    bool bare;   /* a name and nothing else that tells a person */
};

/* A noun group: "Afghan police officers". */
struct group {
    size_t end; /* behind its last token; 0 when there is none */
    struct slice part;
    bool general; /* people in general */
    size_t noun;  /* its last noun */
};

/* A sentence being read for persons. */
struct scan {
    struct report_values *values;
    struct value_list *list;
    const struct document *doc;
    const struct sentence *sentence;
    size_t begin, end;
    /* by token - begin: */
    uint32_t *count_at; /* 1 + index in values->counts of the longest count there, 0: none */
    int64_t *number_at; /* the number written there, 0: none */
    uint8_t *number_len;
    struct person **person_at;
    bool *person_done;
    bool *dropped;   /* the number there is an age, or the whole of "two of the five": no count */
    bool *noun_near; /* a noun of `one` or a number may begin here or less than GROUP_MAX behind */
    bool any_dropped;
    const struct word_list *many, *one;
    /* words.yml: the small words of person phrases */
    const struct word_list *articles, *possessives, *joins, *further, *among, *among_them, *none_of,
        *never_none, *outcomes, *harms, *auxiliaries, *dead, *hurt, *years_old, *never_names,
        *including, *alone, *name_joins, *owners, *fates, *aside_ends, *pairs, *definite, *attacks,
        *ages, *pronouns, *whose, *places_before, *plural_verbs, *naming, *bodies;
    /* Bit of a word (as in struct word_list) that begins a phrase of none_of, definite or pronouns.
     */
    const uint64_t *openers;
    const struct word_list *years; /* behind a person and a number: an age */
};

/* Prepares the reading of a sentence: its word lists, and the numbers and counts found so far in
 * `list`. */
int scan_begin(struct scan *s, struct report_values *values, size_t index, struct value_list *list,
               struct error *err) WARN_UNUSED;

/* Takes the counts out of the list that turned out to be ages or wholes. */
void scan_counts_drop(struct scan *s);

/* Tokens of the phrase of `list` at token i, 0 when there is none. */
static inline size_t scan_list(const struct scan *s, const struct word_list *list, size_t i,
                               uint32_t *phrase)
{
    uint32_t ignored;
    if (!list || i >= s->end)
        return 0;
    return word_list_match(list, s->doc, i, s->end, phrase ? phrase : &ignored);
}

/* Small questions about token i: a sign; no space before it; a dash between words; a hyphen inside
 * a compound ("off-duty"); a word that may be part of a person's name; a word that tells what
 * became of people. */
bool scan_is_punct(const struct scan *s, size_t i, char c);
bool scan_is_glued(const struct scan *s, size_t i);
bool scan_is_dash(const struct scan *s, size_t i);
bool scan_is_hyphen(const struct scan *s, size_t i);
bool scan_is_name(const struct scan *s, size_t i);
bool scan_is_fate(const struct scan *s, size_t k);

#endif
