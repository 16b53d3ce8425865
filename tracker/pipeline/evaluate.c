#include "pipeline/evaluate.h"

#include <stdlib.h>

#include "extract/counts.h"
#include "text/fold_ascii.h"
#include "text/utf8.h"

/* Characters of a report's text shown with a miss. */
#define OPENING_CHARACTERS 700
/* A name of a place; more is no name. */
#define NAME_BYTES 4096

static int measure_add(struct arena *arena, const struct schema *schema, uint16_t field,
                       uint16_t part, struct label_keys *out, struct error *err)
{
    struct slice name = schema->fields[field].name;
    if (part != SCHEMA_NONE)
        name = arena_format(arena, "%.*s_%.*s", SLICE_ARG(name),
                            SLICE_ARG(schema->fields[field].parts[part]));
    if (!name.ptr)
        return arena_full(arena, err);
    out->items[out->n] = (struct label_key){name, field, part};
    out->names[out->n++] = name;
    return 0;
}

int measures_of(struct arena *arena, const struct schema *schema, struct label_keys *out,
                struct error *err)
{
    size_t most = schema->n_fields;
    for (uint16_t f = 0; f < schema->n_fields; f++)
        most += schema->fields[f].n_parts;
    *out = (struct label_keys){.items = ARENA_ARRAY(arena, struct label_key, most),
                               .names = ARENA_ARRAY(arena, struct slice, most)};
    if (!out->items || !out->names)
        return arena_full(arena, err);
    for (uint16_t f = 0; f < schema->n_fields; f++) {
        if (schema->fields[f].type != VALUE_COUNT)
            continue;
        if (measure_add(arena, schema, f, SCHEMA_NONE, out, err))
            return -1;
        for (uint16_t p = 0; p < schema->fields[f].n_parts; p++)
            if (measure_add(arena, schema, f, p, out, err))
                return -1;
    }
    return 0;
}

/* ---- answers -------------------------------------------------------------------------------- */

static struct answer_value value_of(const struct extraction *extraction,
                                    const struct label_key *measure)
{
    for (size_t e = 0; e < extraction->n_events; e++)
        for (size_t i = 0; i < extraction->events[e].n_values; i++) {
            const struct event_value *value = &extraction->events[e].values[i];
            if (value->field != measure->field || value->part != measure->part)
                continue;
            int64_t number = count_value_of(&value->count);
            if (number != COUNT_OPEN)
                return (struct answer_value){number, extraction->claims.items[value->claim].rule};
        }
    return (struct answer_value){COUNT_OPEN, NULL};
}

static int fold_copy(struct arena *arena, struct slice name, struct slice *out, struct error *err)
{
    struct buffer folded;
    buffer_init(&folded, NAME_BYTES);
    fold_ascii(&folded, name);
    *out = arena_copy(arena, buffer_slice(&folded));
    buffer_free(&folded);
    return out->ptr ? 0 : arena_full(arena, err);
}

/* The names of the first event that has one: the gazetteer's and the one written. */
static int places_of(struct arena *arena, const struct extraction *extraction, struct answer *out,
                     struct error *err)
{
    for (size_t e = 0; e < extraction->n_events && !out->n_places; e++) {
        const struct place *place = &extraction->events[e].place;
        const struct slice names[] = {place->name, place->written};
        if (place->precision == PRECISION_UNKNOWN && !place->country.len)
            continue; /* extract shows no place either */
        for (size_t i = 0; i < 2; i++)
            if (names[i].len && fold_copy(arena, names[i], &out->places[out->n_places++], err))
                return -1;
    }
    return 0;
}

static int opening_of(struct arena *arena, const struct report *report, struct slice *out,
                      struct error *err)
{
    struct slice body = slice_trim(
        slice_sub(report->text, report->title_len, report->text.len - report->title_len));
    size_t len = 0;
    for (size_t i = 0; i < OPENING_CHARACTERS && len < body.len; i++) {
        uint32_t code;
        len += utf8_decode(body.ptr + len, body.len - len, &code);
    }
    *out = arena_format(arena, "%.*s | %.*s", SLICE_ARG(report->title),
                        SLICE_ARG(slice_sub(body, 0, len)));
    if (!out->ptr)
        return arena_full(arena, err);
    char *line = arena_alloc(arena, out->len);
    if (!line)
        return arena_full(arena, err);
    for (size_t i = 0; i < out->len; i++)
        line[i] = (unsigned char)out->ptr[i] < ' ' ? ' ' : out->ptr[i];
    out->ptr = line;
    return 0;
}

