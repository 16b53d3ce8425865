#include <stdarg.h>
#include <stdio.h>

#include "rules/pattern_code.h"

#define NO_ITEM UINT32_MAX

struct parser {
    struct arena *arena;
    const struct symbols *symbols;
    const struct pattern_text *source;
    struct diagnostics *findings;
    bool numbers;
    const char *text; /* of source */
    size_t len;
    size_t pos;
    size_t n_nodes;
    size_t n_faults;
    size_t slot_capacity;
    bool stopped; /* a limit was met: the rest was not read */
    struct pattern *out;
};

/* ---- faults -------------------------------------------------------------------------------- */

/* A block scalar keeps its line breaks; its further lines begin in the column of the first. */
static struct location place_of(const struct pattern_text *source, size_t start, size_t len)
{
    struct location where = source->where;
    size_t line_start = 0;
    for (size_t i = 0; i < start && i < source->text.len; i++) {
        if (source->text.ptr[i] == '\n') {
            where.line++;
            line_start = i + 1;
        }
    }
    where.column += (int)(start - line_start);
    where.width = (int)len;
    return where;
}

int pattern_fault(struct diagnostics *findings, const struct pattern_text *source, size_t start,
                  size_t len, const char *hint, const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return diagnostics_add(findings, SEVERITY_ERROR, place_of(source, start, len), hint, "%s",
                           text);
}

#define FAULT(p, start, len, ...) \
    ((p)->n_faults++, (void)pattern_fault((p)->findings, (p)->source, (start), (len), __VA_ARGS__))

/* "did you mean <killed>?" for the nearest of `names`, between two signs; NULL when none is near.
 */
static const char *suggestion(struct parser *p, struct slice word, const struct slice *names,
                              size_t n, const char *before, const char *after)
{
    struct slice near = suggest(word, names, n);
    if (near.len == 0)
        return NULL;
    return arena_format(p->arena, "did you mean %s%.*s%s?", before, SLICE_ARG(near), after).ptr;
}

/* ---- characters ---------------------------------------------------------------------------- */

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
           c == '-' || (unsigned char)c >= 0x80;
}

/* Signs that patterns do not have; somebody who knows regular expressions may try them. */
static bool is_unknown_sign(char c)
{
    return c && strchr("*+[]{}^=_", c);
}

static char peek(const struct parser *p)
{
    return p->pos < p->len ? p->text[p->pos] : '\0';
}

static bool at_text(const struct parser *p, const char *text)
{
    return slice_starts(slice_sub(p->source->text, p->pos, p->len - p->pos), slice_of(text));
}

/* Bytes of a gap's dots here: three full stops or the one character; 0 when there are none. */
static size_t dots_here(const struct parser *p)
{
    return at_text(p, "...") || at_text(p, "\u2026") ? 3 : 0;
}

static void skip_space(struct parser *p)
{
    while (p->pos < p->len && is_space(p->text[p->pos]))
        p->pos++;
}

/* ---- nodes and slots ----------------------------------------------------------------------- */

static struct pattern_node *node_new(struct parser *p, enum node_kind kind, size_t start)
{
    struct pattern_node *node = ARENA_NEW(p->arena, struct pattern_node);
    if (!node) {
        FAULT(p, 0, p->len, NULL, "the memory for rules is full");
        return NULL;
    }
    node->kind = kind;
    node->start = (uint32_t)start;
    node->len = (uint32_t)(p->pos - start);
    if (++p->n_nodes > PATTERN_MAX_PIECES && !p->stopped) {
        FAULT(p, start, 1, NULL, "a pattern may have at most %d pieces", PATTERN_MAX_PIECES);
        p->stopped = true;
        p->pos = p->len;
    }
    return node;
}

static struct pattern_slot slot_make(unsigned kind, enum value_type type, struct slice name)
{
    return (struct pattern_slot){
        .kind = kind, .type = type, .field = SCHEMA_NONE, .part = SCHEMA_NONE, .name = name};
}

/* The slot of equal kind, field, part and name: alternatives of a group may fill the same one. */
static uint16_t slot_of(struct parser *p, const struct pattern_slot *slot)
{
    struct pattern *out = p->out;
    struct error err;
    for (uint16_t i = 0; i < out->n_slots; i++) {
        const struct pattern_slot *s = &out->slots[i];
        if (s->kind == slot->kind && s->field == slot->field && s->part == slot->part &&
            s->takes == slot->takes && slice_equal(s->name, slot->name))
            return i;
    }
    if (arena_grow(p->arena, &out->slots, &p->slot_capacity, out->n_slots, sizeof *out->slots,
                   &err)) {
        FAULT(p, 0, p->len, NULL, "the memory for rules is full");
        return 0;
    }
    out->slots[out->n_slots] = *slot;
    return out->n_slots++;
}

