#include "rules/yaml_tree.h"

#include <yaml.h>

#include "text/utf8.h"

#define MOST_BYTES ((size_t)8 << 20)
#define MOST_DEPTH 12   /* a rule file needs 7 */
#define MOST_KEYS 10000 /* of one mapping: each is compared with the others */

/* One reading: libyaml's parser and the event at hand. */
struct reading {
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
    struct arena *arena;
    struct diagnostics *findings;
    const char *file;
    struct slice content;
    size_t *lines; /* offset of each line's first byte */
    size_t n_lines;
    size_t known_line, known_column, known_offset; /* the last mark: the next is seldom before it */
    int flow;                                      /* depth of { and [ */
    bool failed;
};

/* ---- places ------------------------------------------------------------------------------------
 */

static int index_lines(struct reading *r)
{
    size_t n = 1;
    for (size_t i = 0; i < r->content.len; i++)
        n += r->content.ptr[i] == '\n';
    r->lines = ARENA_ARRAY(r->arena, size_t, n);
    if (!r->lines)
        return -1;
    for (size_t i = 0; i < r->content.len; i++) {
        if (r->content.ptr[i] == '\n')
            r->lines[++r->n_lines] = i + 1;
    }
    r->n_lines++;
    return 0;
}

/* libyaml counts characters, everybody else bytes. */
static size_t mark_offset(struct reading *r, yaml_mark_t mark)
{
    if (mark.line >= r->n_lines)
        return r->content.len;
    bool ahead = mark.line == r->known_line && mark.column >= r->known_column;
    size_t at = ahead ? r->known_offset : r->lines[mark.line];
    for (size_t c = ahead ? r->known_column : 0; c < mark.column && at < r->content.len; c++) {
        at++;
        while (at < r->content.len && ((unsigned char)r->content.ptr[at] & 0xC0) == 0x80)
            at++;
    }
    r->known_line = mark.line;
    r->known_column = mark.column;
    r->known_offset = at;
    return at;
}

