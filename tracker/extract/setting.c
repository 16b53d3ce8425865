#include "extract/setting.h"

#include "base/buffer.h"
#include "text/utf8.h"

/* Whether a mention stands inside what names a claimant, or where a spoken-of source begins. */
static bool names_source(const struct report_values *values, const struct place_mention *mention)
{
    const struct sentence_values *sentence = &values->sentences[mention->sentence];
    for (uint32_t i = 0; i < sentence->n_sources; i++) {
        const struct source_mention *source = &values->sources[sentence->first_source + i];
        if (source->attributed && mention->first >= source->first &&
            mention->first + mention->n_tokens <= source->first + source->n_tokens)
            return true;
    }
    return false;
}

static uint32_t distance(uint32_t token, uint32_t first, uint32_t count)
{
    return token < first ? first - token : token >= first + count ? token - (first + count) + 1 : 0;
}

/* Precision in the order of preference; an unknown name's place says less than a town's, a
 * district's less than both. */
static int fineness(const struct place *place)
{
    static const int order[PRECISIONS] = {
        [PRECISION_POINT] = 0,    [PRECISION_SETTLEMENT] = 0, [PRECISION_NAMED] = 1,
        [PRECISION_DISTRICT] = 2, [PRECISION_REGION] = 3,     [PRECISION_COUNTRY] = 4,
        [PRECISION_UNKNOWN] = 5,
    };
    return order[place->precision];
}

/* A dateline tells where the reporter sat: "SANAA (Wire) - A strike hit Saada" happened in Saada.
 * But "GARY, Ind. - A boy died in northern Indiana" in Gary. */
static bool beats_dateline(const struct place_mention *a, const struct place_mention *dateline)
{
    return dateline->home && !a->home && a->locative && a->place.precision < PRECISION_COUNTRY &&
           place_relate(&dateline->place, &a->place) != PLACES_FIRST_WITHIN;
}

static bool place_better(const struct place_mention *a, const struct place_mention *b,
                         uint32_t token)
{
    if (beats_dateline(a, b) || beats_dateline(b, a))
        return beats_dateline(a, b);
    if (a->locative != b->locative)
        return a->locative;
    /* "hit X and its fields in the countryside of Y": not in Y. */
    if (a->around != b->around && a->place.precision <= PRECISION_NAMED &&
        b->place.precision <= PRECISION_NAMED && a->around == (a->first > b->first))
        return b->around;
    int fa = fineness(&a->place), fb = fineness(&b->place);
    if (fa != fb)
        return fa < fb;
    return distance(token, a->first, a->n_tokens) < distance(token, b->first, b->n_tokens);
}

/* The mentions that contain another are context, not the place: "Mesick, Michigan" is Mesick. */
static bool contains_another(const struct report_values *values, uint32_t index)
{
    return index > 0 && values->places[index - 1].within == index;
}

/* Tokens between a name and what it lies near: "Tora, a village north of El Fasher". */
#define NEAR_TOKENS 5

/* Nor are those that only say where another lies: "Tora, north of El Fasher" is not El Fasher. */
static bool locates_another(const struct report_values *values, uint32_t index)
{
    const struct place_mention *near = &values->places[index], *other = near - 1;
    if (!near->near || index == 0 || other->sentence != near->sentence || !other->locative ||
        other->near || other->place.precision > PRECISION_NAMED ||
        near->first > other->first + other->n_tokens + NEAR_TOKENS)
        return false;
    /* "in Kherson and one near Beryslav" tells of both. */
    const struct word_list *joins = values_list(values, "place-join");
    uint32_t phrase;
    for (uint32_t t = other->first + other->n_tokens; t < near->first; t++)
        if (values->doc->tokens[t].kind != TOKEN_PUNCT && joins &&
            word_list_match(joins, values->doc, t, near->first, &phrase))
            return false;
    return true;
}

/* Words that may stand between "taken to" and the town of the hospital. */
#define TAKEN_TO 8

/* "airlifted to a hospital in Jackson": not where it happened. */
static bool was_taken_to(const struct report_values *values, const struct place_mention *mention)
{
    const struct word_list *taken = language_list(values->language, "place-taken-to");
    uint32_t begin = values->doc->sentences[mention->sentence].first, phrase;
    for (uint32_t t = mention->first; taken && t > begin && t + TAKEN_TO > mention->first; t--)
        if (word_list_match(taken, values->doc, t - 1, mention->first, &phrase))
            return true;
    return false;
}

