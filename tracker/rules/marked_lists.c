#include "rules/marked_lists.h"

#include "rules/ruleset.h"

static const char *const MARKED_NAMES[MARKED_LISTS] = {
    [LIST_PEOPLE] = "people",
    [LIST_PERSON] = "person",
    [LIST_AGES] = "ages",
    [LIST_ALONE] = "alone",
    [LIST_AMONG] = "among",
    [LIST_AMONG_THEM] = "among-them",
    [LIST_ARTICLES] = "articles",
    [LIST_ASIDE_ENDS] = "aside-ends",
    [LIST_AUXILIARIES] = "auxiliaries",
    [LIST_BODIES] = "bodies",
    [LIST_DEAD] = "dead",
    [LIST_DEFINITE] = "definite",
    [LIST_FATES] = "fates",
    [LIST_FURTHER] = "further",
    [LIST_HARMS] = "harms",
    [LIST_HURT] = "hurt",
    [LIST_INCLUDING] = "including",
    [LIST_JOINS] = "joins",
    [LIST_NAME_JOINS] = "name-joins",
    [LIST_NAME_WORDS] = "name-words",
    [LIST_NAMING] = "naming",
    [LIST_NEVER_NAMES] = "never-names",
    [LIST_NEVER_NONE] = "never-none",
    [LIST_NONE_OF] = "none-of",
    [LIST_OF_WORDS] = "of-words",
    [LIST_OUTCOMES] = "outcomes",
    [LIST_OWNERS] = "owners",
    [LIST_PAIRS] = "pairs",
    [LIST_PLACES_BEFORE] = "places-before",
    [LIST_PLURAL_VERBS] = "plural-verbs",
    [LIST_POSSESSIVES] = "possessives",
    [LIST_PRONOUNS] = "pronouns",
    [LIST_SPEAKERS] = "speakers",
    [LIST_WHOSE] = "whose",
    [LIST_YEARS] = "years",
    [LIST_YEARS_OLD] = "years-old",
    [LIST_PLACE_AFTER] = "place-after",
    [LIST_PLACE_AROUND] = "place-around",
    [LIST_PLACE_ARTICLE] = "place-article",
    [LIST_PLACE_BETWEEN] = "place-between",
    [LIST_PLACE_FACILITY] = "place-facility",
    [LIST_PLACE_FROM] = "place-from",
    [LIST_PLACE_HOME] = "place-home",
    [LIST_PLACE_IN] = "place-in",
    [LIST_PLACE_INNER] = "place-inner",
    [LIST_PLACE_JOIN] = "place-join",
    [LIST_PLACE_NEAR] = "place-near",
    [LIST_PLACE_NEVER] = "place-never",
    [LIST_PLACE_NEVER_BEFORE] = "place-never-before",
    [LIST_PLACE_PEOPLE] = "place-people",
    [LIST_PLACE_PREFIX] = "place-prefix",
    [LIST_PLACE_SHELLED] = "place-shelled",
    [LIST_PLACE_SUFFIX] = "place-suffix",
    [LIST_PLACE_TARGET] = "place-target",
};

static const struct word_list *list_of(const struct language *language, enum marked_list list)
{
    switch (list) {
    case LIST_MODIFIERS: return &language->people.modifiers;
    case LIST_STOPS: return &language->people.stops;
    case LIST_SOURCE_NAMES: return &language->source_names;
    case LIST_SOURCE_ROLES: return &language->source_roles;
    case LIST_ATTACKS: return &language->attacks;
    default: break;
    }
    uint32_t i = map_get(&language->symbols.lists_by_name, slice_of(MARKED_NAMES[list]));
    return i == MAP_ABSENT ? NULL : &language->symbols.lists[i];
}

static void mark_words(struct word_marks *words, const struct word_list *list, list_set bit)
{
    for (size_t i = 0; i < list->n_phrases; i++) {
        const struct phrase *phrase = &list->phrases[i];
        struct word_marks *first = &words[phrase->words[0]];
        first->begins |= bit;
        if (phrase->n_words == 1)
            first->alone |= bit;
    }
    for (size_t i = 0; i < list->n_phrases; i++)
        if (list->phrases[i].n_words > 1)
            words[list->phrases[i].words[0]].alone &= ~bit;
}

static void mark_nouns(struct word_marks *words, const struct people_words *people)
{
    for (size_t k = 0; k < people->n; k++)
        for (size_t i = 0; i < people->nouns[k].n_phrases; i++)
            words[people->nouns[k].phrases[i].words[0]].nouns |= UINT64_C(1) << (k < 63 ? k : 63);
}

int marked_lists_make(struct arena *arena, struct language *language, struct error *err)
{
    uint32_t n = vocabulary_size(language->symbols.vocabulary);
    struct word_marks *words = ARENA_ARRAY(arena, struct word_marks, n);
    if (!words)
        return arena_full(arena, err);
    language->marked.words = words;
    for (enum marked_list list = 0; list < MARKED_LISTS; list++) {
        const struct word_list *found = list_of(language, list);
        if (!found || !found->trie)
            continue;
        language->marked.lists[list] = found;
        mark_words(words, found, LIST_BIT(list));
    }
    mark_nouns(words, &language->people);
    return 0;
}

bool marked_lists_any(const struct marked_lists *marked, list_set lists, const struct document *doc,
                      size_t i, size_t end)
{
    const struct word_marks *word = &marked->words[doc->tokens[i].word];
    uint32_t phrase;
    if (word->alone & lists)
        return true;
    for (list_set rest = word->begins & lists; rest; rest &= rest - 1)
        if (word_list_longest(marked->lists[__builtin_ctzll(rest)], doc, i, end, &phrase))
            return true;
    return false;
}
