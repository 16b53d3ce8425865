#include "cli/explanation.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/word_names.h"
#include "extract/event.h"
#include "extract/event_words.h"
#include "reconcile/fuse.h"

/* Of larger incidents only each event's best pair is worked out with so many of the others. */
#define MOST_PARTNERS 200

/* ---- looking things up ---- */

static int compare_claims(const void *key, const void *item)
{
    int64_t a = *(const int64_t *)key, b = ((const struct claim_source *)item)->claim_id;
    return (a > b) - (a < b);
}

static int compare_reports(const void *key, const void *item)
{
    int64_t a = *(const int64_t *)key, b = ((const struct claim_source *)item)->report_id;
    return (a > b) - (a < b);
}

static const struct claim_source *claim_source(const struct explanation *e, int64_t claim_id)
{
    return e->n_claims
               ? bsearch(&claim_id, e->claims, e->n_claims, sizeof *e->claims, compare_claims)
               : NULL;
}

static const struct claim_source *report_source(const struct explanation *e,
                                                const struct event_row *event)
{
    return e->n_reports ? bsearch(&event->report_id, e->reports, e->n_reports, sizeof *e->reports,
                                  compare_reports)
                        : NULL;
}

static struct slice report_name(const struct explanation *e, const struct event_row *event)
{
    const struct claim_source *found = report_source(e, event);
    return found ? found->report_ref : SLICE_LITERAL("?");
}

int explanation_words(struct arena *arena, struct explanation *e, struct error *err)
{
    e->words = ARENA_ARRAY(arena, struct slice *, e->n_events);
    if (!e->words)
        return arena_full(arena, err);
    for (size_t i = 0; i < e->n_events; i++) {
        const struct claim_source *report = report_source(e, e->events[i]);
        if (word_names_find(arena, e->events[i], report ? report->text : SLICE_NONE, &e->words[i],
                            err))
            return -1;
    }
    return 0;
}

static const char *rule_meaning(struct slice rule)
{
    for (int i = 0; i < FIGURE_RULES; i++)
        if (slice_is(rule, figure_policies[i].name))
            return figure_policies[i].meaning;
    return "";
}

static bool same_measure(const struct measure *a, const struct measure *b)
{
    return slice_equal(a->field, b->field) && slice_equal(a->part, b->part);
}

static bool field_asked(const struct explanation *e, const struct measure *measure)
{
    if (!e->field)
        return true;
    size_t n = measure->field.len;
    if (strncmp(e->field, measure->field.ptr, n) != 0)
        return false;
    struct slice rest = slice_of(e->field + n);
    return !rest.len ||
           (rest.ptr[0] == '/' && slice_equal(slice_sub(rest, 1, rest.len - 1), measure->part));
}

/* What a claim is to its figure. */
static const char *claim_use(const struct figure *figure, int64_t claim_id)
{
    if (figure->chosen_claim == claim_id)
        return "gives it";
    for (size_t i = 0; i < figure->n_claim_ids; i++)
        if (figure->claim_ids[i] == claim_id)
            return "counts";
    return "set aside";
}

static void instant_text(instant at, char out[40])
{
    if (at == INSTANT_NONE)
        snprintf(out, 40, "time unknown");
    else
        instant_format(at, 0, out);
}

/* ---- pairs ---- */

/* The best partner of an event among the others: who it was joined for. n_events when alone. */
static size_t best_partner(const struct explanation *e, size_t event, struct pair_score *out)
{
    size_t best = e->n_events, tried = 0;
    for (size_t i = 0; i < e->n_events && tried < MOST_PARTNERS; i++) {
        struct pair_score score;
        if (i == event)
            continue;
        tried++;
        score_pair(e->weights, e->events[event], e->events[i], &score);
        if (best == e->n_events || (out->forbidden && !score.forbidden) ||
            (score.total > out->total && !score.forbidden)) {
            best = i;
            *out = score;
        }
    }
    return best;
}

/* ---- for people ---- */

/* All three decimals that are not zero, so that printed terms add up to the printed score. */
static void add_bits(struct buffer *out, int32_t milli, bool sign)
{
    long long size = milli < 0 ? -(long long)milli : milli;
    int decimals = size % 100 == 0 ? 1 : size % 10 == 0 ? 2 : 3;
    long long rest = size % 1000;
    for (int i = decimals; i < 3; i++)
        rest /= 10;
    buffer_format(out, "%s%lld.%0*lld",
                  milli < 0 ? "-"
                  : sign    ? "+"
                            : "",
                  size / 1000, decimals, rest);
}

