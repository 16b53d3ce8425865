#include "extract/event_values.h"

#include <stdlib.h>

#include "extract/counts.h"

/* The claims of one event, field and part, in order of text. */
struct candidates {
    struct claim **items;
    size_t n;
};

static bool in_title(const struct report_values *values, const struct claim *claim)
{
    return values->doc->sentences[claim->sentence].is_title;
}

/* The last running total, or NULL. */
static struct claim *running_total(const struct candidates *list)
{
    struct claim *last = NULL;
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i]->rule->running_total)
            last = list->items[i];
    return last;
}

/* The first claim of the body, else of the title. */
static struct claim *first_told(const struct report_values *values, const struct candidates *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (!in_title(values, list->items[i]))
            return list->items[i];
    return list->n ? list->items[0] : NULL;
}

/* Whom a claim counts: the one part its shares name ("attacker", "military"), SCHEMA_NONE for people in general or mixed. */
static uint16_t people_of(const struct claims *claims, const struct claim *claim)
{
    uint16_t part = SCHEMA_NONE;
    size_t n = 0;
    for (size_t i = 0; i < claims->n; i++) {
        const struct claim *share = &claims->items[i];
        if (share->match == claim->match && share->field == claim->field && share->token == claim->token &&
            share->part != SCHEMA_NONE && share->role == CLAIM_PART) {
            part = share->part;
            n++;
        }
    }
    return n == 1 ? part : SCHEMA_NONE;
}

static bool counts_attackers(const struct report_values *values, const struct claims *claims,
                             const struct claim *claim)
{
    uint16_t part = people_of(claims, claim);
    if (part == SCHEMA_NONE)
        return false;
    return slice_is(values->ruleset->schema.fields[claim->field].parts[part], "attacker");
}

/* A field that one match names twice: "three Kalibr missiles and 33 X-101 missiles" are 36. */
static bool sums_up(const struct claim *first, const struct claim *next)
{
    return next->match == first->match && next->token != first->token &&
           next->count.qualifier != QUALIFIER_NONE && first->count.qualifier != QUALIFIER_NONE;
}

/* Whether `next` tells of other people than those in `sum`, so that the two add up. */
static bool adds(const struct report_values *values, const struct claims *claims,
                 const struct claim *first, const struct claim *next)
{
    if (next->count.qualifier == QUALIFIER_NONE || first->count.qualifier == QUALIFIER_NONE)
        return false;
    if (counts_attackers(values, claims, first) != counts_attackers(values, claims, next))
        return true;
    if (first->sentence != next->sentence || first->token == next->token)
        return false;
    uint16_t a = people_of(claims, first), b = people_of(claims, next);
    return a != b && a != SCHEMA_NONE && b != SCHEMA_NONE;
}

static int value_add(struct report_values *values, struct event *event, size_t *capacity,
                     const struct event_value *value, struct error *err)
{
    if (arena_grow(values->arena, &event->values, capacity, event->n_values, sizeof *event->values, err))
        return -1;
    event->values[event->n_values++] = *value;
    return 0;
}

static int choose_one(struct report_values *values, struct claims *claims, const struct candidates *list,
                      struct event *event, size_t *capacity, struct error *err)
{
    struct claim *chosen = running_total(list);
    bool running = chosen != NULL;
    if (!chosen)
        chosen = first_told(values, list);
    if (!chosen)
        return 0;
    struct event_value value = {chosen->field, chosen->part, chosen->count,
                                (uint32_t)(chosen - claims->items)};
    bool attackers_told = counts_attackers(values, claims, chosen);
    for (size_t i = 0; i < list->n; i++) {
        struct claim *claim = list->items[i];
        if (claim == chosen)
            continue;
        bool more = !running && claim > chosen && chosen->part == SCHEMA_NONE && !in_title(values, claim) &&
                    adds(values, claims, chosen, claim);
        if (sums_up(chosen, claim)) {
            value.count = count_add(&value.count, &claim->count);
            continue;
        }
        bool attackers = counts_attackers(values, claims, claim);
        if (more && attackers && attackers_told)
            more = false; /* the attackers were counted already: said again */
        if (more) {
            value.count = count_add(&value.count, &claim->count);
            attackers_told = attackers_told || attackers;
        } else if (claim->role == CLAIM_FIGURE) {
            claim->role = CLAIM_RESTATED;
        }
    }
    return value_add(values, event, capacity, &value, err);
}

/* Fills `list` with the claims of the event for one measure; first those that count, else an enemy's claims. */
static void candidates_of(const struct claims *claims, uint32_t index, uint16_t field, uint16_t part,
                          struct candidates *list)
{
    bool enemy = false;
    do {
        list->n = 0;
        for (size_t i = 0; i < claims->n; i++) {
            struct claim *claim = &claims->items[i];
            if (claim->event == index && claim->field == field && claim->part == part &&
                claim->role != CLAIM_ELSEWHERE && claim->role != CLAIM_RESTATED &&
                (claim->role == CLAIM_ENEMY) == enemy && (part != SCHEMA_NONE || claim->role != CLAIM_PART))
                list->items[list->n++] = claim;
        }
        enemy = !enemy;
    } while (!list->n && enemy);
}

static int value_compare(const void *a, const void *b)
{
    const struct event_value *x = a, *y = b;
    if (x->field != y->field)
        return x->field < y->field ? -1 : 1;
    int xp = x->part == SCHEMA_NONE ? -1 : x->part, yp = y->part == SCHEMA_NONE ? -1 : y->part;
    return (xp > yp) - (xp < yp);
}

int event_values_choose(struct report_values *values, struct claims *claims, uint32_t index,
                        struct event *event, struct error *err)
{
    struct candidates list = {.items = ARENA_ARRAY(values->arena, struct claim *, claims->n)};
    if (!list.items)
        return arena_full(values->arena, err);
    size_t capacity = 0;
    const struct schema *schema = &values->ruleset->schema;
    for (uint16_t field = 0; field < schema->n_fields; field++) {
        if (schema->fields[field].type != VALUE_COUNT)
            continue;
        for (int part = -1; part < schema->fields[field].n_parts; part++) {
            candidates_of(claims, index, field, part < 0 ? SCHEMA_NONE : (uint16_t)part, &list);
            if (list.n && choose_one(values, claims, &list, event, &capacity, err))
                return -1;
        }
    }
    if (event->n_values)
        qsort(event->values, event->n_values, sizeof *event->values, value_compare);
    return 0;
}
