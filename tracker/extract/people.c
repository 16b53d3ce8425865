/*
 * Persons as values: a count with the people it counts, one person without a number, a named
 * person, and sums of these. Every phrase is read once from the token it begins at and remembered;
 * a sum joins at most COUNT_MAX_SHARES of them, so the work is linear in the sentence.
 *
 * A sum is offered only where its last join is "and" (or in a headline): "two people, five others
 * were hurt" is no sum. The first phrase alone is offered too; the matcher tries the longest first.
 */
#include "extract/person_group.h"

#define AGE_MAX 110
#define ASIDE_MAX 30 /* tokens of ", including a child," */

/* ---- one phrase ---- */

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

static const struct slice NO_PART = {"", 0};
static const struct count COUNT_TWO = {2, 2, 2, QUALIFIER_EXACT};

static struct count count_one(void)
{
    return (struct count){1, 1, 1, QUALIFIER_EXACT};
}

/* ", 45" or " (45)" behind a person is an age: returns the tokens it takes, 0 for none. */
static size_t age_at(struct scan *s, size_t k)
{
    bool bracket = scan_is_punct(s, k, '(');
    size_t plain = k < s->end ? s->number_len[k - s->begin] : 0;
    size_t years = plain ? scan_list(s, LIST_YEARS, k + plain) : 0;
    if (years) /* "a man 45 years" */
        return plain + years;
    if ((!bracket && !scan_is_punct(s, k, ',')) || k + 1 >= s->end)
        return 0;
    size_t at = k + 1 - s->begin;
    if (s->number_at[at] < 1 || s->number_at[at] > AGE_MAX)
        return 0;
    size_t next = k + 1 + s->number_len[at];
    bool stop = next >= s->end || scan_is_punct(s, next, ',') || scan_is_punct(s, next, '.') ||
                scan_is_punct(s, next, ';') || scan_is_punct(s, next, ')') ||
                scan_list(s, LIST_JOINS, next);
    if (bracket ? !scan_is_punct(s, next, ')') : !stop)
        return 0;
    s->dropped[at] = s->any_dropped = true;
    return next + bracket - k;
}

/* What became of people stands right behind them: "one of the four people wounded", "one of four
 * who were shot" tell of four. */
static bool shares_fate(const struct scan *s, size_t end)
{
    return scan_list(s, LIST_HURT, end) || scan_list(s, LIST_DEAD, end) ||
           scan_list(s, LIST_HARMS, end) || scan_list(s, LIST_PLURAL_VERBS, end + 1);
}