static struct location place_of(const struct reading *r, size_t offset, size_t width)
{
    size_t low = 0, high = r->n_lines;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (r->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return (struct location){r->file, (int)low + 1, (int)(offset - r->lines[low]) + 1, (int)width};
}

static void complain(struct reading *r, size_t offset, size_t width, const char *hint,
                     const char *text)
{
    diagnostics_add(r->findings, SEVERITY_ERROR, place_of(r, offset, width), hint, "%s", text);
    r->failed = true;
}

/* ---- before libyaml ----------------------------------------------------------------------------
 */

static bool is_breaking(uint32_t code)
{
    return code == 0x85 || code == 0x2028 || code == 0x2029; /* libyaml ends a line there */
}

/* What libyaml reports badly or counts differently: bytes that are no text, odd line ends. */
static bool is_clean(struct reading *r)
{
    const char *s = r->content.ptr;
    for (size_t i = 0, step; i < r->content.len; i += step) {
        unsigned char c = (unsigned char)s[i];
        step = 1;
        if (c < 0x80) {
            bool crlf = c == '\r' && i + 1 < r->content.len && s[i + 1] == '\n';
            if ((c >= ' ' && c != 0x7F) || c == '\n' || c == '\t' || crlf)
                continue;
            complain(r, i, 1, NULL,
                     c == '\r' ? "a line ends with a carriage return alone"
                               : "a control character: this is not a text file");
            return false;
        }
        uint32_t code = 0;
        step = utf8_decode(s + i, r->content.len - i, &code);
        if (code == 0xFFFD) {
            complain(r, i, 1, "save the file as UTF-8", "not valid UTF-8");
            return false;
        }
        if (is_breaking(code)) {
            complain(r, i, step, "remove it", "an invisible character that ends the line");
            return false;
        }
    }
    return true;
}

/* ---- libyaml's own errors, in our words --------------------------------------------------------
 */

#define QUOTE "put the text in quotes"

static const struct {
    const char *problem; /* how libyaml's message begins */
    const char *text;
    const char *hint;
    bool at_context; /* libyaml's context mark shows the place better */
} PROBLEMS[] = {
    {"mapping values are not allowed", "a colon and a space inside a text", QUOTE, false},
    {"did not find expected key",
     "text goes on after a closing quote or bracket, or a line is indented wrongly",
     "put the whole text in quotes", false},
    {"did not find expected ',' or '}'", "expected ',' or '}'",
     "inside { } quote texts with , : or #", false},
    {"did not find expected ',' or ']'", "expected ',' or ']'",
     "inside [ ] quote texts with , : or #", false},
    {"did not find expected '-'", "expected '- ', as on the lines before", NULL, false},
    {"could not find expected ':'", "expected 'key: value'", NULL, false},
    {"found unexpected end of stream", "a quote that is never closed", NULL, true},
    {"found unexpected document indicator", "a quote that is never closed", NULL, true},
    {"found unknown escape", "a backslash inside double quotes", "use single quotes", false},
    {"did not find expected digit", "a backslash inside double quotes", "use single quotes", false},
    {"did not find expected hexdecimal", "a backslash inside double quotes", "use single quotes",
     false},
    {"block sequence entries are not allowed", "a list item ('- ') where no list can begin",
     "begin the list on a line of its own, or " QUOTE, false},
    {"block mapping", "a 'key: value' where none can stand", NULL, false},
    {"found a tab", "a tab as indentation", "use spaces", false},
    {"maximum nesting level", "too deeply nested", NULL, false},
    {"did not find expected <document start>", "something stands before or after the rules", NULL,
     false},
    {"found undefined tag handle", "'!' at the start of a text is a YAML tag", QUOTE, false},
    {"found incompatible YAML document", "'%' at the start of a line is a YAML directive", QUOTE,
     false},
    {"found unknown directive", "'%' at the start of a line is a YAML directive", QUOTE, false},
    {"found duplicate", "'%' at the start of a line is a YAML directive", QUOTE, false},
};

static const char *const CONTEXTS[][3] = {
    {"while scanning an alias", "'*' at the start of a text is a YAML alias", QUOTE},
    {"while scanning an anchor", "'&' at the start of a text is a YAML anchor", QUOTE},
    {"while scanning a tag", "'!' at the start of a text is a YAML tag", QUOTE},
    {"while parsing a tag", "'!' at the start of a text is a YAML tag", QUOTE},
    {"while scanning a %TAG directive", "'%' at the start of a line is a YAML directive", QUOTE},
    {"while scanning a %YAML directive", "'%' at the start of a line is a YAML directive", QUOTE},
    {"while scanning a directive", "'%' at the start of a line is a YAML directive", QUOTE},
    {"while scanning a block scalar", "'|' or '>' at the start of a text has a meaning in YAML",
     QUOTE},
};

static bool begins(const char *text, const char *start)
{
    return text && strncmp(text, start, strlen(start)) == 0;
}

static void no_token(struct reading *r, size_t at)
{
    char c = at < r->content.len ? r->content.ptr[at] : '\0';
    if (c == '\t')
        complain(r, at, 1, "use spaces", "a tab as indentation");
    else {
        diagnostics_add(r->findings, SEVERITY_ERROR, place_of(r, at, 1), QUOTE,
                        "a text cannot begin with '%c'", c);
        r->failed = true;
    }
}

/* The colon at `at` is the first of its line: it looks like a key. */
static bool ends_a_key(const struct reading *r, size_t line, size_t at)
{
    for (size_t i = line; i + 1 < at; i++) {
        if (r->content.ptr[i] == ':' && r->content.ptr[i + 1] == ' ')
            return false;
    }
    return true;
}

static void explain_failure(struct reading *r)
{
    const yaml_parser_t *p = &r->parser;
    size_t at = mark_offset(r, p->problem_mark);
    for (size_t i = 0; i < sizeof CONTEXTS / sizeof *CONTEXTS; i++) {
        if (begins(p->context, CONTEXTS[i][0])) {
            complain(r, mark_offset(r, p->context_mark), 1, CONTEXTS[i][2], CONTEXTS[i][1]);
            return;
        }
    }
    if (begins(p->problem, "found character that cannot start any token")) {
        no_token(r, at);
        return;
    }
    /* A tab before the wrong place is the cause, whatever libyaml then stumbles over. */
    size_t line = p->problem_mark.line < r->n_lines ? r->lines[p->problem_mark.line] : at;
    for (size_t i = line;
         i < r->content.len && (r->content.ptr[i] == ' ' || r->content.ptr[i] == '\t'); i++) {
        if (r->content.ptr[i] == '\t') {
            complain(r, i, 1, "use spaces", "a tab as indentation");
            return;
        }
    }
    if (begins(p->problem, "mapping values are not allowed") && ends_a_key(r, line, at)) {
        complain(r, at, 1, "indent it as the other keys, or " QUOTE, "a key is indented wrongly");
        return;
    }
    for (size_t i = 0; i < sizeof PROBLEMS / sizeof *PROBLEMS; i++) {
        if (begins(p->problem, PROBLEMS[i].problem)) {
            if (PROBLEMS[i].at_context)
                at = mark_offset(r, p->context_mark);
            complain(r, at, 1, PROBLEMS[i].hint, PROBLEMS[i].text);
            return;
        }
    }
    diagnostics_add(r->findings, SEVERITY_ERROR, place_of(r, at, 1), NULL, "not valid YAML: %s",
                    p->problem ? p->problem : "unreadable");
    r->failed = true;
}

/* ---- events to nodes ---------------------------------------------------------------------------
 */

static int next_event(struct reading *r)
{
    if (r->has_event)
        yaml_event_delete(&r->event);
    r->has_event = false;
    if (!yaml_parser_parse(&r->parser, &r->event)) {
        explain_failure(r);
        return -1;
    }
    r->has_event = true;
    return 0;
}

static int out_of_memory(struct reading *r, size_t at)
{
    complain(r, at, 1, NULL, "the rule files are too large");
    return -1;
}

/* A plain text that a ` #` ended, although the rest of the line may have been meant. */
static void check_comment(struct reading *r, const struct yaml_node *node, size_t end)
{
    size_t i = end;
    while (i < r->content.len && (r->content.ptr[i] == ' ' || r->content.ptr[i] == '\t'))
        i++;
    if (i == end || i == r->content.len || r->content.ptr[i] != '#' || node->text.len == 0)
        return;
    complain(r, i, 1, QUOTE ", or the comment on a line of its own",
             "' #' begins a comment and cuts the text off here");
}

/* "up to 1,200" inside { } or [ ] becomes "up to 1" and "200". */
static bool check_comma(struct reading *r, size_t start)
{
    const char *s = r->content.ptr;
    if (r->flow == 0 || start < 2 || start >= r->content.len || s[start - 1] != ',' ||
        s[start - 2] < '0' || s[start - 2] > '9' || s[start] < '0' || s[start] > '9')
        return true;
    complain(r, start - 1, 1, QUOTE, "this comma splits the number in two");
    return false;
}

static char quote_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return '\'';
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return '"';
    case YAML_LITERAL_SCALAR_STYLE: return '|';
    case YAML_FOLDED_SCALAR_STYLE: return '>';
    default: return 0;
    }
}

