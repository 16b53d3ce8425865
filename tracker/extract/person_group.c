#include "extract/person_group.h"

#define MODIFIERS_MAX 8
#define UNKNOWN_MAX 2 /* lower-case words of no list, between number and noun */
#define NAME_WORDS_MAX 6
#define BODY_MAX 10 /* tokens of "of the National Police (NP)" */

/* ---- noun groups ---- */

/* The part of the noun at token i: a listed part, or people in general. */
static struct slice part_at(const struct scan *s, size_t i, size_t n)
{
    const struct people_words *people = &s->values->language->people;
    struct slice part = {"", 0};
    uint64_t lists = s->marked->words[s->doc->tokens[i].word].nouns;
    uint32_t phrase;
    for (size_t k = 0; lists && k < people->n; k++, lists >>= k < 64)
        if (lists & 1 && people->parts[k].len &&
            word_list_match(&people->nouns[k], s->doc, i, s->end, &phrase) == n)
            return people->parts[k];
    return part;
}

/* "(NDS)", a short form in brackets: the tokens it takes, 0 when there is none. */
static size_t bracket_at(const struct scan *s, size_t i)
{
    if (!scan_is_punct(s, i, '('))
        return 0;
    for (size_t k = i + 1; k < i + 5 && k < s->end; k++) {
        if (scan_is_punct(s, k, ')'))
            return k > i + 1 ? k + 1 - i : 0;
        if (!scan_is_hyphen(s, k) && s->doc->tokens[k].kind != TOKEN_WORD)
            return 0;
    }
    return 0;
}

/* "16-year-old" at token i: the tokens it takes, 0 when there is none. */
static size_t years_at(const struct scan *s, size_t i)
{
    size_t n = i < s->end ? s->number_len[i - s->begin] : 0;
    if (!n)
        return 0;
    size_t k = i + n + scan_is_punct(s, i + n, '-');
    size_t old = scan_list(s, LIST_YEARS_OLD, k);
    return old ? k + old - i : 0;
}

/* "IS militants": a small word in capitals, in a text that is not. */
static bool is_short_form(const struct scan *s, size_t i)
{
    return i + 1 < s->end && s->doc->tokens[i].len > 1 && s->doc->tokens[i].flags & TOKEN_UPPER &&
           s->doc->tokens[i + 1].kind == TOKEN_WORD && !(s->doc->tokens[i + 1].flags & TOKEN_UPPER);
}

/* "205 Corps": a number that is part of a name. */
static bool is_unit(const struct scan *s, size_t i)
{
    return i > s->begin && i + 1 < s->end && !s->count_at[i - s->begin] && scan_is_name(s, i + 1) &&
           !scan_is_punct(s, i - 1, ',');
}

/* Tokens of a word or compound that may stand before the noun; 0 when none may. */
static size_t modifier_at(const struct scan *s, size_t i, unsigned *unknown)
{
    const struct token *token = &s->doc->tokens[i];
    if (token->kind == TOKEN_NUMBER)
        return scan_is_hyphen(s, i + 1) || is_unit(s, i) ? 1 : 0;
    if (token->kind == TOKEN_PUNCT)
        return scan_is_hyphen(s, i) ? 1 : bracket_at(s, i);
    if (i > s->begin && scan_is_name(s, i - 1) && scan_is_name(s, i + 1) &&
        scan_list(s, LIST_NAME_JOINS, i))
        return 1;
    size_t n = scan_list(s, LIST_MODIFIERS, i);
    if (n)
        return n;
    if (is_short_form(s, i))
        return 1;
    if (scan_list(s, LIST_STOPS, i))
        return 0;
    bool inner = (i > s->begin && scan_is_hyphen(s, i - 1)) || scan_is_hyphen(s, i + 1);
    if (inner || (token->flags & TOKEN_CAPITAL && !s->sentence->is_title))
        return 1;
    const list_set never = SCAN_BECAME | LIST_BIT(LIST_HARMS) | LIST_BIT(LIST_FATES) |
                           LIST_BIT(LIST_ARTICLES) | LIST_BIT(LIST_POSSESSIVES) |
                           LIST_BIT(LIST_ATTACKS);
    return !scan_any(s, never, i) && ++*unknown <= UNKNOWN_MAX ? 1 : 0;
}

