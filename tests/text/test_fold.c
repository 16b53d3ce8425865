#include <CUnit/CUnit.h>

#include "text/character.h"
#include "text/utf8.h"

void suite_fold(void);

struct fold_case {
    const char *text;
    const char *folded;
};

static void check(void (*fold)(struct buffer *, struct slice), const struct fold_case *cases,
                  size_t n)
{
    struct buffer buffer;
    buffer_init(&buffer, 1000);
    for (size_t i = 0; i < n; i++) {
        buffer_clear(&buffer);
        fold(&buffer, slice_of(cases[i].text));
        CU_ASSERT_TRUE(slice_is(buffer_slice(&buffer), cases[i].folded));
        if (!slice_is(buffer_slice(&buffer), cases[i].folded))
            CU_FAIL(cases[i].text);
    }
    buffer_free(&buffer);
}

static void test_words(void)
{
    static const struct fold_case CASES[] = {
        {"KILLED", "killed"},         {"Don’t", "don't"},
        {"“Moscow”", "\"moscow\""},   {"«Шахед»", "\"шахед\""},
        {"ЇЖАК Ґ Ё", "їжак ґ ё"},     {"Kh‑101 20–25 a—b x―y −5", "kh-101 20-25 a—b x—y -5"},
        {"a\u00a0b\u202fc", "a b c"}, {"sol\u00addier\u200b", "soldier"},
        {"ÉCOLE Łódź", "école łódź"}, {"", ""},
    };
    check(utf8_fold, CASES, sizeof CASES / sizeof *CASES);
}

static void test_names(void)
{
    static const struct fold_case CASES[] = {
        {"Łódź", "lodz"},
        {"São  Paulo", "sao paulo"},
        {"Kryvyi-Rih", "kryvyi rih"},
        {"Khan–Yunis", "khan yunis"},
        {" Sana'a ", "sanaa"},
        {"Sana’a", "sanaa"},
        {"Kam’yanets’", "kamyanets"},
        {"St. Étienne (Loire)", "st etienne loire"},
        {"Straße", "strasse"},
        {"Đà Nẵng", "da nang"},
        {"Київ", "київ"},
        {"Йосипівка", "йосипівка"},
        {"الخرط\u064fوم", "الخرطوم"},
        {"بغـــداد", "بغداد"},
        {"ﬁeld", "field"},
        {"Áéí", "aei"},
        {"-", ""},
        {"", ""},
    };
    check(utf8_fold_name, CASES, sizeof CASES / sizeof *CASES);
}

static void test_classes(void)
{
    static const struct {
        uint32_t code;
        enum character_class class;
    } CASES[] = {
        {'a', CHARACTER_LETTER},      {'Z', CHARACTER_LETTER},        {'5', CHARACTER_DIGIT},
        {'\'', CHARACTER_APOSTROPHE}, {0x2019, CHARACTER_APOSTROPHE}, {0x2bc, CHARACTER_APOSTROPHE},
        {' ', CHARACTER_SPACE},       {0xa0, CHARACTER_SPACE},        {0x2028, CHARACTER_SPACE},
        {0xad, CHARACTER_IGNORED},    {0x200b, CHARACTER_IGNORED},    {0x301, CHARACTER_MARK},
        {0x663, CHARACTER_DIGIT},     {0x456, CHARACTER_LETTER},      {0x7a7a, CHARACTER_LETTER},
        {'-', CHARACTER_OTHER},       {0x1f4a5, CHARACTER_OTHER},     {'`', CHARACTER_OTHER},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        CU_ASSERT_EQUAL(character_class(CASES[i].code), CASES[i].class);
    CU_ASSERT_EQUAL(character_digit(0x669), 9);
    CU_ASSERT_EQUAL(character_digit(0x6f4), 4);
    CU_ASSERT_EQUAL(character_digit('x'), -1);
}

/* What is folded once is folded: a rule's word and a text's word must meet. */
static void test_folding_again_changes_nothing(void)
{
    size_t wrong = 0;
    for (uint32_t code = 1; code <= 0x10ffff; code++) {
        uint32_t once = character_fold(code);
        wrong += once && character_fold(once) != once;
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

void suite_fold(void)
{
    CU_pSuite suite = CU_add_suite("fold", NULL, NULL);
    CU_add_test(suite, "words", test_words);
    CU_add_test(suite, "names", test_names);
    CU_add_test(suite, "classes of characters", test_classes);
    CU_add_test(suite, "folding again changes nothing", test_folding_again_changes_nothing);
}