static void check_marks(struct reading *r, size_t at, const yaml_char_t *anchor,
                        const yaml_char_t *tag)
{
    if (anchor)
        complain(r, at, 1, QUOTE, "'&' at the start of a text is a YAML anchor");
    if (tag)
        complain(r, at, 1, QUOTE, "'!' at the start of a text is a YAML tag");
}

static int read_scalar(struct reading *r, struct yaml_node *node)
{
    const yaml_event_t *e = &r->event;
    size_t start = mark_offset(r, e->start_mark), end = mark_offset(r, e->end_mark);
    if (end < start)
        end = start;
    node->kind = YAML_TEXT;
    node->quote = quote_of(e->data.scalar.style);
    node->text = arena_copy(
        r->arena, (struct slice){(const char *)e->data.scalar.value, e->data.scalar.length});
    if (!node->text.ptr)
        return out_of_memory(r, start);
    check_marks(r, start, e->data.scalar.anchor, e->data.scalar.tag);
    /* A block text's marks span the lines after it, a folded plain text's its blank ones. */
    node->source = slice_trim(slice_sub(r->content, start, end - start));
    size_t newline = 0;
    while (newline < node->source.len && node->source.ptr[newline] != '\n')
        newline++;
    node->where = place_of(r, start, newline);
    if (!node->quote) {
        check_comment(r, node, end);
        check_comma(r, start);
    }
    return 0;
}

