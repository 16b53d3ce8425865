#include "extract/event_values.h"

#include <stdlib.h>

#include "extract/background.h"
#include "extract/counts.h"

/* The claims of one event, field and part, in order of text. */
struct candidates {
    struct claim **items;
    size_t n;
};

/* What choosing the numbers of one event needs. */
struct chooser {
    struct report_values *values;
    struct claims *claims;
    struct claim **mine; /* every claim of the event, in order of text */
    size_t n_mine;
    struct candidates list; /* those of one field and part */
    struct event *event;
    size_t capacity;
};

static bool in_title(const struct chooser *c, const struct claim *claim)
{
    return c->values->doc->sentences[claim->sentence].is_title;
}

/* The event's own number of a field so far, NULL when nobody told one. */
static const struct event_value *value_of(const struct chooser *c, uint16_t field)
{
    for (size_t i = 0; i < c->event->n_values; i++)
        if (c->event->values[i].field == field && c->event->values[i].part == SCHEMA_NONE)
            return &c->event->values[i];
    return NULL;
}

/* The part told nearest to the claim that gives the total, among equals the first: "at first 25,
 * three of them children, ... rose to 38, including eight children". */
static struct claim *nearest_part(const struct chooser *c, const struct claim *total)
{
    struct claim *nearest = NULL;
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < c->list.n; i++) {
        struct claim *claim = c->list.items[i];
        uint32_t away = claim->sentence > total->sentence ? claim->sentence - total->sentence
                                                          : total->sentence - claim->sentence;
        if (away < least && !in_title(c, claim)) {
            nearest = claim;
            least = away;
        }
    }
    return nearest;
}

/* Policy 18: the last running total, or NULL. */
static struct claim *running_total(const struct candidates *list)
{
    struct claim *last = NULL;
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i]->rule->running_total || list->items[i]->sums_up)
            last = list->items[i];
    return last;
}

/* Whom a claim counts: the one part its shares name ("attacker", "military"), SCHEMA_NONE for
 * people in general or mixed. Shares stand right behind their total. */
static uint16_t people_of(const struct chooser *c, const struct claim *claim)
{
    const struct claim *end = c->claims->items + c->claims->n;
    uint16_t part = SCHEMA_NONE;
    size_t n = 0;
    for (const struct claim *share = claim + 1;
         share < end && share->start == claim->start && share->field == claim->field; share++) {
        if (share->match == claim->match && share->part != SCHEMA_NONE) {
            part = share->part;
            n++;
        }
    }
    return n == 1 ? part : SCHEMA_NONE;
}

static bool counts_attackers(const struct chooser *c, const struct claim *claim)
{
    uint16_t part = people_of(c, claim);
    if (part == SCHEMA_NONE)
        return false;
    return slice_is(c->values->ruleset->schema.fields[claim->field].parts[part], "attacker");
}

/* "then killed himself": what the rule itself sets, beside the victims its words count. */
static bool is_own_death(const struct chooser *c, const struct claim *claim)
{
    return claim->rule->attackers && counts_attackers(c, claim);
}

/* The title's victims, where it tells of the gunman's own death beside them; NULL else. */
static struct claim *title_beside_own(const struct chooser *c)
{
    struct claim *victims = NULL;
    bool own = false;
    for (size_t i = 0; i < c->list.n && in_title(c, c->list.items[i]); i++) {
        if (is_own_death(c, c->list.items[i]))
            own = true;
        else if (!victims)
            victims = c->list.items[i];
    }
    return own ? victims : NULL;
}

/* The number of the body that the title gives for all: 32 in "two bombers blew themselves up and
 * killed 32" under "Bombers kill 32". NULL when there is none. */
static struct claim *told_by_title(const struct chooser *c)
{
    for (size_t i = 0; i < c->list.n; i++)
        for (size_t k = 0; k < i && in_title(c, c->list.items[k]); k++)
            if (!in_title(c, c->list.items[i]) && !is_own_death(c, c->list.items[i]) &&
                c->list.items[i]->count.best == c->list.items[k]->count.best)
                return c->list.items[i];
    return NULL;
}