static bool counted_read(struct scan *s, size_t i, struct person *out)
{
    const struct count_value *number = &s->values->counts[s->count_at[i - s->begin] - 1];
    size_t j = number->first + number->n_tokens;
    bool single = number->count.low == 1 && number->count.best == 1;
    struct group group = group_read(s, j, true, single);
    bool subset = false;
    if (!group.end) {
        size_t them = scan_list(s, LIST_AMONG_THEM, j), among = scan_list(s, LIST_AMONG, j);
        subset = true;
        if (among) {
            size_t k = j + among;
            size_t total = k < s->end ? s->number_len[k - s->begin] : 0;
            group = group_read(s, k + total, true, false);
            if (group.end && total && single && shares_fate(s, group.end))
                return false;
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
    out->subset = (subset && group.noun == s->end) || scan_list(s, LIST_OUTCOMES, group.noun);
    return true;
}

/* "his father and [brother]", "a 7-year-old boy and [9-year-old girl]": a second person under the
 * first one's article. With "a" a bare noun names the same person: "a teacher and coach". */
static bool sharing_read(const struct scan *s, const struct count_value *first, size_t i,
                         struct person *out)
{
    if (!first->singular || first->named || !s->marked->lists[LIST_ARTICLES] || i >= s->end ||
        s->count_at[i - s->begin])
        return false;
    bool aged = s->number_len[i - s->begin] && !scan_list(s, LIST_PERSON, i);
    size_t noun = scan_list(s, LIST_PERSON, i);
    if (!aged && !(noun && scan_list(s, LIST_POSSESSIVES, first->first)))
        return false;
    struct group group = group_read(s, i, false, true);
    if (!group.end)
        return false;
    person_set(out, i, group.end + group_name(s, group.end), count_one(), group.part);
    out->value.singular = true;
    return true;
}

/* "and another was hurt", "injuring another": a person by itself. */
static bool alone_read(const struct scan *s, size_t i, struct person *out)
{
    size_t n = scan_list(s, LIST_ALONE, i), k = i + n;
    const list_set behind = LIST_BIT(LIST_AUXILIARIES) | LIST_BIT(LIST_DEAD) | LIST_BIT(LIST_HURT) |
                            LIST_BIT(LIST_STOPS);
    if (!n || !(k >= s->end || s->doc->tokens[k].kind == TOKEN_PUNCT || scan_any(s, behind, k)))
        return false;
    person_set(out, i, k, count_one(), (struct slice){"", 0});
    out->value.singular = true;
    return true;
}

/* Whether words of a list begin the phrase: without an article before them nothing else tells that
 * a person's phrase begins here. */
static bool begins_bare(const struct scan *s, size_t i)
{
    return s->doc->tokens[i].kind == TOKEN_NUMBER || scan_list(s, LIST_PERSON, i) ||
           scan_list(s, LIST_MODIFIERS, i);
}

/* "a man", "his 5-year-old son", "her two children"; with no article before it in a headline, at
 * the start, or before a name ("killed district governor Omar Hadi"). */
static bool single_read(struct scan *s, size_t i, struct person *out)
{
    size_t article = scan_list(s, LIST_ARTICLES, i);
    if (scan_is_hyphen(s, i + article)) /* "one-year-old" */
        article = 0;
    size_t possessive = article ? 0 : scan_list(s, LIST_POSSESSIVES, i);
    size_t j = i + article + possessive;
    /* In a language without articles a noun stands alone anywhere. */
    bool articles = s->marked->lists[LIST_ARTICLES];
    bool free = j != i || i == s->begin || !articles || s->sentence->is_title ||
                scan_list(s, LIST_OWNERS, i - 1);
    bool harmed = i > s->begin && scan_list(s, LIST_HARMS, i - 1);
    if (possessive && j < s->end && s->count_at[j - s->begin]) {
        if (!counted_read(s, j, out))
            return false;
        out->value.n_tokens += (uint32_t)(j - i);
        out->value.first = (uint32_t)i;
        return true;
    }
    struct group group = {0};
    unsigned near = j < s->end ? s->near[j - s->begin] : 0;
    /* What is not free needs a name behind it, or a comma. */
    bool may = free || harmed || near & NEAR_NAME || scan_list(s, LIST_ALONE, i);
    if (near & NEAR_ONE && may && (articles || j != i || begins_bare(s, i)))
        group = group_read(s, j, false, true);
    if (!group.end)
        return alone_read(s, i, out);
    size_t end = group.end + group_name(s, group.end);
    bool object = harmed && scan_is_punct(s, end, ',');
    if (!free && !object && end == group.end)
        return false;
    bool named = end > group.end;
    end += age_at(s, end);
    size_t pair = scan_list(s, LIST_PAIRS, group.noun);
    if (pair && group.noun + pair >= group.end) {
        struct slice part = scan_list(s, LIST_JOINS, group.end) ? NO_PART : group.part;
        person_set(out, i, group.noun + pair, COUNT_TWO, part);
        return true;
    }
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
        if (scan_list(s, LIST_PLACES_BEFORE, i))
            return true;
        if (!scan_is_name(s, i) && !scan_is_punct(s, i, ',') && !scan_list(s, LIST_NAME_JOINS, i) &&
            !scan_is_hyphen(s, i) && !scan_list(s, LIST_ARTICLES, i))
            return false;
    }
    return false;
}

/* "a man named X": the name counts nobody more. */
static bool is_naming(const struct scan *s, size_t i)
{
    return (i > s->begin && scan_list(s, LIST_NAMING, i - 1) == 1) ||
           (i > s->begin + 1 && scan_list(s, LIST_NAMING, i - 2) == 2);
}

/* "Anna Kovalenko, 45," or "Kovalenko, a teacher,"; a name by itself is bare: it may be anything.
 */
static bool named_read(struct scan *s, size_t i, struct person *out)
{
    if (i > s->begin && (scan_is_name(s, i - 1) ||
                         (s->sentence->is_title && s->doc->tokens[i].word != WORD_UNKNOWN)))
        return false;
    if ((i > s->begin && scan_list(s, LIST_ARTICLES, i - 1)) ||
        (i > s->begin && scan_is_punct(s, i - 1, '(')))
        return false;
    size_t n = group_name(s, i), k = i + n;
    if (!n || (n == 1 && i == s->begin && s->doc->tokens[i].word != WORD_UNKNOWN) ||
        is_naming(s, i) || is_place_list(s, i))
        return false;
    size_t age = age_at(s, k), end = k + age;
    struct group role = {0};
    if (scan_is_punct(s, end, ',')) {
        size_t article = scan_list(s, LIST_ARTICLES, end + 1);
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
    size_t the = scan_list(s, LIST_DEFINITE, i);
    size_t j = i + the;
    if (!the || j >= s->end || s->number_len[j - s->begin])
        return false;
    /* Nouns of several, or a name nobody lists. */
    if (!(s->near[j - s->begin] & NEAR_MANY) && s->doc->tokens[j].word != WORD_UNKNOWN)
        return false;
    struct group group = group_read(s, j, true, false);
    if (!group.end || scan_list(s, LIST_OUTCOMES, group.noun))
        return false;
    struct count open = {COUNT_OPEN, COUNT_OPEN, COUNT_OPEN, QUALIFIER_EXACT};
    person_set(out, i, group.end, open, group.part);
    out->bare = out->subset = true;
    return true;
}

/* "no civilians", "not a single soldier": a stated zero. */
static bool none_read(const struct scan *s, size_t i, struct person *out)
{
    size_t none = scan_list(s, LIST_NONE_OF, i);
    if (!none || scan_list(s, LIST_NEVER_NONE, i + none))
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
    if (!scan_list(s, LIST_PRONOUNS, i))
        return false;
    person_set(out, i, i + 1, count_one(), (struct slice){"", 0});
    out->value.singular = out->value.pronoun = out->subset = true;
    return true;
}

/* "no", "the" and "she". */
#define OPENERS (LIST_BIT(LIST_NONE_OF) | LIST_BIT(LIST_DEFINITE) | LIST_BIT(LIST_PRONOUNS))

/* Whether a phrase may begin at token i: a first look that most words do not pass. */
static inline bool may_begin(const struct scan *s, size_t i)
{
    const list_set opening =
        OPENERS | LIST_BIT(LIST_ARTICLES) | LIST_BIT(LIST_POSSESSIVES) | LIST_BIT(LIST_ALONE);
    const struct token *token = &s->doc->tokens[i];
    unsigned near = s->near[i - s->begin];
    if (s->count_at[i - s->begin] || token->flags & TOKEN_CAPITAL || token->kind == TOKEN_NUMBER ||
        lists_at(s->marked, s->doc, i) & opening)
        return true;
    if (!(near & NEAR_ONE) || token->kind != TOKEN_WORD || token->word == WORD_UNKNOWN)
        return false;
    return near & NEAR_NAME || i == s->begin || s->sentence->is_title ||
           !s->marked->lists[LIST_ARTICLES] ||
           lists_at(s->marked, s->doc, i - 1) & (LIST_BIT(LIST_OWNERS) | LIST_BIT(LIST_HARMS));
}

static bool person_read(struct scan *s, size_t i, struct person *out)
{
    const struct token *token = &s->doc->tokens[i];
    if (s->count_at[i - s->begin])
        return counted_read(s, i, out) ||
               (scan_list(s, LIST_ARTICLES, i) && single_read(s, i, out));
    if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER)
        return false;
    if (lists_at(s->marked, s->doc, i) & OPENERS &&
        (none_read(s, i, out) || definite_read(s, i, out) || pronoun_read(s, i, out)))
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
        if (may_begin(s, i) && person_read(s, i, &person)) {
            s->person_at[at] = ARENA_NEW(s->values->arena, struct person);
            if (!s->person_at[at])
                return arena_full(s->values->arena, err);
            *s->person_at[at] = person;
        }
    }
    *out = s->person_at[at];
    return 0;
}