/* ---- <field> ------------------------------------------------------------------------------- */

static void unknown_field(struct parser *p, size_t start, struct slice name)
{
    const struct schema *schema = p->symbols->schema;
    struct slice *names = ARENA_ARRAY(p->arena, struct slice, schema->n_fields);
    for (size_t i = 0; names && i < schema->n_fields; i++)
        names[i] = schema->fields[i].name;
    FAULT(p, start, p->pos - start,
          suggestion(p, name, names, names ? schema->n_fields : 0, "<", ">"),
          "unknown field <%.*s>", SLICE_ARG(name));
}

static void unknown_part(struct parser *p, size_t start, uint16_t field, struct slice part)
{
    const struct schema_field *f = &p->symbols->schema->fields[field];
    struct slice before = arena_format(p->arena, "<%.*s.", SLICE_ARG(f->name));
    const char *hint =
        before.ptr ? suggestion(p, part, f->parts, f->n_parts, before.ptr, ">") : NULL;
    FAULT(p, start, p->pos - start, hint, "unknown part <%.*s.%.*s>", SLICE_ARG(f->name),
          SLICE_ARG(part));
}

/* Finds what <name> or <name.part> means; a fault leaves the slot as it is. */
static void resolve_field(struct parser *p, size_t start, struct slice written,
                          struct pattern_slot *slot)
{
    const char *dot = memchr(written.ptr, '.', written.len);
    struct slice name = written;
    struct slice part = SLICE_NONE;
    if (dot) {
        name.len = (size_t)(dot - written.ptr);
        part = slice_sub(written, name.len + 1, written.len - name.len - 1);
    }
    slot->field = schema_find(p->symbols->schema, name);
    if (slot->field == SCHEMA_NONE) {
        if (!p->numbers && slice_is(written, "count"))
            *slot = slot_make(SLOT_NUMBER, VALUE_COUNT, name);
        else if (p->numbers && !dot)
            *slot = slot_make(SLOT_NUMBER, VALUE_NUMBER, name);
        else
            unknown_field(p, start, name);
        return;
    }
    slot->type = p->symbols->schema->fields[slot->field].type;
    if (dot) {
        slot->part = schema_part(p->symbols->schema, slot->field, part);
        if (slot->part == SCHEMA_NONE)
            unknown_part(p, start, slot->field, part);
    }
}

/* The word after the name in `<killed counted>`, `<killed named>`, `<drones all>` or `<drones
 * total>`. */
static enum slot_takes parse_takes(struct parser *p)
{
    static const char *const words[] = {"people", "counted", "named", "all", "total"};
    size_t start = p->pos + 1;
    if (peek(p) != ' ')
        return SLOT_TAKES_PEOPLE;
    p->pos++;
    while (p->pos < p->len && is_name(peek(p)))
        p->pos++;
    struct slice word = slice_sub(p->source->text, start, p->pos - start);
    for (int i = SLOT_TAKES_COUNTED; i <= SLOT_TAKES_TOTAL; i++)
        if (slice_is(word, words[i]))
            return (enum slot_takes)i;
    if (peek(p) == '>')
        FAULT(p, start, p->pos - start, "write `counted`, `named`, `all`, `total` or nothing",
              "'%.*s' says nothing about a field", SLICE_ARG(word));
    return SLOT_TAKES_PEOPLE;
}

static struct pattern_node *parse_field(struct parser *p)
{
    size_t start = p->pos++;
    while (p->pos < p->len && (is_name(peek(p)) || peek(p) == '.'))
        p->pos++;
    struct slice written = slice_sub(p->source->text, start + 1, p->pos - start - 1);
    size_t name_end = p->pos;
    enum slot_takes takes = parse_takes(p);
    if (peek(p) != '>') {
        p->pos = name_end; /* what follows is the pattern's next piece */
        FAULT(p, start, p->pos - start, NULL, "`<` is not closed");
        return node_new(p, NODE_FIELD, start);
    }
    p->pos++;
    struct pattern_slot slot = slot_make(SLOT_FIELD, VALUE_COUNT, written);
    if (written.len == 0)
        FAULT(p, start, p->pos - start, NULL, "`<>` names no field");
    else
        resolve_field(p, start, written, &slot);
    slot.takes = takes;
    struct pattern_node *node = node_new(p, NODE_FIELD, start);
    if (node)
        node->slot = slot_of(p, &slot);
    return node;
}