/* "20 men, women and children": the nouns joined to the one that ends at `end`; returns the new
 * end. */
static size_t nouns_joined(const struct scan *s, size_t end)
{
    for (size_t k = end;;) {
        size_t join = scan_list(s, LIST_JOINS, k);
        size_t noun = join ? k + join : scan_is_punct(s, k, ',') ? k + 1 : s->end;
        size_t n = scan_list(s, LIST_PEOPLE, noun);
        /* Without articles a noun that may be one person is a summand: "four workers and a child".
         */
        if (!n || (!s->marked->lists[LIST_ARTICLES] && scan_list(s, LIST_PERSON, noun) == n))
            return end;
        k = noun + n;
        if (join)
            return k;
    }
}

/* "the Ukrainian army", "five police cars": the noun is a modifier of a word that is none of ours.
 */
static bool is_adjective(const struct scan *s, size_t noun, size_t end)
{
    return end < s->end && s->doc->tokens[end].kind == TOKEN_WORD &&
           scan_list(s, LIST_MODIFIERS, noun) == end - noun &&
           !scan_any(s, LIST_BIT(LIST_STOPS) | SCAN_BECAME, end);
}

/* "3 Arbakis were killed": capitalised words no list knows, right before what became of them. */
static struct group foreign_read(const struct scan *s, size_t i)
{
    size_t k = i;
    while (k < s->end && k < i + 3 && scan_is_name(s, k) && s->doc->tokens[k].word == WORD_UNKNOWN)
        k++;
    if (k == i || s->sentence->is_title || !scan_any(s, SCAN_BECAME, k))
        return (struct group){0};
    return (struct group){.end = k, .part = {"", 0}, .general = true, .noun = k - 1};
}

static bool is_capital(const struct scan *s, size_t i)
{
    return i < s->end && s->doc->tokens[i].kind == TOKEN_WORD &&
           s->doc->tokens[i].flags & TOKEN_CAPITAL && !scan_list(s, LIST_STOPS, i);
}

/* "and Omar families": more names of the body follow the join at token i. */
static bool body_goes_on(const struct scan *s, size_t i)
{
    for (size_t k = i + 1; k < i + 6 && k < s->end; k++) {
        if (scan_list(s, LIST_BODIES, k))
            return k > i + 1;
        if (!scan_is_name(s, k) && !scan_is_hyphen(s, k) && !scan_list(s, LIST_NAME_JOINS, k))
            return false;
    }
    return false;
}

/* "of the National Police (NP)" behind a person: the tokens it takes, 0 when there is none. */
static size_t body_at(const struct scan *s, size_t k)
{
    size_t of = scan_list(s, LIST_WHOSE, k);
    if (!of)
        return 0;
    size_t i = k + of;
    i += scan_list(s, LIST_ARTICLES, i);
    i += scan_list(s, LIST_NAME_JOINS, i);
    i += scan_is_hyphen(s, i);
    size_t first = i;
    while (i < s->end && i < first + BODY_MAX) {
        size_t bracket = i > first ? bracket_at(s, i) : 0;
        if (bracket)
            i += bracket;
        else if (is_capital(s, i) || scan_list(s, LIST_OWNERS, i + 1) ||
                 (i > first && (scan_is_hyphen(s, i) || scan_list(s, LIST_OWNERS, i) ||
                                (scan_list(s, LIST_NAME_JOINS, i) && scan_is_name(s, i + 1)) ||
                                (scan_list(s, LIST_JOINS, i) && body_goes_on(s, i)))))
            i++;
        else
            break;
    }
    return i > first ? i + scan_list(s, LIST_BODIES, i) - k : 0;
}

