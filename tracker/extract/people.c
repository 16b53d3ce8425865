/*
 * Persons as values: a count with the people it counts, one person without a number, a named person,
 * and sums of these. Every phrase is read once from the token it begins at and remembered; a sum
 * joins at most COUNT_MAX_SHARES of them, so the work is linear in the sentence.
 *
 * A sum is offered only where its last join is "and" (or in a headline): "two people, five others
 * were hurt" is no sum. The first phrase alone is offered too; the matcher tries the longest first.
 */
#include "extract/counts.h"

#define MODIFIERS_MAX 8
#define UNKNOWN_MAX 2     /* lower-case words of no list, between number and noun */
#define GROUP_MAX 14      /* tokens from the number to the noun */
#define NAME_WORDS_MAX 6
#define AGE_MAX 110
#define BODY_MAX 10       /* tokens of "of the National Police (NP)" */
#define ASIDE_MAX 30      /* tokens of ", including a child," */

/* One person phrase: its value, and whether it may stand in a sum. */
struct person {
    struct count_value value;
    bool subset; /* never added: "two of them" counts among others, "19 dead" tells what became of them */
    bool bare;   /* a name and nothing else that tells a person */
};

/* A noun group: "Afghan police officers". */
struct group {
    size_t end; /* behind its last token; 0 when there is none */
    struct slice part;
    bool general; /* people in general */
    size_t noun;  /* its last noun */
};

struct scan {
    struct report_values *values;
    struct value_list *list;
    const struct document *doc;
    const struct sentence *sentence;
    size_t begin, end;
    /* by token - begin: */
    uint32_t *count_at;   /* 1 + index in values->counts of the longest count there, 0: none */
    int64_t *number_at;   /* the number written there, 0: none */
    uint8_t *number_len;
    struct person **person_at;
    bool *person_done;
    bool *dropped;        /* the number there is an age, or the whole of "two of the five": no count */
    bool any_dropped;
    const struct word_list *many, *one;
    /* words.yml: the small words of person phrases */
    const struct word_list *articles, *possessives, *joins, *further, *among, *among_them, *none_of,
        *never_none, *outcomes, *harms, *auxiliaries, *dead, *hurt, *years_old, *never_names,
        *including, *alone, *name_joins, *owners, *fates, *aside_ends, *definite, *attacks, *ages, *pronouns, *whose,
        *places_before, *plural_verbs, *naming, *bodies;
    const struct word_list *years; /* behind a person and a number: an age */
};

/* ---- words --------------------------------------------------------------------------------------- */

static size_t list_at(const struct scan *s, const struct word_list *list, size_t i, uint32_t *phrase)
{
    uint32_t ignored;
    if (!list || !list->n_phrases || i >= s->end || s->doc->tokens[i].word == WORD_UNKNOWN)
        return 0;
    return word_list_match(list, s->doc, i, s->end, phrase ? phrase : &ignored);
}

static bool is_punct(const struct scan *s, size_t i, char c)
{
    return i < s->end && s->doc->tokens[i].kind == TOKEN_PUNCT && s->doc->tokens[i].len == 1 &&
           s->doc->text.ptr[s->doc->tokens[i].start] == c;
}

static bool is_glued(const struct scan *s, size_t i)
{
    return i < s->end &&
           !(s->doc->tokens[i].flags & (TOKEN_SPACE | TOKEN_LINE | TOKEN_PARAGRAPH));
}

/* A dash between words. */
static bool is_dash(const struct scan *s, size_t i)
{
    if (i >= s->end || s->doc->tokens[i].kind != TOKEN_PUNCT)
        return false;
    const struct token *token = &s->doc->tokens[i];
    struct slice text = {s->doc->text.ptr + token->start, token->len};
    return slice_is(text, "\u2013") || slice_is(text, "\u2014") || (slice_is(text, "-") && !is_glued(s, i + 1));
}

/* A hyphen inside a compound: "off-duty". */
static bool is_inner_hyphen(const struct scan *s, size_t i)
{
    return is_punct(s, i, '-') && is_glued(s, i) && is_glued(s, i + 1);
}

