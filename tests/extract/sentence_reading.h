#ifndef TESTS_EXTRACT_SENTENCE_READING_H
#define TESTS_EXTRACT_SENTENCE_READING_H

#include "extract/values.h"

/* A text with the values of all its sentences, by the project's own rules. */
struct reading {
    struct arena arena;
    struct report report;
    struct document doc;
    struct report_values values;
    char text[4096]; /* what a test says of it */
    size_t len;
};

/* Reads `text`; a first line that ends with '|' is its title. `published` is ISO 8601, NULL when
 * unknown. */
void sentence_start(struct reading *reading, const char *text, const char *published);
void reading_end(struct reading *reading);

/* Adds to reading->text. */
void reading_say(struct reading *reading, const char *format, ...) PRINTF_LIKE(2, 3);
void reading_say_words(struct reading *reading, uint32_t first, uint32_t n_tokens);
void reading_say_count(struct reading *reading, const struct count *count);

/* One line of a table: a text and what must be said of it. */
struct reading_case {
    const char *text, *expect;
};

/* Checks each line; `say` says what it found. Differences are printed. */
void readings_check(const struct reading_case *cases, size_t n, const char *published,
                    void (*say)(struct reading *reading));

#define READINGS(published, say, ...)                                           \
    do {                                                                        \
        static const struct reading_case cases_[] = {__VA_ARGS__};              \
        readings_check(cases_, sizeof cases_ / sizeof *cases_, published, say); \
    } while (0)

#endif
