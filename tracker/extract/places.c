/* Finds the place names of a sentence: names of the gazetteer where they can be places, and
 * capitalised words that stand where a place must stand ("in Chongai", "Lukhi, Nangarhar", "X
 * district"). Which of several places a name means is decided later, over the whole report
 * (places_resolve.c). */
#include "extract/places.h"

#include "extract/places_finder.h"

/* ---- names of the gazetteer ---- */

/* A capitalised word right beside the name that belongs to a longer name: "Washington Post",
 * "Marwan Gaza". */
static bool part_of_longer_name(const struct finder *f, const struct finding *name)
{
    uint32_t phrase;
    bool after = is_capital_word(f, name->end) && !name->suffixed &&
                 f->doc->tokens[name->end].flags & TOKEN_SPACE &&
                 !words_match(f->words.after, f->doc, name->end, f->end, &phrase) &&
                 !words_match(f->words.people, f->doc, name->end, f->end, &phrase);
    size_t b = name->first;
    bool before = b > f->begin && b != f->previous_end && is_capital_word(f, b - 1) &&
                  f->doc->tokens[b].flags & TOKEN_SPACE && b - 1 > f->begin &&
                  !words_end(f->words.between, f->doc, f->begin, b, NULL) &&
                  !words_end(f->words.after, f->doc, f->begin, b, NULL);
    return before || after;
}

/* Whether what stands after a name lets it be a place: punctuation, a preposition, a verb. */
static bool after_place(const struct finder *f, size_t i)
{
    uint32_t phrase;
    if (i >= f->end)
        return true;
    if (f->doc->tokens[i].kind == TOKEN_PUNCT)
        return !is_sign(f, i, "-") && !is_sign(f, i, "'");
    return words_match(f->words.after, f->doc, i, f->end, &phrase) > 0 &&
           !slice_is(token_text(f->doc, i), "'s") && !slice_is(token_text(f->doc, i), "\u2019s");
}

/* Whether a name that is often a word or a person's is a place here. */
static bool context_says_place(const struct finder *f, const struct finding *name)
{
    uint32_t phrase;
    if (name->prefixed || name->suffixed || finder_container_follows(f, name->end))
        return true;
    if (words_match(f->words.never, f->doc, name->first, f->end, &phrase))
        return false;
    bool longer = part_of_longer_name(f, name);
    if (name->locative && !longer && after_place(f, name->end))
        return true;
    return !f->headline && !longer && name->first > f->begin &&
           words_match(f->words.people, f->doc, name->name_end, f->end, &phrase) > 0;
}

/* Letters of a short word in capitals that is rather an abbreviation: "AAS", "MACA prison". */
#define ACRONYM_LETTERS 4

/* "the GNA", "UPDATE": a word all in capitals that nothing follows as its region, not even a
 * dateline's dash. A name of the gazetteer is one only where it is short and the text is not all in
 * capitals. */
static bool is_acronym(const struct finder *f, const struct finding *name)
{
    const struct token *token = &f->doc->tokens[name->first];
    bool bare = name->name_end == name->first + 1 && token->flags & TOKEN_UPPER && !name->home &&
                !finder_container_follows(f, name->end);
    if (!name->unknown)
        return bare && token->len <= ACRONYM_LETTERS && !f->upper;
    return bare && !name->prefixed && !name->suffixed;
}

/* Largest population over the candidates: how much the bare name is worth. */
static uint32_t fame_of(const struct finder *f, const struct place_candidates *c, unsigned wanted)
{
    uint32_t best = 0;
    for (size_t k = 0; k < c->n; k++) {
        unsigned flags;
        const struct gazetteer_place *p = gazetteer_candidate(f->values->gazetteer, c, k, &flags);
        if (p && !(flags & (CANDIDATE_DEMONYM | CANDIDATE_ABBREVIATION)) &&
            (flags & wanted) == wanted && p->population > best &&
            !(wanted && p->kind == GAZETTEER_DISTRICT)) /* a sum over its towns */
            best = p->population;
    }
    return best;
}

uint32_t finder_fame(const struct finder *f, const struct place_candidates *c)
{
    return fame_of(f, c, 0);
}

/* The same, by its own name: another name says less. */
static uint32_t own_fame(const struct finder *f, const struct finding *name)
{
    bool latin = place_name_latin(token_text(f->doc, name->first));
    return fame_of(f, &name->candidates, latin ? CANDIDATE_MAIN : 0);
}

/* One below this (see FAMOUS) is a place only where the text says so; one known by another of its
 * names (Adan for Aden, Safa for Safi) below the second: such names are also those of people. */