struct group group_read(const struct scan *s, size_t i, bool several, bool single)
{
    struct group group = {0};
    struct slice hint = {"", 0};
    unsigned modifiers = 0, unknown = 0;
    size_t limit = i + GROUP_MAX < s->end ? i + GROUP_MAX : s->end;
    struct group owner = {0};
    bool in_name = false;
    size_t aged = 0; /* behind "16-year-old", which may stand for a person */
    for (size_t k = i; k < limit && modifiers <= MODIFIERS_MAX;) {
        size_t years = group.end ? 0 : years_at(s, k);
        if (years) {
            k += years;
            aged = k;
            continue;
        }
        if (group.end == k && scan_list(s, LIST_OWNERS, k) && k > i) {
            owner = group; /* "the mayor's son" is the son, unless no one follows: "the mayor's
                              death" */
            group.end = 0;
            k++;
            continue;
        }
        size_t many = scan_list(s, LIST_PEOPLE, k), one = scan_list(s, LIST_PERSON, k);
        size_t n = several && single ? (many > one ? many : one) : several ? many : one;
        size_t noun = many > one ? many : one;
        if (n && n >= noun) {
            struct slice part = part_at(s, k, n);
            group.end = k + n;
            group.noun = k;
            group.part = part.len ? part : hint;
            group.general = !group.part.len;
            hint = group.part;
            bool capital = s->doc->tokens[k].flags & TOKEN_CAPITAL && !s->sentence->is_title;
            k += n;
            bool more = several ? scan_list(s, LIST_PEOPLE, k) : scan_list(s, LIST_PERSON, k);
            if (group.general && !capital && !more && !scan_list(s, LIST_OWNERS, k))
                break;
            /* "Afghan Local Police officer": the noun may be the first word of a body's name */
            in_name = capital && (scan_is_name(s, k) || scan_is_punct(s, k, '('));
            continue;
        }
        if (group.end && !noun && !in_name) {
            /* "a civilian school guard": what follows may still lead to a noun */
            size_t between = scan_list(s, LIST_MODIFIERS, k);
            if (!between)
                break;
            k += between;
            continue;
        }
        if (noun) {
            struct slice part = part_at(s, k, noun);
            hint = part.len ? part : hint;
            k += noun;
            modifiers++;
            continue;
        }
        size_t m = modifier_at(s, k, &unknown);
        if (!m)
            break;
        modifiers += s->doc->tokens[k].kind == TOKEN_WORD;
        k += m;
    }
    if (group.end && is_adjective(s, group.noun, group.end))
        group.end = 0;
    if (!group.end && owner.end)
        group = owner;
    if (!group.end && aged &&
        (aged >= s->end || s->doc->tokens[aged].kind == TOKEN_PUNCT || scan_is_fate(s, aged) ||
         scan_list(s, LIST_STOPS, aged)))
        group = (struct group){.end = aged, .part = {"", 0}, .general = true, .noun = i};
    if (!group.end && several)
        group = foreign_read(s, i);
    if (group.end)
        group.end += bracket_at(s, group.end);
    if (group.end)
        group.end += body_at(s, group.end);
    if (group.end && several) {
        size_t end = nouns_joined(s, group.end);
        if (end != group.end) {
            group.end = end;
            group.part = (struct slice){"", 0};
            group.general = true;
        }
    }
    return group;
}

size_t group_name(const struct scan *s, size_t k)
{
    size_t start = k, words = 0, end = k;
    for (; k < s->end && words < NAME_WORDS_MAX; k++) {
        bool inner = k > start && (scan_is_hyphen(s, k) ||
                                   (scan_is_punct(s, k, '.') && s->doc->tokens[k - 1].len <= 2) ||
                                   (scan_list(s, LIST_NAME_JOINS, k) && scan_is_name(s, k + 1)));
        if (inner) {
            end = scan_is_punct(s, k, '.') ? k + 1 : end;
            continue;
        }
        if (!scan_is_name(s, k))
            break;
        words++;
        end = k + 1;
    }
    return end - start;
}
