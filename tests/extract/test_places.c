#include "extract/places.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "real_rules.h"

/* What the places of a text come to: "Ternopil = Ternopil UA/Ternopil settlement in; ..." with "in"
 * for a locative mention, "near", and "?" for a name the gazetteer lacks. Demonyms are left out.
 * The country leads. */
void suite_places(void);

static const char *read_places(const char *text)
{
    static char out[2048];
    struct extractor x = real_extractor();
    struct arena arena;
    struct document doc;
    struct report_values values;
    struct error err = {0};
    struct report report = {.text = slice_of(text)};
    const struct language *language = ruleset_language(x.ruleset, SLICE_LITERAL("en"));
    arena_init(&arena, 1 << 26);
    CU_ASSERT_EQUAL_FATAL(
        document_make(&arena, language->symbols.vocabulary, report.text, 0, &doc, &err), 0);
    CU_ASSERT_EQUAL_FATAL(
        report_values_init(&values, &arena, &report, &doc, x.ruleset, language, x.gazetteer, &err),
        0);
    for (size_t s = 0; s < doc.n_sentences; s++)
        CU_ASSERT_EQUAL_FATAL(places_find(&values, s, NULL, &err), 0);
    CU_ASSERT_EQUAL_FATAL(places_resolve(&values, &err), 0);
    size_t len = (size_t)snprintf(out, sizeof out, "%.*s:", SLICE_ARG(places_country(&values)));
    for (size_t k = 0; k < values.n_places; k++) {
        const struct place_mention *m = &values.places[k];
        const struct place *p = &m->place;
        if (m->demonym || p->precision == PRECISION_UNKNOWN)
            continue;
        len += (size_t)snprintf(out + len, sizeof out - len, " %.*s=%.*s %.*s/%.*s %s%s%s%s;",
                                SLICE_ARG(p->written), SLICE_ARG(p->name), SLICE_ARG(p->country),
                                SLICE_ARG(p->adm1), place_precision_names[p->precision],
                                m->near       ? " near"
                                : m->locative ? " in"
                                              : "",
                                m->unknown ? " ?" : "", m->within != UINT32_MAX ? " <" : "");
    }
    arena_free(&arena);
    return out;
}

struct place_case {
    const char *text, *expect;
};

static void check(const struct place_case *cases, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        const char *got = read_places(cases[k].text);
        if (strcmp(got, cases[k].expect) != 0)
            fprintf(stderr, "%s\n  expected %s\n       got %s\n", cases[k].text, cases[k].expect,
                    got);
        CU_ASSERT_STRING_EQUAL(got, cases[k].expect);
    }
}

#define CHECK(...)                                              \
    do {                                                        \
        static const struct place_case cases[] = {__VA_ARGS__}; \
        check(cases, sizeof cases / sizeof *cases);             \
    } while (0)

static void names_in_their_place(void)
{
    CHECK({"A missile hit the western Ukrainian city of Ternopil overnight.",
           "UA: Ternopil=Ternopil UA/Ternopil settlement in;"},
          {"Drones struck Kharkiv, Odesa and Zaporizhzhia on Monday.",
           "UA: Kharkiv=Kharkiv UA/Kharkiv settlement in; Odesa=Odesa UA/Odesa settlement in; "
           "Zaporizhzhia=Zaporizhzhia UA/Zaporizhzhia settlement in;"},
          {"Three people died in Kyiv region and in Kharkiv oblast.",
           "UA: Kyiv region=Kyiv Oblast UA/Kyiv Oblast region in; Kharkiv oblast=Kharkiv "
           "UA/Kharkiv region in;"},
          {"A bomb went off near Mosul.", "IQ: Mosul=Mosul IQ/Nineveh named near;"});
}

static void containers(void)
{
    CHECK({"Gunmen attacked a post in Maywand district, Kandahar province, Afghanistan.",
           "AF: Maywand district=Maywand AF/Kandahar district in <; Kandahar province=Kandahar "
           "AF/Kandahar region in <; "
           "Afghanistan=Afghanistan AF/ country in;"},
          {"Two men were shot in Gary, Indiana.",
           "US: Gary=Gary US/Indiana settlement in <; Indiana=Indiana US/Indiana region in;"},
          {"Two men were shot in Springfield, Mo., police said.",
           "US: Springfield=Springfield US/Missouri settlement in <; Mo=Missouri US/Missouri "
           "region in;"},
          /* The gazetteer's places of that name lie elsewhere: then it is another one, of that
             region. */
          {"Shells fell near Pisky, Donetsk.",
           "UA: Pisky=Pisky UA/Donetsk named near <; Donetsk=Donetsk UA/Donetsk region in;"},
          {"A blast in Kandahar, Afghanistan, hurt nine.",
           "AF: Kandahar=Kandahar AF/Kandahar settlement in <; Afghanistan=Afghanistan AF/ country "
           "in;"});
}

static void names_the_gazetteer_lacks(void)
{
    CHECK({"Rockets fell on a camp in Zzyzxabad, Badakhshan, Afghanistan.",
           "AF: Zzyzxabad=Zzyzxabad AF/Badakhshan named in ? <; Badakhshan=Badakhshan "
           "AF/Badakhshan region in <; "
           "Afghanistan=Afghanistan AF/ country in;"},
          {"Ukraine said a shell hit the village of Novozzyzk on Friday.",
           "UA: Ukraine=Ukraine UA/ country; Novozzyzk=Novozzyzk UA/ named in ?;"},
          {"Gunmen opened fire on Zzyzx Zzyzxi on Friday.", ":"});
}

static void unsure_between_several(void)
{
    /* Many towns of that size: the country is all that can be said. */
    CHECK({"Police in the United States said a man was shot in Clayton on Sunday.",
           "US: United States=United States US/ country in; Clayton=Clayton US/ named in;"});
}

