#include "extract/source_spans.h"

#define NAME_MAX 8  /* tokens of a name with its small words */
#define LEFT_MAX 5  /* tokens before a role that belong to it */
#define RIGHT_MAX 8 /* tokens of "of the ..." behind a role */

struct finder {
    struct report_values *values;
    const struct document *doc;
    const struct sentence *sentence;
    size_t begin, end;
    struct source_spans *out;
    const struct marked_lists *marked;
};

static size_t list_at(const struct finder *f, enum marked_list list, size_t i)
{
    return marked_list_at(f->marked, list, f->doc, i, f->end);
}

/* The same of a list of sources; *phrase gets which of its phrases. */
static size_t source_at(const struct finder *f, enum marked_list list, size_t i, uint32_t *phrase)
{
    if (i >= f->end || !(lists_at(f->marked, f->doc, i) & LIST_BIT(list)))
        return 0;
    return word_list_longest(f->marked->lists[list], f->doc, i, f->end, phrase);
}

static bool is_punct(const struct finder *f, size_t i, char c)
{
    return i < f->end && f->doc->tokens[i].kind == TOKEN_PUNCT && f->doc->tokens[i].len == 1 &&
           f->doc->text.ptr[f->doc->tokens[i].start] == c;
}

static bool is_inner_hyphen(const struct finder *f, size_t i)
{
    const unsigned space = TOKEN_SPACE | TOKEN_LINE | TOKEN_PARAGRAPH;
    return is_punct(f, i, '-') && i > f->begin && i + 1 < f->end &&
           !(f->doc->tokens[i].flags & space) && !(f->doc->tokens[i + 1].flags & space);
}

static bool is_word(const struct finder *f, size_t i)
{
    return i < f->end && f->doc->tokens[i].kind == TOKEN_WORD;
}

static bool is_stop(const struct finder *f, size_t i)
{
    return list_at(f, LIST_STOPS, i) > 0;
}

/* "'s" belongs to what stands before it. */
static bool is_genitive(const struct finder *f, size_t i)
{
    const struct token *token = &f->doc->tokens[i];
    char c = f->doc->text.ptr[token->start];
    return token->kind == TOKEN_WORD && (c == '\'' || (unsigned char)c == 0xE2) && token->len <= 4;
}

static bool is_capital(const struct finder *f, size_t i)
{
    const list_set never = LIST_BIT(LIST_STOPS) | LIST_BIT(LIST_ARTICLES) | LIST_BIT(LIST_SPEAKERS);
    return is_word(f, i) && f->doc->tokens[i].flags & TOKEN_CAPITAL &&
           !(lists_at(f->marked, f->doc, i) & never &&
             marked_lists_any(f->marked, never, f->doc, i, f->end));
}

static int span_add(struct finder *f, struct source_span span, struct error *err)
{
    struct source_spans *out = f->out;
    if (span.n_tokens == 0 || span.n_tokens > UINT16_MAX)
        return 0;
    if (arena_grow(f->values->arena, &out->items, &out->capacity, out->n, sizeof *out->items, err))
        return -1;
    out->items[out->n++] = span;
    return 0;
}

/* ---- names
 * --------------------------------------------------------------------------------------- */

/* The end of the run of capitalised words that begins at i, small words ("of", "the") only inside.
 */
static size_t name_end(const struct finder *f, size_t i)
{
    size_t end = i;
    for (size_t k = i; k < f->end && k < i + NAME_MAX;) {
        if (is_capital(f, k) || (k > i && is_word(f, k) && is_genitive(f, k))) {
            end = ++k;
            continue;
        }
        size_t small = k > i ? list_at(f, LIST_NAME_WORDS, k) : 0;
        if (!small && k > i && is_inner_hyphen(f, k))
            small = 1;
        if (!small)
            break;
        k += small;
        if (!is_capital(f, k) && !list_at(f, LIST_NAME_WORDS, k))
            break;
    }
    return end;
}

/* A name from every word of the run on: which words of "Yesterday Governor Popko" belong, the
 * pattern cannot know, but a run has few words. */
