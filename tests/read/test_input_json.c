#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "read/input_json.h"

void suite_input_json(void);

/* Lines that are rejected, with words of the message. */
static const struct {
    const char *line;
    const char *problem;
    int column;
} bad[] = {
    {"{", "ends inside", 2},
    {"{\"id\": \"a\", \"text\": \"b", "ends inside", 23},
    {"{\"id\": \"a\" \"text\": \"b\"}", "separator", 12},
    {"{\"text\": \"b\"} x", "broken JSON", 15},
    {"{\"text\": \"b\"}{\"text\": \"c\"}", "broken JSON", 14},
    {"{'text': 'b'}", "broken JSON", 0},
    {"{\"text\": \"b\",}", "broken JSON", 14},
    {"{\"text\": /* c */ \"b\"}", "broken JSON", 0},
    {"{\"text\": \"\\u12g4\"}", "broken JSON", 0},
    {"{\"id\": 99999999999999999999999999, \"text\": \"b\"}", "\"id\" is not", 0},
    {"{\"id\": -99999999999999999999999999, \"text\": \"b\"}", "\"id\" is not", 0},
    {"{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "broken JSON: nesting", 0},
    {"[1]", "not a JSON object", 1},
    {"Title: x", "not a JSON object", 1},
    {"{}", "neither \"text\" nor \"html\"", 0},
    {"{\"text\": null}", "neither \"text\" nor \"html\"", 0},
    {"{\"title\": \"t\", \"html\": \"<script>x</script>\"}", "no article in \"html\"", 0},
    {"{\"text\": 5}", "\"text\" is not a string", 0},
    {"{\"text\": [\"b\"]}", "\"text\" is not a string", 0},
    {"{\"text\": \"b\", \"title\": {}}", "\"title\" is not a string", 0},
    {"{\"text\": \"b\", \"url\": true}", "\"url\" is not a string", 0},
    {"{\"text\": \"b\", \"published\": 1763500000}", "\"published\" is not a string", 0},
    {"{\"text\": \"b\", \"id\": [1]}", "\"id\" is not a string or a number", 0},
    {"{\"text\": \"b\", \"withdrawn\": \"yes\"}", "\"withdrawn\" is not true or false", 0},
};

static struct json_reader *reader;
static struct arena arena;

static int start(void)
{
    arena_init(&arena, (size_t)64 << 20);
    return (reader = json_reader_new(true)) == NULL;
}

static int stop(void)
{
    json_reader_free(reader);
    arena_free(&arena);
    return 0;
}

static struct report read_line(struct slice line, struct report_parts *parts)
{
    struct report report = {.path = "in.jsonl", .line = 3, .published = STAMP_NONE};
    *parts = (struct report_parts){0};
    json_line_read(reader, &arena, line, &report, parts);
    return report;
}

static void rejected(void)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct report_parts parts;
        struct report report = read_line(slice_of(bad[i].line), &parts);
        bool good = report.rejected && strstr(report.problem.text, bad[i].problem) &&
                    (!bad[i].column || report.problem.column == bad[i].column);
        if (!good)
            printf("    %s: column %d: %s\n", bad[i].line, report.problem.column,
                   report.problem.text);
        CU_ASSERT(good);
        CU_ASSERT(report.problem.line == 3);
        /* A bad line leaves nothing behind that spoils the next. */
        report = read_line(SLICE_LITERAL("{\"text\": \"b\"}"), &parts);
        CU_ASSERT(!report.rejected && slice_is(parts.body, "b"));
    }
}

