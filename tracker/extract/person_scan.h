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

/* What stands at a token or less than GROUP_MAX behind it. */
enum scan_near {
    NEAR_ONE = 1,  /* a noun of one person, or a number */
    NEAR_MANY = 2, /* a noun of several, or a number */
    NEAR_NAME = 4, /* a noun that a name or a body follows: "governor Omar Hadi", "head of" */
};

/* A sentence being read for persons. */
struct scan {
    struct report_values *values;
    struct value_list *list;
    const struct document *doc;
    const struct sentence *sentence;
    const struct marked_lists *marked;
    size_t begin, end;
    /* by token - begin: */
    uint32_t *count_at; /* 1 + index in values->counts of the longest count there, 0: none */
    int64_t *number_at; /* the number written there, 0: none */
    uint8_t *number_len;
    struct person **person_at;
    bool *person_done;
    bool *dropped; /* the number there is an age, or the whole of "two of the five": no count */
    uint8_t *near; /* enum scan_near */
    bool any_dropped;
};

/* Prepares the reading of a sentence: the numbers and counts found so far in `list`. */
int scan_begin(struct scan *s, struct report_values *values, size_t index, struct value_list *list,
               struct error *err) WARN_UNUSED;

/* Takes the counts out of the list that turned out to be ages or wholes. */
void scan_counts_drop(struct scan *s);

/* Tokens of the phrase of `list` at token i, 0 when there is none. */
static inline size_t scan_list(const struct scan *s, enum marked_list list, size_t i)
{
    return marked_list_at(s->marked, list, s->doc, i, s->end);
}

/* Words behind people of whom something became. */
#define SCAN_BECAME (LIST_BIT(LIST_AUXILIARIES) | LIST_BIT(LIST_DEAD) | LIST_BIT(LIST_HURT))

/* Whether a phrase of one of the lists stands at token i. */
static inline bool scan_any(const struct scan *s, list_set lists, size_t i)
{
    return i < s->end && lists_at(s->marked, s->doc, i) & lists &&
           marked_lists_any(s->marked, lists, s->doc, i, s->end);
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
