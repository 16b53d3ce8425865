#include "text/number.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "text_fixture.h"

void suite_number(void);

static const struct {
    const char *word;
    uint8_t role;
    int64_t value;
} WORDS[] = {
    {"one", NUMBER_UNIT, 1},
    {"two", NUMBER_UNIT, 2},
    {"three", NUMBER_UNIT, 3},
    {"four", NUMBER_UNIT, 4},
    {"five", NUMBER_UNIT, 5},
    {"six", NUMBER_UNIT, 6},
    {"seven", NUMBER_UNIT, 7},
    {"eight", NUMBER_UNIT, 8},
    {"nine", NUMBER_UNIT, 9},
    {"ten", NUMBER_UNIT, 10},
    {"eleven", NUMBER_UNIT, 11},
    {"twelve", NUMBER_UNIT, 12},
    {"thirteen", NUMBER_UNIT, 13},
    {"fourteen", NUMBER_UNIT, 14},
    {"fifteen", NUMBER_UNIT, 15},
    {"sixteen", NUMBER_UNIT, 16},
    {"seventeen", NUMBER_UNIT, 17},
    {"eighteen", NUMBER_UNIT, 18},
    {"nineteen", NUMBER_UNIT, 19},
    {"twenty", NUMBER_TENS, 20},
    {"thirty", NUMBER_TENS, 30},
    {"forty", NUMBER_TENS, 40},
    {"fifty", NUMBER_TENS, 50},
    {"sixty", NUMBER_TENS, 60},
    {"seventy", NUMBER_TENS, 70},
    {"eighty", NUMBER_TENS, 80},
    {"ninety", NUMBER_TENS, 90},
    {"двісті", NUMBER_HUNDREDS, 200},
    {"hundred", NUMBER_MULTIPLIER, 100},
    {"dozen", NUMBER_MULTIPLIER, 12},
    {"score", NUMBER_MULTIPLIER, 20},
    {"thousand", NUMBER_MULTIPLIER, 1000},
    {"million", NUMBER_MULTIPLIER, 1000000},
    {"billion", NUMBER_MULTIPLIER, 1000000000},
    {"a", NUMBER_ARTICLE, 1},
    {"an", NUMBER_ARTICLE, 1},
    {"and", NUMBER_AND, 0},
    {"zero", NUMBER_ZERO, 0},
    {"half", NUMBER_HALF, 0},
};

#define N_WORDS (sizeof WORDS / sizeof *WORDS)

static void open_words(struct text_fixture *fixture, struct number_words *words)
{
    static struct number_word table[N_WORDS + 1];
    fixture_open(fixture);
    for (size_t i = 0; i < N_WORDS; i++)
        table[fixture_word(fixture, WORDS[i].word, 0)] =
            (struct number_word){WORDS[i].role, WORDS[i].value};
    /* Words that no number contains have ids beyond the table. */
    fixture_word(fixture, "people", 0);
    *words = (struct number_words){table, N_WORDS + 1};
}

static void test_numbers(void)
{
    static const struct {
        const char *text;
        size_t taken;
        int64_t value;
    } CASES[] = {
        /* hundreds in one word */
        {"двісті", 1, 200},
        {"двісті five", 2, 205},
        {"двісті twenty-five people", 4, 225},
        {"двісті thousand", 2, 200000},
        {"two thousand двісті five", 4, 2205},
        {"двісті двісті", 1, 200},
        {"five двісті", 1, 5},
        {"19 people", 1, 19},
        {"007", 1, 7},
        {"0 dead", 1, 0},
        {"1,200 people", 1, 1200},
        {"1,200,000", 1, 1200000},
        {"1.200.000", 1, 1200000},
        {"1,20", 0, 0},
        {"12,00", 0, 0},
        {"1,2000", 0, 0},
        {"1,200.5", 0, 0},
        {"0,200", 0, 0},
        {"1200,200", 0, 0},
        {"2.5 people", 0, 0},
        {"1.200 people", 0, 0},
        {"2.0 people", 1, 2},
        {"12.05.2025", 0, 0},
        {"1 200 people", 2, 1200},
        {"1\u00a0200\u202f000 people", 3, 1200000},
        {"1 20", 1, 1},
        {"12 2000", 1, 12},
        {"1200 300", 1, 1200},
        {"1  200", 1, 1},
        {"19 470,000", 1, 19},
        {"1.2 million", 2, 1200000},
        {"1.25 dozen", 2, 15},
        {"1.2345678 million", 0, 0},
        {"2.5 dozen", 2, 30},
        {"1.3 dozen", 0, 0},
        {"5 hundred", 2, 500},
        {"3 thousand five hundred", 4, 3500},
        {"20-25", 1, 20},
        {"٢٥", 1, 25},
        {"١٬٢٠٠", 1, 1200},
        {"۷", 1, 7},
        {"zero", 1, 0},
        {"three people", 1, 3},
        {"twenty-five", 3, 25},
        {"Twenty‑Five", 3, 25},
        {"twenty five", 2, 25},
        {"twenty-people", 1, 20},
        {"twenty-twelve", 1, 20},
        {"nineteen eighty-four", 1, 19},
        {"five-six", 1, 5},
        {"two dozen", 2, 24},
        {"two dozen five", 2, 24},
        {"a dozen", 2, 12},
        {"half a dozen", 3, 6},
        {"half-a-dozen", 5, 6},
        {"a half-dozen", 4, 6},
        {"half a million", 3, 500000},
        {"half the town", 0, 0},
        {"a hundred", 2, 100},
        {"a hundred and five", 4, 105},
        {"a hundred and people", 2, 100},
        {"a man", 0, 0},
        {"two hundred and five thousand", 5, 205000},
        {"three hundred", 2, 300},
        {"twelve hundred", 2, 1200},
        {"two thousand and six", 4, 2006},
        {"two thousand three hundred and forty-one", 8, 2341},
        {"two and five", 1, 2},
        {"two three", 1, 2},
        {"one million two hundred thousand", 5, 1200000},
        {"one thousand two million", 3, 1002},
        {"one thousand two thousand", 3, 1002},
        {"hundred", 0, 0},
        {"dozen people", 0, 0},
        {"million", 0, 0},
        {"and five", 0, 0},
        {"people", 0, 0},
        {"-", 0, 0},
        {"999999999999", 1, 999999999999},
        {"1000000000000", 0, 0},
        {"99999999999999999999999999999999999", 0, 0},
        {"999,999,999,999", 1, 999999999999},
        {"9,999,999,999,999", 0, 0},
        {"5000 billion", 0, 0},
        {"999999999999 billion", 0, 0},
        {"999 billion nine hundred million", 5, 999900000000},
    };
    struct text_fixture fixture;
    struct number_words words;
    open_words(&fixture, &words);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t value = 0;
        fixture_make(&fixture, slice_of(CASES[i].text), 0);
        size_t taken = number_read(&fixture.doc, &words, 0, fixture.doc.n_tokens, &value);
        if (taken != CASES[i].taken || value != CASES[i].value) {
            printf("    %s: %zu tokens, %lld\n", CASES[i].text, taken, (long long)value);
            CU_FAIL("another number");
        }
    }
    fixture_close(&fixture);
}

