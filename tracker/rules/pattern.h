#ifndef TRACKER_RULES_PATTERN_H
#define TRACKER_RULES_PATTERN_H

#include "base/map.h"
#include "rules/diagnostics.h"
#include "rules/schema.h"
#include "text/document.h"

#define PHRASE_MAX_WORDS 16 /* of one phrase of a list */

/* One phrase of a list: word ids, and the number it stands for where the file gives one
 * (`months: {january: 1, jan: 1}`). */
struct phrase {
    uint32_t *words;
    uint16_t n_words;
    int64_t value; /* 0 when the list is a plain sequence */
    struct slice written;
};

/* A `$name` list. Matched through a trie over word ids, longest phrase first. */
struct word_list {
    struct slice name;
    struct location where;
    struct phrase *phrases;
    size_t n_phrases;
    uint16_t least_words; /* of a phrase; 0 while there is none */
    uint16_t most_words;
    struct phrase_trie *trie;
    const uint64_t
        *first;           /* bit (word mod WORD_LIST_BITS) of every first word; NULL until sealed */
    const uint64_t *last; /* the same of every last word */
};

/* Everything a pattern may refer to. One per language. */
struct symbols {
    struct vocabulary *vocabulary;
    const struct schema *schema;
    struct map forms_by_base; /* irregular forms: "leave" -> index in forms */
    struct slice **forms;     /* NULL-ptr-terminated arrays of written forms */
    struct map lists_by_name;
    struct word_list *lists;
    size_t n_lists;
    struct named_piece *pieces; /* seen by the file at hand: `pieces:` of words files and its own */
    size_t n_pieces;
};

/* A pattern as written, with the place of its first byte (inside the quotes, if quoted). */
struct pattern_text {
    struct slice text;
    struct location where;
};

/* A piece of a pattern that a file gives a name (`pieces:`); `$name` stands for it in the
 * patterns and pieces after it, as if it were written there in ( ). */
struct named_piece {
    struct slice name;
    struct pattern_text text;
    bool faulty; /* its own faults are told where it is defined */
};

/* A value a pattern takes out of a sentence: a <field>, <field.part>, or a $list it went through.
 */
struct pattern_slot {
    enum { SLOT_FIELD, SLOT_NUMBER, SLOT_LIST } kind;
    enum value_type type; /* of a field */
    uint16_t field;       /* index in the schema (SLOT_FIELD) */
    uint16_t part;        /* index of the part or SCHEMA_NONE */
    enum slot_takes {
        SLOT_TAKES_PEOPLE,  /* <killed>: a number with or without people, one person, a sum */
        SLOT_TAKES_COUNTED, /* <killed counted>: a number must be written */
        SLOT_TAKES_NAMED,   /* <killed named>: a bare name too */
        SLOT_TAKES_ALL,     /* <drones.intercepted all>: only a number said to be all there were */
        SLOT_TAKES_TOTAL,   /* <drones total>: only a number said to be a total ("a total of 35") */
    } takes;
    struct slice name;            /* as written: "killed", "low", the list's name */
    const struct phrase *phrases; /* of the list (SLOT_LIST): capture.value is an index in it */
};

/* A compiled pattern: a bounded program. Opaque outside pattern.c and matcher.c (see
 * pattern_code.h). */
struct pattern {
    struct pattern_slot *slots;
    uint16_t n_slots;
    uint16_t min_tokens; /* fewest and most tokens a match spans; every pattern is bounded */
    uint16_t max_tokens;
    const struct pattern_code *code;
};

/* Compiles one pattern: parses the signs of rules.md, resolves words, forms, lists and fields,
 * bounds the length. `numbers` allows bare-number fields (shared files): any <name> that is no
 * schema field is then a number. The lists must be complete. Findings go to `out_findings` with
 * exact columns; returns -1 when there was an error. All memory from `arena`, which must live as
 * long as the pattern. New words are interned in symbols->vocabulary. */
int pattern_compile(struct arena *arena, const struct symbols *symbols,
                    const struct pattern_text *source, bool numbers,
                    struct diagnostics *out_findings, struct pattern *out) WARN_UNUSED;

/* Checks one named piece by itself: syntax and names, with exact columns. The rest can only be told
 * of the patterns that use it. */
int pattern_piece_check(struct arena *arena, const struct symbols *symbols,
                        const struct pattern_text *source,
                        struct diagnostics *out_findings) WARN_UNUSED;

/* Is every fixed word of it a function word ("of the") or a sign, so that it is tried in almost
 * every sentence? Worth a warning. */
bool pattern_is_common(const struct pattern *pattern, const struct symbols *symbols);

/* Every written form of a `word~`: the word itself, regular endings (s, es, ies; ed, ing with
 * doubling and dropped e), or the irregular ones of the table in place of the regular. Into a fresh
 * array of `arena`. English; a language whose forms are not regular lists them all in its table. */
int forms_of(struct arena *arena, const struct symbols *symbols, struct slice word,
             struct slice **out, size_t *n, struct error *err) WARN_UNUSED;

/* The phrase of `list` that stands at token i of the document, longest first: returns its tokens, 0
 * for none, its index in *phrase. Used outside patterns too (stop words, people, sources). */
size_t word_list_longest(const struct word_list *list, const struct document *doc, size_t i,
                         size_t end, uint32_t *phrase);

/* Most tokens begin no phrase of a list: they are refused here, without a call. */
#define WORD_LIST_BITS 8192u
static inline size_t word_list_match(const struct word_list *list, const struct document *doc,
                                     size_t i, size_t end, uint32_t *phrase)
{
    if (!list->first || i >= end)
        return 0;
    uint32_t bit = doc->tokens[i].word % WORD_LIST_BITS;
    return list->first[bit / 64] >> (bit % 64) & 1 ? word_list_longest(list, doc, i, end, phrase)
                                                   : 0;
}

/* Whether a phrase of the list may end with token i's word: most words end none. */
static inline bool word_list_may_end(const struct word_list *list, const struct document *doc,
                                     size_t i)
{
    uint32_t bit = doc->tokens[i].word % WORD_LIST_BITS;
    return list->last && list->last[bit / 64] >> (bit % 64) & 1;
}

/* Adds a phrase as written (may contain `word~`: all its forms become phrases). Tokenised like
 * text. word_list_seal builds the trie after the last one. */
int word_list_add(struct arena *arena, const struct symbols *symbols, struct word_list *list,
                  struct slice written, int64_t value, struct error *err) WARN_UNUSED;
int word_list_seal(struct arena *arena, struct word_list *list, struct error *err) WARN_UNUSED;

#endif