/* A capitalised word that may be part of a person's name. */
static bool is_name_word(const struct scan *s, size_t i)
{
    const struct token *token = &s->doc->tokens[i];
    return i < s->end && token->kind == TOKEN_WORD && token->flags & TOKEN_CAPITAL &&
           !list_at(s, &s->values->language->people.stops, i, NULL) &&
           !list_at(s, s->articles, i, NULL) && !list_at(s, s->many, i, NULL) &&
           !list_at(s, s->never_names, i, NULL) && !list_at(s, s->owners, i, NULL);
}

/* Words that tell what became of the people. */
static bool is_fate(const struct scan *s, size_t k)
{
    return list_at(s, s->auxiliaries, k, NULL) || list_at(s, s->dead, k, NULL) || list_at(s, s->hurt, k, NULL) ||
           list_at(s, s->fates, k, NULL);
}

/* ---- noun groups --------------------------------------------------------------------------------- */

/* The part of the noun at token i: a listed part, or people in general. */
static struct slice part_at(const struct scan *s, size_t i, size_t n)
{
    const struct people_words *people = &s->values->language->people;
    struct slice part = {"", 0};
    for (size_t k = 0; k < people->n; k++)
        if (people->parts[k].len && list_at(s, &people->nouns[k], i, NULL) == n)
            return people->parts[k];
    return part;
}

