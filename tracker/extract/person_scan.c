#include "extract/person_scan.h"

/* ---- words ---- */

bool scan_is_punct(const struct scan *s, size_t i, char c)
{
    return i < s->end && s->doc->tokens[i].kind == TOKEN_PUNCT && s->doc->tokens[i].len == 1 &&
           s->doc->text.ptr[s->doc->tokens[i].start] == c;
}

bool scan_is_glued(const struct scan *s, size_t i)
{
    return i < s->end && !(s->doc->tokens[i].flags & (TOKEN_SPACE | TOKEN_LINE | TOKEN_PARAGRAPH));
}

/* A dash between words. */
bool scan_is_dash(const struct scan *s, size_t i)
{
    if (i >= s->end || s->doc->tokens[i].kind != TOKEN_PUNCT)
        return false;
    const struct token *token = &s->doc->tokens[i];
    struct slice text = {s->doc->text.ptr + token->start, token->len};
    return slice_is(text, "\u2013") || slice_is(text, "\u2014") ||
           (slice_is(text, "-") && !scan_is_glued(s, i + 1));
}

/* A hyphen inside a compound: "off-duty". */
bool scan_is_hyphen(const struct scan *s, size_t i)
{
    return scan_is_punct(s, i, '-') && scan_is_glued(s, i) && scan_is_glued(s, i + 1);
}

/* A capitalised word that may be part of a person's name. */
bool scan_is_name(const struct scan *s, size_t i)
{
    const struct token *token = &s->doc->tokens[i];
    return i < s->end && token->kind == TOKEN_WORD && token->flags & TOKEN_CAPITAL &&
           !scan_list(s, &s->values->language->people.stops, i, NULL) &&
           !scan_list(s, s->articles, i, NULL) && !scan_list(s, s->many, i, NULL) &&
           !scan_list(s, s->never_names, i, NULL) && !scan_list(s, s->owners, i, NULL);
}

/* Words that tell what became of the people. */
bool scan_is_fate(const struct scan *s, size_t k)
{
    return scan_list(s, s->auxiliaries, k, NULL) || scan_list(s, s->dead, k, NULL) ||
           scan_list(s, s->hurt, k, NULL) || scan_list(s, s->fates, k, NULL);
}

/* ---- the sentence ---- */

static int scan_arrays(struct scan *s, struct error *err)
{
    struct arena *arena = s->values->arena;
    size_t n = s->sentence->count;
    s->count_at = ARENA_ARRAY(arena, uint32_t, n);
    s->number_at = ARENA_ARRAY(arena, int64_t, n);
    s->number_len = ARENA_ARRAY(arena, uint8_t, n);
    s->person_at = ARENA_ARRAY(arena, struct person *, n);
    s->person_done = ARENA_ARRAY(arena, bool, n);
    s->dropped = ARENA_ARRAY(arena, bool, n);
    s->noun_near = ARENA_ARRAY(arena, bool, n);
    if (!s->count_at || !s->number_at || !s->number_len || !s->person_at || !s->person_done ||
        !s->dropped || !s->noun_near)
        return arena_full(arena, err);
    return 0;
}

static void scan_words(struct scan *s)
{
    const struct language *language = s->values->language;
    s->many = language_list(language, "people");
    s->one = language_list(language, "person");
    s->articles = language_list(language, "articles");
    s->possessives = language_list(language, "possessives");
    s->joins = language_list(language, "joins");
    s->further = language_list(language, "further");
    s->among = language_list(language, "among");
    s->among_them = language_list(language, "among-them");
    s->none_of = language_list(language, "none-of");
    s->never_none = language_list(language, "never-none");
    s->outcomes = language_list(language, "outcomes");
    s->harms = language_list(language, "harms");
    s->auxiliaries = language_list(language, "auxiliaries");
    s->dead = language_list(language, "dead");
    s->hurt = language_list(language, "hurt");
    s->years_old = language_list(language, "years-old");
    s->years = language_list(language, "years");
    s->never_names = language_list(language, "never-names");
    s->including = language_list(language, "including");
    s->alone = language_list(language, "alone");
    s->name_joins = language_list(language, "name-joins");
    s->owners = language_list(language, "owners");
    s->fates = language_list(language, "fates");
    s->definite = language_list(language, "definite");
    s->attacks = &language->attacks;
    s->ages = language_list(language, "ages");
    s->pronouns = language_list(language, "pronouns");
    s->bodies = language_list(language, "bodies");
    s->naming = language_list(language, "naming");
    s->whose = language_list(language, "whose");
    s->places_before = language_list(language, "places-before");
    s->plural_verbs = language_list(language, "plural-verbs");
    s->pairs = language_list(language, "pairs");
    s->aside_ends = language_list(language, "aside-ends");
}

static int scan_openers(struct scan *s, struct error *err)
{
    const struct word_list *const lists[] = {s->none_of, s->definite, s->pronouns};
    uint64_t *openers = ARENA_ARRAY(s->values->arena, uint64_t, WORD_LIST_BITS / 64);
    if (!openers)
        return arena_full(s->values->arena, err);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t k = 0; lists[i] && lists[i]->first && k < WORD_LIST_BITS / 64; k++)
            openers[k] |= lists[i]->first[k];
    s->openers = openers;
    return 0;
}

static void scan_numbers(struct scan *s)
{
    for (size_t i = 0; i < s->list->n; i++) {
        const struct value *value = &s->list->items[i];
        size_t at = value->first - s->begin;
        if (value->type == VALUE_NUMBER) {
            s->number_at[at] = value->number;
            s->number_len[at] = (uint8_t)value->count;
        } else if (value->type == VALUE_COUNT && !(value->flags & VALUE_VOID) && !s->count_at[at]) {
            s->count_at[at] = value->index + 1;
        }
    }
}

static void scan_nouns(struct scan *s)
{
    size_t near = s->end + GROUP_MAX; /* the nearest from here on */
    for (size_t i = s->end; i-- > s->begin;) {
        uint32_t bit = s->doc->tokens[i].word % WORD_LIST_BITS;
        bool noun = s->one && s->one->first && s->one->first[bit / 64] >> (bit % 64) & 1;
        if (noun || s->number_len[i - s->begin])
            near = i;
        s->noun_near[i - s->begin] = near - i < GROUP_MAX;
    }
}

void scan_counts_drop(struct scan *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->list->n && s->any_dropped; i++) {
        struct value value = s->list->items[i];
        bool drop = s->dropped[value.first - s->begin];
        if (drop && value.type == VALUE_NUMBER)
            value.flags |= VALUE_VOID;
        if (!drop || value.type != VALUE_COUNT)
            s->list->items[kept++] = value;
    }
    if (s->any_dropped)
        s->list->n = kept;
}

/* The words are the same for every sentence of a report. */
int scan_begin(struct scan *s, struct report_values *values, size_t index, struct value_list *list,
               struct error *err)
{
    const struct sentence *sentence = &values->doc->sentences[index];
    if (!values->people_words) {
        struct scan *words = ARENA_NEW(values->arena, struct scan);
        if (!words)
            return arena_full(values->arena, err);
        words->values = values;
        words->doc = values->doc;
        scan_words(words);
        if (scan_openers(words, err))
            return -1;
        values->people_words = words;
    }
    *s = *values->people_words;
    s->list = list;
    s->sentence = sentence;
    s->begin = sentence->first;
    s->end = sentence->first + sentence->count;
    if (scan_arrays(s, err))
        return -1;
    scan_numbers(s);
    scan_nouns(s);
    return 0;
}