static int names_add(struct finder *f, size_t i, struct error *err)
{
    if (!is_capital(f, i))
        return 0;
    /* A word that stands first is capital by its place: a known common word there is no name. */
    bool first = i == f->begin && f->doc->tokens[i].word != WORD_UNKNOWN;
    size_t end = name_end(f, i);
    if (first && end == i + 1 && !(f->doc->tokens[i].flags & TOKEN_UPPER)) {
        const struct sentence_values *found =
            &f->values->sentences[f->sentence - f->doc->sentences];
        for (size_t k = found->first_place; k < found->first_place + found->n_places; k++)
            first = first && f->values->places[k].first != i;
        if (first)
            return 0;
    }
    struct source_span span = {
        .first = (uint32_t)i, .n_tokens = (uint32_t)(end - i), .kind = SPAN_NAME};
    if (span_add(f, span, err))
        return -1;
    /* "The head of the service, Oleh Y, said": the name in apposition, with its second comma. */
    if (i == f->begin || !is_punct(f, i - 1, ',') || !is_punct(f, end, ','))
        return 0;
    span.name_first = (uint32_t)i;
    span.name_tokens = span.n_tokens++;
    return span_add(f, span, err);
}

/* ---- roles
 * --------------------------------------------------------------------------------------- */

/* The first word that belongs to the role at i: "the regional [prosecutor]", "Ukraine's [air
 * force]". Plain words count only when an article stands before them. */
static size_t role_start(const struct finder *f, size_t i)
{
    size_t start = i;
    bool sure = true;
    for (size_t k = i; k > f->begin && i - k < LEFT_MAX;) {
        k--;
        if (list_at(f, LIST_ARTICLES, k) == 1 || list_at(f, LIST_POSSESSIVES, k) == 1)
            return k;
        if (!is_word(f, k) && !is_inner_hyphen(f, k))
            break;
        if (is_stop(f, k) && !is_genitive(f, k))
            break;
        bool plain = is_word(f, k) && !is_capital(f, k) && !is_genitive(f, k) &&
                     !list_at(f, LIST_MODIFIERS, k);
        if (is_genitive(f, k) || is_inner_hyphen(f, k))
            continue;
        sure = sure && !plain;
        if (sure)
            start = k;
    }
    return start;
}

/* The role from its first word to `end`, alone and with the name in apposition before it: "Oleh Y,
 * the governor,". */
static int role_add(struct finder *f, struct source_span span, size_t end, struct error *err)
{
    span.n_tokens = (uint32_t)(end - span.first);
    if (span_add(f, span, err))
        return -1;
    size_t comma = span.first;
    if (comma < f->begin + 2 || !is_punct(f, comma - 1, ',') || !is_punct(f, end, ','))
        return 0;
    size_t name = comma - 1;
    while (name > f->begin && comma - name < NAME_MAX &&
           (is_capital(f, name - 1) || is_inner_hyphen(f, name - 1)))
        name--;
    if (name == comma - 1)
        return 0;
    span.name_first = (uint32_t)name;
    span.name_tokens = (uint32_t)(comma - 1 - name);
    span.first = (uint32_t)name;
    span.n_tokens = (uint32_t)(end + 1 - name);
    return span_add(f, span, err);
}

/* "Governor Oleh Y", "the mayor, Ihor T," and nothing behind the role. */
static int role_names_add(struct finder *f, struct source_span span, size_t end, struct error *err)
{
    if (role_add(f, span, end, err))
        return -1;
    bool comma = is_punct(f, end, ',');
    size_t name = end + comma;
    size_t last = is_capital(f, name) ? name_end(f, name) : name;
    if (last == name || (comma && !is_punct(f, last, ',')))
        return 0;
    span.name_first = (uint32_t)name;
    span.name_tokens = (uint32_t)(last - name);
    return role_add(f, span, last + comma, err);
}

/* "A spokesman for the police" speaks for the police: the nearer to the scene of the two. */
static void role_serve(const struct finder *f, size_t k, struct source_span *span)
{
    static const enum marked_list lists[] = {LIST_SOURCE_NAMES, LIST_SOURCE_ROLES};
    const struct known_source *sources = f->values->ruleset->sources;
    for (size_t i = 0; i < 2; i++) {
        uint32_t phrase;
        if (!source_at(f, lists[i], k, &phrase))
            continue;
        uint32_t source = (uint32_t)f->marked->lists[lists[i]]->phrases[phrase].value;
        if (sources[source].rank < sources[span->source].rank)
            span->source = source;
    }
}

/* A role with everything that may belong to it: "a spokesman for the Ministry of Defence" ends
 * where the pattern goes on. */
