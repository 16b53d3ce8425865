#include <stdlib.h>

#include "rules/pattern_code.h"

struct compiler {
    struct arena *arena;
    const struct symbols *symbols;
    const struct pattern_text *source;
    struct diagnostics *findings;
    struct pattern_op *ops;
    uint32_t n_ops;
    uint32_t room;
};

/* ---- what a piece can be ------------------------------------------------------------------- */

/* Can it match no token at all? */
static bool nullable(const struct pattern_node *node)
{
    if (node->optional || node->kind == NODE_GAP)
        return true;
    if (node->kind == NODE_SEQUENCE) {
        for (const struct pattern_node *c = node->children; c; c = c->next) {
            if (!nullable(c))
                return false;
        }
        return true;
    }
    if (node->kind == NODE_GROUP) {
        for (const struct pattern_node *c = node->children; c; c = c->next) {
            if (nullable(c))
                return true;
        }
    }
    return false;
}

/* Is there a fixed word, form or list in every way through it? */
static bool has_fixed(const struct pattern_node *node)
{
    if (node->optional || node->kind == NODE_FIELD || node->kind == NODE_GAP)
        return false;
    if (node->kind == NODE_WORDS || node->kind == NODE_LIST)
        return true;
    for (const struct pattern_node *c = node->children; c; c = c->next) {
        if (has_fixed(c) != (node->kind == NODE_GROUP))
            return node->kind == NODE_SEQUENCE;
    }
    return node->kind == NODE_GROUP;
}

/* The gap that may be its first piece, or NULL. */
static const struct pattern_node *first_gap(const struct pattern_node *node)
{
    if (node->kind == NODE_GAP)
        return node;
    for (const struct pattern_node *c = node->children; c; c = c->next) {
        const struct pattern_node *gap = first_gap(c);
        if (gap)
            return gap;
        if (node->kind == NODE_SEQUENCE && !nullable(c))
            return NULL;
    }
    return NULL;
}

/* The gap that may be its last piece, or NULL. */
static const struct pattern_node *last_gap(const struct pattern_node *node)
{
    const struct pattern_node *last = NULL;
    if (node->kind == NODE_GAP)
        return node;
    for (const struct pattern_node *c = node->children; c; c = c->next) {
        const struct pattern_node *gap = last_gap(c);
        if (gap)
            last = gap;
        else if (node->kind == NODE_SEQUENCE && !nullable(c))
            last = NULL;
    }
    return last;
}

/* ---- faults of the whole ------------------------------------------------------------------- */

static int fault_at(struct compiler *c, const struct pattern_node *node, const char *hint,
                    const char *text)
{
    return pattern_fault(c->findings, c->source, node->start, node->len, hint, "%s", text);
}

/* A gap that may follow a gap directly: how many words it allows would be anybody's guess. */
static int check_gaps(struct compiler *c, const struct pattern_node *node)
{
    const struct pattern_node *open = NULL;
    int result = 0;
    for (const struct pattern_node *child = node->children; child; child = child->next) {
        if (node->kind == NODE_GROUP) {
            open = NULL;
        } else {
            const struct pattern_node *first = first_gap(child);
            if (open && first)
                result = fault_at(c, first, "write one gap with a number, such as ...12",
                                  "two gaps in a row");
            const struct pattern_node *last = last_gap(child);
            if (last)
                open = last;
            else if (!nullable(child))
                open = NULL;
        }
        if (check_gaps(c, child))
            result = -1;
    }
    return result;
}

static int check_ends(struct compiler *c, const struct pattern_node *root)
{
    const struct pattern_node *first = first_gap(root);
    const struct pattern_node *last = last_gap(root);
    int result = 0;
    if (first)
        result = fault_at(c, first, "no piece must be found before it: leave the gap out",
                          "a gap at the beginning of a pattern");
    if (last && last != first)
        result = fault_at(c, last, "no piece must be found after it: leave the gap out",
                          "a gap at the end of a pattern");
    return result;
}

/* Slots by index; a pattern has at most one a piece. */
struct slot_set {
    uint64_t bits[PATTERN_MAX_PIECES / 64 + 1];
};

/* A fault for every place, time, source or <number> that one path meets twice; counts of a field
 * add up. `seen` holds the fields before `node` and gets those in it; alternatives see what stands
 * before their group, and not each other. */
