#include "sentence_reading.h"

#include <CUnit/CUnit.h>
#include <stdarg.h>
#include <stdio.h>

#include "real_rules.h"

void sentence_start(struct reading *reading, const char *text, const char *published)
{
    struct extractor x = real_extractor();
    const struct language *language = ruleset_language(x.ruleset, SLICE_LITERAL("en"));
    struct error err = {0};
    const char *bar = strchr(text, '|');
    *reading = (struct reading){.report = {.text = slice_of(text), .published = STAMP_NONE}};
    arena_init(&reading->arena, (size_t)1 << 26);
    size_t title_len = bar ? (size_t)(bar - text) : 0;
    if (published)
        CU_ASSERT_EQUAL_FATAL(stamp_parse(slice_of(published), &reading->report.published, &err),
                              0);
    CU_ASSERT_EQUAL_FATAL(document_make(&reading->arena, language->symbols.vocabulary,
                                        reading->report.text, title_len, &reading->doc, &err),
                          0);
    CU_ASSERT_EQUAL_FATAL(report_values_init(&reading->values, &reading->arena, &reading->report,
                                             &reading->doc, x.ruleset, language, x.gazetteer, &err),
                          0);
    for (size_t i = 0; i < reading->doc.n_sentences; i++)
        CU_ASSERT_EQUAL_FATAL(sentence_values_find(&reading->values, i, &err), 0);
}

void reading_end(struct reading *reading)
{
    arena_free(&reading->arena);
}

void reading_say(struct reading *reading, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n =
        vsnprintf(reading->text + reading->len, sizeof reading->text - reading->len, format, args);
    va_end(args);
    CU_ASSERT_FATAL(n >= 0 && reading->len + (size_t)n < sizeof reading->text);
    reading->len += (size_t)n;
}

void reading_say_words(struct reading *reading, uint32_t first, uint32_t n_tokens)
{
    reading_say(reading, "%.*s", SLICE_ARG(token_span(&reading->doc, first, first + n_tokens - 1)));
}

void reading_say_count(struct reading *reading, const struct count *count)
{
    const int64_t ends[] = {count->low, count->best, count->high};
    for (size_t i = 0; i < 3; i++) {
        reading_say(reading, "%s", i ? "/" : "");
        if (ends[i] == COUNT_OPEN)
            reading_say(reading, "-");
        else
            reading_say(reading, "%lld", (long long)ends[i]);
    }
    if (count->qualifier != QUALIFIER_EXACT)
        reading_say(reading, " %s", qualifier_names[count->qualifier]);
}

void readings_check(const struct reading_case *cases, size_t n, const char *published,
                    void (*say)(struct reading *reading))
{
    for (size_t i = 0; i < n; i++) {
        struct reading reading;
        sentence_start(&reading, cases[i].text, published);
        say(&reading);
        if (strcmp(reading.text, cases[i].expect) != 0)
            fprintf(stderr, "%s\n  expected %s\n       got %s\n", cases[i].text, cases[i].expect,
                    reading.text);
        CU_ASSERT_STRING_EQUAL(reading.text, cases[i].expect);
        reading_end(&reading);
    }
}
