#ifndef TRACKER_RULES_MARKED_LISTS_H
#define TRACKER_RULES_MARKED_LISTS_H

#include "rules/pattern.h"

/* The lists that the program itself asks about at every token. Which of them a word begins a
 * phrase of is found once, when the rules are loaded, and kept as one bit a list beside the word:
 * most words are in no list, and one look says so for all. */
enum marked_list {
    LIST_PEOPLE, /* of the people file */
    LIST_PERSON,
    LIST_MODIFIERS,
    LIST_STOPS,
    LIST_SOURCE_NAMES, /* of the sources file */
    LIST_SOURCE_ROLES,
    LIST_ATTACKS,
    LIST_AGES, /* from here on by name: see MARKED_NAMES in marked_lists.c */
    LIST_ALONE,
    LIST_AMONG,
    LIST_AMONG_THEM,
    LIST_ARTICLES,
    LIST_ASIDE_ENDS,
    LIST_AUXILIARIES,
    LIST_BODIES,
    LIST_DEAD,
    LIST_DEFINITE,
    LIST_FATES,
    LIST_FURTHER,
    LIST_HARMS,
    LIST_HURT,
    LIST_INCLUDING,
    LIST_JOINS,
    LIST_NAME_JOINS,
    LIST_NAME_WORDS,
    LIST_NAMING,
    LIST_NEVER_NAMES,
    LIST_NEVER_NONE,
    LIST_NONE_OF,
    LIST_OF_WORDS,
    LIST_OUTCOMES,
    LIST_OWNERS,
    LIST_PAIRS,
    LIST_PLACES_BEFORE,
    LIST_PLURAL_VERBS,
    LIST_POSSESSIVES,
    LIST_PRONOUNS,
    LIST_SPEAKERS,
    LIST_WHOSE,
    LIST_YEARS,
    LIST_YEARS_OLD,
    LIST_PLACE_AFTER,
    LIST_PLACE_AROUND,
    LIST_PLACE_ARTICLE,
    LIST_PLACE_BETWEEN,
    LIST_PLACE_FACILITY,
    LIST_PLACE_FROM,
    LIST_PLACE_HOME,
    LIST_PLACE_IN,
    LIST_PLACE_INNER,
    LIST_PLACE_JOIN,
    LIST_PLACE_NEAR,
    LIST_PLACE_NEVER,
    LIST_PLACE_NEVER_BEFORE,
    LIST_PLACE_PEOPLE,
    LIST_PLACE_PREFIX,
    LIST_PLACE_SHELLED,
    LIST_PLACE_SUFFIX,
    LIST_PLACE_TARGET,
    MARKED_LISTS,
};
_Static_assert(MARKED_LISTS <= 64, "a list is a bit");

/* Bits 1 << enum marked_list. */
typedef uint64_t list_set;
#define LIST_BIT(list) ((list_set)1 << (list))

/* What a word is to the lists. */
struct word_marks {
    list_set begins; /* a phrase begins with it */
    list_set alone;  /* it is a phrase, and none that is longer begins with it */
    uint64_t nouns;  /* of the nouns of a part a phrase begins with it: bit k for people.nouns[k],
                        the last bit for all from there on */
};

struct marked_lists {
    const struct word_list *lists[MARKED_LISTS]; /* NULL where the language has none such */
    const struct word_marks *words;              /* by word id */
};

struct language;

/* Marks the words of a language whose lists are complete and whose vocabulary is. Memory from
 * `arena`. */
int marked_lists_make(struct arena *arena, struct language *language,
                      struct error *err) WARN_UNUSED;

/* The lists of which a phrase begins with token i's word. */
static inline list_set lists_at(const struct marked_lists *marked, const struct document *doc,
                                size_t i)
{
    return marked->words[doc->tokens[i].word].begins;
}

/* Tokens of the longest phrase of `list` at token i that ends before token `end`; 0 for none. */
static inline size_t marked_list_at(const struct marked_lists *marked, enum marked_list list,
                                    const struct document *doc, size_t i, size_t end)
{
    if (i >= end)
        return 0;
    const struct word_marks *word = &marked->words[doc->tokens[i].word];
    uint32_t phrase;
    if (!(word->begins & LIST_BIT(list)))
        return 0;
    return word->alone & LIST_BIT(list)
               ? 1
               : word_list_longest(marked->lists[list], doc, i, end, &phrase);
}

/* Whether a phrase of any of these lists stands at token i, before token `end`. */
bool marked_lists_any(const struct marked_lists *marked, list_set lists, const struct document *doc,
                      size_t i, size_t end);

#endif
