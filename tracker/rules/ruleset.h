#ifndef TRACKER_RULES_RULESET_H
#define TRACKER_RULES_RULESET_H

#include "base/digest.h"
#include "rules/frequencies.h"
#include "rules/marked_lists.h"
#include "rules/matcher.h"
#include "rules/weights.h"
#include "text/number.h"

/* Bounds of a count as the text gives them (see architecture.md, Output). */
enum qualifier {
    QUALIFIER_EXACT,
    QUALIFIER_AT_LEAST,
    QUALIFIER_MORE_THAN,
    QUALIFIER_AT_MOST,
    QUALIFIER_ABOUT,
    QUALIFIER_RANGE,
    QUALIFIER_VAGUE,
    QUALIFIER_NONE, /* an explicit "no casualties" */
    QUALIFIERS
};
extern const char *const qualifier_names[QUALIFIERS]; /* "exact", "at_least", ... */

#define COUNT_OPEN INT64_MIN /* this end of a count is not known */

struct count {
    int64_t low; /* COUNT_OPEN when open */
    int64_t best;
    int64_t high;
    enum qualifier qualifier;
};

/* Layers of patterns, in the order extract/ runs them. */
enum layer {
    LAYER_NEVER,  /* counts.yml `never a count`: voids the <number> it captures */
    LAYER_COUNT,  /* counts.yml `counts`: phrases that make a count of a number */
    LAYER_TIME,   /* times.yml */
    LAYER_SOURCE, /* sources.yml `attributions`: how a sentence names its source */
    LAYER_DOUBT,  /* doubt.yml */
    LAYER_EVENT,  /* rule files */
    LAYERS
};

/* times.yml `means:`. The reference is the report's local day. Patterns of this layer name their
 * numbers <day>, <day_end>, <month>, <year>, <hour>, <minute>, <hour_end>, <minute_end>, <number>
 * (slots of kind SLOT_NUMBER), and their lists $weekday (phrase value 1 Monday .. 7), $month (1 ..
 * 12), $unit (days; 0 for hours and minutes), $half_day (0 a.m., 12 p.m.: one before <hour_end>'s
 * is its own, a single one serves both ends), $part (index in language.day_parts). */
enum time_means {
    TIME_DAY_OFFSET, /* day: -1 is the day before */
    TIME_WEEKDAY,    /* $weekday: the last such day up to the report's day, plus `day` */
    TIME_DATE,  /* <day> with $month or <month>, perhaps <year>, perhaps <day_end>; or <day> alone
                   ("on the 12th");  without month or year the nearest past. `night` with <day_end>:
                   that day is D */
    TIME_AGO,   /* <number> (1 when there is none) of $unit ago */
    TIME_CLOCK, /* a clock time only: <hour> <minute> $half_day, perhaps an end; or fixed from .. to
                   ("noon") */
    TIME_PART,  /* a part of the day only: "overnight", "in the morning": of the day the text is at
                 */
    TIME_MONTH, /* "in March": $month, perhaps <year> */
    TIME_MEANINGS
};
extern const char
    *const time_names[TIME_MEANINGS]; /* as times.yml writes them: "day offset", "weekday", ... */
struct time_meaning {
    enum time_means means;
    int day;      /* days added to the day found ("the night before": -1) */
    int span;     /* days covered from there on, at least 1 ("last week": day -7, span 7) */
    bool night;   /* D-1 18:00 .. D 10:00 */
    int from, to; /* minutes of the local day, -1 when not given; to may be 1440 */
};

/* A part of the day from times.yml `parts of day`: "morning", "early hours". A captured $part says
 * night, from and to in place of the rule's own. */
struct day_part {
    struct slice name;
    bool night;
    int from, to; /* minutes of the local day; -1 for a night */
};