/* ---- $list --------------------------------------------------------------------------------- */

/* A list's name may hold a hyphen, and one may follow it ("$number-year-old"): the longest known
 * name before a hyphen counts. */
static uint32_t find_list(struct parser *p, size_t start, struct slice *name)
{
    struct slice tried = *name;
    for (;;) {
        uint32_t list = map_get(&p->symbols->lists_by_name, tried);
        if (list != MAP_ABSENT) {
            *name = tried;
            p->pos = start + 1 + tried.len;
            return list;
        }
        while (tried.len > 0 && tried.ptr[tried.len - 1] != '-')
            tried.len--;
        if (tried.len == 0)
            return NO_ITEM;
        tried.len--;
    }
}

static void unknown_list(struct parser *p, size_t start, struct slice name)
{
    struct slice *names = ARENA_ARRAY(p->arena, struct slice, p->symbols->n_lists);
    for (uint32_t i = 0; names && i < p->symbols->n_lists; i++) {
        struct slice other = p->symbols->lists[i].name; /* seen by this file, or another's */
        names[i] = map_get(&p->symbols->lists_by_name, other) == i ? other : SLICE_NONE;
    }
    FAULT(p, start, p->pos - start,
          suggestion(p, name, names, names ? p->symbols->n_lists : 0, "$", ""),
          "unknown list $%.*s", SLICE_ARG(name));
}

static struct pattern_node *parse_sequence(struct parser *p, int depth);

static const struct named_piece *find_piece(const struct parser *p, struct slice name)
{
    for (size_t i = 0; i < p->symbols->n_pieces; i++)
        if (slice_equal(p->symbols->pieces[i].name, name))
            return &p->symbols->pieces[i];
    return NULL;
}

/* Nodes of a named piece stand where its name is used. */
static void nodes_place(struct pattern_node *node, uint32_t start, uint32_t len)
{
    node->start = start;
    node->len = len;
    for (struct pattern_node *c = node->children; c; c = c->next)
        nodes_place(c, start, len);
}

/* A named piece in place of its name, which ends here. Pieces name only earlier ones, so this ends.
 */
static struct pattern_node *parse_named(struct parser *p, const struct named_piece *piece,
                                        size_t start)
{
    const struct pattern_text *source = p->source;
    size_t pos = p->pos, len = p->len;
    if (piece->faulty) {
        FAULT(p, start, pos - start, NULL, "$%.*s has a fault where it is defined",
              SLICE_ARG(piece->name));
        return NULL;
    }
    p->source = &piece->text;
    p->text = piece->text.text.ptr;
    p->len = piece->text.text.len;
    p->pos = 0;
    struct pattern_node *node = parse_sequence(p, 0);
    p->source = source;
    p->text = source->text.ptr;
    p->len = len;
    p->pos = p->stopped ? len : pos;
    if (node)
        nodes_place(node, (uint32_t)start, (uint32_t)(pos - start));
    return node;
}

static struct pattern_node *parse_list(struct parser *p)
{
    size_t start = p->pos++;
    while (p->pos < p->len && is_name(peek(p)))
        p->pos++;
    struct slice name = slice_sub(p->source->text, start + 1, p->pos - start - 1);
    const struct named_piece *piece = find_piece(p, name);
    if (piece)
        return parse_named(p, piece, start);
    uint32_t list = NO_ITEM;
    if (name.len == 0 || is_digit(name.ptr[0])) {
        FAULT(p, start, p->pos - start, "for the sign itself write \\$",
              "`$` needs the name of a list");
    } else {
        list = find_list(p, start, &name);
        if (list == NO_ITEM)
            unknown_list(p, start, name);
    }
    struct pattern_node *node = node_new(p, NODE_LIST, start);
    if (node && list != NO_ITEM) {
        struct pattern_slot slot = slot_make(SLOT_LIST, VALUE_NUMBER, name);
        slot.phrases = p->symbols->lists[list].phrases;
        node->list = list;
        node->slot = slot_of(p, &slot);
    }
    return node;
}

