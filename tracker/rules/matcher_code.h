#ifndef TRACKER_RULES_MATCHER_CODE_H
#define TRACKER_RULES_MATCHER_CODE_H

#include "rules/matcher.h"
#include "rules/pattern_code.h"

/* The inside of a sealed matcher: for the files of the matcher alone.
 *
 * How a sentence is matched. Every thing that a piece can take (a set of words, the first words of
 * a list, a kind of value) is a class, shared by all patterns of the matcher. Words that are in the
 * same classes are of one kind: a row of bits, made while the rules load. So whether a word is in a
 * class is one look at one bit, no word is ever compared, and a sentence needs no preparation but
 * for its values.
 *
 * A pattern is indexed by its rarest required words (postings.c). At an index word each posting
 * asks, from the cheapest question to the dearest, and most are refused by the first two:
 *   1. does the sentence have values of the types that it needs?
 *   2. does what stands right before and right behind the index word go with it?
 *   3. do its other required pieces stand at the distances where they must (needs)?
 *   4. does the program run from one of the tokens that can begin a match (run.c)?
 * All of these but the last are about what must be there, so they lose no match; the program alone
 * decides. */

#define NO_OP UINT16_MAX
#define NO_VALUE UINT32_MAX

/* A field takes values of one type; a count of people only where the field counts people. */
enum field_class {
    FIELD_COUNT_PEOPLE = VALUE_TYPES, /* VALUE_NUMBER .. VALUE_SOURCE stand for themselves */
    FIELD_COUNT_COUNTED,              /* these in the order of enum slot_takes */
    FIELD_COUNT_NAMED,
    FIELD_COUNT_ALL,
    FIELD_COUNT_TOTAL,
    FIELD_CLASSES,
};

#define CLASS_NONE 0u        /* a class of values: no word is in it */
#define FIELD_ANY (1u << 15) /* in struct choice */
_Static_assert(FIELD_CLASSES <= 15, "the field classes of a choice fit its bits");

/* What may stand at a token: a word of a class, or a value of one of some field classes. */
struct choice {
    uint16_t class;  /* CLASS_NONE for no word */
    uint16_t fields; /* bit set of field classes; FIELD_ANY: whatever there is, or nothing */
};

/* An instruction with its class. See enum op_kind; OP_WORD and OP_WORDS have become the same. */
struct op {
    uint8_t kind;
    bool extends;
    bool is_index;  /* one of the ops of the cut: see struct posting */
    bool ahead;     /* an index op must still be passed from here on */
    bool remembers; /* several ways lead here with one token: failures are kept */
    bool reached;   /* while sealing: some op before it was seen */
    uint16_t next;
    uint16_t other;
    uint16_t class;
    uint16_t slot;
    uint32_t arg; /* OP_GAP: most words; OP_LIST: the list */
};

struct program {
    const struct pattern *pattern;
    struct op *ops;
    struct choice first; /* what a match can begin with */
    uint16_t n_ops;
    uint16_t entry;
};

/* One alternative of a rule. */
struct alternative {
    uint32_t rule;
    uint16_t number;
    struct program program;
    struct program *before; /* unless phrases */
    struct program *after;
    size_t n_before;
    size_t n_after;
    struct choice before_last; /* what an unless phrase can end with, and begin with */
    struct choice after_first;
};

/* What every match of the posting's pattern needs, between two distances from its index word. */
struct need {
    struct choice what;
    uint16_t bit; /* of struct need_signs: shared by several classes when there are many */
    int16_t from;
    int16_t to;
};

/* Which needs a word may meet. Bit 0 is no sign of any: see needs_tell. */
#define NEED_BITS 128u
#define NEEDS_TOLD UINT64_C(1)
struct need_signs {
    uint64_t bits[NEED_BITS / 64];
};

/* "At this word try that pattern." The pattern's index piece is a required one, or a group with one
 * in each alternative: a cut that every match passes in exactly one op. This posting stands for one
 * op of it, which must take the very token the posting was found by. */
struct posting {
    uint16_t fields; /* field classes that a match needs, wherever they stand */
    uint16_t op;
    struct choice before; /* what must end right before the index word, */
    struct choice after;  /* and stand right behind it */
    uint16_t least;       /* tokens from the start of a match to the index word */
    uint16_t most;
    uint32_t alternative;
    uint32_t needs; /* in matcher.needs */
    uint32_t n_needs;
    uint32_t reach; /* in matcher.reach: bits of the ops from which `op` can be reached */
};

