#ifndef TRACKER_EXTRACT_VALUES_H
#define TRACKER_EXTRACT_VALUES_H

#include "extract/gazetteer.h"
#include "extract/place.h"
#include "extract/when.h"
#include "read/report.h"
#include "rules/ruleset.h"

struct place_words;

/* The typed spans of one report, which the rules then match: counts, places, times and sources.
 * Each kind is found by its own file (counts.h, people.h, places.h, times.h, sources.h, doubts.h),
 * sentence by sentence, and kept in one array a kind. All memory from the report's arena. */

/* People of one part inside a count: "two soldiers and five civilians" is 7 with two shares. */
#define COUNT_MAX_SHARES 6
struct count_share {
    struct slice part; /* "civilian", "military", "child" ... as in people.yml; empty for people in
                          general */
    struct count count;
};

/* A count as the text has it, VALUE_COUNT. */
struct count_value {
    struct count count;
    uint32_t first; /* tokens */
    uint32_t n_tokens;
    uint32_t number_first; /* tokens of the number with its bounds, without the people counted */
    uint32_t number_tokens;
    struct count_share
        shares[COUNT_MAX_SHARES]; /* of a people phrase; n_shares 0 for a bare number */
    uint8_t n_shares;
    bool singular; /* "a woman", "Anna Kovalenko, 45": one person without a number */
    bool named;    /* a person's name stands in it */
    bool pronoun;  /* "she": somebody told of before */
};

/* A place name in the text, VALUE_PLACE. */
struct place_mention {
    uint32_t first;
    uint32_t n_tokens; /* includes what belongs to the name: "Kharkiv region", "Maywand district" */
    uint32_t name_tokens; /* the bare name: "Maywand" */
    uint32_t sentence;
    bool demonym;  /* "Ukrainian": says a country, is no location by itself (no value is made) */
    bool unknown;  /* capitalised words in a place's position that the gazetteer lacks */
    bool locative; /* "in X", "near X", "city of X", "at X": says where something happened */
    bool weak;     /* stands in a place's position only by a verb ("targeted an X convoy") or in a
                      text all in capitals: a place only if the gazetteer has it near by */
    bool home;     /* "X police", "X -" at the head of a text: the town the report is from */
    bool around;   /* "in the countryside of X": what lies there is no part of X */
    bool near;     /* "near X": coordinates are X's, precision no better than named */
    bool context;  /* names a source, holds another place ...: not where something happened; set by
                      setting_of */
    uint32_t within; /* index of the mention right after it that contains it ("Mesick, Michigan"),
                        or UINT32_MAX */
    uint8_t kind;    /* what words beside the name say it is: enum place_word_kind */
    struct place_candidates candidates;
    struct place place; /* after places_resolve */
};

/* What a time pattern captures: the names of its slots, in the order of this enum. */
enum time_number {
    TIME_NUMBER_DAY,
    TIME_NUMBER_DAY_END,
    TIME_NUMBER_MONTH, /* <month> or $month */
    TIME_NUMBER_YEAR,
    TIME_NUMBER_HOUR,
    TIME_NUMBER_MINUTE,
    TIME_NUMBER_HOUR_END,
    TIME_NUMBER_MINUTE_END,
    TIME_NUMBER_COUNT,   /* <number> of units */
    TIME_NUMBER_UNIT,    /* $unit: days, 0 for hours and minutes */
    TIME_NUMBER_WEEKDAY, /* $weekday: 1 Monday .. 7 */
    TIME_NUMBER_HALF,    /* $half_day of the start (of both ends when there is one only): 0 or 12 */
    TIME_NUMBER_HALF_END, /* $half_day of the end */
    TIME_NUMBER_PART,     /* $part: index in language.day_parts */
    TIME_NUMBERS
};

/* A time phrase, VALUE_TIME, not yet resolved (see times.h). */
struct time_mention {
    uint32_t first;
    uint32_t n_tokens;
    uint32_t sentence;
    const struct rule *rule;
    int64_t numbers[TIME_NUMBERS];
    uint16_t given; /* bit set of the numbers given: 1 << enum time_number */
};

/* Somebody named as a source, VALUE_SOURCE. */
struct source_mention {
    uint32_t first;
    uint32_t n_tokens;
    uint32_t sentence;
    struct slice name; /* canonical of a known one, else as written */
    struct slice written;
    const struct known_source *known; /* NULL when only a generic role or an unknown name */
    struct slice kind;                /* "agency", "police", ... ; absent when unknown */
    struct slice party;
    uint8_t rank;         /* 1 best .. 9; 9 when unknown */
    bool attributed;      /* an attribution pattern took it: it is a claimant in its sentence */
    uint32_t reach_first; /* tokens of the sentence the attribution speaks for (a clause or the
                             whole sentence) */
    uint32_t reach_last;
};