static void add_number(struct buffer *out, int64_t number)
{
    if (number == COUNT_OPEN)
        buffer_add_text(out, "open");
    else
        buffer_format(out, "%lld", (long long)number);
}

static void print_claim(struct buffer *out, const struct explanation *e,
                        const struct figure *figure, const struct event_row *event,
                        const struct event_claim *claim)
{
    char said[40];
    const struct claim_source *source = claim_source(e, claim->claim_id);
    const char *use = claim_use(figure, claim->claim_id);
    struct slice who = claim->claimant.len ? claim->claimant : event->outlet;
    instant_text(event->said_at, said);
    buffer_format(out, "  %c ", *use == 'g' ? '*' : *use == 'c' ? '+' : ' ');
    if (claim->best == COUNT_OPEN) {
        add_number(out, claim->low);
        buffer_add_text(out, " to ");
        add_number(out, claim->high);
    } else {
        add_number(out, claim->best);
    }
    buffer_format(out, "  %s, %.*s, %s, %.*s%s%.*s (%s)\n", qualifier_names[claim->qualifier],
                  SLICE_ARG(who.len ? who : SLICE_LITERAL("nobody named")), said,
                  SLICE_ARG(event->outlet.len ? event->outlet : SLICE_LITERAL("unknown outlet")),
                  source && source->url.len ? ", " : "",
                  SLICE_ARG(source ? source->url : SLICE_NONE), use);
    if (!source)
        return;
    buffer_format(
        out, "      \"%.*s\"\n      bytes %lld-%lld of %.*s, \"%.*s\", rule %.*s, claim %lld\n",
        SLICE_ARG(source->sentence), (long long)source->span_start, (long long)source->span_end,
        SLICE_ARG(source->report_ref), SLICE_ARG(source->text), SLICE_ARG(source->rule),
        (long long)claim->claim_id);
}

static void print_figure(struct buffer *out, const struct explanation *e,
                         const struct figure *figure)
{
    buffer_format(out, "\n%.*s%s%.*s: ", SLICE_ARG(figure->measure.field),
                  figure->measure.part.len ? "/" : "", SLICE_ARG(figure->measure.part));
    add_number(out, figure->best);
    buffer_add_text(out, " (low ");
    add_number(out, figure->low);
    buffer_add_text(out, ", high ");
    add_number(out, figure->high);
    buffer_format(out, ")%s\n  %.*s: %s\n", figure->in_totals ? "" : ", not summed",
                  SLICE_ARG(figure->rule), rule_meaning(figure->rule));
    for (size_t i = 0; i < e->n_events; i++)
        for (size_t k = 0; k < e->events[i]->n_claims; k++)
            if (same_measure(&e->events[i]->claims[k].measure, &figure->measure))
                print_claim(out, e, figure, e->events[i], &e->events[i]->claims[k]);
}

static struct slice word_name(const struct explanation *e, size_t event, size_t index)
{
    struct slice name = e->words[event][index];
    return name.len ? name : SLICE_LITERAL("?");
}

/* "    both: Hrytsenko 10 + bakery 7 = 17 bits". */
static void print_words(struct buffer *out, const struct explanation *e, size_t a, size_t b)
{
    struct shared_word words[EVENT_WORDS];
    size_t n = shared_words(e->events[a], e->events[b], words, EVENT_WORDS);
    unsigned sum = 0;
    for (size_t i = 0; i < n; i++) {
        buffer_format(out, "%s%.*s %u",
                      i ? " + " : "    both: ", SLICE_ARG(word_name(e, a, words[i].index)),
                      words[i].bits);
        sum += words[i].bits;
    }
    if (n)
        buffer_format(out, " = %u bits\n", sum);
}

static void print_pairs(struct buffer *out, const struct explanation *e)
{
    if (e->n_events < 2)
        return;
    buffer_format(out, "\nWhy its %zu events are one: each with the one it fits best\n",
                  e->n_events);
    for (size_t i = 0; i < e->n_events; i++) {
        struct pair_score score = {0};
        size_t partner = best_partner(e, i, &score);
        buffer_format(out, "  %.*s with %.*s: ", SLICE_ARG(report_name(e, e->events[i])),
                      SLICE_ARG(report_name(e, e->events[partner])));
        add_bits(out, score.total, false);
        buffer_add_text(out, " bits =");
        for (uint8_t t = 0; t < score.n_terms; t++) {
            buffer_format(out, "%s %s ", t ? "," : "", score.terms[t].name);
            add_bits(out, score.terms[t].weight, true);
        }
        if (score.forbidden)
            buffer_add_text(out, " (kept together by others, or by a decision)");
        buffer_add_char(out, '\n');
        print_words(out, e, i, partner);
    }
}