#define OBSCURE 15000u
#define OBSCURE_ALIAS 100000u

/* Whether a short form ("Ind.", "GA") stands as one: after a comma and a place, in capitals or with
 * its full stop. */
static bool accept_abbreviation(const struct finder *f, const struct finding *name)
{
    struct slice s = token_text(f->doc, name->first);
    bool short_form = f->doc->tokens[name->first].flags & TOKEN_UPPER ||
                      is_sign(f, name->name_end, ".") || memchr(s.ptr, '.', s.len);
    return short_form && finder_follows_place(f, name->first);
}

/* "the Hassan family": a name that people bear. "A Chicago family" is from there. */
static bool is_borne(const struct finder *f, const struct finding *name)
{
    uint32_t phrase;
    return words_end(f->words.definite, f->doc, f->begin, name->first, NULL) > 0 &&
           words_match(f->words.bearer, f->doc, name->name_end, f->end, &phrase) > 0;
}

/* Words between a building and the "in" of its town: "located". */
#define BUILDING_GAP 3

/* "the Safad School in Zeitoun": a building called after a town elsewhere. */
static bool names_building(const struct finder *f, const struct finding *name)
{
    uint32_t phrase;
    size_t i = name->name_end;
    size_t n = is_capital_word(f, i) && !f->headline
                   ? words_match(f->words.facility, f->doc, i, f->end, &phrase)
                   : 0;
    for (size_t at = i + n; n && at < i + n + BUILDING_GAP; at++)
        if (words_match(f->words.in, f->doc, at, f->end, &phrase))
            return true;
    return false;
}

static bool accept_known(const struct finder *f, const struct finding *name)
{
    uint32_t phrase;
    const struct place_candidates *c = &name->candidates;
    size_t length = name->name_end - name->first;
    if (is_borne(f, name) ||
        words_match(f->words.facility, f->doc, name->first, f->end, &phrase) == length)
        return false; /* "Mitiga Airport": no Airport of Iowa */
    if (name->name_end ==
            name->first + words_match(f->words.never, f->doc, name->first, f->end, &phrase) &&
        !name->suffixed && !finder_container_follows(f, name->end))
        return false;
    if (finder_all_flagged(f, c, CANDIDATE_ABBREVIATION))
        return accept_abbreviation(f, name); /* "Richmond, VA News" */
    if (finder_is_body(f, name->name_end) || (name->suffixed && finder_is_body(f, name->end)))
        return false;
    if (is_acronym(f, name) && !(c->flags & NAME_OURS))
        return false;
    if (c->flags & NAME_AMBIGUOUS_WORD && name->name_end == name->first + 1)
        return context_says_place(f, name) ||
               (finder_follows_place(f, name->first) && c->flags & NAME_OURS);
    if (c->flags & NAME_OURS || name->suffixed || name->prefixed ||
        finder_container_follows(f, name->end))
        return true;
    uint32_t main = own_fame(f, name);
    if (main >= FAMOUS)
        return true;
    if (names_building(f, name) || (part_of_longer_name(f, name) && !f->headline))
        return false;
    return name->locative || main >= OBSCURE || finder_fame(f, c) >= OBSCURE_ALIAS ||
           finder_follows_place(f, name->first) ||
           words_match(f->words.people, f->doc, name->name_end, f->end, &phrase) > 0;
}

static bool article_read(const struct finder *f, size_t i);

/* "al-Bab", "As Sabaa": a small word that begins a name; a capital follows. One that is a word of
 * the language ("at Bab") needs a capital or a hyphen. */
static inline bool is_article(const struct finder *f, size_t i)
{
    const list_set article = LIST_BIT(LIST_PLACE_ARTICLE);
    return lists_at(&f->values->language->marked, f->doc, i) & article && article_read(f, i);
}

/* "Nawa" of "Nawa-i-Barakzayi": the name runs on after a hyphen; "Abu" of "Abu al-Jubain", after an
 * article. */
static bool runs_on(const struct finder *f, size_t i)
{
    if (i < f->end && !(f->doc->tokens[i].flags & (TOKEN_CAPITAL | TOKEN_PARAGRAPH)) &&
        is_article(f, i))
        return true;
    if (!is_sign(f, i, "-") || f->doc->tokens[i].flags & TOKEN_SPACE || i + 1 >= f->end ||
        f->doc->tokens[i + 1].flags & TOKEN_SPACE)
        return false;
    uint32_t phrase;
    struct place_candidates c;
    if (is_capital_word(f, i + 1))
        return finder_match_name(f, i + 1, &c) == 0;
    return words_match(f->words.inner, f->doc, i + 1, f->end, &phrase) > 0;
}