static void all_keys(void)
{
    struct report_parts parts;
    struct report report =
        read_line(SLICE_LITERAL("{\"id\": \"a\\u0301\", \"url\": \"u\", \"title\": \"t\\n\", "
                                "\"text\": \"b\\\"\\\\\", \"html\": \"<p>\","
                                " \"published\": \"2025-11-19\", \"outlet\": \"o\", \"lang\": "
                                "\"uk\", \"withdrawn\": true,"
                                " \"extra\": {\"text\": [1, 2.5, null, {}]}}"),
                  &parts);
    CU_ASSERT(!report.rejected);
    CU_ASSERT(slice_is(report.given_id, "a\xCC\x81") && slice_is(report.url, "u"));
    CU_ASSERT(slice_is(parts.title, "t\n") && slice_is(parts.body, "b\"\\"));
    CU_ASSERT(slice_is(parts.published, "2025-11-19") && slice_is(report.outlet, "o"));
    CU_ASSERT(slice_is(report.lang, "uk") && report.withdrawn);
}

static void absent_keys(void)
{
    struct report_parts parts;
    struct report report = read_line(
        SLICE_LITERAL(
            "{\"text\": \"b\", \"id\": null, \"url\": null, \"title\": null, \"withdrawn\": null}"),
        &parts);
    CU_ASSERT(!report.rejected && report.given_id.len == 0 && report.url.len == 0);
    CU_ASSERT(parts.title.len == 0 && !report.withdrawn);
    report = read_line(SLICE_LITERAL("{\"id\": \"a\", \"withdrawn\": true}"), &parts);
    CU_ASSERT(!report.rejected && report.withdrawn && slice_is(report.given_id, "a"));
}

static void numbers_as_ids(void)
{
    static const struct {
        const char *line;
        const char *id;
    } cases[] = {
        {"{\"id\": 12, \"text\": \"b\"}", "12"},
        {"{\"id\": 0, \"text\": \"b\"}", "0"},
        {"{\"id\": -7, \"text\": \"b\"}", "-7"},
        {"{\"id\": 9223372036854775807, \"text\": \"b\"}", "9223372036854775807"},
        {"{\"id\": 18446744073709551614, \"text\": \"b\"}", "18446744073709551614"},
        {"{\"id\": 1.50, \"text\": \"b\"}", "1.50"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct report_parts parts;
        struct report report = read_line(slice_of(cases[i].line), &parts);
        CU_ASSERT(!report.rejected && slice_is(report.given_id, cases[i].id));
    }
}

static void nul_bytes(void)
{
    struct report_parts parts;
    struct report report = read_line((struct slice){"{\"text\": \"a\0b\"}", 15}, &parts);
    CU_ASSERT(report.rejected && strstr(report.problem.text, "NUL") && report.problem.column == 12);
    report = read_line(SLICE_LITERAL("{\"text\": \"a\\u0000b\"}"), &parts);
    CU_ASSERT(!report.rejected && parts.body.len == 3 && parts.body.ptr[1] == 0);
}

/* A tree of 16 MiB of "{}," would take gigabytes. */
static void bomb(void)
{
    size_t size = (size_t)12 << 20, n = 11;
    char *line = malloc(size);
    CU_ASSERT_FATAL(line != NULL);
    memcpy(line, "{\"text\": [ ", n);
    while (n + 3 < size) {
        memcpy(line + n, "{},", 3);
        n += 3;
    }
    struct report_parts parts;
    struct report report = read_line((struct slice){line, n}, &parts);
    CU_ASSERT(report.rejected && strstr(report.problem.text, "more than 65536"));
    /* The same bytes inside a string are text. */
    memcpy(line, "{\"text\":\"\\\"", 11);
    memcpy(line + n - 2, "\"}", 2);
    report = read_line((struct slice){line, n}, &parts);
    CU_ASSERT(!report.rejected && parts.body.len == n - 12);
    free(line);
}

void suite_input_json(void)
{
    CU_pSuite suite = CU_add_suite("input_json", start, stop);
    CU_add_test(suite, "rejected lines", rejected);
    CU_add_test(suite, "all keys", all_keys);
    CU_add_test(suite, "absent keys", absent_keys);
    CU_add_test(suite, "numbers as ids", numbers_as_ids);
    CU_add_test(suite, "NUL bytes", nul_bytes);
    CU_add_test(suite, "a tree too large", bomb);
}