/* "(NDS)", a short form in brackets: the tokens it takes, 0 when there is none. */
static size_t bracket_at(const struct scan *s, size_t i)
{
    if (!is_punct(s, i, '('))
        return 0;
    for (size_t k = i + 1; k < i + 5 && k < s->end; k++) {
        if (is_punct(s, k, ')'))
            return k > i + 1 ? k + 1 - i : 0;
        if (!is_inner_hyphen(s, k) && s->doc->tokens[k].kind != TOKEN_WORD)
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
    size_t k = i + n + is_punct(s, i + n, '-');
    size_t old = list_at(s, s->years_old, k, NULL);
    return old ? k + old - i : 0;
}

/* Tokens of a word or compound that may stand before the noun; 0 when none may. */
static size_t modifier_at(const struct scan *s, size_t i, unsigned *unknown)
{
    const struct token *token = &s->doc->tokens[i];
    const struct people_words *people = &s->values->language->people;
    if (token->kind == TOKEN_NUMBER)
        return is_inner_hyphen(s, i + 1) ? 1 : 0;
    if (token->kind == TOKEN_PUNCT)
        return is_inner_hyphen(s, i) ? 1 : bracket_at(s, i);
    if (i > s->begin && is_name_word(s, i - 1) && is_name_word(s, i + 1) && list_at(s, s->name_joins, i, NULL))
        return 1;
    size_t n = list_at(s, &people->modifiers, i, NULL);
    if (n)
        return n;
    if (list_at(s, &people->stops, i, NULL))
        return 0;
    bool inner = (i > s->begin && is_inner_hyphen(s, i - 1)) || is_inner_hyphen(s, i + 1);
    if (inner || (token->flags & TOKEN_CAPITAL && !s->sentence->is_title))
        return 1;
    bool fate = list_at(s, s->harms, i, NULL) || list_at(s, s->dead, i, NULL) || list_at(s, s->hurt, i, NULL) ||
                list_at(s, s->fates, i, NULL) || list_at(s, s->auxiliaries, i, NULL) || list_at(s, s->articles, i, NULL) ||
                list_at(s, s->possessives, i, NULL) || list_at(s, s->attacks, i, NULL);
    return !fate && ++*unknown <= UNKNOWN_MAX ? 1 : 0;
}

/* "20 men, women and children": the nouns joined to the one that ends at `end`; returns the new end. */
static size_t nouns_joined(const struct scan *s, size_t end)
{
    for (size_t k = end;;) {
        size_t join = list_at(s, s->joins, k, NULL);
        size_t noun = join ? k + join : is_punct(s, k, ',') ? k + 1 : s->end;
        size_t n = list_at(s, s->many, noun, NULL);
        /* Without articles a noun that may be one person is a summand: "four workers and a child". */
        if (!n || (!s->articles && list_at(s, s->one, noun, NULL) == n))
            return end;
        k = noun + n;
        if (join)
            return k;
    }
}

/* "the Ukrainian army", "five police cars": the noun is a modifier of a word that is none of ours. */
static bool is_adjective(const struct scan *s, size_t noun, size_t end)
{
    const struct people_words *people = &s->values->language->people;
    return end < s->end && s->doc->tokens[end].kind == TOKEN_WORD &&
           list_at(s, &people->modifiers, noun, NULL) == end - noun &&
           !list_at(s, &people->stops, end, NULL) && !list_at(s, s->auxiliaries, end, NULL) &&
           !list_at(s, s->dead, end, NULL) && !list_at(s, s->hurt, end, NULL);
}

/* "3 Arbakis were killed": capitalised words no list knows, right before what became of them. */
static struct group foreign_read(const struct scan *s, size_t i)
{
    size_t k = i;
    while (k < s->end && k < i + 3 && is_name_word(s, k) && s->doc->tokens[k].word == WORD_UNKNOWN)
        k++;
    if (k == i || s->sentence->is_title || !(list_at(s, s->auxiliaries, k, NULL) || list_at(s, s->dead, k, NULL) || list_at(s, s->hurt, k, NULL)))
        return (struct group){0};
    return (struct group){.end = k, .part = {"", 0}, .general = true, .noun = k - 1};
}

static bool is_capital(const struct scan *s, size_t i)
{
    return i < s->end && s->doc->tokens[i].kind == TOKEN_WORD && s->doc->tokens[i].flags & TOKEN_CAPITAL &&
           !list_at(s, &s->values->language->people.stops, i, NULL);
}

/* "and Omar families": more names of the body follow the join at token i. */
static bool body_goes_on(const struct scan *s, size_t i)
{
    for (size_t k = i + 1; k < i + 6 && k < s->end; k++) {
        if (list_at(s, s->bodies, k, NULL))
            return k > i + 1;
        if (!is_name_word(s, k) && !is_inner_hyphen(s, k) && !list_at(s, s->name_joins, k, NULL))
            return false;
    }
    return false;
}

/* "of the National Police (NP)" behind a person: the tokens it takes, 0 when there is none. */
static size_t body_at(const struct scan *s, size_t k)
{
    size_t of = list_at(s, s->whose, k, NULL);
    if (!of)
        return 0;
    size_t i = k + of;
    i += list_at(s, s->articles, i, NULL);
    i += list_at(s, s->name_joins, i, NULL);
    i += is_inner_hyphen(s, i);
    size_t first = i;
    while (i < s->end && i < first + BODY_MAX) {
        size_t bracket = i > first ? bracket_at(s, i) : 0;
        if (bracket)
            i += bracket;
        else if (is_capital(s, i) || list_at(s, s->owners, i + 1, NULL) || (i > first && (is_inner_hyphen(s, i) || list_at(s, s->owners, i, NULL) ||
                                                      (list_at(s, s->name_joins, i, NULL) && is_name_word(s, i + 1)) ||
                                                      (list_at(s, s->joins, i, NULL) && body_goes_on(s, i)))))
            i++;
        else
            break;
    }
    return i > first ? i + list_at(s, s->bodies, i, NULL) - k : 0;
}

/* Reads modifiers and a noun from token i. Singular nouns end a group only where one person is meant, plural ones
 * only where several are; elsewhere they are modifiers that tell the part ("three child victims"). */
static struct group group_read(const struct scan *s, size_t i, bool several, bool single)
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
        if (group.end == k && list_at(s, s->owners, k, NULL) && k > i) {
            owner = group; /* "the mayor's son" is the son, unless no one follows: "the mayor's death" */
            group.end = 0;
            k++;
            continue;
        }
        size_t many = list_at(s, s->many, k, NULL), one = list_at(s, s->one, k, NULL);
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
            if (group.general && !capital && !list_at(s, s->owners, k, NULL))
                break;
            /* "Afghan Local Police officer": the noun may be the first word of a body's name */
            in_name = capital && (is_name_word(s, k) || is_punct(s, k, '('));
            continue;
        }
        if (group.end && !noun && !in_name) {
            /* "a civilian school guard": what follows may still lead to a noun */
            size_t between = list_at(s, &s->values->language->people.modifiers, k, NULL);
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
    if (!group.end && aged && (aged >= s->end || s->doc->tokens[aged].kind == TOKEN_PUNCT || is_fate(s, aged) ||
                               list_at(s, &s->values->language->people.stops, aged, NULL)))
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

/* ---- one phrase ---------------------------------------------------------------------------------- */

static void person_set(struct person *out, size_t first, size_t end, struct count count,
                       struct slice part)
{
    *out = (struct person){
        .value = {.count = count,
                  .first = (uint32_t)first,
                  .n_tokens = (uint32_t)(end - first),
                  .number_first = (uint32_t)first,
                  .number_tokens = 1,
                  .shares = {{part, count}},
                  .n_shares = 1},
    };
}

static struct count count_one(void)
{
    return (struct count){1, 1, 1, QUALIFIER_EXACT};
}

/* ", 45" or " (45)" behind a person is an age: returns the tokens it takes, 0 for none. */
static size_t age_at(struct scan *s, size_t k)
{
    bool bracket = is_punct(s, k, '(');
    size_t plain = k < s->end ? s->number_len[k - s->begin] : 0;
    size_t years = plain ? list_at(s, s->years, k + plain, NULL) : 0;
    if (years) /* "a man 45 years" */
        return plain + years;
    if ((!bracket && !is_punct(s, k, ',')) || k + 1 >= s->end)
        return 0;
    size_t at = k + 1 - s->begin;
    if (s->number_at[at] < 1 || s->number_at[at] > AGE_MAX)
        return 0;
    size_t next = k + 1 + s->number_len[at];
    bool stop = next >= s->end || is_punct(s, next, ',') || is_punct(s, next, '.') ||
                is_punct(s, next, ';') || is_punct(s, next, ')') || list_at(s, s->joins, next, NULL);
    if (bracket ? !is_punct(s, next, ')') : !stop)
        return 0;
    s->dropped[at] = s->any_dropped = true;
    return next + bracket - k;
}

static bool counted_read(struct scan *s, size_t i, struct person *out)
{
    const struct count_value *number = &s->values->counts[s->count_at[i - s->begin] - 1];
    size_t j = number->first + number->n_tokens;
    bool single = number->count.low == 1 && number->count.best == 1;
    struct group group = group_read(s, j, true, single);
    bool subset = false;
    if (!group.end) {
        size_t them = list_at(s, s->among_them, j, NULL), among = list_at(s, s->among, j, NULL);
        subset = true;
        if (among) {
            size_t k = j + among;
            size_t total = k < s->end ? s->number_len[k - s->begin] : 0;
            group = group_read(s, k + total, true, false);
            if (group.end && total)
                s->dropped[k - s->begin] = s->any_dropped = true;
        }
        if (!group.end && them)
            group = (struct group){.end = j + them, .part = {"", 0}, .noun = s->end};
        if (!group.end)
            return false;
    }
    person_set(out, i, group.end, number->count, group.part);
    out->value.number_first = number->number_first;
    out->value.number_tokens = number->number_tokens;
    out->subset = (subset && group.noun == s->end) || list_at(s, s->outcomes, group.noun, NULL);
    return true;
}

/* Tokens of the name at token k: capitalised words, with small ones between them ("Gulbuddin al Hakim"). */
static size_t name_at(const struct scan *s, size_t k)
{
    size_t start = k, words = 0, end = k;
    for (; k < s->end && words < NAME_WORDS_MAX; k++) {
        bool inner = k > start && (is_inner_hyphen(s, k) ||
                                   (is_punct(s, k, '.') && s->doc->tokens[k - 1].len <= 2) ||
                                   (list_at(s, s->name_joins, k, NULL) && is_name_word(s, k + 1)));
        if (inner) {
            end = is_punct(s, k, '.') ? k + 1 : end;
            continue;
        }
        if (!is_name_word(s, k))
            break;
        words++;
        end = k + 1;
    }
    return end - start;
}

/* "and another was hurt", "injuring another": a person by itself. */
static bool alone_read(const struct scan *s, size_t i, struct person *out)
{
    size_t n = list_at(s, s->alone, i, NULL), k = i + n;
    if (!n || !(k >= s->end || s->doc->tokens[k].kind == TOKEN_PUNCT || list_at(s, s->auxiliaries, k, NULL) ||
                list_at(s, s->dead, k, NULL) || list_at(s, s->hurt, k, NULL) ||
                list_at(s, &s->values->language->people.stops, k, NULL)))
        return false;
    person_set(out, i, k, count_one(), (struct slice){"", 0});
    out->value.singular = true;
    return true;
}

/* Whether words of a list begin the phrase: without an article before them nothing else tells that a
 * person's phrase begins here. */
static bool begins_bare(const struct scan *s, size_t i)
{
    return s->doc->tokens[i].kind == TOKEN_NUMBER || list_at(s, s->one, i, NULL) ||
           list_at(s, &s->values->language->people.modifiers, i, NULL);
}

/* "a man", "his 5-year-old son", "her two children"; with no article before it in a headline, at the start, or before a
 * name ("killed district governor Omar Hadi"). */
static bool single_read(struct scan *s, size_t i, struct person *out)
{
    size_t article = list_at(s, s->articles, i, NULL);
    if (is_inner_hyphen(s, i + article)) /* "one-year-old" */
        article = 0;
    size_t possessive = article ? 0 : list_at(s, s->possessives, i, NULL);
    size_t j = i + article + possessive;
    /* In a language without articles a noun stands alone anywhere. */
    bool free = j != i || i == s->begin || !s->articles || s->sentence->is_title || list_at(s, s->owners, i - 1, NULL);
    if (possessive && j < s->end && s->count_at[j - s->begin]) {
        if (!counted_read(s, j, out))
            return false;
        out->value.n_tokens += (uint32_t)(j - i);
        out->value.first = (uint32_t)i;
        return true;
    }
    struct group group = {0};
    if (s->articles || j != i || begins_bare(s, i))
        group = group_read(s, j, false, true);
    if (!group.end)
        return alone_read(s, i, out);
    size_t end = group.end + name_at(s, group.end);
    bool object = i > s->begin && list_at(s, s->harms, i - 1, NULL) && is_punct(s, end, ',');
    if (!free && !object && end == group.end)
        return false;
    bool named = end > group.end;
    end += age_at(s, end);
    person_set(out, i, end, count_one(), group.part);
    out->value.singular = true;
    out->value.named = named;
    return true;
}

/* "in Salem, Ohio": a name in a list of names that a preposition opens is a place. */
static bool is_place_list(const struct scan *s, size_t i)
{
    for (size_t back = 0; i > s->begin && back < 10; back++) {
        i--;
        if (list_at(s, s->places_before, i, NULL))
            return true;
        if (!is_name_word(s, i) && !is_punct(s, i, ',') && !list_at(s, s->name_joins, i, NULL) && !is_inner_hyphen(s, i) && !list_at(s, s->articles, i, NULL))
            return false;
    }
    return false;
}

/* "a man named X": the name counts nobody more. */
static bool is_naming(const struct scan *s, size_t i)
{
    return (i > s->begin && list_at(s, s->naming, i - 1, NULL) == 1) ||
           (i > s->begin + 1 && list_at(s, s->naming, i - 2, NULL) == 2);
}

/* "Anna Kovalenko, 45," or "Kovalenko, a teacher,"; a name by itself is bare: it may be anything. */
static bool named_read(struct scan *s, size_t i, struct person *out)
{
    if (i > s->begin && (is_name_word(s, i - 1) || (s->sentence->is_title && s->doc->tokens[i].word != WORD_UNKNOWN)))
        return false;
    size_t n = name_at(s, i), k = i + n;
    if (is_place_list(s, i) || is_naming(s, i) || (i > s->begin && list_at(s, s->articles, i - 1, NULL)) || (i > s->begin && is_punct(s, i - 1, '(')))
        return false;
    if (!n || (n == 1 && i == s->begin && s->doc->tokens[i].word != WORD_UNKNOWN))
        return false;
    size_t age = age_at(s, k), end = k + age;
    struct group role = {0};
    if (is_punct(s, end, ',')) {
        size_t article = list_at(s, s->articles, end + 1, NULL);
        role = article ? group_read(s, end + 1 + article, false, true) : role;
        if (role.end)
            end = role.end;
    }
    person_set(out, i, end, count_one(), role.end ? role.part : (struct slice){"", 0});
    out->value.singular = out->value.named = true;
    out->bare = !(age && n > 1) && !role.end;
    return true;
}

/* "the hostages", "all of the soldiers": as many as were told before (claims.c looks). */
static bool definite_read(const struct scan *s, size_t i, struct person *out)
{
    size_t the = list_at(s, s->definite, i, NULL);
    if (!the || (i + the < s->end && s->number_len[i + the - s->begin]))
        return false;
    struct group group = group_read(s, i + the, true, false);
    if (!group.end || list_at(s, s->outcomes, group.noun, NULL))
        return false;
    struct count open = {COUNT_OPEN, COUNT_OPEN, COUNT_OPEN, QUALIFIER_EXACT};
    person_set(out, i, group.end, open, group.part);
    out->bare = out->subset = true;
    return true;
}

/* "no civilians", "not a single soldier": a stated zero. */
static bool none_read(const struct scan *s, size_t i, struct person *out)
{
    size_t none = list_at(s, s->none_of, i, NULL);
    if (!none || list_at(s, s->never_none, i + none, NULL))
        return false;
    struct group group = group_read(s, i + none, true, true);
    if (!group.end)
        return false;
    person_set(out, i, group.end, (struct count){0, 0, 0, QUALIFIER_NONE}, group.part);
    out->value.number_tokens = (uint32_t)none;
    out->subset = true;
    return true;
}

/* "she": one person told of before. */
static bool pronoun_read(const struct scan *s, size_t i, struct person *out)
{
    if (!list_at(s, s->pronouns, i, NULL))
        return false;
    person_set(out, i, i + 1, count_one(), (struct slice){"", 0});
    out->value.singular = out->value.pronoun = out->subset = true;
    return true;
}

static bool person_read(struct scan *s, size_t i, struct person *out)
{
    if (s->count_at[i - s->begin])
        return counted_read(s, i, out);
    const struct token *token = &s->doc->tokens[i];
    if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER)
        return false;
    if (token->word != WORD_UNKNOWN && (none_read(s, i, out) || definite_read(s, i, out) || pronoun_read(s, i, out)))
        return true;
    if ((token->word != WORD_UNKNOWN || token->kind == TOKEN_NUMBER) && single_read(s, i, out))
        return true;
    return token->flags & TOKEN_CAPITAL && named_read(s, i, out);
}