/* ---- names the gazetteer lacks ---- */

#define UNKNOWN_MAX_WORDS 6

static bool joins_name(const struct finder *f, size_t i, bool hyphen)
{
    uint32_t phrase;
    if (i >= f->end || f->doc->tokens[i].kind != TOKEN_WORD ||
        (!hyphen && !(f->doc->tokens[i].flags & TOKEN_SPACE)) ||
        f->doc->tokens[i].flags & TOKEN_PARAGRAPH)
        return false;
    if (is_capital_word(f, i))
        return !words_match(f->words.never, f->doc, i, f->end, &phrase) &&
               !words_match(f->words.after, f->doc, i, f->end, &phrase);
    /* A small word only inside: a capital or a hyphen comes next. */
    return words_match(f->words.inner, f->doc, i, f->end, &phrase) == 1 &&
           (is_capital_word(f, i + 1) || is_sign(f, i + 1, "-"));
}

/* In a language with cases the region of a place follows it without any sign. */
static bool region_follows(const struct finder *f, size_t i)
{
    struct place_candidates c;
    return f->values->language->n_endings && finder_match_name(f, i, &c) && c.flags & NAME_OURS;
}

/* The token after the capitalised words that begin at i. */
static size_t unknown_end(const struct finder *f, size_t i)
{
    size_t end = i + 1;
    for (size_t words = 1; words < UNKNOWN_MAX_WORDS; words++) {
        uint32_t phrase;
        bool hyphen = is_sign(f, end, "-") && !(f->doc->tokens[end].flags & TOKEN_SPACE);
        if (region_follows(f, end) || words_match(f->words.suffix, f->doc, end, f->end, &phrase) ||
            !joins_name(f, end + hyphen, hyphen))
            break;
        end += 1u + hyphen;
    }
    return end;
}

static bool article_read(const struct finder *f, size_t i)
{
    uint32_t phrase;
    if (words_match(f->words.article, f->doc, i, f->end, &phrase) != 1)
        return false;
    bool hyphen = is_sign(f, i + 1, "-") && !(f->doc->tokens[i + 1].flags & TOKEN_SPACE);
    bool word = words_match(f->words.in, f->doc, i, f->end, &phrase) ||
                words_match(f->words.after, f->doc, i, f->end, &phrase) ||
                words_match(f->words.between, f->doc, i, f->end, &phrase);
    if (word && !hyphen && (i == f->begin || !is_capital_word(f, i)))
        return false;
    return is_capital_word(f, i + 1 + hyphen) &&
           !words_match(f->words.never, f->doc, i, f->end, &phrase);
}

/* "Now, Thomas said": what begins a sentence needs a region that is surely one behind it. */
static bool ours_follows(const struct finder *f, size_t i)
{
    struct place_candidates c;
    return finder_match_name(f, i + 1, &c) > 0 && c.flags & NAME_OURS;
}

static bool find_unknown(const struct finder *f, size_t i, struct finding *name)
{
    uint32_t phrase;
    *name = (struct finding){.first = i, .unknown = true};
    if (!is_article(f, i) &&
        (!is_capital_word(f, i) || words_match(f->words.never, f->doc, i, f->end, &phrase) ||
         words_match(f->words.in, f->doc, i, f->end, &phrase) ||
         words_match(f->words.between, f->doc, i, f->end, &phrase) ||
         words_match(f->words.after, f->doc, i, f->end, &phrase)))
        return false;
    name->name_end = name->end = unknown_end(f, i);
    for (size_t k = name->name_end - 1; k <= name->name_end; k++)
        if ((words_match(f->words.never_before, f->doc, k, f->end, &phrase) &&
             (is_capital_word(f, k) ||
              !words_match(f->words.suffix, f->doc, k, f->end, &phrase))) ||
            words_match(f->words.facility, f->doc, k, f->end, &phrase))
            return false;
    finder_look_around(f, name);
    if (is_acronym(f, name) || (name->name_end == i + 1 && f->doc->tokens[i].len == 1))
        return false;
    if (finder_container_follows(f, name->end))
        return name->locative || (!f->headline && (i > f->begin || ours_follows(f, name->end)));
    if (name->prefixed || name->suffixed)
        return name->locative || name->of;
    return name->locative && !f->headline && after_place(f, name->end);
}

/* ---- mentions ---- */

