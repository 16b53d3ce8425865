#include "extract/place_words.h"

#include "extract/values.h"

/* The longest phrase of the place lists, in tokens. */
#define LONGEST 5

void place_words_load(struct place_words *words, const struct language *language)
{
    const struct word_list *const *lists = language->marked.lists;
    words->in = lists[LIST_PLACE_IN];
    words->target = lists[LIST_PLACE_TARGET];
    words->facility = lists[LIST_PLACE_FACILITY];
    words->near = lists[LIST_PLACE_NEAR];
    words->between = lists[LIST_PLACE_BETWEEN];
    words->from = lists[LIST_PLACE_FROM];
    words->join = lists[LIST_PLACE_JOIN];
    words->prefix = lists[LIST_PLACE_PREFIX];
    words->suffix = lists[LIST_PLACE_SUFFIX];
    words->people = lists[LIST_PLACE_PEOPLE];
    words->never = lists[LIST_PLACE_NEVER];
    words->never_before = lists[LIST_PLACE_NEVER_BEFORE];
    words->after = lists[LIST_PLACE_AFTER];
    words->around = lists[LIST_PLACE_AROUND];
    words->home = lists[LIST_PLACE_HOME];
    words->bearer = language_list(language, "place-bearer");
    words->definite = language_list(language, "place-definite");
    words->way = language_list(language, "place-way");
    words->article = lists[LIST_PLACE_ARTICLE];
    words->shelled = lists[LIST_PLACE_SHELLED];
    words->inner = lists[LIST_PLACE_INNER];
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