/* The phrase at token i, read once; NULL when there is none. */
static int person_get(struct scan *s, size_t i, const struct person **out, struct error *err)
{
    size_t at = i - s->begin;
    struct person person;
    *out = NULL;
    if (i >= s->end)
        return 0;
    if (!s->person_done[at]) {
        s->person_done[at] = true;
        if (person_read(s, i, &person)) {
            s->person_at[at] = ARENA_NEW(s->values->arena, struct person);
            if (!s->person_at[at])
                return arena_full(s->values->arena, err);
            *s->person_at[at] = person;
        }
    }
    *out = s->person_at[at];
    return 0;
}

/* ---- asides -------------------------------------------------------------------------------------- */

/* ", including 22 assailants," or ", a driver and his son," behind counted people, right before what became of them: the tokens
 * it takes, 0 when there is none. Those told in it are among the people counted. */
static size_t aside_at(const struct scan *s, size_t k)
{
    size_t comma = is_punct(s, k, ',') || is_punct(s, k, '(') || is_dash(s, k);
    size_t word = list_at(s, s->including, k + comma, NULL);
    word = word || !comma ? word : list_at(s, s->naming, k + comma, NULL);
    size_t limit = k + ASIDE_MAX < s->end ? k + ASIDE_MAX : s->end;
    if (!word && !(comma && (list_at(s, s->articles, k + comma, NULL) || (k + comma < s->end && is_name_word(s, k + comma)))))
        return 0;
    for (size_t i = k + comma + word; i < limit; i++) {
        if (i > k + comma && is_fate(s, i) && list_at(s, s->joins, i - 1, NULL))
            return 0;
        if (i > k + comma && is_fate(s, i))
            return word || is_punct(s, i - 1, ',') || is_punct(s, i - 1, ')') || is_dash(s, i - 1) ? i - k : 0;
        if (is_punct(s, i, ';') || list_at(s, s->aside_ends, i, NULL))
            return 0;
    }
    return 0;
}

