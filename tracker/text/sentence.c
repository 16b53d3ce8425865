/* Groups tokens into sentences, in one pass. Most tokens cost two comparisons; only a token that
 * may end a sentence (TOKEN_STOP) or begins a line is looked at. Every look is bounded by the run
 * of punctuation it stands in, and each paragraph is measured once, so the work is linear. */
#include "text/sentence.h"

#include "text/utf8.h"
#include "text/word_table.h"

#define WRAP_MIN 40  /* no text is wrapped at fewer columns than this, */
#define WRAP_MAX 140 /* nor at more: longer lines are paragraphs */

/* How the lines of one paragraph are set; measured when its first inner line break is met. */
struct layout {
    size_t end;     /* token after the paragraph; 0 before the first */
    size_t longest; /* bytes of its longest line */
    bool wrapped;   /* its lines are broken to fit a width */
};

struct split {
    const struct vocabulary *vocabulary;
    struct document *doc;
    struct arena *arena;
    struct error *err;
    size_t title_end; /* tokens of the title */
    size_t capacity;
    size_t first; /* token the open sentence begins with */
    size_t line;  /* token the current line begins with */
    size_t paragraph_first;
    uint32_t paragraph;      /* of the open sentence */
    uint32_t next_paragraph; /* of the token being looked at */
    struct layout layout;
};

static bool has(const struct split *split, size_t i, unsigned flag)
{
    return split->doc->tokens[i].flags & flag;
}

static bool is_punct(const struct split *split, size_t i)
{
    return split->doc->tokens[i].kind == TOKEN_PUNCT;
}

/* The character of a punctuation token, 0 for any other token. */
static uint32_t mark_at(const struct split *split, size_t i)
{
    const struct token *token = &split->doc->tokens[i];
    const char *s = split->doc->text.ptr + token->start;
    uint32_t code = 0;
    if (token->kind != TOKEN_PUNCT)
        return 0;
    if (token->len == 1)
        return (unsigned char)*s;
    utf8_decode(s, token->len, &code);
    return code;
}

static bool is_quote(uint32_t mark)
{
    switch (mark) {
    case '"':
    case '\'':
    case 0xab:
    case 0xbb:
    case 0x2018:
    case 0x2019:
    case 0x201a:
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x2039:
    case 0x203a: return true;
    default: return false;
    }
}

static bool is_bullet(uint32_t mark)
{
    switch (mark) {
    case '-':
    case '*':
    case 0xb7:
    case 0x2013:
    case 0x2014:
    case 0x2022:
    case 0x2023:
    case 0x25aa:
    case 0x25ba:
    case 0x25cf:
    case 0x25e6: return true;
    default: return false;
    }
}

/* What may stand before the first word of a sentence. */
static bool is_opener(uint32_t mark)
{
    switch (mark) {
    case '(':
    case '[':
    case '{':
    case '#':
    case '@':
    case 0xa1:
    case 0xbf: return true;
    default: return is_bullet(mark) || is_quote(mark);
    }
}

static bool is_closer(const struct split *split, size_t i)
{
    uint32_t mark = has(split, i, TOKEN_SPACE) ? 0 : mark_at(split, i);
    return mark == ')' || mark == ']' || mark == '}' || is_quote(mark);
}

/* Words that begin English sentences and no names; rule files add others with WORD_OPENER. */
static const char *const OPENING_WORDS[] = {
    "a",     "according", "after",     "all",     "also",    "an",    "and",    "another", "as",
    "at",    "but",       "by",        "during",  "earlier", "each",  "first",  "for",     "from",
    "he",    "her",       "his",       "however", "i",       "if",    "in",     "it",      "its",
    "later", "many",      "meanwhile", "more",    "most",    "no",    "nobody", "not",     "on",
    "one",   "our",       "several",   "she",     "since",   "so",    "some",   "that",    "the",
    "their", "there",     "these",     "they",    "this",    "those", "three",  "two",     "we",
    "what",  "when",      "while",     "with",    "you",
};

