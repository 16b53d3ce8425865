#ifndef TRACKER_RULES_PATTERN_CODE_H
#define TRACKER_RULES_PATTERN_CODE_H

#include "rules/pattern.h"

/* The inside of a compiled pattern: for pattern*.c, word_list.c and the matcher alone. */

#define PATTERN_GAP_WORDS 6     /* `...` without a number */
#define PATTERN_GAP_MAX 30      /* `...30` */
#define PATTERN_MAX_WORDS 200   /* a pattern as written: fields and lists count 1, gaps in full */
#define PATTERN_MAX_PIECES 1000 /* named pieces in full */
#define PATTERN_MAX_DEPTH 16    /* groups in groups */
#define PATTERN_FIELD_TOKENS 24 /* a longer value fits no field: distances must be bounded */

enum node_kind {
    NODE_WORDS, /* one token, any of some words */
    NODE_LIST,
    NODE_FIELD,
    NODE_GAP,
    NODE_SEQUENCE,
    NODE_GROUP, /* its children are sequences, one an alternative */
};

/* A piece of a pattern as parsed. Kept after compiling: the matcher picks its index words in it. */
struct pattern_node {
    enum node_kind kind;
    bool optional;
    bool forms;     /* NODE_WORDS: written `word~` */
    uint32_t start; /* bytes of the source */
    uint32_t len;
    struct pattern_node *next;     /* the piece, or the alternative, after it */
    struct pattern_node *children; /* NODE_SEQUENCE, NODE_GROUP */
    const uint32_t *words;         /* NODE_WORDS: sorted */
    uint32_t n_words;
    uint32_t list; /* index in symbols->lists */
    uint16_t gap;  /* most words */
    uint16_t slot; /* NODE_LIST, NODE_FIELD */
    uint16_t op;   /* once compiled; of a group only when it became one OP_WORDS */
};

enum op_kind {
    OP_WORD,  /* the token is word `arg` */
    OP_WORDS, /* the token is one of words[0 .. n_words - 1] */
    OP_LIST,  /* a phrase of list `arg`, longest first */
    OP_FIELD, /* a value that fits slot `slot`, longest first */
    OP_SPLIT, /* goes on at `next`, and when that fails at `other` */
    OP_GAP,   /* 0 .. `arg` tokens, fewest first */
    OP_MATCH, /* always op 0 */
};

/* One instruction. `next` and `other` are always smaller than the op's own index: a program has no
 * loop, and tables over ops are filled in one ascending pass. */
struct pattern_op {
    uint8_t kind;
    bool extends; /* belongs to the extent of a value right before it: $list, word~ */
    uint16_t next;
    uint16_t other;
    uint16_t slot;
    uint32_t arg;
    const uint32_t *words;
    uint32_t n_words;
    struct slice written; /* the piece, for explanations */
};

struct pattern_code {
    struct pattern_op *ops;
    uint16_t n_ops;
    uint16_t entry;
    const struct pattern_node *root;
};

/* Parses the signs of a pattern into nodes and slots; finds every fault of syntax and name. -1 when
 * there was one (in `findings`). */
int pattern_parse(struct arena *arena, const struct symbols *symbols,
                  const struct pattern_text *source, bool numbers, struct diagnostics *findings,
                  struct pattern_node **root, struct pattern *out) WARN_UNUSED;

/* An error about `len` bytes of a pattern from byte `start`. Returns -1. */
int pattern_fault(struct diagnostics *findings, const struct pattern_text *source, size_t start,
                  size_t len, const char *hint, const char *format, ...) PRINTF_LIKE(6, 7);

/* Fewest and most tokens that one op takes. */
void pattern_op_tokens(const struct pattern_op *op, const struct symbols *symbols, uint32_t *least,
                       uint32_t *most);

/* The words of a literal, cut as a text is. `last` is the last token as written; last_is_word says
 * that it is made of letters, so that it can have forms. */
struct literal {
    uint32_t *words;
    size_t n_words;
    struct slice last;
    bool last_is_word;
};
int literal_words(struct arena *arena, const struct symbols *symbols, struct slice text,
                  struct literal *out, struct error *err) WARN_UNUSED;

/* The ids of all forms of a word, sorted. */
int forms_words(struct arena *arena, const struct symbols *symbols, struct slice word,
                uint32_t **words, uint32_t *n, struct error *err) WARN_UNUSED;

#define PHRASE_NONE UINT32_MAX

struct trie_edge {
    uint32_t word;
    uint32_t node;
};
struct trie_node {
    uint32_t edges; /* of phrase_trie.edges, sorted by word */
    uint32_t n_edges;
    uint32_t phrase; /* the phrase that ends here, or PHRASE_NONE */
};
struct phrase_trie {
    struct trie_node *nodes; /* nodes[0] is the root */
    struct trie_edge *edges;
    struct trie_edge *roots; /* the root's edges hashed by word; node 0 in a free one */
    uint32_t roots_mask;
    uint64_t first[WORD_LIST_BITS / 64]; /* of every first word: most tokens are refused by it */
    uint64_t last[WORD_LIST_BITS / 64];  /* the same of every last word */
};

/* Every phrase that stands at token i, shortest first. */
struct phrase_hit {
    uint32_t phrase;
    uint32_t count; /* tokens */
};
size_t word_list_all(const struct word_list *list, const struct document *doc, size_t i, size_t end,
                     struct phrase_hit hits[PHRASE_MAX_WORDS]);

/* Fewest and most words of a phrase of the list; 1, 1 for an empty list. */
void word_list_bounds(const struct word_list *list, uint32_t *least, uint32_t *most);

/* How often a word is met in news text, in steps: 1, 30 for frequent words, WORD_COMMON for
 * function words and signs. */
#define WORD_COMMON 2000
uint32_t word_commonness(struct slice word);

#endif