/* ", including the chief" before ", and five assailants": the tokens it takes, 0 when there is none. */
static size_t aside_between(const struct scan *s, size_t k)
{
    size_t word = is_punct(s, k, ',') ? list_at(s, s->including, k + 1, NULL) : 0;
    size_t limit = k + ASIDE_MAX < s->end ? k + ASIDE_MAX : s->end;
    for (size_t i = k + 1 + word; word && i < limit; i++) {
        if (is_fate(s, i) || is_punct(s, i, ';'))
            return 0;
        size_t join = is_punct(s, i, ',') ? list_at(s, s->joins, i + 1, NULL) : 0;
        if (join && i + 1 + join < s->end && s->count_at[i + 1 + join - s->begin])
            return i - k;
    }
    return 0;
}

/* ---- sums ---------------------------------------------------------------------------------------- */

static void share_add(struct count_value *sum, const struct count_share *share)
{
    for (size_t i = 0; i < sum->n_shares; i++) {
        if (slice_equal(sum->shares[i].part, share->part)) {
            sum->shares[i].count = count_add(&sum->shares[i].count, &share->count);
            return;
        }
    }
    if (sum->n_shares < COUNT_MAX_SHARES)
        sum->shares[sum->n_shares++] = *share;
}

/* ", ages 7 and 10," behind people: the tokens it takes without the last comma, 0 when there is none. */
static size_t ages_at(const struct scan *s, size_t k)
{
    size_t word = is_punct(s, k, ',') ? list_at(s, s->ages, k + 1, NULL) : 0;
    if (!word)
        return 0;
    size_t i = k + 1 + word;
    while (i < s->end && (s->number_len[i - s->begin] || is_punct(s, i, ',') || list_at(s, s->joins, i, NULL))) {
        size_t number = s->number_len[i - s->begin];
        size_t behind = number ? i + number : i;
        if (number && is_punct(s, behind, ',') && (behind + 1 >= s->end || !s->number_len[behind + 1 - s->begin]))
            return behind - k;
        i += number ? number : 1;
    }
    return 0;
}

