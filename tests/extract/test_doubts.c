#include "extract/doubts.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "sentence_reading.h"

/* The gravest doubt over each number: "10 denied; ". */
void suite_doubts(void);

static void say_doubts(struct reading *r)
{
    for (size_t s = 0; s < r->doc.n_sentences; s++) {
        const struct sentence_values *sentence = &r->values.sentences[s];
        for (size_t i = 0; i < sentence->n_values; i++) {
            const struct value *value = &sentence->values[i];
            if (value->type != VALUE_NUMBER)
                continue;
            const struct doubt_span *doubt = doubt_over(&r->values, s, value->first);
            reading_say(r, "%lld %s; ", (long long)value->number,
                        doubt ? doubt_names[doubt->kind] : "-");
        }
    }
}

static void test_reach(void)
{
    READINGS("2025-11-19", say_doubts, {"The army denied that ten villagers died.", "10 denied; "},
             {"The army denied that it fired, but ten villagers died.", "10 -; "},
             {"Ten villagers died, and the army denied it.", "10 -; "},
             {"Such a bomb could kill 500 people.", "500 hypothetical; "},
             {"The city will receive 40 missiles.", "40 future; "},
             {"Ten villagers died.", "10 -; "});
}

static void test_false_friends(void)
{
    READINGS("2025-11-19", say_doubts, {"Not only ten soldiers died.", "10 -; "},
             {"If not killed, ten soldiers fled.", "10 -; "},
             {"Not killed, ten soldiers fled.", "10 denied; "},
             {"No fewer than ten soldiers died.", "10 -; "});
}

void suite_doubts(void)
{
    CU_pSuite suite = CU_add_suite("doubts", NULL, NULL);
    CU_add_test(suite, "reach", test_reach);
    CU_add_test(suite, "false friends", test_false_friends);
}
