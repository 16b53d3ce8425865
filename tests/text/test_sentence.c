#include "text/sentence.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "text_fixture.h"

void suite_sentence(void);

/* The text is cut at its bars, which are then taken out (with one blank or line break behind each).
 */
static void check(struct text_fixture *fixture, const char *marked, size_t title_len)
{
    char text[2000];
    size_t len = 0;
    for (const char *c = marked; *c; c++)
        if (*c != '|')
            text[len++] = *c;
    fixture_make(fixture, (struct slice){text, len}, title_len);
    buffer_clear(&fixture->out);
    for (size_t i = 0; i < fixture->doc.n_sentences; i++) {
        const struct sentence *s = &fixture->doc.sentences[i];
        /* Up to the next sentence, so that what lies between shows too. */
        size_t end = i + 1 < fixture->doc.n_sentences ? s[1].start : len;
        if (i)
            buffer_add_char(&fixture->out, '|');
        buffer_add(&fixture->out, text + s->start, end - s->start);
    }
    if (!slice_is(buffer_slice(&fixture->out), marked)) {
        printf("    %s\n => %.*s\n", marked, SLICE_ARG(buffer_slice(&fixture->out)));
        CU_FAIL("cut in other sentences");
    }
}

static void add_marks(struct text_fixture *fixture)
{
    static const char *const NEVER[] = {"gen", "lt", "col", "mr", "dr", "st"};
    static const char *const SOMETIMES[] = {"inc", "no", "etc"};
    for (size_t i = 0; i < sizeof NEVER / sizeof *NEVER; i++)
        fixture_word(fixture, NEVER[i], WORD_ABBREVIATION);
    for (size_t i = 0; i < sizeof SOMETIMES / sizeof *SOMETIMES; i++)
        fixture_word(fixture, SOMETIMES[i], WORD_ABBREVIATION_STOP);
    fixture_word(fixture, "überdies", WORD_OPENER);
}

static void test_stops(void)
{
    static const char *const CASES[] = {
        "One shell fell. |Two more followed. |Nobody was hurt.",
        "Lt. Gen. Mykola Savchuk spoke. |He named no one.",
        "J. Smith and A. B. Jones saw it. |They ran.",
        "Vitamin C. |The label was torn.",
        "It came at 3 p.m. |The roof fell in.",
        "It came at 3 p.m. Kyiv time. |The roof fell in.",
        "The U.S. officials declined. |So did others.",
        "JASPER, Ala. (Wire) — A man died. |He was 40.",
        "ALTUS, Okla. - A shot fell.",
        "He flew to the U.S. on Monday.",
        "He flew to the U.S. |She stayed.",
        "He flew to the U.S. |“Never again,” she said.",
        "About 2.5 million fled. |Few returned.",
        "It hit at 5. |The siren was late.",
        "She waited... and then left. |He stayed.",
        "She waited… |Then she left.",
        "“We are leaving.” |He closed the door.",
        "\"We are leaving.\" |He closed the door.",
        "(It was night.) |He closed the door.",
        "“Why?” he asked. |Nobody knew!",
        "“Why?!” |Nobody knew?! |Not one.",
        "It struck Gaza City.[2] |Two died.",
        "A drone fell.|Two people died.",
        "Three were killed. |5 more were hurt.",
        "Three were killed. |– Five more were hurt.",
        "Acme Inc. said so. |It was Acme Inc. |The firm denied it.",
        "Flat No. 5 burned. |He said no. |The end.",
        "see example.com for more. |Then rest.",
        "1. The first item. |2. The second one.",
        "Сирена лунала. |Люди бігли. |Т. Г. Шевченко писав.",
        "Es war Nacht usw. |Niemand schlief.",
        "It was the U.K. |Überdies regnete es.",
        "空襲があった。|三人が死亡。",
        "سقط صاروخ. |قتل اثنان؟ |نعم.",
    };
    struct text_fixture fixture;
    fixture_open(&fixture);
    add_marks(&fixture);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        check(&fixture, CASES[i], 0);
    fixture_close(&fixture);
}