/* Where the next summand may begin behind token k, 0 when nothing joins; *last: an "and" stands there. */
static size_t join_at(const struct scan *s, size_t k, bool *last)
{
    k += ages_at(s, k);
    size_t start = k + is_punct(s, k, ',');
    size_t join = list_at(s, s->joins, start, NULL);
    *last = join > 0;
    if (join == 0 && start == k)
        return 0;
    k = start + join;
    k += list_at(s, s->further, k, NULL);
    /* "and the four assailants" */
    size_t the = list_at(s, s->definite, k, NULL);
    return the && k + the < s->end && s->count_at[k + the - s->begin] ? k + the : k;
}

static void summand_add(struct count_value *sum, const struct count_value *part)
{
    sum->n_tokens = part->first + part->n_tokens - sum->first;
    sum->number_tokens = sum->n_tokens;
    sum->count = count_beside(&sum->count, &part->count);
    sum->singular = false;
    sum->named = sum->named || part->named;
    for (size_t i = 0; i < part->n_shares; i++)
        share_add(sum, &part->shares[i]);
}

/* "Three people, two women and a child" are three, "at least four civilians, two women and two children" at least four:
 * what follows a general word and comes to the same number only says who they were. */
static void sum_explain(struct count_value *sum, const struct count_value *whole)
{
    struct slice part = whole->shares[0].part;
    int64_t number = whole->count.best;
    if (whole->n_shares != 1 || (part.len && !slice_is(part, "civilian")) || number < 2 ||
        number == COUNT_OPEN || sum->count.best != 2 * number)
        return;
    sum->count = whole->count;
    if (!part.len && sum->shares[0].count.best == number) {
        memmove(&sum->shares[0], &sum->shares[1], (sum->n_shares - 1u) * sizeof sum->shares[0]);
        sum->n_shares--;
    }
}

