#include "extract/background.h"

#include <string.h>

#define OPENING_SENTENCES 4
#define LATE_SENTENCES 5

static bool is_own(const struct claim *claim)
{
    return claim->part == SCHEMA_NONE && claim->role == CLAIM_FIGURE && claim->count.qualifier != QUALIFIER_NONE;
}

static void earlier_mark(const struct report_values *values, struct claims *claims)
{
    const struct word_list *words = values_list(values, "earlier-event");
    bool told = false;
    uint32_t phrase;
    for (size_t i = 0; words && i < claims->n; i++) {
        struct claim *claim = &claims->items[i];
        const struct sentence *sentence = &values->doc->sentences[claim->sentence];
        if (!values->ruleset->schema.fields[claim->field].people || sentence->is_title)
            continue;
        if (told && word_list_match(words, values->doc, sentence->first, sentence->first + sentence->count, &phrase))
            claim->role = CLAIM_ELSEWHERE;
        told = told || is_own(claim);
    }
}

/* The first sentence that counts somebody in a field; UINT32_MAX when none does. */
static uint32_t first_sentence(const struct report_values *values, const struct claims *claims, const char *field)
{
    uint16_t index = schema_find(&values->ruleset->schema, slice_of(field));
    for (size_t i = 0; i < claims->n; i++)
        if (claims->items[i].field == index && is_own(&claims->items[i]))
            return claims->items[i].sentence;
    return UINT32_MAX;
}

static void late_dead_mark(const struct report_values *values, struct claims *claims)
{
    uint32_t hurt = first_sentence(values, claims, "wounded"), dead = first_sentence(values, claims, "killed");
    if (hurt > OPENING_SENTENCES || dead == UINT32_MAX || dead <= hurt + LATE_SENTENCES)
        return;
    uint16_t killed = schema_find(&values->ruleset->schema, SLICE_LITERAL("killed"));
    for (size_t i = 0; i < claims->n; i++) {
        struct claim *claim = &claims->items[i];
        if (claim->field == killed && !claim->told && !claim->rule->running_total && claim->count.qualifier != QUALIFIER_NONE)
            claim->role = CLAIM_ELSEWHERE;
    }
}

void background_mark(const struct report_values *values, struct claims *claims)
{
    earlier_mark(values, claims);
    late_dead_mark(values, claims);
}