/* Policy 19: the first claim of the body, else of the title. */
static struct claim *first_told(const struct chooser *c)
{
    for (size_t i = 0; i < c->list.n; i++) {
        struct claim *claim = c->list.items[i], *victims = NULL;
        if (in_title(c, claim))
            continue;
        if (is_own_death(c, claim)) {
            victims = title_beside_own(c);
            victims = victims ? victims : told_by_title(c);
        }
        return victims ? victims : claim;
    }
    return c->list.n ? c->list.items[0] : NULL;
}

/* Policy 22: his own death ("killed himself") adds to the victims told before it or beside it; a
 * number told after it may hold both. */
static bool apart(const struct claim *a, const struct claim *b)
{
    return (a->rule->attackers && a->sentence < b->sentence) ||
           (b->rule->attackers && b->sentence < a->sentence);
}

/* "another man", "two others", "a third person": more people than those told before. */
static bool says_more(const struct chooser *c, const struct claim *claim)
{
    const struct word_list *words = values_list(c->values, "additional"),
                           *also = claim->named ? NULL : values_list(c->values, "also-more");
    const struct document *doc = c->values->doc;
    const struct sentence *sentence = &doc->sentences[claim->sentence];
    size_t end = sentence->first + sentence->count;
    uint32_t phrase;
    const struct word_list *openers = language_list(c->values->language, "in-addition");
    if (openers && word_list_match(openers, doc, sentence->first, end, &phrase))
        return true;
    for (size_t i = claim->token; words && i < end && doc->tokens[i].start < claim->end; i++)
        if (doc->tokens[i].word != WORD_UNKNOWN &&
            (word_list_match(words, doc, i, end, &phrase) ||
             (also && word_list_match(also, doc, i, end, &phrase))))
            return true;
    return false;
}

/* "killed 15 people and injured 43 others": more than those of the other fate, not than those told
 * before. */
static bool beside_other_fate(const struct chooser *c, const struct claim *claim)
{
    for (const struct claim *other = claim;
         other-- > c->claims->items && other->sentence == claim->sentence;)
        if (other->match == claim->match && other->field != claim->field &&
            other->token < claim->token)
            return true;
    return false;
}

/* "the other five victims", "the man and three others": people told of before, or with them. */
static bool begins_known(const struct chooser *c, const struct claim *claim)
{
    const struct word_list *words = values_list(c->values, "known");
    const struct sentence *sentence = &c->values->doc->sentences[claim->sentence];
    uint32_t phrase;
    return words && c->values->doc->tokens[claim->token].word != WORD_UNKNOWN &&
           word_list_match(words, c->values->doc, claim->token, sentence->first + sentence->count,
                           &phrase) > 0;
}

/* Policy 21: whether `next` tells of other people than `first` and those added to it so far. */
static bool adds(const struct chooser *c, const struct claim *first, const struct claim *next)
{
    if (next->count.qualifier == QUALIFIER_NONE || first->count.qualifier == QUALIFIER_NONE ||
        first->rule->dead_or_wounded != next->rule->dead_or_wounded)
        return false;
    if (next->rule->of_wounded)
        return true;
    if (apart(first, next))
        return false;
    if (counts_attackers(c, first) != counts_attackers(c, next))
        return true;
    if (first->token == next->token)
        return false;
    if (next->sentence - first->sentence <= 2 && says_more(c, next) &&
        !beside_other_fate(c, next) && !begins_known(c, next) &&
        !(says_more(c, first) && count_equal(&first->count, &next->count)))
        return true;
    if (first->sentence != next->sentence)
        return false;
    uint16_t a = people_of(c, first), b = people_of(c, next);
    return (a != b && a != SCHEMA_NONE && b != SCHEMA_NONE);
}

static struct count count_less(const struct count *count, int64_t n)
{
    struct count less = *count;
    less.low = less.low == COUNT_OPEN ? COUNT_OPEN : less.low > n ? less.low - n : 0;
    less.best -= n;
    less.high = less.high == COUNT_OPEN ? COUNT_OPEN : less.high - n;
    return less;
}