static int add_value(struct finder *f, struct value_list *list, size_t first, size_t end,
                     uint32_t mention, struct error *err)
{
    struct value value = {.first = (uint32_t)first,
                          .count = (uint16_t)(end - first),
                          .type = VALUE_PLACE,
                          .index = mention};
    return value_list_add(f->values, list, value, err);
}

static int add_mention(struct finder *f, const struct finding *name, struct error *err)
{
    struct report_values *v = f->values;
    if (arena_grow(v->arena, &v->places, &v->places_capacity, v->n_places, sizeof *v->places, err))
        return -1;
    v->places[v->n_places] = (struct place_mention){
        .first = (uint32_t)name->first,
        .n_tokens = (uint32_t)(name->end - name->first),
        .name_tokens = (uint32_t)(name->name_end - name->first),
        .sentence = f->sentence,
        .demonym = !name->unknown && finder_all_flagged(f, &name->candidates, CANDIDATE_DEMONYM),
        .unknown = name->unknown,
        .locative = name->locative,
        .near = name->near,
        .around = name->around,
        .weak = name->weak,
        .home = name->home,
        .kind = (uint8_t)name->kind,
        .within = UINT32_MAX,
        .candidates = name->candidates};
    f->previous = (uint32_t)v->n_places++;
    f->previous_end = name->end;
    return 0;
}

/* Values for the rules: each name, and a name with what contains it ("Mesick, Michigan") as one. */
static int add_values(struct finder *f, size_t first_mention, struct value_list *list,
                      struct error *err)
{
    const struct report_values *v = f->values;
    for (size_t k = first_mention; k < v->n_places; k++) {
        const struct place_mention *m = &v->places[k];
        if (m->sentence != f->sentence)
            break;
        if (m->demonym)
            continue;
        if (add_value(f, list, m->first, m->first + m->n_tokens, (uint32_t)k, err))
            return -1;
        size_t end = m->first + m->n_tokens;
        for (uint32_t w = m->within; w != UINT32_MAX; w = v->places[w].within) {
            const struct place_mention *outer = &v->places[w];
            if (!is_sign(f, end, ",") && !is_sign(f, end, "("))
                break;
            bool bracket = is_sign(f, end, "(");
            end = outer->first + outer->n_tokens;
            end += bracket && is_sign(f, end, ")");
        }
        if (end > m->first + m->n_tokens && end - m->first <= UINT16_MAX &&
            add_value(f, list, m->first, end, (uint32_t)k, err))
            return -1;
    }
    return 0;
}

/* Whether three of four longer words of the sentence have this flag. */
static bool mostly(const struct finder *f, unsigned flag)
{
    size_t words = 0, flagged = 0;
    for (size_t i = f->begin; i < f->end; i++)
        if (f->doc->tokens[i].kind == TOKEN_WORD && f->doc->tokens[i].len > 3) {
            words++;
            flagged += (f->doc->tokens[i].flags & flag) != 0;
        }
    return words >= 3 && flagged * 4 >= words * 3;
}

/* The second half of a word with a hyphen: a name begins with the first. */
static bool is_glued(const struct finder *f, size_t i)
{
    return i >= f->begin + 2 && is_sign(f, i - 1, "-") && is_capital_word(f, i - 2) &&
           !(f->doc->tokens[i - 1].flags & TOKEN_SPACE) && !(f->doc->tokens[i].flags & TOKEN_SPACE);
}

/* Two names glued together: "the Kabul-Kandahar highway" is a way between them and neither; of
 * "Charlotte-Mecklenburg" the first tells the place. Sets the token after both. */
static bool is_pair(const struct finder *f, const struct finding *name, size_t *end)
{
    struct place_candidates c;
    size_t i = name->name_end;
    if (!is_sign(f, i, "-") || f->doc->tokens[i].flags & TOKEN_SPACE ||
        !is_capital_word(f, i + 1) || f->doc->tokens[i + 1].flags & TOKEN_SPACE)
        return false;
    size_t n = finder_match_name(f, i + 1, &c);
    *end = i + 1 + n;
    return n > 0;
}

/* "Carmel Valley", "College Hills": a suffix written large is part of the name, and a town called
 * like its beginning is not meant. */
static bool suffix_in_name(const struct finder *f, const struct finding *known,
                           struct finding *name)
{
    if (!known->suffixed || known->kind < PLACE_WORD_AREA || f->headline ||
        !is_capital_word(f, known->name_end) || finder_container_follows(f, known->name_end) ||
        own_fame(f, known) >= FAMOUS)
        return false;
    *name = (struct finding){
        .first = known->first, .name_end = known->end, .end = known->end, .unknown = true};
    finder_look_around(f, name);
    return name->locative || name->suffixed || finder_container_follows(f, name->end);
}

