#ifndef TRACKER_RULES_MATCHER_CODE_H
#define TRACKER_RULES_MATCHER_CODE_H

#include "rules/matcher.h"
#include "rules/pattern_code.h"

/* The inside of a sealed matcher: for matcher.c, run.c, find.c and trace.c alone.
 *
 * Every thing that a piece can take (a set of words, a list, a kind of value) is a class, shared by
 * all patterns of the matcher. A sentence is read once into a view: for each class that occurs in
 * it, a row of bits that tells where. After that no word is compared any more: a pattern is
 * refused, and its starts are found, by a few operations on rows. */

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

/* An instruction with its class. See enum op_kind; OP_WORD and OP_WORDS have become the same. */
struct op {
    uint8_t kind;
    bool extends;
    bool is_index; /* one of the ops of the cut: see struct posting */
    bool ahead;    /* an index op must still be passed from here on */
    uint16_t next;
    uint16_t other;
    uint16_t class;
    uint16_t slot;
    uint32_t arg; /* OP_GAP: most words; OP_LIST: the list */
};

struct program {
    const struct pattern *pattern;
    struct op *ops;
    uint16_t *firsts; /* classes that a match can begin with */
    uint16_t n_firsts;
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
};

/* A class that every match of the posting's pattern needs, between two distances from its index
 * word. */
struct need {
    uint16_t class;
    int16_t from;
    int16_t to;
};

/* A bit for each thing that patterns need: see signs_make. */
#define SIGN_WORDS 4
struct sign {
    uint64_t bits[SIGN_WORDS];
};

/* "At this word try that pattern." The pattern's index piece is a required one, or a group with one
 * in each alternative: a cut that every match passes in exactly one op. This posting stands for one
 * op of it, which must take the very token the posting was found by. */
struct posting {
    uint32_t alternative;
    uint16_t op;
    uint16_t least; /* tokens from the start of a match to the index word */
    uint16_t most;
    uint16_t n_needs;
    uint32_t needs;   /* in matcher.needs */
    struct sign sign; /* what the pattern needs of its sentence */
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
    uint32_t *classes_of; /* per word: first in word_classes, n_words + 1 entries */
    uint16_t *word_classes;
    uint32_t n_classes;   /* fields first: enum field_class */
    struct sign *sign_of; /* per word: see signs_make */
    struct sign field_signs[FIELD_CLASSES];
    struct sign common_sign; /* what all patterns need */
    uint64_t *gap_stops;     /* bit per word: no gap runs over it; NULL for none */
    unsigned takes;          /* bit set of value types: see matcher_takes */
    uint32_t max_ops;        /* of any program */
    uint32_t max_tokens;
};

/* One sentence in bits. Tokens count from the sentence's first. */
struct view {
    const struct match_input *input;
    uint32_t first; /* token in the document */
    uint32_t count;
    uint32_t width;           /* 64-bit words of a row */
    const uint16_t *row_of;   /* per class: its row, 0 when it does not occur */
    const uint64_t *rows;     /* row 0 is empty */
    const uint64_t *counts;   /* tokens of counts: gaps stop there */
    const uint32_t *value_at; /* per token: first value beginning there, or NO_VALUE */
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
    uint32_t width;    /* 64-bit words per op in `failed` */
    uint16_t index_op; /* NO_OP: no index word, as for unless phrases */
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

/* Does all that the posting needs stand at its distances from token `anchor`? Values of the field
 * classes `granted` (a bit set) are taken to stand everywhere. */
bool posting_needs_met(const struct matcher *matcher, const struct view *view,
                       const struct posting *posting, uint32_t anchor, unsigned granted);

/* Tries a posting at a token, and puts what is better than `best` there. */
void posting_try(struct run *run, const struct view *view, const struct posting *posting,
                 uint32_t anchor, struct best *best);

/* Does an unless phrase stand right before or right after the match? Spoils run->steps. */
bool match_is_void(struct run *run, const struct view *view, const struct alternative *alternative,
                   uint32_t first, uint32_t end);

/* What a match cannot do without is a set of classes: one of them must stand in the sentence. A
 * required word or value is a set of one, a group gives the set of one piece of each of its
 * alternatives. Every set gets a bit (shared, when there are very many), and a word the bits of the
 * sets it is in. So one pass over its words tells which patterns a sentence cannot match: most. */
int signs_make(struct matcher *matcher, size_t n_postings, struct error *err) WARN_UNUSED;

/* The bits that words and values of a sentence have; those of the types `coming` are granted. */
struct sign sentence_sign(const struct matcher *matcher, const struct match_input *input,
                          unsigned coming);

/* Has a sentence all that a posting needs? */
static inline bool sign_covers(const struct sign *sentence, const struct sign *posting)
{
    uint64_t lacking = 0;
    for (int i = 0; i < SIGN_WORDS; i++)
        lacking |= posting->bits[i] & ~sentence->bits[i];
    return lacking == 0;
}

/* The first token from `token` on with an index word and a posting that needs no more than `sign`;
 * the sentence's count when there is none. Tokens count from the sentence's first. */
uint32_t next_promising(const struct matcher *matcher, const struct match_input *input,
                        const struct sign *sign, uint32_t token);

/* The same for the whole sentence, which also tells its sign when it has an index word. */
uint32_t first_promising(const struct matcher *matcher, const struct match_input *input,
                         unsigned coming, struct sign *sign);

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

/* Reads a sentence into bits. Takes the scratch from its start; what the words tell is kept there,
 * for when the same sentence is asked about again with other values. */
int view_make(const struct matcher *matcher, struct match_scratch *scratch, struct arena *arena,
              const struct match_input *input, struct view *view, struct error *err) WARN_UNUSED;

/* Is there an index word at token `i` of the document? */
static inline bool is_index_word(const struct matcher *matcher, uint32_t word)
{
    return word < matcher->n_words && (matcher->is_index[word / 64] >> (word % 64) & 1);
}

static inline const uint64_t *view_row(const struct view *view, uint16_t class)
{
    return view->rows + (size_t)view->row_of[class] * view->width;
}

static inline bool row_has(const uint64_t *row, uint32_t token)
{
    return row[token / 64] >> (token % 64) & 1;
}

/* matcher_find that also adds the ops executed to *work: tests hold it to its bound. */
int matcher_find_counting(const struct matcher *matcher, struct arena *arena,
                          const struct match_input *input, struct match **out, size_t *n_out,
                          uint64_t *work, struct error *err) WARN_UNUSED;

#endif