/* Policy 24: "two of the injured later died" takes them from the wounded told before. */
static void later_dead_taken(const struct chooser *c, const struct claim *hurt, struct count *count)
{
    for (size_t i = 0; i < c->n_mine; i++) {
        const struct claim *dead = c->mine[i];
        int64_t n = dead->count.best;
        if (dead->rule->of_wounded && dead->part == SCHEMA_NONE && dead > hurt && n < count->best &&
            dead->role != CLAIM_ELSEWHERE)
            *count = count_less(count, n);
    }
}

static int value_add(struct chooser *c, const struct event_value *value, struct error *err)
{
    if (arena_grow(c->values->arena, &c->event->values, &c->capacity, c->event->n_values,
                   sizeof *c->event->values, err))
        return -1;
    c->event->values[c->event->n_values++] = *value;
    return 0;
}

static bool schema_is_wounded(const struct chooser *c, const struct claim *claim)
{
    return claim->field == schema_find(&c->values->ruleset->schema, SLICE_LITERAL("wounded"));
}

/* Policy 23: takes the event's dead from those who were hit. False when nobody is left. */
static bool dead_taken(const struct chooser *c, const struct claim *hit, struct count *count)
{
    const struct event_value *dead =
        value_of(c, schema_find(&c->values->ruleset->schema, SLICE_LITERAL("killed")));
    if (!dead || dead->count.qualifier == QUALIFIER_NONE || count->best == COUNT_OPEN)
        return true;
    const struct claim *said = &c->claims->items[dead->claim];
    bool one_of = said->match == hit->match && hit->rule->dead_or_wounded; /* "one has died" */
    bool beside = said->sentence == hit->sentence && !one_of && !in_title(c, hit);
    if (said->token < hit->token && !one_of && !in_title(c, hit) && hit->count.best > 1 &&
        says_more(c, hit))
        return true; /* "two men died; three others were shot" */
    if (beside && (!hit->rule->dead_or_wounded || (said->token < hit->token && !hit->known)))
        return true; /* "a man was killed and a woman was shot" */
    int64_t n = count_value_of(&dead->count);
    if (n >= count->best)
        return false;
    *count = count_less(count, n);
    return true;
}

/* Policy 23: may those who were hit be the event's dead? Those "shot" may, and one whom the reader
 * knows; so may the one person wounded of whom a later sentence only says that he died. */
static bool may_have_died(const struct chooser *c, const struct claim *hit)
{
    uint16_t killed = schema_find(&c->values->ruleset->schema, SLICE_LITERAL("killed"));
    bool died = false;
    if (hit->rule->dead_or_wounded || hit->known)
        return true;
    if (hit->count.best != 1 || hit->count.high != 1 || says_more(c, hit))
        return false;
    for (size_t i = 0; i < c->n_mine; i++) {
        const struct claim *dead = c->mine[i];
        if (dead->field != killed || dead->part != SCHEMA_NONE || dead->role == CLAIM_ELSEWHERE ||
            dead->count.qualifier == QUALIFIER_NONE)
            continue;
        bool again = dead->known || dead->told;
        bool before = !in_title(c, dead) && dead->sentence < hit->sentence;
        if (before || dead->match == hit->match || (!again && dead->sentence == hit->sentence))
            return false; /* told apart */
        died = died || (again && (dead->sentence > hit->sentence || dead->told));
    }
    return died;
}

#define WHOLE_SENTENCES 4

/* Policy 20: a greater number told soon after, or in the title, is the whole of which the first was
 * a part ("a boy is in hospital ... four people were shot"). */