/* "Lal Por": the gazetteer knows Lal, but the name goes on and stands where a place must. */
static bool longer_unknown(const struct finder *f, const struct finding *known,
                           struct finding *name)
{
    if (suffix_in_name(f, known, name))
        return true;
    unsigned flags = known->candidates.flags;
    if ((flags & NAME_OURS && !(flags & NAME_AMBIGUOUS_WORD)) || known->suffixed ||
        known->end != known->name_end || !joins_name(f, known->end, false) ||
        finder_fame(f, &known->candidates) >= FAMOUS)
        return false;
    return find_unknown(f, known->first, name) && name->name_end > known->name_end;
}

/* Finds what begins at token i; returns whether it is a place. */
static bool find_at(const struct finder *f, size_t i, struct finding *name)
{
    struct finding known = {.first = i};
    size_t n = finder_match_name(f, i, &known.candidates);
    bool article = n == 1 && is_article(f, i);
    if (n == 0 || article || runs_on(f, i + n))
        return find_unknown(f, i, name);
    known.name_end = known.end = i + n;
    finder_look_around(f, &known);
    if (longer_unknown(f, &known, name))
        return true;
    *name = known;
    return f->doc->tokens[i].len > 1 && accept_known(f, name);
}

static int words_load(struct report_values *values, struct error *err)
{
    struct place_words *words = ARENA_NEW(values->arena, struct place_words);
    if (!words)
        return arena_full(values->arena, err);
    place_words_load(words, values->language);
    values->place_words = words;
    return 0;
}

int places_find(struct report_values *values, size_t sentence, struct value_list *list,
                struct error *err)
{
    if (!values->gazetteer)
        return 0;
    const struct sentence *s = &values->doc->sentences[sentence];
    struct finder f = {.values = values,
                       .doc = values->doc,
                       .begin = s->first,
                       .end = s->first + s->count,
                       .sentence = (uint32_t)sentence,
                       .previous = UINT32_MAX};
    struct sentence_values *found = &values->sentences[sentence];
    if (found->places_done)
        return list ? add_values(&f, found->first_place, list, err) : 0;
    found->places_done = true;
    found->first_place = (uint32_t)values->n_places;
    if (!values->place_words && words_load(values, err))
        return -1;
    uint32_t phrase;
    f.words = *values->place_words;
    f.upper = mostly(&f, TOKEN_UPPER);
    f.headline =
        f.upper || (mostly(&f, TOKEN_CAPITAL) && (s->is_title || !is_sign(&f, f.end - 1, ".")));
    for (size_t i = f.begin; i < f.end;) {
        struct finding name;
        size_t end = 0;
        bool begins = f.doc->tokens[i].flags & TOKEN_CAPITAL || is_article(&f, i);
        if (!begins || is_glued(&f, i) || !find_at(&f, i, &name)) {
            i++;
            continue;
        }
        bool pair = is_pair(&f, &name, &end);
        name.home = name.home || (pair && words_match(f.words.home, f.doc, end, f.end, &phrase));
        if (finder_is_origin(&f, &name))
            f.origin_end = name.end;
        else if (!(pair && words_match(f.words.way, f.doc, end, f.end, &phrase)) &&
                 add_mention(&f, &name, err))
            return -1;
        i = pair ? end : name.end;
    }
    places_link(&f, found->first_place);
    found->n_places = (uint32_t)values->n_places - found->first_place;
    return list ? add_values(&f, found->first_place, list, err) : 0;
}

/* The first sentences of a report tell where it plays, with or without a claim in them. */
#define CONTEXT_SENTENCES 20

int places_context(struct report_values *values, size_t sentence, struct error *err)
{
    size_t end = sentence < CONTEXT_SENTENCES ? CONTEXT_SENTENCES : sentence + 1;
    if (end > values->doc->n_sentences)
        end = values->doc->n_sentences;
    for (; values->n_context < end; values->n_context++)
        if (places_find(values, values->n_context, NULL, err))
            return -1;
    return 0;
}

void places_context_end(struct report_values *values, size_t end)
{
    size_t first = end < CONTEXT_SENTENCES ? CONTEXT_SENTENCES : end;
    for (size_t i = first; i < values->n_context; i++) {
        values->sentences[i].places_done = false;
        values->sentences[i].n_places = 0;
    }
    if (values->n_context > first)
        values->n_context = first;
    while (values->n_places > 0 && values->places[values->n_places - 1].sentence >= first)
        values->n_places--;
}