static int read_node(struct reading *r, struct yaml_node *node, int depth);

static int grow(struct reading *r, struct yaml_node **list, size_t *capacity, size_t n)
{
    if (arena_grow(r->arena, (void *)list, capacity, n, sizeof **list, NULL))
        return out_of_memory(r, mark_offset(r, r->event.start_mark));
    (*list)[n] = (struct yaml_node){.kind = YAML_TEXT};
    return 0;
}

static void check_key(struct reading *r, const struct yaml_node *node, const struct yaml_node *key)
{
    if (key->kind != YAML_TEXT) {
        diagnostics_add(r->findings, SEVERITY_ERROR, key->where, QUOTE, "a key must be a text");
        r->failed = true;
        return;
    }
    for (size_t i = 0; i < node->n; i++) {
        if (slice_equal(node->keys[i].text, key->text)) {
            diagnostics_add(r->findings, SEVERITY_ERROR, key->where, NULL,
                            "key '%.*s' is given twice (first in line %d)", SLICE_ARG(key->text),
                            node->keys[i].where.line);
            r->failed = true;
            return;
        }
    }
}

static bool is_empty(const struct yaml_node *node)
{
    return node->kind == YAML_TEXT && !node->quote && node->text.len == 0;
}

static int read_pair(struct reading *r, struct yaml_node *node, size_t capacities[2], int depth)
{
    if (grow(r, &node->keys, &capacities[0], node->n) ||
        grow(r, &node->items, &capacities[1], node->n))
        return -1;
    if (node->n == MOST_KEYS) {
        complain(r, mark_offset(r, r->event.start_mark), 1, NULL, "too many entries");
        return -1;
    }
    struct yaml_node *key = &node->keys[node->n], *value = &node->items[node->n];
    size_t errors = r->findings->n_errors;
    if (read_node(r, key, depth + 1))
        return -1;
    check_key(r, node, key);
    bool split = r->findings->n_errors > errors;
    if (next_event(r) || read_node(r, value, depth + 1))
        return -1;
    if (is_empty(value) && !split) {
        diagnostics_add(r->findings, SEVERITY_ERROR, key->where, NULL, "'%.*s' has no value",
                        SLICE_ARG(key->text));
        r->failed = true;
    }
    node->n++;
    return 0;
}

static int read_container(struct reading *r, struct yaml_node *node, int depth)
{
    const yaml_event_t *e = &r->event;
    bool map = e->type == YAML_MAPPING_START_EVENT;
    size_t at = mark_offset(r, e->start_mark), capacities[2] = {0, 0};
    bool flow = map ? e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                    : e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    node->kind = map ? YAML_MAP : YAML_LIST;
    node->where = place_of(r, at, 1);
    check_marks(r, at, map ? e->data.mapping_start.anchor : e->data.sequence_start.anchor,
                map ? e->data.mapping_start.tag : e->data.sequence_start.tag);
    if (depth >= MOST_DEPTH) {
        complain(r, at, 1, NULL, "too deeply nested");
        return -1;
    }
    r->flow += flow;
    while (next_event(r) == 0) {
        if (r->event.type == YAML_MAPPING_END_EVENT || r->event.type == YAML_SEQUENCE_END_EVENT) {
            r->flow -= flow;
            return 0;
        }
        if (map) {
            if (read_pair(r, node, capacities, depth))
                return -1;
            continue;
        }
        if (grow(r, &node->items, &capacities[1], node->n) ||
            read_node(r, &node->items[node->n], depth + 1))
            return -1;
        node->n++;
    }
    return -1;
}