struct matcher {
    struct arena arena;
    const struct symbols *symbols;
    struct alternative *alternatives;
    size_t n_alternatives;
    size_t capacity;
    /* set by matcher_seal */
    uint32_t n_words;         /* ids from here on are strangers */
    uint64_t *is_index;       /* bit per word: has postings */
    uint32_t *postings_of;    /* per word: first in postings, n_words + 1 entries */
    struct posting *postings; /* of one word: by alternative, then op */
    struct need *needs;
    uint64_t *reach;
    uint32_t n_classes;                /* fields first: enum field_class */
    const uint16_t *kind_of;           /* per word: its row in kinds, 0 when it is in no class */
    const uint64_t *kinds;             /* rows of a bit a class */
    uint32_t kind_width;               /* 64-bit words of a row */
    const struct need_signs *signs_of; /* per kind */
    uint16_t gap_stops;                /* class of the words that no gap runs over */
    unsigned takes;                    /* bit set of value types: see matcher_takes */
    uint32_t max_ops;                  /* of any program */
    uint32_t max_tokens;
};

/* What the values of a sentence tell of one token: classes of those that begin there, of those
 * that end right before it, and the first of those that begin there. */
struct token_values {
    uint16_t begin;
    uint16_t end;
    uint32_t value; /* only where some begin */
};

/* One sentence, ready to be matched. Tokens count from the sentence's first. */
struct view {
    const struct match_input *input;
    const struct token *tokens;
    uint32_t first; /* token in the document */
    uint32_t count;
    uint32_t width;          /* 64-bit words of a row */
    unsigned present;        /* field classes of its values */
    struct token_values *at; /* per token, and one more */
    uint64_t *rows;          /* per field class: tokens where values of it begin */
    uint64_t *counts;        /* tokens of counts: gaps stop there */
    uint64_t *needs;         /* signs of all its words, once told */
};

/* A piece that took tokens, on the path being tried. */
struct step {
    uint16_t op;
    uint16_t count;
    uint32_t first;
    uint32_t value;
};

/* The state of trying one program. */
struct run {
    const struct matcher *matcher;
    const struct view *view;
    const struct program *program;
    uint64_t
        *failed; /* bit (op, token - base): tried there and in vain; of a row that is not ... */
    uint32_t *failed_in; /* ... of this attempt all bits are stale */
    uint32_t attempt;
    uint32_t base;
    uint32_t width;        /* 64-bit words per op in `failed` */
    uint16_t index_op;     /* NO_OP: no index word, as for unless phrases */
    const uint64_t *reach; /* see struct posting */
    uint32_t anchor;
    uint32_t wanted_end; /* NO_VALUE: any */
    uint32_t end;        /* of the match found */
    struct step *steps;
    uint32_t n_steps;
    uint64_t work; /* ops executed: what the bound is about */
    bool tracing;  /* keep the furthest failure */
    uint32_t furthest;
    uint16_t furthest_op;
};

/* Room for runs of any program of the matcher. */
int run_init(struct run *run, const struct matcher *matcher, struct match_scratch *scratch,
             struct arena *arena, struct error *err) WARN_UNUSED;

/* `size` bytes of the scratch, aligned for any type; NULL when the arena is full. */
void *scratch_take(struct match_scratch *scratch, struct arena *arena, size_t size);

/* Makes ready for starts from `lowest` to `highest`: failures are remembered from one start to the
 * next. */
void run_prepare(struct run *run, const struct view *view, const struct program *program,
                 uint32_t lowest, uint32_t highest);

/* Tries the program at one token. True: run->end and run->steps tell the match. */
bool run_at(struct run *run, uint32_t start);

/* The best match around one occurrence of an index word. */
struct best {
    bool found;
    uint32_t first;
    uint32_t end;
    uint32_t n_captures;
    uint32_t n_steps;
    struct step *steps;
};

/* What stands beside a token, for all postings that are tried there. */
struct beside {
    const uint64_t *word_before; /* rows of kinds */
    const uint64_t *word_after;
    unsigned ends; /* field classes, with FIELD_ANY */
    unsigned begins;
    unsigned present; /* in the sentence */
    uint32_t room;    /* tokens before it */
};

/* Do all other things that the posting needs stand at their distances from token `anchor`? Values
 * of the field classes `granted` (a bit set) are taken to stand everywhere. */
bool posting_needs_met(const struct matcher *matcher, const struct view *view,
                       const struct posting *posting, uint32_t anchor, unsigned granted);

/* Tries a posting at a token, and puts what is better than `best` there. */
void posting_try(struct run *run, const struct view *view, const struct posting *posting,
                 uint32_t anchor, struct best *best);

