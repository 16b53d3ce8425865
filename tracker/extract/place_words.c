#include "extract/place_words.h"

#include "extract/values.h"

/* The longest phrase of the place lists, in tokens. */
#define LONGEST 5

void place_words_load(struct place_words *words, const struct language *language)
{
    words->in = language_list(language, "place-in");
    words->target = language_list(language, "place-target");
    words->facility = language_list(language, "place-facility");
    words->near = language_list(language, "place-near");
    words->between = language_list(language, "place-between");
    words->from = language_list(language, "place-from");
    words->join = language_list(language, "place-join");
    words->prefix = language_list(language, "place-prefix");
    words->suffix = language_list(language, "place-suffix");
    words->people = language_list(language, "place-people");
    words->never = language_list(language, "place-never");
    words->never_before = language_list(language, "place-never-before");
    words->after = language_list(language, "place-after");
    words->around = language_list(language, "place-around");
    words->home = language_list(language, "place-home");
    words->bearer = language_list(language, "place-bearer");
    words->definite = language_list(language, "place-definite");
    words->way = language_list(language, "place-way");
    words->article = language_list(language, "place-article");
    words->shelled = language_list(language, "place-shelled");
    words->inner = language_list(language, "place-inner");
}

size_t words_end(const struct word_list *list, const struct document *doc, size_t begin, size_t i,
                 uint32_t *phrase)
{
    uint32_t found;
    if (i <= begin || !list || !word_list_may_end(list, doc, i - 1))
        return 0;
    for (size_t n = LONGEST; n > 0; n--) {
        if (i < begin + n || words_match(list, doc, i - n, i, &found) != n)
            continue;
        if (phrase)
            *phrase = found;
        return n;
    }
    return 0;
}
