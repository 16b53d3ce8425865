#include "extract/place_cases.h"

#include "text/character.h"
#include "text/utf8.h"

#define CASE_WORDS 3  /* words of a name */
#define CASE_FORMS 12 /* forms of one word, as written included */
#define FORM_BYTES 64
#define NAME_BYTES ((size_t)CASE_WORDS * (FORM_BYTES + 1))

/* What one word may be in the dictionary. */
struct word_forms {
    char text[CASE_FORMS][FORM_BYTES];
    size_t len[CASE_FORMS];
    size_t n;
};

static void form_add(struct word_forms *forms, struct slice stem, struct slice ending)
{
    size_t len = stem.len + ending.len;
    if (forms->n == CASE_FORMS || len == 0 || len > FORM_BYTES)
        return;
    memcpy(forms->text[forms->n], stem.ptr, stem.len);
    if (ending.len)
        memcpy(forms->text[forms->n] + stem.len, ending.ptr, ending.len);
    forms->len[forms->n++] = len;
}

static bool ends_with(struct slice word, struct slice ending)
{
    return word.len > ending.len && word.ptr[word.len - 1] == ending.ptr[ending.len - 1] &&
           memcmp(word.ptr + word.len - ending.len, ending.ptr, ending.len) == 0;
}

/* The word as written, then with other endings: those of the longest written ending first. */
static void forms_fill(const struct language *language, struct slice word, struct word_forms *out)
{
    out->n = 0;
    form_add(out, word, SLICE_NONE);
    for (size_t k = 0; k < language->n_endings; k++) {
        const struct name_ending *ending = &language->endings[k];
        if (!ends_with(word, ending->written))
            continue;
        struct slice stem = slice_sub(word, 0, word.len - ending->written.len);
        for (size_t b = 0; b < ending->n_basic; b++)
            form_add(out, stem, ending->basic[b]);
    }
}

/* The Latin spelling of the letter at `at` of a word; absent for one the language does not list. */
static struct slice latin_of(const struct language *language, uint32_t letter, size_t at)
{
    for (size_t k = 0; k < language->n_letters; k++) {
        const struct latin_letter *l = &language->letters[k];
        if (l->code == letter && (!l->first || at == 0))
            return (struct slice){l->latin.len ? l->latin.ptr : "", l->latin.len};
    }
    return SLICE_NONE;
}

/* Puts a word into Latin letters in place; empty when it has a letter the language does not list or
 * gets too long. */
static void romanise(const struct language *language, char text[FORM_BYTES], size_t *len)
{
    char out[FORM_BYTES];
    size_t used = 0;
    for (size_t at = 0, step; at < *len; at += step) {
        uint32_t code;
        step = utf8_decode(text + at, *len - at, &code);
        struct slice latin = latin_of(language, character_fold(code), at);
        if (!latin.ptr || used + latin.len > sizeof out) {
            *len = 0;
            return;
        }
        memcpy(out + used, latin.ptr, latin.len);
        used += latin.len;
    }
    memcpy(text, out, used);
    *len = used;
}

/* The token where the next word of the name stands, after a space or a hyphen; 0 for none. */
static size_t next_word(const struct document *doc, size_t i, size_t end)
{
    if (i + 1 < end && doc->tokens[i].kind == TOKEN_PUNCT && slice_is(token_text(doc, i), "-") &&
        !(doc->tokens[i].flags & TOKEN_SPACE) && !(doc->tokens[i + 1].flags & TOKEN_SPACE))
        i++;
    if (i >= end || doc->tokens[i].kind != TOKEN_WORD || doc->tokens[i].flags & TOKEN_PARAGRAPH)
        return 0;
    return i;
}

/* The name of `n` words, each in the form that `at` says; words joined by spaces, as the gazetteer
 * folds hyphens. */
static bool find_name(const struct gazetteer *gazetteer, const struct word_forms *words,
                      const size_t *at, size_t n, struct place_candidates *out)
{
    char name[NAME_BYTES];
    size_t len = 0;
    for (size_t w = 0; w < n; w++) {
        if (w)
            name[len++] = ' ';
        memcpy(name + len, words[w].text[at[w]], words[w].len[at[w]]);
        len += words[w].len[at[w]];
    }
    return gazetteer_find(gazetteer, (struct slice){name, len}, out);
}

/* Tries every combination of forms of the words after the first; the last word changes fastest. */
static bool try_words(const struct gazetteer *gazetteer, const struct word_forms *words,
                      size_t first_form, size_t n, struct place_candidates *out)
{
    size_t at[CASE_WORDS] = {first_form};
    for (;;) {
        if (find_name(gazetteer, words, at, n, out))
            return true;
        size_t w = n - 1;
        while (w > 0 && ++at[w] == words[w].n)
            at[w--] = 0;
        if (w == 0)
            return false;
    }
}

/* Fills the forms of one word, in the letters of the language or in Latin ones. */
static void word_read(const struct language *language, struct slice word, bool latin,
                      struct word_forms *out)
{
    forms_fill(language, word, out);
    for (size_t f = 0; latin && f < out->n; f++)
        romanise(language, out->text[f], &out->len[f]);
}

static size_t search(const struct language *language, const struct gazetteer *gazetteer,
                     const struct document *doc, size_t i, size_t end, bool latin,
                     struct place_candidates *out)
{
    struct word_forms words[CASE_WORDS];
    size_t next[CASE_WORDS] = {i + 1}, longest[CASE_FORMS], most = 0, n = 1;
    word_read(language, token_text(doc, i), latin, &words[0]);
    for (size_t f = 0; f < words[0].n; f++) {
        longest[f] =
            gazetteer_longest(gazetteer, (struct slice){words[0].text[f], words[0].len[f]});
        most = longest[f] > most ? longest[f] : most;
    }
    for (size_t at; n < CASE_WORDS && n < most; n++) {
        at = next_word(doc, next[n - 1], end);
        if (!at)
            break;
        word_read(language, token_text(doc, at), latin, &words[n]);
        if (words[n].n == 0) /* too long for a name */
            break;
        next[n] = at + 1;
    }
    for (; most && n > 0; n--)
        for (size_t f = 0; f < words[0].n; f++)
            if (longest[f] >= n && try_words(gazetteer, words, f, n, out))
                return next[n - 1] - i;
    return 0;
}

/* Whether the likeliest meaning is a place of the language's own country. */
static bool is_at_home(const struct language *language, const struct gazetteer *gazetteer,
                       const struct place_candidates *c)
{
    const struct gazetteer_place *p = gazetteer_candidate(gazetteer, c, 0, NULL);
    return p && slice_equal((struct slice){p->country_code, 2}, language->country);
}

size_t place_cases_match(const struct language *language, const struct gazetteer *gazetteer,
                         const struct document *doc, size_t i, size_t end,
                         struct place_candidates *out)
{
    if (!language->n_endings || i >= end || doc->tokens[i].kind != TOKEN_WORD ||
        !(doc->tokens[i].flags & TOKEN_CAPITAL))
        return 0;
    size_t n = search(language, gazetteer, doc, i, end, false, out);
    if (n || !language->n_letters)
        return n;
    n = search(language, gazetteer, doc, i, end, true, out);
    return n && is_at_home(language, gazetteer, out) ? n : 0;
}
