#include "extract/place_cases.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "real_rules.h"

void suite_place_cases(void);

struct name_case {
    const char *text;
    const char *name; /* canonical, "" when nothing is found at the first word */
    size_t tokens;
};

static void check_one(const struct name_case *c, const char *code)
{
    struct extractor x = real_extractor();
    const struct language *language = ruleset_language(x.ruleset, slice_of(code));
    struct arena arena;
    struct document doc;
    struct place_candidates found = {0};
    struct error err = {0};
    arena_init(&arena, 1 << 22);
    CU_ASSERT_PTR_NOT_NULL_FATAL(language);
    CU_ASSERT_EQUAL_FATAL(
        document_make(&arena, language->symbols.vocabulary, slice_of(c->text), 0, &doc, &err), 0);
    size_t n = place_cases_match(language, x.gazetteer, &doc, 0, doc.n_tokens, &found);
    struct slice name = SLICE_NONE;
    if (n)
        name = gazetteer_text(x.gazetteer, gazetteer_candidate(x.gazetteer, &found, 0, NULL)->name);
    if (n != c->tokens || !slice_is(name, c->name))
        printf("%s: got %.*s of %zu tokens\n", c->text, SLICE_ARG(name), n);
    CU_ASSERT_EQUAL(n, c->tokens);
    CU_ASSERT(slice_is(name, c->name));
    arena_free(&arena);
}

static void check(const struct name_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check_one(&cases[i], "uk");
}

static void test_cases(void)
{
    static const struct name_case CASES[] = {
        {"Харкові", "Kharkiv", 1},
        {"Харкова", "Kharkiv", 1},
        {"Києва", "Kyiv", 1},
        {"Львовом", "Lviv", 1},
        {"Миколаєву", "Mykolaiv", 1},
        {"Чернігові", "Chernihiv", 1},
        {"Тернополю", "Ternopil", 1},
        {"Тернополі", "Ternopil", 1},
        {"Мелітополя", "Melitopol", 1},
        {"Нікополі", "Nikopol", 1},
        {"Херсона", "Kherson", 1},
        {"Дніпрі", "Dnipro", 1},
        {"Одесу", "Odesa", 1},
        {"Полтавою", "Poltava", 1},
        {"Вінниці", "Vinnytsia", 1},
        {"Запоріжжі", "Zaporizhzhia", 1},
        {"Балаклії", "Balakliia", 1},
        {"Рівному", "Rivne", 1},
        {"Хмельницького", "Khmelnytskyi", 1},
        {"Шостці", "Shostka", 1},
        {"Сумах", "Sumy", 1},
        {"Черкасах", "Cherkasy", 1},
        {"Ромнах", "Romny", 1},
        {"України", "Ukraine", 1},
        {"Росією", "Russia", 1},
    };
    check(CASES, sizeof CASES / sizeof *CASES);
}

/* Every word of a name changes; the longest name wins, and a name ends where the text has other
 * words. */
static void test_long_names(void)
{
    static const struct name_case CASES[] = {
        {"Кривому Розі", "Kryvyi Rih", 2},           {"Кривого Рогу вночі", "Kryvyi Rih", 2},
        {"Білій Церкві", "Bila Tserkva", 2},         {"Великого Бурлука", "Velykyi Burluk", 2},
        {"Івано-Франківська", "Ivano-Frankivsk", 3}, {"Харкові Одесі", "Kharkiv", 1},
    };
    check(CASES, sizeof CASES / sizeof *CASES);
}

static void test_no_names(void)
{
    static const struct name_case CASES[] = {
        {"Внаслідок удару", "", 0}, {"харкові", "", 0}, /* a name has a capital */
        {"Абракадабрі", "", 0},     {"і", "", 0},
        {"19 людей", "", 0},        {"ААААААААААААААААААААААААААААААААААААААААААААААААА", "", 0},
    };
    check(CASES, sizeof CASES / sizeof *CASES);
    /* A word that is too long ends the name before it. */
    struct buffer text;
    buffer_init(&text, 1000);
    buffer_add_text(&text, "Кривому ");
    for (int i = 0; i < 50; i++)
        buffer_add_text(&text, "щ");
    buffer_add_char(&text, '\0');
    struct name_case too_long = {text.ptr, "", 0};
    check_one(&too_long, "uk");
    buffer_free(&text);
    /* A language without endings has no cases. */
    check_one(&(struct name_case){"Харкові", "", 0}, "en");
}

/* Names that the gazetteer has in Latin letters only, of the language's own country. */
static void test_latin(void)
{
    static const struct name_case CASES[] = {
        {"Ізюмі", "Izium", 1},        {"Ізюм", "Izium", 1}, {"Торецька", "Toretsk", 1},
        {"Балаклії", "Balakliia", 1}, {"Лондонах", "", 0},
    };
    check(CASES, sizeof CASES / sizeof *CASES);
}

/* What stands before an end of the search is no part of a name. */
static void test_end(void)
{
    struct extractor x = real_extractor();
    const struct language *uk = ruleset_language(x.ruleset, SLICE_LITERAL("uk"));
    struct arena arena;
    struct document doc;
    struct place_candidates found;
    struct error err = {0};
    arena_init(&arena, 1 << 22);
    CU_ASSERT_EQUAL_FATAL(
        document_make(&arena, uk->symbols.vocabulary, SLICE_LITERAL("Білій Церкві"), 0, &doc, &err),
        0);
    CU_ASSERT_EQUAL(place_cases_match(uk, x.gazetteer, &doc, 0, 0, &found), 0);
    CU_ASSERT_NOT_EQUAL(place_cases_match(uk, x.gazetteer, &doc, 0, 1, &found), 2);
    CU_ASSERT_EQUAL(place_cases_match(uk, x.gazetteer, &doc, 0, 2, &found), 2);
    arena_free(&arena);
}

void suite_place_cases(void)
{
    CU_pSuite suite = CU_add_suite("place_cases", NULL, NULL);
    CU_add_test(suite, "the cases of one word", test_cases);
    CU_add_test(suite, "names of several words", test_long_names);
    CU_add_test(suite, "what is no name", test_no_names);
    CU_add_test(suite, "names in Latin letters", test_latin);
    CU_add_test(suite, "the end of the search", test_end);
}