static struct claim *whole_of(const struct chooser *c, struct claim *first)
{
    struct claim *whole = first;
    bool attackers = counts_attackers(c, first);
    for (size_t i = 0; i < c->list.n; i++) {
        struct claim *claim = c->list.items[i];
        if (claim->count.best == COUNT_OPEN || claim->count.best <= count_value_of(&whole->count) ||
            claim->doubt == DOUBT_UNVERIFIED ||
            (counts_attackers(c, claim) != attackers && !apart(first, claim)) ||
            adds(c, first, claim))
            continue;
        if (in_title(c, claim) || (count_value_of(&first->count) == 1 &&
                                   claim->sentence - first->sentence <= WHOLE_SENTENCES))
            whole = claim;
    }
    return whole;
}

/* Leaves out those who may be dead. */
static void sure_wounded(struct chooser *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->list.n; i++)
        if (!may_have_died(c, c->list.items[i]))
            c->list.items[n++] = c->list.items[i];
    c->list.n = n;
}

/* Policy 25: one person who was "shot", in an event without dead, whom the report may tell to have
 * died: in words that count nobody ("charged with manslaughter"), or elsewhere ("was flown to
 * Omaha, where he died"). */
static bool died_elsewhere(const struct chooser *c, const struct claim *hit)
{
    uint16_t killed = schema_find(&c->values->ruleset->schema, SLICE_LITERAL("killed"));
    if (!hit->rule->dead_or_wounded || hit->count.best != 1 || value_of(c, killed))
        return false;
    for (size_t i = 0; i < c->claims->n; i++) {
        const struct claim *dead = &c->claims->items[i];
        if (dead->field == killed && dead->role != CLAIM_ELSEWHERE && dead->story == hit->story &&
            dead->count.best == 1 && (dead->known || dead->told || hit->known))
            return true;
    }
    return background_names(c->values, "death-told") &&
           !background_names(c->values, "survival-told");
}

static int choose_one(struct chooser *c, struct error *err)
{
    struct claim *chosen = running_total(&c->list);
    /* A running total below what was said before it is an earlier state of affairs. */
    struct claim *first = first_told(c);
    if (chosen && !chosen->sums_up && first < chosen &&
        count_value_of(&first->count) > count_value_of(&chosen->count))
        chosen = NULL;
    bool running = chosen != NULL;
    const struct event_value *total =
        chosen || !first || first->part == SCHEMA_NONE ? NULL : value_of(c, first->field);
    if (total && c->claims->items[total->claim].rule->running_total)
        chosen = nearest_part(c, &c->claims->items[total->claim]);
    if (!chosen)
        chosen = first;
    if (!chosen)
        return 0;
    if (!running && chosen->part == SCHEMA_NONE &&
        c->values->ruleset->schema.fields[chosen->field].people)
        chosen = whole_of(c, chosen);
    struct event_value value = {chosen->field, chosen->part, chosen->count,
                                (uint32_t)(chosen - c->claims->items)};
    bool attackers_told = counts_attackers(c, chosen);
    const struct claim *skipped = NULL; /* the last who were told of and not added */
    for (size_t i = 0; i < c->list.n; i++) {
        struct claim *claim = c->list.items[i];
        if (claim == chosen)
            continue;
        bool behind = claim > chosen || claim->match == chosen->match;
        bool more = !running && behind && chosen->part == SCHEMA_NONE &&
                    (!in_title(c, claim) || in_title(c, chosen)) && adds(c, chosen, claim);
        bool attackers = counts_attackers(c, claim);
        if (more && attackers && attackers_told)
            more = false; /* the attackers were counted already: said again */
        if (more && skipped && claim->sentence - skipped->sentence <= 1 && says_more(c, claim))
            more = false; /* "two men and a woman were found dead; another man died": both told of
                             before */
        bool fresh = !claim->known;
        skipped = more || claim < chosen || in_title(c, claim) || !fresh ? skipped : claim;
        if (more) {
            value.count = count_beside(&value.count, &claim->count);
            attackers_told = attackers_told || attackers;
        } else if (claim->role == CLAIM_FIGURE) {
            claim->role = CLAIM_RESTATED;
        }
    }
    if (schema_is_wounded(c, chosen) && chosen->part == SCHEMA_NONE && may_have_died(c, chosen) &&
        !dead_taken(c, chosen, &value.count)) {
        sure_wounded(c);
        return c->list.n ? choose_one(c, err) : 0;
    }
    if (schema_is_wounded(c, chosen) && chosen->part == SCHEMA_NONE) {
        if (died_elsewhere(c, chosen))
            return 0;
        later_dead_taken(c, chosen, &value.count);
    }
    return value_add(c, &value, err);
}