int answer_make(struct arena *arena, const struct label_keys *measures, const struct report *report,
                const struct extraction *extraction, bool opening, struct answer *out,
                struct error *err)
{
    *out = (struct answer){.line = report->line,
                           .id = arena_copy(arena, report->id),
                           .values = ARENA_ARRAY(arena, struct answer_value, measures->n)};
    if (!out->id.ptr || !out->values)
        return arena_full(arena, err);
    for (size_t i = 0; i < measures->n; i++)
        out->values[i] = extraction ? value_of(extraction, &measures->items[i])
                                    : (struct answer_value){COUNT_OPEN, NULL};
    if (extraction && places_of(arena, extraction, out, err))
        return -1;
    return opening && extraction ? opening_of(arena, report, &out->opening, err) : 0;
}

/* ---- comparing ------------------------------------------------------------------------------ */

bool names_one_place(struct slice a, struct slice b)
{
    struct slice small = a.len <= b.len ? a : b, large = a.len <= b.len ? b : a;
    if (slice_equal(a, b))
        return true;
    if (small.len < 4)
        return false;
    for (size_t at = 0; at + small.len <= large.len; at++) {
        size_t end = at + small.len;
        if ((at == 0 || large.ptr[at - 1] == ' ') && (end == large.len || large.ptr[end] == ' ') &&
            memcmp(large.ptr + at, small.ptr, small.len) == 0)
            return true;
    }
    return false;
}

/* Everything one comparison grows. */
struct comparison {
    struct arena *arena;
    const struct label_keys *measures;
    struct evaluation *out;
    size_t rules_capacity;
    size_t misses_capacity;
};

static int miss_add(struct comparison *c, size_t measure, const struct label *label,
                    const struct answer *answer, struct error *err)
{
    struct evaluation *out = c->out;
    if (arena_grow(c->arena, &out->misses, &c->misses_capacity, out->n_misses, sizeof *out->misses,
                   err))
        return -1;
    out->misses[out->n_misses++] = (struct miss){measure, label, answer};
    return 0;
}

/* The few dozen rules that gave values are looked through; a table by index would need the rule
 * set. */
static int rule_count(struct comparison *c, const struct rule *rule, int64_t right, int64_t wrong,
                      struct error *err)
{
    struct evaluation *out = c->out;
    size_t i = 0;
    while (i < out->n_rules && out->rules[i].rule != rule)
        i++;
    if (i == out->n_rules) {
        if (arena_grow(c->arena, &out->rules, &c->rules_capacity, out->n_rules, sizeof *out->rules,
                       err))
            return -1;
        out->rules[out->n_rules++] = (struct rule_tally){.rule = rule};
    }
    out->rules[i].gave += right + wrong;
    out->rules[i].right += right;
    out->rules[i].wrong += wrong;
    return 0;
}

static int number_compare(struct comparison *c, size_t measure, const struct label *label,
                          const struct answer *answer, struct error *err)
{
    struct tally *tally = &c->out->measures[measure];
    const struct label_number *want = &label->numbers[measure];
    struct answer_value got =
        answer ? answer->values[measure] : (struct answer_value){COUNT_OPEN, NULL};
    bool given = got.value != COUNT_OPEN;
    bool right = given && got.value >= want->low && got.value <= want->high;
    bool some = given && got.value != 0;
    tally->positive += want->positive;
    tally->hit += want->positive && right;
    tally->zero += !want->positive;
    tally->alarms += !want->positive && some && !right;
    tally->said += some;
    tally->right += some && right;
    if (given && rule_count(c, got.rule, right, !right, err))
        return -1;
    bool missed = !right && (want->positive || some);
    return missed ? miss_add(c, measure, label, answer, err) : 0;
}

static int place_compare(struct comparison *c, const struct label *label,
                         const struct answer *answer, struct error *err)
{
    struct slice want;
    bool hit = false;
    if (!label->place.len)
        return 0;
    if (fold_copy(c->arena, label->place, &want, err))
        return -1;
    for (size_t i = 0; answer && i < answer->n_places; i++)
        hit = hit || names_one_place(want, answer->places[i]);
    c->out->places++;
    c->out->places_hit += hit;
    return hit ? 0 : miss_add(c, c->measures->n, label, answer, err);
}