static bool opens_sentence(const struct split *split, size_t i)
{
    const struct token *token = &split->doc->tokens[i];
    if (token->kind != TOKEN_WORD || !(token->flags & TOKEN_CAPITAL))
        return false;
    if (vocabulary_marks(split->vocabulary, token->word) & WORD_OPENER)
        return true;
    char folded[WORD_MAX + 8];
    size_t len = word_fold(token_text(split->doc, i), folded);
    for (size_t w = 0; w < sizeof OPENING_WORDS / sizeof *OPENING_WORDS; w++)
        if (slice_is((struct slice){folded, len}, OPENING_WORDS[w]))
            return true;
    return false;
}

/* The token that shows how what begins at `i` begins, behind quotes, brackets and dashes. */
static size_t after_openers(const struct split *split, size_t i)
{
    size_t n = split->doc->n_tokens;
    for (int k = 0; k < 3 && i + 1 < n && is_opener(mark_at(split, i)); k++)
        i++;
    return i;
}

static bool begins_like_sentence(const struct split *split, size_t i)
{
    const struct token *token = &split->doc->tokens[after_openers(split, i)];
    return token->kind == TOKEN_NUMBER ||
           (token->kind == TOKEN_WORD && token->flags & TOKEN_CAPITAL) ||
           is_quote(mark_at(split, i));
}

/* What the full stop `i` may be besides the end of a sentence. */
enum stop_kind { STOP_FULL, STOP_NEVER, STOP_WEAK };

static bool is_single_letter(const struct split *split, size_t i)
{
    struct slice text = token_text(split->doc, i);
    return has(split, i, TOKEN_CAPITAL) && (text.len == 1 || (text.len == 2 && text.ptr[0] & 0x80));
}

static enum stop_kind stop_kind(const struct split *split, size_t i)
{
    const struct token *token = &split->doc->tokens[i];
    if (token->kind == TOKEN_WORD) { /* "U.S." */
        uint8_t marks = vocabulary_marks(split->vocabulary, token->word);
        return marks & WORD_ABBREVIATION ? STOP_NEVER : STOP_WEAK;
    }
    if (i == split->first || has(split, i, TOKEN_SPACE) || mark_at(split, i) != '.')
        return STOP_FULL;
    const struct token *before = token - 1;
    uint8_t marks = vocabulary_marks(split->vocabulary, before->word);
    if (before->kind == TOKEN_WORD) {
        if (marks & WORD_ABBREVIATION)
            return STOP_NEVER;
        return marks & WORD_ABBREVIATION_STOP || is_single_letter(split, i - 1) ? STOP_WEAK
                                                                                : STOP_FULL;
    }
    /* "1. The convoy ..." in a list */
    if (before->kind == TOKEN_NUMBER && i - 1 == split->first && before->len <= 2)
        return STOP_NEVER;
    return STOP_FULL;
}

/* "killed.The": the space was lost on the way, between a small word and a capitalised one. */
static bool lost_space(const struct split *split, size_t stop, size_t next)
{
    if (stop + 1 != next || stop == split->first)
        return false;
    const struct token *before = &split->doc->tokens[stop - 1], *after = &split->doc->tokens[next];
    return before->kind == TOKEN_WORD && before->len > 2 && !(before->flags & TOKEN_CAPITAL) &&
           after->kind == TOKEN_WORD && after->flags & TOKEN_CAPITAL &&
           !(after->flags & TOKEN_UPPER);
}

/* Chinese and Japanese sentences follow each other without space. */
static bool is_wide_stop(const struct split *split, size_t i)
{
    uint32_t mark = mark_at(split, i);
    return mark == 0x3002 || mark == 0xff01 || mark == 0xff0e || mark == 0xff1f;
}

/* The number of a footnote behind a sentence: "the town.[2] Two men" */
static bool is_reference(const struct split *split, size_t i)
{
    return i + 2 < split->doc->n_tokens && mark_at(split, i) == '[' &&
           !has(split, i, TOKEN_SPACE) && split->doc->tokens[i + 1].kind == TOKEN_NUMBER &&
           mark_at(split, i + 2) == ']';
}

