#include "text/language_guess.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "base/buffer.h"

void suite_language_guess(void);

struct guess_case {
    const char *text;
    const char *language; /* "" for absent */
};

static void check(const struct guess_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct slice got = language_guess(slice_of(cases[i].text));
        if (!slice_is(got, cases[i].language))
            printf("%s: got %.*s\n", cases[i].text, SLICE_ARG(got));
        CU_ASSERT(slice_is(got, cases[i].language));
    }
}

static void test_letters(void)
{
    static const struct guess_case CASES[] = {
        {"", ""},
        {"Two people were killed in Kyiv.", ""},
        {"Zwölf Menschen kamen in Łódź ums Leben.", ""},
        {"قُتل شخصان في الغارة", ""},
        {"Внаслідок обстрілу загинула жінка.", "uk"},
        {"ЗАГИНУЛИ ТРОЄ ЛЮДЕЙ", "uk"},
        {"При обстреле погибла женщина, ещё двое ранены.", "ru"},
        {"Двоє людей загинули, сообщили в больнице.", "uk"}, /* a stray quotation */
        {"Сегодня утром были взрывы, сообщил Віталій, житель города.", "ru"},
        {"У выніку абстрэлу загінулі два чалавекі, яшчэ трое цяжка параненыя.", "ru"},
        {"Атака на Одесу", "und"},
    };
    check(CASES, sizeof CASES / sizeof *CASES);
}

/* Latin names do not make a Ukrainian text Latin, nor a quoted Ukrainian word an English one
 * Ukrainian. */
static void test_mixed(void)
{
    static const struct guess_case CASES[] = {
        {"Ворог атакував БпЛА типу Shahed, Gerbera і ракетами Iskander.", "uk"},
        {"The post said \u201eобстріл\u201c, that is shelling, of the city.", ""},
        {"\xff\xfeобстріл\xff міста", "uk"},
    };
    check(CASES, sizeof CASES / sizeof *CASES);
}

/* Only the beginning counts, so that a long text costs no more than a short one. */
static void test_sample(void)
{
    struct buffer text;
    buffer_init(&text, 1 << 20);
    for (int i = 0; i < 200; i++)
        buffer_add_text(&text, "The shelling went on all night. ");
    for (int i = 0; i < 2000; i++)
        buffer_add_text(&text, "Обстріли тривали. ");
    CU_ASSERT_EQUAL(language_guess(buffer_slice(&text)).len, 0);
    struct slice tail = slice_sub(buffer_slice(&text), 6400, text.len - 6400);
    CU_ASSERT(slice_is(language_guess(tail), "uk"));
    /* Cut in the middle of a letter. */
    for (size_t len = 1; len < 40; len++)
        CU_ASSERT(language_guess(slice_sub(tail, 0, len)).len <= 3);
    buffer_free(&text);
}

void suite_language_guess(void)
{
    CU_pSuite suite = CU_add_suite("language_guess", NULL, NULL);
    CU_add_test(suite, "letters that one language has", test_letters);
    CU_add_test(suite, "mixed scripts", test_mixed);
    CU_add_test(suite, "the beginning decides", test_sample);
}