/* ---- gaps ---------------------------------------------------------------------------------- */

static struct pattern_node *parse_gap(struct parser *p)
{
    size_t start = p->pos;
    p->pos += dots_here(p);
    size_t digits = p->pos;
    uint32_t words = 0;
    for (; is_digit(peek(p)); p->pos++) {
        if (words <= PATTERN_GAP_MAX)
            words = words * 10 + (uint32_t)(peek(p) - '0');
    }
    if (p->pos == digits)
        words = PATTERN_GAP_WORDS;
    if (words > PATTERN_GAP_MAX)
        FAULT(p, start, p->pos - start, NULL, "a gap may have at most %d words", PATTERN_GAP_MAX);
    else if (words == 0)
        FAULT(p, start, p->pos - start, NULL, "a gap of no words");
    struct pattern_node *node = node_new(p, NODE_GAP, start);
    if (node)
        node->gap = (uint16_t)words;
    return node;
}

/* ---- words --------------------------------------------------------------------------------- */

static bool ends_word(const struct parser *p)
{
    char c = peek(p);
    return is_space(c) || (c && strchr("()|?<>$~", c)) || is_unknown_sign(c) || dots_here(p);
}

/* The literal from here on, without backslashes. NULL ptr when memory is out. */
static struct slice read_literal(struct parser *p)
{
    size_t len = 0;
    char *copy = arena_alloc(p->arena, p->len - p->pos + 1);
    if (!copy) {
        FAULT(p, 0, p->len, NULL, "the memory for rules is full");
        p->pos = p->len;
        return SLICE_NONE;
    }
    while (p->pos < p->len && !ends_word(p)) {
        if (p->text[p->pos] == '\\') {
            if (p->pos + 1 == p->len || is_space(p->text[p->pos + 1])) {
                FAULT(p, p->pos, 1, "for the sign itself write \\\\", "`\\` has no sign after it");
                p->pos++;
                break;
            }
            p->pos++;
        }
        copy[len++] = p->text[p->pos++];
    }
    return (struct slice){copy, len};
}

static void word_forms(struct parser *p, const struct literal *literal, struct pattern_node *node,
                       size_t sign)
{
    struct error err;
    uint32_t *words;
    if (!literal->last_is_word) {
        FAULT(p, sign, 1, NULL, "`~` stands without a word");
        return;
    }
    if (forms_words(p->arena, p->symbols, literal->last, &words, &node->n_words, &err)) {
        FAULT(p, node->start, node->len, NULL, "%s", err.text);
        return;
    }
    node->words = words;
    node->forms = true;
}

/* One token is a NODE_WORDS, several ("air-launched") a sequence of them. */
static struct pattern_node *literal_node(struct parser *p, const struct literal *literal,
                                         size_t start, bool forms)
{
    struct pattern_node *first = NULL;
    struct pattern_node **link = &first;
    for (size_t i = 0; i < literal->n_words; i++) {
        struct pattern_node *node = node_new(p, NODE_WORDS, start);
        if (!node)
            return NULL;
        node->words = &literal->words[i];
        node->n_words = 1;
        if (forms && i + 1 == literal->n_words)
            word_forms(p, literal, node, p->pos - 1);
        *link = node;
        link = &node->next;
    }
    if (literal->n_words == 1)
        return first;
    struct pattern_node *sequence = node_new(p, NODE_SEQUENCE, start);
    if (sequence)
        sequence->children = first;
    return sequence;
}

static struct pattern_node *parse_word(struct parser *p)
{
    size_t start = p->pos;
    struct error err;
    struct literal literal = {0};
    struct slice text = read_literal(p);
    if (text.len > 0 && literal_words(p->arena, p->symbols, text, &literal, &err))
        FAULT(p, start, p->pos - start, NULL, "%s", err.text);
    bool forms = peek(p) == '~';
    p->pos += forms;
    if (literal.n_words == 0) {
        if (text.len > 0)
            FAULT(p, start, p->pos - start, NULL, "no word here");
        return NULL;
    }
    return literal_node(p, &literal, start, forms);
}

/* ---- groups and sequences ------------------------------------------------------------------ */

