#include "extract/sources.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "sentence_reading.h"

/* Who says each number: "5 Oleh Testko/region; 6 -; ". */
void suite_sources(void);

static void say_claimants(struct reading *r)
{
    for (size_t s = 0; s < r->doc.n_sentences; s++) {
        const struct sentence_values *sentence = &r->values.sentences[s];
        for (size_t i = 0; i < sentence->n_values; i++) {
            const struct value *value = &sentence->values[i];
            if (value->type != VALUE_NUMBER)
                continue;
            const struct source_mention *who = source_of(&r->values, s, value->first);
            reading_say(r, "%lld ", (long long)value->number);
            if (who)
                reading_say(r, "%.*s/%.*s%s%.*s; ", SLICE_ARG(who->name), SLICE_ARG(who->kind),
                            who->party.len ? "/" : "", SLICE_ARG(who->party));
            else
                reading_say(r, "-; ");
        }
    }
}

static void test_names(void)
{
    READINGS("2025-11-19", say_claimants,
             {"Raids left 19 people dead and 66 hurt, according to Reuters.",
              "19 Reuters/agency; 66 Reuters/agency; "},
             {"The wave consisted of 470 drones, Ukraine reported.", "470 Ukraine/government/UA; "},
             {"Ten people died, local police said.", "10 police/police; "},
             {"Governor Oleh Testko said 5 people died.", "5 Oleh Testko/region; "},
             {"Oleh Testko, the mayor of Sumy, said 5 people died.", "5 Oleh Testko/mayor; "},
             {"Serhiy Testko said 5 people died.", "5 Serhiy Testko/; "},
             {"A spokesman for the police said 5 people died.", "5 police/police; "},
             {"Russian officials said 5 people died.", "5 Russia/government/RU; "},
             {"Two people who died were nurses.", "2 -; "},
             {"Five people died in Sumy (Podil).", "5 -; "});
}

static void test_reach(void)
{
    READINGS(
        "2025-11-19", say_claimants,
        {"Police said 3 people died, while Governor Oleh Testko said 5 were hurt.",
         "3 police/police; 5 Oleh Testko/region; "},
        {"Some 3 people died, police said, and 5 were hurt.", "3 police/police; 5 police/police; "},
        {"Some 3 people died, police said, and 5 were hurt, Reuters reported.",
         "3 police/police; 5 Reuters/agency; "},
        {"Some 3 people died, police said on Monday.", "3 police/police; "},
        {"Officials said 3 people died, Reuters reported.", "3 officials/government; "});
}

static void test_goes_on(void)
{
    READINGS("2025-11-19", say_claimants,
             {"Ihor Testko said a man died. He added that 2 women were hurt. Then 4 cars burnt.",
              "2 Ihor Testko/; 4 -; "},
             {"\"It was loud,\" Ihor Testko said. \"We saw 5 flashes.\"", "5 Ihor Testko/; "},
             {"It rained. He added that 2 women were hurt.", "2 -; "});
}

void suite_sources(void)
{
    CU_pSuite suite = CU_add_suite("sources", NULL, NULL);
    CU_add_test(suite, "names and roles", test_names);
    CU_add_test(suite, "reach", test_reach);
    CU_add_test(suite, "speech that goes on", test_goes_on);
}