/* A doubt over a stretch of a sentence. */
struct doubt_span {
    uint32_t first; /* the tokens it reaches, the phrase itself included */
    uint32_t last;
    uint32_t phrase_first;
    uint32_t phrase_tokens;
    uint32_t sentence;
    enum doubt_kind kind;
    const struct rule *rule;
};

/* How far a sentence has been searched. Each stage needs the ones before it. */
enum values_stage {
    VALUES_NONE,
    VALUES_COUNTS, /* numbers, counts, people */
    VALUES_TIMES,  /* times, and the counts that are no time's numbers */
    VALUES_ALL,    /* places, sources; attributions and doubts */
};

/* Where the values of one sentence stand; filled once, on demand. */
struct sentence_values {
    enum values_stage stage;
    bool done;            /* stage is VALUES_ALL, or is being reached */
    struct value *values; /* sorted by first token, then longest first: the matcher's input */
    size_t n_values;
    uint32_t first_source, n_sources; /* its mentions in report_values.sources, */
    uint32_t first_doubt, n_doubts;   /* its doubts in .doubts, */
    uint32_t first_time, n_times;     /* its times in .times, */
    uint32_t first_place, n_places;   /* and its places in .places, once places_done */
    bool places_done;
    uint8_t background;  /* 1 + whether it tells of other events than this one; 0 before it was
                            asked: siting.c */
    bool context_marked; /* place_mention.context is set: see setting.c */
};

struct report_values {
    struct arena *arena;
    const struct report *report;
    const struct document *doc;
    const struct ruleset *ruleset;
    const struct language *language;
    const struct gazetteer *gazetteer; /* NULL: no places are found (tests) */
    struct sentence_values *sentences; /* one each sentence of doc */
    struct count_value *counts;
    size_t n_counts, counts_capacity;
    struct place_mention *places; /* in order of text within a sentence; sorted by places_resolve */
    size_t n_places, places_capacity;
    size_t n_context;     /* sentences whose places were found in order: see places_context */
    struct slice country; /* of the report: set by places_resolve, see places_country */
    uint32_t home; /* mention of the town the report is from, UINT32_MAX when nothing says it: the
                      same */
    struct time_mention *times;
    size_t n_times, times_capacity;
    struct source_mention *sources;
    size_t n_sources, sources_capacity;
    struct doubt_span *doubts;
    size_t n_doubts, doubts_capacity;
    struct match_scratch *scratch;
    struct list_memory *lists; /* see values_list */
    /* The lists of words.yml that each kind of value asks for, looked up by name once: */
    const struct place_words *place_words; /* by places.c */
    unsigned depth; /* sentences being searched, each because of the next: see sources.c */
};

/* An empty set of values for a report's document. */
int report_values_init(struct report_values *values, struct arena *arena,
                       const struct report *report, const struct document *doc,
                       const struct ruleset *ruleset, const struct language *language,
                       const struct gazetteer *gazetteer, struct error *err) WARN_UNUSED;

/* Finds every value of sentence `index` (once; later calls return at once) and makes the matcher's
 * list: numbers, counts, people, times, places, sources; then attributions and doubts. */
int sentence_values_find(struct report_values *values, size_t index, struct error *err) WARN_UNUSED;

/* The same as far as `stage` only: most sentences prove to hold no claim before all is searched. An
 * array `values` seen at an earlier stage stays valid and as it was. */
int sentence_values_reach(struct report_values *values, size_t index, enum values_stage stage,
                          struct error *err) WARN_UNUSED;

/* Adds one value to a growing list for the matcher; used by the files of each kind. */
struct value_list {
    struct value *items;
    size_t n, capacity;
};
int value_list_add(struct report_values *values, struct value_list *list, struct value value,
                   struct error *err) WARN_UNUSED;

/* Puts a list into the matcher's order: first token, then longest, then type and index. */
void value_list_sort(struct value_list *list);

/* The same for the report's language, for what is asked for every claim: a name asked before (the
 * same literal) costs no look-up. */
const struct word_list *values_list(const struct report_values *values, const char *name);

/* The list of that name in the language's words (strike-words files), NULL when there is none. */
const struct word_list *language_list(const struct language *language, const char *name);

#endif