/* ---- asides ---- */

/* ", including 22 assailants," or ", a driver and his son," behind counted people, right before
 * what became of them: the tokens it takes, 0 when there is none. Those told in it are among the
 * people counted. */
static size_t aside_at(const struct scan *s, size_t first, size_t k)
{
    size_t comma = scan_is_punct(s, k, ',') || scan_is_punct(s, k, '(') || scan_is_dash(s, k);
    size_t word = scan_list(s, LIST_INCLUDING, k + comma);
    word = word || !comma ? word : scan_list(s, LIST_NAMING, k + comma);
    size_t limit = k + ASIDE_MAX < s->end ? k + ASIDE_MAX : s->end;
    bool told = comma && k + comma < s->end &&
                (scan_list(s, LIST_ARTICLES, k + comma) || scan_is_name(s, k + comma) ||
                 (!scan_is_punct(s, k, ',') && s->count_at[k + comma - s->begin]));
    if (!word && !told)
        return 0;
    /* "killed 40 people, among them a child, and 22 people are missing" */
    bool object = first > s->begin && scan_list(s, LIST_HARMS, first - 1), clause = false;
    for (size_t i = k + comma + word; i < limit; i++) {
        size_t join = scan_is_punct(s, i, ',') ? scan_list(s, LIST_JOINS, i + 1) : 0;
        clause = clause ||
                 (object && join && i + 1 + join < s->end && s->count_at[i + 1 + join - s->begin]);
        if (i > k + comma && scan_is_fate(s, i) &&
            (scan_list(s, LIST_JOINS, i - 1) || (clause && !scan_is_punct(s, i - 1, ','))))
            return 0;
        if (i > k + comma && scan_is_fate(s, i))
            return word || scan_is_punct(s, i - 1, ',') || scan_is_punct(s, i - 1, ')') ||
                           scan_is_dash(s, i - 1)
                       ? i - k
                       : 0;
        if (scan_is_punct(s, i, ';') || scan_list(s, LIST_ASIDE_ENDS, i))
            return 0;
    }
    return 0;
}