/* "killed two soldiers and five others were hurt": the first is an object, the last a subject, and no sum. */
static bool is_two_clauses(const struct scan *s, const struct count_value *sum)
{
    size_t behind = sum->first + sum->n_tokens;
    return sum->first > s->begin && list_at(s, s->harms, sum->first - 1, NULL) &&
           (list_at(s, s->auxiliaries, behind, NULL) || list_at(s, s->dead, behind, NULL) ||
            list_at(s, s->hurt, behind, NULL));
}

/* Offers a value, and once more with the aside behind it: "35 people, including 22 assailants,". */
static int offer(struct scan *s, const struct count_value *value, bool bare, struct error *err)
{
    unsigned flags = VALUE_PEOPLE | (value->singular ? VALUE_ONE : 0u) | (bare ? VALUE_NAME : 0u);
    if (count_value_add(s->values, s->list, value, (enum value_flag)flags, err))
        return -1;
    size_t behind = value->first + value->n_tokens;
    bool may = !value->singular || value->named || (is_punct(s, behind, ',') && list_at(s, s->naming, behind + 1, NULL));
    size_t aside = !may ? 0 : aside_at(s, value->first + value->n_tokens);
    if (!aside)
        return 0;
    struct count_value wide = *value;
    wide.n_tokens += (uint32_t)aside;
    return count_value_add(s->values, s->list, &wide, (enum value_flag)flags, err);
}

