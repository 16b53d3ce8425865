#ifndef TRACKER_TEXT_DOCUMENT_H
#define TRACKER_TEXT_DOCUMENT_H

#include "text/vocabulary.h"

/* What a token is. One token is a run of letters (with inner apostrophes: "don't"; a final 's is a
 * token of its own; single letters joined by full stops are one token with them: "U.S.", "p.m."), a
 * number in digits
 * ("1,200", "1.2", "24/7" is three tokens), or one punctuation character. A hyphen is a token, so
 * "7-year-old" is 7 - year - old, "20-25" is 20 - 25, "Kh-101" is Kh - 101. "3am" is 3 am, "14th"
 * is 14 th, "$5" is $ 5. */
enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_PUNCT };

enum token_flag {
    TOKEN_SPACE = 1,      /* white space stands before it (or the text begins) */
    TOKEN_CAPITAL = 2,    /* its first letter is upper case or has no case (Arabic, Chinese) */
    TOKEN_UPPER = 4,      /* all its letters are upper case, two or more */
    TOKEN_LINE = 8,       /* a line break stands before it */
    TOKEN_PARAGRAPH = 16, /* a blank line stands before it */
    TOKEN_TRIGGER = 32,   /* its word carries WORD_TRIGGER */
    TOKEN_STOP = 64,      /* . ! ? … or a word such as "U.S.": a sentence may end here */
};

struct token {
    uint32_t start; /* byte offset in the document's text */
    uint32_t word;  /* vocabulary id, WORD_UNKNOWN when no rule mentions it */
    uint16_t len;   /* bytes; longer runs are cut into several tokens */
    uint8_t kind;   /* enum token_kind */
    uint8_t flags;  /* enum token_flag */
};

/* A sentence: tokens first .. first + count - 1. The title is sentence 0 when there is one. */
struct sentence {
    uint32_t first;
    uint32_t count;
    uint32_t start; /* bytes in the text, without surrounding white space */
    uint32_t end;
    uint32_t paragraph; /* 0 for the title, then 1, 2 ...: blank lines and line breaks separate */
    bool is_title;
    bool has_trigger; /* some token of it carries TOKEN_TRIGGER */
};

/* One text cut into tokens and sentences. All memory belongs to the arena it was made in. */
struct document {
    struct slice text; /* stored form of the report: title, blank line, text */
    struct token *tokens;
    size_t n_tokens;
    struct sentence *sentences;
    size_t n_sentences;
};

/* A sentence longer than this many tokens is cut, so that no text makes a rule's work unbounded. */
#define SENTENCE_MAX_TOKENS 1000

/* Cuts `text` (as utf8_clean leaves it). `title_len` bytes at its start are the title, 0 for none.
 * A sentence ends at . ! ? or … (with closing quotes and brackets after it) before a capital,
 * digit, quote or the end; at a blank line; at a line break after a line that ends a sentence or
 * before one that starts with a capital (soft-wrapped text stays whole). Not after abbreviations
 * and single initials ("J. Smith"). -1 with ERROR_LIMIT when the arena is full. */
int document_make(struct arena *arena, const struct vocabulary *vocabulary, struct slice text,
                  size_t title_len, struct document *out, struct error *err) WARN_UNUSED;

static inline struct slice token_text(const struct document *doc, size_t i)
{
    return slice_sub(doc->text, doc->tokens[i].start, doc->tokens[i].len);
}

/* The text from token `first` to the end of token `last`. */
static inline struct slice token_span(const struct document *doc, size_t first, size_t last)
{
    size_t start = doc->tokens[first].start;
    return slice_sub(doc->text, start, doc->tokens[last].start + doc->tokens[last].len - start);
}

#endif