static int check_field(const struct explanation *e, struct error *err)
{
    for (size_t i = 0; i < e->incident->n_figures; i++)
        if (field_asked(e, &e->incident->figures[i].measure))
            return 0;
    return e->field ? error_set(err, ERROR_INPUT, "incident %lld has no figure '%s'",
                                (long long)e->incident->incident_id, e->field)
                    : 0;
}

int explanation_print(struct buffer *out, const struct explanation *e, struct error *err)
{
    const struct incident *incident = e->incident;
    char day[16] = "day unknown";
    if (check_field(e, err))
        return -1;
    if (incident->local_date != DAY_NONE)
        day_format(incident->local_date, day);
    buffer_format(
        out, "%.*s%s%.*s%s%.*s, %s (%s)\n",
        SLICE_ARG(incident->place_name.len ? incident->place_name : SLICE_LITERAL("(unplaced)")),
        incident->adm1.len ? ", " : "", SLICE_ARG(incident->adm1),
        incident->country.len ? ", " : "", SLICE_ARG(incident->country), day,
        when_precision_names[incident->date_precision]);
    buffer_format(out, "incident %lld, %s, %s, %u reports, %u voices%s\n",
                  (long long)incident->incident_id, event_scope_names[incident->scope],
                  grading_names[incident->grading], incident->n_reports, incident->n_independent,
                  incident->in_totals ? "" : ", left out of totals");
    if (e->moved_from)
        buffer_format(out, "%s was merged into it\n", e->moved_from);
    if (incident->parent_id)
        buffer_format(out, "part of wave %lld\n", (long long)incident->parent_id);
    for (size_t i = 0; i < incident->n_figures; i++)
        if (field_asked(e, &incident->figures[i].measure))
            print_figure(out, e, &incident->figures[i]);
    if (!e->field)
        print_pairs(out, e);
    return 0;
}

/* ---- as JSON ---- */

static void json_id(struct json_writer *json, const char *key, int64_t id)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)id);
    json_key(json, key);
    json_text(json, id ? text : NULL);
}

static void json_named(struct json_writer *json, const char *key, struct slice value)
{
    json_key(json, key);
    json_slice(json, value.len ? value : SLICE_NONE);
}

static void json_count(struct json_writer *json, const char *key, int64_t value)
{
    json_key(json, key);
    if (value == COUNT_OPEN)
        json_null(json);
    else
        json_int(json, value);
}

static void json_said(struct json_writer *json, const struct event_row *event)
{
    char said[40];
    json_key(json, "said_at");
    if (event->said_at != INSTANT_NONE)
        instant_format(event->said_at, 0, said);
    json_text(json, event->said_at == INSTANT_NONE ? NULL : said);
}

static void json_claim(struct json_writer *json, const struct explanation *e,
                       const struct figure *figure, const struct event_row *event,
                       const struct event_claim *claim)
{
    static const struct claim_source none;
    const struct claim_source *source = claim_source(e, claim->claim_id);
    source = source ? source : &none;
    json_open(json, '{');
    json_id(json, "claim_id", claim->claim_id);
    json_key(json, "use");
    json_text(json, claim_use(figure, claim->claim_id));
    json_count(json, "low", claim->low);
    json_count(json, "best", claim->best);
    json_count(json, "high", claim->high);
    json_key(json, "qualifier");
    json_text(json, qualifier_names[claim->qualifier]);
    json_named(json, "claimant", claim->claimant);
    json_key(json, "claimant_rank");
    json_int(json, claim->rank);
    json_named(json, "outlet", event->outlet);
    json_named(json, "url", source->url);
    json_named(json, "report_ref", source->report_ref);
    json_said(json, event);
    json_named(json, "rule", source->rule);
    json_named(json, "text", source->text);
    json_named(json, "sentence", source->sentence);
    json_key(json, "span_start");
    json_int(json, source->span_start);
    json_key(json, "span_end");
    json_int(json, source->span_end);
    json_id(json, "event_id", event->event_id);
    json_close(json, '}');
}

