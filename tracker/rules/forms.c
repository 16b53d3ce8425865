#include "base/buffer.h"
#include "rules/pattern_code.h"
#include "text/utf8.h"

#define FORMS_MAX 6 /* of a regular word */

/* A letter that sounds as a vowel there: not the u of "qu", not a leading y. */
static bool vowel_at(struct slice word, size_t i)
{
    switch (word.ptr[i]) {
    case 'a':
    case 'e':
    case 'i':
    case 'o': return true;
    case 'u': return i == 0 || word.ptr[i - 1] != 'q';
    case 'y': return i > 0;
    default: return false;
    }
}

static bool ends(struct slice word, const char *tail)
{
    size_t n = strlen(tail);
    return word.len > n && memcmp(word.ptr + word.len - n, tail, n) == 0;
}

static bool ends_any(struct slice word, const char *const *tails)
{
    for (; *tails; tails++) {
        if (ends(word, *tails))
            return true;
    }
    return false;
}

static bool ends_consonant_and(struct slice word, char letter)
{
    return word.len > 1 && word.ptr[word.len - 1] == letter && !vowel_at(word, word.len - 2);
}

/* hit, stab, quit: one vowel, one consonant after it, which doubles before -ed and -ing. Longer
 * words double by their stress (admit, not visit), which spelling does not show: they belong in the
 * table. */
static bool doubles(struct slice word)
{
    size_t vowels = 0;
    if (word.len < 3 || strchr("wxy", word.ptr[word.len - 1]) ||
        (unsigned char)word.ptr[word.len - 1] >= 0x80)
        return false;
    for (size_t i = 0; i < word.len; i++)
        vowels += vowel_at(word, i);
    return vowels == 1 && vowel_at(word, word.len - 2);
}

/* `word` without its last `cut` letters, the last one left written twice if `twice`, and `tail`. */
static struct slice form_make(struct arena *arena, struct slice word, size_t cut, bool twice,
                              const char *tail)
{
    return arena_format(arena, "%.*s%.*s%s", (int)(word.len - cut), word.ptr, (int)twice,
                        word.ptr + word.len - cut - 1, tail);
}

static size_t regular_forms(struct arena *arena, struct slice word, struct slice *out)
{
    static const char *const HISS[] = {"s", "x", "z", "ch", "sh", NULL};
    static const char *const KEEPS_E[] = {"ee", "oe", "ye", NULL};
    bool y = ends_consonant_and(word, 'y');
    bool twice = doubles(word);
    size_t n = 0;
    out[n++] = word;
    if (y) {
        out[n++] = form_make(arena, word, 1, false, "ies");
        out[n++] = form_make(arena, word, 1, false, "ied");
    } else {
        bool hiss = ends_any(word, HISS);
        if (!hiss)
            out[n++] = form_make(arena, word, 0, false, "s");
        if (hiss || ends_consonant_and(word, 'o'))
            out[n++] = form_make(arena, word, 0, false, "es");
        out[n++] = ends(word, "e") ? form_make(arena, word, 0, false, "d")
                                   : form_make(arena, word, 0, twice, "ed");
    }
    if (ends(word, "ie"))
        out[n++] = form_make(arena, word, 2, false, "ying");
    else if (ends(word, "e") && !ends_any(word, KEEPS_E))
        out[n++] = form_make(arena, word, 1, false, "ing");
    else
        out[n++] = form_make(arena, word, 0, twice, "ing");
    return n;
}

static struct slice fold_word(struct arena *arena, struct slice word)
{
    struct buffer folded;
    buffer_init(&folded, 4 * word.len + 16);
    utf8_fold(&folded, word);
    struct slice copy = folded.failed ? SLICE_NONE : arena_copy(arena, buffer_slice(&folded));
    buffer_free(&folded);
    return copy;
}

int forms_of(struct arena *arena, const struct symbols *symbols, struct slice word,
             struct slice **out, size_t *n, struct error *err)
{
    struct slice base = fold_word(arena, word);
    if (!base.ptr)
        return arena_full(arena, err);
    uint32_t irregular = map_get(&symbols->forms_by_base, base);
    size_t room = FORMS_MAX;
    if (irregular != MAP_ABSENT) {
        for (room = 1; symbols->forms[irregular][room - 1].ptr; room++)
            ;
    }
    struct slice *forms = ARENA_ARRAY(arena, struct slice, room);
    if (!forms)
        return arena_full(arena, err);
    size_t count = 0;
    if (irregular != MAP_ABSENT) {
        forms[count++] = base;
        for (size_t i = 0; symbols->forms[irregular][i].ptr; i++) {
            if (!slice_equal(symbols->forms[irregular][i], base))
                forms[count++] = symbols->forms[irregular][i];
        }
    } else {
        count = regular_forms(arena, base, forms);
    }
    for (size_t i = 0; i < count; i++) {
        if (!forms[i].ptr)
            return arena_full(arena, err);
    }
    *out = forms;
    *n = count;
    return 0;
}

int forms_words(struct arena *arena, const struct symbols *symbols, struct slice word,
                uint32_t **words, uint32_t *n, struct error *err)
{
    struct slice *forms;
    size_t n_forms;
    uint32_t count = 0;
    if (forms_of(arena, symbols, word, &forms, &n_forms, err))
        return -1;
    uint32_t *ids = ARENA_ARRAY(arena, uint32_t, n_forms);
    if (!ids)
        return arena_full(arena, err);
    for (size_t i = 0; i < n_forms; i++) {
        uint32_t id;
        if (vocabulary_intern(symbols->vocabulary, forms[i], &id, err))
            return -1;
        uint32_t at = count;
        while (at > 0 && ids[at - 1] > id)
            at--;
        if (at > 0 && ids[at - 1] == id)
            continue;
        memmove(ids + at + 1, ids + at, (count - at) * sizeof *ids);
        ids[at] = id;
        count++;
    }
    *words = ids;
    *n = count;
    return 0;
}