static int rule_tally_compare(const void *left, const void *right)
{
    const struct rule_tally *a = left, *b = right;
    if (a->wrong != b->wrong)
        return a->wrong > b->wrong ? -1 : 1;
    if (a->gave != b->gave)
        return a->gave > b->gave ? -1 : 1;
    int order = slice_compare(a->rule->name, b->rule->name);
    return order ? order : (a->rule > b->rule) - (a->rule < b->rule);
}

static void rules_sort(struct evaluation *evaluation)
{
    if (evaluation->n_rules)
        qsort(evaluation->rules, evaluation->n_rules, sizeof *evaluation->rules,
              rule_tally_compare);
}

/* The answer each label is held against; NULL where no report stands at its line. */
static int answers_find(struct arena *arena, const struct labels *labels,
                        const struct answer *answers, size_t n_answers, const struct answer ***out,
                        struct error *err)
{
    struct map last = {0};
    size_t at = 0;
    int result = 0;
    *out = ARENA_ARRAY(arena, const struct answer *, labels->n);
    if (!*out)
        return arena_full(arena, err);
    for (size_t i = 0; i < n_answers && !result; i++)
        result = map_put(&last, answers[i].id, (uint32_t)i, err);
    for (size_t i = 0; i < labels->n && !result; i++) {
        while (at < n_answers && answers[at].line < labels->items[i].line)
            at++;
        if (at < n_answers && answers[at].line == labels->items[i].line && labels->items[i].named)
            (*out)[i] = &answers[map_get(&last, answers[at].id)];
    }
    map_free(&last);
    return result;
}

int evaluate(struct arena *arena, const struct label_keys *measures, const struct labels *labels,
             const struct answer *answers, size_t n_answers, struct evaluation *out,
             struct error *err)
{
    struct comparison c = {.arena = arena, .measures = measures, .out = out};
    const struct answer **found;
    *out = (struct evaluation){.measures = ARENA_ARRAY(arena, struct tally, measures->n)};
    if (!out->measures)
        return arena_full(arena, err);
    if (answers_find(arena, labels, answers, n_answers, &found, err))
        return -1;
    for (size_t m = 0; m < measures->n; m++)
        for (size_t i = 0; i < labels->n; i++)
            if (labels->items[i].numbers[m].given &&
                number_compare(&c, m, &labels->items[i], found[i], err))
                return -1;
    for (size_t i = 0; i < labels->n; i++)
        if (place_compare(&c, &labels->items[i], found[i], err))
            return -1;
    rules_sort(out);
    return 0;
}

int evaluation_add(struct arena *arena, const struct label_keys *measures, struct evaluation *sum,
                   const struct evaluation *more, struct error *err)
{
    struct comparison c = {
        .arena = arena, .measures = measures, .out = sum, .rules_capacity = sum->n_rules};
    if (!sum->measures)
        sum->measures = ARENA_ARRAY(arena, struct tally, measures->n);
    if (!sum->measures)
        return arena_full(arena, err);
    for (size_t i = 0; i < measures->n; i++) {
        struct tally *to = &sum->measures[i];
        const struct tally *from = &more->measures[i];
        to->positive += from->positive;
        to->hit += from->hit;
        to->zero += from->zero;
        to->alarms += from->alarms;
        to->said += from->said;
        to->right += from->right;
    }
    sum->places += more->places;
    sum->places_hit += more->places_hit;
    for (size_t i = 0; i < more->n_rules; i++)
        if (rule_count(&c, more->rules[i].rule, more->rules[i].right, more->rules[i].wrong, err))
            return -1;
    rules_sort(sum);
    return 0;
}

/* ---- rounding ------------------------------------------------------------------------------- */

/* Is the double nearest to odd / 2000 (odd < 2000) larger than it? 0: it is equal, -1: smaller. A
 * double has 53 significant bits: the remainder of odd x 2^e / 2000, with the quotient between 2^52
 * and 2^53, says which way it was rounded. */
static int half_leans(int64_t odd)
{
    int e = 52;
    for (int64_t scaled = odd; scaled < 2000; scaled *= 2)
        e++;
    int64_t rest = odd % 2000;
    for (int i = 0; i < e; i++)
        rest = rest * 2 % 2000;
    return rest == 0 ? 0 : rest < 1000 ? -1 : 1;
}

int ratio_thousandths(int64_t part, int64_t whole)
{
    int64_t down = part * 1000 / whole;
    int64_t twice = (part * 1000 - down * whole) * 2; /* twice the rest */
    if (twice != whole)
        return (int)(down + (twice > whole));
    int leans = half_leans(2 * down + 1);
    return (int)(down + (leans > 0 || (leans == 0 && down % 2)));
}