static int check_twice(struct compiler *c, const struct pattern *pattern,
                       const struct pattern_node *node, struct slot_set *seen)
{
    int result = 0;
    if (node->kind == NODE_FIELD && pattern->slots[node->slot].type == VALUE_COUNT)
        return 0;
    if (node->kind == NODE_FIELD) {
        uint64_t bit = UINT64_C(1) << (node->slot % 64);
        struct slice name = pattern->slots[node->slot].name;
        if (seen->bits[node->slot / 64] & bit)
            result = pattern_fault(c->findings, c->source, node->start, node->len,
                                   "one match can give a field one value",
                                   "field <%.*s> stands twice in one pattern", SLICE_ARG(name));
        seen->bits[node->slot / 64] |= bit;
        return result;
    }
    const struct slot_set before = *seen;
    for (const struct pattern_node *child = node->children; child; child = child->next) {
        struct slot_set own = node->kind == NODE_GROUP ? before : *seen;
        if (check_twice(c, pattern, child, &own))
            result = -1;
        for (size_t i = 0; i < sizeof own.bits / sizeof *own.bits; i++)
            seen->bits[i] |= own.bits[i];
    }
    return result;
}

/* ---- code ---------------------------------------------------------------------------------- */

static uint16_t emit(struct compiler *c, struct pattern_op op, const struct pattern_node *node)
{
    if (node) {
        uint32_t len = node->len;
        op.written = slice_trim(slice_sub(c->source->text, node->start, len));
    }
    c->ops[c->n_ops] = op;
    return (uint16_t)c->n_ops++;
}

/* ( killed | dead ) is one op: any of some words. Only when no alternative is more than a token. */
static bool group_words(struct compiler *c, struct pattern_node *group, bool *forms)
{
    uint32_t n = 0;
    *forms = true;
    for (const struct pattern_node *a = group->children; a; a = a->next) {
        const struct pattern_node *piece = a->children;
        if (piece->next || piece->kind != NODE_WORDS || piece->optional)
            return false;
        *forms = *forms && piece->forms;
        n += piece->n_words;
    }
    uint32_t *words = ARENA_ARRAY(c->arena, uint32_t, n);
    if (!words)
        return false;
    uint32_t count = 0;
    for (const struct pattern_node *a = group->children; a; a = a->next) {
        for (uint32_t i = 0; i < a->children->n_words; i++) {
            uint32_t at = count;
            while (at > 0 && words[at - 1] >= a->children->words[i])
                at--;
            if (at < count && words[at] == a->children->words[i])
                continue;
            memmove(words + at + 1, words + at, (count - at) * sizeof *words);
            words[at] = a->children->words[i];
            count++;
        }
    }
    group->words = words;
    group->n_words = count;
    return true;
}

static uint16_t compile_words(struct compiler *c, struct pattern_node *node, bool forms,
                              uint16_t next)
{
    struct pattern_op op = {.kind = node->n_words == 1 ? OP_WORD : OP_WORDS,
                            .extends = forms,
                            .next = next,
                            .arg = node->words[0],
                            .words = node->words,
                            .n_words = node->n_words};
    node->op = emit(c, op, node);
    return node->op;
}

static uint16_t compile_node(struct compiler *c, struct pattern_node *node, uint16_t next);

/* From the last piece to the first: each needs to know where to go on. */
static uint16_t compile_sequence(struct compiler *c, struct pattern_node *first, uint16_t next)
{
    return first ? compile_node(c, first, compile_sequence(c, first->next, next)) : next;
}

static uint16_t compile_alternatives(struct compiler *c, struct pattern_node *alternative,
                                     uint16_t next)
{
    struct pattern_op split = {.kind = OP_SPLIT};
    if (!alternative->next)
        return compile_sequence(c, alternative->children, next);
    split.other = compile_alternatives(c, alternative->next, next);
    split.next = compile_sequence(c, alternative->children, next);
    return emit(c, split, alternative);
}

/* The entry of a piece without its `?`. */
static uint16_t compile_plain(struct compiler *c, struct pattern_node *node, uint16_t next)
{
    struct pattern_op op = {.next = next, .slot = node->slot};
    bool forms;
    switch (node->kind) {
    case NODE_WORDS: return compile_words(c, node, node->forms, next);
    case NODE_GROUP:
        if (group_words(c, node, &forms))
            return compile_words(c, node, forms, next);
        return compile_alternatives(c, node->children, next);
    case NODE_SEQUENCE: return compile_sequence(c, node->children, next);
    case NODE_LIST:
        op.kind = OP_LIST;
        op.extends = true;
        op.arg = node->list;
        break;
    case NODE_FIELD: op.kind = OP_FIELD; break;
    case NODE_GAP:
        op.kind = OP_GAP;
        op.arg = node->gap;
        break;
    }
    node->op = emit(c, op, node);
    return node->op;
}

static uint16_t compile_node(struct compiler *c, struct pattern_node *node, uint16_t next)
{
    uint16_t entry = compile_plain(c, node, next);
    if (!node->optional || node->kind == NODE_GAP) /* a gap may be empty anyway */
        return entry;
    return emit(c, (struct pattern_op){.kind = OP_SPLIT, .next = entry, .other = next}, node);
}