/* The paper's name behind a title: "Child shot in Gary - WXYZ News, Chicago". */
static bool in_masthead(const struct report_values *values, const struct place_mention *mention)
{
    const struct sentence *s = &values->doc->sentences[mention->sentence];
    const struct token *tokens = values->doc->tokens;
    uint32_t phrase, end = s->first + s->count, dash = UINT32_MAX;
    for (uint32_t t = s->first; s->is_title && t < mention->first; t++) {
        struct slice sign = token_text(values->doc, t);
        if (tokens[t].kind == TOKEN_PUNCT && tokens[t].flags & TOKEN_SPACE &&
            tokens[t + 1].flags & TOKEN_SPACE &&
            (slice_is(sign, "-") || slice_is(sign, "|") || slice_is(sign, "\u2013") ||
             slice_is(sign, "\u2014")))
            dash = t;
    }
    for (uint32_t t = dash; dash != UINT32_MAX && t < end; t++)
        if (word_list_match(&values->language->attacks, values->doc, t, end, &phrase))
            return false;
    return dash != UINT32_MAX;
}

/* Marks the mentions of a sentence that cannot be where something happened, whatever is asked:
 * once, for each claim asks. */
static void context_mark(struct report_values *values, struct sentence_values *sentence)
{
    if (sentence->context_marked)
        return;
    sentence->context_marked = sentence->stage == VALUES_ALL;
    for (uint32_t i = sentence->first_place; i < sentence->first_place + sentence->n_places; i++) {
        struct place_mention *mention = &values->places[i];
        mention->context =
            mention->demonym ||
            (mention->unknown && !mention->locative && mention->within == UINT32_MAX) ||
            contains_another(values, i) || locates_another(values, i) ||
            names_source(values, mention) || in_masthead(values, mention) ||
            was_taken_to(values, mention);
    }
}

static uint32_t place_in(struct report_values *values, size_t sentence, uint32_t token)
{
    struct sentence_values *found = &values->sentences[sentence];
    uint32_t best = SETTING_NONE;
    context_mark(values, found);
    for (uint32_t i = found->first_place; i < found->first_place + found->n_places; i++) {
        const struct place_mention *mention = &values->places[i];
        if (mention->context || mention->place.precision == PRECISION_UNKNOWN)
            continue;
        if (best == SETTING_NONE || place_better(mention, &values->places[best], token))
            best = i;
    }
    return best;
}

/* Whether a phrase of the list ends right before token `at` of the sentence that begins at `begin`;
 * where it begins. */
static bool phrase_before(const struct report_values *values, const struct word_list *list,
                          uint32_t begin, uint32_t at, uint32_t *first)
{
    uint32_t phrase;
    for (uint32_t n = 1; list && n <= 4 && at >= begin + n; n++)
        if (word_list_match(list, values->doc, at - n, at, &phrase) == n) {
            *first = at - n;
            return true;
        }
    return false;
}

/* The first token of the stretch of time phrases that ends with this one: "at noon on Wednesday".
 */
static uint32_t stretch_first(const struct report_values *values, uint32_t index)
{
    const struct sentence_values *found = &values->sentences[values->times[index].sentence];
    uint32_t first = values->times[index].first;
    for (uint32_t i = index; i-- > found->first_time;) {
        const struct time_mention *before = &values->times[i];
        if (before->first + before->n_tokens == first)
            first = before->first;
    }
    return first;
}

/* "police said on Wednesday" tells when police spoke: the time stands right behind the verb of an
 * attribution. "announced for Thursday" tells of a plan. */
static bool tells_otherwise(const struct report_values *values, uint32_t index)
{
    uint32_t begin = values->doc->sentences[values->times[index].sentence].first;
    uint32_t at = stretch_first(values, index), phrase;
    if (phrase_before(values, values_list(values, "time-of-plans"), begin, at, &phrase))
        return true;
    phrase_before(values, values_list(values, "time-said-how"), begin, at, &at);
    const struct word_list *verbs = values_list(values, "reporting");
    for (uint32_t back = 1; verbs && back <= 2 && at >= begin + back; back++)
        if (word_list_match(verbs, values->doc, at - back, at, &phrase))
            return true;
    return false;
}

/* Tokens between a time and the word of the attack it dates: "Wednesday's [Russian missile]
 * strike". */
#define DATES_BEFORE 4
#define DATES_AFTER 3

bool setting_dates_attack(const struct report_values *values, uint32_t time)
{
    const struct time_mention *m = &values->times[time];
    const struct sentence *s = &values->doc->sentences[m->sentence];
    const struct word_list *attacks = &values->language->attacks;
    uint32_t end = s->first + s->count, after = m->first + m->n_tokens, phrase;
    uint32_t at = stretch_first(values, time);
    bool possessive = after < end && (slice_is(token_text(values->doc, after), "'s") ||
                                      slice_is(token_text(values->doc, after), "\u2019s"));
    bool adjective = at > s->first && slice_is(token_text(values->doc, at - 1), "the");
    for (uint32_t t = after; (possessive || adjective) && t < end && t <= after + DATES_BEFORE; t++)
        if (word_list_match(attacks, values->doc, t, end, &phrase))
            return true;
    for (uint32_t n = 1; n <= DATES_AFTER && at >= s->first + n; n++) {
        if (values->doc->tokens[at - n].kind == TOKEN_PUNCT)
            break;
        size_t k = word_list_match(attacks, values->doc, at - n, at, &phrase);
        if (k > 0 && k <= n)
            return true;
    }
    return false;
}