static struct pattern_node *parse_group(struct parser *p, int depth)
{
    size_t open = p->pos++;
    struct pattern_node *first = NULL;
    struct pattern_node **link = &first;
    size_t start = open;
    if (depth >= PATTERN_MAX_DEPTH) {
        FAULT(p, open, 1, NULL, "groups are nested more than %d deep", PATTERN_MAX_DEPTH);
        p->stopped = true;
        p->pos = p->len;
        return NULL;
    }
    for (;;) {
        struct pattern_node *alternative = parse_sequence(p, depth + 1);
        if (!alternative)
            return NULL;
        *link = alternative;
        link = &alternative->next;
        char c = peek(p);
        bool empty = !alternative->children && p->n_faults == 0;
        if (c == '\0') {
            if (!p->stopped)
                FAULT(p, open, 1, NULL, "`(` is not closed");
            return NULL;
        }
        p->pos++;
        if (empty && c == ')' && !first->next)
            FAULT(p, open, p->pos - open, NULL, "an empty group");
        else if (empty)
            FAULT(p, start, p->pos - start, "to make the group optional write `?` after its `)`",
                  "an empty alternative");
        if (c == ')')
            break;
        start = p->pos - 1;
    }
    struct pattern_node *group = node_new(p, NODE_GROUP, open);
    if (group)
        group->children = first;
    return group;
}

/* A character that begins no piece. */
static void stray(struct parser *p)
{
    char c = peek(p);
    size_t at = p->pos++;
    if (c == '?')
        FAULT(p, at, 1, "write it directly after a word, a $list, a <field> or a `)`",
              "`?` has no piece before it");
    else if (c == '~')
        FAULT(p, at, 1, NULL, "`~` stands without a word");
    else if (c == ')')
        FAULT(p, at, 1, NULL, "`)` without `(`");
    else if (c == '|')
        FAULT(p, at, 1, "put alternatives in ( )", "`|` outside a group");
    else if (c == '>')
        FAULT(p, at, 1, NULL, "`>` without `<`");
    else
        FAULT(p, at, 1, "a backslash before it makes it a plain sign", "unknown sign `%c`", c);
}

static struct pattern_node *parse_piece(struct parser *p, int depth)
{
    char c = peek(p);
    if (c == '(')
        return parse_group(p, depth);
    if (c == '<')
        return parse_field(p);
    if (c == '$')
        return parse_list(p);
    if (dots_here(p))
        return parse_gap(p);
    if (strchr("?~)|>", c) || is_unknown_sign(c)) {
        stray(p);
        return NULL;
    }
    return parse_word(p);
}

/* Pieces up to the end, or inside a group to its `|` or `)`. NULL only when memory is out. */
static struct pattern_node *parse_sequence(struct parser *p, int depth)
{
    size_t start = p->pos;
    struct pattern_node *first = NULL;
    struct pattern_node **link = &first;
    for (skip_space(p); p->pos < p->len; skip_space(p)) {
        if (depth > 0 && (peek(p) == ')' || peek(p) == '|'))
            break;
        size_t before = p->pos;
        struct pattern_node *node = parse_piece(p, depth);
        if (node && peek(p) == '?') {
            node->optional = true;
            node->len++;
            p->pos++;
        }
        if (node) {
            *link = node;
            link = &node->next;
        } else if (p->pos == before) {
            break;
        }
    }
    struct pattern_node *sequence = node_new(p, NODE_SEQUENCE, start);
    if (sequence)
        sequence->children = first;
    return sequence;
}

int pattern_parse(struct arena *arena, const struct symbols *symbols,
                  const struct pattern_text *source, bool numbers, struct diagnostics *findings,
                  struct pattern_node **root, struct pattern *out)
{
    struct parser p = {
        .arena = arena,
        .symbols = symbols,
        .source = source,
        .findings = findings,
        .numbers = numbers,
        .text = source->text.ptr,
        .len = source->text.len,
        .out = out,
    };
    const char *nul = p.len ? memchr(p.text, '\0', p.len) : NULL;
    if (nul) {
        FAULT(&p, (size_t)(nul - p.text), 1, NULL, "a NUL byte in a pattern");
        return -1;
    }
    *root = parse_sequence(&p, 0);
    return *root && p.n_faults == 0 ? 0 : -1;
}

int pattern_piece_check(struct arena *arena, const struct symbols *symbols,
                        const struct pattern_text *source, struct diagnostics *out_findings)
{
    struct pattern unused = {0};
    struct pattern_node *root;
    return pattern_parse(arena, symbols, source, false, out_findings, &root, &unused);
}