/* Does an unless phrase stand right before or right after the match? Spoils run->steps. */
bool match_is_void(struct run *run, const struct view *view, const struct alternative *alternative,
                   uint32_t first, uint32_t end);

/* The first of the values from token `token` of the document on: they are sorted by it. */
size_t value_from(const struct match_input *input, uint32_t token);

/* Bit set of the field classes a value belongs to. */
static inline unsigned value_classes(const struct value *value)
{
    if (value->type != VALUE_COUNT)
        return value->type < VALUE_TYPES ? 1u << value->type : 0;
    if (value->flags & VALUE_VOID)
        return 0;
    unsigned classes = 1u << FIELD_COUNT_NAMED;
    if (value->flags & VALUE_NAME)
        return classes;
    classes |= 1u << FIELD_COUNT_PEOPLE;
    if (!(value->flags & VALUE_ONE))
        classes |= 1u << FIELD_COUNT_COUNTED;
    if (value->flags & VALUE_WHOLE)
        classes |= 1u << FIELD_COUNT_ALL;
    if (value->flags & VALUE_TOTAL)
        classes |= 1u << FIELD_COUNT_TOTAL;
    return value->flags & VALUE_PEOPLE ? classes : classes | 1u << VALUE_COUNT;
}

/* Makes a sentence ready. Takes the scratch from its start. */
int view_make(const struct matcher *matcher, struct match_scratch *scratch, struct arena *arena,
              const struct match_input *input, struct view *view, struct error *err) WARN_UNUSED;

/* Is there an index word at token `i` of the document? */
static inline bool is_index_word(const struct matcher *matcher, uint32_t word)
{
    return word < matcher->n_words && (matcher->is_index[word / 64] >> (word % 64) & 1);
}

static inline bool row_has(const uint64_t *row, uint32_t bit)
{
    return row[bit / 64] >> (bit % 64) & 1;
}

static inline uint32_t word_kind(const struct matcher *matcher, const struct view *view,
                                 uint32_t token)
{
    uint32_t word = view->tokens[token].word;
    return word < matcher->n_words ? matcher->kind_of[word] : 0;
}

/* The classes of the word at a token of the sentence. */
static inline const uint64_t *word_row(const struct matcher *matcher, const struct view *view,
                                       uint32_t token)
{
    return matcher->kinds + (size_t)word_kind(matcher, view, token) * matcher->kind_width;
}

static inline bool word_is(const struct matcher *matcher, const struct view *view, uint32_t token,
                           uint16_t class)
{
    return row_has(word_row(matcher, view, token), class);
}

static inline struct beside beside_of(const struct matcher *matcher, const struct view *view,
                                      uint32_t token, unsigned granted)
{
    return (struct beside){
        .word_before = token > 0 ? word_row(matcher, view, token - 1) : matcher->kinds,
        .word_after = token + 1 < view->count ? word_row(matcher, view, token + 1) : matcher->kinds,
        .ends = view->at[token].end | granted | FIELD_ANY,
        .begins = view->at[token + 1].begin | granted | FIELD_ANY,
        .present = view->present | granted,
        .room = token,
    };
}

static inline bool goes_beside(const struct beside *beside, const struct posting *posting)
{
    return !(posting->fields & ~beside->present) && beside->room >= posting->least &&
           (posting->after.fields & beside->begins ||
            row_has(beside->word_after, posting->after.class)) &&
           (posting->before.fields & beside->ends ||
            row_has(beside->word_before, posting->before.class));
}

/* Does one of the choice begin at a token, which may be the sentence's end? */
static inline bool choice_begins(const struct matcher *matcher, const struct view *view,
                                 struct choice choice, uint32_t token)
{
    return ((view->at[token].begin | FIELD_ANY) & choice.fields) ||
           (token < view->count && word_is(matcher, view, token, choice.class));
}

/* Does one of the choice end right before a token? */
static inline bool choice_ends(const struct matcher *matcher, const struct view *view,
                               struct choice choice, uint32_t token)
{
    return ((view->at[token].end | FIELD_ANY) & choice.fields) ||
           (token > 0 && word_is(matcher, view, token - 1, choice.class));
}

/* matcher_find that also adds the ops executed to *work: tests hold it to its bound. */
int matcher_find_counting(const struct matcher *matcher, struct arena *arena,
                          const struct match_input *input, struct match **out, size_t *n_out,
                          uint64_t *work, struct error *err) WARN_UNUSED;

#endif