static void json_figure(struct json_writer *json, const struct explanation *e,
                        const struct figure *figure)
{
    json_open(json, '{');
    json_named(json, "field", figure->measure.field);
    json_named(json, "part", figure->measure.part);
    json_count(json, "low", figure->low);
    json_count(json, "best", figure->best);
    json_count(json, "high", figure->high);
    json_key(json, "state");
    json_text(json, figure_state_names[figure->state]);
    json_key(json, "in_totals");
    json_bool(json, figure->in_totals);
    json_named(json, "rule", figure->rule);
    json_key(json, "meaning");
    json_text(json, rule_meaning(figure->rule));
    json_key(json, "claims");
    json_open(json, '[');
    for (size_t i = 0; i < e->n_events; i++)
        for (size_t k = 0; k < e->events[i]->n_claims; k++)
            if (same_measure(&e->events[i]->claims[k].measure, &figure->measure))
                json_claim(json, e, figure, e->events[i], &e->events[i]->claims[k]);
    json_close(json, ']');
    json_close(json, '}');
}

static void json_words(struct json_writer *json, const struct explanation *e, size_t a, size_t b)
{
    struct shared_word words[EVENT_WORDS];
    size_t n = shared_words(e->events[a], e->events[b], words, EVENT_WORDS);
    json_key(json, "shared_words");
    json_open(json, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(json, '{');
        json_named(json, "word", e->words[a][words[i].index]);
        json_key(json, "bits");
        json_int(json, words[i].bits);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void json_pair(struct json_writer *json, const struct explanation *e, size_t a, size_t b)
{
    struct pair_score score;
    score_pair(e->weights, e->events[a], e->events[b], &score);
    json_open(json, '{');
    json_id(json, "event_a", e->events[a]->event_id);
    json_named(json, "report_a", report_name(e, e->events[a]));
    json_id(json, "event_b", e->events[b]->event_id);
    json_named(json, "report_b", report_name(e, e->events[b]));
    json_key(json, "score");
    json_int(json, score.total);
    json_key(json, "forbidden");
    json_bool(json, score.forbidden);
    json_key(json, "terms");
    json_open(json, '[');
    for (uint8_t t = 0; t < score.n_terms; t++) {
        json_open(json, '{');
        json_key(json, "name");
        json_text(json, score.terms[t].name);
        json_key(json, "weight");
        json_int(json, score.terms[t].weight);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_words(json, e, a, b);
    json_close(json, '}');
}

static void json_pairs(struct json_writer *json, const struct explanation *e)
{
    size_t written = 0;
    json_key(json, "pairs");
    json_open(json, '[');
    for (size_t i = 0; i < e->n_events; i++)
        for (size_t k = i + 1; k < e->n_events && written < 100 * MOST_PARTNERS; k++, written++)
            json_pair(json, e, i, k);
    json_close(json, ']');
}

int explanation_json(struct buffer *out, const struct explanation *e, struct error *err)
{
    const struct incident *incident = e->incident;
    struct json_writer json;
    char day[16];
    if (check_field(e, err))
        return -1;
    json_start(&json, out);
    json_open(&json, '{');
    json_id(&json, "incident_id", incident->incident_id);
    json_key(&json, "moved_from");
    json_text(&json, e->moved_from);
    json_id(&json, "parent_id", incident->parent_id);
    json_key(&json, "scope");
    json_text(&json, event_scope_names[incident->scope]);
    json_named(&json, "place", incident->place_name);
    json_named(&json, "adm1", incident->adm1);
    json_named(&json, "country", incident->country);
    json_key(&json, "local_date");
    if (incident->local_date != DAY_NONE)
        day_format(incident->local_date, day);
    json_text(&json, incident->local_date == DAY_NONE ? NULL : day);
    json_key(&json, "grading");
    json_text(&json, grading_names[incident->grading]);
    json_key(&json, "n_reports");
    json_int(&json, incident->n_reports);
    json_key(&json, "n_independent");
    json_int(&json, incident->n_independent);
    json_key(&json, "in_totals");
    json_bool(&json, incident->in_totals);
    json_key(&json, "figures");
    json_open(&json, '[');
    for (size_t i = 0; i < incident->n_figures; i++)
        if (field_asked(e, &incident->figures[i].measure))
            json_figure(&json, e, &incident->figures[i]);
    json_close(&json, ']');
    json_pairs(&json, e);
    json_close(&json, '}');
    buffer_add_char(out, '\n');
    return 0;
}
