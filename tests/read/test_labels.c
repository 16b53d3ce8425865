#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "read/labels.h"

void suite_labels(void);

static const struct slice KEYS[] = {SLICE_LITERAL("killed"), SLICE_LITERAL("drones_intercepted")};

static struct arena arena;
static struct labels labels;

/* Reads the labels of a text. */
static void read_text(const char *text)
{
    char path[] = "/tmp/labels-XXXXXX";
    struct error err = {0};
    int fd = mkstemp(path);
    CU_ASSERT_FATAL(fd >= 0);
    CU_ASSERT_FATAL(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    arena_reset(&arena);
    CU_ASSERT_EQUAL_FATAL(labels_read(&arena, path, KEYS, 2, &labels, &err), 0);
    unlink(path);
}

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

/* "3..5", "-" when not given, for number `key` of label 0. */
static const char *number_text(size_t key)
{
    static char text[64];
    const struct label_number *number = &labels.items[0].numbers[key];
    if (!number->given)
        return "-";
    snprintf(text, sizeof text, "%lld..%lld%s", (long long)number->low, (long long)number->high,
             number->positive ? "+" : "");
    return text;
}

static void test_numbers(void)
{
    static const struct {
        const char *gold, *killed;
    } cases[] = {
        {"\"killed\": 3", "3..3+"},
        {"\"killed\": 0", "0..0"},
        {"\"killed\": null", "-"},
        {"\"wounded\": 3", "-"},
        {"\"killed\": \"3\"", "-"},
        {"\"killed\": 3, \"killed_max\": 5", "3..5+"},
        {"\"killed\": 0, \"killed_max\": 2", "0..2"},
        {"\"killed\": 3, \"killed_max\": 0", "3..3+"}, /* no upper end */
        {"\"killed\": 3, \"killed_max\": null", "3..3+"},
        {"\"killed\": 2.5", "3..2+"}, /* right for nothing */
        {"\"killed\": 2.0", "2..2+"},
        {"\"killed\": 3, \"gold_in_text\": {\"killed\": false}", "-"},
        {"\"killed\": 3, \"gold_in_text\": {\"killed\": true}", "3..3+"},
        {"\"killed\": 3, \"gold_in_text\": {\"drones\": false}", "3..3+"},
        {"\"killed\": 3, \"toll_shared\": true", "-"},
        {"\"killed\": 3, \"toll_shared\": false", "3..3+"},
        {"\"killed\": 3, \"coder_imputed_fatalities\": true", "-"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char line[256];
        snprintf(line, sizeof line, "{\"id\": \"a\", \"gold\": {%s}}\n", cases[i].gold);
        read_text(line);
        CU_ASSERT_EQUAL_FATAL(labels.n, 1);
        if (strcmp(number_text(0), cases[i].killed) != 0)
            fprintf(stderr, "%s: got %s\n", cases[i].gold, number_text(0));
        CU_ASSERT_STRING_EQUAL(number_text(0), cases[i].killed);
    }
    read_text("{\"id\": 1, \"gold\": {\"drones_intercepted\": 7, \"drones_intercepted_max\": 9}}");
    CU_ASSERT_STRING_EQUAL(number_text(1), "7..9+");
    CU_ASSERT_STRING_EQUAL(number_text(0), "-");
}

static void test_lines(void)
{
    read_text("{\"id\": \"a\", \"gold\": {\"location\": \"Sumy\", \"location_town\": \"\"}}\n"
              "\n"
              "{\"id\": \"b\", \"text\": \"no labels\"}\n"
              "{\"id\": \"c\", \"gold\": \n"
              "[1]\n"
              "{\"id\": \"\", \"gold\": {\"location\": \"Odesa\", \"location_town\": \"Izmail\"}}");
    CU_ASSERT_EQUAL_FATAL(labels.n, 2);
    CU_ASSERT_EQUAL(labels.n_without, 3);
    CU_ASSERT_EQUAL(labels.items[0].line, 1);
    CU_ASSERT_EQUAL(labels.items[1].line, 6);
    CU_ASSERT(labels.items[0].named);
    CU_ASSERT(!labels.items[1].named);
    CU_ASSERT(slice_is(labels.items[0].place, "Sumy"));
    CU_ASSERT(slice_is(labels.items[1].place, "Izmail"));
}

/* A line that would take gigabytes as a tree, or go very deep, has no label. */
static void test_bombs(void)
{
    static char line[300000];
    size_t len = (size_t)snprintf(line, sizeof line, "{\"id\": \"a\", \"x\": [{}");
    for (; len < 299000; len += 3)
        memcpy(line + len, ",{}", 3);
    snprintf(line + len, sizeof line - len, "], \"gold\": {\"killed\": 1}}\n");
    read_text(line);
    CU_ASSERT_EQUAL(labels.n, 0);
    CU_ASSERT_EQUAL(labels.n_without, 1);
    len = (size_t)snprintf(line, sizeof line, "{\"gold\": {\"killed\": 1}, \"x\": ");
    memset(line + len, '[', 1000);
    snprintf(line + len + 1000, sizeof line - len - 1000, "\n{\"gold\": {\"killed\": 2}}");
    read_text(line);
    CU_ASSERT_EQUAL_FATAL(labels.n, 1);
    CU_ASSERT_STRING_EQUAL(number_text(0), "2..2+");
}

static void test_missing_file(void)
{
    struct error err = {0};
    CU_ASSERT_EQUAL(labels_read(&arena, "/nonexistent/labels", KEYS, 2, &labels, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_IO);
}

void suite_labels(void)
{
    CU_pSuite suite = CU_add_suite("labels", start, stop);
    CU_add_test(suite, "numbers", test_numbers);
    CU_add_test(suite, "lines", test_lines);
    CU_add_test(suite, "bombs", test_bombs);
    CU_add_test(suite, "missing file", test_missing_file);
}