/* What kind of doubt a phrase throws, and on what. */
enum doubt_kind {
    DOUBT_NONE, /* a false friend: the phrase is not a doubt ("not only") */
    DOUBT_DENIED,
    DOUBT_HYPOTHETICAL,
    DOUBT_FUTURE,
    DOUBT_HISTORICAL, /* an earlier event, an anniversary */
    DOUBT_CUMULATIVE, /* totals since the war began */
    DOUBT_UNVERIFIED,
    DOUBT_KINDS
};
extern const char *const doubt_names[DOUBT_KINDS];
struct doubt_meaning {
    enum doubt_kind kind;
    bool before;                   /* reaches words before the phrase */
    bool after;                    /* reaches words after it */
    uint16_t reach;                /* most words; 0: to the sentence's end (or a stop) */
    const struct word_list *stops; /* a word of it ends the reach; may be NULL */
};

/* A number that a rule sets without one standing in the text: `set: {killed: none reported}`,
 * `{killed: 1}`, `{drones: <drones.intercepted>}`. */
struct rule_set {
    uint16_t field;
    uint16_t part;
    struct count value;
    bool same; /* in place of `value`, what the match took for this field and part */
    uint16_t same_field;
    uint16_t same_part;
};

/* An expectation of an example. In a rule file the key is a field (or place, time, source) and the
 * value the phrase it must read as, e.g. "at least three". In the shared files: `count` and a count
 * phrase (counts.yml: both sections), `time` and the phrase taken, `source` and its name, `doubt`
 * and a kind ("denied"). */
struct expectation {
    struct slice key;   /* "killed", "drones.intercepted", "place", ... */
    struct slice value; /* as written */
    struct location where;
};
struct example {
    struct slice text;
    bool nothing; /* expect: nothing */
    struct expectation *expects;
    uint16_t n_expects;
    struct slice known_problem; /* runs and reports, does not fail; absent otherwise */
    struct location where;
};

/* One rule of any layer. */
struct rule {
    struct slice name;
    struct location where;
    enum layer layer;
    uint16_t language;            /* index in ruleset.languages */
    struct pattern *alternatives; /* of `match:` */
    struct slice *written;        /* the alternatives as written */
    uint16_t n_alternatives;
    struct pattern *unless_before;
    uint16_t n_unless_before;
    struct pattern *unless_after;
    uint16_t n_unless_after;
    /* LAYER_EVENT */
    bool continues;     /* continues: previous event */
    bool running_total; /* figure: running total */
    bool cumulative;    /* figure: war total (never this event's) */
    bool subset;        /* figure: part (counts among those already told; never added) */
    bool part_of_last;  /* figure: part of the last total (the same, of whatever people were counted
                           last) */
    bool former;        /* figure: former total (the number that a running total replaces) */
    bool attackers; /* figure: attackers (what `set:` gives are attackers, added to the victims) */
    bool dead_or_wounded; /* figure: dead or wounded ("was shot": the event's dead may be among
                             them) */
    bool told_before;   /* figure: somebody told before ("she died": counts only where nothing else
                           does) */
    bool of_wounded;    /* figure: of the wounded ("two of the injured died": more dead, fewer
                           wounded than told before) */
    bool weak;          /* figure: if nothing else is told (counts only where nothing else does) */
    bool scope_country; /* scope: country */
    struct rule_set *sets;
    uint16_t n_sets;
    uint32_t *prefer_over; /* rule indices */
    uint16_t n_prefer_over;
    /* the other layers */
    struct count
        count; /* LAYER_COUNT: qualifier; the ends that are fixed ("several", "both"), the others
                  open: <number>, or <low> and <high>, give those by architecture.md's rule */
    int64_t never_low; /* LAYER_NEVER: it voids the numbers it captures that are in never_low ..
                          never_high */
    int64_t never_high;
    struct time_meaning time;   /* LAYER_TIME */
    struct doubt_meaning doubt; /* LAYER_DOUBT */
    struct example *examples;
    uint16_t n_examples;
};

/* sources.yml `sources`: somebody who says numbers. */
struct known_source {
    struct slice name;  /* canonical: "Reuters" */
    struct slice kind;  /* "agency", "rescue", "police", "hospital", "region", "mayor", "minister",
                           "military", ... */
    struct slice party; /* "UA", "RU", ...: whose side; absent for none */
    uint8_t rank;       /* of its kind, from sources.yml `kinds`: 1 best (on the scene) .. 9 */
    struct slice depends_on; /* canonical name of the source it repeats; absent for none */
    bool generic; /* from `roles`: "police", "officials"; which ones, only the text can say */
    struct location where;
};