static int read_node(struct reading *r, struct yaml_node *node, int depth)
{
    size_t at = mark_offset(r, r->event.start_mark);
    switch (r->event.type) {
    case YAML_SCALAR_EVENT: return read_scalar(r, node);
    case YAML_ALIAS_EVENT:
        complain(r, at, 1, QUOTE, "'*' at the start of a text is a YAML alias");
        return -1; /* the rest of the text would be reported again */
    default: return read_container(r, node, depth);
    }
}

static int read_documents(struct reading *r, struct yaml_node **root)
{
    if (next_event(r) || next_event(r)) /* stream start; document start or stream end */
        return -1;
    if (r->event.type == YAML_STREAM_END_EVENT) {
        complain(r, 0, 1, "begin with 'format: strike-rules/1'", "the file is empty");
        return -1;
    }
    struct yaml_node *node = ARENA_NEW(r->arena, struct yaml_node);
    if (!node)
        return out_of_memory(r, 0);
    if (next_event(r) || read_node(r, node, 0) || next_event(r) || next_event(r))
        return -1;
    if (r->event.type != YAML_STREAM_END_EVENT)
        complain(r, mark_offset(r, r->event.start_mark), 3, NULL,
                 "'---' begins a second document: a rule file is one");
    *root = node;
    return 0;
}

int yaml_tree_read(struct arena *arena, const char *file, struct slice content,
                   struct diagnostics *findings, struct yaml_node **root)
{
    *root = NULL;
    if (slice_starts(content, SLICE_LITERAL("\xEF\xBB\xBF")))
        content = slice_sub(content, 3, content.len - 3);
    struct reading r = {.arena = arena, .findings = findings, .file = file, .content = content};
    if (content.len > MOST_BYTES || index_lines(&r)) {
        diagnostics_add(findings, SEVERITY_ERROR, (struct location){file, 1, 1, 1}, NULL,
                        "the file is too large for a rule file");
        return -1;
    }
    if (!is_clean(&r))
        return -1;
    if (!yaml_parser_initialize(&r.parser)) {
        diagnostics_add(findings, SEVERITY_ERROR, (struct location){file, 1, 1, 1}, NULL,
                        "out of memory");
        return -1;
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)(content.len ? content.ptr : ""),
                                 content.len);
    int status = read_documents(&r, root);
    if (r.has_event)
        yaml_event_delete(&r.event);
    yaml_parser_delete(&r.parser);
    return status || r.failed ? -1 : 0;
}

/* ---- looking -----------------------------------------------------------------------------------
 */

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
    for (size_t i = 0; map && map->kind == YAML_MAP && i < map->n; i++) {
        if (slice_is(map->keys[i].text, key))
            return &map->items[i];
    }
    return NULL;
}

/* Bytes of the source that make one byte of text at `i`, when they are not one for one. */
static size_t source_step(const struct yaml_node *node, size_t i)
{
    struct slice s = node->source;
    char c = s.ptr[i];
    if (node->quote == '"' && c == '\\' && i + 1 < s.len)
        return 2;
    if (node->quote == '\'' && c == '\'' && i + 1 < s.len && s.ptr[i + 1] == '\'')
        return 2;
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
        return 1;
    /* White space around a line break folds to one space. */
    size_t end = i;
    bool broken = false;
    while (end < s.len &&
           (s.ptr[end] == ' ' || s.ptr[end] == '\t' || s.ptr[end] == '\r' || s.ptr[end] == '\n'))
        broken |= s.ptr[end++] == '\n';
    return broken ? end - i : 1;
}

struct location yaml_locate(const struct yaml_node *scalar, size_t offset, int width)
{
    struct location where = scalar->where;
    where.width = width;
    if (scalar->quote == '|' || scalar->quote == '>' || !scalar->source.len)
        return where;
    size_t i = scalar->quote ? 1 : 0;
    for (size_t text = 0; text < offset && i < scalar->source.len; text++)
        i += source_step(scalar, i);
    for (size_t k = 0; k < i && k < scalar->source.len; k++) {
        where.column++;
        if (scalar->source.ptr[k] == '\n') {
            where.line++;
            where.column = 1;
        }
    }
    return where;
}
