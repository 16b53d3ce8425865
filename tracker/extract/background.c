#include "extract/background.h"

#include <string.h>

#include "extract/stories.h"

#define OPENING_SENTENCES 4
#define LATE_SENTENCES 5

/* Does a sentence name a phrase of a list? */
static bool sentence_names(const struct report_values *values, const struct word_list *words,
                           uint32_t index)
{
    const struct document *doc = values->doc;
    const struct sentence *sentence = &doc->sentences[index];
    size_t end = sentence->first + sentence->count;
    const uint64_t *first = words ? words->first : NULL;
    uint32_t phrase;
    for (size_t k = sentence->first; first && k < end; k++) {
        uint32_t bit = doc->tokens[k].word % WORD_LIST_BITS;
        if (first[bit / 64] >> (bit % 64) & 1 && word_list_longest(words, doc, k, end, &phrase))
            return true;
    }
    return false;
}

bool background_names(const struct report_values *values, const char *list)
{
    const struct word_list *words = language_list(values->language, list);
    for (uint32_t i = 0; words && i < values->doc->n_sentences; i++)
        if (sentence_names(values, words, i))
            return true;
    return false;
}

static bool is_own(const struct claim *claim)
{
    return claim->part == SCHEMA_NONE && claim->role == CLAIM_FIGURE &&
           claim->count.qualifier != QUALIFIER_NONE;
}

/* Policy 2. */
static void earlier_mark(const struct report_values *values, struct claims *claims)
{
    const struct word_list *words = values_list(values, "earlier-event");
    uint32_t told = UINT32_MAX; /* the sentence that first told of the report's own event */
    uint32_t phrase;
    for (size_t i = 0; words && i < claims->n; i++) {
        struct claim *claim = &claims->items[i];
        const struct sentence *sentence = &values->doc->sentences[claim->sentence];
        if (!values->ruleset->schema.fields[claim->field].people || sentence->is_title)
            continue;
        if (told < claim->sentence && word_list_match(words, values->doc, sentence->first,
                                                      sentence->first + sentence->count, &phrase))
            claim->role = CLAIM_ELSEWHERE;
        if (told == UINT32_MAX && is_own(claim))
            told = claim->sentence;
    }
}

/* The first sentence that counts somebody in a field; UINT32_MAX when none does. */
static uint32_t first_sentence(const struct report_values *values, const struct claims *claims,
                               const char *field)
{
    uint16_t index = schema_find(&values->ruleset->schema, slice_of(field));
    for (size_t i = 0; i < claims->n; i++)
        if (claims->items[i].field == index && is_own(&claims->items[i]))
            return claims->items[i].sentence;
    return UINT32_MAX;
}

/* Policy 4. */
static void late_dead_mark(const struct report_values *values, struct claims *claims)
{
    uint32_t hurt = first_sentence(values, claims, "wounded"),
             dead = first_sentence(values, claims, "killed");
    if (hurt > OPENING_SENTENCES || dead == UINT32_MAX || dead <= hurt + LATE_SENTENCES)
        return;
    uint16_t killed = schema_find(&values->ruleset->schema, SLICE_LITERAL("killed"));
    for (size_t i = 0; i < claims->n; i++) {
        struct claim *claim = &claims->items[i];
        if (claim->field == killed && !claim->told && !claim->rule->running_total &&
            claim->count.qualifier != QUALIFIER_NONE)
            claim->role = CLAIM_ELSEWHERE;
    }
}

/* "Other sources report ...": another version of what was told. */
static void version_mark(const struct report_values *values, struct claims *claims)
{
    const struct word_list *words = language_list(values->language, "other-version");
    uint32_t phrase;
    for (size_t i = 0; words && i < claims->n; i++) {
        struct claim *claim = &claims->items[i];
        const struct sentence *sentence = &values->doc->sentences[claim->sentence];
        bool told = false;
        for (size_t k = 0; k < i && !told; k++)
            told = claims->items[k].field == claim->field &&
                   claims->items[k].sentence < claim->sentence && is_own(&claims->items[k]);
        if (told && claim->role == CLAIM_FIGURE &&
            word_list_match(words, values->doc, sentence->first, sentence->first + sentence->count,
                            &phrase))
            claim->role = CLAIM_RESTATED;
    }
}

/* Policy 3. "Eight people were killed in shootings across the city": the sum of several events is
 * no event's. So is what follows a sentence that only says so. */
static void several_mark(const struct report_values *values, struct claims *claims)
{
    const struct word_list *words = language_list(values->language, "several-events");
    const struct sentence *sentences = values->doc->sentences;
    for (size_t i = 0; words && i < claims->n; i++) {
        struct claim *claim = &claims->items[i];
        uint32_t index = claim->sentence;
        if (!values->ruleset->schema.fields[claim->field].people ||
            claim->count.qualifier == QUALIFIER_NONE)
            continue;
        bool follows = index > 0 && sentences[index - 1].paragraph == sentences[index].paragraph &&
                       !(i > 0 && claims->items[i - 1].sentence == index - 1);
        if (sentence_names(values, words, index) ||
            (follows && sentence_names(values, words, index - 1)))
            claim->role = CLAIM_ELSEWHERE;
    }
}

bool background_is_accident(const struct report_values *values)
{
    return background_names(values, "accidents") && !background_names(values, "violent-acts");
}

/* Policy 6. */
static void accident_mark(const struct report_values *values, struct claims *claims)
{
    const struct word_list *accidents = language_list(values->language, "mere-accidents"),
                           *violence = language_list(values->language, "violent-acts");
    bool whole = claims->n && background_is_accident(values);
    for (size_t i = 0; i < claims->n; i++) {
        uint32_t in = claims->items[i].sentence;
        if (values->ruleset->schema.fields[claims->items[i].field].people &&
            (whole ||
             (sentence_names(values, accidents, in) && !sentence_names(values, violence, in))))
            claims->items[i].role = CLAIM_ELSEWHERE;
    }
}

static bool names_attack(const struct report_values *values)
{
    for (uint32_t i = 0; i < values->doc->n_sentences; i++)
        if (sentence_names(values, &values->language->attacks, i))
            return true;
    return false;
}

/* Policy 5: people who went missing without an attack, or dead or wounded, to be looked for after.
 */
static void missing_mark(const struct report_values *values, struct claims *claims)
{
    uint16_t missing = schema_find(&values->ruleset->schema, SLICE_LITERAL("missing"));
    bool any = false;
    for (size_t i = 0; i < claims->n; i++) {
        if (claims->items[i].field != missing && is_own(&claims->items[i]))
            return;
        any = any || claims->items[i].field == missing;
    }
    if (!any || names_attack(values))
        return;
    for (size_t i = 0; i < claims->n; i++)
        if (claims->items[i].field == missing)
            claims->items[i].role = CLAIM_ELSEWHERE;
}

void background_mark(const struct report_values *values, struct claims *claims)
{
    stories_mark(values, claims);
    earlier_mark(values, claims);
    missing_mark(values, claims);
    late_dead_mark(values, claims);
    version_mark(values, claims);
    several_mark(values, claims);
    accident_mark(values, claims);
}