/* people.yml: words for persons and the part they belong to. */
struct people_words {
    struct word_list
        *nouns; /* one list a part; nouns[i] belongs to part names[i] ("" for people in general) */
    struct slice *parts;
    bool *singular_lists; /* parallel: the list holds singular forms ("man", "boy"): a count of 1
                             without a number */
    size_t n;
    struct word_list
        modifiers; /* words that may stand between the number and the noun: "local", "young" */
    struct word_list stops; /* words that never may: verbs, prepositions */
};

/* An ending that names take in the cases of a language, from `name endings` of a words file: "ові"
 * for "ів". */
struct name_ending {
    struct slice written;
    struct slice *basic; /* what may stand in its place in the dictionary form; may be empty */
    size_t n_basic;
};

/* A letter and how the names of the gazetteer spell it in Latin, from `romanisation` of a words
 * file. */
struct latin_letter {
    uint32_t code; /* folded */
    struct slice latin;
    bool first; /* only where a word begins; stands before the letter's other line */
};

/* The rules and words of one language. */
struct language {
    struct slice code; /* "en" */
    struct slice
        country; /* "UA": where its texts are at home; absent for a language of the world */
    struct symbols
        symbols; /* its lists: those of strike-words files; $drones, $missiles (schema.yml's
                    weapons); $people and $person (many and one of people.yml); $part. A list of any
                    other file is seen in that file only */
    struct number_words numbers;
    struct matcher *matchers[LAYERS];
    struct people_words people;
    struct word_list source_names; /* phrase value: index in ruleset.sources */
    struct word_list source_roles; /* generic sources ("officials", "police"): phrase value: index
                                      in ruleset.sources */
    struct word_list
        attacks; /* words that name an attack: "strike", "attack", "shelling" (schema of events) */
    struct marked_lists marked;
    struct frequencies frequencies; /* empty when no file gives any */
    struct day_part *day_parts;     /* what the values of $part stand for */
    size_t n_day_parts;
    struct name_ending *endings; /* the longest first; see extract/place_cases.h; none in a language
                                    without cases */
    size_t n_endings;
    struct latin_letter *letters; /* the same */
    size_t n_letters;
};

/* The compiled files of one directory. Read-only after loading: threads share it. */
struct ruleset {
    struct arena arena;   /* owns everything below */
    struct digest digest; /* SHA-256 over sorted relative paths and contents */
    struct schema schema;
    struct weights weights; /* of reconciliation; weights_default() where no file gives them */
    struct rule *rules;     /* all languages, layer by layer, in order of file path and place */
    size_t n_rules;
    struct known_source *sources;
    size_t n_sources;
    struct language *languages;
    size_t n_languages;
};

/* Loads every *.yml below `dir` (sorted by path, `places` left out). Every error and warning of
 * every file goes to `findings`; on any error returns -1 (ERROR_RULES) and *out is NULL: a bad rule
 * set is never loaded in part. Examples are not run here (see extract/examples.h). The caller
 * frees. */
int ruleset_load(struct ruleset **out, const char *dir, struct diagnostics *findings,
                 struct error *err) WARN_UNUSED;
void ruleset_free(struct ruleset *ruleset);

/* The language with a code ("en", "en-GB"), or the first one (by path) when the code is absent;
 * NULL when the rule set has no such language. What a report without `lang` gets:
 * extract/extract.h. */
const struct language *ruleset_language(const struct ruleset *ruleset, struct slice code);

/* Reads a count phrase the way `expect:` and `set:` write it: "19", "at least three", "20-25", "up
 * to 1,200", "none", "none reported", "several"; uses the language's numbers and counts. -1 when it
 * is no count. Implemented in extract/counts.c, declared there; listed here for the reader's
 * orientation only. */

#endif
