#include <CUnit/CUnit.h>
#include <stdio.h>

#include "extract/counts.h"
#include "sentence_reading.h"

/* The person phrases: "two soldiers and five civilians=7/7/7 military 2 civilian 5; ". */
void suite_people(void);

static void say_people(struct reading *r)
{
    for (size_t s = 0; s < r->doc.n_sentences; s++) {
        const struct sentence_values *sentence = &r->values.sentences[s];
        for (size_t i = 0; i < sentence->n_values; i++) {
            const struct value *value = &sentence->values[i];
            if (value->flags & VALUE_NAME || value->type != VALUE_COUNT ||
                !(value->flags & VALUE_PEOPLE))
                continue;
            const struct count_value *count = &r->values.counts[value->index];
            reading_say_words(r, value->first, value->count);
            reading_say(r, "=");
            reading_say_count(r, &count->count);
            for (size_t k = 0; k < count->n_shares; k++)
                if (count->shares[k].part.len)
                    reading_say(r, " %.*s %lld", SLICE_ARG(count->shares[k].part),
                                (long long)count_value_of(&count->shares[k].count));
            reading_say(r, "%s%s; ", count->singular ? " one" : "", count->named ? " named" : "");
        }
    }
}

static void test_counted(void)
{
    READINGS(
        "2025-11-19", say_people, {"It killed 19 people.", "19 people=19/19/19; "},
        {"It killed at least three Afghan police officers.",
         "at least three Afghan police officers=3/3/- at_least police 3; "},
        {"It killed 12 others.", "12 others=12/12/12; "},
        {"It killed five Sumy residents.", "five Sumy residents=5/5/5 civilian 5; "},
        {"It killed several 16-year-old boys.", "several 16-year-old boys=3/-/9 vague child 3; "},
        {"It killed two well-paid long-serving soldiers.",
         "two well-paid long-serving soldiers=2/2/2 military 2; "},
        {"It killed three child victims.", "three child victims=3/3/3 child 3; "},
        {"It killed 20 men, women and children.", "20 men, women and children=20/20/20; "},
        {"It hit 19 houses, people fled.", ""}, {"It hit five police cars.", ""},
        {"No civilians were hurt.", "No civilians=0/0/0 none civilian 0; "},
        {"No drones were seen.", ""});
}

static void test_among(void)
{
    READINGS(
        "2025-11-19", say_people,
        {"Two of the five soldiers died.", "Two of the five soldiers=2/2/2 military 2; "},
        {"It hurt three people, two of them badly.", "three people=3/3/3; two of them=2/2/2; "});
}

static void test_singular(void)
{
    READINGS("2025-11-19", say_people,
             {"A 7-year-old boy was hurt.", "A 7-year-old boy=1/1/1 child 1 one; "},
             {"It hurt a pregnant woman.", "a pregnant woman=1/1/1 woman 1 one; "},
             {"It hurt the truck driver.", "the truck driver=1/1/1 one; "}, {"It hurt a bus.", ""},
             {"It hurt the Ukrainian army.", ""},
             {"Policeman dies in blast|\n\nIt rained.", "Policeman=1/1/1 police 1 one; "},
             {"Near the gate Anna Testenko, 45, was hit.", "Anna Testenko, 45=1/1/1 one named; "},
             {"Near the gate Anna Testenko (45) was hit.", "Anna Testenko (45)=1/1/1 one named; "},
             {"They met in Lviv, 45 trucks came.", ""},
             {"A man, 50, was hit.", "A man, 50=1/1/1 one; "},
             {"The Rock Ridge Police, 20, came.", ""}, {"One-year-old trees fell.", ""});
}

/* "one of five pupils" is one; "one of the five pupils hurt" tells of five. */
static void test_of_several(void)
{
    READINGS("2025-11-19", say_people,
             {"One of five pupils left.", "One of five pupils=1/1/1 child 1; "},
             {"One of the five pupils left.", "One of the five pupils=1/1/1 child 1; "},
             {"One of five pupils wounded there left.", "five pupils=5/5/5 child 5; "},
             {"One of five pupils who were there left.", "five pupils=5/5/5 child 5; "},
             {"One of five trucks left.", ""});
}