static void test_end_is_kept(void)
{
    struct text_fixture fixture;
    struct number_words words;
    int64_t value = 0;
    open_words(&fixture, &words);
    fixture_make(&fixture, SLICE_LITERAL("two hundred and five 1 200"), 0);
    CU_ASSERT_EQUAL(number_read(&fixture.doc, &words, 0, 3, &value), 2);
    CU_ASSERT_EQUAL(value, 200);
    CU_ASSERT_EQUAL(number_read(&fixture.doc, &words, 0, 1, &value), 1);
    CU_ASSERT_EQUAL(value, 2);
    CU_ASSERT_EQUAL(number_read(&fixture.doc, &words, 4, 5, &value), 1);
    CU_ASSERT_EQUAL(value, 1);
    CU_ASSERT_EQUAL(number_read(&fixture.doc, &words, 6, 6, &value), 0);
    CU_ASSERT_EQUAL(number_read(&fixture.doc, &words, 9, 99, &value), 0);
    fixture_close(&fixture);
}

static const char *word_of(int64_t value)
{
    for (size_t i = 0; i < N_WORDS; i++)
        if (WORDS[i].value == value && WORDS[i].role != NUMBER_ARTICLE)
            return WORDS[i].word;
    return "";
}

static void spell_small(struct buffer *out, int64_t value, bool with_and)
{
    if (value >= 100)
        buffer_format(out, "%s hundred ", word_of(value / 100));
    if (value >= 100 && value % 100 && with_and)
        buffer_add_text(out, "and ");
    value %= 100;
    /* 12 and 20 are dozen and score too; their first words in the table are the right ones. */
    if (value >= 20 && value % 10)
        buffer_format(out, "%s-%s ", word_of(value / 10 * 10), word_of(value % 10));
    else if (value)
        buffer_format(out, "%s ", word_of(value));
}

static void spell(struct buffer *out, int64_t value, bool with_and)
{
    if (value >= 1000) {
        spell_small(out, value / 1000, with_and);
        buffer_add_text(out, "thousand ");
    }
    spell_small(out, value % 1000, with_and);
}

static void group(struct buffer *out, int64_t value)
{
    if (value >= 1000)
        buffer_format(out, "%lld,%03lld", (long long)(value / 1000), (long long)(value % 1000));
    else
        buffer_add_int(out, value);
}

/* Value to words to value, and to digits with separators. */
static void test_round_trip(void)
{
    struct text_fixture fixture;
    struct number_words words;
    uint64_t seed = 2025;
    open_words(&fixture, &words);
    for (int i = 0; i < 20000; i++) {
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
        int64_t expected = i < 2000 ? i + 1 : (int64_t)((seed >> 33) % 999999 + 1), value = 0;
        buffer_clear(&fixture.out);
        if (i % 3 == 2)
            group(&fixture.out, expected);
        else
            spell(&fixture.out, expected, i % 3);
        fixture_make(&fixture, buffer_slice(&fixture.out), 0);
        size_t taken = number_read(&fixture.doc, &words, 0, fixture.doc.n_tokens, &value);
        if (taken != fixture.doc.n_tokens || value != expected) {
            printf("    %s: %zu tokens, %lld\n", fixture.out.ptr, taken, (long long)value);
            CU_FAIL_FATAL("a number did not come back");
        }
    }
    fixture_close(&fixture);
}

void suite_number(void)
{
    CU_pSuite suite = CU_add_suite("number", NULL, NULL);
    CU_add_test(suite, "digits and words", test_numbers);
    CU_add_test(suite, "nothing beyond the end", test_end_is_kept);
    CU_add_test(suite, "value to words to value", test_round_trip);
}