static int sums_add(struct scan *s, const struct person *person, struct error *err)
{
    struct count_value sum = person->value;
    bool bare = person->bare;
    const struct person *next;
    for (int summands = 1; summands < COUNT_MAX_SHARES; summands++) {
        bool last;
        size_t k = sum.first + sum.n_tokens;
        k = join_at(s, k + aside_between(s, k), &last);
        if (!k)
            return 0;
        if (person_get(s, k, &next, err))
            return -1;
        if (!next || next->subset)
            return 0;
        bare = bare || next->bare;
        summand_add(&sum, &next->value);
        if ((!last && (!s->sentence->is_title || bare)) || count_value_of(&sum.count) == COUNT_OPEN ||
            is_two_clauses(s, &sum))
            continue;
        struct count_value offered = sum;
        if (summands > 1)
            sum_explain(&offered, &person->value);
        if (offer(s, &offered, bare, err))
            return -1;
    }
    return 0;
}

/* ---- the sentence -------------------------------------------------------------------------------- */

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
    if (!s->count_at || !s->number_at || !s->number_len || !s->person_at || !s->person_done ||
        !s->dropped)
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
    s->aside_ends = language_list(language, "aside-ends");
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

static void counts_drop(struct scan *s)
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
static int scan_begin(struct scan *s, struct report_values *values, size_t index,
                      struct value_list *list, struct error *err)
{
    const struct sentence *sentence = &values->doc->sentences[index];
    if (!values->people_words) {
        struct scan *words = ARENA_NEW(values->arena, struct scan);
        if (!words)
            return arena_full(values->arena, err);
        words->values = values;
        words->doc = values->doc;
        scan_words(words);
        values->people_words = words;
    }
    *s = *values->people_words;
    s->list = list;
    s->sentence = sentence;
    s->begin = sentence->first;
    s->end = sentence->first + sentence->count;
    return 0;
}

int people_find(struct report_values *values, size_t index, struct value_list *list,
                struct error *err)
{
    struct scan s = {0};
    const struct person *person;
    size_t counted_until = 0;
    if (scan_begin(&s, values, index, list, err) || scan_arrays(&s, err))
        return -1;
    scan_numbers(&s);
    for (size_t i = s.begin; i < s.end; i++) {
        if (person_get(&s, i, &person, err))
            return -1;
        if (!person || s.dropped[i - s.begin])
            continue;
        /* "Smith were killed" is the end of a sum. */
        size_t first = person->value.first;
        if (person->bare && first < counted_until)
            continue; /* "three Afghan officers": part of a phrase read already */
        if (!person->bare)
            counted_until = first + person->value.n_tokens;
        bool part = person->bare && person->value.singular &&
                    list_at(&s, s.plural_verbs, person->value.first + person->value.n_tokens, NULL);
        if ((!part && offer(&s, &person->value, person->bare, err)) ||
            (!person->subset && sums_add(&s, person, err)))
            return -1;
    }
    counts_drop(&s);
    value_list_sort(list);
    return 0;
}