static void words_that_are_no_places(void)
{
    CHECK({"In March, Gary Jordan said most police officers left on Sunday.", ":"},
          {"The Washington Post and the Chicago Tribune wrote about it.", ":"},
          {"Mobile phones were nice. Reading is good.", ":"},
          {"He lived in Nice for years.",
           "FR: Nice=Nice FR/Provence-Alpes-Côte d'Azur settlement in;"});
}

static void attackers_do_not_locate(void)
{
    CHECK({"Russian drones and Russian missiles hit Sumy. Russian drones came back at dawn.",
           "UA: Sumy=Sumy UA/Sumy settlement in;"},
          /* However often the attacker is named, the report is about where things fall. */
          {"Russia denied it. Russia said so. Russia again. Russia, Russia and Russia. A drone "
           "fell in Ukraine, in Sumy.",
           "UA: Russia=Russia RU/ country; Russia=Russia RU/ country; Russia=Russia RU/ country; "
           "Russia=Russia RU/ country; "
           "Russia=Russia RU/ country; Russia=Russia RU/ country; Ukraine=Ukraine UA/ country in; "
           "Sumy=Sumy UA/Sumy settlement in;"});
}

static void parts_said_once(void)
{
    CHECK({"A boy was shot dead in Austin. It was in the Austin neighborhood, Chicago police said.",
           "US: Austin=Chicago US/Illinois settlement in; "
           "Austin neighborhood=Chicago US/Illinois settlement in; "
           "Chicago=Chicago US/Illinois settlement in;"},
          {"One killed in Rolling Groves. He was shot in Orlando's Rolling Groves neighborhood on "
           "Friday.",
           "US: Rolling Groves=Orlando US/Florida settlement in ?; "
           "Orlando=Orlando US/Florida settlement in; "
           "Rolling Groves neighborhood=Orlando US/Florida settlement in ? <;"},
          {"BACK OF THE YARDS \xe2\x80\x94 Two men were shot, a Chicago Police spokesman said.",
           "US: BACK OF THE YARDS=Chicago US/Illinois settlement in ?; "
           "Chicago=Chicago US/Illinois settlement;"},
          {"Shelling hit the Al-Rawda neighbourhood of Taiz.",
           "YE: Al-Rawda neighbourhood of Taiz=Taiz YE/Taiz settlement in ? <; "
           "Taiz=Taiz YE/Taiz settlement;"},
          {"Two men were shot in Baltimore in the Upton neighborhood.",
           "US: Baltimore=Baltimore US/Maryland settlement in <; "
           "Upton neighborhood=Baltimore US/Maryland settlement in;"},
          {"Three people were killed in Reading, Thames Valley Police said.",
           ": Reading=Reading / named in; "
           "Thames Valley=Thames Valley / named in ?;"});
}

static void buildings_and_what_is_near(void)
{
    CHECK({"An airstrike on the Safad School in Gaza City killed nine people.",
           "PS: Gaza City=Gaza City PS/Gaza Strip settlement in;"},
          {"Five died in the Ma'an area, east of Khan Younis, in the Gaza Strip.",
           "PS: Ma'an area, east of Khan Younis=Khan Younis PS/Gaza Strip named in <; "
           "Khan Younis=Khan Younis PS/Gaza Strip named near <; "
           "Gaza Strip=Gaza Strip PS/Gaza Strip region in;"});
}

static void towns_beside_quarters(void)
{
    CHECK(
        {"Nairobi police said three people were killed in Garissa.",
         "KE: Nairobi=Nairobi KE/Nairobi settlement; Garissa=Garissa KE/Garissa settlement in;"},
        {"BEIRUT \xe2\x80\x94 Five people were killed in a strike on Tyre.",
         "LB: BEIRUT=Beirut LB/Beirut settlement in; Tyre=Tyre LB/South Lebanon settlement in;"},
        {"BAMAKO, Mali (Wire) - Gunmen killed nine people in Bankass.",
         "ML: BAMAKO=Bamako ML/Bamako settlement in <; Mali=Mali ML/ country in; "
         "Bankass=Bankass ML/Mopti settlement in;"},
        {"Chicago police said a man was killed in Kendall.",
         "US: Chicago=Chicago US/Illinois settlement; Kendall=Chicago US/Illinois settlement in;"});
}

static void short_forms_contain(void)
{
    CHECK({"Camden, Ark., police said two men were killed.",
           "US: Camden=Camden US/Arkansas settlement <; "
           "Ark=Arkansas US/Arkansas region;"},
          {"Hope, AR man dies in a shooting.", "US: Hope=Hope US/Arkansas settlement <; "
                                               "AR=Arkansas US/Arkansas region;"},
          {"Two men were killed in Ohio, said Anna Camden, a nurse.",
           "US: Ohio=Ohio US/Ohio region in;"});
}

void suite_places(void)
{
    CU_pSuite suite = CU_add_suite("places", NULL, NULL);
    CU_add_test(suite, "names in their place", names_in_their_place);
    CU_add_test(suite, "containers", containers);
    CU_add_test(suite, "names the gazetteer lacks", names_the_gazetteer_lacks);
    CU_add_test(suite, "unsure between several", unsure_between_several);
    CU_add_test(suite, "words that are no places", words_that_are_no_places);
    CU_add_test(suite, "attackers do not locate", attackers_do_not_locate);
    CU_add_test(suite, "parts said once", parts_said_once);
    CU_add_test(suite, "buildings, and what is near", buildings_and_what_is_near);
    CU_add_test(suite, "towns beside quarters", towns_beside_quarters);
    CU_add_test(suite, "short forms contain", short_forms_contain);
}