/* Policy 17: how weakly a claim gives a figure: the least of those there are is used. */
static int weakness(const struct claim *claim)
{
    return (claim->role == CLAIM_ENEMY) * 4 + claim->told * 2;
}

/* The claim of a total whose words tell a part too ("30 militants"), NULL when the part stands
 * alone. */
static const struct claim *total_beside(const struct chooser *c, const struct claim *part)
{
    for (const struct claim *claim = part;
         claim-- > c->claims->items && claim->start == part->start;)
        if (claim->match == part->match && claim->field == part->field &&
            claim->part == SCHEMA_NONE)
            return claim->rule->subset ? NULL : claim;
    return NULL;
}

/* Policy 26: a part that cannot be one of the event's number: told of others, or greater than all.
 */
static bool misfits(const struct chooser *c, const struct claim *part)
{
    const struct event_value *total = value_of(c, part->field);
    if (part->part == SCHEMA_NONE || !total ||
        !c->values->ruleset->schema.fields[part->field].people)
        return false;
    const struct claim *beside = total_beside(c, part);
    const struct claim *teller = &c->claims->items[total->claim];
    if (beside && beside != teller && teller->rule->running_total)
        return true; /* who was found since the last toll */
    if (beside && beside->role == CLAIM_ENEMY && teller->role != CLAIM_ENEMY)
        return true;
    return total->count.high != COUNT_OPEN && count_value_of(&part->count) > total->count.high;
}

/* Fills the list with the event's claims for one measure, the strongest kind only. */
static void candidates_find(struct chooser *c, uint16_t field, uint16_t part)
{
    int least = 8;
    c->list.n = 0;
    for (size_t i = 0; i < c->n_mine; i++) {
        struct claim *claim = c->mine[i];
        if (claim->field != field || claim->part != part || claim->role == CLAIM_ELSEWHERE ||
            claim->role == CLAIM_RESTATED || (part == SCHEMA_NONE && claim->role == CLAIM_PART) ||
            misfits(c, claim))
            continue;
        int weak = weakness(claim);
        if (weak < least) {
            for (size_t k = 0; k < c->list.n; k++)
                if (c->list.items[k]->role == CLAIM_FIGURE)
                    c->list.items[k]->role = CLAIM_RESTATED;
            c->list.n = 0;
            least = weak;
        }
        if (weak == least)
            c->list.items[c->list.n++] = claim;
        else if (claim->role == CLAIM_FIGURE)
            claim->role = CLAIM_RESTATED;
    }
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
    struct chooser c = {.values = values, .claims = claims, .event = event};
    c.mine = ARENA_ARRAY(values->arena, struct claim *, claims->n);
    c.list.items = ARENA_ARRAY(values->arena, struct claim *, claims->n);
    if (!c.mine || !c.list.items)
        return arena_full(values->arena, err);
    for (size_t i = 0; i < claims->n; i++)
        if (claims->items[i].event == index)
            c.mine[c.n_mine++] = &claims->items[i];
    const struct schema *schema = &values->ruleset->schema;
    for (uint16_t field = 0; field < schema->n_fields && c.n_mine; field++) {
        if (schema->fields[field].type != VALUE_COUNT)
            continue;
        for (int part = -1; part < schema->fields[field].n_parts; part++) {
            candidates_find(&c, field, part < 0 ? SCHEMA_NONE : (uint16_t)part);
            if (c.list.n && choose_one(&c, err))
                return -1;
        }
    }
    if (event->n_values)
        qsort(event->values, event->n_values, sizeof *event->values, value_compare);
    return 0;
}