/* ", including the chief" before ", and five assailants": the tokens it takes, 0 when there is
 * none. */
static size_t aside_between(const struct scan *s, size_t k)
{
    size_t word = scan_is_punct(s, k, ',') ? scan_list(s, LIST_INCLUDING, k + 1) : 0;
    size_t limit = k + ASIDE_MAX < s->end ? k + ASIDE_MAX : s->end;
    for (size_t i = k + 1 + word; word && i < limit; i++) {
        if (scan_is_fate(s, i) || scan_is_punct(s, i, ';'))
            return 0;
        size_t join = scan_is_punct(s, i, ',') ? scan_list(s, LIST_JOINS, i + 1) : 0;
        if (join && i + 1 + join < s->end && s->count_at[i + 1 + join - s->begin])
            return i - k;
    }
    return 0;
}

/* ---- sums ---- */

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

/* ", ages 7 and 10," behind people: the tokens it takes without the last comma, 0 when there is
 * none. */
static size_t ages_at(const struct scan *s, size_t k)
{
    size_t word = scan_is_punct(s, k, ',') ? scan_list(s, LIST_AGES, k + 1) : 0;
    if (!word)
        return 0;
    size_t i = k + 1 + word;
    while (i < s->end && (s->number_len[i - s->begin] || scan_is_punct(s, i, ',') ||
                          scan_list(s, LIST_JOINS, i))) {
        size_t number = s->number_len[i - s->begin];
        size_t behind = number ? i + number : i;
        if (number && scan_is_punct(s, behind, ',') &&
            (behind + 1 >= s->end || !s->number_len[behind + 1 - s->begin]))
            return behind - k;
        i += number ? number : 1;
    }
    return 0;
}

/* Where the next summand may begin behind token k, 0 when nothing joins; *last: an "and" stands
 * there. */
static size_t join_at(const struct scan *s, size_t k, bool *last)
{
    k += ages_at(s, k);
    size_t start = k + scan_is_punct(s, k, ',');
    size_t join = scan_list(s, LIST_JOINS, start);
    *last = join > 0;
    if (join == 0 && start == k)
        return 0;
    k = start + join;
    k += scan_list(s, LIST_FURTHER, k);
    /* "and the four assailants" */
    size_t the = scan_list(s, LIST_DEFINITE, k);
    return the && k + the < s->end && s->count_at[k + the - s->begin] ? k + the : k;
}

static void summand_add(struct count_value *sum, const struct count_value *part)
{
    sum->n_tokens = part->first + part->n_tokens - sum->first;
    sum->number_tokens = sum->n_tokens;
    sum->count = count_beside(&sum->count, &part->count);
    sum->singular = sum->pronoun = false;
    sum->named = sum->named || part->named;
    for (size_t i = 0; i < part->n_shares; i++)
        share_add(sum, &part->shares[i]);
}

