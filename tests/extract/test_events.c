/* Runs the files of fixtures/cases: texts and the events a careful reader finds in them. */
#include <CUnit/CUnit.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "extract/counts.h"
#include "extract/extract.h"
#include "real_rules.h"

void suite_events(void);

struct event_case {
    char name[200];
    char published[32];
    struct buffer text;
    struct buffer expected;
    bool parts; /* of people, in what is expected */
};

static void count_show(struct buffer *out, const struct count *count)
{
    if (count->best != COUNT_OPEN)
        buffer_format(out, "%lld", (long long)count->best);
    else if (count->low != COUNT_OPEN)
        buffer_format(out, "%lld+", (long long)count->low);
    else
        buffer_format(out, "up to %lld", (long long)count->high);
}

static void event_show(struct buffer *out, const struct schema *schema, const struct event *event,
                       bool parts)
{
    char day[16] = "unknown";
    if (event->when.local_date != DAY_NONE)
        day_format(event->when.local_date, day);
    buffer_format(out, "-> %s | %.*s | %s |", event_scope_names[event->scope],
                  SLICE_ARG(event->place.name), day);
    for (size_t i = 0; i < event->n_values; i++) {
        const struct schema_field *field = &schema->fields[event->values[i].field];
        uint16_t part = event->values[i].part;
        if (part != SCHEMA_NONE && !field->munition && !parts)
            continue;
        buffer_format(out, " %.*s", SLICE_ARG(field->name));
        if (part != SCHEMA_NONE)
            buffer_format(out, ".%.*s", SLICE_ARG(field->parts[part]));
        buffer_add_char(out, '=');
        count_show(out, &event->values[i].count);
    }
    buffer_add_char(out, '\n');
}

static void case_run(const struct event_case *c)
{
    struct extractor extractor = real_extractor();
    struct arena arena;
    struct error err = {0};
    struct extraction extraction;
    struct buffer got;
    arena_init(&arena, (size_t)64 << 20);
    buffer_init(&got, 1 << 20);
    struct report report = {.path = c->name, .published = STAMP_NONE};
    if (c->published[0])
        CU_ASSERT_EQUAL_FATAL(stamp_parse(slice_of(c->published), &report.published, &err), 0);
    struct slice body = buffer_slice(&c->text), title = SLICE_NONE;
    if (slice_starts(body, SLICE_LITERAL("Title: "))) {
        const char *end = memchr(body.ptr, '\n', body.len);
        title = (struct slice){body.ptr + 7, (size_t)(end - body.ptr) - 7};
        body =
            slice_sub(body, (size_t)(end - body.ptr) + 1, body.len - (size_t)(end - body.ptr) - 1);
    }
    CU_ASSERT_EQUAL_FATAL(report_complete(&arena, &report, title, body, &err), 0);
    CU_ASSERT_EQUAL_FATAL(extract_report(&extractor, &arena, &report, &extraction, &err), 0);
    for (size_t i = 0; i < extraction.n_events; i++)
        event_show(&got, &extractor.ruleset->schema, &extraction.events[i], c->parts);
    bool same = slice_equal(slice_trim(buffer_slice(&got)), slice_trim(buffer_slice(&c->expected)));
    if (!same)
        fprintf(stderr, "\ncase '%s'\nexpected\n%.*s\ngot\n%.*s\n", c->name,
                SLICE_ARG(buffer_slice(&c->expected)), SLICE_ARG(buffer_slice(&got)));
    CU_ASSERT(same);
    buffer_free(&got);
    arena_free(&arena);
}

/* "== name | date": starts the next case. */
static void case_start(struct event_case *c, const char *line)
{
    const char *bar = strchr(line, '|');
    size_t n = bar ? (size_t)(bar - line) : strlen(line);
    snprintf(c->name, sizeof c->name, "%.*s", (int)n, line);
    struct slice date = slice_trim(slice_of(bar ? bar + 1 : ""));
    snprintf(c->published, sizeof c->published, "%.*s", SLICE_ARG(date));
    c->parts = false;
    buffer_clear(&c->text);
    buffer_clear(&c->expected);
}