static bool is_dash(const struct split *split, size_t i)
{
    uint32_t mark = i < split->doc->n_tokens ? mark_at(split, i) : 0;
    return mark == '-' || mark == 0x2013 || mark == 0x2014;
}

/* Most tokens of a dateline before its dash, and of the agency in brackets. */
#define DATELINE_TOKENS 10

/* Whether the stop `i` stands in what opens a report: "MACON, Ga. (AP) —", "SAULT STE. MARIE, Mich.
 * –". */
static bool in_dateline(const struct split *split, size_t i)
{
    const struct document *doc = split->doc;
    size_t first = split->first, at = i + 1;
    if (first + DATELINE_TOKENS < i || !has(split, i - 1, TOKEN_CAPITAL) ||
        (first && !has(split, first, TOKEN_LINE)) || !has(split, first, TOKEN_UPPER))
        return false;
    for (size_t k = first; k < i; k++)
        if (doc->tokens[k].kind == TOKEN_NUMBER ||
            (doc->tokens[k].kind == TOKEN_WORD && !has(split, k, TOKEN_CAPITAL)))
            return false;
    if (at < doc->n_tokens && mark_at(split, at) == '(')
        while (at < doc->n_tokens && at < i + DATELINE_TOKENS && mark_at(split, at) != ')')
            at++;
    at += at < doc->n_tokens && mark_at(split, at) == ')';
    return is_dash(split, at) && has(split, at, TOKEN_SPACE);
}

/* The token after the sentence that the stop `i` ends; 0 when it ends none. */
static size_t sentence_end(const struct split *split, size_t i)
{
    size_t n = split->doc->n_tokens, next = i + 1;
    if (next < n && has(split, next, TOKEN_STOP) && !has(split, next, TOKEN_SPACE) &&
        is_punct(split, next))
        return 0; /* the last of "..." or "?!" decides */
    while (next < n && is_closer(split, next))
        next++;
    while (is_reference(split, next))
        next += 3;
    if (next == n)
        return n;
    bool closed = next > i + 1;
    if (!has(split, next, TOKEN_SPACE)) {
        if (is_wide_stop(split, i))
            return next;
        return lost_space(split, i, next) && stop_kind(split, i) == STOP_FULL ? next : 0;
    }
    if (!begins_like_sentence(split, next) || (i > split->first && in_dateline(split, i)))
        return 0;
    switch (stop_kind(split, i)) {
    case STOP_FULL: return next;
    case STOP_NEVER: return 0;
    default:
        return closed || is_quote(mark_at(split, next)) ||
                       opens_sentence(split, after_openers(split, next))
                   ? next
                   : 0;
    }
}

/* Bytes from token `a` to the end of the token before `b`. */
static size_t width(const struct document *doc, size_t a, size_t b)
{
    return doc->tokens[b - 1].start + doc->tokens[b - 1].len - doc->tokens[a].start;
}

static void measure_paragraph(struct split *split)
{
    const struct document *doc = split->doc;
    struct layout layout = {0};
    bool small_start = false, small_word = false;
    size_t line = split->paragraph_first, lines = 1, i = line;
    for (; i < doc->n_tokens; i++) {
        const struct token *token = &doc->tokens[i];
        if (i > split->paragraph_first && token->flags & TOKEN_PARAGRAPH)
            break;
        bool small = token->kind == TOKEN_WORD && !(token->flags & TOKEN_CAPITAL);
        small_word |= token->kind == TOKEN_WORD && token->len > 1 && !(token->flags & TOKEN_UPPER);
        if (i == line || !(token->flags & TOKEN_LINE))
            continue;
        small_start |= small;
        size_t bytes = width(doc, line, i);
        layout.longest = bytes > layout.longest ? bytes : layout.longest;
        line = i;
        lines++;
    }
    size_t bytes = width(doc, line, i);
    layout.longest = bytes > layout.longest ? bytes : layout.longest;
    layout.end = i;
    layout.wrapped = lines > 1 && layout.longest >= WRAP_MIN && layout.longest <= WRAP_MAX &&
                     (small_start || !small_word);
    split->layout = layout;
}

