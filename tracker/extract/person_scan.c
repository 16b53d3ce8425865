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
    const list_set never = LIST_BIT(LIST_STOPS) | LIST_BIT(LIST_ARTICLES) | LIST_BIT(LIST_PEOPLE) |
                           LIST_BIT(LIST_NEVER_NAMES) | LIST_BIT(LIST_OWNERS);
    const struct token *token = &s->doc->tokens[i];
    return i < s->end && token->kind == TOKEN_WORD && token->flags & TOKEN_CAPITAL &&
           !scan_any(s, never, i);
}

/* Words that tell what became of the people. */
bool scan_is_fate(const struct scan *s, size_t k)
{
    return scan_any(s, SCAN_BECAME | LIST_BIT(LIST_FATES), k);
}

/* ---- the sentence ---- */

static int scan_arrays(struct scan *s, struct error *err)
{
    size_t n = s->sentence->count;
    const size_t each = sizeof *s->number_at + sizeof *s->person_at + sizeof *s->count_at +
                        sizeof *s->number_len + sizeof *s->person_done + sizeof *s->dropped +
                        sizeof *s->near;
    char *room = arena_calloc(s->values->arena, n, each);
    if (!room)
        return arena_full(s->values->arena, err);
    /* The widest first, so that each is aligned. */
    s->number_at = (void *)room;
    s->person_at = (void *)(s->number_at + n);
    s->count_at = (void *)(s->person_at + n);
    s->number_len = (void *)(s->count_at + n);
    s->person_done = (void *)(s->number_len + n);
    s->dropped = s->person_done + n;
    s->near = (void *)(s->dropped + n);
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

/* Most tokens from a phrase's first word to a name behind its noun: the noun may be a phrase, and
 * a short form in brackets follow it. */
#define NAME_REACH (GROUP_MAX + PHRASE_MAX_WORDS + 6)

/* Whether what ends before token i may be a noun group with its name or body behind it. */
static bool is_name_place(const struct scan *s, size_t i)
{
    const struct word_list *one = s->marked->lists[LIST_PERSON];
    return ((one && word_list_may_end(one, s->doc, i - 1)) || scan_is_punct(s, i - 1, ')')) &&
           (lists_at(s->marked, s->doc, i) & LIST_BIT(LIST_WHOSE) || scan_is_name(s, i));
}

static void scan_nouns(struct scan *s)
{
    const size_t far = s->end + NAME_REACH;
    size_t one = far, many = far, name = far; /* the nearest from here on */
    for (size_t i = s->end; i-- > s->begin;) {
        list_set lists = lists_at(s->marked, s->doc, i);
        bool number = s->number_len[i - s->begin];
        one = number || lists & LIST_BIT(LIST_PERSON) ? i : one;
        many = number || lists & LIST_BIT(LIST_PEOPLE) ? i : many;
        s->near[i - s->begin] = (uint8_t)((one - i < GROUP_MAX ? NEAR_ONE : 0) |
                                          (many - i < GROUP_MAX ? NEAR_MANY : 0) |
                                          (name - i < NAME_REACH ? NEAR_NAME : 0));
        if (i > s->begin && is_name_place(s, i))
            name = i;
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

int scan_begin(struct scan *s, struct report_values *values, size_t index, struct value_list *list,
               struct error *err)
{
    const struct sentence *sentence = &values->doc->sentences[index];
    *s = (struct scan){.values = values,
                       .list = list,
                       .doc = values->doc,
                       .sentence = sentence,
                       .marked = &values->language->marked,
                       .begin = sentence->first,
                       .end = sentence->first + sentence->count};
    if (scan_arrays(s, err))
        return -1;
    scan_numbers(s);
    scan_nouns(s);
    return 0;
}