void pattern_op_tokens(const struct pattern_op *op, const struct symbols *symbols, uint32_t *least,
                       uint32_t *most)
{
    *least = *most = op->kind == OP_WORD || op->kind == OP_WORDS || op->kind == OP_FIELD;
    if (op->kind == OP_LIST)
        word_list_bounds(&symbols->lists[op->arg], least, most);
    else if (op->kind == OP_FIELD)
        *most = PATTERN_FIELD_TOKENS;
    else if (op->kind == OP_GAP)
        *most = op->arg;
}

/* Lengths of the whole from the lengths of the ops, op 0 upwards. `written` is the length in the
 * author's eyes: a field or a list is one word. */
static int measure(struct compiler *c, struct pattern *out, uint16_t entry, uint32_t *written)
{
    struct length {
        uint32_t least, most, written;
    } *to_end = ARENA_ARRAY(c->arena, struct length, c->n_ops);
    if (!to_end)
        return -1;
    for (uint32_t i = 1; i < c->n_ops; i++) {
        const struct pattern_op *op = &c->ops[i];
        uint32_t least, most;
        pattern_op_tokens(op, c->symbols, &least, &most);
        struct length a = to_end[op->next];
        if (op->kind == OP_SPLIT) {
            struct length b = to_end[op->other];
            a.least = b.least < a.least ? b.least : a.least;
            a.most = b.most > a.most ? b.most : a.most;
            a.written = b.written > a.written ? b.written : a.written;
        }
        uint32_t own = op->kind == OP_GAP ? op->arg : op->kind != OP_SPLIT;
        to_end[i] = (struct length){a.least + least, a.most + most, a.written + own};
    }
    out->min_tokens = (uint16_t)to_end[entry].least;
    out->max_tokens = (uint16_t)to_end[entry].most;
    *written = to_end[entry].written;
    return 0;
}

/* ---- pattern_compile ----------------------------------------------------------------------- */

static int check(struct compiler *c, const struct pattern *pattern, const struct pattern_node *root)
{
    struct slot_set seen = {{0}};
    int result = check_gaps(c, root);
    if (check_twice(c, pattern, root, &seen))
        result = -1;
    if (check_ends(c, root))
        result = -1;
    if (nullable(root))
        return pattern_fault(c->findings, c->source, 0, c->source->text.len, NULL,
                             "a pattern that can match nothing");
    if (!has_fixed(root))
        return pattern_fault(c->findings, c->source, 0, c->source->text.len,
                             "a word, a word~ or a $list must be in every way through it",
                             "a pattern with no fixed word");
    return result;
}

static int out_of_memory(struct compiler *c)
{
    return pattern_fault(c->findings, c->source, 0, c->source->text.len, NULL,
                         "the memory for rules is full");
}

static size_t count_nodes(const struct pattern_node *node)
{
    size_t n = 1;
    for (const struct pattern_node *c = node->children; c; c = c->next)
        n += count_nodes(c);
    return n;
}

static int generate(struct compiler *c, struct pattern_node *root, struct pattern *out)
{
    struct pattern_code *code = ARENA_NEW(c->arena, struct pattern_code);
    /* A piece makes at most one op, its `?` a second, its place in a group a third. */
    c->ops = ARENA_ARRAY(c->arena, struct pattern_op, 3 * count_nodes(root) + 1);
    if (!code || !c->ops)
        return out_of_memory(c);
    emit(c, (struct pattern_op){.kind = OP_MATCH}, NULL);
    code->entry = compile_node(c, root, 0);
    code->n_ops = (uint16_t)c->n_ops;
    code->root = root;
    code->ops = ARENA_ARRAY(c->arena, struct pattern_op, c->n_ops);
    uint32_t written;
    if (!code->ops || measure(c, out, code->entry, &written))
        return out_of_memory(c);
    memcpy(code->ops, c->ops, c->n_ops * sizeof *code->ops);
    out->code = code;
    if (written > PATTERN_MAX_WORDS)
        return pattern_fault(c->findings, c->source, 0, c->source->text.len, "shorten its gaps",
                             "a pattern of up to %u words; at most %d are allowed", written,
                             PATTERN_MAX_WORDS);
    return 0;
}

int pattern_compile(struct arena *arena, const struct symbols *symbols,
                    const struct pattern_text *source, bool numbers,
                    struct diagnostics *out_findings, struct pattern *out)
{
    struct compiler c = {
        .arena = arena, .symbols = symbols, .source = source, .findings = out_findings};
    struct pattern_node *root;
    *out = (struct pattern){0};
    if (pattern_parse(arena, symbols, source, numbers, out_findings, &root, out))
        return -1;
    if (check(&c, out, root))
        return -1;
    return generate(&c, root, out);
}

/* ---- common words -------------------------------------------------------------------------- */

static int compare_words(const void *word, const void *entry)
{
    return slice_compare(*(const struct slice *)word, slice_of(*(const char *const *)entry));
}