/* Whether the line that ends before token `i` was full: its first word would not have fitted. */
static bool is_soft_break(struct split *split, size_t i)
{
    if (split->layout.end <= i)
        measure_paragraph(split);
    return split->layout.wrapped &&
           width(split->doc, split->line, i) + 1 + split->doc->tokens[i].len >
               split->layout.longest;
}

/* The line break before token `i`, inside a paragraph: does a sentence begin there? */
static bool line_begins_sentence(struct split *split, size_t i)
{
    const struct document *doc = split->doc;
    bool soft = is_soft_break(split, i);
    bool bullet =
        is_bullet(mark_at(split, i)) && i + 1 < doc->n_tokens && has(split, i + 1, TOKEN_SPACE);
    if (bullet)
        return !soft || mark_at(split, i) != 0x2014;
    if (soft)
        return false;
    if (has(split, i - 1, TOKEN_STOP) && stop_kind(split, i - 1) == STOP_FULL)
        return true;
    return begins_like_sentence(split, i);
}

static int close_sentence(struct split *split, size_t end, uint8_t seen)
{
    struct document *doc = split->doc;
    if (arena_grow(split->arena, &doc->sentences, &split->capacity, doc->n_sentences,
                   sizeof *doc->sentences, split->err))
        return -1;
    size_t first = split->first;
    doc->sentences[doc->n_sentences++] = (struct sentence){
        .first = (uint32_t)first,
        .count = (uint32_t)(end - first),
        .start = doc->tokens[first].start,
        .end = doc->tokens[end - 1].start + doc->tokens[end - 1].len,
        .paragraph = split->paragraph,
        .is_title = first < split->title_end,
        .has_trigger = seen & TOKEN_TRIGGER,
    };
    split->first = end;
    return 0;
}

/* Where the sentence that begins at split->first has to end at the latest. */
static size_t last_end(const struct split *split)
{
    size_t end = split->first + SENTENCE_MAX_TOKENS;
    return split->first < split->title_end && split->title_end < end ? split->title_end : end;
}

static size_t count_title_tokens(const struct document *doc, size_t title_len)
{
    size_t n = 0;
    while (n < doc->n_tokens && doc->tokens[n].start < title_len)
        n++;
    return n;
}

/* Token `i`, not the first of all, begins a line below the title: whether a sentence begins with
 * it. */
static bool break_line(struct split *split, size_t i)
{
    bool paragraph = has(split, i, TOKEN_PARAGRAPH) || i == split->title_end;
    bool ends = paragraph || line_begins_sentence(split, i);
    split->line = i;
    if (paragraph)
        split->paragraph_first = i;
    /* Of a wrapped paragraph every line is a part, also one that happens to begin a sentence. */
    if (paragraph || (ends && !split->layout.wrapped))
        split->next_paragraph++;
    return ends;
}

int sentences_make(struct arena *arena, const struct vocabulary *vocabulary, size_t title_len,
                   struct document *doc, struct error *err)
{
    struct split split = {.vocabulary = vocabulary, .doc = doc, .arena = arena, .err = err};
    uint8_t seen = 0;
    split.title_end = count_title_tokens(doc, title_len);
    split.paragraph = split.next_paragraph = split.title_end ? 0 : 1;
    size_t limit = last_end(&split);
    for (size_t i = 0; i < doc->n_tokens; i++) {
        uint8_t flags = doc->tokens[i].flags;
        if (i < limit && !(flags & (TOKEN_LINE | TOKEN_STOP))) {
            seen |= flags;
            continue;
        }
        bool in_title = i < split.title_end;
        bool below = flags & TOKEN_LINE || i == split.title_end;
        bool line = below && i > 0 && !in_title && break_line(&split, i);
        if ((line || i >= limit) && i > split.first) {
            if (close_sentence(&split, i, seen))
                return -1;
            seen = 0;
            limit = last_end(&split);
        }
        split.paragraph = split.next_paragraph;
        seen |= flags;
        if (flags & TOKEN_STOP && !in_title) {
            size_t end = sentence_end(&split, i);
            if (end && end < limit)
                limit = end;
        }
    }
    return split.first < doc->n_tokens ? close_sentence(&split, doc->n_tokens, seen) : 0;
}
