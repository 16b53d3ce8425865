#include <CUnit/CUnit.h>
#include <string.h>

#include "extract/event_words.h"
#include "extract/extract.h"
#include "extract/sketch.h"
#include "real_rules.h"

/* Of a word that the English table lacks. */
#define UNLISTED 10

void suite_event_words(void);

static struct arena arena;

static int start(void)
{
    arena_init(&arena, (size_t)64 << 20);
    return 0;
}

static int stop(void)
{
    arena_free(&arena);
    return 0;
}

static struct extraction read_text(const char *title, const char *text)
{
    struct extractor extractor = real_extractor();
    struct report report = {.path = "test", .published = STAMP_NONE};
    struct extraction extraction;
    struct error err = {0};
    CU_ASSERT_EQUAL_FATAL(stamp_parse(slice_of("2025-11-19"), &report.published, &err), 0);
    CU_ASSERT_EQUAL_FATAL(report_complete(&arena, &report, slice_of(title), slice_of(text), &err),
                          0);
    CU_ASSERT_EQUAL_FATAL(extract_report(&extractor, &arena, &report, &extraction, &err), 0);
    return extraction;
}

/* Whether the event has the word (folded), and how rare it is there: 0 when it is absent. */
static uint32_t rarity_of(const struct extraction *extraction, uint32_t index, const char *word)
{
    uint32_t *words, hash;
    size_t n;
    struct error err = {0};
    CU_ASSERT_EQUAL_FATAL(event_words_find(&arena, extraction, index, &words, &n, &err), 0);
    CU_ASSERT(n <= EVENT_WORDS);
    CU_ASSERT_EQUAL_FATAL(name_words(slice_of(word), &hash, 1), 1);
    for (size_t i = 0; i < n; i++) {
        CU_ASSERT(i == 0 || words[i - 1] < words[i]);
        if (words[i] >> WORD_RARITY_BITS == hash)
            return word_rarity(words[i]);
    }
    return 0;
}

static void what_is_kept(void)
{
    struct extraction e = read_text(
        "Two killed in Kherson",
        "Two people were killed in Kherson on Tuesday when a shell hit the Vostok bakery at 1482 "
        "Perekopska Street, police said. Oksana Hrytsenko, 34, was one of 517 who had queued.");
    CU_ASSERT_FATAL(e.n_events > 0);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "hrytsenko"), UNLISTED);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "perekopska"), UNLISTED);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "1482"), UNLISTED);
    CU_ASSERT(rarity_of(&e, 0, "bakery") >= 4);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "people"), 0);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "police"), 0);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "killed"), 0);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "34"), 0);
}

static void a_word_also_written_small_is_no_name(void)
{
    struct extraction e = read_text("", "Zubrowkas burned. Two people were killed in Kherson on "
                                        "Tuesday as zubrowkas and a Tarpanik burned.");
    CU_ASSERT_FATAL(e.n_events > 0);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "zubrowkas"), 6);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "tarpanik"), UNLISTED);
}

/* The Ukrainian table knows few words: names are rare, what else it lacks is left out. */
static void ukrainian_names(void)
{
    struct extraction e = read_text(
        "", "Внаслідок удару по Харкову загинули двоє людей, повідомила прокуратура. Снаряд влучив "
            "у пекарню на вулиці Плеханівській, поранено Оксану Гриценко.");
    CU_ASSERT_FATAL(e.n_events > 0);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "гриценко"), 7);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "плеханівській"), 7);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "пекарню"), 0);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "людей"), 0);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "прокуратура"), 0);
}

static void each_event_has_its_sentences(void)
{
    struct extraction e =
        read_text("", "Two people were killed in Kherson on Tuesday near the Maltsevka depot.\n\n"
                      "Three people were wounded in Kharkiv on Tuesday. The Zavodchanka hostel "
                      "burned out.");
    CU_ASSERT_EQUAL_FATAL(e.n_events, 2);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "maltsevka"), UNLISTED);
    CU_ASSERT_EQUAL(rarity_of(&e, 0, "zavodchanka"), 0);
    CU_ASSERT_EQUAL(rarity_of(&e, 1, "maltsevka"), 0);
    CU_ASSERT_EQUAL(rarity_of(&e, 1, "zavodchanka"), UNLISTED);
}

static const char STORY[] =
    "The roof of the bakery came down at dawn and buried the ovens, the counter and the queue that "
    "had formed outside. Neighbours dug with shovels until the first crane arrived an hour later. "
    "A teacher who lives across the yard said she had heard a whistle and then nothing for a "
    "while. "
    "The council opened a school as a shelter and sent blankets, water and a generator.";

static size_t shared(const char *a, const char *b, size_t *of)
{
    struct extraction x = read_text("One title", a), y = read_text("Another title", b);
    uint32_t *p, *q;
    size_t n, m, both = 0;
    struct error err = {0};
    CU_ASSERT_EQUAL_FATAL(sketch_of(&arena, x.doc, &p, &n, &err), 0);
    CU_ASSERT_EQUAL_FATAL(sketch_of(&arena, y.doc, &q, &m, &err), 0);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++)
            both += p[i] == q[k];
    *of = n;
    return both;
}

static void copies_have_one_sketch(void)
{
    char edited[1024], other[1024];
    size_t of;
    CU_ASSERT_EQUAL(shared(STORY, STORY, &of), SKETCH_SIZE); /* the title does not count */
    CU_ASSERT_EQUAL(of, SKETCH_SIZE);
    snprintf(edited, sizeof edited, "%s Two people are missing, officials said.", STORY);
    CU_ASSERT(shared(STORY, edited, &of) > SKETCH_SIZE / 2);
    snprintf(other, sizeof other,
             "Trams stood still in the old town after the substation burned, and the hospital ran "
             "on diesel until noon. Engineers brought a transformer from the next region and hoped "
             "to have light in most streets by the evening, the utility wrote. Pupils were sent "
             "home and the market closed early for want of scales and tills that worked.");
    CU_ASSERT_EQUAL(shared(STORY, other, &of), 0);
    shared("Too short to tell a copy by.", STORY, &of);
    CU_ASSERT_EQUAL(of, 0);
}

void suite_event_words(void)
{
    CU_pSuite suite = CU_add_suite("event_words", start, stop);
    CU_add_test(suite, "Ukrainian names", ukrainian_names);
    CU_add_test(suite, "what is kept", what_is_kept);
    CU_add_test(suite, "a word also written small is no name",
                a_word_also_written_small_is_no_name);
    CU_add_test(suite, "each event has its sentences", each_event_has_its_sentences);
    CU_add_test(suite, "copies have one sketch", copies_have_one_sketch);
}