static void test_lines(void)
{
    static const char *const CASES[] = {
        /* headlines without a full stop */
        "Shelling in the north\n|Two people were hurt on Monday near the river crossing.",
        "Shelling in the north\n\n|two people were hurt",
        /* soft wrapped, with a name at the start of a line */
        "The governor of the region said late on Sunday that the\n"
        "shelling went on for an hour, and the mayor of the town,\n"
        "Petro Bondar, asked people to stay in the shelters until\n"
        "morning. |Nobody was reported hurt in the attack.",
        /* a wire text in capitals */
        "A BOMB WENT OFF OUTSIDE THE MINISTRY OF TRANSPORT AT NOON\n"
        "TODAY AND BROKE THE WINDOWS OF SEVERAL SHOPS. |THE POLICE\n"
        "SAID THAT NOBODY WAS HURT. |A GROUP CALLED THE PAPER AND\n"
        "CLAIMED THE ATTACK.",
        /* bullets */
        "Damage by district:\n|- two houses in Lisne\n|- a school in Dubove\n|• the mill",
        "Killed: 5\n|Wounded: 10\n|Missing: 3",
        /* every paragraph one long line */
        "The first one is a long line that no terminal would show without wrapping, so every line "
        "break in it means something, also where small letters follow it as they do here.\n|"
        "Then comes another paragraph, which again is a single line of more than a hundred and "
        "forty bytes and which ends in the same way as all the others.\n|Then the last one.",
        "He left at 5 p.m.\n|Then it rained.",
    };
    struct text_fixture fixture;
    fixture_open(&fixture);
    add_marks(&fixture);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        check(&fixture, CASES[i], 0);
    fixture_close(&fixture);
}

static void test_title(void)
{
    struct text_fixture fixture;
    fixture_open(&fixture);
    const char *marked =
        "Strike in Dubove. Two dead\n\n|It came at night. |No one slept.\n\n|The end.";
    check(&fixture, marked, strlen("Strike in Dubove. Two dead"));
    const struct sentence *s = fixture.doc.sentences;
    CU_ASSERT_EQUAL_FATAL(fixture.doc.n_sentences, 4);
    CU_ASSERT_TRUE(s[0].is_title && !s[1].is_title && !s[3].is_title);
    CU_ASSERT_EQUAL(s[0].paragraph, 0);
    CU_ASSERT_EQUAL(s[1].paragraph, 1);
    CU_ASSERT_EQUAL(s[2].paragraph, 1);
    CU_ASSERT_EQUAL(s[3].paragraph, 2);
    CU_ASSERT_EQUAL(s[0].end, strlen("Strike in Dubove. Two dead"));
    fixture_make(&fixture, SLICE_LITERAL("Only a title"), 12);
    CU_ASSERT_EQUAL(fixture.doc.n_sentences, 1);
    CU_ASSERT_TRUE(fixture.doc.sentences[0].is_title);
    fixture_make(&fixture, SLICE_LITERAL("No title\nat all"), 0);
    CU_ASSERT_EQUAL(fixture.doc.sentences[0].paragraph, 1);
    CU_ASSERT_FALSE(fixture.doc.sentences[0].is_title);
    fixture_make(&fixture, SLICE_LITERAL(" \n\n "), 0);
    CU_ASSERT_EQUAL(fixture.doc.n_sentences, 0);
    fixture_close(&fixture);
}

static void test_triggers(void)
{
    struct text_fixture fixture;
    fixture_open(&fixture);
    fixture_word(&fixture, "killed", WORD_TRIGGER);
    fixture_make(&fixture, SLICE_LITERAL("It rained. Two were killed. It was dark."), 0);
    CU_ASSERT_EQUAL_FATAL(fixture.doc.n_sentences, 3);
    CU_ASSERT_FALSE(fixture.doc.sentences[0].has_trigger);
    CU_ASSERT_TRUE(fixture.doc.sentences[1].has_trigger);
    CU_ASSERT_FALSE(fixture.doc.sentences[2].has_trigger);
    fixture_close(&fixture);
}

static void test_endless_sentence(void)
{
    struct text_fixture fixture;
    struct buffer text;
    fixture_open(&fixture);
    buffer_init(&text, 4 << 20);
    static const char *const PIECES[] = {"word ", ".", ".\"", "x\n", "A\n"};
    for (size_t p = 0; p < sizeof PIECES / sizeof *PIECES; p++) {
        buffer_clear(&text);
        for (int i = 0; i < 100000; i++)
            buffer_add_text(&text, PIECES[p]);
        fixture_make(&fixture, buffer_slice(&text), 0);
        size_t next = 0;
        for (size_t i = 0; i < fixture.doc.n_sentences; i++) {
            const struct sentence *s = &fixture.doc.sentences[i];
            CU_ASSERT_EQUAL_FATAL(s->first, next);
            CU_ASSERT_TRUE(s->count > 0 && s->count <= SENTENCE_MAX_TOKENS);
            next += s->count;
        }
        CU_ASSERT_EQUAL(next, fixture.doc.n_tokens);
    }
    buffer_free(&text);
    fixture_close(&fixture);
}

void suite_sentence(void)
{
    CU_pSuite suite = CU_add_suite("sentence", NULL, NULL);
    CU_add_test(suite, "full stops and what looks like them", test_stops);
    CU_add_test(suite, "line breaks", test_lines);
    CU_add_test(suite, "title and paragraphs", test_title);
    CU_add_test(suite, "triggers", test_triggers);
    CU_add_test(suite, "endless sentences are cut", test_endless_sentence);
}