/* "Three people, two women and a child" are three, "at least four civilians, two women and two
 * children" at least four: what follows a general word and comes to the same number only says who
 * they were. */
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

/* "killed two soldiers and five others were hurt": the first is an object, the last a subject, and
 * no sum. */
static bool is_two_clauses(const struct scan *s, const struct count_value *sum)
{
    size_t behind = sum->first + sum->n_tokens;
    return sum->first > s->begin && scan_list(s, LIST_HARMS, sum->first - 1) &&
           scan_any(s, SCAN_BECAME, behind);
}

/* "40 people, among them 18 children, and 22 people are missing": the comma ends the aside. */
static bool ends_aside(const struct scan *s, const struct count_value *sum, bool comma)
{
    size_t behind = sum->first + sum->n_tokens;
    if (!comma || !(scan_list(s, LIST_AUXILIARIES, behind)))
        return false;
    for (size_t n = 1; n <= 3 && sum->first >= s->begin + n; n++)
        if (scan_list(s, LIST_INCLUDING, sum->first - n) == n)
            return true;
    return false;
}

/* Offers a value, and once more with the aside behind it: "35 people, including 22 assailants,". */
static int offer(struct scan *s, const struct count_value *value, bool bare, struct error *err)
{
    unsigned flags = VALUE_PEOPLE | (value->singular ? VALUE_ONE : 0u) | (bare ? VALUE_NAME : 0u);
    if (count_value_add(s->values, s->list, value, (enum value_flag)flags, err))
        return -1;
    size_t behind = value->first + value->n_tokens;
    bool may = !value->singular || value->named ||
               (scan_is_punct(s, behind, ',') && scan_list(s, LIST_NAMING, behind + 1));
    size_t aside = !may ? 0 : aside_at(s, value->first, value->first + value->n_tokens);
    if (!aside)
        return 0;
    struct count_value wide = *value;
    wide.n_tokens += (uint32_t)aside;
    return count_value_add(s->values, s->list, &wide, (enum value_flag)flags, err);
}

/* "she and three others": one told of before is a summand where a count follows. */
static bool pronoun_leads(const struct scan *s, const struct person *person)
{
    bool last;
    size_t k = person->value.pronoun ? person->value.first + person->value.n_tokens : s->end;
    if (k >= s->end || !scan_list(s, LIST_JOINS, k))
        return false;
    k = join_at(s, k, &last);
    return k && k < s->end && s->count_at[k - s->begin];
}

static int sums_add(struct scan *s, const struct person *person, struct error *err)
{
    struct count_value sum = person->value;
    bool bare = person->bare;
    const struct person *next;
    for (int summands = 1; summands < COUNT_MAX_SHARES; summands++) {
        bool last;
        size_t k = sum.first + sum.n_tokens;
        bool comma = scan_is_punct(s, k, ',');
        k = join_at(s, k + aside_between(s, k), &last);
        if (!k)
            return 0;
        if (person_get(s, k, &next, err))
            return -1;
        struct person shared;
        if (!next && last && summands == 1 && sharing_read(s, &sum, k, &shared))
            next = &shared;
        if (!next || next->subset)
            return 0;
        bare = bare || next->bare;
        summand_add(&sum, &next->value);
        if ((!last && (!s->sentence->is_title || bare)) ||
            count_value_of(&sum.count) == COUNT_OPEN || is_two_clauses(s, &sum) ||
            ends_aside(s, &sum, comma))
            continue;
        struct count_value offered = sum;
        if (summands > 1)
            sum_explain(&offered, &person->value);
        if (offer(s, &offered, bare, err))
            return -1;
    }
    return 0;
}

/* ---- the sentence ---- */

int people_find(struct report_values *values, size_t index, struct value_list *list,
                struct error *err)
{
    struct scan s = {0};
    const struct person *person;
    size_t counted_until = 0;
    if (scan_begin(&s, values, index, list, err))
        return -1;
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
                    scan_list(&s, LIST_PLURAL_VERBS, person->value.first + person->value.n_tokens);
        if ((!part && offer(&s, &person->value, person->bare, err)) ||
            ((!person->subset || pronoun_leads(&s, person)) && sums_add(&s, person, err)))
            return -1;
    }
    scan_counts_drop(&s);
    value_list_sort(list);
    return 0;
}