static void cases_run(const char *path)
{
    char line[4096];
    size_t n = 0;
    struct event_case c = {0};
    buffer_init(&c.text, 1 << 20);
    buffer_init(&c.expected, 1 << 20);
    FILE *file = fopen(path, "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#')
            continue;
        if (strncmp(line, "== ", 3) == 0) {
            if (n++)
                case_run(&c);
            case_start(&c, line + 3);
        } else if (n) {
            if (strncmp(line, "=> ", 3) == 0) { /* with the parts of people */
                c.parts = true;
                line[0] = '-';
            }
            buffer_add_text(strncmp(line, "-> ", 3) == 0 ? &c.expected : &c.text, line);
        }
    }
    fclose(file);
    CU_ASSERT_FATAL(n > 0);
    case_run(&c);
    buffer_free(&c.text);
    buffer_free(&c.expected);
}

static void test_cases(void)
{
    glob_t found;
    CU_ASSERT_EQUAL_FATAL(glob("fixtures/cases/*.txt", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        cases_run(found.gl_pathv[i]);
    globfree(&found);
}

/* ---- the policy: each clause has a case of its number and a place in the code ---- */

enum { CLAUSES_MOST = 64 };
struct clauses {
    bool written[CLAUSES_MOST], tested[CLAUSES_MOST], kept[CLAUSES_MOST];
};

static long clause_number(const char *text, char **end)
{
    long n = strtol(text, end, 10);
    return *end > text && n > 0 && n < CLAUSES_MOST ? n : 0;
}

/* "policy 3", "policy 8 to 14", "policy 9, 10 and 12" in a line of code. */
static void references_read(struct clauses *clauses, const char *line)
{
    const char *at = strstr(line, "olicy ");
    char *end;
    if (!at)
        return;
    at += strlen("olicy ");
    for (long n = clause_number(at, &end), last; n; n = clause_number(at, &end)) {
        last = strncmp(end, " to ", 4) == 0 ? clause_number(end + 4, &end) : n;
        for (; n <= last; n++)
            clauses->kept[n] = true;
        at = strncmp(end, ", ", 2) == 0 ? end + 2 : strncmp(end, " and ", 5) == 0 ? end + 5 : "";
    }
}

static void policy_read(struct clauses *clauses, const char *line)
{
    char *end;
    if (strncmp(line, "# ", 2) == 0) {
        long n = clause_number(line + 2, &end);
        clauses->written[n] = n && strncmp(end, ". ", 2) == 0;
    } else if (strncmp(line, "== ", 3) == 0) {
        clauses->tested[clause_number(line + 3, &end)] = true;
    }
}

static void lines_read(const char *path, struct clauses *clauses,
                       void (*read)(struct clauses *clauses, const char *line))
{
    char line[4096];
    FILE *file = fopen(path, "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    while (fgets(line, sizeof line, file))
        read(clauses, line);
    fclose(file);
}

static void test_policy(void)
{
    struct clauses clauses = {0};
    glob_t found;
    lines_read("fixtures/cases/policy.txt", &clauses, policy_read);
    CU_ASSERT_EQUAL_FATAL(glob("tracker/extract/*.[ch]", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        lines_read(found.gl_pathv[i], &clauses, references_read);
    globfree(&found);
    CU_ASSERT(clauses.written[1] && !clauses.tested[0]);
    for (int n = 1; n < CLAUSES_MOST; n++) {
        bool same = clauses.written[n] == clauses.tested[n] &&
                    clauses.written[n] == clauses.kept[n] &&
                    (n == 1 || !clauses.written[n] || clauses.written[n - 1]);
        if (!same)
            fprintf(stderr, "\npolicy %d: %s written, %s tested, %s kept\n", n,
                    clauses.written[n] ? "" : "not", clauses.tested[n] ? "" : "not",
                    clauses.kept[n] ? "" : "not");
        CU_ASSERT(same);
    }
}

void suite_events(void)
{
    CU_pSuite suite = CU_add_suite("events", NULL, NULL);
    CU_add_test(suite, "every clause of the policy has a case and a place", test_policy);
    CU_add_test(suite, "cases of fixtures/cases", test_cases);
}
