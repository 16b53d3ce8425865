#include <CUnit/CUnit.h>

#include "../extract/real_rules.h"

void suite_marked_lists(void);

/* Every phrase of every marked list, alone and with each kind of neighbour. */
static struct document *text_of(struct arena *arena, const struct language *language,
                                const struct word_list *list, size_t i)
{
    struct error err;
    struct slice phrase = list->phrases[i].written;
    struct slice text = arena_format(arena, "Then %.*s, the %.*s the killed officer %.*s",
                                     SLICE_ARG(phrase), SLICE_ARG(phrase), SLICE_ARG(phrase));
    struct document *doc = ARENA_NEW(arena, struct document);
    CU_ASSERT_FATAL(text.ptr && doc);
    CU_ASSERT_FATAL(document_make(arena, language->symbols.vocabulary, text, 0, doc, &err) == 0);
    return doc;
}

/* Returns how many phrases were found. */
static size_t compare(const struct language *language, const struct document *doc)
{
    const struct marked_lists *marked = &language->marked;
    size_t found = 0, wrong = 0;
    for (size_t i = 0; i < doc->n_tokens; i++) {
        for (enum marked_list k = 0; k < MARKED_LISTS; k++) {
            const struct word_list *list = marked->lists[k];
            uint32_t phrase;
            size_t n = list ? word_list_match(list, doc, i, doc->n_tokens, &phrase) : 0;
            wrong += marked_list_at(marked, k, doc, i, doc->n_tokens) != n;
            wrong += marked_lists_any(marked, LIST_BIT(k), doc, i, doc->n_tokens) != (n > 0);
            wrong += n && !word_list_may_end(list, doc, i + n - 1);
            found += n > 0;
        }
    }
    CU_ASSERT_EQUAL(wrong, 0);
    return found;
}

static void test_as_word_lists(void)
{
    const struct ruleset *ruleset = real_extractor().ruleset;
    struct arena arena;
    arena_init(&arena, (size_t)1 << 20);
    size_t found = 0;
    for (size_t l = 0; l < ruleset->n_languages; l++) {
        const struct language *language = &ruleset->languages[l];
        for (enum marked_list k = 0; k < MARKED_LISTS; k++) {
            const struct word_list *list = language->marked.lists[k];
            for (size_t i = 0; list && i < list->n_phrases; i++) {
                arena_reset(&arena);
                found += compare(language, text_of(&arena, language, list, i));
            }
        }
    }
    CU_ASSERT(found > 1000);
    arena_free(&arena);
}

/* A list that no language has was misspelt. */
static void test_every_list_is_found(void)
{
    const struct ruleset *ruleset = real_extractor().ruleset;
    for (enum marked_list k = 0; k < MARKED_LISTS; k++) {
        size_t has = 0;
        for (size_t l = 0; l < ruleset->n_languages; l++)
            has += ruleset->languages[l].marked.lists[k] != NULL;
        CU_ASSERT(has > 0);
    }
}

void suite_marked_lists(void)
{
    CU_pSuite suite = CU_add_suite("marked_lists", NULL, NULL);
    CU_add_test(suite, "found as the lists are", test_as_word_lists);
    CU_add_test(suite, "every list is found", test_every_list_is_found);
}