static void test_sums(void)
{
    READINGS(
        "2025-11-19", say_people,
        {"It hit two soldiers and five civilians.",
         "two soldiers and five civilians=7/7/7 military 2 civilian 5; "
         "two soldiers=2/2/2 military 2; five civilians=5/5/5 civilian 5; "},
        {"Two soldiers, a policeman and five villagers died.",
         "Two soldiers, a policeman and five villagers=8/8/8 military 2 police 1 civilian 5; "
         "Two soldiers=2/2/2 military 2; a policeman and five villagers=6/6/6 police 1 civilian "
         "5; a policeman=1/1/1 police 1 one; five villagers=5/5/5 civilian 5; "},
        {"A man and his son died.",
         "A man and his son=2/2/2; A man=1/1/1 one; his son=1/1/1 one; "},
        {"A mother and her two children died.",
         "A mother and her two children=3/3/3 woman 1 child 2; A mother=1/1/1 woman 1 one; "
         "her two children=2/2/2 child 2; two children=2/2/2 child 2; "},
        {"It hit at least two soldiers and about five civilians.",
         "at least two soldiers and about five civilians=-/7/- about military 2 civilian 5; "
         "at least two soldiers=2/2/- at_least military 2; "
         "about five civilians=-/5/- about civilian 5; "},
        {"It hit his father and brother.", "his father and brother=2/2/2; "},
        {"It hit a 7-year-old boy and 9-year-old girl.",
         "a 7-year-old boy and 9-year-old girl=2/2/2 child 2; a 7-year-old boy=1/1/1 child 1 "
         "one; "},
        {"It hit him and he and three others fled.",
         "him=1/1/1 one; he and three others=4/4/4; he=1/1/1 one; three others=3/3/3; "},
        {"It hit a teacher and coach.", "a teacher=1/1/1 one; "});
}

static void test_no_sums(void)
{
    READINGS(
        "2025-11-19", say_people,
        {"They found 19 bodies and six soldiers.",
         "19 bodies=19/19/19; six soldiers=6/6/6 military 6; "},
        {"It killed two people, five others were hurt.", "two people=2/2/2; five others=5/5/5; "},
        {"It killed ten people and 12 others were hurt.",
         "ten people=10/10/10; 12 others=12/12/12; "},
        {"It hit four people, including a child.",
         "four people=4/4/4; a child=1/1/1 child 1 one; "},
        {"It hit four people and one of them died.", "four people=4/4/4; one of them=1/1/1; "},
        {"It killed 40 people, among them two children, and 22 men are missing.",
         "40 people=40/40/40; two children=2/2/2 child 2; 22 men=22/22/22; "},
        {"It hit three people, two women and a child.",
         "three people, two women and a child=3/3/3 woman 2 child 1; three people=3/3/3; "
         "two women and a child=3/3/3 woman 2 child 1; two women=2/2/2 woman 2; "
         "a child=1/1/1 child 1 one; "},
        {"At least four villagers, two nurses and two doctors, fled.",
         "At least four villagers, two nurses and two doctors=4/4/- at_least civilian 4 medic 4; "
         "At least four villagers=4/4/- at_least civilian 4; "
         "two nurses and two doctors=4/4/4 medic 4; two nurses=2/2/2 medic 2; "
         "two doctors=2/2/2 medic 2; "});
}

/* A sum joins a few phrases, so a thousand of them cost a thousand times one. */
static void test_long_list(void)
{
    static char text[20000];
    size_t len = 0;
    for (int i = 0; i < 240; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "a man and ");
    struct reading reading;
    sentence_start(&reading, text, NULL);
    CU_ASSERT(reading.values.n_counts >= 240);
    CU_ASSERT(reading.values.n_counts <= 240 * COUNT_MAX_SHARES);
    for (size_t i = 0; i < reading.values.n_counts; i++)
        CU_ASSERT(reading.values.counts[i].count.best <= COUNT_MAX_SHARES);
    reading_end(&reading);
}

void suite_people(void)
{
    CU_pSuite suite = CU_add_suite("people", NULL, NULL);
    CU_add_test(suite, "counted people", test_counted);
    CU_add_test(suite, "people among others", test_among);
    CU_add_test(suite, "one person", test_singular);
    CU_add_test(suite, "one of several", test_of_several);
    CU_add_test(suite, "sums", test_sums);
    CU_add_test(suite, "what is no sum", test_no_sums);
    CU_add_test(suite, "a long list", test_long_list);
}