static bool is_among(struct slice word, const char *const *words, size_t n)
{
    return bsearch(&word, words, n, sizeof *words, compare_words) != NULL;
}

uint32_t word_commonness(struct slice word)
{
    /* English function words, sorted; each is in one sentence of ten or more in news text. */
    static const char *const COMMON[] = {
        "'s",   "a",    "after", "all",  "also", "an",   "and",   "are",  "as",   "at",
        "be",   "been", "but",   "by",   "for",  "from", "had",   "has",  "have", "he",
        "her",  "his",  "in",    "into", "is",   "it",   "its",   "more", "new",  "no",
        "not",  "of",   "on",    "one",  "or",   "out",  "over",  "s",    "said", "she",
        "that", "the",  "their", "they", "this", "to",   "two",   "up",   "was",  "we",
        "were", "when", "which", "who",  "will", "with", "would", "year",
    };
    /* Sorted; each is in one sentence of a hundred or so. */
    static const char *const FREQUENT[] = {
        "about",     "according", "again",     "against",   "ago",        "air",      "among",
        "another",   "any",       "april",     "area",      "army",       "around",   "attack",
        "attacks",   "august",    "because",   "before",    "being",      "between",  "both",
        "came",      "can",       "children",  "city",      "come",       "comes",    "could",
        "country",   "day",       "days",      "december",  "did",        "do",       "does",
        "down",      "drone",     "drones",    "during",    "each",       "earlier",  "early",
        "eight",     "even",      "every",     "far",       "february",   "few",      "fire",
        "first",     "five",      "forces",    "found",     "four",       "friday",   "get",
        "go",        "going",     "gone",      "got",       "government", "group",    "here",
        "high",      "him",       "hit",       "home",      "hours",      "house",    "how",
        "hundred",   "i",         "if",        "including", "israel",     "israeli",  "january",
        "july",      "june",      "just",      "last",      "late",       "later",    "least",
        "left",      "like",      "made",      "main",      "man",        "many",     "march",
        "may",       "men",       "military",  "million",   "minister",   "missile",  "missiles",
        "monday",    "month",     "months",    "morning",   "most",       "much",     "my",
        "near",      "next",      "night",     "nine",      "november",   "now",      "number",
        "october",   "off",       "official",  "officials", "only",       "other",    "others",
        "our",       "part",      "people",    "per",       "place",      "police",   "president",
        "red",       "region",    "report",    "reported",  "residents",  "russia",   "russian",
        "saturday",  "says",      "second",    "security",  "september",  "service",  "seven",
        "several",   "shot",      "since",     "six",       "so",         "some",     "southern",
        "state",     "still",     "strike",    "strikes",   "struck",     "such",     "sunday",
        "taken",     "ten",       "than",      "them",      "then",       "there",    "these",
        "third",     "those",     "thousand",  "three",     "through",    "thursday", "time",
        "times",     "today",     "told",      "took",      "total",      "toward",   "town",
        "tuesday",   "ukraine",   "ukrainian", "under",     "until",      "us",       "used",
        "war",       "way",       "wednesday", "week",      "weeks",      "well",     "went",
        "what",      "where",     "while",     "whose",     "woman",      "women",    "years",
        "yesterday", "you",       "your",
    };
    bool letters = word.len > 0 && (word.ptr[0] >= 'a' || (unsigned char)word.ptr[0] >= 0x80);
    if (!letters || is_among(word, COMMON, sizeof COMMON / sizeof *COMMON))
        return WORD_COMMON;
    return is_among(word, FREQUENT, sizeof FREQUENT / sizeof *FREQUENT) ? 30 : 1;
}

/* Is a function word among the words of every cut through the node? See matcher.c. */
static bool common_node(const struct pattern_node *node, const struct symbols *symbols)
{
    if (!has_fixed(node))
        return true;
    if (node->kind == NODE_WORDS) {
        for (uint32_t i = 0; i < node->n_words; i++) {
            if (word_commonness(vocabulary_word(symbols->vocabulary, node->words[i])) ==
                WORD_COMMON)
                return true;
        }
        return false;
    }
    if (node->kind == NODE_LIST) {
        const struct word_list *list = &symbols->lists[node->list];
        for (size_t i = 0; i < list->n_phrases; i++) {
            if (word_commonness(vocabulary_word(symbols->vocabulary, list->phrases[i].words[0])) ==
                WORD_COMMON)
                return true;
        }
        return false;
    }
    for (const struct pattern_node *c = node->children; c; c = c->next) {
        bool common = common_node(c, symbols);
        if (common == (node->kind == NODE_GROUP))
            return common;
    }
    return node->kind == NODE_SEQUENCE;
}

bool pattern_is_common(const struct pattern *pattern, const struct symbols *symbols)
{
    return common_node(pattern->code->root, symbols);
}