static bool is_clock(const struct time_mention *time)
{
    enum time_means means = time->rule->time.means;
    return means == TIME_CLOCK || means == TIME_PART;
}

/* Whether time `a` rather tells when something at `token` happened than time `b`. */
static bool time_better(const struct report_values *values, uint32_t a, uint32_t b, uint32_t token)
{
    const struct time_mention *x = &values->times[a], *y = &values->times[b];
    bool dates_x = setting_dates_attack(values, a), dates_y = setting_dates_attack(values, b);
    if (dates_x != dates_y)
        return dates_x;
    return distance(token, x->first, x->n_tokens) < distance(token, y->first, y->n_tokens);
}

static void times_in(const struct report_values *values, size_t sentence, uint32_t token,
                     struct setting *setting)
{
    const struct sentence_values *found = &values->sentences[sentence];
    for (uint32_t i = found->first_time; i < found->first_time + found->n_times; i++) {
        if (tells_otherwise(values, i))
            continue;
        uint32_t *slot = is_clock(&values->times[i]) ? &setting->clock : &setting->time;
        if (*slot == SETTING_NONE || time_better(values, i, *slot, token))
            *slot = i;
    }
    if (setting->time == SETTING_NONE) {
        setting->time = setting->clock;
        setting->clock = SETTING_NONE;
    }
}

struct setting setting_of(struct report_values *values, size_t sentence, uint32_t token)
{
    struct setting setting = {SETTING_NONE, SETTING_NONE, SETTING_NONE};
    setting.place = place_in(values, sentence, token);
    times_in(values, sentence, token, &setting);
    return setting;
}

struct setting setting_of_claim(struct report_values *values, const struct claim *claim)
{
    struct setting setting = setting_of(values, claim->sentence, claim->token);
    if (claim->place != UINT32_MAX)
        setting.place = claim->place;
    if (claim->time != UINT32_MAX && setting.time != claim->time) {
        if (is_clock(&values->times[claim->time]) && setting.time != SETTING_NONE)
            setting.clock = claim->time;
        else
            setting.time = claim->time;
    }
    return setting;
}

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Folding keeps every plain letter: names that differ in one before any other character differ. */
static bool plainly_differ(struct slice a, struct slice b)
{
    size_t i = 0;
    while (i < a.len && i < b.len && is_plain((unsigned char)a.ptr[i]) &&
           is_plain((unsigned char)b.ptr[i])) {
        unsigned char x = (unsigned char)a.ptr[i], y = (unsigned char)b.ptr[i++];
        if ((x | 0x20) != (y | 0x20)) /* digits have that bit already */
            return true;
    }
    if (i == a.len || i == b.len) {
        struct slice longer = i == a.len ? b : a;
        return i < longer.len && is_plain((unsigned char)longer.ptr[i]);
    }
    return false;
}

static bool same_name(struct slice a, struct slice b)
{
    if (plainly_differ(a, b))
        return false;
    struct buffer fa, fb;
    buffer_init(&fa, 4096);
    buffer_init(&fb, 4096);
    utf8_fold_name(&fa, a);
    utf8_fold_name(&fb, b);
    bool same = slice_equal(buffer_slice(&fa), buffer_slice(&fb));
    buffer_free(&fa);
    buffer_free(&fb);
    return same;
}

enum place_relation place_relate(const struct place *a, const struct place *b)
{
    /* Places of our own (areas.tsv) have no number. */
    bool ours = !a->geoname_id && !b->geoname_id && a->lat == b->lat && a->lon == b->lon &&
                slice_equal(a->country, b->country) && same_name(a->name, b->name);
    if (ours || (a->geoname_id && a->geoname_id == b->geoname_id))
        return PLACES_SAME;
    int fa = fineness(a), fb = fineness(b);
    bool same_country = a->country.len && slice_equal(a->country, b->country);
    if (b->precision == PRECISION_COUNTRY && same_country)
        return fa < fb ? PLACES_FIRST_WITHIN : PLACES_SAME;
    if (a->precision == PRECISION_COUNTRY && same_country)
        return PLACES_SECOND_WITHIN;
    bool same_region = a->adm1_code.len && slice_equal(a->adm1_code, b->adm1_code);
    if (same_region && b->precision == PRECISION_REGION)
        return fa < fb ? PLACES_FIRST_WITHIN : PLACES_SAME;
    if (same_region && a->precision == PRECISION_REGION)
        return PLACES_SECOND_WITHIN;
    if (b->precision == PRECISION_DISTRICT && b->geoname_id && a->district == b->geoname_id)
        return PLACES_FIRST_WITHIN;
    if (a->precision == PRECISION_DISTRICT && a->geoname_id && b->district == a->geoname_id)
        return PLACES_SECOND_WITHIN;
    if (a->precision == PRECISION_NAMED || b->precision == PRECISION_NAMED)
        if (same_name(a->written, b->written) || same_name(a->name, b->name))
            return PLACES_SAME;
    return PLACES_APART;
}