static int roles_add(struct finder *f, size_t i, struct error *err)
{
    uint32_t phrase;
    size_t n = source_at(f, LIST_SOURCE_ROLES, i, &phrase);
    if (!n)
        return 0;
    uint32_t source = (uint32_t)f->values->language->source_roles.phrases[phrase].value;
    struct source_span core = {.first = (uint32_t)i,
                               .n_tokens = (uint32_t)n,
                               .kind = SPAN_ROLE,
                               .source = source,
                               .core = true};
    if (span_add(f, core, err))
        return -1;
    struct source_span span = core;
    span.core = false;
    span.first = (uint32_t)role_start(f, i);
    if (role_names_add(f, span, i + n, err))
        return -1;
    size_t k = i + n + list_at(f, LIST_OF_WORDS, i + n);
    for (size_t words = 0; k > i + n && words < RIGHT_MAX && is_word(f, k); words++) {
        role_serve(f, k, &span);
        if (is_stop(f, k) && !list_at(f, LIST_OF_WORDS, k) && !is_genitive(f, k))
            break;
        k++;
        if (!list_at(f, LIST_OF_WORDS, k - 1) && !list_at(f, LIST_ARTICLES, k - 1) &&
            role_names_add(f, span, k, err))
            return -1;
        while (is_inner_hyphen(f, k) && is_word(f, k + 1))
            k += 2;
    }
    return 0;
}

/* ---- all
 * ----------------------------------------------------------------------------------------- */

/* "who" is not the WHO, "dawn" not Dawn: a name is written as its list writes it, as to capitals.
 */
static bool is_written_so(const struct finder *f, size_t i, struct slice written)
{
    const unsigned flags = f->doc->tokens[i].flags;
    size_t upper = 0;
    while (upper < written.len && written.ptr[upper] >= 'A' && written.ptr[upper] <= 'Z')
        upper++;
    if (upper >= 2 && upper == written.len)
        return flags & TOKEN_UPPER;
    return upper == 0 || flags & TOKEN_CAPITAL;
}

static int known_add(struct finder *f, size_t i, struct error *err)
{
    uint32_t phrase;
    const struct word_list *names = &f->values->language->source_names;
    size_t n = source_at(f, LIST_SOURCE_NAMES, i, &phrase);
    if (!n || !is_written_so(f, i, names->phrases[phrase].written))
        return 0;
    struct source_span span = {.first = (uint32_t)i,
                               .n_tokens = (uint32_t)n,
                               .kind = SPAN_KNOWN,
                               .source = (uint32_t)names->phrases[phrase].value,
                               .core = true};
    if (span_add(f, span, err))
        return -1;
    size_t start = i;
    if (start > f->begin && list_at(f, LIST_ARTICLES, start - 1) == 1)
        start--;
    if (start == i)
        return 0;
    span.core = false;
    span.first = (uint32_t)start;
    span.n_tokens++;
    return span_add(f, span, err);
}

int source_spans_find(struct report_values *values, size_t index, struct source_spans *out,
                      struct error *err)
{
    const struct sentence *sentence = &values->doc->sentences[index];
    struct finder f = {.values = values,
                       .doc = values->doc,
                       .sentence = sentence,
                       .begin = sentence->first,
                       .end = sentence->first + sentence->count,
                       .out = out,
                       .marked = &values->language->marked};
    const list_set openers =
        LIST_BIT(LIST_SPEAKERS) | LIST_BIT(LIST_SOURCE_NAMES) | LIST_BIT(LIST_SOURCE_ROLES);
    for (size_t i = f.begin; i < f.end; i++) {
        const struct token *token = &f.doc->tokens[i];
        if (token->kind != TOKEN_WORD ||
            !(token->flags & TOKEN_CAPITAL || lists_at(f.marked, f.doc, i) & openers))
            continue;
        size_t pronoun = list_at(&f, LIST_SPEAKERS, i);
        struct source_span span = {
            .first = (uint32_t)i, .n_tokens = (uint32_t)pronoun, .kind = SPAN_PRONOUN};
        if (known_add(&f, i, err) || roles_add(&f, i, err) || names_add(&f, i, err) ||
            span_add(&f, span, err))
            return -1;
    }
    return 0;
}

const struct source_span *source_spans_at(const struct source_spans *spans, uint32_t first,
                                          uint32_t n_tokens)
{
    const struct source_span *best = NULL;
    for (size_t i = 0; i < spans->n; i++) {
        const struct source_span *span = &spans->items[i];
        if (span->first == first && span->n_tokens == n_tokens &&
            (!best || span->kind > best->kind ||
             (span->kind == best->kind && span->name_tokens > best->name_tokens)))
            best = span;
    }
    return best;
}
